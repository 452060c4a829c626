//! Addresses with a password: connection strings of stores and queues, and other URLs.

use super::quality;
use crate::detector::{Found, Hit, Look};

/// A rule's place in the list of its detector.
const CONNECTION: usize = 0;
const CREDENTIALS: usize = 1;

/// The longest name and password together, in bytes, that are read.
const MOST_USER: usize = 256;
/// The longest connection string.
const MOST: usize = 768;
/// The longest scheme: `postgresql+psycopg2`.
const MOST_SCHEME: usize = 32;

/// What the schemes of stores, queues and directories begin with: their addresses are no one
/// else's business as a whole.
const STORES: &[&str] = &[
    "amqp",
    "bolt",
    "cassandra",
    "clickhouse",
    "cockroach",
    "couchbase",
    "db2",
    "elasticsearch",
    "ftp",
    "imap",
    "influxdb",
    "kafka",
    "ldap",
    "mariadb",
    "mongodb",
    "mqtt",
    "mssql",
    "mysql",
    "nats",
    "neo4j",
    "oracle",
    "postgres",
    "redis",
    "rediss",
    "redshift",
    "rtsp",
    "sftp",
    "smb",
    "smtp",
    "snowflake",
    "sqlserver",
    "ssh",
    "stomp",
    "valkey",
    "vertica",
];

/// Finds a name and password between `://` and `@`.
pub(super) fn look(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    let Hit::Word(word) = hit else { return };
    let before = look.before(word.start, MOST_SCHEME);
    let is_scheme = |it: char| it.is_ascii_alphanumeric() || "+.-".contains(it);
    let scheme = before.trim_start_matches(|it| !is_scheme(it));
    let scheme = scheme
        .rsplit(|it| !is_scheme(it))
        .next()
        .unwrap_or_default();
    let lower = scheme.to_ascii_lowercase();
    let is_store = STORES.iter().any(|it| lower.starts_with(it));
    let Some(user) = user_of(look, word.end, is_store) else {
        return;
    };
    let Some((name, password)) = user.split_once(':') else {
        return;
    };
    let Some(sure) = sure(name, password) else {
        return;
    };
    if is_store {
        let start = word.start - scheme.len();
        let rest = look.after(start, MOST);
        let end = rest.find(is_end).unwrap_or(rest.len());
        let whole = rest.get(..end).unwrap_or_default();
        let whole = whole.trim_end_matches(['.', ',', ';', ':', '!', '?']);
        let span = start..(start + whole.len()).max(word.end + user.len());
        found.add_sure(CONNECTION, span, sure);
    } else if !scheme.is_empty() {
        found.add_sure(CREDENTIALS, word.end..word.end + user.len(), sure);
    }
}

/// What stands between the place and the `@` that ends it. Passwords of stores are often written
/// without escapes, so that theirs may hold `/`, `#` and `@`.
fn user_of<'t>(look: &Look<'t>, from: usize, is_store: bool) -> Option<&'t str> {
    let rest = look.after(from, MOST_USER);
    let end = |it: char| is_end(it) || (!is_store && matches!(it, '/' | '#' | '?'));
    let rest = rest.get(..rest.find(end).unwrap_or(rest.len()))?;
    // Behind the host nothing is searched: `?contact=a@b`.
    let rest = match (is_store, rest.find('@')) {
        (true, Some(at)) => {
            let behind = rest.get(at..)?;
            let stop = behind.find(['/', '?', ',']).unwrap_or(behind.len());
            rest.get(..at + stop)?
        }
        _ => rest,
    };
    rest.get(..rest.rfind('@')?)
}

fn is_end(it: char) -> bool {
    it.is_whitespace() || matches!(it, '"' | '\'' | '`' | '<' | '>' | '\\' | '|' | '^')
}

/// How sure a password is one; `None` for placeholders.
fn sure(name: &str, password: &str) -> Option<u8> {
    let lower = password.to_ascii_lowercase();
    let spoken = [
        "password",
        "passwd",
        "pass",
        "pwd",
        "pw",
        "secret",
        "token",
        "user",
        "x",
        "xxx",
        "***",
        "undefined",
        "null",
        "none",
        "tbd",
    ];
    let hole = lower.starts_with(['$', '{', '[', '%', '*', ':']) && !lower.starts_with("%2");
    // `localhost:5432/db?contact=a@b`.
    let digits = password.bytes().take_while(u8::is_ascii_digit).count();
    let is_port = digits > 0 && password.get(digits..)?.starts_with(['/', '?']);
    let code = lower.starts_with("process.env") || lower.starts_with("os.environ");
    let cut = lower.ends_with("...");
    if is_port || code || cut || password.is_empty() || spoken.contains(&lower.as_str()) || hole {
        return None;
    }
    if quality::is_placeholder(password) && !lower.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    // `postgres:postgres@localhost` stands in every tutorial.
    if name == password || password.len() < 4 || quality::is_monotone(password) {
        return Some(60);
    }
    let plain = password.bytes().all(|it| it.is_ascii_lowercase());
    Some(if plain { 85 } else { 98 })
}

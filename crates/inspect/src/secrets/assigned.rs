//! Passwords and keys that are given to a name: `password=…`, `"api_key": "…"`, `my password is …`.

use std::ops::Range;

use super::quality;
use crate::detector::{Found, Hit, Look};

/// The place of the only rule of each detector here.
const RULE: usize = 0;

/// The longest value that is read.
const MOST: usize = 160;

/// Words for passwords.
pub(super) const PASSWORDS: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "passwort",
    "kennwort",
    "contrase",
    "wachtwoord",
    "pwd",
    "parola",
    "mot de passe",
    "salasana",
    "senha",
];

/// Words for keys.
pub(super) const KEYS: &[&str] = &[
    "secret",
    "token",
    "api_key",
    "apikey",
    "api-key",
    "api key",
    "access_key",
    "accesskey",
    "access-key",
    "access key",
    "auth_key",
    "authkey",
    "auth-key",
    "encryption_key",
    "encryptionkey",
    "signing_key",
    "signingkey",
    "private_key",
    "privatekey",
    "account_key",
    "app_key",
    "appkey",
    "master_key",
    "masterkey",
    "service_key",
    "credential",
];

/// Finds what is given to a name that ends in a word for passwords.
pub(super) fn look_password(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    let Hit::Word(word) = hit else { return };
    let Some(given) = given(look, word, false) else {
        return;
    };
    if let Some(sure) = sure_password(look, word, &given) {
        found.add_sure(RULE, given.span, sure);
    }
}

/// Finds passwords of several words between quotes.
pub(super) fn look_phrase(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    let Hit::Word(word) = hit else { return };
    let text = look.text.get(word.clone()).unwrap_or_default();
    let len = text.trim_end_matches(['"', '\'', ' ', ':', '=']).len();
    let Some(given) = given(look, &(word.start..word.start + len), true) else {
        return;
    };
    let words = given.value.split(' ').count();
    let real = !quality::is_placeholder(given.value) && words <= 8;
    let marked = given.value.bytes().any(|it| it.is_ascii_digit());
    let said = text.to_ascii_lowercase().starts_with("passphrase");
    if words > 1 && real && (marked || said) {
        found.add(RULE, given.span);
    }
}

/// Finds what is given to a name that ends in a word for keys.
pub(super) fn look_key(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    let Hit::Word(word) = hit else { return };
    let mut word = word.clone();
    // `secret_key`, `credentials`, `token_value`.
    for more in ["_key", "-key", " key", "key", "s", "_value"] {
        let rest = look.after(word.end, more.len());
        if rest.eq_ignore_ascii_case(more) {
            word.end += more.len();
            break;
        }
    }
    if is_page(look.before(word.start, 16)) {
        return;
    }
    let Some(given) = given(look, &word, false) else {
        return;
    };
    if let Some(sure) = sure_key(&given) {
        found.add_sure(RULE, given.span, sure);
    }
}

/// A value that is given to a name.
struct Given<'t> {
    span: Range<usize>,
    value: &'t str,
    quoted: bool,
    /// What stands behind it.
    next: Option<char>,
}

/// What is given to the name that ends with `word`. With `spaces` it must stand between quotes
/// and may hold spaces.
fn given<'t>(look: &Look<'t>, word: &Range<usize>, spaces: bool) -> Option<Given<'t>> {
    let rest = look.after(word.end, MOST + 24);
    let mut at = name_end(rest);
    let flag = look.before(word.start, 24);
    let is_flag = flag
        .rsplit(' ')
        .next()
        .is_some_and(|it| it.starts_with("--"));
    at += match assigns(rest.get(at..)?) {
        Some(len) => len,
        None if is_flag && at > 0 => 0,
        None => return None,
    };
    if rest.get(at..)?.starts_with("** ") {
        at += "**".len();
    }
    at += spaces_at(rest.get(at..)?, 4);
    let (open, quote) = quote_at(rest.get(at..)?);
    at += open;
    let tail = rest.get(at..)?;
    let len = match quote {
        Some(quote) => tail.find(|it: char| {
            it == quote || it == '\\' || it == '\n' || (it.is_whitespace() && !spaces)
        })?,
        None if spaces => return None,
        None => unquoted(tail),
    };
    let value = tail.get(..len)?;
    let next = tail.get(len..)?.chars().next();
    // A quoted value that is cut by a space is a sentence, and one without an end is not known.
    let cut = quote.is_some() && next.is_none_or(char::is_whitespace);
    if cut || value.len() > MOST {
        return None;
    }
    let value = match quote {
        Some(_) => value,
        None => value.trim_end_matches(['.', '?', ':', '*', '_']),
    };
    let start = word.end + at;
    Some(Given {
        span: start..start + value.len(),
        value,
        quoted: quote.is_some(),
        next,
    })
}

/// What closes a name: `']`, `"`, `**`.
fn name_end(rest: &str) -> usize {
    let rest = rest
        .strip_prefix("ña")
        .map_or((rest, 0), |it| (it, "ña".len()));
    let (rest, start) = rest;
    let close = |it: char| matches!(it, '"' | '\'' | '`' | ']' | '*' | '\\');
    let ends = rest.chars().take(3).take_while(|it| close(*it)).count();
    start + ends + spaces_at(rest.get(ends..).unwrap_or_default(), 3)
}

/// The length of what gives a value to a name.
fn assigns(rest: &str) -> Option<usize> {
    const SIGNS: &[&str] = &[
        "===", "=>", ":=", "==", "=", ":", ">", "is: ", "is ", "was ", "ist ", "es ",
    ];
    let sign = SIGNS.iter().find(|it| rest.starts_with(*it))?;
    Some(sign.len())
}

fn spaces_at(rest: &str, most: usize) -> usize {
    let is_space = |it: &u8| *it == b' ' || *it == b'\t';
    rest.bytes().take(most).take_while(is_space).count()
}

/// The length of what opens a quotation, and what ends it.
fn quote_at(rest: &str) -> (usize, Option<char>) {
    let escaped = usize::from(rest.starts_with('\\'));
    match rest.get(escaped..).and_then(|it| it.chars().next()) {
        Some(it @ ('"' | '\'' | '`')) => (escaped + 1, Some(it)),
        _ => (0, None),
    }
}

/// How long a value is that stands without quotes.
fn unquoted(tail: &str) -> usize {
    let len = tail.find(is_end).unwrap_or(tail.len());
    let run = tail.get(..len).unwrap_or_default();
    // `&` ends a value in a query, and is part of it elsewhere.
    match run.split_once('&') {
        Some((first, more)) if more.contains('=') => first.len(),
        _ => len,
    }
}

fn is_end(it: char) -> bool {
    it.is_whitespace()
        || matches!(
            it,
            '"' | '\'' | '`' | ',' | ';' | ')' | ']' | '}' | '<' | '|' | '\\'
        )
}

/// True for values that stand for others: `${VAR}`, `<your-key>`, `os.environ[…]`, `%s`.
fn is_hole(given: &Given<'_>) -> bool {
    let value = given.value;
    let code = |it: char| matches!(it, '(' | '[' | '{' | '<');
    value.starts_with([
        '$', '{', '<', '[', '(', '%', '*', ':', '@', '?', '=', '>', '#',
    ]) && !(given.quoted
        && value.starts_with(['#', '@', '*', '$'])
        && value.len() >= 8
        && !value.contains('{'))
        || (!given.quoted
            && (value.contains(code) || given.next.is_some_and(|it| it == '<' && value.is_empty())))
        || quality::is_placeholder(value) && !value.bytes().all(|it| it.is_ascii_digit())
}

fn sure_password(look: &Look<'_>, word: &Range<usize>, given: &Given<'_>) -> Option<u8> {
    let value = given.value;
    let lower = value.to_ascii_lowercase();
    let name = look.text.get(word.clone()).unwrap_or_default();
    let is_path = name.eq_ignore_ascii_case("pwd")
        && (value.starts_with(['/', '~', '.']) || value.contains(":\\"));
    let is_code = !given.quoted && is_member(value);
    if value.len() < 4 || is_hole(given) || is_path || is_code || is_spoken(&lower) {
        return None;
    }
    let classes = quality::classes(value);
    if value.bytes().all(|it| it.is_ascii_digit()) {
        return (value.len() >= 6).then_some(60);
    }
    if classes >= 2 && value.len() >= 6 && has_sign_or_digit(value) {
        let named = lower.contains("pass") || lower.contains("pwd");
        return Some(match (given.quoted, named) {
            (_, true) => 62,
            (true, false) => 90,
            (false, false) => 82,
        });
    }
    (given.quoted && value.len() >= 6).then_some(55)
}

/// True for a member of something: `process.env.PASSWORD1`.
fn is_member(value: &str) -> bool {
    let is_name = |it: &str| {
        let word = it
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || it == b'_');
        word && it.starts_with(|it: char| it.is_ascii_alphabetic())
    };
    value.contains('.') && value.split('.').all(is_name)
}

/// True when there is a digit, or a sign that names don't have.
fn has_sign_or_digit(value: &str) -> bool {
    let sign = |it: char| it.is_ascii_digit() || "!@#$%^&*+=~?/".contains(it);
    value.contains(sign) && !value.starts_with("http")
}

/// Words that stand behind the word for a password and are none.
fn is_spoken(lower: &str) -> bool {
    const WORDS: &[&str] = &[
        "password",
        "passwd",
        "passwort",
        "secret",
        "string",
        "null",
        "none",
        "true",
        "false",
        "undefined",
        "required",
        "optional",
        "hidden",
        "sha256",
        "sha512",
        "bcrypt",
        "argon2",
        "argon2id",
        "base64",
        "utf8",
        "utf-8",
        "oauth2",
        "md5",
        "scrypt",
        "pbkdf2",
        "varchar",
        "text",
        "input",
        "invalid",
        "incorrect",
        "forgot",
        "varchar(255)",
        "test",
        "value",
    ];
    WORDS.contains(&lower)
}

fn sure_key(given: &Given<'_>) -> Option<u8> {
    let value = given.value;
    if value.len() < 12 || is_hole(given) || quality::is_wordy(value) || value.contains("://") {
        return None;
    }
    if value.starts_with(['/', '.', '~']) || !value.is_ascii() {
        return None;
    }
    let entropy = quality::entropy(value.as_bytes());
    if entropy < 2.8 || !value.bytes().any(|it| it.is_ascii_digit()) {
        return None;
    }
    let digits = value
        .bytes()
        .all(|it| it.is_ascii_digit() || it == b'-' || it == b'.');
    if digits {
        return None;
    }
    let long = value.len() >= 20 && entropy >= 3.3;
    Some(match (long, given.quoted) {
        _ if quality::is_uuid(value) => 72,
        (true, true) => 90,
        (true, false) => 86,
        (false, _) => 72,
    })
}

/// True for names of tokens that are no secret: of pages, of streams of events.
fn is_page(before: &str) -> bool {
    let lower = before.to_ascii_lowercase();
    let name = lower.trim_end_matches(['_', '-', '.', ' ']);
    [
        "page",
        "next",
        "sync",
        "continuation",
        "cursor",
        "resume",
        "cancellation",
        "pagination",
        "public",
        "id",
    ]
    .iter()
    .any(|it| name.ends_with(it))
}

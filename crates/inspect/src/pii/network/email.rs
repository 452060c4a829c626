//! Addresses of mailboxes (RFC 5321, RFC 6531), without quoted local parts.

use crate::detector::{Found, Hit, Look};
use crate::finding::Rule;
use crate::pii::context::is_apart;

/// The rule.
pub(in crate::pii) const RULES: &[Rule] = &[Rule::pii(
    "email",
    "EMAIL",
    95,
    "A mailbox: a local part, @, and a host with a top-level domain; no file names, versions or credentials of a URL.",
)];

/// The longest local part and the longest host.
const LOCAL: usize = 64;
const HOST: usize = 253;

/// Endings of files: `icon@2x.png`.
const FILES: &[&str] = &[
    "png", "jpg", "jpeg", "gif", "svg", "webp", "css", "js", "ts", "jsx", "tsx", "json", "html",
    "htm", "pdf", "txt", "xml", "yml", "yaml", "toml", "java", "cpp", "hpp", "php", "class", "jar",
    "war", "dll", "exe", "lock", "map", "ico", "bmp", "tif", "tiff", "wav", "mjs", "cjs", "tgz",
    "gz", "doc", "docx", "xls", "xlsx", "pptx", "odt", "rtf", "csv", "eml", "msg", "log",
];

/// Finds a mailbox around an `@`.
pub(in crate::pii) fn look(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    let Hit::At(at) = *hit else {
        return;
    };
    let local = local_before(look.before(at, LOCAL + 4));
    let host = host_behind(look.after(at + 1, HOST + 3));
    if local == 0 || local > LOCAL || host == 0 {
        return;
    }
    let span = at - local..at + 1 + host;
    if !is_apart(look, &span) || is_credential(look, span.start) {
        return;
    }
    let text = look.text.get(span.clone()).unwrap_or_default();
    // The address of a repository: git@host:path.
    let repository = text.starts_with("git@") && look.char_at(span.end) == Some(':');
    if !repository {
        found.add(0, span);
    }
}

/// How many bytes before the `@` are its local part.
fn local_before(text: &str) -> usize {
    let is_part = |it: char| it.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(it);
    let start = text
        .char_indices()
        .rev()
        .take_while(|(_, it)| is_part(*it))
        .last()
        .map_or(text.len(), |it| it.0);
    let part = text.get(start..).unwrap_or_default();
    // Signs that may stand in a local part, but far more often stand before one: `to=bob@…`, `'bob@…'`.
    let after_sign = part.rfind([
        '=', '\'', '`', '/', '|', '{', '}', '?', '&', '*', '#', '$', '!', '^', '~',
    ]);
    let part = after_sign.map_or(part, |it| part.get(it + 1..).unwrap_or_default());
    let part = part.trim_start_matches(['.', '-', '+', '%']);
    let wrong = part.ends_with('.') || part.contains("..") || !part.contains(char::is_alphanumeric);
    if wrong { 0 } else { part.len() }
}

/// How many bytes behind the `@` are its host.
fn host_behind(text: &str) -> usize {
    let is_part = |it: char| it.is_alphanumeric() || it == '.' || it == '-';
    let end = text.find(|it: char| !is_part(it)).unwrap_or(text.len());
    let host = text
        .get(..end)
        .unwrap_or_default()
        .trim_end_matches(['.', '-']);
    if host.len() > HOST || host.starts_with(['.', '-']) || host.contains("..") {
        return 0;
    }
    let is_file = |top: &str| FILES.iter().any(|it| it.eq_ignore_ascii_case(top));
    // A file that is called by a mailbox: `ada@example.org.pdf`.
    let host = match host.rsplit_once('.') {
        Some((rest, top))
            if is_file(top) && rest.rsplit_once('.').is_some_and(|it| is_top(it.1)) =>
        {
            rest
        }
        _ => host,
    };
    let Some((name, top)) = host.rsplit_once('.') else {
        return 0;
    };
    let file = is_file(top);
    let lettered = top.chars().all(char::is_alphabetic) || top.starts_with("xn--");
    let long = top.chars().count();
    if name.is_empty()
        || file
        || !lettered
        || !(2..=63).contains(&long)
        || host.split('.').any(|it| it.len() > 63)
    {
        return 0;
    }
    host.len()
}

/// True for top-level domains that mailboxes have and parts of file names seldom are.
fn is_top(top: &str) -> bool {
    const TOPS: [&str; 10] = [
        "com", "org", "net", "edu", "gov", "info", "biz", "example", "test", "mil",
    ];
    let country = top.len() == 2 && top.bytes().all(|it| it.is_ascii_alphabetic());
    country || TOPS.iter().any(|it| it.eq_ignore_ascii_case(top))
}

/// True for the password of `https://name:password@host`.
fn is_credential(look: &Look<'_>, start: usize) -> bool {
    let before = look.before(start, crate::detector::LEFT);
    let run = before
        .rsplit(|it: char| it.is_whitespace() || it == '"' || it == '\'')
        .next()
        .unwrap_or_default();
    let Some((_, authority)) = run.rsplit_once("://") else {
        return false;
    };
    !authority.contains(['/', '?', '&', '='])
}

//! Private keys in armour: PEM (RFC 7468), OpenSSH, PGP, SSH2, PuTTY.

use super::rest::{HEAD, Rest};
use crate::detector::{Found, Hit, Look};

/// The first line's label is known within so many bytes.
const LABEL: usize = 80;
/// So many characters of base64 in one run make it a key and not a word about keys.
const BODY: usize = 16;

/// Finds private keys by their first line and the begin of their body.
pub(super) fn look(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    let Hit::Word(word) = hit else { return };
    let start = word.start;
    let label = look.after(start, LABEL);
    let Some(behind) = behind_label(label) else {
        return;
    };
    let head = look.after(start, HEAD);
    let Some(text) = look.text.get(start..) else {
        return;
    };
    let (len, over) = Rest::measure(text);
    let body = head.get(behind..head.len().min(len)).unwrap_or_default();
    if has_body(body) {
        found.add_long(0, start..start + len, 98, !over);
    }
}

/// Where the label of a private key ends.
fn behind_label(line: &str) -> Option<usize> {
    if line.starts_with("PuTTY-User-Key-File-") {
        return line.find(':');
    }
    let label = line.trim_start_matches('-').trim_start();
    if !label.starts_with("BEGIN ") {
        return None;
    }
    let at = line.find("PRIVATE KEY")? + "PRIVATE KEY".len();
    let kind = line.get(..at)?.trim_start_matches('-');
    let is_label = kind
        .bytes()
        .all(|it| it.is_ascii_alphanumeric() || it == b' ');
    let after = line.get(at..)?;
    let after = after.strip_prefix(" BLOCK").unwrap_or(after);
    (is_label && after.trim_start().starts_with("----")).then_some(at)
}

/// True when a run of base64 stands there, of several characters.
fn has_body(text: &str) -> bool {
    let is_base64 = |it: char| it.is_ascii_alphanumeric() || it == '+' || it == '/';
    text.split(|it| !is_base64(it)).any(|run| {
        let mut seen = 0u128;
        for byte in run.bytes() {
            seen |= 1 << (byte & 0x7f);
        }
        run.len() >= BODY && seen.count_ones() >= 6
    })
}

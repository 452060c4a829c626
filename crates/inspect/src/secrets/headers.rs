//! What stands in Authorization headers, and in curl's `-u`.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};

use super::quality;
use crate::detector::{Found, Hit, Look};

const BEARER: usize = 0;
const BASIC: usize = 1;

/// The longest value that is read.
const MOST: usize = 512;

/// Finds the credentials behind `Bearer` and `Basic`, and behind `curl … -u`.
pub(super) fn look(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    let Hit::Word(word) = hit else { return };
    let Some(kind) = look.text.get(word.clone()) else {
        return;
    };
    let kind = kind.trim();
    if !kind.starts_with('-')
        && look
            .char_before(word.start)
            .is_some_and(char::is_alphanumeric)
    {
        return;
    }
    let rest = look.after(word.end, MOST + 1);
    if kind.starts_with('-') {
        return user(look, word.start, word.end, found);
    }
    let is_value = |it: char| it.is_ascii_alphanumeric() || "-._~+/=".contains(it);
    let len = rest.find(|it| !is_value(it)).unwrap_or(rest.len());
    let value = rest.get(..len).unwrap_or_default().trim_end_matches('.');
    if value.len() > MOST {
        return;
    }
    let span = word.end..word.end + value.len();
    if kind.eq_ignore_ascii_case("basic") {
        if is_basic(value) {
            found.add(BASIC, span);
        }
    } else if let Some(sure) = bearer(value) {
        found.add_sure(BEARER, span, sure);
    }
}

fn bearer(value: &str) -> Option<u8> {
    if value.len() < 16 || quality::is_placeholder(value) || quality::is_wordy(value) {
        return None;
    }
    let random = quality::entropy(value.as_bytes()) >= 3.0;
    random.then_some(if quality::is_uuid(value) { 75 } else { 88 })
}

/// True for base64 of `name:password`.
fn is_basic(value: &str) -> bool {
    if value.len() < 8 {
        return false;
    }
    let decoded = STANDARD
        .decode(value)
        .or_else(|_| STANDARD_NO_PAD.decode(value));
    let Some(text) = decoded.ok().and_then(|it| String::from_utf8(it).ok()) else {
        return false;
    };
    let plain = text.chars().all(|it| !it.is_control());
    plain
        && matches!(text.split_once(':'), Some((_, it)) if !it.is_empty() && !quality::is_placeholder(it))
}

/// `-u name:password` of curl.
fn user(look: &Look<'_>, word: usize, from: usize, found: &mut Found<'_>) {
    if !look.before(word, 64).contains("curl") {
        return;
    }
    let rest = look.after(from, 128);
    let open = rest.len() - rest.trim_start_matches([' ', '"', '\'']).len();
    let rest = rest.get(open..).unwrap_or_default();
    let is_end = |it: char| it.is_whitespace() || it == '"' || it == '\'';
    let value = rest
        .get(..rest.find(is_end).unwrap_or(rest.len()))
        .unwrap_or_default();
    let Some((_, password)) = value.split_once(':') else {
        return;
    };
    let lower = password.to_ascii_lowercase();
    let hole = password.starts_with(['$', '{', '%', '<', '['])
        || ["password", "pass", "passwd", "secret", "token"].contains(&lower.as_str());
    if password.len() >= 4 && !hole && !quality::is_placeholder(password) {
        let start = from + open;
        found.add_sure(BASIC, start..start + value.len(), 85);
    }
}

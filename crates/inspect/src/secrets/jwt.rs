//! JSON Web Tokens (RFC 7519), signed (RFC 7515) or encrypted (RFC 7516).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::rest::Rest;
use crate::detector::{Found, Hit, Look};

/// The longest header that is read, in base64 characters: one with a certificate chain is longer,
/// and is seldom sent.
const MOST_HEADER: usize = 800;

/// Finds tokens whose header says how they are signed or encrypted. The header decides; how far
/// the token goes is the business of [`Rest`].
pub(super) fn look(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    let Hit::Word(word) = hit else { return };
    let inside = |it: char| it.is_alphanumeric() || "_-.+".contains(it);
    if look.char_before(word.start).is_some_and(inside) {
        return;
    }
    let Some(text) = look.text.get(word.start..) else {
        return;
    };
    let Some((head, tail)) = parts(text) else {
        return;
    };
    let encrypted = head.contains("\"enc\"");
    let sure = match tail {
        _ if encrypted => 95,
        [b'e', b'y', b'J', ..] => 97,
        [b'.', ..] | [] => return,
        [byte, ..] if is_token(*byte) => 80,
        _ => return,
    };
    let (len, over) = Rest::measure(text);
    found.add_long(0, word.start..word.start + len, sure, !over);
}

/// How many dots a token has whose text begins like this.
pub(super) fn dots(text: &str) -> u8 {
    match parts(text) {
        Some((head, _)) if head.contains("\"enc\"") => 4,
        _ => 2,
    }
}

/// The header, decoded, and what follows its dot.
fn parts(text: &str) -> Option<(String, &[u8])> {
    let bytes = text.as_bytes();
    let window = bytes.get(..bytes.len().min(MOST_HEADER))?;
    let dot = window.iter().position(|it| !is_token(*it))?;
    if bytes.get(dot) != Some(&b'.') {
        return None;
    }
    let head = bytes.get(..dot)?;
    let decoded = URL_SAFE_NO_PAD.decode(head).ok()?;
    let head = String::from_utf8(decoded).ok()?;
    let is_header = head.starts_with('{') && head.ends_with('}') && head.contains("\"alg\"");
    is_header.then_some((head, bytes.get(dot + 1..).unwrap_or_default()))
}

fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}

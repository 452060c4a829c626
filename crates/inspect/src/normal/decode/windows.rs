//! Long runs of base64 and hexadecimal, in windows that overlap: a stream has no more of them.
//!
//! Windows begin at each [`STEP`] from where the run of token bytes begins: those are the places at
//! which a stream may cut such a run. What stands before a window isn't known, and so not where
//! groups of four begin: of four beginnings that one counts of which something readable comes.

use std::ops::Range;

use base64::Engine;

use super::{Decoded, PLAIN, PROBE, SHORTEST, URL, What};
use crate::detector::{LEFT, LONGEST};

/// From window to window, in bytes.
const STEP: usize = LONGEST / 2;

/// What a look may read before a finding, encoded in base64, and a bit more.
const BEFORE: usize = LEFT * 4 / 3 + 4;

/// Gives what the windows of a run say, which lies in a run of token bytes that begins at `token`.
pub(super) fn decoded(
    text: &str,
    run: &Range<usize>,
    token: usize,
    each: &mut impl FnMut(Decoded),
) {
    let mut window = token + (run.start - token) / STEP * STEP;
    let mut own = run.start;
    while own < run.end {
        let span = window.max(run.start)..run.end.min(window + LONGEST);
        let next = window + STEP + BEFORE;
        if let Some((skipped, what)) = text.get(span.clone()).and_then(read) {
            each(Decoded {
                span: span.start + skipped..span.end,
                own: own..next.min(run.end),
                what,
            });
        }
        own = next;
        window += STEP;
    }
}

/// What a window says, and behind how many bytes.
fn read(part: &str) -> Option<(usize, What)> {
    let is_hex = part.bytes().all(|it| it.is_ascii_hexdigit());
    let engine = if part.contains(['-', '_']) {
        URL
    } else {
        PLAIN
    };
    let part = part.trim_end_matches('=');
    let base64 = |groups: &str, room: &mut [u8]| engine.decode_slice(groups, room).ok();
    let hex = |groups: &str, room: &mut [u8]| {
        let room = room.get_mut(..groups.len() / 2)?;
        hex::decode_to_slice(groups, room).ok()?;
        Some(room.len())
    };
    (0..if is_hex { 2 } else { 4 }).find_map(|skipped| {
        let rest = part.get(skipped..)?;
        let (text, units) = if is_hex {
            (says(rest.get(..rest.len() / 2 * 2)?, hex)?, (1, 2))
        } else {
            let odd = usize::from(rest.len() % 4 == 1);
            (says(rest.get(..rest.len() - odd)?, base64)?, (3, 4))
        };
        Some((skipped, What::Units(text, units.0, units.1)))
    })
}

/// The text that stands there encoded, if it is one.
fn says(encoded: &str, decode: impl Fn(&str, &mut [u8]) -> Option<usize>) -> Option<String> {
    if encoded.len() < SHORTEST {
        return None;
    }
    let mut room = [0; LONGEST];
    let probe = encoded.get(..encoded.len().min(PROBE))?;
    let known = decode(probe, &mut room)?;
    part(room.get(..known)?)?;
    let known = decode(encoded, &mut room)?;
    part(room.get(..known)?)
}

/// The text of which these bytes are a part: its first and its last character may be cut. Cut
/// ones are read as a sign that nothing looks for, so that places stay what they are.
fn part(bytes: &[u8]) -> Option<String> {
    let cut = bytes.iter().take(3).take_while(|it| **it & 0xC0 == 0x80);
    let cut = cut.count();
    let rest = bytes.get(cut..)?;
    let whole = match std::str::from_utf8(rest) {
        Ok(text) => text,
        Err(it) if it.error_len().is_none() => {
            std::str::from_utf8(rest.get(..it.valid_up_to())?).ok()?
        }
        Err(_) => return None,
    };
    let is_strange = |it: char| it.is_control() && !it.is_ascii_whitespace();
    if whole.is_empty() || whole.chars().any(is_strange) {
        return None;
    }
    Some("\u{1}".repeat(cut) + whole)
}

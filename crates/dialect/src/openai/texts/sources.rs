//! The sources that a reply is to be checked against: an array of texts, or a text that holds such
//! an array, as metadata may have texts alone.

use std::ops::Range;

/// Where the sources stand in a string, of which `raw` is the inside and begins at `from`: itself,
/// or the strings of the array that it holds. Escapes of those are still escaped twice.
pub(super) fn of(raw: &[u8], from: usize) -> Vec<Range<usize>> {
    let whole = || std::iter::once(from..from + raw.len()).collect();
    if !raw.trim_ascii().starts_with(b"[") {
        return whole();
    }
    let mut found = Vec::new();
    let mut begun: Option<usize> = None;
    let mut at = 0;
    while let Some(skipped) = memchr::memchr(b'\\', raw.get(at..).unwrap_or_default()) {
        let here = at + skipped;
        let after = raw.get(here + 1);
        match (after, begun) {
            (Some(b'"'), None) => begun = Some(here + 2),
            (Some(b'"'), Some(start)) => {
                found.push(from + start..from + here);
                begun = None;
            }
            // An escape inside of an escaped string: what it escapes is passed with it.
            (Some(b'\\'), Some(_)) => {
                let escaped = if raw.get(here + 2) == Some(&b'\\') {
                    2
                } else {
                    1
                };
                at = here + 2 + escaped;
                continue;
            }
            _ => {}
        }
        at = here + 2;
    }
    match begun {
        // It only looked like an array.
        Some(_) => whole(),
        None if found.is_empty() => whole(),
        None => found,
    }
}

//! How addresses of version 6 are cut out of a text.

use std::net::Ipv6Addr;
use std::ops::Range;

/// The longest address, with an address of version 4 at its end.
const LONGEST: usize = 45;

const fn is_part(byte: u8) -> bool {
    byte.is_ascii_hexdigit() || byte == b':' || byte == b'.'
}

/// What may be an address around a place, up to the longest one at each side.
pub(super) fn around(bytes: &[u8], place: Range<usize>) -> Range<usize> {
    let before = bytes.get(..place.start).unwrap_or_default();
    let after = bytes.get(place.end..).unwrap_or_default();
    let left = before
        .iter()
        .rev()
        .take(LONGEST)
        .take_while(|it| is_part(**it));
    let right = after.iter().take(LONGEST).take_while(|it| is_part(**it));
    trimmed(bytes, place.start - left.count()..place.end + right.count())
}

/// A full stop or a colon at the end belongs to the sentence.
fn trimmed(bytes: &[u8], span: Range<usize>) -> Range<usize> {
    let text = bytes.get(span.clone()).unwrap_or_default();
    let double = text.ends_with(b"::");
    let signs = text
        .iter()
        .rev()
        .take_while(|it| **it == b'.' || (**it == b':' && !double));
    span.start..span.end - signs.count()
}

/// The parts of a run of token characters that may be addresses: hexadecimal digits, colons, dots
/// and dashes, with at least two colons or dashes.
pub(super) fn words(bytes: &[u8], run: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut at = run.start;
    std::iter::from_fn(move || {
        loop {
            let rest = bytes.get(at..run.end).filter(|it| !it.is_empty())?;
            let is_of = |it: &u8| is_part(*it) || *it == b'-';
            let long = rest.iter().take_while(|it| is_of(it)).count();
            let start = at;
            at += long.max(1);
            let word = bytes.get(start..start + long).unwrap_or_default();
            let signs = word.iter().filter(|it| matches!(it, b':' | b'-')).count();
            if (2..=8).contains(&signs) && (2..=LONGEST + 2).contains(&long) {
                return Some(trimmed(bytes, start..start + long));
            }
        }
    })
}

/// True for an address that is somebody's.
pub(super) fn is_address(text: &str) -> bool {
    let address = text.parse::<Ipv6Addr>();
    address.is_ok_and(|it| !it.is_loopback() && !it.is_unspecified() && !it.is_multicast())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_cut_out_of_their_sentence() {
        let text = "at 2001:db8::1. Then";
        assert_eq!(
            text.get(around(text.as_bytes(), 11..13)),
            Some("2001:db8::1")
        );
        let text = "std::vec";
        assert_eq!(around(text.as_bytes(), 3..5), 2..5);
        let text = "a=2001:db8:0:0:0:0:0:1/64";
        let mut all = words(text.as_bytes(), 0..text.len());
        assert_eq!((all.next(), all.next()), (Some(2..22), None));
    }

    #[test]
    fn addresses_of_everybody_are_left_out() {
        assert!(is_address("2001:db8::1") && is_address("fe80::1"));
        assert!(
            !is_address("::1")
                && !is_address("::")
                && !is_address("ff02::1")
                && !is_address("12:34:56")
        );
    }
}

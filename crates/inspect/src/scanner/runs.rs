//! Runs of digits and of token bytes.

use std::ops::Range;

use super::blocks::{self, BLOCK};
use crate::detector::Number;

/// A run of token bytes is cut after so many: what is longer is looked at piece by piece. Each
/// piece depends on nothing before it but where it begins, so that streams can repeat the cuts.
const LONGEST: usize = crate::detector::LONGEST;

/// The shortest run of token bytes that wakes anything.
pub(crate) const SHORTEST_TOKEN: usize = 16;

/// Of a number's digits so many are seen again in the next one where it had to be cut.
const OVERLAP: usize = 32;

/// True for letters, digits and `+/=_-.~:`.
pub(crate) const fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b'+' | b'/' | b'=' | b'_' | b'-' | b'.' | b'~' | b':')
}

/// The piece of a run of token bytes that begins at `from`.
pub(crate) fn token_at(bytes: &[u8], from: usize) -> Range<usize> {
    let rest = bytes.get(from..).unwrap_or_default();
    let rest = rest.get(..LONGEST).unwrap_or(rest);
    let long = rest.iter().position(|it| !is_token(*it));
    from..from + long.unwrap_or(rest.len())
}

/// Where the next run of [`SHORTEST_TOKEN`] token bytes or more begins. Nothing that begins before
/// `from` counts.
pub(crate) fn next_token(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    // Token bytes that stand right before `at`.
    let mut run = 0;
    loop {
        let block = blocks::block(bytes, at)?;
        let bits = blocks::mask(&block, is_token_fast);
        if run + bits.trailing_ones() as usize >= SHORTEST_TOKEN {
            return Some(at - run);
        }
        let mut long = bits & bits >> 1;
        long &= long >> 2;
        long &= long >> 4;
        long &= long >> 8;
        if long != 0 {
            return Some(at + long.trailing_zeros() as usize);
        }
        run = bits.leading_ones() as usize;
        at += BLOCK;
    }
}

/// [`is_token`] in a form that makes a fast loop.
#[inline(always)]
const fn is_token_fast(it: u8) -> bool {
    // `-./0123456789:` lie in a row.
    blocks::is_letter(it)
        | (it.wrapping_sub(b'-') < 14)
        | (it == b'+')
        | (it == b'=')
        | (it == b'_')
        | (it == b'~')
}

/// Where the next digit stands.
pub(crate) fn next_digit(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let (blocks, _) = rest.as_chunks::<BLOCK>();
    let has_none = |it: &&[u8; BLOCK]| {
        let mut any = false;
        for byte in *it {
            any |= blocks::is_digit(*byte);
        }
        !any
    };
    let skipped = blocks.iter().take_while(has_none).count() * BLOCK;
    let found = rest.get(skipped..)?.iter().position(u8::is_ascii_digit)?;
    Some(from + skipped + found)
}

/// How many bytes of `rest` are a separator within a number: one of ` -./()`, or a no-break space.
fn separator(rest: &[u8]) -> usize {
    match rest {
        [b' ' | b'-' | b'.' | b'/' | b'(' | b')', ..] => 1,
        [0xC2, 0xA0, ..] => 2,
        _ => 0,
    }
}

/// Where the digits go on after a group that ends at `at`: at most three separators further.
fn next_group(bytes: &[u8], at: usize) -> Option<usize> {
    let mut at = at;
    for _ in 0..3 {
        let wide = separator(bytes.get(at..)?);
        if wide == 0 {
            return None;
        }
        at += wide;
        if bytes.get(at)?.is_ascii_digit() {
            return Some(at);
        }
    }
    None
}

/// Reads the number that begins at `from`, a digit, into `number`, and says where the next one of
/// the same run begins, if the run had to be cut.
///
/// A run with more than [`Number::MOST`] digits is cut between two groups, and the next number
/// begins at the first group of the last [`OVERLAP`] digits: what lies over the cut is seen whole
/// in the next one. A single group that is longer than that is cut within.
pub(crate) fn number_at(bytes: &[u8], from: usize, number: &mut Number) -> Option<usize> {
    number.digits.clear();
    number.places.clear();
    number.span = from..from;
    let mut at = from;
    // Where groups of this number begin: places in its list of digits.
    let mut groups: [usize; Number::MOST] = [0; Number::MOST];
    let mut count = 1;
    loop {
        while let Some(digit) = bytes.get(at).filter(|it| it.is_ascii_digit()) {
            if number.digits.len() == Number::MOST {
                return Some(cut(number, groups.get(..count).unwrap_or_default(), at));
            }
            number.digits.push(digit - b'0');
            number.places.push(at);
            at += 1;
        }
        number.span.end = at;
        let next = next_group(bytes, at)?;
        if number.digits.len() == Number::MOST {
            return Some(resume(
                number,
                groups.get(..count).unwrap_or_default(),
                next,
            ));
        }
        if let Some(group) = groups.get_mut(count) {
            *group = number.digits.len();
            count += 1;
        }
        at = next;
    }
}

/// Ends a full number before the group that doesn't fit; `at` is where reading stopped.
fn cut(number: &mut Number, groups: &[usize], at: usize) -> usize {
    let last = groups.last().copied().unwrap_or_default();
    if last == 0 {
        number.span.end = at;
        return at;
    }
    let next = number.places.get(last).copied().unwrap_or(at);
    number.digits.truncate(last);
    number.places.truncate(last);
    number.span.end = number.places.last().map_or(at, |it| it + 1);
    let earlier = groups.split_last().map_or(groups, |(_, rest)| rest);
    resume(number, earlier, next)
}

/// Where the number after `number` begins: at the first of its groups whose digits are among its
/// last, else at `next`.
fn resume(number: &Number, groups: &[usize], next: usize) -> usize {
    let from = number.digits.len().saturating_sub(OVERLAP).max(1);
    let first = groups.iter().find(|it| **it >= from);
    first
        .and_then(|it| number.places.get(*it))
        .copied()
        .unwrap_or(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All numbers of a text.
    fn numbers(text: &str) -> Vec<String> {
        let bytes = text.as_bytes();
        let mut number = Number::default();
        let (mut at, mut all) = (0, Vec::new());
        while at < bytes.len() {
            if !bytes[at].is_ascii_digit() {
                at += 1;
                continue;
            }
            let next = number_at(bytes, at, &mut number);
            assert_eq!(number.digits.len(), number.places.len());
            for (digit, place) in number.digits.iter().zip(&number.places) {
                assert_eq!(bytes[*place], digit + b'0');
            }
            assert_eq!(number.places.last().map(|it| it + 1), Some(number.span.end));
            all.push(text.get(number.span.clone()).unwrap().to_owned());
            at = next.unwrap_or(number.span.end);
        }
        all
    }

    #[test]
    fn groups_of_digits_are_one_number() {
        assert_eq!(numbers("a 12-34 (5) 6, 7"), ["12-34 (5) 6", "7"]);
        assert_eq!(numbers("1\u{a0}2    3"), ["1\u{a0}2", "3"]);
        assert_eq!(numbers("12-"), ["12"]);
    }

    #[test]
    fn a_long_row_of_groups_is_cut_between_groups_and_seen_again() {
        let text = "1234 ".repeat(40);
        let all = numbers(&text);
        assert!(
            all.iter()
                .all(|it| it.len() <= 80 && it.starts_with("1234"))
        );
        assert!(all.len() >= 4);
        // Four groups in a row stand whole in one of them, wherever they begin.
        let long: usize = all.iter().map(String::len).sum();
        assert!(long > text.len());
    }

    #[test]
    fn a_group_that_is_too_long_is_cut_within() {
        let all = numbers(&"7".repeat(200));
        assert_eq!(
            all.iter().map(String::len).collect::<Vec<_>>(),
            [64, 64, 64, 8]
        );
    }

    #[test]
    fn both_forms_know_the_same_token_bytes() {
        for it in 0..=u8::MAX {
            assert_eq!(is_token(it), is_token_fast(it), "{it}");
        }
    }

    proptest::proptest! {
        #[test]
        fn every_run_that_is_long_enough_is_seen(
            parts in proptest::collection::vec("[a=]{0,40}[ é]{0,30}", 0..8),
        ) {
            let text = parts.concat();
            let bytes = text.as_bytes();
            let mut at = 0;
            let mut expected = Vec::new();
            while at < bytes.len() {
                let run = token_at(bytes, at);
                at = run.end.max(at + 1);
                if run.len() >= SHORTEST_TOKEN {
                    expected.push(run);
                }
            }
            let (mut at, mut seen) = (0, Vec::new());
            while let Some(start) = next_token(bytes, at) {
                let run = token_at(bytes, start);
                at = run.end;
                seen.push(run);
            }
            proptest::prop_assert_eq!(seen, expected);
        }
    }

    #[test]
    fn long_runs_of_token_bytes_are_cut() {
        let text = "x".repeat(3000);
        assert_eq!(token_at(text.as_bytes(), 0), 0..1024);
        assert_eq!(token_at(text.as_bytes(), 2048), 2048..3000);
        assert_eq!(token_at(b"ab=c d", 1), 1..4);
    }
}

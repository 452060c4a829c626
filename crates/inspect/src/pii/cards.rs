//! Payment cards: brands by prefix and length, Luhn's digit, the groups they are printed in.

use super::checks::{is_uniform, luhn};
use super::context::{Context, Said, Topic};
use super::shape::LEAST;
use crate::detector::{Found, Hit, Look, Number};
use crate::finding::Rule;
use crate::pii::context::is_apart;

/// The rules.
pub(super) const RULES: &[Rule] = &[Rule::pii(
    "credit_card",
    "CREDIT_CARD",
    95,
    "A payment card: Visa, Mastercard, American Express, Discover, JCB, Diners Club, UnionPay or Maestro by prefix and length, Luhn's digit. Numbers that networks publish for tests are found as well.",
)];

/// A brand's numbers: prefixes of six digits from and to, lengths, how sure a number in one run
/// is when nothing is said of it.
struct Brand {
    from: u32,
    to: u32,
    lengths: &'static [usize],
    alone: u8,
}

const fn brand(from: u32, to: u32, lengths: &'static [usize], alone: u8) -> Brand {
    Brand {
        from,
        to,
        lengths,
        alone,
    }
}

/// Prefixes as the networks publish them; of ranges that overlap the first counts.
const BRANDS: &[Brand] = &[
    // Visa; 13 digits are of old, and look like article numbers.
    brand(400_000, 499_999, &[16], 90),
    brand(400_000, 499_999, &[13, 19], 0),
    // Mastercard.
    brand(510_000, 559_999, &[16], 90),
    brand(222_100, 272_099, &[16], 88),
    // American Express.
    brand(340_000, 349_999, &[15], 90),
    brand(370_000, 379_999, &[15], 90),
    // Discover.
    brand(601_100, 601_199, &[16], 90),
    brand(622_126, 622_925, &[16], 85),
    brand(644_000, 659_999, &[16], 88),
    // JCB.
    brand(352_800, 358_999, &[16], 88),
    // Diners Club.
    brand(300_000, 305_999, &[14], 70),
    brand(309_500, 309_599, &[14], 70),
    brand(360_000, 369_999, &[14], 70),
    brand(380_000, 399_999, &[14], 70),
    brand(360_000, 369_999, &[16, 19], 0),
    // UnionPay.
    brand(620_000, 629_999, &[16], 80),
    // Longer ones of these look like any long number: they must be called cards.
    brand(352_800, 358_999, &[19], 0),
    brand(220_000, 220_499, &[17, 18, 19], 0),
    brand(810_000, 817_199, &[16, 17, 18, 19], 0),
    // Mir, Troy, RuPay.
    brand(220_000, 220_499, &[16], 80),
    brand(979_200, 979_289, &[16], 75),
    brand(508_500, 508_999, &[16], 80),
    brand(606_985, 608_500, &[16], 80),
    brand(652_150, 653_149, &[16], 85),
    // Maestro.
    brand(500_000, 509_999, &[12, 13, 14, 15, 16, 17, 18, 19], 0),
    brand(560_000, 589_999, &[12, 13, 14, 15, 16, 17, 18, 19], 0),
    brand(600_000, 699_999, &[12, 13, 14, 15, 16, 17, 18, 19], 0),
];

/// The groups that cards are printed in.
const PRINTED: &[&[usize]] = &[
    &[4, 4, 4, 4],
    &[4, 6, 5],
    &[4, 6, 4],
    &[4, 4, 4, 4, 3],
    &[4, 4, 4, 3],
    &[4, 4, 4, 2],
    &[4, 4, 5],
    &[6, 13],
    &[8, 8],
];

/// Finds cards that begin at any group of a number.
pub(super) fn look(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    let Hit::Number(number) = hit else {
        return;
    };
    let mut behind = None;
    for (place, &at) in number.places.iter().enumerate() {
        if behind != Some(at) {
            look_at(look, number, place, found);
        }
        behind = Some(at + 1);
    }
}

/// Tries all that begins with this group: up to 19 digits in up to 5 groups.
fn look_at(look: &Look<'_>, number: &Number, place: usize, found: &mut Found<'_>) {
    if !matches!(number.digits.get(place), Some(2..=6 | 8 | 9)) {
        return;
    }
    let mut groups = Groups::default();
    for count in 1..=19 {
        let last = place + count - 1;
        let Some(&at) = number.places.get(last) else {
            return;
        };
        let next = number.places.get(last + 1).copied();
        groups.count(look, at, next);
        if groups.is_wrong() {
            return;
        }
        if count >= 12 && next != Some(at + 1) {
            check(look, number, place..last + 1, &groups, found);
        }
    }
}

/// The groups of a number so far, and what stands between.
#[derive(Default)]
struct Groups {
    sizes: [usize; 5],
    done: usize,
    between: Option<u8>,
    wrong: bool,
}

impl Groups {
    fn count(&mut self, look: &Look<'_>, at: usize, next: Option<usize>) {
        match self.sizes.get_mut(self.done) {
            Some(size) => *size += 1,
            None => self.wrong = true,
        }
        if next == Some(at + 1) {
            return;
        }
        // The group ends here; what follows must be the one sign that divides all.
        self.done += 1;
        let sign = look.bytes().get(at + 1).copied();
        let single = next == Some(at + 2);
        match (self.between, sign) {
            (None, Some(b' ' | b'-' | b'.')) if single => self.between = sign,
            (Some(between), Some(sign)) if single && between == sign => {}
            // What follows doesn't belong to it; another group would be wrong.
            _ => self.done = self.sizes.len(),
        }
    }

    fn is_wrong(&self) -> bool {
        self.wrong
    }

    fn sizes(&self) -> impl Iterator<Item = usize> {
        self.sizes.into_iter().take_while(|it| *it > 0)
    }

    fn is_single(&self) -> bool {
        self.sizes().count() == 1
    }

    fn is_printed(&self) -> bool {
        PRINTED.iter().any(|it| self.sizes().eq(it.iter().copied()))
    }
}

fn check(
    look: &Look<'_>,
    number: &Number,
    places: std::ops::Range<usize>,
    groups: &Groups,
    found: &mut Found<'_>,
) {
    if !groups.is_single() && !groups.is_printed() {
        return;
    }
    let digits = number.digits.get(places.clone()).unwrap_or_default();
    let Some(alone) = brand_of(digits) else {
        return;
    };
    let (first, last) = (
        number.places.get(places.start),
        number.places.get(places.end - 1),
    );
    let (Some(&start), Some(&last)) = (first, last) else {
        return;
    };
    let span = start..last + 1;
    let ascii: Vec<u8> = digits.iter().map(|it| it + b'0').collect();
    if !luhn(&ascii) || is_uniform(&ascii) || !is_free(look, &span) {
        return;
    }
    // A fraction or a longer number.
    let next = number.places.get(places.end).copied();
    let sign = look.bytes().get(span.end).copied();
    if groups.is_single() && next == Some(span.end + 1) && matches!(sign, Some(b'.' | b'-')) {
        return;
    }
    let said = Context::before(look, span.start).said(Topic::Card.bit(), 0);
    let printed = !groups.is_single();
    let continues = printed && is_continued(look, number, &span, groups.between);
    let sure = match (said, printed) {
        (Said::Clearly, _) => 97,
        (Said::Vaguely | Said::Earlier, _) => 93,
        (Said::Nothing, true) if continues => 0,
        (Said::Nothing, true) => 95,
        (Said::Nothing, false) => alone,
        (Said::Against, true) if alone > 0 && !continues => 65,
        (Said::Against, _) => 0,
    };
    if sure >= LEAST {
        found.add_sure(0, span, sure);
    }
}

/// How sure a number of a brand's prefix and length is by itself; none has it.
fn brand_of(digits: &[u8]) -> Option<u8> {
    let prefix = digits
        .iter()
        .take(6)
        .fold(0, |sum, it| sum * 10 + u32::from(*it));
    let brand = BRANDS
        .iter()
        .find(|it| (it.from..=it.to).contains(&prefix) && it.lengths.contains(&digits.len()));
    brand.map(|it| it.alone)
}

/// True when it isn't part of a longer word, number or decimal.
fn is_free(look: &Look<'_>, span: &std::ops::Range<usize>) -> bool {
    let bytes = look.bytes();
    let before = span.start.checked_sub(1).and_then(|it| bytes.get(it));
    let earlier = span.start.checked_sub(2).and_then(|it| bytes.get(it));
    let part = matches!(before, Some(b'.' | b'-' | b'/' | b'+' | b'$'))
        && (earlier.is_some_and(u8::is_ascii_alphanumeric) || matches!(before, Some(b'$')));
    is_apart(look, span) && !part
}

/// True when the same grouping goes on at either side: parcels have more groups than cards.
fn is_continued(
    look: &Look<'_>,
    number: &Number,
    span: &std::ops::Range<usize>,
    between: Option<u8>,
) -> bool {
    let bytes = look.bytes();
    let digit = |at: Option<usize>| {
        at.and_then(|it| bytes.get(it))
            .is_some_and(u8::is_ascii_digit)
    };
    let before = span.start.checked_sub(1);
    let left = before.and_then(|it| bytes.get(it)).copied() == between
        && digit(span.start.checked_sub(2))
        && !is_card_before(look, span.start);
    let run = number
        .places
        .iter()
        .filter(|it| (span.end + 1..span.end + 5).contains(it));
    let right = bytes.get(span.end).copied() == between
        && run.count() == 4
        && !bytes.get(span.end + 5).is_some_and(u8::is_ascii_digit)
        && between != Some(b' ');
    left || right
}

/// True when the 19 characters before are a card themselves: lists of cards.
fn is_card_before(look: &Look<'_>, at: usize) -> bool {
    let text = look.before(at, 20).as_bytes();
    let digits: Vec<u8> = text.iter().copied().filter(u8::is_ascii_digit).collect();
    digits.len() == 16 && luhn(&digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brands_are_told_by_prefix_and_length() {
        let digits = |text: &str| text.bytes().map(|it| it - b'0').collect::<Vec<_>>();
        for card in [
            "4111111111111111",
            "5555555555554444",
            "2223003122003222",
            "378282246310005",
            "6011111111111117",
            "3530111333300000",
            "30569309025904",
            "6200000000000005",
        ] {
            assert!(brand_of(&digits(card)).is_some_and(|it| it > 0), "{card}");
        }
        assert_eq!(brand_of(&digits("4222222222222")), Some(0));
        assert_eq!(brand_of(&digits("9111111111111111")), None);
        assert_eq!(brand_of(&digits("411111111111111")), None);
    }
}

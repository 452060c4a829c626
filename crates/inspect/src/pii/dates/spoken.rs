//! Dates of birth whose month is a word: `born on 12 March 1985`.

use std::ops::Range;

use crate::detector::{Found, Hit, Look};
use crate::finding::Rule;
use crate::pii::calendar::is_birth;
use crate::pii::context::is_apart;

/// The rule.
pub(in crate::pii) const SPOKEN_RULES: &[Rule] = &[Rule::pii(
    "dob_spoken",
    "DATE_OF_BIRTH",
    88,
    "A day with its month as a word, after a word for birth, in several languages.",
)];

/// Words for birth; what begins a word counts as well.
pub(in crate::pii) const BEGINS: &[&str] = &[
    "born",
    "birth",
    "dob:",
    "dob ",
    "dob\"",
    "d.o.b",
    "bday",
    "geboren",
    "geburt",
    "geb.",
    "naissance",
    "nacimiento",
    "nacido",
    "nacida",
    "nascita",
    "nascimento",
    "nascid",
    "geboorte",
    "urodz",
    "narozen",
    "narozena",
    "delsedat",
    "doum tarihi",
    "dogum",
    "fodt",
    "naterii",
];

/// How far behind the word's beginning the day ends at the latest.
pub(in crate::pii) const FARTHEST: usize = 72;

/// The first letters of months, enough to tell them, by number less one. Accents are left out.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "gen", "sty", "oca", "led"],
    &["feb", "fév", "fev", "lut", "úno", "şub"],
    &["mar", "mär", "maa", "mrt", "bře"],
    &["apr", "avr", "abr", "kwi", "nis", "dub"],
    &["may", "mai", "mag", "mei", "maj", "mayıs", "kvě"],
    &["jun", "juin", "giu", "cze", "haz", "červn"],
    &["jul", "juil", "lug", "lip", "tem", "července"],
    &["aug", "aoû", "aou", "ago", "sie", "ağu", "srp"],
    &["sep", "set", "wrz", "eyl", "zář"],
    &["oct", "okt", "out", "ott", "paź", "eki", "říj"],
    &["nov", "lis", "kas", "list"],
    &["dec", "dez", "déc", "dic", "gru", "ara", "pro"],
];

/// Finds the day that follows the word.
pub(in crate::pii) fn spoken(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    let Hit::Word(word) = hit else {
        return;
    };
    // The last byte is what stands behind the day.
    let text = look.after(word.start, FARTHEST - 1);
    let mut words = Words {
        text,
        at: word.len(),
    };
    let mut last: [Option<(Range<usize>, Part)>; 3] = [None, None, None];
    // Few words stand between: "born in Vienna on".
    for _ in 0..10 {
        let Some((span, part)) = words.next_part() else {
            return;
        };
        let [_, second, third] = last;
        last = [second, third, Some((span, part))];
        let [Some((from, one)), Some((_, two)), Some((to, three))] = &last else {
            continue;
        };
        let day = match (one, two, three) {
            (Part::Day(day), Part::Month(month), Part::Year(year))
            | (Part::Month(month), Part::Day(day), Part::Year(year))
            | (Part::Year(year), Part::Month(month), Part::Day(day)) => (*year, *month, *day),
            _ => continue,
        };
        let span = word.start + from.start..word.start + to.end;
        if is_birth(day.0, day.1, day.2) && is_apart(look, &span) {
            found.add(0, span);
        }
        return;
    }
}

/// Where a day may begin that isn't known at the end of the text: with the first of its last three
/// words that are parts of one, of which the last may go on; or behind it. None when the sentence is
/// over.
pub(in crate::pii) fn begun(look: &Look<'_>, word: &Range<usize>) -> Option<usize> {
    let text = look.after(word.start, FARTHEST - 1);
    let mut words = Words {
        text,
        at: word.len(),
    };
    let mut starts: [Option<usize>; 3] = [None; 3];
    while let Some((span, part)) = words.next_part() {
        let is_last = span.end == text.len();
        let [_, second, third] = starts;
        starts = if part == Part::Other && !is_last {
            [None; 3]
        } else {
            [second, third, Some(span.start)]
        };
    }
    let behind = text.get(words.at..).unwrap_or_default();
    let first = starts.into_iter().flatten().next();
    (!behind.contains(ENDS)).then_some(word.start + first.unwrap_or(text.len()))
}

/// What a word can be in a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Day(u64),
    Month(u64),
    Year(u64),
    Other,
}

/// What ends a sentence for good.
const ENDS: [char; 4] = ['\n', ';', '?', '!'];

struct Words<'t> {
    text: &'t str,
    at: usize,
}

impl Words<'_> {
    /// The next word; `de`, `of`, `the` within a day are passed over. None at a sentence's end.
    fn next_part(&mut self) -> Option<(Range<usize>, Part)> {
        loop {
            let rest = self.text.get(self.at..)?;
            let skipped = rest.find(char::is_alphanumeric)?;
            if rest.get(..skipped)?.contains(ENDS) {
                return None;
            }
            let start = self.at + skipped;
            let rest = self.text.get(start..)?;
            let long = rest
                .find(|it: char| !it.is_alphanumeric())
                .unwrap_or(rest.len());
            self.at = start + long;
            let word = rest.get(..long)?;
            if !["de", "of", "the", "del", "den", "di"].contains(&word) {
                return Some((start..start + long, part_of(word)));
            }
        }
    }
}

fn part_of(word: &str) -> Part {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let tail = word.get(digits..).unwrap_or_default();
    let value = word
        .get(..digits)
        .and_then(|it| it.parse().ok())
        .unwrap_or_default();
    match (digits, tail) {
        (4, "") => Part::Year(value),
        (1 | 2, "" | "st" | "nd" | "rd" | "th" | "er" | "e") => Part::Day(value),
        (0, _) => {
            let lower = word.to_lowercase();
            let named = |it: &&&[&str]| it.iter().any(|name| lower.starts_with(name));
            let month = MONTHS.iter().find(named);
            let place = month.and_then(|it| MONTHS.iter().position(|other| other == it));
            // Months have nine letters or a few more in cases of Slavic languages.
            match place {
                Some(place) if lower.chars().count() <= 12 => Part::Month(place as u64 + 1),
                _ => Part::Other,
            }
        }
        _ => Part::Other,
    }
}

#[cfg(test)]
#[expect(
    clippy::string_slice,
    reason = "a test stops where it finds something wrong"
)]
mod tests {
    use super::*;
    use crate::detector::Layer;

    #[test]
    fn a_day_has_begun_where_its_first_part_stands() {
        let begun = |text: &str| {
            let look = Look {
                text,
                layer: Layer::Raw,
            };
            begun(&look, &(0..4)).map(|it| text[it..].to_owned())
        };
        for (text, held) in [
            ("born in Vienna on ", Some("")),
            ("born on 12", Some("12")),
            ("born on 12th of Ma", Some("12th of Ma")),
            ("born in Graz, March 12, 19", Some("March 12, 19")),
            ("born 12 March 1985", Some("12 March 1985")),
            ("born 12 March or ", Some("")),
            ("born on the ", Some("")),
            ("born on 12! Or", None),
            ("born", Some("")),
        ] {
            assert_eq!(begun(text).as_deref(), held, "{text}");
        }
    }

    #[test]
    fn words_are_days_months_or_years() {
        assert_eq!(part_of("12th"), Part::Day(12));
        assert_eq!(part_of("März"), Part::Month(3));
        assert_eq!(part_of("juillet"), Part::Month(7));
        assert_eq!(part_of("1985"), Part::Year(1985));
        assert_eq!(part_of("Vienna"), Part::Other);
    }
}

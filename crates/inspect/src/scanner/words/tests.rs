//! Of words: all are found, wherever they stand.

use proptest::prelude::*;

use super::*;

impl Mark for usize {
    fn bits(&self) -> u8 {
        1 << (self % 8)
    }

    fn begins_words(&self) -> bool {
        *self >= 100
    }
}

fn words(list: &[&str]) -> Words<usize> {
    let mut growing = Growing::new();
    for (place, word) in list.iter().enumerate() {
        growing.add(word, place);
    }
    growing.done()
}

fn hits(words: &Words<usize>, text: &str) -> Vec<(usize, Range<usize>)> {
    let mut all = Vec::new();
    words.each(text.as_bytes(), 0..text.len(), |word, span| {
        all.push((word, span));
    });
    all.sort_by_key(|(word, span)| (span.start, span.end, *word));
    all
}

#[test]
fn words_are_found_in_any_case_and_over_each_other() {
    let words = words(&["he", "she", "hers", "r"]);
    assert_eq!(
        hits(&words, "usHErs"),
        [(1, 2..5), (0, 3..5)]
            .map(|(word, span)| (word, span.start - 1..span.end - 1))
            .into_iter()
            .chain([(2, 2..6), (3, 4..5)])
            .collect::<Vec<_>>()
    );
}

#[test]
fn letters_beyond_ascii_are_found_in_any_case() {
    let words = words(&["игнор", "étés"]);
    assert_eq!(hits(&words, "ИГнор"), [(0, 0..10)]);
    assert_eq!(hits(&words, "x ÉtÉS"), [(1, 2..8)]);
}

#[test]
fn a_word_is_open_at_the_end_only_while_it_may_go_on() {
    let words = words(&["ignore", "игнор"]);
    assert!(words.is_open(b"do IGN", 3, 1));
    assert!(!words.is_open(b"do IGN", 3, 2));
    assert!(!words.is_open(b"ignore", 0, 1));
    assert!(!words.is_open(b"ign ", 0, 1));
    assert!(words.is_open("ИГ".as_bytes(), 0, 2));
}

proptest! {
    #[test]
    fn every_word_is_found_wherever_it_stands(
        list in prop::collection::vec("[abAйé]{1,5}", 1..8),
        text in "[abABйЙéÉ]{0,20}",
    ) {
        let refs: Vec<&str> = list.iter().map(String::as_str).collect();
        let mut expected = Vec::new();
        let lower = text.to_lowercase();
        for (place, word) in list.iter().enumerate() {
            let word = word.to_lowercase();
            for at in 0..lower.len() {
                if lower.as_bytes()[at..].starts_with(word.as_bytes()) {
                    expected.push((place, at..at + word.len()));
                }
            }
        }
        expected.sort_by_key(|(word, span)| (span.start, span.end, *word));
        prop_assert_eq!(hits(&words(&refs), &text), expected);
    }

    #[test]
    fn words_that_begin_words_are_found_at_least_there(
        list in prop::collection::vec("[ab<й][abй' ]{1,11}", 1..8),
        text in "[abAB<Йй' ]{0,150}",
    ) {
        let mut growing = Growing::new();
        for (place, word) in list.iter().enumerate() {
            growing.add(word, 100 + place);
        }
        let words = growing.done();
        let lower = text.to_lowercase();
        let found = hits(&words, &text);
        for (place, word) in list.iter().enumerate() {
            for (at, _) in lower.match_indices(word.as_str()) {
                let before = at.checked_sub(1).and_then(|it| lower.as_bytes().get(it));
                let inside = before.is_some_and(u8::is_ascii_alphanumeric)
                    && word.starts_with(|it: char| it.is_ascii_alphanumeric());
                let hit = (100 + place, at..at + word.len());
                prop_assert!(inside || found.contains(&hit), "{} {}", word, at);
            }
        }
    }
}

#[test]
fn what_a_data_plane_can_bear() {
    let size = crate::scanner::engine::builtin().words.size();
    assert!(size < 5 << 19, "{size}");
}

proptest! {
    /// Of words that may stand anywhere; those that begin words are open where they may begin.
    #[test]
    fn what_is_open_is_told_with_what_is_found(text in "[aehirsx ]{0,90}(ig|igno|ignorance i|he|s)?") {
        let words = words(&["he", "she", "hers", "ignorance is", "ig", "rise and shine"]);
        let bytes = text.as_bytes();
        let (mut found, mut open) = (Vec::new(), Vec::new());
        words.each_or_open(
            bytes,
            0,
            |word, span| found.push((word, span)),
            |at, bits| open.push((at, bits)),
        );
        found.sort_by_key(|(word, span)| (span.start, span.end, *word));
        prop_assert_eq!(found, hits(&words, &text));
        let known = |at: usize| (at, words.at(bytes, at, |_, _| {}));
        let expected: Vec<_> = (0..bytes.len()).map(known).filter(|it| it.1 != 0).collect();
        prop_assert_eq!(open, expected);
    }
}

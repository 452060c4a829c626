//! Of views: every place leads back to what made it.

use proptest::prelude::*;

use super::{Builder, View};

/// Drops `-`, doubles `d`, spells `ü` with two letters; the rest stays.
fn odd(source: &str) -> View<'_> {
    let mut builder = Builder::new(source);
    for (at, it) in source.char_indices() {
        let end = at + it.len_utf8();
        let text = match it {
            '-' => "",
            'd' => "dd",
            'ü' => "ue",
            _ => continue,
        };
        builder.keep(at);
        builder.put(end, text);
    }
    builder.done()
}

#[test]
fn what_is_not_changed_is_its_source() {
    let view = odd("plain text");
    assert!(view.is_same());
    assert!(matches!(view.text, std::borrow::Cow::Borrowed(_)));
    assert_eq!(view.source(2..5), 2..5);
    assert_eq!(view.place(7), 7);
}

#[test]
fn places_lead_back_to_whole_parts() {
    let view = odd("a-bdcü");
    assert_eq!(view.text, "abddcue");
    for (span, source) in [
        (0..1, 0..1),
        (1..2, 2..3),
        (0..2, 0..3),
        (2..3, 3..4),
        (3..4, 3..4),
        (4..5, 4..5),
        (5..6, 5..7),
        (0..7, 0..7),
        (3..3, 3..3),
    ] {
        assert_eq!(view.source(span.clone()), source, "{span:?}");
    }
}

#[test]
fn what_was_dropped_belongs_to_no_one() {
    let view = odd("--ab--");
    assert_eq!(view.text, "ab");
    assert_eq!(view.source(0..2), 2..4);
    assert_eq!(view.source(1..2), 3..4);
}

proptest! {
    #[test]
    fn every_span_leads_back_to_what_made_it(source in "[abdü\\-]{0,24}", cut in any::<(prop::sample::Index, prop::sample::Index)>()) {
        let view = odd(&source);
        let places: Vec<usize> = view.text.char_indices().map(|(at, _)| at).chain([view.text.len()]).collect();
        let (one, two) = (*cut.0.get(&places), *cut.1.get(&places));
        let span = one.min(two)..one.max(two);
        let back = view.source(span.clone());
        // It is text, and made anew it holds the span.
        let part = source.get(back.clone()).expect("whole characters");
        let again = odd(part);
        prop_assert!(again.text.contains(view.text.get(span.clone()).unwrap()));
        // It is no wider than it must be: a `dd` or `ue` that is cut counts whole.
        if !span.is_empty() {
            prop_assert!(again.text.len() <= span.len() + 2);
            prop_assert!(!part.starts_with('-') && !part.ends_with('-'));
        }
    }

    #[test]
    fn a_place_of_the_source_leads_to_the_first_that_is_not_before_it(source in "[abdü\\-]{0,24}", cut in any::<prop::sample::Index>()) {
        let view = odd(&source);
        let places: Vec<usize> = source.char_indices().map(|(at, _)| at).chain([source.len()]).collect();
        let at = *cut.get(&places);
        let place = view.place(at);
        prop_assert!(view.text.is_char_boundary(place));
        prop_assert_eq!(view.text.get(place..), Some(&*odd(source.get(at..).unwrap()).text));
    }
}

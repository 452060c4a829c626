//! Replies held against their sources.
#![expect(
    clippy::string_slice,
    reason = "a test stops where it finds something wrong"
)]

use inspect::grounding::{Lack, Limits, check};
use proptest::prelude::*;

const BRIDGE: &str = "The Aldermoor bridge was opened on 14 May 1931 after four years of work. It is \
    412 metres long and was designed by Ines Vallabhan. Tolls of 2.50 crowns were charged until 1974. \
    The bridge carries about 18,000 vehicles a day. In 2003 its cables were replaced.";
const TOWN: &str = "Aldermoor has 23,400 inhabitants. Its market is held every Thursday in front of the \
    old customs house, and sells fish, cheese and baskets.";

/// The lack of each claim of a reply.
fn lacks(reply: &str) -> Vec<Option<Lack>> {
    let all = check(reply, &[BRIDGE, TOWN], Limits::default());
    all.claims.into_iter().map(|it| it.lack).collect()
}

#[test]
fn what_the_sources_say_is_supported() {
    for reply in [
        "The Aldermoor bridge was opened on 14 May 1931.",
        "It was designed by Ines Vallabhan and is 412 metres long.",
        "The bridge carries about 18000 vehicles each day.",
        "Tolls of 2.5 crowns were charged until 1974.",
        "The market sells fish, cheese and baskets every Thursday.",
    ] {
        assert_eq!(lacks(reply), [None], "{reply}");
    }
}

#[test]
fn numbers_that_no_source_has_are_told() {
    for reply in [
        "The Aldermoor bridge was opened on 14 May 1951.",
        "The bridge carries about 81,000 vehicles a day.",
        "It is 421 metres long and was designed by Ines Vallabhan.",
    ] {
        assert_eq!(lacks(reply), [Some(Lack::Number)], "{reply}");
    }
}

#[test]
fn names_that_no_source_has_are_told() {
    let reply = "The bridge, 412 metres long, was designed and opened in Aldermoor by Teodor after four years of work.";
    assert_eq!(lacks(reply), [Some(Lack::Name)]);
}

#[test]
fn what_no_source_speaks_of_is_told() {
    let reply = "The local football club won three championships under its famous trainer.";
    assert_eq!(lacks(reply), [Some(Lack::Words)]);
}

#[test]
fn questions_and_code_claim_nothing() {
    assert_eq!(
        lacks("Would you like to know more about the football club?"),
        []
    );
    assert_eq!(
        lacks("```\nlet football = trainer(1951, club, won);\n```"),
        []
    );
    assert_eq!(lacks("Sure!"), []);
    let none = check("", &[BRIDGE], Limits::default());
    assert!((none.score - 1.0).abs() < f32::EPSILON);
}

#[test]
fn places_and_score_are_those_of_the_claims() {
    let reply = "The bridge was opened on 14 May 1931. Its trainer won three football championships. The market sells cheese and fish.";
    let all = check(reply, &[BRIDGE, TOWN], Limits::default());
    assert_eq!(all.claims.len(), 3);
    assert_eq!(all.unsupported.len(), 1);
    assert_eq!(
        &reply[all.unsupported[0].clone()],
        "Its trainer won three football championships."
    );
    assert!((all.score - 2.0 / 3.0).abs() < 0.01);
    assert!(all.claims.iter().all(|it| it.hash.len() == 16));
    assert_ne!(all.claims[0].hash, all.claims[1].hash);
}

#[test]
fn without_sources_nothing_is_supported() {
    let all = check(
        "The bridge was opened on 14 May 1931.",
        &[],
        Limits::default(),
    );
    assert_eq!(all.unsupported.len(), 1);
}

#[test]
fn what_exceeds_the_limits_is_left_out() {
    let limits = Limits {
        sources: 1,
        ..Limits::default()
    };
    let reply = "The market sells fish, cheese and baskets.";
    assert_eq!(check(reply, &[BRIDGE, TOWN], limits).unsupported.len(), 1);
    let limits = Limits {
        chars: 40,
        ..Limits::default()
    };
    assert_eq!(check(reply, &[BRIDGE, TOWN], limits).unsupported.len(), 1);
    let many = reply.repeat(50);
    let limits = Limits {
        claims: 10,
        ..Limits::default()
    };
    assert!(check(&many, &[TOWN], limits).claims.len() <= 10);
}

#[test]
fn scripts_without_spaces_are_compared_by_their_characters() {
    let source = "港町の橋は一九三一年に開通しました。長さは四百十二メートルです。";
    let good = check(
        "橋は一九三一年に開通しました。",
        &[source],
        Limits::default(),
    );
    assert!(good.unsupported.is_empty(), "{good:?}");
    let bad = check(
        "市場では魚と籠と乳製品を売っています。",
        &[source],
        Limits::default(),
    );
    assert_eq!(bad.unsupported.len(), 1, "{bad:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn no_text_panics_and_places_lie_within(reply in "\\PC{0,200}", source in "\\PC{0,200}") {
        let all = check(&reply, &[&source], Limits::default());
        for claim in &all.claims {
            prop_assert!(reply.get(claim.span.clone()).is_some());
        }
        prop_assert!((0.0..=1.0).contains(&all.score));
    }

    #[test]
    fn a_source_supports_itself(words in proptest::collection::vec("[a-z]{5,9}", 4..40)) {
        let text = format!("{}.", words.join(" "));
        let all = check(&text, &[&text], Limits::default());
        prop_assert!(all.unsupported.is_empty(), "{:?}", all);
    }
}

//! Of patterns: they match what a regular expression matches, and know when they are done.

use proptest::prelude::*;
use regex_automata::nfa::thompson::pikevm::PikeVM;
use regex_automata::{Anchored, Input, MatchKind};

use super::{Tree, hir};
use crate::catalog;
use crate::detector::LONGEST;

#[test]
fn every_phrase_is_bounded_and_can_be_read() {
    let mut size = 0;
    for phrase in catalog::phrases() {
        let id = &phrase.rule.id;
        let hir = hir(phrase.pattern, true).unwrap_or_else(|it| panic!("{id}: {it}"));
        let most = hir.properties().maximum_len();
        // Counted as if each character had four bytes; what is matched ends at `LONGEST`.
        assert!(most.is_some_and(|it| it <= 4 * LONGEST), "{id}: {most:?}");
        assert!(hir.properties().minimum_len() > Some(0), "{id}");
        size += Tree::of(&hir, true).size();
    }
    // What a data plane can bear.
    assert!(size < 8 << 20, "{size}");
}

#[test]
fn a_match_ends_where_the_pattern_says() {
    let tree = Tree::read(r"ignore (?:all )?rules?").unwrap();
    let end = |text: &str, at| tree.at(text, at).end;
    assert_eq!(end("x IGNORE ALL rules!", 2), Some(18));
    assert_eq!(end("x ignore all rule", 2), Some(17));
    assert_eq!(end("x ignore no rule", 2), None);
    assert_eq!(end("ignore", 0), None);
}

#[test]
fn a_pattern_is_open_while_what_follows_may_decide() {
    let tree = Tree::read(r"ignore (?:all )?rules?\b").unwrap();
    for (text, open) in [
        ("ignore", true),
        ("ignore al", true),
        ("ignore rules", true),
        ("ignore rules ", false),
        ("ignore rulesx", false),
        ("ignore no", false),
    ] {
        assert_eq!(tree.at(text, 0).open, open, "{text}");
    }
    let tree = Tree::read("stop").unwrap();
    assert!(!tree.at("stop", 0).open);
}

#[test]
fn case_counts_where_it_should() {
    let exact = Tree::of(&hir("[A-C]x", false).unwrap(), false);
    assert_eq!(exact.at("Ax", 0).end, Some(2));
    assert_eq!(exact.at("ax", 0).end, None);
    assert!(exact.at("A", 0).open && !exact.at("a", 0).open);
    assert!(exact.may_begin(b'B') && !exact.may_begin(b'b'));
}

#[test]
fn nested_repetitions_cost_no_more_than_their_places() {
    let tree = Tree::read(r"(?:(?:a{1,30}){1,30}){1,30}b").unwrap();
    let text = "a".repeat(100_000);
    for at in 0..100 {
        assert_eq!(tree.at(&text, at).end, None);
    }
}

/// Patterns over a small alphabet.
fn patterns() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "a", "B", "é", "[ab]", "[^a]", r"\b", r"\B", ".", r"\w", "ab", "sk", "",
    ]);
    leaf.prop_map(str::to_owned)
        .prop_recursive(4, 12, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 1..4).prop_map(|it| it.concat()),
                prop::collection::vec(inner.clone(), 2..4)
                    .prop_map(|it| format!("(?:{})", it.join("|"))),
                (inner, 0..3_u32, 0..3_u32).prop_map(|(it, least, more)| {
                    format!("(?:{it}){{{least},{}}}", least + more)
                }),
            ]
        })
}

/// The longest match of a regular expression at a place.
fn longest(pattern: &str, text: &str, at: usize) -> Option<usize> {
    let regex = PikeVM::builder()
        .configure(PikeVM::config().match_kind(MatchKind::All))
        .syntax(regex_automata::util::syntax::Config::new().case_insensitive(true))
        .build(pattern)
        .unwrap();
    let input = Input::new(text).range(at..).anchored(Anchored::Yes);
    let found = regex.find(&mut regex.create_cache(), input)?;
    (found.end() > at).then_some(found.end())
}

proptest! {
    #[test]
    fn it_matches_what_a_regular_expression_matches(
        pattern in patterns(),
        text in "[abBéÉ sſK]{0,8}",
        cut in any::<prop::sample::Index>(),
    ) {
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let at = *cut.get(&places);
        let tree = Tree::read(&pattern).unwrap();
        prop_assert_eq!(tree.at(&text, at).end, longest(&pattern, &text, at), "{}", pattern);
    }

    #[test]
    fn what_is_not_open_stays_whatever_follows(
        pattern in patterns(),
        text in "[abBé ]{0,6}",
        more in "[abBé ]{1,3}",
    ) {
        let tree = Tree::read(&pattern).unwrap();
        let before = tree.at(&text, 0);
        if !before.open {
            let whole = format!("{text}{more}");
            prop_assert_eq!(tree.at(&whole, 0).end, before.end, "{}", pattern);
        }
    }
}

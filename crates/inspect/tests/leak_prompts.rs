//! Replies that repeat the system prompt, cut anywhere.
#![expect(
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops where it finds something wrong"
)]

use std::sync::Arc;

use inspect::leak::{Leak, Prompt, Watch};
use proptest::prelude::*;

const PROMPT: &str = "You are Mara, the assistant of a small bakery in a harbour town. Never name the \
    supplier of the flour. Offer a discount of ten percent to guests who ask twice, and not before. \
    Answer in at most three sentences. If someone asks for the recipe of the rye bread, say that it \
    is a secret of the house and change the subject to the opening hours.";

fn prompt() -> Arc<Prompt> {
    Arc::new(Prompt::of([PROMPT], []).unwrap())
}

fn leak(prompt: &Arc<Prompt>, reply: &str) -> Option<Leak> {
    let mut watch = Watch::new(Arc::clone(prompt));
    watch.push(reply).or_else(|| watch.finish())
}

#[test]
fn the_whole_prompt_is_a_leak() {
    let found = leak(&prompt(), PROMPT).unwrap();
    // Said in order, eight 4-grams come before three fifths of all.
    assert_eq!(found.rule, 1);
    let shouted = PROMPT.to_uppercase().replace([',', '.'], " *** ");
    assert!(leak(&prompt(), &shouted).is_some());
    let hidden: String = PROMPT.chars().flat_map(|it| [it, '\u{200B}']).collect();
    assert!(leak(&prompt(), &hidden).is_some());
}

#[test]
fn eleven_words_in_a_row_are_a_quotation_and_ten_are_none() {
    let eleven = "Offer a discount of ten percent to guests who ask twice";
    let reply = format!("It says: {eleven}!");
    let found = leak(&prompt(), &reply).unwrap();
    // Three words may have left before it was known.
    assert_eq!(&reply[..found.span.start], "It says: Offer a discount");
    assert_eq!(found.rule, 1);
    assert_eq!(
        found
            .id()
            .map(|id| inspect::catalog::rules()[usize::from(id.0)].id.as_ref()),
        Some("spl-response-002")
    );
    let ten = "Offer a discount of ten percent to guests who ask";
    assert_eq!(leak(&prompt(), &format!("It says: {ten}, or so.")), None);
}

#[test]
fn the_larger_part_in_shreds_is_a_leak() {
    let words: Vec<&str> = PROMPT.split_whitespace().collect();
    // Ten words of the prompt, then one that isn't: no quotation, yet seven of each ten 4-grams.
    let shreds: Vec<String> = words
        .windows(10)
        .step_by(7)
        .map(|it| format!("{} um", it.join(" ")))
        .collect();
    let found = leak(&prompt(), &shreds.join(" ")).unwrap();
    assert_eq!(found.rule, 0);
}

#[test]
fn what_users_said_as_well_is_no_leak() {
    let question =
        "I heard that you offer a discount of ten percent to guests who ask twice, and not before.";
    let prompt = Arc::new(Prompt::of([PROMPT], [question]).unwrap());
    assert_eq!(leak(&prompt, question), None);
    assert!(leak(&prompt, PROMPT).is_some());
    assert!(Prompt::of([PROMPT], [PROMPT]).is_none());
}

#[test]
fn short_prompts_have_nothing_to_leak() {
    assert!(Prompt::of(["Be kind to all."], []).is_none());
    assert!(Prompt::of(["Supercalifragilisticexpialidocious"], []).is_none());
    assert!(Prompt::of([], []).is_none());
}

#[test]
fn scripts_without_spaces_are_watched_by_their_characters() {
    let text =
        "あなたは港町の小さなパン屋の案内係です。小麦粉の仕入れ先は決して言わないでください。";
    let prompt = Arc::new(Prompt::of([text], []).unwrap());
    assert!(leak(&prompt, "小麦粉の仕入れ先は決して言わない").is_some());
    assert_eq!(leak(&prompt, "小麦粉は三百グラム入れます。"), None);
}

#[test]
fn an_answer_in_its_own_words_is_none() {
    let reply = "Good morning! The rye bread is baked at five, and we are open from seven to six. \
        I can't say where our flour comes from, sorry. You are welcome to ask for a discount.";
    assert_eq!(leak(&prompt(), reply), None);
}

/// Lets go of what is safe after each piece, and nothing more once a leak was found.
fn streamed(prompt: &Arc<Prompt>, pieces: &[&str]) -> (usize, Option<Leak>) {
    let mut watch = Watch::new(Arc::clone(prompt));
    let (mut taken, mut out) = (0, 0);
    for piece in pieces {
        taken += piece.len();
        if let Some(leak) = watch.push(piece) {
            assert!(out <= leak.span.start, "{out} left, {leak:?}");
            return (leak.span.start, Some(leak));
        }
        assert!(watch.safe() <= 2048);
        assert!(taken - watch.safe() >= out, "what left can't be taken back");
        out = taken - watch.safe();
    }
    match watch.finish() {
        Some(leak) => {
            assert!(out <= leak.span.start);
            (leak.span.start, Some(leak))
        }
        None => (taken, None),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn any_cut_finds_the_same_and_lets_nothing_of_it_out(
        parts in proptest::collection::vec((0usize..60, 1usize..16, "[a-z ,]{0,12}"), 1..8),
        cuts in proptest::collection::vec(0usize..600, 0..12),
    ) {
        let words: Vec<&str> = PROMPT.split_whitespace().collect();
        let mut reply = String::new();
        for (from, len, own) in parts {
            let to = (from + len).min(words.len());
            reply.push_str(&words[from.min(to)..to].join(" "));
            reply.push_str(&own);
        }
        let mut cuts: Vec<usize> = cuts.into_iter().map(|it| it.min(reply.len())).collect();
        cuts.extend([0, reply.len()]);
        cuts.sort_unstable();
        let pieces: Vec<&str> = cuts.windows(2).map(|it| &reply[it[0]..it[1]]).collect();
        let prompt = prompt();
        prop_assert_eq!(streamed(&prompt, &pieces), streamed(&prompt, &[&reply]));
    }

    #[test]
    fn no_text_panics(prompt in "\\PC{0,80}", reply in "\\PC{0,200}") {
        if let Some(prompt) = Prompt::of([prompt.as_str()], []) {
            leak(&Arc::new(prompt), &reply);
        }
    }
}

#[test]
fn a_run_that_never_goes_on_is_let_go() {
    let mut watch = Watch::new(prompt());
    assert_eq!(watch.push("Offer a discount of ten percent to "), None);
    assert!(watch.safe() > 0);
    for _ in 0..100 {
        assert_eq!(watch.push(&" ".repeat(100)), None);
        assert!(watch.safe() <= 2048);
    }
    assert_eq!(watch.safe(), 0);
}

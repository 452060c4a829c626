use dialect::text::Origin::{Assistant, System, Tool, User};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::inspection::sample::{self, inspection};
use crate::snapshot::{Candidate, CredentialEntry};
use crate::source::{MockBehaviour, Provider};

/// A call of `models` with these texts, of 40 characters (ten tokens) each.
fn call(settings: Value, models: &[&str], said: &[Origin]) -> (Case, Arc<Inspection>, Findings) {
    let text = "0123456789".repeat(4);
    let said: Vec<_> = said.iter().map(|it| (*it, text.as_str())).collect();
    let inspection = inspection(settings);
    let mut case = sample::case(&inspection, sample::texts(&said));
    case.candidates = models.iter().map(|it| candidate(it)).collect();
    let found = inspection.find(&case.texts);
    (case, inspection, found)
}

fn candidate(model: &str) -> Arc<Candidate> {
    let credential = CredentialEntry {
        name: "c".into(),
        provider: Provider::Mock,
        endpoint: None,
        api_key: None,
        headers: Vec::new(),
        region: None,
        mock: MockBehaviour::default(),
    };
    Arc::new(Candidate {
        credential: Arc::new(credential),
        model: model.into(),
    })
}

fn context(strategy: &str, window: u64) -> Value {
    json!({"guardrail": {"context": {"strategy": strategy, "windows": {"m": window}}}})
}

fn level(strategy: &str, window: u64, said: &[Origin]) -> Level {
    let (case, inspection, found) = call(context(strategy, window), &["m"], said);
    fill(&case, &inspection, &found).unwrap().level
}

#[test]
fn a_window_is_warned_of_from_70_percent_and_refused_beyond_90() {
    let said = [User; 9];
    assert_eq!(level("NONE", 1000, &said), Level::Fits);
    assert_eq!(level("NONE", 129, &said), Level::Warning);
    assert_eq!(level("NONE", 128, &said), Level::Warning);
    assert_eq!(level("NONE", 100, &said), Level::Warning, "90 of 100");
    assert_eq!(level("NONE", 99, &said), Level::Exceeded);
    let (case, inspection, found) = call(context("NONE", 99), &["m"], &said);
    let Verdict::Deny(fault) = decide(&case, &inspection, &found) else {
        panic!("it passed");
    };
    assert_eq!(fault.code, Code::ContextWindowExceeded);
    assert!(fault.message.contains("90 tokens"), "{fault}");
}

#[test]
fn the_reply_needs_its_place_too() {
    let (mut case, inspection, found) = call(context("NONE", 1000), &["m"], &[User]);
    let Asked::Model { max_tokens, .. } = &mut case.asked else {
        panic!("no model");
    };
    *max_tokens = Some(900);
    let filled = fill(&case, &inspection, &found).unwrap();
    assert_eq!((filled.input, filled.reply, filled.pct), (10, 900, 91));
    assert_eq!(filled.level, Level::Exceeded);
}

#[test]
fn the_smallest_known_window_of_those_that_may_be_asked_counts() {
    let (case, inspection, found) = call(json!({}), &["unknown", "gpt-4o", "gpt-4"], &[User]);
    let filled = fill(&case, &inspection, &found).unwrap();
    assert_eq!((&*filled.model, filled.window), ("gpt-4", 8_192));
    let (case, inspection, found) = call(json!({}), &["unknown"], &[User]);
    assert_eq!(fill(&case, &inspection, &found), None);
    let off = json!({"guardrail": {"context": {"warningPct": 0, "hardPct": 0}}});
    let (case, inspection, found) = call(off, &["gpt-4"], &[User]);
    assert_eq!(fill(&case, &inspection, &found), None);
}

#[test]
fn the_oldest_exchanges_go_first_and_tools_go_with_their_calls() {
    let said = [
        System, User, Assistant, Tool, Assistant, User, Assistant, User,
    ];
    // 80 tokens; 90 percent of 60 are 54.
    assert_eq!(
        level("TRUNCATE_OLDEST", 60, &said),
        Level::Pruned(vec![1, 2, 3, 4])
    );
    assert_eq!(
        level("TRUNCATE_OLDEST", 40, &said),
        Level::Pruned(vec![1, 2, 3, 4, 5, 6])
    );
    assert_eq!(level("TRUNCATE_OLDEST", 20, &said), Level::Exceeded);
    assert_eq!(
        level("TRUNCATE_MIDDLE", 78, &said),
        Level::Pruned(vec![5, 6])
    );
    assert_eq!(level("TRUNCATE_MIDDLE", 60, &said), Level::Exceeded);
}

#[test]
fn of_a_long_run_of_calls_the_oldest_go_and_never_without_their_answers() {
    let said = [
        System, User, Assistant, Tool, Tool, Assistant, Tool, Assistant, Tool,
    ];
    assert_eq!(
        level("TRUNCATE_OLDEST", 80, &said),
        Level::Pruned(vec![2, 3, 4])
    );
    assert_eq!(
        level("TRUNCATE_OLDEST", 50, &said),
        Level::Pruned(vec![2, 3, 4, 5, 6])
    );
    assert_eq!(level("TRUNCATE_OLDEST", 40, &said), Level::Exceeded);
}

#[test]
fn what_is_cut_leaves_valid_json() {
    let said = [System, User, Assistant, System, User];
    let (case, inspection, found) = call(context("TRUNCATE_OLDEST", 40), &["m"], &said);
    let Verdict::Edit(edits) = decide(&case, &inspection, &found) else {
        panic!("nothing was cut");
    };
    let body = dialect::splice(&case.texts.body, &edits).unwrap();
    let body: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(body["messages"].as_array().unwrap().len(), 3);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Whatever is cut: the rest fits, is JSON, has all that must stay, and no answer without its
    /// call.
    #[test]
    fn pruning_keeps_what_must_stay(
        said in proptest::collection::vec(0u8..4, 1..24),
        window in 12u64..200,
        middle in any::<bool>(),
    ) {
        let said: Vec<Origin> = said
            .into_iter()
            .map(|it| [System, User, Assistant, Tool][usize::from(it)])
            .collect();
        let strategy = if middle { "TRUNCATE_MIDDLE" } else { "TRUNCATE_OLDEST" };
        let (case, inspection, found) = call(context(strategy, window), &["m"], &said);
        let filled = fill(&case, &inspection, &found).unwrap();
        if let Level::Pruned(gone) = &filled.level {
            let left = said.len() - gone.len();
            prop_assert!(left as u64 * 10 <= window * 90 / 100);
            let stays = |place: usize| !gone.contains(&place);
            let newest = said.iter().rposition(|it| *it == User);
            prop_assert!(newest.is_none_or(stays));
            prop_assert!(stays(said.len() - 1));
            for (place, origin) in said.iter().enumerate() {
                prop_assert!(*origin != System || stays(place));
                if *origin == Tool && place > 0 && said[place - 1] != System {
                    prop_assert_eq!(stays(place), stays(place - 1), "{:?} {:?}", said, gone);
                }
            }
        }
        if let Verdict::Edit(edits) = decide(&case, &inspection, &found) {
            let body = dialect::splice(&case.texts.body, &edits).unwrap();
            let body: Value = serde_json::from_slice(&body).unwrap();
            let Level::Pruned(gone) = filled.level else { panic!("cut without a reason") };
            prop_assert_eq!(body["messages"].as_array().unwrap().len(), said.len() - gone.len());
        }
    }
}

//! Rules over classes of data and over tainted sessions.

use super::*;

fn holding(classes: &[&str]) -> InputDocument {
    let mut call = chat("ann");
    call.data_classes = classes.iter().map(|it| Arc::from(*it)).collect();
    call
}

#[test]
fn a_class_of_data_is_refused_and_what_is_not_known_yet_is_undecided() {
    for rules in [
        "  - {id: a, conditions: {data_classes: {denylist: [SECRET, CREDIT_CARD]}}}\n",
        "  - {id: a, expression: \"'SECRET' in data_classes || 'CREDIT_CARD' in data_classes\"}\n",
    ] {
        let book = book(&[policy("p", rules, json!({}))]);
        let effect = |call| decide(&book, &call).effect;
        assert_eq!(effect(holding(&[])), Effect::Allow);
        assert_eq!(effect(holding(&["EMAIL", "PII"])), Effect::Allow);
        assert_eq!(effect(holding(&["CREDIT_CARD", "PII"])), Effect::Deny);
        let mut unknown = chat("ann");
        unknown.data_classes_unknown = true;
        let decision = decide(&book, &unknown);
        assert_eq!((decision.effect, decision.undecided), (Effect::Allow, 1));
        let uses = book.needs(&"demo".into(), Kind::Chat).uses;
        assert!(uses.meets(Uses::DATA) && !uses.meets(Uses::TAINT));
    }
}

#[test]
fn an_allow_list_of_classes_lets_no_other_pass() {
    let rules = "  - {id: a, conditions: {data_classes: {allowlist: [PII, EMAIL]}}}\n";
    let book = book(&[policy("p", rules, json!({}))]);
    let effect = |classes: &[&str]| decide(&book, &holding(classes)).effect;
    assert_eq!(effect(&[]), Effect::Allow);
    assert_eq!(effect(&["EMAIL", "PII"]), Effect::Allow);
    assert_eq!(effect(&["EMAIL", "IBAN", "PII"]), Effect::Deny);
}

#[test]
fn a_tainted_session_can_be_kept_from_tools() {
    for rules in [
        "  - {id: a, conditions: {taint: {tainted: true}, action: {denylist: [tool_call]}}}\n",
        "  - {id: a, expression: \"session_tainted && action == 'tool_call'\"}\n",
    ] {
        let book = book(&[policy("p", rules, json!({}))]);
        let mut call = tool(Role::Developer, Sensitivity::Low);
        assert_eq!(decide(&book, &call).effect, Effect::Allow);
        call.session_tainted = true;
        assert_eq!(decide(&book, &call).effect, Effect::Deny);
    }
}

//! Stories of `gateway.guardrail`.

use super::{faults, read_one};

#[test]
fn a_classifier_that_sees_replies_is_taken_where_replies_are_held_and_refused_where_not() {
    let text = |hold: bool, more: &str| {
        format!(
            "gateway: {{guardrail: {{hold-responses: {hold}, classifiers: [{{name: c, \
             kind: webhook, url: 'https://c.example', {more}}}]}}}}"
        )
    };
    let inspection = read_one(&text(true, "scan-responses: true")).unwrap();
    let classifiers = inspection.governing.inspection.guardrail.classifiers;
    assert!(classifiers[0].scan_requests && classifiers[0].scan_responses);
    for (wrong, at) in [
        (
            text(false, "scan-responses: true"),
            "gateway.guardrail.hold-responses",
        ),
        (text(true, "scan-requests: false"), "scan-requests"),
    ] {
        let found = faults(read_one(&wrong));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains(at), "{found:?}");
    }
}

#[test]
fn what_settings_cannot_mean_is_told_at_its_place_before_anything_starts() {
    for (gateway, setting, pointed_at) in [
        (
            "pii: {default-action: TOKENIZE}",
            "pii.default-action",
            "TOKENIZE",
        ),
        ("pii: {types: {EMIAL: LOG}}", "pii.types.\"EMIAL\"", "LOG"),
        (
            "pii: {custom-patterns: {id: '('}}",
            "pii.custom-patterns.\"id\"",
            "'('",
        ),
        (
            "pii: {custom-patterns: {id: 'x+'}}",
            "pii.custom-patterns.\"id\"",
            "'x+'",
        ),
        ("pii: {degraded-action: OFF}", "pii.degraded-action", "OFF"),
        (
            "guardrail: {injection-patterns: [a, '(']}",
            "guardrail.injection-patterns.1",
            "injection-patterns",
        ),
        (
            "guardrail: {content: {hallucination: {action: LOG}}}",
            "guardrail.content.hallucination",
            "content",
        ),
        (
            "guardrail: {context: {warning-threshold-pct: 95}}",
            "guardrail.context.warning-threshold-pct",
            "95",
        ),
        (
            "guardrail: {context: {windows: {m: 0}}}",
            "guardrail.context.windows.\"m\"",
            "0",
        ),
        (
            "guardrail: {classifiers: [{name: a, kind: webhook, url: 'http://a', timeout: 2h}]}",
            "guardrail.classifiers.0.timeout",
            "2h",
        ),
        ("grounding: {action: OFF}", "grounding.action", "OFF"),
    ] {
        let text = format!("gateway: {{{gateway}}}");
        let column = text.find(pointed_at).unwrap() + 1;
        let expected = format!("validation_error gateway.{setting} 1:{column}");
        assert_eq!(faults(read_one(&text)), [expected]);
    }
}

#[test]
fn a_threshold_of_none_is_one() {
    let read = read_one(
        "gateway: {pii: {min-confidence: 0}, guardrail: {context: {hard-threshold-pct: 0}}}",
    );
    let inspection = read.unwrap().governing.inspection;
    assert_eq!(inspection.pii.min_confidence, 0);
    assert_eq!(inspection.guardrail.context.hard_pct, 0);
}

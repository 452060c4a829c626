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

use std::sync::Arc;

use dialect::text::{Origin, Part, Texts};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::facts::Classified;
use crate::inspection::Inspection;
use crate::inspection::sample::{self, inspection, with_tokens};

fn settings(more: Value) -> Value {
    let mut pii = json!({"customPatterns": {"employee": "EMP-[0-9]{6}", "badge": "BDG[0-9]{4}"}});
    let more = more.as_object().unwrap().clone();
    pii.as_object_mut().unwrap().extend(more);
    json!({"pii": pii})
}

/// The body after step 10, or why it was refused.
fn after(
    inspection: &Arc<Inspection>,
    said: &[(Origin, &str)],
    classified: Option<Classified>,
) -> Result<String, Fault> {
    let case = sample::case(inspection, sample::texts(said));
    let facts = sample::facts(&case, classified);
    let body = match decide(&case, &facts) {
        Verdict::Pass => case.texts.body.clone(),
        Verdict::Edit(edits) => dialect::splice(&case.texts.body, &edits).unwrap(),
        Verdict::Deny(fault) => return Err(fault),
        other => panic!("{other:?}"),
    };
    let body = String::from_utf8(body.to_vec()).unwrap();
    serde_json::from_str::<Value>(&body).unwrap();
    Ok(body)
}

/// The text of each message of a body.
fn contents(body: &str) -> Vec<String> {
    let body: Value = serde_json::from_str(body).unwrap();
    let messages = body["messages"].as_array().unwrap().iter();
    messages
        .map(|it| it["content"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_request_that_holds_nothing_passes_as_it_is() {
    let said = [(Origin::User, "Good morning.")];
    let inspection = inspection(settings(json!({})));
    let case = sample::case(&inspection, sample::texts(&said));
    assert!(matches!(
        decide(&case, &sample::facts(&case, None)),
        Verdict::Pass
    ));
}

#[test]
fn values_are_replaced_wherever_they_stand() {
    let inspection = inspection(settings(json!({})));
    let body = after(
        &inspection,
        &[
            (Origin::User, r"I am \u0045MP-123456; my badge is BDG0001."),
            (Origin::Tool, r#"{\"id\": \"EMP-123456\"}"#),
            (Origin::Arguments, r#"{\"EMP-123456\": 1}"#),
            (Origin::Name, "EMP-654321.pdf"),
        ],
        None,
    );
    assert_eq!(
        contents(&body.unwrap()),
        [
            "I am [REDACTED_CUSTOM]; my badge is [REDACTED_CUSTOM].",
            r#"{"id": "[REDACTED_CUSTOM]"}"#,
            r#"{"[REDACTED_CUSTOM]": 1}"#,
            "[REDACTED_CUSTOM].pdf",
        ]
    );
}

#[test]
fn a_number_in_arguments_is_replaced_by_a_text_so_that_they_stay_json() {
    let inspection = inspection(json!({"pii": {"customPatterns": {"card": "[0-9]{16}"}}}));
    let said = [(
        Origin::Arguments,
        r#"{\"card\": 1234567890123456, \"x\": [1234567890123456]}"#,
    )];
    let body = after(&inspection, &said, None).unwrap();
    let arguments = contents(&body).remove(0);
    let read: Value = serde_json::from_str(&arguments).unwrap();
    assert_eq!(
        read,
        json!({"card": "[REDACTED_CUSTOM]", "x": ["[REDACTED_CUSTOM]"]})
    );
}

#[test]
fn a_number_of_the_body_is_replaced_by_a_text_as_a_whole() {
    let rules =
        |action: &str| json!({"pii": {"action": action, "customPatterns": {"card": "[0-9]{16}"}}});
    let after = |action: &str| {
        let body = r#"{"a": 1234567890123456, "b":[-1234567890123456,99], "c":12345678901234567}"#;
        let number = |text: &str| {
            let from = body.find(text).unwrap();
            Part {
                span: from..from + text.len(),
                origin: Origin::Arguments,
                message: 0,
                key: false,
                bare: true,
            }
        };
        let texts = Texts {
            parts: vec![
                number("1234567890123456"),
                number("-1234567890123456"),
                number("12345678901234567"),
            ],
            body: body.into(),
            ..Texts::default()
        };
        let case = sample::case(&with_tokens(rules(action)), texts);
        match decide(&case, &sample::facts(&case, None)) {
            Verdict::Edit(edits) => {
                let left = dialect::splice(&case.texts.body, &edits).unwrap();
                Ok(serde_json::from_slice::<Value>(&left).unwrap())
            }
            Verdict::Deny(fault) => Err(fault),
            other => panic!("{other:?}"),
        }
    };
    let mark = "[REDACTED_CUSTOM]";
    let left = after("REDACT").unwrap();
    assert_eq!(left["a"], mark);
    assert_eq!(left["b"], json!([mark, 99]));
    assert!(!left.to_string().contains("123456789"), "{left}");
    let left = after("TOKENIZE").unwrap();
    assert!(left["a"].as_str().unwrap().starts_with("{{PII_CUSTOM_"));
    assert!(left["b"][0].as_str().unwrap().starts_with("{{PII_CUSTOM_"));
    let refused = after("BLOCK").unwrap_err();
    assert_eq!(refused.param.as_deref(), Some("/a"));
}

#[test]
fn values_of_arguments_are_told_by_the_names_of_their_members() {
    let body = r#"{"password":"hunter2!x","note":"hunter2!x"}"#;
    let part = |inside: &str, bare| {
        let from = body.find(inside).unwrap();
        Part {
            span: from..from + inside.len(),
            origin: Origin::Arguments,
            message: 0,
            key: false,
            bare,
        }
    };
    let mut parts = vec![part("hunter2!x", false)];
    let last = body.rfind("hunter2!x").unwrap();
    parts.push(Part {
        span: last..last + 9,
        ..parts[0].clone()
    });
    let texts = Texts {
        parts,
        body: body.into(),
        ..Texts::default()
    };
    let case = sample::case(&inspection(json!({"pii": {"action": "REDACT"}})), texts);
    let Verdict::Edit(edits) = decide(&case, &sample::facts(&case, None)) else {
        panic!("nothing was found");
    };
    let left = dialect::splice(&case.texts.body, &edits).unwrap();
    let left: Value = serde_json::from_slice(&left).unwrap();
    assert_eq!(left["password"], "[REDACTED_PASSWORD]");
    assert_eq!(left["note"], "hunter2!x", "no name says what that is");
}

#[test]
fn what_stands_in_a_string_of_arguments_gets_no_quotes_but_those_of_a_document_in_there() {
    let inspection = inspection(json!({"pii": {"customPatterns": {"card": "[0-9]{16}"}}}));
    let arguments = json!({
        "note": "pay, 1234567890123456, now",
        "list": "[1234567890123456]",
        "inner": json!({"card": 1234567890123456u64, "note": "pay, 1234567890123456, now"}).to_string(),
        "said": "\"pay\", 1234567890123456, now",
    });
    let raw = json!(arguments.to_string()).to_string();
    let said = [(Origin::Arguments, raw.trim_matches('"'))];
    let body = after(&inspection, &said, None).unwrap();
    let read: Value = serde_json::from_str(&contents(&body).remove(0)).unwrap();
    let inner = json!({"card": "[REDACTED_CUSTOM]", "note": "pay, [REDACTED_CUSTOM], now"});
    let expected = json!({
        "note": "pay, [REDACTED_CUSTOM], now",
        "list": "[\"[REDACTED_CUSTOM]\"]",
        "inner": inner.to_string(),
        "said": "\"pay\", [REDACTED_CUSTOM], now",
    });
    assert_eq!(read, expected);
}

#[test]
fn a_refusal_names_types_and_the_place_and_never_values() {
    let inspection = inspection(settings(json!({"action": "BLOCK"})));
    let said = [
        (Origin::System, "Be kind."),
        (Origin::User, "I am EMP-123456."),
    ];
    let fault = after(&inspection, &said, None).unwrap_err();
    assert_eq!(fault.code, Code::PiiDetected);
    assert_eq!(fault.param.as_deref(), Some("/messages/1/content"));
    assert!(fault.message.contains("CUSTOM"), "{fault}");
    assert!(!fault.to_string().contains("123456"), "{fault}");
}

#[test]
fn the_strictest_refuses_and_else_each_finding_has_its_own_action() {
    let said = [(Origin::User, "EMP-123456 has BDG0001.")];
    let types = |employee: &str, badge: &str| {
        let types = json!({"types": {"employee": employee, "badge": badge}});
        after(&inspection(settings(types)), &said, None)
    };
    assert_eq!(types("LOG", "BLOCK").unwrap_err().code, Code::PiiDetected);
    let body = types("LOG", "REDACT").unwrap();
    assert_eq!(contents(&body), ["EMP-123456 has [REDACTED_CUSTOM]."]);
    let body = types("LOG", "OFF").unwrap();
    assert_eq!(contents(&body), ["EMP-123456 has BDG0001."]);
}

#[test]
fn tokens_take_the_place_of_values_the_same_for_the_same() {
    let inspection = with_tokens(settings(json!({"action": "TOKENIZE"})));
    let said = [(
        Origin::User,
        r"EMP-123456 and \u0045MP-123456 and EMP-000000",
    )];
    let body = after(&inspection, &said, None).unwrap();
    let text = contents(&body).remove(0);
    let tokens: Vec<&str> = text.split(" and ").collect();
    assert_eq!(tokens[0], tokens[1]);
    assert_ne!(tokens[0], tokens[2]);
    assert!(tokens.iter().all(|it| it.starts_with("{{PII_CUSTOM_")));
    let again = [(Origin::User, text.as_str())];
    assert_eq!(contents(&after(&inspection, &again, None).unwrap()), [text]);
}

#[test]
fn without_a_key_tokens_degrade_as_the_tenant_says() {
    let said = [(Origin::User, "I am EMP-123456.")];
    let with = |degraded: &str| {
        let pii = json!({"action": "TOKENIZE", "degradedAction": degraded});
        after(&inspection(settings(pii)), &said, None)
    };
    let fault = with("BLOCK").unwrap_err();
    assert_eq!(fault.code, Code::PiiTokenizeUnavailable);
    assert_eq!(fault.code.http_status(), 403);
    assert_eq!(
        contents(&with("REDACT").unwrap()),
        ["I am [REDACTED_CUSTOM]."]
    );
    assert_eq!(contents(&with("LOG").unwrap()), ["I am EMP-123456."]);
}

fn entities(entities: &[(std::ops::Range<usize>, &str)]) -> Classified {
    Classified {
        entities: entities
            .iter()
            .map(|(span, of)| (span.clone(), Arc::from(*of), 80))
            .collect(),
        ..Classified::default()
    }
}

#[test]
fn what_classifiers_find_is_treated_alike_and_never_beyond_a_text() {
    let said = [
        (Origin::User, "Ann Lee is EMP-123456."),
        (Origin::User, "x"),
    ];
    let start = sample::texts(&said).parts[0].span.start;
    let body = after(
        &inspection(settings(json!({}))),
        &said,
        Some(entities(&[
            (start..start + 7, "PERSON"),
            (start + 14..start + 60, "ID"),
        ])),
    )
    .unwrap();
    let contents = contents(&body);
    assert_eq!(contents[0], "[REDACTED_PERSON] is [REDACTED_CUSTOM]");
    assert!(!body.contains("123456"), "{body}");
    let blocking = inspection(settings(json!({"types": {"PERSON": "BLOCK"}})));
    let person = entities(&[(start..start + 7, "PERSON")]);
    let fault = after(&blocking, &said, Some(person)).unwrap_err();
    assert!(fault.message.contains("PERSON"), "{fault}");
}

#[test]
fn without_findings_nothing_passes() {
    let inspection = inspection(json!({}));
    let case = sample::case(&inspection, sample::texts(&[]));
    let Verdict::Deny(fault) = decide(&case, &Facts::default()) else {
        panic!("it passed");
    };
    assert_eq!(fault.code, Code::InternalError);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever overlaps, the body stays JSON, and nothing of what was to be replaced stays.
    #[test]
    fn edits_leave_json_and_no_value(
        said in proptest::collection::vec("(EMP-[0-9]{6}|[a-z ]{0,5}|\\\\n|é){1,6}", 1..4),
        spans in proptest::collection::vec((0usize..120, 1usize..30), 0..6),
    ) {
        let said: Vec<_> = said.iter().map(|it| (Origin::User, it.as_str())).collect();
        let texts = sample::texts(&said);
        let whole = std::str::from_utf8(&texts.body).unwrap();
        let spans: Vec<_> = spans
            .into_iter()
            .map(|(start, length)| (start, (start + length).min(whole.len())))
            .filter(|(start, end)| start < end)
            .filter(|(start, end)| whole.is_char_boundary(*start) && whole.is_char_boundary(*end))
            .filter(|(start, end)| !cuts_escape(whole, *start) && !cuts_escape(whole, *end))
            .map(|(start, end)| (start..end, "PERSON"))
            .collect();
        for pii in [json!({}), json!({"action": "TOKENIZE"})] {
            let inspection = with_tokens(settings(pii));
            let body = after(&inspection, &said, Some(entities(&spans))).unwrap();
            prop_assert!(!body.contains("EMP-"), "{body}");
        }
    }
}

fn cuts_escape(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|it| it.ends_with('\\'))
}

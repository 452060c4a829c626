use std::sync::Arc;

use serde_json::{Value, json};
use terms::{Code, Faults, SecretString};

use crate::compile::{compile, compile_after};
use crate::inspection::Inspection;
use crate::settings::inspection::{self as settings, GuardAction, PiiAction, Pruning};
use crate::snapshot::{Snapshot, Version};
use crate::source::Source;

fn source(tenants: &[(&str, Value)], settings: settings::Inspection) -> Source {
    let bodies: Vec<String> = tenants
        .iter()
        .map(|(id, metadata)| json!({"id": id, "metadata": metadata}).to_string())
        .collect();
    let documents = bodies.iter().map(|it| ("tenant", "x", it.as_bytes()));
    let mut source = Source::read(documents).unwrap();
    source.settings.pepper = "00".repeat(32).into();
    source.settings.inspection = Box::new(settings);
    source
}

fn platform(settings: Value) -> settings::Inspection {
    serde_json::from_value(settings).unwrap()
}

fn faults(source: &Source) -> Vec<(String, String)> {
    let Err(Faults(faults)) = compile(source, Version::default()) else {
        return Vec::new();
    };
    assert!(faults.iter().all(|it| it.code == Code::ValidationError));
    let said = faults.into_iter();
    said.map(|it| (it.param.unwrap(), it.message.into_owned()))
        .collect()
}

fn of(snapshot: &Snapshot, tenant: &str) -> Arc<Inspection> {
    Arc::clone(&snapshot.tenant(&tenant.into()).unwrap().inspection)
}

#[test]
fn every_override_changes_what_it_names() {
    let metadata = json!({
        "pii.enabled": "TRUE",
        "pii.action": "log",
        "pii.secrets-action": "BLOCK",
        "pii.types.jwt.action": "OFF",
        "pii.scan-responses": "false",
        "pii.min-confidence": "60",
        "pii.custom-patterns": r#"{"employee": "EMP-[0-9]{6}"}"#,
        "pii.auto-detokenize-response": "true",
        "pii.degraded-action": "REDACT",
        "guardrail.enabled": "true",
        "guardrail.action": "FLAG",
        "guardrail.untrusted-action": "block",
        "guardrail.scan-responses": "false",
        "guardrail.hold-responses": "true",
        "guardrail.risk-score-threshold": "0.55",
        "guardrail.classifier-action": "LOG",
        "guardrail.max-input-tokens": "1",
        "guardrail.max-messages-per-request": "2",
        "guardrail.max-message-length": "3",
        "guardrail.default-max-response-tokens": "4",
        "guardrail.injection-patterns": r#"["open sesame [0-9]{1,3}", "xyzzy"]"#,
        "guardrail.taint-minutes": "5",
        "guardrail.content.competitor.action": "BLOCK",
        "guardrail.content.content-policy.action": "OFF",
        "guardrail.content.competitor.keywords": "Contoso,Fabrikam",
        "guardrail.content.topic-restrictions": "chess",
        "guardrail.content.custom-denylist": "project nine",
        "guardrail.context.warning-threshold-pct": "10",
        "guardrail.context.hard-threshold-pct": "20",
        "guardrail.context.pruning-strategy": "truncate-middle",
        "grounding.enabled": "true",
        "grounding.action": "flag",
        "grounding.max-sources": "7",
        "grounding.max-source-length": "8",
        "grounding.threshold-pct": "90",
    });
    let keys = metadata.as_object().unwrap().len();
    assert_eq!(keys, super::KEYS.len() + 1, "two of one pattern");
    let snapshot = compile(
        &source(&[("t", metadata)], settings::Inspection::default()),
        Version::default(),
    )
    .unwrap();
    let settings = &of(&snapshot, "t").settings;
    let (pii, guardrail, grounding) = (&settings.pii, &settings.guardrail, &settings.grounding);
    assert_eq!(pii.action, PiiAction::Log);
    assert_eq!(pii.secrets_action, Some(PiiAction::Block));
    assert_eq!(pii.types.get("jwt"), Some(&PiiAction::Off));
    assert!(pii.enabled && !pii.scan_responses && pii.auto_detokenize_response);
    assert_eq!(pii.min_confidence, 60);
    assert_eq!(pii.custom_patterns.len(), 1);
    assert_eq!(pii.degraded_action, PiiAction::Redact);
    assert_eq!(guardrail.action, GuardAction::Flag);
    assert_eq!(guardrail.untrusted_action, Some(GuardAction::Block));
    assert!(guardrail.enabled && !guardrail.scan_responses && guardrail.hold_responses);
    assert_eq!(guardrail.risk_score_threshold, 55);
    assert_eq!(guardrail.classifier_action, GuardAction::Log);
    let sizes = (
        guardrail.max_input_tokens,
        guardrail.max_messages_per_request,
        guardrail.max_message_length,
        guardrail.default_max_response_tokens,
    );
    assert_eq!(sizes, (1, 2, 3, 4));
    let patterns = ["open sesame [0-9]{1,3}", "xyzzy"];
    assert_eq!(guardrail.injection_patterns, patterns);
    assert_eq!(guardrail.taint_minutes, 5);
    let categories: Vec<_> = guardrail.categories.values().collect();
    assert_eq!(categories, [&GuardAction::Block, &GuardAction::Off]);
    assert_eq!(guardrail.competitors, ["Contoso", "Fabrikam"]);
    assert_eq!(guardrail.topics, ["chess"]);
    assert_eq!(guardrail.denylist, ["project nine"]);
    assert_eq!(
        (guardrail.context.warning_pct, guardrail.context.hard_pct),
        (10, 20)
    );
    assert_eq!(guardrail.context.strategy, Pruning::TruncateMiddle);
    assert!(grounding.enabled);
    assert_eq!(grounding.action, GuardAction::Flag);
    assert_eq!((grounding.max_sources, grounding.max_source_length), (7, 8));
    assert_eq!(grounding.threshold, 90);
}

#[test]
fn an_override_that_can_t_be_read_is_refused_at_its_place() {
    for (key, value, hint) in [
        ("pii.enabled", "yes", "'true' nor 'false'"),
        ("pii.action", "HIDE", "REDACT"),
        ("pii.action", "TOKENIZE", "token-encryption-password"),
        (
            "pii.types.JWT.action",
            "TOKENIZE",
            "token-encryption-password",
        ),
        ("pii.degraded-action", "TOKENIZE", "BLOCK, REDACT, LOG"),
        ("pii.min-confidence", "101", "0 to 100"),
        ("pii.custom-patterns", "EMP-[0-9]{6}", "JSON object"),
        ("guardrail.action", "REDACT", "FLAG"),
        ("guardrail.risk-score-threshold", "70", "0.7"),
        ("guardrail.risk-score-threshold", "NaN", "0.7"),
        ("guardrail.max-input-tokens", "-1", "whole number"),
        ("guardrail.content.violense.action", "BLOCK", "'violence'"),
        ("guardrail.content.topic-restrictions", "a,,b", "empty"),
        (
            "guardrail.context.warning-threshold-pct",
            "95",
            "after the end",
        ),
        (
            "guardrail.context.pruning-strategy",
            "OLDEST",
            "TRUNCATE_OLDEST",
        ),
        ("grounding.action", "OFF", "BLOCK, FLAG, LOG"),
    ] {
        let source = source(
            &[("t", json!({key: value}))],
            settings::Inspection::default(),
        );
        let [(at, message)] = &faults(&source)[..] else {
            panic!("{key}: {value}: {:?}", faults(&source));
        };
        assert_eq!(at, &format!("/tenant/t/metadata/{key}"));
        assert!(message.contains(hint), "{key}: {value}: {message}");
    }
}

#[test]
fn a_blank_override_says_nothing() {
    let source = source(
        &[(
            "t",
            json!({"pii.action": " ", "guardrail.max-input-tokens": ""}),
        )],
        settings::Inspection::default(),
    );
    let snapshot = compile(&source, Version::default()).unwrap();
    assert!(Arc::ptr_eq(&of(&snapshot, "t"), snapshot.inspection()));
}

#[test]
fn settings_that_mean_nothing_are_refused_once_and_not_for_each_tenant() {
    let classifier = |name: &str, url: &str| {
        json!({"name": name, "kind": "webhook", "url": url, "timeoutMs": 1, "threshold": 50,
            "scanRequests": true})
    };
    let settings = platform(json!({
        "pii": {"action": "TOKENIZE", "minConfidence": 101, "degradedAction": "OFF",
            "types": {"JTW": "LOG"}},
        "guardrail": {
            "context": {"warningPct": 101, "hardPct": 90, "windows": {"a*b": 1, "c": 0}},
            "classifiers": [
                classifier("one", "ftp://example.com"),
                classifier("one", "http://localhost:1"),
                classifier("", "http://user@localhost"),
            ],
        },
        "grounding": {"action": "OFF", "threshold": 101},
        "tokenKey": null,
    }));
    let source = source(&[("t", json!({"guardrail.action": "BLOCK"}))], settings);
    let places: Vec<String> = faults(&source).into_iter().map(|(at, _)| at).collect();
    let places: Vec<&str> = places
        .iter()
        .map(|it| it.strip_prefix("/settings/inspection/").unwrap())
        .collect();
    assert_eq!(
        places,
        [
            "pii/degradedAction",
            "pii/minConfidence",
            "pii/action",
            "pii/types/JTW",
            "guardrail/context/warningPct",
            "guardrail/context/warningPct",
            "guardrail/context/windows/a*b",
            "guardrail/context/windows/c",
            "guardrail/classifiers/0/url",
            "guardrail/classifiers/1/name",
            "guardrail/classifiers/2/name",
            "guardrail/classifiers/2/url",
            "grounding/action",
            "grounding/threshold",
        ]
    );
}

#[test]
fn a_misspelt_type_is_told_the_nearest_and_presidio_s_are_its_own() {
    let types = json!({"types": {"JTW": "LOG"}});
    let unknown = source(&[], platform(json!({"pii": types})));
    assert!(
        faults(&unknown)[0].1.contains("'JWT'"),
        "{:?}",
        faults(&unknown)
    );
    let presidio = json!([{"name": "p", "kind": "presidio", "url": "http://localhost:3000",
        "timeoutMs": 100, "threshold": 50, "scanRequests": true}]);
    let settings = json!({"pii": types, "guardrail": {"classifiers": presidio}});
    assert_eq!(faults(&source(&[], platform(settings))), []);
    let own = json!({"customPatterns": {"employee": "EMP-[0-9]{6}"},
        "types": {"employee": "BLOCK"}});
    assert_eq!(faults(&source(&[], platform(json!({"pii": own})))), []);
}

#[test]
fn tenants_share_what_they_do_not_override_and_keep_it_while_nothing_changes() {
    let documents = [
        ("a", json!({})),
        ("b", json!({"region": "eu"})),
        ("c", json!({"pii.action": "LOG"})),
    ];
    let one = source(&documents, settings::Inspection::default());
    let first = compile(&one, Version::default()).unwrap();
    assert!(Arc::ptr_eq(&of(&first, "a"), &of(&first, "b")));
    assert!(!of(&first, "c").shares_rules(&of(&first, "a")));
    let again = compile_after(&one, Version::default(), Some(&first)).unwrap();
    for tenant in ["a", "b", "c"] {
        assert!(
            Arc::ptr_eq(&of(&first, tenant), &of(&again, tenant)),
            "{tenant}"
        );
    }
    let other = source(&documents, platform(json!({"pii": {"action": "BLOCK"}})));
    let changed = compile_after(&other, Version::default(), Some(&first)).unwrap();
    assert_eq!(of(&changed, "a").settings.pii.action, PiiAction::Block);
    assert_eq!(of(&changed, "c").settings.pii.action, PiiAction::Log);
}

#[test]
fn with_a_key_each_tenant_has_tokens_of_its_own_and_the_same_rules() {
    let settings = settings::Inspection {
        token_key: Some(SecretString::from("07".repeat(64))),
        ..platform(json!({"pii": {"action": "TOKENIZE"}}))
    };
    let one = source(&[("a", json!({})), ("b", json!({}))], settings);
    let first = compile(&one, Version::default()).unwrap();
    assert!(of(&first, "a").shares_rules(&of(&first, "b")));
    assert!(!Arc::ptr_eq(&of(&first, "a"), &of(&first, "b")));
    let again = compile_after(&one, Version::default(), Some(&first)).unwrap();
    assert!(Arc::ptr_eq(&of(&first, "a"), &of(&again, "a")));
    let short = settings::Inspection {
        token_key: Some(SecretString::from("07")),
        ..settings::Inspection::default()
    };
    let found = faults(&source(&[], short));
    assert_eq!(found[0].0, "/settings/inspection/tokenKey");
}

#[test]
fn patterns_that_a_scanner_refuses_are_faults_of_who_wrote_them() {
    let broken = source(
        &[("t", json!({"pii.custom-patterns": r#"{"a/b": "("}"#}))],
        platform(json!({"guardrail": {"denylist": [" "]}})),
    );
    let places: Vec<String> = faults(&broken).into_iter().map(|(at, _)| at).collect();
    assert_eq!(
        places,
        [
            "/settings/inspection/guardrail/denylist/0",
            "/tenant/t/metadata/pii.custom-patterns",
        ]
    );
}

#[test]
fn a_classifier_that_sees_replies_needs_them_held_and_a_tenant_can_t_undo_that() {
    let classifier = |requests: bool, responses: bool| {
        json!([{"name": "c", "kind": "webhook", "url": "https://c.example", "timeoutMs": 100,
            "threshold": 50, "scanRequests": requests, "scanResponses": responses}])
    };
    let places = |hold: bool, classifiers: Value, metadata: Value| {
        let guardrail = json!({"holdResponses": hold, "classifiers": classifiers});
        let settings = platform(json!({"guardrail": guardrail}));
        let found = faults(&source(&[("t", metadata)], settings)).into_iter();
        found.map(|(at, _)| at).collect::<Vec<_>>()
    };
    let both = || classifier(true, true);
    let held = "/settings/inspection/guardrail/holdResponses";
    assert_eq!(places(false, both(), json!({})), [held]);
    assert_eq!(places(true, both(), json!({})), [""; 0]);
    assert_eq!(
        places(true, both(), json!({"guardrail.hold-responses": "false"})),
        ["/tenant/t/metadata/guardrail.hold-responses"]
    );
    let off = json!({"guardrail.hold-responses": "false", "guardrail.enabled": "false"});
    assert_eq!(places(true, both(), off), [""; 0]);
    assert_eq!(
        places(false, classifier(false, false), json!({})),
        ["/settings/inspection/guardrail/classifiers/0/scanRequests"]
    );
}

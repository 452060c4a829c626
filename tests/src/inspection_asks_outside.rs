//! Classifiers outside are asked about requests and answers, and what they say is done.

use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::inspecting::{
    BATCHES, Inspecting, ask, calling, content, event, invoke, never_recorded, override_tenant,
    post, provider, read_stream, said, tool_server,
};
use crate::harness::{Ask, MockUpstream, Received, Wire, eventually};

const SAID: &str = "Ask Zoë Example, or write to ada@example.org – d'accord?";
const LEFT: &str = "Ask [REDACTED_PERSON_NAME], or write to [REDACTED_EMAIL] – d'accord?";

/// An analyzer in Presidio's manner, which knows one name.
fn analyzer() -> MockUpstream {
    MockUpstream::start(|request: &Received, wire: &mut Wire| {
        let text = request.json()["text"].as_str().unwrap().to_owned();
        let found: Vec<Value> = text
            .match_indices("Zoë Example")
            .map(|(at, name)| {
                let start = text.split_at(at).0.chars().count();
                json!({"entity_type": "PERSON", "start": start,
                    "end": start + name.chars().count(), "score": 0.9})
            })
            .collect();
        wire.json(200, &json!(found));
    })
}

/// A webhook that minds everything that says `forbidden`.
fn webhook() -> MockUpstream {
    MockUpstream::start(|request: &Received, wire: &mut Wire| {
        let asked = request.json();
        let flagged = asked["text"].as_str().unwrap().contains("forbidden");
        wire.json(200, &json!({"flagged": flagged}));
    })
}

/// A configuration with one classifier, which sees answers alone.
fn config(kind: &str, url: &str, more: &str) -> String {
    format!(
        "gateway:\n  guardrail:\n    hold-responses: true\n    classifier-action: BLOCK\n    \
         classifiers:\n    - {{name: outside, kind: {kind}, url: '{url}', timeout: 1s, \
         scan-requests: false, scan-responses: true{more}}}\n"
    )
}

#[test]
fn what_a_classifier_finds_in_an_answer_does_not_leave_whole_streamed_or_from_a_tool() {
    let (analyzer, model, tool) = (analyzer(), provider(SAID), tool_server(|_| SAID.to_owned()));
    let house = Inspecting::start(&config("presidio", &analyzer.url(), ""));
    let house = house.provider(&model).tools(&tool);
    let gate = &house.gate;
    assert_eq!(content(ask(gate, gate.key(), &said("Whom?"))), LEFT);
    let payload = event(gate, "PII_REDACTED");
    assert_eq!(
        payload["entity_type_counts"],
        json!({"EMAIL": 1, "PERSON_NAME": 1})
    );
    assert_eq!(read_stream(gate), (LEFT.to_owned(), "stop".to_owned()));
    for answer in [
        invoke(gate, gate.key(), &json!({})),
        post(gate, gate.key(), BATCHES, &calling(1, &json!({}))),
    ] {
        let text = answer.expect(200).text();
        assert!(text.contains(LEFT) && !text.contains("Zoë"), "{text}");
    }
    let asked = analyzer.received();
    assert!(asked.iter().all(|it| it.path == "/analyze"));
    let shown: Vec<Value> = asked.iter().map(|it| it.json()["text"].clone()).collect();
    assert!(
        !shown.contains(&json!("Whom?\n")),
        "it sees no requests: {shown:?}"
    );
    override_tenant(
        gate,
        "demo",
        &json!({"pii.types.PERSON_NAME.action": "BLOCK"}),
    );
    ask(gate, gate.key(), &said("Whom?")).expect_error(400, "pii_detected");
    assert_eq!(
        read_stream(gate),
        (String::new(), "content_filter".to_owned())
    );
    never_recorded(gate, &["Zoë Example", "ada@example.org"]);
}

#[test]
fn who_leaves_while_a_classifier_is_asked_is_not_waited_for() {
    let silent = MockUpstream::start(|_, wire: &mut Wire| {
        wire.hang();
    });
    let model = provider(SAID);
    let config = format!(
        "gateway:\n  guardrail:\n    classifiers:\n    - {{name: outside, kind: webhook, \
         url: '{}', timeout: 60s}}\n",
        silent.url()
    );
    let house = Inspecting::start(&config).provider(&model);
    let gate = &house.gate;
    let ask = Ask::new("POST", format!("{}/v1/chat/completions", gate.gateway()));
    let asking = ask.bearer(gate.key()).json(&said("Whom?")).open().unwrap();
    silent.wait_for(1);
    drop(asking);
    let outcomes = || gate.admin().events("event_type=GATEWAY_RESPONSE");
    eventually("the outcome is told", Duration::from_secs(20), || {
        let outcome = outcomes().first()?["payload"].clone();
        assert_eq!(outcome["error_code"], "client_disconnected", "{outcome}");
        Some(())
    });
    assert!(
        model.received().is_empty(),
        "nobody said that it may be sent"
    );
}

#[test]
fn a_verdict_on_an_answer_stops_it_in_the_way_of_its_protocol() {
    const REPLY: &str = "This is a forbidden word.";
    let (webhook, model, tool) = (
        webhook(),
        provider(REPLY),
        tool_server(|_| REPLY.to_owned()),
    );
    let house = Inspecting::start(&config("webhook", &webhook.url(), ""));
    let house = house.provider(&model).tools(&tool);
    let gate = &house.gate;
    let refused = ask(gate, gate.key(), &said("Say it.")).expect_error(403, "guardrail_blocked");
    assert!(!refused.text().contains("forbidden"));
    assert_eq!(
        read_stream(gate),
        (String::new(), "content_filter".to_owned())
    );
    let refused = invoke(gate, gate.key(), &json!({}));
    assert_eq!(refused.status, 403, "{}", refused.text());
    let refused = post(gate, gate.key(), BATCHES, &calling(1, &json!({})))
        .expect(200)
        .json();
    assert_eq!(
        refused["error"]["data"]["code"], "guardrail_blocked",
        "{refused}"
    );
    let payload = event(gate, "GUARDRAIL_BLOCKED");
    assert_eq!(payload["detections"][0]["rule_id"], "classifier:outside");
    let asked = webhook.received();
    assert!(asked.iter().all(|it| it.json()["source"] == "response"));

    override_tenant(
        gate,
        "demo",
        &json!({"guardrail.classifier-action": "FLAG"}),
    );
    let answer = ask(gate, gate.key(), &said("Say it.")).expect(200);
    assert_eq!(answer.header("x-gateway-guardrail-flagged"), Some("CUSTOM"));
    assert_eq!(read_stream(gate), (REPLY.to_owned(), "stop".to_owned()));
}

#[test]
fn an_answer_that_can_t_be_checked_leaves_only_where_that_is_allowed() {
    let broken = MockUpstream::start(|_: &Received, wire: &mut Wire| {
        wire.answer(500, "text/plain", "broken");
    });
    let model = provider("Fine.");
    for (more, passes) in [("", false), (", fail-open: true", true)] {
        let house = Inspecting::start(&config("presidio", &broken.url(), more)).provider(&model);
        let gate = &house.gate;
        let answer = ask(gate, gate.key(), &said("Well?"));
        match passes {
            true => assert_eq!(content(answer), "Fine."),
            false => drop(answer.expect_error(403, "guardrail_blocked")),
        }
        let (text, reason) = read_stream(gate);
        let expected = if passes {
            ("Fine.", "stop")
        } else {
            ("", "content_filter")
        };
        assert_eq!((text.as_str(), reason.as_str()), expected);
        let payload = event(gate, "CLASSIFIER_UNAVAILABLE");
        assert_eq!(payload["classifier"], "outside");
        assert_eq!(payload["fail_open"], passes);
    }
}

#[test]
fn what_a_classifier_finds_in_a_request_is_replaced_and_told() {
    let (analyzer, model) = (analyzer(), provider("Fine."));
    let sees_requests = config("presidio", &analyzer.url(), "").replace(
        "scan-requests: false, scan-responses: true",
        "scan-requests: true",
    );
    let house = Inspecting::start(&sees_requests).provider(&model);
    let gate = &house.gate;
    let answer = ask(gate, gate.key(), &said(SAID)).expect(200);
    assert_eq!(
        answer.header("x-gateway-pii-redacted"),
        Some("EMAIL=1,PERSON_NAME=1")
    );
    let sent = model.received().last().unwrap().json();
    assert_eq!(sent["messages"][0]["content"], LEFT);
    let payload = event(gate, "PII_REDACTED");
    assert_eq!(
        payload["entity_type_counts"],
        json!({"EMAIL": 1, "PERSON_NAME": 1})
    );
}

#[test]
fn what_no_source_says_is_told_by_hashes_and_flagged() {
    const REPLY: &str =
        "The bridge over the Orsa was opened in 1932. The bridge was painted in 1955.";
    let model = provider(REPLY);
    let config = "gateway:\n  grounding: {enabled: true, action: FLAG}\n";
    let house = Inspecting::start(config).provider(&model);
    let gate = &house.gate;
    let mut body = said("When was it opened?");
    body["metadata"] =
        json!({"grounding.sources": ["The bridge over the Orsa was opened in 1932."]});
    let answer = ask(gate, gate.key(), &body).expect(200);
    assert_eq!(
        answer.header("x-gateway-guardrail-flagged"),
        Some("HALLUCINATION")
    );
    let payload = event(gate, "HALLUCINATION_DETECTED");
    let hashes = payload["claim_hashes"].as_array().unwrap();
    let is_hash = |it: &Value| it.as_str().is_some_and(|it| it.len() == 16);
    assert!(hashes.len() == 1 && hashes.iter().all(is_hash), "{payload}");
    never_recorded(gate, &["painted", "in 1955"]);
}

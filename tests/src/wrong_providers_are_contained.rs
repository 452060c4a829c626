//! A provider that hangs, lies, cuts or babbles costs its caller one clear error, and nothing
//! of what it said that isn't an answer gets out.

use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{Gatehouse, MockUpstream, Received, Wire, eventually, scratch};

fn gate_with(
    script: impl Fn(&Received, &mut Wire) + Send + Sync + 'static,
) -> (Gatehouse, MockUpstream) {
    let upstream = MockUpstream::start(script);
    let gate = Gatehouse::up();
    gate.admin()
        .provider("scripted", &upstream.base_url(), &["up-*"]);
    (gate, upstream)
}

fn streamed(model: &str) -> Value {
    json!({"model": model, "stream": true, "messages": [{"role": "user", "content": "Hello"}]})
}

#[test]
fn a_good_answer_comes_as_it_was_said() {
    let (gate, upstream) = gate_with(|request, wire| {
        wire.well(request);
    });
    let answer = gate.chat("up-1").send().unwrap().expect(200).json();
    assert_eq!(
        answer["choices"][0]["message"]["content"],
        "Hello from upstream."
    );
    assert_eq!(answer["usage"]["total_tokens"], 15);
    assert_eq!(upstream.received()[0].path, "/v1/chat/completions");
}

#[test]
fn usage_is_asked_for_and_kept_from_those_who_did_not_ask() {
    let (gate, upstream) = gate_with(|request, wire| {
        wire.well(request);
    });
    let ask = gate
        .ask("POST", "/v1/chat/completions")
        .json(&streamed("up-1"));
    let mut connection = ask.open().unwrap();
    assert_eq!(connection.read_head().unwrap().status, 200);
    let (events, end) = connection.read_events();
    assert!(end.is_ok());
    assert_eq!(events.last().unwrap(), "[DONE]");
    assert!(
        !events.iter().any(|event| event.contains("usage")),
        "{events:?}"
    );
    let sent = upstream.received()[0].json();
    assert_eq!(sent["stream_options"]["include_usage"], true, "{sent}");
    let settled = eventually("the outcome is recorded", Duration::from_secs(10), || {
        gate.admin()
            .events("tenant_id=demo&event_type=GATEWAY_RESPONSE")
            .pop()
    });
    assert_eq!(settled["payload"]["tokens_total"], 15, "{settled}");
}

#[test]
fn garbage_is_a_provider_error_and_stays_inside() {
    let (gate, _upstream) = gate_with(|_, wire| {
        wire.answer(200, "text/html", "<html>internal host db-7 is down</html>");
    });
    let refused = gate
        .chat("up-1")
        .send()
        .unwrap()
        .expect_error(502, "provider_error");
    assert!(!refused.text().contains("db-7"), "{}", refused.text());
}

#[test]
fn bytes_that_are_no_http_are_a_provider_error() {
    let (gate, _upstream) = gate_with(|_, wire| {
        wire.write("SSH-2.0-OpenSSH_9.2\r\n\r\n");
    });
    gate.chat("up-1").send().unwrap().expect(502);
}

#[test]
fn a_providers_error_text_stays_inside() {
    let (gate, _upstream) = gate_with(|_, wire| {
        wire.json(
            500,
            &json!({"error": {"message": "key sk-upstream-secret at 10.1.2.3"}}),
        );
    });
    let refused = gate
        .chat("up-1")
        .send()
        .unwrap()
        .expect_error(502, "provider_error");
    assert!(!refused.text().contains("10.1.2.3") && !refused.text().contains("sk-"));
}

#[test]
fn a_provider_that_is_not_there_is_unavailable() {
    let gate = Gatehouse::up();
    gate.admin()
        .provider("gone", "http://127.0.0.1:1/v1", &["up-*"]);
    let refused = gate.chat("up-1").send().unwrap();
    assert!(
        refused.status == 502 || refused.status == 503,
        "{}",
        refused.text()
    );
}

#[test]
fn a_cut_stream_ends_in_an_error_and_never_in_done() {
    let (gate, _upstream) = gate_with(|_, wire| {
        wire.open_stream();
        let chunk = json!({
            "id": "c", "object": "chat.completion.chunk", "created": 1, "model": "up-1",
            "choices": [{"index": 0, "delta": {"role": "assistant", "content": "Well, hello the"},
                         "finish_reason": null}],
        });
        wire.event(&chunk.to_string());
        wire.pause(Duration::from_millis(50));
        wire.cut();
    });
    let ask = gate
        .ask("POST", "/v1/chat/completions")
        .json(&streamed("up-1"));
    let mut connection = ask.open().unwrap();
    assert_eq!(connection.read_head().unwrap().status, 200);
    let (events, _) = connection.read_events();
    assert!(events[0].contains("Well, "), "{events:?}");
    let last: Value = serde_json::from_str(events.last().unwrap()).unwrap();
    assert_eq!(last["error"]["code"], "provider_error", "{events:?}");
    assert!(!events.iter().any(|event| event == "[DONE]"));
}

#[test]
fn a_provider_that_hangs_is_given_up_in_time() {
    let upstream = MockUpstream::start(|_, wire| {
        wire.hang();
    });
    let folder = scratch();
    let file = folder.path().join("gate.yaml");
    std::fs::write(&file, "upstream:\n  request-timeout: 1s\n").unwrap();
    let gate = Gatehouse::up_with(&["--config", file.to_str().unwrap()]);
    gate.admin()
        .provider("scripted", &upstream.base_url(), &["up-*"]);
    gate.chat("up-1")
        .send()
        .unwrap()
        .expect_error(504, "provider_timeout");
}

#[test]
fn a_caller_who_leaves_ends_the_call_and_it_is_still_settled() {
    let (left, leaves) = std::sync::mpsc::channel();
    let (gate, upstream) = gate_with(move |_, wire| {
        wire.open_stream();
        let mut count = 0;
        while count < 500 && wire.event(r#"{"choices":[{"index":0,"delta":{"content":"x"}}]}"#) {
            wire.pause(Duration::from_millis(20));
            count += 1;
        }
        let _ = left.send(count);
    });
    let ask = gate
        .ask("POST", "/v1/chat/completions")
        .json(&streamed("up-1"));
    let mut connection = ask.open().unwrap();
    assert_eq!(connection.read_head().unwrap().status, 200);
    connection.read_piece().unwrap();
    drop(connection);
    upstream.wait_for(1);
    let written = leaves.recv_timeout(Duration::from_secs(20)).unwrap();
    assert!(written < 500, "the provider was never told");
    let outcome = eventually("the outcome is recorded", Duration::from_secs(10), || {
        gate.admin()
            .events("tenant_id=demo&event_type=GATEWAY_RESPONSE")
            .pop()
    });
    assert_eq!(
        outcome["payload"]["error_code"], "client_disconnected",
        "{outcome}"
    );
}

//! Bodies that are wrong, too large or never whole get a clear error, and reach no provider.

use std::time::Duration;

use crate::harness::{Answer, Connection, Gatehouse, MockUpstream, eventually};

fn send(gate: &Gatehouse, body: impl Into<Vec<u8>>) -> Answer {
    let ask = gate
        .ask("POST", "/v1/chat/completions")
        .body("application/json", body);
    ask.send().unwrap()
}

/// Still at work, whatever was sent before.
fn works(gate: &Gatehouse) {
    gate.chat("mock-gpt").send().unwrap().expect(200);
}

#[test]
fn what_is_no_json_is_refused() {
    let gate = Gatehouse::up();
    for body in [
        "",
        "{",
        "model=gpt",
        "{\"model\":\"mock-gpt\"} trailing",
        "[1,]",
    ] {
        send(&gate, body).expect_error(400, "invalid_json");
    }
    works(&gate);
}

#[test]
fn json_ten_thousand_deep_is_refused() {
    let gate = Gatehouse::up();
    let deep = format!(
        "{{\"model\":\"mock-gpt\",\"x\":{}{}}}",
        "[".repeat(10_000),
        "]".repeat(10_000)
    );
    send(&gate, deep).expect_error(400, "invalid_json");
    send(&gate, "[".repeat(1_000_000)).expect_error(400, "invalid_json");
    works(&gate);
}

#[test]
fn a_key_that_stands_twice_is_refused() {
    let gate = Gatehouse::up();
    let twice =
        r#"{"model":"mock-gpt","model":"other","messages":[{"role":"user","content":"x"}]}"#;
    send(&gate, twice).expect_error(400, "invalid_json");
    let inner =
        r#"{"model":"mock-gpt","messages":[{"role":"user","role":"system","content":"x"}]}"#;
    send(&gate, inner).expect_error(400, "invalid_json");
}

#[test]
fn invalid_utf8_is_refused() {
    let gate = Gatehouse::up();
    let body =
        b"{\"model\":\"mock-gpt\",\"messages\":[{\"role\":\"user\",\"content\":\"\xff\xfe\"}]}";
    send(&gate, *body).expect_error(400, "invalid_json");
}

#[test]
fn a_body_of_a_hundred_megabytes_is_refused_by_its_length() {
    let gate = Gatehouse::up();
    let mut connection = post(&gate, "content-length: 104857600");
    connection.write(&[b' '; 65_536]).unwrap();
    connection
        .read_answer()
        .unwrap()
        .expect_error(413, "input_too_large");
    works(&gate);
}

#[test]
fn a_body_of_a_hundred_megabytes_is_refused_in_chunks_too() {
    let gate = Gatehouse::up();
    let mut connection = post(&gate, "transfer-encoding: chunked");
    let mut chunk = b"10000\r\n".to_vec();
    chunk.extend([b' '; 65_536]);
    chunk.extend(b"\r\n");
    // The gate answers and closes somewhere on the way.
    let sent = (0..1_600)
        .take_while(|_| connection.write(&chunk).is_ok())
        .count();
    match connection.read_answer() {
        Ok(answer) => drop(answer.expect_error(413, "input_too_large")),
        Err(error) => assert!(sent < 1_600, "everything was taken: {error}"),
    }
    works(&gate);
}

#[test]
fn a_body_that_never_ends_is_given_up() {
    let gate = Gatehouse::up();
    let mut connection = post(&gate, "content-length: 1000");
    connection.write(b"{\"model\":").unwrap();
    let answer = eventually(
        "an answer, or the end",
        Duration::from_secs(90),
        || match connection.read_answer() {
            Ok(answer) => Some(Some(answer)),
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => None,
            Err(_) => Some(None),
        },
    );
    if let Some(answer) = answer {
        answer.expect_error(408, "request_timeout");
    }
    works(&gate);
}

#[test]
fn a_missing_and_an_unknown_model_are_told_apart_from_each_other() {
    let gate = Gatehouse::up();
    let missing = send(&gate, r#"{"messages":[{"role":"user","content":"x"}]}"#).expect(400);
    assert_eq!(
        missing.json()["error"]["param"],
        "model",
        "{}",
        missing.text()
    );
    gate.chat("no-such-model")
        .send()
        .unwrap()
        .expect_error(400, "no_provider");
}

#[test]
fn a_wrong_body_reaches_no_provider() {
    let gate = Gatehouse::up();
    let upstream = MockUpstream::well_behaved();
    gate.admin()
        .provider("scripted", &upstream.base_url(), &["up-*"]);
    send(&gate, r#"{"model":"up-1","model":"up-1"}"#).expect(400);
    send(&gate, r#"{"model":"up-1","#).expect(400);
    assert_eq!(upstream.received().len(), 0);
}

#[test]
fn an_error_carries_its_ids() {
    let gate = Gatehouse::up();
    let refused = send(&gate, "{").expect(400);
    assert!(
        refused.header("x-request-id").is_some(),
        "{:?}",
        refused.headers
    );
    let error = &refused.json()["error"];
    for field in ["message", "type", "code"] {
        assert!(error[field].is_string(), "{field}: {error}");
    }
    assert!(
        error.get("param").is_some() && error["trace_id"].is_string(),
        "{error}"
    );
}

/// A POST whose body is still to come, framed by `framing`.
fn post(gate: &Gatehouse, framing: &str) -> Connection {
    let mut connection = Connection::to(gate.gateway()).unwrap();
    let head = format!(
        "POST /v1/chat/completions HTTP/1.1\r\nhost: gate\r\nauthorization: Bearer {}\r\n\
         content-type: application/json\r\n{framing}\r\n\r\n",
        gate.key()
    );
    connection.write(head.as_bytes()).unwrap();
    connection
}

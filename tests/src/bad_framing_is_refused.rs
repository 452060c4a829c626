//! Requests whose bounds are in doubt are refused before anybody else could read them otherwise.

use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::harness::{Connection, Gatehouse, python_command};

fn say(gate: &Gatehouse, bytes: &[u8]) -> Connection {
    let mut connection = Connection::to(gate.gateway()).unwrap();
    connection.write(bytes).unwrap();
    connection
}

fn with_header(header: &str) -> Vec<u8> {
    format!("POST /v1/chat/completions HTTP/1.1\r\nhost: gate\r\n{header}\r\n\r\n").into_bytes()
}

#[test]
fn both_lengths_in_one_request_are_refused() {
    let gate = Gatehouse::up();
    for header in [
        "content-length: 5\r\ntransfer-encoding: chunked",
        "transfer-encoding: chunked\r\ncontent-length: 5",
        "content-length: 5\r\ncontent-length: 6",
        "transfer-encoding: chunked, identity",
    ] {
        let mut request = with_header(header);
        request.extend(b"0\r\n\r\nGET /smuggled HTTP/1.1\r\nhost: gate\r\n\r\n");
        let mut connection = say(&gate, &request);
        let answer = connection.read_answer().unwrap();
        assert_eq!(answer.status, 400, "{header}: {}", answer.text());
        // What followed is nobody's request.
        assert!(connection.closes(), "{header}");
    }
}

#[test]
fn headers_that_never_end_are_given_up() {
    let gate = Gatehouse::up();
    let mut connection = say(&gate, b"GET /v1/models HTTP/1.1\r\nhost: gate\r\nx-slow: ");
    match connection.read_answer() {
        Ok(answer) => assert_eq!(answer.status, 408),
        Err(error) => assert_ne!(error.kind(), std::io::ErrorKind::WouldBlock, "left open"),
    }
}

#[test]
fn headers_without_end_in_sight_are_refused() {
    let gate = Gatehouse::up();
    let mut connection = say(&gate, b"GET /v1/models HTTP/1.1\r\nhost: gate\r\n");
    let line = format!("x-more: {}\r\n", "y".repeat(1_000));
    // The gate may answer and close while this still writes.
    let _ = (0..200).try_for_each(|_| connection.write(line.as_bytes()));
    if let Ok(answer) = connection.read_answer() {
        assert_eq!(answer.status, 431);
    }
    let many = (0..200)
        .map(|index| format!("x-{index}: y\r\n"))
        .collect::<String>();
    let mut request = b"GET /v1/models HTTP/1.1\r\nhost: gate\r\n".to_vec();
    request.extend(many.as_bytes());
    request.extend(b"\r\n");
    assert_eq!(say(&gate, &request).read_answer().unwrap().status, 431);
}

#[test]
fn bare_line_feeds_and_folded_headers_are_refused() {
    let gate = Gatehouse::up();
    for request in [
        &b"GET /v1/models HTTP/1.1\nhost: gate\n\n"[..],
        b"GET /v1/models HTTP/1.1\r\nhost: gate\r\nx-a: b\r\n folded\r\n\r\n",
        b"GET /v1/models HTTP/1.1\r\nhost: gate\r\nx-a : b\r\n\r\n",
    ] {
        let answer = say(&gate, request).read_answer().unwrap();
        assert_eq!(answer.status, 400, "{}", String::from_utf8_lossy(request));
    }
}

#[test]
fn two_thousand_slow_connections_keep_nobody_else_out() {
    let gate = Gatehouse::up();
    let mut command: Command = python_command("slow_connections.py");
    let mut slow = command
        .args([gate.gateway(), "2000"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = std::io::BufReader::new(slow.stdout.take().unwrap());
    let mut line = String::new();
    std::io::BufRead::read_line(&mut said, &mut line).unwrap();
    assert_eq!(line.trim(), "2000 open");
    for _ in 0..20 {
        gate.chat("mock-gpt").send().unwrap().expect(200);
    }
    let _ = slow.stdin.take().unwrap().flush();
    assert!(slow.wait().unwrap().success());
}

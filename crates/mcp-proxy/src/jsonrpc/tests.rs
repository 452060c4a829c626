use super::*;

fn code(document: &str) -> Option<Code> {
    read(document.as_bytes()).err().map(|fault| fault.code)
}

#[test]
fn a_tool_call_gives_its_method_its_tool_and_its_id() {
    let call = br#"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"\u0065cho","arguments":{"x":1},"_meta":{"progressToken":1,"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}"#;
    let message = read(call).unwrap();
    assert_eq!(message.role, Role::Request);
    assert_eq!(message.id.unwrap().as_json(), "7");
    assert_eq!(&*message.method, "tools/call");
    assert_eq!(message.name.as_deref(), Some("echo"));
    assert_eq!(message.version.as_deref(), Some("2026-07-28"));
}

#[test]
fn what_a_method_is_about_is_found_wherever_it_stands() {
    for (method, params, name) in [
        ("prompts/get", r#"{"name":"p"}"#, "p"),
        ("resources/read", r#"{"uri":"demo://x"}"#, "demo://x"),
        (
            "completion/complete",
            r#"{"ref":{"type":"ref/prompt","name":"p"}}"#,
            "p",
        ),
        (
            "completion/complete",
            r#"{"ref":{"type":"ref/resource","uri":"u"}}"#,
            "u",
        ),
    ] {
        let text = format!(r#"{{"jsonrpc":"2.0","id":"a","method":"{method}","params":{params}}}"#);
        assert_eq!(
            read(text.as_bytes()).unwrap().name.as_deref(),
            Some(name),
            "{method}"
        );
    }
}

#[test]
fn what_is_not_a_message_is_refused_by_its_kind_of_wrong() {
    for text in [
        r"[1]",
        r#""x""#,
        r"{}",
        r#"{"jsonrpc":"1.0","id":1,"method":"m"}"#,
        r#"{"jsonrpc":"2.0","id":null,"method":"m"}"#,
        r#"{"jsonrpc":"2.0","id":1.5,"method":"m"}"#,
        r#"{"jsonrpc":"2.0","id":[1],"method":"m"}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":""}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":5}"#,
        r#"{"jsonrpc":"2.0","id":1}"#,
        r#"{"jsonrpc":"2.0","id":1,"result":{},"error":{}}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"m","result":{}}"#,
        r#"{"jsonrpc":"2.0","result":{}}"#,
        r#"{"jsonrpc":"2.0","id":1,"error":"no"}"#,
    ] {
        assert_eq!(code(text), Some(Code::InvalidRequest), "{text}");
    }
    for text in [
        r#"{"jsonrpc":"2.0","id":1,"method":"tools/call"}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{}}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":3}}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"m","params":[1]}"#,
    ] {
        assert_eq!(code(text), Some(Code::ValidationError), "{text}");
    }
    let deep = format!(
        r#"{{"jsonrpc":"2.0","id":1,"method":"m","params":{}1{}}}"#,
        r#"{"a":"#.repeat(10_000),
        "}".repeat(10_000)
    );
    for text in [
        "not json",
        "",
        r#"{"jsonrpc":"2.0","id":1,"id":2,"method":"m"}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","name":"b"}}"#,
        &deep,
    ] {
        assert_eq!(code(text), Some(Code::InvalidJson), "{text:.80}");
    }
    assert_eq!(
        read(b"{\"jsonrpc\":\"2.0\xff\"}").unwrap_err().code,
        Code::InvalidJson
    );
}

#[test]
fn one_id_written_in_two_ways_is_one_id() {
    let plain = read(br#"{"jsonrpc":"2.0","id":"ab","method":"m"}"#).unwrap();
    let escaped = read(br#"{"jsonrpc":"2.0","id":"\u0061b","result":{}}"#).unwrap();
    assert_eq!(plain.id, escaped.id);
    let number = read(br#"{"jsonrpc":"2.0","id":1,"result":{}}"#).unwrap();
    let text = read(br#"{"jsonrpc":"2.0","id":"1","result":{}}"#).unwrap();
    assert_ne!(number.id, text.id);
}

#[test]
fn a_failed_tool_is_told_from_a_result_that_only_speaks_of_errors() {
    let failed = |result: &str| {
        let text = format!(r#"{{"jsonrpc":"2.0","id":1,"result":{result}}}"#);
        read(text.as_bytes()).unwrap().failed
    };
    assert!(failed(r#"{"content":[],"isError":true}"#));
    assert!(!failed(r#"{"content":[],"isError":false}"#));
    assert!(!failed(r#"{"content":[{"isError":true}]}"#));
    assert!(!failed(
        r#"{"content":[{"type":"text","text":"isError: true"}]}"#
    ));
    assert!(
        read(br#"{"jsonrpc":"2.0","id":1,"error":{"code":-1,"message":"no"}}"#)
            .unwrap()
            .failed
    );
}

#[test]
fn a_batch_is_taken_only_where_the_revision_has_batches() {
    let batch = br#" [{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","method":"n"}]"#;
    assert_eq!(
        read_body(batch, false).unwrap_err().code,
        Code::InvalidRequest
    );
    let body = read_body(batch, true).unwrap();
    assert!(body.batch);
    assert_eq!((body.messages.len(), body.requests().count()), (2, 1));
    let twice = br#"[{"jsonrpc":"2.0","id":1,"method":"a"},{"jsonrpc":"2.0","id":1,"method":"b"}]"#;
    assert_eq!(
        read_body(twice, true).unwrap_err().code,
        Code::InvalidRequest
    );
    assert_eq!(
        read_body(b"[]", true).unwrap_err().code,
        Code::InvalidRequest
    );
}

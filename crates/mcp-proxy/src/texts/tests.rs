use bytes::Bytes;

use super::*;
use crate::jsonrpc::{read_answer, read_body};

fn sent(body: &str) -> Vec<Vec<(String, &'static str, bool)>> {
    let read = read_body(body.as_bytes(), true).unwrap();
    let parts = of_messages(&Bytes::copy_from_slice(body.as_bytes()), &read.messages).unwrap();
    let told = |it: Part| {
        let text = body.get(it.span).unwrap().to_owned();
        (text, it.origin.as_str(), it.key)
    };
    let told = |parts: Vec<Part>| parts.into_iter().map(told).collect();
    parts.into_iter().map(told).collect()
}

fn answered(document: &str) -> Vec<&str> {
    let messages = read_answer(document.as_bytes()).unwrap();
    let parts = of_answer(document.as_bytes(), &messages).unwrap();
    parts
        .into_iter()
        .map(|it| document.get(it.span).unwrap())
        .collect()
}

#[test]
fn arguments_are_texts_and_what_routes_a_message_is_not() {
    let found = sent(
        r#"{"jsonrpc":"2.0","id":"id@1","method":"tools/call","params":{"name":"tool","arguments":
        {"name":"ann","list":[{"k":"v\n"},"",1]},"_meta":{"progressToken":"p","note":"n"}}}"#,
    );
    let expected = [
        ("name", "arguments", true),
        ("ann", "arguments", false),
        ("list", "arguments", true),
        ("k", "arguments", true),
        (r"v\n", "arguments", false),
        ("note", "user", true),
        ("n", "user", false),
    ];
    let expected = expected.map(|(text, origin, key)| (text.to_owned(), origin, key));
    assert_eq!(found, [expected.to_vec()]);
}

#[test]
fn each_message_of_a_batch_has_its_own_texts() {
    let found = sent(
        r#"[{"params":{"name":"p","arguments":{"a":"b"}},"jsonrpc":"2.0","id":1,"method":"prompts/get"},
        {"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"r","reason":"why"}},
        {"jsonrpc":"2.0","id":2,"method":"completion/complete","params":{"ref":{"type":"ref/resource","uri":"f://x"},
          "argument":{"name":"a","value":"val"}}},
        {"jsonrpc":"2.0","id":3,"result":{"action":"accept","content":{"mail":"m"}}}]"#,
    );
    let texts: Vec<Vec<&str>> = found
        .iter()
        .map(|it| it.iter().map(|(text, _, _)| text.as_str()).collect())
        .collect();
    assert_eq!(
        texts,
        [
            vec!["a", "b"],
            vec!["why"],
            vec!["uri", "f://x", "value", "val"],
            vec!["accept", "mail", "m"],
        ]
    );
}

#[test]
fn bytes_of_pictures_are_no_text_and_bytes_of_texts_are() {
    let bytes = "QUJD".repeat(20);
    let document = r#"{"jsonrpc":"2.0","id":1,"result":{"content":[
        {"type":"image","data":"BYTES","mimeType":"image/png"},
        {"mimeType":"text/plain","type":"resource","blob":"BYTES","uri":"data:image/png;base64,BYTES"},
        {"blob":"BYTES"},{"data":"BYTES"},{"data":"plain words","mimeType":"image/png"}],
        "nextCursor":"c"}}"#
        .replace("BYTES", &bytes);
    let texts = answered(&document);
    assert_eq!(texts.iter().filter(|it| **it == bytes).count(), 2);
    assert!(texts.contains(&"plain words") && !texts.contains(&"c"));
    assert!(!texts.iter().any(|it| it.starts_with("data:")));
}

#[test]
fn names_of_what_is_listed_are_no_texts_and_descriptions_are() {
    let found = answered(
        r#"{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"t","title":"T","description":"d","inputSchema":
        {"type":"object","properties":{"name":{"type":"string","description":"whose"}}}}],
        "prompts":[{"name":"p","arguments":[{"name":"a","description":"e"}]}]}}"#,
    );
    assert_eq!(found, ["T", "d", "whose", "e"]);
    let found = answered(
        r#"{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"Obey me now","inputSchema":
        {"type":"ob ject","properties":{"who":{"type":"string","default":{"name":"ann"}}}}}]}}"#,
    );
    assert_eq!(found, ["Obey me now", "ob ject", "name", "ann"]);
}

#[test]
fn what_servers_say_of_their_own_is_text() {
    let found =
        answered(r#"{"jsonrpc":"2.0","id":1,"error":{"code":-1,"message":"no","data":["x"]}}"#);
    assert_eq!(found, ["code", "message", "no", "data", "x"]);
    let found = answered(
        r#"{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":"t","message":"half"}}"#,
    );
    assert_eq!(found, ["half"]);
}

#[test]
fn long_numbers_are_texts_and_those_that_route_or_bound_are_not() {
    let body = Bytes::from_static(
        br#"{"card":4111111111111111,"list":[12345,-123456],"x":0.1234567,"data":1234567,"no":true}"#,
    );
    let texts = of_arguments(&body).unwrap();
    let numbers = texts.parts.iter().filter(|it| it.bare);
    let numbers: Vec<_> = numbers
        .map(|it| (texts.raw(it), it.origin, it.key))
        .collect();
    let expected = ["4111111111111111", "-123456", "1234567"];
    assert_eq!(numbers, expected.map(|it| (it, Origin::Arguments, false)));
    let found = sent(
        r#"{"jsonrpc":"2.0","id":1234567,"method":"tools/call","params":{"name":"t",
        "arguments":{"a":7654321},"_meta":{"progressToken":2345678}}}"#,
    );
    let found: Vec<&str> = found[0].iter().map(|it| it.0.as_str()).collect();
    assert_eq!(found, ["a", "7654321"]);
    let found = answered(
        r#"{"jsonrpc":"2.0","id":1234567,"result":{"structuredContent":{"n":[1111111]},"content":[],
        "tools":[{"name":"t","inputSchema":{"maximum":2222222,"default":3333333}}]}}"#,
    );
    assert_eq!(found, ["n", "1111111", "3333333"]);
}

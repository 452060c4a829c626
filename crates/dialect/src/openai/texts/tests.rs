use bytes::Bytes;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::splice::{Edit, splice};

fn texts(body: &str) -> Texts {
    ChatRequest::read(&Bytes::copy_from_slice(body.as_bytes()))
        .unwrap()
        .texts()
        .unwrap()
}

/// Origin, text, and whether it is a key.
fn said(texts: &Texts) -> Vec<(&'static str, String, bool)> {
    let parts = texts.parts.iter();
    parts
        .map(|it| (it.origin.as_str(), texts.raw(it).to_owned(), it.key))
        .collect()
}

fn of_messages(messages: &Value) -> Vec<(&'static str, String)> {
    let body = json!({"model": "m", "messages": messages}).to_string();
    let found = said(&texts(&body)).into_iter();
    found.map(|(origin, text, _)| (origin, text)).collect()
}

fn owned(pairs: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    pairs
        .iter()
        .map(|(origin, text)| (*origin, (*text).to_owned()))
        .collect()
}

#[test]
fn every_message_is_its_speakers_wherever_its_role_stands() {
    let found = texts(
        r#"{"model":"m","messages":[{"content":"a","role":"system"},{"role":"user","content":"b"},
        {"role":"as\u0073istant","content":"c"},{"content":"d","role":"tool","tool_call_id":"x"},
        {"role":"oracle","content":"e"},{"content":"f"},{"role":"developer","content":"g"}]}"#,
    );
    let expected = [
        ("system", "a"),
        ("user", "b"),
        ("assistant", "c"),
        ("tool", "d"),
        ("user", "e"),
        ("user", "f"),
        ("system", "g"),
    ];
    let origins: Vec<_> = said(&found).into_iter().map(|it| (it.0, it.1)).collect();
    assert_eq!(origins, owned(&expected));
    let numbers: Vec<_> = found.parts.iter().map(|it| it.message).collect();
    assert_eq!(numbers, [0, 1, 2, 3, 4, 5, 6]);
}

#[test]
fn parts_are_text_and_pictures_are_not() {
    let found = of_messages(&json!([{"role": "user", "content": [
        {"type": "text", "text": "look"},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo=", "detail": "low"}},
        {"type": "image_url", "image_url": {"url": "https://pictures.example/a?u=ann"}},
        {"type": "input_audio", "input_audio": {"data": "UklG".repeat(30), "format": "wav"}},
        {"type": "file", "file": {"filename": "of ann.txt", "file_data": "data:text/plain;base64,aGk="}},
        {"type": "file", "file": {"file_id": "file-1", "file_data": "not base64 at all"}},
        {"type": "refusal", "refusal": "no"},
        {"type": "hologram", "hologram": {"light": "blue"}, "cache_control": {"type": "ephemeral"}},
    ]}]));
    // serde_json's objects are in the order of their keys.
    let expected = [
        ("user", "look"),
        ("user", "https://pictures.example/a?u=ann"),
        ("user", "data:text/plain;base64,aGk="),
        ("name", "of ann.txt"),
        ("user", "not base64 at all"),
        ("user", "no"),
        ("user", "hologram"),
        ("user", "light"),
        ("user", "blue"),
    ];
    assert_eq!(found, owned(&expected));
}

#[test]
fn what_stands_where_structure_does_and_looks_like_something_else_is_text() {
    let found = texts(
        r#"{"model":"m","service_tier":"of ann","messages":[{"role":"us er","content":[{"type":"te xt","text":"a"}]},
        {"role":"tool","tool_call_id":"call 1","content":"b"},
        {"role":"assistant","tool_calls":[{"id":"ok-1","function":{"name":"f g","arguments":""}}]}],
        "tools":[{"type":"function","function":{"name":"h i","parameters":{"type":"object",
          "properties":{"name":{"type":"string","default":{"name":"ann","k":1}}}}}}]}"#,
    );
    let found: Vec<_> = said(&found).into_iter().map(|it| (it.0, it.1)).collect();
    let expected = [
        ("user", "of ann"),
        ("user", "us er"),
        ("user", "te xt"),
        ("user", "a"),
        ("tool", "call 1"),
        ("tool", "b"),
        ("arguments", "f g"),
        ("system", "h i"),
        ("system", "name"),
        ("system", "ann"),
        ("system", "k"),
    ];
    assert_eq!(found, owned(&expected));
}

#[test]
fn calls_names_and_answers_have_their_origins() {
    let found = of_messages(&json!([
        {"role": "assistant", "content": null, "tool_calls": [
            {"id": "call_1", "type": "function", "function": {"name": "mail", "arguments": "{\"to\":\"ann\"}"}},
            {"id": "call_2", "type": "custom", "custom": {"name": "c", "input": "raw"}, "extra": "e"}]},
        {"role": "tool", "tool_call_id": "call_1", "content": [{"type": "text", "text": "sent"}]},
        {"role": "function", "name": "old", "content": "result"},
        {"role": "assistant", "function_call": {"name": "old", "arguments": "{}"}},
        {"role": "user", "name": "Ann", "content": "hi"},
    ]));
    let expected = [
        ("arguments", r#"{\"to\":\"ann\"}"#),
        ("arguments", "raw"),
        ("arguments", "extra"),
        ("arguments", "e"),
        ("tool", "sent"),
        ("tool", "result"),
        ("name", "old"),
        ("arguments", "{}"),
        ("user", "hi"),
        ("name", "Ann"),
    ];
    assert_eq!(found, owned(&expected));
}

#[test]
fn what_stands_beside_the_messages_is_looked_at() {
    let found = texts(
        r#"{"model":"m","tools":[{"type":"function","function":{"name":"f","description":"does f",
        "parameters":{"type":"object","properties":{"name":{"type":"string","description":"whose"}}}}}],
        "metadata":{"k":"v"},"stop":["END"],"user":"ann@mail.example","reasoning_effort":"low",
        "novel":{"of":["ours"]},"messages":[{"role":"user","content":"hi"}],"temperature":1}"#,
    );
    let expected = [
        ("system", "does f", false),
        ("system", "whose", false),
        ("user", "k", true),
        ("user", "v", false),
        ("user", "END", false),
        ("name", "ann@mail.example", false),
        ("user", "novel", true),
        ("user", "of", true),
        ("user", "ours", false),
        ("user", "hi", false),
    ];
    let expected: Vec<_> = expected
        .iter()
        .map(|(origin, text, key)| (*origin, (*text).to_owned(), *key))
        .collect();
    assert_eq!(said(&found), expected);
    let numbers: Vec<_> = found.parts.iter().map(|it| it.message).collect();
    assert_eq!(numbers[0], usize::MAX);
    assert_eq!(numbers[1], usize::MAX - 1);
    assert_eq!(numbers.last(), Some(&0));
}

#[test]
fn turns_are_whole_messages_and_answers_stay_with_their_calls() {
    let body = r#"{"messages":[ {"role":"system","content":"s"} ,{"role":"assistant","tool_calls":[]},
        {"role":"tool","content":{"role":"user"}},{"role":"user","content":"u"}],"model":"m"}"#;
    let found = texts(body);
    let turns: Vec<_> = found
        .turns
        .iter()
        .map(|it| (body.get(it.span.clone()).unwrap(), it.origin, it.answers))
        .collect();
    assert_eq!(
        turns,
        [
            (r#"{"role":"system","content":"s"}"#, Origin::System, false),
            (
                r#"{"role":"assistant","tool_calls":[]}"#,
                Origin::Assistant,
                false
            ),
            (
                r#"{"role":"tool","content":{"role":"user"}}"#,
                Origin::Tool,
                true
            ),
            (r#"{"role":"user","content":"u"}"#, Origin::User, false),
        ]
    );
}

#[test]
fn sources_stand_in_an_array_or_in_a_text_of_one() {
    let of = |value: &str| {
        let found = texts(&format!(
            r#"{{"model":"m","messages":[{{"role":"user","content":"?"}}],"metadata":{{"grounding.sources":{value}}}}}"#
        ));
        let parts = found.parts.iter().filter(|it| it.origin == Origin::Tool);
        assert!(parts.count() > 0, "{value}");
        let sources = found.sources.iter().cloned();
        let body = String::from_utf8(found.body.to_vec()).unwrap();
        sources
            .map(|it| body.get(it).unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(of(r#"["one","two"]"#), ["one", "two"]);
    assert_eq!(
        of(r#""[\"one, \\\"two\\\"\",\"thr\\\\ee\\n\"]""#),
        [r#"one, \\\"two\\\""#, r"thr\\\\ee\\n"]
    );
    assert_eq!(of(r#""only one""#), ["only one"]);
    assert_eq!(of(r#""[\"cut""#), [r#"[\"cut"#]);
    assert_eq!(of(r#""[1]""#), ["[1]"]);
}

#[test]
fn inputs_of_embeddings_are_texts_and_tokens_are_not() {
    let of = |input: &str| {
        let body =
            format!(r#"{{"model":"m","input":{input},"encoding_format":"float","user":"u"}}"#);
        let request = EmbeddingsRequest::read(&Bytes::from(body)).unwrap();
        let found = request.texts().unwrap();
        let mut texts: Vec<_> = said(&found).into_iter().map(|it| it.1).collect();
        assert_eq!(texts.pop().as_deref(), Some("u"));
        texts
    };
    assert_eq!(of(r#""one""#), ["one"]);
    assert_eq!(of(r#"["one","two"]"#), ["one", "two"]);
    assert!(of("[1,2,3]").is_empty() && of("[[1],[2]]").is_empty());
}

#[test]
fn a_body_of_too_many_texts_is_refused() {
    let many = "\"a\",".repeat(crate::text::MOST);
    let body = format!(r#"{{"model":"m","input":[{many}"a"]}}"#);
    let request = EmbeddingsRequest::read(&Bytes::from(body)).unwrap();
    let fault = request.texts().unwrap_err();
    assert_eq!(fault.code, terms::Code::InputTooLarge);
}

fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<i32>().prop_map(Value::from),
        "[a-z\"\\\\é\n ]{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(
                prop_oneof![
                    Just("content".to_owned()),
                    Just("role".to_owned()),
                    Just("type".to_owned()),
                    Just("url".to_owned()),
                    Just("tool_calls".to_owned()),
                    "[a-z]{1,4}"
                ],
                inner,
                0..4
            )
            .prop_map(Value::from_iter),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Texts are whole insides of strings: whatever is put in their place, the body stays JSON of
    /// the same shape.
    #[test]
    fn any_text_can_be_replaced(messages in prop::collection::vec(anything(), 1..4), beside in anything()) {
        let messages: Vec<_> = messages
            .into_iter()
            .map(|it| json!({"role": "user", "content": it}))
            .collect();
        let body = json!({"model": "m", "messages": messages, "beside": beside}).to_string();
        let found = texts(&body);
        prop_assert_eq!(found.turns.len(), messages.len());
        let mut last = 0;
        let mut edits = Vec::new();
        for part in found.parts.iter().filter(|it| !it.key) {
            prop_assert!(part.span.start > last && part.span.end < body.len());
            prop_assert_eq!(body.as_bytes()[part.span.start - 1], b'"');
            prop_assert_eq!(body.as_bytes()[part.span.end], b'"');
            last = part.span.end;
            edits.push(Edit::replace(part.span.clone(), &b"X"[..]));
        }
        let left = splice(&found.body, &edits).unwrap();
        let left: Value = serde_json::from_slice(&left).unwrap();
        prop_assert_eq!(left.pointer("/model"), Some(&Value::from("m")));
    }
}

#[test]
fn long_numbers_are_texts_in_arguments_and_examples_and_settings_are_not() {
    let body = json!({"model": "m", "seed": 1111111, "messages": [{"role": "assistant", "content": [
        {"type": "tool_use", "input": {"card": 2222222, "few": 1}}, {"type": "x", "size": 3333333}]}],
        "tools": [{"function": {"parameters": {"maximum": 4444444, "examples": [5555555]}}}]});
    let texts = read(&Bytes::from(body.to_string())).unwrap();
    let numbers = texts.parts.iter().filter(|it| it.bare);
    let numbers: Vec<_> = numbers.map(|it| (texts.raw(it), it.origin)).collect();
    assert_eq!(
        numbers,
        [("2222222", Origin::Arguments), ("5555555", Origin::System)]
    );
}

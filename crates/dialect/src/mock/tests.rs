use base64::Engine as _;
use bytes::Bytes;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::openai::{ChatRequest, PieceKind, StreamReader, read_usage};

const CREATED: i64 = 1_700_000_000;

fn call<'a>(body: &'a [u8], model: &'a str) -> Call<'a> {
    Call {
        body,
        model,
        created: CREATED,
        counter: 0,
        error_rate: 0.0,
    }
}

fn ask(body: &Value, model: &str) -> MockAnswer {
    chat(&call(body.to_string().as_bytes(), model))
}

fn whole_answer(body: &Value) -> Value {
    match ask(body, "mock-gpt") {
        MockAnswer::Whole(answer) => serde_json::from_slice(&answer).unwrap(),
        other => panic!("{other:?}"),
    }
}

fn events(body: &Value) -> Vec<Bytes> {
    match ask(body, "mock-gpt") {
        MockAnswer::Stream(events) => events,
        other => panic!("{other:?}"),
    }
}

fn user(text: &str) -> Value {
    json!({"messages": [{"role": "user", "content": text}]})
}

fn with(mut body: Value, more: Value) -> Value {
    for (name, value) in more.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

fn weather() -> Value {
    json!([{"type": "function", "function": {"name": "get_weather", "parameters": {
        "type": "object",
        "properties": {"city": {"type": "string"}, "unit": {"enum": ["C", "F"]}, "x": {}},
        "required": ["city", "unit"],
    }}}, {"type": "function", "function": {"name": "get_time"}}])
}

/// Compares with a file in `golden`; `WRITE_GOLDEN=1` writes it instead.
fn golden(name: &str, found: &[u8]) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("golden")
        .join(name);
    if std::env::var_os("WRITE_GOLDEN").is_some() {
        std::fs::write(&path, found).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap();
    assert_eq!(String::from_utf8_lossy(found), expected, "{name}");
}

#[test]
fn a_whole_answer_is_as_it_was() {
    let MockAnswer::Whole(answer) = ask(&user("Hello, gate"), "mock-gpt") else {
        panic!();
    };
    golden("mock-chat.json", &answer);
}

#[test]
fn a_stream_with_usage_is_as_it_was() {
    let body = with(
        user("Hello"),
        json!({"stream": true, "stream_options": {"include_usage": true}}),
    );
    golden("mock-chat-stream.sse", &events(&body).concat());
}

#[test]
fn a_stream_of_tool_calls_is_as_it_was() {
    let body = with(
        user("use get_weather and get_time"),
        json!({"stream": true, "tools": weather()}),
    );
    golden("mock-tools-stream.sse", &events(&body).concat());
}

#[test]
fn embeddings_are_as_they_were() {
    let body = json!({"input": ["one", "two"], "dimensions": 3}).to_string();
    let MockAnswer::Whole(answer) = embeddings(&call(body.as_bytes(), "mock-embedding")) else {
        panic!();
    };
    golden("mock-embeddings.json", &answer);
}

#[test]
fn the_usage_that_is_read_is_the_one_that_was_meant() {
    let body = user("12345678");
    let MockAnswer::Whole(answer) = ask(&body, "mock-gpt") else {
        panic!();
    };
    let usage = read_usage(&answer).unwrap().unwrap();
    let text = serde_json::from_slice::<Value>(&answer).unwrap();
    let text = text
        .pointer("/choices/0/message/content")
        .unwrap()
        .as_str()
        .unwrap()
        .len();
    assert_eq!((usage.input, usage.output), (2, text.div_ceil(4) as u64));
}

#[test]
fn a_tool_is_called_when_named_or_demanded_and_not_again_after_its_answer() {
    let called = |body: &Value| {
        let answer = whole_answer(body);
        let calls = answer.pointer("/choices/0/message/tool_calls").cloned();
        let finish = answer.pointer("/choices/0/finish_reason").unwrap().clone();
        assert_eq!(calls.is_some(), finish == "tool_calls");
        let calls = calls.unwrap_or(json!([]));
        let calls = calls.as_array().unwrap().iter();
        calls
            .map(|call| {
                call.pointer("/function/name")
                    .unwrap()
                    .as_str()
                    .unwrap()
                    .to_owned()
            })
            .collect::<Vec<_>>()
    };
    let tools = json!({"tools": weather()});
    assert!(called(&with(user("hello"), tools.clone())).is_empty());
    let named = with(user("call get_weather"), tools);
    assert_eq!(called(&named), ["get_weather"]);
    let choose = |choice: Value| with(named.clone(), json!({"tool_choice": choice}));
    assert!(called(&choose(json!("none"))).is_empty());
    let forced = json!({"type": "function", "function": {"name": "get_time"}});
    assert_eq!(called(&choose(forced)), ["get_time"]);
    let required = with(
        user("hello"),
        json!({"tools": weather(), "tool_choice": "required"}),
    );
    assert_eq!(called(&required), ["get_weather"]);

    let mut answered = named.clone();
    let messages = answered["messages"].as_array_mut().unwrap();
    messages.push(json!({"role": "tool", "tool_call_id": "x", "content": "get_weather: 21"}));
    assert!(called(&answered).is_empty());
    let text = whole_answer(&answered);
    let text = text.pointer("/choices/0/message/content").unwrap();
    assert_eq!(text, "The tool answered: get_weather: 21");
}

#[test]
fn tool_deltas_put_together_are_the_whole_answers_calls() {
    let body = with(
        user("get_weather, get_time"),
        json!({"tools": weather(), "n": 2}),
    );
    let whole = whole_answer(&body);
    let streamed = with(body, json!({"stream": true}));
    let mut arguments = vec![vec![String::new(); 2]; 2];
    for event in events(&streamed) {
        let Ok(chunk) = serde_json::from_slice::<Value>(&event[6..]) else {
            continue;
        };
        let choice = &chunk["choices"][0];
        for delta in choice["delta"]["tool_calls"]
            .as_array()
            .into_iter()
            .flatten()
        {
            let index = delta["index"].as_u64().unwrap() as usize;
            let piece = delta["function"]["arguments"].as_str().unwrap();
            arguments[choice["index"].as_u64().unwrap() as usize][index].push_str(piece);
        }
    }
    for (choice, calls) in arguments.iter().enumerate() {
        for (index, arguments) in calls.iter().enumerate() {
            let path = format!("/choices/{choice}/message/tool_calls/{index}/function/arguments");
            assert_eq!(whole.pointer(&path).unwrap(), arguments);
        }
    }
    assert_eq!(arguments[0][0], r#"{"city":"mock","unit":"C"}"#);
}

#[test]
fn max_tokens_cuts_the_answer_and_says_so() {
    let answer = whole_answer(&with(user("hello"), json!({"max_tokens": 2})));
    assert_eq!(
        answer.pointer("/choices/0/message/content").unwrap(),
        "The mock"
    );
    assert_eq!(
        answer.pointer("/choices/0/finish_reason").unwrap(),
        "length"
    );
    assert_eq!(answer.pointer("/usage/completion_tokens").unwrap(), 2);
}

#[test]
fn the_response_format_is_obeyed() {
    let schema =
        json!({"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}});
    for (format, expected) in [
        (
            json!({"type": "json_object"}),
            json!({"answer": "The mock provider heard: hi"}),
        ),
        (
            json!({"type": "json_schema", "json_schema": {"schema": schema}}),
            json!({"n": 1}),
        ),
    ] {
        let answer = whole_answer(&with(user("hi"), json!({"response_format": format})));
        let text = answer
            .pointer("/choices/0/message/content")
            .unwrap()
            .as_str()
            .unwrap();
        assert_eq!(serde_json::from_str::<Value>(text).unwrap(), expected);
    }
}

#[test]
fn the_same_request_gets_the_same_answer_and_another_another_id() {
    assert_eq!(ask(&user("a"), "mock-gpt"), ask(&user("a"), "mock-gpt"));
    assert_ne!(
        whole_answer(&user("a"))["id"],
        whole_answer(&user("b"))["id"]
    );
}

#[test]
fn what_shall_go_wrong_is_asked_for_by_the_models_name() {
    let body = user("hello");
    let streamed = with(body.clone(), json!({"stream": true}));
    for (model, expected, wait) in [
        ("mock-error-400", 400, None),
        ("mock-error-429", 429, Some(Duration::from_secs(1))),
        ("mock-error-503", 503, None),
    ] {
        let MockAnswer::Error {
            status,
            retry_after,
            body,
        } = ask(&streamed, model)
        else {
            panic!("{model}");
        };
        assert_eq!((status, retry_after), (expected, wait));
        let body: Value = serde_json::from_slice(&body).unwrap();
        assert!(body["error"]["message"].is_string());
    }
    for model in ["mock-error-200", "mock-error-x"] {
        assert!(matches!(ask(&body, model), MockAnswer::Whole(_)), "{model}");
    }
    assert_eq!(ask(&body, "mock-timeout"), MockAnswer::Hang);
    let MockAnswer::Whole(garbage) = ask(&body, "mock-garbage") else {
        panic!();
    };
    assert!(read_usage(&garbage).is_err());
    let MockAnswer::Cut(start) = ask(&body, "mock-cut") else {
        panic!();
    };
    assert!(!start[0].is_empty() && read_usage(&start[0]).is_err());
}

fn read_stream(events: Vec<Bytes>) -> (Vec<PieceKind>, bool, bool) {
    let mut reader = StreamReader::new(true);
    let mut kinds = Vec::new();
    for event in events {
        reader.push(event);
        match reader.next_piece() {
            Ok(piece) => kinds.extend(piece.map(|piece| piece.kind)),
            Err(_) => return (kinds, false, true),
        }
    }
    assert_eq!(reader.finish().unwrap(), None);
    (kinds, reader.finished(), false)
}

#[test]
fn a_cut_stream_does_not_finish_and_garbage_in_one_is_refused() {
    let body = with(user("hello to everyone here"), json!({"stream": true}));
    let MockAnswer::Stream(good) = ask(&body, "mock-gpt") else {
        panic!();
    };
    let (kinds, finished, _) = read_stream(good);
    assert!(finished && kinds.last() == Some(&PieceKind::Done));
    let MockAnswer::Cut(cut) = ask(&body, "mock-cut") else {
        panic!();
    };
    let (kinds, finished, refused) = read_stream(cut);
    assert!(kinds.len() > 1 && !finished && !refused);
    let MockAnswer::Stream(garbage) = ask(&body, "mock-garbage") else {
        panic!();
    };
    let (kinds, _, refused) = read_stream(garbage);
    assert!(kinds == [PieceKind::Chunk] && refused);
}

#[test]
fn the_error_rate_is_the_share_of_calls_that_fail_and_the_same_ones_each_time() {
    let body = user("hello").to_string();
    let failing = |error_rate: f64| -> Vec<u64> {
        let failed = |counter: &u64| {
            let call = Call {
                counter: *counter,
                error_rate,
                ..call(body.as_bytes(), "mock-gpt")
            };
            matches!(chat(&call), MockAnswer::Error { status: 500, .. })
        };
        (0..1_000).filter(failed).collect()
    };
    assert_eq!(failing(0.0).len(), 0);
    assert_eq!(failing(1.0).len(), 1_000);
    let tenth = failing(0.1);
    assert!((60..140).contains(&tenth.len()), "{}", tenth.len());
    assert_eq!(tenth, failing(0.1));
}

#[test]
fn embeddings_are_unit_vectors_in_either_form() {
    let vector = |more: Value| {
        let body = with(json!({"input": "one"}), more).to_string();
        match embeddings(&call(body.as_bytes(), "mock-embedding")) {
            MockAnswer::Whole(answer) => serde_json::from_slice::<Value>(&answer).unwrap(),
            other => panic!("{other:?}"),
        }
    };
    let floats = vector(json!({}));
    let floats: Vec<f32> = serde_json::from_value(floats["data"][0]["embedding"].clone()).unwrap();
    assert_eq!(floats.len(), 1_536);
    let length: f32 = floats.iter().map(|part| part * part).sum();
    assert!((length - 1.0).abs() < 1e-4, "{length}");
    let packed = vector(json!({"encoding_format": "base64"}));
    let packed = packed["data"][0]["embedding"].as_str().unwrap().to_owned();
    let packed = base64::engine::general_purpose::STANDARD
        .decode(packed)
        .unwrap();
    let expected: Vec<u8> = floats.iter().flat_map(|part| part.to_le_bytes()).collect();
    assert_eq!(packed, expected);
}

#[test]
fn embeddings_take_every_form_of_input_and_refuse_the_rest() {
    let status = |body: Value| match embeddings(&call(body.to_string().as_bytes(), "m")) {
        MockAnswer::Whole(_) => 200,
        MockAnswer::Error { status, .. } => status,
        other => panic!("{other:?}"),
    };
    for input in [
        json!("a"),
        json!(["a", "b"]),
        json!([1, 2]),
        json!([[1], [2]]),
    ] {
        assert_eq!(
            status(json!({"input": input, "dimensions": 2})),
            200,
            "{input}"
        );
    }
    for body in [
        json!({}),
        json!({"input": []}),
        json!({"input": {}}),
        json!({"input": "a", "dimensions": 0}),
        json!({"input": "a", "dimensions": 1_000_000}),
        json!({"input": "a", "encoding_format": "x"}),
    ] {
        assert_eq!(status(body.clone()), 400, "{body}");
    }
}

#[test]
fn a_property_required_a_hundred_times_is_made_once() {
    let mut nested = json!({"type": "string"});
    for _ in 0..8 {
        let again = vec!["a"; 100];
        nested = json!({"type": "object", "required": again, "properties": {"a": nested}});
    }
    let made = schema::sample(&nested).to_string();
    assert_eq!(made.matches("\"a\"").count(), 8, "{made}");
}

#[test]
fn a_schema_within_itself_ends() {
    let mut nested = json!({"type": "string"});
    for _ in 0..40 {
        nested = json!({"type": "array", "minItems": 1, "items": nested});
    }
    let mut value = &schema::sample(&nested);
    let mut depth = 0;
    while let Some(inner) = value.get(0) {
        value = inner;
        depth += 1;
    }
    assert!(depth < 20);
}

proptest! {
    #[test]
    fn no_body_makes_the_mock_panic(body in prop::collection::vec(any::<u8>(), 0..99)) {
        chat(&call(&body, "mock-gpt"));
        embeddings(&call(&body, "mock-gpt"));
    }

    #[test]
    fn a_stream_says_what_the_whole_answer_says(text in "\\PC{0,300}", n in 1u64..4) {
        let body = with(user(&text), json!({"n": n, "model": "mock-gpt"}));
        let whole = whole_answer(&body);
        let asked = with(body, json!({"stream": true})).to_string();
        let asked = ChatRequest::read(&Bytes::from(asked)).unwrap();
        let asked = asked.to_upstream(&"mock-gpt".into(), true, None, &[]).unwrap();
        let mut texts = vec![String::new(); n as usize];
        let mut reader = StreamReader::new(false);
        let mut usage = None;
        for event in events(&serde_json::from_slice(&asked).unwrap()) {
            reader.push(event);
            let piece = reader.next_piece().unwrap().unwrap();
            usage = usage.or(piece.usage);
            let Ok(chunk) = serde_json::from_slice::<Value>(&piece.bytes[6..]) else {
                continue;
            };
            for choice in chunk["choices"].as_array().unwrap() {
                let index = choice["index"].as_u64().unwrap() as usize;
                texts[index].push_str(choice["delta"]["content"].as_str().unwrap_or_default());
            }
        }
        prop_assert!(reader.finished());
        for (index, text) in texts.iter().enumerate() {
            prop_assert_eq!(&whole["choices"][index]["message"]["content"], text);
        }
        let whole = read_usage(whole.to_string().as_bytes()).unwrap();
        prop_assert_eq!(usage, whole);
    }
}

#[test]
fn it_says_what_it_is_told_in_the_pieces_that_it_is_told() {
    let body = user("one ¦two th¦¦ree");
    let MockAnswer::Whole(answer) = ask(&body, "mock-say") else {
        panic!("no whole answer");
    };
    let answer: Value = serde_json::from_slice(&answer).unwrap();
    assert_eq!(answer["choices"][0]["message"]["content"], "one two three");
    let body = with(
        user("get_time {\"a\":¦1}"),
        json!({"tools": weather(), "stream": true}),
    );
    let MockAnswer::Stream(events) = ask(&body, "mock-say") else {
        panic!("no stream");
    };
    let pieces: Vec<Value> = events
        .iter()
        .filter_map(|event| serde_json::from_slice(event.strip_prefix(b"data: ")?).ok())
        .map(|chunk: Value| {
            chunk["choices"][0]["delta"]["tool_calls"][0]["function"]["arguments"].clone()
        })
        .filter(Value::is_string)
        .collect();
    assert_eq!(pieces, ["", "get_time {\"a\":", "1}"]);
}

//! Requests, read and rewritten.

use bytes::Bytes;
use proptest::prelude::*;
use serde_json::{Value, json};
use terms::{Code, ModelName};

use crate::Usage;
use crate::openai::*;

fn chat(body: &str) -> ChatRequest {
    ChatRequest::read(&Bytes::copy_from_slice(body.as_bytes())).unwrap()
}

const MESSAGES: &str = r#""messages":[{"role":"user","content":"hi"}]"#;

#[test]
fn what_the_gate_must_know_is_read() {
    let request = chat(&format!(
        r#"{{"model":"m\u002d1",{MESSAGES},"stream":true,"n":2,"max_tokens":9,"stream_options":{{"include_usage":true}}}}"#
    ));
    assert_eq!(request.model().as_str(), "m-1");
    assert!(request.stream() && request.wants_usage());
    assert_eq!((request.n(), request.max_tokens()), (2, Some(9)));

    let request = chat(&format!(
        r#"{{"model":"m",{MESSAGES},"stream":null,"n":null,"max_tokens":null,"stream_options":null}}"#
    ));
    assert!(!request.stream() && !request.wants_usage());
    assert_eq!((request.n(), request.max_tokens()), (1, None));
}

#[test]
fn a_models_name_shows_all_that_it_has() {
    let read =
        |name: &str| ChatRequest::read(&Bytes::from(format!(r#"{{"model":"{name}",{MESSAGES}}}"#)));
    for name in [
        "m ",
        " m",
        r"m\u200b",
        r"m\u00a0",
        r"\ufeffm",
        r"m\u00ad1",
        r"m\u202e1",
        r"m\n",
    ] {
        let fault = read(name).unwrap_err();
        assert_eq!(fault.param.as_deref(), Some("model"), "{name}: {fault}");
    }
    for name in ["Phi-3 Mini", "org/m:1@x", "模型"] {
        assert_eq!(read(name).unwrap().model().as_str(), name);
    }
}

#[test]
fn whichever_limit_on_tokens_the_provider_reads_the_larger_is_what_is_asked_for() {
    let both = chat(&format!(
        r#"{{"model":"m",{MESSAGES},"max_completion_tokens":1,"max_tokens":9000}}"#
    ));
    assert_eq!(both.max_tokens(), Some(9000));
}

#[test]
fn the_names_of_offered_tools_are_read_wherever_they_stand() {
    let names = |more: &str| chat(&format!(r#"{{"model":"m",{MESSAGES},{more}}}"#)).tool_names();
    let told = names(
        r#""tools":[{"type":"function","function":{"name":"a\u0062","parameters":{"name":"no"}}},
            {"type":"custom","custom":{"name":"c"}},{"type":"web_search"}],
           "functions":[{"name":"d"}]"#,
    );
    let told = told.unwrap();
    let told: Vec<&str> = told.iter().map(|it| &**it).collect();
    assert_eq!(told, ["ab", "c", "web_search", "d"]);
    let disguised = names(
        r#""tools":[{"type":"custom","function":{"name":"safe"},"custom":{"name":"c"}},
            {"type":"web_search","function":{"name":"safe"}}]"#,
    );
    let disguised = disguised.unwrap();
    let disguised: Vec<&str> = disguised.iter().map(|it| &**it).collect();
    assert_eq!(disguised, ["safe", "c", "safe", "web_search"]);
    for none in [r#""tools":null"#, r#""tools":[]"#, r#""functions":null"#] {
        assert!(names(none).unwrap().is_empty(), "{none}");
    }
    for wrong in [
        r#""tools":{}"#,
        r#""tools":[{}]"#,
        r#""tools":[{"function":{}}]"#,
        r#""tools":[{"type":"function","name":"a"}]"#,
    ] {
        assert_eq!(
            names(wrong).unwrap_err().param.as_deref(),
            Some("tools"),
            "{wrong}"
        );
    }
    let wrong = names(r#""functions":[1]"#).unwrap_err();
    assert_eq!(wrong.param.as_deref(), Some("functions"));
    let of_length = |length| {
        names(&format!(
            r#""functions":[{{"name":"{}"}}]"#,
            "a".repeat(length)
        ))
    };
    assert_eq!(of_length(256).unwrap().len(), 1);
    let wrong = of_length(257).unwrap_err();
    assert_eq!(wrong.param.as_deref(), Some("functions"));
}

#[test]
fn a_cap_on_tokens_lowers_what_is_asked_for_and_is_stated_where_nothing_is() {
    let sent = |more: &str, completion| {
        let request = chat(&format!(r#"{{"model":"m",{MESSAGES}{more}}}"#));
        let cap = super::super::TokenCap {
            tokens: 50,
            completion,
        };
        let sent = request
            .to_upstream(&"m".into(), true, Some(cap), &[])
            .unwrap();
        serde_json::from_slice::<serde_json::Value>(&sent).unwrap()
    };
    for (more, completion, tokens, of_completion) in [
        ("", false, Some(50), None),
        ("", true, None, Some(50)),
        (r#","stream":true"#, false, Some(50), None),
        (r#","max_tokens":40"#, true, Some(40), None),
        (r#","max_tokens":60"#, true, Some(50), None),
        (r#","max_tokens":null"#, true, Some(50), None),
        (
            r#","max_completion_tokens":60,"max_tokens":70"#,
            false,
            Some(50),
            Some(50),
        ),
        (
            r#","max_tokens":70,"max_completion_tokens":60,"stream":true"#,
            false,
            Some(50),
            Some(50),
        ),
    ] {
        let body = sent(more, completion);
        assert_eq!(body["max_tokens"].as_u64(), tokens, "{more}");
        assert_eq!(
            body["max_completion_tokens"].as_u64(),
            of_completion,
            "{more}"
        );
    }
}

#[test]
fn a_missing_or_mistyped_member_is_named() {
    let long = format!(r#"{{"model":"{}",{MESSAGES}}}"#, "m".repeat(257));
    for (body, param) in [
        ("{}".to_owned(), "model"),
        (format!("{{{MESSAGES}}}"), "model"),
        (format!(r#"{{"model":null,{MESSAGES}}}"#), "model"),
        (format!(r#"{{"model":1,{MESSAGES}}}"#), "model"),
        (format!(r#"{{"model":"",{MESSAGES}}}"#), "model"),
        (format!(r#"{{"model":"a\nb",{MESSAGES}}}"#), "model"),
        (long, "model"),
        (r#"{"model":"m"}"#.to_owned(), "messages"),
        (r#"{"model":"m","messages":[]}"#.to_owned(), "messages"),
        (r#"{"model":"m","messages":{}}"#.to_owned(), "messages"),
        (
            r#"{"model":"m","messages":[{},"x"]}"#.to_owned(),
            "messages",
        ),
        (
            format!(r#"{{"model":"m",{MESSAGES},"stream":1}}"#),
            "stream",
        ),
        (format!(r#"{{"model":"m",{MESSAGES},"n":0}}"#), "n"),
        (format!(r#"{{"model":"m",{MESSAGES},"n":"2"}}"#), "n"),
        (format!(r#"{{"model":"m",{MESSAGES},"n":1.5}}"#), "n"),
        (
            format!(r#"{{"model":"m",{MESSAGES},"max_tokens":-1}}"#),
            "max_tokens",
        ),
        (
            format!(r#"{{"model":"m",{MESSAGES},"stream_options":[]}}"#),
            "stream_options",
        ),
        (
            format!(r#"{{"model":"m",{MESSAGES},"stream_options":{{"include_usage":1}}}}"#),
            "stream_options.include_usage",
        ),
    ] {
        let fault = ChatRequest::read(&Bytes::from(body.clone())).unwrap_err();
        assert_eq!(fault.code, Code::ValidationError, "{body}");
        assert_eq!(fault.param.as_deref(), Some(param), "{body}");
    }
    for body in ["", "[]x", r#"{"model":"m","model":"n"}"#] {
        let fault = ChatRequest::read(&Bytes::from(body)).unwrap_err();
        assert_eq!(fault.code, Code::InvalidJson, "{body}");
    }
}

#[test]
fn a_body_that_needs_no_change_is_forwarded_uncopied() {
    let body = Bytes::from(format!(r#"{{"model":"m",{MESSAGES},"x":1}}"#));
    let request = ChatRequest::read(&body).unwrap();
    let sent = request.to_upstream(&"m".into(), true, None, &[]).unwrap();
    assert_eq!(sent.as_ptr(), body.as_ptr());
}

#[test]
fn a_stream_asks_for_usage_and_keeps_every_other_byte() {
    for (options, sent) in [
        ("", r#","stream_options":{"include_usage":true}"#),
        (
            r#","stream_options":null"#,
            r#","stream_options":{"include_usage":true}"#,
        ),
        (
            r#","stream_options":{}"#,
            r#","stream_options":{"include_usage":true}"#,
        ),
        (
            r#","stream_options": { "x" : [1] }"#,
            r#","stream_options": {"include_usage":true, "x" : [1] }"#,
        ),
        (
            r#","stream_options":{"include_usage":false,"x":1}"#,
            r#","stream_options":{"include_usage":true,"x":1}"#,
        ),
        (
            r#","stream_options":{"x":1,"include_usage":null}"#,
            r#","stream_options":{"x":1,"include_usage":true}"#,
        ),
    ] {
        let request = chat(&format!(
            r#"{{ {MESSAGES},"stream":true,"model":"m"{options}}}"#
        ));
        assert!(!request.wants_usage());
        let expected = format!(r#"{{ {MESSAGES},"stream":true,"model":"other"{sent}}}"#);
        assert_eq!(
            request
                .to_upstream(&"other".into(), true, None, &[])
                .unwrap(),
            expected
        );
        let expected = format!(r#"{{ {MESSAGES},"stream":true,"model":"other"{options}}}"#);
        assert_eq!(
            request
                .to_upstream(&"other".into(), false, None, &[])
                .unwrap(),
            expected
        );
    }
    let before = chat(&format!(
        r#"{{"stream_options":{{"a":1}},"stream":true,"model":"m",{MESSAGES}}}"#
    ));
    assert_eq!(
        before.to_upstream(&"é\"".into(), true, None, &[]).unwrap(),
        format!(
            r#"{{"stream_options":{{"include_usage":true,"a":1}},"stream":true,"model":"é\"",{MESSAGES}}}"#
        )
    );
}

#[test]
fn embeddings_need_a_model_and_an_input() {
    let read = |body: &str| EmbeddingsRequest::read(&Bytes::copy_from_slice(body.as_bytes()));
    for input in [r#""a""#, r#"["a","b"]"#, "[1,2]", "[[1],[2]]"] {
        let body = format!(r#"{{"input":{input},"model":"m","dimensions":3}}"#);
        let request = read(&body).unwrap();
        assert_eq!(request.to_upstream(&"m".into(), &[]).unwrap(), body);
        let renamed = body.replace(r#""m""#, r#""o""#);
        assert_eq!(request.to_upstream(&"o".into(), &[]).unwrap(), renamed);
    }
    for (body, param) in [
        (r#"{"input":"a"}"#, "model"),
        (r#"{"model":"m"}"#, "input"),
        (r#"{"model":"m","input":[]}"#, "input"),
        (r#"{"model":"m","input":null}"#, "input"),
        (r#"{"model":"m","input":{}}"#, "input"),
    ] {
        let fault = read(body).unwrap_err();
        assert_eq!(fault.param.as_deref(), Some(param), "{body}");
    }
}

#[test]
fn usage_is_read_from_whole_answers() {
    let all =
        br#"{"choices":[],"usage":{"prompt_tokens":10,"completion_tokens":7,"total_tokens":17,
        "prompt_tokens_details":{"cached_tokens":4,"audio_tokens":0},
        "completion_tokens_details":{"reasoning_tokens":5}}}"#;
    let usage = Usage {
        input: 10,
        output: 7,
        cached_input: 4,
        reasoning: 5,
    };
    assert_eq!(read_usage(all).unwrap(), Some(usage));
    let sparse =
        br#"{"usage":{"prompt_tokens":3.0,"completion_tokens":null,"prompt_tokens_details":null}}"#;
    let usage = Usage {
        input: 3,
        ..Usage::default()
    };
    assert_eq!(read_usage(sparse).unwrap(), Some(usage));
    assert_eq!(read_usage(br#"{"usage":null}"#).unwrap(), None);
    assert_eq!(read_usage(b"{}").unwrap(), None);
}

#[test]
fn an_answer_that_is_garbage_is_the_providers_error() {
    for answer in [
        &b""[..],
        b"<html>",
        b"[]",
        b"{\"usage\":",
        b"{\"usage\":[]}",
        b"{\"usage\":{\"prompt_tokens\":-1}}",
        b"{\"usage\":{\"prompt_tokens\":1.5}}",
        b"{\"usage\":{\"prompt_tokens\":\"1\"}}",
    ] {
        let fault = read_usage(answer).unwrap_err();
        assert_eq!(fault.code, Code::ProviderError);
        assert!(fault.detail.is_some());
    }
}

fn options() -> impl Strategy<Value = Option<Value>> {
    prop_oneof![
        Just(None),
        Just(Some(json!(null))),
        Just(Some(json!({}))),
        any::<bool>().prop_map(|asked| Some(json!({"include_usage": asked, "other": [1]}))),
        Just(Some(json!({"zother": {"include_usage": false}}))),
    ]
}

proptest! {
    #[test]
    fn splicing_a_request_is_the_same_as_editing_its_tree(
        options in options(),
        stream in any::<bool>(),
        force in any::<bool>(),
        model in "[a-z\"\\\\é]{1,8}",
        pretty in any::<bool>(),
        front in "[ -~]{0,9}",
    ) {
        let mut tree = json!({"a": front, "model": "gpt", "messages": [{}], "stream": stream});
        if let Some(options) = options {
            tree["stream_options"] = options;
        }
        let body = if pretty {
            serde_json::to_vec_pretty(&tree).unwrap()
        } else {
            serde_json::to_vec(&tree).unwrap()
        };
        let request = ChatRequest::read(&Bytes::from(body)).unwrap();
        let sent = request.to_upstream(&ModelName::from(model.as_str()), force, None, &[]).unwrap();
        tree["model"] = json!(model);
        if stream && force {
            tree["stream_options"]["include_usage"] = json!(true);
        }
        prop_assert_eq!(serde_json::from_slice::<Value>(&sent).unwrap(), tree);
    }

    #[test]
    fn random_bodies_never_panic(body in prop::collection::vec(any::<u8>(), 0..99)) {
        let body = Bytes::from(body);
        let _ = ChatRequest::read(&body);
        let _ = EmbeddingsRequest::read(&body);
        let _ = read_usage(&body);
        let _ = provider_fault(500, &body);
    }
}

#[test]
fn edits_of_others_stand_beside_the_gates_own_and_never_in_them() {
    let body = format!(r#"{{"model":"m",{MESSAGES},"max_tokens":9,"stream":true}}"#);
    let request = chat(&body);
    let at = body.find("hi").unwrap();
    let cap = TokenCap {
        tokens: 4,
        completion: false,
    };
    let edit = crate::Edit::replace(at..at + 2, &b"HO"[..]);
    let sent = request.to_upstream(&"o".into(), true, Some(cap), &[edit]);
    let expected = concat!(
        r#"{"model":"o","stream_options":{"include_usage":true},"messages":"#,
        r#"[{"role":"user","content":"HO"}],"max_tokens":4,"stream":true}"#
    );
    assert_eq!(sent.unwrap(), expected);
    let name = body.find("\"m\"").unwrap();
    let edit = crate::Edit::remove(name..name + 4);
    let fault = request.to_upstream(&"o".into(), false, None, &[edit]);
    assert_eq!(fault.unwrap_err().code, Code::InternalError);
}

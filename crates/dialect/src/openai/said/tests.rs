use bytes::Bytes;
use serde_json::json;

use super::*;
use crate::openai::{Piece, PieceKind, StreamReader};

/// Channel and text.
fn said(document: &[u8], texts: &[Spoken]) -> Vec<(u32, u32, String)> {
    let of = |it: &Spoken| String::from_utf8(document.get(it.span.clone()).unwrap().to_vec());
    texts
        .iter()
        .map(|it| (it.channel.choice, it.channel.member, of(it).unwrap()))
        .collect()
}

fn owned(expected: &[(u32, u32, &str)]) -> Vec<(u32, u32, String)> {
    let expected = expected.iter();
    expected
        .map(|(choice, member, text)| (*choice, *member, (*text).to_owned()))
        .collect()
}

const BESIDE: u32 = Channel::BESIDE;

#[test]
fn all_that_a_whole_answer_says_has_its_channel() {
    let answer = br#"{"id":"c","object":"chat.completion","model":"m","choices":[
        {"message":{"role":"assistant","content":"a","refusal":null,"reasoning_content":"b","reasoning":"c",
          "tool_calls":[{"id":"1","type":"function","function":{"arguments":"{\"x\":1}","name":"f"}},
                        {"custom":{"input":"raw","name":"g"},"index":4}],
          "annotations":[{"url":"https://a.example"}],"audio":{"id":"z","data":"AAAA","transcript":"t"}},
         "index":3,"finish_reason":"stop","logprobs":null},
        {"message":{"content":[{"type":"text","text":"p"},{"type":"thinking","thinking":[{"type":"text","text":"q"}]}],
          "function_call":{"name":"f","arguments":"old"},"thoughts":"deep"},"finish_reason":"stop"}],
        "usage":{"note":"no-text"},"citations":["https://b.example"]}"#;
    let found = answer_texts(answer).unwrap();
    let expected = [
        (3, CONTENT, "a"),
        (3, REASONING_CONTENT, "b"),
        (3, REASONING, "c"),
        (3, ARGUMENTS, r#"{\"x\":1}"#),
        (3, ARGUMENTS + 4, "raw"),
        (BESIDE, 1, "url"),
        (BESIDE, 2, "https://a.example"),
        (BESIDE, 3, "AAAA"),
        (3, TRANSCRIPT, "t"),
        (1, CONTENT, "p"),
        (BESIDE - 1, CONTENT, "q"),
        (1, FUNCTION_CALL, "old"),
        (BESIDE, 4, "thoughts"),
        (1, OTHERS, "deep"),
        (BESIDE, 5, "citations"),
        (BESIDE, 6, "https://b.example"),
    ];
    assert_eq!(said(answer, &found.texts), owned(&expected));
    let mut channels: Vec<_> = found.texts.iter().map(|it| it.channel).collect();
    channels.sort();
    channels.dedup();
    let mut told = found.channels;
    told.sort();
    assert_eq!(told, channels);
    assert!(!found.logprobs);
}

#[test]
fn what_stands_where_structure_does_and_looks_like_something_else_is_text() {
    let answer =
        br#"{"id":"of ann","model":"m@b.example","system_fingerprint":"f p","usage":{"by":"e n"},
        "choices":[{"message":{"role":"ro le","tool_calls":[{"id":"i d","type":"function",
          "function":{"name":"na me","arguments":"{}"}}]},"finish_reason":"st op"}]}"#;
    let found = answer_texts(answer).unwrap();
    let texts = said(answer, &found.texts).into_iter().map(|it| it.2);
    let expected = [
        "of ann",
        "m@b.example",
        "f p",
        "e n",
        "ro le",
        "i d",
        "na me",
        "{}",
        "st op",
    ];
    assert_eq!(texts.collect::<Vec<_>>(), expected);
    // What isn't vouched for isn't repeated either.
    let mut reader = StreamReader::new(true).hearing();
    read(
        &mut reader,
        "data: {\"id\":\"of ann\",\"model\":\"m\",\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n",
    );
    let (before, _) = reader.around(channel(0, CONTENT)).unwrap();
    assert!(before.starts_with(b"data: {\"id\":\"\","), "{before:?}");
}

#[test]
fn an_answer_that_is_none_is_refused() {
    for wrong in ["", "{", "{\"a\":1,\"a\":2}", "<html>"] {
        assert!(answer_texts(wrong.as_bytes()).is_err(), "{wrong}");
    }
    assert_eq!(answer_texts(b"[1]").unwrap(), AnswerTexts::default());
}

fn read(reader: &mut StreamReader, stream: &str) -> Vec<Piece> {
    reader.push(Bytes::copy_from_slice(stream.as_bytes()));
    let mut pieces = Vec::new();
    while let Some(piece) = reader.next_piece().unwrap() {
        pieces.push(piece);
    }
    pieces
}

fn event(choices: &serde_json::Value) -> String {
    let chunk = json!({"id": "c:1", "created": 7, "model": "m", "choices": choices});
    format!("data: {chunk}\n\n")
}

#[test]
fn texts_of_a_stream_close_with_their_choice_or_at_the_end() {
    let mut reader = StreamReader::new(true).hearing();
    let stream = [
        event(
            &json!([{"index": 0, "delta": {"role": "assistant", "content": ""}, "finish_reason": null}]),
        ),
        event(
            &json!([{"delta": {"content": "a"}, "index": 1}, {"index": 0, "delta": {"content": "b", "thought": "x"}}]),
        ),
        event(
            &json!([{"index": 0, "delta": {"tool_calls": [{"function": {"arguments": "{"}, "index": 2}]}, "finish_reason": ""}]),
        ),
        event(&json!([{"index": 0, "delta": {"thought": "y"}, "finish_reason": "tool_calls"}])),
        "data: [DONE]\n\n".to_owned(),
    ];
    let pieces: Vec<Piece> = stream.iter().flat_map(|it| read(&mut reader, it)).collect();
    let texts: Vec<_> = pieces.iter().map(|it| said(&it.bytes, &it.texts)).collect();
    assert_eq!(texts[0], owned(&[]));
    // serde_json's objects are in the order of their keys.
    let expected = [(1, CONTENT, "a"), (0, CONTENT, "b"), (0, OTHERS, "x")];
    assert_eq!(texts[1], owned(&expected));
    assert_eq!(texts[2], owned(&[(0, ARGUMENTS + 2, "{")]));
    assert_eq!(texts[3], owned(&[(0, OTHERS, "y")]));
    let closes: Vec<_> = pieces.into_iter().map(|it| it.closes).collect();
    let zero = [CONTENT, OTHERS, ARGUMENTS + 2].map(|it| channel(0, it));
    assert!(closes.iter().take(3).all(Vec::is_empty));
    assert_eq!(closes[3], zero);
    assert_eq!(closes[4], [channel(1, CONTENT)]);
}

#[test]
fn a_text_can_be_sent_in_a_chunk_of_its_own_and_is_heard_in_the_same_channel() {
    let mut reader = StreamReader::new(true).hearing();
    read(
        &mut reader,
        &event(
            &json!([{"index": 2, "delta": {"thought": "x", "tool_calls": [
            {"index": 1, "custom": {"input": "{"}}, {"index": 0, "function": {"arguments": "{"}}]}}]),
        ),
    );
    let members = [
        CONTENT,
        REFUSAL,
        REASONING_CONTENT,
        TRANSCRIPT,
        REASONING,
        DETAILS,
        FUNCTION_CALL,
        OTHERS,
        ARGUMENTS,
        ARGUMENTS + 1,
    ];
    for member in members {
        let (before, after) = reader.around(channel(2, member)).unwrap();
        let carried = [&before[..], b"tex\\u0074", &after[..]].concat();
        let text = String::from_utf8(carried).unwrap();
        let heard = read(&mut reader, &text);
        assert_eq!(heard[0].kind, PieceKind::Chunk);
        let texts = said(&heard[0].bytes, &heard[0].texts);
        assert_eq!(texts, owned(&[(2, member, "tex\\u0074")]), "{text}");
        assert!(text.contains(r#""id":"c:1","#) && text.contains(r#""created":7,"model":"m""#));
        assert!(
            text.contains("custom") == (member == ARGUMENTS + 1),
            "{text}"
        );
    }
    assert_eq!(reader.around(channel(BESIDE, 1)), None);
}

#[test]
fn pieces_of_a_text_are_told_by_their_way_in_members_that_nobody_knows() {
    let mut reader = StreamReader::new(true).hearing();
    let details = |one: &str, two: &str| {
        json!([{"type": "reasoning.text", "format": "v1", "index": 0, "text": one},
               {"type": "reasoning.text", "text": two, "note": {"text": one, "by": "ann"}}])
    };
    let mut members = Vec::new();
    for (one, two) in [("a", "b"), ("c", "d")] {
        let stream = event(
            &json!([{"index": 1, "steps": [{"by": "ann", "output": [one, two]}],
            "delta": {"reasoning_details": details(one, two), "trace": {"label": "x", "parts": [[one]]}}}]),
        );
        let piece = read(&mut reader, &stream).remove(0);
        let texts = said(&piece.bytes, &piece.texts).into_iter();
        let (whole, flowing): (Vec<_>, Vec<_>) = texts.partition(|it| it.0 == BESIDE);
        let whole: Vec<String> = whole.into_iter().map(|it| it.2).collect();
        let labels = [
            "note", "by", "ann", "trace", "label", "x", "parts", one, "steps", "by", "ann",
        ];
        assert_eq!(whole, labels);
        let texts: Vec<_> = flowing.iter().map(|it| &*it.2).collect();
        assert_eq!(texts, [one, one, two, one, two]);
        members.push(flowing.iter().map(|it| (it.0, it.1)).collect::<Vec<_>>());
    }
    assert_eq!(members[0], members[1]);
    assert_eq!(members[0][0], (1, DETAILS));
    let apart: BTreeSet<_> = members[0].iter().collect();
    assert_eq!(apart.len(), 5, "each way has a channel of its own");
    // What was kept back of each is heard in the same channel.
    for (choice, member) in &members[0] {
        let (before, after) = reader.around(channel(*choice, *member)).unwrap();
        let carried = [&before[..], b"rest", &after[..]].concat();
        let heard = read(&mut reader, &String::from_utf8(carried).unwrap());
        let texts = said(&heard[0].bytes, &heard[0].texts).into_iter();
        let texts: Vec<_> = texts.filter(|it| it.0 != BESIDE).collect();
        assert_eq!(texts, owned(&[(*choice, *member, "rest")]));
    }
}

#[test]
fn a_stream_with_more_texts_than_are_followed_is_refused_and_a_whole_answer_is_not() {
    let many = |count| {
        let places: Vec<_> = (0..count)
            .map(|it| json!({it.to_string(): {"text": "x"}}))
            .collect();
        event(
            &json!([{"index": 0, "delta": {"tree": {"a": places.get(..200), "b": places.get(200..400),
            "c": places.get(400..)}}}]),
        )
    };
    let next = |stream: &str| {
        let mut reader = StreamReader::new(true).hearing();
        reader.push(Bytes::copy_from_slice(stream.as_bytes()));
        reader.next_piece().map(|it| it.unwrap().texts.len())
    };
    assert!(next(&many(500)).is_ok());
    assert!(next(&many(510)).is_err());
    let far = event(&json!([{"delta": {"tree": {"x".repeat(2_000): {"text": "x"}}}}]));
    assert!(next(&far).is_err());
    let whole = many(510).replacen("data: ", "", 1);
    assert!(answer_texts(whole.trim().as_bytes()).is_ok());
}

#[test]
fn a_stream_that_is_stopped_ends_every_choice_that_had_no_end() {
    let mut reader = StreamReader::new(true).hearing();
    for choices in [
        json!([{"index": 0, "delta": {"content": "a"}}]),
        json!([{"index": 1, "delta": {"content": "a"}}]),
        json!([{"index": 0, "delta": {}, "finish_reason": "stop"}]),
    ] {
        read(&mut reader, &event(&choices));
    }
    assert_eq!(
        reader.stopped(),
        concat!(
            r#"data: {"id":"c:1","object":"chat.completion.chunk","created":7,"model":"m","choices":"#,
            r#"[{"index":1,"delta":{},"logprobs":null,"finish_reason":"content_filter"}]}"#,
            "\n\ndata: [DONE]\n\n"
        )
    );
}

#[test]
fn texts_have_their_place_where_usage_was_taken_out_and_data_had_several_lines() {
    let mut reader = StreamReader::new(false).hearing();
    let stream = "event: x\ndata: {\"usage\":null,\"choices\":[{\"delta\":\ndata: {\"content\":\"a\"}}]}\n\n\
                  :c\ndata:{\"usage\":null,\"choices\":[{\"delta\":{\"content\":\"b\"}}]}\n\n";
    let pieces = read(&mut reader, stream);
    for (piece, text) in pieces.iter().zip(["a", "b"]) {
        assert_eq!(
            said(&piece.bytes, &piece.texts),
            owned(&[(0, CONTENT, text)])
        );
    }
    assert_eq!(pieces.len(), 2);
}

#[test]
fn what_repeats_the_texts_can_be_taken_out() {
    let chunk = r#"{"logprobs":1,"choices":[{"delta":{"logprobs":"x"},"logprobs":{"content":[{"token":"a"}]}},{"logprobs":null}]}"#;
    let gone = r#"{"logprobs":1,"choices":[{"delta":{"logprobs":"x"},"logprobs":null},{"logprobs":null}]}"#;
    assert!(answer_texts(chunk.as_bytes()).unwrap().logprobs);
    assert!(!answer_texts(gone.as_bytes()).unwrap().logprobs);
    let whole = Bytes::from_static(chunk.as_bytes());
    assert_eq!(without_logprobs(&whole).unwrap(), gone);
    let events = Bytes::from(format!(": c\n\ndata: {chunk}\n\ndata: [DONE]\n\n"));
    let expected = format!(": c\n\ndata: {gone}\n\ndata: [DONE]\n\n");
    assert_eq!(without_logprobs_in_events(&events).unwrap(), expected);
}

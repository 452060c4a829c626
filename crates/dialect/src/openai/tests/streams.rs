//! Streams, split anywhere.

use bytes::Bytes;
use proptest::prelude::*;
use terms::Code;

use crate::Usage;
use crate::openai::*;
use crate::sse::Gather;

/// A stream as OpenAI sends it when usage was asked for.
const ASKED: &str = concat!(
    r#"data: {"id":"c","choices":[{"index":0,"delta":{"role":"assistant","content":""}}],"usage":null}"#,
    "\n\n",
    r#"data: {"id":"c","choices":[{"index":0,"delta":{"content":"\"usage\":null}"}}],"usage":null,"obfuscation":"x"}"#,
    "\n\n: ping\n\n",
    r#"data: {"usage":null,"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#,
    "\n\n",
    r#"data: {"id":"c","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2}}"#,
    "\n\ndata: [DONE]\n\n",
);

/// The same for a caller who didn't ask.
const STRIPPED: &str = concat!(
    r#"data: {"id":"c","choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}"#,
    "\n\n",
    r#"data: {"id":"c","choices":[{"index":0,"delta":{"content":"\"usage\":null}"}}],"obfuscation":"x"}"#,
    "\n\n: ping\n\n",
    r#"data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#,
    "\n\ndata: [DONE]\n\n",
);

fn read(stream: &[u8], wants_usage: bool) -> (Vec<Piece>, bool) {
    let mut reader = StreamReader::new(wants_usage);
    let mut pieces = Vec::new();
    reader.push(Bytes::copy_from_slice(stream));
    while let Some(piece) = reader.next_piece().unwrap() {
        pieces.push(piece);
    }
    pieces.extend(reader.finish().unwrap());
    (pieces, reader.finished())
}

fn sent(pieces: &[Piece], wants_usage: bool) -> String {
    let sent = pieces
        .iter()
        .filter(|piece| wants_usage || !piece.usage_only);
    let bytes: Vec<u8> = sent.flat_map(|piece| piece.bytes.to_vec()).collect();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn who_asked_for_usage_gets_the_stream_as_it_came_in_one_slice() {
    let chunk = Bytes::from_static(ASKED.as_bytes());
    let mut reader = StreamReader::new(true);
    let mut gather = Gather::new(chunk.clone());
    reader.push(chunk.clone());
    while let Some(piece) = reader.next_piece().unwrap() {
        gather.push(&piece.bytes);
    }
    let sent = gather.into_bytes();
    assert_eq!((sent.as_ptr(), sent.len()), (chunk.as_ptr(), chunk.len()));
    assert!(reader.finished());
}

#[test]
fn who_did_not_ask_sees_neither_the_usage_chunk_nor_its_nulls() {
    let (pieces, finished) = read(ASKED.as_bytes(), false);
    assert_eq!(sent(&pieces, false), STRIPPED);
    assert!(finished);
    let usage = Usage {
        input: 3,
        output: 2,
        ..Usage::default()
    };
    let reported: Vec<_> = pieces.iter().filter_map(|piece| piece.usage).collect();
    assert_eq!(reported, [usage]);
    let kinds: Vec<_> = pieces.iter().map(|piece| piece.kind.clone()).collect();
    use PieceKind::{Chunk, Comment, Done};
    assert_eq!(kinds, [Chunk, Chunk, Comment, Chunk, Chunk, Done]);
}

#[test]
fn usage_deeper_in_a_chunk_or_beside_content_is_left_alone() {
    let stream = concat!(
        r#"data: {"choices":[],"x_groq":{"usage":null}}"#,
        "\n\n",
        r#"data: {"choices":[],"x_groq":{"id":1,"usage":null}}"#,
        "\n\n",
        r#"data: {"choices":[{"a":1,"usage":null}],"b":"c"}"#,
        "\n\n",
        r#"data: {"choices":[{"delta":{"content":"hi"}}],"usage":{"prompt_tokens":1}}"#,
        "\n\n",
    );
    let (pieces, finished) = read(stream.as_bytes(), false);
    assert_eq!(sent(&pieces, false), stream);
    assert_eq!(pieces[3].usage.unwrap().input, 1);
    assert!(!pieces[3].usage_only && !finished);
}

#[test]
fn nulls_are_taken_out_of_data_that_spans_lines() {
    let (pieces, _) = read(b"data: {\"a\":1,\ndata: \"usage\":null\ndata: }\n\n", false);
    assert_eq!(pieces[0].bytes, "data: {\"a\":1 }\n\n");
    let (pieces, _) = read(b"data: {\"a\":1,\"usage\":null} \r\n\r\n", false);
    assert_eq!(pieces[0].bytes, "data: {\"a\":1} \r\n\r\n");
    let (pieces, _) = read(b"data: {\"usage\" : null}\n\n", false);
    assert_eq!(pieces[0].bytes, "data: {}\n\n");
}

#[test]
fn a_providers_error_in_mid_stream_is_known_and_its_words_are_for_the_operator() {
    for stream in [
        &b"data: {\"error\":{\"message\":\"secret words\",\"code\":500}}\n\n"[..],
        b"event: error\ndata: secret words\n\n",
        b"data: {\"choices\":[],\"usage\":null,\"error\":\"secret words\"}\n\n",
    ] {
        let (pieces, _) = read(stream, true);
        let PieceKind::Error(fault) = &pieces[0].kind else {
            panic!("{pieces:?}");
        };
        assert_eq!(fault.code, Code::ProviderError);
        assert_eq!(fault.detail.as_deref(), Some("secret words"));
        assert!(!fault.message.contains("secret"));
    }
    let (pieces, _) = read(b"data: {\"error\":null,\"choices\":[]}\n\n", true);
    assert_eq!(pieces[0].kind, PieceKind::Chunk);
}

#[test]
fn garbage_ends_a_stream() {
    for stream in [
        &b"data: <html>\n\n"[..],
        b"data: {\"usage\":{}\n\n",
        b"data: {\"usage\":{},}\n\n",
        b"data: {\"usage\":7}\n\n",
        b"data: []\n\n",
    ] {
        let mut reader = StreamReader::new(true);
        reader.push(Bytes::copy_from_slice(stream));
        let fault = reader.next_piece().unwrap_err();
        assert_eq!(fault.code, Code::ProviderError);
    }
}

#[test]
fn a_stream_is_finished_by_done_alone() {
    let (_, finished) = read(b"data: {}\n\n", true);
    assert!(!finished);
    let (pieces, finished) = read(b"data: {}\n\ndata: [DONE]", true);
    assert!(finished);
    assert_eq!(sent(&pieces, true), "data: {}\n\ndata: [DONE]\n\n");
    let (pieces, finished) = read(b"data: [DONE]\n\ndata: {}\n\nrest", true);
    assert!(finished);
    assert_eq!(sent(&pieces, true), "data: [DONE]\n\n");
    let (pieces, finished) = read(b"data: {}\n\ndata: {\"cut\":", true);
    assert!(!finished);
    assert_eq!(sent(&pieces, true), "data: {}\n\n");
}

proptest! {
    #[test]
    fn any_split_gives_the_same_pieces(
        cuts in prop::collection::vec(0..=ASKED.len(), 0..9),
        wants_usage in any::<bool>(),
    ) {
        let stream = Bytes::from_static(ASKED.as_bytes());
        let mut cuts = cuts;
        cuts.extend([0, stream.len()]);
        cuts.sort_unstable();
        let mut reader = StreamReader::new(wants_usage);
        let mut out = Vec::new();
        let mut pieces = Vec::new();
        for cut in cuts.windows(2) {
            let chunk = stream.slice(cut[0]..cut[1]);
            let mut gather = Gather::new(chunk.clone());
            reader.push(chunk);
            while let Some(piece) = reader.next_piece().unwrap() {
                if wants_usage || !piece.usage_only {
                    gather.push(&piece.bytes);
                }
                pieces.push(piece);
            }
            out.extend_from_slice(&gather.into_bytes());
        }
        prop_assert_eq!(&pieces, &read(ASKED.as_bytes(), wants_usage).0);
        prop_assert_eq!(out, if wants_usage { ASKED } else { STRIPPED }.as_bytes());
    }

    #[test]
    fn random_streams_never_panic(
        stream in prop::collection::vec(prop::sample::select(vec![
            "data: ", "{\"usage\":null", "}", "\n\n", "\r", ",", "\"error\":", "{", "[DONE]", "\u{feff}",
            "\"choices\":[]", "\"usage\":{\"prompt_tokens\":1}",
        ]), 0..40),
    ) {
        let mut reader = StreamReader::new(false);
        reader.push(Bytes::from(stream.concat()));
        while let Ok(Some(_)) = reader.next_piece() {}
        let _ = reader.finish();
    }
}

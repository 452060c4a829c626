//! Measures reading of chat JSON: `cargo run --release -p gatehouse-dialect --example reading`.
//!
//! Prints nanoseconds a document for the house's reader and for what it was chosen over; the
//! figures are in `docs/adr/0007-reading-json.md`.

use std::collections::HashSet;
use std::fmt;
use std::hint::black_box;
use std::io::Write;
use std::time::{Duration, Instant};

use bytes::Bytes;
use dialect::openai::{ChatRequest, StreamReader};
use dialect::{json, sse::Gather};
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// What strictness costs inside serde: a visitor that keeps each object's keys.
struct Strict;

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Strict;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }
    fn visit_bool<E: Error>(self, _: bool) -> Result<Strict, E> {
        Ok(Strict)
    }
    fn visit_i64<E: Error>(self, _: i64) -> Result<Strict, E> {
        Ok(Strict)
    }
    fn visit_u64<E: Error>(self, _: u64) -> Result<Strict, E> {
        Ok(Strict)
    }
    fn visit_f64<E: Error>(self, _: f64) -> Result<Strict, E> {
        Ok(Strict)
    }
    fn visit_str<E: Error>(self, _: &str) -> Result<Strict, E> {
        Ok(Strict)
    }
    fn visit_unit<E: Error>(self) -> Result<Strict, E> {
        Ok(Strict)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Strict, A::Error> {
        while seq.next_element::<Strict>()?.is_some() {}
        Ok(Strict)
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Strict, A::Error> {
        let mut keys = HashSet::new();
        while let Some(key) = map.next_key::<String>()? {
            if !keys.insert(key) {
                return Err(A::Error::custom("duplicate key"));
            }
            map.next_value::<Strict>()?;
        }
        Ok(Strict)
    }
}

fn chat(size: usize, tool: bool) -> Bytes {
    let prose = "Summarise the quarterly report for the board, in \"plain\" words.\nKeep figures. ";
    let mut messages = vec![serde_json::json!({"role": "system", "content": "You are terse."})];
    let mut length = 200;
    while length < size {
        let text = prose.repeat(20.min((size - length) / prose.len() + 1));
        length += text.len() + 40;
        messages.push(serde_json::json!({"role": "user", "content": text}));
    }
    let mut body = serde_json::json!({
        "model": "gpt-4o-mini", "messages": messages, "stream": true, "temperature": 0.2,
        "max_tokens": 512, "user": "u-1842",
    });
    if tool {
        let tools: serde_json::Value = (0..size / 400)
            .map(|n| {
                serde_json::json!({"type": "function", "function": {"name": format!("tool_{n}"),
                "description": "Looks one thing up.", "parameters": {"type": "object",
                "properties": {"city": {"type": "string"}, "days": {"type": "integer"}},
                "required": ["city"]}}})
            })
            .collect();
        if let Some(body) = body.as_object_mut() {
            body.insert("tools".to_owned(), tools);
        }
    }
    Bytes::from(body.to_string())
}

/// A stream of 100 chunks in reads of `together` events; nanoseconds a chunk.
fn stream(usage: &str, together: usize, wants_usage: bool) -> f64 {
    let event = format!(
        "data: {{\"id\":\"chatcmpl-9lT2qYb1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\
         \"model\":\"gpt-4o-mini-2024-07-18\",\"system_fingerprint\":\"fp_48196bc67a\",\"choices\":[{{\"index\":0,\
         \"delta\":{{\"content\":\" figures\"}},\"logprobs\":null,\"finish_reason\":null}}]{usage}}}\n\n"
    );
    let read = Bytes::from(event.repeat(together));
    let whole = nanos(|| {
        let mut reader = StreamReader::new(wants_usage);
        for _ in 0..100 / together {
            let mut gather = Gather::new(read.clone());
            reader.push(read.clone());
            while let Ok(Some(piece)) = reader.next_piece() {
                gather.push(&piece.bytes);
            }
            black_box(gather.into_bytes());
        }
    });
    whole / 100.0
}

fn nanos(mut run: impl FnMut()) -> f64 {
    let mut best = f64::MAX;
    for _ in 0..7 {
        let started = Instant::now();
        let mut rounds = 0u32;
        while started.elapsed() < Duration::from_millis(100) {
            (0..8).for_each(|_| run());
            rounds += 8;
        }
        best = best.min(started.elapsed().as_secs_f64() * 1e9 / f64::from(rounds));
    }
    best
}

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout();
    let sizes = [
        ("300 B", 300, false),
        ("32 KB", 32_000, false),
        ("32 KB, half tools", 16_000, true),
        ("1 MB", 1_000_000, false),
    ];
    for (name, size, tools) in sizes {
        let body = chat(size, tools);
        let names = [
            "model",
            "messages",
            "stream",
            "stream_options",
            "n",
            "max_tokens",
        ];
        let reader = nanos(|| drop(black_box(json::check(black_box(&body)))));
        let members = nanos(|| drop(black_box(json::members(black_box(&body), &names))));
        let model = "gpt-4o".into();
        let request = nanos(|| {
            let request = ChatRequest::read(black_box(&body));
            drop(black_box(request.and_then(|request| {
                request.to_upstream(&model, true, None, &[])
            })));
        });
        let utf8 = nanos(|| {
            let _ = black_box(std::str::from_utf8(black_box(&body)));
        });
        let ignored = nanos(|| {
            drop(black_box(serde_json::from_slice::<IgnoredAny>(black_box(
                &body,
            ))))
        });
        let strict = nanos(|| {
            drop(black_box(serde_json::from_slice::<Strict>(black_box(
                &body,
            ))))
        });
        let value = nanos(|| {
            drop(black_box(serde_json::from_slice::<serde_json::Value>(
                black_box(&body),
            )))
        });
        writeln!(
            out,
            "{name} ({} B): check {reader:.0} ns, members {members:.0} ns (of it UTF-8 {utf8:.0}), \
             read and rewritten as a chat request {request:.0} ns; \
             serde_json IgnoredAny {ignored:.0}, strict visitor {strict:.0}, Value {value:.0}",
            body.len(),
        )?;
    }
    let null = r#","usage":null"#;
    let obfuscated = r#","usage":null,"obfuscation":"hT5xQ2""#;
    for together in [1, 10] {
        writeln!(
            out,
            "stream, {together} events a read: without usage {:.0} ns an event; null usage kept {:.0}, \
             taken out {:.0}; null usage before another member kept {:.0}, taken out {:.0}",
            stream("", together, true),
            stream(null, together, true),
            stream(null, together, false),
            stream(obfuscated, together, true),
            stream(obfuscated, together, false),
        )?;
    }
    Ok(())
}

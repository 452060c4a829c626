use std::borrow::Cow;

use proptest::prelude::*;
use serde_json::Value;
use terms::Code;

use super::*;

fn refused(document: impl AsRef<[u8]>) -> Fault {
    let fault = check(document.as_ref()).unwrap_err();
    assert_eq!(fault.code, Code::InvalidJson, "{fault}");
    fault
}

#[test]
fn a_document_may_be_nested_64_deep_and_no_deeper() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    check(nested(64).as_bytes()).unwrap();
    let fault = refused(nested(65));
    assert!(
        fault.message.contains("deeper than 64 levels"),
        "{}",
        fault.message
    );
    assert_eq!(fault.param.as_deref(), Some("/0".repeat(64).as_str()));
}

#[test]
fn a_document_nested_ten_thousand_deep_is_refused_on_a_small_stack() {
    let document = "{\"a\":[".repeat(10_000);
    let thread = std::thread::Builder::new().stack_size(64 * 1024);
    let reading = thread.spawn(move || check(document.as_bytes())).unwrap();
    let fault = reading.join().unwrap().unwrap_err();
    assert!(
        fault.message.contains("deeper than 64 levels"),
        "{}",
        fault.message
    );
}

#[test]
fn a_duplicate_key_is_refused_at_every_level_and_named() {
    for (document, pointer) in [
        (r#"{"a":1,"a":2}"#, "/a"),
        (r#"{"a":1,"\u0061":2}"#, "/a"),
        (
            r#"{"m":[{"role":"x"},{"role":"x","b":{},"role":"y"}]}"#,
            "/m/1/role",
        ),
        (r#"[0,[{"x/y":1,"x/y":1}]]"#, "/1/0/x~1y"),
        (r#"{"":1,"":2}"#, "/"),
    ] {
        let fault = refused(document);
        assert!(
            fault.message.contains("duplicate key"),
            "{document}: {}",
            fault.message
        );
        assert_eq!(fault.param.as_deref(), Some(pointer), "{document}");
    }
    check(br#"{"a":{"a":1},"b":[{"a":1},{"a":1}]}"#).unwrap();
}

#[test]
fn a_key_that_only_careless_readers_take_for_a_wanted_one_is_refused() {
    let read = |document: &str| members(document.as_bytes(), &["model", "max_tokens", "isError"]);
    for (document, pointer) in [
        (r#"{"model":"a","Model":"b"}"#, "/Model"),
        (r#"{"MODEL":"b"}"#, "/MODEL"),
        (r#"{"\u004dodel":"b"}"#, "/Model"),
        (r#"{"max_to\u212aens":1}"#, "/max_to\u{212a}ens"),
        (r#"{"max_tokenſ":1}"#, "/max_tokenſ"),
        (r#"{"iserror":true}"#, "/iserror"),
    ] {
        let fault = read(document).unwrap_err();
        assert_eq!(fault.code, Code::InvalidJson, "{document}: {fault}");
        assert_eq!(fault.param.as_deref(), Some(pointer), "{document}");
    }
    for document in [
        r#"{"model":"a","models":1,"modél":1,"mödel":1,"Input":1}"#,
        r#"{"model":"a","metadata":{"Model":"b"}}"#,
    ] {
        read(document).unwrap();
    }
}

#[test]
fn a_duplicate_is_found_among_a_hundred_thousand_keys() {
    let mut document = String::from("{");
    for key in 0..100_000 {
        document.push_str(&format!("\"key{key}\":{key},"));
    }
    check(format!("{document}\"last\":0}}").as_bytes()).unwrap();
    let fault = refused(format!("{document}\"key77777\":0}}"));
    assert_eq!(fault.param.as_deref(), Some("/key77777"));
}

#[test]
fn the_seventeenth_and_later_keys_are_compared_with_all_before() {
    for size in 14..40 {
        for again in 0..size {
            let keys: Vec<String> = (0..size).map(|key| format!("\"k{key}\":{{}}")).collect();
            let document = format!("{{{},\"k{again}\":1}}", keys.join(","));
            let fault = refused(document);
            assert_eq!(fault.param, Some(format!("/k{again}")));
        }
    }
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    for (document, says) in [
        (&b""[..], "the body is empty"),
        (b"{", "expected a key"),
        (b"{\"a\" 1}", "expected ':' at line 1 column 6"),
        (
            b"{\n\"a\":1,\n  x}",
            "expected a key in double quotes at line 3 column 3",
        ),
        (b"[1,]", "expected a value at line 1 column 4"),
        (b"[1 2]", "expected ',' or ']'"),
        (b"{\"a\":1]", "expected ',' or '}'"),
        (b"{} x", "goes on after its JSON document"),
        (b"{}{}", "goes on after its JSON document"),
        (b"nul", "expected 'null'"),
        (b"01", "goes on after"),
        (b"-", "expected a digit"),
        (b"1.", "expected a digit"),
        (b"1e999", "number out of range"),
        (b"\"a", "at the end of a string"),
        (b"\"a\nb\"", "unescaped control character"),
        (b"\"\\x\"", "invalid escape"),
        (b"\"\\ud83d\"", "lone surrogate"),
        (b"\"\\udc00\"", "lone surrogate"),
        (b"{\"a\":\"\xff\"}", "not valid UTF-8 at byte 6"),
        (b"\"\xed\xa0\x80\"", "not valid UTF-8 at byte 1"),
        (b"\xef\xbb\xbf{}", "expected a value"),
    ] {
        let fault = refused(document);
        assert!(
            fault.message.contains(says),
            "{:?}: {}",
            String::from_utf8_lossy(document),
            fault.message
        );
    }
}

#[test]
fn wanted_members_are_found_where_they_stand() {
    let document =
        br#" { "x": {"model": 0}, "model" : "m" , "messages":[{}, {"a":[1,2]}, 3],"n":-1.5e3 } "#;
    let [model, messages, n, none] =
        members(document, &["model", "messages", "n", "none"]).unwrap();
    let model = model.unwrap();
    assert_eq!(
        (model.of(document), model.kind),
        (&b"\"m\""[..], Kind::String)
    );
    assert_eq!(&document[model.whole.clone()], b"\"model\" : \"m\"");
    let messages = messages.unwrap();
    assert_eq!(messages.of(document), br#"[{}, {"a":[1,2]}, 3]"#);
    assert_eq!((messages.items, messages.objects), (3, 2));
    let n = n.unwrap();
    assert_eq!((n.of(document), n.kind), (&b"-1.5e3"[..], Kind::Number));
    assert_eq!(none, None);
}

#[test]
fn a_member_named_with_escapes_is_the_same_member() {
    let [model] = members(br#"{"mod\u0065l":"m"}"#, &["model"]).unwrap();
    assert_eq!(model.unwrap().kind, Kind::String);
}

#[test]
fn only_an_object_has_members() {
    for document in ["[]", "1", "\"{\"", "null"] {
        let fault = members(document.as_bytes(), &["a"]).unwrap_err();
        assert_eq!(fault.code, Code::ValidationError, "{document}");
    }
}

/// A document of any form, written by hand so that it can have what `Value` can't.
fn document() -> impl Strategy<Value = String> {
    let text = prop_oneof![
        Just(Cow::Borrowed("a")),
        Just(Cow::Borrowed("b\\u0062")),
        Just(Cow::Borrowed("\\ud83d\\ude00é")),
        "[ -~é€😀]{0,40}".prop_map(|text| {
            let quoted = serde_json::to_string(&text).unwrap();
            let inside = quoted
                .strip_prefix('"')
                .and_then(|text| text.strip_suffix('"'));
            Cow::Owned(inside.unwrap().to_owned())
        }),
    ];
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("false".to_owned()),
        any::<i64>().prop_map(|number| number.to_string()),
        any::<f64>().prop_map(|number| format!("{number:e}")),
        text.clone().prop_map(|text| format!("\"{text}\"")),
    ];
    leaf.prop_recursive(6, 60, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8)
                .prop_map(|items| format!("[{}]", items.join(" , "))),
            prop::collection::vec((text.clone(), inner), 0..8).prop_map(|members| {
                let members: Vec<_> = members
                    .iter()
                    .map(|(key, value)| format!("\"{key}\" :{value}"))
                    .collect();
                format!("{{{}}}", members.join(","))
            }),
        ]
    })
}

/// What the reader may say that serde_json doesn't.
fn is_stricter(fault: &Fault) -> bool {
    fault.message.contains("duplicate key") || fault.message.contains("deeper than")
}

fn agrees(document: &[u8]) -> Result<(), TestCaseError> {
    let value = serde_json::from_slice::<Value>(document);
    match check(document) {
        Ok(()) => prop_assert!(value.is_ok(), "{:?} but read", value.err()),
        Err(fault) if is_stricter(&fault) => {}
        Err(fault) => prop_assert!(value.is_err(), "refused: {fault}"),
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_reader_takes_what_serde_json_takes_but_for_duplicates_and_depth(document in document()) {
        agrees(document.as_bytes())?;
    }

    #[test]
    fn a_damaged_document_is_judged_as_serde_json_judges(
        document in document(),
        at in any::<prop::sample::Index>(),
        with in prop::collection::vec(prop::sample::select(&b"{}[]\",:\\u0e.-+ \n\tdtrue\xc3\xa9\xff\x01"[..]), 0..3),
        removed in 0usize..3,
    ) {
        let mut bytes = document.into_bytes();
        let from = at.index(bytes.len() + 1);
        let to = (from + removed).min(bytes.len());
        bytes.splice(from..to, with);
        agrees(&bytes)?;
    }

    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        agrees(&bytes)?;
    }

    #[test]
    fn plain_text_ends_at_the_first_special_byte(bytes in prop::collection::vec(
        prop_oneof![8 => any::<u8>().prop_map(|byte| byte | 0x60), 1 => any::<u8>()], 0..300,
    )) {
        let special = |byte: &u8| *byte < 0x20 || *byte == b'"' || *byte == b'\\';
        let expected = bytes.iter().position(special).unwrap_or(bytes.len());
        prop_assert_eq!(text::plain(&bytes), expected);
    }

    #[test]
    fn a_found_member_is_the_value_that_serde_json_finds(document in document()) {
        let Ok(Value::Object(object)) = serde_json::from_str::<Value>(&document) else {
            return Ok(());
        };
        let Ok(found) = members(document.as_bytes(), &["a", "bb"]) else {
            return Ok(());
        };
        for (name, found) in ["a", "bb"].iter().zip(found) {
            let Some(found) = found else {
                prop_assert_eq!(object.get(*name), None);
                continue;
            };
            let value: Value = serde_json::from_slice(found.of(document.as_bytes())).unwrap();
            prop_assert_eq!(object.get(*name), Some(&value));
            let items = match &value {
                Value::Array(items) => items.len(),
                Value::Object(items) => items.len(),
                _ => 0,
            };
            prop_assert_eq!(found.items, items);
        }
    }
}

//! Of strings in JSON: they say what a reader of JSON says, and lead back.

use proptest::prelude::*;

use super::{escaped_strings, looks_like_json, unquoted};

#[test]
fn escapes_are_read() {
    let view = unquoted(r#"a\n\"\\\/\u0041\uD83D\uDE00z"#);
    assert_eq!(view.text, "a\n\"\\/A\u{1F600}z");
    assert_eq!(view.source(5..6), 9..15);
    assert_eq!(view.source(6..10), 15..27);
    assert_eq!(view.source(10..11), 27..28);
}

#[test]
fn what_is_no_escape_stays() {
    for text in [r"\q", r"\u12", r"\", r"\u12g4", "plain"] {
        assert_eq!(unquoted(text).text, text);
    }
    assert_eq!(unquoted(r"\ud800x").text, "\u{FFFD}x");
    assert_eq!(unquoted(r"\ud800\u0041").text, "\u{FFFD}A");
    assert_eq!(unquoted(r"\udc00\ud800").text, "\u{FFFD}\u{FFFD}");
}

#[test]
fn strings_with_escapes_are_listed_keys_too() {
    let text = r#"{"k\u0065y": ["plain", "a\"b", 1], "x": "\\"}"#;
    let all: Vec<&str> = escaped_strings(text)
        .map(|it| text.get(it).unwrap())
        .collect();
    assert_eq!(all, [r"k\u0065y", r#"a\"b"#, r"\\"]);
}

#[test]
fn a_million_brackets_are_no_trouble() {
    let text = format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000));
    assert!(looks_like_json(&text));
    assert_eq!(escaped_strings(&text).count(), 0);
    assert_eq!(escaped_strings(r#"["\"#).count(), 0);
}

proptest! {
    #[test]
    fn a_string_says_what_a_reader_of_json_says(text in "\\PC{0,20}[\u{0}-\u{20}\"\\\\]{0,4}\\PC{0,6}") {
        let quoted = serde_json::to_string(&text).unwrap();
        let raw = quoted.get(1..quoted.len() - 1).unwrap();
        prop_assert_eq!(&*unquoted(raw).text, &text);
        let escaped: String = text.encode_utf16().map(|it| format!("\\u{it:04x}")).collect();
        prop_assert_eq!(&*unquoted(&escaped).text, &text);
    }

    #[test]
    fn every_character_leads_back_to_its_escape(text in "[ab\"\n\u{e9}\u{1F600}]{0,12}") {
        let quoted = serde_json::to_string(&text).unwrap();
        let raw = quoted.get(1..quoted.len() - 1).unwrap();
        let view = unquoted(raw);
        for (at, it) in text.char_indices() {
            let back = view.source(at..at + it.len_utf8());
            prop_assert_eq!(&*unquoted(raw.get(back).unwrap()).text, it.to_string());
        }
    }
}

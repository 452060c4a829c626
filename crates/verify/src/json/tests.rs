use proptest::prelude::*;

use super::*;

#[test]
fn the_canonical_form_is_sorted_and_without_white_space() {
    let text = " { \"b\" : [ 1.00 , -0 , 1e400, {\"z\":1,\"a\":null} ] , \"a\" : \"\\u00e9\\/\\ud83d\\ude00\" } ";
    assert_eq!(
        Json::parse(text).unwrap().canonical(),
        r#"{"a":"é/😀","b":[1.00,-0,1e400,{"a":null,"z":1}]}"#
    );
}

#[test]
fn what_is_not_json_is_refused() {
    for text in [
        "",
        "{",
        "{} {}",
        "{\"a\":01}",
        "nul",
        "[1,]",
        "\"\\ud800\"",
        "\"\\ud800\\u0041\"",
        "NaN",
        "{1:2}",
        "\"\n\"",
        "{\"a\":1,\"\\u0061\":2}",
        "1.",
        "-",
        "1e",
        "\"\\x\"",
        "\"\\u00g0\"",
        "[1 2]",
        "\"abc",
        "\"\\",
    ] {
        assert!(Json::parse(text).is_err(), "{text}");
    }
    assert!(Json::parse(&"[".repeat(100_000)).is_err());
}

proptest! {
    #[test]
    fn any_text_is_read_as_a_well_known_parser_reads_it(text in "[\\[\\]{}:,\"\\\\ a0-9.eE+u/tnrlsf-]{0,24}") {
        let theirs = serde_json::from_str::<&serde_json::value::RawValue>(&text).is_ok();
        match Json::parse(&text) {
            Ok(_) => prop_assert!(theirs, "we took {text}"),
            // Keys that stand twice are refused by us alone; lone surrogates are not in a raw value.
            Err(why) => prop_assert!(
                !theirs || why.contains("twice") || why.contains("surrogate"), "{text}: {why}"
            ),
        }
    }

    #[test]
    fn a_string_survives(text in any::<String>()) {
        let written = serde_json::to_string(&text).unwrap();
        let read = Json::parse(&written).unwrap();
        prop_assert_eq!(read.text(), Some(text.as_str()));
        prop_assert_eq!(read.canonical(), written);
    }

    #[test]
    fn foreign_text_never_panics(text in any::<String>()) {
        let _ = Json::parse(&text);
    }
}

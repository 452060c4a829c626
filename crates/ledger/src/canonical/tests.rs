use proptest::prelude::*;
use serde_json::json;

use super::*;

#[test]
fn keys_are_sorted_at_every_depth_and_whitespace_is_gone() {
    let text = " { \"b\" : [ { \"z\" : 1 , \"a\" : null } , true ] ,\n \"a\" : \"x y\" } ";
    assert_eq!(
        canonical_text(text).unwrap(),
        r#"{"a":"x y","b":[{"a":null,"z":1},true]}"#
    );
}

#[test]
fn numbers_keep_the_digits_they_came_with() {
    let text = r#"[123456789012345678901234567890,1.00,1e400,-0,18446744073709551616,0.1]"#;
    assert_eq!(canonical_text(text).unwrap(), text);
}

#[test]
fn strings_are_escaped_one_way_whatever_way_they_came() {
    assert_eq!(
        canonical_text(r#"["\u0041\/\u00e9\ud83d\ude00\u000A\u001F\u007f"]"#).unwrap(),
        "[\"A/é😀\\n\\u001f\u{7f}\"]"
    );
}

#[test]
fn a_key_that_stands_twice_has_no_canonical_form() {
    assert!(canonical_text(r#"{"a":1,"b":{"c":1,"\u0063":2}}"#).is_err());
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
        "NaN",
        "{1:2}",
    ] {
        assert!(canonical_text(text).is_err(), "{text}");
    }
}

#[test]
fn depth_is_bounded() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(canonical_text(&nested(MAX_DEPTH)).is_ok());
    assert!(canonical_text(&nested(MAX_DEPTH + 1)).is_err());
    assert!(canonical_text(&nested(100_000)).is_err());
}

#[test]
fn a_member_is_set_at_its_sorted_place() {
    let with = |text: &str| object_with(text, "m", "[1]");
    assert_eq!(
        with(r#"{"z":1,"a":2}"#).unwrap(),
        r#"{"a":2,"m":[1],"z":1}"#
    );
    assert_eq!(with(r#"{"m":{"x":1}}"#).unwrap(), r#"{"m":[1]}"#);
    assert_eq!(with("{}").unwrap(), r#"{"m":[1]}"#);
    assert!(with("[]").is_err());
    assert!(with(r#"{"a":1,"a":2}"#).is_err());
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(|f| json!(f)),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 64, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..8)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn the_canonical_form_means_the_same_and_is_its_own_canonical_form(value in values()) {
        let text = canonical(&value).unwrap();
        // Both read by the same parser, which rounds the last place of some floats.
        let read = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        prop_assert_eq!(read(&text), read(&value.to_string()));
        prop_assert_eq!(canonical_text(&text).unwrap(), text);
    }

    #[test]
    fn layout_does_not_matter(value in values()) {
        let pretty = serde_json::to_string_pretty(&value).unwrap();
        prop_assert_eq!(canonical_text(&pretty).unwrap(), canonical(&value).unwrap());
    }

    #[test]
    fn foreign_text_never_panics(text in any::<String>()) {
        let _ = canonical_text(&text);
    }
}

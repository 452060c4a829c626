//! Strings of JSON are looked at as what they say, and what is found leads back to their bytes.
#![expect(
    clippy::unwrap_used,
    reason = "a test stops where it finds something wrong"
)]

use inspect::{Families, Scanner, Spec};
use proptest::prelude::*;

fn scanner() -> Scanner {
    Scanner::new(&Spec {
        patterns: [("staff".to_owned(), r"\bEMP-\d{6}\b".to_owned())].into(),
        denylist: vec!["naïve plan".to_owned()],
        ..Spec::default()
    })
    .unwrap()
}

/// What the scanner's own rules find.
fn found<'t>(scanner: &Scanner, raw: &'t str) -> Vec<(String, &'t str)> {
    let all = scanner.scan_quoted(raw, Families::ALL).into_iter();
    let own = all.map(|it| {
        let rule = scanner.rule(it.rule).unwrap();
        (rule.id.to_string(), raw.get(it.span).unwrap())
    });
    own.filter(|(id, _)| id.starts_with("custom:") || id.starts_with("denied"))
        .collect()
}

fn quoted(text: &str) -> String {
    let all = serde_json::to_string(text).unwrap();
    all.strip_prefix('"')
        .and_then(|it| it.strip_suffix('"'))
        .unwrap()
        .to_owned()
}

#[test]
fn escapes_hide_nothing() {
    let raw = r"is \u0045MP-12\u00334567 EMP-123\u003456.";
    assert_eq!(
        found(&scanner(), raw),
        [("custom:staff".to_owned(), r"EMP-123\u003456")]
    );
    let raw = r"a na\u00efve\u0020plan";
    assert_eq!(
        found(&scanner(), raw),
        [("denied-000".to_owned(), r"na\u00efve\u0020plan")]
    );
}

#[test]
fn json_in_a_string_is_looked_at_strings_and_keys() {
    let inner = r#"{"note": "EMP\u002d123456", "EMP-\u0037\u0037\u0037777": [1, {"x": "y\"EMP-111111"}], "z": EMP-222222}"#;
    let raw = quoted(inner);
    let texts: Vec<&str> = found(&scanner(), &raw).into_iter().map(|it| it.1).collect();
    assert_eq!(
        texts,
        [
            r"EMP\\u002d123456",
            r"EMP-\\u0037\\u0037\\u0037777",
            "EMP-111111",
            "EMP-222222"
        ]
    );
}

#[test]
fn json_in_json_in_json_is_looked_at() {
    let mut text = r#"{"id": "EMP\u002d123456"}"#.to_owned();
    for _ in 0..3 {
        text = format!(r#"{{"arguments": "{}"}}"#, quoted(&text));
        let raw = quoted(&text);
        assert_eq!(found(&scanner(), &raw).len(), 1, "{raw}");
    }
}

#[test]
fn what_only_looks_like_json_is_text() {
    for text in [
        r#"{"broken: EMP-123456 \ " EMP-654321}"#,
        r#"["\u12 EMP-123456", EMP-654321]"#,
        "[EMP-123456]{EMP-654321}",
    ] {
        assert_eq!(found(&scanner(), &quoted(text)).len(), 2, "{text}");
    }
}

#[test]
fn nesting_is_no_trouble() {
    let deep = format!(
        "{}\"EMP\\u002d123456\"{}",
        "[".repeat(1_000_000),
        "]".repeat(1_000_000)
    );
    assert_eq!(found(&scanner(), &quoted(&deep)).len(), 1);
    let mut twisted = "x".to_owned();
    for _ in 0..12 {
        twisted = format!("[\"{}\"]", quoted(&twisted));
    }
    found(&scanner(), &twisted);
}

proptest! {
    #[test]
    fn a_string_holds_what_its_text_holds(
        before in "\\PC{0,8}[\n\"\\\\]{0,2}",
        after in "[ .\"\\\\]\\PC{0,8}",
    ) {
        let text = format!("{before} EMP-123456{after}");
        let scanner = scanner();
        let plain = scanner.scan(&text, Families::ALL).len();
        let raw = quoted(&text);
        prop_assert!(scanner.scan_quoted(&raw, Families::ALL).len() >= plain);
        prop_assert!(found(&scanner, &raw).contains(&("custom:staff".to_owned(), "EMP-123456")));
    }

    #[test]
    fn places_are_whole_characters_of_any_string(raw in "(\\PC|\\\\u[0-9a-f]{4}|EMP-123456|[\\\\\"{}\\[\\]]){0,24}") {
        for it in scanner().scan_quoted(&raw, Families::ALL) {
            prop_assert!(raw.get(it.span).is_some_and(|it| !it.is_empty()));
        }
    }
}

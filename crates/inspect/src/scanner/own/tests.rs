//! Of a tenant's own rules: they are found, and what is wrong with them is said.

use crate::finding::{Families, Family};
use crate::scanner::{Scanner, Spec, Wrong};

fn spec(patterns: &[(&str, &str)], denylist: &[&str]) -> Spec {
    let own = |it: &&str| (*it).to_owned();
    Spec {
        patterns: patterns
            .iter()
            .map(|(label, it)| ((*label).to_owned(), (*it).to_owned()))
            .collect(),
        denylist: denylist.iter().map(own).collect(),
        ..Spec::default()
    }
}

fn found(spec: &Spec, text: &str) -> Vec<(String, u8, String)> {
    let scanner = Scanner::new(spec).unwrap();
    let all = scanner.scan(text, Families::ALL);
    let own = all
        .into_iter()
        .filter(|it| usize::from(it.rule.0) >= crate::catalog::rules().len());
    own.map(|it| {
        let rule = scanner.rule(it.rule).unwrap();
        (
            rule.id.to_string(),
            it.confidence,
            text.get(it.span).unwrap().to_owned(),
        )
    })
    .collect()
}

fn wrong(spec: &Spec) -> Vec<Wrong> {
    Scanner::new(spec).unwrap_err()
}

#[test]
fn a_pattern_is_found_wherever_it_stands() {
    let spec = spec(&[("employee", r"\bEMP-\d{6}\b")], &[]);
    assert_eq!(
        found(&spec, "of EMP-123456, xEMP-123456 and EMP-654321."),
        [
            ("custom:employee".into(), 90, "EMP-123456".into()),
            ("custom:employee".into(), 90, "EMP-654321".into())
        ]
    );
    // Case counts in values.
    assert_eq!(found(&spec, "emp-123456"), []);
}

#[test]
fn names_topics_and_denied_texts_are_words() {
    let spec = Spec {
        competitors: vec!["Acme Corp".to_owned(), "日立".to_owned()],
        topics: vec!["merger".to_owned()],
        denylist: vec!["Über".to_owned()],
        ..Spec::default()
    };
    let ids = |text| {
        found(&spec, text)
            .into_iter()
            .map(|(id, sure, _)| (id, sure))
            .collect::<Vec<_>>()
    };
    assert_eq!(ids("ask ACME corp!"), [("competitor-000".to_owned(), 80)]);
    assert_eq!(ids("会社日立製"), [("competitor-001".to_owned(), 80)]);
    assert_eq!(ids("the Merger"), [("topic-000".to_owned(), 70)]);
    assert_eq!(ids("ÜBER alles"), [("denied-000".to_owned(), 80)]);
    assert_eq!(ids("mergers, submerger, übers"), []);
}

#[test]
fn own_patterns_of_injection_count_in_any_case_and_form() {
    let spec = Spec {
        injections: vec!["open the pod bay".to_owned()],
        ..Spec::default()
    };
    for text in [
        "Open the POD bay",
        "o\u{200b}pen the p\u{43e}d bay",
        "0p3n th3 p0d b4y!",
        "b3BlbiB0aGUgcG9kIGJheSBkb29y",
    ] {
        assert_eq!(found(&spec, text).len(), 1, "{text}");
    }
}

#[test]
fn what_is_wrong_says_where_and_what_would_be_right() {
    for (pattern, part) in [
        ("[0-9", "not a pattern"),
        (r"(a)\1", "no backreferences"),
        ("a+", "no upper limit"),
        (".{300}", "at most 1024"),
        ("a{0,3}", "one character at least"),
        ("^abc$", r"use `\b`"),
        ("", "1 to 1000 bytes"),
        (r"(?:\w{1,20}\W){10}", "KiB"),
    ] {
        let all = wrong(&spec(&[("one", pattern)], &[]));
        assert_eq!(all.len(), 1, "{pattern}");
        assert_eq!(all[0].at, "patterns/one");
        assert!(
            all[0].message.contains(part),
            "{pattern}: {}",
            all[0].message
        );
    }
    let all = wrong(&spec(&[("", "x"), ("ok", "x")], &["fine", "  "]));
    assert_eq!(
        all.iter().map(|it| it.at.as_str()).collect::<Vec<_>>(),
        ["patterns/", "denylist/1"]
    );
}

#[test]
fn too_many_are_refused() {
    let many: Vec<String> = (0..201).map(|it| format!("l{it}")).collect();
    let pairs: Vec<(&str, &str)> = many.iter().map(|it| (it.as_str(), "x1")).collect();
    assert_eq!(wrong(&spec(&pairs, &[])).len(), 1);
    assert!(Scanner::new(&spec(&pairs[1..], &[])).is_ok());
    let words = vec!["word"; 2001];
    assert_eq!(wrong(&spec(&[], &words)).len(), 1);
    assert!(Scanner::new(&spec(&[], &words[1..])).is_ok());
}

#[test]
fn only_families_that_are_asked_for_are_found() {
    let scanner = Scanner::new(&spec(&[("a", "x1")], &["no"])).unwrap();
    assert_eq!(scanner.scan("x1 no", Families::of(&[Family::Pii])).len(), 1);
    assert_eq!(
        scanner
            .scan("x1 no", Families::of(&[Family::Content]))
            .len(),
        1
    );
    assert_eq!(
        scanner.scan("x1 no", Families::of(&[Family::Secret])).len(),
        0
    );
}

//! Faults in expressions are at their letter in the document, however the text is folded.

use super::faults;

/// The place of the one fault: an attribute that nobody knows, marked in the text by itself.
#[track_caller]
fn is_at_the_mark(expression: &str) {
    let text = format!("version: '1'\nrules:\n  - id: a\n    {expression}\n");
    let (line, column) = text
        .lines()
        .enumerate()
        .find_map(|(line, text)| {
            let before = text.split_once("nowhere")?.0;
            Some((line + 1, before.chars().count() + 1))
        })
        .unwrap();
    let found = faults(&text);
    let places: Vec<(usize, usize)> = found.iter().map(|it| (it.line, it.column)).collect();
    assert_eq!(places, [(line, column)], "{text}\n{found:?}");
}

#[test]
fn without_quotes() {
    is_at_the_mark("when: true && nowhere");
    is_at_the_mark("when:   nowhere && true");
    is_at_the_mark("expression: true &&\n      true &&\n      nowhere");
}

#[test]
fn in_quotes() {
    is_at_the_mark("when: 'true && nowhere'");
    is_at_the_mark("when: '\"it''s\" == \"x\" && nowhere'");
    is_at_the_mark(r#"when: "\"a\" == \"b\" && nowhere""#);
    is_at_the_mark(r#"when: "'\\u00e4' == 'x' &&\t\x20nowhere""#);
    is_at_the_mark("when: \"true &&\n      nowhere\"");
    is_at_the_mark("when: \"'äöü' == 'x' && nowhere\"");
}

#[test]
fn in_blocks() {
    is_at_the_mark("when: |\n      true &&\n        nowhere");
    is_at_the_mark("when: >-\n      true &&\n\n      true\n      && nowhere");
    is_at_the_mark("when: |2 # as it stands\n        true && nowhere");
}

#[test]
fn of_an_alias_at_the_alias() {
    let text =
        "version: '1'\nrules:\n  - {id: a, when: &x 'principal.mfa'}\n  - {id: b, when: *x}\n";
    assert!(super::rules(text).len() == 2);
    let text = "version: '1'\nrules:\n  - {id: a, when: &x 'nowhere'}\n  - {id: b, when: *x}\n";
    let places: Vec<(usize, usize)> = faults(text).iter().map(|it| (it.line, it.column)).collect();
    assert_eq!(places.last(), Some(&(4, 19)));
}

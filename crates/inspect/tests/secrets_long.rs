//! Findings that are longer than a stream keeps back: private keys, JWTs.
#![expect(
    clippy::string_slice,
    reason = "a test stops where it finds something wrong"
)]

use inspect::secrets::Rest;
use proptest::prelude::*;

mod drawn;

/// Invented: base64 of nothing in particular.
fn key(lines: usize) -> String {
    let mut text = String::from("-----BEGIN RSA PRIVATE KEY-----\n");
    for line in 0..lines {
        text.push_str(&format!(
            "MIIEpAIBAAKCAQEA{line:02}vX9bZ+kq/Tn3Yw0dLr7GhPf5sJc8Ae1Um6Oi\n"
        ));
    }
    text.push_str("-----END RSA PRIVATE KEY-----");
    text
}

fn taken(text: &str) -> usize {
    let start = text.len().min(40);
    let head: String = text.chars().take(start).collect();
    let mut rest = Rest::of(&head);
    head.len() + rest.take(&text[head.len()..])
}

#[test]
fn a_key_ends_with_its_last_line() {
    for end in ["", "\nand more", ".", "\",\"next\":1", "-----BEGIN"] {
        let text = format!("{}{end}", key(20));
        assert_eq!(taken(&text), key(20).len(), "{end}");
    }
}

#[test]
fn a_key_without_a_last_line_ends_where_no_key_can_go_on() {
    let text = key(20).replace("-----END RSA PRIVATE KEY-----", "");
    assert_eq!(taken(&format!("{text}... and so on")), text.len());
    let two = format!("{text}{}", key(3));
    assert!(taken(&two) <= text.len() + 5);
}

#[test]
fn a_key_in_an_ssh2_file_ends_with_its_last_line() {
    let text = format!(
        "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nComment: \"a, b\"\n{}\n---- END SSH2 ENCRYPTED PRIVATE KEY ----",
        "P2/56wAAAgIAAAAmZGwtbW9kcHtzaWdue2RzYS1uaXN0LXNoYTF9LGRoe3BsYWlufX0A"
    );
    assert_eq!(taken(&format!("{text} tail")), text.len());
}

#[test]
fn a_putty_key_ends_with_its_code() {
    let text = "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: a@b\nPublic-Lines: 2\nAAAAC3NzaC1lZDI1NTE5AAAAI\nPrivate-Lines: 1\nAAAAIJ7s8kXf\nPrivate-MAC: 00ff00ff00ff00ff00ff00ff00ff00ff";
    assert_eq!(taken(&format!("{text}\nand more")), text.len());
}

#[test]
fn a_signed_token_has_two_dots() {
    let text = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJub2JvZHkifQ.c2lnbmF0dXJl";
    assert_eq!(taken(&format!("{text}. Next")), text.len());
    assert_eq!(taken(&format!("{text}\"}}")), text.len());
}

proptest! {
    #![proptest_config(drawn::cases(128))]
    #[test]
    fn the_rest_is_the_same_for_any_cut(
        lines in 0usize..6,
        tail in "[-A-Za-z \n.END]{0,40}",
        cuts in proptest::collection::vec(0usize..400, 0..6),
    ) {
        let text = format!("{}{tail}", key(lines));
        let whole = taken(&text);
        let mut cuts: Vec<usize> = cuts.into_iter().map(|it| it.min(text.len())).collect();
        cuts.push(text.len());
        cuts.sort_unstable();
        let mut rest = Rest::of(&text[..cuts[0]]);
        prop_assume!(cuts[0] > 4);
        let mut len = if rest.is_over() { whole } else { cuts[0] };
        for pair in cuts.windows(2) {
            len += rest.take(&text[pair[0]..pair[1]]);
        }
        prop_assert_eq!(len, whole);
    }
}

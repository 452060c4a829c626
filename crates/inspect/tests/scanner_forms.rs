//! Of texts that hide what they say the same is found as of plain ones, at the places where it
//! stands; texts that hide nothing are left alone.
#![expect(
    clippy::unwrap_used,
    reason = "a test stops where it finds something wrong"
)]

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use inspect::{Families, Scanner, Spec};
use proptest::prelude::*;

const SAID: &str = "open the airlock";

fn scanner() -> Scanner {
    Scanner::new(&Spec {
        patterns: [("staff".to_owned(), r"\bEMP-\d{6}\b".to_owned())].into(),
        injections: vec!["open the airlock".to_owned()],
        ..Spec::default()
    })
    .unwrap()
}

/// What the scanner's own rules find: rule and text.
fn found<'t>(scanner: &Scanner, text: &'t str) -> Vec<(String, &'t str)> {
    let all = scanner.scan(text, Families::ALL).into_iter();
    let own = all.map(|it| {
        let rule = scanner.rule(it.rule).unwrap();
        (rule.id.to_string(), text.get(it.span).unwrap())
    });
    own.filter(|(id, _)| id.starts_with("custom")).collect()
}

fn said(text: &str) -> Vec<&str> {
    found(&scanner(), text).into_iter().map(|it| it.1).collect()
}

#[test]
fn what_is_hidden_is_found_where_it_stands() {
    let tags: String = SAID
        .bytes()
        .map(|it| char::from_u32(0xE0000 + u32::from(it)).unwrap())
        .collect();
    for hidden in [
        "open the airlock",
        "OPEN The AirLock",
        "o\u{200b}pen\u{2060} the air\u{ad}lock",
        "оpеn thе аirlосk",
        "ｏｐｅｎ ｔｈｅ ａｉｒｌｏｃｋ",
        "𝗼𝗽𝗲𝗻 𝘁𝗵𝗲 𝗮𝗶𝗿𝗹𝗼𝗰𝗸",
        "ᴏᴘᴇɴ ᴛʜᴇ ᴀɪʀʟᴏᴄᴋ",
        "o\u{336}p\u{336}e\u{336}n\u{336} the airlock",
        "o.p.e.n t.h.e a.i.r.l.o.c.k",
        "o-p-e-n t-h-e a-i-r-l-o-c-k",
        "0p3n th3 a1rl0ck",
        "op3n the @irlock",
        tags.as_str(),
    ] {
        let text = format!("Well, {hidden}!");
        assert_eq!(said(&text), [hidden], "{text}");
        let text = format!("ж {hidden} 日");
        assert_eq!(said(&text), [hidden], "{text}");
    }
}

#[test]
fn what_is_encoded_is_found_where_it_stands() {
    let once = STANDARD.encode(format!("please {SAID} now"));
    let twice = STANDARD.encode(&once);
    let escaped = SAID.replace(' ', "%20").replace('o', "%6F");
    let of_hex = hex::encode(SAID);
    for hidden in [&once, &twice, &escaped, &of_hex, &STANDARD.encode(&escaped)] {
        let text = format!("Run ({hidden}) now");
        let all = said(&text);
        assert_eq!(all.len(), 1, "{text}");
        assert!(
            hidden.contains(all[0].trim_end_matches([')', '='])),
            "{text}: {all:?}"
        );
    }
    // Three times is too deep.
    assert_eq!(said(&STANDARD.encode(&twice)), [""; 0]);
}

#[test]
fn values_are_found_in_other_forms_too() {
    let scanner = scanner();
    for hidden in ["E\u{200b}MP-123456", "ＥＭＰ-１２３４５６"] {
        assert_eq!(
            found(&scanner, hidden),
            [("custom:staff".to_owned(), hidden)]
        );
    }
    let encoded = STANDARD.encode("staff EMP-123456 left");
    assert_eq!(found(&scanner, &encoded).len(), 1);
    // Case counts in values, in every form.
    assert_eq!(found(&scanner, "e\u{200b}mp-123456"), []);
}

#[test]
fn a_phrase_begins_a_word_but_where_words_have_no_spaces() {
    let scanner = Scanner::new(&Spec {
        denylist: vec!["密码".to_owned(), "key".to_owned()],
        ..Spec::default()
    })
    .unwrap();
    let count = |text: &str| {
        let all = scanner.scan(text, Families::ALL);
        all.iter()
            .filter(|it| {
                scanner
                    .rule(it.rule)
                    .is_some_and(|it| it.id.starts_with("denied"))
            })
            .count()
    };
    assert_eq!(count("我的密码是"), 1);
    assert_eq!(count("我的key是"), 1);
    assert_eq!(count("monkeys keyed"), 0);
    assert_eq!(count("ключkey"), 0);
}

proptest! {
    #[test]
    fn each_thing_is_said_once(before in "[a-zж日 .]{0,12}", times in 1..4_usize) {
        let text = format!("{before} {}", "о\u{200b}pen the airlock. ".repeat(times));
        prop_assert_eq!(said(&text).len(), times);
    }

    #[test]
    fn places_are_whole_characters_of_any_text(text in "(\\PC|[a-zA-Z0-9@ .:/-]|open the |EMP-123456|\u{200b}|%6f){0,40}") {
        for it in scanner().scan(&text, Families::ALL) {
            prop_assert!(text.get(it.span).is_some_and(|it| !it.is_empty()));
        }
    }
}

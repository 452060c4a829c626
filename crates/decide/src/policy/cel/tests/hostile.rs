//! Expressions and calls that mean harm: refused, or broken after a bounded time.

use proptest::prelude::*;

use super::*;

#[test]
fn what_is_too_large_or_too_deep_is_refused() {
    let many = |open: &str, n: usize, close: &str| open.repeat(n) + "true" + &close.repeat(n);
    let long_list = format!("1 in [{}]", vec!["1"; 1_100].join(","));
    for source in [
        many("(", 5_000, ")"),
        many("(", 4_000, ""),
        many("!", 6_000, ""),
        many("!-", 3_000, ""),
        many("[", 3_000, "]"),
        many("{1:", 2_000, "}"),
        many("has(", 2_000, ")"),
        many("true?", 1_000, ":true"),
        many("true?true:", 800, ""),
        "a.".repeat(4_000) + "a",
        "a[".repeat(2_000) + "0" + &"]".repeat(2_000),
        "1".to_owned() + &"+1".repeat(4_000),
        "true".to_owned() + &"&&true".repeat(1_000),
        "true".to_owned() + &"==true".repeat(1_000),
        "size(".repeat(1_000) + "1" + &")".repeat(1_000),
        "[1].all(a,".repeat(500) + "true" + &")".repeat(500),
        long_list,
        "\"".to_owned() + &"a".repeat(9_000) + "\" == tool.name",
    ] {
        assert!(
            Condition::compile(&source).is_err(),
            "{}",
            source.chars().take(40).collect::<String>()
        );
    }
}

#[test]
fn what_is_within_bounds_is_not_refused() {
    let names: Vec<String> = (0..900).map(|it| format!("'{it}'")).collect();
    yes(
        &format!("!(tool.name in [{}])", names.join(",")),
        &tool_call(),
    );
    let levels = "(".repeat(30) + "true" + &")".repeat(30);
    yes(&levels, &tool_call());
    yes(&("true".to_owned() + &" && true".repeat(400)), &tool_call());
}

#[test]
fn patterns_that_explode_are_refused_and_the_others_cost_what_they_take() {
    for pattern in [
        "((a{100}){100}){100}",
        "(?:a{1000}){1000}",
        "\\p{L}{2000}",
        "(".repeat(300).as_str(),
    ] {
        let source = format!("tool.name.matches(r'{pattern}')");
        assert!(Condition::compile(&source).is_err(), "{pattern}");
    }
    let mut call = tool_call();
    let text = "a".repeat(8_000_000);
    call.tool.as_mut().unwrap().arguments = Some(json!({"text": text}));
    broken("arguments.text.matches('^(a+)+$')", &call);
    call.tool.as_mut().unwrap().arguments = Some(json!({"text": "a".repeat(20_000) + "b"}));
    no("arguments.text.matches('^(a|aa)+$')", &call);
    no("arguments.text.matches(r'^(\\w+\\s?)*$') && false", &call);
}

#[test]
fn lists_and_texts_of_a_call_cannot_make_it_long() {
    let mut call = tool_call();
    let list: Vec<u32> = (0..1_000_000).collect();
    let members: serde_json::Map<String, serde_json::Value> =
        (0..200_000).map(|it| (it.to_string(), json!(it))).collect();
    call.tool.as_mut().unwrap().arguments = Some(json!({
        "list": list, "members": members, "text": "x".repeat(1_000_000),
        "texts": vec!["y".repeat(1_000); 2_000],
    }));
    for source in [
        "arguments.list.all(x, x >= 0)",
        "arguments.list.exists(x, x == -1)",
        "arguments.list.map(x, arguments.list) == []",
        "arguments.list.all(x, arguments.list.all(y, true))",
        "arguments.list == arguments.list",
        "arguments.list + arguments.list == []",
        "(-1) in arguments.list",
        "arguments.members.all(x, x != '')",
        "arguments.members == arguments.members",
        "[1, 2, 3].all(x, arguments.text + arguments.text != '')",
        "arguments.texts.map(x, x + x).map(x, x + x).all(x, x.contains('z'))",
        "arguments.texts.all(x, arguments.texts.all(y, x + y != ''))",
        "arguments.texts.all(x, x.upperAscii().lowerAscii() == x && size(x) == 1000) && arguments.texts.all(x, arguments.texts.all(y, y == x))",
        // An exhausted budget is not absorbed by what would decide.
        "arguments.list.all(x, x >= 0) || true",
    ] {
        assert_eq!(
            broken(source, &call),
            "it takes more steps than 100000",
            "{source}"
        );
    }
    yes(
        "size(arguments.list) == 1000000 && arguments.list[999999] == 999999",
        &call,
    );
    yes(
        "arguments.members['77'] == 77 && arguments.list.exists(x, x == 5)",
        &call,
    );
}

#[test]
fn odd_letters_are_read_as_they_are() {
    let mut call = tool_call();
    call.tool.as_mut().unwrap().arguments =
        Some(json!({"n": "a\0b", "ü": "✓", "rtl": "\u{202e}x"}));
    yes("arguments.n == 'a\\x00b' && arguments.n.size() == 3", &call);
    yes(
        "arguments['ü'] == '✓' && arguments['ü'].matches('^.$')",
        &call,
    );
    yes("arguments.rtl == '\\u202ex'", &call);
    for source in [
        "tool.name == 'a'\0",
        "\u{feff}true",
        "ünder == 1",
        "true \u{a0}&& true",
        "'\\ud800' == ''",
    ] {
        assert!(Condition::compile(source).is_err(), "{source:?}");
    }
}

/// Words of which anything may be put together.
const WORDS: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "?",
    ".",
    "!",
    "-",
    "+",
    "*",
    "/",
    "%",
    "==",
    "!=",
    "<",
    ">=",
    "&&",
    "||",
    "in",
    "true",
    "null",
    "0",
    "1",
    "2u",
    "1.5",
    "-9223372036854775808",
    "'a'",
    "\"ü\"",
    "r'\\'",
    "'''",
    "//",
    "\n",
    "has",
    "size",
    "x",
    "y",
    "all",
    "map",
    "filter",
    "exists_one",
    "arguments",
    "list",
    "principal",
    "groups",
    "tool",
    "name",
    "time",
    "now",
    "getHours",
    "duration",
    "'1h'",
    "timestamp",
    "int",
    "string",
    "double",
    "matches",
    "glob",
    "in_cidr",
    "'10.0.0.0/8'",
    "é",
    "\0",
    "`",
    "\\",
    "'",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn no_expression_makes_it_panic(words in proptest::collection::vec(proptest::sample::select(WORDS), 0..40), glue in any::<bool>()) {
        let source = words.join(if glue { "" } else { " " });
        if let Ok(condition) = Condition::compile(&source) {
            let _ = condition.held(&tool_call().view(Timestamp::default()));
        }
    }

    #[test]
    fn no_text_makes_it_panic(source in "\\PC{0,60}") {
        let _ = Condition::compile(&source);
    }

    #[test]
    fn a_fault_stands_within_the_text(words in proptest::collection::vec(proptest::sample::select(WORDS), 1..20)) {
        let source = words.join(" ");
        for fault in Condition::compile(&source).err().unwrap_or_default() {
            let line = source.split('\n').nth(fault.line - 1).unwrap();
            prop_assert!(fault.column <= line.chars().count() + 1, "{fault:?}");
        }
    }
}

//! Policies that would take all there is: refused when they are written, or stopped.

use std::fmt::Write as _;

use serde_json::{Value, json};
use terms::Timestamp;

use super::{compiled, document, evaluate, fault, faults, of_arguments, tool_call};
use crate::policy::rego::Program;
use crate::policy::rego::pause::MOST;

const HEAD: &str = "package p\nimport rego.v1\n";

fn repeated(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::from(HEAD), |mut all, number| {
        writeln!(all, "{}", line(number)).unwrap();
        all
    })
}

#[test]
fn rules_that_call_themselves_are_refused() {
    for rules in [
        "deny contains \"a\" if count(deny) == 0",
        "f(x) := f(x + 1)\ndeny contains \"a\" if f(1)",
        "a if b\nb if c\nc if a\ndeny contains \"a\" if a",
        "a if data.p.a\ndeny contains \"a\" if a",
    ] {
        let told = fault(rules);
        assert!(told.contains("call themselves"), "{told}");
    }
}

#[test]
fn loops_in_loops_are_stopped() {
    let rules = "deny contains \"x\" if {\n\
        some i in numbers.range(1, 9000)\n some j in numbers.range(1, 9000)\n\
        some k in numbers.range(1, 9000)\n i + j + k == 0\n}";
    let why = of_arguments(rules, json!({})).unwrap_err();
    assert!(why.starts_with("it took more than "), "{why}");
}

#[test]
fn a_policy_that_is_stopped_again_and_again_rests_until_the_second_is_over() {
    let program = compiled(
        "package p\nimport rego.v1\ndeny contains \"x\" if {\n\
        some i in numbers.range(1, 9000)\n some j in numbers.range(1, 9000)\n\
        some k in numbers.range(1, 9000)\n i + j + k == 0\n}",
    );
    let document = document(tool_call(json!({})));
    let why = |time: &str| {
        let now = Timestamp::parse(time).unwrap();
        program.evaluate(&document.view(now)).unwrap_err()
    };
    for _ in 0..MOST {
        let told = why("2026-11-25T10:30:00.9Z");
        assert!(told.starts_with("it took more than "), "{told}");
    }
    let told = why("2026-11-25T10:30:00.95Z");
    assert!(told.ends_with("rests for the second"), "{told}");
    let told = why("2026-11-25T10:30:01Z");
    assert!(told.starts_with("it took more than "), "{told}");
}

#[test]
fn ranges_and_texts_do_not_grow_without_bound() {
    for condition in [
        "numbers.range(1, 1000000000000)",
        "numbers.range(-9223372036854775808, 9223372036854775807)",
        "numbers.range_step(0, 5, 0)",
        "numbers.range_step(0, 9000000000000000000, 9000)",
        "bits.lsh(1, 1000000000)",
        "sprintf(\"%999999999d\", [1])",
        "sprintf(\"%½d\", [1])",
        "sprintf(\"%.999999999f\", [1.5])",
        "replace(input.parameters.long, \"a\", input.parameters.long)",
        "concat(input.parameters.long, numbers_as_text)",
        "strings.replace_n({\"a\": input.parameters.long}, input.parameters.long)",
        "regex.replace(substring(input.parameters.long, 0, 60000), \"a\", \"$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0\")",
        "regex.match(\"a\", input.parameters.long)",
        "regex.match(input.parameters.large, \"a\")",
    ] {
        let rules = format!(
            "numbers_as_text := [\"a\" | some i in numbers.range(1, 100)]\ndeny contains \"x\" if {condition}"
        );
        let call = json!({"long": "a".repeat(200_000), "large": "((a{100}){100}){100}"});
        let why = of_arguments(&rules, call).unwrap_err();
        assert!(why.starts_with("line "), "{condition}: {why}");
    }
    // Doubling, step by step.
    let mut rules = String::from("deny contains \"x\" if {\nx0 := \"aaaaaaaaaa\"\n");
    for step in 0..60 {
        writeln!(
            rules,
            "x{} := concat(x{step}, [\"a\", \"b\", \"c\"])",
            step + 1
        )
        .unwrap();
    }
    rules.push('}');
    assert!(of_arguments(&rules, json!({})).is_err());
    let mut rules = String::from("deny contains \"x\" if {\nx0 := 99999999999\n");
    for step in 0..40 {
        writeln!(rules, "x{} := x{step} * x{step}", step + 1).unwrap();
    }
    rules.push('}');
    assert!(of_arguments(&rules, json!({})).is_err());
}

#[test]
fn values_that_hold_themselves_twice_are_refused() {
    let doubling = repeated(60, |it| format!("a{} := [a{it}, a{it}]", it + 1))
        + "a0 := 1\ndeny contains \"x\" if a60 == a59";
    let told = faults(&doubling);
    assert!(told[0].contains("double"), "{told:?}");
    // What only looks like it is taken.
    let messages = repeated(40, |it| {
        format!(
            "deny contains msg if {{ x := input.session; x == \"{it}\"; msg := sprintf(\"%s %s\", [x, x]) }}"
        )
    });
    compiled(&messages);
    let lists = repeated(60, |it| {
        format!(
            "a{} := [k | some k in [1]; k == 1; count(a{it}) == k]",
            it + 1
        )
    }) + "a0 := [1]\ndeny contains \"x\" if a60 == a59";
    compiled(&lists);
}

#[test]
fn patterns_that_are_too_large_are_refused() {
    let told = fault("deny contains \"x\" if regex.match(`((a{100}){100}){100}`, input.session)");
    assert!(told.starts_with("3:34 the pattern is too large"), "{told}");
    let told = fault("deny contains \"x\" if regex.match(`(a`, input.session)");
    assert!(told.contains("no regular expression"), "{told}");
    // What is catastrophic elsewhere is linear here.
    let rules = "deny contains \"x\" if regex.match(`^(a+)+$`, input.parameters.a)";
    let said = of_arguments(rules, json!({"a": "a".repeat(5_000) + "b"})).unwrap();
    assert!(said.refusal.is_none());
}

#[test]
fn texts_that_are_too_large_or_too_deep_are_refused() {
    let told = faults(&"a".repeat(300_000));
    assert!(told[0].contains("262144 bytes"), "{told:?}");
    for deep in [
        format!("{}1{}", "[".repeat(5_000), "]".repeat(5_000)),
        format!("{}1", "-".repeat(5_000)),
        "(".repeat(100_000),
        format!("1{}", "\n + 1".repeat(5_000)),
        format!("1{}", "\n+\na".repeat(5_000)),
        format!("input.session{}", ".a".repeat(400)),
        format!("input.session{}", "[0]".repeat(300)),
        format!("[{}]", "\"a\",".repeat(400)),
    ] {
        let source = format!("{HEAD}deny contains \"x\" if 1 == {deep}\n");
        assert!(Program::compile(&source).is_err(), "{}", deep.len());
    }
    let many = repeated(101, |it| format!("import input.session as s{it}"));
    assert!(faults(&many)[0].contains("may import 100"));
    let long =
        repeated(1, |_| "deny contains \"x\" if {".to_owned()) + &"true\n".repeat(3_000) + "}";
    assert!(
        faults(&long)[0].contains("statements"),
        "{:?}",
        faults(&long)
    );
}

#[test]
fn what_is_deep_but_may_be_is_evaluated() {
    let chain = repeated(800, |it| format!("r{it} := r{}", it + 1))
        + "r800 := 1\ndeny contains \"x\" if r0 == 1";
    let said = evaluate(&compiled(&chain), tool_call(json!({}))).unwrap();
    assert!(said.refusal.is_some());
    let calls = repeated(500, |it| format!("f{it}(x) := f{}(x)", it + 1))
        + "f500(x) := x\ndeny contains \"x\" if f0(1) == 1";
    assert!(
        evaluate(&compiled(&calls), tool_call(json!({})))
            .unwrap()
            .refusal
            .is_some()
    );
    let sum = format!("{HEAD}deny contains \"x\" if 0 < 1{}", "\n + 1".repeat(900));
    assert!(
        evaluate(&compiled(&sum), tool_call(json!({})))
            .unwrap()
            .refusal
            .is_some()
    );
    let loops = repeated(1, |_| "deny contains \"x\" if {".to_owned())
        + &(0..300).fold(String::new(), |all, it| {
            all + &format!("some x{it} in [1]\n")
        })
        + "}";
    let _ = evaluate(&compiled(&loops), tool_call(json!({})));
    let endless = repeated(6_000, |it| format!("r{it} := r{}", it + 1))
        + "r6000 := 1\ndeny contains \"x\" if r0 == 1";
    assert!(faults(&endless)[0].contains("too deeply"));
}

#[test]
fn ten_thousand_rules_are_only_slow() {
    let source = repeated(10_000, |it| {
        format!("deny contains \"x\" if input.session == \"{it}\"")
    });
    // However long it takes here, it says something, or is stopped.
    match Program::compile(&source) {
        Ok(program) => match evaluate(&program, tool_call(json!({}))) {
            Ok(said) => assert!(said.refusal.is_none()),
            Err(why) => assert!(why.starts_with("it took more than "), "{why}"),
        },
        Err(faults) => assert!(faults[0].message.contains("bytes"), "{faults:?}"),
    }
}

#[test]
fn arguments_that_are_too_deep_or_too_many_are_an_error() {
    let rules = "deny contains \"x\" if input.parameters.a == 1";
    let deep = (0..100).fold(json!(1), |inner, _| json!([inner]));
    assert!(of_arguments(rules, json!({"a": deep})).is_err());
    let wide: Vec<Value> = (0..60_000).map(Value::from).collect();
    assert!(of_arguments(rules, json!({"a": wide})).is_err());
    // Where they are not read, they do no harm.
    let rules = "deny contains \"x\" if input.user.id == \"bob\"";
    let deep = (0..100).fold(json!(1), |inner, _| json!([inner]));
    assert!(of_arguments(rules, json!({"a": deep})).is_ok());
}

#[test]
fn no_text_breaks_the_compiler() {
    let whole = "package p\nimport rego.v1\ndefault allow := false\nallow if { some x in \
                 input.user.roles; x == `a`; regex.match(\"[a\\\"b]\", x) }\n# é\ndeny contains \
                 sprintf(\"%d\", [1]) if not {1: [2]}[input.session]\n";
    for (end, _) in whole.char_indices() {
        let (first, second) = whole.split_at(end);
        let _ = Program::compile(first);
        let _ = Program::compile(second);
        let _ = Program::compile(&format!("{first}\u{0}é\"{second}"));
    }
}

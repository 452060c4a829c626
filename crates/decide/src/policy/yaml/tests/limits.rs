//! Texts that are too much: refused, and soon.

use super::{faults, rules};

fn with_names(count: usize) -> String {
    let names: Vec<String> = (0..count).map(|it| format!("m{it}")).collect();
    let names = names.join(",");
    format!("version: '1'\nrules: [{{conditions: {{model: {{denylist: [{names}]}}}}}}]")
}

fn with_rules(count: usize) -> String {
    let mut text = "version: '1'\nrules:\n".to_owned();
    for number in 0..count {
        text.push_str(&format!(
            "  - conditions: {{model: {{denylist: [m{number}]}}}}\n"
        ));
    }
    text
}

#[track_caller]
fn first(text: &str) -> String {
    let found = faults(text);
    let fault = found.first().unwrap();
    format!("{}:{} {}", fault.line, fault.column, fault.message)
}

#[test]
fn a_text_of_more_than_a_mebibyte_is_refused() {
    let text = format!("version: '1' # {}", "x".repeat(1 << 20));
    assert_eq!(first(&text), "1:1 the text is larger than 1 MiB");
}

#[test]
fn ten_thousand_rules_compile_and_one_more_does_not() {
    assert_eq!(rules(&with_rules(10_000)).len(), 10_000);
    assert_eq!(
        first(&with_rules(10_001)),
        "3:3 10001 rules; 10000 is the most"
    );
}

#[test]
fn ten_thousand_names_compile_and_one_more_does_not() {
    assert_eq!(rules(&with_names(10_000)).len(), 1);
    assert!(first(&with_names(10_001)).ends_with("'denylist' has 10001 names; 10000 is the most"));
}

#[test]
fn a_name_has_at_most_512_characters() {
    let text = |length: usize| {
        let name = "ä".repeat(length);
        format!("version: '1'\nrules: [{{conditions: {{model: {{denylist: [{name}]}}}}}}]")
    };
    assert_eq!(rules(&text(512)).len(), 1);
    assert!(first(&text(513)).contains("longer than 512 characters"));
}

#[test]
fn a_rule_has_at_most_64_conditions() {
    let text = |count: usize| {
        let arguments = "{name: a, denylist: [b]},".repeat(count);
        format!("version: '1'\nrules: [{{conditions: {{mcp_arg: [{arguments}]}}}}]")
    };
    assert_eq!(rules(&text(64)).first().unwrap().tests.len(), 64);
    assert!(first(&text(65)).contains("a rule with 65 conditions; 64 is the most"));
}

#[test]
fn aliases_are_counted_in_full() {
    let mut text = "version: '1'\nx0: &x0 [a, a, a, a, a, a, a, a, a, a]\n".to_owned();
    for level in 1..12 {
        let below = format!("*x{},", level - 1).repeat(10);
        text.push_str(&format!("x{level}: &x{level} [{below}]\n"));
    }
    assert!(first(&text).contains("more than 500000 values, aliases counted in full"));
}

#[test]
fn nesting_is_bounded() {
    let text = |one: &str, levels: usize| format!("rules:\n  {}", one.repeat(levels));
    for one in ["[", "{a: ", "- "] {
        assert!(first(&text(one, 100)).contains("nested deeper than 64 levels"));
        let deep = first(&text(one, 100_000));
        let bounded = ["nested deeper than 64 levels", "recursion limit exceeded"];
        assert!(bounded.iter().any(|it| deep.contains(it)), "{deep}");
    }
}

#[test]
fn patterns_are_bounded_together() {
    let text = |count: usize| {
        let rule = format!(
            "  - conditions: {{mcp_arg: [{}]}}\n",
            "{name: a, pattern: x},".repeat(64)
        );
        let last = format!(
            "  - conditions: {{mcp_arg: [{}]}}\n",
            "{name: a, pattern: x},".repeat(count % 64)
        );
        let last = if count.is_multiple_of(64) { "" } else { &last };
        format!("version: '1'\nrules:\n{}{last}", rule.repeat(count / 64))
    };
    assert_eq!(rules(&text(4096)).len(), 64);
    let fault = first(&text(4097));
    assert!(
        fault.starts_with("67:") && fault.contains("too large together"),
        "{fault}"
    );
}

#[test]
fn a_schema_whose_references_double_its_work_is_refused() {
    let mut defs = "d0: {type: string}".to_owned();
    for level in 1..40 {
        let below = format!("{{$ref: '#/$defs/d{}'}}", level - 1);
        defs.push_str(&format!(", d{level}: {{anyOf: [{below}, {below}]}}"));
    }
    let schema = format!("{{$ref: '#/$defs/d39', $defs: {{{defs}}}}}");
    let text = format!(
        "version: '1'\nrules: [{{conditions: {{mcp_arg: [{{name: a, schema: {schema}}}]}}}}]"
    );
    assert!(first(&text).contains("references counted in full"));
}

#[test]
fn a_hundred_faults_are_told_and_the_others_counted() {
    let text = format!(
        "version: '1'\nrules:\n{}",
        "  - {conditions: {}}\n".repeat(150)
    );
    let found = faults(&text);
    assert_eq!(found.len(), 101);
    let last = found.last().unwrap();
    assert_eq!(last.message, "50 faults more from here on");
    assert_eq!(last.line, 103);
}

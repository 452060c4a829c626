//! The rules by which policies decide, and their values.

use serde_json::json;
use terms::Reason;

use super::{compiled, evaluate, of_arguments, outcome, refusal, tool_call};
use crate::policy::uses::Uses;

#[test]
fn allow_must_be_true_and_nothing_else() {
    let says = |value: &str| {
        let rules = format!("allow := {value}");
        refusal(&of_arguments(&rules, json!({})).unwrap()).map(|(rule, _)| rule.to_owned())
    };
    assert_eq!(says("true"), None);
    for value in [
        "false",
        "1",
        "\"true\"",
        "null",
        "[true]",
        "{\"allow\": false}",
    ] {
        assert_eq!(says(value).as_deref(), Some("allow"), "{value}");
    }
    assert_eq!(says("{\"allow\": true}"), None);
    // Undefined.
    let said = of_arguments("allow if input.tool_name == \"other\"", json!({})).unwrap();
    assert_eq!(refusal(&said), Some(("allow", vec![])));
    let said = of_arguments("default allow := true", json!({})).unwrap();
    assert_eq!(refusal(&said), None);
}

#[test]
fn an_answer_may_be_an_object_with_its_reason_and_what_to_take_out() {
    let rules = r#"
allow := {"allow": false, "audit_reason": "not at night", "filtered_parameters": ["token"]}"#;
    let said = of_arguments(rules, json!({"token": "t"})).unwrap();
    assert_eq!(refusal(&said), Some(("allow", vec!["not at night"])));
    assert_eq!(said.removed, ["token".into()]);
}

#[test]
fn deny_gives_messages_and_goes_before_allow() {
    let rules = r#"
allow := false
deny contains "first"
deny contains {"msg": "second"} if input.user.id == "alice"
deny contains "never" if input.user.id == "bob""#;
    let said = of_arguments(rules, json!({})).unwrap();
    assert_eq!(refusal(&said), Some(("deny", vec!["first", "second"])));
    let said = of_arguments("deny := true", json!({})).unwrap();
    assert_eq!(refusal(&said), Some(("deny", vec![])));
    for nothing in [
        "deny := false",
        "deny := []",
        "deny contains \"x\" if false",
    ] {
        assert_eq!(refusal(&of_arguments(nothing, json!({})).unwrap()), None);
    }
}

#[test]
fn a_message_that_is_a_reason_is_the_reason() {
    let said = of_arguments("deny contains \"role_not_allowed\"", json!({})).unwrap();
    assert_eq!(said.refusal.unwrap().reason(), Some(Reason::RoleNotAllowed));
    let said = of_arguments("deny contains \"token_expired\"", json!({})).unwrap();
    assert_eq!(said.refusal.unwrap().reason(), None);
}

#[test]
fn approvals_and_warnings_are_asked_for() {
    let rules = r#"
require_approval contains "large" if input.parameters.amount > 100
warn contains sprintf("%v is much", [input.parameters.amount]) if input.parameters.amount > 50"#;
    let said = of_arguments(rules, json!({"amount": 120})).unwrap();
    assert_eq!(&*said.approval.unwrap().messages[0], "large");
    assert_eq!(&*said.warnings[0], "120 is much");
    let said = of_arguments(rules, json!({"amount": 60})).unwrap();
    assert!(said.approval.is_none() && said.warnings.len() == 1);
    let said = of_arguments("warn := true", json!({})).unwrap();
    assert_eq!(said.warnings.len(), 1);
}

#[test]
fn parameters_are_taken_out_by_name_or_by_what_stays() {
    let call = json!({"query": "q", "password": "p", "limit": 5});
    let names = "allow := true\nfiltered_parameters contains \"password\"";
    let said = of_arguments(names, call.clone()).unwrap();
    assert_eq!(said.removed, ["password".into()]);
    let stays = "allow := true\n\
        filtered_parameters := {k: v | some k, v in input.parameters; k != \"password\"}";
    let said = of_arguments(stays, call.clone()).unwrap();
    assert_eq!(said.removed, ["password".into()]);
    let nested = json!({"b": {"z": 1, "a": [2.0]}, "n": 1.0, "password": "p"});
    assert_eq!(
        of_arguments(stays, nested).unwrap().removed,
        ["password".into()]
    );
    // What it would rewrite is taken out: values are never changed.
    let masks = "allow := true\nfiltered_parameters := object.union(input.parameters, {\"password\": \"***\"})";
    let said = of_arguments(masks, call.clone()).unwrap();
    assert_eq!(said.removed, ["password".into()]);
    for wrong in ["5", "\"password\"", "[1]", "{\"secret\": true}"] {
        let rules = format!("allow := true\nfiltered_parameters := {wrong}");
        assert!(of_arguments(&rules, call.clone()).is_err(), "{wrong}");
    }
}

#[test]
fn an_object_of_what_stays_is_held_against_all_that_there_is() {
    let reads = |rules: &str| {
        let program = compiled(&format!("package p\nimport rego.v1\n{rules}"));
        program.uses().meets(Uses::ARGUMENTS)
    };
    let nothing_stays = r#"allow := {"allow": true, "filtered_parameters": {}}"#;
    let said = of_arguments(nothing_stays, json!({"a": 1})).unwrap();
    assert_eq!(said.removed, ["a".into()]);
    assert!(reads(nothing_stays));
    assert!(reads("allow := true\nfiltered_parameters := {}"));
    assert!(!reads("allow := true\nfiltered_parameters contains \"a\""));
    assert!(!reads("allow := true"));
}

#[test]
fn an_error_is_an_error_and_never_nothing() {
    for rules in [
        "deny contains \"x\" if to_number(input.parameters.a) > 5",
        "deny contains \"x\" if not to_number(input.parameters.a) > 5",
        "deny contains \"x\" if input.parameters.a + 1 > 5",
        "deny contains \"x\" if 1 / (input.parameters.n - 3) > 5",
        "deny contains \"x\" if count([y | y := to_number(input.parameters.a)]) > 0",
        "f(x) := to_number(x)\ndeny contains \"x\" if f(input.parameters.a) > 0",
        "r := 1 if input.parameters.n == 3\nr := 2 if input.parameters.a\ndeny contains \"x\" if r == 1",
        "f(_) := 1\nf(_) := 2\ndeny contains \"x\" if f(1) == 1",
        "deny contains \"x\" if regex.match(input.parameters.open, \"a\")",
        "deny := 5",
    ] {
        let call = json!({"a": "secret-text", "n": 3, "open": "("});
        let why = of_arguments(rules, call).unwrap_err();
        assert!(!why.contains("secret-text"), "{why}");
    }
    let why = of_arguments(
        "deny contains \"x\" if to_number(input.parameters.a) > 5",
        json!({"a": "b"}),
    );
    let why = why.unwrap_err();
    assert!(why.starts_with("line 3, column "), "{why}");
}

#[test]
fn what_is_missing_is_undefined() {
    let rules = "deny contains \"x\" if startswith(input.parameters.nope, \"a\")";
    assert_eq!(refusal(&of_arguments(rules, json!({})).unwrap()), None);
    let rules = "deny contains \"x\" if not startswith(input.parameters.nope, \"a\")";
    assert!(of_arguments(rules, json!({})).unwrap().refusal.is_some());
}

#[test]
fn the_old_version_of_the_language_is_read_too() {
    let old = r#"
package mcp.gateway
import future.keywords.in

default allow = false

allow {
    "developer" in input.user.roles
}

deny[msg] {
    input.parameters.path == "/etc"
    msg := sprintf("no %s", [input.parameters.path])
}

warn["old"] { true }
"#;
    let said = outcome(old, tool_call(json!({"path": "/etc"})));
    assert_eq!(refusal(&said), Some(("deny", vec!["no /etc"])));
    assert_eq!(&*said.warnings[0], "old");
    let said = outcome(old, tool_call(json!({})));
    assert_eq!(refusal(&said), None);
    // Version 1 needs no import.
    let said = outcome("package p\nallow if true", tool_call(json!({})));
    assert_eq!(refusal(&said), None);
}

#[test]
fn packages_have_any_name() {
    for package in ["a", "a.b.c", "a[\"b-c\"].d", "gateway.allow"] {
        let source = format!("package {package}\nimport rego.v1\ndeny contains \"x\"");
        let said = outcome(&source, tool_call(json!({})));
        assert_eq!(refusal(&said), Some(("deny", vec!["x"])), "{package}");
    }
    let source =
        "package a.b\nimport rego.v1\nmine := 1\ndeny contains \"x\" if data.a.b.mine == 1";
    assert!(outcome(source, tool_call(json!({}))).refusal.is_some());
}

#[test]
fn the_moment_is_the_calls() {
    let rules = "deny contains msg if {\n\tnow := time.now_ns()\n\tmsg := sprintf(\"%v %d\", [time.weekday(now), now])\n}";
    let said = of_arguments(rules, json!({})).unwrap();
    assert_eq!(
        refusal(&said),
        Some(("deny", vec!["Wednesday 1795602600000000000"]))
    );
    let rules = "deny contains \"x\" if time.now_ns( ) - input.time.unix_ns == 0";
    assert!(of_arguments(rules, json!({})).unwrap().refusal.is_some());
    // Not in texts and comments.
    let rules = "deny contains \"time.now_ns()\" # time.now_ns()";
    let said = of_arguments(rules, json!({})).unwrap();
    assert_eq!(refusal(&said), Some(("deny", vec!["time.now_ns()"])));
}

#[test]
fn the_functions_of_our_own_do_what_they_did() {
    for condition in [
        "concat(\", \", [\"a\", \"b\"]) == \"a, b\"",
        "concat(\"\", {\"b\", \"a\"}) == \"ab\"",
        "replace(\"banana\", \"an\", \"x\") == \"bxxa\"",
        "strings.replace_n({\"a\": \"b\"}, \"aa\") == \"bb\"",
        "array.concat([1], [2]) == [1, 2]",
        "base64.encode(\"a?~\") == \"YT9+\"",
        "base64url.encode(\"a?~\") == \"YT9-\"",
        "base64url.encode_no_pad(\"a\") == \"YQ\"",
        "hex.encode(\"az\") == \"617a\"",
        "bits.lsh(3, 2) == 12",
        "numbers.range(1, 3) == [1, 2, 3]",
        "numbers.range(3, 1) == [3, 2, 1]",
        "numbers.range_step(0, 10, 4) == [0, 4, 8]",
        "json.marshal({\"a\": [1, \"b\"]}) == `{\"a\":[1,\"b\"]}`",
        "regex.match(`^[a-z]+$`, \"abc\")",
        "not regex.match(`^[a-z]+$`, \"ABC\")",
        "regex.find_n(`[0-9]`, \"a1b2\", -1) == [\"1\", \"2\"]",
        "regex.find_n(`[0-9]`, \"a1b2\", 1) == [\"1\"]",
        "regex.find_all_string_submatch_n(`a(.)`, \"axay\", -1) == [[\"ax\", \"x\"], [\"ay\", \"y\"]]",
        "regex.split(`,`, \"a,b\") == [\"a\", \"b\"]",
        "regex.replace(\"foo bar\", `(o+)`, \"<$1>\") == \"f<oo> bar\"",
        "sprintf(\"%s %v %d %q\", [\"a\", [1, \"b\"], 7, \"c\"]) == `a [1,\"b\"] 7 \"c\"`",
        "sprintf(\"%5d|%-4s|%04d|%.2f|%x|%t|%%\", [42, \"a\", -7, 1.5, 255, true]) == \"   42|a   |-007|1.50|ff|true|%\"",
        "count([p | walk({\"a\": {\"b\": 1}}, [p, _])]) == 3",
        "net.cidr_contains(\"10.0.0.0/8\", \"10.1.2.3\")",
        "glob.match(\"*.example.com\", [\".\"], \"api.example.com\")",
        "semver.compare(\"1.2.0\", \"1.10.0\") == -1",
    ] {
        let rules = format!("deny contains \"x\" if {{ {condition} }}");
        let said =
            of_arguments(&rules, json!({})).unwrap_or_else(|why| panic!("{condition}: {why}"));
        assert!(said.refusal.is_some(), "{condition}");
    }
}

#[test]
fn what_depends_on_unknown_arguments_is_undecided() {
    let source = r#"
package p
import rego.v1
default allow := false
allow if input.user.role == "developer"
destructive if contains(lower(input.parameters.query), "drop")
deny contains "no" if not destructive
require_approval contains "ask" if input.tool.sensitivity == "critical"
filtered_parameters := {k: v | some k, v in input.parameters; k != "x"}"#;
    let program = compiled(source);
    let mut call = tool_call(json!(null));
    call["tool"]["arguments_unknown"] = json!(true);
    let said = evaluate(&program, call.clone()).unwrap();
    assert!(said.undecided && said.refusal.is_none(), "{said:?}");
    // What needs no arguments is decided all the same.
    call["principal"]["role"] = json!("viewer");
    let said = evaluate(&program, call.clone()).unwrap();
    assert_eq!(refusal(&said), Some(("allow", vec![])));
    call["principal"]["role"] = json!("developer");
    call["tool"]["sensitivity"] = json!("critical");
    assert!(evaluate(&program, call).unwrap().approval.is_some());
    let known = evaluate(&program, tool_call(json!({"query": "drop"}))).unwrap();
    assert!(!known.undecided && known.refusal.is_none());
}

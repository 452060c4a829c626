//! What is refused when a policy is written.

use super::{fault, faults};
use crate::policy::rego::Program;
use crate::policy::uses::Uses;

#[test]
fn syntax_errors_have_their_place() {
    assert_eq!(
        fault("deny contains \"a\" if { input.action == "),
        "3:40 expecting expression"
    );
    let old = faults("package p\nallow { input.action == }");
    assert_eq!(old.len(), 1);
    assert!(old[0].starts_with("2:7 expecting"), "{old:?}");
    assert!(faults("")[0].starts_with("1:1 "), "{:?}", faults(""));
    assert!(faults("rules:\n  - id: x\n")[0].starts_with("1:1 "));
}

#[test]
fn a_policy_decides_something() {
    let told = fault("x := 1");
    assert!(told.contains("decides nothing"), "{told}");
    let told = fault("filtered_parameters contains \"x\"");
    assert!(told.contains("decides nothing"), "{told}");
    let told = fault("deny(x) := x");
    assert!(told.contains("can't take arguments"), "{told}");
    let told = fault("deny.models := true");
    assert!(told.starts_with("3:1 "), "{told}");
}

#[test]
fn functions_that_leave_the_sandbox_are_refused_by_name() {
    for (call, advice) in [
        ("http.send({\"method\": \"get\"})", "can't call out"),
        ("net.lookup_ip_addr(\"a\")", "net.cidr_contains"),
        ("net.cidr_expand(\"10.0.0.0/8\")", "net.cidr_contains"),
        ("opa.runtime()", "environment"),
        ("rand.intn(\"x\", 5)", "same decision"),
        ("uuid.rfc4122(\"x\")", "same decision"),
        ("io.jwt.decode(\"x\")", "input.principal"),
        ("print(\"x\")", "dry run"),
        ("trace(\"x\")", "dry run"),
    ] {
        let told = fault(&format!("deny contains \"a\" if {call}"));
        assert!(told.starts_with("3:22 ") && told.contains(advice), "{told}");
    }
    // In a rule that nothing calls, too.
    let told = fault("deny contains \"a\"\nx := http.send({})");
    assert!(told.starts_with("4:6 "), "{told}");
    let told = fault("deny contains \"a\" if start_with(\"a\", \"b\")");
    assert!(told.contains("did you mean `startswith`"), "{told}");
    let told = fault("deny contains \"a\" if crypto.sha256(\"a\") == \"b\"");
    assert!(told.contains("no function `crypto.sha256`"), "{told}");
    let told = fault("deny contains \"a\" if time.now_ns(x)");
    assert!(told.contains("now := time.now_ns()"), "{told}");
}

#[test]
fn attributes_that_are_not_there_are_refused() {
    let told = fault("deny contains \"a\" if input.usr.id == \"b\"");
    assert!(told.contains("`input.user.id`"), "{told}");
    let told = fault("deny contains \"a\" if input.principal[\"rolle\"] == \"b\"");
    assert!(told.contains("`input.principal.role`"), "{told}");
    let told = fault("deny contains \"a\" if input.tool.category == \"b\"");
    assert!(told.contains("no `input.tool.category`"), "{told}");
    let unbuilt = Program::compile("package p\ndeny contains \"a\" if input.budget.used > 1");
    let unbuilt = unbuilt.unwrap_err();
    assert!(unbuilt[0].unbuilt, "{unbuilt:?}");
    // Below what callers send, anything may be.
    let open = "package p\ndeny contains \"a\" if input.parameters.any.thing == input.tool.arguments[\"x\"]";
    assert!(Program::compile(open).is_ok());
}

#[test]
fn there_is_no_data_but_its_own_rules() {
    for rules in [
        "deny contains \"a\" if data.roles.admin == 1",
        "deny contains \"a\" if data.p.nothing == 1",
        "deny contains \"a\" if data[\"q\"].x == 1",
        "import data.roles\ndeny contains \"a\" if roles.x == 1",
        "deny contains \"a\" if some x in data",
    ] {
        let told = fault(rules);
        assert!(told.contains("nothing under `data`"), "{told}");
    }
}

#[test]
fn values_that_are_never_given_are_refused() {
    let told = fault("deny contains msg if input.action == \"b\"");
    assert_eq!(told, "3:15 `msg` has no value anywhere in this rule");
    let told = faults("package p\ndeny[msg] { input.action == \"b\" }");
    assert!(told[0].contains("`msg` has no value"), "{told:?}");
    let told = fault("deny contains \"a\" if x == 1");
    assert!(told.contains("`x`") && told.contains("unsafe"), "{told}");
    let told = fault("deny contains \"a\" if true\nx if y with input as {}\ny := 1");
    assert!(told.contains("`with` is for tests"), "{told}");
    for fine in [
        "deny contains msg if msg := \"a\"",
        "deny contains msg if some msg in [\"a\"]",
        "why := \"x\"\ndeny contains why if true",
        "deny contains name if { some name, _ in input.parameters }",
    ] {
        let source = format!("package p\nimport rego.v1\n{fine}");
        assert!(Program::compile(&source).is_ok(), "{fine}");
    }
}

#[test]
fn the_name_input_is_taken() {
    for rules in [
        "deny contains \"a\" if { input := {\"action\": 1}; input.action == 1 }",
        "input := 1\ndeny contains \"a\" if input.action == 1",
    ] {
        let told = fault(rules);
        assert!(told.contains("shadowed"), "{told}");
    }
}

#[test]
fn every_fault_is_told_in_the_order_of_the_text() {
    let told = faults(
        "package p\nimport rego.v1\ndeny contains \"a\" if input.nope == 1\nwarn contains \"b\" if http.send({})\n",
    );
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].starts_with("3:22 ") && told[1].starts_with("4:22 "));
}

#[test]
fn a_policy_tells_what_it_reads() {
    let uses = |rules: &str| {
        let source = format!("package p\nimport rego.v1\n{rules}");
        Program::compile(&source).unwrap().uses()
    };
    assert_eq!(uses("deny contains \"a\""), Uses::NONE);
    assert_eq!(
        uses("deny contains \"a\" if input.user.role == \"b\""),
        Uses::PRINCIPAL
    );
    assert_eq!(uses("deny contains \"a\" if time.now_ns() > 1"), Uses::TIME);
    // Through rules, functions, imports; not what nothing calls.
    let rules = "r := input.tool.name\nf(x) := x == input.session\nz := input.region\n\
                 deny contains \"a\" if f(r)";
    assert_eq!(uses(rules), Uses::TOOL.and(Uses::SESSION));
    // Not even where a variable of the same name stands beside.
    let hidden = "r := input.user.role\ndeny contains \"a\" if { r == \"b\"; [1 | r := 1] != [] }";
    assert_eq!(uses(hidden), Uses::PRINCIPAL);
    let imported = "import input.parameters as p\ndeny contains \"a\" if p.x";
    assert_eq!(uses(imported), Uses::ARGUMENTS);
    let all = uses("deny contains \"a\" if count(input) > 0");
    assert!(all.meets(Uses::ARGUMENTS) && all.meets(Uses::ADDRESS));
    let dynamic = uses("deny contains \"a\" if { some x; input.tool[x] == \"y\" }");
    assert!(dynamic.meets(Uses::ARGUMENTS) && !dynamic.meets(Uses::TIME));
}

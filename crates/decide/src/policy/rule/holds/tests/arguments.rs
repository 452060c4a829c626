//! Conditions on the arguments of tool calls.

use serde_json::{Value, json};

use super::all;
use crate::policy::rule::Held::{self, No, Undecided, Yes};

fn call(arguments: Value) -> Value {
    json!({"tool": {"server": "crm", "name": "t", "arguments": arguments}})
}

/// Cases of the argument `a`.
fn with(cases: &[(Value, Held)]) -> Vec<(Value, Held)> {
    cases
        .iter()
        .map(|(value, held)| (call(json!({ "a": value })), held.clone()))
        .collect()
}

#[test]
fn a_pattern_is_searched_for_in_an_arguments_text_and_in_all_that_it_holds() {
    let conditions = r"{mcp_arg: [{name: a, pattern: '^/etc/|drop\s+table'}]}";
    all(
        conditions,
        &with(&[
            (json!("/etc/passwd"), Yes),
            (json!("x; drop  table users"), Yes),
            (json!("/home/etc/"), No),
            (json!(["/tmp", "/etc/shadow"]), Yes),
            (json!({"path": ["/etc/shadow"]}), Yes),
            (json!([]), No),
            (Value::Null, No),
        ]),
    );
    all(conditions, &[(call(json!({"b": "/etc/"})), No)]);
    all(conditions, &[(call(Value::Null), No)]);
}

#[test]
fn numbers_and_truth_are_compared_by_their_json() {
    all(
        "{mcp_arg: [{name: a, denylist: [7, true, null, '2.50']}]}",
        &with(&[
            (json!(7), Yes),
            (json!(7.0), Yes),
            (json!("7"), Yes),
            (json!(70), No),
            (json!(-7), No),
            (json!(true), Yes),
            (json!(false), No),
            (Value::Null, Yes),
            (json!(2.5), No),
            (json!("2.50"), Yes),
        ]),
    );
    all(
        "{mcp_arg: [{name: a, denylist: [1.0, 0x10]}]}",
        &with(&[(json!(1), Yes), (json!(1.0), Yes), (json!(16), Yes)]),
    );
    all(
        r"{mcp_arg: [{name: a, pattern: '^\d{4,}$'}]}",
        &with(&[(json!(999), No), (json!(1000), Yes)]),
    );
}

#[test]
fn an_allow_list_holds_for_what_is_not_on_it_and_for_what_is_not_there() {
    let conditions = "{mcp_arg: [{name: a, allowlist: [read, 'list_*']}]}";
    all(
        conditions,
        &with(&[
            (json!("read"), No),
            (json!("list_all"), No),
            (json!("write"), Yes),
            (json!(["read", "list_all"]), No),
            (json!(["read", "write"]), Yes),
            (json!([]), No),
            (json!({"x": "read"}), Yes),
            (Value::Null, Yes),
        ]),
    );
    all(
        conditions,
        &[(call(json!({})), Yes), (call(Value::Null), Yes)],
    );
}

#[test]
fn a_deny_list_holds_for_any_element_and_not_for_what_is_not_there() {
    let conditions = "{mcp_arg: [{name: a, denylist: ['*.exe', root]}]}";
    all(
        conditions,
        &with(&[
            (json!("root"), Yes),
            (json!(["x", ["setup.exe"]]), Yes),
            (json!({"to": "root"}), Yes),
            (json!("Root"), No),
            (json!([]), No),
        ]),
    );
    all(
        conditions,
        &[(call(json!({})), No), (call(Value::Null), No)],
    );
}

#[test]
fn a_pointer_leads_into_the_arguments() {
    let conditions = "{mcp_arg: [{name: /options/0/a~1b, denylist: [x]}]}";
    all(
        conditions,
        &[
            (call(json!({"options": [{"a/b": "x"}]})), Yes),
            (call(json!({"options": [{"a/b": "y"}]})), No),
            (call(json!({"options": []})), No),
            (call(json!({"/options/0/a~1b": "x"})), No),
        ],
    );
}

#[test]
fn a_schema_is_violated_by_what_does_not_satisfy_it_and_by_what_is_not_there() {
    let conditions = "{mcp_arg: [{name: a, schema: {type: integer, maximum: 100}}]}";
    all(
        conditions,
        &with(&[
            (json!(100), No),
            (json!(101), Yes),
            (json!("7"), Yes),
            (Value::Null, Yes),
        ]),
    );
    all(
        conditions,
        &[(call(json!({})), Yes), (call(Value::Null), Yes)],
    );
}

#[test]
fn a_schema_without_a_name_is_of_all_arguments() {
    let conditions = "{mcp_arg: [{schema: {properties: {a: {type: string, format: ipv4}}, additionalProperties: false}}]}";
    all(
        conditions,
        &[
            (call(json!({"a": "10.0.0.1"})), No),
            (call(json!({"a": "10.0.0"})), Yes),
            (call(json!({"b": 1})), Yes),
            (call(json!({})), No),
            (call(Value::Null), No),
        ],
    );
}

#[test]
fn all_arguments_of_a_rule_must_hold() {
    let conditions = "{mcp_arg: [{name: a, denylist: [x]}, {name: b, denylist: [y]}]}";
    all(
        conditions,
        &[
            (call(json!({"a": "x", "b": "y"})), Yes),
            (call(json!({"a": "x"})), No),
        ],
    );
}

#[test]
fn unknown_arguments_leave_a_rule_undecided() {
    let unknown = json!({"tool": {"server": "crm", "name": "t", "arguments_unknown": true}});
    for condition in [
        "pattern: x",
        "denylist: [x]",
        "allowlist: [x]",
        "schema: {type: string}",
    ] {
        let conditions = format!("{{mcp_arg: [{{name: a, {condition}}}]}}");
        all(&conditions, &[(unknown.clone(), Undecided)]);
    }
}

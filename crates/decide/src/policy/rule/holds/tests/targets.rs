//! Conditions on what is asked: actions, models, providers, regions, servers, tools.

use serde_json::{Value, json};

use super::all;
use crate::policy::rule::Held::{No, Yes};

fn chat(name: &str, served: &str) -> Value {
    json!({"model": {"name": name, "served": served, "account": "acc", "provider": "openai"}})
}

fn call(server: &str, name: &str) -> Value {
    json!({"tool": {"server": server, "name": name}})
}

#[test]
fn an_action_is_meant_by_its_name() {
    let lists = json!({"tool": {"server": "crm", "method": "tools/list"}});
    all(
        "{action: {denylist: ['tool_*']}}",
        &[
            (call("crm", "read"), Yes),
            (lists.clone(), Yes),
            (chat("m", ""), No),
        ],
    );
    all(
        "{action: {allowlist: [chat, tool_call]}}",
        &[(call("crm", "read"), No), (lists, Yes), (chat("m", ""), No)],
    );
}

#[test]
fn a_model_is_meant_by_the_asked_and_by_the_served_name() {
    all(
        "{model: {denylist: [gpt-4o]}}",
        &[
            (chat("gpt-4o", ""), Yes),
            (chat("fast", "gpt-4o"), Yes),
            (chat("gpt-4o", "fast"), Yes),
            (chat("gpt-4o-mini", ""), No),
            (call("crm", "gpt-4o"), No),
        ],
    );
    all(
        "{model: {allowlist: ['gpt-4*']}}",
        &[
            (chat("gpt-4o", ""), No),
            (chat("fast", "gpt-4o"), No),
            (chat("claude", ""), Yes),
            (call("crm", "claude"), No),
        ],
    );
}

#[test]
fn a_provider_is_meant_by_its_account_and_by_its_kind() {
    all(
        "{provider: {denylist: [acc]}}",
        &[(chat("m", ""), Yes), (call("crm", "acc"), No)],
    );
    all("{provider: {allowlist: [openai]}}", &[(chat("m", ""), No)]);
    all("{provider: {allowlist: [azure]}}", &[(chat("m", ""), Yes)]);
}

#[test]
fn a_limit_on_tokens_holds_above_it_where_the_call_says_so() {
    let asks = |most: Value| json!({"model": {"name": "m", "max_tokens": most}});
    all(
        "{max_tokens: {limit: 100}}",
        &[
            (asks(json!(101)), Yes),
            (asks(json!(100)), No),
            (asks(Value::Null), No),
            (call("crm", "read"), No),
        ],
    );
}

#[test]
fn data_of_an_unknown_region_stays_nowhere_allowed() {
    let stays = |region: Value| json!({"model": {"name": "m", "provider_region": region}});
    all(
        "{data_residency: {allowed_regions: [eu-west-1, eu-central-1]}}",
        &[
            (stays(json!("eu-central-1")), No),
            (stays(json!("us-east-1")), Yes),
            (stays(Value::Null), Yes),
            (call("crm", "read"), No),
        ],
    );
}

#[test]
fn the_gateways_region_may_be_unknown() {
    all(
        "{region: {denylist: ['us-*']}}",
        &[
            (json!({"region": "us-east-1"}), Yes),
            (json!({"region": "eu-west-1"}), No),
            (json!({}), No),
        ],
    );
    all(
        "{region: {allowlist: ['eu-*']}}",
        &[
            (json!({"region": "us-east-1"}), Yes),
            (json!({"region": "eu-west-1"}), No),
            (json!({}), Yes),
        ],
    );
}

#[test]
fn in_a_chat_each_offered_tool_is_tested_and_in_a_call_the_called_one() {
    let offers = |tools: &[&str]| json!({"model": {"name": "m", "tools": tools}});
    all(
        "{tools: {denylist: [delete]}}",
        &[
            (offers(&["read", "delete"]), Yes),
            (offers(&["read"]), No),
            (offers(&[]), No),
            (call("crm", "delete"), Yes),
            (call("crm", "read"), No),
        ],
    );
    all(
        "{tools: {allowlist: [read]}}",
        &[
            (offers(&["read", "delete"]), Yes),
            (offers(&["read"]), No),
            (offers(&[]), No),
            (call("crm", "delete"), Yes),
            (call("crm", "read"), No),
        ],
    );
}

#[test]
fn a_server_is_tested_in_everything_that_is_asked_of_it() {
    let lists = |server: &str| json!({"tool": {"server": server, "method": "tools/list"}});
    all(
        "{mcp_server: {allowlist: ['crm*']}}",
        &[
            (call("crm-eu", "read"), No),
            (call("hr", "read"), Yes),
            (lists("hr"), Yes),
            (chat("m", ""), No),
        ],
    );
}

#[test]
fn a_tool_is_meant_by_its_name_and_with_its_server() {
    all(
        "{mcp_tool: {denylist: [crm/delete, 'drop_*', 'hr/*']}}",
        &[
            (call("crm", "delete"), Yes),
            (call("shop", "delete"), No),
            (call("shop", "drop_table"), Yes),
            (call("hr", "read"), Yes),
            (chat("m", ""), No),
        ],
    );
    all(
        "{mcp_tool: {allowlist: [crm/read, search]}}",
        &[
            (call("crm", "read"), No),
            (call("hr", "read"), Yes),
            (call("hr", "search"), No),
        ],
    );
}

#[test]
fn what_is_no_tool_call_is_no_tool() {
    let read = json!({"tool": {"server": "crm", "method": "resources/read", "name": "drop_all"}});
    let lists = json!({"tool": {"server": "crm", "method": "tools/list"}});
    let cases = [(read, No), (lists, No)];
    all("{mcp_tool: {denylist: ['drop_*']}}", &cases);
    all("{mcp_tool: {allowlist: [search]}}", &cases);
    all("{mcp_arg: [{name: a, allowlist: [x]}]}", &cases);
}

#[test]
fn sensitivity_is_of_what_is_called_or_read_and_not_of_a_greeting() {
    let tool = |method: &str, name: Value, sensitivity: &str| {
        json!({"tool": {
            "server": "crm", "method": method, "name": name, "sensitivity": sensitivity,
        }})
    };
    all(
        "{sensitivity: {at_least: high}}",
        &[
            (tool("tools/call", json!("a"), "critical"), Yes),
            (tool("tools/call", json!("a"), "high"), Yes),
            (tool("tools/call", json!("a"), "medium"), No),
            (tool("resources/read", json!("file:///a"), "high"), Yes),
            (tool("initialize", Value::Null, "high"), No),
            (tool("tools/list", Value::Null, "critical"), No),
            (chat("m", ""), No),
        ],
    );
}

//! The decisions of the second gateway's guides.

use serde_json::{Value, json};
use terms::Reason;

use super::{compiled, evaluate, refusal};

fn call(role: &str, tool: &str, sensitivity: &str, arguments: Value) -> Value {
    json!({
        "principal": {"id": "user-123", "role": role, "groups": ["team-a"]},
        "tool": {"server": "srv", "name": tool, "sensitivity": sensitivity,
                 "teams": ["team-a"], "arguments": arguments},
    })
}

fn allowed(policy: &str, call: Value) -> bool {
    let said = evaluate(&compiled(policy), call).unwrap();
    said.refusal.is_none()
}

#[test]
fn an_analyst_does_not_drop_tables() {
    let policy = r#"
package mcp.gateway
import future.keywords.if
import future.keywords.in

default allow := false

allow if {
    input.action == "tool_call"
    "developer" in input.user.roles
}

deny[reason] {
    query := lower(input.parameters.query)
    some word in ["drop table", "truncate", "delete from"]
    contains(query, word)
    reason := sprintf("destructive statement: %s", [word])
}
"#;
    // In the guide's own form `deny` is never asked; here it goes before `allow`.
    let said = evaluate(
        &compiled(policy),
        call(
            "developer",
            "query",
            "medium",
            json!({"query": "SELECT 1; DROP TABLE users"}),
        ),
    );
    assert_eq!(
        refusal(&said.unwrap()),
        Some(("deny", vec!["destructive statement: drop table"]))
    );
    let select = call("developer", "query", "medium", json!({"query": "SELECT 1"}));
    assert!(allowed(policy, select.clone()));
    let mut other = select;
    other["principal"]["role"] = json!("viewer");
    assert!(!allowed(policy, other));
}

#[test]
fn deploying_is_not_for_everybody() {
    let policy = r#"
package mcp.gateway
import rego.v1
default allow := true
deny contains "role_not_allowed" if {
    input.tool.name == "deploy_service"
    not input.user.role in {"admin", "service"}
}
"#;
    let said = evaluate(
        &compiled(policy),
        call("developer", "deploy_service", "high", json!({})),
    );
    let refusal = said.unwrap().refusal.unwrap();
    assert_eq!(refusal.reason(), Some(Reason::RoleNotAllowed));
    assert!(allowed(
        policy,
        call("admin", "deploy_service", "high", json!({}))
    ));
}

#[test]
fn roles_reach_as_far_as_the_guide_says() {
    let policy = r#"
package mcp.rbac
default allow = false
allow { input.user.role == "admin" }
allow { input.user.role == "developer"; input.tool.sensitivity != "critical" }
allow { input.user.role == "viewer"; input.tool.sensitivity == "low" }
allow { input.user.role == "server"; startswith(input.tool.name, "health_") }
"#;
    for (role, tool, sensitivity, expected) in [
        ("admin", "pay", "critical", true),
        ("developer", "pay", "critical", false),
        ("developer", "write", "high", true),
        ("viewer", "read", "low", true),
        ("viewer", "write", "medium", false),
        ("server", "health_check", "low", true),
        ("server", "read", "low", false),
    ] {
        let call = call(role, tool, sensitivity, json!({}));
        assert_eq!(allowed(policy, call), expected, "{role} {tool}");
    }
}

#[test]
fn sensitive_tools_want_the_team_the_hours_and_the_second_factor() {
    let policy = r#"
package mcp.sensitivity
import rego.v1

default allow := false

allow if input.tool.sensitivity == "low"
allow if { input.tool.sensitivity == "medium"; input.user.role in {"developer", "admin"} }
allow if { input.tool.sensitivity == "high"; in_team; in_hours }
allow if { input.tool.sensitivity == "critical"; input.user.role == "admin"; fresh_mfa; in_hours }

in_team if { some team in input.server.teams; team in input.user.groups }

in_hours if {
    now := time.now_ns()
    not time.weekday(now) in {"Saturday", "Sunday"}
    [hour, _, _] := time.clock(now)
    hour >= 9
    hour < 17
}

fresh_mfa if {
    input.user.mfa_verified
    time.now_ns() - input.user.mfa_timestamp < 3600 * 1000000000
}

deny contains "time_restriction" if { input.tool.sensitivity in {"high", "critical"}; not in_hours }
deny contains "mfa_required" if { input.tool.sensitivity == "critical"; not fresh_mfa }
"#;
    let at = |mut call: Value, time: &str| {
        call["time"] = json!(time);
        evaluate(&compiled(policy), call).unwrap()
    };
    let (day, night, sunday) = (
        "2026-11-25T10:00:00Z",
        "2026-11-25T22:00:00Z",
        "2026-11-22T10:00:00Z",
    );
    let high = || call("developer", "delete", "high", json!({}));
    assert!(at(high(), day).refusal.is_none());
    for time in [night, sunday] {
        let refusal = at(high(), time).refusal.unwrap();
        assert_eq!(refusal.reason(), Some(Reason::TimeRestriction));
    }
    let mut stranger = high();
    stranger["principal"]["groups"] = json!(["team-b"]);
    assert_eq!(refusal(&at(stranger, day)), Some(("allow", vec![])));
    let critical = |mfa: bool, since: &str| {
        let mut call = call("admin", "pay", "critical", json!({}));
        call["principal"]["mfa"] = json!(mfa);
        call["principal"]["authenticated_at"] = json!(since);
        call
    };
    assert!(
        at(critical(true, "2026-11-25T09:30:00Z"), day)
            .refusal
            .is_none()
    );
    for call in [
        critical(false, "2026-11-25T09:30:00Z"),
        critical(true, "2026-11-25T08:30:00Z"),
    ] {
        let refusal = at(call, day).refusal.unwrap();
        assert_eq!(refusal.reason(), Some(Reason::MfaRequired));
    }
}

#[test]
fn secrets_are_taken_out_and_named() {
    let policy = r#"
package mcp.filter
import rego.v1
allow := true
secrets := {"password", "secret", "api_key", "token", "credit_card"}
filtered_parameters := {k: v | some k, v in input.parameters; not k in secrets}
"#;
    let call = call(
        "developer",
        "login",
        "medium",
        json!({"user": "a", "password": "p", "token": "t", "credit_card": "4", "limit": 1.5}),
    );
    let said = evaluate(&compiled(policy), call).unwrap();
    let removed: Vec<&str> = said.removed.iter().map(|it| &**it).collect();
    assert_eq!(removed, ["credit_card", "password", "token"]);
}

#[test]
fn agents_are_trusted_by_level_and_distance() {
    let policy = r#"
package mcp.a2a
import rego.v1

trust := {"untrusted": 0, "limited": 1, "trusted": 2}

default allow := false

allow if {
    trust[input.agent.trust_level] >= wanted
    input.agent.delegation_depth <= 2
    "execute" in input.agent.capabilities
}

wanted := 2 if input.tool.sensitivity in {"high", "critical"}
wanted := 1 if input.tool.sensitivity == "medium"
wanted := 0 if input.tool.sensitivity == "low"
"#;
    let agent = |trust: &str, depth: u32, sensitivity: &str| {
        let mut call = call("developer", "run", sensitivity, json!({}));
        call["principal"]["agent"] = json!({
            "id": "a", "kind": "worker", "trust": trust, "capabilities": ["execute"],
            "delegationDepth": depth,
        });
        call
    };
    for (trust, depth, sensitivity, expected) in [
        ("trusted", 0, "critical", true),
        ("limited", 0, "critical", false),
        ("limited", 2, "medium", true),
        ("limited", 3, "medium", false),
        ("untrusted", 0, "medium", false),
        ("untrusted", 0, "low", true),
    ] {
        let call = agent(trust, depth, sensitivity);
        assert_eq!(
            allowed(policy, call),
            expected,
            "{trust} {depth} {sensitivity}"
        );
    }
    // Somebody who is no agent has no trust level.
    assert!(!allowed(policy, call("developer", "run", "low", json!({}))));
}

#[test]
fn places_are_compared_by_network() {
    let policy = r#"
package mcp.network
import rego.v1
inside if { some net in ["10.0.0.0/8", "2001:db8::/32"]; net.cidr_contains(net, input.request.ip_address) }
deny contains "address_not_allowed" if not inside
"#;
    let from = |address: &str| {
        let mut call = call("developer", "read", "low", json!({}));
        call["request"] = json!({"address": address});
        call
    };
    // `net` is a name of the policy's own here; `net.cidr_contains` is still the function.
    assert!(allowed(
        &policy
            .replace("some net in", "some range in")
            .replace("contains(net,", "contains(range,"),
        from("10.1.2.3")
    ));
    assert!(!allowed(
        &policy
            .replace("some net in", "some range in")
            .replace("contains(net,", "contains(range,"),
        from("192.0.2.1")
    ));
}

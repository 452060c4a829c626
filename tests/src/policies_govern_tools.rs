//! What policies say of tools happens, on both doors: lists, refusals, arguments, parameters that
//! stay here.

use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{Answer, Ask, EverythingServer, Gatehouse, Python, eventually, python};

struct House {
    gate: Gatehouse,
    _everything: EverythingServer,
}

fn house() -> House {
    let everything = EverythingServer::start();
    let gate = Gatehouse::up();
    gate.admin().tool_server("everything", &everything.url());
    House {
        gate,
        _everything: everything,
    }
}

impl House {
    fn key(&self, role: &str) -> String {
        let body = json!({"name": role, "role": role, "owner": role});
        self.gate.admin().key("demo", &body).1
    }

    fn invoke(&self, key: &str, tool: &str, arguments: &Value) -> Answer {
        let body = json!({"server_id": "everything", "tool_name": tool, "arguments": arguments});
        let ask = Ask::new("POST", format!("{}/api/v1/tools/invoke", self.gate.mcp()));
        ask.bearer(key).json(&body).send().unwrap()
    }

    /// The names of the tools that this key is shown.
    fn listed(&self, key: &str) -> Vec<String> {
        let ask = Ask::new("GET", format!("{}/api/v1/tools", self.gate.mcp())).bearer(key);
        let listed = ask.send().unwrap().expect(200).json();
        let tools = listed["tools"].as_array().unwrap().iter();
        let tools = tools.filter(|it| it["server_id"] == "everything");
        tools
            .map(|it| it["name"].as_str().unwrap().to_owned())
            .collect()
    }
}

#[test]
fn the_base_policy_lets_roles_reach_as_far_as_tools_are_harmless() {
    let house = house();
    let path = "mcp/servers/everything/tools/get-sum/sensitivity";
    let say = |level: &str| {
        let body = json!({"sensitivity": level, "reason": "For the sake of this story."});
        let ask = house.gate.admin().ask("PUT", path).json(&body);
        ask.send().unwrap().expect(200);
    };
    let sum = json!({"a": 1, "b": 2});
    let (viewer, developer) = (house.key("viewer"), house.key("developer"));
    for (level, viewer_may, developer_may) in [
        ("low", true, true),
        ("medium", false, true),
        ("high", false, false),
        ("critical", false, false),
    ] {
        say(level);
        for (key, may) in [(&viewer, viewer_may), (&developer, developer_may)] {
            let answer = house.invoke(key, "get-sum", &sum);
            assert_eq!(answer.status, if may { 200 } else { 403 }, "{level}");
            let shown = house.listed(key).contains(&"get-sum".to_owned());
            assert_eq!(shown, may, "visible equals callable: {level}");
        }
    }
    let refused = house.invoke(&viewer, "get-sum", &sum).json();
    assert!(refused["details"]["reason"].is_string(), "{refused}");
    assert_eq!(refused["policy_decision"]["allowed"], false, "{refused}");
    let changes = listed(&house, "TOOL_SENSITIVITY_CHANGED", 4);
    assert_eq!(
        changes[0]["payload"]["reason"],
        "For the sake of this story."
    );
}

#[test]
fn an_operator_replaces_the_base_policy_by_rego() {
    let house = house();
    let dsl = "package tools
import rego.v1
default allow := false
allow if { input.user.role == \"viewer\"; input.tool_name == \"echo\" }
deny contains \"role_not_allowed\" if { input.tool_name == \"get-sum\"; input.user.role != \"admin\" }
filtered_parameters contains \"password\" if { input.parameters.password }
";
    let admin = house.gate.admin();
    let body = json!({"name": "tools", "language": "rego", "dsl": dsl, "replacesBase": true});
    let made = admin.create("policies", &body);
    admin.policy_status(made["id"].as_str().unwrap(), "ACTIVE");
    let viewer = house.key("viewer");
    assert_eq!(house.listed(&viewer), ["echo"]);
    let arguments = json!({"message": "hello", "password": "hunter2"});
    let said = house.invoke(&viewer, "echo", &arguments).expect(200);
    assert_eq!(said.json()["removed_parameters"], json!(["password"]));
    assert!(!said.text().contains("hunter2"), "{}", said.text());
    let refused = house.invoke(&viewer, "get-sum", &json!({"a": 1, "b": 2}));
    assert_eq!(
        refused.expect(403).json()["details"]["reason"],
        "role_not_allowed"
    );
    // Models are none of its business.
    house.gate.chat("mock-gpt").send().unwrap().expect(200);
}

#[test]
fn arguments_decide_and_parameters_stay_here() {
    let house = house();
    house.gate.admin().policy_in_force(
        "arguments",
        "version: '1'
rules:
  - id: no-tables-are-dropped
    conditions:
      mcp_tool: {denylist: [everything/echo]}
      mcp_arg: [{name: message, pattern: '(?i)drop\\s+table'}]
    deny_message: No tables are dropped here.
    reason: argument_not_allowed
  - id: small-sums
    conditions:
      mcp_tool: {denylist: [get-sum]}
      mcp_arg: [{name: /a, schema: {type: integer, maximum: 100}}]
  - id: tokens-stay-here
    conditions: {mcp_server: {denylist: [everything]}}
    action: REDACT
    parameters: [token]
",
    );
    let developer = house.key("developer");
    let echo = |text: &str| {
        let arguments = json!({"token": "s3cret", "message": text});
        house.invoke(&developer, "echo", &arguments)
    };
    let said = echo("hello").expect(200);
    assert_eq!(said.json()["removed_parameters"], json!(["token"]));
    assert_eq!(said.json()["policy_decision"]["allowed"], true);
    let refused = echo("SELECT 1; DROP  TABLE users").expect(403).json();
    assert_eq!(refused["message"], "No tables are dropped here.");
    assert_eq!(refused["details"]["reason"], "argument_not_allowed");
    house
        .invoke(&developer, "get-sum", &json!({"a": 7, "b": 1}))
        .expect(200);
    for wrong in [json!(101), json!("7"), json!(7.5)] {
        let arguments = json!({"a": wrong, "b": 1});
        house.invoke(&developer, "get-sum", &arguments).expect(403);
    }
    // A list does not know arguments: what depends on them is shown.
    assert!(house.listed(&developer).contains(&"echo".to_owned()));
    listed(&house, "POLICY_DENIED", 4);
    let all = serde_json::to_string(&house.gate.admin().events("tenant_id=demo")).unwrap();
    assert!(
        !all.contains("DROP") && !all.contains("s3cret"),
        "arguments are on record"
    );
}

/// So many events of a type.
fn listed(house: &House, kind: &str, count: usize) -> Vec<Value> {
    eventually("they are listed", Duration::from_secs(20), || {
        let events = house.gate.admin().events(&format!("event_type={kind}"));
        (events.len() == count).then_some(events)
    })
}

/// A client of either line is refused a tool, and its session goes on.
fn sdk_story(which: Python) {
    let house = house();
    house.gate.admin().policy_in_force(
        "no-env",
        "version: '1'
rules:
  - id: not-the-environment
    conditions: {mcp_tool: {denylist: [get-env]}}
    deny_message: The environment is nobody's business.
  - id: not-this-text
    conditions:
      mcp_tool: {denylist: [echo]}
      mcp_arg: [{name: message, denylist: [forbidden]}]
    deny_message: Not this text.
  - id: extras-stay-here
    conditions: {mcp_tool: {denylist: [echo]}}
    action: REDACT
    parameters: [extra]
",
    );
    let url = format!("{}/mcp/everything", house.gate.mcp());
    python(which, &house.gate, "policy_mcp.py", &[&url]);
    let events = listed(&house, "POLICY_DENIED", 2);
    assert_eq!(events[0]["payload"]["status"], 403);
}

#[test]
fn the_second_line_of_the_sdk_goes_on_after_a_refusal() {
    sdk_story(Python::Clients);
}

#[test]
fn the_first_line_of_the_sdk_goes_on_after_a_refusal() {
    sdk_story(Python::Mcp1);
}

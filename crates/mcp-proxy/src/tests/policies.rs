//! Policies over tool calls, at both doors.

use serde_json::{Value, json};

use super::place::{JSON, Place, call, demo, in_force, server};
use super::script::Script;

const INVOKE: &str = "/api/v1/tools/invoke";

const NEVER: &str = r#"
  - id: no-writing
    conditions: {mcp_tool: {denylist: ["write_*"]}}
    action: DENY
    reason: resource_not_allowed
    deny_message: "Nothing is written here."
  - id: asks-first
    conditions: {mcp_tool: {denylist: [move_file]}}
    action: REQUIRE_APPROVAL
"#;

const STRIPS: &str = r#"
  - id: no-secrets
    conditions: {mcp_server: {denylist: [s]}}
    action: REDACT
    parameters: [password, /options/token]
  - id: careful
    conditions: {mcp_tool: {denylist: [get_user]}}
    action: WARN_AGENT
    warn_message: "Users are people."
"#;

fn tool_call(arguments: &str) -> String {
    format!(
        r#"{{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{"name":"get_user","arguments":{arguments}}}}}"#
    )
}

#[tokio::test]
async fn a_refusal_by_policy_answers_the_request_and_leaves_the_session_alone() {
    let server = Script::start().await;
    let place = Place::under(NEVER, "s", &server.url);
    let reply = place
        .post("s", &[], &call(7, "write_file"))
        .await
        .whole()
        .await;
    assert_eq!(reply.refusal(), (200, "policy_denied".to_owned()));
    let answer = reply.json();
    assert_eq!(answer["id"], 7);
    assert_eq!(answer["error"]["message"], "Nothing is written here.");
    let data = &answer["error"]["data"];
    assert_eq!(
        json!([
            data["reason"],
            data["policy_id"],
            data["rule_id"],
            data["policy_version"]
        ]),
        json!(["resource_not_allowed", "house", "no-writing", 1])
    );
    assert_eq!(data["request_id"], reply.header("x-request-id").unwrap());
    let reply = place
        .post("s", &[], &call(8, "move_file"))
        .await
        .whole()
        .await;
    assert_eq!(reply.refusal(), (200, "approval_required".to_owned()));
    assert!(server.is_unvisited().await);
    let denied = place
        .recorded("a refusal", |kind, _| kind == "POLICY_DENIED")
        .await;
    assert_eq!(
        (&denied["status"], &denied["rule_id"]),
        (&json!(403), &json!("no-writing"))
    );
    assert_eq!(denied["message"], "Nothing is written here.");
    let decided = &denied["policy_decision"];
    assert_eq!(decided["allowed"], false);
    assert_eq!(decided["reasons"], json!(["resource_not_allowed"]));

    // What wants no answer can't be answered, and other refusals are the connection's.
    let unasked = r#"{"jsonrpc":"2.0","method":"tools/call","params":{"name":"write_file"}}"#;
    assert_eq!(
        place.post("s", &[], unasked).await.whole().await.status,
        403
    );
    let elsewhere = place.post("none", &[], &call(1, "x")).await.whole().await;
    assert_eq!(
        elsewhere.refusal(),
        (404, "mcp_server_not_found".to_owned())
    );
}

#[tokio::test]
async fn a_batch_of_which_one_call_is_refused_is_refused_whole_and_each_request_hears_so() {
    let server = Script::start().await;
    let place = Place::under(NEVER, "s", &server.url);
    let body = format!(
        "[{},{},{}]",
        call(1, "read_file"),
        call(2, "write_file"),
        call(3, "read_file")
    );
    let reply = place.post("s", &[], &body).await.whole().await;
    let answers = reply.json();
    assert_eq!(
        (reply.status, answers.as_array().map(Vec::len)),
        (200, Some(3))
    );
    let told = |place: usize| {
        let answer = &answers[place];
        json!([answer["id"], answer["error"]["data"]["code"]])
    };
    assert_eq!(told(0), json!([1, "policy_denied"]));
    assert_eq!(told(1), json!([2, "policy_denied"]));
    assert!(server.is_unvisited().await);
    let refused = |kind: &str, it: &Value| kind == "POLICY_DENIED" && it["tool_name"].is_string();
    let denied = place.recorded("the refusal", refused).await;
    assert_eq!(denied["tool_name"], "write_file");
    let refusals = place.events().into_iter();
    let refusals = refusals.filter(|(kind, _)| kind == "POLICY_DENIED");
    assert_eq!(refusals.count(), 1, "the policy refused one of them");
}

#[tokio::test]
async fn the_seeds_envelope_says_why_a_call_was_refused() {
    let place = Place::governed(vec![server("demo", &demo()), in_force("house", NEVER)]);
    let body = r#"{"server_id":"demo","tool_name":"write_file"}"#;
    let reply = place
        .send("POST", INVOKE, &[JSON], body)
        .await
        .whole()
        .await;
    let answer = reply.json();
    assert_eq!(
        (reply.status, &answer["error"]),
        (403, &json!("access_denied"))
    );
    assert_eq!(
        answer["details"],
        json!({"reason": "resource_not_allowed", "code": "policy_denied",
            "policy_id": "house", "rule_id": "no-writing"})
    );
    assert_eq!(answer["policy_decision"]["allowed"], false);
    assert_eq!(
        answer["policy_decision"]["reasons"],
        json!([{"code": "resource_not_allowed", "message": "Nothing is written here.",
            "rule": "no-writing", "policy": "house"}])
    );
    // A viewer may read, and no more: the base policy says so.
    let viewer = [JSON, ("X-API-Key", place.keys[4].as_str())];
    let body = r#"{"server_id":"demo","tool_name":"echo","arguments":{"text":"x"}}"#;
    let reply = place
        .send("POST", INVOKE, &viewer, body)
        .await
        .whole()
        .await;
    let answer = reply.json();
    assert_eq!(
        (reply.status, &answer["policy_decision"]["allowed"]),
        (200, &json!(true))
    );
    assert_eq!(answer["policy_decision"]["reasons"], json!([]));
    assert!(answer["policy_decision"]["policy_version"].is_string());
    assert!(answer.get("removed_parameters").is_none());
    let body = r#"{"server_id":"demo","tool_name":"add","arguments":{"a":1,"b":2}}"#;
    let reply = place
        .send("POST", INVOKE, &viewer, body)
        .await
        .whole()
        .await;
    assert_eq!(
        (reply.status, &reply.json()["details"]["reason"]),
        (403, &json!("role_not_allowed"))
    );
}

#[tokio::test]
async fn parameters_are_taken_out_of_a_call_and_both_sides_are_told() {
    let server = Script::start().await;
    let place = Place::under(STRIPS, "s", &server.url);
    let arguments = r#"{ "id": 1.50,"password":"geheim" , "options":{"token":"t","a":1}}"#;
    let caller = place.post("s", &[], &tool_call(arguments)).await;
    let mut visit = server.visit().await;
    assert_eq!(visit.body, tool_call(r#"{ "id": 1.50,"options":{"a":1}}"#));
    visit
        .json(r#"{"jsonrpc":"2.0","id":1,"result":{"content":[],"_meta":{"x":1}}}"#)
        .await;
    let reply = caller.whole().await;
    assert_eq!(
        reply.header("x-removed-parameters"),
        Some("password, /options/token")
    );
    assert_eq!(
        reply.header("x-policy-warning"),
        Some("careful: Users are people.")
    );
    let said = r#"{"removed_parameters":["password","/options/token"],"warnings":[{"code":"#;
    assert!(reply.text().contains(said), "{}", reply.text());
    let meta = &reply.json()["result"]["_meta"];
    assert_eq!(meta["x"], 1);
    assert_eq!(
        meta["gatehouse/policy"]["warnings"][0]["message"],
        "Users are people."
    );
    let outcome = place
        .recorded("the outcome", |_, it| it["status"] == 200)
        .await;
    assert_eq!(
        outcome["removed_parameters"],
        json!(["password", "/options/token"])
    );
    let recorded = format!("{:?}", place.events());
    assert!(!recorded.contains("geheim"));
}

#[tokio::test]
async fn a_header_names_the_first_parameters_that_were_taken_out_and_the_result_all_of_them() {
    let names: Vec<String> = (0..40).map(|place| format!("p{place:02}")).collect();
    let rules = format!(
        "\n  - id: r\n    conditions: {{mcp_server: {{denylist: [s]}}}}\n    action: REDACT\n    \
         parameters: [{}]\n",
        names.join(", ")
    );
    let server = Script::start().await;
    let place = Place::under(&rules, "s", &server.url);
    let members: Vec<String> = names.iter().map(|name| format!("\"{name}\":1")).collect();
    let arguments = format!("{{{}}}", members.join(","));
    let caller = place.post("s", &[], &tool_call(&arguments)).await;
    let mut visit = server.visit().await;
    assert_eq!(visit.body, tool_call("{}"));
    visit.json(r#"{"jsonrpc":"2.0","id":1,"result":{}}"#).await;
    let reply = caller.whole().await;
    let shown = reply.header("x-removed-parameters");
    assert_eq!(shown, Some(names[..16].join(", ").as_str()));
    let told = &reply.json()["result"]["_meta"]["gatehouse/policy"]["removed_parameters"];
    assert_eq!(*told, json!(names));
}

#[tokio::test]
async fn each_call_of_a_batch_loses_its_own_parameters() {
    let server = Script::start().await;
    let place = Place::under(STRIPS, "s", &server.url);
    let request = |id: u32, params: &str| {
        format!(r#"{{"jsonrpc":"2.0","id":{id},"method":"tools/call","params":{params}}}"#)
    };
    let body = |one: &str, other: &str| {
        let one = request(1, &format!(r#"{{"arguments":{one},"name":"get_user"}}"#));
        let other = request(2, &format!(r#"{{"name":"get_ü","arguments":{other}}}"#));
        format!(" [ {one} ,{other}]")
    };
    let asked = body(
        r#"{"password":"]","a":1}"#,
        r#"{"b":[],"options":{"token":1}}"#,
    );
    let caller = place.post("s", &[], &asked).await;
    let mut visit = server.visit().await;
    assert_eq!(visit.body, body(r#"{"a":1}"#, r#"{"b":[],"options":{}}"#));
    let answer =
        |id: u32, result: &str| format!(r#"{{"jsonrpc":"2.0","id":{id},"result":{result}}}"#);
    visit
        .json(&format!("[{},{}]", answer(2, "{}"), answer(1, "{}")))
        .await;
    let reply = caller.whole().await;
    let answers = reply.json();
    let removed = |place: usize| {
        let policy = &answers[place]["result"]["_meta"]["gatehouse/policy"];
        policy["removed_parameters"].clone()
    };
    assert_eq!(removed(0), json!(["/options/token"]));
    assert_eq!(removed(1), json!(["password"]));
    let all = reply.header("x-removed-parameters");
    assert_eq!(all, Some("password, /options/token"));
}

#[tokio::test]
async fn an_answer_that_streams_says_what_policies_did() {
    let server = Script::start().await;
    let place = Place::under(STRIPS, "s", &server.url);
    let caller = place.post("s", &[], &tool_call(r#"{"password":1}"#)).await;
    let mut visit = server.visit().await;
    visit.events(&[]).await;
    visit.write("event: message\r\nid: 7\r\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}\r\n\r\n").await;
    visit
        .write(
            "event: message\nid: 8\ndata: {\"jsonrpc\":\"2.0\",\ndata: \"id\":1,\"result\":{}}\n\n",
        )
        .await;
    drop(visit);
    let reply = caller.whole().await;
    let text = reply.text();
    let first = "event: message\r\nid: 7\r\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}\r\n\r\n";
    assert!(text.starts_with(first), "{text}");
    let second = "event: message\nid: 8\ndata: {\"jsonrpc\":\"2.0\",\ndata: \"id\":1,\"result\":{\"_meta\":{\"gatehouse/policy\":{\"removed_parameters\":[\"password\"],";
    assert!(text.contains(second), "{text}");
    assert_eq!(reply.header("x-removed-parameters"), Some("password"));
}

#[tokio::test]
async fn a_rest_call_loses_its_parameters_too() {
    let server = Script::start().await;
    let place = Place::under(STRIPS, "s", &server.url);
    let body = r#"{"server_id":"s","tool_name":"get_user","arguments":{"password":1,"a":[2 ]}}"#;
    let caller = place.send("POST", INVOKE, &[JSON], body).await;
    let mut visit = server.visit().await;
    let told = r#"{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-11-25"}}"#;
    visit.json(told).await;
    visit.next().await;
    visit.answer("202 Accepted", &[], "").await;
    visit.next().await;
    assert!(
        visit.body.contains(r#""arguments":{"a":[2 ]}"#),
        "{}",
        visit.body
    );
    visit
        .json(r#"{"jsonrpc":"2.0","id":1,"result":{"content":[]}}"#)
        .await;
    let reply = caller.whole().await;
    let answer = reply.json();
    assert_eq!(answer["removed_parameters"], json!(["password"]));
    assert_eq!(
        answer["policy_decision"]["reasons"][0]["message"],
        "Users are people."
    );
    assert_eq!(reply.header("x-removed-parameters"), Some("password"));
    assert_eq!(
        reply.header("x-policy-warning"),
        Some("careful: Users are people.")
    );
}

#[tokio::test]
async fn a_mirrored_header_does_not_carry_what_was_taken_out() {
    let server = Script::start().await;
    let place = Place::under(STRIPS, "s", &server.url);
    let modern = [
        ("MCP-Protocol-Version", "2026-07-28"),
        ("Mcp-Method", "tools/call"),
        ("Mcp-Name", "get_user"),
        ("Mcp-Param-Password", "geheim"),
        ("Mcp-Param-Auth", "geheim"),
        ("Mcp-Param-Region", "eu"),
    ];
    let arguments = r#"{"password":"geheim","region":"eu"}"#;
    let caller = place.post("s", &modern, &tool_call(arguments)).await;
    let mut visit = server.visit().await;
    assert!(!visit.head.contains("geheim") && !visit.body.contains("geheim"));
    assert_eq!(visit.header("mcp-param-region"), Some("eu"));
    visit.json(r#"{"jsonrpc":"2.0","id":1,"result":{}}"#).await;
    assert_eq!(caller.whole().await.status, 200);
}

/// Posts a call with these arguments; the status of the JSON-RPC answer: none where it passed.
async fn judged(place: &Place, server: &Script, arguments: &str) -> Option<String> {
    let caller = place.post("s", &[], &tool_call(arguments)).await;
    let passes = async {
        server
            .visit()
            .await
            .json(r#"{"jsonrpc":"2.0","id":1,"result":{}}"#)
            .await;
        std::future::pending().await
    };
    let reply = tokio::select! {
        reply = caller.whole() => reply,
        () = passes => unreachable!(),
    };
    let answer: Value = reply.json();
    answer["error"]["data"]["code"].as_str().map(str::to_owned)
}

#[tokio::test]
async fn rules_read_arguments_and_no_way_to_write_a_number_passes_by_them() {
    let rules = r#"
  - id: no-dropping
    conditions: {mcp_arg: [{name: sql, pattern: "(?i)\\bdrop\\b"}]}
    action: DENY
    reason: argument_not_allowed
  - id: not-that-one
    conditions: {mcp_arg: [{name: /filter/id, denylist: ["1000", "98765432109876543210"]}]}
    action: DENY
    reason: argument_not_allowed
"#;
    let server = Script::start().await;
    let place = Place::under(rules, "s", &server.url);
    for passing in [
        r#"{"sql":"SELECT 1"}"#,
        r#"{"sql":"SELECT dropped"}"#,
        r#"{"filter":{"id":1001}}"#,
        r#"{"filter":{"id":98765432109876543211}}"#,
        "{}",
        "null",
    ] {
        assert_eq!(judged(&place, &server, passing).await, None, "{passing}");
    }
    for refused in [
        r#"{"sql":"SELECT 1; DROP TABLE users"}"#,
        r#"{"s\u0071l":"\u0064rop it"}"#,
        r#"{"filter":{"id":1000}}"#,
        r#"{"filter":{"id":1e3}}"#,
        r#"{"filter":{"id":1000.0}}"#,
        r#"{"filter":{"id":"1000"}}"#,
        r#"{"filter":{"id":98765432109876543210}}"#,
    ] {
        let code = judged(&place, &server, refused).await;
        assert_eq!(code.as_deref(), Some("policy_denied"), "{refused}");
    }
    let code = judged(&place, &server, r#"["drop"]"#).await;
    assert_eq!(code.as_deref(), Some("invalid_arguments"));
}

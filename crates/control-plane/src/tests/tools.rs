//! What the registry knows of tools, and who says how much harm they can do.

use serde_json::{Value, json};

use super::house::{House, Place};
use super::on_both;

on_both!(
    a_level_is_overridden_with_a_reason_and_taken_back_with_another,
    a_registration_that_is_written_again_keeps_what_it_does_not_mention,
);

const SERVERS: &str = "/admin/v1/mcp/servers";

async fn with_server(place: &Place, more: Value) -> House {
    let house = House::build(place).await;
    let mut body = json!({"serverId": "files", "url": "http://127.0.0.1:9/mcp"});
    for (name, value) in more.as_object().unwrap() {
        body[name] = value.clone();
    }
    house.post(SERVERS, body).await.expect(201);
    house
}

/// Name, level in force, and whose word it is.
async fn tools(house: &House) -> Vec<(String, String, String)> {
    let path = format!("{SERVERS}/files/tools");
    let page = house.get(&path).await.expect(200).json();
    let text = |tool: &Value, name: &str| tool[name].as_str().unwrap().to_owned();
    let items = page["items"].as_array().unwrap().iter();
    items
        .map(|it| {
            (
                text(it, "name"),
                text(it, "sensitivity"),
                text(it, "source"),
            )
        })
        .collect()
}

async fn changes(house: &House, count: usize) -> Vec<Value> {
    let events = house.events("TOOL_SENSITIVITY_CHANGED", count).await;
    assert_eq!(events.len(), count);
    events.iter().map(|it| it["payload"].clone()).collect()
}

fn said(name: &str, level: &str, source: &str) -> (String, String, String) {
    (name.to_owned(), level.to_owned(), source.to_owned())
}

async fn a_level_is_overridden_with_a_reason_and_taken_back_with_another(place: Place) {
    let house = with_server(
        &place,
        json!({"tools": [
            {"name": "delete_file", "description": "Deletes.", "inputSchema": {"type": "object"}},
            {"name": "read_file", "parameters": {"properties": {"api_key": {}}}},
        ]}),
    )
    .await;
    assert_eq!(
        tools(&house).await,
        [
            said("delete_file", "high", "detected"),
            said("read_file", "critical", "detected")
        ]
    );
    let path = format!("{SERVERS}/files/tools/read_file/sensitivity");
    for (body, pointers) in [
        (json!({"sensitivity": "low"}), ["/reason"]),
        (
            json!({"sensitivity": "low", "reason": "because"}),
            ["/reason"],
        ),
        (
            json!({"sensitivity": "tiny", "reason": "the key is public"}),
            ["/sensitivity"],
        ),
        (json!({"reason": "the key is public"}), ["/sensitivity"]),
    ] {
        let refused = house.put(&path, body.clone()).await.expect(400);
        assert_eq!(refused.pointers(), pointers, "{body}");
    }
    let body = json!({"sensitivity": "low", "reason": "the key is public"});
    let tool = house.put(&path, body.clone()).await.expect(200).json();
    assert_eq!(
        (
            &tool["sensitivity"],
            &tool["detected"],
            &tool["source"],
            &tool["reason"]
        ),
        (
            &json!("low"),
            &json!("critical"),
            &json!("override"),
            &json!("the key is public")
        )
    );
    house.put(&path, body).await.expect(200);
    let unknown = format!("{SERVERS}/files/tools/a%2Fb/sensitivity");
    let body = json!({"sensitivity_level": "critical", "reason": "it moves money"});
    house.put(&unknown, body).await.expect(200);
    assert_eq!(
        tools(&house).await,
        [
            said("a/b", "critical", "override"),
            said("delete_file", "high", "detected"),
            said("read_file", "low", "override"),
        ]
    );
    house.delete(&path).await.expect(400);
    let why = json!({"reason": "the key is secret again"});
    house
        .call("DELETE", &path, &[], Some(why))
        .await
        .expect(204);
    let twice = house
        .delete(&format!("{path}?reason=the+key+is+secret+again"))
        .await;
    assert_eq!(twice.expect(404).code(), "tool_not_found");
    assert_eq!(
        tools(&house).await[2],
        said("read_file", "critical", "detected")
    );
    let mut changes = changes(&house, 3).await;
    changes.reverse();
    let told: Vec<_> = changes
        .iter()
        .map(|it| json!([it["tool_name"], it["before"], it["after"], it["reason"]]))
        .collect();
    let level = |level: &str, source: &str| json!({"sensitivity": level, "source": source});
    let (secret, low) = (level("critical", "detected"), level("low", "override"));
    assert_eq!(
        told,
        [
            json!(["read_file", secret, low, "the key is public"]),
            json!([
                "a/b",
                level("medium", "detected"),
                level("critical", "override"),
                "it moves money"
            ]),
            json!(["read_file", low, secret, "the key is secret again"]),
        ]
    );
    house
        .get(&format!("{SERVERS}/none/tools"))
        .await
        .expect(404);
    house.close().await;
}

async fn a_registration_that_is_written_again_keeps_what_it_does_not_mention(place: Place) {
    let house = with_server(
        &place,
        json!({"teams": ["data"], "tools": [
            {"name": "run_report", "sensitivity_level": "high"},
            {"name": "list_reports"},
        ]}),
    )
    .await;
    let path = format!("{SERVERS}/files");
    let url = "http://127.0.0.1:9/mcp";
    let server = house
        .put(&path, json!({"url": url, "name": "Files"}))
        .await
        .expect(200)
        .json();
    assert_eq!(server["teams"], json!(["data"]));
    assert_eq!(server["tools"].as_array().unwrap().len(), 2);
    let server = house
        .patch(&path, json!({"tags": ["x"]}))
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&server["teams"], server["tools"].as_array().unwrap().len()),
        (&json!(["data"]), 2)
    );

    // What is read can be written back.
    house.put(&path, server).await.expect(200);
    // Another list of tools drops what was known, but not what an administrator said.
    let fewer =
        json!({"tools": [{"name": "get_report", "annotations": {"destructiveHint": true}}]});
    house.patch(&path, fewer).await.expect(200);
    assert_eq!(
        tools(&house).await,
        [
            said("get_report", "high", "detected"),
            said("run_report", "high", "override")
        ]
    );
    let silent = json!({"tools": [{"name": "run_report", "sensitivity": "low"}]});
    let refused = house.patch(&path, silent).await.expect(400);
    assert_eq!(refused.pointers(), ["/tools/0/reason"]);
    let told = json!({"tools": [{"name": "run_report", "sensitivity": "low",
        "reason": "it only reads now"}], "teams": null, "sensitivity": "medium"});
    house.patch(&path, told).await.expect(200);
    assert_eq!(tools(&house).await, [said("run_report", "low", "override")]);
    // One when it was registered, one now.
    changes(&house, 2).await;
    let wrong = json!({"tools": [{"name": ""}, {"name": "a"}, {"name": "a"}, {"colour": 1},
        {"name": "b", "inputSchema": 1}], "teams": [" "]});
    let refused = house.patch(&path, wrong).await.expect(400);
    assert_eq!(refused.pointers(), ["/tools/3/colour"]);
    let wrong = json!({"tools": [{"name": ""}, {"name": "a"}, {"name": "a"},
        {"name": "b", "inputSchema": 1}], "teams": [" "]});
    let refused = house.patch(&path, wrong).await.expect(400);
    let mut pointers = refused.pointers();
    pointers.sort();
    assert_eq!(
        pointers,
        [
            "/teams/0",
            "/tools/0/name",
            "/tools/2/name",
            "/tools/3/inputSchema"
        ]
    );
    house.close().await;
}

#[tokio::test]
async fn a_tool_is_judged_before_it_is_registered() {
    let house = House::build(&Place::sqlite()).await;
    let path = "/admin/v1/mcp/tools/detect-sensitivity";
    let tool = json!({"name": "get_user", "input_schema": {"properties": {"api_key": {}}}});
    let found = house.post(path, tool).await.expect(200).json();
    assert_eq!(
        found,
        json!({"sensitivity": "critical", "reason": "the parameter 'api_key'"})
    );
    house.post(path, json!({})).await.expect(400);
    house.close().await;
}

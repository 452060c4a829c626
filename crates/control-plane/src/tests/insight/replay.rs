//! Recorded calls are decided once more.

use serde_json::{Value, json};

use super::{NO_BIG_MODEL, Past, chat, furnished, happened};
use crate::tests::house::{House, Place};
use crate::tests::on_both;

on_both!(
    thousands_of_calls_are_decided_once_more,
    refusals_are_replayed_and_arguments_stay_undecided,
);

const PATH: &str = "/admin/v1/policies/replay";

fn sum(changes: &Value) -> u64 {
    changes
        .as_object()
        .unwrap()
        .values()
        .map(|it| it.as_u64().unwrap())
        .sum()
}

async fn thousands_of_calls_are_decided_once_more(place: Place) {
    let house = House::build(&place).await;
    furnished(&house).await;
    let model = |number: u64| match number % 10 {
        0 => "mock-large",
        _ => "mock-small",
    };
    let past = (0..3_000).map(|number| chat(number % 50, "acme", model(number)));
    let old = [chat(60 * 30, "acme", "mock-large")];
    let other = Past {
        event: "GATEWAY_RESPONSE",
        ..chat(1, "acme", "mock-large")
    };
    happened(&place, &house, 1, past.chain(old).chain([other]).collect()).await;

    let body = json!({"dsl": NO_BIG_MODEL, "hours": 2});
    let found = house.post(PATH, body).await.expect(200).json();
    assert_eq!(
        (&found["examined"], &found["truncated"]),
        (&json!(3_000), &json!(false))
    );
    let changes = &found["changes"];
    assert_eq!(changes["wouldDeny"], 300, "{found}");
    assert_eq!(changes["unchanged"], 2_700);
    assert_eq!(sum(changes), 3_000);
    assert_eq!(
        found["byModel"],
        json!([{"name": "mock-large", "calls": 300}])
    );
    assert_eq!(found["byUser"], json!([{"name": "ann", "calls": 300}]));
    let examples = found["examples"].as_array().unwrap();
    assert_eq!(examples.len(), 20);
    let newest = &examples[0];
    assert_eq!(newest["kind"], "would_deny");
    assert_eq!(
        (&newest["without"], &newest["with"]),
        (&json!("allow"), &json!("deny"))
    );
    assert_eq!(newest["rule"]["rule"], "no-big-model");
    assert!(newest["requestId"].as_str().unwrap().starts_with("req_"));

    // The older one is found where it is asked for, and a limit says that there are more.
    let body = json!({"dsl": NO_BIG_MODEL, "hours": 48});
    let found = house.post(PATH, body).await.expect(200).json();
    assert_eq!(found["changes"]["wouldDeny"], 301);
    for (limit, truncated) in [(1_000, true), (3_001, false), (1_500, true)] {
        let body = json!({"dsl": NO_BIG_MODEL, "hours": 48, "limit": limit});
        let found = house.post(PATH, body).await.expect(200).json();
        assert_eq!(
            (&found["examined"], &found["truncated"]),
            (&json!(limit), &json!(truncated))
        );
    }
    house.close().await;
}

const ABOUT_TOOLS: &str = r#"
version: "1"
rules:
  - id: no-etc
    conditions:
      mcp_arg: [{name: path, pattern: "^/etc"}]
  - id: viewers-may-delete
    conditions:
      role: {denylist: [viewer]}
      mcp_tool: {denylist: ["files/delete_file"]}
    action: ALLOW
"#;

async fn refusals_are_replayed_and_arguments_stay_undecided(place: Place) {
    let house = House::build(&place).await;
    furnished(&house).await;
    let call = |event: &'static str, role: &str, tool: &str| Past {
        minutes: 5,
        tenant: "globex",
        event,
        payload: json!({"kind": "tool_call", "user_id": "bob", "role": role, "roles": [role],
            "auth_method": "jwt", "server_id": "files", "operation": "tools/call",
            "tool_name": tool}),
    };
    let past = vec![
        call("MCP_REQUEST", "developer", "read_file"),
        call("POLICY_DENIED", "viewer", "delete_file"),
        call("MCP_RESPONSE", "developer", "read_file"),
        Past {
            payload: json!({"kind": "tool_call"}),
            ..call("MCP_REQUEST", "viewer", "x")
        },
    ];
    happened(&place, &house, 1, past).await;
    let found = house
        .post(PATH, json!({"dsl": ABOUT_TOOLS}))
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&found["examined"], &found["unreadable"]),
        (&json!(2), &json!(1)),
        "{found}"
    );
    assert_eq!(found["changes"]["wouldAllow"], 1, "{found}");
    assert_eq!(found["changes"]["undecided"], 1);
    let examples = found["examples"].as_array().unwrap();
    let allowed = examples
        .iter()
        .find(|it| it["kind"] == "would_allow")
        .unwrap();
    assert_eq!(allowed["tool"], "files/delete_file");
    assert_eq!(allowed["rule"]["rule"], "viewers-may-delete");
    assert_eq!(
        found["byTool"],
        json!([{"name": "files/delete_file", "calls": 1}])
    );
    assert!(
        found["notes"][0].as_str().unwrap().contains("Arguments"),
        "{found}"
    );
    // A policy of one tenant changes nothing for others, and others are not looked at.
    let body = json!({"dsl": ABOUT_TOOLS, "tenantId": "acme"});
    let found = house.post(PATH, body).await.expect(200).json();
    assert_eq!(found["examined"], 0);
    house.close().await;
}

#[tokio::test]
async fn a_stored_policy_is_replayed_and_a_new_text_is_compared_with_it() {
    let place = Place::sqlite();
    let house = House::build(&place).await;
    furnished(&house).await;
    let models = Past {
        payload: json!({"kind": "models", "user_id": "ann", "role": "developer"}),
        ..chat(1, "acme", "")
    };
    let calls = vec![
        chat(1, "acme", "mock-large"),
        chat(2, "acme", "mock-small"),
        models,
    ];
    happened(&place, &house, 1, calls).await;
    let body = json!({"name": "big", "dsl": NO_BIG_MODEL});
    let made = house.post("/admin/v1/policies", body).await.expect(201);
    let id = made.json()["id"].as_str().unwrap().to_owned();
    let stored = json!({"policyId": id});
    let draft = house.post(PATH, stored.clone()).await.expect(200).json();
    assert_eq!(
        (&draft["examined"], &draft["unreadable"]),
        (&json!(2), &json!(0)),
        "what policies don't decide is no change: {draft}"
    );
    assert_eq!(draft["changes"]["wouldDeny"], 1);
    assert_eq!(draft["notes"], json!([]));

    for status in ["SHADOW", "ACTIVE"] {
        let path = format!("/admin/v1/policies/{id}/status");
        house
            .post(&path, json!({"status": status}))
            .await
            .expect(200);
    }
    // In force, it is compared with what would be without it.
    let active = house.post(PATH, stored).await.expect(200).json();
    assert_eq!(active["changes"]["wouldDeny"], 1, "{active}");
    // A new text is compared with the one in force.
    let other = NO_BIG_MODEL.replace("mock-large", "mock-small");
    let edit = json!({"policyId": id, "dsl": other});
    let edited = house.post(PATH, edit).await.expect(200).json();
    assert_eq!(
        (
            &edited["changes"]["wouldDeny"],
            &edited["changes"]["wouldAllow"]
        ),
        (&json!(1), &json!(1)),
        "{edited}"
    );
    house.close().await;
}

#[tokio::test]
async fn calls_are_decided_as_of_their_own_moment() {
    let place = Place::sqlite();
    let house = House::build(&place).await;
    furnished(&house).await;
    happened(
        &place,
        &house,
        1,
        vec![chat(10, "acme", "m"), chat(110, "acme", "m")],
    )
    .await;
    let hour = std::time::Duration::from_secs(3_600);
    let (from, until) = (
        runtime::clock::now().minus(hour * 3),
        runtime::clock::now().minus(hour),
    );
    let dsl = format!(
        "version: \"1\"\nrules:\n  - id: maintenance\n    conditions:\n      time_window: \
         {{ranges: [{{from: \"{from}\", until: \"{until}\"}}]}}\n"
    );
    let found = house
        .post(PATH, json!({"dsl": dsl}))
        .await
        .expect(200)
        .json();
    let changes = &found["changes"];
    assert_eq!(
        (&changes["wouldDeny"], &changes["unchanged"]),
        (&json!(1), &json!(1)),
        "{found}"
    );
    assert_eq!(found["examples"][0]["requestId"], "req_2");
    house.close().await;
}

#[tokio::test]
async fn what_cant_be_replayed_is_refused_by_its_place() {
    let place = Place::sqlite();
    let house = House::build(&place).await;
    let later = "2026-01-02T00:00:00Z";
    for (more, place) in [
        (json!({"hours": 721}), "/hours"),
        (json!({"hours": 0}), "/hours"),
        (json!({"hours": 4_000_000_000_u64}), "/hours"),
        (json!({"hours": -1}), "/hours"),
        (json!({"hours": 5_000_000_000_u64}), "/hours"),
        (json!({"hours": 1, "from": later}), "/hours"),
        (
            json!({"from": later, "to": "2026-01-01T00:00:00Z"}),
            "/from",
        ),
        (json!({"from": "2020-01-01T00:00:00Z"}), "/from"),
        (json!({"from": "yesterday"}), "/from"),
        (json!({"limit": 0}), "/limit"),
        (json!({"limit": 100_001}), "/limit"),
        (json!({"tenantId": "nobody"}), "/tenantId"),
        (json!({"dsl": "rules: 7"}), "/dsl"),
        (json!({"dsl": null}), "/dsl"),
    ] {
        let mut body = json!({"dsl": NO_BIG_MODEL});
        let members = more.as_object().unwrap().clone();
        body.as_object_mut().unwrap().extend(members);
        let refused = house.post(PATH, body).await;
        assert!((400..500).contains(&refused.status), "{more} {refused:?}");
        assert_eq!(refused.json()["error"]["param"], place, "{more}");
    }
    house.close().await;
}

//! A policy is tried on samples, and nothing is stored.

use serde_json::json;

use super::{NO_BIG_MODEL, furnished};
use crate::tests::house::{House, Place};
use crate::tests::on_both;

on_both!(a_draft_is_tried_and_nothing_is_stored);

const PATH: &str = "/admin/v1/policies/dry-run";

async fn a_draft_is_tried_and_nothing_is_stored(place: Place) {
    let house = House::build(&place).await;
    furnished(&house).await;
    let version = async || {
        let export = house
            .get("/admin/v1/config/export")
            .await
            .expect(200)
            .json();
        export["configVersion"].clone()
    };
    let before = version().await;
    let body = json!({"dsl": NO_BIG_MODEL,
        "request": {"model": "mock-large", "max_tokens": 10, "tenant_id": "acme",
            "user": {"id": "ann", "role": "developer"}}});
    let tried = house.post(PATH, body).await.expect(200).json();
    assert_eq!(
        (&tried["valid"], &tried["decision"]),
        (&json!(true), &json!("deny"))
    );
    let by = &tried["decidedBy"];
    assert_eq!(
        (&by["policy"], &by["rule"]),
        (&json!("draft"), &json!("no-big-model"))
    );
    assert_eq!(
        (&by["reason"], &by["message"]),
        (&json!("model_not_allowed"), &json!("Take the small one."))
    );
    assert_eq!(tried["withoutThisPolicy"]["decision"], "allow");
    // What the registry knows was filled in.
    assert_eq!(tried["input"]["model"]["provider"], "mock");
    assert_eq!(tried["input"]["tenant"]["region"], "eu");
    let rules = tried["explanation"]["rules"].as_array().unwrap();
    let ours = rules
        .iter()
        .find(|it| it["rule"] == "no-big-model")
        .unwrap();
    assert_eq!(ours["outcome"], "held");
    assert_eq!(ours["tests"][0]["outcome"], "held");
    assert_eq!(version().await, before);
    house.close().await;
}

#[tokio::test]
async fn samples_are_tried_in_their_order_up_to_a_hundred() {
    let place = Place::sqlite();
    let house = House::build(&place).await;
    let samples = ["mock-small", "mock-large"].map(|it| json!({"model": it}));
    let body = json!({"dsl": NO_BIG_MODEL, "requests": samples});
    let tried = house.post(PATH, body).await.expect(200).json();
    let said: Vec<_> = tried["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["decision"])
        .collect();
    assert_eq!(said, ["allow", "deny"]);
    let many = vec![json!({"model": "m"}); 101];
    let refused = house
        .post(PATH, json!({"dsl": NO_BIG_MODEL, "requests": many}))
        .await;
    assert_eq!(refused.expect(400).pointers(), ["/requests"]);
    let wrong =
        json!({"dsl": NO_BIG_MODEL, "requests": [{"model": "m"}, {"model": "m", "stream": 3}]});
    let refused = house.post(PATH, wrong).await.expect(400);
    assert_eq!(refused.json()["error"]["param"], "/requests/1/stream");
    house.close().await;
}

#[tokio::test]
async fn tools_are_tried_with_the_base_policy_or_alone() {
    let place = Place::sqlite();
    let house = House::build(&place).await;
    furnished(&house).await;
    let viewer = json!({"user": {"id": "bob", "role": "viewer"}, "tenant_id": "globex",
        "tool": "files/delete_file", "arguments": {"path": "/etc"}});
    let body = |alone: bool| json!({"dsl": NO_BIG_MODEL, "alone": alone, "request": viewer});
    let with_base = house.post(PATH, body(false)).await.expect(200).json();
    assert_eq!(with_base["decision"], "deny", "{with_base}");
    assert_eq!(with_base["decidedBy"]["policy"], "builtin:tools");
    assert_eq!(with_base["input"]["tool"]["teams"], json!(["ops"]));
    let alone = house.post(PATH, body(true)).await.expect(200).json();
    assert_eq!(alone["decision"], "allow", "{alone}");
    let unknown =
        json!({"dsl": NO_BIG_MODEL, "request": {"tool": "nowhere/get", "tenant_id": "acme"}});
    let noted = house.post(PATH, unknown).await.expect(200).json();
    assert!(
        noted["notes"][0].as_str().unwrap().contains("nowhere"),
        "{noted}"
    );
    house.close().await;
}

#[tokio::test]
async fn a_broken_text_is_refused_with_every_fault() {
    let place = Place::sqlite();
    let house = House::build(&place).await;
    let dsl = "version: \"1\"\nrules:\n  - id: a\n    conditions: {modle: {denylist: [x]}}\n  \
               - id: b\n    conditions: {model: {denylist: [x]}}\n    action: EXPLODE\n";
    let refused = house
        .post(PATH, json!({"dsl": dsl, "request": {"model": "m"}}))
        .await;
    let refused = refused.expect(400);
    assert_eq!(refused.code(), "invalid_policy_dsl", "{}", refused.text);
    assert_eq!(refused.pointers(), ["/dsl", "/dsl"]);
    assert!(refused.text.contains("line 4"), "{}", refused.text);
    for (body, place) in [
        (json!({"request": {"model": "m"}}), "/dsl"),
        (json!({"dsl": NO_BIG_MODEL, "colour": 1}), "/colour"),
        (
            json!({"dsl": NO_BIG_MODEL, "language": "cobol"}),
            "/language",
        ),
        (json!({"dsl": NO_BIG_MODEL, "request": []}), "/request"),
        (
            json!({"dsl": NO_BIG_MODEL, "request": {}, "requests": []}),
            "/requests",
        ),
        (
            json!({"dsl": NO_BIG_MODEL, "tenantId": "nobody"}),
            "/tenantId",
        ),
        (json!({"policyId": "pol_none"}), "/policyId"),
    ] {
        let refused = house.post(PATH, body.clone()).await;
        assert!((400..500).contains(&refused.status), "{body} {refused:?}");
        assert_eq!(refused.json()["error"]["param"], place, "{body}");
    }
    house.close().await;
}

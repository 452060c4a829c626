//! Why a call is decided as it is, and what binds whom.

use serde_json::json;

use super::{Past, furnished, happened};
use crate::tests::house::{House, Place};
use crate::tests::on_both;

on_both!(
    the_second_seeds_question_is_answered_in_its_words,
    a_recorded_call_is_explained_by_its_request,
);

const SEED: &str = "/api/v1/policy/explain";
const OURS: &str = "/admin/v1/policies/explain";

async fn the_second_seeds_question_is_answered_in_its_words(place: Place) {
    let house = House::build(&place).await;
    let (_, bobs) = furnished(&house).await;
    let question = json!({"user": {"id": "bob", "role": "viewer"}, "tenant_id": "globex",
        "action": "gateway:tool:invoke", "server_name": "files", "tool_name": "delete_file",
        "parameters": {"path": "/tmp"}, "context": {"region": "us"}});
    let answer = house.post(SEED, question.clone()).await.expect(200).json();
    assert_eq!(
        (&answer["allowed"], &answer["decision"]),
        (&json!(false), &json!("deny"))
    );
    assert!(answer["decision_id"].as_str().unwrap().starts_with("dec_"));
    assert!(answer["policy_version"].as_str().unwrap().contains('.'));
    assert!(answer["evaluation_time_ms"].as_f64().unwrap() >= 0.0);
    let reason = &answer["reasons"][0];
    assert_eq!(reason["code"], "role_not_allowed", "{answer}");
    assert!(
        reason["rule"]
            .as_str()
            .unwrap()
            .starts_with("builtin:tools/")
    );
    assert!(
        !answer["would_allow"].as_array().unwrap().is_empty(),
        "{answer}"
    );
    assert!(!answer["rules"].as_array().unwrap().is_empty());
    // From the registry, never from the caller.
    assert_eq!(answer["input"]["tool"]["tags"], json!(["internal"]));
    assert_eq!(answer["input"]["tool"]["sensitivity"], "high");

    let short = house
        .post("/api/v1/policy/evaluate", question)
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&short["allowed"], short.get("rules")),
        (&json!(false), None)
    );

    // Roles come from the store where only the key or its owner is named.
    let by_key = json!({"key_id": bobs, "tool": "files/delete_file"});
    let answer = house.post(OURS, by_key).await.expect(200).json();
    assert_eq!(answer["input"]["principal"]["roles"], json!(["viewer"]));
    assert_eq!(answer["input"]["tenant"]["id"], "globex");
    assert_eq!(answer["reasons"][0]["code"], "role_not_allowed");
    assert!(answer["policyVersion"].is_string() && answer["wouldAllow"].is_array());
    let by_owner = json!({"user_id": "bob", "tool": "files/delete_file"});
    let answer = house.post(OURS, by_owner).await.expect(200).json();
    assert_eq!(answer["input"]["principal"]["roles"], json!(["viewer"]));
    house.close().await;
}

async fn a_recorded_call_is_explained_by_its_request(place: Place) {
    let house = House::build(&place).await;
    furnished(&house).await;
    let refused = Past {
        minutes: 3,
        tenant: "globex",
        event: "POLICY_DENIED",
        payload: json!({"kind": "tool_call", "user_id": "bob", "role": "viewer",
            "auth_method": "jwt", "server_id": "files", "operation": "tools/call",
            "tool_name": "delete_file", "policy_id": "builtin:tools", "policy_version": 1,
            "rule_id": "high-role", "reason": "role_not_allowed", "status": 403}),
    };
    happened(&place, &house, 7, vec![refused]).await;
    let answer = house
        .post(SEED, json!({"request_id": "req_7"}))
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&answer["allowed"], &answer["decision"]),
        (&json!(false), &json!("deny"))
    );
    assert_eq!(answer["recorded"]["rule_id"], "high-role");
    assert_eq!(answer["input"]["tool"]["arguments_unknown"], true);
    let unknown = house
        .post(SEED, json!({"request_id": "req_8"}))
        .await
        .expect(404);
    assert_eq!(unknown.code(), "resource_not_found");
    house.close().await;
}

#[tokio::test]
async fn what_is_asked_wrongly_is_refused_by_its_place() {
    let place = Place::sqlite();
    let house = House::build(&place).await;
    furnished(&house).await;
    for (body, status, place) in [
        (json!({}), 400, ""),
        (json!({"request_id": 7}), 400, "/request_id"),
        (json!({"request_id": "r", "model": "m"}), 400, "/request_id"),
        (json!({"input": {"modle": 1}}), 400, "/input/modle"),
        (json!({"input": {}, "model": "m"}), 400, "/input"),
        (
            json!({"user": {"id": "x", "role": "king"}, "model": "m"}),
            400,
            "/user/role",
        ),
        (
            json!({"key_id": "key_none", "model": "m"}),
            404,
            "/principal/key_id",
        ),
        (
            json!({"user_id": "nobody", "model": "m"}),
            404,
            "/principal/id",
        ),
        (json!({"role": "viewer", "model": "m"}), 400, "/tenant_id"),
        (
            json!({"role": "viewer", "model": "m", "tenant_id": "none"}),
            404,
            "/tenant/id",
        ),
    ] {
        let refused = house.post(OURS, body.clone()).await.expect(status);
        let param = &refused.json()["error"]["param"];
        assert_eq!(param.as_str().unwrap_or_default(), place, "{body}");
    }
    house.close().await;
}

#[tokio::test]
async fn the_rules_that_could_bind_a_principal_are_listed() {
    let place = Place::sqlite();
    let house = House::build(&place).await;
    let (anns, _) = furnished(&house).await;
    let path = "/admin/v1/policies/effective";
    let of_key = house
        .get(&format!("{path}?key_id={anns}"))
        .await
        .expect(200)
        .json();
    assert_eq!(of_key["principal"]["roles"], json!(["developer"]));
    assert_eq!(of_key["tenantId"], "acme");
    assert_eq!(of_key["base"]["replaced"], false);
    let rules = of_key["rules"].as_array().unwrap();
    assert!(
        rules.iter().any(|it| it["policy"] == "builtin:tools"),
        "{of_key}"
    );
    let named = |rules: &[serde_json::Value], name: &str| rules.iter().any(|it| it["rule"] == name);
    // A developer is one of those whom the rule about tools that write lets through.
    assert!(!named(rules, "medium-role"), "{of_key}");
    let of_role = house
        .get(&format!("{path}?role=viewer&tenant_id=acme"))
        .await
        .expect(200)
        .json();
    assert!(
        named(of_role["rules"].as_array().unwrap(), "medium-role"),
        "{of_role}"
    );
    for (query, status) in [
        ("", 400),
        ("?role=king", 400),
        ("?role=viewer", 400),
        ("?role=viewer&tenant_id=none", 404),
        ("?key_id=key_none", 404),
        ("?user_id=nobody", 404),
        ("?colour=red", 400),
    ] {
        house.get(&format!("{path}{query}")).await.expect(status);
    }
    house.close().await;
}

#[tokio::test]
async fn the_base_policy_can_be_read_and_checked_as_a_text() {
    let place = Place::sqlite();
    let house = House::build(&place).await;
    let base = house
        .get("/admin/v1/policies/base")
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&base["policy"], &base["replaced"]),
        (&json!("builtin:tools"), &json!(false))
    );
    let check = json!({"policy": base["dsl"]});
    let valid = house
        .post("/api/v1/policy/validate", check)
        .await
        .expect(200)
        .json();
    assert_eq!(valid, json!({"valid": true, "errors": []}));
    let broken = json!({"dsl": "version: \"1\"\nrules: 7", "language": "yaml"});
    let valid = house
        .post("/api/v1/policy/validate", broken)
        .await
        .expect(200)
        .json();
    assert_eq!(valid["valid"], false);
    assert!(
        valid["errors"][0]["message"]
            .as_str()
            .unwrap()
            .contains("line 2"),
        "{valid}"
    );
    let schema = house.get("/admin/v1/policies/schema").await;
    let schema = schema.expect(200).json();
    assert!(schema["properties"]["principal"].is_object(), "{schema}");
    let known = house.get("/admin/v1/policies/attributes").await;
    let known = known.expect(200).json();
    let has = |list: &str, name: &str| {
        let all = known[list].as_array().unwrap();
        all.iter().any(|it| it["name"] == name)
    };
    assert!(has("attributes", "principal.roles"), "{known}");
    assert!(has("attributes", "data_classes"), "{known}");
    assert!(has("notInThisBuild", "budget.utilization_pct"), "{known}");
    let all = house.get("/api/v1/policy/list").await.expect(200).json();
    assert_eq!(all, json!({"policies": []}));
    house.close().await;
}

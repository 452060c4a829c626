//! What data planes recorded of policies in shadow.

use serde_json::{Value, json};

use super::{NO_BIG_MODEL, Past, happened};
use crate::tests::house::{House, Place};
use crate::tests::on_both;

on_both!(divergences_are_counted_with_those_that_were_left_out);

fn divergence(minutes: u64, tenant: &'static str, said: Value) -> Past {
    let mut payload = json!({"policy_version": 1, "divergence_type": "would_deny",
        "rule_id": "no-big-model", "reason": "model_not_allowed", "suppressed": 0,
        "user_id": "ann", "model": "mock-large"});
    let said = said.as_object().unwrap().clone();
    payload.as_object_mut().unwrap().extend(said);
    Past {
        minutes,
        tenant,
        event: "POLICY_SHADOW_DIVERGENCE",
        payload,
    }
}

async fn divergences_are_counted_with_those_that_were_left_out(place: Place) {
    let house = House::build(&place).await;
    let body = json!({"name": "shadow", "dsl": NO_BIG_MODEL});
    let made = house
        .post("/admin/v1/policies", body)
        .await
        .expect(201)
        .json();
    let id = made["id"].as_str().unwrap();
    let of = |minutes, tenant, said: Value| {
        let mut said = said;
        said["policy_id"] = json!(id);
        divergence(minutes, tenant, said)
    };
    let past = vec![
        of(1, "acme", json!({})),
        of(2, "acme", json!({"suppressed": 40})),
        of(
            3,
            "globex",
            json!({"divergence_type": "would_warn", "policy_version": 2}),
        ),
        of(60 * 30, "acme", json!({})),
        divergence(1, "acme", json!({"policy_id": "pol_other", "note": id})),
    ];
    happened(&place, &house, 1, past).await;
    let path = format!("/admin/v1/policies/{id}/divergences");
    let found = house.get(&path).await.expect(200).json();
    assert_eq!(found["total"], 43, "{found}");
    assert_eq!(found["byType"], json!({"would_deny": 42, "would_warn": 1}));
    assert_eq!(found["byVersion"], json!({"1": 42, "2": 1}));
    let examples = found["examples"].as_array().unwrap();
    assert_eq!(examples.len(), 3);
    assert_eq!(examples[0]["requestId"], "req_1");
    assert_eq!(examples[0]["model"], "mock-large");
    let longer = house
        .get(&format!("{path}?hours=48&limit=1"))
        .await
        .expect(200)
        .json();
    assert_eq!(
        (
            &longer["total"],
            longer["examples"].as_array().unwrap().len()
        ),
        (&json!(44), 1)
    );
    for query in ["?hours=721", "?limit=201", "?from=x", "?colour=red"] {
        house.get(&format!("{path}{query}")).await.expect(400);
    }
    house
        .get("/admin/v1/policies/pol_none/divergences")
        .await
        .expect(404);
    house.close().await;
}

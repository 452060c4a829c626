//! Whoever writes a text does not put it in force.

use serde_json::{Value, json};

use super::{PATH, named, path_of, refusing};
use crate::tests::administrators::provider::{Provider, Somebody, provider_of};
use crate::tests::house::{Answer, House, Place, options};
use crate::tests::on_both;

on_both!(
    somebody_else_puts_a_text_in_force,
    an_edit_of_what_is_in_force_waits,
    the_token_is_one_person_and_an_emergency_no_second,
);

async fn house_with_four_eyes(place: &Place) -> (House, Provider) {
    let mut given = options(place).await;
    given.settings.policies.four_eyes = true;
    let provider = provider_of(&mut given);
    (House::build_with(given).await, provider)
}

fn person<'a>(house: &'a House, provider: &Provider, name: &str) -> Somebody<'a> {
    Somebody::new(house, provider.token(name, &["policy-admin"], json!({})))
}

async fn activated(by: &Somebody<'_>, path: &str) -> Answer {
    let body = json!({"status": "ACTIVE"});
    by.post(&format!("{path}/status"), body).await
}

async fn somebody_else_puts_a_text_in_force(place: Place) {
    let (house, provider) = house_with_four_eyes(&place).await;
    let (ann, bob) = (
        person(&house, &provider, "ann"),
        person(&house, &provider, "bob"),
    );
    let path = path_of(ann.post(PATH, named("p")).await);
    let body = json!({"status": "SHADOW"});
    ann.post(&format!("{path}/status"), body).await.expect(200);
    let refused = activated(&ann, &path).await.expect(403);
    assert_eq!(refused.code(), "four_eyes_required");
    let trial = json!({"status": "ACTIVE", "canary": {"percent": 1}});
    let refused = ann.post(&format!("{path}/status"), trial).await.expect(403);
    assert_eq!(refused.code(), "four_eyes_required");
    // A new name is no new text: Ann's eyes are still the only ones that wrote it.
    let renamed = bob.call("PATCH", &path, Some(json!({"name": "q"}))).await;
    assert_eq!(renamed.expect(200).json()["updatedBy"], bob_id(&bob).await);
    assert_eq!(
        activated(&ann, &path).await.expect(403).code(),
        "four_eyes_required"
    );
    let active = activated(&bob, &path).await.expect(200).json();
    assert_eq!(active["activatedBy"], bob_id(&bob).await);
    assert_ne!(active["writtenBy"], active["activatedBy"]);
    // What is in force already needs nobody.
    activated(&ann, &path).await.expect(200);
    // Out of force goes with two eyes, and back with four.
    let body = json!({"status": "ARCHIVED"});
    ann.post(&format!("{path}/status"), body).await.expect(200);
}

/// How the administration calls them.
async fn bob_id(who: &Somebody<'_>) -> Value {
    let body = json!({"name": "to-see-who", "dsl": refusing(&["m"])});
    let made = who.post(PATH, body).await.expect(201).json();
    let path = format!("{PATH}/{}", made["id"].as_str().unwrap());
    who.delete(&path).await.expect(204);
    made["updatedBy"].clone()
}

async fn an_edit_of_what_is_in_force_waits(place: Place) {
    let (house, provider) = house_with_four_eyes(&place).await;
    let (ann, bob) = (
        person(&house, &provider, "ann"),
        person(&house, &provider, "bob"),
    );
    let path = path_of(ann.post(PATH, named("p")).await);
    activated(&bob, &path).await.expect(200);
    let edit = |models: &[&str]| Some(json!({"dsl": refusing(models)}));
    let waits = ann
        .call("PATCH", &path, edit(&["gpt-5"]))
        .await
        .expect(200)
        .json();
    assert_eq!(waits["dsl"], refusing(&["gpt-5"]));
    assert_eq!(waits["before"]["dsl"], refusing(&["gpt-4"]));
    assert_eq!(
        (&waits["inForceVersion"], &waits["canary"]["percent"]),
        (&json!(1), &json!(0))
    );
    // Another edit waits in its place; the first text is still the one in force.
    let waits = ann
        .call("PATCH", &path, edit(&["gpt-6"]))
        .await
        .expect(200)
        .json();
    assert_eq!(waits["before"]["dsl"], refusing(&["gpt-4"]));
    assert_eq!(
        activated(&ann, &path).await.expect(403).code(),
        "four_eyes_required"
    );
    let active = activated(&bob, &path).await.expect(200).json();
    assert_eq!(
        (&active["canary"], &active["before"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(active["inForceVersion"], waits["textVersion"]);

    // Brought back, it waits too; taken back, nothing waits.
    let back = json!({"version": 1});
    let waits = ann
        .post(&format!("{path}/rollback"), back)
        .await
        .expect(200)
        .json();
    assert_eq!(waits["dsl"], refusing(&["gpt-4"]));
    assert_eq!(waits["before"]["dsl"], refusing(&["gpt-6"]));
    assert_eq!(
        activated(&ann, &path).await.expect(403).code(),
        "four_eyes_required"
    );
    let taken = ann
        .call("PATCH", &path, edit(&["gpt-6"]))
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&taken["canary"], &taken["before"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(taken["inForceVersion"], active["inForceVersion"]);

    // What can't wait is refused.
    for (field, value) in [("scope", json!(["tools"])), ("replacesBase", json!(true))] {
        let mut body = json!({});
        body[field] = value;
        let refused = ann.call("PATCH", &path, Some(body)).await.expect(403);
        assert_eq!(refused.code(), "four_eyes_required");
        assert_eq!(refused.pointers(), [format!("/{field}")]);
    }
}

async fn the_token_is_one_person_and_an_emergency_no_second(place: Place) {
    let (house, provider) = house_with_four_eyes(&place).await;
    let path = path_of(house.post(PATH, named("by-token")).await);
    let refused = super::moved(&house, &path, "ACTIVE").await.expect(403);
    assert_eq!(refused.code(), "four_eyes_required");
    let import = json!({"policies": [{"name": "imported", "dsl": refusing(&["m"]),
        "status": "ACTIVE"}]});
    let refused = house
        .post("/admin/v1/config/import?mode=merge", import)
        .await
        .expect(403);
    assert_eq!(refused.code(), "four_eyes_required");

    let ann = person(&house, &provider, "ann");
    let path = path_of(ann.post(PATH, named("by-ann")).await);
    let user = ann.get(&path).await.json()["updatedBy"].clone();
    let emergency = json!({"userId": user, "reason": "the house is on fire"});
    house
        .post("/admin/v1/break-glass", emergency)
        .await
        .expect(201);
    let refused = activated(&ann, &path).await.expect(403);
    assert_eq!(refused.code(), "four_eyes_required");
    super::moved(&house, &path, "ACTIVE").await.expect(200);
}

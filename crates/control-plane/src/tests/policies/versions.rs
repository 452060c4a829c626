//! Earlier versions: kept, compared, brought back.

use serde_json::{Value, json};

use super::{made, moved, refusing};
use crate::tests::house::{House, Place};
use crate::tests::on_both;

on_both!(
    the_last_ten_versions_are_kept,
    a_text_is_compared_and_brought_back_in_one_call,
);

async fn the_last_ten_versions_are_kept(place: Place) {
    let house = House::build(&place).await;
    let path = made(&house, "p").await;
    moved(&house, &path, "SHADOW").await.expect(200);
    for number in 0..10 {
        let edit = json!({"dsl": refusing(&[&format!("m{number}")])});
        house.patch(&path, edit).await.expect(200);
    }
    // A review is no version.
    let note = json!({"note": "fine"});
    house
        .post(&format!("{path}/review"), note)
        .await
        .expect(200);
    let versions = house
        .get(&format!("{path}/versions"))
        .await
        .expect(200)
        .json();
    let items = versions["items"].as_array().unwrap();
    let numbers: Vec<i64> = items
        .iter()
        .map(|it| it["version"].as_i64().unwrap())
        .collect();
    assert_eq!(numbers, (3..=12).rev().collect::<Vec<_>>());
    let newest = &items[0];
    assert_eq!(
        (
            &newest["updatedBy"],
            &newest["status"],
            &newest["textVersion"]
        ),
        (&json!("admin"), &json!("SHADOW"), &json!(12))
    );
    let third = house
        .get(&format!("{path}/versions/3"))
        .await
        .expect(200)
        .json();
    assert_eq!(third, items[9]);
    assert_eq!(third["dsl"], refusing(&["m0"]));
    for gone in ["2", "0", "x", "99999999999999999999"] {
        let refused = house
            .get(&format!("{path}/versions/{gone}"))
            .await
            .expect(404);
        assert_eq!(refused.code(), "policy_version_not_found");
    }
    let none = house
        .get("/admin/v1/policies/none/versions")
        .await
        .expect(404);
    assert_eq!(none.code(), "policy_not_found");
}

async fn a_text_is_compared_and_brought_back_in_one_call(place: Place) {
    let house = House::build(&place).await;
    let path = made(&house, "p").await;
    let edit = json!({"dsl": refusing(&["gpt-5"])});
    house.patch(&path, edit).await.expect(200);
    moved(&house, &path, "ACTIVE").await.expect(200);
    let diff = house
        .get(&format!("{path}/diff?from=1&to=3"))
        .await
        .expect(200)
        .json();
    assert_eq!((&diff["from"], &diff["to"]), (&json!(1), &json!(3)));
    let text = diff["diff"].as_str().unwrap();
    assert!(
        text.contains("-        denylist: [gpt-4]\n+        denylist: [gpt-5]"),
        "{text}"
    );
    // The status changed alone.
    let same = house.get(&format!("{path}/diff")).await.expect(200).json();
    assert_eq!((&same["from"], &same["diff"]), (&json!(2), &json!("")));
    let plain = [("accept", "text/plain")];
    let by_accept = house
        .call("GET", &format!("{path}/diff?from=1"), &plain, None)
        .await;
    assert!(by_accept.header("content-type").starts_with("text/x-diff"));
    assert_eq!(by_accept.text, text);
    let by_format = house.get(&format!("{path}/diff?from=1&format=text")).await;
    assert_eq!(by_format.expect(200).text, text);
    let gone = house.get(&format!("{path}/diff?from=7")).await.expect(404);
    assert_eq!(gone.code(), "policy_version_not_found");

    let back = format!("{path}/rollback");
    let backed = house
        .post(&back, json!({"version": 1}))
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&backed["status"], &backed["dsl"], &backed["version"]),
        (&json!("ACTIVE"), &json!(refusing(&["gpt-4"])), &json!(4))
    );
    assert_eq!(
        (&backed["inForceVersion"], &backed["before"]),
        (&json!(4), &Value::Null)
    );
    let event = house.events("POLICY_ROLLED_BACK", 1).await.remove(0);
    assert_eq!(event["payload"]["rolled_back_to"], 1);
    let gone = house.post(&back, json!({"version": 9})).await.expect(404);
    assert_eq!(gone.code(), "policy_version_not_found");
    let stale = [("if-match", "\"3\"")];
    let body = Some(json!({"version": 2}));
    house.call("POST", &back, &stale, body).await.expect(412);
}

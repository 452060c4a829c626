//! Who answers for what, and when it was last looked at.

use serde_json::json;

use super::{PATH, moved, path_of, refusing};
use crate::tests::house::{Answer, House, Place};
use crate::tests::on_both;

on_both!(
    the_inventory_is_filtered_and_exported,
    a_review_is_noted_without_a_new_version,
    a_page_of_large_texts_has_fewer_policies,
);

fn names(answer: Answer) -> Vec<String> {
    let page = answer.expect(200).json();
    let items = page["items"].as_array().unwrap().iter();
    let mut names: Vec<String> = items
        .map(|it| it["name"].as_str().unwrap().to_owned())
        .collect();
    names.sort();
    names
}

async fn the_inventory_is_filtered_and_exported(place: Place) {
    let house = House::build(&place).await;
    house
        .post("/admin/v1/tenants", json!({"id": "acme"}))
        .await
        .expect(201);
    let dsl = refusing(&["m"]);
    let bodies = [
        json!({"name": "a", "dsl": dsl, "owner": "ops"}),
        json!({"name": "b", "dsl": dsl, "owner": "=cmd()", "tenantId": "acme"}),
        json!({"name": "c, \"d\"", "dsl": dsl, "owner": "ops", "tenant_id": "acme"}),
    ];
    let mut paths = Vec::new();
    for body in bodies {
        paths.push(path_of(house.post(PATH, body).await));
    }
    moved(&house, &paths[0], "ACTIVE").await.expect(200);
    let list = async |query: &str| names(house.get(&format!("{PATH}?{query}")).await);
    assert_eq!(list("").await.len(), 3);
    assert_eq!(list("tenant_id=acme").await, ["b", "c, \"d\""]);
    assert_eq!(list("tenant_id=").await, ["a"]);
    assert_eq!(list("status=ACTIVE").await, ["a"]);
    assert_eq!(list("owner=ops&status=DRAFT").await, ["c, \"d\""]);
    assert_eq!(list("language=rego").await.len(), 0);
    let now = runtime::clock::now();
    house
        .post(&format!("{}/review", paths[1]), json!({}))
        .await
        .expect(200);
    assert_eq!(
        list(&format!("review_before={now}")).await,
        ["a", "c, \"d\""]
    );
    house
        .get(&format!("{PATH}?status=active"))
        .await
        .expect(400);
    house.get(&format!("{PATH}?format=xml")).await.expect(400);
    house.get(&format!("{PATH}?colour=red")).await.expect(400);

    let csv = house
        .get(&format!("{PATH}?format=csv&limit=1"))
        .await
        .expect(200);
    assert!(csv.header("content-type").starts_with("text/csv"));
    let lines: Vec<&str> = csv.text.trim_end().split("\r\n").collect();
    assert_eq!(lines.len(), 4, "{lines:?}");
    assert!(lines[0].starts_with("id,tenantId,name,owner,status"));
    assert!(
        csv.text.contains(",a,ops,ACTIVE,yaml,false,2,1,1,"),
        "{}",
        csv.text
    );
    assert!(csv.text.contains("\"c, \"\"d\"\"\""), "{}", csv.text);
    assert!(csv.text.contains(",b,'=cmd(),"), "{}", csv.text);
    assert!(!csv.text.contains("denylist"));
}

async fn a_review_is_noted_without_a_new_version(place: Place) {
    let house = House::build(&place).await;
    let path = super::made(&house, "p").await;
    let before = house.get(&path).await.json();
    assert_eq!(before["lastReviewedAt"], json!(null));
    let review = json!({"note": "still right"});
    let after = house
        .post(&format!("{path}/review"), review)
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&after["lastReviewedBy"], &after["lastReviewNote"]),
        (&json!("admin"), &json!("still right"))
    );
    for same in ["version", "textVersion", "updatedAt", "updatedBy"] {
        assert_eq!(after[same], before[same], "{same}");
    }
    let event = house.events("POLICY_REVIEWED", 1).await.remove(0);
    assert_eq!(event["payload"]["note"], "still right");
    // The notes outlive an edit.
    let edited = house
        .patch(&path, json!({"description": "d"}))
        .await
        .expect(200)
        .json();
    assert_eq!(edited["lastReviewedAt"], after["lastReviewedAt"]);
    let long = json!({"note": "x".repeat(10_001)});
    house
        .post(&format!("{path}/review"), long)
        .await
        .expect(400);
}

async fn a_page_of_large_texts_has_fewer_policies(place: Place) {
    let house = House::build(&place).await;
    let comment = format!("# {}\n", "x".repeat(1 << 19));
    for number in 0..18 {
        let dsl = format!("{}{comment}", refusing(&["m"]));
        let body = json!({"name": format!("p{number}"), "dsl": dsl});
        house.post(PATH, body).await.expect(201);
    }
    let mut seen = Vec::new();
    let mut query = String::new();
    let mut pages = 0;
    loop {
        let page = house.get(&format!("{PATH}{query}")).await.expect(200);
        assert!(page.text.len() < 9 << 20, "{}", page.text.len());
        pages += 1;
        let cursor = page.json()["nextCursor"].as_str().map(str::to_owned);
        seen.extend(names(page));
        match cursor {
            Some(cursor) => query = format!("?cursor={cursor}"),
            None => break,
        }
    }
    assert_eq!((seen.len(), pages), (18, 2), "{seen:?}");
}

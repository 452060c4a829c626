//! Several who change one policy.

use serde_json::json;

use super::{PATH, made, named, refusing};
use crate::tests::house::{House, Place};
use crate::tests::on_both;

on_both!(
    of_two_who_edit_one_version_one_wins,
    of_many_who_take_one_name_one_wins,
);

async fn of_two_who_edit_one_version_one_wins(place: Place) {
    let house = House::build(&place).await;
    let path = made(&house, "p").await;
    let first = [("if-match", "\"1\"")];
    let edit = |number: usize| Some(json!({"dsl": refusing(&[&format!("m{number}")])}));
    let calls = (0..8).map(|number| house.call("PATCH", &path, &first, edit(number)));
    let answers = futures::future::join_all(calls).await;
    let won = answers.iter().filter(|it| it.status == 200).count();
    let lost = answers
        .iter()
        .filter(|it| it.code() == "precondition_failed")
        .count();
    assert_eq!((won, lost), (1, 7));
    assert_eq!(house.get(&path).await.json()["version"], 2);
    for (method, path, body) in [
        ("PUT", path.clone(), named("p")),
        (
            "POST",
            format!("{path}/status"),
            json!({"status": "ACTIVE"}),
        ),
        ("POST", format!("{path}/review"), json!({})),
        ("DELETE", path.clone(), json!({})),
    ] {
        let stale = house
            .call(method, &path, &first, Some(body))
            .await
            .expect(412);
        assert_eq!(stale.code(), "precondition_failed");
    }
}

async fn of_many_who_take_one_name_one_wins(place: Place) {
    let house = House::build(&place).await;
    let calls = (0..8).map(|_| house.post(PATH, named("p")));
    let answers = futures::future::join_all(calls).await;
    let won = answers.iter().filter(|it| it.status == 201).count();
    let lost = answers.iter().filter(|it| it.status == 409).count();
    assert_eq!((won, lost), (1, 7));
    // The same call twice is one call.
    let key = [("idempotency-key", "once")];
    let one = house
        .call("POST", PATH, &key, Some(named("q")))
        .await
        .expect(201);
    let two = house
        .call("POST", PATH, &key, Some(named("q")))
        .await
        .expect(201);
    assert_eq!(one.json()["id"], two.json()["id"]);
}

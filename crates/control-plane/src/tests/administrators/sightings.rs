//! Users whom data planes see.

use std::time::Duration;

use serde_json::json;
use terms::Code;
use wire::intake::event_intake_client::EventIntakeClient;
use wire::intake::{Event, EventBatch};

use crate::store::users::{Sighting, Users};
use crate::tests::house::{House, Place};
use crate::tests::on_both;

on_both!(
    a_user_whom_a_data_plane_sees_is_listed,
    one_user_seen_by_several_at_once_is_one_user,
);

async fn a_user_whom_a_data_plane_sees_is_listed(place: Place) {
    let house = House::build(&place).await;
    let channel = crate::tests::streams::channel(&place, &house, Some("gateway-1")).await;
    let login = |counter: u64, payload: serde_json::Value| Event {
        counter,
        id: format!("evt_{counter}"),
        unix_micros: 1_800_000_000_000_000,
        tenant_id: "acme".to_owned(),
        event_type: "AUTHENTICATION_SUCCESS".to_owned(),
        payload: payload.to_string().into_bytes().into(),
    };
    let batch = EventBatch {
        node: "gateway-1".to_owned(),
        boot: "b".to_owned(),
        events: vec![
            login(
                1,
                json!({"user_id": "pat", "issuer": "https://idp.example", "username": "Pat",
                    "email": "pat@example.org", "claimed_tenant": "acme",
                    "claimed_roles": ["viewer", "developer"], "roles": ["viewer"]}),
            ),
            // A key's owner is nobody whom an issuer vouches for.
            login(2, json!({"user_id": "robot", "api_key": "key_1"})),
        ],
    };
    let mut client = EventIntakeClient::new(channel.unwrap());
    let acks = client.push(tokio_stream::iter([batch])).await.unwrap();
    acks.into_inner().message().await.unwrap().unwrap();
    let users = house.get("/admin/v1/users").await.expect(200).json();
    assert_eq!(users["items"].as_array().unwrap().len(), 1, "{users}");
    let pat = &users["items"][0];
    assert_eq!(
        (&pat["id"], &pat["username"]),
        (&json!("pat"), &json!("Pat"))
    );
    assert_eq!(pat["tenantId"], "acme");
    assert_eq!(pat["roles"], json!(["developer", "viewer"]));
    assert_eq!(pat["lastSeenAt"], "2027-01-15T08:00:00.000000Z");
    house.close().await;
}

async fn one_user_seen_by_several_at_once_is_one_user(place: Place) {
    let db = crate::db::Db::open(&place.url()).await.unwrap();
    let at = runtime::clock::now();
    let seen = (0..8).map(|instance| {
        let users = Users::new(db.clone());
        let sighting = Sighting {
            issuer: "https://idp.example".to_owned(),
            user_id: "sam".to_owned(),
            session: Some((instance % 2).to_string()),
            ..Sighting::default()
        };
        tokio::spawn(async move { users.saw(sighting, at).await })
    });
    for task in seen.collect::<Vec<_>>() {
        assert_eq!(&*task.await.unwrap().unwrap().id, "sam");
    }
    let users = Users::new(db);
    let all = users.list(None, "", 10).await.unwrap();
    assert_eq!(all.len(), 1, "{all:?}");
}

#[tokio::test]
async fn who_is_known_goes_on_while_the_database_is_away() {
    let mut place = Place::postgres();
    let users = Users::new(crate::db::Db::open(&place.url()).await.unwrap());
    let at = runtime::clock::now();
    let named = |user_id: &str, session: &str| Sighting {
        issuer: "https://idp.example".to_owned(),
        user_id: user_id.to_owned(),
        session: Some(session.to_owned()),
        ..Sighting::default()
    };
    let first = users.saw(named("sam", "1"), at).await.unwrap();
    assert!(first.new_session);
    place.postgres.as_mut().unwrap().stop();
    let later = at.plus(Duration::from_secs(600));
    let again = users.saw(named("sam", "1"), later).await.unwrap();
    assert_eq!((again.id, again.new_session), (first.id, false));
    for unknown in [named("sam", "2"), named("kim", "1")] {
        let fault = users.saw(unknown, later).await.unwrap_err();
        assert_eq!(fault.code, Code::StorageUnavailable);
    }
}

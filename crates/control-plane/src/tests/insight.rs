//! Stories of what policies would say, and said.

mod dry_run;
mod explain;
mod record;
mod replay;
mod tenants;

use serde_json::{Value, json};
use wire::intake::event_intake_client::EventIntakeClient;
use wire::intake::{Event, EventBatch};

use super::house::{House, Place};

/// Refuses a model.
pub const NO_BIG_MODEL: &str = r#"
version: "1"
rules:
  - id: no-big-model
    conditions:
      model: {denylist: [mock-large]}
    deny_message: Take the small one.
"#;

/// Two tenants, a provider, two tool servers, keys of ann's and bob's.
pub async fn furnished(house: &House) -> (String, String) {
    for (id, region) in [("acme", "eu"), ("globex", "us")] {
        let body = json!({"id": id, "region": region});
        house.post("/admin/v1/tenants", body).await.expect(201);
    }
    let account = json!({"name": "mocks", "provider": "mock", "region": "us",
        "models": ["mock-*"]});
    house
        .post("/admin/v1/credentials", account)
        .await
        .expect(201);
    let files = json!({"serverId": "files", "url": "http://127.0.0.1:9/mcp",
        "tags": ["internal"], "teams": ["ops"]});
    house.post("/admin/v1/mcp/servers", files).await.expect(201);
    let mut keys = Vec::new();
    for (tenant, owner, role) in [("acme", "ann", "developer"), ("globex", "bob", "viewer")] {
        let path = format!("/admin/v1/tenants/{tenant}/keys");
        let body = json!({"name": owner, "owner": owner, "role": role});
        let made = house.post(&path, body).await.expect(201).json();
        keys.push(made["id"].as_str().unwrap().to_owned());
    }
    (keys.remove(0), keys.remove(0))
}

/// Something that a data plane recorded, `minutes` ago.
pub struct Past {
    pub minutes: u64,
    pub tenant: &'static str,
    pub event: &'static str,
    pub payload: Value,
}

/// A call of a model by ann.
pub fn chat(minutes: u64, tenant: &'static str, model: &str) -> Past {
    Past {
        minutes,
        tenant,
        event: "GATEWAY_REQUEST",
        payload: json!({"kind": "chat", "method": "POST", "path": "/v1/chat/completions",
            "user_id": "ann", "role": "developer", "auth_method": "api_key", "model": model,
            "stream": false}),
    }
}

/// Records what happened, as a data plane would; requests are numbered from `first`.
pub async fn happened(place: &Place, house: &House, first: u64, past: Vec<Past>) {
    let now = runtime::clock::now();
    let channel = super::streams::channel(place, house, Some("gateway-1")).await;
    let events = (first..).zip(past).map(|(number, it)| {
        let mut payload = it.payload;
        payload["request_id"] = json!(format!("req_{number}"));
        let at = now.minus(std::time::Duration::from_secs(it.minutes * 60));
        Event {
            counter: number,
            id: format!("evt_{number}"),
            unix_micros: at.unix_micros(),
            tenant_id: it.tenant.to_owned(),
            event_type: it.event.to_owned(),
            payload: payload.to_string().into_bytes().into(),
        }
    });
    let events: Vec<_> = events.collect();
    let batches: Vec<_> = events
        .chunks(500)
        .map(|events| EventBatch {
            node: "gateway-1".to_owned(),
            boot: "b".to_owned(),
            events: events.to_vec(),
        })
        .collect();
    let count = batches.len();
    let mut client = EventIntakeClient::new(channel.unwrap());
    let acks = client.push(tokio_stream::iter(batches)).await.unwrap();
    let mut acks = acks.into_inner();
    for _ in 0..count {
        acks.message().await.unwrap().unwrap();
    }
}

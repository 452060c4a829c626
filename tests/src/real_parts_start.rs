//! The real parts that other stories build on.

use crate::harness::{
    Ask, Connection, EverythingServer, MockUpstream, OpenIdProvider, Postgres, Redis,
};

#[test]
fn postgres_keeps_what_it_was_told_through_a_kill() {
    let mut postgres = Postgres::start();
    postgres.query("create table told (word text)");
    postgres.query("insert into told values ('kept')");
    postgres.kill();
    postgres.restart();
    assert_eq!(postgres.query("select word from told"), "kept");
    assert!(postgres.url().starts_with("postgres://gw@127.0.0.1:"));
}

#[test]
fn redis_is_gone_when_it_is_killed() {
    let mut redis = Redis::start();
    let address = redis.url().replace("redis://", "");
    assert!(Connection::to(&address).is_ok());
    redis.kill();
    assert!(Connection::to(&address).is_err());
}

#[test]
fn the_scripted_provider_streams_and_remembers() {
    let upstream = MockUpstream::well_behaved();
    let url = format!("{}/chat/completions", upstream.base_url());
    let body = serde_json::json!({"model": "m", "stream": true});
    let mut connection = Ask::new("POST", url).json(&body).open().unwrap();
    assert_eq!(connection.read_head().unwrap().status, 200);
    let (events, end) = connection.read_events();
    assert_eq!(
        (events.len(), events.last().unwrap().as_str()),
        (7, "[DONE]")
    );
    assert!(end.is_ok());
    assert_eq!(upstream.wait_for(1)[0].model(), "m");
}

#[test]
fn the_reference_tool_server_answers() {
    let mut everything = EverythingServer::start();
    let initialize = serde_json::json!({
        "jsonrpc": "2.0", "id": 1, "method": "initialize",
        "params": {"protocolVersion": "2025-11-25", "capabilities": {},
                   "clientInfo": {"name": "story", "version": "1"}},
    });
    let ask = Ask::new("POST", everything.url())
        .header("accept", "application/json, text/event-stream")
        .json(&initialize);
    let answer = ask.send().unwrap().expect(200);
    assert!(answer.header("mcp-session-id").is_some(), "{answer:?}");
    everything.kill();
    assert!(ask.send().is_err());
}

#[test]
fn the_openid_provider_signs_tokens_with_the_keys_that_it_shows() {
    let users = serde_json::json!({"alice": {"role": "developer"}});
    let mut provider = OpenIdProvider::start(&users);
    let kid = |provider: &OpenIdProvider| {
        let token = provider.token("alice", "gate", "ES256");
        assert_eq!(token.split('.').count(), 3);
        let keys = Ask::new("GET", provider.jwks_uri()).send().unwrap().json();
        keys["keys"][2]["kid"].as_str().unwrap().to_owned()
    };
    let before = kid(&provider);
    provider.rotate();
    assert_ne!(kid(&provider), before);
}

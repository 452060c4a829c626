//! Nobody gets more than the limits give, and everybody is told what is left.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::harness::{Answer, Ask, Gatehouse, MockUpstream, eventually, scratch};

/// The second seed's example, word for word.
const SEED: &str = include_str!("../../crates/runtime/src/config/fixtures/rate-limits.yaml");

/// A gate with these settings in a file, which must outlive it.
fn gate_with(settings: &str) -> (Gatehouse, tempfile::TempDir) {
    let folder = scratch();
    let file = folder.path().join("gate.yaml");
    std::fs::write(&file, settings).unwrap();
    let gate = Gatehouse::up_with(&["--config", file.to_str().unwrap()]);
    (gate, folder)
}

/// The seed's limits, counted by the process: a story about Redis is told elsewhere.
fn seed_without_its_store() -> String {
    let (before, rest) = SEED.split_once("  # Storage backend").unwrap();
    let (_, after) = rest.split_once("  # Response headers").unwrap();
    format!("{before}{after}")
}

/// A key of a tenant with this `metadata`.
fn key_of(gate: &Gatehouse, tenant: &str, metadata: &Value, key: &Value) -> String {
    let admin = gate.admin();
    let body = json!({"id": tenant, "name": tenant, "metadata": metadata});
    admin.create("tenants", &body);
    let mut body = json!({"name": "story", "role": "developer"});
    let members = key.as_object().unwrap().clone();
    body.as_object_mut().unwrap().extend(members);
    admin.key(tenant, &body).1
}

fn number(answer: &Answer, header: &str) -> u64 {
    let value = answer.header(header);
    let value = value.unwrap_or_else(|| panic!("{header} is missing: {:?}", answer.headers));
    value
        .parse()
        .unwrap_or_else(|_| panic!("{header}: {value}"))
}

#[test]
fn the_seed_s_limits_hold_with_its_headers() {
    let (gate, _folder) = gate_with(&seed_without_its_store());
    let list = Ask::new("GET", format!("{}/api/v1/tools", gate.mcp())).bearer(gate.key());
    let listed = list.send().unwrap().expect(200);
    let shown = number(&listed, "x-ratelimit-limit");
    assert_eq!(shown, 500, "a developer's own, not the users'");
    assert_eq!(number(&listed, "x-ratelimit-remaining"), 499);

    let invoke = json!({"server_id": "demo", "tool_name": "echo", "arguments": {"text": "hi"}});
    let invoke = Ask::new("POST", format!("{}/api/v1/tools/invoke", gate.mcp()))
        .bearer(gate.key())
        .json(&invoke);
    let started = Instant::now();
    let mut admitted = 0;
    let refused = loop {
        let answer = invoke.send().unwrap();
        if answer.status == 429 {
            break answer;
        }
        assert_eq!(number(&answer, "x-ratelimit-limit"), 60, "the endpoint's");
        admitted += 1;
        assert!(admitted < 500, "nobody is limited");
    };
    assert!(
        admitted <= 60 + started.elapsed().as_secs() + 1,
        "{admitted}"
    );
    assert!(admitted >= 10, "the burst is there at once: {admitted}");
    assert_eq!(number(&refused, "x-ratelimit-limit"), 60);
    assert_eq!(number(&refused, "x-ratelimit-remaining"), 0);
    assert!((1..=60).contains(&number(&refused, "retry-after")));
    assert_eq!(refused.json()["error"], "rate_limit_exceeded");
    list.send().unwrap().expect(200);
}

#[test]
fn a_burst_of_many_callers_gets_no_more_than_the_limit() {
    let gate = Gatehouse::up();
    let limit = json!({"rateLimit": {"requestsPerMinute": 30}});
    let key = key_of(&gate, "crowd", &json!({}), &limit);
    let url = format!("{}/v1/models", gate.gateway());
    let started = Instant::now();
    let admitted: u64 = std::thread::scope(|scope| {
        let caller = || {
            let ask = Ask::new("GET", &url).bearer(&key);
            let statuses = (0..20).map(|_| ask.send().unwrap().status);
            let admitted = statuses.filter(|status| match status {
                200 => true,
                429 => false,
                other => panic!("{other}"),
            });
            admitted.count() as u64
        };
        let callers: Vec<_> = (0..8).map(|_| scope.spawn(caller)).collect();
        callers.into_iter().map(|it| it.join().unwrap()).sum()
    });
    let refilled = started.elapsed().as_secs() / 2 + 1;
    assert!((30..=30 + refilled).contains(&admitted), "{admitted}");
}

#[test]
fn a_tenant_s_own_limit_holds_for_all_its_keys_together() {
    let gate = Gatehouse::up();
    let own = json!({"rate-limit.requests-per-minute": "3"});
    let first = key_of(&gate, "small", &own, &json!({}));
    let body = json!({"name": "second", "role": "developer"});
    let (_, second) = gate.admin().key("small", &body);
    let ask = |key: &str| {
        let ask = Ask::new("GET", format!("{}/v1/models", gate.gateway()));
        ask.bearer(key).send().unwrap()
    };
    ask(&first).expect(200);
    ask(&second).expect(200);
    ask(&first).expect(200);
    let refused = ask(&second).expect_error(429, "rate_limit_exceeded");
    let limit = &refused.json()["error"]["rate_limit"];
    assert_eq!(limit["limited_resource"], "tenant", "{limit}");
    assert_eq!(limit["limit_type"], "requests");
    assert_eq!(
        (&limit["limit"], &limit["remaining"]),
        (&json!(3), &json!(0))
    );
    let wait = limit["retry_after_seconds"].as_u64().unwrap();
    assert_eq!(number(&refused, "retry-after"), wait);
    assert!(
        limit["reset_at"].as_str().unwrap().ends_with('Z'),
        "{limit}"
    );
    let events = eventually("the refusal is listed", Duration::from_secs(10), || {
        let filter = "tenant_id=small&event_type=RATE_LIMIT_EXCEEDED";
        let found = gate.admin().events(filter);
        (!found.is_empty()).then_some(found)
    });
    let text = events[0].to_string();
    assert!(text.contains(r#""limit_type":"requests""#), "{text}");

    let blank = json!({"metadata": {"rate-limit.requests-per-minute": ""}});
    let patched = gate.admin().patch("tenants/small", &blank);
    assert_eq!(patched["metadata"], json!({}), "a blank value deletes");
    ask(&second).expect(200);
}

#[test]
fn tokens_are_limited_and_settled_with_what_the_provider_reported() {
    let gate = Gatehouse::up();
    let upstream = MockUpstream::well_behaved();
    gate.admin()
        .provider("scripted", &upstream.base_url(), &["up-*"]);
    let own = json!({"rate-limit.tokens-per-minute": "2000"});
    let key = key_of(&gate, "thrifty", &own, &json!({}));
    let chat = |most: u64| {
        let body = json!({
            "model": "up-1", "max_tokens": most,
            "messages": [{"role": "user", "content": "Say hello."}],
        });
        let ask = Ask::new("POST", format!("{}/v1/chat/completions", gate.gateway()));
        ask.bearer(&key).json(&body).send().unwrap()
    };
    // Three times nearly all of it: what was estimated and not used is given back.
    for _ in 0..3 {
        let answer = chat(1500).expect(200);
        assert_eq!(number(&answer, "x-ratelimit-limit-tokens"), 2000);
        assert!(number(&answer, "x-ratelimit-remaining-tokens") < 500);
    }
    let never = chat(5000).expect_error(429, "rate_limit_exceeded");
    let limit = &never.json()["error"]["rate_limit"];
    assert_eq!(limit["limit_type"], "tokens", "{limit}");
    assert_eq!(limit["retry_after_seconds"], Value::Null);
    assert_eq!(never.header("retry-after"), None, "waiting does not help");
    assert_eq!(upstream.received().len(), 3, "nothing left the house");
}

#[test]
fn each_dialect_s_clients_read_their_own_headers() {
    let gate = Gatehouse::up();
    let ask = Ask::new("GET", format!("{}/v1/models", gate.gateway())).bearer(gate.key());
    let openai = ask.send().unwrap().expect(200);
    assert_eq!(number(&openai, "x-ratelimit-limit-requests"), 6000);
    assert!(number(&openai, "x-ratelimit-remaining-requests") < 6000);
    let reset = openai.header("x-ratelimit-reset-requests").unwrap();
    assert!(reset.ends_with('s'), "{reset}");
    assert_eq!(number(&openai, "x-ratelimit-limit"), 6000);
    let anthropic = ask.header("anthropic-version", "2023-06-01");
    let anthropic = anthropic.send().unwrap().expect(200);
    assert_eq!(
        number(&anthropic, "anthropic-ratelimit-requests-limit"),
        6000
    );
    let reset = anthropic.header("anthropic-ratelimit-requests-reset");
    assert!(reset.unwrap().ends_with('Z'), "{reset:?}");
    assert_eq!(anthropic.header("x-ratelimit-limit-requests"), None);
}

#[test]
fn no_header_tells_of_limits_where_they_are_off() {
    let (gate, _folder) = gate_with("rate_limiting:\n  include_headers: false\n");
    let ask = Ask::new("GET", format!("{}/v1/models", gate.gateway())).bearer(gate.key());
    let answer = ask.send().unwrap().expect(200);
    let told = answer.headers.iter().find(|it| it.0.contains("ratelimit"));
    assert_eq!(told, None);
}

#[test]
fn a_tenant_says_from_where_it_may_be_called() {
    let gate = Gatehouse::up();
    let denied = json!({"ip-access.denylist": "127.0.0.0/8, ::1"});
    let key = key_of(&gate, "walled", &denied, &json!({}));
    let ask = || {
        let ask = Ask::new("GET", format!("{}/v1/models", gate.gateway()));
        ask.bearer(&key).send().unwrap()
    };
    ask().expect_error(403, "ip_access_denied");
    let listed = "event_type=IP_ACCESS_DENIED";
    eventually("the refusal is listed", Duration::from_secs(10), || {
        let events = gate.admin().events(listed);
        (!events.is_empty()).then_some(())
    });
    let both = json!({"metadata": {
        "ip-access.allowlist": "127.0.0.1", "ip-access.denylist": "0.0.0.0/0, ::/0",
    }});
    gate.admin().patch("tenants/walled", &both);
    ask().expect(200);
    let gone = json!({"metadata": {"ip-access.allowlist": "", "ip-access.denylist": ""}});
    gate.admin().patch("tenants/walled", &gone);
    ask().expect(200);
}

#[test]
fn a_tenant_s_override_that_can_t_be_read_is_refused_at_the_write() {
    let gate = Gatehouse::up();
    for (key, value, code) in [
        ("ip-access.allowlist", "10.0.0.0/99", "validation_error"),
        ("rate-limit.requests-per-minute", "0", "validation_error"),
        ("rate-limit.tokens-per-minute", "-5", "validation_error"),
        ("rate-limit.request-per-minute", "5", "validation_error"),
        ("pii.enabled", "perhaps", "validation_error"),
        ("cost.downgrade-rules", "x", "not_in_this_build"),
    ] {
        let body = json!({"id": "wrong", "name": "wrong", "metadata": {key: value}});
        let answer = gate.admin().ask("POST", "tenants").json(&body);
        let refused = answer.send().unwrap().expect_error(400, code);
        assert!(refused.text().contains(key), "{}", refused.text());
    }
}

#[test]
fn bulk_waits_for_others_while_the_gate_is_busy() {
    let settings = "rate_limiting:\n  shedding:\n    max_in_flight: 4\n    standard_pct: 75\n    \
                    bulk_pct: 50\n";
    let (gate, _folder) = gate_with(settings);
    let upstream = MockUpstream::start(|_, wire| {
        wire.hang();
    });
    gate.admin()
        .provider("slow", &upstream.base_url(), &["up-*"]);
    let bulk = key_of(&gate, "bulk", &json!({}), &json!({}));
    gate.admin()
        .patch("tenants/bulk", &json!({"priorityTier": "bulk"}));
    let held: Vec<_> = (0..2).map(|_| gate.chat("up-1").open().unwrap()).collect();
    upstream.wait_for(2);
    let models = format!("{}/v1/models", gate.gateway());
    let as_bulk = Ask::new("GET", &models).bearer(&bulk);
    let waits = as_bulk.send().unwrap();
    let waits = waits.expect_error(429, "priority_throttled");
    assert_eq!(waits.header("retry-after"), Some("1"));
    let as_standard = Ask::new("GET", &models).bearer(gate.key());
    as_standard.send().unwrap().expect(200);
    let url = format!("{}/actuator/prometheus", gate.gateway());
    let metrics = Ask::new("GET", url).send().unwrap().expect(200).text();
    for name in ["requests", "throttled"] {
        let name = format!("gateway_priority_{name}_total{{");
        let mut lines = metrics.lines().filter(|line| line.starts_with(&name));
        let of_bulk = |line: &str| line.contains(r#"tier="bulk""#);
        assert!(lines.any(of_bulk), "{name} is missing:\n{metrics}");
    }
    drop(held);
    eventually("the gate is idle again", Duration::from_secs(10), || {
        (as_bulk.send().unwrap().status == 200).then_some(())
    });
}

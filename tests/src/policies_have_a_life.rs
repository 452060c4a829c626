//! A policy's life on running traffic: shadow, canary, four eyes, rollback, emergency, replay; on
//! one process and on three.

use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{
    Answer, Ask, Fleet, Gatehouse, OpenIdProvider, Postgres, eventually, scratch,
};

const DENY: &str = "version: '1'
rules:
  - id: nobody
    conditions: {model: {denylist: [mock-gpt, shared-gpt]}}
    deny_message: Nobody calls this.
";

fn counted(gate: &Gatehouse, name: &str) -> f64 {
    let metrics = Ask::new("GET", format!("{}/metrics", gate.gateway()));
    let text = metrics.send().unwrap().text();
    let lines = text.lines().filter(|it| it.starts_with(name));
    lines
        .filter_map(|it| it.rsplit(' ').next()?.parse::<f64>().ok())
        .sum()
}

#[test]
fn a_shadow_is_counted_and_listed_and_refuses_nothing() {
    let gate = Gatehouse::up();
    let admin = gate.admin();
    let id = admin.policy("shadow", DENY);
    gate.chat("mock-gpt").send().unwrap().expect(200);
    assert_eq!(
        counted(&gate, "gateway_policy_shadow_divergence_total"),
        0.0
    );
    admin.policy_status(&id, "SHADOW");
    for _ in 0..3 {
        gate.chat("mock-gpt").send().unwrap().expect(200);
        gate.chat("mock-other").send().unwrap().expect(200);
    }
    assert_eq!(
        counted(&gate, "gateway_policy_shadow_divergence_total"),
        3.0
    );
    let listed = eventually("they are listed", Duration::from_secs(20), || {
        let listed = admin.get(&format!("policies/{id}/divergences"));
        (listed["byType"]["would_deny"] == 3).then_some(listed)
    });
    let example = &listed["examples"][0];
    assert!(example.to_string().contains("mock-gpt"), "{listed}");
    assert!(example.to_string().contains("nobody"), "{listed}");
}

#[test]
fn a_canary_takes_its_share_of_principals_and_always_the_same() {
    let gate = Gatehouse::up();
    let admin = gate.admin();
    let keys: Vec<String> = (0..40)
        .map(|number| {
            let owner = format!("user-{number}");
            let body = json!({"name": owner, "owner": owner, "role": "developer"});
            admin.key("demo", &body).1
        })
        .collect();
    let refused = || -> Vec<bool> {
        let statuses = keys.iter().map(|key| gate.chat_as(key, "mock-gpt").send());
        statuses.map(|it| it.unwrap().status == 403).collect()
    };
    let count = |refused: &[bool]| refused.iter().filter(|it| **it).count();
    let id = admin.policy("canary", DENY);
    let share = |percent: u8| {
        let body = json!({"status": "ACTIVE", "canary": {"percent": percent}});
        let ask = admin.ask("POST", &format!("policies/{id}/status"));
        ask.json(&body).send().unwrap().expect(200);
        refused()
    };
    assert_eq!(count(&share(0)), 0);
    let some = share(30);
    assert!((3..=24).contains(&count(&some)), "{}", count(&some));
    assert_eq!(some, refused(), "always the same");
    let more = share(70);
    assert!(count(&more) > count(&some));
    let stays = some.iter().zip(&more).all(|(some, more)| !some || *more);
    assert!(stays, "who is in stays in");
    assert_eq!(count(&share(100)), keys.len());
}

/// Two policy administrators and a caller, known by tokens.
fn house_of_two() -> (Gatehouse, OpenIdProvider, tempfile::TempDir) {
    let user = json!({"role": "policy-admin", "realm_access": {"roles": ["policy-admin"]}});
    let provider = OpenIdProvider::start(&json!({"ann": user, "ben": user}));
    let folder = scratch();
    let file = folder.path().join("gate.yaml");
    let text = format!(
        "gateway:
  policies:
    four-eyes: true
  security:
    enabled: true
    oidc:
      issuer-uri: {}
      audience: dvara-gateway
      role-claim: realm_access.roles
",
        provider.issuer()
    );
    std::fs::write(&file, text).unwrap();
    let gate = Gatehouse::up_with(&["--config", file.to_str().unwrap()]);
    (gate, provider, folder)
}

#[test]
fn whoever_wrote_a_text_does_not_put_it_in_force() {
    let (gate, provider, _folder) = house_of_two();
    let as_user = |user: &str, method: &str, path: &str, body: &Value| -> Answer {
        let token = provider.token(user, "dvara-gateway", "RS256");
        let url = format!("{}/admin/v1/{path}", gate.control());
        let ask = Ask::new(method, url).bearer(&token).json(body);
        ask.send().unwrap()
    };
    let body = json!({"name": "four-eyes", "dsl": DENY});
    let made = as_user("ann", "POST", "policies", &body).expect(201).json();
    let path = format!("policies/{}", made["id"].as_str().unwrap());
    let active = json!({"status": "ACTIVE"});
    let status = format!("{path}/status");
    as_user("ann", "POST", &status, &active).expect_error(403, "four_eyes_required");
    gate.chat("mock-gpt").send().unwrap().expect(200);
    as_user("ben", "POST", &status, &active).expect(200);
    gate.chat("mock-gpt").send().unwrap().expect(403);

    // An edit of what is in force waits for somebody else, and the former text holds meanwhile.
    let lax = DENY.replace("mock-gpt, shared-gpt", "shared-gpt");
    as_user("ben", "PATCH", &path, &json!({"dsl": lax})).expect(200);
    gate.chat("mock-gpt").send().unwrap().expect(403);
    as_user("ben", "POST", &status, &active).expect_error(403, "four_eyes_required");
    as_user("ann", "POST", &status, &active).expect(200);
    gate.chat("mock-gpt").send().unwrap().expect(200);
}

#[test]
fn an_emergency_lets_pass_until_it_is_over_and_is_on_record() {
    let gate = Gatehouse::up();
    let admin = gate.admin();
    let id = admin.policy_in_force("deny", DENY);
    gate.chat("mock-gpt").send().unwrap().expect(403);
    let body = json!({"policies": [id], "tenantId": "demo", "approver": "olga@example.com",
        "reason": "Production is down; incident 4711.", "durationSeconds": 3600});
    let given = admin.create("policies/overrides", &body);
    let passed = gate.chat("mock-gpt").send().unwrap().expect(200);
    assert_eq!(passed.header("x-budget-warning"), Some("true"));
    let end = format!("policies/overrides/{}", given["id"].as_str().unwrap());
    admin.delete(&end);
    gate.chat("mock-gpt").send().unwrap().expect(403);
    let listed = |kind: &str| {
        eventually("it is on record", Duration::from_secs(20), || {
            admin.events(&format!("event_type={kind}")).first().cloned()
        })
    };
    let given = listed("POLICY_OVERRIDE_ACTIVATED");
    assert!(given.to_string().contains("incident 4711"), "{given}");
    listed("POLICY_OVERRIDE_ENDED");
}

#[test]
fn a_draft_is_replayed_over_what_was_called() {
    let gate = Gatehouse::up();
    for _ in 0..5 {
        gate.chat("mock-gpt").send().unwrap().expect(200);
        gate.chat("mock-other").send().unwrap().expect(200);
    }
    let body = json!({"dsl": DENY, "hours": 1});
    let ask = gate.admin().ask("POST", "policies/replay").json(&body);
    let told = eventually("all are replayed", Duration::from_secs(20), || {
        let told = ask.send().unwrap().expect(200).json();
        (told["examined"] == 10).then_some(told)
    });
    assert_eq!(told["changes"]["wouldDeny"], 5, "{told}");
    assert_eq!(told["changes"]["unchanged"], 5, "{told}");
    assert!(told["examples"].to_string().contains("req_"), "{told}");
}

#[test]
fn a_policy_reaches_every_gateway_of_a_fleet_and_is_rolled_back_by_one_call() {
    let postgres = Postgres::start();
    let fleet = Fleet::start(&postgres, 2, None);
    let admin = fleet.admin();
    admin.shared_provider();
    let (_, key) = admin.tenant_with_key("acme");
    let asks = fleet.chats(&key, "shared-gpt");
    for ask in &asks {
        eventually("a gateway knows the key", Duration::from_secs(60), || {
            ask.send().ok().filter(|it| it.status == 200)
        });
    }
    let id = admin.policy_in_force("fleet", DENY);
    for ask in &asks {
        // The write answered once the connected data planes had acknowledged.
        ask.send().unwrap().expect_error(403, "policy_denied");
    }
    let lax = DENY.replace("mock-gpt, shared-gpt", "mock-gpt");
    let changed = admin.patch(&format!("policies/{id}"), &json!({"dsl": lax}));
    for ask in &asks {
        ask.send().unwrap().expect(200);
    }
    let before = changed["version"].as_i64().unwrap() - 1;
    let back = admin.ask("POST", &format!("policies/{id}/rollback"));
    let back = back.json(&json!({"version": before})).send().unwrap();
    back.expect(200);
    for ask in &asks {
        ask.send().unwrap().expect(403);
    }
}

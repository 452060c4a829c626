//! Callers and administrators enter with the tokens of a real OpenID provider.

use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{Answer, Ask, Gatehouse, OpenIdProvider, eventually, scratch};

const AUDIENCE: &str = "sark-gateway";

/// A gate that accepts the tokens of a provider.
struct House {
    provider: OpenIdProvider,
    gate: Gatehouse,
    _folder: tempfile::TempDir,
}

/// Alice develops, Victor looks, Olga administers, Nemo has no role that the gate knows.
fn users() -> Value {
    let user = |role: &str, tenant: Value| {
        json!({"role": role, "preferred_username": format!("{role}-name"), "tenant_id": tenant,
            "email": format!("{role}@example.com"), "groups": ["engineering"],
            "realm_access": {"roles": ["offline_access", role]}})
    };
    json!({
        "alice": user("developer", "demo".into()),
        "victor": user("viewer", "demo".into()),
        "olga": user("org-admin", Value::Null),
        "nemo": user("wizard", "demo".into()),
        "far": user("developer", "elsewhere".into()),
    })
}

fn house() -> House {
    let provider = OpenIdProvider::start(&users());
    let folder = scratch();
    let file = folder.path().join("auth.yaml");
    let (issuer, keys) = (provider.issuer(), provider.jwks_uri());
    let text = format!(
        "authentication:
  type: jwt
  jwt:
    verification_keys:
      - type: jwks_url
        url: {keys}
        cache_duration: 1h
    validation:
      issuer: {issuer}
      audience: {AUDIENCE}
      require_expiration: true
      clock_skew: 30s
    required_claims: [sub, exp, iat, role]
    claims_mapping:
      user_id: sub
      username: preferred_username
      email: email
      role: role
      groups: groups
      tenant: tenant_id
    token_sources:
      - header: Authorization
        scheme: Bearer
      - query: access_token
      - cookie: auth_token
gateway:
  security:
    enabled: true
    oidc:
      issuer-uri: {issuer}
      audience: dvara-gateway
      role-claim: realm_access.roles
      tenant-claim: tenant_id
"
    );
    std::fs::write(&file, text).unwrap();
    let gate = Gatehouse::up_with(&["--config", file.to_str().unwrap()]);
    House {
        provider,
        gate,
        _folder: folder,
    }
}

impl House {
    fn token(&self, user: &str) -> String {
        self.provider.token(user, AUDIENCE, "RS256")
    }

    fn chat(&self, token: &str) -> Answer {
        self.gate.chat_as(token, "mock-gpt").send().unwrap()
    }

    fn validate(&self, token: &str) -> Answer {
        let url = format!("{}/api/v1/auth/validate", self.gate.mcp());
        Ask::new("GET", url).bearer(token).send().unwrap()
    }

    fn admin(&self, token: &str, method: &str, path: &str) -> Ask {
        let url = format!("{}/admin/v1/{path}", self.gate.control());
        Ask::new(method, url).bearer(token)
    }
}

#[test]
fn a_token_of_each_algorithm_opens_both_planes() {
    let house = house();
    for algorithm in ["RS256", "PS256", "ES256", "EdDSA"] {
        let token = house.provider.token("alice", AUDIENCE, algorithm);
        house.chat(&token).expect(200);
        let url = format!("{}/api/v1/tools", house.gate.mcp());
        let listed = Ask::new("GET", url).bearer(&token).send().unwrap();
        let listed = listed.expect(200).json();
        assert_eq!(
            listed["user"],
            json!({"id": "alice", "username": "developer-name", "role": "developer"}),
            "{algorithm}"
        );
        assert_eq!(listed["auth"]["type"], "jwt");
        assert!(!listed["tools"].as_array().unwrap().is_empty());
    }
}

#[test]
fn who_the_gate_takes_a_caller_for_can_be_asked() {
    let house = house();
    let said = house.validate(&house.token("alice")).expect(200).json();
    assert_eq!(said["user"]["id"], "alice");
    assert_eq!(said["groups"], json!(["engineering"]));
    assert_eq!(said["tenant_id"], "demo");
    let refused = house
        .validate("eyJhbGciOiJub25lIn0.e30.x")
        .expect(401)
        .json();
    assert_eq!(refused["error"], "authentication_failed");
    assert!(refused["details"]["reason"].is_string(), "{refused}");
}

#[test]
fn a_token_that_is_not_meant_for_the_gate_is_refused_with_its_reason() {
    let house = house();
    let reason = |answer: Answer| answer.json()["error"]["reason"].as_str().map(str::to_owned);
    let other = house.provider.token("alice", "another-service", "RS256");
    let refused = house.chat(&other).expect_error(401, "invalid_token");
    assert_eq!(reason(refused).as_deref(), Some("invalid_audience"));
    let good = house.token("alice");
    let (message, signature) = good.rsplit_once('.').unwrap();
    let other: String = signature.chars().rev().collect();
    let refused = house.chat(&format!("{message}.{other}"));
    let refused = refused.expect_error(401, "invalid_token");
    assert!(["invalid_signature", "token_malformed"].contains(&&*reason(refused).unwrap()));
    let mut cut = good.clone();
    cut.truncate(good.len() / 2);
    house.chat(&cut).expect(401);
    let stranger = OpenIdProvider::start(&users());
    let foreign = stranger.token("alice", AUDIENCE, "RS256");
    let refused = house.chat(&foreign).expect_error(401, "invalid_token");
    assert_eq!(reason(refused).as_deref(), Some("invalid_issuer"));
    let nobody = house.chat(&house.token("nemo"));
    let refused = nobody.expect_error(403, "authorization_denied");
    assert_eq!(reason(refused).as_deref(), Some("role_not_allowed"));
    let elsewhere = house.chat(&house.token("far"));
    let refused = elsewhere.expect_error(403, "authorization_denied");
    assert_eq!(reason(refused).as_deref(), Some("unknown_tenant"));
}

#[test]
fn two_credentials_of_two_users_are_refused() {
    let house = house();
    let both = house
        .gate
        .chat_as(&house.token("alice"), "mock-gpt")
        .header("x-api-key", house.gate.key());
    both.send()
        .unwrap()
        .expect_error(401, "conflicting_credentials");
}

#[test]
fn new_keys_of_the_provider_are_found_and_old_tokens_end_with_the_old_keys() {
    let mut house = house();
    let before = house.token("alice");
    house.chat(&before).expect(200);
    house.provider.rotate();
    let after = house.token("alice");
    // Two fetches are at least ten seconds apart.
    eventually("the new key is known", Duration::from_secs(20), || {
        (house.chat(&after).status == 200).then_some(())
    });
}

#[test]
fn a_provider_that_is_away_does_not_shut_out_those_whose_keys_are_known() {
    let mut house = house();
    let (first, second) = (house.token("alice"), house.token("victor"));
    house.chat(&first).expect(200);
    house.provider.kill();
    house.chat(&first).expect(200);
    house.chat(&second).expect(200);
}

#[test]
fn tokens_travel_in_cookies_of_own_pages_and_in_queries_of_streams_alone() {
    let house = house();
    let token = house.token("alice");
    let url = format!("{}/api/v1/auth/validate", house.gate.mcp());
    let cookie = || Ask::new("GET", &url).header("cookie", format!("auth_token={token}"));
    cookie().send().unwrap().expect(200);
    let foreign = cookie().header("origin", "https://evil.example");
    foreign.send().unwrap().expect(401);
    let query = Ask::new("GET", format!("{url}?access_token={token}"));
    query.send().unwrap().expect(401);
    let stream = Ask::new("GET", format!("{url}?access_token={token}"));
    let stream = stream.header("accept", "text/event-stream");
    stream.send().unwrap().expect(200);
    assert!(
        !house.gate.log().contains(&token),
        "the token is in the log"
    );
}

#[test]
fn an_exchanged_pair_is_refreshed_once_a_token_and_ends_with_its_session() {
    let house = house();
    let auth = |path: &str| Ask::new("POST", format!("{}/api/v1/auth/{path}", house.gate.mcp()));
    let pair = auth("token").bearer(&house.token("alice")).send().unwrap();
    let pair = pair.expect(200).json();
    let text = |pair: &Value, name: &str| pair[name].as_str().unwrap().to_owned();
    let access = text(&pair, "access_token");
    house.chat(&access).expect(200);
    assert_eq!(
        house.validate(&access).expect(200).json()["user"]["id"],
        "alice"
    );
    let refresh = |token: &str| {
        auth("refresh")
            .json(&json!({"refresh_token": token}))
            .send()
            .unwrap()
    };
    let first = text(&pair, "refresh_token");
    let second = refresh(&first).expect(200).json();
    let newer = text(&second, "access_token");
    house.chat(&newer).expect(200);
    // Somebody uses the first one again: it was stolen, or its successor was.
    refresh(&first).expect(401);
    refresh(&text(&second, "refresh_token")).expect(401);
    eventually("the family is ended", Duration::from_secs(5), || {
        (house.chat(&newer).status == 401).then_some(())
    });
    house.chat(&access).expect_error(401, "invalid_token");
}

#[test]
fn administrators_do_what_their_roles_allow() {
    let house = house();
    let token = |user: &str| house.provider.token(user, "dvara-gateway", "RS256");
    let (olga, alice, victor) = (token("olga"), token("alice"), token("victor"));
    let tenant = json!({"id": "made-by-olga"});
    let made = house.admin(&olga, "POST", "tenants").json(&tenant).send();
    made.unwrap().expect(201);
    for who in [&alice, &victor] {
        let tried = house.admin(who, "POST", "tenants").json(&tenant).send();
        let refused = tried.unwrap().expect_error(403, "authorization_denied");
        assert_eq!(
            refused.json()["error"]["reason"],
            "insufficient_permissions"
        );
        house
            .admin(who, "GET", "routes")
            .send()
            .unwrap()
            .expect(200);
    }
    let key = json!({"name": "ci", "role": "developer"});
    let made = house
        .admin(&alice, "POST", "tenants/demo/keys")
        .json(&key)
        .send();
    made.unwrap().expect(201);
    let above = json!({"name": "ci", "role": "org-admin"});
    let tried = house
        .admin(&alice, "POST", "tenants/demo/keys")
        .json(&above)
        .send();
    tried.unwrap().expect_error(403, "authorization_denied");
    let foreign = house
        .admin(&alice, "POST", "tenants/made-by-olga/keys")
        .json(&key)
        .send();
    foreign.unwrap().expect_error(403, "authorization_denied");
    house
        .gate
        .ask("GET", "/v1/models")
        .send()
        .unwrap()
        .expect(200);
    let with_key = house
        .admin(house.gate.key(), "GET", "routes")
        .send()
        .unwrap();
    assert_eq!(with_key.status, 401, "an API key is no way in");
}

#[test]
fn a_user_appears_at_the_first_login_and_assigned_roles_go_before_claims() {
    let house = house();
    let alice = house.token("alice");
    house.chat(&alice).expect(200);
    let admin = house.gate.admin();
    let user = eventually("alice is listed", Duration::from_secs(10), || {
        let users = admin.get("users");
        let all = users["items"].as_array().unwrap().clone();
        all.into_iter()
            .find(|it| it["userId"] == "alice" || it["id"] == "alice")
    });
    let id = user["id"].as_str().unwrap();
    let put = |roles: Value| {
        let ask = admin.ask("PUT", &format!("users/{id}/roles"));
        ask.json(&json!({"roles": roles})).send().unwrap()
    };
    put(json!(["viewer"])).expect(200);
    assert_eq!(
        house.validate(&alice).expect(200).json()["user"]["role"],
        "viewer"
    );
    put(json!(["wizard"])).expect(400);
    put(json!([])).expect(200);
    house.chat(&alice).expect_error(403, "authorization_denied");
    let unknown = admin
        .ask("PUT", "users/nobody/roles")
        .json(&json!({"roles": ["viewer"]}));
    unknown.send().unwrap().expect_error(404, "user_not_found");
}

//! How callers ask for tokens, and what is refused.

use super::*;

#[tokio::test]
async fn a_cookie_counts_for_own_pages_alone_and_stays_out_of_scripts() {
    let scene = Scene::of(Place::sqlite());
    let house = scene.house().await;
    let pair = scene.pair(&house).await;
    let cookie = format!("other=1; refresh_token={}", text(&pair, "refresh_token"));
    for foreign in [
        ("origin", "https://evil.example.com"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "null"),
    ] {
        let headers = [("cookie", cookie.as_str()), foreign];
        let refused = send(&house, REFRESH, &headers, None).await.expect(403);
        assert_eq!(refused.json()["error"], "origin_denied", "{foreign:?}");
        send(&house, LOGOUT, &headers, None).await.expect(403);
    }
    let own = [
        ("cookie", cookie.as_str()),
        ("origin", "https://control-plane"),
    ];
    let renewed = send(&house, REFRESH, &own, None).await.expect(200);
    assert!(renewed.json().get("refresh_token").is_none(), "{renewed:?}");
    let set = renewed.header("set-cookie").to_owned();
    let next = set.split_once(';').unwrap().0;
    assert!(next.starts_with("refresh_token=gwr_"), "{set}");

    // A data plane in between says what the browser asked for.
    let forwarded = [
        ("cookie", next),
        ("origin", "https://tools.example.com"),
        ("x-forwarded-host", "tools.example.com"),
    ];
    let renewed = send(&house, REFRESH, &forwarded, None).await.expect(200);
    let set = renewed.header("set-cookie").to_owned();
    let next = set.split_once(';').unwrap().0;
    let other = json!({"refresh_token": format!("gwr_{}", "0".repeat(64))});
    let both = send(&house, REFRESH, &[("cookie", next)], Some(other))
        .await
        .expect(401);
    assert_eq!(why(&both), "conflicting_credentials");
    let foreign = [("authorization", format!("Bearer {}", scene.token()))];
    let headers = [
        ("authorization", foreign[0].1.as_str()),
        ("sec-fetch-site", "cross-site"),
    ];
    let signed_in = send(&house, TOKEN, &headers, None).await.expect(200);
    assert_eq!(
        signed_in.header("set-cookie"),
        "",
        "no other site signs its visitors in"
    );
    house.close().await;
}

#[tokio::test]
async fn every_way_to_ask_is_understood_and_nothing_else() {
    let scene = Scene::of(Place::sqlite());
    let house = scene.house().await;
    let token = scene.token();
    let exchange = "urn:ietf:params:oauth:grant-type:token-exchange";
    let kind = "urn:ietf:params:oauth:token-type:access_token";
    let rfc8693 = json!({"grant_type": exchange, "subject_token": token,
        "subject_token_type": kind, "audience": "gatehouse", "scope": "tools:read"});
    let pair = send(&house, TOKEN, &[], Some(rfc8693.clone()))
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&pair["scope"], &pair["issued_token_type"]),
        (&json!("tools:read"), &json!(kind))
    );
    let principal = enters(&snapshot(&house), text(&pair, "access_token"))
        .await
        .unwrap();
    assert_eq!(
        principal.scopes.iter().map(|it| &**it).collect::<Vec<_>>(),
        ["tools:read"]
    );
    send(&house, TOKEN, &[], Some(json!({"token": token})))
        .await
        .expect(200);
    let form = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("grant_type", exchange)
        .append_pair("subject_token", &token)
        .append_pair("subject_token_type", kind)
        .finish();
    let as_form = [("content-type", "application/x-www-form-urlencoded")];
    house
        .raw("POST", TOKEN, &as_form, form.into_bytes())
        .await
        .expect(200);

    // curl says that it is a form when it isn't told.
    let refresh = json!({"refresh_token": text(&pair, "refresh_token")}).to_string();
    let pair = house
        .raw("POST", REFRESH, &as_form, refresh.into_bytes())
        .await
        .expect(200)
        .json();
    assert_eq!(pair["scope"], "tools:read");
    let refresh = format!("refresh_token={}", text(&pair, "refresh_token"));
    let pair = house
        .raw("POST", REFRESH, &[], refresh.into_bytes())
        .await
        .expect(200)
        .json();

    let change = |name: &str, value: &str| {
        let mut body = rfc8693.clone();
        body[name] = json!(value);
        body
    };
    for wrong in [
        change("grant_type", "password"),
        change("audience", "elsewhere"),
        change(
            "subject_token_type",
            "urn:ietf:params:oauth:token-type:saml2",
        ),
        change("scope", "everything"),
        change("actor_token", "x"),
    ] {
        let refused = send(&house, TOKEN, &[], Some(wrong.clone())).await;
        assert_eq!(
            refused.expect(400).json()["error"],
            "validation_error",
            "{wrong}"
        );
    }
    let bearer = format!(
        "Bearer {}",
        scene.token_with(|claims| claims["sub"] = json!("u-2"))
    );
    let two = send(&house, TOKEN, &[("authorization", &bearer)], Some(rfc8693)).await;
    assert_eq!(why(&two.expect(401)), "conflicting_credentials");
    send(&house, TOKEN, &[], None).await.expect(401);
    let own = json!({"token": text(&pair, "access_token")});
    let own = send(&house, TOKEN, &[], Some(own)).await.expect(401);
    assert_eq!(
        why(&own),
        "invalid_issuer",
        "its own tokens are renewed, not exchanged"
    );
    house.close().await;
}

#[tokio::test]
async fn garbage_is_refused_with_its_reason_and_a_flood_of_it_waits() {
    let scene = Scene::of(Place::sqlite());
    let mut options = scene.options().await;
    options.settings.failed_attempts.rule.requests_per_minute = 6;
    let house = House::build_with(options).await;
    let unknown = format!("gwr_{}", "0".repeat(64));
    for (token, wanted) in [
        ("x", "token_malformed"),
        (unknown.as_str(), "unknown_token"),
        ("gwr_' OR 1=1", "token_malformed"),
    ] {
        assert_eq!(
            why(&renew(&house, token).await.expect(401)),
            wanted,
            "{token}"
        );
    }
    assert_eq!(
        renew(&house, "").await.expect(401).json()["error"],
        "authentication_failed"
    );
    let expired = scene.token_with(|claims| claims["exp"] = json!(1));
    let refused = send(&house, TOKEN, &[], Some(json!({"token": expired})))
        .await
        .expect(401);
    assert_eq!(why(&refused), "token_expired");
    renew(&house, "x").await.expect(401);
    let waits = renew(&house, &unknown).await.expect(429);
    assert_eq!(why(&waits), "failed_attempts");
    assert!(!waits.header("retry-after").is_empty());
    house.close().await;
}

#[tokio::test]
async fn without_a_signing_key_the_answer_says_what_to_configure() {
    let scene = Scene::of(Place::sqlite());
    let mut options = scene.options().await;
    options.own_tokens.signing_key = None;
    let house = House::build_with(options).await;
    let body = json!({"token": scene.token()});
    let refused = send(&house, TOKEN, &[], Some(body)).await.expect(400);
    assert_eq!(refused.json()["error"], "not_configured");
    assert!(
        refused.text.contains("JWT_SIGNING_KEY_PATH"),
        "{}",
        refused.text
    );
    renew(&house, "x").await.expect(400);
    let keys = house
        .raw("GET", "/.well-known/jwks.json", &[], Vec::new())
        .await;
    assert_eq!(keys.expect(200).json(), json!({"keys": []}));
    assert!(snapshot(&house).settings().issuers.iter().all(|it| !it.own));
    house.close().await;
}

#[tokio::test]
async fn a_weak_key_or_a_stolen_name_refuses_the_start() {
    let scene = Scene::of(Place::sqlite());
    let mut open = scene.options().await;
    let file = put_key(scene.place.folder.path(), "open.pem");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    open.own_tokens.signing_key = Some(file);
    let fault = crate::start(open).await.unwrap_err();
    assert!(fault.message.contains("0600"), "{fault}");
    let mut stolen = scene.options().await;
    stolen.settings.issuers[0].issuer = "gatehouse".to_owned();
    let fault = crate::start(stolen).await.unwrap_err();
    assert!(fault.message.contains("the gateway itself"), "{fault}");
}

#[tokio::test]
async fn a_reload_keeps_the_own_issuer_and_the_pepper() {
    let scene = Scene::of(Place::sqlite());
    let house = scene.house().await;
    let pair = scene.pair(&house).await;
    let pepper = || {
        let state = house.running.admin().store.state();
        crate::store::settings_of(&state).unwrap().pepper.clone()
    };
    let before = pepper();
    let fresh = decide::settings::Settings {
        default_tenant: Some("acme".into()),
        ..super::super::house::settings()
    };
    house.running.admin().govern(fresh).await.unwrap();
    assert!(pepper() == before);
    let after = snapshot(&house);
    assert_eq!(
        after.settings().default_tenant.as_ref().unwrap().as_str(),
        "acme"
    );
    enters(&after, text(&pair, "access_token")).await.unwrap();
    renew(&house, text(&pair, "refresh_token"))
        .await
        .expect(200);
    let keys = house
        .raw("GET", "/api/v1/auth/jwks", &[], Vec::new())
        .await
        .expect(200)
        .json();
    assert_eq!(keys["keys"].as_array().unwrap().len(), 1);
    assert!(keys["keys"][0].get("d").is_none(), "{keys}");
    house.close().await;
}

#[tokio::test]
async fn who_administers_with_own_tokens_is_the_identity_providers_user() {
    let scene = Scene::of(Place::sqlite());
    let house = scene.house().await;
    let asks = async |token: &str, method: &str, path: &str, body: &str| {
        let bearer = format!("Bearer {token}");
        let headers = [("authorization", bearer.as_str())];
        house.raw(method, path, &headers, body.into()).await
    };
    let theirs = scene.token_with(|claims| claims["role"] = json!("viewer"));
    asks(&theirs, "GET", "/admin/v1/routes", "")
        .await
        .expect(200);
    let pair = send(&house, TOKEN, &[], Some(json!({"token": theirs}))).await;
    let own = text(&pair.expect(200).json(), "access_token").to_owned();
    asks(&own, "GET", "/admin/v1/routes", "").await.expect(200);
    let users = house.get("/admin/v1/users").await.expect(200).json();
    assert_eq!(users["items"].as_array().unwrap().len(), 1, "{users}");
    assert_eq!(
        (&users["items"][0]["id"], &users["items"][0]["issuer"]),
        (&json!("u-1"), &json!(IDP))
    );

    // Roles that are given to the user hold for the tokens that are there already.
    let keys = "/admin/v1/tenants/acme/keys";
    asks(&own, "POST", keys, "{}").await.expect(403);
    let roles = json!({"roles": ["developer"]});
    house
        .put("/admin/v1/users/u-1/roles", roles)
        .await
        .expect(200);
    let made = asks(&own, "POST", keys, "{}").await.expect(201);
    let request = made.header("x-request-id").to_owned();
    crate::tests::house::eventually("the change names its actor", async || {
        let path = format!("/admin/v1/audit/events?request_id={request}");
        let events = house.get(&path).await.expect(200).json();
        let payload = &events["items"][0]["payload"];
        payload["actor"] == "u-1" && payload["issuer"] == IDP
    })
    .await;
    house.close().await;
}

#[tokio::test]
async fn an_exchange_lets_nobody_administer_who_could_not_before() {
    let scene = Scene::of(Place::sqlite());
    let mut options = scene.options().await;
    options.security.oidc = Some(Issuer {
        audiences: vec!["the-office".to_owned()],
        ..scene.issuer()
    });
    let house = House::build_with(options).await;
    let acme = json!({"id": "acme"});
    house.post("/admin/v1/tenants", acme).await.expect(201);
    let exchanged = async |audience: &str| {
        let token = scene.token_with(|claims| {
            claims["aud"] = json!(audience);
            claims["role"] = json!("org-admin");
        });
        let pair = send(&house, TOKEN, &[], Some(json!({"token": token}))).await;
        let pair = pair.expect(200).json();
        let pair = renew(&house, text(&pair, "refresh_token"))
            .await
            .expect(200)
            .json();
        text(&pair, "access_token").to_owned()
    };
    let administers = async |token: String| {
        let bearer = format!("Bearer {token}");
        let headers = [("authorization", bearer.as_str())];
        house
            .raw("GET", "/admin/v1/tenants", &headers, Vec::new())
            .await
    };
    exchanged("the-gate").await;
    let users = house.get("/admin/v1/users").await.expect(200);
    assert!(
        users.text.contains("\"u-1\""),
        "who signed in is known: {}",
        users.text
    );

    // Both are tokens of one issuer: for callers, and for administrators.
    let caller = exchanged("the-gate").await;
    enters(&snapshot(&house), &caller).await.unwrap();
    let refused = administers(caller).await.expect(401);
    assert!(
        refused.text.contains("invalid_audience"),
        "{}",
        refused.text
    );
    let administrator = exchanged("the-office").await;
    administers(administrator.clone()).await.expect(200);
    let bearer = format!("Bearer {administrator}");
    send(&house, LOGOUT, &[("authorization", &bearer)], None)
        .await
        .expect(204);
    let refused = administers(administrator).await.expect(401);
    assert!(refused.text.contains("session_ended"), "{}", refused.text);
    house.close().await;
}

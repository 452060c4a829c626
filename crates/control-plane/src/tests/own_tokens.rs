//! The gateway's own tokens, from an identity provider's token to the end of their session.

mod asking;
mod planes;

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use decide::facts::{Client, Credentials, Facts};
use decide::settings::{ClaimsMapping, Issuer, KeySource};
use decide::source::ResourceKind;
use decide::{Asked, Case, Kind, Learned, Plane, Principal, Snapshot, Step, Verdict};
use runtime::clock::now;
use runtime::tokens::Tokens;
use serde_json::{Value, json};
use terms::{Fault, Reason, RequestId, Role, SecretString, TraceId};

use super::house::{Answer, House, Place, options};
use super::on_both;
use crate::own_tokens::key::{self, Keys};

on_both!(
    a_token_is_exchanged_renewed_and_a_second_use_ends_all,
    a_logout_holds_at_once_and_after_a_restart,
    of_many_renewals_at_once_one_wins_and_the_session_ends,
    no_refresh_token_is_ever_on_the_disk,
    an_agent_stays_the_agent_that_it_is_through_exchange_and_renewal,
    whoever_may_not_go_on_is_refused_and_keeps_the_token,
    what_is_over_is_swept_and_what_was_not_told_is_told,
);

const TOKEN: &str = "/api/v1/auth/token";
const REFRESH: &str = "/api/v1/auth/refresh";
const LOGOUT: &str = "/api/v1/auth/logout";
const IDP: &str = "https://idp.example.com";

/// A place with an identity provider beside it.
struct Scene {
    place: Place,
    idp: Keys,
}

fn put_key(folder: &Path, name: &str) -> std::path::PathBuf {
    let file = folder.join(name);
    if !file.exists() {
        std::fs::write(&file, key::draw().unwrap().expose()).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    file
}

impl Scene {
    fn of(place: Place) -> Self {
        let idp = Keys::read(&put_key(place.folder.path(), "idp.pem")).unwrap();
        Self { place, idp }
    }

    fn issuer(&self) -> Issuer {
        let value = self.idp.public_pems().remove(0);
        Issuer {
            issuer: IDP.to_owned(),
            audiences: vec!["the-gate".to_owned()],
            keys: vec![KeySource::Pem { value }],
            require_expiration: true,
            claims: ClaimsMapping {
                tenant: Some("org".to_owned()),
                ..ClaimsMapping::default()
            },
            ..Issuer::default()
        }
    }

    async fn options(&self) -> crate::Options {
        let mut options = options(&self.place).await;
        options.settings.issuers = vec![self.issuer()];
        options.own_tokens.signing_key = Some(put_key(self.place.folder.path(), "own.pem"));
        options
    }

    async fn house(&self) -> House {
        let house = House::build_with(self.options().await).await;
        if house.get("/admin/v1/tenants/acme").await.status == 404 {
            let acme = json!({"id": "acme"});
            house.post("/admin/v1/tenants", acme).await.expect(201);
        }
        house
    }

    /// A token of the identity provider.
    fn token_with(&self, change: impl FnOnce(&mut Value)) -> String {
        let at = now().unix_seconds();
        let mut claims = json!({"iss": IDP, "aud": "the-gate", "sub": "u-1", "org": "acme",
            "preferred_username": "ada", "role": "developer", "groups": ["blue"],
            "iat": at, "exp": at + 300, "auth_time": at - 5, "amr": ["pwd", "otp"]});
        change(&mut claims);
        self.idp.sign(&claims).unwrap().expose().to_owned()
    }

    fn token(&self) -> String {
        self.token_with(|_| {})
    }

    async fn pair(&self, house: &House) -> Value {
        let bearer = format!("Bearer {}", self.token());
        let answer = send(house, TOKEN, &[("authorization", &bearer)], None).await;
        answer.expect(200).json()
    }
}

async fn send(house: &House, path: &str, headers: &[(&str, &str)], body: Option<Value>) -> Answer {
    let mut all = headers.to_vec();
    if body.is_some() {
        all.push(("content-type", "application/json"));
    }
    let text = body.map(|it| it.to_string()).unwrap_or_default();
    house.raw("POST", path, &all, text.into_bytes()).await
}

async fn renew(house: &House, refresh: &str) -> Answer {
    let body = json!({"refresh_token": refresh});
    send(house, REFRESH, &[], Some(body)).await
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name]
        .as_str()
        .unwrap_or_else(|| panic!("{name} of {value}"))
}

fn why(answer: &Answer) -> String {
    text(&answer.json()["details"], "reason").to_owned()
}

fn snapshot(house: &House) -> Arc<Snapshot> {
    house
        .running
        .admin()
        .store
        .state()
        .compiled
        .clone()
        .unwrap()
}

/// What a data plane with this configuration says of an access token.
async fn enters(snapshot: &Snapshot, token: &str) -> Result<Arc<Principal>, Fault> {
    let token = SecretString::from(token);
    let issuers = &snapshot.settings().issuers;
    let proof = Tokens::default()
        .prove(issuers, snapshot, &token, now(), None)
        .await;
    let facts = Facts {
        now: now(),
        client: Some(Client {
            address: "192.0.2.1".parse().unwrap(),
        }),
        credentials: Some(Credentials {
            tokens: vec![(Arc::from("authorization"), proof)],
            ..Credentials::default()
        }),
        ..Facts::default()
    };
    let case = Case {
        id: RequestId::from("req_1"),
        trace: TraceId::from("0"),
        kind: Kind::ToolList,
        plane: Plane::Mcp,
        received: now(),
        session: None,
        user_agent: None,
        principal: None,
        tenant: None,
        candidates: Vec::new(),
        server: None,
        asked: Asked::Nothing,
        texts: Arc::default(),
    };
    match decide::decide(Step::Authenticate, snapshot, &case, &facts) {
        Verdict::Learn(Learned::Principal(principal)) => Ok(principal),
        Verdict::Deny(fault) => Err(fault),
        other => panic!("{other:?}"),
    }
}

async fn reason(snapshot: &Snapshot, token: &str) -> Option<Reason> {
    enters(snapshot, token).await.unwrap_err().reason
}

async fn an_agent_stays_the_agent_that_it_is_through_exchange_and_renewal(place: Place) {
    let scene = Scene::of(place);
    let house = scene.house().await;
    let token = scene.token_with(|claims| {
        claims["agent_type"] = "worker".into();
        claims["trust_level"] = "limited".into();
        claims["capabilities"] = json!(["query"]);
        claims["act"] = json!({"sub": "a-2", "act": {"sub": "a-1"}});
    });
    let bearer = format!("Bearer {token}");
    let answer = send(&house, TOKEN, &[("authorization", &bearer)], None).await;
    let pair = answer.expect(200).json();
    let renewed = renew(&house, text(&pair, "refresh_token")).await;
    let renewed = renewed.expect(200).json();
    for pair in [pair, renewed] {
        let access = text(&pair, "access_token");
        let principal = enters(&snapshot(&house), access).await.unwrap();
        let agent = principal.agent.as_deref().unwrap();
        assert_eq!((&*agent.id, &*agent.kind), ("a-2", "worker"));
        assert_eq!(agent.trust, decide::case::Trust::Limited);
        assert_eq!(agent.capabilities, [std::sync::Arc::<str>::from("query")]);
        assert_eq!(agent.delegation_depth, 2);
    }
    house.close().await;
}

async fn a_token_is_exchanged_renewed_and_a_second_use_ends_all(place: Place) {
    let scene = Scene::of(place);
    let house = scene.house().await;
    let bearer = format!("Bearer {}", scene.token());
    let answer = send(&house, TOKEN, &[("authorization", &bearer)], None).await;
    let answer = answer.expect(200);
    assert_eq!(answer.header("cache-control"), "no-store");
    let pair = answer.json();
    let (access, first) = (text(&pair, "access_token"), text(&pair, "refresh_token"));
    assert_eq!(
        (&pair["token_type"], &pair["expires_in"]),
        (&json!("Bearer"), &json!(900))
    );
    assert_eq!(pair["refresh_expires_in"], 7 * 24 * 3600);
    assert!(first.starts_with("gwr_") && first.len() == 68, "{first}");
    let cookie = answer.header("set-cookie");
    let wanted = format!(
        "refresh_token={first}; Path=/api/v1/auth; Max-Age=604800; HttpOnly; Secure; \
         SameSite=Strict"
    );
    assert_eq!(cookie, wanted);

    let principal = enters(&snapshot(&house), access).await.unwrap();
    assert_eq!(
        (&*principal.user_id, principal.role),
        ("u-1", Role::Developer)
    );
    assert_eq!(principal.tenant_id.as_str(), "acme");
    assert_eq!(
        &*principal.binding,
        format!("jwt:{IDP}\nu-1"),
        "known by the identity provider"
    );

    let renewed = renew(&house, first).await.expect(200).json();
    let second = text(&renewed, "refresh_token");
    assert_ne!(second, first);
    let newest = text(&renewed, "access_token");
    enters(&snapshot(&house), newest).await.unwrap();
    enters(&snapshot(&house), access).await.unwrap();

    assert_eq!(why(&renew(&house, first).await.expect(401)), "token_reused");
    assert_eq!(
        why(&renew(&house, second).await.expect(401)),
        "session_ended"
    );
    for token in [access, newest] {
        assert_eq!(
            reason(&snapshot(&house), token).await,
            Some(Reason::SessionEnded)
        );
    }
    let reused = house.events("REFRESH_TOKEN_REUSED", 1).await;
    assert_eq!(reused.len(), 1);
    let event = &reused[0];
    assert_eq!(
        (&event["tenantId"], &event["payload"]["user_id"]),
        (&json!("acme"), &json!("u-1"))
    );
    assert_eq!(event["payload"]["ip_address"], "127.0.0.1");
    assert_eq!(house.events("TOKEN_ISSUED", 1).await.len(), 1);
    assert_eq!(house.events("TOKEN_REFRESHED", 1).await.len(), 1);
    let failures = house.events("AUTHENTICATION_FAILURE", 2).await;
    assert!(
        failures
            .iter()
            .any(|it| it["payload"]["reason"] == "token_reused"),
        "{failures:?}"
    );
    house.close().await;
}

async fn a_logout_holds_at_once_and_after_a_restart(place: Place) {
    let scene = Scene::of(place);
    let house = scene.house().await;
    let [by_refresh, by_access] = [scene.pair(&house).await, scene.pair(&house).await];
    let goes_on = scene.pair(&house).await;
    let body = json!({"refresh_token": text(&by_refresh, "refresh_token")});
    for _ in 0..2 {
        let left = send(&house, LOGOUT, &[], Some(body.clone()))
            .await
            .expect(204);
        assert!(left.header("set-cookie").contains("Max-Age=0"), "{left:?}");
    }
    let bearer = format!("Bearer {}", text(&by_access, "access_token"));
    for _ in 0..2 {
        send(&house, LOGOUT, &[("authorization", &bearer)], None)
            .await
            .expect(204);
    }
    send(&house, LOGOUT, &[], None).await.expect(204);
    let stranger = format!("Bearer {}", scene.token());
    let refused = send(&house, LOGOUT, &[("authorization", &stranger)], None).await;
    refused.expect(401);
    assert_eq!(
        house.events("USER_LOGOUT", 2).await.len(),
        2,
        "each session ends once"
    );

    let check = async |house: &House| {
        for pair in [&by_refresh, &by_access] {
            let access = text(pair, "access_token");
            assert_eq!(
                reason(&snapshot(house), access).await,
                Some(Reason::SessionEnded)
            );
            let refused = renew(house, text(pair, "refresh_token")).await.expect(401);
            assert_eq!(why(&refused), "session_ended");
        }
        enters(&snapshot(house), text(&goes_on, "access_token"))
            .await
            .unwrap();
    };
    check(&house).await;
    house.close().await;
    let house = scene.house().await;
    check(&house).await;
    renew(&house, text(&goes_on, "refresh_token"))
        .await
        .expect(200);
    house.close().await;
}

async fn of_many_renewals_at_once_one_wins_and_the_session_ends(place: Place) {
    let scene = Scene::of(place);
    let house = scene.house().await;
    let pair = scene.pair(&house).await;
    let refresh = text(&pair, "refresh_token");
    let all = futures::future::join_all((0..32).map(|_| renew(&house, refresh))).await;
    let won: Vec<&Answer> = all.iter().filter(|it| it.status == 200).collect();
    assert_eq!(won.len(), 1, "{all:?}");
    assert!(
        all.iter().all(|it| [200, 401].contains(&it.status)),
        "{all:?}"
    );
    let reused = all
        .iter()
        .filter(|it| it.status == 401 && why(it) == "token_reused");
    assert_eq!(reused.count(), 1, "the others find the session ended");
    let winner = won[0].json();
    let late = renew(&house, text(&winner, "refresh_token"))
        .await
        .expect(401);
    assert_eq!(why(&late), "session_ended");
    let access = text(&winner, "access_token");
    assert_eq!(
        reason(&snapshot(&house), access).await,
        Some(Reason::SessionEnded)
    );
    house.close().await;
}

async fn no_refresh_token_is_ever_on_the_disk(place: Place) {
    let scene = Scene::of(place);
    let house = scene.house().await;
    let mut texts = Vec::new();
    let mut pair = scene.pair(&house).await;
    let session = session_of(text(&pair, "access_token"));
    for _ in 0..3 {
        texts.push(text(&pair, "refresh_token").to_owned());
        texts.push(text(&pair, "access_token").to_owned());
        pair = renew(&house, text(&pair, "refresh_token"))
            .await
            .expect(200)
            .json();
    }
    renew(&house, &texts[0]).await.expect(401);
    house.events("REFRESH_TOKEN_REUSED", 1).await;
    let stored = scene.place.stored_in();
    for token in &texts {
        assert!(!on_disk(stored, token.as_bytes()), "{token}");
        let bits = token
            .strip_prefix("gwr_")
            .and_then(|it| hex::decode(it).ok());
        assert!(!bits.is_some_and(|bits| on_disk(stored, &bits)), "{token}");
    }
    assert!(
        on_disk(stored, session.as_bytes()),
        "the search finds what is there"
    );
    house.close().await;
}

fn session_of(access: &str) -> String {
    use base64::Engine as _;
    let claims = access.split('.').nth(1).unwrap();
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(claims);
    let claims: Value = serde_json::from_slice(&bytes.unwrap()).unwrap();
    text(&claims, "sid").to_owned()
}

fn on_disk(folder: &Path, wanted: &[u8]) -> bool {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.into_iter().any(|entry| {
        let path = entry.path();
        if path.is_dir() {
            return on_disk(&path, wanted);
        }
        let bytes = std::fs::read(&path).unwrap_or_default();
        bytes.windows(wanted.len()).any(|window| window == wanted)
    })
}

async fn whoever_may_not_go_on_is_refused_and_keeps_the_token(place: Place) {
    let scene = Scene::of(place);
    let house = scene.house().await;
    let pair = scene.pair(&house).await;
    let refresh = text(&pair, "refresh_token");
    let status = async |status: &str| {
        let patch = json!({"status": status});
        house
            .patch("/admin/v1/tenants/acme", patch)
            .await
            .expect(200);
    };
    status("suspended").await;
    assert_eq!(
        why(&renew(&house, refresh).await.expect(403)),
        "tenant_suspended"
    );
    let bearer = format!("Bearer {}", scene.token());
    let refused = send(&house, TOKEN, &[("authorization", &bearer)], None).await;
    assert_eq!(why(&refused.expect(403)), "tenant_suspended");
    status("active").await;
    renew(&house, refresh).await.expect(200);

    for (change, wanted) in [
        (json!({"role": "guest"}), "role_not_allowed"),
        (json!({"org": "elsewhere"}), "unknown_tenant"),
        (json!({"org": null}), "missing_attribute"),
    ] {
        let token = scene.token_with(|claims| {
            let claims = claims.as_object_mut().unwrap();
            claims.extend(change.as_object().unwrap().clone());
            claims.retain(|_, value| !value.is_null());
        });
        let body = json!({"subject_token": token});
        let refused = send(&house, TOKEN, &[], Some(body)).await.expect(403);
        assert_eq!(why(&refused), wanted);
    }
    house.close().await;
}

async fn what_is_over_is_swept_and_what_was_not_told_is_told(place: Place) {
    let scene = Scene::of(place);
    let house = scene.house().await;
    let admin = house.running.admin();
    let pair = scene.pair(&house).await;
    // As if the process had stopped between the two.
    let id = terms::SessionId::from(session_of(text(&pair, "access_token")));
    let ended = admin
        .store
        .end_session(&id, crate::store::refresh::Why::Logout);
    ended.await.unwrap();
    enters(&snapshot(&house), text(&pair, "access_token"))
        .await
        .unwrap();
    crate::own_tokens::sweep(&admin, now()).await.unwrap();
    let access = text(&pair, "access_token");
    assert_eq!(
        reason(&snapshot(&house), access).await,
        Some(Reason::SessionEnded)
    );
    assert_eq!(house.events("USER_LOGOUT", 1).await.len(), 1);

    let later = now().plus(Duration::from_secs(3600));
    crate::own_tokens::sweep(&admin, later).await.unwrap();
    assert_eq!(
        admin.store.state().of(ResourceKind::EndedSession).count(),
        0
    );
    let renewed = renew(&house, text(&pair, "refresh_token"))
        .await
        .expect(401);
    assert_eq!(
        why(&renewed),
        "session_ended",
        "its row says why for as long as it could live"
    );
    let later = now().plus(Duration::from_secs(9 * 24 * 3600));
    crate::own_tokens::sweep(&admin, later).await.unwrap();
    let renewed = renew(&house, text(&pair, "refresh_token"))
        .await
        .expect(401);
    assert_eq!(why(&renewed), "unknown_token");
    house.close().await;
}

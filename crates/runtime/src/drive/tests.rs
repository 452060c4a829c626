use decide::source::Source;
use decide::{Plane, key};
use serde_json::{Value, json};
use terms::SecretString;

mod limits;

use super::*;
use crate::spool::{Backlog, Spool, SpoolOptions};

struct House {
    gate: Arc<Gate>,
    key: SecretString,
    _dir: tempfile::TempDir,
}

/// A gate with a key that has `extra` members, and a built-in provider.
fn house(extra: &Value) -> House {
    house_of(&json!({}), &json!({}), extra)
}

/// The same with these limits, and members of the tenant.
fn house_of(limits: &Value, tenant: &Value, extra: &Value) -> House {
    house_with(None, limits, tenant, extra)
}

/// The same with a policy of these members.
fn house_with(policy: Option<Value>, limits: &Value, tenant: &Value, extra: &Value) -> House {
    let pepper = [7u8; 32];
    let random: Vec<u8> = (0..200u8).collect();
    let new = key::form("gw_", &random).unwrap();
    let mut key = json!({
        "id": "key_1", "tenantId": "demo",
        "generations": [{
            "lookup": new.lookup,
            "digest": hex::encode(key::digest(&pepper, new.text.expose())),
        }],
    });
    let mut of_tenant = json!({"id": "demo"});
    for (document, extra) in [(&mut key, extra), (&mut of_tenant, tenant)] {
        let members = extra.as_object().unwrap().clone();
        document.as_object_mut().unwrap().extend(members);
    }
    let settings = json!({"pepper": hex::encode(pepper), "limits": limits});
    let credential = json!({"id": "m", "name": "m", "provider": "mock", "models": ["m-1"]});
    let documents: Vec<_> = [
        ("settings", settings),
        ("tenant", of_tenant),
        ("api_key", key),
        ("credential", credential),
    ]
    .into_iter()
    .chain(policy.map(|it| ("policy", it)))
    .map(|(kind, body)| (kind, body.to_string()))
    .collect();
    let source = Source::read(
        documents
            .iter()
            .map(|(kind, body)| (*kind, "x", body.as_bytes())),
    );
    let snapshot = decide::compile(&source.unwrap(), decide::Version::default()).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let spool = Spool::open(SpoolOptions::new(dir.path().to_owned())).unwrap();
    let gate = Gate::new(Plane::Llm, "n", "", Arc::new(spool));
    gate.install(Arc::new(snapshot));
    House {
        gate,
        key: new.text,
        _dir: dir,
    }
}

impl House {
    fn open(&self, kind: Kind) -> Walk {
        let now = clock::now();
        let case = Case {
            id: clock::request_id(now),
            trace: clock::trace_id(),
            kind,
            plane: Plane::Llm,
            received: now,
            session: None,
            user_agent: None,
            principal: None,
            tenant: None,
            candidates: Vec::new(),
            server: None,
            asked: Asked::Nothing,
            texts: Arc::default(),
        };
        let arrival = Arrival {
            case,
            client: Client {
                address: [127, 0, 0, 1].into(),
            },
            presented: Presented {
                keys: vec![("x-api-key".into(), self.key.clone())],
                ..Presented::default()
            },
            method: "POST".into(),
            path: "/v1/chat/completions".into(),
        };
        Walk::open(&self.gate, arrival).unwrap()
    }

    /// Type and request id of everything on record, but for the first sighting of the caller.
    fn record(&self) -> Vec<(String, String)> {
        let id = |payload: &Value| payload["request_id"].as_str().unwrap().to_owned();
        let events = self.payloads().into_iter();
        let events = events.filter(|(kind, _)| kind != "AUTHENTICATION_SUCCESS");
        events.map(|(kind, payload)| (kind, id(&payload))).collect()
    }

    /// Type and payload of everything on record.
    fn payloads(&self) -> Vec<(String, Value)> {
        let cursors = Backlog::new(Arc::clone(&self.gate.spool)).cursors();
        let events = cursors.unwrap().pop().unwrap().next(100).unwrap();
        events
            .unwrap_or_default()
            .into_iter()
            .map(|event| {
                let payload = serde_json::from_slice(&event.payload).unwrap();
                (event.event_type, payload)
            })
            .collect()
    }
}

fn asked() -> Asked {
    Asked::Model {
        model: "m-1".into(),
        stream: false,
        estimate: 0,
        max_tokens: None,
        tools: Arc::from([]),
    }
}

fn event(kind: &str, walk: &Walk) -> (String, String) {
    (kind.to_owned(), walk.case().id.to_string())
}

#[tokio::test]
async fn a_case_is_recorded_before_it_is_cleared_and_leaves_once() {
    let house = house(&json!({}));
    let mut walk = house.open(Kind::Chat);
    walk.enter().await.unwrap();
    assert!(house.record().is_empty(), "the head pass has no effect");
    let cleared = walk.clear(asked(), Texts::default()).await.unwrap();
    assert_eq!(cleared.candidates().len(), 1);
    assert_eq!(house.record(), [event("GATEWAY_REQUEST", &walk)]);
    for _ in 0..2 {
        walk.exit(&Outcome::default()).await.unwrap();
    }
    let expected = [
        event("GATEWAY_REQUEST", &walk),
        event("GATEWAY_RESPONSE", &walk),
    ];
    assert_eq!(house.record(), expected);
}

#[tokio::test]
async fn calls_that_shadows_look_at_do_not_pile_up_and_none_waits_for_its_turn() {
    let dsl = "version: '1'\nrules:\n  - conditions: {model: {denylist: [m-1]}}\n";
    let policy = json!({"id": "pol_1", "tenantId": "demo", "name": "p", "status": "SHADOW",
        "text": {"version": 1, "dsl": dsl}});
    let none = json!({});
    let house = house_with(Some(policy), &none, &none, &none);
    let divergences = || {
        let kinds = house.record().into_iter().map(|(kind, _)| kind);
        kinds.filter(|it| it == "POLICY_SHADOW_DIVERGENCE").count()
    };
    let pass = async || {
        let mut walk = house.open(Kind::Chat);
        walk.enter().await.unwrap();
        walk.clear(asked(), Texts::default()).await.unwrap();
    };
    let turns = Arc::clone(&house.gate.shadows);
    let every = u32::try_from(crate::gate::SHADOWED_AT_ONCE).unwrap();
    let busy = Arc::clone(&turns).acquire_many_owned(every).await.unwrap();
    pass().await;
    drop(busy);
    pass().await;
    // Whoever has every turn knows that nothing is under way.
    drop(turns.acquire_many(every).await.unwrap());
    assert_eq!(divergences(), 1, "of the second alone");
}

#[tokio::test]
async fn a_case_that_skips_the_head_pass_is_not_cleared() {
    let house = house(&json!({}));
    let mut walk = house.open(Kind::Chat);
    assert!(walk.clear(asked(), Texts::default()).await.is_err());
    assert!(house.record().is_empty());
}

#[tokio::test]
async fn a_branch_is_a_case_of_its_own_and_is_not_charged_again() {
    let house = house(&json!({"rateLimit": {"requestsPerMinute": 1}}));
    let mut walk = house.open(Kind::Chat);
    walk.enter().await.unwrap();
    let mut branch = walk.branch(clock::request_id(clock::now()));
    branch.clear(asked(), Texts::default()).await.unwrap();
    walk.clear(asked(), Texts::default()).await.unwrap();
    let expected = [
        event("GATEWAY_REQUEST", &branch),
        event("GATEWAY_REQUEST", &walk),
    ];
    assert_eq!(house.record(), expected);
    let refused = house.open(Kind::Chat).enter().await.unwrap_err();
    assert_eq!(refused.code, Code::RateLimitExceeded);
}

#[tokio::test]
async fn a_kind_learned_from_the_body_needs_its_own_scope() {
    let house = house(&json!({"scopes": ["completions:write"]}));
    let mut walk = house.open(Kind::Chat);
    walk.enter().await.unwrap();
    let refused = walk.narrow(Kind::Embeddings).unwrap_err();
    assert_eq!(refused.code, Code::ApiKeyScope);
    walk.narrow(Kind::Chat).unwrap();
}

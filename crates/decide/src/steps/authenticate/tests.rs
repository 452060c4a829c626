mod assigned;
mod certificates;

use super::*;
use crate::case::{Asked, Kind, Plane};
use crate::snapshot::Version;
use crate::source::Source;
use crate::verdict::Verdict;
use serde_json::json;
use terms::SecretString;

const NOW: i64 = 1_800_000_000_000_000;

struct World {
    snapshot: Snapshot,
    key: SecretString,
}

fn world(extra: serde_json::Value) -> World {
    let pepper = [7u8; 32];
    let random: Vec<u8> = (0..200u8).collect();
    let new = key::form("gw_", &random).unwrap();
    let mut body = json!({
        "id": "key_1", "tenantId": "demo", "role": "developer",
        "generations": [{
            "lookup": new.lookup,
            "digest": hex::encode(key::digest(&pepper, new.text.expose())),
        }],
    });
    body.as_object_mut()
        .unwrap()
        .extend(extra.as_object().unwrap().clone());
    let documents = [
        ("settings", json!({"pepper": hex::encode(pepper)})),
        ("tenant", json!({"id": "demo"})),
        ("api_key", body),
    ]
    .map(|(kind, body)| (kind, body.to_string().into_bytes()));
    let source = Source::read(
        documents
            .iter()
            .map(|(kind, body)| (*kind, "x", body.as_slice())),
    )
    .unwrap();
    World {
        snapshot: crate::compile(&source, Version::default()).unwrap(),
        key: new.text,
    }
}

fn ask(world: &World, keys: &[&str]) -> Result<Arc<crate::Principal>, Code> {
    ask_from(world, keys, None)
}

fn ask_from(
    world: &World,
    keys: &[&str],
    throttled: Option<Duration>,
) -> Result<Arc<crate::Principal>, Code> {
    let case = Case {
        id: "req_1".into(),
        trace: "t".into(),
        kind: Kind::Chat,
        plane: Plane::Llm,
        received: Timestamp::from_unix_micros(NOW),
        session: None,
        user_agent: None,
        principal: None,
        tenant: None,
        candidates: Vec::new(),
        server: None,
        asked: Asked::Nothing,
        texts: Arc::default(),
    };
    let keys = keys
        .iter()
        .map(|key| (Arc::from("x-api-key"), SecretString::from(*key)))
        .collect();
    let facts = Facts {
        now: Timestamp::from_unix_micros(NOW),
        credentials: Some(Credentials {
            keys,
            throttled,
            ..Credentials::default()
        }),
        ..Facts::default()
    };
    match decide(&world.snapshot, &case, &facts) {
        Verdict::Learn(Learned::Principal(principal)) => Ok(principal),
        Verdict::Deny(fault) => Err(fault.code),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_key_proves_its_principal() {
    let world = world(json!({}));
    let principal = ask(&world, &[world.key.expose()]).unwrap();
    assert_eq!(principal.key_id, Some("key_1".into()));
    assert_eq!(principal.role, terms::Role::Developer);
}

#[test]
fn what_is_not_that_key_is_refused_with_its_code() {
    let world = world(json!({}));
    let other = key::form("gw_", &[9u8; 200]).unwrap();
    assert_eq!(ask(&world, &[]), Err(Code::ApiKeyRequired));
    assert_eq!(ask(&world, &["gw_short"]), Err(Code::InvalidApiKey));
    assert_eq!(
        ask(&world, &[other.text.expose()]),
        Err(Code::InvalidApiKey)
    );
    assert_eq!(
        ask(&world, &[world.key.expose(), other.text.expose()]),
        Err(Code::ConflictingCredentials)
    );
    assert!(ask(&world, &[world.key.expose(), world.key.expose()]).is_ok());
}

#[test]
fn a_key_ends_when_it_is_revoked_or_its_time_is_over() {
    let revoked = world(json!({"status": "revoked"}));
    assert_eq!(
        ask(&revoked, &[revoked.key.expose()]),
        Err(Code::ApiKeyRevoked)
    );
    let expired = world(json!({"expiresAt": "2020-01-01T00:00:00Z"}));
    assert_eq!(
        ask(&expired, &[expired.key.expose()]),
        Err(Code::ApiKeyExpired)
    );
    let later = world(json!({"expiresAt": "2100-01-01T00:00:00Z"}));
    assert!(ask(&later, &[later.key.expose()]).is_ok());
}

#[test]
fn where_too_many_attempts_failed_all_wait_but_those_who_prove_who_they_are() {
    let wait = Some(Duration::from_secs(9));
    let good = world(json!({}));
    assert!(ask_from(&good, &[good.key.expose()], wait).is_ok());
    let known_but_wrong = format!("{}x", good.key.expose());
    for keys in [&[][..], &["gw_short"], &[&known_but_wrong]] {
        assert_eq!(ask_from(&good, keys, wait), Err(Code::RateLimitExceeded));
    }
    let revoked = world(json!({"status": "revoked"}));
    assert_eq!(
        ask_from(&revoked, &[revoked.key.expose()], wait),
        Err(Code::RateLimitExceeded)
    );
}

#[test]
fn a_restricted_key_needs_the_scope_and_an_unknown_scope_grants_nothing() {
    let fits = world(json!({"scopes": ["completions:write"]}));
    assert!(ask(&fits, &[fits.key.expose()]).is_ok());
    let lacks = world(json!({"scopes": ["everything"]}));
    assert_eq!(ask(&lacks, &[lacks.key.expose()]), Err(Code::ApiKeyScope));
}

#[test]
fn a_key_older_than_keys_may_be_is_refused_where_the_operator_says_so() {
    const DAY: Duration = Duration::from_secs(24 * 60 * 60);
    let mut world = world(json!({}));
    let made = Timestamp::from_unix_micros(NOW).minus(DAY * 90);
    for entry in world.snapshot.keys.values_mut() {
        Arc::get_mut(entry).unwrap().made_at = Some(made);
    }
    let text = world.key.expose().to_owned();
    assert!(ask(&world, &[&text]).is_ok(), "it is reported alone");
    world.snapshot.settings.api_keys.refuse_overdue = true;
    assert_eq!(ask(&world, &[&text]), Err(Code::ApiKeyExpired));
    world.snapshot.settings.api_keys.max_age_secs += 1;
    assert!(ask(&world, &[&text]).is_ok());
}

use decide::limit::Rule;
use decide::source::Source;
use decide::{Kind, Method, Plane, Principal, Version};
use serde_json::{Value, json};
use terms::{Role, Roles, Timestamp};

use super::*;
use crate::gate::Gate;
use crate::rulings;
use crate::spool::{Spool, SpoolOptions};

/// A gate under one policy of the tenant `demo`, with members of the settings of policies.
struct House {
    gate: Arc<Gate>,
    snapshot: Arc<Snapshot>,
    _dir: tempfile::TempDir,
}

fn house(rules: &str, policies: &Value) -> House {
    let dir = tempfile::tempdir().unwrap();
    let spool = Spool::open(SpoolOptions::new(dir.path().to_owned())).unwrap();
    let gate = Gate::new(Plane::Llm, "n", "", Arc::new(spool));
    let snapshot = snapshot(rules, policies);
    gate.install(Arc::clone(&snapshot));
    House {
        gate,
        snapshot,
        _dir: dir,
    }
}

fn snapshot(rules: &str, policies: &Value) -> Arc<Snapshot> {
    let dsl = format!("version: \"1\"\nrules:\n{rules}");
    let documents = [
        (
            "settings",
            json!({"pepper": "00".repeat(32), "policies": policies}),
        ),
        ("tenant", json!({"id": "demo"})),
        (
            "credential",
            json!({"id": "m", "name": "m", "provider": "mock", "models": ["m-*"]}),
        ),
        (
            "policy",
            json!({"id": "pol_1", "tenantId": "demo", "name": "p", "status": "ACTIVE",
                   "text": {"version": 1, "dsl": dsl}}),
        ),
    ]
    .map(|(kind, body)| (kind, body.to_string()));
    let documents = documents
        .iter()
        .map(|(kind, body)| (*kind, "x", body.as_bytes()));
    let source = Source::read(documents).unwrap();
    Arc::new(decide::compile(&source, Version::default()).unwrap())
}

impl House {
    fn case(&self, user: &str, role: Role, model: &str, max_tokens: Option<u64>) -> Case {
        let tenant = Arc::clone(self.snapshot.tenant(&"demo".into()).unwrap());
        let model = terms::ModelName::from(model);
        Case {
            id: "req_1".into(),
            trace: "t".into(),
            kind: Kind::Chat,
            plane: Plane::Llm,
            received: Timestamp::default(),
            session: None,
            user_agent: None,
            principal: Some(Arc::new(principal(user, role))),
            candidates: self.snapshot.candidates(&tenant.id, &model),
            tenant: Some(tenant),
            server: None,
            texts: Arc::default(),
            asked: decide::Asked::Model {
                model,
                stream: false,
                estimate: 0,
                max_tokens,
                tools: Arc::default(),
            },
        }
    }

    fn outcome(&self, case: &Case) -> &'static str {
        let needs = rulings::needs(&self.snapshot, case);
        let kept = self.gate.rulings(&self.snapshot);
        Asked::of(kept.as_deref(), needs, case).outcome()
    }

    fn rule(&self, case: &Case) -> Arc<Ruling> {
        let facts = decide::Facts::default();
        rulings::rule(&self.gate, &self.snapshot, case, &facts).unwrap()
    }
}

fn principal(user: &str, role: Role) -> Principal {
    Principal {
        method: Method::ApiKey,
        key_id: None,
        user_id: user.into(),
        username: None,
        role,
        roles: Roles::of(&[role]),
        groups: Arc::from([]),
        tenant_id: "demo".into(),
        scopes: Arc::from([]),
        limit: None::<Rule>,
        binding: "b".into(),
        session: None,
        certificate_subject: None,
        expires_at: None,
        mfa: false,
        authenticated_at: None,
        agent: None,
    }
}

const OF_ROLE: &str = r#"
  - {id: small, expression: "model.name == 'm-big' && !('developer' in principal.roles)"}
"#;

#[test]
fn what_was_decided_once_is_at_hand_for_the_same_attributes_alone() {
    let house = house(OF_ROLE, &json!({}));
    let ann = house.case("ann", Role::Viewer, "m-big", None);
    assert_eq!(house.outcome(&ann), "miss");
    let first = house.rule(&ann);
    assert_eq!(house.outcome(&ann), "hit");
    assert!(Arc::ptr_eq(&first, &house.rule(&ann)));
    for other in [
        house.case("bob", Role::Viewer, "m-big", None),
        house.case("ann", Role::Developer, "m-big", None),
        house.case("ann", Role::Viewer, "m-small", None),
        house.case("ann", Role::Viewer, "m-big", Some(0)),
    ] {
        assert_eq!(house.outcome(&other), "miss", "{other:?}");
    }
}

#[test]
fn with_and_without_it_the_same_is_decided() {
    let with = house(OF_ROLE, &json!({}));
    let without = house(OF_ROLE, &json!({"noDecisionCache": true}));
    let mut refused = 0;
    for _ in 0..2 {
        for user in ["ann", "bob"] {
            for role in [Role::Viewer, Role::Developer] {
                for model in ["m-big", "m-small"] {
                    let of = |house: &House| {
                        let case = house.case(user, role, model, None);
                        (house.rule(&case), house.outcome(&case))
                    };
                    let ((kept, found), (made, never)) = (of(&with), of(&without));
                    assert_eq!(kept.decision, made.decision);
                    assert_eq!((found, never), ("hit", "bypass"));
                    refused += usize::from(kept.decision.decided_by.is_some());
                }
            }
        }
    }
    assert_eq!(refused, 4, "of sixteen");
}

#[test]
fn what_depends_on_the_moment_or_costs_little_is_not_kept() {
    for rules in [
        r#"
  - {id: a, expression: "model.name == 'x'"}
  - {id: b, conditions: {time_of_day: {ranges: [{start: "01:00", end: "02:00"}]}}}
"#,
        r#"
  - {id: a, expression: "request.path == 'x'"}
"#,
        r#"
  - {id: a, expression: "model.name == 'x'"}
  - {id: b, conditions: {address: {denylist: [10.0.0.0/8]}}}
"#,
        r#"
  - {id: a, conditions: {model: {denylist: [x]}}}
"#,
    ] {
        let house = house(rules, &json!({}));
        let ann = house.case("ann", Role::Viewer, "m-big", None);
        house.rule(&ann);
        assert_eq!(house.outcome(&ann), "bypass", "{rules}");
    }
}

#[test]
fn what_broke_is_tried_again() {
    let house = house(
        r#"
  - {id: odd, expression: "model.name == 'm-big' && model.max_tokens > 3"}
"#,
        &json!({}),
    );
    let ann = house.case("ann", Role::Viewer, "m-big", None);
    let broken = house.rule(&ann);
    let by = broken.decision.decided_by.as_ref().unwrap();
    assert!(by.error.is_some(), "{by:?}");
    assert_eq!(house.outcome(&ann), "miss");
}

#[test]
fn nothing_outlives_its_configuration() {
    let mut house = house(OF_ROLE, &json!({}));
    let ann = house.case("ann", Role::Viewer, "m-big", None);
    house.rule(&ann);
    let old = Arc::clone(&house.snapshot);
    house.snapshot = snapshot(&OF_ROLE.replace("m-big", "m-other"), &json!({}));
    house.gate.install(Arc::clone(&house.snapshot));
    assert_eq!(house.outcome(&ann), "miss");
    assert!(house.rule(&ann).decision.decided_by.is_none());
    assert!(
        house.gate.rulings(&old).is_none(),
        "whoever began under the old one decides anew"
    );
}

#[test]
fn a_part_forgets_what_was_not_asked_for_longest_and_never_grows() {
    let house = house(OF_ROLE, &json!({}));
    for place in 0..(SHARDS * MOST + 5_000) {
        let model = format!("m-{place}");
        house.rule(&house.case("ann", Role::Viewer, &model, None));
    }
    let kept = house.gate.rulings(&house.snapshot).unwrap();
    let sizes = kept.shards.iter().map(|shard| shard.lock().len());
    assert!(sizes.sum::<usize>() <= SHARDS * MOST);
}

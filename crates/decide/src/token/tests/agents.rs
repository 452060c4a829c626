//! What claims say of an agent.

use super::judging::of;
use super::*;
use crate::case::{Agent, Trust};

fn agent(extra: &Value) -> Option<Agent> {
    of(extra).unwrap().agent.map(|it| (*it).clone())
}

/// An `act` claim with so many actors.
fn hands(many: usize) -> Value {
    let outer = |inner: Value, place| json!({"sub": format!("a{place}"), "act": inner});
    (0..many).fold(Value::Null, outer)
}

#[test]
fn a_token_without_a_word_of_agents_is_a_users() {
    let of_user = json!({"environment": "prod", "capabilities": {"of": "something else"}});
    assert_eq!(agent(&of_user), None);
}

#[test]
fn an_agent_is_what_its_claims_say() {
    let claims = json!({
        "agent_id": "a-1", "agent_type": "worker", "trust_level": "limited",
        "capabilities": ["execute", "query"], "environment": "prod",
    });
    let expected = Agent {
        id: "a-1".into(),
        kind: "worker".into(),
        trust: Trust::Limited,
        capabilities: vec!["execute".into(), "query".into()],
        environment: "prod".into(),
        delegation_depth: 0,
    };
    assert_eq!(agent(&claims), Some(expected));
    let unknown = agent(&json!({"agent_id": "a-1"})).unwrap();
    assert_eq!(unknown.trust, Trust::Untrusted, "nobody says");
}

#[test]
fn who_acts_for_somebody_is_known_with_every_hand_between() {
    for (many, name) in [(1, "a0"), (3, "a2"), (16, "a15")] {
        let known = agent(&json!({"act": hands(many)})).unwrap();
        assert_eq!(known.delegation_depth as usize, many);
        assert_eq!(&*known.id, name, "the outermost acts");
    }
    let both = agent(&json!({"act": hands(2), "agent_id": "x", "delegation_depth": 1})).unwrap();
    assert_eq!((&*both.id, both.delegation_depth), ("x", 2));
    let own = agent(&json!({"agent_id": "x", "delegation_depth": 3})).unwrap();
    assert_eq!(own.delegation_depth, 3);
}

#[test]
fn a_claim_of_an_agent_that_is_not_understood_lets_nobody_in() {
    for wrong in [
        json!({"trust_level": "critical"}),
        json!({"trust_level": "Trusted"}),
        json!({"trust_level": 3}),
        json!({"agent_id": ""}),
        json!({"agent_id": ["a"]}),
        json!({"agent_id": "a", "capabilities": {}}),
        json!({"agent_id": "a", "capabilities": vec!["c"; 65]}),
        json!({"agent_id": "a", "environment": 1}),
        json!({"act": "a"}),
        json!({"act": {"sub": 1}}),
        json!({"act": {"sub": "a", "act": []}}),
        json!({"act": hands(17)}),
        json!({"agent_id": "a", "delegation_depth": -1}),
        json!({"agent_id": "a", "delegation_depth": 17}),
    ] {
        let fault = of(&wrong).expect_err(&wrong.to_string());
        assert_eq!(fault.reason, Some(Reason::MissingClaim), "{wrong}");
    }
}

use serde_json::{Value, json};
use terms::{Role, Roles, Timestamp};

use super::*;
use crate::case::{Asked, Kind, Method, Plane, Principal};
use crate::facts::Client;
use crate::snapshot::Version;
use crate::source::Source;

fn snapshot(limits: &Value, tenant: &Value) -> Snapshot {
    let settings = json!({"pepper": "00".repeat(32), "limits": limits}).to_string();
    let documents = [("settings", settings), ("tenant", tenant.to_string())];
    let documents = documents
        .iter()
        .map(|(kind, body)| (*kind, "x", body.as_bytes()));
    let source = Source::read(documents).unwrap();
    crate::compile(&source, Version::default()).unwrap()
}

/// What the step says to a call from `address` with `in_flight` calls in flight.
fn ask(snapshot: &Snapshot, address: &str, in_flight: u32) -> Result<(), Code> {
    let principal = Principal {
        method: Method::Jwt,
        key_id: None,
        user_id: "ann".into(),
        username: None,
        role: Role::Viewer,
        roles: Roles::of(&[Role::Viewer]),
        groups: Arc::from([]),
        tenant_id: "acme".into(),
        scopes: Arc::from([]),
        limit: None,
        binding: "b".into(),
        session: None,
        certificate_subject: None,
        expires_at: None,
        mfa: false,
        authenticated_at: None,
        agent: None,
    };
    let case = Case {
        id: "req_1".into(),
        trace: "t".into(),
        kind: Kind::Chat,
        plane: Plane::Llm,
        received: Timestamp::default(),
        session: None,
        user_agent: None,
        principal: Some(Arc::new(principal)),
        tenant: None,
        candidates: Vec::new(),
        server: None,
        asked: Asked::Nothing,
        texts: Arc::default(),
    };
    let facts = Facts {
        client: Some(Client {
            address: address.parse().unwrap(),
        }),
        in_flight: Some(in_flight),
        ..Facts::default()
    };
    match decide(snapshot, &case, &facts) {
        Verdict::Deny(fault) => Err(fault.code),
        _ => Ok(()),
    }
}

#[test]
fn a_tenant_s_own_lists_hold_for_it_in_both_families() {
    let tenant = json!({"id": "acme", "metadata": {
        "ip-access.allowlist": "10.0.0.0/8, 2001:db8::/32,192.0.2.7",
        "ip-access.denylist": "0.0.0.0/0, ::/0",
    }});
    let snapshot = snapshot(&json!({}), &tenant);
    for inside in ["10.1.2.3", "::ffff:10.1.2.3", "2001:db8::1", "192.0.2.7"] {
        assert_eq!(ask(&snapshot, inside, 1), Ok(()), "{inside}");
    }
    for outside in ["11.1.2.3", "192.0.2.8", "2001:db9::1", "::ffff:8.8.8.8"] {
        let refused = ask(&snapshot, outside, 1);
        assert_eq!(refused, Err(Code::IpAccessDenied), "{outside}");
    }
}

#[test]
fn blank_lists_let_everybody_in() {
    let tenant = json!({"id": "acme", "metadata": {"ip-access.allowlist": " "}});
    assert_eq!(ask(&snapshot(&json!({}), &tenant), "8.8.8.8", 1), Ok(()));
}

#[test]
fn when_the_gate_is_full_bulk_waits_before_standard_and_premium_last() {
    let limits = json!({"shedding": {"maxInFlight": 100, "standardPct": 80, "bulkPct": 50}});
    for (tier, most) in [("bulk", 50), ("standard", 80), ("premium", 100)] {
        let snapshot = snapshot(&limits, &json!({"id": "acme", "priorityTier": tier}));
        assert_eq!(ask(&snapshot, "8.8.8.8", most), Ok(()), "{tier}");
        let refused = ask(&snapshot, "8.8.8.8", most + 1);
        assert_eq!(refused, Err(Code::PriorityThrottled), "{tier}");
    }
}

#[test]
fn an_idle_gate_sheds_nobody_however_small_the_share() {
    let limits = json!({"shedding": {"maxInFlight": 3, "standardPct": 50, "bulkPct": 10}});
    let snapshot = snapshot(&limits, &json!({"id": "acme", "priorityTier": "bulk"}));
    assert_eq!(ask(&snapshot, "8.8.8.8", 1), Ok(()));
    assert_eq!(ask(&snapshot, "8.8.8.8", 2), Err(Code::PriorityThrottled));
}

#[test]
fn nobody_is_shed_unless_it_is_configured() {
    let snapshot = snapshot(&json!({}), &json!({"id": "acme", "priorityTier": "bulk"}));
    assert_eq!(ask(&snapshot, "8.8.8.8", u32::MAX), Ok(()));
}

//! What a caller was answered is in the record, whatever was killed in between: the callers' own
//! ledger equals the log, which verifies.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::harness::{Admin, Gatehouse, Load, Planes, Postgres, Role, verify_audit};

/// A key that no limit stops.
fn unlimited(admin: &Admin, tenant: &str) -> String {
    let limit = json!({"requestsPerMinute": 1_000_000_000});
    let body = json!({"name": "load", "role": "developer", "rateLimit": limit});
    admin.key(tenant, &body).1
}

/// How often each request's intent and outcome stand in the log.
struct Tally {
    intents: HashMap<String, usize>,
    outcomes: HashMap<String, usize>,
}

impl Tally {
    fn read(admin: &Admin, tenant: &str) -> Self {
        let count = |kind: &str| {
            let mut count: HashMap<String, usize> = HashMap::new();
            for event in admin.events(&format!("tenant_id={tenant}&event_type={kind}")) {
                let id = event["payload"]["request_id"].as_str().unwrap_or_default();
                *count.entry(id.to_owned()).or_default() += 1;
            }
            count
        };
        Self {
            intents: count("GATEWAY_REQUEST"),
            outcomes: count("GATEWAY_RESPONSE"),
        }
    }

    fn lacking(&self, answered: &[String]) -> usize {
        let whole = |id: &String| self.intents.contains_key(id) && self.outcomes.contains_key(id);
        answered.iter().filter(|id| !whole(id)).count()
    }

    fn twice(&self) -> usize {
        let counts = self.intents.values().chain(self.outcomes.values());
        counts.filter(|count| **count > 1).count()
    }
}

/// Every answered call has its intent and its outcome, and no event is there twice.
fn holds_all(admin: &Admin, tenant: &str, answered: &[String]) {
    assert!(!answered.is_empty());
    let deadline = Instant::now() + Duration::from_secs(30);
    let mut tally = Tally::read(admin, tenant);
    while tally.lacking(answered) > 0 && Instant::now() < deadline {
        tally = Tally::read(admin, tenant);
    }
    let (lacking, all) = (tally.lacking(answered), answered.len());
    assert_eq!(
        lacking, 0,
        "of {all} answered calls are not whole in the log"
    );
    assert_eq!(tally.twice(), 0, "events are there twice");
}

#[test]
fn a_killed_house_recorded_every_answer() {
    let mut gate = Gatehouse::up();
    let key = unlimited(&gate.admin(), "demo");
    let mut answered = Vec::new();
    for _ in 0..3 {
        let ask = gate.chat_as(&key, "mock-gpt");
        let load = Load::start(4, &ask);
        load.wait_for(60);
        gate.kill();
        answered.extend(load.stop());
        gate.restart();
    }
    holds_all(&gate.admin(), "demo", &answered);
    let (code, said) = verify_audit(["--data-dir".as_ref(), gate.data().as_os_str()]);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn each_role_and_the_database_may_be_killed_under_load() {
    let mut postgres = Postgres::start();
    let mut planes = Planes::start(&postgres);
    let admin = planes.admin();
    admin.create("tenants", &json!({"id": "busy", "name": "busy"}));
    admin.shared_provider();
    let key = unlimited(&admin, "busy");
    let load = Load::start(4, &planes.chat(&key, "shared-gpt"));
    for role in [Role::ControlPlane, Role::Gateway, Role::McpProxy] {
        load.wait_for(60);
        planes.kill(role);
        if role != Role::Gateway {
            // The data plane serves on while others are gone.
            load.wait_for(60);
        }
        planes.launch(role);
        planes.wait_until_ready(role);
    }
    postgres.kill();
    load.wait_for(60);
    postgres.restart();
    load.wait_for(60);
    let answered = load.stop();
    holds_all(&admin, "busy", &answered);
    let (code, said) = planes.verify_audit(&postgres);
    assert_eq!(code, 0, "{said}");
}

#[cfg(feature = "full")]
#[test]
fn twenty_kills_at_random_moments_lose_nothing() {
    let mut gate = Gatehouse::up();
    let key = unlimited(&gate.admin(), "demo");
    let mut answered = Vec::new();
    for round in 0..20 {
        let load = Load::start(16, &gate.chat_as(&key, "mock-gpt"));
        load.wait_for(1 + round * 37 % 211);
        gate.kill();
        answered.extend(load.stop());
        gate.restart();
    }
    holds_all(&gate.admin(), "demo", &answered);
    let (code, said) = verify_audit(["--data-dir".as_ref(), gate.data().as_os_str()]);
    assert_eq!(code, 0, "{said}");
}

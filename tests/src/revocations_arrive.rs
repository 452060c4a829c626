//! A revocation reaches every data plane: by the control plane's lane, and by the Redis that they
//! share.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::harness::{Admin, Ask, Fleet, Postgres, Redis, eventually};

const GATEWAYS: usize = 4;
const ROUNDS: usize = if cfg!(feature = "full") { 50 } else { 8 };

/// A caller on one gateway, until it is refused.
fn call_until_refused(ask: Ask, served: &Arc<AtomicBool>) -> JoinHandle<Option<Instant>> {
    let served = Arc::clone(served);
    std::thread::spawn(move || {
        let mut last = None;
        loop {
            let began = Instant::now();
            match ask.send().map(|it| it.status) {
                Ok(200) => {
                    last = Some(began);
                    served.store(true, Ordering::Relaxed);
                }
                Ok(401) => return last,
                other => panic!("{other:?}"),
            }
        }
    })
}

/// A key that every gateway knows: its id and its text.
fn known_key(fleet: &Fleet, admin: &Admin) -> (String, String) {
    let limit = json!({"requestsPerMinute": 1_000_000_000});
    let body = json!({"name": "load", "role": "developer", "rateLimit": limit});
    let (id, key) = admin.key("acme", &body);
    for ask in fleet.chats(&key, "shared-gpt") {
        eventually("a gateway knows it", Duration::from_secs(60), || {
            ask.send().ok().filter(|it| it.status == 200)
        });
    }
    (id, key)
}

/// When the last request that was still accepted began.
struct Sample {
    /// After the `DELETE` was sent.
    sent: Duration,
    /// After it was answered.
    answered: Duration,
}

/// Lets every gateway serve a key, and revokes it; gives a sample of each.
fn round(fleet: &Fleet, admin: &Admin, (id, key): &(String, String)) -> Vec<Sample> {
    let asks = fleet.chats(key, "shared-gpt");
    let flags: Vec<Arc<AtomicBool>> = asks.iter().map(|_| Arc::default()).collect();
    let callers = asks.into_iter().zip(&flags);
    let callers: Vec<_> = callers
        .map(|(ask, flag)| call_until_refused(ask, flag))
        .collect();
    eventually("every gateway serves", Duration::from_secs(60), || {
        flags
            .iter()
            .all(|it| it.load(Ordering::Relaxed))
            .then_some(())
    });
    let sent = Instant::now();
    admin.delete(&format!("tenants/acme/keys/{id}"));
    let answered = Instant::now();
    eventually("every gateway refuses", Duration::from_secs(60), || {
        callers.iter().all(JoinHandle::is_finished).then_some(())
    });
    let last = callers.into_iter().filter_map(|it| it.join().unwrap());
    last.map(|it| Sample {
        sent: it.saturating_duration_since(sent),
        answered: it.saturating_duration_since(answered),
    })
    .collect()
}

#[expect(clippy::print_stderr, reason = "the figures of a promise")]
fn print(path: &str, samples: &[Sample]) {
    eprintln!(
        "{path}, {} samples: the last accepted request began",
        samples.len()
    );
    for (since, of) in [
        ("sent", (|it| it.sent) as fn(&Sample) -> Duration),
        ("answered", |it| it.answered),
    ] {
        let mut times: Vec<Duration> = samples.iter().map(of).collect();
        times.sort();
        let last = times.len() - 1;
        let (half, most) = (times[last / 2], times[last * 99 / 100]);
        eprintln!(
            "  after the DELETE was {since:8}: p50 {half:.1?}, p99 {most:.1?}, max {:.1?}",
            times[last]
        );
    }
}

fn admin_of(fleet: &Fleet) -> Admin {
    let admin = fleet.admin();
    admin.create("tenants", &json!({"id": "acme", "name": "acme"}));
    admin.shared_provider();
    admin
}

#[test]
fn a_revoked_key_ends_on_every_gateway_by_the_lane_alone() {
    let postgres = Postgres::start();
    let fleet = Fleet::start(&postgres, GATEWAYS, None);
    let admin = admin_of(&fleet);
    let times = (0..ROUNDS).flat_map(|_| round(&fleet, &admin, &known_key(&fleet, &admin)));
    print("by the lane", &times.collect::<Vec<_>>());
}

#[test]
fn a_revoked_key_ends_on_gateways_that_the_control_plane_does_not_reach() {
    let (postgres, redis) = (Postgres::start(), Redis::start());
    let storage = json!({"type": "redis", "address": redis.url()});
    let fleet = Fleet::start(&postgres, GATEWAYS, Some(&storage));
    let admin = admin_of(&fleet);
    // A gateway that is cut off learns no new keys.
    let keys: Vec<_> = (0..ROUNDS).map(|_| known_key(&fleet, &admin)).collect();
    fleet.cut_off();
    let times = keys.iter().flat_map(|key| round(&fleet, &admin, key));
    print("by Redis alone", &times.collect::<Vec<_>>());
}

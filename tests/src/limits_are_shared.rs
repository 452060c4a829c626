//! Limits hold over all data planes together: exactly while they share a Redis, by shares without.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::harness::{Ask, Fleet, Postgres, Redis, eventually};

const GATEWAYS: usize = 4;
/// A minute's requests, over all gateways.
const LIMIT: u64 = 120;

/// Callers that never wait, on every gateway.
struct Crowd {
    stop: Arc<AtomicBool>,
    admitted: Arc<AtomicU64>,
    refused: Arc<AtomicU64>,
    callers: Vec<JoinHandle<()>>,
}

impl Crowd {
    fn start(asks: &[Ask], each: usize) -> Self {
        let (stop, admitted, refused) = <(Arc<AtomicBool>, Arc<AtomicU64>, Arc<_>)>::default();
        let callers = asks.iter().flat_map(|ask| std::iter::repeat_n(ask, each));
        let callers = callers.map(|ask| {
            let (stop, ask) = (Arc::clone(&stop), ask.clone());
            let (admitted, refused) = (Arc::clone(&admitted), Arc::clone(&refused));
            std::thread::spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let counted = match ask.send().map(|it| it.status) {
                        Ok(200) => &admitted,
                        Ok(429) => &refused,
                        other => panic!("{other:?}"),
                    };
                    counted.fetch_add(1, Ordering::Relaxed);
                }
            })
        });
        Self {
            callers: callers.collect(),
            stop,
            admitted,
            refused,
        }
    }

    fn admitted(&self) -> u64 {
        self.admitted.load(Ordering::Relaxed)
    }

    /// Waits until `more` further calls were refused.
    fn wait_for_refusals(&self, more: u64) {
        let goal = self.refused.load(Ordering::Relaxed) + more;
        eventually("calls are refused", Duration::from_secs(120), || {
            (self.refused.load(Ordering::Relaxed) >= goal).then_some(())
        });
    }

    fn end(self) {
        self.stop.store(true, Ordering::Relaxed);
        for caller in self.callers {
            caller.join().unwrap();
        }
    }
}

/// What a limit refills while a clock runs, and the call that may fall on each edge.
fn refilled(since: Instant) -> u64 {
    LIMIT * (since.elapsed().as_secs() + 1) / 60 + 1
}

#[test]
#[expect(clippy::print_stderr, reason = "the figures of a promise")]
fn four_gateways_admit_what_one_would_and_without_redis_their_shares() {
    let (postgres, mut redis) = (Postgres::start(), Redis::start());
    // A round trip may take as long as this machine is busy.
    let storage = json!({"type": "redis", "address": redis.url(), "timeout": "1s"});
    let fleet = Fleet::start(&postgres, GATEWAYS, Some(&storage));
    let admin = fleet.admin();
    admin.create("tenants", &json!({"id": "acme", "name": "acme"}));
    admin.shared_provider();
    let limit = json!({"requestsPerMinute": LIMIT});
    let body = json!({"name": "crowd", "role": "developer", "rateLimit": limit});
    let (_, key) = admin.key("acme", &body);
    let up = |count: f64| {
        eventually("all see it", Duration::from_secs(60), || {
            (fleet.metric("gateway_rate_limit_store_up") == count).then_some(())
        });
    };
    up(4.0);
    eventually("all know of all", Duration::from_secs(60), || {
        let known = fleet.metric("gateway_rate_limit_sharers");
        (known == (GATEWAYS * GATEWAYS) as f64).then_some(())
    });
    let mut rows = Vec::new();
    let each = if cfg!(feature = "full") { 64 } else { 16 };

    let began = Instant::now();
    let crowd = Crowd::start(&fleet.chats(&key, "shared-gpt"), each);
    eventually("the limit is reached", Duration::from_secs(120), || {
        (crowd.admitted() >= LIMIT).then_some(())
    });
    crowd.wait_for_refusals(1_000);
    let shared = crowd.admitted();
    let most = LIMIT + refilled(began);
    rows.push(("with Redis", shared, most));

    redis.kill();
    up(0.0);
    crowd.wait_for_refusals(1_000);
    let switched = crowd.admitted();
    // The same window: what Redis admitted, and the shares.
    rows.push((
        "Redis killed, the same window",
        switched,
        2 * LIMIT + 2 * refilled(began),
    ));

    let alone_since = Instant::now();
    crowd.wait_for_refusals(2_000);
    let alone = crowd.admitted() - switched;
    // Each share rounds for itself.
    let most = refilled(alone_since) + GATEWAYS as u64;
    rows.push(("without Redis, afterwards", alone, most));

    let back_since = Instant::now();
    let before = crowd.admitted();
    redis.restart();
    up(4.0);
    crowd.wait_for_refusals(1_000);
    let back = crowd.admitted() - before;
    let most = LIMIT + 2 * refilled(back_since) + GATEWAYS as u64;
    rows.push(("Redis is back, empty", back, most));
    crowd.end();

    eprintln!("{GATEWAYS} gateways x {each} clients, one key, {LIMIT} a minute:");
    for (phase, admitted, most) in &rows {
        eprintln!("  {phase:32} admitted {admitted:4} of at most {most}");
    }
    for (phase, admitted, most) in rows {
        assert!(admitted <= most, "{phase}: {admitted} of {most}");
    }
    for kind in ["RATE_LIMIT_DEGRADED", "RATE_LIMIT_RESTORED"] {
        eventually("it is on record", Duration::from_secs(30), || {
            let events = admin.events(&format!("event_type={kind}"));
            (events.len() == GATEWAYS).then_some(())
        });
    }
}

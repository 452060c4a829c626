//! Two data planes and a real Redis.

use std::time::Instant;

use tokio_util::sync::CancellationToken;

use super::*;
use crate::config::SharedStore;
use crate::shared::testing::Redis;
use crate::spool::{Spool, SpoolOptions};

const HOUR: Duration = Duration::from_secs(3_600);

/// One data plane, as far as taints go.
struct Node {
    taints: Taints,
    store: Arc<Shared>,
    _folder: tempfile::TempDir,
    _stop: tokio_util::sync::DropGuard,
}

impl Node {
    async fn start(name: &str, settings: &SharedStore) -> Self {
        let store = Shared::connect(settings, name).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let spool = Spool::open(SpoolOptions::new(folder.path().to_owned())).unwrap();
        let stop = CancellationToken::new();
        tokio::spawn(Arc::clone(&store).keep(Arc::new(spool), stop.clone()));
        until("the store is used", || store.is_up()).await;
        Self {
            taints: Taints::sharing(Some(Arc::clone(&store))),
            store,
            _folder: folder,
            _stop: stop.drop_guard(),
        }
    }

    async fn knows(&self, tenant: &str, session: &str) -> bool {
        let (tenant, session) = (TenantId::from(tenant), Arc::from(session));
        let now = crate::clock::now();
        self.taints
            .is_tainted_anywhere(&tenant, &session, now)
            .await
    }

    /// Not asking the store.
    fn remembers(&self, session: &str, now: Timestamp) -> bool {
        let session = Arc::from(session);
        self.taints.is_tainted(&"acme".into(), &session, now)
    }

    fn taint(&self, session: &str, span: Duration) -> bool {
        let (tenant, session) = (TenantId::from("acme"), Arc::from(session));
        let now = crate::clock::now();
        self.taints.taint(&tenant, &session, now, span)
    }
}

async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while !holds() {
        assert!(Instant::now() < deadline, "not within a minute: {what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Waits until so many sessions are tainted in the store.
async fn told(redis: &Redis, count: usize) {
    until("it is told", || {
        let keys = redis.say("KEYS test:taint:*");
        keys.starts_with(&format!("*{count}\r\n"))
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_one_data_plane_tainted_is_tainted_for_the_other_and_for_nobody_else() {
    let redis = Redis::start();
    let (a, b) = (
        Node::start("a", &redis.settings()).await,
        Node::start("b", &redis.settings()).await,
    );
    assert!(!b.knows("acme", "s-1").await);
    assert!(a.taint("s-1", HOUR));
    told(&redis, 1).await;
    assert!(b.knows("acme", "s-1").await);
    assert!(!b.knows("acme", "s-2").await);
    assert!(!b.knows("other", "s-1").await);
    // Whoever learned it remembers it, for as long as it holds and no longer.
    let now = crate::clock::now();
    assert!(b.remembers("s-1", now));
    assert!(!b.remembers("s-1", now.plus(HOUR + Duration::from_secs(1))));
    assert!(!b.taint("s-1", HOUR), "it is nothing new here");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_store_holds_no_session_and_forgets_when_the_time_is_over() {
    let redis = Redis::start();
    let a = Node::start("a", &redis.settings()).await;
    a.taint("the-session-of-ann", HOUR);
    told(&redis, 1).await;
    let keys = redis.say("KEYS *");
    assert!(!keys.contains("ann"), "{keys}");
    let key = keys.lines().find(|it| it.starts_with("test:taint:{acme}:"));
    let left = redis.say(&format!("PTTL {}", key.unwrap()));
    let left: u64 = left.trim_matches([':', '\r', '\n']).parse().unwrap();
    assert!((1..=3_600_000).contains(&left), "{left} ms");
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_store_is_away_each_knows_what_it_saw_and_afterwards_what_all_saw() {
    let mut redis = Redis::start();
    let (a, b) = (
        Node::start("a", &redis.settings()).await,
        Node::start("b", &redis.settings()).await,
    );
    redis.kill();
    assert!(a.taint("s-1", HOUR));
    assert!(a.knows("acme", "s-1").await);
    assert!(!b.knows("acme", "s-1").await);
    redis.restart();
    until("it is used again", || a.store.is_up() && b.store.is_up()).await;
    // Each hit is told anew, so what was missed is made up for.
    a.taint("s-1", HOUR);
    told(&redis, 1).await;
    until("its connection is another one", || b.store.is_up()).await;
    let deadline = Instant::now() + Duration::from_secs(60);
    while !b.knows("acme", "s-1").await {
        assert!(Instant::now() < deadline, "it never hears of it");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

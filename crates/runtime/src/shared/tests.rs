use std::sync::atomic::{AtomicU64, Ordering};

use decide::facts::StoreState;
use decide::limit::{Bandwidth, Buckets, Scope};
use tempfile::TempDir;
use terms::SecretString;
use tokio::task::{JoinHandle, JoinSet};

use super::testing::Redis;
use super::*;
use crate::counters::Counters;
use crate::spool::SpoolOptions;

/// One data plane, as far as limits go.
struct Node {
    shared: Arc<Shared>,
    counters: Arc<Counters>,
    spool: Arc<Spool>,
    folder: TempDir,
    stop: CancellationToken,
    keeping: JoinHandle<()>,
    /// Calls that its share refused.
    spent: Arc<AtomicU64>,
}

impl Node {
    async fn start(name: &str, settings: &SharedStore) -> Self {
        let node = Self::start_alone(name, settings);
        until("the store is used", || node.shared.is_up()).await;
        node
    }

    fn start_alone(name: &str, settings: &SharedStore) -> Self {
        let shared = Shared::connect(settings, name).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let spool = Spool::open(SpoolOptions::new(folder.path().to_owned())).unwrap();
        let (spool, stop) = (Arc::new(spool), CancellationToken::new());
        let keeping = Arc::clone(&shared).keep(Arc::clone(&spool), stop.clone());
        Self {
            counters: Arc::new(Counters::sharing(Some(Arc::clone(&shared)))),
            shared,
            spool,
            folder,
            stop,
            keeping: tokio::spawn(keeping),
            spent: Arc::default(),
        }
    }

    /// How often this text stands in the spool.
    fn recorded(&self, text: &str) -> usize {
        assert!(self.spool.depth() < 1_000);
        let files = walk(self.folder.path());
        let all = files.iter().flat_map(|it| std::fs::read(it).unwrap());
        let all: Vec<u8> = all.collect();
        all.windows(text.len())
            .filter(|it| *it == text.as_bytes())
            .count()
    }
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().path());
    let each = entries.map(|it| if it.is_dir() { walk(&it) } else { vec![it] });
    each.flatten().collect()
}

async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while !holds() {
        assert!(Instant::now() < deadline, "not within a minute: {what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

fn buckets(of: &[(u64, Duration)]) -> Buckets {
    let bandwidths = of.iter().map(|(capacity, period)| Bandwidth {
        capacity: *capacity,
        period: *period,
    });
    std::iter::once(Bucket {
        scope: Scope::ApiKey,
        tenant: Some("acme".into()),
        subject: Arc::from("key_1"),
        bandwidths: bandwidths.collect(),
        cost: 1,
    })
    .collect()
}

const MINUTE: Duration = Duration::from_secs(60);
const SECOND: Duration = Duration::from_secs(1);
const DAY: Duration = Duration::from_secs(86_400);

/// Calls from `tasks` tasks on every node until `done`; gives how many were admitted.
async fn storm(nodes: &[&Node], tasks: usize, asked: &Buckets, done: CancellationToken) -> u64 {
    let admitted = Arc::new(AtomicU64::new(0));
    let mut callers = JoinSet::new();
    for node in nodes {
        for _ in 0..tasks {
            let (counters, asked) = (Arc::clone(&node.counters), asked.clone());
            let (admitted, done) = (Arc::clone(&admitted), done.clone());
            let spent = Arc::clone(&node.spent);
            callers.spawn(async move {
                while !done.is_cancelled() {
                    let reading = counters.take(asked.clone()).await.0;
                    if reading.admitted {
                        admitted.fetch_add(1, Ordering::Relaxed);
                    } else if reading.store == StoreState::Local {
                        spent.fetch_add(1, Ordering::Relaxed);
                    }
                    tokio::task::yield_now().await;
                }
            });
        }
    }
    callers.join_all().await;
    admitted.load(Ordering::Relaxed)
}

async fn four(settings: &SharedStore) -> Vec<Node> {
    let mut nodes = Vec::new();
    for name in ["a", "b", "c", "d"] {
        nodes.push(Node::start(name, settings).await);
    }
    until("all know of all", || {
        nodes.iter().all(|it| it.shared.place().of == 4)
    })
    .await;
    nodes
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn four_nodes_together_admit_no_more_than_the_bandwidths() {
    let redis = Redis::start();
    let nodes = four(&redis.settings()).await;
    let nodes: Vec<&Node> = nodes.iter().collect();
    let asked = buckets(&[(100, MINUTE), (30, SECOND)]);
    let (done, began) = (CancellationToken::new(), Instant::now());
    let timer = done.clone();
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_secs(4)).await;
        timer.cancel();
    });
    let admitted = storm(&nodes, 64, &asked, done).await;
    let seconds = began.elapsed().as_secs() + 1;
    let most = (100 + 100 * seconds / 60).min(30 + 30 * seconds);
    assert!((30..=most).contains(&admitted), "{admitted} of {most}");
    assert!(
        nodes
            .iter()
            .all(|it| it.recorded("RATE_LIMIT_DEGRADED") == 0)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn when_the_store_dies_amid_calls_shares_hold_and_it_is_used_again_when_it_is_back() {
    let mut redis = Redis::start();
    let nodes = four(&redis.settings()).await;
    let refs: Vec<&Node> = nodes.iter().collect();
    // Hardly anything is refilled while the test runs. Three places have one call more.
    let asked = buckets(&[(403, DAY)]);
    let done = CancellationToken::new();
    let all = storm(&refs, 8, &asked, done.clone());
    let dying = async {
        until("some are admitted", || nodes[0].shared.store.asked() > 20).await;
        redis.kill();
        until("all noticed", || nodes.iter().all(|it| !it.shared.is_up())).await;
        until("the shares are used up", || {
            nodes.iter().all(|it| it.spent.load(Ordering::Relaxed) > 50)
        })
        .await;
        done.cancel();
    };
    let (admitted, ()) = tokio::join!(all, dying);
    // Once by the store, once by the shares: twice in the window of the switch.
    assert!((403..=2 * 403 + 1).contains(&admitted), "{admitted}");
    let mut more = 0;
    for node in &nodes {
        more += u64::from(node.counters.take(asked.clone()).await.0.admitted);
    }
    assert_eq!(more, 0, "afterwards the shares together are the whole");
    redis.restart();
    until("it is used again", || {
        nodes.iter().all(|it| it.shared.is_up())
    })
    .await;
    for node in &nodes {
        assert_eq!(
            node.counters.take(asked.clone()).await.0.store,
            StoreState::Answered
        );
        until("both changes are on record", || {
            let of = |kind| node.recorded(kind);
            (of("RATE_LIMIT_DEGRADED"), of("RATE_LIMIT_RESTORED")) == (1, 1)
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_stands_still_is_given_up_after_three_calls_and_then_costs_no_round_trip() {
    let redis = Redis::start();
    let settings = SharedStore {
        timeout: Duration::from_millis(200),
        ..redis.settings()
    };
    let node = Node::start("a", &settings).await;
    let asked = buckets(&[(100, MINUTE)]);
    redis.signal("STOP");
    let before = node.shared.store.asked();
    for _ in 0..200 {
        let (reading, _) = node.counters.take(asked.clone()).await;
        assert_eq!(reading.store, StoreState::Local);
    }
    let trips = node.shared.store.asked() - before;
    // Three calls, and this data plane saying meanwhile that it lives.
    assert!(trips <= 4, "{trips} round trips were begun");
    redis.signal("CONT");
    until("it is used again", || node.shared.is_up()).await;
    let (reading, _) = node.counters.take(asked).await;
    assert_eq!(reading.store, StoreState::Answered);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_was_emptied_or_forgot_the_scripts_goes_on_at_once() {
    let redis = Redis::start();
    let node = Node::start("a", &redis.settings()).await;
    let asked = buckets(&[(2, MINUTE)]);
    let take = async || {
        let reading = node.counters.take(asked.clone()).await.0;
        assert_eq!(reading.store, StoreState::Answered);
        reading.admitted
    };
    assert!(take().await && take().await && !take().await);
    redis.say("SCRIPT FLUSH");
    assert!(!take().await);
    redis.say("FLUSHALL");
    assert!(take().await && take().await && !take().await);
    until("it says again that it lives", || {
        redis.say("ZCARD test:nodes") == ":1\r\n"
    })
    .await;
}

#[tokio::test]
async fn while_the_store_is_away_the_operators_choice_holds() {
    let mut redis = Redis::start();
    let settings = redis.settings();
    redis.kill();
    let asked = buckets(&[(1, MINUTE)]);
    for (on_failure, expected) in [
        (
            OnFailure::Local,
            [(true, StoreState::Local), (false, StoreState::Local)],
        ),
        (OnFailure::Deny, [(false, StoreState::Denied); 2]),
        (OnFailure::Allow, [(true, StoreState::Allowed); 2]),
    ] {
        let settings = SharedStore {
            on_failure,
            ..settings.clone()
        };
        let node = Node::start_alone("a", &settings);
        until("it is on record", || {
            node.recorded("RATE_LIMIT_DEGRADED") == 1
        })
        .await;
        for expected in expected {
            let (reading, _) = node.counters.take(asked.clone()).await;
            assert_eq!((reading.admitted, reading.store), expected);
        }
        node.stop.cancel();
        node.keeping.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_given_back_or_settled_moves_the_shared_bucket_and_own_buckets_stay_here() {
    let redis = Redis::start();
    let (a, b) = (
        Node::start("a", &redis.settings()).await,
        Node::start("b", &redis.settings()).await,
    );
    let mut asked = buckets(&[(1, DAY)]);
    let (reading, charges) = a.counters.take(asked.clone()).await;
    assert!(reading.admitted && !b.counters.take(asked.clone()).await.0.admitted);
    a.counters.give_back(charges);
    until("it is given back", || redis.say("DBSIZE") == ":1\r\n").await;
    assert!(b.counters.take(asked.clone()).await.0.admitted);
    asked[0].tenant = None;
    let trips = a.shared.store.asked();
    assert!(a.counters.take(asked.clone()).await.0.admitted);
    assert!(!a.counters.take(asked.clone()).await.0.admitted);
    assert!(b.counters.take(asked).await.0.admitted);
    assert!(
        a.shared.store.asked() - trips <= 1,
        "but for saying that it lives"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_data_plane_that_stops_leaves_its_share_to_the_others() {
    let redis = Redis::start();
    let (a, b) = (
        Node::start("a", &redis.settings()).await,
        Node::start("b", &redis.settings()).await,
    );
    until("both know", || a.shared.place().of == 2).await;
    b.stop.cancel();
    b.keeping.await.unwrap();
    assert_eq!(redis.say("ZRANGE test:nodes 0 -1"), "*1\r\n$1\r\na\r\n");
    until("only one is left", || a.shared.place().of == 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_with_a_password_is_opened_in_its_database_and_a_wrong_one_is_an_outage() {
    let redis = Redis::start();
    redis.say("CONFIG SET requirepass sesame");
    let given = redis.settings();
    let with = |password: &str| SharedStore {
        address: SecretString::new(format!("redis://:{password}@{}/3", given.address.expose())),
        ..given.clone()
    };
    let node = Node::start("a", &with("sesame")).await;
    let asked = buckets(&[(1, MINUTE)]);
    let (reading, _) = node.counters.take(asked.clone()).await;
    assert_eq!(reading.store, StoreState::Answered);
    let keys = redis.say("AUTH sesame\r\nSELECT 3\r\nDBSIZE");
    assert_eq!(keys, "+OK\r\n+OK\r\n:2\r\n", "the bucket, and who shares");
    let stranger = Node::start_alone("b", &with("guess"));
    until("it is on record", || {
        stranger.recorded("RATE_LIMIT_DEGRADED") == 1
    })
    .await;
    assert_eq!(stranger.recorded("guess"), 0);
    let (reading, _) = stranger.counters.take(asked).await;
    assert_eq!(reading.store, StoreState::Local);
}

//! The database goes away and comes back.

use std::time::{Duration, Instant};

use super::*;
use crate::audit::{Condition, Patience};

async fn impatient(place: &Place, caller: u64, commit: u64) -> LedgerWriter {
    let patience = Patience {
        caller: Duration::from_millis(caller),
        commit: Duration::from_millis(commit),
    };
    LedgerWriter::start_with(place.db.clone(), &secret(), "control-plane", patience)
        .await
        .unwrap()
}

async fn recorded(writer: &LedgerWriter, counters: std::ops::RangeInclusive<u64>) {
    let last = *counters.end();
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        match writer
            .ingest("gw", "b1", sent_all("gw", counters.clone()))
            .await
        {
            Ok(counter) => return assert_eq!(counter, last),
            Err(fault) => assert_eq!(fault.code, terms::Code::StorageUnavailable),
        }
        assert!(Instant::now() < deadline, "the writer did not recover");
    }
}

#[tokio::test]
async fn a_commit_that_hangs_is_given_up_and_made_once() {
    let place = Place::postgres().await;
    let writer = impatient(&place, 500, 500).await;
    recorded(&writer, 1..=10).await;
    let mut holder = place.db.pool.begin().await.unwrap();
    sqlx::query("SELECT epoch FROM ledger_writer FOR UPDATE")
        .fetch_one(&mut *holder)
        .await
        .unwrap();
    assert!(writer.append(vec![own("demo")]).await.is_err());
    let mut watched = writer.watch();
    let waiting = watched.wait_for(|condition| *condition == Condition::Waiting);
    tokio::time::timeout(Duration::from_secs(20), waiting)
        .await
        .unwrap()
        .unwrap();
    holder.rollback().await.unwrap();
    recorded(&writer, 11..=20).await;
    place.holds(21).await;
}

#[tokio::test]
async fn an_outage_loses_and_repeats_nothing() {
    let mut place = Place::postgres().await;
    let writer = impatient(&place, 2_000, 20_000).await;
    recorded(&writer, 1..=10).await;

    place.postgres.as_mut().unwrap().stop();
    let refused = writer.append(vec![own("demo")]).await.unwrap_err();
    assert_eq!(refused.code, terms::Code::StorageUnavailable);
    let refused = writer
        .ingest("gw", "b1", sent_all("gw", 11..=20))
        .await
        .unwrap_err();
    assert_eq!(refused.code, terms::Code::StorageUnavailable);
    let deadline = Instant::now() + Duration::from_secs(20);
    while writer.condition() != Condition::Waiting {
        assert!(Instant::now() < deadline, "the outage was not noticed");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }

    place.postgres.as_mut().unwrap().resume();
    // The data plane sends again what was not acknowledged; what was queued is recorded too.
    recorded(&writer, 11..=20).await;
    writer.close().await.unwrap();
    let report = place.holds(21).await;
    assert!(report.closed);
}

#[tokio::test]
async fn killing_the_database_under_load_loses_and_repeats_nothing() {
    let mut place = Place::postgres().await;
    let writer = place.writer().await;
    let loads: Vec<_> = (0..4)
        .map(|n| {
            let (writer, node) = (writer.clone(), format!("gw-{n}"));
            tokio::spawn(async move {
                for start in (1..=600u64).step_by(6) {
                    let batch = sent_all(&node, start..=start + 5);
                    while writer.ingest(&node, "b", batch.clone()).await.is_err() {}
                }
            })
        })
        .collect();
    for _ in 0..2 {
        tokio::time::sleep(Duration::from_millis(250)).await;
        place.postgres.as_mut().unwrap().stop();
        place.postgres.as_mut().unwrap().resume();
    }
    for load in loads {
        load.await.unwrap();
    }
    writer.close().await.unwrap();
    place.holds(4 * 600).await;
}

#[tokio::test]
async fn a_writer_nobody_can_ask_any_more_ends() {
    let place = Place::sqlite().await;
    let writer = place.writer().await;
    let mut watched = writer.watch();
    drop(writer);
    let ended = watched.wait_for(|condition| *condition == Condition::Closed);
    let ended = tokio::time::timeout(Duration::from_secs(10), ended)
        .await
        .unwrap();
    assert_eq!(*ended.unwrap(), Condition::Closed);
}

//! The database goes away and comes back.

use std::time::{Duration, Instant};

use super::*;
use crate::audit::Condition;

#[tokio::test]
async fn an_outage_loses_and_repeats_nothing() {
    let mut place = Place::postgres().await;
    let writer = place
        .writer()
        .await
        .with_deadline(Duration::from_millis(300));
    writer
        .ingest("gw", "b1", sent_all("gw", 1..=10))
        .await
        .unwrap();

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
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        match writer.ingest("gw", "b1", sent_all("gw", 11..=20)).await {
            Ok(counter) => break assert_eq!(counter, 20),
            Err(fault) => assert_eq!(fault.code, terms::Code::StorageUnavailable),
        }
        assert!(Instant::now() < deadline, "the writer did not recover");
    }
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

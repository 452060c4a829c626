//! What the writer records.

use super::*;
use crate::audit::Condition;

on_both! {
    what_was_acknowledged_is_recorded_and_verifies
    a_batch_sent_again_is_recorded_once
    a_jump_of_the_counter_is_recorded
    chains_go_on_after_a_restart
    a_writer_that_was_taken_over_never_writes_again
    another_secret_does_not_start_the_writer
    an_event_that_can_not_be_recorded_leaves_a_trace_and_stops_nobody
    an_id_that_is_taken_is_kept_beside_a_new_one
    many_nodes_at_once_lose_nothing
    a_checkpoint_comes_by_number_and_by_time
    the_rate_is_printed
}

async fn what_was_acknowledged_is_recorded_and_verifies(place: Place) {
    let writer = place.writer().await;
    writer.append(vec![own("demo"), own("")]).await.unwrap();
    assert_eq!(
        writer
            .ingest("gw", "b1", sent_all("gw", 1..=10))
            .await
            .unwrap(),
        10
    );
    assert_eq!(writer.ingest("gw", "b1", vec![]).await.unwrap(), 10);
    let report = place.holds(12).await;
    assert!(!report.closed);
    writer.close().await.unwrap();
    assert_eq!(writer.condition(), Condition::Closed);
    assert!(place.holds(12).await.closed);
    let late = writer.append(vec![own("demo")]).await.unwrap_err();
    assert_eq!(late.code, terms::Code::ShuttingDown);
}

async fn a_batch_sent_again_is_recorded_once(place: Place) {
    let writer = place.writer().await;
    writer
        .ingest("gw", "b1", sent_all("gw", 1..=5))
        .await
        .unwrap();
    assert_eq!(
        writer
            .ingest("gw", "b1", sent_all("gw", 1..=3))
            .await
            .unwrap(),
        5
    );
    let mut mixed = sent_all("gw", 4..=8);
    mixed.reverse();
    mixed.push(sent("gw", 6));
    assert_eq!(writer.ingest("gw", "b1", mixed).await.unwrap(), 8);
    place.holds(8).await;
}

async fn a_jump_of_the_counter_is_recorded(place: Place) {
    let writer = place.writer().await;
    writer
        .ingest("gw", "b1", sent_all("gw", 1..=2))
        .await
        .unwrap();
    writer
        .ingest("gw", "b1", sent_all("gw", 7..=8))
        .await
        .unwrap();
    writer
        .ingest("gw", "b2", vec![sent("other", 1)])
        .await
        .unwrap();
    place.holds(6).await;
    let gap = one_text(
        &place.db,
        "SELECT payload FROM audit_events WHERE event_type = 'AUDIT_GAP'",
    )
    .await;
    let gap: serde_json::Value = serde_json::from_str(&gap).unwrap();
    assert_eq!((&gap["node"], &gap["boot"]), (&"gw".into(), &"b1".into()));
    assert_eq!(gap["expected_counter"], 3);
    assert_eq!(gap["missing"], 4);
}

async fn chains_go_on_after_a_restart(place: Place) {
    for round in 1..=3u64 {
        let writer = place.writer().await;
        let counters = 10 * round - 9..=10 * round;
        writer
            .ingest("gw", "b1", sent_all("gw", counters))
            .await
            .unwrap();
        // The second end is a crash: nothing closes it.
        if round != 2 {
            writer.close().await.unwrap();
        }
        let report = place.holds(10 * round).await;
        assert_eq!(report.closed, round != 2);
        assert_eq!(report.shards.len(), 3);
    }
    assert_eq!(
        one_number(&place.db, "SELECT MAX(epoch) FROM audit_events").await,
        3
    );
}

async fn a_writer_that_was_taken_over_never_writes_again(place: Place) {
    let first = place.writer().await;
    first.append(vec![own("demo")]).await.unwrap();
    let second = place.writer().await;
    let refused = first.append(vec![own("demo")]).await.unwrap_err();
    assert_eq!(refused.code, terms::Code::AuditUnavailable);
    assert_eq!(first.condition(), Condition::Refusing);
    second.append(vec![own("demo")]).await.unwrap();
    assert!(first.close().await.is_err());
    second.close().await.unwrap();
    place.holds(2).await;
}

async fn another_secret_does_not_start_the_writer(place: Place) {
    place
        .writer()
        .await
        .append(vec![own("demo")])
        .await
        .unwrap();
    let other = SecretBytes::new(*b"another secret of thirty-two bytes");
    let refused = LedgerWriter::start(place.db.clone(), &other, "control-plane").await;
    assert_eq!(refused.unwrap_err().code, terms::Code::AuditUnavailable);
    let report = verify_store(&place.url, &other).await;
    assert_eq!(report.outcome, verify::Outcome::Bad);
    place.holds(1).await;
}

async fn an_event_that_can_not_be_recorded_leaves_a_trace_and_stops_nobody(place: Place) {
    let writer = place.writer().await;
    let mut events = sent_all("gw", 1..=6);
    events[0].payload = b"not json".to_vec().into();
    events[1].payload = b"\xff\xfe".to_vec().into();
    events[2].event_type = "lower|case".into();
    events[3].unix_micros = i64::MAX;
    events[4].tenant_id = "a|b\0".into();
    assert_eq!(writer.ingest("gw", "b1", events).await.unwrap(), 6);
    place.holds(6).await;
    let traces = "SELECT COUNT(*) FROM audit_events WHERE event_type = 'SYSTEM_ERROR' \
                  AND tenant_id = '' AND node = 'gw' AND counter < 6";
    assert_eq!(one_number(&place.db, traces).await, 5);
    let kept = one_text(
        &place.db,
        "SELECT payload FROM audit_events WHERE counter = 1",
    )
    .await;
    assert!(
        kept.contains("payload_sha256") && !kept.contains("not json"),
        "{kept}"
    );
}

async fn an_id_that_is_taken_is_kept_beside_a_new_one(place: Place) {
    let writer = place.writer().await;
    let twice = vec![
        sent("gw", 1),
        Event {
            counter: 2,
            ..sent("gw", 1)
        },
    ];
    writer.ingest("gw", "b1", twice).await.unwrap();
    let again = vec![
        sent("gw", 1),
        Event {
            counter: 2,
            ..sent("gw", 9)
        },
    ];
    writer.ingest("gw", "b2", again).await.unwrap();
    place.holds(4).await;
    let renamed =
        "SELECT COUNT(*) FROM audit_events WHERE payload LIKE '%reused_id\":\"evt_gw_1\"%'";
    assert_eq!(one_number(&place.db, renamed).await, 2);
}

async fn many_nodes_at_once_lose_nothing(place: Place) {
    let writer = place.writer().await;
    let node = |name: String| {
        let writer = writer.clone();
        async move {
            for start in (1..=200u64).step_by(20) {
                // Each batch overlaps with the one before, as after a lost acknowledgement.
                let from = start.saturating_sub(5).max(1);
                let events = sent_all(&name, from..=start + 19);
                assert_eq!(writer.ingest(&name, "b", events).await.unwrap(), start + 19);
            }
            writer.append(vec![own("demo")]).await.unwrap();
        }
    };
    futures::future::join_all((0..8).map(|n| node(format!("gw-{n}")))).await;
    writer.close().await.unwrap();
    assert!(place.holds(8 * 201).await.closed);
}

async fn a_checkpoint_comes_by_number_and_by_time(place: Place) {
    let writer = place.writer().await;
    writer
        .ingest("gw", "b1", sent_all("gw", 1..=1_100))
        .await
        .unwrap();
    let first = "SELECT COUNT(*) FROM audit_checkpoints WHERE events >= 1000";
    assert!(one_number(&place.db, first).await >= 1);
    let all = "SELECT COUNT(*) FROM audit_checkpoints WHERE events = 1100";
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while one_number(&place.db, all).await == 0 {
        assert!(std::time::Instant::now() < deadline, "no checkpoint came");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    place.holds(1_100).await;
}

#[allow(
    clippy::print_stdout,
    reason = "the figures are the point; nothing is demanded of them"
)]
async fn the_rate_is_printed(place: Place) {
    let writer = place.writer().await;
    let (nodes, batches) = (4u64, 16u64);
    let names: Vec<String> = (0..nodes).map(|n| format!("gw-{n}")).collect();
    let work: Vec<_> = names
        .iter()
        .map(|name| {
            (0..batches)
                .map(|b| sent_all(name, b * 256 + 1..=b * 256 + 256))
                .collect()
        })
        .collect::<Vec<Vec<_>>>();
    let start = std::time::Instant::now();
    let send = |(name, batches): (&String, Vec<Vec<Event>>)| {
        let (writer, name) = (writer.clone(), name.clone());
        async move {
            for batch in batches {
                writer.ingest(&name, "b", batch).await.unwrap();
            }
        }
    };
    futures::future::join_all(names.iter().zip(work).map(send)).await;
    let events = nodes * batches * 256;
    let rate = events as f64 / start.elapsed().as_secs_f64();
    println!(
        "{:?}: {events} events acknowledged at {rate:.0} a second",
        place.db.kind
    );
    let start = std::time::Instant::now();
    place.holds(events).await;
    let rate = events as f64 / start.elapsed().as_secs_f64();
    println!("{:?}: verified at {rate:.0} a second", place.db.kind);
}

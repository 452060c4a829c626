//! The adversary at the database: whatever is changed without the secret shows.

use sqlx::AssertSqlSafe;
use verify::{Outcome, Problem, Report};

use super::*;
use crate::audit::check::verify_rows;

on_both! {
    every_column_of_an_event_is_protected
    every_way_to_take_or_add_events_shows
    what_is_sealed_apart_is_protected
    a_store_that_holds_something_unreadable_is_bad
}

/// 30 events of three shards, closed.
async fn filled(place: &Place) {
    let writer = place.writer().await;
    writer
        .ingest("gw", "b1", sent_all("gw", 1..=30))
        .await
        .unwrap();
    writer.close().await.unwrap();
}

/// What the verifier says after `tampering`, which is undone afterwards.
async fn after(place: &Place, tampering: &str) -> Report {
    let mut tx = place.db.pool.begin().await.unwrap();
    for statement in tampering.split(';') {
        let done = sqlx::query(AssertSqlSafe(statement.to_owned()))
            .execute(&mut *tx)
            .await
            .unwrap();
        assert!(done.rows_affected() > 0, "{statement} changed nothing");
    }
    verify_rows(tx, &secret()).await
}

async fn is_bad(place: &Place, tampering: &str) -> Report {
    let report = after(place, tampering).await;
    assert_eq!(report.outcome, Outcome::Bad, "{tampering}: {report:#?}");
    report
}

async fn every_column_of_an_event_is_protected(place: Place) {
    filled(&place).await;
    let edits = [
        "shard = 'other'",
        "sequence = 1000",
        "epoch = 7",
        "event_id = 'evt_other'",
        "timestamp = '2026-11-22T05:00:12.000001Z'",
        "tenant_id = 'acme'",
        "event_type = 'GATEWAY_REQUEST'",
        "payload = replace(payload, '200', '201')",
        "payload = replace(payload, ',', ', ')",
        "payload = replace(payload, '\"status\"', '\"status\":200,\"status\"')",
        "payload = '{}'",
        "previous_hash = ''",
        "hmac = upper(hmac)",
        "signed_at = '2026-11-22T05:00:12.000001Z'",
        "node = 'gw-2'",
        "boot = 'b2'",
        "counter = 13",
        "actor = 'somebody'",
        "actor = NULL",
        "request_id = 'req_x'",
        "request_id = NULL",
        "seq = 1000",
    ];
    for edit in edits {
        // seq 12 is an event of shard 'demo'.
        let tampering = format!("UPDATE audit_events SET {edit} WHERE seq = 12");
        let report = is_bad(&place, &tampering).await;
        let named = report.first.unwrap().event_id.unwrap();
        let expected = if edit.starts_with("event_id") {
            "evt_other"
        } else {
            "evt_gw_12"
        };
        // An event moved behind the others is first missed at the one after it.
        let moved = edit.starts_with("seq =") && named == "evt_gw_15";
        assert!(named == expected || moved, "{edit}: {named}");
    }
    assert_eq!(
        after(&place, "UPDATE audit_events SET seq = seq")
            .await
            .outcome,
        Outcome::Good
    );
}

async fn every_way_to_take_or_add_events_shows(place: Place) {
    filled(&place).await;
    let report = is_bad(&place, "DELETE FROM audit_events WHERE seq = 12").await;
    let first = report.first.unwrap();
    assert_eq!(
        (first.problem, first.event_id.as_deref()),
        (Problem::Missing, Some("evt_gw_15"))
    );

    is_bad(&place, "DELETE FROM audit_events WHERE seq = 30").await;
    is_bad(&place, "DELETE FROM audit_events WHERE seq > 20").await;
    is_bad(&place, "DELETE FROM audit_events").await;
    is_bad(&place, "DELETE FROM audit_events; DELETE FROM audit_heads").await;
    is_bad(&place, "DELETE FROM audit_events WHERE shard = 'demo'").await;
    is_bad(
        &place,
        "DELETE FROM audit_events WHERE shard = 'demo'; DELETE FROM audit_heads WHERE shard = 'demo'; \
         DELETE FROM audit_checkpoints",
    )
    .await;
    // Two events that changed places.
    let swap = "UPDATE audit_events SET seq = 900 WHERE seq = 12; \
                UPDATE audit_events SET seq = 12 WHERE seq = 15; \
                UPDATE audit_events SET seq = 15 WHERE seq = 900";
    let report = is_bad(&place, swap).await;
    assert_eq!(report.first.unwrap().event_id.as_deref(), Some("evt_gw_15"));
    // A copy under another id and place.
    let copy = |sequence: &str| {
        format!(
            "INSERT INTO audit_events SELECT 31, shard, {sequence}, epoch, 'evt_copy', timestamp, \
             tenant_id, event_type, payload, previous_hash, hmac, signed_at, node, boot, counter, \
             actor, request_id FROM audit_events WHERE seq = 12"
        )
    };
    let report = is_bad(&place, &copy("11")).await;
    assert_eq!(report.first.unwrap().event_id.as_deref(), Some("evt_copy"));
    is_bad(&place, &copy("900")).await;
}

async fn what_is_sealed_apart_is_protected(place: Place) {
    filled(&place).await;
    for tampering in [
        "UPDATE audit_heads SET sequence = sequence - 1 WHERE shard = 'demo'",
        "UPDATE audit_heads SET seal = hmac WHERE shard = 'demo'",
        "DELETE FROM audit_heads WHERE shard = 'demo'",
        "DELETE FROM audit_heads",
        "UPDATE ledger_writer SET events = 29",
        "UPDATE ledger_writer SET epoch = epoch + 1",
        "DELETE FROM ledger_writer",
        "UPDATE audit_checkpoints SET events = events - 1",
        "UPDATE audit_checkpoints SET closing = 1 - closing",
        "UPDATE audit_checkpoints SET heads = '[]'",
        "DELETE FROM audit_checkpoints",
        // Cut the tail and everything that is known of it, as far as it goes without the secret.
        "DELETE FROM audit_events WHERE seq = 30; \
         UPDATE audit_heads SET sequence = 9, hmac = (SELECT hmac FROM audit_events \
         WHERE audit_events.shard = audit_heads.shard AND audit_events.sequence = 9) \
         WHERE shard = 'demo'; UPDATE ledger_writer SET events = 29; DELETE FROM audit_checkpoints",
    ] {
        is_bad(&place, tampering).await;
    }
}

async fn a_store_that_holds_something_unreadable_is_bad(place: Place) {
    filled(&place).await;
    is_bad(
        &place,
        "UPDATE audit_events SET sequence = -1 WHERE seq = 12",
    )
    .await;
    is_bad(&place, "UPDATE audit_heads SET sequence = -1").await;
    if place.db.kind == crate::db::DbKind::Sqlite {
        // SQLite stores any type in any column.
        is_bad(
            &place,
            "UPDATE audit_events SET sequence = 'x' WHERE seq = 12",
        )
        .await;
        is_bad(
            &place,
            "UPDATE audit_events SET payload = x'00ff' WHERE seq = 12",
        )
        .await;
        is_bad(
            &place,
            "UPDATE audit_events SET counter = 1.5 WHERE seq = 12",
        )
        .await;
    }
}

//! The adversary: everything that can be done to a store without the secret must show.

use proptest::prelude::*;

use crate::log::{Log, SECRET, heads, reseal};
use crate::{Outcome, Problem, Record, Report};

/// Index of the n-th record of shard `a`, which holds seq 3, 6, 9, …
fn of_a(n: usize) -> usize {
    3 * n - 1
}

fn bad(log: &Log, problem: Problem, event: &str) -> Report {
    let report = log.verify();
    assert_eq!(report.outcome, Outcome::Bad, "{report:#?}");
    let first = report.first.as_ref().unwrap();
    assert_eq!(first.problem, problem, "{report:#?}");
    assert_eq!(first.event_id.as_deref(), Some(event), "{report:#?}");
    report
}

/// Damage that leaves no event to name.
fn bad_end(log: &Log, problem: Problem) -> Report {
    let report = log.verify();
    assert_eq!(report.outcome, Outcome::Bad, "{report:#?}");
    let found = report.findings.iter().any(|f| f.problem == problem);
    assert!(found, "{report:#?}");
    report
}

#[test]
fn an_untouched_log_is_good_and_counted_by_shard() {
    let report = Log::new(30).verify();
    assert_eq!(report.outcome, Outcome::Good, "{report:#?}");
    assert_eq!(report.records, 30);
    let shards: Vec<_> = report
        .shards
        .iter()
        .map(|s| (s.shard.as_str(), s.records))
        .collect();
    assert_eq!(shards, [("", 10), ("a", 10), ("b", 10)]);
    assert_eq!(report.checkpoints, 2);
    assert!(report.closed);
    assert_eq!(report.first, None);
}

#[test]
fn an_empty_log_is_nothing_checked() {
    let log = Log {
        records: vec![],
        anchors: Default::default(),
    };
    assert_eq!(log.verify().outcome.exit_code(), 2);
}

#[test]
fn an_emptied_log_is_bad() {
    let mut log = Log::new(30);
    log.records.clear();
    bad_end(&log, Problem::CutTail);
}

#[test]
fn an_edited_payload_is_named_and_is_one_finding() {
    let mut log = Log::new(30);
    let record = &mut log.records[of_a(4)];
    record.payload = record.payload.replace("eve", "bob");
    let report = bad(&log, Problem::Altered, "evt_12");
    assert_eq!(report.bad, 1);
}

#[test]
fn an_edit_of_any_field_shows() {
    type Edit = fn(&mut Record);
    let edits: [(&str, Edit); 16] = [
        ("seq", |r| r.seq += 100),
        ("event_id", |r| r.event_id.push('x')),
        ("timestamp", |r| {
            r.timestamp = "2026-11-22T05:20:51.000001Z".into()
        }),
        ("tenant_id", |r| r.tenant_id = "b".into()),
        ("event_type", |r| r.event_type = "GATEWAY_RESPONSE".into()),
        ("payload layout", |r| r.payload.push(' ')),
        ("previous_hash", |r| r.previous_hash = r.hmac.clone()),
        ("hmac", |r| r.hmac = r.hmac.to_uppercase()),
        ("signed_at", |r| r.signed_at = "T0".into()),
        ("shard", |r| r.shard = "b".into()),
        ("epoch", |r| r.epoch = 2),
        ("sequence", |r| r.sequence += 1),
        ("node", |r| r.node = "other".into()),
        ("boot", |r| r.boot = "other".into()),
        ("counter", |r| r.counter += 1),
        ("index", |r| r.index.as_mut().unwrap().actor = None),
    ];
    for (field, edit) in edits {
        let mut log = Log::new(30);
        edit(&mut log.records[of_a(4)]);
        let report = log.verify();
        assert_eq!(report.outcome, Outcome::Bad, "{field}");
        let named = report.first.unwrap().event_id.unwrap();
        assert!(named.starts_with("evt_12"), "{field}: {named}");
    }
}

#[test]
fn a_deleted_record_shows_at_the_one_after_it() {
    let mut log = Log::new(30);
    log.records.remove(of_a(4));
    let report = bad(&log, Problem::Missing, "evt_15");
    assert!(report.first.unwrap().message.contains("evt_9"));
}

#[test]
fn a_deleted_first_record_shows() {
    let mut log = Log::new(30);
    log.records.remove(of_a(1));
    bad(&log, Problem::Missing, "evt_6");
}

#[test]
fn two_records_that_changed_places_show() {
    let mut log = Log::new(30);
    log.records.swap(of_a(4), of_a(5));
    assert_eq!(log.verify().outcome, Outcome::Bad);
    // Also when their seq was swapped along, so that the order looks right.
    let (four, five) = (log.records[of_a(5)].seq, log.records[of_a(4)].seq);
    log.records[of_a(4)].seq = four;
    log.records[of_a(5)].seq = five;
    bad(&log, Problem::Contradiction, "evt_15");
}

#[test]
fn two_payloads_that_changed_places_show() {
    let mut log = Log::new(30);
    let (four, five) = (
        log.records[of_a(4)].payload.clone(),
        log.records[of_a(5)].payload.clone(),
    );
    log.records[of_a(4)].payload = five;
    log.records[of_a(5)].payload = four;
    assert_eq!(bad(&log, Problem::Altered, "evt_12").bad, 2);
}

#[test]
fn a_duplicated_record_shows() {
    let mut log = Log::new(30);
    let twin = log.records[of_a(4)].clone();
    log.records.insert(of_a(4), twin);
    bad(&log, Problem::OutOfPlace, "evt_12");
    log.records.remove(of_a(4));
    let twin = Record {
        seq: 31,
        ..log.records[of_a(4)].clone()
    };
    log.records.push(twin);
    bad(&log, Problem::Contradiction, "evt_12");
}

#[test]
fn a_cut_tail_shows_against_the_head() {
    let mut log = Log::new(30);
    log.records.truncate(28);
    let report = bad_end(&log, Problem::CutTail);
    let first = report.first.unwrap();
    assert_eq!(first.shard.as_deref(), Some(""));
    assert!(first.message.contains("evt_26"), "{}", first.message);
}

#[test]
fn a_cut_tail_shows_although_the_head_was_edited_or_removed_along() {
    let mut log = Log::new(30);
    log.records.truncate(28);
    for head in &mut log.anchors.heads {
        let last = log
            .records
            .iter()
            .rev()
            .find(|r| r.shard == head.shard)
            .unwrap();
        (head.sequence, head.hmac) = (last.sequence, last.hmac.clone());
    }
    bad_end(&log, Problem::Forged);
    log.anchors.heads.retain(|head| head.shard == "b");
    bad_end(&log, Problem::Forged);
}

#[test]
fn a_whole_shard_that_vanished_with_its_head_shows() {
    let mut log = Log::new(30);
    log.records.retain(|record| record.shard != "a");
    log.anchors.heads.retain(|head| head.shard != "a");
    bad_end(&log, Problem::CutTail);
    // Also when the checkpoints that hold it went too: the counts are sealed.
    log.anchors.checkpoints.clear();
    bad_end(&log, Problem::CutTail);
    log.anchors.state = None;
    bad_end(&log, Problem::Forged);
}

#[test]
fn an_inserted_record_shows_whoever_sealed_it() {
    for secret in [&b"another secret"[..], b""] {
        let mut log = Log::new(30);
        let mut forged = log.records[of_a(10)].clone();
        forged.previous_hash = forged.hmac.clone();
        (forged.seq, forged.sequence, forged.event_id) = (31, 11, "evt_x".into());
        forged.payload = forged.payload.replace("\"seq\":30", "\"seq\":31");
        reseal(&mut forged, secret);
        log.records.push(forged);
        bad(&log, Problem::Altered, "evt_x");
    }
}

#[test]
fn a_record_moved_to_another_shard_shows() {
    let mut log = Log::new(30);
    let a = log.records[of_a(4)].clone();
    let b = log.records[of_a(4) + 1].clone();
    log.records[of_a(4)].shard = b.shard.clone();
    log.records[of_a(4)].tenant_id = b.shard;
    log.records[of_a(4) + 1].shard = a.shard.clone();
    log.records[of_a(4) + 1].tenant_id = a.shard;
    bad(&log, Problem::Altered, "evt_12");
}

#[test]
fn a_log_sealed_anew_with_another_key_shows_at_its_first_record() {
    let mut log = Log::new(30);
    for record in &mut log.records {
        reseal(record, b"another secret");
    }
    bad(&log, Problem::Altered, "evt_1");
    let report = Log::new(30).verify_with(b"another secret");
    assert_eq!(report.first.unwrap().event_id.as_deref(), Some("evt_1"));
}

#[test]
fn a_record_that_somebody_with_the_key_sealed_anew_breaks_the_link() {
    let mut log = Log::new(30);
    let record = &mut log.records[of_a(4)];
    record.payload = record.payload.replace("eve", "bob");
    record.index.as_mut().unwrap().actor = Some("bob, \"|\"".into());
    reseal(record, SECRET);
    bad(&log, Problem::BrokenLink, "evt_15");
}

#[test]
fn a_whole_chain_that_somebody_with_the_key_sealed_anew_contradicts_the_checkpoints() {
    let mut log = Log::new(30);
    let mut before = String::new();
    for record in log.records.iter_mut().filter(|r| r.shard == "a") {
        record.payload = record.payload.replace("eve", "bob");
        record.index.as_mut().unwrap().actor = Some("bob, \"|\"".into());
        record.previous_hash = before;
        reseal(record, SECRET);
        before = record.hmac.clone();
    }
    log.anchors.heads = heads(&log.records);
    // The checkpoint after 15 events holds the fifth of shard `a`.
    bad(&log, Problem::Contradiction, "evt_15");
}

#[test]
fn a_separator_smuggled_into_a_field_shows() {
    // evt_12 | time and evt_12|time | would have one canonical string.
    let mut log = Log::new(30);
    let record = &mut log.records[of_a(4)];
    record.event_type = format!("{}|{}", record.tenant_id, record.event_type);
    record.tenant_id.clear();
    bad(&log, Problem::Altered, "evt_12");
}

#[test]
fn a_checkpoint_edited_removed_or_repeated_shows() {
    let mut log = Log::new(30);
    log.anchors.checkpoints[0].events += 1;
    bad_end(&log, Problem::Forged);
    let mut log = Log::new(30);
    log.anchors.checkpoints.pop();
    bad_end(&log, Problem::CutTail);
    let mut log = Log::new(30);
    let again = log.anchors.checkpoints[1].clone();
    log.anchors.checkpoints.push(again);
    bad_end(&log, Problem::Forged);
}

#[test]
fn an_edited_state_shows() {
    let mut log = Log::new(30);
    log.records.truncate(29);
    log.anchors.state.as_mut().unwrap().events = 29;
    bad_end(&log, Problem::Forged);
}

#[test]
fn a_report_counts_all_and_lists_a_hundred() {
    let mut log = Log::new(600);
    for record in &mut log.records {
        record.event_type = "X".into();
    }
    let report = log.verify();
    assert_eq!(report.bad, 600);
    assert_eq!(report.findings.len(), 100);
}

proptest! {
    #[test]
    fn no_set_of_records_but_the_whole_one_is_good(keep in prop::collection::vec(any::<bool>(), 30)) {
        let mut log = Log::new(30);
        let mut kept = keep.iter();
        log.records.retain(|_| *kept.next().unwrap());
        prop_assert_eq!(log.verify().outcome == Outcome::Good, keep.iter().all(|k| *k));
    }

    #[test]
    fn no_order_but_the_right_one_is_good(order in Just((0..12usize).collect::<Vec<_>>()).prop_shuffle()) {
        let mut log = Log::new(12);
        log.records = order.iter().map(|at| log.records[*at].clone()).collect();
        prop_assert_eq!(log.verify().outcome == Outcome::Good, order.is_sorted());
    }
}

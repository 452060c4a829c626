//! An exported file, whole and damaged, in each of its forms.

use proptest::prelude::*;

use crate::log::{Log, SECRET, check};
use crate::{Outcome, Problem, Report, verify_export};

fn forms(log: &Log, filtered: bool) -> [String; 3] {
    [log.ndjson(filtered), log.json(filtered), log.csv(filtered)]
}

fn selection() -> Log {
    let mut log = Log::new(30);
    log.records.retain(|record| record.shard == "a");
    log
}

fn is_bad(report: &Report) {
    assert_eq!(report.outcome, Outcome::Bad, "{report:#?}");
}

#[test]
fn a_complete_export_is_good_in_each_form() {
    for export in forms(&Log::new(30), false) {
        let report = check(&export);
        assert_eq!(report.outcome, Outcome::Good, "{export}\n{report:#?}");
        assert_eq!(report.records, 30);
        assert_eq!(report.note, None);
    }
}

#[test]
fn a_selection_is_good_and_says_that_it_is_one() {
    for export in forms(&selection(), true) {
        let report = check(&export);
        assert_eq!(report.outcome, Outcome::Good, "{report:#?}");
        assert!(report.note.unwrap().contains("tenant_id"));
    }
}

#[test]
fn a_json_export_may_be_laid_out_anew() {
    let json: serde_json::Value = serde_json::from_str(&Log::new(9).json(false)).unwrap();
    let pretty = serde_json::to_string_pretty(&json)
        .unwrap()
        .replace("\"n\": 1.0", "\"n\": 1.00");
    assert_eq!(check(&pretty).outcome, Outcome::Good);
}

#[test]
fn an_edited_event_is_named_in_each_form() {
    for log in [(Log::new(30), false), (selection(), true)] {
        for export in forms(&log.0, log.1) {
            let report = check(&export.replacen("GATEWAY_REQUEST", "GATEWAY_RESPONSE", 2));
            is_bad(&report);
            let first = log.0.records[0].event_id.as_str();
            assert_eq!(report.first.unwrap().event_id.as_deref(), Some(first));
        }
    }
}

#[test]
fn a_line_removed_doubled_or_moved_shows() {
    for (log, filtered) in [(Log::new(30), false), (selection(), true)] {
        for export in forms(&log, filtered) {
            let lines: Vec<&str> = export.lines().collect();
            let removed: Vec<&str> = [&lines[..4], &lines[5..]].concat();
            is_bad(&check(&removed.join("\n")));
            let doubled = [&lines[..5], &lines[4..]].concat();
            is_bad(&check(&doubled.join("\n")));
            let mut moved = lines.clone();
            moved.swap(4, 5);
            is_bad(&check(&moved.join("\n")));
        }
    }
}

#[test]
fn a_cut_at_any_line_shows() {
    for export in forms(&Log::new(6), false) {
        let lines: Vec<&str> = export.lines().collect();
        for end in 2..lines.len() {
            let report = check(&lines[..end].join("\n"));
            is_bad(&report);
        }
    }
}

#[test]
fn a_line_after_the_manifest_shows() {
    for export in [Log::new(6).ndjson(false), Log::new(6).csv(false)] {
        let second = export.lines().nth(1).unwrap();
        is_bad(&check(&format!("{export}{second}\n")));
    }
}

#[test]
fn a_complete_export_can_not_pass_for_a_selection() {
    let log = Log::new(30);
    let mut less = log.clone();
    less.records.remove(4);
    // The manifest of the whole, relabelled: its seal doesn't fit.
    let export = less
        .ndjson(false)
        .replace("\"filtered\":false", "\"filtered\":true");
    let report = check(&export);
    is_bad(&report);
    assert_eq!(report.first.unwrap().problem, Problem::Forged);
}

#[test]
fn an_unsealed_member_can_not_ride_along() {
    let export = Log::new(6)
        .ndjson(false)
        .replacen("{\"boot\"", "{\"approved\":true,\"boot\"", 1);
    assert!(export.contains("approved"));
    is_bad(&check(&export));
}

#[test]
fn what_is_no_export_is_nothing_checked() {
    for text in ["", "  \n", "hello", "%PDF-1.7", "[1]", "seq,b\n"] {
        assert_eq!(check(text).outcome.exit_code(), 2, "{text}");
    }
    let without = verify_export(Log::new(6).ndjson(false).as_bytes(), b"");
    assert_eq!(without.outcome.exit_code(), 2);
}

#[test]
fn another_secret_verifies_nothing() {
    let report = verify_export(Log::new(6).ndjson(false).as_bytes(), b"another");
    is_bad(&report);
    assert_ne!(SECRET, b"another");
}

proptest! {
    #[test]
    fn a_flipped_byte_never_goes_unnoticed(place in any::<prop::sample::Index>(), bit in 0..8u8, form in 0..3usize) {
        let export = forms(&Log::new(6), false)[form].clone();
        let mut bytes = export.clone().into_bytes();
        let at = place.index(bytes.len());
        bytes[at] ^= 1 << bit;
        let report = verify_export(bytes.as_slice(), SECRET);
        if report.outcome == Outcome::Good {
            // Only layout may change: white space between values, and how a string is escaped.
            let was = export.as_bytes()[at];
            prop_assert!(b" \t\r\n,\"".contains(&was) || b" \t\r\n,\"".contains(&bytes[at]),
                "byte {at}: {:?} became {:?}", char::from(was), char::from(bytes[at]));
        }
    }

    #[test]
    fn a_cut_at_any_byte_never_passes(place in any::<prop::sample::Index>(), form in 0..3usize) {
        let export = forms(&Log::new(6), false)[form].clone();
        let end = place.index(export.trim_end().len());
        let report = verify_export(&export.as_bytes()[..end], SECRET);
        prop_assert_ne!(report.outcome, Outcome::Good);
    }

    #[test]
    fn foreign_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = verify_export(bytes.as_slice(), SECRET);
        let _ = verify_export([b"{\"events\":[", bytes.as_slice()].concat().as_slice(), SECRET);
    }
}

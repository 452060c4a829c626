//! Conditions on the time: zones, summer time, midnight, weekdays.

use serde_json::{Value, json};

use super::all;
use crate::policy::rule::Held::{self, No, Yes};

/// Cases of moments.
fn at(cases: &[(&str, Held)]) -> Vec<(Value, Held)> {
    cases
        .iter()
        .map(|(time, held)| (json!({ "time": time }), held.clone()))
        .collect()
}

fn daily(zone: &str, range: &str) -> String {
    format!("{{time_of_day: {{timezone: {zone}, ranges: [{{{range}}}]}}}}")
}

#[test]
fn a_window_begins_with_its_start_and_ends_before_its_end() {
    all(
        "{time_of_day: {ranges: [{start: '09:00', end: '17:30'}]}}",
        &at(&[
            ("2026-11-23T08:59:59.999999Z", No),
            ("2026-11-23T09:00:00Z", Yes),
            ("2026-11-23T17:29:59Z", Yes),
            ("2026-11-23T17:30:00Z", No),
        ]),
    );
}

#[test]
fn allowed_ranges_hold_outside_of_all_of_them() {
    let conditions = "{time_of_day: {allowed_ranges: [
        {start: '09:00', end: '12:00', days: [mon, tue, wed, thu, fri]},
        {start: '13:00', end: '17:00', days: [monday, tuesday, wednesday, thursday]}]}}";
    all(
        conditions,
        &at(&[
            ("2026-11-23T10:00:00Z", No), // a Monday
            ("2026-11-23T12:30:00Z", Yes),
            ("2026-11-23T13:30:00Z", No),
            ("2026-11-27T11:59:00Z", No), // a Friday
            ("2026-11-27T13:30:00Z", Yes),
            ("2026-11-28T10:00:00Z", Yes), // a Saturday
        ]),
    );
}

#[test]
fn a_window_over_midnight_belongs_to_the_day_on_which_it_begins() {
    let conditions = daily("UTC", "start: '22:00', end: '06:00', days: [fri]");
    all(
        &conditions,
        &at(&[
            ("2026-11-27T05:00:00Z", No), // the night from Thursday
            ("2026-11-27T21:59:00Z", No),
            ("2026-11-27T22:00:00Z", Yes),
            ("2026-11-28T05:59:59Z", Yes), // Saturday's morning
            ("2026-11-28T06:00:00Z", No),
            ("2026-11-28T22:00:00Z", No),
        ]),
    );
    let from_sunday = daily("UTC", "start: '22:00', end: '06:00', days: [sun]");
    all(
        &from_sunday,
        &at(&[("2026-11-23T03:00:00Z", Yes), ("2026-11-24T03:00:00Z", No)]),
    );
}

#[test]
fn a_whole_day_ends_at_twenty_four() {
    let conditions = daily("UTC", "start: '00:00', end: '24:00', days: [sun]");
    all(
        &conditions,
        &at(&[
            ("2026-11-21T23:59:59Z", No),
            ("2026-11-22T00:00:00Z", Yes),
            ("2026-11-22T23:59:59Z", Yes),
            ("2026-11-23T00:00:00Z", No),
        ]),
    );
    let evening = daily("UTC", "start: '18:00', end: '00:00', days: [sun]");
    all(
        &evening,
        &at(&[("2026-11-22T23:59:59Z", Yes), ("2026-11-23T00:00:00Z", No)]),
    );
}

#[test]
fn the_zones_own_clock_counts_in_winter_and_in_summer() {
    let conditions = daily("Europe/Berlin", "start: '09:00', end: '17:00'");
    all(
        &conditions,
        &at(&[
            ("2026-01-15T08:00:00Z", Yes), // 09:00 in winter
            ("2026-01-15T07:59:00Z", No),
            ("2026-07-15T07:00:00Z", Yes), // 09:00 in summer
            ("2026-07-15T15:00:00Z", No),
        ]),
    );
    // West of the date line the weekday is another one.
    let sunday = daily(
        "Pacific/Honolulu",
        "start: '00:00', end: '24:00', days: [sun]",
    );
    all(
        &sunday,
        &at(&[("2026-11-23T09:59:00Z", Yes), ("2026-11-23T10:00:00Z", No)]),
    );
}

#[test]
fn an_hour_that_the_clock_skips_never_comes_and_one_that_it_repeats_comes_twice() {
    let conditions = daily("Europe/Berlin", "start: '02:00', end: '03:00'");
    all(
        &conditions,
        &at(&[
            // On 2026-03-29 01:59:59 CET is followed by 03:00:00 CEST.
            ("2026-03-29T00:59:59Z", No),
            ("2026-03-29T01:00:00Z", No),
            // On 2026-10-25 the hour from 02:00 comes as CEST, then as CET.
            ("2026-10-24T23:59:59Z", No),
            ("2026-10-25T00:30:00Z", Yes),
            ("2026-10-25T01:30:00Z", Yes),
            ("2026-10-25T02:00:00Z", No),
        ]),
    );
}

#[test]
fn a_night_on_which_the_clock_changes_is_one_window() {
    let conditions = daily("Europe/Berlin", "start: '22:00', end: '06:00', days: [sat]");
    all(
        &conditions,
        &at(&[
            ("2026-03-28T20:59:00Z", No),
            ("2026-03-28T21:00:00Z", Yes),
            ("2026-03-29T03:59:00Z", Yes), // 05:59 CEST, a Sunday
            ("2026-03-29T04:00:00Z", No),
        ]),
    );
}

#[test]
fn a_span_is_from_a_moment_until_another_in_any_offset() {
    let span = "[{from: '2026-12-24T18:00:00+01:00', until: 2026-12-27T00:00:00Z}]";
    let cases = at(&[
        ("2026-12-24T16:59:59Z", No),
        ("2026-12-24T17:00:00Z", Yes),
        ("2026-12-26T23:59:59.999999Z", Yes),
        ("2026-12-27T00:00:00Z", No),
    ]);
    all(&format!("{{time_window: {{ranges: {span}}}}}"), &cases);
    let cases: Vec<_> = cases
        .into_iter()
        .map(|(call, held)| (call, if held == Yes { No } else { Yes }))
        .collect();
    all(
        &format!("{{time_window: {{allowed_ranges: {span}}}}}"),
        &cases,
    );
}

//! Stories of `gateway.policies`.

use decide::settings::{Policies, WorkHours};

use super::super::{Env, Profile};
use super::{faults, read_as, read_one};

#[test]
fn without_a_word_policies_need_one_pair_of_eyes_and_tools_any_hour() {
    let config = read_one("gateway: {}").unwrap();
    assert_eq!(config.governing.policies, Policies::default());
}

#[test]
fn work_hours_have_the_seeds_hours_unless_they_are_written() {
    let text = "gateway: {policies: {work-hours: {time-zone: Europe/Berlin}}}";
    let policies = read_one(text).unwrap().governing.policies;
    let expected = WorkHours {
        time_zone: "Europe/Berlin".into(),
        start: "09:00".into(),
        end: "17:00".into(),
        days: ["mon", "tue", "wed", "thu", "fri"].map(Into::into).to_vec(),
    };
    assert_eq!(policies.work_hours, Some(expected));
}

#[test]
fn work_hours_that_no_clock_shows_are_refused() {
    for wrong in [
        "time-zone: Mars/Olympus",
        "start: '25:00'",
        "end: noon",
        "days: [monday-ish]",
        "start: '10:00', end: '10:00'",
    ] {
        let text = format!("gateway: {{policies: {{work-hours: {{{wrong}}}}}}}");
        let found = faults(read_one(&text));
        assert_eq!(found.len(), 1, "{wrong}: {found:?}");
        assert!(
            found[0].contains(" gateway.policies.work-hours"),
            "{found:?}"
        );
    }
}

#[test]
fn the_environment_goes_before_the_file() {
    let env = Env::from([
        ("GATEWAY_POLICIES_FOUR_EYES", "true"),
        ("GATEWAY_POLICIES_DECISION_CACHE", "false"),
    ]);
    let text = "gateway: {policies: {four-eyes: false, decision-cache: true}}";
    let config = read_as(Profile::Any, &[("a.yaml", text)], &env).unwrap();
    let policies = config.governing.policies;
    assert!(policies.four_eyes && policies.no_decision_cache);
}

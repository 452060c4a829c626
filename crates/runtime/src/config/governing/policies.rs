//! `gateway.policies:` — what holds for all policies.

use decide::policy::{base, yaml};
use decide::settings::{Policies, WorkHours};

use super::super::names::Word;
use super::super::reader::Section;

pub(super) fn read(section: &mut Section<'_, '_>) -> Policies {
    let four_eyes = section.value_or("four-eyes", false);
    let decision_cache = section.value_or("decision-cache", true);
    let work_hours = section.section_if("work-hours", read_work_hours);
    let policies = Policies {
        four_eyes,
        work_hours,
        no_decision_cache: !decision_cache,
    };
    // The hours become a rule of the base policy: what its language refuses is refused here.
    let wrong = yaml::compile(&base::text(&policies)).err();
    if let Some(fault) = wrong.iter().flatten().next() {
        section.fault("work-hours", fault.message.clone());
    }
    policies
}

fn read_work_hours(section: &mut Section<'_, '_>) -> WorkHours {
    let word = |text: &str| Word(text.to_owned());
    let weekdays = ["mon", "tue", "wed", "thu", "fri"].map(word);
    let Word(time_zone) = section.value_or("time-zone", word("UTC"));
    let Word(start) = section.value_or("start", word("09:00"));
    let Word(end) = section.value_or("end", word("17:00"));
    let days = section.list_or("days", weekdays.to_vec());
    WorkHours {
        time_zone,
        start,
        end,
        days: days.into_iter().map(|Word(day)| day).collect(),
    }
}

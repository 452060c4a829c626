//! What functions do.

use std::borrow::Cow;

use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use super::run::{Run, Stop, text};
use super::values::{Map, Value};

type Result<T> = std::result::Result<T, Stop>;

/// A test of one text against another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextTest {
    Contains,
    StartsWith,
    EndsWith,
}

impl TextTest {
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "contains" => Some(TextTest::Contains),
            "startsWith" => Some(TextTest::StartsWith),
            "endsWith" => Some(TextTest::EndsWith),
            _ => None,
        }
    }

    pub(super) fn holds(self, text: &str, other: &str) -> bool {
        match self {
            TextTest::Contains => text.contains(other),
            TextTest::StartsWith => text.starts_with(other),
            TextTest::EndsWith => text.ends_with(other),
        }
    }
}

/// A part of a moment, or a span in a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Year,
    /// From 0.
    Month,
    /// From 0.
    DayOfYear,
    /// From 0.
    DayOfMonth,
    /// From 1.
    Date,
    /// 0 is Sunday.
    DayOfWeek,
    Hours,
    Minutes,
    Seconds,
    Milliseconds,
}

impl Part {
    pub(super) const NAMES: [&str; 10] = [
        "getFullYear",
        "getMonth",
        "getDayOfYear",
        "getDayOfMonth",
        "getDate",
        "getDayOfWeek",
        "getHours",
        "getMinutes",
        "getSeconds",
        "getMilliseconds",
    ];

    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "getFullYear" => Part::Year,
            "getMonth" => Part::Month,
            "getDayOfYear" => Part::DayOfYear,
            "getDayOfMonth" => Part::DayOfMonth,
            "getDate" => Part::Date,
            "getDayOfWeek" => Part::DayOfWeek,
            "getHours" => Part::Hours,
            "getMinutes" => Part::Minutes,
            "getSeconds" => Part::Seconds,
            "getMilliseconds" => Part::Milliseconds,
            _ => return None,
        })
    }

    /// True when a span has it too.
    pub(super) fn is_of_spans(self) -> bool {
        matches!(self, Part::Hours | Part::Minutes | Part::Seconds)
    }

    pub(super) fn of<'a>(self, of: &Value<'_>, zone: &TimeZone) -> Result<Value<'a>> {
        let at = match of {
            Value::Time(at) => zone.to_datetime(*at),
            Value::Span(span) => return self.of_span(*span),
            _ => return Err(Stop::Broken("a part of a time is asked of what is none")),
        };
        Ok(Value::Int(match self {
            Part::Year => i64::from(at.year()),
            Part::Month => i64::from(at.month()) - 1,
            Part::DayOfYear => i64::from(at.date().day_of_year()) - 1,
            Part::DayOfMonth => i64::from(at.day()) - 1,
            Part::Date => i64::from(at.day()),
            Part::DayOfWeek => i64::from(at.weekday().to_sunday_zero_offset()),
            Part::Hours => i64::from(at.hour()),
            Part::Minutes => i64::from(at.minute()),
            Part::Seconds => i64::from(at.second()),
            Part::Milliseconds => i64::from(at.millisecond()),
        }))
    }

    fn of_span<'a>(self, span: SignedDuration) -> Result<Value<'a>> {
        match self {
            Part::Hours => Ok(Value::Int(span.as_hours())),
            Part::Minutes => Ok(Value::Int(span.as_mins())),
            Part::Seconds => Ok(Value::Int(span.as_secs())),
            _ => Err(Stop::Broken("a part of a time is asked of a duration")),
        }
    }
}

/// A function of one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Conversion {
    Size,
    Int,
    Uint,
    Double,
    Text,
    Lower,
    Upper,
    Time,
    Span,
    Same,
}

impl Conversion {
    pub(super) fn of<'a>(self, run: &mut Run<'a>, of: Value<'a>) -> Result<Value<'a>> {
        match self {
            Conversion::Size => size(run, &of),
            Conversion::Int => int(&of),
            Conversion::Uint => uint(&of),
            Conversion::Double => double(&of),
            Conversion::Text => string(of),
            Conversion::Same => Ok(of),
            Conversion::Lower | Conversion::Upper => {
                let text = text(of)?;
                run.charge(text.len() / 16)?;
                let made = match self {
                    Conversion::Lower => text.to_ascii_lowercase(),
                    _ => text.to_ascii_uppercase(),
                };
                Ok(Value::Text(Cow::Owned(made)))
            }
            Conversion::Time => match of {
                Value::Time(_) => Ok(of),
                Value::Int(seconds) => Timestamp::from_second(seconds)
                    .map(Value::Time)
                    .map_err(|_| Stop::Broken("a number that is no moment")),
                other => moment(&text(other)?).map(Value::Time).ok_or(NO_MOMENT),
            },
            Conversion::Span => match of {
                Value::Span(_) => Ok(of),
                other => span(&text(other)?).map(Value::Span).ok_or(NO_SPAN),
            },
        }
    }
}

const NO_MOMENT: Stop = Stop::Broken("a text that is no moment (RFC 3339)");
const NO_SPAN: Stop = Stop::Broken("a text that is no duration");
const NO_NUMBER: Stop = Stop::Broken("something that can't become a number");

fn size<'a>(run: &mut Run<'_>, of: &Value<'_>) -> Result<Value<'a>> {
    match of {
        Value::Text(text) => {
            run.charge_text(text)?;
            let count = text.chars().count();
            Ok(Value::Int(i64::try_from(count).unwrap_or(i64::MAX)))
        }
        Value::List(list) => Ok(Value::Int(list.size())),
        Value::Map(map) => Ok(Value::Int(entries(map))),
        _ => Err(Stop::Broken("the size is asked of what has none")),
    }
}

fn entries(map: &Map<'_>) -> i64 {
    i64::try_from(map.len()).unwrap_or(i64::MAX)
}

fn int<'a>(of: &Value<'_>) -> Result<Value<'a>> {
    let value = match of {
        Value::Int(it) => Some(*it),
        Value::Uint(it) => i64::try_from(*it).ok(),
        // The bounds are those of 64 bits, as doubles have them.
        Value::Double(it) => (it.abs() < 9.223_372_036_854_775e18).then_some(*it as i64),
        Value::Text(it) => it.parse().ok(),
        Value::Time(it) => Some(it.as_second()),
        _ => None,
    };
    value.map(Value::Int).ok_or(NO_NUMBER)
}

fn uint<'a>(of: &Value<'_>) -> Result<Value<'a>> {
    let value = match of {
        Value::Int(it) => u64::try_from(*it).ok(),
        Value::Uint(it) => Some(*it),
        Value::Double(it) => (0.0..1.844_674_407_370_955e19)
            .contains(it)
            .then_some(*it as u64),
        Value::Text(it) => it.parse().ok(),
        _ => None,
    };
    value.map(Value::Uint).ok_or(NO_NUMBER)
}

fn double<'a>(of: &Value<'_>) -> Result<Value<'a>> {
    let value = match of {
        Value::Int(it) => Some(*it as f64),
        Value::Uint(it) => Some(*it as f64),
        Value::Double(it) => Some(*it),
        Value::Text(it) => it.parse().ok(),
        _ => None,
    };
    value.map(Value::Double).ok_or(NO_NUMBER)
}

fn string(of: Value<'_>) -> Result<Value<'_>> {
    let made = match of {
        Value::Text(_) => return Ok(of),
        Value::Bool(it) => it.to_string(),
        Value::Int(it) => it.to_string(),
        Value::Uint(it) => it.to_string(),
        Value::Double(it) => it.to_string(),
        Value::Time(it) => it.to_string(),
        Value::Span(it) => format!("{}s", it.as_secs_f64()),
        _ => return Err(Stop::Broken("something that can't become a string")),
    };
    Ok(Value::Text(Cow::Owned(made)))
}

/// A moment in RFC 3339.
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    if text.len() > 64 {
        return None;
    }
    text.parse().ok()
}

/// A duration as CEL has it: `90s`, `1h30m`, `-1.5h`; units `h`, `m`, `s`, `ms`, `us`, `ns`.
pub(super) fn span(text: &str) -> Option<SignedDuration> {
    let (negative, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Some(SignedDuration::ZERO);
    }
    if rest.is_empty() || rest.len() > 64 {
        return None;
    }
    let mut nanoseconds = 0_i128;
    while !rest.is_empty() {
        let digits = rest.find(|it: char| !it.is_ascii_digit() && it != '.')?;
        let (number, tail) = rest.split_at_checked(digits)?;
        let (scale, tail) = [
            ("ms", 1_000_000_i128),
            ("us", 1_000),
            ("ns", 1),
            ("h", 3_600_000_000_000),
            ("m", 60_000_000_000),
            ("s", 1_000_000_000),
        ]
        .iter()
        .find_map(|(unit, scale)| Some((*scale, tail.strip_prefix(unit)?)))?;
        nanoseconds = nanoseconds.checked_add(scaled(number, scale)?)?;
        rest = tail;
    }
    let nanoseconds = if negative { -nanoseconds } else { nanoseconds };
    let seconds = i64::try_from(nanoseconds / 1_000_000_000).ok()?;
    let left = i32::try_from(nanoseconds % 1_000_000_000).ok()?;
    Some(SignedDuration::new(seconds, left))
}

/// `1.5` times a scale.
fn scaled(number: &str, scale: i128) -> Option<i128> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if (whole.is_empty() && fraction.is_empty()) || whole.len() > 18 || fraction.contains('.') {
        return None;
    }
    let fraction = fraction.get(..fraction.len().min(15))?;
    let read = |it: &str| {
        if it.is_empty() {
            Some(0)
        } else {
            it.parse::<i128>().ok()
        }
    };
    let below = 10_i128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let parts = read(fraction)?.checked_mul(scale)?;
    read(whole)?.checked_mul(scale)?.checked_add(parts / below)
}

/// A zone by its name (`Europe/Berlin`, `UTC`) or as an offset (`+02:00`).
pub(super) fn zone(name: &str) -> Option<TimeZone> {
    if matches!(name, "Z" | "") {
        return Some(TimeZone::UTC);
    }
    match offset(name) {
        Some(offset) => Some(TimeZone::fixed(offset)),
        None => crate::policy::rule::zone(name),
    }
}

fn offset(text: &str) -> Option<Offset> {
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (hours, minutes) = rest.split_once(':')?;
    let is_pair = |it: &str| it.len() == 2 && it.chars().all(|it| it.is_ascii_digit());
    if !is_pair(hours) || !is_pair(minutes) {
        return None;
    }
    let seconds = hours.parse::<i32>().ok()? * 3_600 + minutes.parse::<i32>().ok()? * 60;
    Offset::from_seconds(if negative { -seconds } else { seconds }).ok()
}

//! Texts, lists and ranges that can't grow without bound.

use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE, URL_SAFE_NO_PAD};
use regorus::Value;

use super::{LONGEST, MOST, Patterns, WIDEST, bounded, text, whole};

pub(super) fn concat(_: &Patterns, values: &[Value]) -> Result<Value, String> {
    let name = "concat";
    let between = text(name, values.first())?;
    let parts: Vec<&str> = match values.get(1) {
        Some(Value::Array(items)) => items.iter().map(|it| text(name, Some(it))).collect(),
        Some(Value::Set(items)) => items.iter_sorted().map(|it| text(name, Some(it))).collect(),
        _ => Err(format!("{name} wants a list or set of texts")),
    }?;
    let own: usize = parts.iter().map(|part| part.len()).sum();
    bounded(
        name,
        own.saturating_add(between.len().saturating_mul(parts.len())),
    )?;
    Ok(Value::from(parts.join(between)))
}

pub(super) fn replace(_: &Patterns, values: &[Value]) -> Result<Value, String> {
    let name = "replace";
    let (whole, old, new) = (
        text(name, values.first())?,
        text(name, values.get(1))?,
        text(name, values.get(2))?,
    );
    replaced(name, whole, old, new).map(Value::from)
}

pub(super) fn replace_all(_: &Patterns, values: &[Value]) -> Result<Value, String> {
    let name = "strings.replace_n";
    let Some(Value::Object(pairs)) = values.first() else {
        return Err(format!("{name} wants an object of texts"));
    };
    let mut whole = text(name, values.get(1))?.to_owned();
    for (old, new) in pairs.iter_sorted() {
        whole = replaced(name, &whole, text(name, Some(old))?, text(name, Some(new))?)?;
    }
    Ok(Value::from(whole))
}

fn replaced(name: &str, whole: &str, old: &str, new: &str) -> Result<String, String> {
    let places = whole.matches(old).count();
    bounded(
        name,
        whole.len().saturating_add(places.saturating_mul(new.len())),
    )?;
    Ok(whole.replace(old, new))
}

pub(super) fn join_lists(_: &Patterns, values: &[Value]) -> Result<Value, String> {
    let (Some(Value::Array(first)), Some(Value::Array(second))) = (values.first(), values.get(1))
    else {
        return Err("array.concat wants two lists".to_owned());
    };
    if first.len().saturating_add(second.len()) > MOST {
        return Err(format!(
            "array.concat would make a list of more than {MOST}"
        ));
    }
    let both = first.iter().chain(second.iter()).cloned();
    Ok(Value::from(both.collect::<Vec<_>>()))
}

pub(super) fn base64(_: &Patterns, values: &[Value]) -> Result<Value, String> {
    let whole = text("base64.encode", values.first())?;
    bounded("base64.encode", whole.len().saturating_mul(2))?;
    Ok(Value::from(STANDARD.encode(whole)))
}

pub(super) fn base64url(_: &Patterns, values: &[Value]) -> Result<Value, String> {
    let whole = text("base64url.encode", values.first())?;
    bounded("base64url.encode", whole.len().saturating_mul(2))?;
    Ok(Value::from(URL_SAFE.encode(whole)))
}

pub(super) fn base64url_bare(_: &Patterns, values: &[Value]) -> Result<Value, String> {
    let whole = text("base64url.encode_no_pad", values.first())?;
    bounded("base64url.encode_no_pad", whole.len().saturating_mul(2))?;
    Ok(Value::from(URL_SAFE_NO_PAD.encode(whole)))
}

pub(super) fn hexadecimal(_: &Patterns, values: &[Value]) -> Result<Value, String> {
    let whole = text("hex.encode", values.first())?;
    bounded("hex.encode", whole.len().saturating_mul(2))?;
    Ok(Value::from(hex::encode(whole)))
}

pub(super) fn shift_left(_: &Patterns, values: &[Value]) -> Result<Value, String> {
    let name = "bits.lsh";
    let (number, by) = (whole(name, values.first())?, whole(name, values.get(1))?);
    let factor = u32::try_from(by).ok().and_then(|by| 1i64.checked_shl(by));
    factor
        .filter(|it| *it > 0)
        .and_then(|factor| number.checked_mul(factor))
        .map(Value::from)
        .ok_or_else(|| format!("{name} goes beyond 63 bits"))
}

pub(super) fn range(_: &Patterns, values: &[Value]) -> Result<Value, String> {
    let name = "numbers.range";
    numbers(
        name,
        whole(name, values.first())?,
        whole(name, values.get(1))?,
        1,
    )
}

pub(super) fn range_by(_: &Patterns, values: &[Value]) -> Result<Value, String> {
    let name = "numbers.range_step";
    let step = whole(name, values.get(2))?;
    if step < 1 {
        return Err(format!("{name} wants a step of at least 1"));
    }
    numbers(
        name,
        whole(name, values.first())?,
        whole(name, values.get(1))?,
        step,
    )
}

fn numbers(name: &str, from: i64, to: i64, step: i64) -> Result<Value, String> {
    let span = from.abs_diff(to) / step.unsigned_abs().max(1);
    let most = i64::try_from(span).ok().filter(|span| *span < WIDEST);
    let Some(span) = most else {
        return Err(format!("{name} would make a list of more than {WIDEST}"));
    };
    let signed = if from <= to { step } else { -step };
    let all = (0..=span).map(|place| Value::from(from.saturating_add(place * signed)));
    Ok(Value::from(all.collect::<Vec<_>>()))
}

pub(super) fn to_json(_: &Patterns, values: &[Value]) -> Result<Value, String> {
    let value = values.first().unwrap_or(&Value::Null);
    json(value).map(Value::from)
}

/// A value as JSON, when it is not too long.
pub(super) fn json(value: &Value) -> Result<String, String> {
    let mut bounded = Bounded(Vec::new());
    serde_json::to_writer(&mut bounded, value).map_err(|_| {
        format!("json.marshal can't write the value, or it has more than {LONGEST} bytes")
    })?;
    String::from_utf8(bounded.0).map_err(|_| "json.marshal makes no text".to_owned())
}

/// Takes so many bytes and no more.
struct Bounded(Vec<u8>);

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len().saturating_add(bytes.len()) > LONGEST {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

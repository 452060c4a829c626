//! The functions that policies may call. What could grow without bound in one step has our own
//! form here, with a bound; what leaves the sandbox is refused by name.

mod format;
mod matching;
mod texts;

use std::sync::Arc;

use regorus::{Engine, Value};

pub(super) use matching::Patterns;

/// The longest text that a function makes, in bytes.
const LONGEST: usize = 1 << 20;
/// The longest list that a function makes.
const MOST: usize = 100_000;
/// The longest range of numbers.
const WIDEST: i64 = 10_000;

/// The functions of the engine that are taken as they are.
const PLAIN: &[&str] = &[
    "abs",
    "array.reverse",
    "array.slice",
    "base64.decode",
    "base64.is_valid",
    "base64url.decode",
    "bits.and",
    "bits.negate",
    "bits.or",
    "bits.rsh",
    "bits.xor",
    "ceil",
    "contains",
    "count",
    "endswith",
    "floor",
    "format_int",
    "glob.match",
    "glob.quote_meta",
    "hex.decode",
    "indexof",
    "indexof_n",
    "intersection",
    "is_array",
    "is_boolean",
    "is_null",
    "is_number",
    "is_object",
    "is_set",
    "is_string",
    "json.filter",
    "json.is_valid",
    "json.remove",
    "json.unmarshal",
    "lower",
    "max",
    "min",
    "net.cidr_contains",
    "net.cidr_is_valid",
    "object.filter",
    "object.get",
    "object.keys",
    "object.remove",
    "object.subset",
    "object.union",
    "object.union_n",
    "product",
    "regex.is_valid",
    "round",
    "semver.compare",
    "semver.is_valid",
    "sort",
    "split",
    "startswith",
    "strings.any_prefix_match",
    "strings.any_suffix_match",
    "strings.count",
    "strings.reverse",
    "substring",
    "sum",
    "time.add_date",
    "time.clock",
    "time.date",
    "time.diff",
    "time.format",
    "time.parse_duration_ns",
    "time.parse_ns",
    "time.parse_rfc3339_ns",
    "time.weekday",
    "to_number",
    "trim",
    "trim_left",
    "trim_prefix",
    "trim_right",
    "trim_space",
    "trim_suffix",
    "type_name",
    "union",
    "units.parse",
    "units.parse_bytes",
    "upper",
    "walk",
];

/// What is refused, and what to do instead. A name with a dot at its end is a family.
const REFUSED: &[(&str, &str)] = &[
    (
        "http.",
        "a policy can't call out: what it needs must be in the input",
    ),
    (
        "net.lookup_ip_addr",
        "a policy can't ask the network; compare input.request.address with net.cidr_contains",
    ),
    ("net.cidr_expand", "use net.cidr_contains"),
    ("net.cidr_merge", "use net.cidr_contains"),
    (
        "opa.runtime",
        "a policy can't see the gateway's environment; see input.context",
    ),
    ("rand.intn", "the same call must get the same decision"),
    ("uuid.", "the same call must get the same decision"),
    (
        "io.jwt.",
        "tokens are proven before policies are asked: see input.principal",
    ),
    (
        "print",
        "a policy can't write; a dry run and explain show what it sees",
    ),
    (
        "trace",
        "a policy can't write; a dry run and explain show what it sees",
    ),
    ("test.sleep", "a policy can't wait"),
    (
        "rego.metadata.",
        "annotations are not read; write the value as a rule",
    ),
];

type Guard = fn(&Patterns, &[Value]) -> Result<Value, String>;

/// Our own forms, with how many values they take.
const GUARDED: &[(&str, u8, Guard)] = &[
    ("array.concat", 2, texts::join_lists),
    ("base64.encode", 1, texts::base64),
    ("base64url.encode", 1, texts::base64url),
    ("base64url.encode_no_pad", 1, texts::base64url_bare),
    ("bits.lsh", 2, texts::shift_left),
    ("concat", 2, texts::concat),
    ("hex.encode", 1, texts::hexadecimal),
    ("json.marshal", 1, texts::to_json),
    ("numbers.range", 2, texts::range),
    ("numbers.range_step", 3, texts::range_by),
    ("regex.find_all_string_submatch_n", 3, matching::find_groups),
    ("regex.find_n", 3, matching::find),
    ("regex.match", 2, matching::matches),
    ("regex.replace", 3, matching::replace),
    ("regex.split", 2, matching::split),
    ("replace", 3, texts::replace),
    ("sprintf", 2, format::sprintf),
    ("strings.replace_n", 2, texts::replace_all),
];

/// What a name is.
pub(super) enum Function {
    /// It may be called.
    Known,
    /// It may not, for this reason.
    Refused(&'static str),
    /// There is none; this one may be meant.
    Unknown(Option<&'static str>),
}

/// What a name is.
pub(super) fn named(name: &str) -> Function {
    if PLAIN.contains(&name) || GUARDED.iter().any(|(known, ..)| *known == name) {
        return Function::Known;
    }
    let refused = REFUSED
        .iter()
        .find(|(known, _)| *known == name || (known.ends_with('.') && name.starts_with(known)));
    if let Some((_, advice)) = refused {
        return Function::Refused(advice);
    }
    let known = PLAIN.iter().copied();
    let known = known.chain(GUARDED.iter().map(|(name, ..)| *name));
    Function::Unknown(super::attributes::nearest(name, known))
}

/// Puts our own forms of those that a policy calls before the engine's.
///
/// # Errors
/// What the engine says against it.
pub(super) fn guard(
    engine: &mut Engine,
    called: impl Fn(&str) -> bool,
    patterns: &Arc<Patterns>,
) -> Result<(), String> {
    for (name, count, guard) in GUARDED.iter().filter(|(name, ..)| called(name)) {
        let patterns = Arc::clone(patterns);
        let own = move |values: Vec<Value>| guard(&patterns, &values).map_err(anyhow::Error::msg);
        engine
            .add_extension((*name).to_owned(), *count, Box::new(own))
            .map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// The text that a value is.
fn text<'a>(function: &str, value: Option<&'a Value>) -> Result<&'a str, String> {
    match value {
        Some(Value::String(text)) => Ok(text),
        _ => Err(format!("{function} wants a text")),
    }
}

/// The whole number that a value is.
fn whole(function: &str, value: Option<&Value>) -> Result<i64, String> {
    value
        .and_then(|it| it.as_i64().ok())
        .ok_or_else(|| format!("{function} wants a whole number"))
}

/// A text, when it is not too long.
fn bounded(function: &str, length: usize) -> Result<(), String> {
    match length > LONGEST {
        true => Err(format!(
            "{function} would make a text of more than {LONGEST} bytes"
        )),
        false => Ok(()),
    }
}

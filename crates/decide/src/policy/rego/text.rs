//! From a text to an engine that holds it: parsing, in either version of the language.

use regorus::Engine;
use regorus::utils::limits::ExecutionTimerConfig;

use super::LIMIT;
use super::attributes::NOW;
use super::tokens::{self, Token};
use crate::policy::fault::DslFault;

/// The name under which the engine knows the text.
const NAME: &str = "policy";

/// The text with `time.now_ns()` as the moment that the input says, at the same places.
///
/// # Errors
/// Another form of it.
pub(super) fn with_moment(source: &str, tokens: &[Token<'_>]) -> Result<String, Vec<DslFault>> {
    let mut text = String::with_capacity(source.len());
    let mut from = 0;
    for reference in tokens::references(tokens) {
        if reference.root.text != "time" || reference.path != ["now_ns"] {
            continue;
        }
        let after = tokens.get(reference.at + 3..).unwrap_or_default();
        let (true, Some(closing)) = (
            after.first().is_some_and(|it| it.is("(")),
            after.get(1).filter(|it| it.is(")")),
        ) else {
            let message = "write `time.now_ns()`, such as `now := time.now_ns()`";
            let root = reference.root;
            return Err(vec![DslFault::new(root.line, root.column, message)]);
        };
        let (start, end) = (reference.root.start, closing.end());
        let moment = format!("input.{NOW}");
        let blanks = source.get(start + moment.len()..end).unwrap_or_default();
        text.push_str(source.get(from..start).unwrap_or_default());
        text.push_str(&moment);
        // Lines stay lines.
        text.extend(blanks.chars().map(|it| if it == '\n' { it } else { ' ' }));
        from = end;
    }
    text.push_str(source.get(from..).unwrap_or_default());
    Ok(text)
}

/// Parses a text: as version 1 of the language, or else as version 0.
///
/// # Errors
/// What is wrong with it as version 1, unless it is plainly version 0.
pub(super) fn parse(text: &str) -> Result<Engine, DslFault> {
    let first = match read(text, false) {
        Ok(engine) => return Ok(engine),
        Err(error) => error,
    };
    match read(text, true) {
        Ok(engine) => Ok(engine),
        Err(second) => {
            let plainly_old = !text.contains("rego.v1") && !text.contains(" if ");
            Err(place(if plainly_old { &second } else { &first }))
        }
    }
}

fn read(text: &str, old: bool) -> Result<Engine, String> {
    let mut engine = Engine::new();
    engine.set_rego_v0(old);
    engine.set_strict_builtin_errors(true);
    engine.set_execution_timer_config(ExecutionTimerConfig {
        limit: LIMIT,
        check_interval: std::num::NonZeroU32::new(16).unwrap_or(std::num::NonZeroU32::MIN),
    });
    engine
        .add_policy(NAME.to_owned(), text.to_owned())
        .map_err(|error| error.to_string())?;
    Ok(engine)
}

/// A fault of the engine's, with its place: `--> policy:3:11 … error: what`.
pub(super) fn place(error: &str) -> DslFault {
    let mut numbers = error
        .split_once(&format!("--> {NAME}:"))
        .map_or("", |(_, rest)| rest)
        .lines()
        .next()
        .unwrap_or_default()
        .split(':')
        .map(|number| number.trim().parse::<usize>().unwrap_or(1));
    let line = numbers.next().unwrap_or(1).max(1);
    let column = numbers.next().unwrap_or(1).max(1);
    let message = match error.split_once("error:") {
        Some((_, message)) => message,
        None => error,
    };
    let message: Vec<&str> = message
        .lines()
        .take_while(|line| !line.starts_with("-->"))
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    DslFault::new(line, column, message.join(" "))
}

/// True for the error of an evaluation that took too long.
pub(super) fn is_stop(error: &str) -> bool {
    error.contains("exceeded time limit")
}

/// An error of an evaluation, in a line; without what the engine quotes of values, which may be
/// secret.
pub(super) fn why(error: &str) -> String {
    if is_stop(error) {
        return format!("it took more than {} ms", LIMIT.as_millis());
    }
    let fault = place(error);
    let mut text = format!("line {}, column {}: ", fault.line, fault.column);
    for (place, part) in fault.message.split('`').enumerate() {
        text.push_str(if place % 2 == 0 { part } else { "…" });
    }
    text.chars().take(300).collect()
}

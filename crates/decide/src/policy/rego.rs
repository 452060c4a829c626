//! Rego, by an embedded engine: sandboxed, bounded, and pure.
//!
//! A policy decides by the rules of its package: `allow`, `deny`, `require_approval`, `warn`,
//! `filtered_parameters`. An error in any of them is an error of the policy, and denies.

mod attributes;
mod builtins;
mod check;
mod input;
mod outcome;
mod pause;
mod rules;
#[cfg(test)]
mod tests;
mod text;
mod tokens;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use regorus::Engine;

use super::fault::DslFault;
use super::input::{Arguments, Input};
use super::uses::Uses;
use outcome::Entry;
pub use outcome::{Outcome, Said};
use pause::Pause;

/// The longest policy, in bytes.
const LONGEST: usize = 256 << 10;
/// The stack that an evaluation takes at most where it is asked for, in bytes of an optimised
/// build; what takes more has a thread of its own.
const AT_HAND: usize = 192 << 10;
/// The largest stack that an evaluation may take.
const LARGEST_STACK: usize = 16 << 20;
/// How much more stack the engine takes when it is not optimised.
const UNOPTIMISED: usize = if cfg!(debug_assertions) { 9 } else { 1 };
/// How long one rule may be evaluated: a safety stop, not a part of what is decided.
const LIMIT: Duration = Duration::from_millis(if cfg!(debug_assertions) { 500 } else { 50 });

/// A compiled Rego policy.
pub struct Program {
    package: Box<str>,
    engine: Engine,
    entries: Vec<Decides>,
    uses: Uses,
    stack: usize,
    pause: Pause,
}

/// A rule by which the policy decides.
struct Decides {
    entry: Entry,
    /// Where the engine finds it: `data.package.rule`.
    path: Box<str>,
    /// It, or a rule that it calls, reads arguments.
    reads: Uses,
}

impl std::fmt::Debug for Program {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Program")
            .field("package", &self.package)
            .finish_non_exhaustive()
    }
}

impl Program {
    /// Compiles a policy, in version 1 of the language or version 0.
    ///
    /// # Errors
    /// A syntax error, recursion, a function that would leave the sandbox, an attribute that
    /// `input` does not have, a package that decides nothing, a text that is too large.
    pub fn compile(source: &str) -> Result<Self, Vec<DslFault>> {
        if source.len() > LONGEST {
            let message = format!("a policy may have {LONGEST} bytes");
            return Err(vec![DslFault::new(1, 1, message)]);
        }
        let tokens = tokens::read(source);
        check::size(&tokens).map_err(|fault| vec![fault])?;
        let text = text::with_moment(source, &tokens)?;
        let stack = rules::stack_of_parsing(&tokens);
        on_stack(stack, || compile(&text)).unwrap_or_else(|why| {
            let message = format!("the policy can't be compiled: {why}");
            Err(vec![DslFault::new(1, 1, message)])
        })
    }

    /// The attributes that it reads.
    pub fn uses(&self) -> Uses {
        self.uses
    }

    /// Evaluates it.
    ///
    /// # Errors
    /// What broke, or more time than a policy may take; after a few of those, until their second is
    /// over, at once.
    pub fn evaluate(&self, input: &Input<'_>) -> Result<Outcome, String> {
        if self.pause.holds(input.now) {
            return Err("it took too long again and again, and rests for the second".to_owned());
        }
        let value = input::of(input, self.uses)?;
        on_stack(self.stack, || self.decide(value, input))?
    }

    fn decide(&self, value: regorus::Value, input: &Input<'_>) -> Result<Outcome, String> {
        let mut engine = self.engine.clone();
        engine.set_input(value.clone());
        let tool = input.tool.as_ref();
        let mut unknown = Uses::NONE;
        if tool.is_some_and(|tool| matches!(tool.arguments, Arguments::Unknown)) {
            unknown = unknown.and(Uses::ARGUMENTS);
        }
        if input.data_classes.is_none() {
            unknown = unknown.and(Uses::DATA);
        }
        let mut outcome = Outcome::default();
        for it in &self.entries {
            let said = engine
                .eval_rule(it.path.to_string())
                .map_err(|error| self.why(&error.to_string(), input));
            if it.reads.meets(unknown) {
                if said.is_err() {
                    // What broke off leaves the engine as it stood there.
                    engine = self.engine.clone();
                    engine.set_input(value.clone());
                }
                let mut alone = Outcome::default();
                let said = said.and_then(|value| alone.add(it.entry, &value, input));
                outcome.undecided |=
                    said.is_err() || alone.refusal.is_some() || alone.approval.is_some();
                continue;
            }
            outcome.add(it.entry, &said?, input)?;
        }
        Ok(outcome)
    }

    /// What broke an evaluation, which may have been the clock.
    fn why(&self, error: &str, input: &Input<'_>) -> String {
        if text::is_stop(error) {
            self.pause.stopped(input.now);
        }
        text::why(error)
    }
}

fn compile(text: &str) -> Result<Program, Vec<DslFault>> {
    let alone = |fault| vec![fault];
    let internal = |error: &dyn std::fmt::Display| alone(text::place(&error.to_string()));
    let mut engine = text::parse(text).map_err(alone)?;
    let packages = engine.get_policy_package_components();
    let packages = packages.map_err(|error| internal(&error))?;
    let package = packages.into_iter().next().map(|it| it.components);
    let package = package.unwrap_or_default();

    let tokens = tokens::read(text);
    let spans = spans(&mut engine);
    let (head, rules) = rules::read(&tokens, &spans);
    let found = check::look(&package, head, &rules);
    let mut faults = found.faults;
    if faults.is_empty() {
        faults = check::entries(&rules);
    }
    if !faults.is_empty() {
        faults.sort_by_key(|fault| (fault.line, fault.column));
        return Err(faults);
    }

    let patterns = Arc::new(found.patterns);
    builtins::guard(
        &mut engine,
        |name| found.functions.contains(name),
        &patterns,
    )
    .map_err(|error| internal(&error))?;
    let mut program = Program {
        package: package.join(".").into(),
        engine,
        entries: Vec::new(),
        uses: outcome::uses(&tokens),
        stack: 0,
        pause: Pause::default(),
    };
    for entry in Entry::ALL {
        let Some(rule) = rules.iter().find(|rule| rule.name == entry.name()) else {
            continue;
        };
        let reach = check::reach(&found.calls, rule, LARGEST_STACK).map_err(alone)?;
        let path = path(&package, entry.name());
        let compiled = program.engine.compile_with_entrypoint(&Arc::from(&*path));
        compiled.map_err(|error| alone(check::at_rule(rule, &error.to_string())))?;
        program.uses = program.uses.and(reach.uses);
        program.stack = program.stack.max(reach.stack);
        program.entries.push(Decides {
            entry,
            path,
            reads: reach.uses,
        });
    }
    Ok(program)
}

/// Where every rule stands in the text, in bytes.
fn spans(engine: &mut Engine) -> Vec<(usize, usize)> {
    let bytes = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
    let modules = engine.get_modules();
    let rules = modules.iter().flat_map(|module| module.policy.iter());
    rules
        .map(|rule| (bytes(rule.span().start), bytes(rule.span().end)))
        .collect()
}

fn path(package: &[String], rule: &str) -> Box<str> {
    let mut path = String::from("data");
    for part in package {
        let word = |it: char| it.is_ascii_alphanumeric() || it == '_';
        let plain = part.chars().all(word) && !part.starts_with(|it: char| it.is_ascii_digit());
        match plain && !part.is_empty() {
            true => path.push_str(&format!(".{part}")),
            false => path.push_str(&format!("[{}]", serde_json::Value::from(part.as_str()))),
        }
    }
    path.push('.');
    path.push_str(rule);
    path.into()
}

/// Does something that takes so much stack: here, or on a thread that has it. A panic of the
/// engine's is an error.
fn on_stack<T: Send>(stack: usize, work: impl FnOnce() -> T + Send) -> Result<T, String> {
    let broke = "the engine broke";
    if stack <= AT_HAND {
        return catch_unwind(AssertUnwindSafe(work)).map_err(|_| broke.to_owned());
    }
    let size = (stack * 2 + (1 << 20)) * UNOPTIMISED;
    let thread = std::thread::Builder::new().name("rego".to_owned());
    std::thread::scope(|scope| {
        let thread = thread.stack_size(size).spawn_scoped(scope, work);
        let thread = thread.map_err(|error| format!("no thread with a stack for it: {error}"))?;
        thread.join().map_err(|_| broke.to_owned())
    })
}

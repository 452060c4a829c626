//! What is refused when a policy is written, although the engine would take it: it would be
//! undefined in silence, leave the sandbox, or grow without bound.

use std::collections::BTreeSet;

use super::attributes;
use super::builtins::{self, Function, Patterns};
use super::outcome::Entry;
use super::rules::{self, Calls, Reach, Rule};
use super::tokens::{Kind, Reference, Token};
use crate::policy::fault::DslFault;
use crate::policy::uses::Uses;

/// The most of each that one rule may have.
const DEEPEST: usize = 32;
const LONGEST_RUN: usize = 64;
const MOST_OPERATORS: usize = 1_000;
const MOST_STATEMENTS: usize = 2_000;
const MOST_DOUBLINGS: usize = 20;
/// The most imports.
const MOST_IMPORTS: usize = 100;

/// What is known of a policy after it was looked through.
pub(super) struct Found<'a> {
    pub faults: Vec<DslFault>,
    pub calls: Calls<'a>,
    /// The functions of the engine that it calls.
    pub functions: BTreeSet<String>,
    pub patterns: Patterns,
}

fn fault(at: &Token<'_>, message: impl Into<String>) -> DslFault {
    DslFault::new(at.line, at.column, message)
}

/// What can be seen before the text is given to the engine: what would be too much for it.
pub(super) fn size(tokens: &[Token<'_>]) -> Result<(), DslFault> {
    let (mut depth, mut minus, mut operators) = (0usize, 0, 0);
    let mut before: Option<&Token<'_>> = None;
    for token in tokens {
        minus = if token.is("-") { minus + 1 } else { 0 };
        if token.is("(") || token.is("[") || token.is("{") {
            depth += 1;
        } else if token.is(")") || token.is("]") || token.is("}") {
            depth = depth.saturating_sub(1);
        } else if token.is("$") {
            return Err(fault(token, "there are no template strings; use sprintf"));
        }
        let goes_on = before.is_some_and(|it| rules::is_operator(it) || it.is(","));
        if depth == 0 && token.column == 1 && token.kind == Kind::Word && !goes_on {
            operators = 0;
        }
        operators += usize::from(rules::is_operator(token));
        if depth > DEEPEST || minus > DEEPEST {
            let message = format!("brackets may stand {DEEPEST} deep in each other");
            return Err(fault(token, message));
        }
        if operators > MOST_OPERATORS {
            let message = format!("a rule may have {MOST_OPERATORS} operators; split it");
            return Err(fault(token, message));
        }
        before = Some(token);
    }
    if let (true, Some(token)) = (rules::longest_run(tokens) > LONGEST_RUN, tokens.first()) {
        let message = format!("a reference may have {LONGEST_RUN} steps");
        return Err(fault(token, message));
    }
    let mut imports = tokens.iter().filter(|it| it.is_word("import"));
    match imports.nth(MOST_IMPORTS) {
        Some(token) => Err(fault(
            token,
            format!("a policy may import {MOST_IMPORTS} names"),
        )),
        None => Ok(()),
    }
}

/// Looks through the rules and imports of a policy.
pub(super) fn look<'a>(
    package: &[String],
    imports: &[Token<'a>],
    rules: &'a [Rule<'a>],
) -> Found<'a> {
    let mut look = Look {
        package,
        names: rules.iter().map(|rule| rule.name).collect(),
        functions: rules
            .iter()
            .filter(|rule| rule.is_function)
            .map(|rule| rule.name)
            .collect(),
        found: Found {
            faults: Vec::new(),
            calls: Calls::new(),
            functions: BTreeSet::new(),
            patterns: Patterns::default(),
        },
    };
    let imported = look.imports(imports);
    for rule in rules {
        look.rule(rule, imported);
    }
    look.found
}

/// What is wrong with the rules by which the policy decides.
pub(super) fn entries(rules: &[Rule<'_>]) -> Vec<DslFault> {
    let named = |rule: &&Rule<'_>| Entry::ALL.iter().any(|entry| entry.name() == rule.name);
    let mut faults = Vec::new();
    for rule in rules.iter().filter(named).filter(|it| it.is_function) {
        let (line, column) = rule.place();
        let message = format!("`{}` decides, and can't take arguments", rule.name);
        faults.push(DslFault::new(line, column, message));
    }
    let decides = |rule: &Rule<'_>| {
        let entry = Entry::ALL.iter().find(|entry| entry.name() == rule.name);
        entry.is_some_and(|entry| *entry != Entry::Filtered)
    };
    if !rules.iter().any(decides) {
        let message = "the policy decides nothing: it has none of the rules `allow`, `deny`, \
                       `require_approval`, `warn`";
        faults.push(DslFault::new(1, 1, message));
    }
    faults
}

/// What a rule, with all that it calls, comes to.
///
/// # Errors
/// It calls itself, or takes more stack than it may.
pub(super) fn reach<'a>(
    calls: &Calls<'a>,
    rule: &Rule<'a>,
    most: usize,
) -> Result<Reach, DslFault> {
    let (line, column) = rule.place();
    let reach = calls.reach(rule.name).map_err(|circle| {
        let message = format!("rules call themselves: {}", circle.join(" → "));
        DslFault::new(line, column, message)
    })?;
    let too_much = if reach.stack > most {
        "rules call each other too deeply"
    } else if reach.doublings > MOST_DOUBLINGS {
        "lists that hold a value twice stand in each other: values would double with each"
    } else {
        return Ok(reach);
    };
    Err(DslFault::new(line, column, too_much))
}

/// A fault of the engine's, which may not say where.
pub(super) fn at_rule(rule: &Rule<'_>, error: &str) -> DslFault {
    if error.contains("-->") {
        return super::text::place(error);
    }
    let (line, column) = rule.place();
    DslFault::new(line, column, format!("`{}`: {error}", rule.name))
}

struct Look<'a, 'p> {
    package: &'p [String],
    names: BTreeSet<&'a str>,
    functions: BTreeSet<&'a str>,
    found: Found<'a>,
}

impl<'a> Look<'a, '_> {
    fn fault(&mut self, at: &Token<'_>, message: impl Into<String>) {
        self.found.faults.push(fault(at, message));
    }

    fn imports(&mut self, tokens: &[Token<'a>]) -> Uses {
        let mut uses = Uses::NONE;
        for reference in super::tokens::references(tokens) {
            match reference.root.text {
                "input" => uses = uses.and(self.input(&reference)),
                "data" => self.fault(&reference.root, NO_DATA),
                _ => {}
            }
        }
        uses
    }

    fn rule(&mut self, rule: &'a Rule<'a>, imported: Uses) {
        self.shape(rule);
        if let Some(name) = rule.head_without_value()
            && !self.names.contains(name.text)
        {
            let message = format!("`{}` has no value anywhere in this rule", name.text);
            self.fault(&name, message);
        }
        for with in rule.tokens.iter().filter(|it| it.is_word("with")) {
            self.fault(
                with,
                "`with` is for tests; write cases for `gatehouse policy test`",
            );
        }
        let mut calls = BTreeSet::new();
        let mut uses = imported;
        // A default stands for the value of a rule; it is not read where the rule is named.
        let head = usize::from(rule.tokens.first().is_some_and(|it| it.is_word("default")));
        for reference in rule.references.iter().filter(|it| it.at != head) {
            match reference.root.text {
                "input" => uses = uses.and(self.input(reference)),
                "data" => calls.extend(self.data(reference)),
                name if reference.called => calls.extend(self.call(rule, reference, name)),
                // It may be a variable of that name: what is hidden behind one must not count less.
                name => calls.extend(self.names.get(name)),
            }
        }
        let own = Reach {
            uses,
            stack: rule.shape.stack(),
            doublings: rule.shape.doublings,
        };
        self.found.calls.add(rule.name, calls, own);
    }

    fn shape(&mut self, rule: &Rule<'_>) {
        let (line, column) = rule.place();
        let shape = rule.shape;
        let limits = [
            (shape.operators, MOST_OPERATORS, "operators in one rule"),
            (shape.statements, MOST_STATEMENTS, "statements in one rule"),
        ];
        for (has, most, what) in limits {
            if has > most {
                let message = format!("at most {most} {what}; here are {has}");
                self.found.faults.push(DslFault::new(line, column, message));
            }
        }
    }

    fn input(&mut self, reference: &Reference<'_>) -> Uses {
        match attributes::uses(&reference.path) {
            Ok(uses) => uses,
            Err(unknown) => {
                let name = reference.name();
                let mut message = match unknown.unbuilt {
                    true => format!("`{name}` is not in this build"),
                    false => format!("there is no `{name}`"),
                };
                if let Some(meant) = unknown.meant {
                    message.push_str(&format!("; did you mean `input.{meant}`?"));
                }
                let mut fault = fault(&reference.root, message);
                if unknown.unbuilt {
                    fault = fault.not_built();
                }
                self.found.faults.push(fault);
                Uses::NONE
            }
        }
    }

    /// The rule of its own package that a path below `data` names.
    fn data(&mut self, reference: &Reference<'a>) -> Option<&'a str> {
        let rest = reference.path.strip_prefix(self.package);
        let rule = rest.and_then(|rest| rest.first());
        let name = rule.and_then(|rule| self.names.get(rule.as_str()).copied());
        if name.is_none() {
            self.fault(&reference.root, NO_DATA);
        }
        name
    }

    fn call(
        &mut self,
        rule: &Rule<'a>,
        reference: &Reference<'a>,
        name: &'a str,
    ) -> Option<&'a str> {
        if reference.path.is_empty() && self.functions.contains(name) {
            return Some(name);
        }
        let name = reference.name();
        match builtins::named(&name) {
            Function::Known => {
                self.patterns(rule, reference, &name);
                self.found.functions.insert(name);
            }
            Function::Refused(advice) => {
                self.fault(&reference.root, format!("`{name}` is not here: {advice}"));
            }
            Function::Unknown(meant) => {
                let mut message = format!("there is no function `{name}`");
                if let Some(meant) = meant {
                    message.push_str(&format!("; did you mean `{meant}`?"));
                }
                self.fault(&reference.root, message);
            }
        }
        None
    }

    /// Compiles the pattern of a call that writes it down.
    fn patterns(&mut self, rule: &Rule<'a>, reference: &Reference<'a>, name: &str) {
        if !name.starts_with("regex.") || name == "regex.is_valid" {
            return;
        }
        let after = rule.tokens.get(reference.at..).unwrap_or_default();
        let mut arguments = after
            .iter()
            .skip_while(|it| !it.is("("))
            .skip(1)
            .take_while(|it| !it.is(")"));
        let pattern = match name {
            "regex.replace" => {
                let mut after = arguments.skip_while(|it| !it.is(","));
                after.nth(1)
            }
            _ => arguments.next(),
        };
        let Some(token) = pattern.filter(|it| it.kind == Kind::Text) else {
            return;
        };
        let Some(said) = token.said() else { return };
        if let Err(why) = self.found.patterns.add(&said) {
            self.fault(token, why);
        }
    }
}

const NO_DATA: &str = "there is nothing under `data` but this package's own rules: what a policy \
                       needs is in `input`, or written in it";

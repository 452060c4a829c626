//! A policy's rules as its text has them: what each refers to, and how much stack it takes.

use std::collections::{BTreeMap, BTreeSet};

use super::tokens::{self, KEYWORDS, Kind, Reference, Token};
use crate::policy::uses::Uses;

/// One rule of a policy; rules of one name are one rule with several bodies.
pub(super) struct Rule<'a> {
    /// The name, up to its first dot or bracket.
    pub name: &'a str,
    /// It takes arguments.
    pub is_function: bool,
    pub tokens: &'a [Token<'a>],
    pub references: Vec<Reference<'a>>,
    pub shape: Shape,
}

impl<'a> Rule<'a> {
    pub fn read(tokens: &'a [Token<'a>]) -> Option<Self> {
        let skipped = usize::from(tokens.first()?.is_word("default"));
        let name = tokens.get(skipped)?;
        let next = tokens.get(skipped + 1);
        Some(Self {
            name: name.text,
            is_function: next.is_some_and(|it| it.is("(")),
            tokens,
            references: tokens::references(tokens),
            shape: Shape::of(tokens),
        })
    }

    /// Where it stands.
    pub fn place(&self) -> (usize, usize) {
        self.tokens
            .first()
            .map_or((1, 1), |first| (first.line, first.column))
    }

    /// The name that its head gives out, where nothing in it ever gives that a value.
    pub fn head_without_value(&self) -> Option<Token<'a>> {
        let body = self
            .tokens
            .iter()
            .position(|it| it.is_word("if") || it.is("{"));
        let head = self.tokens.get(..body?)?;
        let last = head.iter().rev().find(|it| !it.is("]"))?;
        let before = head
            .len()
            .checked_sub(if head.last()?.is("]") { 3 } else { 2 })?;
        let before = head.get(before)?;
        let gives =
            before.is_word("contains") || before.is("[") || before.is(":=") || before.is("=");
        let is_name = last.kind == Kind::Word && !KEYWORDS.contains(&last.text) && last.text != "_";
        if !gives || !is_name {
            return None;
        }
        let said = self
            .tokens
            .iter()
            .filter(|it| it.is_word(last.text))
            .count();
        (said == 1).then_some(*last)
    }
}

/// The tokens before the first rule, and the rules, by where they stand.
pub(super) fn read<'a>(
    tokens: &'a [Token<'a>],
    spans: &[(usize, usize)],
) -> (&'a [Token<'a>], Vec<Rule<'a>>) {
    let until = |byte: usize| tokens.partition_point(|token| token.start < byte);
    let first = spans.iter().map(|(start, _)| *start).min();
    let head = tokens.get(..until(first.unwrap_or(usize::MAX)));
    let rules = spans
        .iter()
        .filter_map(|(start, end)| tokens.get(until(*start)..until(*end)))
        .filter_map(Rule::read);
    (head.unwrap_or_default(), rules.collect())
}

/// The stack that parsing takes at most, in bytes of an optimised build.
pub(super) fn stack_of_parsing(tokens: &[Token<'_>]) -> usize {
    let shape = Shape::of(tokens);
    let operators = shape.operators.min(1_000);
    20_000 + 6_000 * shape.nesting + 700 * operators + 4_500 * shape.run
}

/// How deep a rule's evaluation goes: every part over-estimated from the text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shape {
    /// How deep brackets stand in each other.
    pub nesting: usize,
    /// Operators.
    pub operators: usize,
    /// Loops: `some … in`, `x[_]`.
    pub loops: usize,
    /// Statements.
    pub statements: usize,
    /// The longest run of minus signs, and of steps of one reference.
    pub run: usize,
    /// How often lists repeat a name: as a power of two.
    pub doublings: usize,
}

const OPERATORS: &[&str] = &[
    "+", "-", "*", "/", "%", "|", "&", "==", "!=", "<", "<=", ">", ">=", "=", ":=",
];

/// True for what makes an expression of two.
pub(super) fn is_operator(token: &Token<'_>) -> bool {
    let word = matches!(
        token.text,
        "in" | "some" | "every" | "not" | "if" | "contains"
    );
    match token.kind {
        Kind::Sign => OPERATORS.contains(&token.text),
        Kind::Word => word,
        Kind::Text | Kind::Number => false,
    }
}

/// The longest reference, in steps.
pub(super) fn longest_run(tokens: &[Token<'_>]) -> usize {
    Shape::of(tokens).run
}

impl Shape {
    fn of(tokens: &[Token<'_>]) -> Self {
        let mut shape = Self::default();
        let mut open: Vec<Bracket<'_>> = Vec::new();
        let (mut minus, mut steps) = (0, 0);
        let mut before: Option<&Token<'_>> = None;
        for (at, token) in tokens.iter().enumerate() {
            let sign = token.kind == Kind::Sign;
            let touches = before.is_some_and(|it| it.end() == token.start);
            let follows = before.is_some_and(|it| {
                it.kind == Kind::Word && !KEYWORDS.contains(&it.text) || it.is("]") || it.is(")")
            });
            minus = if token.is("-") { minus + 1 } else { 0 };
            if before.is_some_and(|it| it.line < token.line) {
                shape.statements += 1;
                steps = 0;
            }
            match token.text {
                "(" | "[" | "{" if sign => {
                    let is_step = token.is("[") && touches && follows;
                    steps += usize::from(is_step);
                    shape.loops += usize::from(is_step);
                    open.push(Bracket::new(is_list(token, before, is_step)));
                    shape.nesting = shape.nesting.max(open.len());
                }
                ")" | "]" | "}" if sign => {
                    if let Some(bracket) = open.pop() {
                        shape.doublings += bracket.doublings();
                    }
                }
                "." if sign => steps += 1,
                ";" if sign => shape.statements += 1,
                text if sign && OPERATORS.contains(&text) => shape.operators += 1,
                "in" | "some" | "every" => {
                    shape.loops += 1;
                    shape.operators += 1;
                    steps = 0;
                }
                _ => {}
            }
            if token.is(",") || token.is(";") {
                steps = 0;
            }
            if let Some(bracket) = open.last_mut() {
                bracket.take(token, tokens.get(at + 1));
            }
            shape.run = shape.run.max(minus).max(steps);
            before = Some(token);
        }
        shape
    }

    /// The stack that one evaluation of the rule takes, without those that it calls: in bytes, as
    /// measured with the engine in an optimised build, and rounded up.
    pub fn stack(&self) -> usize {
        5_000 + 1_300 * self.loops + 3_200 * self.nesting + 700 * self.operators
    }
}

/// True for a bracket that begins a list, a set or an object: no step, no call, no body.
fn is_list(bracket: &Token<'_>, before: Option<&Token<'_>>, is_step: bool) -> bool {
    let after_value = before.is_some_and(|it| match it.kind {
        Kind::Sign => it.is("]") || it.is(")") || it.is("}"),
        Kind::Word | Kind::Text | Kind::Number => !it.is_word("in"),
    });
    match bracket.text {
        "[" => !is_step,
        "{" => !after_value,
        _ => false,
    }
}

/// What stands in an open bracket.
struct Bracket<'a> {
    is_list: bool,
    is_whole: bool,
    names: Vec<&'a str>,
}

impl<'a> Bracket<'a> {
    fn new(is_list: bool) -> Self {
        Self {
            is_list,
            is_whole: false,
            names: Vec::new(),
        }
    }

    fn take(&mut self, token: &Token<'a>, next: Option<&Token<'a>>) {
        // In a comprehension, what it makes stands before.
        self.is_whole |= token.is("|");
        let goes_on = next.is_some_and(|it| it.is(".") || it.is("[") || it.is("("));
        let is_name = token.kind == Kind::Word && !KEYWORDS.contains(&token.text);
        if is_name && !goes_on && !self.is_whole {
            self.names.push(token.text);
        }
    }

    /// How much larger than its largest part a list may be, for the names that it repeats.
    fn doublings(&self) -> usize {
        if !self.is_list {
            return 0;
        }
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for name in &self.names {
            *counts.entry(name).or_default() += 1;
        }
        let most = counts.into_values().max().unwrap_or(1);
        usize::try_from(most.ilog2()).unwrap_or_default()
    }
}

/// What a rule, with all that it calls, comes to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reach {
    /// What it reads of the input.
    pub uses: Uses,
    /// The stack that it takes, in bytes of an optimised build.
    pub stack: usize,
    /// How often its lists repeat a name: as a power of two.
    pub doublings: usize,
}

impl Reach {
    fn add(&mut self, other: Reach) {
        self.uses = self.uses.and(other.uses);
        self.stack = self.stack.max(other.stack);
        self.doublings = self.doublings.max(other.doublings);
    }
}

/// Which rules call which.
pub(super) struct Calls<'a> {
    /// By name: the names that it calls, its own stack, its own uses.
    rules: BTreeMap<&'a str, (BTreeSet<&'a str>, Reach)>,
}

impl<'a> Calls<'a> {
    pub fn new() -> Self {
        Self {
            rules: BTreeMap::new(),
        }
    }

    /// One more body of a rule.
    pub fn add(&mut self, name: &'a str, calls: BTreeSet<&'a str>, own: Reach) {
        let (all, reach) = self.rules.entry(name).or_default();
        all.extend(calls);
        reach.add(own);
    }

    /// What a rule, with all that it calls, comes to.
    ///
    /// # Errors
    /// The names of a circle.
    pub fn reach(&self, root: &'a str) -> Result<Reach, Vec<&'a str>> {
        // Depth first, with a stack of our own: names may be thousands deep.
        let mut done: BTreeMap<&str, Reach> = BTreeMap::new();
        let none = BTreeSet::new();
        let of = |name: &str| match self.rules.get(name) {
            Some((calls, own)) => (calls.iter(), *own),
            None => (none.iter(), Reach::default()),
        };
        let (calls, own) = of(root);
        let mut path = vec![(root, calls, own, Reach::default())];
        let mut on_path = BTreeSet::from([root]);
        while let Some((name, calls, own, below)) = path.last_mut() {
            let Some(next) = calls.next() else {
                own.stack += below.stack;
                own.doublings += below.doublings;
                own.uses = own.uses.and(below.uses);
                let (name, reach) = (*name, *own);
                done.insert(name, reach);
                on_path.remove(name);
                path.pop();
                if let Some((.., below)) = path.last_mut() {
                    below.add(reach);
                }
                continue;
            };
            if let Some(known) = done.get(next) {
                below.add(*known);
            } else if on_path.insert(*next) {
                let (calls, own) = of(next);
                path.push((next, calls, own, Reach::default()));
            } else {
                let names = path.iter().map(|(name, ..)| *name);
                let mut circle: Vec<&str> = names.skip_while(|name| name != next).collect();
                circle.push(next);
                return Err(circle);
            }
        }
        Ok(done.get(root).copied().unwrap_or_default())
    }
}

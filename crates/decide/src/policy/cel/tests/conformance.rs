//! Held against another implementation: whatever compiles here means the same to the `cel` crate.

use std::collections::HashMap;

use proptest::prelude::*;
use serde_json::Value as Json;

use super::*;

fn arguments() -> Json {
    json!({
        "n": 5, "m": -3, "d": 2.5, "t": "abc", "u": "äb", "b": true, "z": null,
        "l": [1, 2, 3], "s": ["a", "abc"], "o": {"a": 1, "b": "x"}, "e": [], "mixed": [1, "a", 2.5, true]
    })
}

fn foreign(value: &Json) -> cel::Value {
    match value {
        Json::Null => cel::Value::Null,
        Json::Bool(it) => (*it).into(),
        Json::Number(it) => it
            .as_i64()
            .map_or_else(|| cel::Value::Float(it.as_f64().unwrap()), cel::Value::Int),
        Json::String(it) => it.as_str().into(),
        Json::Array(items) => items.iter().map(foreign).collect::<Vec<_>>().into(),
        Json::Object(members) => members
            .iter()
            .map(|(name, it)| (name.clone(), foreign(it)))
            .collect::<HashMap<_, _>>()
            .into(),
    }
}

/// What the other implementation says; `None`: it broke, or it is no bool.
fn theirs(source: &str) -> Option<bool> {
    let program = cel::Program::compile(source).unwrap_or_else(|error| panic!("{source}: {error}"));
    let mut context = cel::Context::default();
    context.add_variable_from_value("arguments", foreign(&arguments()));
    match program.execute(&context) {
        Ok(cel::Value::Bool(it)) => Some(it),
        _ => None,
    }
}

fn ours(source: &str) -> Option<Option<bool>> {
    let condition = Condition::compile(source).ok()?;
    let mut call = tool_call();
    call.tool.as_mut().unwrap().arguments = Some(arguments());
    Some(condition.holds(&call.view(Timestamp::default())).ok())
}

/// Draws expressions, most of which check.
struct Dice(u64);

const BOOLS: &[&str] = &[
    "true",
    "false",
    "arguments.b",
    "has(arguments.n)",
    "has(arguments.o.x)",
    "'n' in arguments",
];
const NUMBERS: &[&str] = &[
    "0",
    "1",
    "2",
    "-7",
    "arguments.n",
    "arguments.m",
    "arguments.o.a",
    "arguments.l[1]",
];
const DOUBLES: &[&str] = &[
    "0.0",
    "2.5",
    "1e300",
    "arguments.d",
    "double(arguments.n)",
    "-1.5",
];
const TEXTS: &[&str] = &[
    "'a'",
    "'abc'",
    "\"ä\"",
    "''",
    "arguments.t",
    "arguments.u",
    "arguments['t']",
    "arguments.o.b",
];
const LISTS: &[&str] = &[
    "[]",
    "[1, 2, 3]",
    "['a', 'b']",
    "[1, 2.0, 'a']",
    "arguments.l",
    "arguments.s",
    "arguments.e",
    "arguments.mixed",
];
const MAPS: &[&str] = &[
    "{}",
    "{'a': 1}",
    "{'a': 1, 'b': 'x'}",
    "arguments.o",
    "arguments",
];
const ODD: &[&str] = &[
    "null",
    "arguments.z",
    "arguments.missing",
    "3u",
    "arguments.t.x",
    "duration('90s')",
    "timestamp('2026-11-20T12:00:00Z')",
];

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        // The generator of MMIX: good enough to vary expressions.
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    fn one(&mut self, of: &[&str]) -> String {
        of[self.below(of.len())].to_owned()
    }

    /// Anything.
    fn any(&mut self, depth: usize) -> String {
        match self.below(8) {
            0 | 1 => self.truth(depth),
            2 => self.number(depth),
            3 => self.double(depth),
            4 => self.text(depth),
            5 => self.list(depth),
            6 => self.one(MAPS),
            _ => self.one(ODD),
        }
    }

    /// Two of one type, mostly.
    fn two(&mut self, depth: usize) -> (String, String) {
        match self.below(7) {
            0 => (self.number(depth), self.number(depth)),
            1 => (self.double(depth), self.number(depth)),
            2 => (self.text(depth), self.text(depth)),
            3 => (self.list(depth), self.list(depth)),
            4 => (self.one(MAPS), self.one(MAPS)),
            5 => (self.truth(depth), self.truth(depth)),
            _ => (self.any(depth), self.any(depth)),
        }
    }

    fn truth(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.one(BOOLS);
        }
        let depth = depth - 1;
        match self.below(12) {
            0 | 1 => {
                let sign = self.one(&["&&", "||"]);
                format!("({} {sign} {})", self.truth(depth), self.truth(depth))
            }
            2 => format!("!({})", self.truth(depth)),
            3 | 4 => {
                let sign = self.one(&["==", "!="]);
                let (a, b) = self.two(depth);
                format!("({a} {sign} {b})")
            }
            5 | 6 => {
                let sign = self.one(&["<", "<=", ">", ">="]);
                let (a, b) = self.two(depth);
                format!("({a} {sign} {b})")
            }
            7 => format!("({} in {})", self.any(depth), self.list(depth)),
            8 => {
                let method = self.one(&["contains", "startsWith", "endsWith"]);
                format!("{}.{method}({})", self.text(depth), self.text(depth))
            }
            9 | 10 => {
                let fold = self.one(&["all", "exists", "exists_one"]);
                let of = if self.below(4) == 0 {
                    self.one(MAPS)
                } else {
                    self.list(depth)
                };
                format!("{of}.{fold}({})", self.test(depth))
            }
            _ => format!(
                "({} ? {} : {})",
                self.truth(depth),
                self.truth(depth),
                self.truth(depth)
            ),
        }
    }

    /// A loop's variable and condition. Loops in loops name their variables by their depth.
    fn test(&mut self, depth: usize) -> String {
        let it = format!("x{depth}");
        match self.below(3) {
            0 => format!("{it}, {it} == {}", self.any(depth.min(1))),
            1 => format!(
                "{it}, {it} > {} || {}",
                self.number(0),
                self.truth(depth.min(1))
            ),
            _ => format!("{it}, {}", self.truth(depth)),
        }
    }

    fn number(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.one(NUMBERS);
        }
        let depth = depth - 1;
        match self.below(6) {
            0..=2 => {
                let sign = self.one(&["+", "-", "*", "/", "%"]);
                format!("({} {sign} {})", self.number(depth), self.number(depth))
            }
            3 => format!("size({})", self.list(depth)),
            4 => format!("{}.size()", self.text(depth)),
            _ => format!("int({})", self.double(depth)),
        }
    }

    fn double(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.one(DOUBLES);
        }
        let sign = self.one(&["+", "-", "*", "/"]);
        format!(
            "({} {sign} {})",
            self.double(depth - 1),
            self.double(depth - 1)
        )
    }

    fn text(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.one(TEXTS);
        }
        match self.below(3) {
            0 => format!("string({})", self.number(depth - 1)),
            _ => format!("({} + {})", self.text(depth - 1), self.text(depth - 1)),
        }
    }

    fn list(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.one(LISTS);
        }
        let depth = depth - 1;
        match self.below(5) {
            0 => format!("[{}, {}]", self.any(depth), self.any(depth)),
            1 => format!("({} + {})", self.list(depth), self.list(depth)),
            2 => format!("{}.filter({})", self.list(depth), self.test(depth)),
            3 => format!(
                "{}.map(x{depth}, [x{depth}, {}])",
                self.list(depth),
                self.any(depth)
            ),
            _ => self.one(LISTS),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn what_compiles_means_the_same_to_another_implementation(seed in any::<u64>(), depth in 1..4_usize) {
        let source = Dice(seed).truth(depth);
        if let Some(ours) = ours(&source) {
            prop_assert_eq!(ours, theirs(&source), "{}", source);
        }
    }
}

#[test]
fn most_of_what_is_drawn_says_something() {
    let said = (0..1_000).filter(|seed| matches!(ours(&Dice(*seed).truth(3)), Some(Some(_))));
    assert!(said.count() > 300);
}

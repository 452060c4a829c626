//! The checker's calls: functions, methods and loops, with their types.

use std::net::IpAddr;

use ipnet::IpNet;
use jiff::tz::TimeZone;
use regex::RegexBuilder;

use super::attributes;
use super::check::{Checked, Checker};
use super::functions::{self, Conversion, Part, TextTest};
use super::parse::{Ast, Kind};
use super::run::{Fold, FoldKind, Node, Pattern};
use super::values::{Type, Value};
use crate::policy::names::Names;

/// Loops that may stand in each other.
const MAX_LOOPS: usize = 2;

/// Bytes of a pattern of `glob`.
const MAX_GLOB: usize = 256;

const FUNCTIONS: [&str; 12] = [
    "has",
    "size",
    "int",
    "uint",
    "double",
    "string",
    "dyn",
    "timestamp",
    "duration",
    "matches",
    "glob",
    "in_cidr",
];

const METHODS: [&str; 13] = [
    "contains",
    "startsWith",
    "endsWith",
    "matches",
    "size",
    "lowerAscii",
    "upperAscii",
    "all",
    "exists",
    "exists_one",
    "existsOne",
    "filter",
    "map",
];

impl Checker {
    /// A call.
    pub(super) fn call(
        &mut self,
        at: usize,
        target: Option<&Ast>,
        name: &str,
        args: &[Ast],
    ) -> Checked {
        match target {
            Some(target) => self.method(at, target, name, args),
            None => self.function(at, name, args),
        }
    }

    fn function(&mut self, at: usize, name: &str, args: &[Ast]) -> Checked {
        match (name, args) {
            ("has", _) => self.has(at, args),
            ("size", [of]) => self.size(of),
            ("int", [of]) => {
                let wanted = [Type::Int, Type::Uint, Type::Double, Type::Text, Type::Time];
                self.convert(of, Conversion::Int, &wanted, Type::Int)
            }
            ("uint", [of]) => {
                let wanted = [Type::Int, Type::Uint, Type::Double, Type::Text];
                self.convert(of, Conversion::Uint, &wanted, Type::Uint)
            }
            ("double", [of]) => {
                let wanted = [Type::Int, Type::Uint, Type::Double, Type::Text];
                self.convert(of, Conversion::Double, &wanted, Type::Double)
            }
            ("string", [of]) => {
                let wanted = [
                    Type::Text,
                    Type::Bool,
                    Type::Int,
                    Type::Uint,
                    Type::Double,
                    Type::Time,
                    Type::Span,
                ];
                self.convert(of, Conversion::Text, &wanted, Type::Text)
            }
            ("dyn", [of]) => {
                let (_, node) = self.check(of);
                (Type::Dyn, Node::Convert(Conversion::Same, Box::new(node)))
            }
            ("timestamp", [of]) => self.moment(of),
            ("duration", [of]) => self.duration(of),
            ("matches", [of, pattern]) => self.matches(of, pattern),
            ("glob", [of, pattern]) => self.glob(of, pattern),
            ("in_cidr", [of, networks]) => self.in_networks(of, networks),
            _ if FUNCTIONS.contains(&name) => self.count(at, name, args.len()),
            _ => {
                let method = METHODS.iter().find(|it| it.eq_ignore_ascii_case(name));
                let hint = match (method, attributes::meant(name, FUNCTIONS.into_iter())) {
                    (Some(method), _) => format!("; it is a method: x.{method}(…)"),
                    (None, Some(known)) => format!("; did you mean '{known}'?"),
                    (None, None) => format!("; there are {}", FUNCTIONS.join(", ")),
                };
                self.wrong(at, format!("the function '{name}' is not known{hint}"))
            }
        }
    }

    fn method(&mut self, at: usize, target: &Ast, name: &str, args: &[Ast]) -> Checked {
        if let Some(kind) = fold_kind(name) {
            return self.fold(at, target, kind, name, args);
        }
        if let Some(part) = Part::named(name) {
            return self.part(at, target, part, args);
        }
        match (name, args) {
            ("size", []) => self.size(target),
            ("matches", [pattern]) => self.matches(target, pattern),
            ("lowerAscii", []) => {
                self.convert(target, Conversion::Lower, &[Type::Text], Type::Text)
            }
            ("upperAscii", []) => {
                self.convert(target, Conversion::Upper, &[Type::Text], Type::Text)
            }
            (_, [other]) if TextTest::named(name).is_some() => {
                let text = self.wanted(target, &[Type::Text]);
                let other = self.wanted(other, &[Type::Text]);
                let test = TextTest::named(name).unwrap_or(TextTest::Contains);
                (Type::Bool, Node::Text(test, Box::new([text, other])))
            }
            _ if METHODS.contains(&name) => self.count(at, name, args.len()),
            _ => {
                let known = METHODS.into_iter().chain(Part::NAMES);
                let hint = match attributes::meant(name, known) {
                    Some(known) => format!("; did you mean '{known}'?"),
                    None => String::new(),
                };
                self.wrong(at, format!("the method '{name}' is not known{hint}"))
            }
        }
    }

    fn count(&mut self, at: usize, name: &str, given: usize) -> Checked {
        self.wrong(at, format!("'{name}' doesn't take {given} arguments"))
    }

    /// Checks a part that must be of one of these types.
    fn wanted(&mut self, ast: &Ast, wanted: &[Type]) -> Node {
        let (kind, node) = self.check(ast);
        if kind != Type::Dyn && !wanted.contains(&kind) {
            let names: Vec<String> = wanted.iter().map(ToString::to_string).collect();
            let message = format!("a {} is expected here, not a {kind}", names.join(" or a "));
            self.wrong(ast.at, message);
        }
        node
    }

    fn convert(&mut self, of: &Ast, how: Conversion, wanted: &[Type], kind: Type) -> Checked {
        let node = self.wanted(of, wanted);
        (kind, Node::Convert(how, Box::new(node)))
    }

    fn size(&mut self, of: &Ast) -> Checked {
        let (kind, node) = self.check(of);
        if !matches!(kind, Type::Dyn | Type::Text | Type::List(_) | Type::Map(..)) {
            return self.wrong(of.at, format!("a {kind} has no size"));
        }
        (Type::Int, Node::Convert(Conversion::Size, Box::new(node)))
    }

    fn moment(&mut self, of: &Ast) -> Checked {
        if let Kind::Text(text) = &of.kind {
            return match functions::moment(text) {
                Some(at) => (Type::Time, Node::Const(Value::Time(at))),
                None => self.wrong(of.at, "not a moment; write it as 2026-11-22T08:00:00Z"),
            };
        }
        self.convert(
            of,
            Conversion::Time,
            &[Type::Text, Type::Int, Type::Time],
            Type::Time,
        )
    }

    fn duration(&mut self, of: &Ast) -> Checked {
        if let Kind::Text(text) = &of.kind {
            return match functions::span(text) {
                Some(span) => (Type::Span, Node::Const(Value::Span(span))),
                None => self.wrong(of.at, "not a duration; write it as 90s, 15m or 1h30m"),
            };
        }
        self.convert(of, Conversion::Span, &[Type::Text, Type::Span], Type::Span)
    }

    fn part(&mut self, at: usize, of: &Ast, part: Part, args: &[Ast]) -> Checked {
        let wanted: &[Type] = match part.is_of_spans() && args.is_empty() {
            true => &[Type::Time, Type::Span],
            false => &[Type::Time],
        };
        let of = self.wanted(of, wanted);
        let zone = match args {
            [] => TimeZone::UTC,
            [
                Ast {
                    kind: Kind::Text(name),
                    at,
                    ..
                },
            ] => match functions::zone(name) {
                Some(zone) => zone,
                None => return self.wrong(*at, format!("the time zone '{name}' is not known")),
            },
            [other] => {
                return self.wrong(
                    other.at,
                    "the time zone must be written out: \"Europe/Berlin\"",
                );
            }
            more => return self.count(at, "get…", more.len()),
        };
        (Type::Int, Node::Clock(Box::new(of), part, zone))
    }

    fn matches(&mut self, of: &Ast, pattern: &Ast) -> Checked {
        let of = self.wanted(of, &[Type::Text]);
        let Kind::Text(text) = &pattern.kind else {
            return self.wrong(pattern.at, "the pattern must be written out as a string");
        };
        match compile_pattern(text) {
            Ok(pattern) => (Type::Bool, Node::Matches(Box::new(of), pattern)),
            Err(why) => self.wrong(pattern.at, why),
        }
    }

    fn glob(&mut self, of: &Ast, pattern: &Ast) -> Checked {
        let of = self.wanted(of, &[Type::Text]);
        let Kind::Text(text) = &pattern.kind else {
            return self.wrong(pattern.at, "the pattern must be written out as a string");
        };
        if text.len() > MAX_GLOB {
            return self.wrong(
                pattern.at,
                format!("a pattern may have {MAX_GLOB} bytes; this has more"),
            );
        }
        let names = Names::from_iter([text.as_str()]);
        (Type::Bool, Node::Glob(Box::new(of), names))
    }

    fn in_networks(&mut self, of: &Ast, networks: &Ast) -> Checked {
        let of = self.wanted(of, &[Type::Text]);
        let single = std::slice::from_ref(networks);
        let written = match &networks.kind {
            Kind::List(items) => items.as_slice(),
            _ => single,
        };
        let mut parsed = Vec::with_capacity(written.len());
        for it in written {
            let Kind::Text(text) = &it.kind else {
                return self.wrong(it.at, "networks must be written out: \"10.0.0.0/8\"");
            };
            match network(text) {
                Some(network) => parsed.push(network),
                None => {
                    return self.wrong(
                        it.at,
                        format!("'{text}' is no network; write it as 10.0.0.0/8"),
                    );
                }
            }
        }
        (Type::Bool, Node::InNetworks(Box::new(of), parsed))
    }

    fn fold(
        &mut self,
        at: usize,
        range: &Ast,
        kind: FoldKind,
        name: &str,
        args: &[Ast],
    ) -> Checked {
        let (variable, test, becomes) = match (kind, args) {
            (FoldKind::Map, [variable, becomes]) => (variable, None, Some(becomes)),
            (FoldKind::Map, [variable, test, becomes]) => (variable, Some(test), Some(becomes)),
            (FoldKind::Map, _) => return self.count(at, name, args.len()),
            (_, [variable, test]) => (variable, Some(test), None),
            _ => return self.count(at, name, args.len()),
        };
        let Kind::Name(variable_name) = &variable.kind else {
            return self.wrong(
                variable.at,
                format!("'{name}' names its element first: x.{name}(it, …)"),
            );
        };
        let taken = |it: &str| it.split('.').next() == Some(variable_name.as_str());
        if attributes::names().any(taken) || self.locals.iter().any(|(it, _)| it == variable_name) {
            let message =
                format!("'{variable_name}' has a meaning already; name the element otherwise");
            return self.wrong(variable.at, message);
        }
        if self.locals.len() >= MAX_LOOPS {
            return self.wrong(
                at,
                format!("loops may stand {MAX_LOOPS} deep in each other; this is deeper"),
            );
        }
        let (range_kind, range_node) = self.check(range);
        let element = match range_kind {
            Type::Dyn => Type::Dyn,
            Type::List(of) => *of,
            Type::Map(key, _) => *key,
            other => {
                return self.wrong(
                    range.at,
                    format!("'{name}' goes over lists and maps, not over a {other}"),
                );
            }
        };
        let slot = self.locals.len();
        self.locals.push((variable_name.clone(), element.clone()));
        let test = test.map(|it| self.test(it, "the condition of a loop"));
        let (made, becomes) = match becomes.map(|it| self.check(it)) {
            Some((kind, node)) => (kind, Some(node)),
            None => (element, None),
        };
        self.locals.pop();
        let result = match kind {
            FoldKind::All | FoldKind::Exists | FoldKind::ExistsOne => Type::Bool,
            FoldKind::Filter | FoldKind::Map => Type::List(Box::new(made)),
        };
        let fold = Fold {
            kind,
            range: range_node,
            slot,
            test,
            becomes,
        };
        (result, Node::Fold(Box::new(fold)))
    }
}

fn fold_kind(name: &str) -> Option<FoldKind> {
    Some(match name {
        "all" => FoldKind::All,
        "exists" => FoldKind::Exists,
        "exists_one" | "existsOne" => FoldKind::ExistsOne,
        "filter" => FoldKind::Filter,
        "map" => FoldKind::Map,
        _ => return None,
    })
}

fn network(text: &str) -> Option<IpNet> {
    let parsed = text.parse::<IpNet>().ok();
    parsed.or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from))
}

/// Compiles a regular expression, in as little room as it takes: the more it takes, the dearer
/// each byte of a text is.
fn compile_pattern(text: &str) -> Result<Pattern, String> {
    let mut last = None;
    for (room, weight) in [(1 << 14, 1), (1 << 16, 4), (1 << 18, 16)] {
        match RegexBuilder::new(text)
            .size_limit(room)
            .nest_limit(64)
            .build()
        {
            Ok(regex) => return Ok(Pattern { regex, weight }),
            Err(regex::Error::CompiledTooBig(_)) => {
                last = Some("the pattern is too large".to_owned())
            }
            Err(error) => {
                let why = error.to_string();
                let why = why
                    .lines()
                    .last()
                    .unwrap_or_default()
                    .trim_start_matches("error: ");
                return Err(format!("not a regular expression: {why}"));
            }
        }
    }
    Err(last.unwrap_or_default())
}

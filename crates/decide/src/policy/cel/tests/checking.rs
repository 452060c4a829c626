//! What the checker refuses, where it stands, and what is meant.

use super::*;

/// An expression, the column of its fault, and a part of what is said of it.
const REFUSED: &[(&str, usize, &str)] = &[
    ("", 1, "an expression is expected here, not the end"),
    ("true &&", 8, "an expression is expected"),
    (
        "true true",
        6,
        "an operator or the end is expected here, not 'true'",
    ),
    ("principal.mfa and true", 15, "did you mean '&&'?"),
    ("principal.mfa & true", 15, "did you mean '&&'?"),
    (r#"tool.name = "a""#, 11, "did you mean '=='?"),
    (r#"tool.name == "a"#, 14, "lacks its closing"),
    (r#"tool.name == “a”"#, 14, "is not a quote"),
    (r#"tool.name == "\q""#, 15, "escape"),
    ("1", 1, "must be a bool; this is a int"),
    (
        "principal.rolle == 'a'",
        1,
        "did you mean 'principal.role'?",
    ),
    ("user.role == 'a'", 1, "did you mean 'principal.role'?"),
    ("role == 'a'", 1, "did you mean 'principal.role'?"),
    ("nonsense_beyond_measure", 1, "is not known"),
    ("tool == 'a'", 1, "name one of tool.name"),
    ("principal.agent.trust == 2", 23, "a string and a int"),
    ("time.hour == '9'", 11, "a int and a string"),
    ("time.hour < '9'", 11, "'<' can't stand between"),
    ("tool.name == null", 11, "has()"),
    ("principal.groups == 'a'", 18, "did you mean 'in'?"),
    ("'a' in principal.id", 5, "contains"),
    ("1 in principal.groups", 3, "can't be in a list(string)"),
    ("1 in 2", 3, "'in' looks into"),
    ("principal.id[0] == 'a'", 13, "has no places"),
    ("principal.groups['a'] == 'a'", 17, "a int is expected"),
    ("principal.id.name == 'a'", 14, "has no member 'name'"),
    ("principal.id && true", 11, "a side of '&&' must be a bool"),
    ("!principal.id", 12, "must be a bool"),
    ("principal.id ? true : false", 11, "must be a bool"),
    ("-principal.id == 1", 1, "'-' can't stand before a string"),
    ("1 + 1.0 == 2.0", 3, "write int(…) or double(…)"),
    ("time.now + time.now == time.now", 10, "'+' can't stand"),
    ("startswith(tool.name, 'a')", 1, "it is a method"),
    ("glop(tool.name, 'a')", 1, "did you mean 'glob'?"),
    (
        "tool.name.startswith('a')",
        11,
        "did you mean 'startsWith'?",
    ),
    ("size(1) == 1", 6, "has no size"),
    ("size() == 1", 1, "doesn't take 0 arguments"),
    (
        "tool.name.contains(1)",
        20,
        "a string is expected here, not a int",
    ),
    ("tool.name.matches(tool.server)", 24, "must be written out"),
    ("tool.name.matches('(')", 19, "not a regular expression"),
    ("glob(tool.name, tool.server)", 22, "must be written out"),
    ("in_cidr(request.address, '10/8')", 26, "no network"),
    (
        "in_cidr(request.address, principal.id)",
        36,
        "must be written out",
    ),
    (
        "time.now.getHours('Europe/Berlinn') == 1",
        19,
        "time zone 'Europe/Berlinn'",
    ),
    ("timestamp('yesterday') == time.now", 11, "not a moment"),
    ("duration('1y') == duration('1h')", 10, "not a duration"),
    ("has(tool)", 1, "has() asks for a member"),
    ("has(tool.nme)", 5, "did you mean 'tool.name'?"),
    ("has(principal.id.x)", 18, "has no member 'x'"),
    (
        "principal.groups.all(time, true)",
        22,
        "has a meaning already",
    ),
    (
        "principal.groups.all('a', true)",
        22,
        "names its element first",
    ),
    ("principal.groups.all(a, b)", 25, "'b' is not known"),
    ("principal.groups.all(a, a) ", 25, "must be a bool"),
    ("[1].all(a, [1].all(b, [1].all(c, true)))", 27, "2 deep"),
    ("{1.5: 1}[1] == 1", 2, "can't be a map's key"),
    ("arguments.?x == 1", 11, "'.?' is not known"),
    ("tool{name: 1} == 1", 5, "messages can't be made"),
    ("b'a' == b'a'", 1, "bytes"),
    ("arguments.`a-b` == 1", 11, "backquotes"),
    (
        "99999999999999999999 == 1",
        1,
        "a number that can't be read",
    ),
    ("9223372036854775808 == 1", 1, "too large for 64 bits"),
    ("1abc == 1", 1, "a number that can't be read"),
    ("while == 1", 1, "keeps for itself"),
];

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let mut otherwise = Vec::new();
    for (source, column, said) in REFUSED {
        let fault = refused(source);
        let as_told = fault.message.contains(said) && (fault.line, fault.column) == (1, *column);
        if !as_told || fault.unbuilt {
            otherwise.push(format!("{source}: {}: {}", fault.column, fault.message));
        }
    }
    assert!(otherwise.is_empty(), "{otherwise:#?}");
}

#[test]
fn lines_and_columns_count_characters_and_comments() {
    let fault = refused("// äöü\ntrue &&\n  \"äöü\" == tol.name");
    assert_eq!((fault.line, fault.column), (3, 12), "{fault:?}");
}

#[test]
fn every_fault_is_said_at_once() {
    let faults = Condition::compile("tol.name == 'a' && rolle == 'b'").unwrap_err();
    assert_eq!(faults.len(), 2, "{faults:?}");
}

#[test]
fn an_index_learns_what_must_hold() {
    use super::super::Attribute;
    let required = |source: &str| {
        let found = compiled(source).required();
        let shown = |it: super::super::Equality| {
            let mut values: Vec<String> = it.values.iter().map(ToString::to_string).collect();
            values.sort();
            format!("{}={}", it.attribute.name(), values.join("|"))
        };
        found.into_iter().map(shown).collect::<Vec<_>>()
    };
    assert_eq!(
        required(
            "model.name in ['a', 'b'] && 'dev' in principal.roles && 'x' == tool.name && time.hour < 9"
        ),
        ["model.name=a|b", "principal.roles=dev", "tool.name=x"]
    );
    assert_eq!(required("action == 'chat'"), ["action=chat"]);
    // None of these is false only because the attribute has another value.
    for source in [
        "action == 'chat' || principal.mfa",
        "!(action == 'chat')",
        "action != 'chat'",
        "arguments == {'a': 'x'}",
        "arguments.path == 'x'",
        "principal.mfa ? action == 'chat' : true",
    ] {
        assert!(required(source).is_empty(), "{source}");
    }
    let first = compiled("model.name == 'a'").required().remove(0);
    assert_eq!(first.attribute, Attribute::ModelName);
}

//! What expressions mean: operators, functions, errors, and what nobody knows.

use super::*;

#[test]
fn operators_and_functions_mean_what_cel_says() {
    let call = tool_call();
    for source in [
        "1 + 2 * 3 == 7 && (1 + 2) * 3 == 9 && 7 / 2 == 3 && -7 / 2 == -3 && -7 % 3 == -1",
        "10 - 2 - 3 == 5 && 1 - -1 == 2 && !!true && --1 == 1",
        "-9223372036854775808 < 0 && 0x10 == 16 && 5u + 1u == 6u && 1e3 == 1000.0",
        "1 == 1.0 && 1u == 1 && 2 > 1.5 && 9007199254740993 != 9007199254740992.0",
        r#""a" + "b" == "ab" && "a" < "b" && "ä".size() == 1 && r"\d" == "\\d" && '\x41\u00e4\101' == "AäA""#,
        r#""""two
lines""" == "two\nlines" && 'it\'s' == "it's""#,
        "[1, 2] + [3] == [1, 2, 3] && [1, 2][1] == 2 && size([]) == 0 && 2 in [1, 2]",
        r#"{"a": 1}.a == 1 && {"a": 1}["a"] == 1 && "a" in {"a": 1} && size({1: 2}) == 1"#,
        "[1, 2, 3].all(x, x > 0) && [1, 2].exists(x, x == 2) && [1, 2].exists_one(x, x > 1)",
        "[1, 2, 3].filter(x, x > 1) == [2, 3] && [1, 2].map(x, x * 2) == [2, 4]",
        "[1, 2, 3].map(x, x > 1, x * 2) == [4, 6] && [].all(x, false) && ![].exists(x, true)",
        "[[1], [2]].exists(a, a.exists(b, b == 2)) && {'k': 1}.all(k, k == 'k')",
        "true ? true : (1 / 0 == 0)",
        "'Ab'.lowerAscii() == 'ab' && 'Ab'.upperAscii() == 'AB' && 'abc'.contains('b')",
        "string(7) == '7' && int('7') == 7 && double(7) == 7.0 && int(7.9) == 7 && uint(7) == 7u",
        "'a1'.matches('[0-9]') && matches('abc', '^a.c$') && !'a'.matches('^b')",
        "glob('db/read_rows', 'db/*') && glob('a', '?') && !glob('ab', '?') && glob('a[b', 'a[*')",
        "in_cidr('10.1.1.1', '10.0.0.0/8') && !in_cidr('11.1.1.1', '10.0.0.0/8')",
        "in_cidr(request.address, ['192.168.0.0/16', '10.1.2.3']) && in_cidr('::ffff:10.0.0.1', '10.0.0.0/8')",
        "duration('1h30m') == duration('90m') && duration('-1.5s') < duration('0')",
        "time.now - duration('1h') < time.now && time.now - (time.now - duration('60s')) == duration('1m')",
        "duration('90m').getHours() == 1 && duration('90m').getMinutes() == 90",
    ] {
        yes(source, &call);
    }
}

#[test]
fn moments_are_read_in_any_zone() {
    let call = tool_call();
    for source in [
        "time.now.getHours() == 12 && time.now.getHours('Europe/Berlin') == 13",
        "time.now.getHours('+05:30') == 18 && time.now.getMinutes('+05:30') == 5",
        "time.now.getDayOfWeek() == 5 && time.now.getDayOfWeek('Pacific/Auckland') == 6",
        "time.now.getFullYear() == 2026 && time.now.getMonth() == 10 && time.now.getDate() == 20",
        "time.now.getDayOfMonth() == 19 && time.now.getDayOfYear() == 323 && time.now.getSeconds() == 56",
        "timestamp('2026-07-01T00:30:00Z').getHours('Europe/Berlin') == 2",
        "int(time.now) == time.unix && timestamp(time.unix) == time.now",
    ] {
        yes(source, &call);
    }
}

#[test]
fn arguments_are_looked_at_when_they_are_there() {
    let call = tool_call();
    for source in [
        "arguments.count + 1 == 8 && arguments.ratio > 1 && arguments.force",
        r#"arguments.deep.list[1] == "two" && arguments["deep"]["list"][2] == null"#,
        r#"has(arguments.path) && !has(arguments.other) && "path" in arguments"#,
        "arguments.huge > 9223372036854775807 && arguments.count != 'seven'",
        "arguments.all(name, name != 'password') && size(arguments) == 6",
        "!has(arguments.deep.x) && !has(arguments.other) || arguments.other.x == 1",
    ] {
        yes(source, &call);
    }
    assert_eq!(
        broken("arguments.other == 1", &call),
        "there is no member 'other'"
    );
    assert_eq!(
        broken("arguments['other'] == 1", &call),
        "there is no member 'other'"
    );
    broken("arguments.path.x == 1", &call);
    broken("arguments.path > 1", &call);
    broken("arguments.path + 1 == 2", &call);
    broken("arguments.count.startsWith('7')", &call);
    broken("arguments.count", &call);
    broken("arguments.deep.list[3] == 1", &call);
    broken("arguments.other.x == 1 || false", &call);

    let mut none = tool_call();
    none.tool.as_mut().unwrap().arguments = None;
    no("has(arguments.path)", &none);
    yes("size(arguments) == 0", &none);
    broken("arguments.path == 'a'", &none);
}

#[test]
fn what_decides_absorbs_what_breaks() {
    let call = model_call();
    no("tool.name == 'a' && false", &call);
    no("false && tool.name == 'a'", &call);
    yes("tool.name == 'a' || true", &call);
    yes("[1, 2].exists(x, x == 2 || tool.name == 'a')", &call);
    no("[1, 2].all(x, x != 2 && tool.name == 'a')", &call);
    broken("model.max_tokens == 1 || false", &bare_model_call());
    broken("model.max_tokens == 1 && true", &bare_model_call());
    broken("!(model.max_tokens == 1)", &bare_model_call());
    broken(
        "[1].exists(x, x > 2 || model.max_tokens == 1)",
        &bare_model_call(),
    );
    no(
        "has(model.max_tokens) && model.max_tokens == 1",
        &bare_model_call(),
    );
}

fn bare_model_call() -> InputDocument {
    serde_json::from_str(r#"{"model": {"name": "a"}}"#).unwrap()
}

#[test]
fn what_speaks_of_another_kind_of_call_does_not_hold() {
    let call = model_call();
    no("tool.name == 'a'", &call);
    no("!(tool.name == 'a')", &call);
    no("principal.role != 'x' && tool.sensitivity != 'low'", &call);
    no("arguments.amount > 1000", &call);
    no("model.name == 'a'", &tool_call());
    let person = serde_json::from_str(r#"{"tool": {"server": "s", "name": "t"}}"#).unwrap();
    no("principal.agent.trust != 'trusted'", &person);
    // A request to a tool server that names no tool and has no arguments.
    let text = r#"{"action": "mcp_request", "tool": {"server": "s", "method": "initialize"}}"#;
    let initialize = serde_json::from_str(text).unwrap();
    no("tool.name != 'a'", &initialize);
    no("arguments.amount > 1000", &initialize);
    yes("tool.server == 's'", &initialize);
}

#[test]
fn what_breaks_beside_another_kind_of_call_breaks_wherever_it_stands() {
    let call = model_call();
    for source in [
        "tool.name == 'a' || int(principal.id) > 5",
        "int(principal.id) > 5 || tool.name == 'a'",
        "tool.name == 'a' && int(principal.id) > 5",
        "[1, 2].exists(x, x == 1 && tool.name == 'a' || x == 2 && int(principal.id) > 5)",
    ] {
        broken(source, &call);
    }
}

#[test]
fn numbers_never_overflow_in_silence() {
    let call = tool_call();
    for source in [
        "9223372036854775807 + 1 > 0",
        "-9223372036854775808 - 1 < 0",
        "9223372036854775807 * 2 > 0",
        "1 / 0 == 0",
        "1 % 0 == 0",
        "-9223372036854775808 / -1 == 0",
        "-(-9223372036854775808) == 0",
        "1u - 2u == 0u",
        "int(1e30) == 0",
        "int('x') == 0",
        "timestamp('9999-12-30T00:00:00Z') + duration('999999h') > time.now",
        "{string(time.hour): 1, '12': 2} == {}",
    ] {
        broken(source, &call);
    }
}

#[test]
fn arguments_that_nobody_knows_leave_it_undecided_only_where_they_decide() {
    let mut call = tool_call();
    call.tool.as_mut().unwrap().arguments_unknown = true;
    for source in [
        "arguments.path == 'a'",
        "!(arguments.path == 'a')",
        "has(arguments.path)",
        "arguments.path == 'a' && principal.mfa",
        "arguments.path == 'a' || !principal.mfa",
        "[1].exists(x, arguments.path == 'a')",
        // What broke might yet be absorbed by what is not known.
        "arguments.path == 'a' && model.name == 'a'",
        "model.name == 'a' || arguments.path == 'a'",
        "arguments.path == 'a' ? true : false",
    ] {
        assert_eq!(held(source, &call), Held::Undecided, "{source}");
        assert!(
            compiled(source)
                .holds(&call.view(Timestamp::default()))
                .is_err()
        );
    }
    no("arguments.path == 'a' && !principal.mfa", &call);
    yes("arguments.path == 'a' || principal.mfa", &call);
    yes("principal.mfa ? true : arguments.path == 'a'", &call);
    no("model.name == 'a'", &call);
}

//! Tests in words: what they read, what that is in a call, what it is compared with, and what
//! would make them not hold.

use std::fmt::Write as _;

use terms::Timestamp;

use crate::policy::input::{Arguments, Input};
use crate::policy::names::Listing;
use crate::policy::rule::{AgentTest, ArgumentMatch, Test, TimeTest, WeeklyWindow};

/// The most names of a list that are written.
const MOST_NAMES: usize = 20;
/// The most letters of a value that are written.
const LONGEST: usize = 200;
const NONE: &str = "(none)";

/// The attribute that a test reads, as documents name it.
pub(in crate::policy) fn attribute(test: &Test, input: Option<&Input<'_>>) -> String {
    let calls_tool = input.is_some_and(|it| it.model.is_none());
    match test {
        Test::Action(_) => "action",
        Test::User(_) => "principal.id",
        Test::Role(_) => "principal.roles",
        Test::Group(_) => "principal.groups",
        Test::Key(_) => "principal.key_id",
        Test::Method(_) => "principal.method",
        Test::Model(_) => "model",
        Test::Provider(_) => "model.provider",
        Test::MaxTokens(_) => "model.max_tokens",
        Test::Tools(_) if calls_tool => "tool.name",
        Test::Tools(_) => "model.tools",
        Test::Server(_) => "tool.server",
        Test::Tool(_) => "tool.name",
        Test::Argument(test) if test.name.starts_with('/') || test.name.is_empty() => {
            return format!("arguments{}", test.name);
        }
        Test::Argument(test) => return format!("arguments.{}", test.name),
        Test::SensitivityFrom(_) => "tool.sensitivity",
        Test::Residency(_) => "model.provider_region",
        Test::Region(_) => "region",
        Test::DataClasses(_) => "data_classes",
        Test::Tainted(_) => "session_tainted",
        Test::Time(_) => "time",
        Test::Address(..) => "request.address",
        Test::Agent(_) => "principal.agent",
        Test::Cel(_) => "expression",
    }
    .to_owned()
}

/// What the attribute is in a call.
pub(in crate::policy) fn value(test: &Test, input: &Input<'_>) -> String {
    let who = &input.principal;
    let model = |of: fn(&crate::policy::input::Model<'_>) -> String| {
        input.model.as_ref().map_or_else(none, of)
    };
    let tool = |of: fn(&crate::policy::input::Tool<'_>) -> String| {
        input.tool.as_ref().map_or_else(none, of)
    };
    match test {
        Test::Action(_) => input.kind.name().to_owned(),
        Test::User(_) => two(who.id, who.username.unwrap_or(who.id)),
        Test::Role(_) => bracketed(who.roles.iter().map(|it| it.as_str())),
        Test::Group(_) => bracketed(who.groups.iter().map(AsRef::as_ref)),
        Test::Key(_) => who.key_id.unwrap_or(NONE).to_owned(),
        Test::Method(_) => who.method.to_owned(),
        Test::Model(_) => model(|it| two(it.name, it.served)),
        Test::Provider(_) => model(|it| two(it.account, it.provider)),
        Test::MaxTokens(_) => model(|it| it.max_tokens.map_or_else(none, |it| it.to_string())),
        Test::Residency(_) => model(|it| it.provider_region.unwrap_or(NONE).to_owned()),
        Test::Tools(_) if input.model.is_some() => {
            model(|it| bracketed(it.tools.iter().map(AsRef::as_ref)))
        }
        Test::Server(_) => tool(|it| it.server.to_owned()),
        Test::Tool(_) | Test::Tools(_) => tool(|it| match it.name {
            Some(name) => format!("{}/{name}", it.server),
            None => none(),
        }),
        Test::SensitivityFrom(_) => tool(|it| it.sensitivity.as_str().to_owned()),
        Test::Argument(test) => match input.tool.map(|it| it.arguments) {
            None => none(),
            Some(Arguments::Unknown) => "(unknown)".to_owned(),
            Some(Arguments::Known(all)) => all
                .and_then(
                    |all| match test.name.starts_with('/') || test.name.is_empty() {
                        true => all.pointer(&test.name),
                        false => all.get(&*test.name),
                    },
                )
                .map_or_else(none, |it| cut(&it.to_string())),
        },
        Test::Region(_) => input.region.unwrap_or(NONE).to_owned(),
        Test::DataClasses(_) => match input.data_classes {
            None => "(unknown)".to_owned(),
            Some(found) => bracketed(found.iter().map(AsRef::as_ref)),
        },
        Test::Tainted(_) => input.tainted.to_string(),
        Test::Time(test) => moment(test, input.now),
        Test::Address(..) => input
            .request
            .address
            .map_or_else(none, |it| it.to_canonical().to_string()),
        Test::Agent(_) => who.agent.map_or_else(none, |it| {
            format!(
                "{} (trust {}, delegation depth {}, capabilities {})",
                it.id,
                it.trust.as_str(),
                it.delegation_depth,
                bracketed(it.capabilities.iter().map(AsRef::as_ref))
            )
        }),
        Test::Cel(condition) => match condition.held(input) {
            crate::policy::rule::Held::Yes => "true".to_owned(),
            crate::policy::rule::Held::No => "false".to_owned(),
            _ => NONE.to_owned(),
        },
    }
}

/// What the attribute is compared with: the test holds for it.
pub(in crate::policy) fn compared(test: &Test) -> String {
    if let Some(list) = listing(test) {
        return match list {
            Listing::Deny(_) => format!("one of {}", names(list)),
            Listing::Allow(_) => format!("none of {}", names(list)),
        };
    }
    match test {
        Test::MaxTokens(most) => format!("above {most}"),
        Test::SensitivityFrom(least) => format!("at least {}", least.as_str()),
        Test::Residency(regions) => {
            format!("none of {}", joined(regions.iter().map(AsRef::as_ref)))
        }
        Test::Time(test) => match test.inside {
            true => format!("within {}", windows(test)),
            false => format!("outside of {}", windows(test)),
        },
        Test::Address(networks, inside) => {
            let networks: Vec<String> = networks.iter().map(ToString::to_string).collect();
            let networks = joined(networks.iter().map(AsRef::as_ref));
            match inside {
                true => format!("in {networks}"),
                false => format!("not in {networks}"),
            }
        }
        Test::Agent(test) => agent(test),
        Test::Argument(test) => match &test.test {
            ArgumentMatch::Pattern(pattern) => format!("matches {}", pattern.as_str()),
            ArgumentMatch::Listed(list @ Listing::Deny(_)) => format!("one of {}", names(list)),
            ArgumentMatch::Listed(list @ Listing::Allow(_)) => format!("none of {}", names(list)),
            ArgumentMatch::Violates(_) => "violates the schema".to_owned(),
        },
        Test::Cel(condition) => condition.source().to_owned(),
        _ => String::new(),
    }
}

/// What would make a test that holds not hold.
pub(in crate::policy) fn lifted_by(test: &Test, input: &Input<'_>) -> String {
    let what = attribute(test, Some(input));
    if let Some(list) = listing(test) {
        let noun = noun(test);
        return match list {
            Listing::Deny(_) => format!("{noun} other than {}", names(list)),
            Listing::Allow(_) => format!("{noun} among {}", names(list)),
        };
    }
    match test {
        Test::MaxTokens(most) => format!("max_tokens of at most {most}"),
        Test::SensitivityFrom(least) => {
            format!("a tool of less than {} sensitivity", least.as_str())
        }
        Test::Residency(regions) => {
            let regions = joined(regions.iter().map(AsRef::as_ref));
            format!("a provider whose data stays in one of {regions}")
        }
        Test::Time(test) => match test.inside {
            true => format!("a time outside of {}", windows(test)),
            false => format!("a time within {}", windows(test)),
        },
        Test::Address(_, true) => format!("an address that is not {}", compared(test)),
        Test::Address(networks, false) => {
            let networks: Vec<String> = networks.iter().map(ToString::to_string).collect();
            let networks = joined(networks.iter().map(AsRef::as_ref));
            format!("an address in {networks}")
        }
        Test::Agent(_) => format!("an agent that is not: {}", compared(test)),
        Test::Argument(argument) => match &argument.test {
            ArgumentMatch::Pattern(pattern) => {
                format!("{what} that does not match {}", pattern.as_str())
            }
            ArgumentMatch::Listed(list @ Listing::Deny(_)) => {
                format!("{what} other than {}", names(list))
            }
            ArgumentMatch::Listed(list @ Listing::Allow(_)) => {
                format!("{what} among {}", names(list))
            }
            ArgumentMatch::Violates(_) => format!("{what} that the schema allows"),
        },
        Test::Cel(condition) => format!("a call for which this is false: {}", condition.source()),
        _ => what,
    }
}

fn listing(test: &Test) -> Option<&Listing> {
    match test {
        Test::Action(list)
        | Test::User(list)
        | Test::Role(list)
        | Test::Group(list)
        | Test::Key(list)
        | Test::Method(list)
        | Test::Model(list)
        | Test::Provider(list)
        | Test::Tools(list)
        | Test::Server(list)
        | Test::Tool(list)
        | Test::Region(list)
        | Test::DataClasses(list) => Some(list),
        _ => None,
    }
}

fn noun(test: &Test) -> &'static str {
    match test {
        Test::Action(_) => "an action",
        Test::User(_) => "a user",
        Test::Role(_) => "a role",
        Test::Group(_) => "a group",
        Test::Key(_) => "a key",
        Test::Method(_) => "a way to log in",
        Test::Model(_) => "a model",
        Test::Provider(_) => "a provider",
        Test::Server(_) => "a server",
        Test::Region(_) => "a region of the gateway",
        Test::DataClasses(_) => "a class of data",
        _ => "a tool",
    }
}

fn none() -> String {
    NONE.to_owned()
}

fn two(one: &str, other: &str) -> String {
    match one == other {
        true => one.to_owned(),
        false => format!("{one} ({other})"),
    }
}

fn bracketed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    format!("[{}]", joined(names))
}

fn joined<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<&str> = names.collect();
    let mut text = names
        .iter()
        .take(MOST_NAMES)
        .copied()
        .collect::<Vec<_>>()
        .join(", ");
    if names.len() > MOST_NAMES {
        // Writing to a String does not fail.
        let _ = write!(text, " and {} more", names.len() - MOST_NAMES);
    }
    text
}

fn names(list: &Listing) -> String {
    let (Listing::Deny(names) | Listing::Allow(names)) = list;
    let mut all: Vec<&str> = names.exact.iter().map(AsRef::as_ref).collect();
    all.extend(names.patterns.iter().map(|it| it.as_str()));
    all.sort_unstable();
    joined(all.into_iter())
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

fn moment(test: &TimeTest, now: Timestamp) -> String {
    match jiff::Timestamp::from_microsecond(now.unix_micros()) {
        Ok(at) => {
            let at = at.to_zoned(test.zone.clone());
            at.strftime("%a %Y-%m-%d %H:%M %Z").to_string()
        }
        Err(_) => now.to_string(),
    }
}

fn windows(test: &TimeTest) -> String {
    let weekly = test.weekly.iter().map(|it| weekly(*it));
    let spans = test
        .spans
        .iter()
        .map(|(from, until)| format!("{from} to {until}"));
    let all = weekly.chain(spans).collect::<Vec<_>>().join(" or ");
    match (test.weekly.is_empty(), test.zone.iana_name()) {
        (false, Some(zone)) => format!("{all} ({zone})"),
        _ => all,
    }
}

fn weekly(window: WeeklyWindow) -> String {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let (start, end) = (window.start, window.end);
    let hours = format!(
        "{:02}:{:02}–{:02}:{:02}",
        start / 60,
        start % 60,
        end / 60,
        end % 60
    );
    let days: Vec<&str> = (0u8..)
        .zip(DAYS)
        .filter(|(bit, _)| window.days & (1 << bit) != 0)
        .map(|(_, day)| day)
        .collect();
    match days.len() {
        7 => hours,
        _ => format!("{hours} on {}", days.join(", ")),
    }
}

fn agent(test: &AgentTest) -> String {
    let mut parts = Vec::new();
    if let Some(trust) = test.trust_below {
        parts.push(format!("trusted less than {}", trust.as_str()));
    }
    if let Some(depth) = test.depth_above {
        parts.push(format!("delegated more than {depth} times"));
    }
    if !test.lacks.is_empty() {
        let lacks = joined(test.lacks.iter().map(AsRef::as_ref));
        parts.push(format!("lacking one of {lacks}"));
    }
    if !test.kinds.is_empty() {
        let kinds = joined(test.kinds.iter().map(AsRef::as_ref));
        parts.push(format!("of the kind {kinds}"));
    }
    parts.join(" and ")
}

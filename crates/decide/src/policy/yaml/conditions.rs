//! The conditions of a rule: a table of what there is.

use ipnet::IpNet;
use terms::Role;

use super::arguments::mcp_arg;
use super::section::{Entry, Faults, meant, shown};
use super::times::{time_of_day, time_window};
use super::value::{Known, list_of, listing, names, scalar, whole, word};
use crate::case::{Kind, Trust};
use crate::policy::names::{Listing, Pattern};
use crate::policy::rule::{AgentTest, Kinds, Test};
use crate::source::Sensitivity;

/// So many tests may a rule have.
const MOST_TESTS: usize = 64;

/// Reads a condition; nothing comes of a faulty one.
type Read = fn(Entry<'_>, &mut Faults) -> Vec<Test>;

const CONDITIONS: [(&str, Read); 22] = [
    ("model", |it, faults| {
        one(any(it, Test::Model, "models", faults))
    }),
    ("max_tokens", |it, faults| one(max_tokens(it, faults))),
    ("tools", |it, faults| {
        one(any(it, Test::Tools, "tools", faults))
    }),
    ("data_residency", |it, faults| one(residency(it, faults))),
    ("time_of_day", |it, faults| one(time_of_day(it, faults))),
    ("time_window", |it, faults| one(time_window(it, faults))),
    ("mcp_server", |it, faults| {
        one(any(it, Test::Server, "servers", faults))
    }),
    ("mcp_tool", |it, faults| {
        one(any(it, Test::Tool, "tools", faults))
    }),
    ("mcp_arg", mcp_arg),
    ("action", |it, faults| one(action(it, faults))),
    ("user", |it, faults| {
        one(any(it, Test::User, "users", faults))
    }),
    ("role", |it, faults| one(role(it, faults))),
    ("group", |it, faults| {
        one(any(it, Test::Group, "groups", faults))
    }),
    ("key", |it, faults| {
        one(any(it, Test::Key, "key ids", faults))
    }),
    ("auth_method", |it, faults| one(auth_method(it, faults))),
    ("provider", |it, faults| {
        one(any(it, Test::Provider, "providers", faults))
    }),
    ("region", |it, faults| {
        one(any(it, Test::Region, "regions", faults))
    }),
    ("address", |it, faults| one(address(it, faults))),
    ("sensitivity", |it, faults| one(sensitivity(it, faults))),
    ("data_classes", |it, faults| one(data_classes(it, faults))),
    ("taint", |it, faults| one(taint(it, faults))),
    ("agent", |it, faults| one(agent(it, faults))),
];

/// What is known by name, and not in this build.
const UNBUILT: [&str; 2] = ["budget_utilization", "budget"];
/// What belongs to the policy, not to a rule.
const SCOPES: [&str; 4] = ["tenant", "tenant_id", "workspace", "workspace_id"];

/// Reads `conditions`.
pub(super) fn read(entry: Entry<'_>, faults: &mut Faults) -> Vec<Test> {
    let known: Vec<&str> = CONDITIONS.iter().map(|(name, _)| *name).collect();
    let Some(entries) = entry.entries(faults) else {
        return Vec::new();
    };
    let mut tests = Vec::new();
    for condition in entries {
        let name = condition.name();
        let place = &condition.key.place;
        if let Some((_, read)) = CONDITIONS.iter().find(|(it, _)| *it == name) {
            tests.extend(read(condition, faults));
        } else if UNBUILT.contains(&name) {
            faults.unbuilt(
                place,
                format!("the condition '{name}' is not in this build"),
            );
        } else if SCOPES.contains(&name) {
            let message = "tenants are no condition: a policy's scope says for whom it is";
            faults.add(place, message);
        } else {
            let (name, hint) = (shown(name), meant(name, &known));
            faults.add(place, format!("there is no condition '{name}'; {hint}"));
        }
    }
    if tests.len() > MOST_TESTS {
        let message = format!(
            "a rule with {} conditions; {MOST_TESTS} is the most",
            tests.len()
        );
        faults.add(entry.place(), message);
    }
    tests
}

fn one(test: Option<Test>) -> Vec<Test> {
    test.into_iter().collect()
}

/// A list of names that only the installation knows.
fn any(entry: Entry<'_>, test: fn(Listing) -> Test, of: &str, faults: &mut Faults) -> Option<Test> {
    let test = test(listing(entry, of, Known::Any, faults)?);
    // These always have a name, which the pattern matches.
    let named = matches!(
        test,
        Test::Model(_) | Test::Provider(_) | Test::Server(_) | Test::Tool(_) | Test::User(_)
    );
    match &test {
        Test::Model(list)
        | Test::Provider(list)
        | Test::Server(list)
        | Test::Tool(list)
        | Test::User(list)
            if named && allows_all(list) =>
        {
            let name = entry.name();
            let message = format!("'{name}' never holds: its allowlist has '*', which allows all");
            faults.add(entry.place(), message);
            None
        }
        _ => Some(test),
    }
}

fn allows_all(list: &Listing) -> bool {
    let all = |it: &Pattern| it.as_str().bytes().all(|byte| byte == b'*');
    matches!(list, Listing::Allow(names) if names.patterns.iter().any(all))
}

fn action(entry: Entry<'_>, faults: &mut Faults) -> Option<Test> {
    let kinds: Vec<&str> = Kinds::GOVERNED.iter().map(|it: &Kind| it.name()).collect();
    let before = faults.count();
    let test = Test::Action(listing(entry, "actions", Known::Only(&kinds), faults)?);
    if test.kinds().is_empty() && faults.count() == before {
        let message = "'action' never holds: its allowlist allows every action";
        faults.add(entry.place(), message);
        return None;
    }
    Some(test)
}

fn role(entry: Entry<'_>, faults: &mut Faults) -> Option<Test> {
    let roles: Vec<&str> = Role::ALL.iter().map(|it| it.as_str()).collect();
    listing(entry, "roles", Known::Only(&roles), faults).map(Test::Role)
}

fn auth_method(entry: Entry<'_>, faults: &mut Faults) -> Option<Test> {
    let known = Known::Only(&["mtls", "jwt", "api_key"]);
    listing(entry, "methods", known, faults).map(Test::Method)
}

fn max_tokens(entry: Entry<'_>, faults: &mut Faults) -> Option<Test> {
    let section = entry.section(&["limit"], faults)?;
    let limit = section.one_of(&["limit"], "'max_tokens'", faults)?;
    let limit = whole(limit, 0, i64::MAX, faults)?;
    Some(Test::MaxTokens(limit.unsigned_abs()))
}

fn residency(entry: Entry<'_>, faults: &mut Faults) -> Option<Test> {
    let section = entry.section(&["allowed_regions"], faults)?;
    let list = section.one_of(&["allowed_regions"], "'data_residency'", faults)?;
    let mut regions: Vec<Box<str>> = Vec::new();
    for (name, node) in names(list, "regions", faults) {
        if Pattern::is(name) {
            let message = "regions are named in full here, without '*' or '?'";
            faults.add(&node.place, message);
        }
        regions.push(name.into());
    }
    (!regions.is_empty()).then_some(Test::Residency(regions))
}

fn address(entry: Entry<'_>, faults: &mut Faults) -> Option<Test> {
    let section = entry.section(&["allowlist", "denylist"], faults)?;
    let list = list_of(&section, "'address'", faults)?;
    let mut networks: Vec<IpNet> = Vec::new();
    for (name, node) in names(list, "addresses and networks", faults) {
        let single = || name.parse::<std::net::IpAddr>().map(IpNet::from);
        match name.parse::<IpNet>().or_else(|_| single()) {
            Ok(network) => networks.push(network.trunc()),
            Err(_) => {
                let message = format!(
                    "'{}' is no address and no network, such as 10.0.0.0/8 or 2001:db8::/32",
                    shown(name)
                );
                faults.add(&node.place, message);
            }
        }
    }
    (!networks.is_empty()).then(|| Test::Address(networks, list.name() == "denylist"))
}

fn sensitivity(entry: Entry<'_>, faults: &mut Faults) -> Option<Test> {
    let section = entry.section(&["at_least"], faults)?;
    let level = section.one_of(&["at_least"], "'sensitivity'", faults)?;
    let found = word(level, &Sensitivity::ALL.map(Sensitivity::as_str), faults)?;
    let level = Sensitivity::ALL.iter().find(|it| it.as_str() == found);
    level.map(|level| Test::SensitivityFrom(*level))
}

fn data_classes(entry: Entry<'_>, faults: &mut Faults) -> Option<Test> {
    let known = data_class_names();
    listing(entry, "classes of data", Known::Only(&known), faults).map(Test::DataClasses)
}

/// Every class of data that inspection can find, as policies name them.
fn data_class_names() -> Vec<&'static str> {
    let rules = inspect::catalog::rules().iter();
    let labels = rules.filter_map(|it| match it.category {
        Some(_) => None,
        None => Some(&*it.label),
    });
    let families = ["PII", "SECRET", "CUSTOM"];
    let categories = inspect::Category::ALL.iter().map(|it| it.as_str());
    let mut names: Vec<&str> = families
        .into_iter()
        .chain(categories)
        .chain(labels)
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn taint(entry: Entry<'_>, faults: &mut Faults) -> Option<Test> {
    let section = entry.section(&["tainted"], faults)?;
    let tainted = section.one_of(&["tainted"], "'taint'", faults)?;
    match scalar(tainted.node) {
        Some(serde_json::Value::Bool(tainted)) => Some(Test::Tainted(tainted)),
        _ => {
            faults.add(tainted.place(), "'tainted' must be true or false");
            None
        }
    }
}

fn agent(entry: Entry<'_>, faults: &mut Faults) -> Option<Test> {
    let keys = [
        "trust_below",
        "delegation_depth_above",
        "lacks_capabilities",
        "kinds",
    ];
    let section = entry.section(&keys, faults)?;
    let mut test = AgentTest::default();
    if let Some(entry) = section.get("trust_below") {
        test.trust_below = match word(entry, &["untrusted", "limited", "trusted"], faults)? {
            "trusted" => Some(Trust::Trusted),
            "limited" => Some(Trust::Limited),
            _ => {
                let message = "'trust_below' never holds: no agent is trusted less than that";
                faults.add(entry.place(), message);
                None
            }
        };
    }
    if let Some(entry) = section.get("delegation_depth_above") {
        let depth = whole(entry, 0, 1_000, faults)?;
        test.depth_above = u32::try_from(depth).ok();
    }
    let texts = |key: &str, of: &str, faults: &mut Faults| match section.get(key) {
        Some(entry) => names(entry, of, faults)
            .iter()
            .map(|(name, _)| (*name).into())
            .collect(),
        None => Vec::new(),
    };
    test.lacks = texts("lacks_capabilities", "capabilities", faults);
    test.kinds = texts("kinds", "kinds of agents", faults);
    (test != AgentTest::default()).then_some(Test::Agent(test))
}

//! Random policies and calls, over few names, so that much of it meets.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::json;
use terms::{OverrideId, PolicyId, Reason, Role, TenantId, Timestamp};

use super::{House, InputDocument, NOW};
use crate::case::{Agent, Kind, Trust};
use crate::policy::book::{Compiled, Live};
use crate::policy::cel::Condition;
use crate::policy::document::{ModelDocument, PrincipalDocument, TenantDocument, ToolDocument};
use crate::policy::names::Listing;
use crate::policy::rule::{
    Action, AgentTest, ArgumentMatch, ArgumentTest, Body, Obligation, Rule, Severity, Test,
    TimeTest,
};
use crate::policy::uses::Uses;
use crate::source::{
    Canary, Language, Policy, PolicyOverride, PolicyScope, PolicyStatus, PolicyText, Sensitivity,
};

const MODELS: [&str; 4] = ["gpt-4o", "gpt-4", "claude", "gpt-*"];
const TOOLS: [&str; 6] = ["read", "write", "delete", "files/delete", "files/*", "re?d"];
const SERVERS: [&str; 3] = ["files", "mail", "f*"];
const TENANTS: [&str; 2] = ["acme", "demo"];
const USERS: [&str; 4] = ["ann", "bob", "cid", "dan"];
const GROUPS: [&str; 3] = ["ops", "dev", "d*"];
const KINDS: [&str; 6] = [
    "chat",
    "embeddings",
    "tool_call",
    "tool_list",
    "mcp_request",
    "tool_*",
];
const LEVELS: [Sensitivity; 4] = [
    Sensitivity::Low,
    Sensitivity::Medium,
    Sensitivity::High,
    Sensitivity::Critical,
];

/// Some break where a call lacks what they read.
const EXPRESSIONS: [&str; 16] = [
    "action == 'chat'",
    "model.name == 'gpt-4'",
    "model.served in ['gpt-4', 'claude'] && tenant.id == 'acme'",
    "model.provider == 'mock'",
    "'read' in model.tools",
    "tool.name == 'write'",
    "tool.server == 'files' && tool.name in ['read', 'delete']",
    "tool.sensitivity == 'critical'",
    "principal.role == 'viewer'",
    "'admin' in principal.roles",
    "'ops' in principal.groups || principal.id == 'ann'",
    "principal.id == 'ann'",
    "principal.username == 'bob'",
    "principal.key_id == 'key_1'",
    "context.region == 'eu' && principal.method == 'jwt'",
    "arguments.path == '/tmp/x'",
];

fn listing(names: &'static [&'static str]) -> impl Strategy<Value = Listing> {
    let most = names.len();
    (any::<bool>(), subsequence(names, 1..=most)).prop_map(|(deny, names)| {
        let names = names.into_iter().collect();
        match deny {
            true => Listing::Deny(names),
            false => Listing::Allow(names),
        }
    })
}

fn test() -> impl Strategy<Value = Test> {
    const ROLES: [&str; 3] = ["developer", "viewer", "admin"];
    prop_oneof![
        listing(&KINDS).prop_map(Test::Action),
        listing(&USERS).prop_map(Test::User),
        listing(&ROLES).prop_map(Test::Role),
        listing(&GROUPS).prop_map(Test::Group),
        listing(&["key_1", "key_2", "key_*"]).prop_map(Test::Key),
        listing(&["jwt", "api_key", "mtls"]).prop_map(Test::Method),
        listing(&MODELS).prop_map(Test::Model),
        listing(&["main", "mock", "openai", "m*"]).prop_map(Test::Provider),
        (0u64..200).prop_map(Test::MaxTokens),
        listing(&TOOLS).prop_map(Test::Tools),
        listing(&SERVERS).prop_map(Test::Server),
        listing(&TOOLS).prop_map(Test::Tool),
        argument().prop_map(Test::Argument),
        select(&LEVELS[..]).prop_map(Test::SensitivityFrom),
        subsequence(vec!["eu", "us"], 1..=2)
            .prop_map(|it| Test::Residency(it.into_iter().map(Box::from).collect())),
        listing(&["eu", "us", "e*"]).prop_map(Test::Region),
        time().prop_map(Test::Time),
        any::<bool>().prop_map(|inside| Test::Address(vec!["10.0.0.0/8".parse().unwrap()], inside)),
        select(&EXPRESSIONS[..])
            .prop_map(|it| Test::Cel(Arc::new(Condition::compile(it).unwrap()))),
        option::of(0u32..3).prop_map(|depth_above| {
            Test::Agent(AgentTest {
                trust_below: Some(Trust::Trusted),
                depth_above,
                ..AgentTest::default()
            })
        }),
    ]
}

fn argument() -> impl Strategy<Value = ArgumentTest> {
    listing(&["/etc/passwd", "/tmp/*"]).prop_map(|list| ArgumentTest {
        name: "path".into(),
        test: ArgumentMatch::Listed(list),
    })
}

fn time() -> impl Strategy<Value = TimeTest> {
    (any::<bool>(), any::<bool>()).prop_map(|(inside, now)| {
        let hour = std::time::Duration::from_hours(1);
        let span = match now {
            true => (NOW.minus(hour), NOW.plus(hour)),
            false => (NOW.plus(hour), NOW.plus(hour * 2)),
        };
        TimeTest {
            zone: jiff::tz::TimeZone::UTC,
            weekly: Vec::new(),
            spans: vec![span],
            inside,
        }
    })
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        4 => Just(Action::Deny),
        2 => Just(Action::Warn),
        2 => Just(Action::RequireApproval),
        1 => subsequence(vec!["a", "b", "c"], 1..=2)
            .prop_map(|it| Action::Redact(it.into_iter().map(Arc::from).collect())),
        1 => select(&["cheap", "cheaper"][..]).prop_map(|it| Action::Downgrade(it.into())),
        2 => Just(Action::Allow),
    ]
}

fn obligation() -> impl Strategy<Value = Obligation> {
    prop_oneof![
        subsequence(vec!["a", "d"], 1..=2)
            .prop_map(|it| Obligation::RemoveParameters(it.into_iter().map(Arc::from).collect())),
        (1u64..100).prop_map(Obligation::CapMaxTokens),
        (select(&["x", "y"][..]), select(&["1", "2"][..]))
            .prop_map(|(name, value)| Obligation::Annotate(name.into(), value.into())),
        select(&[Severity::Info, Severity::Critical][..]).prop_map(Obligation::Alert),
    ]
}

fn rules() -> impl Strategy<Value = Body> {
    let rule = (
        vec(test(), 1..4),
        action(),
        0i32..3,
        vec(obligation(), 0..2),
    );
    vec(rule, 1..5).prop_map(|rules| {
        let rules = rules.into_iter().enumerate();
        let rules = rules.map(|(place, (tests, action, priority, obligations))| {
            Arc::new(Rule {
                id: format!("r{place}").into(),
                priority,
                tests,
                action,
                message: None,
                reason: Reason::NotAllowed,
                obligations,
                uses: Uses::ALL,
                line: place + 1,
            })
        });
        Body::Rules(rules.collect())
    })
}

fn canary() -> impl Strategy<Value = Canary> {
    (0u8..=100, subsequence(TENANTS.to_vec(), 0..=1)).prop_map(|(percent, tenants)| Canary {
        percent,
        tenants: tenants.into_iter().map(TenantId::from).collect(),
    })
}

fn live() -> impl Strategy<Value = Live> {
    let scope = subsequence(vec![PolicyScope::Models, PolicyScope::Tools], 0..=2);
    let tenant = option::of(select(&TENANTS[..]));
    (
        (
            tenant,
            scope,
            prop::bool::weighted(0.7),
            prop::bool::weighted(0.15),
        ),
        option::weighted(0.3, canary()),
        rules(),
        option::of(rules()),
    )
        .prop_map(
            |((tenant, scope, active, replaces_base), canary, text, before)| {
                let before = before.filter(|_| active && canary.is_some());
                let version = |version| PolicyText {
                    version,
                    language: Language::Yaml,
                    dsl: String::new(),
                };
                let policy = Arc::new(Policy {
                    id: PolicyId::from(""),
                    tenant_id: tenant.map(TenantId::from),
                    name: String::new(),
                    description: String::new(),
                    owner: String::new(),
                    text: version(2),
                    status: match active {
                        true => PolicyStatus::Active,
                        false => PolicyStatus::Shadow,
                    },
                    scope,
                    replaces_base,
                    canary: canary.filter(|_| active),
                    before: before.as_ref().map(|_| version(1)),
                });
                let compiled = |version, body| {
                    let policy = Arc::clone(&policy);
                    Arc::new(Compiled {
                        policy,
                        version,
                        body,
                    })
                };
                Live {
                    text: compiled(2, text),
                    before: before.map(|it| compiled(1, it)),
                }
            },
        )
}

/// Gives a policy its id.
fn named(live: Live, id: &str) -> Live {
    let policy = Arc::new(Policy {
        id: PolicyId::from(id),
        ..(*live.text.policy).clone()
    });
    let rename = |it: &Arc<Compiled>| {
        let policy = Arc::clone(&policy);
        Arc::new(Compiled {
            policy,
            ..(**it).clone()
        })
    };
    Live {
        text: rename(&live.text),
        before: live.before.as_ref().map(rename),
    }
}

fn lifted() -> impl Strategy<Value = PolicyOverride> {
    let policies = subsequence(vec!["p0", "p1", "p2", "builtin:tools"], 1..=3);
    let whose = (
        option::of(select(&TENANTS[..])),
        option::of(select(&USERS[..])),
    );
    (policies, whose, any::<bool>()).prop_map(|(policies, (tenant, user), now)| {
        let hour = std::time::Duration::from_hours(1);
        let from = if now { NOW } else { NOW.plus(hour) };
        PolicyOverride {
            id: OverrideId::from("ovr_1"),
            tenant_id: tenant.map(TenantId::from),
            user_id: user.map(str::to_owned),
            policies: policies.into_iter().map(PolicyId::from).collect(),
            reason: "an outage".to_owned(),
            given_by: "ann".to_owned(),
            approver: "bob".to_owned(),
            from,
            until: from.plus(hour),
        }
    })
}

/// Several policies, a base policy, and now and then an override.
pub fn house() -> impl Strategy<Value = House> {
    (vec(live(), 0..8), rules(), vec(lifted(), 0..2)).prop_map(|(live, base, overrides)| {
        let live = live.into_iter().enumerate();
        let base_policy = Policy {
            scope: vec![PolicyScope::Tools],
            ..crate::policy::base::policy(&crate::settings::Policies::default())
        };
        House {
            live: live
                .map(|(place, live)| named(live, &format!("p{place}")))
                .collect(),
            base: Arc::new(Compiled {
                policy: Arc::new(base_policy),
                version: 1,
                body: base,
            }),
            overrides,
        }
    })
}

fn agent() -> impl Strategy<Value = Agent> {
    let trust = select(&[Trust::Untrusted, Trust::Limited, Trust::Trusted][..]);
    (trust, 0u32..4).prop_map(|(trust, delegation_depth)| Agent {
        trust,
        delegation_depth,
        ..Agent::default()
    })
}

fn principal() -> impl Strategy<Value = PrincipalDocument> {
    let roles = subsequence(vec![Role::Developer, Role::Viewer, Role::Admin], 0..=2);
    (
        (select(&USERS[..]), option::of(select(&USERS[..]))),
        roles,
        subsequence(vec!["ops", "dev"], 0..=2),
        option::of(select(&["key_1", "key_2"][..])),
        select(&["jwt", "api_key"][..]),
        option::weighted(0.3, agent()),
    )
        .prop_map(
            |((id, username), roles, groups, key, method, agent)| PrincipalDocument {
                id: id.to_owned(),
                username: username.map(str::to_owned),
                method: method.to_owned(),
                roles,
                groups: groups.into_iter().map(Arc::from).collect(),
                key_id: key.map(str::to_owned),
                agent,
                ..PrincipalDocument::default()
            },
        )
}

fn model() -> impl Strategy<Value = ModelDocument> {
    const NAMES: [&str; 4] = ["gpt-4o", "gpt-4", "claude", "other"];
    (
        (select(&NAMES[..]), select(&NAMES[..])),
        (
            select(&["main", "spare"][..]),
            select(&["mock", "openai"][..]),
        ),
        option::of(select(&["eu", "us"][..])),
        option::of(0u64..300),
        subsequence(vec!["read", "write", "other"], 0..=3),
    )
        .prop_map(
            |((name, served), (account, provider), region, most, tools)| ModelDocument {
                name: name.to_owned(),
                served: served.to_owned(),
                account: account.to_owned(),
                provider: provider.to_owned(),
                provider_region: region.map(str::to_owned),
                stream: false,
                max_tokens: most,
                tools: tools.into_iter().map(Arc::from).collect(),
            },
        )
}

fn tool() -> impl Strategy<Value = ToolDocument> {
    (
        select(&["files", "mail", "other"][..]),
        option::of(select(&["read", "write", "delete", "other"][..])),
        select(&["tools/call", "tools/list", "initialize"][..]),
        select(&LEVELS[..]),
        option::of(select(&["/etc/passwd", "/tmp/x", "/home"][..])),
        any::<bool>(),
    )
        .prop_map(
            |(server, name, method, level, path, unknown)| ToolDocument {
                server: server.to_owned(),
                method: method.to_owned(),
                name: name.map(str::to_owned),
                sensitivity: Some(level),
                arguments: path.map(|path| json!({ "path": path })),
                arguments_unknown: unknown,
                ..ToolDocument::default()
            },
        )
}

/// A call; what it asks for mostly goes with its kind.
pub fn call() -> impl Strategy<Value = InputDocument> {
    const GOVERNED: [Kind; 6] = [
        Kind::Chat,
        Kind::Embeddings,
        Kind::ToolCall,
        Kind::ToolList,
        Kind::McpRequest,
        Kind::ServerRequest,
    ];
    (
        (select(&GOVERNED[..]), prop::bool::weighted(0.95)),
        principal(),
        select(&["acme", "demo", "third"][..]),
        model(),
        tool(),
        option::of(select(&["eu", "us"][..])),
        option::of(select(&["10.1.2.3", "192.0.2.1"][..])),
    )
        .prop_map(
            |((kind, fits), principal, tenant, model, tool, region, address)| {
                let models = matches!(kind, Kind::Chat | Kind::Embeddings);
                let mut call = InputDocument {
                    action: Some(kind),
                    principal,
                    tenant: TenantDocument {
                        id: tenant.to_owned(),
                        ..TenantDocument::default()
                    },
                    model: (models == fits).then_some(model),
                    tool: (models != fits).then_some(tool),
                    region: region.map(str::to_owned),
                    time: Some(Timestamp::from_unix_micros(NOW.unix_micros())),
                    ..InputDocument::default()
                };
                call.request.address = address.map(|it| it.parse().unwrap());
                call
            },
        )
}

//! Each attribute, in an expression.

use super::*;
use crate::policy::cel::attributes::{Attribute, Presence, UNBUILT};

/// One true expression for each attribute.
const OF_A_TOOL_CALL: &[&str] = &[
    r#"action == "tool_call""#,
    r#"principal.id == "u-1""#,
    r#"principal.username == "ada""#,
    r#"principal.role == "admin""#,
    r#""developer" in principal.roles && size(principal.roles) == 2"#,
    r#""oncall" in principal.groups"#,
    r#"principal.scopes == ["tools:invoke"]"#,
    r#"principal.key_id == "key_7""#,
    r#"principal.method == "jwt""#,
    "principal.mfa",
    "principal.auth_age_seconds == 90",
    "principal.is_agent",
    r#"principal.agent.id == "agent-9""#,
    r#"principal.agent.kind == "worker""#,
    r#"principal.agent.trust == "limited""#,
    "principal.agent.trust_rank == 1",
    r#"principal.agent.capabilities.exists(it, it == "read")"#,
    r#"principal.agent.environment == "staging""#,
    "principal.agent.delegation_depth == 2",
    r#"tenant.id == "acme""#,
    r#"tenant.region == "eu-central-1""#,
    r#"tenant.priority == "premium""#,
    r#"tool.name == "delete_file""#,
    r#"tool.server == "files""#,
    r#"tool.method == "tools/call""#,
    r#"tool.sensitivity == "high""#,
    "tool.sensitivity_rank == 2",
    r#"tool.tags[0] == "eu""#,
    r#"tool.teams.all(it, it in principal.groups)"#,
    r#"arguments.path == "/srv/a.txt""#,
    "tool.arguments.count == 7",
    r#"session == "s-1""#,
    r#""EMAIL" in data_classes"#,
    "session_tainted",
    r#"request.id == "req_1""#,
    r#"request.method == "POST""#,
    r#"request.path.startsWith("/mcp/")"#,
    r#"request.address == "10.1.2.3""#,
    r#"request.user_agent == "curl/8""#,
    r#"time.now == timestamp("2026-11-20T12:35:56Z")"#,
    "time.hour == 12",
    "time.minute == 35",
    r#"time.weekday == "fri""#,
    r#"time.date == "2026-11-20""#,
    "time.unix == 1795178156",
    r#"context.region == "eu-west-1""#,
    r#"context.workspace_region == "eu-central-1""#,
];

const OF_A_MODEL_CALL: &[&str] = &[
    r#"action == "chat""#,
    "!principal.is_agent && !principal.mfa",
    r#"model.name == "gpt-4o""#,
    r#"model.served == "gpt-4o-2024""#,
    r#"model.account == "main""#,
    r#"model.provider == "openai""#,
    r#"model.provider_region == "us-east-1" && region == model.provider_region"#,
    "model.stream",
    "model.max_tokens == 4000",
    r#""get_weather" in model.tools"#,
    // Before 1970, whole days still count downwards.
    r#"time.hour == 23 && time.minute == 59 && time.weekday == "wed" && time.unix == -2"#,
];

#[test]
fn each_attribute_says_what_the_call_says() {
    OF_A_TOOL_CALL.iter().for_each(|it| yes(it, &tool_call()));
    OF_A_MODEL_CALL.iter().for_each(|it| yes(it, &model_call()));
}

#[test]
fn each_attribute_is_in_an_expression_above() {
    for attribute in Attribute::ALL {
        let name = attribute.name();
        let all = OF_A_TOOL_CALL.iter().chain(OF_A_MODEL_CALL);
        assert!(all.into_iter().any(|it| it.contains(name)), "{name}");
    }
}

#[test]
fn what_a_call_lacks_breaks_and_has_says_so() {
    let bare: InputDocument = serde_json::from_str("{}").unwrap();
    let view = bare.view(Timestamp::default());
    for attribute in Attribute::ALL {
        let name = attribute.name();
        let is_there = attribute.is_there(&view).unwrap();
        assert_eq!(is_there, attribute.presence() == Presence::Always, "{name}");
        if name.contains('.') {
            let asked = held(&format!("has({name})"), &bare);
            assert_eq!(asked, is_there.into(), "{name}");
        }
        if !is_there {
            let asked = held(&format!("dyn({name}) == 1"), &bare);
            let expected = if attribute.presence() == Presence::WhereKnown {
                Held::Broken(format!("the call has no '{name}'"))
            } else {
                Held::No
            };
            assert_eq!(asked, expected, "{name}");
        }
    }
    no("has(principal.agent)", &bare);
    yes("has(principal.agent)", &tool_call());
}

#[test]
fn reading_an_attribute_says_what_it_means_for_the_caller_of_the_engine() {
    for attribute in Attribute::ALL {
        let name = attribute.name();
        let condition = compiled(&format!("dyn({name}) == 1"));
        assert_eq!(condition.uses(), attribute.uses(), "{name}");
    }
    let asked = compiled("has(tool.name) || has(arguments.path)");
    let uses = crate::policy::Uses::TOOL.and(crate::policy::Uses::ARGUMENTS);
    assert_eq!(asked.uses(), uses);
}

#[test]
fn what_is_not_built_is_known_and_refused_as_such() {
    for (name, _) in UNBUILT {
        let fault = refused(&format!("{name} == 1"));
        assert!(fault.unbuilt, "{name}: {fault:?}");
        assert!(refused(&format!("has({name}.x)")).unbuilt, "{name}");
    }
    assert!(!refused("budget.rest > 1").unbuilt);
}

#[test]
fn the_guide_has_the_table_of_attributes() {
    let guide = include_str!("../../../../../../docs/policy-attributes.md");
    assert!(
        guide.contains(&table()),
        "the table should be:\n{}",
        table()
    );
}

/// The table of attributes as the guide has it, in Markdown.
fn table() -> String {
    let mut text =
        String::from("| Attribute | Type | There for | What it is |\n|---|---|---|---|\n");
    for it in Attribute::ALL {
        let (name, kind, there, doc) = (it.name(), it.kind(), words(it.presence()), it.doc());
        text.push_str(&format!("| `{name}` | `{kind}` | {there} | {doc} |\n"));
    }
    for (name, doc) in UNBUILT {
        text.push_str(&format!("| `{name}` | | not in this build | {doc} |\n"));
    }
    text
}

const fn words(presence: Presence) -> &'static str {
    match presence {
        Presence::Always => "always",
        Presence::WhereKnown => "where known",
        Presence::Agents => "agents",
        Presence::Models => "model calls",
        Presence::SomeModels => "model calls, where known",
        Presence::Tools => "tool servers",
        Presence::SomeTools => "tool servers, where known",
    }
}

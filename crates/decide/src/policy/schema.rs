//! The published JSON schema of the input document: what sample requests and test cases may say,
//! and what Rego policies read. One schema, versioned with [`VERSION`].

use serde_json::{Map, Value, json};
use terms::Role;

use super::cel::Attribute;
use super::document::VERSION;
use crate::case::Kind;
use crate::source::Sensitivity;

/// The JSON schema (draft 2020-12) of the input document, with the names that Rego policies of
/// another gateway know. Members that are marked `readOnly` are there for Rego policies to read;
/// sample requests don't state them.
pub fn input_schema() -> Value {
    let mut members = Map::new();
    let kinds: Vec<&str> = Kind::ALL.iter().map(|it| it.name()).collect();
    let mut add = |name: &str, schema: Value| members.insert(name.to_owned(), schema);
    add("action", one_of(Attribute::Action, &kinds));
    add("principal", principal());
    add("tenant", tenant());
    add("model", model());
    add("tool", tool());
    add("session", of(Attribute::Session));
    add("data_classes", of(Attribute::DataClasses));
    let unknown = json!({"type": "boolean", "description": "They are not known: what depends on them is undecided."});
    add("data_classes_unknown", unknown);
    add("session_tainted", of(Attribute::SessionTainted));
    add("request", request());
    add("time", time());
    add("region", of(Attribute::ContextRegion));
    for (name, schema) in aliases() {
        add(name, read_only(schema));
    }
    let mut schema = object("A call, as policies see it.", members);
    if let Value::Object(it) = &mut schema {
        it.insert(
            "$schema".to_owned(),
            json!("https://json-schema.org/draft/2020-12/schema"),
        );
        it.insert(
            "$id".to_owned(),
            json!(format!("urn:gatehouse:policy-input:{VERSION}")),
        );
        it.insert("title".to_owned(), json!("Input of policies"));
    }
    schema
}

fn principal() -> Value {
    let mut members = named(&[
        ("id", of(Attribute::PrincipalId)),
        ("username", of(Attribute::PrincipalUsername)),
        ("method", of(Attribute::PrincipalMethod)),
        ("role", role("The one role; of several the first.")),
        ("roles", roles()),
        ("groups", of(Attribute::PrincipalGroups)),
        ("scopes", of(Attribute::PrincipalScopes)),
        ("key_id", of(Attribute::PrincipalKeyId)),
        ("mfa", of(Attribute::PrincipalMfa)),
        (
            "authenticated_at",
            moment("When the user proved themselves."),
        ),
        ("agent", agent()),
    ]);
    let also = nanoseconds("`authenticated_at` in nanoseconds since 1970.");
    members.insert("authenticated_at_ns".to_owned(), read_only(also));
    object("Who asks.", members)
}

fn agent() -> Value {
    let trust = ["untrusted", "limited", "trusted"];
    let rank = json!({"type": "integer", "minimum": 0, "maximum": 2, "description": Attribute::AgentTrustRank.doc()});
    object(
        "The agent that calls, where one does.",
        named(&[
            ("id", of(Attribute::AgentId)),
            ("kind", of(Attribute::AgentKind)),
            (
                "agent_type",
                text("The same as `kind`, when it is written."),
            ),
            ("trust", one_of(Attribute::AgentTrust, &trust)),
            ("trust_level", one_of(Attribute::AgentTrust, &trust)),
            ("trust_rank", read_only(rank)),
            ("capabilities", of(Attribute::AgentCapabilities)),
            ("environment", of(Attribute::AgentEnvironment)),
            ("delegationDepth", count(Attribute::AgentDepth)),
            ("delegation_depth", count(Attribute::AgentDepth)),
        ]),
    )
}

fn tenant() -> Value {
    object(
        "For which tenant.",
        named(&[
            ("id", of(Attribute::TenantId)),
            ("region", of(Attribute::TenantRegion)),
            ("priority", of(Attribute::TenantPriority)),
        ]),
    )
}

fn model() -> Value {
    object(
        "The model call that it is.",
        named(&[
            ("name", of(Attribute::ModelName)),
            ("served", of(Attribute::ModelServed)),
            ("account", of(Attribute::ModelAccount)),
            ("provider", of(Attribute::ModelProvider)),
            ("provider_region", of(Attribute::ModelProviderRegion)),
            ("stream", of(Attribute::ModelStream)),
            ("max_tokens", count(Attribute::ModelMaxTokens)),
            ("tools", of(Attribute::ModelTools)),
        ]),
    )
}

fn levels() -> [&'static str; 4] {
    Sensitivity::ALL.map(Sensitivity::as_str)
}

fn tool() -> Value {
    let unknown = json!({"type": "boolean", "description": "The arguments are not known: a record of the past."});
    object(
        "The request to a tool server that it is.",
        named(&[
            ("server", of(Attribute::ToolServer)),
            ("server_id", read_only(of(Attribute::ToolServer))),
            ("tags", of(Attribute::ToolTags)),
            ("teams", of(Attribute::ToolTeams)),
            ("method", of(Attribute::ToolMethod)),
            ("name", of(Attribute::ToolName)),
            ("sensitivity", one_of(Attribute::ToolSensitivity, &levels())),
            (
                "sensitivity_level",
                read_only(one_of(Attribute::ToolSensitivity, &levels())),
            ),
            ("arguments", of(Attribute::Arguments)),
            ("arguments_unknown", unknown),
        ]),
    )
}

fn request() -> Value {
    object(
        "The HTTP request.",
        named(&[
            ("id", of(Attribute::RequestId)),
            ("method", of(Attribute::RequestMethod)),
            ("path", of(Attribute::RequestPath)),
            ("address", of(Attribute::RequestAddress)),
            ("ip_address", read_only(of(Attribute::RequestAddress))),
            ("user_agent", of(Attribute::RequestUserAgent)),
            ("timestamp", read_only(moment("The moment."))),
        ]),
    )
}

/// The moment: a text where it is written, and its parts where Rego reads it.
fn time() -> Value {
    let parts = object(
        "The moment's parts, in UTC, as Rego policies read them.",
        named(&[
            ("rfc3339", moment("The moment.")),
            ("date", of(Attribute::TimeDate)),
            ("unix", of(Attribute::TimeUnix)),
            ("unix_ns", nanoseconds("Nanoseconds since 1970.")),
            ("hour", of(Attribute::TimeHour)),
            ("minute", of(Attribute::TimeMinute)),
            ("weekday", of(Attribute::TimeWeekday)),
        ]),
    );
    let written = moment("The moment, as sample requests write it; absent: when it is evaluated.");
    json!({"description": "The moment.", "oneOf": [written, read_only(parts)]})
}

/// The names that policies of another gateway know, and shorter ones, for Rego.
fn aliases() -> Vec<(&'static str, Value)> {
    let arguments =
        json!({"description": "The same as `tool.arguments`; empty where there are none."});
    let names = json!({"type": "array", "items": {"type": "string"}, "description": "The groups."});
    let mfa = json!({"type": "boolean", "description": Attribute::PrincipalMfa.doc()});
    let user = object(
        "The principal, under another gateway's names.",
        named(&[
            ("id", of(Attribute::PrincipalId)),
            ("username", text("The user's name, else its id.")),
            ("role", role("The first of the roles.")),
            ("roles", roles()),
            ("groups", names.clone()),
            ("teams", names),
            ("mfa_verified", mfa.clone()),
            (
                "mfa_timestamp",
                nanoseconds("When the second factor was shown."),
            ),
            (
                "attributes",
                object(
                    "More of the user.",
                    named(&[
                        ("method", of(Attribute::PrincipalMethod)),
                        ("mfa_verified", mfa),
                    ]),
                ),
            ),
        ]),
    );
    let agent = object(
        "`principal.agent`, under another gateway's names.",
        named(&[
            ("id", of(Attribute::AgentId)),
            ("type", of(Attribute::AgentKind)),
            ("trust_level", of(Attribute::AgentTrust)),
            ("capabilities", of(Attribute::AgentCapabilities)),
            ("environment", of(Attribute::AgentEnvironment)),
            ("delegation_depth", count(Attribute::AgentDepth)),
        ]),
    );
    let server = object(
        "The tool server, under another gateway's names.",
        named(&[
            ("name", of(Attribute::ToolServer)),
            ("server", of(Attribute::ToolServer)),
            ("tool", of(Attribute::ToolName)),
            ("sensitivity", one_of(Attribute::ToolSensitivity, &levels())),
            ("teams", of(Attribute::ToolTeams)),
            ("tags", of(Attribute::ToolTags)),
        ]),
    );
    let context = object(
        "Where it happens.",
        named(&[
            ("environment", of(Attribute::AgentEnvironment)),
            ("region", of(Attribute::ContextRegion)),
            ("workspace_region", of(Attribute::ContextWorkspaceRegion)),
        ]),
    );
    vec![
        (
            "gateway_action",
            text("`gateway:tool:invoke`, `gateway:tool:discover`, `gateway:server:info`."),
        ),
        ("user", user),
        ("agent", agent),
        ("server", server),
        ("context", context),
        ("arguments", arguments.clone()),
        ("parameters", arguments),
        ("server_name", of(Attribute::ToolServer)),
        ("tool_name", of(Attribute::ToolName)),
        (
            "now_ns",
            nanoseconds("The moment, in nanoseconds since 1970."),
        ),
    ]
}

/// The schema of an attribute: its type and its description are those of the guide.
fn of(attribute: Attribute) -> Value {
    let mut schema = attribute.json_type();
    if let Value::Object(members) = &mut schema {
        members.insert("description".to_owned(), json!(attribute.doc()));
    }
    schema
}

/// An attribute that is one of some texts.
fn one_of(attribute: Attribute, texts: &[&str]) -> Value {
    json!({"type": "string", "enum": texts, "description": attribute.doc()})
}

/// An attribute that counts.
fn count(attribute: Attribute) -> Value {
    json!({"type": "integer", "minimum": 0, "description": attribute.doc()})
}

fn role(description: &str) -> Value {
    let names: Vec<&str> = Role::ALL.iter().map(|it| it.as_str()).collect();
    json!({"type": "string", "enum": names, "description": description})
}

fn roles() -> Value {
    let description = Attribute::PrincipalRoles.doc();
    json!({"type": "array", "items": role("A role."), "description": description})
}

fn text(description: &str) -> Value {
    json!({"type": "string", "description": description})
}

fn moment(description: &str) -> Value {
    json!({"type": "string", "format": "date-time", "description": description})
}

fn nanoseconds(description: &str) -> Value {
    json!({"type": "integer", "description": description})
}

fn named(members: &[(&str, Value)]) -> Map<String, Value> {
    let owned = |(name, schema): &(&str, Value)| ((*name).to_owned(), schema.clone());
    members.iter().map(owned).collect()
}

/// An object with these members, and no others.
fn object(description: &str, members: Map<String, Value>) -> Value {
    json!({
        "type": "object",
        "description": description,
        "properties": members,
        "additionalProperties": false,
    })
}

fn read_only(mut schema: Value) -> Value {
    if let Value::Object(members) = &mut schema {
        members.insert("readOnly".to_owned(), Value::Bool(true));
    }
    schema
}

#[cfg(test)]
mod tests;

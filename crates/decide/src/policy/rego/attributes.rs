//! What `input` has, by name: the input document's own names, and those of gateways before this one.

use crate::policy::uses::Uses;

/// Every name below `input`, and what reading it means for gathering, keeping and replaying. Names
/// of which nothing more is listed may have anything below them.
pub(super) const ATTRIBUTES: &[(&str, Uses)] = &[
    ("action", Uses::NONE),
    ("gateway_action", Uses::NONE),
    ("principal.id", Uses::PRINCIPAL),
    ("principal.username", Uses::PRINCIPAL),
    ("principal.method", Uses::PRINCIPAL),
    ("principal.role", Uses::PRINCIPAL),
    ("principal.roles", Uses::PRINCIPAL),
    ("principal.groups", Uses::PRINCIPAL),
    ("principal.scopes", Uses::PRINCIPAL),
    ("principal.key_id", Uses::PRINCIPAL),
    ("principal.mfa", Uses::MFA),
    ("principal.authenticated_at", Uses::MFA),
    ("principal.authenticated_at_ns", Uses::MFA),
    ("principal.agent.id", Uses::AGENT),
    ("principal.agent.kind", Uses::AGENT),
    ("principal.agent.trust", Uses::AGENT),
    ("principal.agent.trust_rank", Uses::AGENT),
    ("principal.agent.capabilities", Uses::AGENT),
    ("principal.agent.environment", Uses::AGENT),
    ("principal.agent.delegationDepth", Uses::AGENT),
    ("principal.agent.delegation_depth", Uses::AGENT),
    ("user.id", Uses::PRINCIPAL),
    ("user.username", Uses::PRINCIPAL),
    ("user.role", Uses::PRINCIPAL),
    ("user.roles", Uses::PRINCIPAL),
    ("user.groups", Uses::PRINCIPAL),
    ("user.teams", Uses::PRINCIPAL),
    ("user.attributes.method", Uses::PRINCIPAL),
    ("user.attributes.mfa_verified", Uses::MFA),
    ("user.mfa_verified", Uses::MFA),
    ("user.mfa_timestamp", Uses::MFA),
    ("agent.id", Uses::AGENT),
    ("agent.type", Uses::AGENT),
    ("agent.trust_level", Uses::AGENT),
    ("agent.capabilities", Uses::AGENT),
    ("agent.environment", Uses::AGENT),
    ("agent.delegation_depth", Uses::AGENT),
    ("tenant.id", Uses::TENANT),
    ("tenant.region", Uses::TENANT),
    ("tenant.priority", Uses::TENANT),
    ("model.name", Uses::MODEL),
    ("model.served", Uses::MODEL),
    ("model.account", Uses::PROVIDER),
    ("model.provider", Uses::PROVIDER),
    ("model.provider_region", Uses::PROVIDER),
    ("model.stream", Uses::MODEL),
    ("model.max_tokens", Uses::MAX_TOKENS),
    ("model.tools", Uses::OFFERED_TOOLS),
    ("tool.name", Uses::TOOL),
    ("tool.method", Uses::TOOL),
    ("tool.server", Uses::SERVER),
    ("tool.server_id", Uses::SERVER),
    ("tool.tags", Uses::SERVER),
    ("tool.teams", Uses::SERVER),
    ("tool.sensitivity", Uses::SENSITIVITY),
    ("tool.sensitivity_level", Uses::SENSITIVITY),
    ("tool.arguments", Uses::ARGUMENTS),
    ("server.name", Uses::SERVER),
    ("server.server", Uses::SERVER),
    ("server.tool", Uses::TOOL),
    ("server.sensitivity", Uses::SENSITIVITY),
    ("server.teams", Uses::SERVER),
    ("server.tags", Uses::SERVER),
    ("tool_name", Uses::TOOL),
    ("server_name", Uses::SERVER),
    ("parameters", Uses::ARGUMENTS),
    ("arguments", Uses::ARGUMENTS),
    ("session", Uses::SESSION),
    ("data_classes", Uses::DATA),
    ("session_tainted", Uses::TAINT),
    ("request.id", Uses::REQUEST),
    ("request.method", Uses::REQUEST),
    ("request.path", Uses::REQUEST),
    ("request.user_agent", Uses::REQUEST),
    ("request.address", Uses::ADDRESS),
    ("request.ip_address", Uses::ADDRESS),
    ("request.timestamp", Uses::TIME),
    ("time.rfc3339", Uses::TIME),
    ("time.unix", Uses::TIME),
    ("time.unix_ns", Uses::TIME),
    ("time.hour", Uses::TIME),
    ("time.minute", Uses::TIME),
    ("time.weekday", Uses::TIME),
    ("time.date", Uses::TIME),
    (NOW, Uses::TIME),
    ("region", Uses::REGION),
    ("context.region", Uses::REGION),
    ("context.workspace_region", Uses::TENANT),
    ("context.environment", Uses::AGENT),
];

/// What stands in the place of `time.now_ns()`: not longer than it, so that places stay right.
pub(super) const NOW: &str = "now_ns";

/// What is known by name, and not in this build.
const UNBUILT: &[&str] = &["budget"];

/// The uses of a path below `input`; an error where `input` has no such thing.
///
/// # Errors
/// The nearest known name, where one is near; and whether the name is known, but not in this build.
pub(super) fn uses(path: &[String]) -> Result<Uses, Unknown> {
    let name = path.join(".");
    let below = |short: &str, long: &str| {
        long.strip_prefix(short)
            .is_some_and(|rest| short.is_empty() || rest.is_empty() || rest.starts_with('.'))
    };
    let found = ATTRIBUTES
        .iter()
        .filter(|(known, _)| below(&name, known) || below(known, &name));
    let (uses, count) = found.fold((Uses::NONE, 0), |(uses, count), (_, more)| {
        (uses.and(*more), count + 1)
    });
    if count > 0 {
        return Ok(uses);
    }
    let unbuilt = path
        .first()
        .is_some_and(|first| UNBUILT.contains(&first.as_str()));
    let known = ATTRIBUTES.iter().map(|(known, _)| *known);
    Err(Unknown {
        unbuilt,
        meant: nearest(&name, known),
    })
}

/// A name that `input` does not have.
pub(super) struct Unknown {
    pub unbuilt: bool,
    pub meant: Option<&'static str>,
}

/// The known name that is nearest, where one is near.
pub(super) fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let most = 2.max(word.len() / 4);
    known
        .map(|name| (strsim::damerau_levenshtein(word, name), name))
        .filter(|(distance, _)| *distance <= most)
        .min()
        .map(|(_, name)| name)
}

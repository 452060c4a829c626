//! The input of Rego policies: an [`Input`] as the engine's own value, without a text in between.

use std::collections::BTreeMap;

use regorus::Value;

use crate::case::{Agent, Kind};
use crate::policy::input::{Arguments, Input, Model, Request, Tool, Who};
use crate::policy::uses::Uses;

/// The deepest nesting of arguments that is read.
const DEEPEST: usize = 64;
/// The most values, all in all, that arguments may have.
const MOST_VALUES: usize = 50_000;

/// The call, as far as a policy that uses so much of it can tell.
///
/// # Errors
/// Arguments that are too deep or too many.
pub(super) fn of(input: &Input<'_>, uses: Uses) -> Result<Value, String> {
    let mut all = Members::default();
    all.text("action", input.kind.name());
    all.maybe("gateway_action", gateway_action(input.kind));
    if uses.meets(Uses::PRINCIPAL.and(Uses::MFA)) {
        all.put("user", user(&input.principal));
    }
    if uses.meets(Uses::PRINCIPAL.and(Uses::MFA).and(Uses::AGENT)) {
        all.put("principal", principal(&input.principal));
    }
    if uses.meets(Uses::TENANT) {
        let mut tenant = Members::default();
        tenant.text("id", input.tenant.id);
        tenant.maybe("region", input.tenant.region);
        tenant.text("priority", input.tenant.priority);
        all.put("tenant", tenant.done());
    }
    if let Some(model) = &input.model {
        all.put("model", model_call(model));
    }
    if let Some(tool) = &input.tool {
        tool_request(&mut all, tool, uses)?;
    }
    all.maybe("session", input.session);
    if let Some(classes) = input.data_classes.filter(|_| uses.meets(Uses::DATA)) {
        all.put("data_classes", list(classes.iter().map(|it| &**it)));
    }
    if uses.meets(Uses::TAINT) {
        all.put("session_tainted", Value::from(input.tainted));
    }
    if uses.meets(Uses::REQUEST.and(Uses::ADDRESS).and(Uses::TIME)) {
        all.put("request", request(&input.request, input, uses));
    }
    if uses.meets(Uses::TIME) {
        all.put("time", time(input));
        all.put("now_ns", Value::from(nanoseconds(input.now)));
    }
    all.maybe("region", input.region);
    if uses.meets(Uses::REGION.and(Uses::TENANT).and(Uses::AGENT)) {
        let mut context = Members::default();
        let agent = input.principal.agent;
        context.maybe(
            "environment",
            agent.map(|it| &*it.environment).filter(|it| !it.is_empty()),
        );
        context.maybe("region", input.region);
        context.maybe("workspace_region", input.tenant.region);
        all.put("context", context.done());
    }
    if let Some(agent) = input.principal.agent.filter(|_| uses.meets(Uses::AGENT)) {
        all.put("agent", agent_alias(agent));
    }
    Ok(all.done())
}

const fn gateway_action(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::ToolCall => Some("gateway:tool:invoke"),
        Kind::ToolList => Some("gateway:tool:discover"),
        Kind::McpRequest => Some("gateway:server:info"),
        _ => None,
    }
}

fn principal(who: &Who<'_>) -> Value {
    let mut it = Members::default();
    it.text("id", who.id);
    it.maybe("username", who.username);
    it.text("method", who.method);
    it.maybe("role", who.roles.shown().map(terms::Role::as_str));
    it.put("roles", list(who.roles.iter().map(terms::Role::as_str)));
    it.put("groups", list(who.groups.iter().map(|it| &**it)));
    it.put("scopes", list(who.scopes.iter().map(|it| &**it)));
    it.maybe("key_id", who.key_id);
    it.put("mfa", Value::from(who.mfa));
    if let Some(moment) = who.authenticated_at {
        it.put("authenticated_at", Value::from(moment.to_string()));
        it.put("authenticated_at_ns", Value::from(nanoseconds(moment)));
    }
    if let Some(agent) = who.agent {
        let mut known = Members::default();
        known.text("id", &agent.id);
        known.text("kind", &agent.kind);
        known.text("trust", agent.trust.as_str());
        known.put("trust_rank", Value::from(u64::from(agent.trust.rank())));
        known.put("capabilities", capabilities(agent));
        known.text("environment", &agent.environment);
        known.put("delegationDepth", Value::from(agent.delegation_depth));
        known.put("delegation_depth", Value::from(agent.delegation_depth));
        it.put("agent", known.done());
    }
    it.done()
}

/// The names that the second gateway's guides give an agent's attributes.
fn agent_alias(agent: &Agent) -> Value {
    let mut it = Members::default();
    it.text("id", &agent.id);
    it.text("type", &agent.kind);
    it.text("trust_level", agent.trust.as_str());
    it.put("capabilities", capabilities(agent));
    it.text("environment", &agent.environment);
    it.put("delegation_depth", Value::from(agent.delegation_depth));
    it.done()
}

fn capabilities(agent: &Agent) -> Value {
    list(agent.capabilities.iter().map(|it| &**it))
}

fn user(who: &Who<'_>) -> Value {
    let mut it = Members::default();
    it.text("id", who.id);
    it.text("username", who.username.unwrap_or(who.id));
    it.maybe("role", who.roles.shown().map(terms::Role::as_str));
    it.put("roles", list(who.roles.iter().map(terms::Role::as_str)));
    let groups = list(who.groups.iter().map(|it| &**it));
    it.put("groups", groups.clone());
    it.put("teams", groups);
    it.put("mfa_verified", Value::from(who.mfa));
    if let Some(moment) = who.authenticated_at.filter(|_| who.mfa) {
        it.put("mfa_timestamp", Value::from(nanoseconds(moment)));
    }
    let mut attributes = Members::default();
    attributes.text("method", who.method);
    attributes.put("mfa_verified", Value::from(who.mfa));
    it.put("attributes", attributes.done());
    it.done()
}

fn model_call(model: &Model<'_>) -> Value {
    let mut it = Members::default();
    it.text("name", model.name);
    it.text("served", model.served);
    it.text("account", model.account);
    it.text("provider", model.provider);
    it.maybe("provider_region", model.provider_region);
    it.put("stream", Value::from(model.stream));
    if let Some(most) = model.max_tokens {
        it.put("max_tokens", Value::from(most));
    }
    it.put("tools", list(model.tools.iter().map(|it| &**it)));
    it.done()
}

fn tool_request(all: &mut Members, tool: &Tool<'_>, uses: Uses) -> Result<(), String> {
    let level = tool.sensitivity.as_str();
    let tags = list(tool.tags.iter().map(|it| &**it));
    let teams = list(tool.teams.iter().map(|it| &**it));
    let mut it = Members::default();
    it.text("server", tool.server);
    it.text("server_id", tool.server);
    it.put("tags", tags.clone());
    it.put("teams", teams.clone());
    it.text("method", tool.method);
    it.maybe("name", tool.name);
    it.text("sensitivity", level);
    it.text("sensitivity_level", level);
    if uses.meets(Uses::ARGUMENTS)
        && let Arguments::Known(arguments) = tool.arguments
    {
        let value = match arguments {
            Some(arguments) => value(arguments)?,
            None => Value::new_object(),
        };
        if arguments.is_some() {
            it.put("arguments", value.clone());
        }
        all.put("arguments", value.clone());
        all.put("parameters", value);
    }
    all.put("tool", it.done());
    if uses.meets(Uses::SERVER.and(Uses::SENSITIVITY).and(Uses::TOOL)) {
        let mut server = Members::default();
        server.text("name", tool.server);
        server.text("server", tool.server);
        server.maybe("tool", tool.name);
        server.text("sensitivity", level);
        server.put("teams", teams);
        server.put("tags", tags);
        all.put("server", server.done());
        all.text("server_name", tool.server);
        all.maybe("tool_name", tool.name);
    }
    Ok(())
}

fn request(request: &Request<'_>, input: &Input<'_>, uses: Uses) -> Value {
    let mut it = Members::default();
    it.text("id", request.id);
    it.text("method", request.method);
    it.text("path", request.path);
    it.maybe("user_agent", request.user_agent);
    if let Some(address) = request.address {
        let address = Value::from(address.to_canonical().to_string());
        it.put("address", address.clone());
        it.put("ip_address", address);
    }
    if uses.meets(Uses::TIME) {
        it.put("timestamp", Value::from(input.now.to_string()));
    }
    it.done()
}

const WEEKDAYS: [&str; 7] = ["thu", "fri", "sat", "sun", "mon", "tue", "wed"];

/// The moment in UTC.
fn time(input: &Input<'_>) -> Value {
    let text = input.now.to_string();
    let seconds = input.now.unix_micros().div_euclid(1_000_000);
    let day = usize::try_from(seconds.div_euclid(86_400).rem_euclid(7)).unwrap_or(0);
    let mut it = Members::default();
    it.maybe("date", text.split_once('T').map(|(date, _)| date));
    it.put("rfc3339", Value::from(text.as_str()));
    it.put("unix", Value::from(seconds));
    it.put("unix_ns", Value::from(nanoseconds(input.now)));
    it.put("hour", Value::from(seconds.rem_euclid(86_400) / 3_600));
    it.put("minute", Value::from(seconds.rem_euclid(3_600) / 60));
    it.maybe("weekday", WEEKDAYS.get(day).copied());
    it.done()
}

fn nanoseconds(moment: terms::Timestamp) -> i64 {
    moment.unix_micros().saturating_mul(1_000)
}

fn list<'a>(names: impl Iterator<Item = &'a str>) -> Value {
    Value::from(names.map(Value::from).collect::<Vec<_>>())
}

/// The members of an object.
#[derive(Default)]
struct Members(BTreeMap<Value, Value>);

impl Members {
    fn put(&mut self, name: &str, value: Value) {
        self.0.insert(Value::from(name), value);
    }

    fn text(&mut self, name: &str, text: &str) {
        self.put(name, Value::from(text));
    }

    fn maybe(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.text(name, text);
        }
    }

    fn done(self) -> Value {
        Value::from(self.0)
    }
}

/// One argument, as policies see it.
///
/// # Errors
/// It is too deep, or has too many values.
pub(super) fn value(json: &serde_json::Value) -> Result<Value, String> {
    Reading::default().value(json, 0)
}

/// Counts the values of arguments.
#[derive(Default)]
struct Reading {
    values: usize,
}

impl Reading {
    fn value(&mut self, json: &serde_json::Value, depth: usize) -> Result<Value, String> {
        self.values += 1;
        if depth > DEEPEST || self.values > MOST_VALUES {
            return Err(format!(
                "the arguments are too deep or too many for a Rego policy (at most {DEEPEST} \
                 levels, {MOST_VALUES} values)"
            ));
        }
        Ok(match json {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(truth) => Value::from(*truth),
            serde_json::Value::Number(number) => number_of(number)?,
            serde_json::Value::String(text) => Value::from(text.as_str()),
            serde_json::Value::Array(items) => {
                let items = items.iter().map(|item| self.value(item, depth + 1));
                Value::from(items.collect::<Result<Vec<_>, _>>()?)
            }
            serde_json::Value::Object(members) => {
                let members = members
                    .iter()
                    .map(|(name, it)| Ok((Value::from(name.as_str()), self.value(it, depth + 1)?)));
                Value::from(members.collect::<Result<BTreeMap<_, _>, String>>()?)
            }
        })
    }
}

fn number_of(number: &serde_json::Number) -> Result<Value, String> {
    if let Some(whole) = number.as_i64() {
        return Ok(Value::from(whole));
    }
    if let Some(whole) = number.as_u64() {
        return Ok(Value::from(whole));
    }
    let text = number.to_string();
    if text.len() > 64 {
        return Err("an argument is a number of too many digits".to_owned());
    }
    Value::from_numeric_string(&text).map_err(|_| "an argument is no number".to_owned())
}

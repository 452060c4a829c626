//! Samples of calls, as people and both seeds write them: told in the words of the input document.

use decide::policy::InputDocument;
use serde_json::{Map, Value, json};
use terms::{Code, Fault, Faults};

/// A short word and where the document has it. What is meant is the same.
const SHORT: &[(&str, &str)] = &[
    ("/user", "/principal"),
    ("/user_id", "/principal/id"),
    ("/username", "/principal/username"),
    ("/role", "/principal/role"),
    ("/roles", "/principal/roles"),
    ("/groups", "/principal/groups"),
    ("/key_id", "/principal/key_id"),
    ("/api_key", "/principal/key_id"),
    ("/tenant_id", "/tenant/id"),
    ("/max_tokens", "/model/max_tokens"),
    ("/max_completion_tokens", "/model/max_tokens"),
    ("/stream", "/model/stream"),
    ("/tools", "/model/tools"),
    ("/provider", "/model/provider"),
    ("/server", "/tool/server"),
    ("/server_id", "/tool/server"),
    ("/server_name", "/tool/server"),
    ("/tool_name", "/tool/name"),
    ("/arguments", "/tool/arguments"),
    ("/parameters", "/tool/arguments"),
    ("/session_id", "/session"),
    ("/timestamp", "/time"),
    ("/agent", "/principal/agent"),
    ("/principal/agent/agent_id", "/principal/agent/id"),
    ("/context/region", "/region"),
    ("/context/environment", "/principal/agent/environment"),
    ("/context/ip_address", "/request/address"),
    ("/context/user_agent", "/request/user_agent"),
    ("/context/timestamp", "/time"),
    ("/context/session_id", "/session"),
    ("/context/mfa", "/principal/mfa"),
    ("/principal/user_id", "/principal/id"),
    ("/principal/api_key", "/principal/key_id"),
    ("/principal/auth_method", "/principal/method"),
    ("/tool/server_id", "/tool/server"),
    ("/tool/server_name", "/tool/server"),
    ("/tool/parameters", "/tool/arguments"),
    ("/request/ip_address", "/request/address"),
    ("/request/timestamp", "/time"),
];

/// Names of what can be done, as the second seed has them.
const ACTIONS: &[(&str, &str)] = &[
    ("gateway:tool:invoke", "tool_call"),
    ("tool:invoke", "tool_call"),
    ("gateway:tool:discover", "tool_list"),
    ("tool:discover", "tool_list"),
    ("gateway:server:info", "mcp_request"),
    ("gateway:server:list", "mcp_request"),
];

/// Members below which every name is the caller's own word.
const OPAQUE: [&str; 2] = ["arguments", "parameters"];

/// Reads a sample. `at` is its JSON pointer in the body.
///
/// # Errors
/// `validation_error`: what is unknown, of the wrong form, or said twice; each at its place.
pub fn read(sample: &Value, at: &str) -> Result<InputDocument, Faults> {
    let Value::Object(given) = sample else {
        let message = "A sample request is an object, such as {\"principal\": {\"role\": \
             \"developer\"}, \"model\": \"gpt-4o\"}.";
        return Err(Fault::new(Code::ValidationError, message).at(at).into());
    };
    let mut told = snake(given.clone());
    // What a chat is about is nothing that policies see; a request may be pasted whole.
    told.remove("messages");
    spell_out(&mut told);
    let mut told = Value::Object(told);
    let mut moved = Vec::new();
    let mut faults: Vec<Fault> = agentless(&told, at).into_iter().collect();
    for (short, long) in SHORT {
        let Some(value) = take(&mut told, short) else {
            continue;
        };
        if put(&mut told, long, value) {
            moved.push((*short, *long));
            continue;
        }
        let message = format!("This is said twice: '{short}' is the same as '{long}'.");
        faults.push(Fault::new(Code::ValidationError, message).at(format!("{at}{short}")));
    }
    if !faults.is_empty() {
        return Err(Faults(faults));
    }
    names_of_tools(&mut told);
    if told.get("context").is_some_and(|left| *left == json!({})) {
        take(&mut told, "/context");
    }
    decide::policy::sample::read(told, "").map_err(|fault| {
        let place = origin(fault.param.as_deref().unwrap_or_default(), &moved);
        Faults::from(fault.at(format!("{at}{place}")))
    })
}

/// An environment is an agent's: by itself, it would make an agent of whoever calls.
fn agentless(told: &Value, at: &str) -> Option<Fault> {
    told.pointer("/context/environment")?;
    let agents = ["/agent", "/user/agent", "/principal/agent"];
    let message = "Only an agent has an environment: say who the agent is, or leave it out.";
    (agents.iter().all(|it| told.pointer(it).is_none()))
        .then(|| Fault::new(Code::ValidationError, message).at(format!("{at}/context/environment")))
}

/// The same with snake_case names throughout, but for the caller's own words.
fn snake(given: Map<String, Value>) -> Map<String, Value> {
    let named = given.into_iter().map(|(name, value)| {
        let name = snake_name(&name);
        let value = match value {
            Value::Object(members) if !OPAQUE.contains(&name.as_str()) => {
                Value::Object(snake(members))
            }
            other => other,
        };
        (name, value)
    });
    named.collect()
}

fn snake_name(name: &str) -> String {
    name.chars().fold(String::new(), |mut out, letter| {
        if letter.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(letter.to_ascii_lowercase());
        out
    })
}

/// What may be said by a name alone.
fn spell_out(told: &mut Map<String, Value>) {
    decide::policy::sample::spell_out(told);
    for member in ["user", "principal", "tenant"] {
        if let Some(value) = told.get_mut(member)
            && value.is_string()
        {
            *value = json!({ "id": value.take() });
        }
    }
    if let Some(action) = told.get_mut("action")
        && let Some((_, ours)) =
            (ACTIONS.iter()).find(|(theirs, _)| action.as_str() == Some(theirs))
    {
        *action = json!(ours);
    }
}

/// The tools that a model call offers, by name, where they stand as OpenAI's dialect has them.
fn names_of_tools(told: &mut Value) {
    let tools = told.pointer_mut("/model/tools");
    for tool in tools.and_then(Value::as_array_mut).into_iter().flatten() {
        let name = tool.pointer("/function/name").or(tool.get("name"));
        if let Some(name) = name.filter(|it| it.is_string()).cloned() {
            *tool = name;
        }
    }
}

fn take(told: &mut Value, pointer: &str) -> Option<Value> {
    let (above, name) = pointer.rsplit_once('/')?;
    told.pointer_mut(above)?.as_object_mut()?.remove(name)
}

/// Puts a value at a place that is free, and makes the objects above it. False: it is taken.
fn put(told: &mut Value, pointer: &str, value: Value) -> bool {
    let mut place = told;
    for name in pointer.split('/').skip(1) {
        let Some(members) = place.as_object_mut() else {
            return false;
        };
        place = members.entry(name).or_insert(Value::Null);
        if place.is_null() {
            *place = json!({});
        }
    }
    let free = *place == json!({});
    if free {
        *place = value;
    }
    free
}

/// Where the caller wrote what stands at `place` now.
fn origin(place: &str, moved: &[(&str, &str)]) -> String {
    let undone = |place: String, (short, long): &(&str, &str)| match place.strip_prefix(long) {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => format!("{short}{rest}"),
        _ => place,
    };
    moved.iter().rev().fold(place.to_owned(), undone)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(sample: Value) -> InputDocument {
        super::read(&sample, "/request").unwrap()
    }

    fn place(sample: Value) -> String {
        let Faults(faults) = super::read(&sample, "/request").unwrap_err();
        faults[0].param.clone().unwrap()
    }

    #[test]
    fn a_request_to_a_model_may_be_pasted_as_it_is() {
        let read = read(json!({"model": "gpt-4o", "max_tokens": 9, "stream": true,
            "messages": [{"role": "user", "content": "hi"}],
            "tools": [{"type": "function", "function": {"name": "search"}}, "fetch"]}));
        let model = read.model.unwrap();
        assert_eq!((model.name.as_str(), model.max_tokens), ("gpt-4o", Some(9)));
        let tools: Vec<&str> = model.tools.iter().map(|it| &**it).collect();
        assert_eq!(tools, ["search", "fetch"]);
        assert!(model.stream);
    }

    #[test]
    fn the_second_seeds_words_are_understood() {
        let read = read(
            json!({"user": {"id": "ann", "role": "developer", "groups": ["ops"]},
            "action": "gateway:tool:invoke", "server_name": "files", "tool_name": "get_file",
            "parameters": {"maxTokens": 1}, "context": {"region": "eu", "ip_address": "10.0.0.1"},
            "tenantId": "acme"}),
        );
        let tool = read.tool.unwrap();
        assert_eq!(
            (tool.server.as_str(), tool.name.as_deref()),
            ("files", Some("get_file"))
        );
        assert_eq!(tool.arguments, Some(json!({"maxTokens": 1})));
        assert_eq!(
            (read.principal.id.as_str(), read.tenant.id.as_str()),
            ("ann", "acme")
        );
        assert_eq!(read.region.as_deref(), Some("eu"));
        assert!(read.request.address.is_some());
    }

    #[test]
    fn faults_stand_where_the_caller_wrote_them() {
        assert_eq!(
            place(json!({"model": "m", "max_tokens": "x"})),
            "/request/max_tokens"
        );
        assert_eq!(place(json!({"user": {"rolle": 1}})), "/request/user/rolle");
        assert_eq!(
            place(json!({"tool": "files/get", "server_id": "files"})),
            "/request/server_id"
        );
        assert_eq!(place(json!({"context": {"moon": 1}})), "/request/context");
        assert_eq!(
            place(json!({"context": {"environment": "production"}})),
            "/request/context/environment"
        );
        assert_eq!(place(json!([])), "/request");
    }
}

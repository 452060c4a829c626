//! What the demo server offers: four tools, one resource, one prompt.

use serde_json::{Value, json};
use terms::Timestamp;

use super::RpcError;

const RESOURCE: &str = "demo://gatehouse/readme";
const PROMPT: &str = "summarise";

/// The tools' definitions.
pub fn tools() -> Value {
    json!([
        {
            "name": "echo",
            "description": "Says what it is told.",
            "inputSchema": {
                "type": "object",
                "properties": {"text": {"type": "string"}},
                "required": ["text"],
            },
            "annotations": {"readOnlyHint": true},
        },
        {
            "name": "add",
            "description": "Adds two numbers.",
            "inputSchema": {
                "type": "object",
                "properties": {"a": {"type": "number"}, "b": {"type": "number"}},
                "required": ["a", "b"],
            },
            "annotations": {"readOnlyHint": true},
        },
        {
            "name": "now",
            "description": "Tells the time, in UTC.",
            "inputSchema": {"type": "object", "properties": {}},
            "annotations": {"readOnlyHint": true},
        },
        {
            "name": "analyze_data",
            "description": "Counts, sums and averages numbers.",
            "inputSchema": {
                "type": "object",
                "properties": {"data": {"type": "array", "items": {"type": "number"}}},
            },
            "annotations": {"readOnlyHint": true},
        },
    ])
}

/// Calls a tool.
pub fn call(params: &Value, now: Timestamp) -> Result<Value, RpcError> {
    let name = params
        .get("name")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let empty = json!({});
    let arguments = params.get("arguments").unwrap_or(&empty);
    match name {
        "echo" => match arguments.get("text").and_then(Value::as_str) {
            Some(text) => Ok(said(text)),
            None => Err(wrong("echo needs 'text', a string.")),
        },
        "add" => match (number(arguments, "a"), number(arguments, "b")) {
            (Some(a), Some(b)) => Ok(structured(&json!({"sum": a + b}))),
            _ => Err(wrong("add needs 'a' and 'b', two numbers.")),
        },
        "now" => Ok(structured(&json!({"now": now}))),
        "analyze_data" => analyze(arguments),
        other => Err(wrong(format!("Unknown tool: {other}"))),
    }
}

fn number(arguments: &Value, name: &str) -> Option<f64> {
    arguments.get(name).and_then(Value::as_f64)
}

fn analyze(arguments: &Value) -> Result<Value, RpcError> {
    let numbers: Option<Vec<f64>> = match arguments.get("data") {
        None => Some(Vec::new()),
        Some(Value::Array(items)) => items.iter().map(Value::as_f64).collect(),
        Some(_) => None,
    };
    let Some(numbers) = numbers else {
        return Err(wrong("analyze_data takes 'data', a list of numbers."));
    };
    let sum: f64 = numbers.iter().sum();
    let count = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
    let mean = (count > 0).then(|| sum / f64::from(count));
    let least = numbers.iter().copied().reduce(f64::min);
    let most = numbers.iter().copied().reduce(f64::max);
    Ok(structured(
        &json!({"count": count, "sum": sum, "mean": mean, "min": least, "max": most}),
    ))
}

fn said(text: &str) -> Value {
    json!({"content": [{"type": "text", "text": text}], "isError": false})
}

fn structured(value: &Value) -> Value {
    json!({
        "content": [{"type": "text", "text": value.to_string()}],
        "structuredContent": value,
        "isError": false,
    })
}

fn wrong(message: impl Into<String>) -> RpcError {
    RpcError::new(-32602, message)
}

/// The resource's entry in the list.
pub fn resource() -> Value {
    json!({"uri": RESOURCE, "name": "readme", "mimeType": "text/plain"})
}

/// Reads the resource.
pub fn read(params: &Value) -> Result<Value, RpcError> {
    let uri = params.get("uri").and_then(Value::as_str);
    if uri != Some(RESOURCE) {
        return Err(RpcError::new(-32002, "There is no such resource."));
    }
    let text = "Every call to these tools passed the gate: identified, limited, recorded.";
    Ok(json!({"contents": [{"uri": RESOURCE, "mimeType": "text/plain", "text": text}]}))
}

/// The prompt's entry in the list.
pub fn prompt() -> Value {
    json!({
        "name": PROMPT,
        "description": "Asks for a summary.",
        "arguments": [{"name": "text", "required": true}],
    })
}

/// The prompt, filled in.
pub fn prompt_text(params: &Value) -> Result<Value, RpcError> {
    if params.get("name").and_then(Value::as_str) != Some(PROMPT) {
        return Err(wrong("There is no such prompt."));
    }
    let text = params
        .pointer("/arguments/text")
        .and_then(Value::as_str)
        .ok_or_else(|| wrong("The prompt needs 'text', a string."))?;
    let text = format!("Summarise in one sentence:\n\n{text}");
    Ok(json!({"messages": [{"role": "user", "content": {"type": "text", "text": text}}]}))
}

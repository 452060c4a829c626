//! A value that fits a JSON schema.

use serde_json::{Map, Value, json};

/// Schemas within schemas beyond this are answered with `null`.
const MAX_DEPTH: usize = 8;

/// The plainest value for a schema: `const`, `default`, the first of `enum` or of its variants,
/// else by type; of an object, the required properties.
pub(super) fn sample(schema: &Value) -> Value {
    sample_at(schema, 0)
}

fn sample_at(schema: &Value, depth: usize) -> Value {
    if depth > MAX_DEPTH {
        return Value::Null;
    }
    let fixed = ["/const", "/default", "/enum/0"];
    if let Some(value) = fixed.iter().find_map(|path| schema.pointer(path)) {
        return value.clone();
    }
    let variants = ["/anyOf/0", "/oneOf/0", "/allOf/0"];
    if let Some(variant) = variants.iter().find_map(|path| schema.pointer(path)) {
        return sample_at(variant, depth + 1);
    }
    let kind = match schema.get("type") {
        Some(Value::Array(kinds)) => kinds.first(),
        kind => kind,
    };
    match kind.and_then(Value::as_str) {
        Some("string") => json!("mock"),
        Some("integer" | "number") => schema.get("minimum").cloned().unwrap_or(json!(1)),
        Some("boolean") => json!(true),
        Some("array") => match (schema.get("minItems"), schema.get("items")) {
            (Some(least), Some(items)) if *least != json!(0) => {
                json!([sample_at(items, depth + 1)])
            }
            _ => json!([]),
        },
        Some("null") => Value::Null,
        _ => object(schema, depth),
    }
}

fn object(schema: &Value, depth: usize) -> Value {
    let required = schema.get("required").and_then(Value::as_array);
    let mut object = Map::new();
    for name in required.into_iter().flatten().filter_map(Value::as_str) {
        // Named once more, it would be made once more, at every depth.
        if object.contains_key(name) {
            continue;
        }
        let property = schema.get("properties").and_then(|all| all.get(name));
        let value = property.map_or(Value::Null, |property| sample_at(property, depth + 1));
        object.insert(name.to_owned(), value);
    }
    Value::Object(object)
}

//! Sample requests as people write them: the input document, with a few things said shortly.

use serde_json::{Map, Value, json};
use terms::{Code, Fault};

use super::document::InputDocument;

/// Reads a sample request. It is an [`InputDocument`], in which `model` may be a name
/// (`"gpt-4o"`) and `tool` may be `"server/tool"`.
///
/// # Errors
/// `validation_error` with a JSON pointer below `at`: what is unknown or of the wrong form.
pub fn read(sample: Value, at: &str) -> Result<InputDocument, Fault> {
    let Value::Object(mut members) = sample else {
        let message = "A sample request is an object, such as {\"principal\": {\"role\": \
                       \"developer\"}, \"model\": \"gpt-4o\"}.";
        return Err(Fault::new(Code::ValidationError, message).at(at));
    };
    spell_out(&mut members);
    serde_path_to_error::deserialize(Value::Object(members)).map_err(|error| {
        let place = error.path().to_string().replace(['.', '['], "/");
        let place = match place.replace(']', "").as_str() {
            "" | "/" => at.to_owned(),
            place => format!("{at}/{place}"),
        };
        let message = format!("The sample request can't be read: {}.", error.inner());
        Fault::new(Code::ValidationError, message).at(place)
    })
}

/// Says at length what a sample says shortly: the model by its name, the tool as `"server/tool"`.
pub fn spell_out(members: &mut Map<String, Value>) {
    if let Some(model) = members.get_mut("model")
        && let Some(name) = model.as_str()
    {
        *model = json!({"name": name});
    }
    if let Some(tool) = members.get_mut("tool")
        && let Some(text) = tool.as_str()
    {
        *tool = match text.split_once('/') {
            Some((server, name)) => json!({"server": server, "name": name}),
            None => json!({"name": text}),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_and_tools_may_be_said_shortly() {
        let sample = json!({"principal": {"role": "viewer"}, "tool": "files/get_file"});
        let read = read(sample, "/request").unwrap();
        let tool = read.tool.unwrap();
        assert_eq!(tool.server, "files");
        assert_eq!(tool.name.as_deref(), Some("get_file"));
        let sample = super::read(json!({"model": "gpt-4o"}), "").unwrap();
        assert_eq!(sample.model.unwrap().name, "gpt-4o");
    }

    #[test]
    fn what_is_unknown_is_named_with_its_place() {
        let fault = read(json!({"principal": {"rolle": "viewer"}}), "/request").unwrap_err();
        assert_eq!(fault.param.as_deref(), Some("/request/principal/rolle"));
        let fault = read(json!("gpt-4o"), "/request").unwrap_err();
        assert_eq!(fault.param.as_deref(), Some("/request"));
    }
}

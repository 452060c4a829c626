//! What the built-in provider reads of a chat request.

use serde::Deserialize;
use serde_json::Value;

/// How much of a message is searched for the names of tools, in bytes.
const MAX_HEARD: usize = 4_096;

#[derive(Deserialize)]
pub(super) struct Request {
    pub messages: Vec<Message>,
    #[serde(default)]
    pub stream: Option<bool>,
    #[serde(default)]
    pub stream_options: Option<StreamOptions>,
    #[serde(default)]
    pub n: Option<u64>,
    #[serde(default)]
    pub max_completion_tokens: Option<u64>,
    #[serde(default)]
    pub max_tokens: Option<u64>,
    #[serde(default)]
    pub tools: Option<Vec<Tool>>,
    #[serde(default)]
    pub tool_choice: Option<Value>,
    #[serde(default)]
    pub response_format: Option<Value>,
}

#[derive(Deserialize)]
pub(super) struct Message {
    #[serde(default)]
    pub role: String,
    #[serde(default)]
    pub content: Option<Content>,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Content {
    Text(String),
    Parts(Vec<Part>),
}

#[derive(Deserialize)]
pub(super) struct Part {
    #[serde(default)]
    pub text: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct StreamOptions {
    #[serde(default)]
    pub include_usage: Option<bool>,
}

#[derive(Deserialize)]
pub(super) struct Tool {
    #[serde(default)]
    pub function: Option<Function>,
}

#[derive(Deserialize)]
pub(super) struct Function {
    pub name: String,
    #[serde(default)]
    pub parameters: Option<Value>,
}

impl Message {
    pub fn text(&self) -> String {
        match &self.content {
            None => String::new(),
            Some(Content::Text(text)) => text.clone(),
            Some(Content::Parts(parts)) => {
                let texts: Vec<_> = parts
                    .iter()
                    .filter_map(|part| part.text.as_deref())
                    .collect();
                texts.join(" ")
            }
        }
    }
}

impl Request {
    pub fn prompt_tokens(&self) -> u64 {
        self.messages
            .iter()
            .map(|message| tokens(&message.text()))
            .sum()
    }

    pub fn functions(&self) -> impl Iterator<Item = &Function> {
        let tools = self.tools.iter().flatten();
        tools.filter_map(|tool| tool.function.as_ref())
    }

    /// The tools that this request makes the model call.
    pub fn called(&self) -> Vec<&Function> {
        let named = self
            .tool_choice
            .as_ref()
            .and_then(|choice| choice.pointer("/function/name").and_then(Value::as_str));
        if let Some(named) = named {
            return self.functions().filter(|tool| tool.name == named).collect();
        }
        let choice = self.tool_choice.as_ref().and_then(Value::as_str);
        if choice == Some("none") {
            return Vec::new();
        }
        let said = match self.messages.last() {
            Some(last) if last.role == "user" => last.text(),
            _ => String::new(),
        };
        let said = said
            .get(..said.floor_char_boundary(MAX_HEARD))
            .unwrap_or_default();
        let mut called: Vec<_> = self
            .functions()
            .filter(|tool| !tool.name.is_empty() && said.contains(&tool.name))
            .collect();
        if called.is_empty() && choice == Some("required") {
            called.extend(self.functions().next());
        }
        called
    }
}

/// A token is four characters.
pub(super) fn tokens(text: &str) -> u64 {
    u64::try_from(text.chars().count().div_ceil(4)).unwrap_or(u64::MAX)
}

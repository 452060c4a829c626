//! What is asked about a text, as a body and a query.

use std::collections::BTreeMap;

use decide::inspection::trial::{FAMILIES, Place, Sample};
use dialect::text::Origin;
use serde::Deserialize;
use serde_json::{Map, Value};
use terms::{Code, Fault, Faults};
use utoipa::{IntoParams, ToSchema};

use crate::admin::input;
use crate::admin::inspect::LONGEST;

/// A text, and how it is to be looked at.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InspectInput {
    /// The text: at most 1 MiB.
    #[serde(default)]
    #[schema(required = true)]
    pub text: String,
    /// For this tenant; absent: for those that override nothing.
    pub tenant_id: Option<String>,
    /// Where it would stand; `user`, unless said.
    #[serde(default)]
    pub source: Source,
    /// It is a JSON document: its strings, keys and long numbers are looked at, and nothing else.
    #[serde(default)]
    pub json: bool,
    /// What a model's answer is checked against, where grounding is on: at most 1 MiB together.
    #[serde(default)]
    pub sources: Vec<String>,
    /// Overrides as in a tenant's metadata, to try them: they go over those of the tenant. null:
    /// as if the tenant did not say it.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    pub settings: BTreeMap<String, String>,
}

/// Where a text would stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// In a request: what the user says.
    #[default]
    User,
    /// In a request: what the application's maker says.
    System,
    /// In a request: what the model said before.
    Assistant,
    /// In a request: what a tool or a document says.
    Tool,
    /// In a request: the arguments of a tool call.
    Arguments,
    /// In a model's answer.
    Response,
    /// In a tool's answer.
    ToolResult,
}

impl Source {
    fn place(self) -> Place {
        match self {
            Source::User => Place::Request(Origin::User),
            Source::System => Place::Request(Origin::System),
            Source::Assistant => Place::Request(Origin::Assistant),
            Source::Tool => Place::Request(Origin::Tool),
            Source::Arguments => Place::Request(Origin::Arguments),
            Source::Response => Place::Answer(Origin::Assistant),
            Source::ToolResult => Place::Answer(Origin::Tool),
        }
    }
}

impl InspectInput {
    /// Reads the body. The text and the overrides' names stay as they are.
    ///
    /// # Errors
    /// What is unknown, missing or of the wrong form, at its place; `input_too_large` for the text.
    pub fn read(mut body: Map<String, Value>) -> Result<Self, Faults> {
        let text = body.remove("text");
        let settings = overrides(body.remove("settings"));
        let rest = input::camel(body).and_then(input::read::<Self>);
        let text = match text {
            Some(Value::String(text)) if text.len() <= LONGEST => Ok(text),
            Some(Value::String(text)) => {
                let length = text.len();
                let message =
                    format!("The text has {length} bytes; at most {LONGEST} are looked at.");
                Err(Fault::new(Code::InputTooLarge, message).at("/text"))
            }
            Some(_) => Err(Fault::new(Code::ValidationError, "'text' is a text.").at("/text")),
            None => Err(input::missing("text")),
        };
        let rest = rest.and_then(|it| it.sourced().map_err(Faults::from));
        match (rest, text, settings) {
            (Ok(rest), Ok(text), Ok(settings)) => Ok(Self {
                text,
                settings,
                ..rest
            }),
            (rest, text, settings) => {
                let mut faults: Vec<Fault> = text.err().into_iter().collect();
                faults.extend(rest.err().into_iter().flat_map(|it| it.0));
                faults.extend(settings.err().into_iter().flatten());
                Err(Faults(faults))
            }
        }
    }

    /// Refuses sources that nothing is checked against, and too many of them.
    fn sourced(self) -> Result<Self, Fault> {
        let length: usize = self.sources.iter().map(String::len).sum();
        let fault = match () {
            () if self.sources.is_empty() => return Ok(self),
            () if self.source != Source::Response => Fault::new(
                Code::ValidationError,
                "Only a model's answer is checked against sources: with 'source': 'response'.",
            ),
            () if length > LONGEST => Fault::new(
                Code::InputTooLarge,
                format!("The sources have {length} bytes; at most {LONGEST} are looked at."),
            ),
            () => return Ok(self),
        };
        Err(fault.at("/sources"))
    }

    /// What is tried.
    pub fn sample(&self) -> Sample<'_> {
        Sample {
            text: &self.text,
            json: self.json,
            place: self.source.place(),
            sources: &self.sources,
        }
    }
}

/// Overrides: texts, as in a tenant's metadata; numbers and truths for who writes them so.
fn overrides(given: Option<Value>) -> Result<BTreeMap<String, String>, Vec<Fault>> {
    let members = match given {
        None | Some(Value::Null) => return Ok(BTreeMap::new()),
        Some(Value::Object(members)) => members,
        Some(_) => {
            let message =
                "'settings' is an object of overrides, such as {\"pii.action\": \"BLOCK\"}.";
            return Err(vec![
                Fault::new(Code::ValidationError, message).at("/settings"),
            ]);
        }
    };
    let mut read = BTreeMap::new();
    let mut faults = Vec::new();
    for (key, value) in members {
        let text = match value {
            Value::Null => String::new(),
            Value::String(text) => text,
            Value::Number(number) => number.to_string(),
            Value::Bool(truth) => truth.to_string(),
            Value::Array(_) | Value::Object(_) => {
                let message = "An override is a text, as in a tenant's metadata.";
                let at = format!("/settings{}", input::pointer(&[key]));
                faults.push(Fault::new(Code::ValidationError, message).at(at));
                continue;
            }
        };
        read.insert(key, text);
    }
    match faults.is_empty() {
        true => Ok(read),
        false => Err(faults),
    }
}

/// Which rules are listed.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RulesQuery {
    /// `pii`, `secret`, `injection`, `content` or `output`.
    pub family: Option<String>,
    /// `EMAIL`, `CREDIT_CARD`, …
    #[serde(rename = "type")]
    #[param(rename = "type")]
    pub kind: Option<String>,
    /// With those that this tenant adds.
    pub tenant_id: Option<String>,
}

impl RulesQuery {
    /// Refuses a family that there is not.
    ///
    /// # Errors
    /// `validation_error`.
    pub fn check(&self) -> Result<(), Fault> {
        let known = |family: &String| FAMILIES.iter().any(|it| it.eq_ignore_ascii_case(family));
        match &self.family {
            Some(family) if !known(family) => {
                let families = FAMILIES.join(", ").to_ascii_lowercase();
                let message = format!("There is no such family; there are {families}.");
                Err(Fault::new(Code::ValidationError, message).at("family"))
            }
            _ => Ok(()),
        }
    }
}

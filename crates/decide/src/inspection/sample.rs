//! Requests for tests.

use std::sync::Arc;

use dialect::text::{Origin, Part, Texts, Turn};
use serde_json::Value;
use terms::SecretString;

use super::Inspection;
use super::trial::course;
use crate::case::{Asked, Case, Kind, Plane};
use crate::facts::{Classified, Facts};
use crate::settings::inspection as settings;

/// A conversation with these texts, as JSON writes them: a turn each.
pub(crate) fn texts(said: &[(Origin, &str)]) -> Texts {
    let mut body = String::from(r#"{"messages":["#);
    let mut texts = Texts::default();
    for (message, (origin, raw)) in said.iter().enumerate() {
        let comma = if message > 0 { ", " } else { "" };
        body.push_str(comma);
        let turn = body.len();
        body.push_str(r#"{"content":""#);
        let start = body.len();
        body.push_str(raw);
        texts.parts.push(Part {
            span: start..body.len(),
            origin: *origin,
            message,
            key: false,
            bare: false,
        });
        body.push_str("\"}");
        texts.turns.push(Turn {
            span: turn..body.len(),
            origin: *origin,
            answers: *origin == Origin::Tool,
        });
    }
    body.push_str("]}");
    texts.body = body.into();
    texts
}

/// Inspection of the tenant `acme` with these settings.
pub(crate) fn inspection(settings: Value) -> Arc<Inspection> {
    let settings: settings::Inspection = serde_json::from_value(settings).unwrap();
    let compiled = Inspection::new(Arc::new(settings)).unwrap();
    Arc::new(compiled).of_tenant(&"acme".into())
}

/// The same, with a key for tokens.
pub(crate) fn with_tokens(settings: Value) -> Arc<Inspection> {
    let mut settings: settings::Inspection = serde_json::from_value(settings).unwrap();
    settings.token_key = Some(SecretString::from("07".repeat(64)));
    let compiled = Inspection::new(Arc::new(settings)).unwrap();
    Arc::new(compiled).of_tenant(&"acme".into())
}

/// A model call with these texts.
pub(crate) fn case(inspection: &Arc<Inspection>, texts: Texts) -> Case {
    Case {
        kind: Kind::Chat,
        plane: Plane::Llm,
        asked: Asked::Model {
            model: "m".into(),
            stream: false,
            estimate: 0,
            max_tokens: None,
            tools: Arc::from([]),
        },
        ..course::case(inspection, &Arc::new(texts))
    }
}

/// What is known of such a call.
pub(crate) fn facts(case: &Case, classified: Option<Classified>) -> Facts {
    let found = case.inspection().unwrap().find(&case.texts);
    Facts {
        findings: Some(Arc::new(found)),
        classified: Some(Arc::new(classified.unwrap_or_default())),
        ..Facts::default()
    }
}

//! A request for embeddings.

use std::ops::Range;

use bytes::Bytes;
use terms::{Fault, ModelName};

use super::chat::rename;
use super::member::{model, wrong};
use crate::json::{Kind, members};
use crate::splice::{Edit, splice};

/// A request for embeddings: its bytes, and what the gate must know of them.
#[derive(Clone, Debug)]
pub struct EmbeddingsRequest {
    body: Bytes,
    model: ModelName,
    model_span: Range<usize>,
}

impl EmbeddingsRequest {
    /// Reads a body once, whole. `input` must be a text, or an array that isn't empty.
    ///
    /// # Errors
    /// [`terms::Code::InvalidJson`]; [`terms::Code::ValidationError`] with the member's name in
    /// `param`.
    pub fn read(body: &Bytes) -> Result<Self, Fault> {
        let [name, input] = members(body, &["model", "input"])?;
        let model = model(body, name.as_ref())?;
        match input.map(|input| (input.kind, input.items)) {
            None | Some((Kind::Null, _)) => return Err(wrong("input", "'input' is required")),
            Some((Kind::Array, 0)) => return Err(wrong("input", "'input' must not be empty")),
            Some((Kind::String | Kind::Array, _)) => {}
            Some(_) => return Err(wrong("input", "'input' must be a string or an array")),
        }
        Ok(Self {
            body: body.clone(),
            model,
            model_span: name.map(|name| name.span).unwrap_or_default(),
        })
    }

    /// The body as it came.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The model that is asked for.
    pub fn model(&self) -> &ModelName {
        &self.model
    }

    /// The body for a provider, with its name of the model and with `others` among its edits;
    /// uncopied where there are none and the name is the caller's.
    ///
    /// # Errors
    /// [`terms::Code::InternalError`] should the edits not fit the body, or each other.
    pub fn to_upstream(&self, model: &ModelName, others: &[Edit]) -> Result<Bytes, Fault> {
        let mut edits = others.to_vec();
        if *model != self.model {
            edits.push(rename(&self.model_span, model));
        }
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        splice(&self.body, &edits)
    }
}

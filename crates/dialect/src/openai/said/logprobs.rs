//! Taking out the tokens with their probabilities: they repeat an answer's texts in another form, so
//! they must not leave where a text doesn't leave as it came.

use std::ops::Range;

use bytes::{Bytes, BytesMut};
use terms::Fault;

use crate::json::{self, Key, Visit};
use crate::openai::answer::garbage;
use crate::splice::{Edit, splice};
use crate::sse::Decoder;

/// A whole answer with `null` for each choice's `logprobs`.
///
/// # Errors
/// [`terms::Code::ProviderError`] when it can't be read.
pub fn without_logprobs(answer: &Bytes) -> Result<Bytes, Fault> {
    splice(answer, &edits(answer)?)
}

/// The same for the events of a stream.
///
/// # Errors
/// As [`without_logprobs`].
pub fn without_logprobs_in_events(events: &Bytes) -> Result<Bytes, Fault> {
    let mut decoder = Decoder::default();
    decoder.push(events.clone());
    let mut out = BytesMut::with_capacity(events.len());
    while let Some(frame) = decoder.next_frame()? {
        let data = frame.data().unwrap_or_default();
        match data.starts_with(b"{") {
            true => {
                let data = splice(&data, &edits(&data)?)?;
                out.extend_from_slice(frame.with_data(&data).bytes());
            }
            false => out.extend_from_slice(frame.bytes()),
        }
    }
    Ok(out.freeze())
}

fn edits(document: &[u8]) -> Result<Vec<Edit>, Fault> {
    let mut finding = Finding(Vec::new());
    json::follow(document, Place::Body, &mut finding).map_err(|it| garbage(&it.message))?;
    let edits = finding.0.into_iter();
    Ok(edits.map(|it| Edit::replace(it, &b"null"[..])).collect())
}

#[derive(Clone, Copy)]
enum Place {
    Body,
    Choices,
    Choice,
    Logprobs,
    Other,
}

struct Finding(Vec<Range<usize>>);

impl Visit for Finding {
    type Place = Place;

    fn member(&mut self, of: Place, key: Key<'_>) -> Place {
        match (of, key.text) {
            (Place::Body, b"choices") => Place::Choices,
            (Place::Choice, b"logprobs") => Place::Logprobs,
            _ => Place::Other,
        }
    }

    fn element(&mut self, of: Place, _number: usize) -> Place {
        match of {
            Place::Choices => Place::Choice,
            _ => Place::Other,
        }
    }

    fn string(&mut self, at: Place, inside: Range<usize>) {
        if matches!(at, Place::Logprobs) {
            self.0.push(inside.start.saturating_sub(1)..inside.end + 1);
        }
    }

    fn closed(&mut self, at: Place, _object: bool, span: Range<usize>) {
        if matches!(at, Place::Logprobs) {
            self.0.push(span);
        }
    }
}

//! Scanning the samples, and counting.

mod disguise;
mod guard;
mod person;

pub use disguise::{Disguise, disguises};
pub use guard::{Class, Guards, guards};
pub use person::{Count, KindTally, LabelTally, NegativeTally, Persons, persons};

use std::ops::Range;

/// A text that went wrong, to be shown. All of it is invented.
#[derive(Clone, Debug)]
pub struct Example {
    /// What was measured.
    pub subject: String,
    /// What went wrong.
    pub wrong: String,
    /// The text, or the part around the place.
    pub text: String,
}

/// The most examples of a subject.
const EXAMPLES: usize = 3;

/// The part of a text around a place.
fn around(text: &str, span: &Range<usize>) -> String {
    const AROUND: usize = 50;
    let floor = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let from = floor(span.start.saturating_sub(AROUND));
    let to = floor(text.len().min(span.end.min(span.start + 120) + AROUND));
    let part = text.get(from..to).unwrap_or_default();
    let before = if from > 0 { "…" } else { "" };
    let after = if to < text.len() { "…" } else { "" };
    format!("{before}{part}{after}")
}

/// The share of `part` in `whole`, in percent; nothing is measured of nothing.
pub fn percent(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| 100.0 * part as f64 / whole as f64)
}

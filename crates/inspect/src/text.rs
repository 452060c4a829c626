//! Texts that were made from others, with the way back.

use std::borrow::Cow;
use std::ops::Range;

/// A text made from another one (its source): unescaped, decoded, folded.
#[derive(Clone, Debug)]
pub struct View<'t> {
    /// The text.
    pub text: Cow<'t, str>,
    /// Where both stand after each change: ascending pairs of places in the text and in the
    /// source. From one pair on, bytes correspond one to one up to the next; what lies between
    /// the last corresponding byte and the next pair stands for each other as a whole. Empty: the
    /// text is its source.
    pub steps: Vec<(usize, usize)>,
}

impl<'t> View<'t> {
    /// The source itself.
    pub fn same(text: &'t str) -> Self {
        Self {
            text: Cow::Borrowed(text),
            steps: Vec::new(),
        }
    }

    /// The place in the source that stands for this place in the text, widened to whole escapes
    /// and characters.
    pub fn source(&self, span: Range<usize>) -> Range<usize> {
        span
    }
}

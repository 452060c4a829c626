//! Every plainer form of a text that shows signs of hiding what it says.

use std::ops::Range;

use super::{bare, escapes, leet, words};
use crate::detector::Layer;
use crate::text::View;

mod codes;
mod stretched;

use codes::Script;
pub(crate) use stretched::is_odd;

/// Rows of numbers and signs that stand for letters.
const SCRIPTS: [Script; 3] = [Script::Hex, Script::Ten, Script::Morse];

/// A plainer form of a text.
#[derive(Debug)]
pub(crate) struct Form<'f> {
    pub(crate) layer: Layer,
    /// What it says.
    pub(crate) text: &'f str,
    /// One made from the other, the text's own first.
    views: [Option<&'f View<'f>>; 4],
    /// The text that it was spelt out from, if it was.
    spelt: Option<&'f str>,
}

impl Form<'_> {
    /// The place in the text that stands for `span`.
    pub(crate) fn source(&self, span: Range<usize>) -> Range<usize> {
        let back = self.views.iter().rev().flatten();
        back.fold(span, |span, view| view.source(span))
    }

    /// The first place that stands for `source`, or for what lies behind it.
    pub(crate) fn place(&self, source: usize) -> usize {
        let views = self.views.iter().flatten();
        views.fold(source, |place, view| view.place(place))
    }

    /// Where this form is not as one that is looked at before it, in order: of a form with words
    /// spelt otherwise, where they were. `None` of a form that may be anywhere.
    pub(crate) fn changes(&self) -> Option<Vec<Range<usize>>> {
        let [.., spelling, words] = self.views;
        match (spelling, words) {
            (Some(spelling), words) => {
                let place = |at: usize| words.map_or(at, |it| it.place(at));
                let changes = spelling.changes();
                Some(changes.map(|it| place(it.start)..place(it.end)).collect())
            }
            (None, Some(words)) => Some(words.changes().collect()),
            _ => None,
        }
    }

    /// True for what is said in this form only: of a form with words spelt otherwise, what has some
    /// of them.
    pub(crate) fn says(&self, span: Range<usize>) -> bool {
        let (Some(text), [.., Some(spelt), words]) = (self.spelt, self.views) else {
            return true;
        };
        let span = words.map_or(span.clone(), |view| view.source(span));
        let is = spelt.text.get(span.clone());
        let was = text.get(spelt.source(span));
        match self.layer {
            Layer::Leet => was.is_some_and(leet::is_leet),
            _ => is != was,
        }
    }
}

/// Where a row begins of what makes a word or a letter together, which reaches to the end of the text
/// and may go on; the text's length where there is none.
pub(super) fn open(text: &str, from: usize) -> usize {
    let rows = SCRIPTS.map(|it| codes::open(text, from, it));
    rows.into_iter().fold(text.len(), usize::min)
}

/// Makes the plainer forms of `text`: escapes read, without accents, with digits spelt out as
/// letters, with words written as words, with stretched words and letters in numbers read.
pub(crate) fn forms(text: &str, mut each: impl FnMut(&Form<'_>)) {
    let read = escapes::read(text);
    let text = read.as_ref().map_or(text, |it| it.text.as_ref());
    let bare = bare::bare(text);
    for (layer, view, views) in [
        (Layer::Decoded, &read, [read.as_ref(), None, None, None]),
        (
            Layer::Folded,
            &bare,
            [read.as_ref(), bare.as_ref(), None, None],
        ),
    ] {
        if let Some(view) = view {
            each(&Form {
                layer,
                text: &view.text,
                views,
                spelt: None,
            });
        }
    }
    let plain = bare.as_ref().map_or(text, |it| it.text.as_ref());
    each_spelling(plain, |layer, spelling| {
        let before = spelling.map_or(plain, |it| it.text.as_ref());
        let words = words::plain(before);
        if spelling.is_none() && words.is_none() {
            return;
        }
        each(&Form {
            layer,
            text: words.as_ref().map_or(before, |it| it.text.as_ref()),
            views: [read.as_ref(), bare.as_ref(), spelling, words.as_ref()],
            spelt: spelling.map(|_| plain),
        });
    });
}

/// The text as it is, and each way to spell some of its words otherwise.
fn each_spelling(plain: &str, mut each: impl FnMut(Layer, Option<&View<'_>>)) {
    each(Layer::Words, None);
    let spelt = leet::spelt(plain);
    let other = spelt.as_ref().and_then(|_| leet::spelt_otherwise(plain));
    let other = other.filter(|it| spelt.as_ref().is_some_and(|spelt| spelt.text != it.text));
    for view in [spelt, other].iter().flatten() {
        each(Layer::Leet, Some(view));
    }
    if let Some(view) = stretched::read(plain) {
        each(Layer::Words, Some(&view));
    }
    for script in SCRIPTS {
        if let Some(view) = codes::read(plain, script) {
            each(Layer::Decoded, Some(&view));
        }
    }
}

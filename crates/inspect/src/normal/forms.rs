//! Every plainer form of a text that shows signs of hiding what it says.

use std::ops::Range;

use super::{bare, escapes, leet, words};
use crate::detector::Layer;
use crate::text::View;

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

    /// Where this form is not as one that is looked at before it, in order: of a form with digits
    /// spelt out, where they were. `None` of a form that may be anywhere.
    pub(crate) fn changes(&self) -> Option<Vec<Range<usize>>> {
        let [.., spelling, words] = self.views;
        match (self.layer, spelling, words) {
            (Layer::Leet, Some(spelling), words) => {
                let place = |at: usize| words.map_or(at, |it| it.place(at));
                let changes = spelling.changes();
                Some(changes.map(|it| place(it.start)..place(it.end)).collect())
            }
            (Layer::Words, None, Some(words)) => Some(words.changes().collect()),
            _ => None,
        }
    }

    /// True for what is said in this form only: of a form with digits spelt out, what has some
    /// among its letters.
    pub(crate) fn says(&self, span: Range<usize>) -> bool {
        let Some(text) = self.spelt else {
            return true;
        };
        let [.., spelt, words] = self.views;
        let back = [words, spelt].into_iter().flatten();
        let span = back.fold(span, |span, view| view.source(span));
        text.get(span).is_some_and(leet::is_leet)
    }
}

/// Makes the plainer forms of `text`: escapes read, without accents, with digits spelt out as
/// letters, with words written as words.
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
    let spelt = leet::spelt(plain);
    let other = spelt.as_ref().and_then(|_| leet::spelt_otherwise(plain));
    let other = other.filter(|it| spelt.as_ref().is_some_and(|spelt| spelt.text != it.text));
    for (nth, spelling) in [None, spelt.as_ref(), other.as_ref()]
        .into_iter()
        .enumerate()
    {
        if nth > 0 && spelling.is_none() {
            continue;
        }
        let before = spelling.map_or(plain, |it| it.text.as_ref());
        let words = words::plain(before);
        if spelling.is_none() && words.is_none() {
            continue;
        }
        each(&Form {
            layer: if spelling.is_some() {
                Layer::Leet
            } else {
                Layer::Words
            },
            text: words.as_ref().map_or(before, |it| it.text.as_ref()),
            views: [read.as_ref(), bare.as_ref(), spelling, words.as_ref()],
            spelt: spelling.map(|_| plain),
        });
    }
}

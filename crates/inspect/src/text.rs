//! Texts that were made from others, with the way back.

use std::borrow::Cow;
use std::ops::Range;

#[cfg(test)]
mod tests;

/// A text made from another one (its source): unescaped, decoded, folded.
#[derive(Clone, Debug)]
pub struct View<'t> {
    /// The text.
    pub text: Cow<'t, str>,
    /// By place, ascending. Empty: the text is its source.
    steps: Vec<Step>,
    /// How many bytes the source has.
    source: usize,
}

/// From here to the next step, a part of the text stands for a part of the source.
#[derive(Clone, Copy, Debug)]
struct Step {
    /// Where it begins in the text.
    at: u32,
    /// Where it begins in the source.
    source: u32,
    /// How many bytes of the source stand for the part as a whole; 0 where both have the same bytes.
    whole: u32,
}

impl<'t> View<'t> {
    /// The source itself.
    pub fn same(text: &'t str) -> Self {
        Self {
            source: text.len(),
            text: Cow::Borrowed(text),
            steps: Vec::new(),
        }
    }

    /// True when nothing was changed.
    pub fn is_same(&self) -> bool {
        self.steps.is_empty()
    }

    /// The same, with a text of its own.
    pub fn into_owned(self) -> View<'static> {
        View {
            text: Cow::Owned(self.text.into_owned()),
            steps: self.steps,
            source: self.source,
        }
    }

    /// The place in the source that stands for this place in the text, widened to whole escapes
    /// and characters.
    pub fn source(&self, span: Range<usize>) -> Range<usize> {
        let start = self.back(span.start, false);
        match span.end.checked_sub(1) {
            Some(last) if last >= span.start => start..self.back(last, true).max(start),
            _ => start..start,
        }
    }

    /// Where the byte at `at` of the text comes from: where that begins, or where it ends.
    fn back(&self, at: usize, end: bool) -> usize {
        let behind = self.steps.partition_point(|it| it.at as usize <= at);
        let step = behind.checked_sub(1).and_then(|it| self.steps.get(it));
        let (begin, source, whole) = step.map_or((0, 0, 0), |it| {
            (it.at as usize, it.source as usize, it.whole as usize)
        });
        match (whole, end) {
            (0, _) => (source + (at - begin) + usize::from(end)).min(self.source),
            (_, false) => source,
            (_, true) => source + whole,
        }
    }

    /// Where the text is not as its source, in order: what was put there, and places where something
    /// was left out.
    pub(crate) fn changes(&self) -> impl Iterator<Item = Range<usize>> {
        let next = self.steps.iter().skip(1).map(|it| it.at as usize);
        let ends = next.chain([self.text.len()]);
        self.steps.iter().zip(ends).map(|(step, end)| {
            let at = step.at as usize;
            at..if step.whole == 0 { at } else { end }
        })
    }

    /// The first place in the text that stands for `source`, or for what lies behind it.
    pub fn place(&self, source: usize) -> usize {
        let behind = self
            .steps
            .partition_point(|it| (it.source as usize) < source);
        let step = behind.checked_sub(1).and_then(|it| self.steps.get(it));
        let next = self.steps.get(behind);
        let next = next.map_or(self.text.len(), |it| it.at as usize);
        match step {
            None => source.min(next),
            Some(it) if it.whole == 0 => (it.at as usize + (source - it.source as usize)).min(next),
            Some(_) => next,
        }
    }
}

/// Makes a view from left to right.
#[derive(Debug)]
pub(crate) struct Builder<'t> {
    source: &'t str,
    text: String,
    steps: Vec<Step>,
    /// Up to here the source is done.
    done: usize,
}

impl<'t> Builder<'t> {
    pub(crate) fn new(source: &'t str) -> Self {
        Self {
            source,
            text: String::new(),
            steps: Vec::new(),
            done: 0,
        }
    }

    /// Up to `to` the text is as its source.
    pub(crate) fn keep(&mut self, to: usize) {
        let part = self.source.get(self.done..to).unwrap_or_default();
        if part.is_empty() {
            return;
        }
        if !self
            .steps
            .last()
            .is_none_or(|it| it.whole == 0 && self.is_straight(it))
        {
            self.step(0);
        }
        if !self.steps.is_empty() {
            self.text.push_str(part);
        }
        self.done = to;
    }

    /// True when what comes next goes on where the part that `last` begins is now.
    fn is_straight(&self, last: &Step) -> bool {
        self.done - last.source as usize == self.text.len() - last.at as usize
    }

    /// What lies before `to` in the source becomes `text`: nothing, or something else.
    pub(crate) fn put(&mut self, to: usize, text: &str) {
        if to <= self.done {
            return;
        }
        if self.steps.is_empty() {
            // So far all was kept; a view that begins with a change has its first step there.
            self.text.reserve(self.source.len());
            let kept = self.source.get(..self.done).unwrap_or_default();
            self.text.push_str(kept);
            if !kept.is_empty() {
                self.steps.push(Step {
                    at: 0,
                    source: 0,
                    whole: 0,
                });
            }
        }
        if text.is_empty() {
            self.drop(to);
            return;
        }
        self.step(to - self.done);
        self.text.push_str(text);
        self.done = to;
    }

    fn drop(&mut self, to: usize) {
        self.done = to;
        // What follows begins a part of its own, so that this one ends where it ends.
        self.step(0);
    }

    /// A new part begins here.
    fn step(&mut self, whole: usize) {
        let step = Step {
            at: u32::try_from(self.text.len()).unwrap_or(u32::MAX),
            source: u32::try_from(self.done).unwrap_or(u32::MAX),
            whole: u32::try_from(whole).unwrap_or(u32::MAX),
        };
        match self.steps.last_mut() {
            Some(last) if last.at == step.at => *last = step,
            _ => self.steps.push(step),
        }
    }

    /// The view. A text of 4 GiB and more is left as it is: places have 32 bits.
    pub(crate) fn done(mut self) -> View<'t> {
        self.keep(self.source.len());
        if self.steps.is_empty() || u32::try_from(self.source.len().max(self.text.len())).is_err() {
            return View::same(self.source);
        }
        View {
            text: Cow::Owned(self.text),
            steps: self.steps,
            source: self.source.len(),
        }
    }
}

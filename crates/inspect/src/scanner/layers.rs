//! A text and all its plainer forms, each looked at, what is found led back.

use std::ops::Range;

use super::Scanner;
use crate::detector::{LONGEST, Layer, Look};
use crate::finding::{Families, Family, Finding};
use crate::normal::{self, Form};

mod told;

/// Rules that read what a text says, and not its characters.
pub(crate) const SAYING: Families =
    Families::of(&[Family::Injection, Family::Content, Family::Output]);

/// How a text is looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scope {
    pub(crate) families: Families,
    /// The longest run that is decoded, in bytes.
    pub(crate) longest_run: usize,
}

impl Scanner {
    /// What stands in `text`, overlaps and all, in no order. Hits begin at `from` or later; what
    /// stands before it is context. No run of digits or of token bytes may lie over `from`.
    pub(crate) fn find(&self, text: &str, from: usize, scope: Scope) -> Vec<Finding> {
        let mut out = Vec::new();
        self.all_forms(text, from, scope, &mut out);
        out.retain(|it| text.get(it.span.clone()).is_some_and(|it| !it.is_empty()));
        out.retain(|it| {
            let family = self.rule(it.rule).map(|it| it.family);
            family.is_some_and(|it| scope.families.has(it))
        });
        out
    }

    fn all_forms(&self, text: &str, from: usize, scope: Scope, out: &mut Vec<Finding>) {
        let families = scope.families;
        self.pass(Layer::Raw, text, from, families, out);
        let folded = if text.is_ascii() {
            None
        } else {
            normal::folded(text)
        };
        let Some(view) = folded else {
            self.plain_forms(text, from, scope, out);
            return;
        };
        let known = out.len();
        let place = view.place(from);
        self.pass(Layer::Folded, &view.text, place, families, out);
        self.plain_forms(&view.text, place, scope, out);
        back(text, out, known, |it| view.source(it));
    }

    fn plain_forms(&self, text: &str, from: usize, scope: Scope, out: &mut Vec<Finding>) {
        self.sayings(text, from, scope.families, out);
        self.decoded_forms(text, from, scope, normal::DEPTH, out);
    }

    /// What the forms of a text say that make its words plain.
    fn sayings(&self, text: &str, from: usize, families: Families, out: &mut Vec<Finding>) {
        let families = families.and(SAYING);
        if families.is_empty() {
            return;
        }
        normal::forms(text, |form| {
            let mut found = self.said(form, text, form.place(from), families);
            back(text, &mut found, 0, |it| form.source(it));
            out.append(&mut found);
        });
    }

    /// What a form of `text` says, at places in the form. What stands there as it is in `text` was
    /// not hidden, and is no surer for an escape elsewhere, which a stream may not see.
    fn said(&self, form: &Form<'_>, text: &str, from: usize, families: Families) -> Vec<Finding> {
        let mut found = Vec::new();
        self.pass(form.layer, form.text, from, families, &mut found);
        found.retain(|it| form.says(it.span.clone()));
        let is_hidden = |it: &Finding| {
            let source = text.get(form.source(it.span.clone()));
            form.layer != Layer::Decoded || source != form.text.get(it.span.clone())
        };
        if !found.iter().all(is_hidden) {
            let mut plain = Vec::new();
            self.pass(Layer::Folded, form.text, from, families, &mut plain);
            plain.retain(|it| !is_hidden(it));
            found.retain(is_hidden);
            found.append(&mut plain);
        }
        found
    }

    /// `depth` is at most [`normal::DEPTH`].
    fn decoded_forms(
        &self,
        text: &str,
        from: usize,
        scope: Scope,
        depth: usize,
        out: &mut Vec<Finding>,
    ) {
        let mut each = |it: normal::Decoded| {
            let known = out.len();
            self.pass(Layer::Decoded, it.text(), 0, scope.families, out);
            self.hidden_forms(it.text(), scope, out);
            if depth > 1 {
                self.decoded_forms(it.text(), 0, scope, depth - 1, out);
            }
            back(text, out, known, |span| it.source(span));
        };
        normal::decoded(text, from, scope.longest_run, &mut each);
        normal::unescaped(text, from, scope.longest_run, &mut each);
    }

    /// What was decoded may be hidden once more.
    fn hidden_forms(&self, text: &str, scope: Scope, out: &mut Vec<Finding>) {
        let folded = if text.is_ascii() {
            None
        } else {
            normal::folded(text)
        };
        let Some(view) = folded else {
            return self.sayings(text, 0, scope.families, out);
        };
        let known = out.len();
        self.pass(Layer::Folded, &view.text, 0, scope.families, out);
        self.sayings(&view.text, 0, scope.families, out);
        back(text, out, known, |it| view.source(it));
    }

    fn pass(
        &self,
        layer: Layer,
        text: &str,
        from: usize,
        families: Families,
        out: &mut Vec<Finding>,
    ) {
        let look = Look { text, layer };
        super::engine::builtin().pass(&look, from, families, out);
        if !self.own.is_empty() {
            self.own.pass(&look, from, families, out);
        }
    }
}

/// Leads what was found since `known` back to `text`. What has more than [`LONGEST`] bytes there,
/// by what is hidden in it, ends after so many. It is open only where it reaches the end.
fn back(
    text: &str,
    out: &mut [Finding],
    known: usize,
    source: impl Fn(Range<usize>) -> Range<usize>,
) {
    for it in out.iter_mut().skip(known) {
        let was = it.span.len();
        let span = source(it.span.clone());
        let mut end = span.end;
        if was <= LONGEST && span.len() > LONGEST {
            end = span.start + LONGEST;
            while !text.is_char_boundary(end) {
                end -= 1;
            }
        }
        it.open &= end == text.len();
        it.span = span.start..end;
    }
}

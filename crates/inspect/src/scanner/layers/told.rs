//! In which form of a text its findings are made: for people who ask why.

use super::{Scope, back};
use crate::detector::Layer;
use crate::finding::{Families, Finding};
use crate::normal;
use crate::scanner::{Scanner, engine};

impl Scanner {
    /// What stands in `text`, overlaps and all, each with the form of the text in which it is read.
    /// What several forms say is there once for each.
    pub fn layers(&self, text: &str, families: Families) -> Vec<(Layer, Finding)> {
        let scope = Scope::whole(families);
        let mut all = Vec::new();
        let mut found = Vec::new();
        self.pass(Layer::Raw, text, 0, scope, &mut found);
        all.extend(found.into_iter().map(|it| (self.as_written(text, &it), it)));
        let folded = if text.is_ascii() {
            None
        } else {
            normal::folded(text)
        };
        let Some(view) = folded else {
            self.plainer(text, scope, |layer, found| {
                all.extend(found.into_iter().map(|it| (layer, it)));
            });
            return all;
        };
        let mut take = |layer: Layer, mut found: Vec<Finding>| {
            back(text, &mut found, 0, |it| view.source(it));
            all.extend(found.into_iter().map(|it| (layer, it)));
        };
        let mut found = Vec::new();
        self.pass(Layer::Folded, &view.text, 0, scope, &mut found);
        take(Layer::Folded, found);
        self.plainer(&view.text, scope, take);
        all
    }

    /// The forms that are made of a folded text.
    fn plainer(&self, text: &str, scope: Scope, mut take: impl FnMut(Layer, Vec<Finding>)) {
        let saying = scope.and(super::SAYING);
        normal::forms(text, |form| {
            let mut found = self.said(form, text, form.place(0), saying);
            back(text, &mut found, 0, |it| form.source(it));
            take(form.layer, found);
        });
        let mut found = Vec::new();
        self.decoded_forms(text, 0, scope, normal::DEPTH, &mut found);
        take(Layer::Decoded, found);
    }

    /// Phrases in ROT13 are found in the text as it is written.
    fn as_written(&self, text: &str, found: &Finding) -> Layer {
        let mut phrases = engine::builtin().phrases.iter();
        let turned = phrases.find(|it| it.rule == found.rule).is_some_and(|it| {
            let plain = it.pattern.at(text, found.span.start).end;
            plain != Some(found.span.end)
        });
        if turned { Layer::Decoded } else { Layer::Raw }
    }
}

//! A text that is tried, as a message would carry it, and the way back from there.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use dialect::json::{self as strict, Key, Kind, Visit};
use dialect::text::{Origin, Part, Texts, bounded, is_telling};
use inspect::detector::Layer;
use inspect::json::unquoted;
use inspect::text::View;
use inspect::{Families, Finding, RuleId, Scanner};
use terms::Fault;

use super::{Sample, Seen, Spot};

/// A text as a message would carry it.
pub(super) struct Document<'t> {
    text: &'t str,
    /// Of a document, its strings, keys and long numbers; of a plain text, one JSON string that says it.
    pub(super) texts: Arc<Texts>,
    /// From that string back to the text; none: the text is the document.
    view: Option<View<'static>>,
}

impl<'t> Document<'t> {
    /// Reads a sample of words of this origin.
    pub(super) fn read(sample: &Sample<'t>, origin: Origin) -> Result<Self, Fault> {
        let text = sample.text;
        let (body, parts, view) = match sample.json {
            true => {
                let mut strings = Strings {
                    document: text.as_bytes(),
                    origin,
                    parts: Vec::new(),
                };
                strict::follow(text.as_bytes(), (), &mut strings)?;
                bounded(strings.parts.len())?;
                let body = Bytes::copy_from_slice(text.as_bytes());
                (body, strings.parts, None)
            }
            false => {
                // A text can't fail to be written.
                let quoted = serde_json::to_string(text).unwrap_or_default();
                let part = part(1..quoted.len().saturating_sub(1), origin, false);
                let view = unquoted(inside(&quoted)).into_owned();
                (Bytes::from(quoted), vec![part], Some(view))
            }
        };
        let texts = Texts {
            body,
            parts,
            ..Texts::default()
        };
        Ok(Self {
            text,
            texts: Arc::new(texts),
            view,
        })
    }

    /// The text that a body says.
    pub(super) fn text_of(&self, body: &[u8]) -> String {
        let body = String::from_utf8_lossy(body);
        match self.view {
            Some(_) => unquoted(inside(&body)).text.into_owned(),
            None => body.into_owned(),
        }
    }

    /// Measures findings that come by their places.
    pub(super) fn ruler<'d>(&'d self, layers: &'d Layers) -> Ruler<'d> {
        Ruler {
            document: self,
            layers,
            at: 0,
            characters: 0,
        }
    }

    /// The place in the text that a place in the body stands for.
    fn place(&self, at: usize) -> usize {
        match &self.view {
            Some(view) => view.place(at.saturating_sub(1)),
            None => at,
        }
    }
}

/// Says where findings stand in the text.
pub(super) struct Ruler<'d> {
    document: &'d Document<'d>,
    layers: &'d Layers,
    at: usize,
    characters: usize,
}

impl Ruler<'_> {
    /// Where a finding stands, of which `span` is the place in the body. None may begin before the
    /// one that was asked for last.
    pub(super) fn spot(&mut self, finding: &Finding) -> Spot {
        let document = self.document;
        let bytes = document.place(finding.span.start)..document.place(finding.span.end);
        let count = |span: Range<usize>| {
            let part = document.text.get(span).unwrap_or_default();
            part.chars().count()
        };
        self.characters += count(self.at..bytes.start);
        self.at = bytes.start;
        Spot {
            rule: finding.rule,
            confidence: finding.confidence,
            layer: self.layers.layer(finding),
            characters: self.characters..self.characters + count(bytes.clone()),
            bytes,
        }
    }
}

/// In which form of its text each finding is read, by rule and place in the body.
pub(super) struct Layers(HashMap<(RuleId, usize, usize), Layer>);

impl Layers {
    pub(super) fn of(scanner: &Scanner, texts: &Texts, seen: &[Seen]) -> Self {
        let mut all: HashMap<_, Layer> = HashMap::new();
        let parts = texts.parts.iter().zip(seen);
        for (part, _) in parts.filter(|(_, seen)| !seen.all.is_empty()) {
            let view = unquoted(texts.raw(part));
            for (layer, found) in scanner.layers(&view.text, Families::ALL) {
                let place = view.source(found.span);
                let start = part.span.start;
                let key = (found.rule, start + place.start, start + place.end);
                let of = all.entry(key).or_insert(layer);
                *of = layer.min(*of);
            }
        }
        Self(all)
    }

    /// The plainest form that has it. What only JSON in the text has was decoded.
    fn layer(&self, finding: &Finding) -> Layer {
        let known = self.0.get(&super::key(finding));
        known.copied().unwrap_or(Layer::Decoded)
    }
}

fn inside(quoted: &str) -> &str {
    let inner = quoted.strip_prefix('"').unwrap_or(quoted);
    inner.strip_suffix('"').unwrap_or(inner)
}

fn part(span: Range<usize>, origin: Origin, key: bool) -> Part {
    Part {
        span,
        origin,
        message: 0,
        key,
        bare: false,
    }
}

/// Gathers the strings, keys and long numbers of a document.
struct Strings<'d> {
    document: &'d [u8],
    origin: Origin,
    parts: Vec<Part>,
}

impl Strings<'_> {
    fn add(&mut self, inside: Range<usize>, key: bool) {
        if !inside.is_empty() {
            self.parts.push(part(inside, self.origin, key));
        }
    }
}

impl Visit for Strings<'_> {
    type Place = ();

    fn member(&mut self, (): (), key: Key<'_>) {
        self.add(key.inside, true);
    }

    fn element(&mut self, (): (), _number: usize) {}

    fn string(&mut self, (): (), inside: Range<usize>) {
        self.add(inside, false);
    }

    fn scalar(&mut self, (): (), kind: Kind, span: Range<usize>) {
        let raw = self.document.get(span.clone()).unwrap_or_default();
        if kind == Kind::Number && is_telling(raw) {
            self.parts.push(Part {
                bare: true,
                ..part(span, self.origin, false)
            });
        }
    }
}

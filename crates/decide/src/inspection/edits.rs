//! What takes the place of values in a request's body: markers and reversible tokens.

use std::ops::Range;
use std::sync::Arc;

use dialect::Edit;
use dialect::text::{Part, Texts};
use inspect::stream::marker;

use super::actions::{self, Action};
use super::answer::Report;
use super::bare::Document;
use super::outside::Shown;
use super::{Findings, Inspection};
use crate::facts::Classified;
use crate::settings::inspection::PiiAction;

/// A value that was found, and what is done about it.
#[derive(Clone, Debug)]
pub(crate) struct Value {
    /// Where it stands in the body.
    pub span: Range<usize>,
    /// Its type.
    pub label: Arc<str>,
    /// Percent.
    pub confidence: u8,
    /// What is done.
    pub done: PiiAction,
    /// What takes its place, where it is tokenised.
    pub token: Option<Arc<str>>,
    /// It was to be tokenised, and can't be.
    pub degraded: bool,
}

/// Every value of a request: those that rules found, then those that classifiers did.
pub(crate) fn values(
    inspection: &Inspection,
    texts: &Texts,
    found: &Findings,
    classified: Option<&Classified>,
) -> Vec<Value> {
    let mut values: Vec<Value> = Vec::new();
    for (place, (_, _, finding)) in found.all.iter().enumerate() {
        let action = inspection.rules.actions.get(finding.rule);
        let (Some(Action::Pii(action)), Some(rule)) =
            (action, inspection.scanner().rule(finding.rule))
        else {
            continue;
        };
        let token = found.tokens.get(&place).cloned();
        let degraded = action == PiiAction::Tokenize && token.is_none();
        values.push(Value {
            span: finding.span.clone(),
            label: Arc::from(&*rule.label),
            confidence: finding.confidence,
            done: match degraded {
                true => inspection.settings.pii.degraded_action,
                false => action,
            },
            token,
            degraded,
        });
    }
    values.extend(self::classified(
        inspection,
        texts,
        classified,
        Shown::Requests,
    ));
    values
}

/// The values that classifiers found. They lie in the body's texts: what reaches beyond one is cut.
/// In answers nothing is tokenised: what a model says is not known to come from the caller.
pub(crate) fn classified<'v>(
    inspection: &'v Inspection,
    texts: &'v Texts,
    classified: Option<&'v Classified>,
    about: Shown,
) -> impl Iterator<Item = Value> + 'v {
    let entities = classified.into_iter().flat_map(|it| &it.entities);
    entities.flat_map(move |(span, label, confidence)| {
        let action = match (actions::pii(&inspection.settings, label, false), about) {
            (PiiAction::Tokenize, Shown::Answers) => PiiAction::Redact,
            (action, _) => action,
        };
        parts_of(texts, span).filter_map(move |part| {
            let within = span.start.max(part.span.start)..span.end.min(part.span.end);
            if action == PiiAction::Off || within.is_empty() {
                return None;
            }
            let token = (action == PiiAction::Tokenize)
                .then(|| inspection.token_of(label, text(texts, &within)))
                .flatten();
            let degraded = action == PiiAction::Tokenize && token.is_none();
            Some(Value {
                span: within,
                label: Arc::clone(label),
                confidence: *confidence,
                done: match degraded {
                    true => inspection.settings.pii.degraded_action,
                    false => action,
                },
                token,
                degraded,
            })
        })
    })
}

fn text<'t>(texts: &'t Texts, span: &Range<usize>) -> &'t str {
    let bytes = texts.body.get(span.clone()).unwrap_or_default();
    std::str::from_utf8(bytes).unwrap_or_default()
}

/// The parts that a place of the body touches.
fn parts_of<'t>(texts: &'t Texts, span: &Range<usize>) -> impl Iterator<Item = &'t Part> {
    let first = texts.parts.partition_point(|it| it.span.end <= span.start);
    let end = span.end;
    let rest = texts.parts.get(first..).unwrap_or_default().iter();
    rest.take_while(move |it| it.span.start < end)
}

/// The tokens that take the place of what classifiers found.
pub(crate) fn tokens_of(
    inspection: &Inspection,
    texts: &Texts,
    classified: Option<&Classified>,
) -> Vec<Arc<str>> {
    let values = self::classified(inspection, texts, classified, Shown::Requests);
    values.filter_map(|it| it.token).collect()
}

impl Inspection {
    /// What events say of what classifiers found. Values that rules found there as well (`found`)
    /// are not counted again.
    pub fn classified(
        &self,
        texts: &Texts,
        found: &Findings,
        classified: &Classified,
        about: Shown,
    ) -> Report {
        let mut report = Report {
            detections: classified.detections.clone(),
            ..Report::default()
        };
        let is_value = |id| matches!(self.rules.actions.get(id), Some(Action::Pii(_)));
        let own = found.all.iter().filter(|(_, _, it)| is_value(it.rule));
        // By place: parts are, and values of one part are disjoint.
        let own: Vec<&Range<usize>> = own.map(|(_, _, it)| &it.span).collect();
        for value in self::classified(self, texts, Some(classified), about) {
            let first = own.partition_point(|it| it.end <= value.span.start);
            // Rules look at an answer after this: what is taken out of it they don't find.
            let stays = about == Shown::Requests || value.done == PiiAction::Log;
            if stays && own.get(first).is_some_and(|it| it.start < value.span.end) {
                continue;
            }
            report.pii = true;
            report.add(&value.label, value.confidence, value.done, value.degraded);
        }
        report
    }
}

/// What is replaced in the body: ascending and disjoint. Nothing of a value stays where values
/// overlap: they are replaced as one.
pub(crate) fn edits(inspection: &Inspection, texts: &Texts, values: Vec<Value>) -> Vec<Edit> {
    let replaced = |it: &Value| matches!(it.done, PiiAction::Redact | PiiAction::Tokenize);
    let values = values.into_iter().filter(replaced);
    let mut values: Vec<Value> = values.map(|it| whole(texts, it)).collect();
    values.sort_by_key(|it| (it.span.start, std::cmp::Reverse(it.span.end)));
    let mut apart: Vec<Value> = Vec::with_capacity(values.len());
    for value in values {
        match apart.last_mut() {
            Some(last) if value.span.start < last.span.end => unite(last, value),
            _ => apart.push(value),
        }
    }
    let mut quoting = Quoting::new(texts);
    let edit = |value: Value| {
        let token = match (value.done, value.token) {
            (PiiAction::Tokenize, None) => {
                inspection.token_of(&value.label, text(texts, &value.span))
            }
            (_, token) => token,
        };
        let mark = token.map_or_else(|| marker(&value.label), |it| it.to_string());
        let mark = match quoting.quote(&value.span) {
            Some(quote) => format!("{quote}{mark}{quote}"),
            None => mark,
        };
        Edit::replace(value.span, mark.into_bytes())
    };
    apart.into_iter().map(edit).collect()
}

/// Of a number all is replaced: what is left of it beside a text would be no JSON.
fn whole(texts: &Texts, mut value: Value) -> Value {
    let number = parts_of(texts, &value.span).next().filter(|it| it.bare);
    if let Some(number) = number.filter(|it| it.span != value.span) {
        value.span = number.span.clone();
        value.token = None;
    }
    value
}

/// Makes one of two that overlap: it is called after the surer one, or else after the longer. The
/// token of one says nothing of both.
fn unite(last: &mut Value, value: Value) {
    let inside = value.span.end <= last.span.end;
    let surer = (value.confidence, value.span.len()) > (last.confidence, last.span.len());
    if !inside || value.done > last.done {
        last.token = None;
    }
    last.done = last.done.max(value.done);
    if surer && last.token.is_none() {
        last.label = value.label;
        last.confidence = value.confidence;
    }
    last.span.end = last.span.end.max(value.span.end);
}

/// Tells which values stand without quotes: numbers, in the body or in a text that is JSON itself.
/// What takes their place is a text.
struct Quoting<'t> {
    texts: &'t Texts,
    /// The part that is followed, by its start, and how far it is.
    at: Option<(usize, usize)>,
    document: Document,
}

impl<'t> Quoting<'t> {
    fn new(texts: &'t Texts) -> Self {
        Self {
            texts,
            at: None,
            document: Document::new(1),
        }
    }

    /// The quote around what takes the place of this value; none: it needs none. Values come by
    /// place.
    fn quote(&mut self, span: &Range<usize>) -> Option<String> {
        let part = parts_of(self.texts, span).next()?;
        if part.bare {
            return Some("\"".to_owned());
        }
        let start = part.span.start;
        let from = match self.at {
            Some((of, at)) if of == start => at,
            _ => {
                self.document = Document::new(1);
                start
            }
        };
        self.document.take(text(self.texts, &(from..span.start)));
        self.at = Some((start, span.start));
        let quote = self.document.quote()?;
        let behind = self.texts.body.get(span.end..part.span.end)?;
        let space = |byte: &&u8| !matches!(byte, b' ' | b'\\' | b'n' | b'r' | b't');
        let next = behind.iter().find(space)?;
        matches!(next, b',' | b']' | b'}').then_some(quote)
    }
}

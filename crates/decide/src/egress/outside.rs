//! What classifiers outside are asked about an answer, and what their answers change in it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use dialect::Edit;
use dialect::text::{Part, Texts};
use inspect::json;
use terms::{Code, Fault};

use super::Channel;
use super::lanes::refused;
use crate::facts::Classified;
use crate::inspection::outside::Shown;
use crate::inspection::{AnswerPlan, Findings, Inspection, Report, edits};
use crate::settings::inspection::{GuardAction, PiiAction};
use crate::steps::guardrail::{refusal, unheard};

/// Texts of an answer that are whole now, and that somebody outside is to be asked about.
#[derive(Debug)]
pub struct Asked {
    inspection: Arc<Inspection>,
    /// A part each: as JSON writes it, with lines between them.
    texts: Texts,
    channels: Vec<Channel>,
}

impl Asked {
    pub(super) fn new(
        plan: &AnswerPlan,
        inspection: &Arc<Inspection>,
        raws: BTreeMap<Channel, String>,
    ) -> Self {
        let mut body = String::new();
        let mut parts = Vec::with_capacity(raws.len());
        let mut channels = Vec::with_capacity(raws.len());
        for (channel, raw) in raws {
            let start = body.len();
            body.push_str(&raw);
            parts.push(Part {
                span: start..body.len(),
                origin: plan.origin,
                message: 0,
                key: false,
                bare: false,
            });
            channels.push(channel);
            body.push('\n');
        }
        Self {
            inspection: Arc::clone(inspection),
            texts: Texts {
                body: body.into(),
                parts,
                ..Texts::default()
            },
            channels,
        }
    }

    /// Who is asked, and what follows.
    pub fn inspection(&self) -> &Inspection {
        &self.inspection
    }

    /// What about.
    pub fn texts(&self) -> &Texts {
        &self.texts
    }
}

/// What was said of the texts of an answer.
#[derive(Debug, Default)]
pub(super) struct Heard {
    /// Of each text that was asked about: what takes its place, where something does.
    texts: BTreeMap<Channel, Option<String>>,
    /// Why the answer ends.
    pub(super) halt: Option<Fault>,
    pub(super) report: Report,
}

impl Heard {
    /// Takes what was said.
    pub(super) fn take(&mut self, plan: &AnswerPlan, asked: &Asked, said: &Classified) {
        let Asked {
            inspection,
            texts,
            channels,
        } = asked;
        let said = &relevant(plan, inspection, said);
        let about = Shown::Answers;
        let values = edits::classified(inspection, texts, Some(said), about);
        let values: Vec<_> = values.collect();
        // What stays in a text, rules will find there as well.
        let found = match values.iter().any(|it| it.done == PiiAction::Log) {
            true => inspection.find(texts),
            false => Findings::default(),
        };
        let report = inspection.classified(texts, &found, said, about);
        self.report.join(report);
        let blocked = values.iter().filter(|it| it.done == PiiAction::Block);
        let labels: BTreeSet<&str> = blocked.map(|it| &*it.label).collect();
        let detections = said.detections.iter();
        let blocking = detections.filter(|it| it.action == GuardAction::Block);
        let halt = unheard(said, "The answer could not be checked, so it ends here.")
            .or_else(|| (!labels.is_empty()).then(|| refused(labels)))
            .or_else(|| refusal("The answer was stopped by a guardrail", blocking));
        self.halt = self.halt.take().or(halt);
        let edits = edits::edits(inspection, texts, values);
        let mut edits = edits.as_slice();
        for (part, channel) in texts.parts.iter().zip(channels) {
            let here = edits.partition_point(|it| it.range.start < part.span.end);
            let (own, rest) = edits.split_at(here);
            edits = rest;
            let changed = (!own.is_empty()).then(|| changed(texts, part, own));
            self.texts.insert(*channel, changed);
        }
    }

    /// What takes the place of a text that is whole; none: it stays. Once.
    ///
    /// # Errors
    /// Nobody was asked about it.
    pub(super) fn of(&mut self, channel: Channel) -> Result<Option<String>, Fault> {
        self.texts.remove(&channel).ok_or_else(|| {
            let message = "The answer could not be checked, so it ends here.";
            Fault::new(Code::InternalError, message).detail("nobody was asked about a text")
        })
    }
}

/// What is not looked for in answers is not heard either. What a tool brought nobody vouches for.
fn relevant(plan: &AnswerPlan, inspection: &Inspection, said: &Classified) -> Classified {
    let mut said = said.clone();
    if !inspection.settings.pii.scan_responses {
        said.entities.clear();
    }
    if !inspection.settings.guardrail.scan_responses {
        said.detections.clear();
    }
    for detection in &mut said.detections {
        detection.untrusted = plan.is_brought();
    }
    said
}

/// A text after these edits of the body that it stands in.
fn changed(texts: &Texts, part: &Part, edits: &[Edit]) -> String {
    let start = part.span.start;
    let inside = |it: &Range<usize>| it.start.saturating_sub(start)..it.end.saturating_sub(start);
    let edits: Vec<Edit> = edits
        .iter()
        .map(|it| Edit {
            range: inside(&it.range),
            ..it.clone()
        })
        .collect();
    let raw = Bytes::copy_from_slice(texts.raw(part).as_bytes());
    // The edits are disjoint, and lie in the text: nothing of it leaves should that not be so.
    let raw = dialect::splice(&raw, &edits).unwrap_or_default();
    json::unquoted(&String::from_utf8_lossy(&raw))
        .text
        .into_owned()
}

//! All texts of an answer on their way, and the pieces that carry them.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use dialect::Edit;
use dialect::text::named;
use inspect::json;
use inspect::stream::Seen;
use inspect::{Family, RuleId};
use terms::{Code, Fault};

use super::lane::{Halt, Lane, json_inside};
use super::outside::{Asked, Heard};
use super::{Channel, Piece, Said};
use crate::facts::Classified;
use crate::inspection::answer::Grounded;
use crate::inspection::{AnswerPlan, Report};

/// What becomes of a piece.
#[derive(Debug, Default)]
pub(super) struct Passed {
    /// What leaves before it.
    pub before: Vec<u8>,
    /// What leaves in its place; none: the piece as it came. Where the answer is stopped: none.
    pub piece: Option<Bytes>,
    /// The answer ends behind what leaves.
    pub stop: Option<Fault>,
}

/// All texts of an answer.
#[derive(Debug)]
pub(super) struct Lanes {
    plan: Arc<AnswerPlan>,
    open: BTreeMap<Channel, Lane>,
    /// Of those that are whole.
    seen: Seen,
    unresolved: u32,
    grounded: Option<Grounded>,
    heard: Heard,
}

impl Lanes {
    pub(super) fn new(plan: Arc<AnswerPlan>) -> Self {
        Self {
            plan,
            open: BTreeMap::new(),
            seen: Seen::new(),
            unresolved: 0,
            grounded: None,
            heard: Heard::default(),
        }
    }

    /// The texts that are whole with this piece, where somebody outside is to be asked about them.
    pub(super) fn asks(&self, piece: &Piece) -> Option<Asked> {
        let inspection = self.plan.asks.as_ref()?;
        let mut raws: BTreeMap<Channel, String> = piece
            .closes
            .iter()
            .map(|it| (*it, self.open.get(it).map(Lane::raw).unwrap_or_default()))
            .collect();
        for said in &piece.texts {
            if let Some(raw) = raws.get_mut(&said.channel) {
                raw.push_str(inside(&piece.bytes, &said.span).unwrap_or_default());
            }
        }
        (!raws.is_empty()).then(|| Asked::new(&self.plan, inspection, raws))
    }

    /// What was said of them.
    pub(super) fn told(&mut self, asked: &Asked, said: &Classified) {
        self.heard.take(&self.plan, asked, said);
    }

    /// Takes a piece.
    pub(super) fn pass(&mut self, piece: &Piece) -> Passed {
        let mut passed = Passed::default();
        if piece.texts.is_empty() && piece.closes.is_empty() {
            return passed;
        }
        if let Some(fault) = self.heard.halt.take() {
            passed.stop = Some(fault);
            return passed;
        }
        let mut edits = Vec::new();
        if let Err(fault) = self.texts(piece, &mut edits) {
            passed.piece = dialect::splice(&piece.bytes, &edits).ok();
            passed.stop = Some(fault);
            return passed;
        }
        if let Err(fault) = self.closed(piece, &mut passed.before) {
            passed.stop = Some(fault);
            return passed;
        }
        if !edits.is_empty() {
            match dialect::splice(&piece.bytes, &edits) {
                Ok(bytes) => passed.piece = Some(bytes),
                Err(fault) => passed.stop = Some(fault),
            }
        }
        passed
    }

    /// The texts that stand in a piece. Where one is stopped, those behind it are left out.
    fn texts(&mut self, piece: &Piece, edits: &mut Vec<Edit>) -> Result<(), Fault> {
        let last = last_places(piece);
        for (place, said) in piece.texts.iter().enumerate() {
            let behind = piece.texts.get(place + 1..).unwrap_or_default();
            let closes = last.get(&said.channel) == Some(&Some(place));
            let mut out = String::new();
            let taken = self.text(&piece.bytes, said, closes, &mut out);
            if !matches!(taken, Ok(true)) {
                let text = match said.bare {
                    true => [b"\"", &escaped(&out)[..], b"\""].concat(),
                    false => escaped(&out),
                };
                edits.push(Edit::replace(said.span.clone(), text));
            }
            if let Err(halt) = taken {
                let rest = behind.iter().map(|it| Edit::remove(it.span.clone()));
                edits.extend(rest);
                return Err(self.fault(halt));
            }
        }
        Ok(())
    }

    fn text(
        &mut self,
        bytes: &Bytes,
        said: &Said,
        closes: bool,
        out: &mut String,
    ) -> Result<bool, Halt> {
        let raw = inside(bytes, &said.span).ok_or_else(|| Halt::Fault(misplaced()))?;
        let plan = &self.plan;
        let begins = !self.open.contains_key(&said.channel);
        if begins && closes && Lane::is_clean(plan, said.channel.is_content(), raw) {
            return self.named(bytes, said, out);
        }
        let lane = self.open.entry(said.channel);
        let lane =
            lane.or_insert_with(|| Lane::new(plan, said.channel.is_content(), begins && closes));
        let mut same = lane.push(raw, out)?;
        if closes {
            let before = out.len();
            if plan.asks()
                && let Some(text) = self.heard.of(said.channel).map_err(Halt::Fault)?
            {
                lane.replace(text);
            }
            lane.finish(out)?;
            same &= out.len() == before;
            self.close(said.channel);
            // A text that stands here as a whole keeps its spelling, whatever was held meanwhile.
            same |= begins && *out == json::unquoted(raw).text;
        }
        Ok(same)
    }

    /// A value that is here as a whole, and clean by itself: it is looked at with the name of its
    /// member before it, which may say what it is.
    fn named(&mut self, bytes: &Bytes, said: &Said, out: &mut String) -> Result<bool, Halt> {
        let texts = named(bytes, &said.span, said.bare).and_then(|it| {
            let name = inside(bytes, &(it.start..said.span.start))?;
            Some((name, inside(bytes, &it)?))
        });
        let is_clean = |raw: &str| Lane::is_clean(&self.plan, said.channel.is_content(), raw);
        let Some((name, named)) = texts.filter(|(name, named)| !is_clean(named) && is_clean(name))
        else {
            return Ok(true);
        };
        let mut lane = Lane::new(&self.plan, said.channel.is_content(), true);
        let mut all = String::new();
        let taken = lane.push(named, &mut all);
        let taken = taken.and_then(|_| lane.finish(&mut all));
        add(&mut self.seen, lane.seen());
        self.unresolved = self.unresolved.saturating_add(lane.unresolved());
        let value = all.strip_prefix(name).unwrap_or_default();
        let quote = if said.bare { "" } else { "\"" };
        out.push_str(value.strip_suffix(quote).unwrap_or(value));
        taken.map(|()| false)
    }

    /// The texts that end with a piece and don't stand in it.
    fn closed(&mut self, piece: &Piece, before: &mut Vec<u8>) -> Result<(), Fault> {
        for channel in &piece.closes {
            let Some(lane) = self.open.get_mut(channel) else {
                continue;
            };
            if self.plan.asks()
                && let Some(text) = self.heard.of(*channel)?
            {
                lane.replace(text);
            }
            let mut out = String::new();
            let finished = lane.finish(&mut out);
            if !out.is_empty() {
                let carrier = piece.carriers.iter().find(|it| it.channel == *channel);
                let carrier = carrier.ok_or_else(misplaced)?;
                before.extend_from_slice(&carrier.before);
                before.extend_from_slice(&escaped(&out));
                before.extend_from_slice(&carrier.after);
            }
            finished.map_err(|halt| self.fault(halt))?;
            self.close(*channel);
        }
        Ok(())
    }

    /// A text is whole: what is known of it is kept, and nothing else.
    fn close(&mut self, channel: Channel) {
        let Some(lane) = self.open.remove(&channel) else {
            return;
        };
        add(&mut self.seen, lane.seen());
        self.unresolved = self.unresolved.saturating_add(lane.unresolved());
        self.grounded = worst(self.grounded.take(), lane.grounded);
    }

    /// What was found so far.
    pub(super) fn report(&self) -> Report {
        let mut seen = self.seen.clone();
        let mut unresolved = self.unresolved;
        let mut grounded = self.grounded.clone();
        for lane in self.open.values() {
            add(&mut seen, lane.seen());
            unresolved = unresolved.saturating_add(lane.unresolved());
            grounded = worst(grounded, lane.grounded.clone());
        }
        let mut report = Report {
            unresolved,
            grounding: grounded,
            ..self.plan.report(&seen)
        };
        report.join(self.heard.report.clone());
        report
    }

    /// What the caller hears of a text that ends: types and rules, never what was in it.
    fn fault(&self, halt: Halt) -> Fault {
        let rule = match halt {
            Halt::Fault(fault) => return fault,
            Halt::Rule(id) => self.rule(id),
        };
        match rule {
            Some((Family::Pii | Family::Secret, label, _)) => refused([&*label]),
            Some((_, id, category)) => Fault::new(
                Code::GuardrailBlocked,
                format!("The answer was stopped by a guardrail: {category} ({id})."),
            ),
            None => Fault::new(
                Code::GuardrailBlocked,
                "The answer was stopped by a guardrail.",
            ),
        }
    }

    fn rule(&self, id: RuleId) -> Option<(Family, String, &'static str)> {
        let rule = self.plan.scanner.rule(id)?;
        let category = rule.category.map_or("", inspect::Category::as_str);
        let name = match rule.family {
            Family::Pii | Family::Secret => rule.label.to_string(),
            Family::Injection | Family::Content | Family::Output => rule.id.to_string(),
        };
        Some((rule.family, name, category))
    }
}

fn add(all: &mut Seen, more: &Seen) {
    for (rule, (count, sure)) in more {
        let of = all.entry(*rule).or_default();
        *of = (of.0.saturating_add(*count), of.1.max(*sure));
    }
}

/// Of several choices the least supported says what the answer is worth.
fn worst(one: Option<Grounded>, other: Option<Grounded>) -> Option<Grounded> {
    match (one, other) {
        (Some(one), Some(other)) if other.score < one.score => Some(other),
        (one, other) => one.or(other),
    }
}

fn inside<'b>(bytes: &'b Bytes, span: &Range<usize>) -> Option<&'b str> {
    std::str::from_utf8(bytes.get(span.clone())?).ok()
}

fn escaped(text: &str) -> Vec<u8> {
    json_inside(text).into_bytes()
}

/// What the caller hears of an answer with values of these types.
pub(super) fn refused<'l>(labels: impl IntoIterator<Item = &'l str>) -> Fault {
    let labels = labels.into_iter().collect::<Vec<_>>().join(", ");
    let message = format!("The answer holds what must not be sent on: {labels}.");
    Fault::new(Code::PiiDetected, message)
}

fn misplaced() -> Fault {
    let message = "The answer could not be checked, so it ends here.";
    Fault::new(Code::InternalError, message).detail("a text of an answer has no place in its piece")
}

/// Of the texts that close with a piece: where each stands in it for the last time. A document may
/// have a million texts, each of which closes with it.
fn last_places(piece: &Piece) -> HashMap<Channel, Option<usize>> {
    let mut last: HashMap<Channel, Option<usize>> =
        piece.closes.iter().map(|it| (*it, None)).collect();
    if last.is_empty() {
        return last;
    }
    for (place, said) in piece.texts.iter().enumerate() {
        if let Some(last) = last.get_mut(&said.channel) {
            *last = Some(place);
        }
    }
    last
}

//! A text is tried: what would be found in it, what would be done, and why the rest is let be.
//!
//! Requests go through the steps of the pipeline, answers through the egress machine: what is
//! shown is what would happen.

pub(crate) mod course;
mod sample;

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use dialect::text::{Origin, Part, Texts};
pub use inspect::detector::Layer;
pub use inspect::grounding::Lack;
use inspect::injection::learned::is_learned;
use inspect::injection::{Risk, Trust, risk};
use inspect::{Families, Family, Finding, Rule, RuleId};
use terms::Fault;

use super::Inspection;
use super::actions::Action;
use super::answer::Grounded;
use crate::settings::inspection::{GuardAction, PiiAction};
use course::Course;
use sample::{Document, Layers, Ruler};

/// The most findings that are shown, and the most that are shown as dropped.
pub const MOST: usize = 1_000;

/// Where a text would stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a request, as words of this origin.
    Request(Origin),
    /// In an answer: a model's ([`Origin::Assistant`]) or a tool's ([`Origin::Tool`]).
    Answer(Origin),
}

impl Place {
    fn origin(self) -> Origin {
        match self {
            Place::Request(origin) | Place::Answer(origin) => origin,
        }
    }
}

/// What is tried.
#[derive(Clone, Copy, Debug)]
pub struct Sample<'t> {
    /// The text.
    pub text: &'t str,
    /// It is a JSON document: its strings, keys and long numbers are looked at, and nothing else.
    pub json: bool,
    /// Where it would stand.
    pub place: Place,
    /// What a model's answer is checked against.
    pub sources: &'t [String],
}

/// What becomes of a text.
#[derive(Clone, Debug, Default)]
pub struct Tried {
    /// What is found: by place, at most [`MOST`].
    pub found: Vec<Found>,
    /// How many there are.
    pub found_in_all: usize,
    /// What rules see and is let be: by place, at most [`MOST`].
    pub dropped: Vec<Dropped>,
    /// How many there are.
    pub dropped_in_all: usize,
    /// How likely it is an attack. Of several texts in a document: the likeliest's.
    pub risk: Risk,
    /// What policies would know of it.
    pub classes: Vec<Arc<str>>,
    /// The text as it would be sent on. Of an answer that is stopped: what leaves before that.
    /// None: nothing is.
    pub result: Option<String>,
    /// What the caller hears where it is refused or stopped.
    pub refused: Option<Fault>,
    /// What an answer is worth by its sources; none: it isn't checked.
    pub grounding: Option<Grounded>,
    /// What it claims, by place; of a document nothing is told.
    pub claims: Vec<Claimed>,
}

/// What an answer claims.
#[derive(Clone, Debug, PartialEq)]
pub struct Claimed {
    /// In characters of the text.
    pub characters: Range<usize>,
    /// The share of its words that its best place in the sources has: percent.
    pub coverage: u8,
    /// Why no source supports it; none: one does.
    pub lack: Option<Lack>,
}

/// Where a rule holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// Which.
    pub rule: RuleId,
    /// Percent.
    pub confidence: u8,
    /// The form of the text in which it is read: JSON in a string counts as decoded.
    pub layer: Layer,
    /// In bytes of the text.
    pub bytes: Range<usize>,
    /// In characters of the text.
    pub characters: Range<usize>,
}

/// What is found, and what is done about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// What and where.
    pub spot: Spot,
    /// What is done.
    pub action: Done,
    /// What takes its place.
    pub replacement: Option<String>,
    /// Nobody vouches for the text.
    pub untrusted: bool,
}

/// What is done about a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// About personal data or a secret.
    Value(PiiAction),
    /// About what a guardrail finds.
    Guard(GuardAction),
}

impl Done {
    /// As settings name it: `REDACT`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Done::Value(action) => action.as_str(),
            Done::Guard(action) => action.as_str(),
        }
    }
}

/// The families of rules, as [`family_name`] names them.
pub const FAMILIES: [&str; 5] = ["PII", "SECRET", "INJECTION", "CONTENT", "OUTPUT"];

/// The family of a rule, for people: one of [`FAMILIES`].
pub const fn family_name(rule: &Rule) -> &'static str {
    match rule.family {
        Family::Pii => "PII",
        Family::Secret => "SECRET",
        Family::Injection => "INJECTION",
        Family::Content => "CONTENT",
        Family::Output => "OUTPUT",
    }
}

/// What is let be.
#[derive(Clone, Debug, PartialEq)]
pub struct Dropped {
    /// What and where.
    pub spot: Spot,
    /// Why.
    pub why: Why,
}

/// Why a finding is let be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Its type or category is `OFF`, or all of its part of inspection is.
    Off,
    /// Its family is not looked for in texts of this source.
    NotLookedFor,
    /// It stands in a reversible token of the tenant.
    InToken,
    /// It is less sure than this: percent.
    MinConfidence(u8),
    /// Its score, and that of all signs together, is lower than this: percent.
    Threshold(u8),
    /// It means something only in what tools and documents say.
    OnlyUntrusted,
}

impl Inspection {
    /// What becomes of a text. Nothing of it is kept, and nobody outside is asked.
    ///
    /// # Errors
    /// `invalid_json` where it is to be JSON and isn't; `input_too_large` where it has too many
    /// strings.
    pub fn tried(self: &Arc<Self>, sample: Sample<'_>) -> Result<Tried, Fault> {
        let origin = sample.place.origin();
        let document = Document::read(&sample, origin)?;
        let texts = Arc::clone(&document.texts);
        let parts = texts.parts.iter();
        let seen: Vec<_> = parts
            .map(|part| self.seen_in(&texts, part, sample.place))
            .collect();
        let course = match sample.place {
            Place::Request(_) => self.requested(&texts, origin),
            Place::Answer(_) => self.answered(&texts, &seen, &sample, origin),
        };
        let Course {
            found,
            classes,
            sent,
            refused,
            families,
            grounding,
            claims,
        } = course;
        let known: HashSet<_> = found.iter().map(|(it, ..)| key(it)).collect();
        let mut tried = Tried {
            found_in_all: found.len(),
            classes,
            result: sent.map(|it| document.text_of(&it)),
            refused,
            grounding,
            claims,
            ..Tried::default()
        };
        let layers = Layers::of(self.scanner(), &texts, &seen);
        let mut ruler = document.ruler(&layers);
        let shown = found.into_iter().take(MOST);
        let shown = shown.map(|(finding, action, replacement)| Found {
            spot: ruler.spot(&finding),
            action,
            replacement,
            untrusted: origin == Origin::Tool,
        });
        tried.found = shown.collect();
        let mut ruler = document.ruler(&layers);
        for seen in seen {
            self.weigh(&seen, origin, families, &mut tried.risk);
            let rest = seen.all.iter().filter(|it| !known.contains(&key(it)));
            for finding in rest {
                tried.dropped_in_all += 1;
                if tried.dropped.len() < MOST {
                    let dropped = self.dropped(finding, &seen, (origin, families), &mut ruler);
                    tried.dropped.extend(dropped);
                }
            }
        }
        Ok(tried)
    }

    /// All that rules see in a part.
    fn seen_in(&self, texts: &Texts, part: &Part, place: Place) -> Seen {
        let raw = texts.raw(part);
        let start = part.span.start;
        let tokens = self.tokens.as_ref().map(|it| it.within(raw));
        let tokens = tokens.into_iter().flatten();
        let mut all = self.scanner().scan_quoted(raw, Families::ALL);
        // Sentences of a model are not judged.
        if matches!(place, Place::Answer(origin) if origin != Origin::Tool) {
            let is_judged = |it: &Finding| self.scanner().rule(it.rule).is_some_and(is_learned);
            all.retain(|it| !is_judged(it));
        }
        Seen {
            all: all
                .into_iter()
                .map(|it| Finding {
                    span: start + it.span.start..start + it.span.end,
                    ..it
                })
                .collect(),
            tokens: tokens
                .map(|(at, token)| start + at..start + at + token.len())
                .collect(),
        }
    }

    /// The risk of one text, if it is higher.
    fn weigh(&self, seen: &Seen, origin: Origin, families: Families, highest: &mut Risk) {
        let looked_for = |it: &&Finding| {
            let rule = self.scanner().rule(it.rule);
            rule.is_some_and(|it| families.has(it.family))
        };
        let looked_for: Vec<Finding> = seen.all.iter().filter(looked_for).cloned().collect();
        if looked_for.is_empty() {
            return;
        }
        let trust = match origin {
            Origin::Tool => Trust::Untrusted,
            _ => Trust::Caller,
        };
        let risk = risk(self.scanner(), &looked_for, trust);
        if risk.score > highest.score {
            *highest = risk;
        }
    }

    fn dropped(
        &self,
        finding: &Finding,
        seen: &Seen,
        (origin, families): (Origin, Families),
        ruler: &mut Ruler<'_>,
    ) -> Option<Dropped> {
        let rule = self.scanner().rule(finding.rule)?;
        let guardrail = &self.settings.guardrail;
        let why = match self.rules.actions.get(finding.rule)? {
            Action::Pii(PiiAction::Off) => Why::Off,
            guard @ Action::Guard { .. } if guard.guard_in(origin) == GuardAction::Off => Why::Off,
            _ if !families.has(rule.family) => Why::NotLookedFor,
            _ if seen.is_in_token(finding) => Why::InToken,
            Action::Guard { .. } if is_idle(rule, origin) => Why::OnlyUntrusted,
            Action::Guard { .. } => Why::Threshold(guardrail.risk_score_threshold),
            Action::Pii(_) => Why::MinConfidence(self.settings.pii.min_confidence),
        };
        Some(Dropped {
            spot: ruler.spot(finding),
            why,
        })
    }
}

/// What rules see in a part, with places in the body.
struct Seen {
    all: Vec<Finding>,
    /// The tenant's reversible tokens, by place.
    tokens: Vec<Range<usize>>,
}

impl Seen {
    fn is_in_token(&self, finding: &Finding) -> bool {
        let before = |token: &Range<usize>| token.end <= finding.span.start;
        let first = self.tokens.partition_point(before);
        let token = self.tokens.get(first);
        token.is_some_and(|it| it.start < finding.span.end)
    }
}

/// A rule for what tools and documents say, in what others say.
fn is_idle(rule: &Rule, origin: Origin) -> bool {
    rule.family == Family::Injection && rule.id.starts_with("ind-") && origin != Origin::Tool
}

fn key(finding: &Finding) -> (RuleId, usize, usize) {
    (finding.rule, finding.span.start, finding.span.end)
}

#[cfg(test)]
mod tests;

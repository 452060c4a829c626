//! What the steps of the pipeline, or the egress machine, make of a text that is tried.

use std::collections::BTreeSet;
use std::sync::Arc;

use bytes::Bytes;
use dialect::text::{Origin, Texts};
use inspect::grounding::Claim;
use inspect::stream::marker;
use inspect::{Act, Families, Finding, Rule};
use terms::Fault;

use super::{Claimed, Done, Sample, Seen};
use crate::case::{Asked, Case, Kind, Plane};
use crate::egress::{Channel, Egress, Emit, Piece, Plan, Said};
use crate::facts::Facts;
use crate::inspection::actions::Action;
use crate::inspection::answer::Grounded;
use crate::inspection::{AnswerPlan, Findings, Inspection};
use crate::settings::IpAccess;
use crate::settings::inspection::PiiAction;
use crate::snapshot::TenantEntry;
use crate::source::PriorityTier;
use crate::steps;
use crate::verdict::Verdict;

/// What the steps or the machine made of a text.
pub(super) struct Course {
    /// With their places in the body.
    pub found: Vec<(Finding, Done, Option<String>)>,
    /// As policies name them.
    pub classes: Vec<Arc<str>>,
    /// None: nothing is.
    pub sent: Option<Bytes>,
    /// What the caller hears.
    pub refused: Option<Fault>,
    /// The families that are looked for.
    pub families: Families,
    /// What an answer is worth by its sources.
    pub grounding: Option<Grounded>,
    /// What it claims.
    pub claims: Vec<Claimed>,
}

impl Inspection {
    /// By the steps of the pipeline.
    pub(super) fn requested(self: &Arc<Self>, texts: &Arc<Texts>, origin: Origin) -> Course {
        let found = Arc::new(self.find(texts));
        let facts = Facts {
            findings: Some(Arc::clone(&found)),
            classified: Some(Arc::default()),
            ..Facts::default()
        };
        let sent = stepped(&case(self, texts), &facts);
        let each = found.all.iter().enumerate();
        let each = each.filter_map(|(place, (_, _, finding))| {
            let token = found.tokens.get(&place).map(ToString::to_string);
            let (done, replacement) = self.done(finding, origin, token)?;
            Some((finding.clone(), done, replacement))
        });
        Course {
            found: each.collect(),
            classes: found.report.classes(),
            families: self.in_text(origin),
            refused: sent.as_ref().err().cloned(),
            sent: sent.ok(),
            grounding: None,
            claims: Vec::new(),
        }
    }

    /// What is done about a finding of a request.
    fn done(
        &self,
        finding: &Finding,
        origin: Origin,
        token: Option<String>,
    ) -> Option<(Done, Option<String>)> {
        let rule = self.scanner().rule(finding.rule)?;
        Some(match self.rules.actions.get(finding.rule)? {
            guard @ Action::Guard { .. } => (Done::Guard(guard.guard_in(origin)), None),
            Action::Pii(PiiAction::Tokenize) if token.is_some() => {
                (Done::Value(PiiAction::Tokenize), token)
            }
            Action::Pii(PiiAction::Tokenize) => {
                let degraded = self.settings.pii.degraded_action;
                (Done::Value(degraded), replaced(degraded, rule))
            }
            Action::Pii(action) => (Done::Value(action), replaced(action, rule)),
        })
    }

    /// By the egress machine. Of a request it knows the sources alone: no tokens to put back, no
    /// system prompt.
    pub(super) fn answered(
        self: &Arc<Self>,
        texts: &Texts,
        seen: &[Seen],
        sample: &Sample<'_>,
        origin: Origin,
    ) -> Course {
        let request = (brought(sample.sources), Findings::default());
        let plan = self.answers(&request.0, &request.1, None, origin);
        let Some(plan) = plan.map(|it| Arc::new(it.alone())) else {
            return Course {
                found: Vec::new(),
                classes: Vec::new(),
                sent: Some(texts.body.clone()),
                refused: None,
                families: Families::NONE,
                grounding: None,
                claims: Vec::new(),
            };
        };
        let mut egress = Egress::new(Plan {
            inspection: Some(Arc::clone(&plan)),
            ..Plan::default()
        });
        let (sent, refused) = match egress.push(whole(texts)) {
            Emit::Bytes(bytes) => (Some(bytes), None),
            Emit::Nothing => (None, None),
            Emit::Stop(bytes, fault) => (Some(bytes), Some(fault)),
        };
        let report = egress.report();
        let counted: BTreeSet<&str> = report.detections.iter().map(|it| &*it.rule_id).collect();
        let each = seen.iter().flat_map(|seen| {
            let outside = |it: &&Finding| !seen.is_in_token(it);
            seen.all.iter().filter(outside)
        });
        let each = each.filter_map(|finding| {
            let (done, replacement) = self.done_in_answer(finding, &plan, &counted)?;
            Some((finding.clone(), done, replacement))
        });
        Course {
            found: each.collect(),
            classes: report.classes(),
            sent,
            refused,
            families: plan.plan.families,
            grounding: report.grounding,
            claims: match &plan.grounds {
                Some(grounds) if !sample.json => claimed(sample.text, grounds.claims(sample.text)),
                _ => Vec::new(),
            },
        }
    }

    /// What is done about a finding of an answer; none: nothing. Signs that are weak by themselves
    /// count where all of a text together are not, which the machine knows: `counted`.
    fn done_in_answer(
        &self,
        finding: &Finding,
        plan: &AnswerPlan,
        counted: &BTreeSet<&str>,
    ) -> Option<(Done, Option<String>)> {
        let rule = self.scanner().rule(finding.rule)?;
        let act = plan.plan.acts.get(usize::from(finding.rule.0));
        let (act, least) = act.copied().unwrap_or((Act::Watch, 0));
        let counts = finding.confidence >= least || counted.contains(&*rule.id);
        if act == Act::Ignore || !counts || !plan.plan.families.has(rule.family) {
            return None;
        }
        if let Some(guard @ Action::Guard { .. }) = self.rules.actions.get(finding.rule) {
            return Some((Done::Guard(guard.guard_in(plan.origin)), None));
        }
        let action = match act {
            Act::Ignore => PiiAction::Off,
            Act::Watch => PiiAction::Log,
            Act::Redact => PiiAction::Redact,
            Act::Stop => PiiAction::Block,
        };
        Some((Done::Value(action), replaced(action, rule)))
    }
}

/// A request that brings these sources.
fn brought(sources: &[String]) -> Texts {
    let mut body = String::new();
    let mut texts = Texts::default();
    for source in sources {
        // A text can't fail to be written.
        let quoted = serde_json::to_string(source).unwrap_or_default();
        let start = body.len() + 1;
        body.push_str(&quoted);
        texts.sources.push(start..body.len().saturating_sub(1));
    }
    texts.body = body.into();
    texts
}

/// Claims with their places in characters. They come by place.
fn claimed(text: &str, claims: Vec<Claim>) -> Vec<Claimed> {
    let (mut at, mut characters) = (0, 0);
    let mut count = |to: usize| {
        characters += text.get(at..to).unwrap_or_default().chars().count();
        at = to;
        characters
    };
    claims
        .into_iter()
        .map(|it| Claimed {
            characters: count(it.span.start)..count(it.span.end),
            coverage: it.coverage,
            lack: it.lack,
        })
        .collect()
}

/// What is sent on of a request.
fn stepped(case: &Case, facts: &Facts) -> Result<Bytes, Fault> {
    let mut edits = Vec::new();
    for step in [steps::pii::decide, steps::guardrail::decide] {
        match step(case, facts) {
            Verdict::Edit(more) => edits.extend(more),
            Verdict::Deny(fault) => return Err(fault),
            Verdict::Pass | Verdict::Learn(_) | Verdict::Ask(_) => {}
        }
    }
    dialect::splice(&case.texts.body, &edits)
}

fn replaced(action: PiiAction, rule: &Rule) -> Option<String> {
    (action == PiiAction::Redact).then(|| marker(&rule.label))
}

/// The texts as one piece of an answer, each a text of its own.
fn whole(texts: &Texts) -> Piece {
    let said: Vec<Said> = (0..)
        .zip(&texts.parts)
        .map(|(choice, part)| Said {
            channel: Channel { choice, member: 0 },
            span: part.span.clone(),
            bare: part.bare,
        })
        .collect();
    Piece {
        bytes: texts.body.clone(),
        closes: said.iter().map(|it| it.channel).collect(),
        texts: said,
        ..Piece::default()
    }
}

/// A call of nobody's, whose only texts are these.
pub(crate) fn case(inspection: &Arc<Inspection>, texts: &Arc<Texts>) -> Case {
    let tenant = TenantEntry {
        id: "".into(),
        suspended: false,
        region: None,
        priority: PriorityTier::default(),
        addresses: IpAccess::default(),
        requests_per_minute: None,
        tokens_per_minute: None,
        inspection: Arc::clone(inspection),
    };
    Case {
        id: "".into(),
        trace: "".into(),
        // No model is asked, so no context window is judged.
        kind: Kind::ToolCall,
        plane: Plane::Mcp,
        received: terms::Timestamp::default(),
        session: None,
        user_agent: None,
        principal: None,
        tenant: Some(Arc::new(tenant)),
        candidates: Vec::new(),
        server: None,
        asked: Asked::Nothing,
        texts: Arc::clone(texts),
    }
}

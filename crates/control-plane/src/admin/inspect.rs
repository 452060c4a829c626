//! What inspection makes of a text, and why: for people who tune it.
//!
//! Nothing here is stored, recorded or logged. Administrators of a tenant ask about their own tenant
//! alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use decide::Inspection;
use decide::compile::inspection_with;
use decide::inspection::trial::{
    Claimed, Dropped, Found, Lack, Layer, Place, Sample, Spot, Tried, Why, family_name,
};
use decide::source::{ResourceKind, Tenant, TenantStatus};
use dialect::text::Origin;
use serde::Serialize;
use terms::{Fault, Faults, TenantId};
use utoipa::ToSchema;

use super::insight::in_force;
use super::not_found;
use crate::store::document::Document;
use crate::store::state::State;

/// The longest text, in bytes.
pub const LONGEST: usize = 1 << 20;

/// What becomes of a text.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InspectView {
    /// What is found, by place: at most 1000.
    pub findings: Vec<FindingView>,
    /// How many there are.
    pub finding_count: usize,
    /// What rules see and is let be, by place: at most 1000.
    pub dropped: Vec<DroppedView>,
    /// How many there are.
    pub dropped_count: usize,
    /// How likely the text is an attack.
    pub risk: RiskView,
    /// What policies would know of it (`data_classes`).
    pub classes: Vec<String>,
    /// The text as it would be sent on; null: nothing is. Of an answer that is stopped: what leaves
    /// before that.
    pub result: Option<String>,
    /// What the caller hears where it is refused or stopped; null: it passes.
    pub blocked: Option<BlockedView>,
    /// What an answer is worth by its sources; null: it isn't checked.
    pub grounding: Option<GroundingView>,
    /// What looked at it.
    pub scanner: ScannerView,
    /// What is not judged here, and would be of a call.
    pub notes: Vec<String>,
}

/// Where a rule holds.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SpotView {
    /// The rule.
    pub rule: String,
    /// `PII`, `SECRET`, `INJECTION`, `CONTENT`, `OUTPUT`.
    pub family: &'static str,
    /// Of guardrails: `INJECTION`, `JAILBREAK`, …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<&'static str>,
    /// `EMAIL`, `CREDIT_CARD`, …; of guardrails a short name.
    #[serde(rename = "type")]
    pub kind: String,
    /// Percent; of guardrails the risk score times 100.
    pub confidence: u8,
    /// The form of the text in which it is read: `raw`, `folded` (hidden and look-alike characters
    /// made plain), `words` (words set apart or run together), `leet` (digits for letters),
    /// `decoded` (base64, hex, URL escapes, ROT13, JSON in a string).
    pub layer: &'static str,
    /// Where it begins, in characters of the text.
    pub start: usize,
    /// Behind its last character.
    pub end: usize,
    /// Where it begins, in bytes of the text in UTF-8.
    pub start_byte: usize,
    /// Behind its last byte.
    pub end_byte: usize,
}

/// What is found, and what is done about it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FindingView {
    /// What and where.
    #[serde(flatten)]
    pub spot: SpotView,
    /// `BLOCK`, `REDACT`, `TOKENIZE`, `FLAG` or `LOG`.
    pub action: &'static str,
    /// What takes its place; null: nothing does.
    pub replacement: Option<String>,
    /// It stands in what a tool or a document says.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub untrusted: bool,
}

/// What is let be.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DroppedView {
    /// What and where.
    #[serde(flatten)]
    pub spot: SpotView,
    /// `off`, `not_looked_for`, `in_token`, `below_min_confidence`, `below_threshold`,
    /// `only_untrusted`.
    pub why: &'static str,
    /// The same for people.
    pub message: String,
}

/// How likely a text is an attack.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RiskView {
    /// Percent.
    pub score: u8,
    /// Lower scores are dropped: percent.
    pub threshold: u8,
    /// The rules that make it up, the surest first.
    pub parts: Vec<RiskPartView>,
}

/// What a rule adds to a risk.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RiskPartView {
    /// The rule.
    pub rule: String,
    /// Its surest finding: percent.
    pub score: u8,
}

/// What an answer is worth by its sources.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct GroundingView {
    /// The share of its claims that sources support: percent.
    pub score: u8,
    /// What is demanded: percent.
    pub threshold: u8,
    /// The score reaches that.
    pub grounded: bool,
    /// What is done where it doesn't: `BLOCK`, `FLAG` or `LOG`.
    pub action: &'static str,
    /// What it claims, by place; of a document nothing is shown.
    pub claims: Vec<ClaimView>,
}

/// What an answer claims.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClaimView {
    /// Where it begins, in characters of the text.
    pub start: usize,
    /// Behind its last character.
    pub end: usize,
    /// The share of its words that its best place in the sources has: percent.
    pub coverage: u8,
    /// What no source has: `words`, `number`, `name`; null: a source supports it.
    pub lack: Option<&'static str>,
}

/// What a caller hears.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BlockedView {
    /// The code.
    pub code: &'static str,
    /// For the caller.
    pub message: String,
}

/// What looks at texts.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ScannerView {
    /// Its rules, the tenant's own among them.
    pub rules: usize,
}

/// A rule.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RuleView {
    /// Its id, as events name it.
    pub id: String,
    /// `PII`, `SECRET`, `INJECTION`, `CONTENT`, `OUTPUT`.
    pub family: &'static str,
    /// Of guardrails: `INJECTION`, `JAILBREAK`, …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<&'static str>,
    /// `EMAIL`, `CREDIT_CARD`, …; of guardrails a short name.
    #[serde(rename = "type")]
    pub kind: String,
    /// How sure a plain hit is: percent; of guardrails the risk score times 100.
    pub confidence: u8,
    /// What it finds, and how a hit is checked.
    pub about: String,
}

/// What is in force for a tenant, with overrides that are tried over its own; without a tenant, what
/// holds for those that override nothing.
///
/// # Errors
/// `tenant_not_found`; every fault of the overrides, at its key below `/settings`.
pub fn inspection_of(
    state: &State,
    tenant: Option<&TenantId>,
    overrides: &BTreeMap<String, String>,
) -> Result<Arc<Inspection>, Faults> {
    let snapshot = in_force(state)?;
    let of = match tenant {
        None => nobody(),
        Some(id) => stored(state, id)?,
    };
    if overrides.is_empty() {
        let own = tenant.and_then(|id| snapshot.tenant(id));
        return Ok(Arc::clone(
            own.map_or_else(|| snapshot.inspection(), |it| &it.inspection),
        ));
    }
    let compiled = inspection_with(snapshot.settings(), &of, overrides, Some(&snapshot));
    compiled.map_err(|faults| {
        let below = |fault: Fault| {
            let place = fault.param.as_deref().unwrap_or_default();
            let place = format!("/settings{place}");
            fault.at(place)
        };
        Faults(faults.0.into_iter().map(below).collect())
    })
}

fn stored(state: &State, id: &TenantId) -> Result<Tenant, Fault> {
    let record = state.get(ResourceKind::Tenant, id.as_str());
    match record.map(|it| &it.document) {
        Some(Document::Tenant(tenant)) => Ok(tenant.clone()),
        _ => Err(not_found(ResourceKind::Tenant, id.as_str()).at("/tenantId")),
    }
}

/// A tenant that overrides nothing.
fn nobody() -> Tenant {
    Tenant {
        id: TenantId::from(""),
        name: String::new(),
        region: None,
        status: TenantStatus::default(),
        priority_tier: decide::source::PriorityTier::default(),
        metadata: BTreeMap::new(),
    }
}

/// Looks at a text.
///
/// # Errors
/// `invalid_json` or `input_too_large` for a document that can't be looked at.
pub fn tried(inspection: &Arc<Inspection>, sample: Sample<'_>) -> Result<InspectView, Fault> {
    let tried = inspection.tried(sample).map_err(|it| it.at("/text"))?;
    let of = Shown { inspection };
    let Tried {
        found,
        found_in_all,
        dropped,
        dropped_in_all,
        risk,
        classes,
        result,
        refused,
        grounding,
        claims,
    } = tried;
    let parts = risk.parts.into_iter();
    Ok(InspectView {
        findings: found.into_iter().filter_map(|it| of.finding(it)).collect(),
        finding_count: found_in_all,
        dropped: dropped
            .into_iter()
            .filter_map(|it| of.dropped(&it))
            .collect(),
        dropped_count: dropped_in_all,
        risk: RiskView {
            score: risk.score,
            threshold: inspection.settings.guardrail.risk_score_threshold,
            parts: parts
                .map(|(rule, score)| RiskPartView { rule, score })
                .collect(),
        },
        classes: classes.iter().map(ToString::to_string).collect(),
        result,
        blocked: refused.map(|fault| BlockedView {
            code: fault.code.as_str(),
            message: fault.message.into_owned(),
        }),
        grounding: grounding.map(|it| GroundingView {
            score: it.score,
            threshold: inspection.settings.grounding.threshold,
            grounded: it.grounded,
            action: it.action.as_str(),
            claims: claims.iter().map(claim).collect(),
        }),
        scanner: ScannerView {
            rules: inspection.scanner().rules().count(),
        },
        notes: notes(inspection, &sample),
    })
}

/// What is not judged of a text alone.
fn notes(inspection: &Inspection, sample: &Sample<'_>) -> Vec<String> {
    let guardrail = &inspection.settings.guardrail;
    let names = guardrail.classifiers.iter().map(|it| it.name.as_str());
    let names: Vec<&str> = names.filter(|_| guardrail.enabled).collect();
    let mut notes = Vec::new();
    if !names.is_empty() {
        let names = names.join(", ");
        notes.push(format!("Classifiers outside are not asked here: {names}."));
    }
    let answer = sample.place == Place::Answer(Origin::Assistant);
    let note = match (inspection.settings.grounding.enabled, sample.sources) {
        (true, []) if answer => "Without 'sources' the answer is not checked against any.",
        (false, [_, ..]) => "Grounding is off: the answer is not checked against the sources.",
        _ => return notes,
    };
    notes.push(note.to_owned());
    notes
}

fn claim(claim: &Claimed) -> ClaimView {
    ClaimView {
        start: claim.characters.start,
        end: claim.characters.end,
        coverage: claim.coverage,
        lack: claim.lack.map(|it| match it {
            Lack::Words => "words",
            Lack::Number => "number",
            Lack::Name => "name",
        }),
    }
}

struct Shown<'i> {
    inspection: &'i Inspection,
}

impl Shown<'_> {
    fn spot(&self, spot: &Spot) -> Option<SpotView> {
        let rule = self.inspection.scanner().rule(spot.rule)?;
        Some(SpotView {
            rule: rule.id.to_string(),
            family: family_name(rule),
            category: rule.category.map(|it| it.as_str()),
            kind: rule.label.to_string(),
            confidence: spot.confidence,
            layer: match spot.layer {
                Layer::Raw => "raw",
                Layer::Folded => "folded",
                Layer::Words => "words",
                Layer::Leet => "leet",
                Layer::Decoded => "decoded",
            },
            start: spot.characters.start,
            end: spot.characters.end,
            start_byte: spot.bytes.start,
            end_byte: spot.bytes.end,
        })
    }

    fn finding(&self, found: Found) -> Option<FindingView> {
        Some(FindingView {
            spot: self.spot(&found.spot)?,
            action: found.action.as_str(),
            replacement: found.replacement,
            untrusted: found.untrusted,
        })
    }

    fn dropped(&self, dropped: &Dropped) -> Option<DroppedView> {
        let (why, message) = said(dropped.why);
        Some(DroppedView {
            spot: self.spot(&dropped.spot)?,
            why,
            message,
        })
    }
}

/// Why a finding is let be, by name and for people.
fn said(why: Why) -> (&'static str, String) {
    match why {
        Why::Off => ("off", "What is done about it is OFF.".to_owned()),
        Why::NotLookedFor => (
            "not_looked_for",
            "Its family is not looked for in texts of this source.".to_owned(),
        ),
        Why::InToken => (
            "in_token",
            "It stands in a reversible token of the tenant.".to_owned(),
        ),
        Why::MinConfidence(least) => (
            "below_min_confidence",
            format!("It is less sure than pii.min-confidence, {least} percent."),
        ),
        Why::Threshold(least) => (
            "below_threshold",
            format!("Its score is below guardrail.risk-score-threshold, {least} percent."),
        ),
        Why::OnlyUntrusted => (
            "only_untrusted",
            "It means something only in what tools and documents say.".to_owned(),
        ),
    }
}

/// The rules of a family and a type, or all of them.
pub fn catalogue(
    inspection: &Inspection,
    family: Option<&str>,
    kind: Option<&str>,
) -> Vec<RuleView> {
    let is = |wanted: Option<&str>, name: &str| {
        wanted.is_none_or(|wanted| wanted.eq_ignore_ascii_case(name))
    };
    let rules = inspection.scanner().rules();
    rules
        .filter(|rule| is(family, family_name(rule)) && is(kind, &rule.label))
        .map(|rule| RuleView {
            id: rule.id.to_string(),
            family: family_name(rule),
            category: rule.category.map(|it| it.as_str()),
            kind: rule.label.to_string(),
            confidence: rule.confidence,
            about: rule.about.to_string(),
        })
        .collect()
}

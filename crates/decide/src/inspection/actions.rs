//! What is done where each rule holds: the settings, made ready for one look-up.

use dialect::text::Origin;
use inspect::{Act, Category, Families, Family, Rule, RuleId, Scanner};

use crate::settings::inspection::{GuardAction, Inspection, PiiAction};

/// What is done where one rule holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// About personal data and secrets.
    Pii(PiiAction),
    /// About what guardrails find.
    Guard {
        /// In what callers and models say.
        said: GuardAction,
        /// In what tools and documents bring.
        brought: GuardAction,
    },
}

impl Action {
    fn of(rule: &Rule, settings: &Inspection) -> Self {
        match rule.family {
            Family::Pii | Family::Secret => {
                // A tenant's own types have a label together, and are told apart by their ids.
                let own = rule.id.strip_prefix("custom:");
                let own = own.filter(|it| has_type(settings, it));
                let label = own.unwrap_or(&rule.label);
                Action::Pii(pii(settings, label, rule.family == Family::Secret))
            }
            Family::Injection | Family::Content | Family::Output => {
                let said = guard(settings, rule.category);
                let guardrail = &settings.guardrail;
                let brought = match guardrail.untrusted_action {
                    Some(action) if guardrail.enabled && rule.family == Family::Injection => action,
                    _ => said,
                };
                Action::Guard { said, brought }
            }
        }
    }

    /// About a guardrail's rule, in a text of this origin.
    pub(crate) fn guard_in(self, origin: Origin) -> GuardAction {
        match self {
            Action::Pii(_) => GuardAction::Off,
            Action::Guard { brought, .. } if origin == Origin::Tool => brought,
            Action::Guard { said, .. } => said,
        }
    }

    fn is_off(self, origin: Origin) -> bool {
        match self {
            Action::Pii(action) => action == PiiAction::Off,
            guard @ Action::Guard { .. } => guard.guard_in(origin) == GuardAction::Off,
        }
    }
}

/// What is done about personal data or a secret of this type.
pub(crate) fn pii(settings: &Inspection, label: &str, secret: bool) -> PiiAction {
    let pii = &settings.pii;
    if !pii.enabled {
        return PiiAction::Off;
    }
    let of_type = pii
        .types
        .iter()
        .find(|(of, _)| of.eq_ignore_ascii_case(label));
    match (of_type, pii.secrets_action) {
        (Some((_, action)), _) => *action,
        (None, Some(action)) if secret => action,
        (None, _) => pii.action,
    }
}

fn has_type(settings: &Inspection, label: &str) -> bool {
    let mut types = settings.pii.types.keys();
    types.any(|it| it.eq_ignore_ascii_case(label))
}

/// What is done about a category.
pub(crate) fn guard(settings: &Inspection, category: Option<Category>) -> GuardAction {
    let guardrail = &settings.guardrail;
    if !guardrail.enabled {
        return GuardAction::Off;
    }
    let of_category = category.and_then(|it| guardrail.categories.get(&it));
    of_category.copied().unwrap_or(guardrail.action)
}

/// What is done where each rule of a scanner holds: by [`RuleId`].
#[derive(Debug, Default)]
pub(crate) struct Actions(Vec<Action>);

impl Actions {
    pub(crate) fn of(scanner: &Scanner, settings: &Inspection) -> Self {
        let rules = scanner.rules();
        Self(rules.map(|rule| Action::of(rule, settings)).collect())
    }

    /// What is done where this rule holds. Of a rule that is not known: it is watched.
    pub(crate) fn get(&self, rule: RuleId) -> Option<Action> {
        self.0.get(usize::from(rule.0)).copied()
    }

    /// The families of which anything is done in texts of this origin.
    pub(crate) fn families(&self, scanner: &Scanner, origin: Origin) -> Families {
        let looked_for = self.0.iter().zip(scanner.rules());
        let of = looked_for.filter(|(action, _)| !action.is_off(origin));
        of.fold(Families::NONE, |all, (_, rule)| {
            all | Families::of(&[rule.family])
        })
    }

    /// What streams do in answers of this origin, as far as these families are looked for.
    pub(crate) fn acts(
        &self,
        settings: &Inspection,
        scanner: &Scanner,
        origin: Origin,
        families: Families,
    ) -> Vec<(Act, u8)> {
        let acts = self.0.iter().zip(scanner.rules());
        acts.map(|(action, rule)| match action {
            _ if !families.has(rule.family) => (Act::Ignore, 0),
            Action::Pii(action) => (pii_act(*action), settings.pii.min_confidence),
            guard @ Action::Guard { .. } => (
                guard_act(guard.guard_in(origin)),
                settings.guardrail.risk_score_threshold,
            ),
        })
        .collect()
    }
}

/// Replies are never tokenised: what a model says is not known to come from the caller.
const fn pii_act(action: PiiAction) -> Act {
    match action {
        PiiAction::Off => Act::Ignore,
        PiiAction::Log => Act::Watch,
        PiiAction::Tokenize | PiiAction::Redact => Act::Redact,
        PiiAction::Block => Act::Stop,
    }
}

pub(crate) const fn guard_act(action: GuardAction) -> Act {
    match action {
        GuardAction::Off => Act::Ignore,
        GuardAction::Log | GuardAction::Flag => Act::Watch,
        GuardAction::Block => Act::Stop,
    }
}

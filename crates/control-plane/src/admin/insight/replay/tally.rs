//! What a replay came to: counts, and a few examples of each kind.

use std::cmp::Reverse;
use std::collections::HashMap;

use decide::policy::{Decision, Effect, InputDocument, Match};
use serde::Serialize;
use terms::Timestamp;
use utoipa::ToSchema;

use super::ReplayView;
use crate::admin::insight::verdict::RuleView;
use crate::audit::Recorded;

/// How many examples of a kind are kept.
const EXAMPLES: usize = 20;
/// How many names are listed.
const LISTED: usize = 10;
/// How many names are counted apart; the calls of further ones are counted together.
const NAMES: usize = 10_000;
/// Where they are counted.
const FURTHER: &str = "(others)";

/// What would have been different, in calls. Their sum is what was examined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Changes {
    /// Nothing.
    pub unchanged: u64,
    /// They would have been refused.
    pub would_deny: u64,
    /// They would have passed, and would not without it.
    pub would_allow: u64,
    /// They would have waited for somebody.
    pub would_require_approval: u64,
    /// They would have passed with another warning.
    pub would_warn: u64,
    /// They would have passed otherwise: without a warning, with other parameters, another model,
    /// another bound on tokens.
    pub would_change: u64,
    /// Whether anything would be different depends on arguments, which are never recorded.
    pub undecided: u64,
}

/// How many changed calls have a name in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Named {
    /// The model, tool or user.
    pub name: String,
    /// The calls.
    pub calls: u64,
}

/// A call that would have been different.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Example {
    /// `would_deny`, `would_allow`, …
    pub kind: &'static str,
    /// `req_…`
    pub request_id: String,
    /// When, RFC 3339.
    pub time: String,
    /// Who.
    pub user_id: String,
    /// For which tenant.
    pub tenant_id: String,
    /// The model that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The tool, as `server/tool`; the method where it is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tool: Option<String>,
    /// What policies say without the policy: `allow`, `warn`, `require_approval`, `deny`.
    pub without: &'static str,
    /// What they say with it.
    pub with: &'static str,
    /// The rule that makes the difference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<RuleView>,
}

/// What a replay came to so far.
#[derive(Debug, Default)]
pub(super) struct Tally {
    seen: u32,
    unreadable: u64,
    ungoverned: u64,
    changes: Changes,
    models: HashMap<String, u64>,
    tools: HashMap<String, u64>,
    users: HashMap<String, u64>,
    examples: Vec<Example>,
}

impl Tally {
    /// How many events were looked at.
    pub(super) fn seen(&self) -> u32 {
        self.seen
    }

    /// Passes over a call that policies don't decide.
    pub(super) fn ungoverned(&mut self) {
        self.seen = self.seen.saturating_add(1);
        self.ungoverned += 1;
    }

    /// Counts an event that can't be read.
    pub(super) fn unreadable(&mut self) {
        self.seen = self.seen.saturating_add(1);
        self.unreadable += 1;
    }

    /// Counts a call.
    pub(super) fn count(
        &mut self,
        (event, call): (&Recorded, &InputDocument),
        without: &Decision,
        with: &Decision,
    ) {
        self.seen = self.seen.saturating_add(1);
        let kind = kind(without, with);
        let changes = &mut self.changes;
        let count = match kind {
            Kind::Unchanged => &mut changes.unchanged,
            Kind::Deny => &mut changes.would_deny,
            Kind::Allow => &mut changes.would_allow,
            Kind::Approval => &mut changes.would_require_approval,
            Kind::Warn => &mut changes.would_warn,
            Kind::Change => &mut changes.would_change,
            Kind::Undecided => &mut changes.undecided,
        };
        *count += 1;
        if kind == Kind::Unchanged {
            return;
        }
        let example = example(kind.as_str(), (event, call), without, with);
        if kind != Kind::Undecided {
            let named = [
                (&mut self.models, &example.model),
                (&mut self.tools, &example.tool),
                (&mut self.users, &Some(example.user_id.clone())),
            ];
            for (names, name) in named {
                if let Some(name) = name {
                    add(names, name);
                }
            }
        }
        if self
            .examples
            .iter()
            .filter(|it| it.kind == example.kind)
            .count()
            < EXAMPLES
        {
            self.examples.push(example);
        }
    }

    /// The answer.
    pub(super) fn view(self, (from, to): (Timestamp, Timestamp), truncated: bool) -> ReplayView {
        ReplayView {
            from,
            to,
            examined: u64::from(self.seen) - self.unreadable - self.ungoverned,
            truncated,
            unreadable: self.unreadable,
            changes: self.changes,
            by_model: most(self.models),
            by_tool: most(self.tools),
            by_user: most(self.users),
            examples: self.examples,
            notes: Vec::new(),
        }
    }
}

fn add(names: &mut HashMap<String, u64>, name: &str) {
    let apart = names.len() < NAMES || names.contains_key(name);
    let name = if apart { name } else { FURTHER };
    *names.entry(name.to_owned()).or_default() += 1;
}

fn most(names: HashMap<String, u64>) -> Vec<Named> {
    let all = names.into_iter();
    let mut all: Vec<Named> = all.map(|(name, calls)| Named { name, calls }).collect();
    all.sort_by(|a, b| (Reverse(a.calls), &a.name).cmp(&(Reverse(b.calls), &b.name)));
    all.truncate(LISTED);
    all
}

/// What is different.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Unchanged,
    Deny,
    Allow,
    Approval,
    Warn,
    Change,
    Undecided,
}

impl Kind {
    const fn as_str(self) -> &'static str {
        match self {
            Kind::Unchanged => "unchanged",
            Kind::Deny => "would_deny",
            Kind::Allow => "would_allow",
            Kind::Approval => "would_require_approval",
            Kind::Warn => "would_warn",
            Kind::Change => "would_change",
            Kind::Undecided => "undecided",
        }
    }
}

fn kind(without: &Decision, with: &Decision) -> Kind {
    let passed = without.effect < Effect::RequireApproval;
    match with.effect {
        Effect::Deny if without.effect != Effect::Deny => Kind::Deny,
        Effect::RequireApproval if without.effect != Effect::RequireApproval => Kind::Approval,
        Effect::Deny | Effect::RequireApproval => Kind::Unchanged,
        Effect::Allow | Effect::Warn if !passed => Kind::Allow,
        Effect::Warn if new_warning(without, with).is_some() => Kind::Warn,
        Effect::Allow | Effect::Warn if differs(without, with) => Kind::Change,
        Effect::Allow | Effect::Warn if without.undecided != with.undecided => Kind::Undecided,
        Effect::Allow | Effect::Warn => Kind::Unchanged,
    }
}

fn differs(without: &Decision, with: &Decision) -> bool {
    without.effect != with.effect
        || new_warning(with, without).is_some()
        || without.removed != with.removed
        || without.downgrade != with.downgrade
        || without.max_tokens != with.max_tokens
}

/// A warning that only `with` has.
fn new_warning<'a>(without: &Decision, with: &'a Decision) -> Option<&'a Match> {
    first_new(&without.warnings, &with.warnings)
}

fn first_new<'a>(before: &[Match], after: &'a [Match]) -> Option<&'a Match> {
    let same = |a: &Match, b: &Match| a.policy == b.policy && a.rule == b.rule;
    after
        .iter()
        .find(|it| !before.iter().any(|other| same(it, other)))
}

fn example(
    kind: &'static str,
    (event, call): (&Recorded, &InputDocument),
    without: &Decision,
    with: &Decision,
) -> Example {
    let rule = with.decided_by.as_ref();
    let rule = rule.or_else(|| new_warning(without, with));
    let rule = rule.or_else(|| first_new(&without.others, &with.others));
    // Else a rule is gone: it refused, warned, or did something.
    let rule = rule.or(without.decided_by.as_ref());
    let rule = rule.or_else(|| new_warning(with, without));
    let rule = rule.or_else(|| first_new(&with.others, &without.others));
    let tool = call.tool.as_ref().map(|tool| {
        let name = tool.name.as_deref().unwrap_or(&tool.method);
        format!("{}/{name}", tool.server)
    });
    Example {
        kind,
        request_id: call.request.id.clone(),
        time: event.timestamp.clone(),
        user_id: call.principal.id.clone(),
        tenant_id: event.tenant.clone(),
        model: call.model.as_ref().map(|it| it.name.clone()),
        tool,
        without: without.effect.as_str(),
        with: with.effect.as_str(),
        rule: rule.map(RuleView::from),
    }
}

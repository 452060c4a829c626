//! What policies say of a case: of every provider that may serve it, or of the one request that it
//! is. A pure function of the configuration, the case and the facts.

use std::sync::Arc;

use terms::{ModelName, Reason};

use crate::case::{Asked, Case, Kind};
use crate::facts::Facts;
use crate::policy::input::{Model, Request, Tenant, Tool, Who};
use crate::policy::rule::Action;
use crate::policy::{Arguments, Decision, Divergence, Effect, Input, Match};
use crate::snapshot::{Candidate, ServerEntry, Snapshot};
use crate::source::Sensitivity;

/// What policies say of a case.
#[derive(Clone, Debug, Default)]
pub struct Ruling {
    /// What counts: why it is refused or held, or what follows where it passes.
    pub decision: Arc<Decision>,
    /// What was said of the first candidate, as it was asked for: policies in shadow are compared
    /// with it.
    pub first: Arc<Decision>,
    /// For model calls: that first candidate.
    pub routed: Option<Arc<Candidate>>,
    /// For model calls: the providers that may serve, best first.
    pub candidates: Vec<Arc<Candidate>>,
    /// Another model is asked.
    pub downgraded: Option<Downgrade>,
}

/// Another model is asked than the caller's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Downgrade {
    /// The model that the caller asked for.
    pub original: ModelName,
    /// The one that is asked instead.
    pub model: ModelName,
}

/// What policies say of a case whose tenant, principal and target are known; none while they are
/// not.
pub fn rule(snapshot: &Snapshot, case: &Case, facts: &Facts) -> Option<Ruling> {
    let book = snapshot.policies();
    let base = input(case, facts)?;
    let Asked::Model { model, .. } = &case.asked else {
        let tool = tool(case);
        let decision = Arc::new(book.decide(&Input { tool, ..base }));
        return Some(Ruling {
            first: Arc::clone(&decision),
            decision,
            ..Ruling::default()
        });
    };
    let said = |name: &ModelName, candidates: &[Arc<Candidate>]| {
        let decide = |candidate: &Arc<Candidate>| {
            let model = model_of(case, name, candidate);
            let decision = book.decide(&Input {
                model,
                ..base.clone()
            });
            (Arc::clone(candidate), decision)
        };
        candidates.iter().map(decide).collect::<Vec<_>>()
    };
    let asked = said(model, &case.candidates);
    let (routed, first) = asked.first()?.clone();
    let (routed, first) = (Some(routed), Arc::new(first));
    let (decision, candidates) = best(asked);
    let Some(other) = wanted_instead(&decision, model, &candidates) else {
        return Some(Ruling {
            decision: Arc::new(decision),
            first,
            routed,
            candidates,
            downgraded: None,
        });
    };
    let others = snapshot.candidates(&case.tenant.as_ref()?.id, &other);
    let (decision, candidates) = match others.is_empty() {
        true => (unserved(decision, &other), Vec::new()),
        // One hop: what the rules would have instead of the other model is not asked for again.
        false => {
            let (second, candidates) = best(said(&other, &others));
            (together(decision, second), candidates)
        }
    };
    Some(Ruling {
        decision: Arc::new(decision),
        first,
        routed,
        candidates,
        downgraded: Some(Downgrade {
            original: model.clone(),
            model: other,
        }),
    })
}

/// Which policies in shadow would have decided otherwise.
pub fn divergences(
    snapshot: &Snapshot,
    case: &Case,
    facts: &Facts,
    ruling: &Ruling,
) -> Vec<Divergence> {
    let Some(base) = input(case, facts) else {
        return Vec::new();
    };
    let model = match (&case.asked, &ruling.routed) {
        (Asked::Model { model, .. }, Some(candidate)) => model_of(case, model, candidate),
        _ => None,
    };
    let tool = tool(case);
    let input = Input {
        model,
        tool,
        ..base
    };
    snapshot.policies().shadows(&input, &ruling.first)
}

/// True when a call of this tool, with arguments that nobody knows yet, would not be refused: what
/// is listed can be called.
pub fn may_list(snapshot: &Snapshot, case: &Case, facts: &Facts, tool: &str) -> bool {
    let (Some(base), Some(server)) = (input(case, facts), case.server.as_deref()) else {
        return false;
    };
    let input = Input {
        kind: Kind::ToolCall,
        tool: Some(Tool {
            method: "tools/call",
            name: Some(tool),
            sensitivity: server.sensitivity_of(tool),
            arguments: Arguments::Unknown,
            ..at(server)
        }),
        ..base
    };
    snapshot.policies().decide(&input).effect <= Effect::Warn
}

/// The decision that counts among those of several candidates, and whom it lets serve: those that
/// pass; else those for which somebody must be asked; else nobody. Who may serve only after a
/// downgrade that the first does not ask for serves nothing: the call stays with the others.
fn best(said: Vec<(Arc<Candidate>, Decision)>) -> (Decision, Vec<Arc<Candidate>>) {
    let weakest = said.iter().map(|(_, it)| it.effect.max(Effect::Warn)).min();
    let mut kept = said
        .into_iter()
        .filter(|(_, it)| Some(it.effect.max(Effect::Warn)) == weakest);
    let Some((candidate, mut decision)) = kept.next() else {
        return (Decision::default(), Vec::new());
    };
    let mut candidates = vec![candidate];
    for (candidate, other) in kept {
        let wanted = other.downgrade.as_ref();
        if decision.downgrade.is_none() && wanted.is_some_and(|it| *it != candidate.model) {
            continue;
        }
        // Whoever serves in the end, the tightest cap holds.
        decision.max_tokens = tighter(decision.max_tokens, other.max_tokens);
        candidates.push(candidate);
    }
    if decision.effect > Effect::Warn {
        candidates.clear();
    }
    (decision, candidates)
}

/// The model that is to be asked instead, unless it is the one that is asked already.
fn wanted_instead(
    decision: &Decision,
    asked: &ModelName,
    candidates: &[Arc<Candidate>],
) -> Option<ModelName> {
    let other = decision.downgrade.as_ref()?;
    let is_asked = other == asked || candidates.iter().all(|it| it.model == *other);
    (decision.effect <= Effect::Warn && !is_asked).then(|| other.clone())
}

/// Nobody serves the model that a rule wants asked instead: the call is refused.
fn unserved(mut decision: Decision, other: &ModelName) -> Decision {
    let downgrade = Action::Downgrade(other.clone()).as_str();
    let by = decision.others.iter().find(|it| it.action == downgrade);
    decision.decided_by = by.map(|rule| Match {
        reason: Reason::PolicyError,
        message: None,
        error: Some(Arc::from(format!(
            "no provider serves '{other}', which the rule wants asked instead"
        ))),
        ..rule.clone()
    });
    decision.effect = Effect::Deny;
    decision
}

/// What was said of the model that was asked for, and of the one that is asked instead.
fn together(first: Decision, second: Decision) -> Decision {
    let mut both = second;
    both.effect = both.effect.max(first.effect);
    join(&mut both.warnings, first.warnings);
    join(&mut both.others, first.others);
    join(&mut both.annotations, first.annotations);
    both.max_tokens = tighter(both.max_tokens, first.max_tokens);
    both.alert = both.alert.max(first.alert);
    both.downgrade = first.downgrade;
    both.undecided += first.undecided;
    both
}

/// What came first stands first, and nothing stands twice.
fn join<T: PartialEq>(later: &mut Vec<T>, first: Vec<T>) {
    let more = std::mem::replace(later, first);
    for item in more {
        if !later.contains(&item) {
            later.push(item);
        }
    }
}

fn tighter(one: Option<u64>, other: Option<u64>) -> Option<u64> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// The call without its target.
fn input<'a>(case: &'a Case, facts: &'a Facts) -> Option<Input<'a>> {
    let principal = case.principal.as_deref()?;
    let tenant = case.tenant.as_deref()?;
    Some(Input {
        kind: case.kind,
        principal: Who {
            id: &principal.user_id,
            username: principal.username.as_deref(),
            method: principal.method.as_str(),
            roles: principal.roles,
            groups: &principal.groups,
            scopes: &principal.scopes,
            key_id: principal.key_id.as_ref().map(terms::KeyId::as_str),
            mfa: principal.mfa,
            authenticated_at: principal.authenticated_at,
            agent: principal.agent.as_deref(),
        },
        tenant: Tenant {
            id: tenant.id.as_str(),
            region: tenant.region.as_deref(),
            priority: tenant.priority.as_str(),
        },
        model: None,
        tool: None,
        session: case.session.as_deref(),
        data_classes: facts.data_classes.as_deref(),
        tainted: facts.tainted,
        request: Request {
            id: case.id.as_str(),
            method: &facts.method,
            path: &facts.path,
            address: facts.client.as_ref().map(|it| it.address),
            user_agent: case.user_agent.as_deref(),
        },
        now: facts.now,
        region: facts.region.as_deref(),
    })
}

/// The model call, as this candidate would serve it.
fn model_of<'a>(
    case: &'a Case,
    name: &'a ModelName,
    candidate: &'a Candidate,
) -> Option<Model<'a>> {
    let Asked::Model {
        stream,
        max_tokens,
        tools,
        ..
    } = &case.asked
    else {
        return None;
    };
    let account = &candidate.credential;
    Some(Model {
        name: name.as_str(),
        served: candidate.model.as_str(),
        account: account.name.as_str(),
        provider: account.provider.as_str(),
        provider_region: account.region.as_deref(),
        stream: *stream,
        max_tokens: *max_tokens,
        tools,
    })
}

/// The request to a tool server.
fn tool(case: &Case) -> Option<Tool<'_>> {
    let Asked::Server {
        method,
        name,
        arguments,
        ..
    } = &case.asked
    else {
        return None;
    };
    let server = case.server.as_deref()?;
    let name = name.as_deref();
    Some(Tool {
        method,
        name,
        sensitivity: sensitivity(case.kind, server, name),
        arguments: Arguments::Known(arguments.as_deref()),
        ..at(server)
    })
}

/// How much harm a request can do: a tool's own; of other requests that name something, the
/// server's; what names nothing, such as a list, does none.
pub fn sensitivity(kind: Kind, server: &ServerEntry, name: Option<&str>) -> Sensitivity {
    match name {
        Some(tool) if kind == Kind::ToolCall => server.sensitivity_of(tool),
        Some(_) => server.sensitivity.unwrap_or_default(),
        None => Sensitivity::Low,
    }
}

fn at(server: &ServerEntry) -> Tool<'_> {
    Tool {
        server: server.slug.as_str(),
        tags: &server.tags,
        teams: &server.teams,
        method: "",
        name: None,
        sensitivity: Sensitivity::Low,
        arguments: Arguments::Unknown,
    }
}

#[cfg(test)]
mod tests;

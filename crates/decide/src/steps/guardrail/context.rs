//! How full the model's context window gets, and what goes where it gets too full.
//!
//! What counts is what is sent and what the reply may add. Tokens are estimated by characters.

use std::ops::Range;
use std::sync::Arc;

use dialect::Edit;
use dialect::text::{Origin, Texts, Turn};
use terms::{Code, Fault};

use super::windows;
use crate::case::{Asked, Case};
use crate::inspection::sizes::{Sizes, tokens};
use crate::inspection::{Findings, Inspection};
use crate::settings::inspection::{Context, Pruning};
use crate::verdict::Verdict;

/// How full a context window gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fill {
    /// The model with the smallest window of those that may be asked.
    pub model: Arc<str>,
    /// The tokens that its window holds.
    pub window: u64,
    /// The tokens that are sent, by estimate.
    pub input: u64,
    /// The tokens that the reply may have, as far as anybody says.
    pub reply: u64,
    /// Both, in percent of the window, rounded up.
    pub pct: u64,
    /// What that means.
    pub level: Level,
    /// What is done where it is too much.
    pub strategy: Pruning,
}

/// How full is too full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Level {
    /// It fits.
    Fits,
    /// It fits, and should be reported.
    Warning,
    /// It fits without these turns: their places among the request's turns.
    Pruned(Vec<usize>),
    /// It doesn't, whatever goes.
    Exceeded,
}

pub(super) fn decide(case: &Case, inspection: &Inspection, found: &Findings) -> Verdict {
    let Some(fill) = fill(case, inspection, found) else {
        return Verdict::Pass;
    };
    match &fill.level {
        Level::Fits | Level::Warning => Verdict::Pass,
        Level::Pruned(turns) => Verdict::Edit(cuts(&case.texts, turns)),
        Level::Exceeded => {
            let Fill {
                model,
                window,
                input,
                reply,
                ..
            } = &fill;
            let message = format!(
                "The conversation has {input} tokens by estimate, and the reply may have {reply}: \
                 that is too much for the context window of '{model}' with {window}."
            );
            Verdict::Deny(Fault::new(Code::ContextWindowExceeded, message))
        }
    }
}

/// How full the context window gets; none: nobody knows how much it holds, or nobody asks.
pub fn fill(case: &Case, inspection: &Inspection, found: &Findings) -> Option<Fill> {
    let guardrail = &inspection.settings.guardrail;
    let context = &guardrail.context;
    let sizes = found.sizes.as_ref()?;
    let Asked::Model { max_tokens, .. } = &case.asked else {
        return None;
    };
    let (model, window) = smallest(case, context)?;
    let reply = max_tokens.unwrap_or(guardrail.default_max_response_tokens);
    let governed = guardrail.enabled && (context.warning_pct > 0 || context.hard_pct > 0);
    let used = sizes.tokens().saturating_add(reply);
    let most = |pct: u8| window.saturating_mul(u64::from(pct)) / 100;
    let level = if context.hard_pct > 0 && used > most(context.hard_pct) {
        let room = most(context.hard_pct).checked_sub(reply);
        prune(context.strategy, &case.texts.turns, sizes, room)
            .map_or(Level::Exceeded, Level::Pruned)
    } else if context.warning_pct > 0 && used >= most(context.warning_pct) {
        Level::Warning
    } else {
        Level::Fits
    };
    governed.then(|| Fill {
        model,
        window,
        input: sizes.tokens(),
        reply,
        pct: used.saturating_mul(100).div_ceil(window.max(1)),
        level,
        strategy: context.strategy,
    })
}

/// The smallest window of the models that may be asked: whichever is, the conversation fits.
fn smallest(case: &Case, context: &Context) -> Option<(Arc<str>, u64)> {
    let asked = case.model();
    let candidates = case.candidates.iter().map(|it| {
        let own = windows::configured(context, it.model.as_str());
        let window = own
            .or_else(|| windows::configured(context, asked?.as_str()))
            .or_else(|| windows::known(it.model.as_str()))?;
        Some((it.model.shared(), window))
    });
    candidates.flatten().min_by_key(|(_, window)| *window)
}

/// The turns that go so that the rest has at most `room` tokens; none: that can't be reached.
fn prune(
    strategy: Pruning,
    turns: &[Turn],
    sizes: &Sizes,
    room: Option<u64>,
) -> Option<Vec<usize>> {
    let room = room?;
    let mut order = droppable(turns);
    match strategy {
        Pruning::None => return None,
        Pruning::TruncateOldest => {}
        Pruning::TruncateMiddle => {
            // The first exchange tells what the conversation is about.
            let first = turns.iter().position(|it| it.origin != Origin::System);
            order.retain(|it| !first.is_some_and(|first| it.contains(&first)));
        }
    }
    let mut left = sizes.characters;
    let mut gone = Vec::new();
    for group in order {
        if tokens(left) <= room {
            break;
        }
        for turn in group {
            if turns.get(turn).is_none_or(|it| it.origin == Origin::System) {
                continue;
            }
            left = left.saturating_sub(sizes.turns.get(turn).copied().unwrap_or(0));
            gone.push(turn);
        }
    }
    (tokens(left) <= room).then_some(gone)
}

/// What may go, in the order in which it does: up to the newest user turn whole exchanges (a user
/// turn with all that follows up to the next), so that what is left begins with a user as well;
/// behind it calls of tools with their answers, but not the last.
fn droppable(turns: &[Turn]) -> Vec<Range<usize>> {
    let newest = turns.iter().rposition(|it| it.origin == Origin::User);
    let mut groups: Vec<Range<usize>> = Vec::new();
    for (place, turn) in turns.iter().enumerate() {
        let before = newest.is_some_and(|it| place < it);
        let joins = turn.answers || before && turn.origin != Origin::User;
        match groups.last_mut() {
            Some(last) if joins => last.end = place + 1,
            _ => groups.push(place..place + 1),
        }
    }
    let last = groups.len().saturating_sub(1);
    let stays = |place: usize, group: &Range<usize>| {
        place == last || newest.is_some_and(|it| group.contains(&it))
    };
    groups
        .into_iter()
        .enumerate()
        .filter(|(place, group)| !stays(*place, group))
        .map(|(_, group)| group)
        .collect()
}

/// Cuts turns out, each with the comma behind it. The last turn never goes.
fn cuts(texts: &Texts, turns: &[usize]) -> Vec<Edit> {
    let mut gone = turns.to_vec();
    gone.sort_unstable();
    let span = |turn: usize| texts.turns.get(turn).map(|it| it.span.clone());
    gone.iter()
        .filter_map(|turn| {
            let next = span(turn + 1)?;
            Some(Edit::remove(span(*turn)?.start..next.start))
        })
        .collect()
}

#[cfg(test)]
mod tests;

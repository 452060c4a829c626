//! What words mean by those before them.

use super::super::meaning::Meaning;
use super::{Lead, Said, Sentence};

/// How far a denial reaches, in bytes.
const NEAR: usize = 20;

/// What something is for the sake of a denial.
const DENIED: Meaning = Meaning::VOID
    .or(Meaning::UNREFUSED)
    .or(Meaning::CONCEAL)
    .or(Meaning::UNBOUND);

/// How far a denial reaches to what is forbidden, in bytes.
const FAR: usize = 44;

/// How far before a verb somebody stands who is to do it, in bytes.
const DUTY: usize = 24;

/// What somebody does who obeys.
const ACTS: Meaning = Meaning::VOID
    .or(Meaning::REVEAL)
    .or(Meaning::ECHO)
    .or(Meaning::SEND)
    .or(Meaning::SENDS)
    .or(Meaning::AWAY);

impl Sentence {
    /// What words mean by those before them: "don't follow", "no restrictions".
    pub(super) fn combine(&mut self) {
        for place in 0..self.said.len() {
            let (known, rest) = self.said.split_at_mut(place);
            let Some(here) = rest.first_mut() else {
                continue;
            };
            let near = known.iter().rev();
            let near = near.take_while(|it| it.sentence == here.sentence);
            let gap = |it: &Said| here.at.saturating_sub(it.end);
            let denial = near
                .clone()
                .find(|it| it.means.meets(Meaning::NOT) && gap(it) <= NEAR);
            let lack = near
                .clone()
                .find(|it| it.means.meets(Meaning::NO) && gap(it) <= NEAR);
            let (denied, without) = (denial.is_some(), lack.is_some());
            let is_own = |it: &Said| {
                let to_you = known.iter().any(|you| {
                    you.sentence == it.sentence
                        && you.means.meets(Meaning::YOU)
                        && you.at <= it.at
                        && it.at.saturating_sub(you.end) <= 2
                });
                it.leads == Lead::Order || to_you
            };
            let barred = denial.is_some_and(is_own);
            let from = denial.or(lack).map(|it| it.from);
            let told_to = near
                .clone()
                .any(|it| it.means.meets(Meaning::YOU) && gap(it) <= DUTY);
            let breaks = &self.breaks;
            let is_broken = |it: &Said| {
                let next = breaks.partition_point(|at| *at <= it.at);
                breaks.get(next).is_some_and(|at| *at <= here.at)
            };
            let is_forbidden = near
                .clone()
                .any(|it| it.means.meets(Meaning::NOT) && gap(it) <= FAR && !is_broken(it));
            let by_others = near
                .clone()
                .any(|it| it.means.meets(Meaning::OTHERS) && gap(it) <= 6);
            let is_order = match here.leads {
                Lead::Order => true,
                Lead::Duty => told_to,
                Lead::None => false,
            };
            let mut means = here.means;
            let be = self.plain.get(..here.at).unwrap_or_default();
            if denied && be.ends_with(" be ") {
                means = means.but(Meaning::VOIDED);
            }
            if is_forbidden || (by_others && !told_to) || (means.meets(Meaning::VERB) && !is_order)
            {
                means = means.but(ACTS);
            }
            let noted = near
                .clone()
                .any(|it| it.means.meets(Meaning::NOTE) && gap(it) <= NEAR);
            if here.means.meets(Meaning::MODEL) && (noted || here.leads == Lead::Order) {
                means = means | Meaning::ADDRESSED;
            }
            let after = breaks.partition_point(|at| *at <= here.at);
            let is_called = breaks.get(after).is_some_and(|at| *at <= here.end + 1);
            if means.meets(Meaning::ADDRESSED) && is_called {
                means = means | Meaning::CALLED;
            }
            if barred && here.means.meets(Meaning::DECLINES) {
                means = means | Meaning::BARRED;
            }
            if denied && here.means.meets(Meaning::KEEP) {
                means = means | Meaning::VOID;
            }
            if (denied || without)
                && here
                    .means
                    .meets(Meaning::REFUSE.or(Meaning::LECTURE).or(Meaning::SOFT))
            {
                means = means | Meaning::UNREFUSED;
            }
            if (denied || without) && here.means.meets(Meaning::TELL) {
                means = means | Meaning::CONCEAL;
            }
            if without && here.means.meets(Meaning::LIMITS) {
                means = means | Meaning::UNBOUND;
            }
            if means.meets(DENIED.but(here.means)) {
                here.from = from.unwrap_or(here.from);
            }
            here.means = means;
        }
    }
}

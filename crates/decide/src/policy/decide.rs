//! From the rules that hold to a decision.
//!
//! An explicit deny wins; a rule that can't be evaluated denies; then approvals; then warnings.
//! The base policy's refusals go after those of policies that somebody wrote, and are lifted by
//! `ALLOW`. Among equals the higher priority is reported, then the lower policy id, then the
//! earlier rule.

mod compose;
mod hit;
mod shadow;

use super::book::{Book, Ruleset};
use super::decision::Decision;
use super::input::Input;
use super::rego::Outcome;
use super::rule::Held;

pub(super) use self::compose::compose;
pub(super) use self::hit::{Hit, Hits, Said};

impl Book {
    /// What is in force says of a call.
    pub fn decide(&self, input: &Input<'_>) -> Decision {
        let said = self.enforced(input);
        compose(self, input, &said)
    }

    /// What is in force and holds, in no order.
    pub(super) fn enforced<'a>(&'a self, input: &Input<'_>) -> Hits<'a> {
        let mut said = Hits::default();
        for shelf in self.shelves(input.tenant.id) {
            shelf.enforced.ask(input, false, &mut said);
        }
        if let Some(base) = self.base_for(input) {
            base.ask(input, true, &mut said);
        }
        said
    }
}

impl Ruleset {
    /// Asks every rule that can hold, and every program.
    pub(super) fn ask<'a>(&'a self, input: &Input<'_>, base: bool, said: &mut Hits<'a>) {
        self.rules(input, |place, text, within, rule| {
            let spoken = match rule.holds(input) {
                Held::No => return,
                Held::Undecided => Said::Undecided(Some(rule)),
                Held::Yes => Said::Rule(rule),
                Held::Broken(why) => Said::Broken(Some(rule), why.into()),
            };
            said.hits.push(Hit {
                text: &text.compiled,
                base,
                place,
                within,
                said: spoken,
            });
        });
        self.ask_programs(input, base, said);
    }

    /// Asks every program.
    pub(super) fn ask_programs<'a>(&'a self, input: &Input<'_>, base: bool, said: &mut Hits<'a>) {
        for (place, text, program) in self.programs(input) {
            let mut push = |within, spoken| {
                said.hits.push(Hit {
                    text: &text.compiled,
                    base,
                    place,
                    within,
                    said: spoken,
                });
            };
            match program.evaluate(input) {
                Ok(outcome) => speak(outcome, &mut push),
                Err(why) => push(0, Said::Broken(None, why.into())),
            }
        }
    }
}

/// A program's words, in the order in which they weigh.
fn speak<'a>(outcome: Outcome, push: &mut impl FnMut(u32, Said<'a>)) {
    if let Some(refusal) = outcome.refusal {
        push(0, Said::Refuses(refusal));
    }
    if let Some(approval) = outcome.approval {
        push(1, Said::Asks(approval));
    }
    for (place, warning) in outcome.warnings.into_iter().enumerate() {
        let within = u32::try_from(place).unwrap_or(u32::MAX).saturating_add(2);
        push(within, Said::Warns(warning));
    }
    if !outcome.removed.is_empty() {
        push(u32::MAX, Said::Removes(outcome.removed));
    }
    if outcome.undecided {
        push(u32::MAX, Said::Undecided(None));
    }
}

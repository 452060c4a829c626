//! The report: a document of tables, or lines of JSON.

mod document;
mod lines;

pub use document::document;
pub use lines::lines;

use crate::measure::{Disguise, Guards, Persons, percent};

/// One way to hide texts, as lines: what is found, and so many of those that are missed.
pub fn disguise(it: &Disguise, examples: usize) -> String {
    let share = percent(it.found, it.plain).unwrap_or_default();
    let alarms = it.alarms.len();
    let mut out = format!(
        "{share:6.1} % of {} found, {alarms} false alarms: {}\n",
        it.plain, it.way
    );
    let missed = it.missed.iter().map(|it| ("missed", it));
    let alarms = it.alarms.iter().map(|it| ("false alarm", it));
    for (what, text) in missed.take(examples).chain(alarms.take(examples)) {
        out.push_str(&format!("    {what}: {text:?}\n"));
    }
    out
}

/// A whole run.
#[derive(Debug)]
pub struct Run {
    /// Where the texts came from.
    pub seed: u64,
    /// The day: `2026-05-01`.
    pub date: String,
    /// Personal data and secrets.
    pub persons: Persons,
    /// Guardrails.
    pub guards: Guards,
}

/// A promise, what was reached, and what is asked.
#[derive(Debug)]
pub struct Promise {
    /// What is promised.
    pub what: &'static str,
    /// What was reached, in percent.
    pub reached: Option<f64>,
    /// The bound, in percent.
    pub bound: f64,
    /// True where figures must not be above the bound, else they must not be below.
    pub is_ceiling: bool,
}

impl Promise {
    /// True when what was reached is good enough.
    pub fn is_met(&self) -> bool {
        self.reached.is_some_and(|it| {
            if self.is_ceiling {
                it <= self.bound
            } else {
                it >= self.bound
            }
        })
    }
}

impl Run {
    /// The promises, judged by the held-out half where there are halves.
    pub fn promises(&self) -> Vec<Promise> {
        use crate::guards::PHRASES;
        use crate::sets::Half::HeldOut;
        let (recall, precision) = self.persons.checksummed();
        let phrases = |half| {
            self.guards.recall(half, |it| {
                PHRASES.contains(&it.name) && it.transform.is_none()
            })
        };
        let hidden = |half| self.guards.recall(half, |it| it.transform.is_some());
        let alarms = |half| self.guards.alarms(half, |it| it.name == "ordinary prompts");
        let promise = |what, reached, bound, is_ceiling| Promise {
            what,
            reached,
            bound,
            is_ceiling,
        };
        vec![
            promise("types with check digits: recall", recall, 99.5, false),
            promise("types with check digits: precision", precision, 99.0, false),
            promise(
                "injection phrases, held out: recall",
                phrases(HeldOut),
                90.0,
                false,
            ),
            promise(
                "injection obfuscated, held out: recall",
                hidden(HeldOut),
                90.0,
                false,
            ),
            promise(
                "ordinary prompts, held out: false alarms",
                alarms(HeldOut),
                0.5,
                true,
            ),
        ]
    }
}

//! What would do harm where a reply is shown or run.
//!
//! Scores say how surely it is an attack. What help with code shows all the time (a script tag, a
//! `DROP TABLE`, an installer piped to a shell) stays below 70; payloads stand above.

mod commands;
mod fetch;
mod hidden;
mod links;
mod markup;
mod readable;
mod requests;
mod statements;
mod takeover;
mod wipe;

use crate::detector::{Detector, Hold, Phrase, Trigger};
use crate::finding::{Category, Family, Rule};

/// The looks of this family.
pub const DETECTORS: &[Detector] = &[
    Detector {
        rules: requests::RULES,
        trigger: Trigger::Words(requests::WORDS),
        hold: Hold::Value,
        look: requests::look,
    },
    Detector {
        rules: links::RULES,
        trigger: Trigger::Words(links::WORDS),
        hold: Hold::Value,
        look: links::look,
    },
    Detector {
        rules: hidden::RULES,
        trigger: Trigger::Words(hidden::WORDS),
        hold: Hold::Value,
        look: hidden::look,
    },
    Detector {
        rules: fetch::RULES,
        trigger: Trigger::Words(fetch::WORDS),
        hold: Hold::Word(fetch::MOST),
        look: fetch::look,
    },
    Detector {
        rules: wipe::RULES,
        trigger: Trigger::Words(&["rm -"]),
        hold: Hold::Word(wipe::MOST),
        look: wipe::look,
    },
];

/// The patterns of this family, by what they would harm.
pub const PHRASES: &[&[Phrase]] = &[
    markup::PHRASES,
    statements::PHRASES,
    commands::PHRASES,
    takeover::PHRASES,
];

const fn rule(id: &'static str, label: &'static str, score: u8, about: &'static str) -> Rule {
    Rule::guard(
        id,
        Family::Output,
        Category::ContentPolicy,
        label,
        score,
        about,
    )
}

const fn phrase(rule: Rule, begins: &'static [&'static str], pattern: &'static str) -> Phrase {
    Phrase {
        rule,
        begins,
        pattern,
    }
}

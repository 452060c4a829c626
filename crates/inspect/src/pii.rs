//! Personal data: numbers of people and of what is theirs, with boundary, check digits and the
//! words around.
//!
//! A number that many others could be by chance (one check digit: one in ten) is found only
//! where the words before it say so, or where it is written in groups as only such numbers are.
//! How sure a finding is depends on both. What would be less than [`shape::LEAST`] percent sure
//! isn't found.

mod banking;
mod calendar;
mod cards;
mod checks;
mod context;
mod ids;
mod keywords;
mod phones;
mod shape;

use crate::detector::{Detector, Found, Hit, Hold, Look, Trigger};

/// A detector that looks at numbers through a table.
macro_rules! table {
    ($($part:ident)::+, $least:literal) => {
        Detector {
            rules: $($part)::+::RULES,
            trigger: Trigger::Number($least),
            hold: Hold::Value,
            look: {
                fn look(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
                    $($part)::+::TABLE.look(look, hit, found);
                }
                look
            },
        }
    };
}

/// The looks for personal data.
pub const DETECTORS: &[Detector] = &[
    Detector {
        rules: cards::RULES,
        trigger: Trigger::Number(12),
        hold: Hold::Value,
        look: cards::look,
    },
    Detector {
        rules: banking::IBAN_RULES,
        trigger: Trigger::Words(banking::BEGINS),
        hold: Hold::Word(banking::LONGEST_IBAN),
        look: banking::iban,
    },
    Detector {
        rules: banking::ACCOUNT_RULES,
        trigger: Trigger::Number(6),
        hold: Hold::Value,
        look: banking::account,
    },
    Detector {
        rules: phones::RULES,
        trigger: Trigger::Number(7),
        hold: Hold::Value,
        look: phones::look,
    },
    table!(phones::national, 9),
    table!(banking::vat, 8),
    table!(ids::americas, 6),
    table!(ids::west, 6),
    table!(ids::north, 6),
    table!(ids::east, 6),
    table!(ids::asia, 6),
];

//! Personal data: numbers of people and of what is theirs, with boundary, check digits and the
//! words around.
//!
//! A number that many others could be by chance (one check digit: one in ten; two: one in a hundred)
//! is found only where the words before it say so, or where it is written in groups as only such
//! numbers are. A birthday in it, or a country's own letters, can stand for them.
//! How sure a finding is depends on both. What would be less than [`shape::LEAST`] percent sure
//! isn't found.

mod banking;
mod calendar;
mod cards;
mod checks;
mod context;
mod dates;
mod documents;
mod health;
mod ids;
mod keywords;
mod names;
mod network;
mod phones;
mod plates;
mod shape;
mod words;

use std::sync::LazyLock;

use crate::detector::{Detector, Found, Hit, Hold, Look, Trigger};
use crate::finding::Rule;

/// The kinds of numbers that tables tell.
const LISTS: &[&[shape::Id]] = &[
    phones::national::IDS,
    banking::vat::IDS,
    ids::americas::IDS,
    ids::west::IDS,
    ids::north::IDS,
    ids::east::IDS,
    ids::asia::IDS,
    health::IDS,
    dates::IDS,
];

/// Their rules.
const RULES: &[Rule] = &shape::rules::<{ shape::count(LISTS) }>(LISTS);

/// Finds them.
fn numbers(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    static TABLE: LazyLock<shape::Table> = LazyLock::new(|| shape::Table::new(LISTS));
    TABLE.look(look, hit, found);
}

/// A detector that looks for the number of a document behind its name.
macro_rules! document {
    ($rules:ident, $begins:ident, $look:ident) => {
        Detector {
            rules: documents::$rules,
            trigger: Trigger::Words(documents::$begins),
            hold: Hold::Value,
            look: documents::$look,
        }
    };
}

/// The looks for personal data.
pub const DETECTORS: &[Detector] = &[
    Detector {
        rules: RULES,
        trigger: Trigger::Number(4),
        hold: Hold::Value,
        look: numbers,
    },
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
    Detector {
        rules: dates::EASTERN_RULES,
        trigger: Trigger::Number(4),
        hold: Hold::Value,
        look: dates::eastern,
    },
    Detector {
        rules: dates::SPOKEN_RULES,
        trigger: Trigger::Words(dates::BEGINS),
        hold: Hold::Asked(dates::FARTHEST, dates::spoken_begun),
        look: dates::spoken,
    },
    Detector {
        rules: ids::india::RULES,
        trigger: Trigger::Number(4),
        hold: Hold::Value,
        look: ids::india::look,
    },
    Detector {
        rules: network::email::RULES,
        trigger: Trigger::At,
        hold: Hold::Value,
        look: network::email::look,
    },
    Detector {
        rules: network::V4_RULES,
        trigger: Trigger::Number(4),
        hold: Hold::Value,
        look: network::v4,
    },
    Detector {
        rules: network::SHORT_RULES,
        trigger: Trigger::Words(&["::"]),
        hold: Hold::Value,
        look: network::short,
    },
    Detector {
        rules: network::COLON_RULES,
        trigger: Trigger::Token(16),
        hold: Hold::Value,
        look: network::colons,
    },
    Detector {
        rules: words::RULES,
        trigger: Trigger::Token(16),
        hold: Hold::Value,
        look: words::look,
    },
    Detector {
        rules: names::RULES,
        trigger: Trigger::Words(names::BEGINS),
        hold: Hold::Asked(names::FARTHEST, names::begun),
        look: names::look,
    },
    Detector {
        rules: plates::RULES,
        trigger: Trigger::Words(plates::BEGINS),
        hold: Hold::Asked(plates::FARTHEST, plates::begun),
        look: plates::look,
    },
    document!(PASSPORT_RULES, PASSPORT_BEGINS, passport),
    document!(LICENCE_RULES, LICENCE_BEGINS, licence),
    document!(MRN_RULES, MRN_BEGINS, mrn),
    document!(MBI_RULES, MBI_BEGINS, medicare),
    document!(CARD_RULES, CARD_BEGINS, identity_card),
];

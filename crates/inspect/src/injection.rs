//! Texts that would take over a model: jailbreaks, smuggled instructions, prompt extraction.
//!
//! The rules are phrases with bounded gaps between their words (`wording` is how they are spelt,
//! `words` what they share), in English by class and in other languages by language. Where a
//! phrase stands decides how much it counts ([`weigh`]), and [`risk`] makes one figure of all.

use crate::detector::{Detector, Phrase};

mod actions;
mod concepts;
mod extraction;
mod freedom;
mod hidden;
mod indirect;
mod languages;
pub mod learned;
mod overrides;
mod personas;
mod pressure;
mod replacements;
mod risk;
mod tokens;
mod tricks;
mod weigh;
pub(crate) mod wording;
mod words;

pub use risk::{MOST, Risk, Trust, risk};
pub use weigh::weigh;
pub(crate) use weigh::{is_negated, is_told};

/// The looks of this family.
pub const DETECTORS: &[&[Detector]] =
    &[personas::DETECTORS, hidden::DETECTORS, concepts::DETECTORS];

/// The patterns of this family, by class.
pub const PHRASES: &[&[Phrase]] = &[
    overrides::PHRASES,
    replacements::PHRASES,
    freedom::PHRASES,
    tricks::PHRASES,
    pressure::PHRASES,
    extraction::PHRASES,
    tokens::PHRASES,
    actions::PHRASES,
    indirect::PHRASES,
    languages::GERMANIC,
    languages::ROMANCE,
    languages::SLAVIC,
    languages::ASIAN,
    languages::SOUTHERN,
];

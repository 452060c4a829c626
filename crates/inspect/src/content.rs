//! What most tenants don't want to be spoken of: swearing, threats, weapons, sex, hatred.
//!
//! Names of competitors, topics and lists of a tenant's own come from its [`crate::Spec`].

use crate::detector::{Detector, Phrase};

mod concepts;
mod gore;
mod hate;
mod profanity;
mod sexual;
mod veil;
mod violence;
mod weigh;

pub use weigh::weigh;

/// The looks of this family.
pub const DETECTORS: &[&[Detector]] = &[violence::DETECTORS, concepts::DETECTORS];

/// The patterns of this family, by class.
pub const PHRASES: &[&[Phrase]] = &[
    profanity::PHRASES,
    gore::PHRASES,
    sexual::PHRASES,
    hate::PHRASES,
];

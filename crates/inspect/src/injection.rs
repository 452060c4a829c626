//! Texts that would take over a model.

use crate::detector::{Detector, Phrase};

/// The looks of this family.
pub const DETECTORS: &[Detector] = &[];

/// The patterns of this family.
pub const PHRASES: &[Phrase] = &[];

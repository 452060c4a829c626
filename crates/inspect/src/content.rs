//! What a tenant doesn't want to be spoken of.

use crate::detector::{Detector, Phrase};

/// The looks of this family.
pub const DETECTORS: &[Detector] = &[];

/// The patterns of this family, by class.
pub const PHRASES: &[&[Phrase]] = &[];

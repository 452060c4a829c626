//! What would do harm where a reply is shown or run.

use crate::detector::{Detector, Phrase};

/// The looks of this family.
pub const DETECTORS: &[Detector] = &[];

/// The patterns of this family.
pub const PHRASES: &[Phrase] = &[];

//! Personal data.

use crate::detector::Detector;

/// The looks for personal data.
pub const DETECTORS: &[Detector] = &[];

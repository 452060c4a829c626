//! Keys, tokens, passwords.

use crate::detector::Detector;

/// The looks for secrets.
pub const DETECTORS: &[Detector] = &[];

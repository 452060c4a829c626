//! How well inspection finds what it promises to find: generated samples, and what is counted.
//!
//! Everything is made in code from a seed: the same seed gives the same texts on every machine.

pub mod base64;
pub mod checks;
pub mod frames;
pub mod guards;
pub mod kinds;
pub mod lang;
pub mod learn;
pub mod measure;
pub mod negatives;
pub mod positives;
pub mod rng;
pub mod sets;
pub mod tell;
pub mod transform;

//! The main classes in other languages: orders voided, the prompt asked for, roles without limits.
//!
//! Each language has the ids of the English rules with its code behind: `jb-001-de`. Words are
//! written with their accents and without, as people type them; case and spacing don't count.

mod asian;
mod germanic;
mod romance;
mod slavic;
mod southern;

pub use asian::PHRASES as ASIAN;
pub use germanic::PHRASES as GERMANIC;
pub use romance::PHRASES as ROMANCE;
pub use slavic::PHRASES as SLAVIC;
pub use southern::PHRASES as SOUTHERN;

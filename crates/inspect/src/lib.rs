//! Finding what may not pass in text: personal data, secrets, injection, content, leaks.
//!
//! No I/O here, and no knowledge of requests: text in, findings out. A [`Scanner`] looks at whole
//! texts, a [`Stream`] at texts that come in pieces; of the same text both find the same, but for
//! sentences that are judged as a whole ([`injection::learned`]).
//!
//! How it works: one automaton over all words that can begin something, and one look at runs of
//! digits and of token characters, give *hits* (`scanner`). Only at hits the rules look closer:
//! shape, check digits, context (`pii`, `secrets`, `injection`, `content`, `output`). Texts that
//! hide what they say are made plain first, and what is found there is mapped back (`normal`).

mod beneath;
pub mod catalog;
pub mod content;
pub mod detector;
pub mod finding;
pub mod grounding;
pub mod injection;
pub mod json;
pub mod leak;
pub mod normal;
pub mod output;
pub mod pii;
pub mod scanner;
pub mod secrets;
pub mod stream;
pub mod text;

pub use finding::{Category, Families, Family, Finding, Rule, RuleId};
pub use scanner::{Scanner, Spec};
pub use stream::{Act, Plan, Stream};

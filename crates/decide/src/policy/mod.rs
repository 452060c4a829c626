//! Policies: one language for models, tools and people.
//!
//! Texts (YAML with CEL, or Rego) compile to one internal form, [`rule::Body`]. A [`book::Book`]
//! holds what is in force and in shadow for every tenant, and answers what it says of an
//! [`Input`]: a [`Decision`]. All of it is a pure function: time and everything else is in the
//! input.
//!
//! The order of decision: an explicit deny wins; a rule that can't be evaluated denies; then
//! approvals; then warnings. What no rule speaks of passes, but for tools, which the base policy
//! governs.

pub mod base;
pub mod book;
pub mod cases;
pub mod cel;
mod decide;
pub mod decision;
pub mod document;
pub mod effective;
pub mod explain;
pub mod fault;
mod index;
pub mod input;
#[cfg(test)]
mod naive;
pub mod names;
pub mod rego;
pub mod rule;
pub mod sample;
pub mod schema;
pub mod sensitivity;
pub mod uses;
pub mod yaml;

pub use book::{Book, Needs};
pub use decision::{Decision, Divergence, Effect, Match};
pub use document::InputDocument;
pub use effective::EffectiveRule;
pub use explain::Explanation;
pub use fault::DslFault;
pub use input::{Arguments, Input};
pub use uses::Uses;

use crate::source::Language;

/// Compiles a text: what drafts, dry runs and `policy test` are checked by.
///
/// # Errors
/// Every fault of the text, with its place.
pub fn compile_text(language: Language, dsl: &str) -> Result<rule::Body, Vec<DslFault>> {
    match language {
        Language::Yaml => yaml::compile(dsl),
        Language::Rego => {
            rego::Program::compile(dsl).map(|it| rule::Body::Rego(std::sync::Arc::new(it)))
        }
    }
}

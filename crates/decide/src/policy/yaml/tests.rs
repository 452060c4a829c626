//! The language, by its texts.

mod broken;
mod limits;
mod never_panics;
mod places;
mod whole;

use super::compile;
use crate::policy::fault::DslFault;
use crate::policy::rule::{Body, Rule};

/// The rules of a text that is right.
#[track_caller]
fn rules(text: &str) -> Vec<Rule> {
    match compile(text) {
        Ok(Body::Rules(rules)) => rules.iter().map(|it| it.as_ref().clone()).collect(),
        other => panic!("{text}\n{other:?}"),
    }
}

/// The faults of a text that is wrong.
#[track_caller]
fn faults(text: &str) -> Vec<DslFault> {
    match compile(text) {
        Err(faults) => faults,
        Ok(_) => panic!("compiles: {text}"),
    }
}

//! What is in force, and in shadow, for every tenant.

use std::sync::Arc;

use terms::TenantId;

use super::decision::{Decision, Divergence};
use super::input::Input;
use super::rule::Body;
use super::uses::Uses;
use crate::case::Kind;
use crate::source::{Policy, PolicyOverride};

/// One text of a policy, compiled.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The document; `text` or `before` of it was compiled.
    pub policy: Arc<Policy>,
    /// The version of the text.
    pub version: i64,
    /// What it says.
    pub body: Body,
}

/// What must be gathered before a call can be decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// The attributes that some rule for this tenant reads, in force or in shadow. A canary counts
    /// as reading the principal, an override (which has an end) as reading the time.
    pub uses: Uses,
    /// A rule in force is an expression or a program: a decision costs enough to be kept.
    pub costly: bool,
    /// Some policy is in shadow: it must be asked as well.
    pub shadowed: bool,
}

/// What is in force, and in shadow, for every tenant.
#[derive(Clone, Debug, Default)]
pub struct Book {
    compiled: Vec<Arc<Compiled>>,
    overrides: Vec<PolicyOverride>,
}

impl Book {
    /// What a call of this kind needs.
    pub fn needs(&self, tenant: &TenantId, kind: Kind) -> Needs {
        let _ = (tenant, kind, &self.compiled, &self.overrides);
        Needs::default()
    }

    /// What is in force says of a call.
    pub fn decide(&self, input: &Input<'_>) -> Decision {
        let _ = input;
        Decision::default()
    }

    /// Which policies in shadow would have decided otherwise.
    pub fn shadows(&self, input: &Input<'_>, decided: &Decision) -> Vec<Divergence> {
        let _ = (input, decided);
        Vec::new()
    }
}

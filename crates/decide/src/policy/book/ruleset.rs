//! Texts that stand together, with an index of their rules.

use std::sync::Arc;

use super::{Compiled, Whom};
use crate::policy::index::{Entry, Index, is_model_call};
use crate::policy::input::{Input, Tenant, Who};
use crate::policy::rego::Program;
use crate::policy::rule::{Body, Rule};
use crate::source::{Language, PolicyScope};

/// A text, and for whom it stands.
#[derive(Clone, Debug)]
pub(in crate::policy) struct Text {
    pub compiled: Arc<Compiled>,
    pub whom: Whom,
}

/// Texts that stand together.
#[derive(Clone, Debug, Default)]
pub(in crate::policy) struct Ruleset {
    pub texts: Vec<Text>,
    /// Every rule of every text: the text's place, its own place in the text, and itself.
    rules: Vec<(u32, u32, Arc<Rule>)>,
    /// The places of texts that are programs.
    programs: Vec<u32>,
    index: Index,
}

impl Text {
    pub fn new(compiled: Arc<Compiled>, whom: Whom) -> Self {
        Self { compiled, whom }
    }

    /// True when it stands for this caller.
    pub fn binds(&self, principal: &Who<'_>, tenant: &Tenant<'_>) -> bool {
        self.whom.is(&self.compiled.policy, principal, tenant)
    }

    /// What it speaks of, with the default of its language.
    pub fn speaks_of(&self, scope: PolicyScope) -> bool {
        let language = match self.compiled.body {
            Body::Rules(_) => Language::Yaml,
            Body::Rego(_) => Language::Rego,
        };
        self.compiled.policy.speaks_of_in(language, scope)
    }

    /// True when it speaks of such calls.
    pub fn speaks_of_call(&self, input: &Input<'_>) -> bool {
        self.speaks_of(match is_model_call(input.kind) {
            true => PolicyScope::Models,
            false => PolicyScope::Tools,
        })
    }
}

impl Ruleset {
    pub fn of(texts: Vec<Text>) -> Self {
        let number = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        let (mut rules, mut programs, mut scopes) = (Vec::new(), Vec::new(), Vec::new());
        for (place, text) in texts.iter().enumerate() {
            let own = match &text.compiled.body {
                Body::Rules(own) => own,
                Body::Rego(_) => {
                    programs.push(number(place));
                    continue;
                }
            };
            let speaks_of = (
                text.speaks_of(PolicyScope::Models),
                text.speaks_of(PolicyScope::Tools),
            );
            for (within, rule) in own.iter().enumerate() {
                rules.push((number(place), number(within), Arc::clone(rule)));
                scopes.push(speaks_of);
            }
        }
        let index = Index::of(
            rules
                .iter()
                .zip(&scopes)
                .map(|((.., rule), (models, tools))| Entry {
                    rule,
                    models: *models,
                    tools: *tools,
                }),
        );
        Self {
            texts,
            rules,
            programs,
            index,
        }
    }

    /// A text by its place.
    pub fn text(&self, place: u32) -> Option<&Text> {
        self.texts.get(place as usize)
    }

    /// True when one of its texts speaks of such calls, and stands for this caller.
    pub fn binds(&self, input: &Input<'_>) -> bool {
        let mut texts = self.texts.iter();
        texts.any(|it| it.speaks_of_call(input) && it.binds(&input.principal, &input.tenant))
    }

    /// Calls `found` with every rule that can hold for the call and binds the caller: its text's
    /// place, the text, its own place there, and itself.
    pub fn rules<'a>(
        &'a self,
        input: &Input<'_>,
        mut found: impl FnMut(u32, &'a Text, u32, &'a Rule),
    ) {
        self.index.candidates(input, |place| {
            if let Some((of, within, rule)) = self.rules.get(place)
                && let Some(text) = self.text(*of)
                && text.binds(&input.principal, &input.tenant)
            {
                found(*of, text, *within, rule);
            }
        });
    }

    /// Every program that speaks of such calls and binds the caller; none for requests that keep a
    /// session or list what there is: `default allow := false` must not close those.
    pub fn programs<'a>(
        &'a self,
        input: &Input<'_>,
    ) -> impl Iterator<Item = (u32, &'a Text, &'a Program)> {
        // The list over all servers has neither a model nor a tool.
        let asks = input
            .tool
            .map_or(input.model.is_some(), |it| it.does_something());
        let programs = self.programs.iter().filter(move |_| asks);
        programs.filter_map(move |place| {
            let text = self.text(*place)?;
            let Body::Rego(program) = &text.compiled.body else {
                return None;
            };
            (text.speaks_of_call(input) && text.binds(&input.principal, &input.tenant))
                .then_some((*place, text, &**program))
        })
    }

    /// The texts that bind the caller, speak of such calls, and would stand in the place of
    /// something.
    pub fn replacing(&self, input: &Input<'_>) -> impl Iterator<Item = u32> {
        (0u32..).zip(&self.texts).filter_map(move |(place, text)| {
            let policy = &text.compiled.policy;
            let replaces = policy.replaces_base || policy.before.is_some();
            (replaces && text.speaks_of_call(input) && text.binds(&input.principal, &input.tenant))
                .then_some(place)
        })
    }
}

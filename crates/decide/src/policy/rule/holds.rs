//! Whether a rule, and each of its tests, holds for one call.

use crate::case::{Agent, Kind};
use crate::policy::input::{Arguments, Input, Model, Tool};
use crate::policy::names::Listing;

use super::{AgentTest, Rule, Test, is_in};

/// Whether something holds for a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// It depends on what is not known: a list of tools is made, or a record is replayed.
    Undecided,
    /// It can't be evaluated; what broke, for the operator.
    Broken(String),
}

impl From<bool> for Held {
    fn from(holds: bool) -> Self {
        if holds { Held::Yes } else { Held::No }
    }
}

impl Rule {
    /// Whether all tests hold. One that plainly doesn't decides it, so that a rule that does not
    /// speak of the call never refuses it, whatever else is broken or unknown.
    pub fn holds(&self, input: &Input<'_>) -> Held {
        let mut so_far = Held::Yes;
        for test in &self.tests {
            match test.holds(input) {
                Held::Yes => {}
                Held::No => return Held::No,
                Held::Undecided if so_far == Held::Yes => so_far = Held::Undecided,
                Held::Broken(why) if !matches!(so_far, Held::Broken(_)) => {
                    so_far = Held::Broken(why);
                }
                Held::Undecided | Held::Broken(_) => {}
            }
        }
        so_far
    }
}

impl Test {
    /// Whether the condition holds. What speaks of models does not hold for a request to a tool
    /// server, nor the other way round.
    pub fn holds(&self, input: &Input<'_>) -> Held {
        let who = &input.principal;
        match self {
            Test::Action(list) => list.holds(input.kind.name()).into(),
            Test::User(list) => either(list, who.id, who.username.unwrap_or(who.id)).into(),
            Test::Role(list) => all_of(list, who.roles.iter().map(|it| it.as_str())).into(),
            Test::Group(list) => all_of(list, who.groups.iter().map(AsRef::as_ref)).into(),
            Test::Key(list) => known(list, who.key_id).into(),
            Test::Method(list) => list.holds(who.method).into(),
            Test::Model(_) | Test::Provider(_) | Test::MaxTokens(_) | Test::Residency(_) => input
                .model
                .is_some_and(|model| self.holds_for_model(&model))
                .into(),
            Test::Tools(list) => offered_or_called(list, input).into(),
            Test::Server(list) => input.tool.is_some_and(|it| list.holds(it.server)).into(),
            Test::Tool(list) => called(input).is_some_and(|it| is_tool(list, it)).into(),
            Test::SensitivityFrom(level) => input
                .tool
                .is_some_and(|it| it.does_something() && it.sensitivity >= *level)
                .into(),
            Test::Argument(test) => match called(input).map(|it| it.arguments) {
                None => Held::No,
                Some(Arguments::Unknown) => Held::Undecided,
                Some(Arguments::Known(arguments)) => test.holds(arguments).into(),
            },
            Test::DataClasses(list) => match input.data_classes {
                None => Held::Undecided,
                Some(found) => found.iter().any(|it| list.holds(it)).into(),
            },
            Test::Tainted(tainted) => (input.tainted == *tainted).into(),
            Test::Region(list) => known(list, input.region).into(),
            Test::Time(test) => test.holds(input.now),
            Test::Address(networks, inside) => {
                let found = input.request.address.is_some_and(|it| is_in(networks, it));
                (found == *inside).into()
            }
            Test::Agent(test) => who.agent.is_some_and(|it| test.holds(it)).into(),
            Test::Cel(condition) => condition.held(input),
        }
    }

    fn holds_for_model(&self, model: &Model<'_>) -> bool {
        match self {
            Test::Model(list) => either(list, model.name, model.served),
            Test::Provider(list) => either(list, model.account, model.provider),
            Test::MaxTokens(limit) => model.max_tokens.is_some_and(|asked| asked > *limit),
            // Where nobody knows where the data stays, it may stay anywhere.
            Test::Residency(regions) => !model
                .provider_region
                .is_some_and(|region| regions.iter().any(|it| **it == *region)),
            _ => false,
        }
    }
}

impl AgentTest {
    /// Whether all that the test says is so of this agent.
    pub fn holds(&self, agent: &Agent) -> bool {
        self.trust_below.is_none_or(|least| agent.trust < least)
            && self
                .depth_above
                .is_none_or(|most| agent.delegation_depth > most)
            && (self.lacks.is_empty()
                || self.lacks.iter().any(|it| !agent.capabilities.contains(it)))
            && (self.kinds.is_empty() || self.kinds.contains(&agent.kind))
    }
}

/// For what has two names: a deny list is hit by either, an allow list satisfied by either.
fn either(list: &Listing, one: &str, other: &str) -> bool {
    match list {
        Listing::Deny(names) => names.contains(one) || names.contains(other),
        Listing::Allow(names) => !(names.contains(one) || names.contains(other)),
    }
}

/// For what a caller has several of: a deny list is hit by any, an allow list satisfied by any.
fn all_of<'a>(list: &Listing, mut of: impl Iterator<Item = &'a str>) -> bool {
    match list {
        Listing::Deny(names) => of.any(|it| names.contains(it)),
        Listing::Allow(names) => !of.any(|it| names.contains(it)),
    }
}

/// For what may be unknown: no deny list names it, and no allow list either.
fn known(list: &Listing, name: Option<&str>) -> bool {
    match name {
        Some(name) => list.holds(name),
        None => matches!(list, Listing::Allow(_)),
    }
}

/// The tool call that it is.
fn called<'a>(input: &Input<'a>) -> Option<Tool<'a>> {
    input.tool.filter(|tool| tool.method == "tools/call")
}

/// A tool is listed as `tool` or as `server/tool`.
fn is_tool(list: &Listing, tool: Tool<'_>) -> bool {
    let (Listing::Deny(names) | Listing::Allow(names)) = list;
    let listed = tool
        .name
        .is_some_and(|it| names.contains(it) || names.contains_pair(tool.server, it));
    listed == matches!(list, Listing::Deny(_))
}

/// In a chat each tool that is offered to the model; otherwise the tool that is called.
fn offered_or_called(list: &Listing, input: &Input<'_>) -> bool {
    if input.kind == Kind::Chat {
        return input
            .model
            .is_some_and(|model| model.tools.iter().any(|it| list.holds(it)));
    }
    called(input).is_some_and(|it| is_tool(list, it))
}

#[cfg(test)]
mod tests;

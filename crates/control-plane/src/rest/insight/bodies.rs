//! What is asked about policies, as bodies and queries.

use decide::policy::InputDocument;
use decide::policy::document::{PrincipalDocument, TenantDocument};
use decide::source::{Language, PolicyScope};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use terms::{Code, Fault, Faults, Role, Timestamp};
use utoipa::{IntoParams, ToSchema};

use crate::admin::input;
use crate::admin::insight::draft::DraftInput;
use crate::admin::insight::{dry_run, replay, span};

/// A policy and sample requests.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DryRunInput {
    /// The text. Absent: the stored policy's.
    pub dsl: Option<String>,
    /// `yaml`, unless said; `rego`.
    #[schema(value_type = Option<String>)]
    pub language: Option<Language>,
    /// A stored policy: the text is tried in its place.
    pub policy_id: Option<String>,
    /// `models`, `tools`.
    #[schema(value_type = Option<Vec<String>>)]
    pub scope: Option<Vec<PolicyScope>>,
    /// It stands in the place of the base policy for tools.
    pub replaces_base: Option<bool>,
    /// Whom it binds; absent: every tenant.
    pub tenant_id: Option<String>,
    /// Nothing else is in force, the base policy neither.
    pub alone: Option<bool>,
    /// A sample: the input document, a request to a model, or the second seed's words.
    #[schema(value_type = Option<Object>)]
    pub request: Option<Value>,
    /// Several, at most a hundred.
    #[schema(value_type = Option<Vec<Object>>)]
    pub requests: Option<Vec<Value>>,
}

/// The samples of a dry run.
pub enum Samples {
    /// At most one: without one, the text is compiled alone.
    One(Option<Value>),
    /// Several.
    Several(Vec<Value>),
}

impl Samples {
    /// Each with its place in the body.
    ///
    /// # Errors
    /// `validation_error` for too many.
    pub fn each(self) -> Result<Vec<(Value, String)>, Fault> {
        match self {
            Samples::One(sample) => {
                let one = sample.into_iter();
                Ok(one.map(|it| (it, "/request".to_owned())).collect())
            }
            Samples::Several(all) if all.len() > dry_run::MOST => {
                let message = format!("At most {} requests at once.", dry_run::MOST);
                Err(Fault::new(Code::ValidationError, message).at("/requests"))
            }
            Samples::Several(all) => {
                let all = all.into_iter().enumerate();
                Ok(all
                    .map(|(place, it)| (it, format!("/requests/{place}")))
                    .collect())
            }
        }
    }
}

impl DryRunInput {
    /// Reads the body. Samples keep their own words.
    ///
    /// # Errors
    /// What is unknown or of the wrong form, at its place.
    pub fn read(mut body: Map<String, Value>) -> Result<Self, Faults> {
        let (one, several) = (body.remove("request"), body.remove("requests"));
        let wrong = |message| Fault::new(Code::ValidationError, message).at("/requests");
        if one.is_some() && several.is_some() {
            return Err(wrong("Say 'request' or 'requests', not both.").into());
        }
        let mut input: Self = input::read(input::camel(body)?)?;
        input.request = one;
        input.requests = match several {
            Some(Value::Array(all)) => Some(all),
            Some(_) => return Err(wrong("'requests' is a list of sample requests.").into()),
            None => None,
        };
        Ok(input)
    }

    /// The policy, and the samples.
    pub fn parts(self) -> (DraftInput, Samples) {
        let samples = match self.requests {
            Some(all) => Samples::Several(all),
            None => Samples::One(self.request),
        };
        let draft = DraftInput {
            dsl: self.dsl,
            policy_id: self.policy_id,
            language: self.language,
            scope: self.scope,
            replaces_base: self.replaces_base,
            tenant_id: self.tenant_id,
            alone: self.alone.unwrap_or_default(),
        };
        (draft, samples)
    }
}

/// A policy and a stretch of the record.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReplayInput {
    /// The text. Absent: the stored policy's.
    pub dsl: Option<String>,
    /// A stored policy; with a text, the text is tried in its place.
    pub policy_id: Option<String>,
    /// `yaml`, unless said; `rego`.
    #[schema(value_type = Option<String>)]
    pub language: Option<Language>,
    /// `models`, `tools`.
    #[schema(value_type = Option<Vec<String>>)]
    pub scope: Option<Vec<PolicyScope>>,
    /// It stands in the place of the base policy for tools.
    pub replaces_base: Option<bool>,
    /// The last so many hours, 1 to 720; 24 unless said.
    pub hours: Option<u32>,
    /// From then, RFC 3339.
    #[schema(value_type = Option<String>)]
    pub from: Option<Timestamp>,
    /// Until then, RFC 3339; absent: now.
    #[schema(value_type = Option<String>)]
    pub to: Option<Timestamp>,
    /// Only this tenant's calls; for a text, also whom it binds.
    pub tenant_id: Option<String>,
    /// At most so many calls, the newest ones; 100000 unless said, and at most.
    pub limit: Option<u32>,
}

impl ReplayInput {
    /// Reads the body.
    ///
    /// # Errors
    /// What is unknown or of the wrong form, at its place.
    pub fn read(body: Map<String, Value>) -> Result<Self, Faults> {
        let input: Self = input::read(input::camel(body)?)?;
        if input.limit.is_some_and(|it| it == 0 || it > replay::MOST) {
            let message = format!("limit is 1 to {}.", replay::MOST);
            return Err(Fault::new(Code::ValidationError, message)
                .at("/limit")
                .into());
        }
        Ok(input)
    }

    /// From when until when.
    ///
    /// # Errors
    /// See [`span::Asked::at`].
    pub fn between(&self, now: Timestamp) -> Result<(Timestamp, Timestamp), Faults> {
        let asked = span::Asked {
            hours: self.hours,
            from: self.from,
            to: self.to,
        };
        asked.at(now, "/")
    }

    /// The policy.
    pub fn draft(self) -> DraftInput {
        DraftInput {
            dsl: self.dsl,
            policy_id: self.policy_id,
            language: self.language,
            scope: self.scope,
            replaces_base: self.replaces_base,
            tenant_id: self.tenant_id,
            alone: false,
        }
    }
}

/// What is to be explained.
pub enum ExplainInput {
    /// A recorded call, by its request's id.
    Recorded(String),
    /// A described call, and the JSON pointer of the description.
    Call(Value, &'static str),
}

impl ExplainInput {
    /// Reads the body: `{"request_id"}`, `{"input"}`, or the call itself.
    ///
    /// # Errors
    /// `validation_error` where more is said beside the first two, or nothing at all.
    pub fn of(mut body: Map<String, Value>) -> Result<Self, Faults> {
        let invalid = |message: &'static str, at: &str| {
            Err(Fault::new(Code::ValidationError, message).at(at).into())
        };
        let recorded = body.remove("request_id").or(body.remove("requestId"));
        if let Some(id) = recorded {
            let Some(id) = id.as_str().filter(|it| !it.is_empty()) else {
                return invalid("'request_id' is a text, such as req_….", "/request_id");
            };
            if !body.is_empty() {
                return invalid("Beside 'request_id', nothing else is said.", "/request_id");
            }
            return Ok(ExplainInput::Recorded(id.to_owned()));
        }
        if let Some(input) = body.remove("input") {
            if !body.is_empty() {
                return invalid("Beside 'input', nothing else is said.", "/input");
            }
            return Ok(ExplainInput::Call(input, "/input"));
        }
        if body.is_empty() {
            let message = "Say 'request_id', 'input', or the call: who asks, and for what.";
            return invalid(message, "");
        }
        Ok(ExplainInput::Call(json!(body), ""))
    }
}

/// Whom the rules could bind.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EffectiveQuery {
    /// A user, or the owner of keys.
    user_id: Option<String>,
    /// A key.
    key_id: Option<String>,
    /// Anybody with this role.
    #[param(value_type = Option<String>)]
    role: Option<Role>,
    /// In these groups, with commas between them.
    groups: Option<String>,
    /// For this tenant; absent: the key's, the user's, or the only one.
    tenant_id: Option<String>,
}

impl EffectiveQuery {
    /// The principal, in a call that asks for nothing.
    ///
    /// # Errors
    /// `validation_error` where nobody is named.
    pub fn principal(self) -> Result<InputDocument, Fault> {
        if self.user_id.is_none() && self.key_id.is_none() && self.role.is_none() {
            let message = "Say whom: user_id, key_id or role.";
            return Err(Fault::new(Code::ValidationError, message).at("user_id"));
        }
        let groups = self.groups.iter().flat_map(|it| it.split(','));
        let groups = groups.map(str::trim).filter(|it| !it.is_empty());
        Ok(InputDocument {
            principal: PrincipalDocument {
                id: self.user_id.unwrap_or_default(),
                key_id: self.key_id,
                roles: self.role.into_iter().collect(),
                groups: groups.map(Into::into).collect(),
                ..PrincipalDocument::default()
            },
            tenant: TenantDocument {
                id: self.tenant_id.unwrap_or_default(),
                ..TenantDocument::default()
            },
            ..InputDocument::default()
        })
    }
}

/// Which divergences are listed.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DivergencesQuery {
    /// The last so many hours, 1 to 720; 24 unless given.
    hours: Option<u32>,
    /// From then (RFC 3339).
    #[param(value_type = Option<String>)]
    from: Option<Timestamp>,
    /// Until then (RFC 3339); absent: now.
    #[param(value_type = Option<String>)]
    to: Option<Timestamp>,
    /// Only this tenant's calls.
    pub tenant_id: Option<String>,
    /// At most so many examples, 0 to 200; 20 unless given.
    limit: Option<usize>,
}

impl DivergencesQuery {
    /// From when until when.
    ///
    /// # Errors
    /// See [`span::Asked::at`].
    pub fn between(&self, now: Timestamp) -> Result<(Timestamp, Timestamp), Faults> {
        let asked = span::Asked {
            hours: self.hours,
            from: self.from,
            to: self.to,
        };
        asked.at(now, "")
    }

    /// How many examples.
    ///
    /// # Errors
    /// `validation_error` for too many.
    pub fn limit(&self) -> Result<usize, Fault> {
        match self.limit {
            Some(limit) if limit > 200 => {
                Err(Fault::new(Code::ValidationError, "limit must be 0 to 200.").at("limit"))
            }
            limit => Ok(limit.unwrap_or(20)),
        }
    }
}

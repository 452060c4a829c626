//! What may not pass, and what is done about it: for the whole installation. Tenants' metadata
//! overrides it key by key.

mod words;

use std::collections::BTreeMap;

use inspect::Category;
use serde::{Deserialize, Serialize, Serializer};
use terms::{ModelName, SecretString};

/// What may not pass, and what is done about it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Inspection {
    /// Personal data and secrets.
    pub pii: Pii,
    /// Injection, content, sizes, the context window.
    pub guardrail: Guardrail,
    /// Whether replies say what their sources say.
    pub grounding: Grounding,
    /// The key under which reversible tokens are made: hex, 64 bytes. Absent: none can be made.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "expose_some"
    )]
    pub token_key: Option<SecretString>,
}

#[expect(clippy::ref_option, reason = "serde gives a reference")]
fn expose_some<S: Serializer>(
    secret: &Option<SecretString>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match secret {
        Some(secret) => serializer.serialize_str(secret.expose()),
        None => serializer.serialize_none(),
    }
}

/// What is done where personal data or a secret is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PiiAction {
    /// It is not looked for.
    Off,
    /// It is reported.
    Log,
    /// It is replaced by a token that the gateway can turn back.
    Tokenize,
    /// It is replaced by a marker, for good.
    Redact,
    /// The call is refused, the reply stopped.
    Block,
}

/// Personal data and secrets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Pii {
    /// It is looked for.
    pub enabled: bool,
    /// What is done.
    pub action: PiiAction,
    /// What is done about secrets (keys, tokens, passwords); absent: the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secrets_action: Option<PiiAction>,
    /// What is done about single types (`IP_ADDRESS`); they go before the two above.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub types: BTreeMap<String, PiiAction>,
    /// Replies are looked at too.
    pub scan_responses: bool,
    /// What is kept for later (a cache) is always redacted.
    pub strip_before_cache: bool,
    /// What is less sure is not reported: percent.
    pub min_confidence: u8,
    /// Types of one's own: label to pattern.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub custom_patterns: BTreeMap<String, String>,
    /// Tokens that the request carried are turned back in its own reply.
    pub auto_detokenize_response: bool,
    /// What is done instead where tokens can't be made: `BLOCK`, `REDACT` or `LOG`.
    pub degraded_action: PiiAction,
}

impl Default for Pii {
    fn default() -> Self {
        Self {
            enabled: true,
            action: PiiAction::Redact,
            secrets_action: None,
            types: BTreeMap::new(),
            scan_responses: true,
            strip_before_cache: true,
            min_confidence: 50,
            custom_patterns: BTreeMap::new(),
            auto_detokenize_response: false,
            degraded_action: PiiAction::Block,
        }
    }
}

/// What is done where a guardrail finds something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum GuardAction {
    /// It is not looked for.
    Off,
    /// It is reported.
    Log,
    /// It is reported, and the answer says so in a header.
    Flag,
    /// The call is refused, the reply stopped.
    Block,
}

/// Injection, content, sizes, the context window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Guardrail {
    /// Guardrails hold.
    pub enabled: bool,
    /// What is done.
    pub action: GuardAction,
    /// What is done about single categories; they go before `action`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub categories: BTreeMap<Category, GuardAction>,
    /// What is done about injection in what tools and documents say; absent: as anywhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub untrusted_action: Option<GuardAction>,
    /// Replies are looked at too.
    pub scan_responses: bool,
    /// Lower scores are dropped: percent.
    pub risk_score_threshold: u8,
    /// What is done where a classifier says so.
    pub classifier_action: GuardAction,
    /// The most tokens of a request, by estimate; 0: any.
    pub max_input_tokens: u64,
    /// The most messages of a request; 0: any.
    pub max_messages_per_request: u64,
    /// The most characters of a message; 0: any.
    pub max_message_length: u64,
    /// The most tokens of a reply where the caller names none; 0: none is named.
    pub default_max_response_tokens: u64,
    /// Names of competitors.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub competitors: Vec<String>,
    /// Topics that are not spoken of: a keyword each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<String>,
    /// Texts that may not be said.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub denylist: Vec<String>,
    /// Patterns of injection of one's own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub injection_patterns: Vec<String>,
    /// Replies are held until they are whole, and looked at at once.
    pub hold_responses: bool,
    /// How long a session stays tainted after a hit, in minutes; 0: sessions are never tainted.
    pub taint_minutes: u32,
    /// How full a model's context window may be.
    pub context: Context,
    /// Who else is asked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub classifiers: Vec<Classifier>,
}

impl Default for Guardrail {
    fn default() -> Self {
        Self {
            enabled: true,
            action: GuardAction::Log,
            categories: BTreeMap::new(),
            untrusted_action: None,
            scan_responses: true,
            risk_score_threshold: 70,
            classifier_action: GuardAction::Flag,
            max_input_tokens: 0,
            max_messages_per_request: 0,
            max_message_length: 0,
            default_max_response_tokens: 0,
            competitors: Vec::new(),
            topics: Vec::new(),
            denylist: Vec::new(),
            injection_patterns: Vec::new(),
            hold_responses: false,
            taint_minutes: 60,
            context: Context::default(),
            classifiers: Vec::new(),
        }
    }
}

/// What is done where a conversation doesn't fit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Pruning {
    /// It is refused.
    #[default]
    None,
    /// The oldest turns go; system messages and the newest turns stay.
    TruncateOldest,
    /// The turns in the middle go; system messages, the first turn and the newest stay.
    TruncateMiddle,
}

/// How full a model's context window may be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Context {
    /// From here on it is reported: percent; 0: never.
    pub warning_pct: u8,
    /// Beyond this it is pruned or refused: percent; 0: never.
    pub hard_pct: u8,
    /// Which.
    pub strategy: Pruning,
    /// Tokens that a model's window holds, by model; a trailing `*` stands for any ending. They go
    /// before those that the gateway knows. A model that is in neither is not governed.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub windows: BTreeMap<ModelName, u64>,
}

impl Default for Context {
    fn default() -> Self {
        Self {
            warning_pct: 70,
            hard_pct: 90,
            strategy: Pruning::None,
            windows: BTreeMap::new(),
        }
    }
}

/// How a classifier is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClassifierKind {
    /// Presidio's analyzer: `POST {url}/analyze` gives entities with places and scores.
    Presidio,
    /// OpenAI's moderation endpoint: `POST {url}/moderations` gives categories and scores.
    OpenaiModeration,
    /// A webhook: text, source and tenant go; a verdict with category and score comes back.
    Webhook,
}

/// Somebody else who is asked about a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Classifier {
    /// Names it in events and metrics.
    pub name: String,
    /// How it is spoken to.
    pub kind: ClassifierKind,
    /// Where, without the kind's own path.
    pub url: String,
    /// Sent as `Authorization: Bearer`.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        serialize_with = "expose_some"
    )]
    pub api_key: Option<SecretString>,
    /// The model that is asked, where the kind has models.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// How long it may take, in milliseconds.
    pub timeout_ms: u64,
    /// Lower scores are dropped: percent.
    pub threshold: u8,
    /// Where it can't be asked, the call goes on, and the record says so; else it is refused.
    #[serde(default)]
    pub fail_open: bool,
    /// Requests are shown to it.
    pub scan_requests: bool,
    /// Replies are shown to it: whole, so streams are held until they are.
    #[serde(default)]
    pub scan_responses: bool,
}

/// Whether replies say what their sources say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Grounding {
    /// Replies are checked; those that are to be blocked are held until they are whole.
    pub enabled: bool,
    /// What is done: `LOG`, `FLAG` or `BLOCK`.
    pub action: GuardAction,
    /// The most sources of a request.
    pub max_sources: u32,
    /// The most characters of a source.
    pub max_source_length: u32,
    /// The share of its claims that a reply must have from its sources: percent.
    pub threshold: u8,
}

impl Default for Grounding {
    fn default() -> Self {
        Self {
            enabled: false,
            action: GuardAction::Log,
            max_sources: 50,
            max_source_length: 10_000,
            threshold: 70,
        }
    }
}

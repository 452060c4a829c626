//! `gateway.pii`, `gateway.guardrail`, `gateway.grounding` — what may not pass, and what is done
//! about it.

use std::collections::BTreeMap;

use decide::compile::amiss_in;
use decide::settings::inspection::{
    Classifier, ClassifierKind, Context, Grounding, GuardAction, Guardrail, Inspection, Pii,
    PiiAction, Pruning,
};
use inspect::Category;
use terms::{ModelName, SecretString};
use url::Url;

use super::super::names::{Threshold, Word};
use super::super::reader::Section;
use super::super::value::{Setting, Share, one_of, quote};

/// Iterations of PBKDF2-HMAC-SHA-256, after OWASP's advice of 2023. A password of people's making
/// must cost whoever guesses it; the tests of this crate read thousands of configurations.
const ITERATIONS: u32 = if cfg!(test) { 1 } else { 600_000 };

/// Every gateway of an installation must make the same key of the same password.
const SALT: &[u8] = b"gatehouse reversible tokens 1";

/// Settings whose words are those of documents, in any case.
macro_rules! documented {
    ($($type:ident),+) => {$(
        impl Setting for $type {
            fn read(text: &str) -> Result<Self, String> {
                let is = |it: &&Self| it.as_str().eq_ignore_ascii_case(text);
                let known = Self::ALL.iter().find(is);
                known.copied().ok_or_else(|| one_of(Self::WORDS))
            }

            fn show(&self) -> String {
                self.as_str().to_owned()
            }
        }
    )+};
}

documented!(PiiAction, GuardAction, Pruning, ClassifierKind);

/// What the three sections of `gateway` say.
pub(super) fn read(gateway: &mut Section<'_, '_>) -> Inspection {
    let (pii, token_key) = gateway.section("pii", read_pii);
    let inspection = Inspection {
        pii,
        guardrail: gateway.section("guardrail", read_guardrail),
        grounding: gateway.section("grounding", read_grounding),
        token_key,
    };
    // What was not read has its default, of which nothing can be said.
    let readable = |section: &&str| !gateway.faults_under(section);
    if ["pii", "guardrail", "grounding"].iter().all(readable) {
        for amiss in amiss_in(&inspection) {
            gateway.fault_below(&setting_of(&amiss.path), amiss.message);
        }
    }
    inspection
}

/// Where settings stand in files, by where they stand in documents.
const PLACES: [(&str, &str); 19] = [
    ("tokenKey", "pii.token-encryption-password"),
    ("pii/action", "pii.default-action"),
    ("pii/secretsAction", "pii.secrets-action"),
    ("pii/types", "pii.types"),
    ("pii/customPatterns", "pii.custom-patterns"),
    ("pii/degradedAction", "pii.degraded-action"),
    ("pii/minConfidence", "pii.min-confidence"),
    (
        "guardrail/riskScoreThreshold",
        "guardrail.risk-score-threshold",
    ),
    (
        "guardrail/competitors",
        "guardrail.content.competitor.keywords",
    ),
    ("guardrail/topics", "guardrail.content.topic-restrictions"),
    ("guardrail/denylist", "guardrail.content.custom-denylist"),
    (
        "guardrail/injectionPatterns",
        "guardrail.injection-patterns",
    ),
    ("guardrail/holdResponses", "guardrail.hold-responses"),
    (
        "guardrail/context/warningPct",
        "guardrail.context.warning-threshold-pct",
    ),
    (
        "guardrail/context/hardPct",
        "guardrail.context.hard-threshold-pct",
    ),
    ("guardrail/context/windows", "guardrail.context.windows"),
    ("guardrail/classifiers", "guardrail.classifiers"),
    ("grounding/action", "grounding.action"),
    ("grounding/threshold", "grounding.threshold"),
];

/// The setting below `gateway` that a document's place is read from.
fn setting_of(path: &str) -> String {
    let place = PLACES.iter().find_map(|(from, to)| {
        let rest = path.strip_prefix(from)?;
        (rest.is_empty() || rest.starts_with('/')).then_some((*to, rest))
    });
    let (setting, rest) = place.unwrap_or((path, ""));
    let mut setting = setting.to_owned();
    let is_list = setting == "guardrail.classifiers";
    for segment in rest.split('/').skip(1) {
        let name = segment.replace("~1", "/").replace("~0", "~");
        setting.push('.');
        setting.push_str(&match name.as_str() {
            "timeoutMs" if is_list => "timeout".to_owned(),
            "scanRequests" if is_list => "scan-requests".to_owned(),
            item if is_list || item.bytes().all(|it| it.is_ascii_digit()) => item.to_owned(),
            name => quote(name),
        });
    }
    setting
}

fn read_pii(section: &mut Section<'_, '_>) -> (Pii, Option<SecretString>) {
    let default = Pii::default();
    section.only(
        "strip-before-cache",
        true,
        "a cache with what was kept back",
    );
    let password: Option<SecretString> = section.value("token-encryption-password");
    let pii = Pii {
        enabled: section.value_or("enabled", default.enabled),
        action: section.value_or("default-action", default.action),
        secrets_action: section.value("secrets-action"),
        types: section.named_values("types"),
        scan_responses: section.value_or("scan-responses", default.scan_responses),
        strip_before_cache: default.strip_before_cache,
        min_confidence: section
            .value_or("min-confidence", Threshold(default.min_confidence))
            .0,
        custom_patterns: section.named_values("custom-patterns"),
        auto_detokenize_response: section
            .value_or("auto-detokenize-response", default.auto_detokenize_response),
        degraded_action: section.value_or("degraded-action", default.degraded_action),
    };
    if password.as_ref().is_some_and(|it| it.expose().len() < 12) {
        section.fault(
            "token-encryption-password",
            "the password must have at least 12 characters",
        );
    }
    (pii, password.map(|it| token_key(&it)))
}

/// The key that a password gives: 64 bytes, in hex.
fn token_key(password: &SecretString) -> SecretString {
    let mut key = [0u8; 64];
    aws_lc_rs::pbkdf2::derive(
        aws_lc_rs::pbkdf2::PBKDF2_HMAC_SHA256,
        std::num::NonZeroU32::new(ITERATIONS).unwrap_or(std::num::NonZeroU32::MIN),
        SALT,
        password.expose().as_bytes(),
        &mut key,
    );
    SecretString::from(hex::encode(key))
}

fn read_guardrail(section: &mut Section<'_, '_>) -> Guardrail {
    let default = Guardrail::default();
    for window in ["streaming-scan-window-size", "streaming-overlap-margin"] {
        section.unbuilt(
            window,
            "a window over streams (they are looked at as wholes, and held only as far as needed):",
        );
    }
    let score = share(
        section,
        "risk-score-threshold",
        default.risk_score_threshold,
    );
    let (categories, lists) = section.section("content", read_content);
    Guardrail {
        enabled: section.value_or("enabled", default.enabled),
        action: section.value_or("default-action", default.action),
        categories,
        untrusted_action: section.value("untrusted-action"),
        scan_responses: section.value_or("scan-responses", default.scan_responses),
        risk_score_threshold: score,
        classifier_action: section.value_or("classifier-action", default.classifier_action),
        max_input_tokens: section.value_or("max-input-tokens", default.max_input_tokens),
        max_messages_per_request: section
            .value_or("max-messages-per-request", default.max_messages_per_request),
        max_message_length: section.value_or("max-message-length", default.max_message_length),
        default_max_response_tokens: section.value_or(
            "default-max-response-tokens",
            default.default_max_response_tokens,
        ),
        competitors: lists.competitors,
        topics: lists.topics,
        denylist: lists.denylist,
        injection_patterns: section.list_or("injection-patterns", Vec::new()),
        hold_responses: section.value_or("hold-responses", default.hold_responses),
        taint_minutes: section.value_or("taint-minutes", default.taint_minutes),
        context: section.section("context", read_context),
        classifiers: section
            .sections("classifiers", read_classifier)
            .unwrap_or_default(),
    }
}

/// Contract A writes thresholds as shares.
fn share(section: &mut Section<'_, '_>, key: &'static str, default: u8) -> u8 {
    let Share(share) = section.value_or(key, Share(f64::from(default) / 100.0));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share is from 0 to 1"
    )]
    let percent = (share * 100.0).round() as u8;
    percent
}

#[derive(Default)]
struct Lists {
    competitors: Vec<String>,
    topics: Vec<String>,
    denylist: Vec<String>,
}

/// Contract A names the sections by their categories, some of them in short.
const CATEGORIES: [(&str, Category); 9] = [
    ("injection", Category::Injection),
    ("jailbreak", Category::Jailbreak),
    ("profanity", Category::Profanity),
    ("violence", Category::Violence),
    ("sexual", Category::Sexual),
    ("competitor", Category::CompetitorMention),
    ("topic", Category::TopicRestriction),
    ("content-policy", Category::ContentPolicy),
    ("custom", Category::Custom),
];

fn read_content(section: &mut Section<'_, '_>) -> (BTreeMap<Category, GuardAction>, Lists) {
    let mut lists = Lists::default();
    let mut categories = BTreeMap::new();
    for (key, category) in CATEGORIES {
        let action = section.section(key, |of| {
            if category == Category::CompetitorMention {
                lists.competitors = of.list_or("keywords", Vec::new());
            }
            of.value("action")
        });
        categories.extend(action.map(|action| (category, action)));
    }
    if section.has("hallucination") {
        section.known(&["hallucination"]);
        section.fault(
            "hallucination",
            "no rule finds hallucinations: gateway.grounding.action says what is done about answers \
             that their sources don't support",
        );
    }
    lists.topics = section.list_or("topic-restrictions", Vec::new());
    lists.denylist = section.list_or("custom-denylist", Vec::new());
    (categories, lists)
}

fn read_context(section: &mut Section<'_, '_>) -> Context {
    let default = Context::default();
    Context {
        warning_pct: section
            .value_or("warning-threshold-pct", Threshold(default.warning_pct))
            .0,
        hard_pct: section
            .value_or("hard-threshold-pct", Threshold(default.hard_pct))
            .0,
        strategy: section.value_or("pruning-strategy", default.strategy),
        windows: section
            .named_values::<u64>("windows")
            .into_iter()
            .map(|(model, tokens)| (ModelName::from(model.as_str()), tokens))
            .collect(),
    }
}

fn read_classifier(section: &mut Section<'_, '_>) -> Option<Classifier> {
    let name = section.value::<Word>("name");
    let kind = section.value::<ClassifierKind>("kind");
    let url = section.value::<Url>("url");
    let api_key = section.value("api-key");
    let model = section.value::<Word>("model");
    let timeout = section.value_or("timeout", std::time::Duration::from_secs(2));
    let threshold = share(section, "threshold", 50);
    let fail_open = section.value_or("fail-open", false);
    let scan_requests = section.value_or("scan-requests", true);
    let scan_responses = section.value_or("scan-responses", false);
    if name.is_none() || kind.is_none() || url.is_none() {
        section.refuse("a classifier has 'name', 'kind' and 'url'");
    }
    Some(Classifier {
        name: name?.0,
        kind: kind?,
        url: url?.as_str().trim_end_matches('/').to_owned(),
        api_key,
        model: model.map(|it| it.0),
        timeout_ms: u64::try_from(timeout.as_millis()).unwrap_or(u64::MAX),
        threshold,
        fail_open,
        scan_requests,
        scan_responses,
    })
}

fn read_grounding(section: &mut Section<'_, '_>) -> Grounding {
    let default = Grounding::default();
    Grounding {
        enabled: section.value_or("enabled", default.enabled),
        action: section.value_or("action", default.action),
        max_sources: section.value_or("max-sources", default.max_sources),
        max_source_length: section.value_or("max-source-length", default.max_source_length),
        threshold: section
            .value_or("threshold", Threshold(default.threshold))
            .0,
    }
}

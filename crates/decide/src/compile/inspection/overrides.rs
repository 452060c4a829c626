//! The overrides in a tenant's metadata (contract A §3), read one by one.

use std::collections::BTreeMap;

use inspect::Category;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::settings::inspection::{
    Context, Grounding, GuardAction, Guardrail, Inspection, Pii, PiiAction, Pruning,
};

/// Every override of inspection. A `*` stands for one word.
pub(in crate::compile) const KEYS: &[&str] = &[
    "pii.enabled",
    "pii.action",
    "pii.secrets-action",
    "pii.types.*.action",
    "pii.scan-responses",
    "pii.min-confidence",
    "pii.custom-patterns",
    "pii.auto-detokenize-response",
    "pii.degraded-action",
    "guardrail.enabled",
    "guardrail.action",
    "guardrail.untrusted-action",
    "guardrail.scan-responses",
    "guardrail.hold-responses",
    "guardrail.risk-score-threshold",
    "guardrail.classifier-action",
    "guardrail.max-input-tokens",
    "guardrail.max-messages-per-request",
    "guardrail.max-message-length",
    "guardrail.default-max-response-tokens",
    "guardrail.injection-patterns",
    "guardrail.taint-minutes",
    "guardrail.content.*.action",
    "guardrail.content.competitor.keywords",
    "guardrail.content.topic-restrictions",
    "guardrail.content.custom-denylist",
    "guardrail.context.warning-threshold-pct",
    "guardrail.context.hard-threshold-pct",
    "guardrail.context.pruning-strategy",
    "grounding.enabled",
    "grounding.action",
    "grounding.max-sources",
    "grounding.max-source-length",
    "grounding.threshold-pct",
];

/// True for a key of [`KEYS`].
pub(in crate::compile) fn is_override(key: &str) -> bool {
    KEYS.iter()
        .any(|known| super::super::tenants::is_named(known, key))
}

/// Takes an override over into the settings.
///
/// # Errors
/// What is wrong with its text, and what would be right.
pub(super) fn apply(settings: &mut Inspection, key: &str, text: &str) -> Result<(), String> {
    match key.split_once('.') {
        Some(("pii", key)) => pii(&mut settings.pii, key, text),
        Some(("guardrail", key)) => match key.split_once('.') {
            Some(("content", key)) => content(&mut settings.guardrail, key, text),
            Some(("context", key)) => context(&mut settings.guardrail.context, key, text),
            _ => guardrail(&mut settings.guardrail, key, text),
        },
        Some(("grounding", key)) => grounding(&mut settings.grounding, key, text),
        _ => Ok(()),
    }
}

fn pii(pii: &mut Pii, key: &str, text: &str) -> Result<(), String> {
    match key {
        "enabled" => pii.enabled = boolean(text)?,
        "action" => pii.action = word(PiiAction::WORDS, text)?,
        "secrets-action" => pii.secrets_action = Some(word(PiiAction::WORDS, text)?),
        "scan-responses" => pii.scan_responses = boolean(text)?,
        "min-confidence" => pii.min_confidence = percent(text)?,
        "custom-patterns" => pii.custom_patterns = patterns(text)?,
        "auto-detokenize-response" => pii.auto_detokenize_response = boolean(text)?,
        "degraded-action" => pii.degraded_action = word(PiiAction::WORDS, text)?,
        _ => {
            let of = key.strip_prefix("types.");
            if let Some(of) = of.and_then(|it| it.strip_suffix(".action")) {
                let action = word(PiiAction::WORDS, text)?;
                pii.types.retain(|it, _| !it.eq_ignore_ascii_case(of));
                pii.types.insert(of.to_owned(), action);
            }
        }
    }
    Ok(())
}

fn guardrail(guardrail: &mut Guardrail, key: &str, text: &str) -> Result<(), String> {
    match key {
        "enabled" => guardrail.enabled = boolean(text)?,
        "action" => guardrail.action = word(GuardAction::WORDS, text)?,
        "untrusted-action" => guardrail.untrusted_action = Some(word(GuardAction::WORDS, text)?),
        "scan-responses" => guardrail.scan_responses = boolean(text)?,
        "hold-responses" => guardrail.hold_responses = boolean(text)?,
        "risk-score-threshold" => guardrail.risk_score_threshold = share(text)?,
        "classifier-action" => guardrail.classifier_action = word(GuardAction::WORDS, text)?,
        "max-input-tokens" => guardrail.max_input_tokens = number(text)?,
        "max-messages-per-request" => guardrail.max_messages_per_request = number(text)?,
        "max-message-length" => guardrail.max_message_length = number(text)?,
        "default-max-response-tokens" => guardrail.default_max_response_tokens = number(text)?,
        "injection-patterns" => guardrail.injection_patterns = list(text)?,
        "taint-minutes" => guardrail.taint_minutes = number(text)?,
        _ => {}
    }
    Ok(())
}

fn content(guardrail: &mut Guardrail, key: &str, text: &str) -> Result<(), String> {
    match key {
        "competitor.keywords" => guardrail.competitors = list(text)?,
        "topic-restrictions" => guardrail.topics = list(text)?,
        "custom-denylist" => guardrail.denylist = list(text)?,
        _ => {
            if let Some(of) = key.strip_suffix(".action") {
                let action = word(GuardAction::WORDS, text)?;
                guardrail.categories.insert(category(of)?, action);
            }
        }
    }
    Ok(())
}

fn context(context: &mut Context, key: &str, text: &str) -> Result<(), String> {
    match key {
        "warning-threshold-pct" => context.warning_pct = percent(text)?,
        "hard-threshold-pct" => context.hard_pct = percent(text)?,
        "pruning-strategy" => context.strategy = word(Pruning::WORDS, text)?,
        _ => {}
    }
    Ok(())
}

fn grounding(grounding: &mut Grounding, key: &str, text: &str) -> Result<(), String> {
    match key {
        "enabled" => grounding.enabled = boolean(text)?,
        "action" => grounding.action = word(&["BLOCK", "FLAG", "LOG"], text)?,
        "max-sources" => grounding.max_sources = number(text)?,
        "max-source-length" => grounding.max_source_length = number(text)?,
        "threshold-pct" => grounding.threshold = percent(text)?,
        _ => {}
    }
    Ok(())
}

fn boolean(text: &str) -> Result<bool, String> {
    word::<String>(&["TRUE", "FALSE"], text)
        .map(|it| it == "TRUE")
        .map_err(|_| format!("'{text}' is neither 'true' nor 'false'."))
}

/// One of these words, in any case.
fn word<T: DeserializeOwned>(words: &[&str], text: &str) -> Result<T, String> {
    let upper = text.to_ascii_uppercase().replace('-', "_");
    let known = words.contains(&upper.as_str());
    let read = known.then(|| serde_json::from_value(Value::from(upper)).ok());
    read.flatten()
        .ok_or_else(|| format!("'{text}' is none of {}.", words.join(", ")))
}

fn number<T: std::str::FromStr>(text: &str) -> Result<T, String> {
    let read = text.parse();
    read.map_err(|_| format!("'{text}' is not a whole number from 0 on."))
}

fn percent(text: &str) -> Result<u8, String> {
    let read = text.parse().ok().filter(|it| *it <= 100);
    read.ok_or_else(|| format!("'{text}' is not a whole number from 0 to 100."))
}

/// A share, in percent.
fn share(text: &str) -> Result<u8, String> {
    let read: Option<f64> = text.parse().ok();
    let Some(share) = read.filter(|it| (0.0..=1.0).contains(it)) else {
        let message = format!("'{text}' is not a number from 0 to 1; seventy percent are 0.7.");
        return Err(message);
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is from 0 to 100"
    )]
    let percent = (share * 100.0).round() as u8;
    Ok(percent)
}

/// Items separated by commas, or a JSON array of them: patterns have commas of their own.
fn list(text: &str) -> Result<Vec<String>, String> {
    let is_array = |it: &str| {
        it.strip_prefix('[')
            .is_some_and(|it| it.trim().starts_with('"'))
    };
    let items: Vec<String> = match is_array(text) {
        true => serde_json::from_str(text).map_err(|error| {
            format!("This is not a JSON array of texts, such as [\"a{{1,3}}\", \"b\"]: {error}.")
        })?,
        false => text.split(',').map(|it| it.trim().to_owned()).collect(),
    };
    match items.iter().any(String::is_empty) {
        true => Err("An item of the list is empty; separate items by single commas.".to_owned()),
        false => Ok(items),
    }
}

fn patterns(text: &str) -> Result<BTreeMap<String, String>, String> {
    serde_json::from_str(text).map_err(|error| {
        format!(
            "This is not a JSON object of labels and patterns, such as {{\"employee\": \
             \"EMP-[0-9]{{6}}\"}}: {error}."
        )
    })
}

fn category(text: &str) -> Result<Category, String> {
    Category::parse(text).ok_or_else(|| {
        let key = |it: &Category| it.as_str().to_ascii_lowercase().replace('_', "-");
        let all = Category::ALL.iter().map(key);
        let nearest = all.min_by_key(|it| strsim::damerau_levenshtein(it, text));
        let nearest = nearest.unwrap_or_default();
        format!("There is no category '{text}'. Did you mean '{nearest}'?")
    })
}

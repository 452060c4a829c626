//! What settings of inspection can't mean.

use std::borrow::Cow;
use std::collections::BTreeSet;

use inspect::scanner::Wrong;
use inspect::{Category, Family, catalog};
use url::Url;

use crate::inspection::token;
use crate::settings::inspection::{
    Classifier, ClassifierKind, Context, Grounding, GuardAction, Guardrail, Inspection, Pii,
    PiiAction,
};

/// The longest that a classifier may be waited for, in milliseconds.
const LONGEST_WAIT: u64 = 60_000;

/// Something that settings can't mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amiss {
    /// Where, among the settings.
    pub path: String,
    /// The override that says it, where a tenant does.
    pub key: Cow<'static, str>,
    /// What is wrong, and what would be right.
    pub message: String,
}

impl Amiss {
    fn new(
        path: impl Into<String>,
        key: impl Into<Cow<'static, str>>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            path: path.into(),
            key: key.into(),
            message: message.into(),
        }
    }

    /// What a scanner says of patterns and words.
    pub(crate) fn of(wrong: Wrong) -> Self {
        let (list, item) = wrong.at.split_once('/').unwrap_or((&wrong.at, ""));
        let (path, key) = match list {
            "patterns" => ("pii/customPatterns", "pii.custom-patterns"),
            "competitors" => (
                "guardrail/competitors",
                "guardrail.content.competitor.keywords",
            ),
            "topics" => ("guardrail/topics", "guardrail.content.topic-restrictions"),
            "injections" => (
                "guardrail/injectionPatterns",
                "guardrail.injection-patterns",
            ),
            _ => ("guardrail/denylist", "guardrail.content.custom-denylist"),
        };
        let message = match item {
            "" => wrong.message,
            item => format!("{item}: {}", wrong.message),
        };
        Self::new(pointer(path, item), key, message)
    }
}

fn pointer(path: &str, item: &str) -> String {
    match item {
        "" => path.to_owned(),
        item => format!("{path}/{}", item.replace('~', "~0").replace('/', "~1")),
    }
}

/// Everything that these settings can't mean, but for what scanners say.
pub(super) fn settings(settings: &Inspection) -> Vec<Amiss> {
    // Exhaustive: a section that is added must be judged here.
    let Inspection {
        pii,
        guardrail,
        grounding,
        token_key,
    } = settings;
    let mut amiss = Vec::new();
    if let Some(key) = token_key
        && !hex::decode(key.expose()).is_ok_and(|it| it.len() == token::KEY)
    {
        let message = format!("The key of tokens must be {} bytes, in hex.", token::KEY);
        amiss.push(Amiss::new("tokenKey", "", message));
    }
    of_pii(pii, token_key.is_some(), &mut amiss);
    of_types(pii, guardrail, &mut amiss);
    of_guardrail(guardrail, &mut amiss);
    of_context(&guardrail.context, &mut amiss);
    of_classifiers(guardrail, &mut amiss);
    of_grounding(grounding, &mut amiss);
    amiss
}

fn of_pii(pii: &Pii, tokens: bool, amiss: &mut Vec<Amiss>) {
    if matches!(pii.degraded_action, PiiAction::Tokenize | PiiAction::Off) {
        let message = "What is done where tokens can't be made is one of BLOCK, REDACT, LOG.";
        amiss.push(Amiss::new(
            "pii/degradedAction",
            "pii.degraded-action",
            message,
        ));
    }
    if pii.min_confidence > 100 {
        let message = "A confidence is 0 to 100 percent.";
        amiss.push(Amiss::new(
            "pii/minConfidence",
            "pii.min-confidence",
            message,
        ));
    }
    if tokens {
        return;
    }
    let message = "TOKENIZE needs a key: set gateway.pii.token-encryption-password.";
    let is = |action: PiiAction| action == PiiAction::Tokenize;
    if is(pii.action) {
        amiss.push(Amiss::new("pii/action", "pii.action", message));
    }
    if pii.secrets_action.is_some_and(is) {
        let path = "pii/secretsAction";
        amiss.push(Amiss::new(path, "pii.secrets-action", message));
    }
    for (of, _) in pii.types.iter().filter(|(_, action)| is(**action)) {
        let message = format!("{of}: {message}");
        amiss.push(Amiss::new(pointer("pii/types", of), of_type(of), message));
    }
}

/// The override that says what is done about a type.
fn of_type(of: &str) -> String {
    format!("pii.types.{of}.action")
}

/// Types must be known: a misspelt one would silently not be treated as meant. Presidio's are its
/// operator's business.
fn of_types(pii: &Pii, guardrail: &Guardrail, amiss: &mut Vec<Amiss>) {
    let of_others = guardrail
        .classifiers
        .iter()
        .any(|it| it.kind == ClassifierKind::Presidio);
    let rules = catalog::rules().iter();
    let values = rules.filter(|it| matches!(it.family, Family::Pii | Family::Secret));
    let mut known: BTreeSet<&str> = values.map(|it| &*it.label).collect();
    known.insert("CUSTOM");
    known.extend(pii.custom_patterns.keys().map(String::as_str));
    for of in pii.types.keys() {
        let is_known = known.iter().any(|it| it.eq_ignore_ascii_case(of));
        if is_known || of_others && token::is_label(of) {
            continue;
        }
        let upper = of.to_ascii_uppercase();
        let nearest = known
            .iter()
            .min_by_key(|it| strsim::damerau_levenshtein(it, &upper));
        let nearest = nearest.copied().unwrap_or_default();
        let message = format!("There is no type '{of}'. Did you mean '{nearest}'?");
        amiss.push(Amiss::new(pointer("pii/types", of), of_type(of), message));
    }
}

fn of_guardrail(guardrail: &Guardrail, amiss: &mut Vec<Amiss>) {
    if guardrail.categories.contains_key(&Category::Hallucination) {
        amiss.push(Amiss::new(
            "guardrail/categories/HALLUCINATION",
            "guardrail.content.hallucination.action",
            "No rule finds hallucinations, so this would do nothing: grounding.action says what is \
             done about answers that their sources don't support.",
        ));
    }
    if guardrail.risk_score_threshold > 100 {
        amiss.push(Amiss::new(
            "guardrail/riskScoreThreshold",
            "guardrail.risk-score-threshold",
            "A threshold is 0 to 100 percent.",
        ));
    }
}

fn of_context(context: &Context, amiss: &mut Vec<Amiss>) {
    let Context {
        warning_pct,
        hard_pct,
        strategy: _,
        windows,
    } = context;
    const WARNING: (&str, &str) = (
        "guardrail/context/warningPct",
        "guardrail.context.warning-threshold-pct",
    );
    const HARD: (&str, &str) = (
        "guardrail/context/hardPct",
        "guardrail.context.hard-threshold-pct",
    );
    for ((path, key), pct) in [(WARNING, warning_pct), (HARD, hard_pct)] {
        if *pct > 100 {
            amiss.push(Amiss::new(path, key, "A threshold is 0 to 100 percent."));
        }
    }
    if *hard_pct > 0 && warning_pct > hard_pct {
        let message =
            format!("A warning from {warning_pct} % on comes after the end at {hard_pct} %.");
        amiss.push(Amiss::new(WARNING.0, WARNING.1, message));
    }
    for (model, window) in windows {
        let name = model.as_str();
        let stem = name.strip_suffix('*').unwrap_or(name);
        let path = pointer("guardrail/context/windows", name);
        if *window == 0 {
            amiss.push(Amiss::new(path, "", "A window holds at least one token."));
        } else if stem.contains('*') || name.is_empty() {
            let message = "A model is named exactly, or with one '*' at its end.";
            amiss.push(Amiss::new(path, "", message));
        }
    }
}

fn of_classifiers(guardrail: &Guardrail, amiss: &mut Vec<Amiss>) {
    let see_replies = guardrail.classifiers.iter().any(|it| it.scan_responses);
    if see_replies && guardrail.enabled && !guardrail.hold_responses {
        let message = "A classifier that sees replies sees them whole, so streams are held until \
                       they are: that needs guardrail.hold-responses.";
        let path = "guardrail/holdResponses";
        amiss.push(Amiss::new(path, "guardrail.hold-responses", message));
    }
    let mut names = BTreeSet::new();
    for (place, classifier) in guardrail.classifiers.iter().enumerate() {
        // Exhaustive: a field that is added must be judged here.
        let Classifier {
            name,
            kind: _,
            url,
            api_key: _,
            model: _,
            timeout_ms,
            threshold,
            fail_open: _,
            scan_requests,
            scan_responses,
        } = classifier;
        let mut fault = |field: &str, message: String| {
            let path = format!("guardrail/classifiers/{place}/{field}");
            amiss.push(Amiss::new(path, "", message));
        };
        if !token::is_label(name) {
            let message = "A name has 1 to 64 letters, digits, '-' or '_'.";
            fault("name", message.to_owned());
        } else if !names.insert(name) {
            fault("name", format!("There is another classifier '{name}'."));
        }
        if let Err(message) = is_http(url) {
            fault("url", message);
        }
        if !scan_requests && !scan_responses {
            let message = "A classifier sees requests, replies, or both.";
            fault("scanRequests", message.to_owned());
        }
        if !(1..=LONGEST_WAIT).contains(timeout_ms) {
            let message = format!("A timeout is 1 to {LONGEST_WAIT} milliseconds.");
            fault("timeoutMs", message);
        }
        if *threshold > 100 {
            fault("threshold", "A threshold is 0 to 100 percent.".to_owned());
        }
    }
}

fn is_http(url: &str) -> Result<(), String> {
    let read = Url::parse(url).map_err(|error| format!("This is not a URL: {error}."))?;
    if !matches!(read.scheme(), "http" | "https") {
        return Err(format!(
            "The scheme '{}' is neither http nor https.",
            read.scheme()
        ));
    }
    if !read.username().is_empty() || read.password().is_some() {
        return Err("A URL must not carry a user or password.".to_owned());
    }
    Ok(())
}

fn of_grounding(grounding: &Grounding, amiss: &mut Vec<Amiss>) {
    if grounding.action == GuardAction::Off {
        let message = "What is done about unsupported claims is one of BLOCK, FLAG, LOG.";
        amiss.push(Amiss::new("grounding/action", "grounding.action", message));
    }
    if grounding.threshold > 100 {
        let message = "A threshold is 0 to 100 percent.";
        amiss.push(Amiss::new(
            "grounding/threshold",
            "grounding.threshold-pct",
            message,
        ));
    }
}

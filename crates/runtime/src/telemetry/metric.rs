//! The metrics: recorder, names, buckets, and their text for Prometheus.

use std::time::Duration;

use metrics::{Unit, describe_counter, describe_gauge, describe_histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

use super::Once;

static HANDLE: Once<PrometheusHandle> = Once::new();

/// Seconds. From a millisecond, for tool calls, to two minutes, for streams.
const BUCKETS: [f64; 16] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0,
];

/// Seconds, for what policies take: from half a microsecond to the bound of a program.
const DECIDING: [f64; 12] = [
    0.000_000_5,
    0.000_001,
    0.000_002_5,
    0.000_005,
    0.000_01,
    0.000_025,
    0.000_05,
    0.000_1,
    0.000_5,
    0.005,
    0.05,
    0.1,
];

/// What a metric is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Only grows.
    Counter,
    /// Goes up and down.
    Gauge,
    /// Counts in buckets.
    Histogram,
}

/// A metric's name, kind, unit and help.
#[derive(Clone, Copy, Debug)]
pub struct Description {
    /// As the interface names it.
    pub name: &'static str,
    /// What it is.
    pub kind: Kind,
    /// What it counts.
    pub unit: Unit,
    /// One sentence.
    pub help: &'static str,
}

macro_rules! described {
    ($($kind:ident $name:literal $unit:ident $help:literal;)*) => {
        /// Every metric of this build.
        pub const DESCRIPTIONS: &[Description] = &[$(Description {
            name: $name,
            kind: Kind::$kind,
            unit: Unit::$unit,
            help: $help,
        },)*];
    };
}

described! {
    Counter "gateway_requests_total" Count "Model calls that ended, refused ones included.";
    Histogram "gateway_latency_seconds" Seconds "Time from a model call's head to the end of its answer.";
    Counter "gateway_tokens_total" Count "Tokens in and out, as the providers count them.";
    Counter "gateway_provider_errors_total" Count "Answers of providers that were errors, and calls without an answer.";
    Counter "gateway_rate_limit_allowed_total" Count "Requests that the limits admitted.";
    Counter "gateway_rate_limit_denied_total" Count "Requests that a limit refused.";
    Counter "gateway_crl_fetches_total" Count "Fetches of a revocation list, by what became of them.";
    Counter "gateway_rate_limit_errors_total" Count "Round trips to the shared store of the limits that failed.";
    Gauge "gateway_rate_limit_sharers" Count "Data planes that share the limits' store, as this one knows them.";
    Counter "gateway_taint_store_errors_total" Count "Round trips about tainted sessions that the shared store gave no answer to.";
    Gauge "gateway_rate_limit_store_up" Count "1 while the shared store of the limits is used, 0 while it is away.";
    Counter "gateway_shared_revocations_total" Count "Revocations that came by the shared store; refused ones were not signed by this installation.";
    Counter "gateway_priority_requests_total" Count "Calls by the tenant's priority tier.";
    Counter "gateway_priority_throttled_total" Count "Calls that had to wait for tenants of a higher tier.";
    Counter "gateway_policy_decisions_total" Count "Calls that policies decided, by what they decided.";
    Histogram "gateway_policy_evaluation_seconds" Seconds "Time of asking every policy that applies to a call, where the decision was not at hand.";
    Counter "gateway_policy_cache_total" Count "Policies' decisions by whether one was at hand.";
    Counter "gateway_policy_shadow_divergence_total" Count "Calls of which a policy in shadow would have decided otherwise.";
    Counter "gateway_pii_entities_total" Count "Personal data and secrets that inspection found, by type and what was done.";
    Counter "gateway_guardrail_blocked_total" Count "Findings for which a guardrail refused a request or stopped an answer.";
    Counter "gateway_guardrail_flagged_total" Count "Findings of which a guardrail tells the caller.";
    Counter "gateway_mcp_injection_detections_total" Count "Results of tools with a text that would take over a model.";
    Counter "gateway_context_window_warnings_total" Count "Conversations that fill much of their model's context window.";
    Counter "gateway_context_window_pruned_total" Count "Conversations of which turns were taken out to fit their model's context window.";
    Counter "gateway_ml_classifier_scans_total" Count "Texts that were shown to classifiers outside, whether they answered or not.";
    Counter "gateway_ml_guardrail_total" Count "What classifiers outside found, by category and what is done.";
    Counter "gateway_plugin_guardrail_total" Count "What webhooks found, by category and what is done.";
    Counter "gateway_grounding_check_total" Count "Answers that were checked against their sources.";
    Counter "gateway_policy_shadow_skipped_total" Count "Calls at which policies in shadow did not look, as too many waited for that.";
    Counter "gateway_budget_warning_total" Count "Calls whose callers were warned, by the policy that warns.";
    Counter "gateway_model_downgrades_total" Count "Model calls for which a policy had another model asked.";
    Counter "gateway_config_sync_failures_total" Count "Configurations refused, lost or not to be had.";
    Counter "gateway_auth_failures_total" Count "Credentials that were refused, by reason.";
    Counter "gateway_audit_events_total" Count "Audit events; refusals with address, user and reason.";
    Counter "gateway_refused_certificates_total" Count "Client certificates that were refused in the handshake, by reason.";
    Counter "gateway_refused_heads_total" Count "Request heads that were refused before there was a request.";
    Histogram "gateway_admin_latency_seconds" Seconds "Time of an administration call.";
    Counter "gateway_jwks_fetches_total" Count "Fetches of the keys of issuers of tokens, by result.";
    Gauge "gateway_break_glass_active" Count "Users who have emergency access.";
    Gauge "gateway_policy_overrides_active" Count "Emergency overrides of policies that hold.";
    Gauge "gateway_api_keys_overdue" Count "API keys that are older than keys may be.";
    Gauge "gateway_api_keys_expiring" Count "API keys that end by themselves within 30 days.";
    Counter "gateway_log_lines_dropped_total" Count "Log lines dropped because nobody read them fast enough.";
    Counter "mcp_requests_total" Count "Requests to tool servers that ended, refused ones included.";
    Histogram "mcp_latency_seconds" Seconds "Time from a request's head to the end of its answer.";
    Counter "mcp_errors_total" Count "Requests to tool servers that failed.";
    Counter "mcp_tool_calls_total" Count "Tool calls that ended, refused ones included.";
    Histogram "mcp_tool_call_latency_seconds" Seconds "Time from a tool call's head to the end of its answer.";
}

/// Every metric as text in Prometheus' exposition format 0.0.4
/// (`text/plain; version=0.0.4; charset=utf-8`).
pub fn render() -> String {
    handle().render()
}

/// The recorder of this process, installed at the first call.
fn handle() -> &'static PrometheusHandle {
    HANDLE.get_or_init(|| {
        let seconds = Matcher::Suffix("_seconds".to_owned());
        let deciding = Matcher::Full("gateway_policy_evaluation_seconds".to_owned());
        let builder = PrometheusBuilder::new()
            .set_buckets_for_metric(seconds, &BUCKETS)
            .and_then(|builder| builder.set_buckets_for_metric(deciding, &DECIDING))
            .unwrap_or_else(|_| PrometheusBuilder::new());
        let recorder = builder.build_recorder();
        let handle = recorder.handle();
        // Only a second recorder is refused, and this is the only one of the house.
        let _ = metrics::set_global_recorder(recorder);
        for it in DESCRIPTIONS {
            match it.kind {
                Kind::Counter => describe_counter!(it.name, it.unit, it.help),
                Kind::Gauge => describe_gauge!(it.name, it.unit, it.help),
                Kind::Histogram => describe_histogram!(it.name, it.unit, it.help),
            }
        }
        handle
    })
}

/// Empties the recorder's sample queues from time to time, scraped or not.
pub(super) fn keep_up() {
    let handle = handle();
    tokio::spawn(async move {
        let mut tick = tokio::time::interval(Duration::from_secs(5));
        loop {
            tick.tick().await;
            handle.run_upkeep();
        }
    });
}

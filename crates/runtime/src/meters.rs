//! The counters and histograms of requests, by the names of the interface. Handles are kept per
//! label set: looking one up costs a hash, not a registration.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::sync::Arc;

use foldhash::fast::RandomState;
use metrics::{Counter, Histogram, counter, histogram};
use parking_lot::RwLock;

/// What a finished model call is counted under.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ModelLabels {
    /// The tenant; `unknown` before it is known.
    pub tenant: Arc<str>,
    /// The model that was served; `unknown` unless it was routed, so that callers can't make up
    /// labels.
    pub model: Arc<str>,
    /// The provider's dialect name; `none` when nothing was sent.
    pub provider: &'static str,
    /// The HTTP status.
    pub status: u16,
}

/// What a finished tool call is counted under.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ToolLabels {
    /// The tenant; `unknown` before it is known.
    pub tenant: Arc<str>,
    /// The tool server; `unknown` unless it is registered.
    pub server: Arc<str>,
    /// The HTTP status.
    pub status: u16,
    /// It was a tool call, not another request.
    pub tool_call: bool,
}

#[derive(Clone)]
struct ModelMeters {
    requests: Counter,
    latency: Histogram,
    input: Counter,
    output: Counter,
}

#[derive(Clone)]
struct ToolMeters {
    requests: Counter,
    latency: Histogram,
    errors: Counter,
    calls: Option<(Counter, Histogram)>,
}

/// Behind a route's prefix it is the callers who choose the models' names: this many are told
/// apart, all further ones are `other`.
const MAX_MODELS: usize = 1_000;

/// The handles that are in use.
pub struct Meters {
    unknown: Arc<str>,
    names: RwLock<HashSet<Arc<str>, RandomState>>,
    models: Kept<ModelLabels, ModelMeters>,
    tools: Kept<ToolLabels, ToolMeters>,
}

impl Default for Meters {
    fn default() -> Self {
        Self {
            unknown: Arc::from("unknown"),
            names: RwLock::default(),
            models: Kept::default(),
            tools: Kept::default(),
        }
    }
}

struct Kept<K, V>(RwLock<HashMap<K, V, RandomState>>);

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self(RwLock::default())
    }
}

impl<K: Eq + Hash + Clone, V: Clone> Kept<K, V> {
    fn get(&self, key: &K, make: impl FnOnce() -> V) -> V {
        if let Some(found) = self.0.read().get(key) {
            return found.clone();
        }
        let made = make();
        self.0.write().insert(key.clone(), made.clone());
        made
    }
}

impl Meters {
    /// The label of what is not known.
    pub fn unknown(&self) -> Arc<str> {
        Arc::clone(&self.unknown)
    }

    /// Counts a finished model call.
    pub fn model_call(&self, labels: &ModelLabels, region: &str, seconds: f64, tokens: (u64, u64)) {
        let other;
        let labels = if self.is_told_apart(&labels.model) {
            labels
        } else {
            other = ModelLabels {
                model: Arc::from("other"),
                ..labels.clone()
            };
            &other
        };
        let meters = self.models.get(labels, || {
            let of = |name: &'static str| {
                [
                    ("tenant", labels.tenant.to_string()),
                    ("model", labels.model.to_string()),
                    (name, labels.provider.to_owned()),
                    ("status", labels.status.to_string()),
                    ("region", region.to_owned()),
                ]
            };
            let tokens = |direction: &'static str| {
                counter!("gateway_tokens_total", "tenant" => labels.tenant.to_string(),
                    "model" => labels.model.to_string(), "direction" => direction)
            };
            ModelMeters {
                requests: counter!("gateway_requests_total", &of("provider")),
                latency: histogram!("gateway_latency_seconds", &of("provider")),
                input: tokens("input"),
                output: tokens("output"),
            }
        });
        meters.requests.increment(1);
        meters.latency.record(seconds);
        meters.input.increment(tokens.0);
        meters.output.increment(tokens.1);
    }

    fn is_told_apart(&self, model: &Arc<str>) -> bool {
        {
            let names = self.names.read();
            if names.contains(model) {
                return true;
            }
            if names.len() >= MAX_MODELS {
                return false;
            }
        }
        self.names.write().insert(Arc::clone(model));
        true
    }

    /// Counts a finished tool call, or another request to a tool server.
    pub fn tool_request(&self, labels: &ToolLabels, seconds: f64) {
        let meters = self.tools.get(labels, || {
            let (tenant, server) = (labels.tenant.to_string(), labels.server.to_string());
            ToolMeters {
                requests: counter!("mcp_requests_total", "tenant" => tenant.clone(),
                    "server_id" => server.clone(), "status" => labels.status.to_string()),
                latency: histogram!("mcp_latency_seconds", "server_id" => server.clone()),
                errors: counter!("mcp_errors_total", "tenant" => tenant.clone(),
                    "server_id" => server.clone(), "status" => labels.status.to_string()),
                calls: labels.tool_call.then(|| {
                    (
                        counter!("mcp_tool_calls_total", "tenant" => tenant,
                            "server_id" => server.clone(), "status" => labels.status.to_string()),
                        histogram!("mcp_tool_call_latency_seconds", "server_id" => server),
                    )
                }),
            }
        });
        meters.requests.increment(1);
        meters.latency.record(seconds);
        if labels.status >= 400 {
            meters.errors.increment(1);
        }
        if let Some((calls, latency)) = &meters.calls {
            calls.increment(1);
            latency.record(seconds);
        }
    }
}

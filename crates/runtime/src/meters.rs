//! The counters and histograms of requests, by the names of the interface. Handles are kept per
//! label set: looking one up costs a hash, not a registration.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Arc, OnceLock};

use decide::Plane;
use decide::facts::LimitReading;
use decide::policy::Effect;
use decide::ruling::Downgrade;
use foldhash::fast::RandomState;
use metrics::{Counter, Histogram, counter, histogram};
use parking_lot::RwLock;
use terms::{EventType, TenantId};

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

/// What an audit event is counted under.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EventLabels {
    /// The event's type, lower case.
    pub event_type: &'static str,
    /// The address that was refused; none for events that refuse nobody.
    pub ip_address: Option<IpAddr>,
    /// The user who was refused, `unknown` before they proved themselves; none for events that
    /// refuse nobody.
    pub user_id: Option<Arc<str>>,
    /// Why; empty for events that refuse nobody.
    pub reason: &'static str,
}

impl EventLabels {
    /// Of an event that refuses nobody.
    pub const fn of(kind: EventType) -> Self {
        Self {
            event_type: match kind {
                // As the second seed's alerts have it.
                EventType::AuthorizationDenied => "authorization_failure",
                other => other.as_lower(),
            },
            ip_address: None,
            user_id: None,
            reason: "",
        }
    }
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

/// Refused addresses and users, in pairs with event and reason, that are told apart.
const MAX_REFUSED: usize = 1_000;

/// The handles that are in use.
pub struct Meters {
    unknown: Arc<str>,
    names: RwLock<HashSet<Arc<str>, RandomState>>,
    models: Kept<ModelLabels, ModelMeters>,
    tools: Kept<ToolLabels, ToolMeters>,
    refusals: RwLock<HashSet<EventLabels, RandomState>>,
    events: Kept<EventLabels, Counter>,
    /// By tenant, tier, and whether the call had to wait.
    priorities: Kept<(TenantId, &'static str, bool), Counter>,
    /// By whether they admitted, and the reason.
    limits: Kept<(bool, &'static str), Counter>,
    /// By tenant, data plane, and what was decided.
    decisions: Kept<(TenantId, Plane, &'static str), Counter>,
    /// What deciding took.
    evaluation: OnceLock<Histogram>,
    /// By what became of asking for a kept one.
    kept_rulings: Kept<&'static str, Counter>,
}

impl std::fmt::Debug for Meters {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Meters").finish_non_exhaustive()
    }
}

impl Default for Meters {
    fn default() -> Self {
        Self {
            unknown: Arc::from("unknown"),
            names: RwLock::default(),
            models: Kept::default(),
            tools: Kept::default(),
            refusals: RwLock::default(),
            events: Kept::default(),
            priorities: Kept::default(),
            limits: Kept::default(),
            decisions: Kept::default(),
            evaluation: OnceLock::new(),
            kept_rulings: Kept::default(),
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

    /// Counts an audit event. Addresses and users beyond the first thousand pairs are `other`:
    /// strangers must not fill the metrics.
    pub fn audit_event(&self, labels: &EventLabels) {
        let refused = labels.ip_address.is_some() || labels.user_id.is_some();
        let told_apart = !refused || {
            let known = self.refusals.read();
            known.contains(labels) || known.len() < MAX_REFUSED
        };
        if refused && told_apart && !self.refusals.read().contains(labels) {
            self.refusals.write().insert(labels.clone());
        }
        let key = if told_apart {
            labels.clone()
        } else {
            EventLabels {
                ip_address: None,
                user_id: Some(Arc::from("other")),
                ..labels.clone()
            }
        };
        let counter = self.events.get(&key, || {
            let address = match key.ip_address {
                Some(address) => address.to_string(),
                None if refused => "other".to_owned(),
                None => String::new(),
            };
            counter!("gateway_audit_events_total", "event_type" => key.event_type,
                "ip_address" => address,
                "user_id" => key.user_id.as_deref().unwrap_or_default().to_owned(),
                "reason" => key.reason)
        });
        counter.increment(1);
    }

    /// Counts what the buckets said, by the tightest; where no limit applies, nothing is counted.
    pub fn limit(&self, reading: &LimitReading) {
        let admitted = reading.admitted;
        let reason = match &reading.tightest {
            Some(tightest) => tightest.scope.as_str(),
            None if admitted => return,
            None => "unavailable",
        };
        let make = || {
            if admitted {
                counter!("gateway_rate_limit_allowed_total", "reason" => reason)
            } else {
                counter!("gateway_rate_limit_denied_total", "reason" => reason)
            }
        };
        self.limits.get(&(admitted, reason), make).increment(1);
    }

    /// Counts a call of a tenant by its tier; `throttled`: it was told to wait for others.
    pub fn priority(&self, tenant: &TenantId, tier: &'static str, throttled: bool) {
        let key = (tenant.clone(), tier, throttled);
        let make = || {
            let tenant = tenant.to_string();
            match throttled {
                false => {
                    counter!("gateway_priority_requests_total", "tenant" => tenant, "tier" => tier)
                }
                true => {
                    counter!("gateway_priority_throttled_total", "tenant" => tenant, "tier" => tier)
                }
            }
        };
        self.priorities.get(&key, make).increment(1);
    }

    /// Counts what policies decided.
    pub fn policy_decision(&self, tenant: &TenantId, plane: Plane, effect: Effect) {
        let decision = effect.as_str();
        let make = || {
            let plane = match plane {
                Plane::Llm => "llm",
                Plane::Mcp => "mcp",
            };
            counter!("gateway_policy_decisions_total", "tenant" => tenant.to_string(),
                "decision" => decision, "plane" => plane)
        };
        let key = (tenant.clone(), plane, decision);
        self.decisions.get(&key, make).increment(1);
    }

    /// Notes what it took policies to decide.
    pub fn policy_evaluation(&self, seconds: f64) {
        let make = || histogram!("gateway_policy_evaluation_seconds");
        self.evaluation.get_or_init(make).record(seconds);
    }

    /// Counts whether a decision was at hand: `hit`, `miss`, `bypass`.
    pub fn policy_cache(&self, outcome: &'static str) {
        let make = || counter!("gateway_policy_cache_total", "outcome" => outcome);
        self.kept_rulings.get(&outcome, make).increment(1);
    }

    /// Counts a call whose caller a policy warns. The interface names it after budgets.
    pub fn policy_warning(&self, tenant: &TenantId, policy: &Arc<str>) {
        counter!("gateway_budget_warning_total", "tenant" => tenant.to_string(),
            "budget_id" => policy.to_string())
        .increment(1);
    }

    /// Counts a call for which another model was asked than the caller's.
    pub fn downgrade(&self, tenant: &TenantId, downgrade: &Downgrade) {
        let original = downgrade.original.shared();
        let original = match self.is_told_apart(&original) {
            true => original.to_string(),
            false => "other".to_owned(),
        };
        counter!("gateway_model_downgrades_total", "tenant" => tenant.to_string(),
            "original_model" => original,
            "downgraded_model" => downgrade.model.to_string())
        .increment(1);
    }

    /// Counts what a policy in shadow would have decided otherwise.
    pub fn divergence(&self, policy: &Arc<str>, kind: &'static str) {
        counter!("gateway_policy_shadow_divergence_total", "policy_id" => policy.to_string(),
            "divergence_type" => kind)
        .increment(1);
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

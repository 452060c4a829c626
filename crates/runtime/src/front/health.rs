//! Health, metrics and status: what a data plane says of itself, without a key.

use std::time::Duration;

use serde_json::json;

use super::FrontOptions;
use crate::gate::Gate;

/// The paths that are answered here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Own {
    Live,
    Ready,
    Metrics,
    Status,
}

impl Own {
    pub(super) fn of(path: &str) -> Option<Self> {
        match path {
            "/actuator/health/liveness" => Some(Own::Live),
            "/actuator/health" | "/actuator/health/readiness" | "/health" | "/ready" => {
                Some(Own::Ready)
            }
            "/actuator/prometheus" | "/metrics" => Some(Own::Metrics),
            "/status" | "/actuator/gateway-status" => Some(Own::Status),
            _ => None,
        }
    }

    /// Status, content type and body.
    pub(super) fn answer(
        self,
        gate: &Gate,
        options: &FrontOptions,
        uptime: Duration,
    ) -> (u16, &'static str, String) {
        const JSON: &str = "application/json";
        match self {
            Own::Live => (200, JSON, json!({"status": "UP"}).to_string()),
            Own::Ready => match gate.snapshot() {
                Some(_) => (200, JSON, json!({"status": "UP"}).to_string()),
                None => {
                    let why = "no configuration has arrived yet";
                    (
                        503,
                        JSON,
                        json!({"status": "OUT_OF_SERVICE", "reason": why}).to_string(),
                    )
                }
            },
            Own::Metrics => (200, "text/plain; version=0.0.4", (options.metrics)()),
            Own::Status => (200, JSON, status(gate, options, uptime).to_string()),
        }
    }
}

fn status(gate: &Gate, options: &FrontOptions, uptime: Duration) -> serde_json::Value {
    let snapshot = gate.snapshot();
    let counts: serde_json::Map<_, _> = snapshot
        .iter()
        .flat_map(|it| it.counts())
        .map(|(name, count)| (name.to_owned(), json!(count)))
        .collect();
    json!({
        "status": if snapshot.is_some() { "UP" } else { "OUT_OF_SERVICE" },
        "role": options.role,
        "mode": "gateway",
        "version": env!("CARGO_PKG_VERSION"),
        "node": &*gate.node,
        "region": &*gate.region,
        "uptimeSeconds": uptime.as_secs(),
        "configuration": {
            "version": snapshot.as_ref().map(|it| it.version().to_string()),
            "counts": counts,
        },
        "spool": {"depth": gate.spool.depth()},
        "sync": gate.sync_state(),
    })
}

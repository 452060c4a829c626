//! Health, metrics and status of the control plane: what it says without a token.

use std::future::{Ready, ready as at_once};

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use super::App;
use runtime::clock::now;

/// The endpoints.
pub fn router() -> Router<App> {
    Router::new()
        .route("/actuator/health/liveness", get(live))
        .route("/actuator/health", get(ready))
        .route("/actuator/health/readiness", get(ready))
        .route("/health", get(ready))
        .route("/ready", get(ready))
        .route("/metrics", get(metrics))
        .route("/actuator/prometheus", get(metrics))
        .route("/status", get(status))
        .route("/actuator/gateway-status", get(status))
}

fn live() -> Ready<Json<Value>> {
    at_once(Json(json!({"status": "UP"})))
}

fn ready(State(app): State<App>) -> Ready<Response> {
    let Some(reason) = app.trouble() else {
        return at_once(Json(json!({"status": "UP"})).into_response());
    };
    let body = json!({"status": "OUT_OF_SERVICE", "reason": reason});
    at_once((StatusCode::SERVICE_UNAVAILABLE, Json(body)).into_response())
}

fn metrics(State(app): State<App>) -> Ready<Response> {
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4")];
    at_once((kind, (app.metrics)()).into_response())
}

fn status(State(app): State<App>) -> Ready<Json<Value>> {
    let state = app.admin.store.state();
    let planes = app.admin.fleet.views(state.version, now());
    let connected = planes.iter().filter(|it| it.connected).count();
    let counts: serde_json::Map<String, Value> = state
        .compiled
        .iter()
        .flat_map(|compiled| compiled.counts())
        .map(|(name, count)| (name.to_owned(), count.into()))
        .collect();
    let trouble = app.trouble();
    at_once(Json(json!({
        "status": if trouble.is_none() { "UP" } else { "DEGRADED" },
        "mode": "control-plane",
        "version": env!("CARGO_PKG_VERSION"),
        "uptimeSeconds": now().since(app.started).as_secs(),
        "configVersion": state.version.to_string(),
        "configuration": counts,
        "dataPlanes": {"known": planes.len(), "connected": connected},
        "warnings": trouble.into_iter().collect::<Vec<_>>(),
    })))
}

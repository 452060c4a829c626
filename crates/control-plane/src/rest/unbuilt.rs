//! The endpoints of the interface that are not in this build: they say so by name.

use std::future::{Ready, ready};

use axum::Router;
use axum::extract::OriginalUri;
use axum::routing::any;
use terms::{Code, Fault};

use super::App;
use super::errors::Refusal;

/// What is known of the interface and not built: paths under `/admin/v1`.
pub const NOT_BUILT: &[&str] = &[
    "budgets",
    "pricing",
    "webhooks",
    "approvals",
    "sessions",
    "costs",
    "chargeback",
    "compliance",
    "analytics",
    "alerts",
    "templates",
    "experiments",
    "regions",
    "license",
    "siem",
    "mcp/tool-calls",
    "mcp/sessions",
    "mcp/servers/{server_id}/sync",
    "mcp/servers/{server_id}/health",
    "mcp/servers/{server_id}/tools/{tool}/accept",
];

/// The administration that the MCP proxy forwards, as far as it is not built: paths under
/// `/api/v1`.
pub const OF_THE_MCP_PROXY: &[&str] = &["auth", "servers", "audit", "policy", "policies"];

/// Answers all of them.
pub fn router() -> Router<App> {
    NOT_BUILT.iter().fold(Router::new(), |router, path| {
        router
            .route(&format!("/{path}"), any(refuse))
            .route(&format!("/{path}/{{*rest}}"), any(refuse))
    })
}

/// The administration that the MCP proxy forwards, which is the second seed's.
pub fn of_the_mcp_proxy() -> Router<App> {
    OF_THE_MCP_PROXY.iter().fold(Router::new(), |router, name| {
        router
            .route(&format!("/api/v1/{name}"), any(refuse))
            .route(&format!("/api/v1/{name}/{{*rest}}"), any(refuse))
    })
}

fn refuse(OriginalUri(uri): OriginalUri) -> Ready<Refusal> {
    let message = format!("{} is not in this build.", uri.path());
    ready(Fault::new(Code::NotInThisBuild, message).into())
}

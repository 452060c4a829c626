//! `/api/v1/auth/{token,refresh,logout}`: the gateway's own tokens.

use utoipa_axum::router::OpenApiRouter;

use super::App;

/// Its endpoints, with their whole paths.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
}

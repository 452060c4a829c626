//! `/admin/v1/users`: who logged in, and with which roles.

use utoipa_axum::router::OpenApiRouter;

use super::App;

/// Its endpoints, below `/admin/v1`.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
}

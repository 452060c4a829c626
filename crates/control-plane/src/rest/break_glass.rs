//! `/admin/v1/break-glass`: emergency access, time-boxed and loud.

use utoipa_axum::router::OpenApiRouter;

use super::App;

/// Its endpoints, below `/admin/v1`.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
}

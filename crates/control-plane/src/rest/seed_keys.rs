//! `/api/v1/auth/keys`: the second seed's way to the keys.

use utoipa_axum::router::OpenApiRouter;

use super::App;

/// Its endpoints, with their whole paths.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
}

//! The administration over HTTP: `/admin/v1` (alias `/v1/admin`), its OpenAPI document, health.

mod audit;
mod break_glass;
mod config;
mod conventions;
mod credentials;
mod dataplanes;
pub mod errors;
mod gatekeeping;
mod health;
mod idempotency;
mod insight;
mod inspect;
mod keys;
mod overrides;
mod pace;
mod permissions;
mod policies;
mod policy_seed;
mod refusals;
mod routes;
mod seed_keys;
pub mod serve;
mod servers;
mod tenants;
mod tokens;
mod tools;
mod unbuilt;
mod users;

use std::ops::Deref;
use std::sync::Arc;

use axum::Router;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderName, Method};
use axum::middleware::from_fn_with_state;
use axum::response::Redirect;
use axum::routing::get;
use runtime::config as config_file;
use terms::{Code, Fault, SecretBytes, Timestamp};
use tower_http::cors::{AllowOrigin, CorsLayer};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use utoipa_swagger_ui::SwaggerUi;

use crate::access::Access;
use crate::admin::Admin;
use crate::admin::insight::replay::Replays;
use crate::audit::{Condition, LedgerWriter};
use crate::authority::visible_to;
use crate::caller::Caller;
use crate::store::state::State;
use errors::Refusal;
#[cfg(test)]
pub(crate) use gatekeeping::is_open;
use pace::Pace;
use refusals::Refusals;

/// Renders the metrics in Prometheus' text form.
pub type Render = Arc<dyn Fn() -> String + Send + Sync>;

/// What the endpoints work with. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

/// The parts of an [`App`].
pub struct Inner {
    /// The operations.
    pub admin: Admin,
    /// Who may administer.
    pub access: Access,
    /// Seals the audit log's exports, and checks it.
    pub audit_secret: SecretBytes,
    /// The ledger's writer.
    pub ledger: LedgerWriter,
    /// Renders the metrics.
    pub metrics: Render,
    /// When this control plane started.
    pub started: Timestamp,
    /// Which refused calls are recorded.
    pub refusals: Refusals,
    /// How fast it may be called.
    pub pace: Pace,
    /// Who may go through the record now.
    pub replays: Replays,
}

impl App {
    /// Joins the parts.
    pub fn new(
        admin: Admin,
        access: Access,
        (ledger, audit_secret): (LedgerWriter, SecretBytes),
        metrics: Render,
    ) -> Self {
        Self(Arc::new(Inner {
            admin,
            access,
            audit_secret,
            ledger,
            metrics,
            started: runtime::clock::now(),
            refusals: Refusals::default(),
            pace: Pace::default(),
            replays: Replays::default(),
        }))
    }

    /// What keeps this control plane from taking writes, if anything does.
    pub fn trouble(&self) -> Option<&'static str> {
        if !self.admin.store.reachable() {
            return Some("the database does not answer");
        }
        match self.ledger.condition() {
            Condition::Writing => None,
            Condition::Waiting => Some("the audit log's store does not answer"),
            Condition::Refusing => Some("the audit log can't be written by this instance"),
            Condition::Closed => Some("the audit log is closed"),
        }
    }

    /// What `caller` may see of the configuration as of now, another instance's last change
    /// included. While the database is away, what is known is shown.
    pub async fn fresh(&self, caller: &Caller) -> Arc<State> {
        let store = &self.admin.store;
        if store.reachable()
            && let Err(fault) = store.refresh().await
        {
            tracing::warn!(%fault, "the configuration is shown as it was last known");
        }
        visible_to(&caller.standing, store.state())
    }
}

impl Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

/// The caller of an endpoint, as the gatekeeping before it found them.
#[derive(Clone, Debug)]
pub struct Who(pub Caller);

impl FromRequestParts<App> for Who {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Refusal> {
        let caller = parts.extensions.get::<Caller>().cloned();
        caller.map(Who).ok_or_else(|| {
            Fault::new(Code::InternalError, "Something broke in the control plane.")
                .detail("an endpoint was reached past the gate")
                .into()
        })
    }
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Gatehouse administration",
        description = "Tenants, keys, provider accounts, routes, tool servers, the audit log. \
            Lists are paged by `limit` and `cursor`. Reads carry an `ETag`, writes obey \
            `If-Match`, POSTs obey `Idempotency-Key`. snake_case fields are accepted."
    ),
    modifiers(&Bearer),
    security(("administrator" = []))
)]
struct Document;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some(
                "The bootstrap token, `gwadm_…`, or a JWT whose role administers",
            ))
            .build();
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("administrator", SecurityScheme::Http(scheme));
    }
}

fn endpoints() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(tenants::list, tenants::create))
        .routes(routes!(
            tenants::read,
            tenants::replace,
            tenants::merge,
            tenants::remove
        ))
        .routes(routes!(keys::list, keys::create))
        .routes(routes!(
            keys::read,
            keys::replace,
            keys::merge,
            keys::revoke
        ))
        .routes(routes!(keys::rotate))
        .routes(routes!(credentials::list, credentials::create))
        .routes(routes!(
            credentials::read,
            credentials::replace,
            credentials::merge,
            credentials::remove
        ))
        .routes(routes!(routes::list, routes::create))
        .routes(routes!(
            routes::read,
            routes::replace,
            routes::merge,
            routes::remove
        ))
        .routes(routes!(routes::versions))
        .routes(routes!(routes::rollback))
        .routes(routes!(servers::list, servers::create))
        .routes(routes!(
            servers::read,
            servers::replace,
            servers::merge,
            servers::remove
        ))
        .routes(routes!(servers::rotate_credential))
        .routes(routes!(audit::events))
        .routes(routes!(audit::events_export))
        .routes(routes!(audit::verify))
        .routes(routes!(config::export))
        .routes(routes!(config::import))
        .routes(routes!(dataplanes::list))
        .merge(users::router())
        .merge(break_glass::router())
        .merge(policies::router())
        .merge(overrides::router())
        .merge(insight::router())
        .merge(tools::router())
}

/// The second seed's endpoints, with their whole paths.
fn seed_endpoints() -> OpenApiRouter<App> {
    seed_keys::router()
        .merge(tokens::router())
        .merge(policy_seed::router())
}

/// The OpenAPI document of the administration.
pub fn openapi() -> utoipa::openapi::OpenApi {
    OpenApiRouter::with_openapi(Document::openapi())
        .nest("/admin/v1", endpoints().merge(inspect::router()))
        .merge(seed_endpoints())
        .into_openapi()
}

/// Every endpoint, behind the token.
pub fn router(app: App) -> Router {
    let administration = || {
        let (router, _) = endpoints().split_for_parts();
        router
            .merge(unbuilt::router())
            .layer(from_fn_with_state(app.clone(), idempotency::once))
            // Not under Idempotency-Key: an answer that is kept would hold the text.
            .merge(inspect::router().split_for_parts().0)
    };
    let document = openapi();
    // Without "none", the page would show the document to a validator on the internet.
    let page = utoipa_swagger_ui::Config::default().validator_url("none");
    let pages: Router<App> = SwaggerUi::new("/docs")
        .url("/openapi.json", document)
        .config(page)
        .into();
    Router::new()
        .nest("/admin/v1", administration())
        .nest("/v1/admin", administration())
        .merge(
            seed_keys::router()
                .split_for_parts()
                .0
                .layer(from_fn_with_state(app.clone(), idempotency::once)),
        )
        // Not under Idempotency-Key: who shows the same key there is not the same caller.
        .merge(tokens::router().split_for_parts().0)
        .merge(policy_seed::router().split_for_parts().0)
        .merge(unbuilt::of_the_mcp_proxy())
        .merge(health::router())
        .merge(pages)
        .route("/", get(Redirect::temporary("/docs/")))
        .layer(from_fn_with_state(app.clone(), gatekeeping::keep))
        .with_state(app)
}

/// The administration as a listener serves it.
pub fn room(app: App, settings: &config_file::Listener) -> serve::Rest {
    let router = match &settings.cors {
        Some(cors) => router(app).layer(cors_layer(cors)),
        None => router(app),
    };
    serve::Rest {
        router,
        trusted_proxies: settings.trusted_proxies.clone(),
        max_body: settings.max_body.as_usize(),
        hsts: settings.hsts.as_ref().map(config_file::Hsts::header),
    }
}

/// Preflights are answered here, before anybody asks for a token.
fn cors_layer(cors: &config_file::Cors) -> CorsLayer {
    let any = cors.origins.iter().any(|it| it == "*");
    let origins = cors.origins.iter().filter_map(|it| it.parse().ok());
    CorsLayer::new()
        .allow_origin(if any {
            AllowOrigin::any()
        } else {
            AllowOrigin::list(origins)
        })
        .allow_methods([
            Method::GET,
            Method::POST,
            Method::PUT,
            Method::PATCH,
            Method::DELETE,
        ])
        .allow_headers(
            [
                "authorization",
                "content-type",
                "if-match",
                "idempotency-key",
            ]
            .map(HeaderName::from_static),
        )
        .expose_headers(["etag", "x-request-id", "x-trace-id"].map(HeaderName::from_static))
        .allow_credentials(cors.allow_credentials)
}

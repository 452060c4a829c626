//! What of a request decides whether it enters.

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use terms::SecretString;

use super::super::App;
use super::super::refusals::Call;
use crate::access::Presented;
use crate::store::settings_of;

/// What decides whether a request enters.
pub(super) struct Door {
    pub(super) method: Method,
    pub(super) path: String,
    /// The route that the router found, as it is written there; none: there is nothing here.
    pub(super) template: Option<String>,
    query: String,
    pub(super) presented: Presented,
    pub(super) head_bytes: usize,
}

impl Door {
    pub(super) fn of(request: &Request, app: &App) -> Self {
        let headers = request.headers();
        let state = app.admin.store.state();
        let of_keys = settings_of(&state).map(|it| it.api_keys.header.clone());
        let bearers = headers.get_all(header::AUTHORIZATION).iter();
        let keys = ["x-api-key".to_owned()].into_iter().chain(of_keys);
        let keys = keys.flat_map(|name| texts(headers, &name));
        let template = request.extensions().get::<MatchedPath>();
        Self {
            method: request.method().clone(),
            path: request.uri().path().to_owned(),
            template: template.map(|it| it.as_str().to_owned()),
            query: request.uri().query().unwrap_or_default().to_owned(),
            presented: Presented {
                bearers: bearers.filter_map(bearer).map(SecretString::from).collect(),
                keys: keys.map(SecretString::from).collect(),
            },
            head_bytes: head_bytes(request),
        }
    }

    pub(super) fn call(&self) -> Call<'_> {
        Call {
            method: self.method.as_str(),
            path: &self.path,
            route: self.template.as_deref(),
        }
    }

    /// The target holds a NUL: nothing is called so, and PostgreSQL takes none in a text.
    pub(super) fn has_nul(&self) -> bool {
        [&self.path, &self.query]
            .iter()
            .any(|it| it.contains("%00"))
    }

    /// The tenants that the request names in its path and its query.
    pub(super) fn tenants(&self) -> Vec<String> {
        let template = self.template.as_deref().unwrap_or_default();
        let in_path = template
            .split('/')
            .zip(self.path.split('/'))
            .filter(|(name, _)| *name == "{tid}")
            .map(|(_, given)| given.to_owned());
        let in_query = url::form_urlencoded::parse(self.query.as_bytes())
            .filter(|(name, _)| name == "tenant_id")
            .map(|(_, given)| given.into_owned());
        in_path.chain(in_query).collect()
    }
}

fn texts(headers: &HeaderMap, name: &str) -> Vec<String> {
    let all = headers.get_all(name).iter();
    all.filter_map(|it| it.to_str().ok().map(str::to_owned))
        .collect()
}

/// The size of the request's target and headers. The listener's own cap is a soft one: it holds
/// for a read, not for the head.
fn head_bytes(request: &Request) -> usize {
    let target = request.uri().to_string().len();
    let headers = request.headers().iter();
    headers.fold(target, |sum, (name, value)| {
        sum + name.as_str().len() + value.len()
    })
}

fn bearer(given: &HeaderValue) -> Option<&str> {
    let (scheme, token) = given.to_str().ok()?.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| token.trim())
        .filter(|token| !token.is_empty())
}

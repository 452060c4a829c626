//! `/api/v1/auth/{token,refresh,logout}`: the gateway's own tokens, and the keys that prove them.
//!
//! Open to everybody: whoever calls shows the token that the call is about.

mod desk;
mod given;

use std::time::Duration;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use decide::Kind;
use decide::facts::Identity;
use runtime::config::{Cookie, SameSite};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use terms::{Code, Fault, Faults, Reason, SecretString};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::errors::{ErrorBody, Refusal};
use super::{App, Who};
use crate::own_tokens::{AUDIENCE, Pair, Wanted};
use desk::Desk;
use given::Given;

/// Where the cookie is sent.
const COOKIE_PATH: &str = "/api/v1/auth";

/// RFC 8693, section 2.1.
const EXCHANGE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
/// RFC 8693, section 3.
const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";
/// What may be exchanged, and what may be asked for: RFC 8693, section 3.
const TOKEN_TYPES: [&str; 3] = [
    ACCESS_TOKEN,
    "urn:ietf:params:oauth:token-type:id_token",
    "urn:ietf:params:oauth:token-type:jwt",
];

/// Its endpoints, with their whole paths.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(exchange))
        .routes(routes!(refresh))
        .routes(routes!(logout))
        .routes(routes!(jwks))
        .routes(routes!(well_known))
}

/// A token to exchange: RFC 8693's fields, or `token` alone, or none with `Authorization: Bearer`.
#[derive(Deserialize, ToSchema)]
#[expect(
    dead_code,
    reason = "it documents the body, which also comes as a form"
)]
pub struct ExchangeInput {
    /// An identity provider's token.
    token: Option<String>,
    /// `urn:ietf:params:oauth:grant-type:token-exchange`.
    grant_type: Option<String>,
    /// An identity provider's token.
    subject_token: Option<String>,
    /// Its type: `…:access_token`, `…:id_token` or `…:jwt`.
    subject_token_type: Option<String>,
    /// What is wanted: `…:access_token` or `…:jwt`.
    requested_token_type: Option<String>,
    /// `gatehouse`.
    audience: Option<String>,
    /// Scopes that restrict the new tokens, separated by spaces.
    scope: Option<String>,
}

/// A refresh token; the cookie does as well.
#[derive(Deserialize, ToSchema)]
#[expect(
    dead_code,
    reason = "it documents the body, which also comes as a form"
)]
pub struct RefreshInput {
    /// The refresh token.
    refresh_token: Option<String>,
}

/// A pair of tokens.
#[derive(Serialize, ToSchema)]
pub struct PairView {
    /// For `Authorization: Bearer`.
    access_token: String,
    /// `Bearer`.
    token_type: &'static str,
    /// How long the access token lasts, in seconds.
    expires_in: u64,
    /// For one refresh. Absent where it went into a cookie that scripts can't read.
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    /// How long the session lasts at most, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_expires_in: Option<u64>,
    /// `urn:ietf:params:oauth:token-type:access_token`.
    issued_token_type: &'static str,
    /// The scopes that restrict the tokens; absent: none do.
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
}

/// Exchanges an identity provider's token for the gateway's own pair.
#[utoipa::path(post, path = "/api/v1/auth/token", tag = "tokens", security(()),
    request_body(content = ExchangeInput),
    responses((status = 200, description = "The pair", body = PairView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn exchange(
    State(app): State<App>,
    Who(caller): Who,
    request: Request,
) -> Result<Response, Refusal> {
    let desk = Desk::open(&app, &caller, "/api/v1/auth/token").await?;
    let given = Given::read(request).await?;
    let result = async {
        let (token, scopes) = exchanged(&given)?;
        desk.not_throttled()?;
        let (identity, administers) = desk.proof(&token).await?;
        within(&identity, &scopes)?;
        desk.sees(&identity).await?;
        let wanted = Wanted {
            scopes,
            administers,
        };
        desk.ask().issue(&identity, wanted).await
    };
    let pair = desk.judged(result.await).await?;
    // A page of another site must not sign its visitor in as somebody else.
    let cookie = given.is_of_own_page();
    Ok(answer(&app, pair, cookie, true))
}

/// Exchanges a refresh token for a new pair. It is good for one use.
#[utoipa::path(post, path = "/api/v1/auth/refresh", tag = "tokens", security(()),
    request_body(content = RefreshInput),
    responses((status = 200, description = "The new pair", body = PairView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn refresh(
    State(app): State<App>,
    Who(caller): Who,
    request: Request,
) -> Result<Response, Refusal> {
    let desk = Desk::open(&app, &caller, "/api/v1/auth/refresh").await?;
    let given = Given::read(request).await?;
    let settings = app.admin.own_tokens.cookie();
    let result = async {
        given.only(&["refresh_token", "grant_type"])?;
        let (token, by_cookie) = given.refresh_token(&settings.name)?.ok_or_else(|| {
            let message = "A refresh token is required: send {\"refresh_token\": \"gwr_…\"}, or \
                           its cookie.";
            Fault::new(Code::ApiKeyRequired, message)
        })?;
        desk.not_throttled()?;
        let pair = desk.ask().refresh(&token).await?;
        Ok::<_, Faults>((pair, by_cookie))
    };
    match desk.judged(result.await).await {
        // Whoever keeps it out of reach of scripts gets the next one out of their reach.
        Ok((pair, by_cookie)) => {
            let shown = !(by_cookie && settings.http_only);
            Ok(answer(&app, pair, given.is_of_own_page(), shown))
        }
        Err(refusal) => Err(refusal),
    }
}

/// Ends the session of a refresh token or of an access token of the gateway's own.
#[utoipa::path(post, path = "/api/v1/auth/logout", tag = "tokens", security(()),
    request_body(content = RefreshInput),
    responses((status = 204, description = "Ended, or over before"),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn logout(
    State(app): State<App>,
    Who(caller): Who,
    request: Request,
) -> Result<Response, Refusal> {
    let desk = Desk::open(&app, &caller, "/api/v1/auth/logout").await?;
    let given = Given::read(request).await?;
    let settings = app.admin.own_tokens.cookie();
    let result = async {
        given.only(&["refresh_token"])?;
        let refresh = given.refresh_token(&settings.name)?;
        let bearer = given.bearer()?;
        if refresh.is_none() && bearer.is_none() {
            return Ok(());
        }
        desk.not_throttled()?;
        if let Some((token, _)) = &refresh {
            desk.ask().leave_by_refresh(token).await?;
        }
        if let Some(token) = &bearer {
            desk.leave_by_access(token).await?;
        }
        Ok::<_, Faults>(())
    };
    desk.judged(result.await).await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    set_cookie(&mut response, settings, "", Duration::ZERO);
    Ok(response)
}

/// The public keys of the gateway's own tokens (RFC 7517).
#[utoipa::path(get, path = "/api/v1/auth/jwks", tag = "tokens", security(()),
    responses((status = 200, description = "The key set", body = Object)))]
pub async fn jwks(State(app): State<App>) -> Json<Value> {
    Json(app.admin.own_tokens.jwks())
}

/// The public keys of the gateway's own tokens, where clients look for them.
#[utoipa::path(get, path = "/.well-known/jwks.json", tag = "tokens", security(()),
    responses((status = 200, description = "The key set", body = Object)))]
pub async fn well_known(State(app): State<App>) -> Json<Value> {
    Json(app.admin.own_tokens.jwks())
}

/// The token that is to be exchanged, and the scopes that are asked for.
fn exchanged(given: &Given) -> Result<(SecretString, Vec<String>), Fault> {
    given.only(&[
        "token",
        "grant_type",
        "subject_token",
        "subject_token_type",
        "requested_token_type",
        "audience",
        "scope",
    ])?;
    given.one_of("grant_type", &[EXCHANGE])?;
    given.one_of("subject_token_type", &TOKEN_TYPES)?;
    let [access_token, _, jwt] = TOKEN_TYPES;
    given.one_of("requested_token_type", &[access_token, jwt])?;
    given.one_of("audience", &[AUDIENCE])?;
    let shown = [
        given.bearer()?,
        given.field("token").cloned(),
        given.field("subject_token").cloned(),
    ];
    let mut shown = shown.into_iter().flatten();
    let Some(token) = shown.next() else {
        let message = "A token of an identity provider is required: as Authorization: Bearer, or \
                       as 'subject_token'.";
        return Err(Fault::new(Code::ApiKeyRequired, message));
    };
    if shown.any(|other| other != token) {
        let message = "The request carries two different tokens; send one.";
        return Err(Fault::new(Code::ConflictingCredentials, message));
    }
    // Exposed because scopes are no secret.
    let scope = given.field("scope").map(SecretString::expose);
    let scopes = scope.unwrap_or_default().split_ascii_whitespace();
    Ok((token, scopes.map(str::to_owned).collect()))
}

/// Scopes only restrict: those of the gateway that the exchanged token has itself.
fn within(identity: &Identity, wanted: &[String]) -> Result<(), Fault> {
    for scope in wanted {
        if !Kind::ALL.iter().any(|kind| kind.scope() == Some(scope)) {
            let message = format!("'{scope}' is no scope of this gateway.");
            return Err(Fault::new(Code::ValidationError, message).at("scope"));
        }
        if !identity.scopes.is_empty() && !identity.scopes.iter().any(|held| **held == **scope) {
            let message = format!("The token lacks the scope '{scope}'.");
            let fault = Fault::new(Code::ApiKeyScope, message);
            return Err(fault.because(Reason::ScopeMissing));
        }
    }
    Ok(())
}

fn answer(app: &App, pair: Pair, cookie: bool, shown: bool) -> Response {
    let left = pair.refresh.as_ref().map(|(_, left)| left.as_secs());
    // Exposed to whom they are for.
    let refresh = pair.refresh.as_ref().filter(|_| shown);
    let view = PairView {
        access_token: pair.access.expose().to_owned(),
        token_type: "Bearer",
        expires_in: pair.access_lifetime.as_secs(),
        refresh_token: refresh.map(|(token, _)| token.expose().to_owned()),
        refresh_expires_in: left,
        issued_token_type: ACCESS_TOKEN,
        scope: Some(pair.scopes.join(" ")).filter(|it| !it.is_empty()),
    };
    let mut response = Json(view).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some((token, left)) = pair.refresh.filter(|_| cookie) {
        let settings = app.admin.own_tokens.cookie();
        set_cookie(&mut response, settings, token.expose(), left);
    }
    response
}

/// RFC 6265bis. `Max-Age=0` removes it.
fn set_cookie(response: &mut Response, cookie: &Cookie, value: &str, age: Duration) {
    let mut text = format!(
        "{}={value}; Path={COOKIE_PATH}; Max-Age={}",
        cookie.name,
        age.as_secs()
    );
    if cookie.http_only {
        text.push_str("; HttpOnly");
    }
    if cookie.secure {
        text.push_str("; Secure");
    }
    text.push_str(match cookie.same_site {
        SameSite::Strict => "; SameSite=Strict",
        SameSite::Lax => "; SameSite=Lax",
        SameSite::None => "; SameSite=None",
    });
    if let Ok(mut value) = HeaderValue::from_str(&text) {
        value.set_sensitive(true);
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

//! `Idempotency-Key` on POST: the same key and the same request get the first answer again.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use terms::{Code, Fault};

use super::App;
use super::conventions::take;
use super::errors::Refusal;
use crate::caller::Caller;
use crate::store::idempotency::Earlier;

/// The largest answer that is kept, in bytes.
const MOST_KEPT: usize = 4 << 20;

const HEADER: &str = "idempotency-key";

/// What is kept of an answer.
#[derive(Serialize, Deserialize)]
struct Answer {
    etag: Option<String>,
    content_type: Option<String>,
    body: String,
}

/// Runs a POST with an `Idempotency-Key` once.
pub async fn once(State(app): State<App>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST || !request.headers().contains_key(HEADER) {
        return next.run(request).await;
    }
    match replayed(&app, request, next).await {
        Ok(response) => response,
        Err(refusal) => refusal.into_response(),
    }
}

async fn replayed(app: &App, request: Request, next: Next) -> Result<Response, Refusal> {
    let key = key(&request)?;
    let (mut parts, body) = request.into_parts();
    let copy = Request::from_parts(parts.clone(), body);
    let (headers, bytes) = take(copy).await?;
    parts.headers = headers;
    let fingerprint = fingerprint(&parts.uri, &bytes);
    let store = &app.admin.store;
    match store.claim(&key, &fingerprint).await? {
        Earlier::New => {}
        Earlier::Running => {
            let message = "The first request with this Idempotency-Key has not answered yet.";
            return Err(Fault::new(Code::Conflict, message).into());
        }
        Earlier::Other => {
            let message = "This Idempotency-Key was used for another request.";
            return Err(Fault::new(Code::IdempotencyMismatch, message).into());
        }
        Earlier::Answered { status, answer } => return Ok(again(status, &answer)),
    }
    let response = next
        .run(Request::from_parts(parts, Body::from(bytes)))
        .await;
    // A refusal changed nothing: the same key may try again.
    if !response.status().is_success() {
        store.unclaim(&key).await?;
        return Ok(response);
    }
    keep(app, &key, response).await
}

/// The key, within those of its caller: an answer may hold a secret, and is nobody else's.
fn key(request: &Request) -> Result<String, Refusal> {
    let caller = request.extensions().get::<Caller>();
    let user = caller.and_then(|it| it.standing.user.as_deref());
    let given = request
        .headers()
        .get(HEADER)
        .and_then(|it| it.to_str().ok());
    given
        .filter(|key| !key.is_empty() && key.len() <= 255)
        .map(|key| match user {
            // No header holds a line's end.
            Some(user) => format!("{user}\n{key}"),
            None => key.to_owned(),
        })
        .ok_or_else(|| {
            let message = "An Idempotency-Key is 1 to 255 visible characters.";
            Fault::new(Code::ValidationError, message)
                .at("Idempotency-Key")
                .into()
        })
}

fn fingerprint(uri: &axum::http::Uri, body: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(uri.to_string().as_bytes());
    hash.update([0]);
    hash.update(body);
    hex::encode(hash.finalize())
}

async fn keep(app: &App, key: &str, response: Response) -> Result<Response, Refusal> {
    let (parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, MOST_KEPT)
        .await
        .map_err(|error| broken(&error.to_string()))?;
    let text = |name| {
        parts
            .headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned)
    };
    let answer = Answer {
        etag: text(header::ETAG),
        content_type: text(header::CONTENT_TYPE),
        body: String::from_utf8_lossy(&bytes).into_owned(),
    };
    let kept = serde_json::to_vec(&answer).map_err(|error| broken(&error.to_string()))?;
    let stored = app
        .admin
        .store
        .answered(key, parts.status.as_u16(), &kept)
        .await;
    if let Err(fault) = stored {
        // The work is done and the caller is told; a repetition will find the claim and wait.
        tracing::error!(%fault, "an answer could not be kept for its Idempotency-Key");
    }
    Ok(Response::from_parts(parts, Body::from(bytes)))
}

fn again(status: u16, answer: &[u8]) -> Response {
    let Ok(answer) = serde_json::from_slice::<Answer>(answer) else {
        return broken("a kept answer can't be read").into_response();
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let mut response = (status, answer.body).into_response();
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_TYPE);
    let kept = [
        (header::CONTENT_TYPE, answer.content_type),
        (header::ETAG, answer.etag),
    ];
    for (name, value) in kept {
        if let Some(value) = value.and_then(|it| HeaderValue::from_str(&it).ok()) {
            headers.insert(name, value);
        }
    }
    headers.insert("idempotency-replayed", HeaderValue::from_static("true"));
    response
}

fn broken(detail: &str) -> Refusal {
    Fault::new(Code::InternalError, "Something broke in the control plane.")
        .detail(detail.to_owned())
        .into()
}

//! What every endpoint does alike: bodies, queries, pages, ETags.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use terms::{Code, Fault};
use utoipa::{IntoParams, ToSchema};

use super::App;
use super::errors::Refusal;
use crate::admin::{Precondition, input};

/// A JSON object in camelCase.
#[derive(Clone, Debug)]
pub struct Body(pub Map<String, Value>);

/// A JSON object in camelCase; an empty body is an empty one.
#[derive(Clone, Debug)]
pub struct OptionalBody(pub Map<String, Value>);

impl FromRequest<App> for Body {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &App) -> Result<Self, Refusal> {
        let (headers, bytes) = take(request).await?;
        is_json(&headers)?;
        object(&bytes).map(Body)
    }
}

/// A JSON object with the names as they were sent; an empty body is an empty one.
#[derive(Clone, Debug)]
pub struct AsSent(pub Map<String, Value>);

impl FromRequest<App> for AsSent {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &App) -> Result<Self, Refusal> {
        let (headers, bytes) = take(request).await?;
        if bytes.is_empty() {
            return Ok(AsSent(Map::new()));
        }
        is_json(&headers)?;
        members(&bytes).map(AsSent)
    }
}

impl FromRequest<App> for OptionalBody {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &App) -> Result<Self, Refusal> {
        let (headers, bytes) = take(request).await?;
        if bytes.is_empty() {
            return Ok(OptionalBody(Map::new()));
        }
        is_json(&headers)?;
        object(&bytes).map(OptionalBody)
    }
}

/// Takes a whole body. The listener holds its size and its time, and says when they are over.
pub async fn take(request: Request) -> Result<(HeaderMap, Bytes), Refusal> {
    let (parts, body) = request.into_parts();
    match axum::body::to_bytes(body, usize::MAX).await {
        Ok(bytes) => Ok((parts.headers, bytes)),
        Err(error) => Err(why_broken(&error).into()),
    }
}

fn why_broken(error: &axum::Error) -> Fault {
    let mut source: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = source {
        if let Some(fault) = error.downcast_ref::<Fault>() {
            return fault.clone();
        }
        source = error.source();
    }
    Fault::new(Code::InvalidRequest, "The body ended early.")
}

/// JSON by its content type, or one that curl sends when it isn't told.
fn is_json(headers: &HeaderMap) -> Result<(), Refusal> {
    if headers.contains_key(header::CONTENT_ENCODING) {
        let message = "Send the body without a content encoding.";
        return Err(Fault::new(Code::UnsupportedMediaType, message).into());
    }
    let Some(given) = headers.get(header::CONTENT_TYPE) else {
        return Ok(());
    };
    let given = given.to_str().unwrap_or_default().to_ascii_lowercase();
    let essence = given.split(';').next().unwrap_or_default().trim();
    let fine = matches!(
        essence,
        "application/json" | "application/x-www-form-urlencoded" | "text/json" | "text/plain"
    ) || (essence.starts_with("application/") && essence.ends_with("+json"));
    if fine {
        return Ok(());
    }
    Err(Fault::new(
        Code::UnsupportedMediaType,
        "Send the body as application/json.",
    )
    .into())
}

fn object(bytes: &[u8]) -> Result<Map<String, Value>, Refusal> {
    Ok(input::camel(members(bytes)?)?)
}

/// Reads an object strictly: no duplicate keys, 64 levels, UTF-8.
fn members(bytes: &[u8]) -> Result<Map<String, Value>, Refusal> {
    dialect::json::check(bytes)?;
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(members)) => Ok(members),
        Ok(_) => Err(Fault::new(Code::ValidationError, "The body must be a JSON object.").into()),
        Err(error) => {
            Err(Fault::new(Code::InvalidJson, format!("The body is not JSON: {error}.")).into())
        }
    }
}

/// The query's parameters; an unknown one is a fault.
#[derive(Clone, Debug)]
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<App> for Asked<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Refusal> {
        Query::<T>::try_from_uri(&parts.uri)
            .map(|Query(asked)| Asked(asked))
            .map_err(|error| {
                let message = format!("The query can't be read: {}.", error.body_text());
                Fault::new(Code::ValidationError, message).into()
            })
    }
}

impl FromRequestParts<App> for Precondition {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Refusal> {
        let given: Vec<&str> = parts
            .headers
            .get_all(header::IF_MATCH)
            .iter()
            .flat_map(|value| value.to_str().unwrap_or_default().split(','))
            .map(str::trim)
            .collect();
        if given.is_empty() || given.contains(&"*") {
            return Ok(Precondition::None);
        }
        // What is no ETag of ours matches nothing.
        let versions = given
            .iter()
            .filter_map(|tag| tag.strip_prefix('"')?.strip_suffix('"')?.parse().ok())
            .collect();
        Ok(Precondition::OneOf(versions))
    }
}

/// What a list is asked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// Only this tenant's.
    pub tenant_id: Option<String>,
    /// At most so many, 1 to 1000; 50 unless given.
    pub limit: Option<usize>,
    /// `nextCursor` of the page before.
    pub cursor: Option<String>,
}

/// Whose resource is meant.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OwnerQuery {
    /// Whose, where several tenants have one of this name.
    pub tenant_id: Option<String>,
}

/// In which tenant a user's roles are meant.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RolesQuery {
    /// In this tenant; empty: in all tenants. Absent: where the user's roles stand, else in the
    /// tenant for which they speak.
    pub tenant_id: Option<String>,
}

/// One page of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Page<T> {
    /// The resources, by id.
    pub items: Vec<T>,
    /// For the next page; null: this was the last.
    pub next_cursor: Option<String>,
}

/// Cuts a page out of `all`, which come by ascending `key`.
pub fn page<T>(
    all: impl Iterator<Item = (String, T)>,
    query: &ListQuery,
) -> Result<Json<Page<T>>, Refusal> {
    let limit = limited(Some(query.limit.unwrap_or(50)))?;
    let (items, next_cursor) = portion(all, limit, query.cursor.as_deref())?;
    Ok(Json(Page { items, next_cursor }))
}

/// How many are asked for; all of them, where none is given.
pub fn limited(limit: Option<usize>) -> Result<usize, Refusal> {
    if limit.is_some_and(|limit| !(1..=1000).contains(&limit)) {
        let message = "limit must be 1 to 1000.";
        return Err(Fault::new(Code::ValidationError, message)
            .at("limit")
            .into());
    }
    Ok(limit.unwrap_or(usize::MAX))
}

/// The first `limit` of `all` after the cursor, and the cursor of the next.
pub fn portion<T>(
    all: impl Iterator<Item = (String, T)>,
    limit: usize,
    cursor: Option<&str>,
) -> Result<(Vec<T>, Option<String>), Refusal> {
    let after = cursor.map(read_cursor).transpose()?;
    let mut rest = all.filter(|(key, _)| after.as_ref().is_none_or(|after| key > after));
    let mut items = Vec::new();
    let mut last = None;
    for (key, item) in rest.by_ref().take(limit) {
        items.push(item);
        last = Some(key);
    }
    let more = rest.next().is_some();
    let next_cursor = last.filter(|_| more).map(|key| URL_SAFE_NO_PAD.encode(key));
    Ok((items, next_cursor))
}

/// What a page is cut by where the store does it: the key after which it begins, and how many.
pub fn cut(query: &ListQuery) -> Result<(String, usize), Refusal> {
    let limit = limited(Some(query.limit.unwrap_or(50)))?;
    let after = query.cursor.as_deref().map(read_cursor).transpose()?;
    Ok((after.unwrap_or_default(), limit))
}

/// A page of `limit` out of one more than that, if there were so many.
pub fn page_of<T>(mut items: Vec<T>, limit: usize, key: impl Fn(&T) -> String) -> Page<T> {
    let more = items.len() > limit;
    items.truncate(limit);
    let last = items.last().filter(|_| more);
    let next_cursor = last.map(|item| URL_SAFE_NO_PAD.encode(key(item)));
    Page { items, next_cursor }
}

fn read_cursor(cursor: &str) -> Result<String, Refusal> {
    URL_SAFE_NO_PAD
        .decode(cursor)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .ok_or_else(|| {
            let message = "This is not a cursor of this list.";
            Fault::new(Code::ValidationError, message)
                .at("cursor")
                .into()
        })
}

/// A resource with its ETag.
pub fn resource<T: Serialize>(status: StatusCode, version: i64, view: Option<T>) -> Response {
    let Some(view) = view else {
        let fault = Fault::new(Code::InternalError, "Something broke in the control plane.")
            .detail("a record of another kind");
        return Refusal::from(fault).into_response();
    };
    let mut response = (status, Json(view)).into_response();
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{version}\"")) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

//! What a call about tokens gives: fields as JSON or as a form, a bearer token, a cookie.

use std::collections::BTreeMap;

use axum::extract::Request;
use axum::http::{HeaderMap, header};
use runtime::front::{cookies, from_own_page};
use serde_json::Value;
use terms::{Code, Fault, SecretString};

use super::super::conventions::take;
use super::super::errors::Refusal;

/// Everything that a call gives. All of it may be secret.
pub struct Given {
    headers: HeaderMap,
    fields: BTreeMap<String, SecretString>,
}

impl Given {
    /// Reads a request. Without a content type, or with a form's, JSON is taken all the same:
    /// curl says `form` when it isn't told.
    ///
    /// # Errors
    /// `invalid_json`, `unsupported_media_type`, `validation_error`.
    pub async fn read(request: Request) -> Result<Self, Refusal> {
        let (headers, bytes) = take(request).await?;
        let fields = if bytes.trim_ascii().is_empty() {
            BTreeMap::new()
        } else {
            read(&headers, &bytes)?
        };
        Ok(Self { headers, fields })
    }

    /// A field; an empty one is none.
    pub fn field(&self, name: &str) -> Option<&SecretString> {
        self.fields.get(name).filter(|value| !value.is_empty())
    }

    /// Refuses fields that mean nothing here.
    ///
    /// # Errors
    /// `validation_error`.
    pub fn only(&self, known: &[&str]) -> Result<(), Fault> {
        match self
            .fields
            .keys()
            .find(|name| !known.contains(&name.as_str()))
        {
            None => Ok(()),
            Some(name) => {
                let message = format!("'{name}' means nothing here; send {}.", known.join(", "));
                Err(Fault::new(Code::ValidationError, message).at(format!("/{name}")))
            }
        }
    }

    /// Refuses a field that says something else than one of `known`.
    ///
    /// # Errors
    /// `validation_error`.
    pub fn one_of(&self, name: &str, known: &[&str]) -> Result<(), Fault> {
        // Exposed to the comparison alone.
        match self.field(name).map(SecretString::expose) {
            Some(said) if !known.contains(&said) => {
                let message = format!("'{name}' must be {}.", known.join(" or "));
                Err(Fault::new(Code::ValidationError, message).at(format!("/{name}")))
            }
            _ => Ok(()),
        }
    }

    /// The token after `Authorization: Bearer`.
    ///
    /// # Errors
    /// `conflicting_credentials` when there are two.
    pub fn bearer(&self) -> Result<Option<SecretString>, Fault> {
        let lines = self.headers.get_all(header::AUTHORIZATION).into_iter();
        let tokens = lines.filter_map(|value| {
            let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
            let token = token.trim();
            (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
        });
        one(tokens.map(SecretString::from))
    }

    /// The refresh token, and whether it came as the cookie of this name alone.
    ///
    /// # Errors
    /// `conflicting_credentials` when there are two; `origin_denied` for a cookie that a page of
    /// another site made the browser send.
    pub fn refresh_token(&self, cookie: &str) -> Result<Option<(SecretString, bool)>, Fault> {
        let in_body = self.field("refresh_token").cloned();
        let in_cookies = cookies(&self.headers, cookie).filter(|it| !it.is_empty());
        let in_cookie = one(in_cookies.map(SecretString::from))?;
        let by_cookie = in_body.is_none();
        if by_cookie && in_cookie.is_some() && !self.is_of_own_page() {
            let message = "The cookie counts for requests of the gateway's own pages alone; send \
                           the refresh token in the body.";
            return Err(Fault::new(Code::OriginDenied, message));
        }
        let token = one(in_body.into_iter().chain(in_cookie))?;
        Ok(token.map(|token| (token, by_cookie)))
    }

    /// True unless a browser says that a page of another site makes this request.
    pub fn is_of_own_page(&self) -> bool {
        from_own_page(&self.headers)
    }
}

/// The one of several that are the same.
fn one(mut tokens: impl Iterator<Item = SecretString>) -> Result<Option<SecretString>, Fault> {
    let Some(first) = tokens.next() else {
        return Ok(None);
    };
    if tokens.any(|other| other != first) {
        let message = "The request carries two different tokens; send one.";
        return Err(Fault::new(Code::ConflictingCredentials, message));
    }
    Ok(Some(first))
}

fn read(headers: &HeaderMap, bytes: &[u8]) -> Result<BTreeMap<String, SecretString>, Refusal> {
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.map_or("", |value| value.to_str().unwrap_or("?"));
    let essence = kind.split(';').next().unwrap_or_default().trim();
    let looks_like_json = bytes.trim_ascii_start().starts_with(b"{");
    match essence.to_ascii_lowercase().as_str() {
        "application/x-www-form-urlencoded" | "" if !looks_like_json => form(bytes),
        "application/json"
        | "application/x-www-form-urlencoded"
        | "text/json"
        | "text/plain"
        | "" => json(bytes),
        _ => {
            let message = "Send the body as application/json or as a form.";
            Err(Fault::new(Code::UnsupportedMediaType, message).into())
        }
    }
}

fn form(bytes: &[u8]) -> Result<BTreeMap<String, SecretString>, Refusal> {
    let mut fields = BTreeMap::new();
    for (name, value) in url::form_urlencoded::parse(bytes) {
        let name = name.into_owned();
        let value = SecretString::new(value.into_owned());
        if fields.insert(name.clone(), value).is_some() {
            let message = format!("'{name}' stands there twice.");
            let fault = Fault::new(Code::ValidationError, message);
            return Err(fault.at(format!("/{name}")).into());
        }
    }
    Ok(fields)
}

fn json(bytes: &[u8]) -> Result<BTreeMap<String, SecretString>, Refusal> {
    dialect::json::check(bytes)?;
    let read = serde_json::from_slice(bytes).map_err(|error| {
        Fault::new(Code::InvalidJson, format!("The body is not JSON: {error}."))
    })?;
    let Value::Object(members) = read else {
        let message = "The body must be a JSON object.";
        return Err(Fault::new(Code::ValidationError, message).into());
    };
    let mut fields = BTreeMap::new();
    for (name, value) in members {
        match value {
            Value::String(text) => fields.insert(name, SecretString::new(text)),
            Value::Null => None,
            _ => {
                let message = format!("'{name}' must be a text.");
                let fault = Fault::new(Code::ValidationError, message);
                return Err(fault.at(format!("/{name}")).into());
            }
        };
    }
    Ok(fields)
}

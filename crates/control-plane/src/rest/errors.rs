//! Refusals in the administration's envelope.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use serde::Serialize;
use serde_json::json;
use terms::{Code, Fault, Faults};
use utoipa::ToSchema;

use crate::caller::Caller;

/// A refusal on its way to the caller. [`envelope`] writes it, once the request's ids are known.
#[derive(Clone, Debug)]
pub struct Refusal(pub Arc<Faults>);

impl From<Faults> for Refusal {
    fn from(faults: Faults) -> Self {
        Self(Arc::new(faults))
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Self::from(Faults(vec![fault]))
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> axum::response::Response {
        let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The envelope of an error.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErrorBody {
    /// What went wrong.
    pub error: ErrorDetail,
}

/// What went wrong.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErrorDetail {
    /// For people.
    pub message: String,
    /// The family, as OpenAI's clients know it.
    #[serde(rename = "type")]
    pub kind: String,
    /// The code.
    pub code: String,
    /// Where: a parameter's name, or a JSON pointer into the body.
    pub param: Option<String>,
    /// For a validation error: every fault.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FaultBody>,
    /// The trace.
    pub trace_id: String,
    /// The request.
    pub request_id: String,
}

/// One fault of a body.
#[derive(Debug, Serialize, ToSchema)]
pub struct FaultBody {
    /// The code.
    pub code: String,
    /// Where: a JSON pointer (RFC 6901) into the body, or a parameter's name.
    pub pointer: Option<String>,
    /// For people.
    pub message: String,
}

/// Writes a refusal.
pub fn envelope(refusal: &Refusal, caller: &Caller) -> Response<Body> {
    let faults = &refusal.0.0;
    let broken = Fault::new(Code::InternalError, "Something broke in the control plane.");
    let first = faults.first().unwrap_or(&broken);
    let code = if faults.iter().all(|fault| fault.code == first.code) {
        first.code
    } else {
        Code::ValidationError
    };
    let message = match faults.len() {
        0 | 1 => first.message.to_string(),
        several => format!("{} (The first of {several} faults.)", first.message),
    };
    let listed = code.http_status() < 500 && faults.iter().any(|fault| fault.param.is_some());
    let errors = faults.iter().filter(|_| listed).map(|fault| FaultBody {
        code: fault.code.as_str().to_owned(),
        pointer: fault.param.clone(),
        message: fault.message.to_string(),
    });
    let body = ErrorBody {
        error: ErrorDetail {
            message,
            kind: code.error_type().0.to_owned(),
            code: code.as_str().to_owned(),
            param: first.param.clone(),
            errors: errors.collect(),
            trace_id: caller.trace_id.clone(),
            request_id: caller.request_id.clone(),
        },
    };
    let text = json!(body).to_string();
    let mut response = Response::new(Body::from(text));
    *response.status_mut() =
        StatusCode::from_u16(code.http_status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    if code.http_status() == 401 {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    if let Some(span) = first.retry_after {
        headers.insert(header::RETRY_AFTER, span.as_secs().max(1).into());
    }
    response
}

/// The refusal for an answer that a library gave by its status alone.
pub fn of_status(status: StatusCode) -> Refusal {
    let (code, message) = match status {
        StatusCode::NOT_FOUND => (Code::NotFound, "There is nothing here."),
        StatusCode::METHOD_NOT_ALLOWED => (
            Code::MethodNotAllowed,
            "This method is not allowed here; see the Allow header.",
        ),
        StatusCode::PAYLOAD_TOO_LARGE => (Code::InputTooLarge, "The body is too large."),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => (
            Code::UnsupportedMediaType,
            "Send the body as application/json.",
        ),
        status if status.is_client_error() => {
            (Code::InvalidRequest, "The request can't be understood.")
        }
        _ => (Code::InternalError, "Something broke in the control plane."),
    };
    Fault::new(code, message).into()
}

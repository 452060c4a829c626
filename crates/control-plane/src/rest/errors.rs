//! Refusals in the administration's envelope.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use serde::Serialize;
use serde_json::json;
use terms::{Code, Fault, Faults, Reason};
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
    /// Why exactly, where the code covers several reasons.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
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
    /// The line, from 1, where the pointer is at a text of several lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The column, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
}

/// The envelope of an error below `/api/v1/`.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeedErrorBody {
    /// The code; `authentication_failed` for each that is about who asks.
    pub error: String,
    /// For people.
    pub message: String,
    /// More exactly.
    pub details: SeedErrorDetails,
    /// For a validation error with several faults: all of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FaultBody>,
    /// Seconds after which to try again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
    /// The request.
    pub request_id: String,
}

/// An error more exactly.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeedErrorDetails {
    /// Why; the code where nothing more is known.
    pub reason: String,
    /// Where: a parameter's name, or a JSON pointer into the body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub param: Option<String>,
}

/// Which seed's form an error has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `{error{message, type, code, param, …}}`.
    First,
    /// `{error, message, details{reason, param}, request_id}`: below `/api/v1/`.
    Second,
}

impl Form {
    /// The form that a path calls for.
    pub fn of(path: &str) -> Self {
        if path == "/api/v1" || path.starts_with("/api/v1/") {
            Form::Second
        } else {
            Form::First
        }
    }
}

/// Writes a refusal.
pub fn envelope(refusal: &Refusal, caller: &Caller, form: Form) -> Response<Body> {
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
        line: fault.place().map(|it| it.0),
        column: fault.place().map(|it| it.1),
    });
    let errors: Vec<FaultBody> = errors.collect();
    let text = match form {
        Form::First => json!(ErrorBody {
            error: ErrorDetail {
                message,
                kind: code.error_type().0.to_owned(),
                code: code.as_str().to_owned(),
                param: first.param.clone(),
                reason: first.reason.map(|it| it.as_str().to_owned()),
                errors,
                trace_id: caller.trace_id.clone(),
                request_id: caller.request_id.clone(),
            },
        }),
        Form::Second => json!(second(code, first, (message, errors), caller)),
    }
    .to_string();
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
        headers.insert(header::RETRY_AFTER, whole_seconds(span).into());
    }
    response
}

/// Rounded up: whoever comes back then is not too early.
fn whole_seconds(span: Duration) -> u64 {
    let more = u64::from(span.subsec_nanos() > 0);
    span.as_secs().saturating_add(more).max(1)
}

fn second(
    code: Code,
    first: &Fault,
    (message, errors): (String, Vec<FaultBody>),
    caller: &Caller,
) -> SeedErrorBody {
    let error = match code.http_status() {
        401 => "authentication_failed",
        _ => code.as_str(),
    };
    SeedErrorBody {
        error: error.to_owned(),
        message,
        details: SeedErrorDetails {
            reason: first
                .reason
                .map_or(code.as_str(), Reason::as_str)
                .to_owned(),
            param: first.param.clone(),
        },
        errors: if errors.len() > 1 { errors } else { Vec::new() },
        retry_after: first.retry_after.map(whole_seconds),
        request_id: caller.request_id.clone(),
    }
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

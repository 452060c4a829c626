//! Which request goes where, and the refusal of all others.

use bytes::Bytes;
use decide::Kind;
use dialect::openai;
use http::Method;
use runtime::front::{Call, Room};
use terms::{Code, Fault, RequestId, TraceId};

use crate::Options;

/// Endpoints of OpenAI's and Anthropic's dialects that this build does not serve: their callers
/// are told so, instead of being told that the path is unknown.
const UNBUILT: &[&str] = &[
    "/v1/completions",
    "/v1/responses",
    "/v1/messages",
    "/v1/batches",
    "/v1/files",
    "/v1/moderations",
    "/v1/images",
    "/v1/audio",
    "/v1/budget",
];

/// The room of the LLM gateway.
pub struct LlmRoom {
    pub(crate) options: Options,
}

impl LlmRoom {
    pub(crate) fn new(options: Options) -> Self {
        Self { options }
    }

    async fn route(&self, call: &mut Call<'_>) -> Result<(), Fault> {
        let method = call.exchange.method().clone();
        match (call.exchange.path(), &method) {
            ("/v1/chat/completions", &Method::POST) => self.model_call(call, Kind::Chat).await,
            ("/v1/embeddings", &Method::POST) => self.model_call(call, Kind::Embeddings).await,
            ("/v1/models", &(Method::GET | Method::HEAD)) => self.models(call, None).await,
            ("/v1/chat/completions" | "/v1/embeddings", _) => Err(not_allowed(call, "POST")),
            ("/v1/models", _) => Err(not_allowed(call, "GET, HEAD")),
            (path, method) => match path.strip_prefix("/v1/models/").map(str::to_owned) {
                Some(id) if matches!(*method, Method::GET | Method::HEAD) => {
                    self.models(call, Some(&id)).await
                }
                Some(_) => Err(not_allowed(call, "GET, HEAD")),
                None => Err(unknown(path)),
            },
        }
    }
}

fn not_allowed(call: &mut Call<'_>, allow: &'static str) -> Fault {
    call.extra.push(("allow".to_owned(), allow.to_owned()));
    Fault::new(
        Code::MethodNotAllowed,
        format!("This endpoint takes {allow} only."),
    )
}

fn unknown(path: &str) -> Fault {
    let unbuilt = UNBUILT.iter().any(|root| {
        path.strip_prefix(root)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    });
    if unbuilt {
        return Fault::new(Code::NotInThisBuild, "This endpoint is not in this build.");
    }
    let message = "There is nothing at this path. Models are served at /v1/chat/completions, \
                   /v1/embeddings and /v1/models.";
    Fault::new(Code::NotFound, message)
}

impl Room for LlmRoom {
    async fn answer(&self, call: &mut Call<'_>) {
        if let Err(fault) = self.route(call).await {
            let body = openai::error_body(&fault, call.trace.as_str());
            let _ = call.refuse(&fault, "application/json", body).await;
        }
    }

    fn refusal(
        &self,
        _path: &str,
        fault: &Fault,
        _request: &RequestId,
        trace: &TraceId,
    ) -> (&'static str, Bytes) {
        (
            "application/json",
            openai::error_body(fault, trace.as_str()),
        )
    }
}

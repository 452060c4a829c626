//! Providers: a call to one, and its answer piece by piece, whether it came over the network or
//! from the built-in provider.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use decide::snapshot::{Candidate, CredentialEntry};
use decide::source::Provider;
use dialect::mock::{self, MockAnswer};
use http::Method;
use pingora_http::RequestHeader;
use runtime::clock;
use runtime::drive::Walk;
use runtime::upstream::{self, Answer, Deadlines, Failure};
use terms::{Code, Fault};
use tokio::time::Instant;

use crate::Options;
use crate::call::Asking;
use crate::request::ModelRequest;

static MOCK_CALLS: AtomicU64 = AtomicU64::new(0);

/// A provider's answer.
pub(crate) enum Source {
    Network(Box<Answer>),
    Mock(MockPlay),
}

/// The built-in provider's answer, played at its pace.
pub(crate) struct MockPlay {
    status: u16,
    retry_after: Option<Duration>,
    stream: bool,
    pieces: std::vec::IntoIter<Bytes>,
    delay: Duration,
    due: Option<Instant>,
    breaks: bool,
}

/// Sends what is asked to `candidate`.
pub(crate) async fn send(
    options: &Options,
    walk: &Walk,
    candidate: &Candidate,
    asking: &Asking<'_>,
    left: Duration,
) -> Result<Source, Fault> {
    let request = asking.request;
    let edits = asking.cleared.edits();
    let body = request.to_upstream(candidate, asking.most(walk), edits)?;
    let account = &candidate.credential;
    if account.provider == Provider::Mock {
        return play(candidate, request, &body, left)
            .await
            .map(Source::Mock);
    }
    let Some(endpoint) = &account.endpoint else {
        return Err(Fault::new(
            Code::InternalError,
            "The provider has no address.",
        ));
    };
    let target = format!("{}{}", endpoint.path, request.path());
    let head = head(account, &target, request.stream())?;
    let limits = &options.limits;
    let deadlines = Deadlines {
        connect: limits.connect,
        head: left,
        idle: if request.stream() {
            limits.stream
        } else {
            limits.unary
        },
    };
    let call = upstream::Call {
        endpoint,
        head,
        body,
        deadlines,
        repeatable: true,
    };
    let answer = options.client.send(walk.snapshot(), call).await;
    answer
        .map(|answer| Source::Network(Box::new(answer)))
        .map_err(|failure| provider_fault(&failure))
}

/// A broken call as its caller sees it.
pub(crate) fn provider_fault(failure: &Failure) -> Fault {
    let fault = failure.fault(
        Code::ProviderUnavailable,
        Code::ProviderTimeout,
        Code::ProviderError,
    );
    let message = match fault.code {
        Code::ProviderUnavailable => "The provider can't be reached.",
        Code::ProviderTimeout => "The provider did not answer in time.",
        _ => "The provider's answer broke off or can't be read.",
    };
    Fault {
        message: message.into(),
        ..fault
    }
}

/// The whole head of the call: nothing of the caller's own headers travels.
fn head(account: &CredentialEntry, target: &str, stream: bool) -> Result<RequestHeader, Fault> {
    let wrong = |error: Box<pingora_core::Error>| {
        Fault::new(Code::InternalError, "The provider can't be called.").detail(error.to_string())
    };
    let mut head =
        RequestHeader::build_no_case(Method::POST, target.as_bytes(), Some(8)).map_err(wrong)?;
    let accept = if stream {
        "text/event-stream"
    } else {
        "application/json"
    };
    head.insert_header("content-type", "application/json")
        .map_err(wrong)?;
    head.insert_header("accept", accept).map_err(wrong)?;
    head.insert_header(
        "user-agent",
        concat!("gatehouse/", env!("CARGO_PKG_VERSION")),
    )
    .map_err(wrong)?;
    if let Some(key) = &account.api_key {
        // The provider wants its key on the wire.
        head.insert_header("authorization", format!("Bearer {}", key.expose()))
            .map_err(wrong)?;
    }
    for (name, value) in &account.headers {
        head.insert_header(name.clone(), value.as_str())
            .map_err(wrong)?;
    }
    Ok(head)
}

async fn play(
    candidate: &Candidate,
    request: &ModelRequest,
    body: &Bytes,
    left: Duration,
) -> Result<MockPlay, Fault> {
    let behaviour = &candidate.credential.mock;
    let call = mock::Call {
        body,
        model: candidate.model.as_str(),
        created: clock::now().unix_seconds(),
        counter: MOCK_CALLS.fetch_add(1, Ordering::Relaxed),
        error_rate: behaviour.error_rate,
    };
    let answer = match request {
        ModelRequest::Chat(_) => mock::chat(&call),
        ModelRequest::Embeddings(_) => mock::embeddings(&call),
    };
    let patience = Duration::from_millis(behaviour.latency_ms);
    tokio::time::sleep(patience.min(left)).await;
    let whole = |bytes: Bytes| (vec![bytes], false, false);
    let mut status = 200;
    let mut wait = None;
    let (pieces, stream, breaks) = match answer {
        MockAnswer::Whole(bytes) => whole(bytes),
        MockAnswer::Stream(events) => (events, true, false),
        MockAnswer::Cut(events) => (events, request.stream(), true),
        MockAnswer::Error {
            status: given,
            retry_after,
            body,
        } => {
            status = given;
            wait = retry_after;
            whole(body)
        }
        MockAnswer::Hang => {
            tokio::time::sleep(left).await;
            return Err(Fault::new(
                Code::ProviderTimeout,
                "The provider did not answer in time.",
            ));
        }
    };
    Ok(MockPlay {
        status,
        retry_after: wait,
        stream,
        pieces: pieces.into_iter(),
        delay: Duration::from_millis(behaviour.token_delay_ms),
        due: None,
        breaks,
    })
}

impl Source {
    /// The HTTP status.
    pub(crate) fn status(&self) -> u16 {
        match self {
            Self::Network(answer) => answer.status(),
            Self::Mock(play) => play.status,
        }
    }

    /// The provider's own id of the call.
    pub(crate) fn request_id(&self) -> Option<&str> {
        match self {
            Self::Network(answer) => answer.header("x-request-id"),
            Self::Mock(_) => None,
        }
    }

    /// An event stream follows.
    pub(crate) fn is_stream(&self) -> bool {
        match self {
            Self::Network(answer) => answer
                .header("content-type")
                .is_some_and(|kind| kind.trim_start().starts_with("text/event-stream")),
            Self::Mock(play) => play.stream,
        }
    }

    /// When the provider would be asked again.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Network(answer) => {
                let millis = answer
                    .header("retry-after-ms")
                    .and_then(|it| it.parse::<u64>().ok());
                let seconds = answer
                    .header("retry-after")
                    .and_then(|it| it.parse::<f64>().ok());
                let sane = |it: &f64| it.is_finite() && (0.0..=86_400.0).contains(it);
                millis
                    .map(Duration::from_millis)
                    .or_else(|| seconds.filter(sane).map(Duration::from_secs_f64))
            }
            Self::Mock(play) => play.retry_after,
        }
    }

    /// The next piece of the body; none at its end.
    pub(crate) async fn piece(&mut self) -> Result<Option<Bytes>, Fault> {
        match self {
            Self::Network(answer) => answer.piece().await.map_err(|it| provider_fault(&it)),
            Self::Mock(play) => play.piece().await,
        }
    }

    /// All was said: the connection is kept where the body ends at once, as it should.
    pub(crate) async fn finish(self) {
        if let Self::Network(answer) = self {
            answer.finish(Duration::from_millis(100)).await;
        }
    }

    /// The whole body, up to `limit` bytes.
    pub(crate) async fn whole(&mut self, limit: usize) -> Result<Bytes, Fault> {
        match self {
            Self::Network(answer) => answer.whole(limit).await.map_err(|it| provider_fault(&it)),
            Self::Mock(play) => {
                let mut all = Vec::new();
                while let Some(piece) = play.piece().await? {
                    all.extend_from_slice(&piece);
                }
                Ok(all.into())
            }
        }
    }
}

impl MockPlay {
    async fn piece(&mut self) -> Result<Option<Bytes>, Fault> {
        // It may be dropped while it waits: nothing is in hand then, and the time goes on.
        if let Some(due) = self.due.filter(|_| !self.pieces.as_slice().is_empty()) {
            tokio::time::sleep_until(due).await;
        }
        let Some(piece) = self.pieces.next() else {
            if self.breaks {
                return Err(provider_fault(&Failure::Broken(
                    "the mock provider broke off".into(),
                )));
            }
            return Ok(None);
        };
        self.due = (!self.delay.is_zero()).then(|| Instant::now() + self.delay);
        Ok(Some(piece))
    }
}

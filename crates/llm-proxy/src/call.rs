//! A model call from its first byte to its record.

use std::time::Duration;

use decide::inspection::Report;
use decide::policy::Uses;
use decide::snapshot::Candidate;
use decide::{Attempt, AttemptOutcome, Kind, next_attempt};
use dialect::text::Texts;
use runtime::drive::{Cleared, Walk};
use runtime::front::Call;
use runtime::record::Outcome;
use std::sync::Arc;
use terms::{Code, Fault};
use tokio::time::Instant;

use crate::LlmRoom;
use crate::limits;
use crate::policies;
use crate::provider::{self, Source};
use crate::request::ModelRequest;

/// How a call ended after its provider was chosen.
pub(crate) struct Served {
    pub(crate) status: u16,
    pub(crate) fault: Option<Fault>,
    pub(crate) tokens: Option<(u64, u64)>,
    pub(crate) bytes: u64,
    /// What was found in the answer.
    pub(crate) inspected: Report,
}

/// What providers are asked for, which of them may be, and until when.
pub(crate) struct Asking<'a> {
    pub(crate) cleared: &'a Cleared,
    pub(crate) request: &'a ModelRequest,
    pub(crate) due: Instant,
}

impl Asking<'_> {
    /// The most tokens that the answer may have, where somebody says so: policies, or, for who asks
    /// for no number, the tenant's settings.
    pub(crate) fn most(&self, walk: &Walk) -> Option<u64> {
        let capped = self.cleared.max_tokens();
        if !self.request.is_chat() || self.request.max_tokens().is_some() {
            return capped;
        }
        let usual = walk.case().inspection();
        let usual = usual.and_then(|it| it.default_max_tokens());
        match (capped, usual) {
            (Some(capped), Some(usual)) => Some(capped.min(usual)),
            (capped, usual) => capped.or(usual),
        }
    }
}

impl LlmRoom {
    /// Serves a chat completion or embeddings: the whole gate, top to bottom.
    pub(crate) async fn model_call(&self, call: &mut Call<'_>, kind: Kind) -> Result<(), Fault> {
        let mut walk = Walk::open(&self.options.gate, call.arrival(kind))?;
        let mut tried = None;
        let result = self.pass(call, &mut walk, kind, &mut tried).await;
        let Err(fault) = result else { return Ok(()) };
        let account = tried.as_ref().map(|it: &Arc<Candidate>| &it.credential);
        let outcome = Outcome {
            status: fault.code.http_status(),
            fault: Some(&fault),
            credential: account.map(|it| it.name.as_str()),
            provider: account.map(|it| it.provider.as_str()),
            ..Outcome::default()
        };
        walk.exit(&outcome).await?;
        Err(fault)
    }

    async fn pass(
        &self,
        call: &mut Call<'_>,
        walk: &mut Walk,
        kind: Kind,
        tried: &mut Option<Arc<Candidate>>,
    ) -> Result<(), Fault> {
        let entered = walk.enter().await;
        call.note_case(walk.case());
        limits::show_requests(call, walk);
        entered?;
        let limits = self.options.limits;
        let body = call.exchange.body(limits.max_body, limits.body).await?;
        let request = ModelRequest::read(kind, &body)?;
        call.noted.model = Some(request.model().to_string());
        call.noted.stream = request.stream();
        let named = walk.needs().uses.meets(Uses::OFFERED_TOOLS);
        let asked = request.asked(walk.limits_tokens(), named)?;
        let texts = match walk.wants_texts() {
            true => request.texts()?,
            false => Texts::default(),
        };
        let cleared = walk.clear_for(call.exchange, asked, texts).await;
        limits::show_tokens(call, walk);
        call.show_inspected(walk);
        let cleared = cleared?;
        policies::show(call, &cleared);
        let due = Instant::now() + self.patience(&request);
        let asking = Asking {
            cleared: &cleared,
            request: &request,
            due,
        };
        let source = self.attempts(call, walk, &asking, tried).await?;
        let Some(candidate) = tried.clone() else {
            return Err(Fault::new(Code::InternalError, "No provider was chosen."));
        };
        call.noted.provider = Some(candidate.credential.provider.as_str());
        if source.status() != 200 {
            return Err(self.provider_refusal(source).await);
        }
        match request.stream() {
            true => self.stream(call, walk, &candidate, &asking, source).await,
            false => self.unary(call, walk, &candidate, &asking, source).await,
        }
    }

    /// How long a provider may take: for the whole answer, or for the start of its stream.
    fn patience(&self, request: &ModelRequest) -> Duration {
        match request.stream() {
            true => self.options.limits.stream,
            false => self.options.limits.unary,
        }
    }

    /// Tries the candidates as `decide` says, until one answers; the client may leave meanwhile.
    async fn attempts(
        &self,
        call: &mut Call<'_>,
        walk: &Walk,
        asking: &Asking<'_>,
        tried: &mut Option<Arc<Candidate>>,
    ) -> Result<Source, Fault> {
        let candidates = asking.cleared.candidates();
        let mut outcomes: Vec<AttemptOutcome> = Vec::new();
        let mut last = Fault::new(Code::ProviderUnavailable, "No provider could be tried.");
        loop {
            let left = asking.due.saturating_duration_since(Instant::now());
            let (candidate, left) = match next_attempt(candidates, &outcomes, left) {
                Attempt::Try(candidate, left) => (candidate, left),
                Attempt::GiveUp => return Err(last),
            };
            *tried = Some(Arc::clone(&candidate));
            let sent = tokio::select! {
                sent = provider::send(&self.options, walk, &candidate, asking, left) => sent,
                _ = call.exchange.gone() => return Err(disconnected()),
            };
            match sent {
                Ok(source) => return Ok(source),
                Err(fault) => {
                    last = fault;
                    outcomes.push(AttemptOutcome::Failed);
                }
            }
        }
    }

    /// What a provider's refusal means for the caller.
    async fn provider_refusal(&self, mut source: Source) -> Fault {
        const MOST: usize = 64 * 1024;
        let reading = tokio::time::timeout(Duration::from_secs(5), source.whole(MOST)).await;
        let body = reading.ok().and_then(Result::ok).unwrap_or_default();
        let fault = dialect::openai::provider_fault(source.status(), &body);
        match source.retry_after() {
            Some(wait) => fault.retry_after(wait),
            None => fault,
        }
    }

    /// The record of a served call. It stands before the last byte leaves.
    pub(crate) async fn settle(
        &self,
        call: &mut Call<'_>,
        walk: &mut Walk,
        candidate: &Candidate,
        served: &Served,
    ) -> Result<(), Fault> {
        call.noted.tokens = served.tokens;
        call.noted.error_code = served.fault.as_ref().map(|fault| fault.code.as_str());
        let outcome = Outcome {
            status: served.status,
            fault: served.fault.as_ref(),
            credential: Some(candidate.credential.name.as_str()),
            provider: Some(candidate.credential.provider.as_str()),
            served_model: Some(candidate.model.as_str()),
            tokens: served.tokens,
            response_bytes: served.bytes,
            tool_error: false,
            inspected: Some(served.inspected.clone()).filter(|it| *it != Report::default()),
        };
        walk.exit(&outcome).await
    }
}

/// The caller left before its answer was whole.
pub(crate) fn disconnected() -> Fault {
    Fault::new(
        Code::ClientDisconnected,
        "The client closed the connection.",
    )
}

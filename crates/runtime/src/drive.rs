//! The only control flow over the pipeline: gather the facts (each at most once), decide, record,
//! apply.
//!
//! A room (a protocol's own code) opens a [`Walk`] for each case and calls, in order:
//! [`Walk::enter`] (the head pass: no byte of the body was read), [`Walk::clear`] (the body pass:
//! gives [`Cleared`], without which no upstream can be called), and [`Walk::exit`], the single
//! exit, which records the outcome whether the case was served or refused.

mod cleared;
mod gathering;
mod leaving;

use std::sync::Arc;
use std::time::Instant;

use decide::facts::{Client, ClientCertificate, Facts};
use decide::policy::Needs;
use decide::{Asked, Case, Kind, Learned, Pass, STEPS, Snapshot, Step, Verdict};
use dialect::Edit;
use dialect::text::Texts;
use terms::{Code, Fault, RequestId, SecretString};
use tokio_util::sync::CancellationToken;

pub use cleared::Cleared;
use cleared::joined;

use crate::clock;
use crate::counters::Charges;
use crate::gate::{Gate, Underway};
use crate::inspections;
use crate::record::{self, Outcome};
use crate::rulings;

/// What a room knows when a case comes in.
pub struct Arrival {
    /// The case, before anything was learned about it.
    pub case: Case,
    /// Where it comes from.
    pub client: Client,
    /// What it presents to prove itself.
    pub presented: Presented,
    /// The HTTP method.
    pub method: Arc<str>,
    /// The path, without the query.
    pub path: Arc<str>,
}

/// What a call presents to prove itself, before any of it was checked.
#[derive(Clone, Debug, Default)]
pub struct Presented {
    /// API keys, with where they stood, in the order of precedence.
    pub keys: Vec<(Arc<str>, SecretString)>,
    /// JWTs, with where they stood, in the order of precedence.
    pub tokens: Vec<(Arc<str>, SecretString)>,
    /// The connection's client certificate.
    pub certificate: Option<Arc<ClientCertificate>>,
}

/// One case on its way through the gate.
pub struct Walk {
    gate: Arc<Gate>,
    snapshot: Arc<Snapshot>,
    case: Case,
    facts: Facts,
    presented: Presented,
    started: Instant,
    /// What was taken of the request buckets, until step 4 is passed.
    requests: Charges,
    /// What was taken of the token buckets, until the exit.
    tokens: Charges,
    /// What steps replace in the body.
    edits: Vec<Edit>,
    underway: Option<Underway>,
    exited: bool,
    /// The caller left: nobody outside is waited for any more.
    left: CancellationToken,
}

impl Walk {
    /// Begins a case.
    ///
    /// # Errors
    /// `not_ready` while there is no configuration: nothing is let through by default.
    pub fn open(gate: &Arc<Gate>, arrival: Arrival) -> Result<Self, Fault> {
        let Some(snapshot) = gate.snapshot() else {
            return Err(Fault::new(
                Code::NotReady,
                "The gateway has no configuration yet; try again shortly.",
            ));
        };
        let region = Some(&gate.region).filter(|it| !it.is_empty());
        let facts = Facts {
            now: arrival.case.received,
            region: region.cloned(),
            method: Arc::clone(&arrival.method),
            path: Arc::clone(&arrival.path),
            client: Some(arrival.client),
            ..Facts::default()
        };
        Ok(Self {
            gate: Arc::clone(gate),
            snapshot,
            case: arrival.case,
            facts,
            presented: arrival.presented,
            started: Instant::now(),
            requests: Charges::default(),
            tokens: Charges::default(),
            edits: Vec::new(),
            underway: Some(gate.underway()),
            exited: false,
            left: CancellationToken::new(),
        })
    }

    /// A further case that the same request asks for, such as one server's part of a list over
    /// several. The request was identified and charged with the first; what is asked, the intent
    /// and the outcome are the new case's own.
    pub fn branch(&self, id: RequestId) -> Self {
        let case = Case {
            id,
            candidates: Vec::new(),
            server: None,
            asked: Asked::Nothing,
            texts: Arc::default(),
            ..self.case.clone()
        };
        let facts = Facts {
            asked: None,
            findings: None,
            classified: None,
            ruling: None,
            tokens: None,
            intent: None,
            ..self.facts.clone()
        };
        self.with(case, facts)
    }

    fn with(&self, case: Case, facts: Facts) -> Self {
        Self {
            gate: Arc::clone(&self.gate),
            snapshot: Arc::clone(&self.snapshot),
            case,
            facts,
            presented: Presented::default(),
            started: Instant::now(),
            requests: Charges::default(),
            tokens: Charges::default(),
            edits: Vec::new(),
            underway: None,
            exited: false,
            left: self.left.clone(),
        }
    }

    /// The body says what the case is: from here it is of this kind. Where kinds share a path, the
    /// head pass could not know; what it decided for the kind (the key's scopes) is decided again.
    ///
    /// # Errors
    /// The refusal; hand it to [`Walk::exit`].
    pub fn narrow(&mut self, kind: Kind) -> Result<(), Fault> {
        let same = self.case.kind.scope() == kind.scope();
        self.case.kind = kind;
        if same {
            return Ok(());
        }
        match decide::decide(Step::Authenticate, &self.snapshot, &self.case, &self.facts) {
            Verdict::Deny(fault) => Err(fault),
            _ => Ok(()),
        }
    }

    /// The head pass.
    ///
    /// # Errors
    /// The refusal; hand it to [`Walk::exit`].
    pub async fn enter(&mut self) -> Result<(), Fault> {
        self.walk(Pass::Head).await?;
        self.note_sighting().await;
        Ok(())
    }

    /// A caller whom this node had not seen lately goes on record. Each call has a record of its
    /// own besides, so one that can't be written stops nothing here.
    async fn note_sighting(&self) {
        let Some(principal) = &self.case.principal else {
            return;
        };
        if !self.gate.sightings.is_new(principal, self.facts.now) {
            return;
        }
        let (kind, payload) = record::sighting(self);
        let written = self
            .gate
            .spool
            .append(clock::now(), self.case.tenant_id(), kind, &payload);
        if let Err(error) = written.await {
            tracing::error!(%error, "an authentication could not be recorded");
        }
    }

    /// The body pass, with what the body asks for, and its texts where [`Walk::wants_texts`] says
    /// so. After it the intent is on record.
    ///
    /// # Errors
    /// The refusal; hand it to [`Walk::exit`].
    pub async fn clear(&mut self, asked: Asked, texts: Texts) -> Result<Cleared, Fault> {
        self.case.asked = asked.clone();
        self.case.texts = Arc::new(texts);
        self.facts.asked = Some(asked);
        self.walk(Pass::Body).await?;
        self.walk(Pass::Effect).await?;
        let answers = inspections::answers(self);
        let chat = self.case.kind == Kind::Chat;
        let inspection = self.case.inspection().filter(|_| chat);
        Ok(Cleared {
            default_max_tokens: inspection.and_then(|it| it.default_max_tokens()),
            candidates: self.case.candidates.clone(),
            server: self.case.server.clone(),
            ruling: self.facts.ruling.clone().unwrap_or_default(),
            edits: std::mem::take(&mut self.edits),
            answers,
        })
    }

    async fn walk(&mut self, pass: Pass) -> Result<(), Fault> {
        for step in STEPS.into_iter().filter(|step| step.pass() == pass) {
            if !decide::applies(self.case.kind, step) {
                continue;
            }
            for fact in decide::facts_needed(step) {
                self.gather(*fact).await;
            }
            let verdict = decide::decide(step, &self.snapshot, &self.case, &self.facts);
            self.follow_inspection(step, &verdict).await;
            match verdict {
                Verdict::Pass => {}
                Verdict::Learn(learned) => self.learn(learned),
                Verdict::Deny(fault) => return Err(self.denied(step, fault)),
                Verdict::Edit(edits) => self.edits = joined(std::mem::take(&mut self.edits), edits),
                Verdict::Ask(_) => {
                    // No step of this build gives this; one that did must not be ignored.
                    let fault = Fault::new(Code::InternalError, "The gateway could not decide.")
                        .detail(format!("unexpected verdict at {}", step.name()));
                    return Err(self.denied(step, fault));
                }
            }
        }
        Ok(())
    }

    /// What inspection found is told once it is known what comes of it.
    async fn follow_inspection(&self, step: Step, verdict: &Verdict) {
        match (step, verdict) {
            (Step::Pii | Step::Guardrail, Verdict::Deny(fault)) => {
                inspections::follow(self, Some(fault)).await;
            }
            (Step::Guardrail, _) => inspections::follow(self, None).await,
            _ => {}
        }
    }

    fn learn(&mut self, learned: Learned) {
        match learned {
            Learned::Principal(principal) => self.case.principal = Some(principal),
            Learned::Tenant(tenant) => {
                self.case.tenant = Some(tenant);
                self.count_priority(false);
            }
            Learned::Candidates(candidates) => self.case.candidates = candidates,
            Learned::Server(server) => self.case.server = Some(server),
        }
    }

    /// Every call of a known tenant is counted by its tier; those that must wait once more.
    fn count_priority(&self, throttled: bool) {
        let tenant = self
            .case
            .tenant_id()
            .and_then(|id| self.snapshot.tenant(id));
        let Some(tenant) = tenant else { return };
        let tier = tenant.priority.as_str();
        self.gate.meters.priority(&tenant.id, tier, false);
        if throttled {
            self.gate.meters.priority(&tenant.id, tier, true);
        }
    }

    /// A request is charged to its buckets once it passed step 4: a refusal there gives back. A
    /// refusal before the effect gives back the tokens.
    fn denied(&mut self, step: Step, fault: Fault) -> Fault {
        if step == Step::Authenticate && fault.code != Code::InternalError {
            record::count_failed_authentication(&fault);
            if let Some(client) = &self.facts.client
                && fault.code.http_status() == 401
            {
                let now = clock::monotonic_nanos();
                let settings = self.snapshot.settings();
                self.gate.failures.failed(settings, client.address, now);
            }
        }
        if fault.code == Code::PriorityThrottled {
            self.count_priority(true);
        }
        if step <= Step::Tenant {
            let requests = std::mem::take(&mut self.requests);
            self.gate.counters.give_back(requests);
        }
        let tokens = std::mem::take(&mut self.tokens);
        self.gate.counters.give_back(tokens);
        fault
    }

    /// The single exit: the outcome goes on record, and what was held is let go. Call it before
    /// the last byte of the answer leaves.
    ///
    /// # Errors
    /// When the outcome can't be recorded; the intent is, so the log shows that it is missing.
    pub async fn exit(&mut self, outcome: &Outcome<'_>) -> Result<(), Fault> {
        if std::mem::replace(&mut self.exited, true) {
            return Ok(());
        }
        let tokens = std::mem::take(&mut self.tokens);
        if let Some(used) = outcome.tokens_used() {
            self.gate.counters.settle(tokens, used);
        }
        if let Some(report) = &outcome.inspected {
            inspections::answered(self, report).await;
        }
        let seconds = self.started.elapsed().as_secs_f64();
        record::count_outcome(self, outcome, seconds);
        let (kind, payload) = record::outcome(self, outcome, self.started.elapsed());
        match self
            .gate
            .spool
            .append(clock::now(), self.case.tenant_id(), kind, &payload)
            .await
        {
            Ok(_) => Ok(()),
            Err(fault) => {
                tracing::error!(
                    request_id = self.case.id.as_str(),
                    error = %fault,
                    "an outcome could not be recorded"
                );
                let message = "The audit log can't be written.";
                Err(Fault::new(Code::AuditUnavailable, message).detail(fault.to_string()))
            }
        }
    }

    /// True where a limit on tokens applies to this caller: only then need they be estimated.
    pub fn limits_tokens(&self) -> bool {
        self.case.limits_tokens(&self.snapshot, &self.facts.path)
    }

    /// What policies must know of this caller's request before they can decide, once its tenant is
    /// known: what no rule reads need not be gathered.
    pub fn needs(&self) -> Needs {
        rulings::needs(&self.snapshot, &self.case)
    }

    /// True when somebody looks at the body's texts: else they need not be gathered.
    pub fn wants_texts(&self) -> bool {
        let inspection = self.case.inspection();
        inspection.is_some_and(|it| it.wants_texts())
    }

    /// True when a call of this tool of the case's server, with arguments that nobody knows yet,
    /// would not be refused by policies: what is listed can be called.
    pub fn may_list(&self, tool: &str) -> bool {
        decide::ruling::may_list(&self.snapshot, &self.case, &self.facts, tool)
    }

    /// The case as it is now, for what is done beside it and changes nothing of it.
    pub(crate) fn beside(&self) -> Self {
        let facts = Facts {
            credentials: None,
            ..self.facts.clone()
        };
        Self {
            exited: true,
            ..self.with(self.case.clone(), facts)
        }
    }

    /// The caller only listens from here on, perhaps for hours: others need not wait for it.
    pub fn listen(&mut self) {
        self.underway = None;
    }

    /// Whether who was let in may go on listening, as the configuration in force has it: what was
    /// revoked since ends what is open.
    ///
    /// # Errors
    /// Why not.
    pub fn may_go_on(&self) -> Result<(), Fault> {
        match (&self.case.principal, self.gate.snapshot()) {
            (Some(principal), Some(snapshot)) => {
                decide::may_go_on(&snapshot, principal, clock::now())
            }
            _ => Ok(()),
        }
    }

    /// Whether the answer that was begun may come to its end, as the configuration in force has
    /// it. A configuration that did not change since says so at once.
    ///
    /// # Errors
    /// Why not.
    pub fn may_finish(&self) -> Result<(), Fault> {
        let Some(snapshot) = self.gate.snapshot() else {
            return Ok(());
        };
        if Arc::ptr_eq(&snapshot, &self.snapshot) {
            return Ok(());
        }
        match &self.case.principal {
            Some(principal) => decide::may_finish(&snapshot, principal),
            None => Ok(()),
        }
    }

    /// True once the outcome was recorded.
    pub fn exited(&self) -> bool {
        self.exited
    }

    /// The case, with what was learned about it.
    pub fn case(&self) -> &Case {
        &self.case
    }

    /// The facts gathered so far.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// The configuration that this case is judged by, from its start to its end.
    pub fn snapshot(&self) -> &Arc<Snapshot> {
        &self.snapshot
    }

    /// What the data plane holds.
    pub fn gate(&self) -> &Arc<Gate> {
        &self.gate
    }

    /// The HTTP method and path of the request.
    pub fn request_line(&self) -> (&str, &str) {
        (&self.facts.method, &self.facts.path)
    }

    /// When the case began.
    pub fn started(&self) -> Instant {
        self.started
    }

    /// The headers that say what is left of the request limits: names and values, ready to send.
    pub fn limit_headers(&self) -> Vec<(String, String)> {
        record::limit_headers(self)
    }
}

#[cfg(test)]
mod tests;

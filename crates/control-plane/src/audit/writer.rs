//! The ledger's one writer: a task that seals batches of events and commits them in groups.

use std::sync::Arc;
use std::time::Duration;

use ledger::Sealer;
use terms::{Code, Fault, SecretBytes};
use tokio::sync::{mpsc, oneshot, watch};
use tokio_util::sync::{CancellationToken, DropGuard};
use wire::intake;

use super::event::{NewEvent, Origin};
use super::memory::Memory;
use super::slow;
use crate::db::Db;
use runtime::clock::now;

mod task;

use task::Task;

/// How many events one commit holds at most.
const GROUP: usize = 256;

/// How many batches may wait. A caller beyond that waits for its place.
const QUEUE: usize = 256;

/// How long the writer and its callers wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// A caller, for its commit: 5 s.
    pub caller: Duration,
    /// The writer, for a commit: 20 s. Then the store counts as away, whatever became of it: a
    /// connection into a partition would hang for a quarter of an hour.
    pub commit: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            caller: Duration::from_secs(5),
            commit: Duration::from_secs(20),
        }
    }
}

/// How the writer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Commits go through.
    Writing,
    /// The store doesn't answer; the writer tries on.
    Waiting,
    /// Another control plane took the ledger over, or the store is damaged: see the log.
    Refusing,
    /// Closed.
    Closed,
}

/// The way to the writer. Cheap to clone.
#[derive(Clone, Debug)]
pub struct LedgerWriter {
    jobs: mpsc::Sender<Job>,
    condition: watch::Receiver<Condition>,
    deadline: Duration,
    stop: CancellationToken,
    /// Ends the tries of a writer that nobody can ask any more.
    _last: Arc<DropGuard>,
}

/// What the writer is asked for, and whom to answer.
struct Job {
    work: Work,
    reply: oneshot::Sender<Result<u64, Fault>>,
}

enum Work {
    /// Events of the control plane, and the counter that the first of them got.
    Own(Vec<NewEvent>, Option<u64>),
    /// Events of a data plane.
    Intake(Origin, Vec<intake::Event>),
    /// Write the closing checkpoint and end.
    Close,
}

impl Work {
    fn len(&self) -> usize {
        match self {
            Work::Own(events, _) => events.len(),
            Work::Intake(_, events) => events.len(),
            Work::Close => 0,
        }
    }
}

impl LedgerWriter {
    /// Takes the ledger in `db` over and starts its writer. Whoever wrote before is fenced off.
    /// `node` is the name under which the control plane records its own events.
    ///
    /// # Errors
    /// `storage_unavailable` when the database doesn't answer; `audit_unavailable` when the ledger
    /// there was sealed with another secret or was altered; `validation_error` for an empty secret
    /// or a name that can't stand in the ledger.
    pub async fn start(db: Db, secret: &SecretBytes, node: &str) -> Result<Self, Fault> {
        Self::start_with(db, secret, node, Patience::default()).await
    }

    /// As [`start`](Self::start), with another patience.
    ///
    /// # Errors
    /// As [`start`](Self::start).
    pub async fn start_with(
        db: Db,
        secret: &SecretBytes,
        node: &str,
        patience: Patience,
    ) -> Result<Self, Fault> {
        let wrong = |what: String| Fault::new(Code::ValidationError, what);
        let sealer = Sealer::new(secret).map_err(|e| wrong(format!("The audit {e}.")))?;
        let started = now();
        let boot = terms::new_id("boot_", started)
            .map_err(|e| Fault::new(Code::InternalError, "No randomness.").detail(e.to_string()))?;
        let own = Origin {
            node: node.to_owned(),
            boot,
        };
        check_origin(&own)?;
        let memory = Memory::take_over(&db, &sealer)
            .await
            .map_err(|failure| failure.fault())?;
        let (jobs, queue) = mpsc::channel(QUEUE);
        let (condition, watched) = watch::channel(Condition::Writing);
        let stop = CancellationToken::new();
        let pace = (stop.clone(), patience.commit);
        let task = Task::new(db, sealer, own, memory, condition, pace);
        tokio::spawn(task.run(queue));
        Ok(Self {
            jobs,
            condition: watched,
            deadline: patience.caller,
            _last: Arc::new(stop.clone().drop_guard()),
            stop,
        })
    }

    /// How the writer is.
    pub fn condition(&self) -> Condition {
        *self.condition.borrow()
    }

    /// Follows how the writer is.
    pub fn watch(&self) -> watch::Receiver<Condition> {
        self.condition.clone()
    }

    /// Records events of the control plane; returns after their commit. Up to 256 events are
    /// committed together or not at all.
    ///
    /// # Errors
    /// `storage_unavailable` when the commit did not happen in time: the events stay queued and
    /// may still be recorded. `audit_unavailable` when they can't be.
    pub async fn append(&self, events: Vec<NewEvent>) -> Result<(), Fault> {
        if events.is_empty() {
            return Ok(());
        }
        let mut events = events.into_iter();
        loop {
            let group: Vec<NewEvent> = events.by_ref().take(GROUP).collect();
            if group.is_empty() {
                return Ok(());
            }
            self.ask(Work::Own(group, None)).await?;
        }
    }

    /// Records what `node` sent of its start `boot`: events already recorded are skipped, a jump
    /// of the counter is recorded as `AUDIT_GAP`. Returns the counter up to which all is durable.
    ///
    /// # Errors
    /// As [`append`](Self::append); the same events may be sent again. `validation_error` when
    /// node or boot can't stand in the ledger.
    pub async fn ingest(
        &self,
        node: &str,
        boot: &str,
        mut events: Vec<intake::Event>,
    ) -> Result<u64, Fault> {
        let origin = Origin {
            node: node.to_owned(),
            boot: boot.to_owned(),
        };
        check_origin(&origin)?;
        if events
            .iter()
            .any(|event| i64::try_from(event.counter).is_err())
        {
            return Err(Fault::new(
                Code::ValidationError,
                "An event's counter is beyond every store.",
            ));
        }
        events.sort_by_key(|event| event.counter);
        // Parts of a batch may be committed one after the other: the cursor tells what is left.
        let mut answers = Vec::new();
        loop {
            let rest = events.split_off(events.len().min(GROUP));
            let last = rest.is_empty();
            let work = Work::Intake(origin.clone(), std::mem::replace(&mut events, rest));
            answers.push(self.send(work).await?);
            if last {
                break;
            }
        }
        let mut counter = 0;
        for answer in answers {
            counter = self.receive(answer).await?;
        }
        Ok(counter)
    }

    /// Records what is queued, writes the closing checkpoint, and ends the writer.
    ///
    /// # Errors
    /// As [`append`](Self::append). Then the ledger is whole but not closed.
    pub async fn close(&self) -> Result<(), Fault> {
        let closed = self.ask(Work::Close).await;
        self.stop.cancel();
        closed.map(|_| ())
    }

    async fn ask(&self, work: Work) -> Result<u64, Fault> {
        let answer = self.send(work).await?;
        self.receive(answer).await
    }

    async fn send(&self, work: Work) -> Result<oneshot::Receiver<Result<u64, Fault>>, Fault> {
        let (reply, answer) = oneshot::channel();
        let job = Job { work, reply };
        match self.jobs.send_timeout(job, self.deadline).await {
            Ok(()) => Ok(answer),
            Err(mpsc::error::SendTimeoutError::Timeout(_)) => Err(slow()),
            Err(mpsc::error::SendTimeoutError::Closed(_)) => Err(closed()),
        }
    }

    async fn receive(&self, answer: oneshot::Receiver<Result<u64, Fault>>) -> Result<u64, Fault> {
        match tokio::time::timeout(self.deadline, answer).await {
            Ok(Ok(result)) => result,
            Ok(Err(_)) => Err(closed()),
            Err(_) => Err(slow()),
        }
    }
}

fn closed() -> Fault {
    Fault::new(Code::ShuttingDown, "The audit log is closed.")
}

fn check_origin(origin: &Origin) -> Result<(), Fault> {
    for (name, text) in [("node", &origin.node), ("boot", &origin.boot)] {
        if text.is_empty() || !ledger::plain_name(text) {
            return Err(Fault::new(
                Code::ValidationError,
                "A node's and a boot's name must be 1 to 256 bytes without '|' and control \
                 characters.",
            )
            .at(name));
        }
    }
    Ok(())
}

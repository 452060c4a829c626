//! The writer's task: gather a group, commit it, answer; try again while the store is away.

use std::collections::HashSet;
use std::time::Duration;

use ledger::Sealer;
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, MissedTickBehavior};
use tokio_util::sync::CancellationToken;

use super::{Condition, GROUP, Job, Work};
use crate::audit::Failure;
use crate::audit::commit::{commit, taken};
use crate::audit::event::Origin;
use crate::audit::memory::Memory;
use crate::audit::plan::{Closing, Planner};
use crate::db::Db;
use runtime::clock::now;

/// How often a checkpoint is made while events come.
const CHECKPOINT_TICK: Duration = Duration::from_secs(1);

/// The waits between tries grow from here to there.
const BACKOFF: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(2));

pub(super) struct Task {
    db: Db,
    sealer: Sealer,
    own: Origin,
    epoch: u64,
    /// `None` after a commit whose outcome is unknown.
    memory: Option<Memory>,
    condition: watch::Sender<Condition>,
    stop: CancellationToken,
    /// How long a try may take.
    patience: Duration,
}

impl Task {
    pub(super) fn new(
        db: Db,
        sealer: Sealer,
        own: Origin,
        memory: Memory,
        condition: watch::Sender<Condition>,
        (stop, patience): (CancellationToken, Duration),
    ) -> Self {
        Self {
            db,
            sealer,
            own,
            epoch: memory.state.epoch,
            memory: Some(memory),
            condition,
            stop,
            patience,
        }
    }

    /// Runs until it is closed, or until nobody can ask it any more.
    pub(super) async fn run(mut self, mut queue: mpsc::Receiver<Job>) {
        let mut tick = tokio::time::interval_at(Instant::now() + CHECKPOINT_TICK, CHECKPOINT_TICK);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut held: Option<Job> = None;
        loop {
            let first = match held.take() {
                Some(job) => job,
                None => tokio::select! {
                    biased;
                    job = queue.recv() => match job {
                        Some(job) => job,
                        None => break,
                    },
                    _ = tick.tick() => {
                        self.checkpoint().await;
                        continue;
                    }
                },
            };
            if matches!(first.work, Work::Close) {
                let outcome = self.write(&mut [], Some(Closing::Yes)).await;
                let _ = first.reply.send(outcome.map(|_| 0).map_err(|f| f.fault()));
                break;
            }
            let mut group = vec![first];
            held = gather(&mut group, &mut queue);
            self.settle(group).await;
        }
        self.condition.send_replace(Condition::Closed);
    }

    /// Commits a group and answers everyone in it.
    async fn settle(&mut self, mut group: Vec<Job>) {
        match self.write(&mut group, None).await {
            Ok(counters) => {
                for (job, counter) in group.into_iter().zip(counters) {
                    let _ = job.reply.send(Ok(counter));
                }
            }
            Err(failure) => {
                let fault = failure.fault();
                tracing::error!(%fault, "audit events were not recorded");
                for job in group {
                    let _ = job.reply.send(Err(fault.clone()));
                }
            }
        }
    }

    async fn checkpoint(&mut self) {
        let due = self
            .memory
            .as_ref()
            .is_some_and(|memory| memory.state.events > memory.checkpointed);
        if due && let Err(failure) = self.write(&mut [], Some(Closing::No)).await {
            tracing::error!(fault = %failure.fault(), "no checkpoint of the audit ledger");
        }
    }

    /// Tries until the commit went through, or can't.
    async fn write(
        &mut self,
        group: &mut [Job],
        ask: Option<Closing>,
    ) -> Result<Vec<u64>, Failure> {
        let mut known_taken = HashSet::new();
        let mut wait = BACKOFF.0;
        loop {
            let patience = self.patience;
            let attempt = self.attempt(group, ask, &mut known_taken);
            let failure = match tokio::time::timeout(patience, attempt).await {
                Ok(Ok(counters)) => {
                    self.is(Condition::Writing);
                    return Ok(counters);
                }
                Ok(Err(failure)) => failure,
                Err(_) => Failure::Transient(format!("no answer in {} s", patience.as_secs_f32())),
            };
            self.memory = None;
            match &failure {
                Failure::Transient(why) => {
                    self.is(Condition::Waiting);
                    tracing::warn!(%why, "the audit ledger's store does not answer; trying again");
                }
                Failure::Stale => {}
                Failure::Taken | Failure::Fenced(_) | Failure::Damaged(_) => {
                    self.is(Condition::Refusing);
                    return Err(failure);
                }
            }
            tokio::select! {
                () = self.stop.cancelled() => return Err(failure),
                () = tokio::time::sleep(jitter(wait)) => {}
            }
            wait = (wait * 2).min(BACKOFF.1);
        }
    }

    async fn attempt(
        &mut self,
        group: &mut [Job],
        ask: Option<Closing>,
        known_taken: &mut HashSet<String>,
    ) -> Result<Vec<u64>, Failure> {
        let mut memory = match self.memory.take() {
            Some(memory) => memory,
            None => Memory::reload(&self.db, &self.sealer, self.epoch).await?,
        };
        memory.know(&self.db, &self.own).await?;
        for job in group.iter() {
            if let Work::Intake(origin, _) = &job.work {
                memory.know(&self.db, origin).await?;
            }
        }
        loop {
            let taken_before = known_taken.clone();
            let mut planner = Planner::new(&memory, &self.sealer, &self.own, now(), taken_before);
            let mut counters = Vec::with_capacity(group.len());
            for job in group.iter_mut() {
                match &mut job.work {
                    Work::Own(events, first) => planner.own(events, first)?,
                    Work::Intake(origin, events) => planner.intake(origin, events)?,
                    Work::Close => {}
                }
                counters.push(match &job.work {
                    Work::Intake(origin, _) => planner.cursor(origin),
                    Work::Own(..) | Work::Close => 0,
                });
            }
            let plan = planner.finish(ask)?;
            if plan.is_empty() {
                self.memory = Some(memory);
                return Ok(counters);
            }
            match commit(&self.db, &self.sealer, &memory.state, &plan).await {
                Ok(()) => {
                    plan.remember(&mut memory);
                    self.memory = Some(memory);
                    return Ok(counters);
                }
                Err(Failure::Taken) => {
                    let found = taken(&self.db, &plan).await?;
                    if found.is_subset(known_taken) {
                        return Err(Failure::Taken);
                    }
                    known_taken.extend(found);
                    // What this try gave to the control plane's own events was rolled back.
                    for job in group.iter_mut() {
                        if let Work::Own(_, first) = &mut job.work {
                            *first = None;
                        }
                    }
                }
                Err(failure) => return Err(failure),
            }
        }
    }

    fn is(&self, condition: Condition) {
        self.condition.send_if_modified(|was| {
            let changed = *was != condition;
            *was = condition;
            changed
        });
    }
}

/// Adds to `group` what waits in the queue, up to one commit's worth. Returns the job that didn't
/// fit, or that must stand alone.
fn gather(group: &mut Vec<Job>, queue: &mut mpsc::Receiver<Job>) -> Option<Job> {
    let mut events: usize = group.iter().map(|job| job.work.len()).sum();
    while events < GROUP {
        let job = queue.try_recv().ok()?;
        events += job.work.len();
        if events > GROUP || matches!(job.work, Work::Close) {
            return Some(job);
        }
        group.push(job);
    }
    None
}

/// Full jitter: anything up to `most`.
fn jitter(most: Duration) -> Duration {
    let mut random = [0u8; 2];
    if getrandom::fill(&mut random).is_err() {
        return most;
    }
    most.mul_f64(f64::from(u16::from_le_bytes(random)) / f64::from(u16::MAX))
}

//! What one commit will write, worked out before the database is touched.

use std::collections::{HashMap, HashSet};

use ledger::{Chain, Checkpoint, CheckpointHead, Entry, Event, Recorded, Sealer, State};
use serde_json::json;
use sha2::{Digest, Sha256};
use terms::{EventType, Timestamp};
use wire::intake;

use super::Failure;
use super::event::{Index, NewEvent, Origin};
use super::memory::Memory;

/// A checkpoint is due after so many events.
const CHECKPOINT_EVERY: u64 = 1_000;

/// One row of `audit_events`.
pub(super) struct EventRow {
    pub(super) seq: u64,
    pub(super) entry: Entry,
    pub(super) node: String,
    pub(super) boot: String,
    pub(super) counter: u64,
    pub(super) index: Index,
}

/// The rows of one commit, and the memory after it.
pub(super) struct Plan {
    pub(super) rows: Vec<EventRow>,
    pub(super) chains: HashMap<String, Chain>,
    pub(super) cursors: HashMap<Origin, u64>,
    pub(super) state: State,
    pub(super) checkpoint: Option<Checkpoint>,
}

/// What is to be decided for one commit.
pub(super) struct Planner<'a> {
    pub(super) memory: &'a Memory,
    pub(super) sealer: &'a Sealer,
    /// The control plane's own counter.
    pub(super) own: &'a Origin,
    pub(super) now: Timestamp,
    /// Event ids that stand in the store already.
    pub(super) taken: HashSet<String>,
    pub(super) plan: Plan,
}

/// An event before its place is known.
struct Draft<'a> {
    id: &'a str,
    at: Timestamp,
    tenant_id: &'a str,
    event_type: &'a str,
    payload: &'a [u8],
}

impl<'a> Planner<'a> {
    pub(super) fn new(
        memory: &'a Memory,
        sealer: &'a Sealer,
        own: &'a Origin,
        now: Timestamp,
        taken: HashSet<String>,
    ) -> Self {
        let plan = Plan {
            rows: Vec::new(),
            chains: HashMap::new(),
            cursors: HashMap::new(),
            state: memory.state.clone(),
            checkpoint: None,
        };
        Self {
            memory,
            sealer,
            own,
            now,
            taken,
            plan,
        }
    }

    /// How far the events of `origin` will be taken in.
    pub(super) fn cursor(&self, origin: &Origin) -> u64 {
        let known = self.plan.cursors.get(origin);
        known
            .or_else(|| self.memory.cursors.get(origin))
            .copied()
            .unwrap_or(0)
    }

    /// Adds what a node sent: seen events are skipped, a jump of the counter is recorded.
    pub(super) fn intake(
        &mut self,
        origin: &Origin,
        events: &[intake::Event],
    ) -> Result<(), Failure> {
        for event in events {
            let expected = self.cursor(origin).saturating_add(1);
            if event.counter < expected {
                continue;
            }
            if event.counter > expected {
                self.gap(origin, expected, event.counter)?;
            }
            let draft = Draft {
                id: &event.id,
                at: Timestamp::from_unix_micros(event.unix_micros),
                tenant_id: &event.tenant_id,
                event_type: &event.event_type,
                payload: &event.payload,
            };
            self.add(origin, event.counter, &draft)?;
        }
        Ok(())
    }

    /// Adds events of the control plane itself. `first` is the counter that the first of them got
    /// when this was tried before: if that try was committed after all, nothing is left to do.
    pub(super) fn own(
        &mut self,
        events: &[NewEvent],
        first: &mut Option<u64>,
    ) -> Result<(), Failure> {
        let own = self.own.clone();
        let stored = self.memory.cursors.get(&own).copied().unwrap_or(0);
        if first.is_some_and(|first| stored >= first) {
            return Ok(());
        }
        *first = Some(self.cursor(&own).saturating_add(1));
        for event in events {
            let counter = self.cursor(&own).saturating_add(1);
            let payload = event.payload.to_string();
            let draft = Draft {
                id: &self.fresh_id()?,
                at: event.timestamp,
                tenant_id: &event.tenant_id,
                event_type: event.event_type.as_str(),
                payload: payload.as_bytes(),
            };
            self.add(&own, counter, &draft)?;
        }
        Ok(())
    }

    fn gap(&mut self, origin: &Origin, expected: u64, got: u64) -> Result<(), Failure> {
        let own = self.own.clone();
        let counter = self.cursor(&own).saturating_add(1);
        let payload = json!({
            "node": origin.node,
            "boot": origin.boot,
            "expected_counter": expected,
            "received_counter": got,
            "missing": got.saturating_sub(expected),
        })
        .to_string();
        let draft = Draft {
            id: &self.fresh_id()?,
            at: self.now,
            tenant_id: "",
            event_type: EventType::AuditGap.as_str(),
            payload: payload.as_bytes(),
        };
        self.add(&own, counter, &draft)
    }

    fn add(&mut self, origin: &Origin, counter: u64, draft: &Draft<'_>) -> Result<(), Failure> {
        let seq = self.plan.state.events.saturating_add(1);
        let reused = self.taken.contains(draft.id);
        let id = if reused {
            self.fresh_id()?
        } else {
            draft.id.to_owned()
        };
        let recorded = Recorded {
            seq,
            node: &origin.node,
            boot: &origin.boot,
            counter,
            at: self.now,
            reused_id: reused.then_some(draft.id),
        };
        let made = match std::str::from_utf8(draft.payload) {
            Ok(payload) => {
                let (at, tenant, kind) = (draft.at, draft.tenant_id, draft.event_type);
                Event::new(&id, at, tenant, kind, payload, &recorded).map_err(|e| e.to_string())
            }
            Err(why) => Err(format!("payload: {why}")),
        };
        let event = match made {
            Ok(event) => event,
            Err(why) => self.stand_in(draft, &why, &recorded)?,
        };
        self.taken.insert(event.id.clone());
        let index = Index::of(&event.payload);
        let (sealer, now) = (self.sealer, self.now);
        let shard = event.tenant_id.clone();
        let entry = self.chain(&shard).seal(sealer, event, now);
        self.plan.state.events = seq;
        self.plan.cursors.insert(origin.clone(), counter);
        self.plan.rows.push(EventRow {
            seq,
            entry,
            node: origin.node.clone(),
            boot: origin.boot.clone(),
            counter,
            index,
        });
        Ok(())
    }

    /// The chain of `shard` as this plan leaves it.
    fn chain(&mut self, shard: &str) -> &mut Chain {
        let Plan { chains, state, .. } = &mut self.plan;
        chains.entry(shard.to_owned()).or_insert_with(|| {
            let mut chain = match self.memory.chains.get(shard) {
                Some(chain) => chain.clone(),
                None => {
                    state.shards = state.shards.saturating_add(1);
                    Chain::genesis(shard, state.epoch)
                }
            };
            chain.epoch = state.epoch;
            chain
        })
    }

    /// What is recorded in the place of an event that can't be: the counter must go on, and that
    /// something came must be known. Its contents are not kept, only their digest.
    fn stand_in(
        &self,
        draft: &Draft<'_>,
        why: &str,
        recorded: &Recorded<'_>,
    ) -> Result<Event, Failure> {
        let payload = json!({
            "message": "an event could not be recorded as it came",
            "reason": why,
            "payload_bytes": draft.payload.len(),
            "payload_sha256": hex::encode(Sha256::digest(draft.payload)),
        });
        let kind = EventType::SystemError.as_str();
        let recorded = Recorded {
            reused_id: None,
            ..recorded.clone()
        };
        let id = self.fresh_id()?;
        Event::new(&id, self.now, "", kind, &payload.to_string(), &recorded)
            .map_err(|e| Failure::Damaged(format!("an event can't be recorded: {e}")))
    }

    fn fresh_id(&self) -> Result<String, Failure> {
        terms::new_id("evt_", self.now)
            .map_err(|e| Failure::Transient(format!("no randomness: {e}")))
    }

    /// Ends the plan, with a checkpoint when one is due or asked for.
    pub(super) fn finish(mut self, ask: Option<Closing>) -> Result<Plan, Failure> {
        let since = self
            .plan
            .state
            .events
            .saturating_sub(self.memory.checkpointed);
        if ask.is_none() && since < CHECKPOINT_EVERY {
            return Ok(self.plan);
        }
        self.plan.state.checkpoints = self.plan.state.checkpoints.saturating_add(1);
        let unchanged = self
            .memory
            .chains
            .values()
            .filter(|chain| !self.plan.chains.contains_key(&chain.shard));
        let heads = unchanged.chain(self.plan.chains.values()).map(|chain| {
            let head = chain.head(self.sealer);
            CheckpointHead {
                shard: head.shard,
                epoch: head.epoch,
                sequence: head.sequence,
                hmac: head.hmac,
            }
        });
        let made = Checkpoint::new(
            self.sealer,
            self.plan.state.checkpoints,
            self.now,
            ask == Some(Closing::Yes),
            (self.plan.state.events, heads.collect()),
            &self.memory.checkpoint_seal,
        );
        self.plan.checkpoint =
            Some(made.map_err(|e| Failure::Damaged(format!("no checkpoint: {e}")))?);
        Ok(self.plan)
    }
}

/// Whether a checkpoint that is asked for closes a clean shutdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closing {
    Yes,
    No,
}

impl Plan {
    /// Nothing would be written.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.checkpoint.is_none()
    }

    /// Moves the memory on, once the plan was committed.
    pub(super) fn remember(self, memory: &mut Memory) {
        memory.state = self.state;
        memory.chains.extend(self.chains);
        memory.cursors.extend(self.cursors);
        if let Some(checkpoint) = self.checkpoint {
            memory.checkpoint_seal = checkpoint.seal;
            memory.checkpointed = checkpoint.events;
        }
    }
}

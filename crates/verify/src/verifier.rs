//! The check itself: record after record, then what is sealed apart from them.

mod single;

use std::collections::HashMap;

use crate::json::Json;
use crate::record::{Anchors, Checkpoint, Head, Record, State};
use crate::report::{Finding, Problem, Report, ShardReport};
use single::own_fault;

pub(crate) use single::Key;

/// A running check. Records come ascending by `seq`.
pub struct Verifier {
    key: Key,
    last_seq: u64,
    chains: HashMap<String, Chain>,
    /// What checkpoints say of (shard, sequence): the HMAC, and the checkpoint's number.
    expected: HashMap<(String, u64), (String, u64)>,
    report: Report,
}

struct Chain {
    records: u64,
    sequence: u64,
    epoch: u64,
    hmac: String,
    event_id: String,
}

impl Verifier {
    /// A check under `secret`. `None` when the secret is empty: nothing can be checked without.
    pub fn new(secret: &[u8]) -> Option<Self> {
        Some(Self {
            key: Key::new(secret)?,
            last_seq: 0,
            chains: HashMap::new(),
            expected: HashMap::new(),
            report: Report::empty(),
        })
    }

    pub(crate) fn key(&self) -> &Key {
        &self.key
    }

    /// Adds what the reader of the report should know.
    pub fn note(&mut self, note: impl Into<String>) {
        self.report.note = Some(note.into());
    }

    /// Takes in the checkpoints, in the order of their numbers, before the first record.
    pub fn expect(&mut self, checkpoints: &[Checkpoint]) {
        let mut before: Option<&Checkpoint> = None;
        for checkpoint in checkpoints {
            if let Some(message) = self.checkpoint_fault(checkpoint, before) {
                self.apart(Problem::Forged, message);
            }
            self.report.checkpoints += 1;
            before = Some(checkpoint);
        }
    }

    fn checkpoint_fault(&mut self, it: &Checkpoint, before: Option<&Checkpoint>) -> Option<String> {
        let number = it.number;
        let text = format!(
            "gatehouse checkpoint v1|{number}|{}|{}|{}|{}|{}",
            it.at, it.closing, it.events, it.previous_seal, it.heads
        );
        if !self.key.signed(&text, &it.seal) {
            return Some(format!("the seal of checkpoint {number} is forged"));
        }
        if let Some(before) = before
            && (before.number + 1 != number || before.seal != it.previous_seal)
        {
            return Some(format!(
                "checkpoint {number} does not follow checkpoint {}",
                before.number
            ));
        }
        let Ok(Json::List(heads)) = Json::parse(&it.heads) else {
            return Some(format!("the heads of checkpoint {number} can't be read"));
        };
        for head in &heads {
            let shard = head.get("shard").and_then(Json::text);
            let sequence = head.get("sequence").and_then(Json::integer);
            let hmac = head.get("hmac").and_then(Json::text);
            let (Some(shard), Some(sequence), Some(hmac)) = (shard, sequence, hmac) else {
                return Some(format!("the heads of checkpoint {number} can't be read"));
            };
            self.expected
                .entry((shard.to_owned(), sequence))
                .or_insert((hmac.to_owned(), number));
        }
        None
    }

    /// Checks the next record.
    pub fn push(&mut self, record: &Record) {
        self.report.records = self.report.records.saturating_add(1);
        let own = own_fault(&self.key, record);
        let genuine = own.is_none();
        // Asked always: a place that holds a record, however bad, was not cut off.
        let held = self.checkpoint_contradiction(record);
        let own = own.or_else(|| self.order_fault(record)).or(held);
        let link = if own.is_none() {
            self.link_fault(record)
        } else {
            None
        };
        self.last_seq = self.last_seq.max(record.seq);
        self.advance(record, genuine);
        let about_links = link.is_some();
        if let Some((problem, message)) = own.or(link) {
            let finding = Finding {
                problem,
                event_id: Some(record.event_id.clone()),
                shard: Some(record.shard.clone()),
                sequence: Some(record.sequence),
                message,
            };
            if about_links {
                self.report.add_link(finding);
            } else {
                self.report.add(finding);
            }
        }
    }

    /// Says that a record could not be read. `where_` names it as well as can be.
    pub fn unreadable(&mut self, where_: &str, why: &str) {
        self.report.records = self.report.records.saturating_add(1);
        self.apart(
            Problem::Unreadable,
            format!("{where_} can't be read: {why}"),
        );
    }

    fn order_fault(&self, record: &Record) -> Option<(Problem, String)> {
        let (seq, last) = (record.seq, self.last_seq);
        (seq <= last).then(|| {
            (
                Problem::OutOfPlace,
                format!("seq {seq} stands after seq {last}"),
            )
        })
    }

    /// Says that something kept apart from the records, `what`, can't be read.
    pub fn lost(&mut self, what: &str, why: &str) {
        self.apart(Problem::Unreadable, format!("{what} can't be read: {why}"));
    }

    fn link_fault(&self, record: &Record) -> Option<(Problem, String)> {
        let sequence = &record.sequence;
        let (last, epoch, hmac, before) = match self.chains.get(&record.shard) {
            Some(c) => (c.sequence, c.epoch, c.hmac.as_str(), c.event_id.as_str()),
            None => (0, 0, "", "the start"),
        };
        let next = last.saturating_add(1);
        if *sequence > next {
            let message = match sequence - next {
                1 => format!("the record {next} before it, after {before}, is missing"),
                n => format!("the {n} records before it, from {next}, after {before}, are missing"),
            };
            return Some((Problem::Missing, message));
        }
        if *sequence < next {
            let message = format!("sequence {sequence} stands after sequence {last}");
            return Some((Problem::OutOfPlace, message));
        }
        if record.previous_hash != hmac {
            let message = format!("its previousHash is not the HMAC of {before} before it");
            return Some((Problem::BrokenLink, message));
        }
        if record.epoch < epoch {
            let message = format!("its epoch {} is before epoch {epoch}", record.epoch);
            return Some((Problem::OutOfPlace, message));
        }
        None
    }

    fn checkpoint_contradiction(&mut self, record: &Record) -> Option<(Problem, String)> {
        let place = (record.shard.clone(), record.sequence);
        let (hmac, number) = self.expected.remove(&place)?;
        (hmac != record.hmac).then(|| {
            let message = format!("checkpoint {number} holds another HMAC for it");
            (Problem::Contradiction, message)
        })
    }

    /// Moves the chain on. A record that is not genuine moves it only where it stands in the
    /// place of one: then the next one is judged against it, and one edit is one finding.
    fn advance(&mut self, record: &Record, genuine: bool) {
        let chain = self
            .chains
            .entry(record.shard.clone())
            .or_insert_with(|| Chain {
                records: 0,
                sequence: 0,
                epoch: 0,
                hmac: String::new(),
                event_id: String::new(),
            });
        chain.records += 1;
        let next = chain.sequence.saturating_add(1);
        let moves = if genuine {
            record.sequence >= next
        } else {
            record.sequence == next
        };
        if moves {
            chain.sequence = record.sequence;
            chain.epoch = record.epoch;
            chain.hmac.clone_from(&record.hmac);
            chain.event_id.clone_from(&record.event_id);
        }
    }

    /// Ends the check of a store with what it keeps apart from its records.
    pub fn finish(mut self, anchors: &Anchors) -> Report {
        self.check_heads(&anchors.heads);
        let mut expected: Vec<_> = self.expected.drain().collect();
        expected.sort();
        for ((shard, sequence), (_, number)) in expected {
            let message = format!(
                "checkpoint {number} holds sequence {sequence} of shard '{shard}', which is missing"
            );
            self.tail(Problem::CutTail, shard, sequence, message);
        }
        self.check_state(anchors);
        self.report.closed = anchors.checkpoints.last().is_some_and(|last| {
            last.closing
                && anchors
                    .state
                    .as_ref()
                    .is_some_and(|s| s.events == last.events)
        });
        self.conclude()
    }

    /// Ends the check of a complete export.
    pub(crate) fn finish_whole(mut self, heads: &[Head]) -> Report {
        self.check_heads(heads);
        self.conclude()
    }

    /// Ends the check of a selection: its records don't continue each other.
    pub(crate) fn finish_selection(mut self) -> Report {
        self.report.forget_links();
        self.conclude()
    }

    fn check_heads(&mut self, heads: &[Head]) {
        let mut seen = std::collections::HashSet::new();
        for head in heads {
            let Head {
                shard,
                epoch,
                sequence,
                hmac,
                seal,
            } = head;
            let text = format!("gatehouse head v1|{shard}|{epoch}|{sequence}|{hmac}");
            if !self.key.signed(&text, seal) {
                self.apart(
                    Problem::Forged,
                    format!("the seal of shard '{shard}''s head is forged"),
                );
            }
            seen.insert(shard.as_str());
            let (last, last_hmac, event) = match self.chains.get(shard) {
                Some(c) => (c.sequence, c.hmac.clone(), c.event_id.clone()),
                None => (0, String::new(), "nothing".into()),
            };
            if last == *sequence && last_hmac == *hmac {
                continue;
            }
            let message = format!(
                "shard '{shard}' ends at sequence {last} ({event}), and its head says {sequence}"
            );
            let (problem, at) = match last.cmp(sequence) {
                std::cmp::Ordering::Less => (Problem::CutTail, last.saturating_add(1)),
                std::cmp::Ordering::Equal => (Problem::Contradiction, last),
                std::cmp::Ordering::Greater => (Problem::Unaccounted, sequence.saturating_add(1)),
            };
            self.tail(problem, shard.clone(), at, message);
        }
        let mut headless: Vec<String> = self
            .chains
            .keys()
            .filter(|shard| !seen.contains(shard.as_str()))
            .cloned()
            .collect();
        headless.sort();
        for shard in headless {
            let message = format!("shard '{shard}' has no head");
            self.tail(Problem::Forged, shard, 1, message);
        }
    }

    fn check_state(&mut self, anchors: &Anchors) {
        let Some(state) = &anchors.state else {
            if self.report.records > 0 || !anchors.heads.is_empty() {
                self.apart(
                    Problem::Forged,
                    "the ledger's sealed state is missing".into(),
                );
            }
            return;
        };
        let State {
            epoch,
            events,
            shards,
            checkpoints,
            seal,
        } = state;
        let text = format!("gatehouse state v1|{epoch}|{events}|{shards}|{checkpoints}");
        if !self.key.signed(&text, seal) {
            self.apart(
                Problem::Forged,
                "the seal of the ledger's state is forged".into(),
            );
        }
        let last = anchors.checkpoints.last().map_or(0, |last| last.number);
        let counts = [
            ("records", *events, self.report.records),
            ("heads", *shards, count(anchors.heads.len())),
            ("checkpoints", *checkpoints, last),
        ];
        for (what, sealed, there) in counts {
            if sealed == there {
                continue;
            }
            let problem = if there < sealed {
                Problem::CutTail
            } else {
                Problem::Unaccounted
            };
            self.apart(
                problem,
                format!("the ledger counts {sealed} {what}, and there are {there}"),
            );
        }
    }

    fn tail(&mut self, problem: Problem, shard: String, sequence: u64, message: String) {
        self.report.add(Finding {
            problem,
            event_id: None,
            shard: Some(shard),
            sequence: Some(sequence),
            message,
        });
    }

    /// Something is wrong apart from the records.
    pub(crate) fn apart(&mut self, problem: Problem, message: String) {
        self.report.add(Finding {
            problem,
            event_id: None,
            shard: None,
            sequence: None,
            message,
        });
    }

    /// Says that the reading of records broke off, so that what follows is unknown.
    pub fn broke_off(&mut self, why: &str) {
        let after = self.report.records;
        self.apart(
            Problem::Unreadable,
            format!("after {after} records the reading failed: {why}"),
        );
    }

    fn conclude(mut self) -> Report {
        self.report.shards = self
            .chains
            .iter()
            .map(|(shard, chain)| ShardReport {
                shard: shard.clone(),
                records: chain.records,
                last_sequence: chain.sequence,
            })
            .collect();
        self.report.conclude()
    }
}

fn count(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;

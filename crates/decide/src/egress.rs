//! The egress machine: every piece of an answer goes through it, on both planes.
//!
//! A pure machine: pieces in; bytes, nothing, or a stop out. It carries the running usage, so that
//! a later cap or revocation can end a stream by it. What the pieces mean is the dialect's
//! business; what may pass is decided here.

use std::sync::Arc;

use bytes::Bytes;
use terms::{Code, Fault};

use dialect::Usage;

use crate::facts::Classified;
use crate::inspection::{AnswerPlan, Report};
use lanes::Lanes;
pub use outside::Asked;

mod lane;
mod lanes;
mod outside;

/// One piece of an answer, cut at the protocol's own boundaries.
#[derive(Clone, Debug, Default)]
pub struct Piece {
    /// The bytes as they came (or as the dialect wrote them).
    pub bytes: Bytes,
    /// What the provider says was used so far: the latest counts, never to be added up.
    pub usage: Option<Usage>,
    /// The piece exists only to carry usage.
    pub usage_only: bool,
    /// The texts in it, where the plan wants to see them.
    pub texts: Vec<Said>,
    /// Texts that are whole with this piece: nothing more of them follows.
    pub closes: Vec<Channel>,
    /// How what was kept back of a text that closes can still be sent, where the piece itself has
    /// no place for it (no entry in `texts`): in a message of its own before the piece. Whole
    /// answers need none: there the text's own place takes it.
    pub carriers: Vec<Carrier>,
}

/// A message around a text: the dialect's bytes before and behind the inside of a JSON string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carrier {
    /// Which text it is for.
    pub channel: Channel,
    /// Up to and with the opening quote.
    pub before: Bytes,
    /// From the closing quote on.
    pub after: Bytes,
}

/// Names one text among those of an answer: of which choice, and which of its members.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Channel {
    /// The choice, or the place of the string in a document.
    pub choice: u32,
    /// Content (always 0), a refusal, reasoning, or the arguments of a tool call: a number that the
    /// dialect gives.
    pub member: u32,
}

impl Channel {
    /// True for what a choice says itself, unlike its reasoning, refusals and calls.
    pub(crate) const fn is_content(self) -> bool {
        self.member == 0
    }
}

/// A text, or some more of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Which.
    pub channel: Channel,
    /// Where it stands in the piece's bytes: the inside of a JSON string, or a number.
    pub span: std::ops::Range<usize>,
    /// It is a number: what takes its place needs quotes.
    pub bare: bool,
}

/// What to do with a piece.
#[derive(Clone, Debug, PartialEq)]
pub enum Emit {
    /// Send these bytes.
    Bytes(Bytes),
    /// Send nothing.
    Nothing,
    /// Send these bytes, and end the answer there, in the dialect's own way.
    Stop(Bytes, Fault),
}

/// What the machine was told to do, once, before the first piece.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The caller asked for the usage chunk; without it such pieces are dropped.
    pub wants_usage: bool,
    /// The most bytes that an answer may have; 0: any.
    pub max_bytes: u64,
    /// What is done with the answer's texts; none: pieces need not say where they are.
    pub inspection: Option<Arc<AnswerPlan>>,
}

/// The machine.
#[derive(Debug)]
pub struct Egress {
    plan: Plan,
    lanes: Option<Lanes>,
    usage: Option<Usage>,
    bytes: u64,
}

impl Egress {
    /// A machine for one answer.
    pub fn new(plan: Plan) -> Self {
        Self {
            lanes: plan.inspection.clone().map(Lanes::new),
            plan,
            usage: None,
            bytes: 0,
        }
    }

    /// The texts that are whole with this piece, where classifiers outside are to be asked about
    /// them before it is pushed; none: nobody is. Texts that nobody was asked about don't leave.
    pub fn asks(&self, piece: &Piece) -> Option<Asked> {
        self.lanes.as_ref()?.asks(piece)
    }

    /// What classifiers said of these.
    pub fn told(&mut self, asked: &Asked, said: &Classified) {
        if let Some(lanes) = &mut self.lanes {
            lanes.told(asked, said);
        }
    }

    /// Takes the next piece.
    pub fn push(&mut self, piece: Piece) -> Emit {
        self.bytes = self
            .bytes
            .saturating_add(u64::try_from(piece.bytes.len()).unwrap_or(u64::MAX));
        if let Some(usage) = piece.usage {
            self.usage = Some(self.usage.take().unwrap_or_default().latest(usage));
        }
        if self.plan.max_bytes > 0 && self.bytes > self.plan.max_bytes {
            return Emit::Stop(Bytes::new(), too_long());
        }
        let unwanted = piece.usage_only && !self.plan.wants_usage;
        let passed = match &mut self.lanes {
            Some(lanes) => lanes.pass(&piece),
            None => lanes::Passed::default(),
        };
        if let Some(fault) = passed.stop {
            let last = passed.piece.unwrap_or_default();
            return Emit::Stop(joined(passed.before, last), fault);
        }
        match (unwanted, passed.before.is_empty()) {
            (true, true) => Emit::Nothing,
            (true, false) => Emit::Bytes(passed.before.into()),
            (false, _) => Emit::Bytes(joined(passed.before, passed.piece.unwrap_or(piece.bytes))),
        }
    }

    /// The latest usage that the provider reported.
    pub fn usage(&self) -> Option<Usage> {
        self.usage
    }

    /// What was found in the texts that passed so far.
    pub fn report(&self) -> Report {
        self.lanes.as_ref().map(Lanes::report).unwrap_or_default()
    }

    /// The bytes that came from upstream so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }
}

fn joined(mut before: Vec<u8>, piece: Bytes) -> Bytes {
    if before.is_empty() {
        return piece;
    }
    before.extend_from_slice(&piece);
    before.into()
}

fn too_long() -> Fault {
    Fault::new(
        Code::ProviderError,
        "The answer is longer than the gateway lets answers be.",
    )
}

#[cfg(test)]
mod tests;

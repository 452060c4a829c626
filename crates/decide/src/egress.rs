//! The egress machine: every piece of an answer goes through it, on both planes.
//!
//! A pure machine: pieces in; bytes, nothing, or a stop out. It carries the running usage, so that
//! a later cap or revocation can end a stream by it. What the pieces mean is the dialect's
//! business; what may pass is decided here.

use std::sync::Arc;

use bytes::Bytes;
use terms::{Code, Fault};

use dialect::Usage;

use crate::inspection::{AnswerPlan, Report};

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
    /// Content, a refusal, reasoning, or the arguments of a tool call: a number that the dialect
    /// gives.
    pub member: u32,
}

/// A text, or some more of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Which.
    pub channel: Channel,
    /// Where it stands in the piece's bytes: the inside of a JSON string.
    pub span: std::ops::Range<usize>,
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
#[derive(Clone, Debug)]
pub struct Egress {
    plan: Plan,
    usage: Option<Usage>,
    bytes: u64,
    pieces: u64,
}

impl Egress {
    /// A machine for one answer.
    pub fn new(plan: Plan) -> Self {
        Self {
            plan,
            usage: None,
            bytes: 0,
            pieces: 0,
        }
    }

    /// Takes the next piece.
    pub fn push(&mut self, piece: Piece) -> Emit {
        self.pieces += 1;
        self.bytes = self
            .bytes
            .saturating_add(u64::try_from(piece.bytes.len()).unwrap_or(u64::MAX));
        if let Some(usage) = piece.usage {
            self.usage = Some(self.usage.take().unwrap_or_default().latest(usage));
        }
        if self.plan.max_bytes > 0 && self.bytes > self.plan.max_bytes {
            return Emit::Stop(Bytes::new(), too_long());
        }
        if piece.usage_only && !self.plan.wants_usage {
            return Emit::Nothing;
        }
        Emit::Bytes(piece.bytes)
    }

    /// The latest usage that the provider reported.
    pub fn usage(&self) -> Option<Usage> {
        self.usage
    }

    /// What was found in the texts that passed so far.
    pub fn report(&self) -> Report {
        Report::default()
    }

    /// The bytes that came from upstream so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }
}

fn too_long() -> Fault {
    Fault::new(
        Code::ProviderError,
        "The answer is longer than the gateway lets answers be.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(text: &'static str) -> Piece {
        Piece {
            bytes: Bytes::from_static(text.as_bytes()),
            ..Piece::default()
        }
    }

    #[test]
    fn a_usage_piece_is_kept_and_shown_only_to_who_asked() {
        let usage = Usage {
            input: 3,
            output: 5,
            ..Usage::default()
        };
        let last = Piece {
            usage: Some(usage),
            usage_only: true,
            ..piece("{}")
        };
        let mut deaf = Egress::new(Plan::default());
        assert_eq!(deaf.push(last.clone()), Emit::Nothing);
        assert_eq!(deaf.usage(), Some(usage));
        let mut asked = Egress::new(Plan {
            wants_usage: true,
            ..Plan::default()
        });
        assert_eq!(asked.push(last), Emit::Bytes(Bytes::from_static(b"{}")));
    }

    #[test]
    fn an_endless_answer_is_stopped() {
        let mut egress = Egress::new(Plan {
            max_bytes: 4,
            ..Plan::default()
        });
        assert_eq!(
            egress.push(piece("1234")),
            Emit::Bytes(Bytes::from_static(b"1234"))
        );
        let Emit::Stop(_, fault) = egress.push(piece("5")) else {
            panic!("it went on");
        };
        assert_eq!(fault.code, Code::ProviderError);
    }
}

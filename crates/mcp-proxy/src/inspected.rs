//! The way of a server's documents through the egress machine, each whole.

use std::sync::Arc;

use bytes::Bytes;
use decide::egress::{Channel, Egress, Emit, Piece, Plan, Said};
use decide::inspection::{AnswerPlan, Report};
use dialect::text::Part;
use runtime::drive::Walk;
use runtime::outside::Outside;
use terms::{Code, Fault};

use crate::jsonrpc::Message;
use crate::relay::garbage;
use crate::texts;

/// Documents from here on are looked at beside the workers, in bytes.
const LONG: usize = 256 * 1024;

/// All strings and numbers of a document are told apart by their place in it; none is what a model says.
const MEMBER: u32 = 1;

/// The egress machine, for whole documents.
pub struct Inspecting {
    plan: Plan,
    egress: Option<Egress>,
    outside: Option<Outside>,
}

impl Inspecting {
    /// A machine for answers to this case, of which this is done with their texts.
    pub fn new(walk: &Walk, answers: Option<&Arc<AnswerPlan>>) -> Self {
        let plan = Plan {
            inspection: answers.cloned(),
            ..Plan::default()
        };
        Self {
            egress: Some(Egress::new(plan.clone())),
            outside: Outside::of(walk, answers),
            plan,
        }
    }

    /// What leaves of a document, which consists of these messages.
    ///
    /// # Errors
    /// Why nothing of it does.
    pub async fn pass(&mut self, document: Bytes, messages: &[Message]) -> Result<Bytes, Fault> {
        let mut piece = Piece {
            bytes: document,
            ..Piece::default()
        };
        if self.plan.inspection.is_some() && !messages.is_empty() {
            let parts = texts::of_answer(&piece.bytes, messages);
            let parts = parts.map_err(|fault| garbage(fault.to_string()))?;
            for (Part { span, bare, .. }, choice) in parts.into_iter().zip(0..) {
                let channel = Channel {
                    choice,
                    member: MEMBER,
                };
                piece.closes.push(channel);
                piece.texts.push(Said {
                    channel,
                    span,
                    bare,
                });
            }
        }
        if let (Some(outside), Some(egress)) = (&self.outside, &mut self.egress) {
            outside.ask(egress, &piece).await;
        }
        match self.push(piece).await? {
            Emit::Bytes(bytes) => Ok(bytes),
            Emit::Nothing => Ok(Bytes::new()),
            Emit::Stop(_, fault) => Err(fault),
        }
    }

    /// A long document is looked at beside the workers.
    async fn push(&mut self, piece: Piece) -> Result<Emit, Fault> {
        let mut egress = self.egress.take().ok_or_else(|| unchecked("no machine"))?;
        if piece.texts.is_empty() || piece.bytes.len() < LONG {
            let emit = egress.push(piece);
            self.egress = Some(egress);
            return Ok(emit);
        }
        let work = tokio::task::spawn_blocking(move || {
            let emit = egress.push(piece);
            (egress, emit)
        });
        let (egress, emit) = work.await.map_err(|error| unchecked(&error.to_string()))?;
        self.egress = Some(egress);
        Ok(emit)
    }

    /// What was found since it was told last; none: nothing.
    pub fn told(&mut self) -> Option<Report> {
        let egress = self.egress.as_mut()?;
        let report = egress.report();
        if report == Report::default() {
            return None;
        }
        // Every text of a document closes with it: nothing of an earlier one is kept back.
        *egress = Egress::new(self.plan.clone());
        Some(report)
    }
}

fn unchecked(detail: &str) -> Fault {
    let message = "The tool server's answer could not be checked.";
    Fault::new(Code::InternalError, message).detail(detail)
}

//! Classifiers outside are asked about an answer, text by text, before it goes through the egress
//! machine.

use std::sync::Arc;

use decide::egress::{Egress, Piece};
use decide::inspection::AnswerPlan;
use decide::inspection::outside::Shown;

use crate::drive::Walk;
use crate::inspections;

/// Asks on behalf of one case.
pub struct Outside {
    /// The case, for the record of who can't be asked.
    walk: Walk,
}

impl Outside {
    /// None: nobody is asked about the answers of this case.
    pub fn of(walk: &Walk, answers: Option<&Arc<AnswerPlan>>) -> Option<Self> {
        answers.filter(|it| it.asks()).map(|_| Self {
            walk: walk.beside(),
        })
    }

    /// Asks about the texts that are whole with this piece, and tells the machine. Call it before
    /// each piece is pushed.
    pub async fn ask(&self, egress: &mut Egress, piece: &Piece) {
        let (Some(asked), Some(tenant)) = (egress.asks(piece), self.walk.case().tenant_id()) else {
            return;
        };
        let classifiers = &self.walk.gate().classifiers;
        let said = classifiers.ask(asked.inspection(), Shown::Answers, tenant, asked.texts());
        let said = said.await;
        inspections::tell_unheard(&self.walk, &said).await;
        egress.told(&asked, &said);
    }
}

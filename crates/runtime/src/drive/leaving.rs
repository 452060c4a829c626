//! Callers that leave while somebody outside is waited for.

use decide::Asked;
use decide::inspection::outside::Shown;
use dialect::text::Texts;
use terms::{Code, Fault};

use super::{Cleared, Walk};
use crate::http::Exchange;

impl Walk {
    /// [`Walk::clear`] for a caller that may leave meanwhile: then classifiers outside are not waited for.
    /// The request's body must have been read.
    ///
    /// # Errors
    /// As [`Walk::clear`]; `client_disconnected`.
    pub async fn clear_for(
        &mut self,
        exchange: &mut Exchange,
        asked: Asked,
        texts: Texts,
    ) -> Result<Cleared, Fault> {
        let inspection = self.case.inspection();
        if !inspection.is_some_and(|it| it.asks(Shown::Requests)) {
            return self.clear(asked, texts).await;
        }
        let left = self.left.clone();
        let clearing = self.clear(asked, texts);
        tokio::pin!(clearing);
        tokio::select! {
            biased;
            cleared = &mut clearing => return cleared,
            _ = exchange.gone() => left.cancel(),
        }
        // What is being recorded is recorded to its end.
        match clearing.await {
            Err(fault) if fault.code != Code::InternalError => Err(fault),
            _ => Err(Fault::new(
                Code::ClientDisconnected,
                "The client closed the connection.",
            )),
        }
    }

    /// Ends when the caller left while it was waited for somebody outside.
    pub(crate) async fn left(&self) {
        self.left.cancelled().await;
    }
}

//! Changes of tables beside the configuration: in one transaction with the events about them.

use sqlx::{Any, AnyConnection, Transaction};
use terms::Fault;
use tokio::sync::MutexGuard;

use super::draft::Note;
use super::rows::Head;
use super::{Store, events, rows};
use crate::caller::Caller;
use crate::db::unavailable;

/// Such a change. It holds the head's lock: no other instance makes one meanwhile.
pub(super) struct Beside<'a> {
    store: &'a Store,
    tx: Transaction<'static, Any>,
    head: Head,
    _turn: MutexGuard<'a, ()>,
}

impl Store {
    /// Begins such a change.
    pub(super) async fn beside(&self) -> Result<Beside<'_>, Fault> {
        let turn = self.turn.lock().await;
        let mut tx = self.begin().await?;
        let (head, _) = self.locked(&mut tx).await?;
        Ok(Beside {
            store: self,
            tx,
            head,
            _turn: turn,
        })
    }
}

impl Beside<'_> {
    /// What to change by.
    pub(super) fn on(&mut self) -> &mut AnyConnection {
        &mut self.tx
    }

    /// Makes the change, and records `notes` of it.
    pub(super) async fn commit(mut self, caller: &Caller, notes: Vec<Note>) -> Result<(), Fault> {
        let (last, told) = (self.head.events, events::types(&notes));
        self.head.events = events::write(&mut self.tx, last, caller, notes).await?;
        rows::set_head(&mut self.tx, self.head).await?;
        let committed = self.tx.commit().await.map_err(unavailable);
        self.store.saw(committed)?;
        self.store.count(&told);
        self.store.recorded.notify_one();
        Ok(())
    }
}

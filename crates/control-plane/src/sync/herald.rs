//! Tells revocations through the store that data planes share, besides the priority lane: so they
//! reach data planes that have no stream at the moment.

use std::collections::VecDeque;
use std::time::Duration;

use runtime::config::SharedStore;
use runtime::shared::revocations::Herald;
use terms::Fault;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio_util::sync::CancellationToken;
use wire::sync::Priority;

use super::push::Seal;
use crate::store::Store;
use runtime::clock::now;

/// How long to wait before the store is tried again.
const AGAIN: Duration = Duration::from_millis(500);
/// So many messages wait for the store at most; each is also in a push.
const MOST: usize = 10_000;
/// Messages that are told at once, at most.
const BATCH: usize = 256;

/// Follows what must take effect at once, and tells it until `stop`. What is told from now on is
/// followed when this returns.
///
/// # Errors
/// `validation_error` when the store's address can't be read.
pub fn tell(
    store: &Store,
    seal: Seal,
    shared: &SharedStore,
    stop: CancellationToken,
) -> Result<impl Future<Output = ()> + Send + use<>, Fault> {
    let herald = Herald::new(shared)?;
    let alarms = store.follow_urgent();
    Ok(async move {
        let _: Option<()> = stop.run_until_cancelled(go_on(alarms, seal, herald)).await;
    })
}

async fn go_on(mut alarms: Receiver<Priority>, seal: Seal, mut herald: Herald) {
    let mut waiting = VecDeque::new();
    let mut away = false;
    loop {
        if waiting.is_empty() {
            let Some(()) = take(alarms.recv().await, &seal, &mut waiting) else {
                return;
            };
        }
        // What came meanwhile goes in the same round trip.
        while let Ok(message) = alarms.try_recv() {
            waiting.push_back(seal.told(&message, now()));
        }
        let batch = waiting.len().min(BATCH);
        match herald.tell(waiting.iter().take(batch)).await {
            Ok(()) => {
                waiting.drain(..batch);
                if std::mem::replace(&mut away, false) {
                    tracing::info!("revocations are told through the shared store again");
                }
            }
            Err(reason) => {
                if !std::mem::replace(&mut away, true) {
                    tracing::warn!(reason, "revocations go by the priority lane alone");
                }
                let told = tokio::time::timeout(AGAIN, async {
                    while let Some(()) = take(alarms.recv().await, &seal, &mut waiting) {}
                });
                if told.await.is_ok() {
                    return;
                }
            }
        }
        while waiting.len() > MOST {
            waiting.pop_front();
        }
    }
}

/// Seals what came; none: nothing will come any more.
fn take(
    came: Result<Priority, RecvError>,
    seal: &Seal,
    waiting: &mut VecDeque<Vec<u8>>,
) -> Option<()> {
    match came {
        Ok(message) => waiting.push_back(seal.told(&message, now())),
        Err(RecvError::Lagged(missed)) => {
            tracing::warn!(
                missed,
                "revocations were too many to be told; pushes carry them"
            );
        }
        Err(RecvError::Closed) => return None,
    }
    Some(())
}

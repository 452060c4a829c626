//! Signals: SIGINT and SIGTERM end the process in order, SIGHUP reads the configuration again.

use anyhow::Context as _;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// The SIGHUPs of a process; the signals that end it cancel the token.
pub struct Signals {
    hangup: Signal,
    shutdown: CancellationToken,
}

impl Signals {
    /// Watches for signals. The first SIGINT or SIGTERM cancels `shutdown`, which drains; a further
    /// one changes nothing: the drain has its own limit.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn watch(shutdown: CancellationToken) -> anyhow::Result<Self> {
        let open = |kind| signal(kind).context("signals can't be watched");
        let (mut interrupt, mut terminate) = (
            open(SignalKind::interrupt())?,
            open(SignalKind::terminate())?,
        );
        let hangup = open(SignalKind::hangup())?;
        let token = shutdown.clone();
        tokio::spawn(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            tracing::info!("shutting down: requests in flight may finish");
            token.cancel();
        });
        Ok(Self { hangup, shutdown })
    }

    /// Waits for the next SIGHUP. `None` once the shutdown began.
    pub async fn hangup(&mut self) -> Option<()> {
        tokio::select! {
            () = self.shutdown.cancelled() => None,
            came = self.hangup.recv() => came,
        }
    }
}

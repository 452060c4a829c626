//! Signals: SIGINT and SIGTERM end the process in order, SIGHUP reads the configuration again.

use anyhow::Context as _;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// The SIGHUPs of a process; the signals that end it cancel the token.
pub struct Signals {
    hangup: Signal,
    shutdown: CancellationToken,
    at_once: CancellationToken,
}

impl Signals {
    /// Watches for signals. The first SIGINT or SIGTERM cancels `shutdown`, which drains; a
    /// further one ends the drain too, see [`Signals::at_once`].
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
        let (token, at_once) = (shutdown.clone(), CancellationToken::new());
        let again = at_once.clone();
        tokio::spawn(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            tracing::info!("shutting down: requests in flight may finish");
            token.cancel();
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            tracing::warn!("a second signal: what is in flight is cut");
            again.cancel();
        });
        Ok(Self {
            hangup,
            shutdown,
            at_once,
        })
    }

    /// Cancelled by the second signal: whoever sent it does not want to wait for the drain. What
    /// was acknowledged is on the disk, as it is when a process is killed.
    pub fn at_once(&self) -> CancellationToken {
        self.at_once.clone()
    }

    /// Waits for the next SIGHUP. `None` once the shutdown began.
    pub async fn hangup(&mut self) -> Option<()> {
        tokio::select! {
            () = self.shutdown.cancelled() => None,
            came = self.hangup.recv() => came,
        }
    }
}

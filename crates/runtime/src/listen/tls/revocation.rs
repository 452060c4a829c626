//! The revocation lists in force on a listener: fetched, kept fresh, and asked.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::{ArcSwap, ArcSwapOption};
use decide::Snapshot;
use decide::settings::Outgoing;
use parking_lot::Mutex;
use rustls::server::danger::ClientCertVerifier;
use terms::Timestamp;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::authorities::Authorities;
use super::certificate::Link;
use super::list::{Lists, Standing};
use crate::clock;
use crate::upstream::{Client, Trust, fetch};

/// The largest document that is taken.
const MOST: usize = 10 * 1024 * 1024;
/// The longest time between two fetches.
const HOUR: Duration = Duration::from_secs(3_600);
/// The shortest, unless an operator asks.
const BREATH: Duration = Duration::from_secs(30);

/// The lists at a URL. Without one that is in force, no client certificate is accepted.
pub(super) struct Revocation {
    url: Url,
    client: Client,
    /// The URL is the operator's own: it may be called wherever it is, and a list is signed.
    anywhere: Snapshot,
    authorities: ArcSwap<Authorities>,
    lists: ArcSwapOption<Lists>,
    /// Held while a document is judged and put in force.
    judging: Mutex<()>,
    asked: Notify,
}

impl Revocation {
    /// Nothing is fetched before [`Revocation::refresh`].
    ///
    /// # Errors
    /// When the system's trust store can't be read.
    pub fn new(url: Url, authorities: Authorities) -> Result<Self, String> {
        Ok(Self {
            url,
            client: Client::new(&Trust::default(), 0, Duration::ZERO)?,
            anywhere: Snapshot::calling(Outgoing {
                enforce_tls13: false,
                ..Outgoing::anywhere()
            }),
            authorities: ArcSwap::from_pointee(authorities),
            lists: ArcSwapOption::empty(),
            judging: Mutex::new(()),
            asked: Notify::new(),
        })
    }

    /// The verifier with the lists in force; none: there is no list.
    pub fn verifier(&self) -> Option<Arc<dyn ClientCertVerifier>> {
        let lists = self.lists.load();
        lists.as_ref().map(|it| Arc::clone(&it.verifier))
    }

    /// What the newest lists say of a certificate that was verified when its connection opened.
    pub fn standing(&self, chain: &[Link], now: Timestamp) -> Standing {
        match &*self.lists.load() {
            Some(lists) => lists.standing(chain, now),
            None => Standing {
                revoked: false,
                unchecked: true,
            },
        }
    }

    /// Takes another bundle of authorities, and fetches again. Lists that the new bundle did not
    /// sign are dropped.
    pub fn exchange(&self, authorities: Authorities) {
        {
            let _held = self.judging.lock();
            let kept = self.lists.load_full().and_then(|lists| {
                let document = lists.document.clone();
                Lists::judge(document, &authorities, None, clock::now()).ok()
            });
            self.authorities.store(Arc::new(authorities));
            self.lists.store(kept.map(Arc::new));
        }
        self.asked.notify_one();
    }

    /// Fetches again and again until `stop`: before the list is over, each hour, and when an
    /// operator asks.
    pub async fn keep_fresh(self: Arc<Self>, mut fresh: bool, stop: CancellationToken) {
        loop {
            let lists = self.lists.load_full();
            let end = lists.as_ref().map(|it| it.next_update);
            tokio::select! {
                () = stop.cancelled() => return,
                () = self.asked.notified() => {}
                () = tokio::time::sleep(pause(fresh, end, clock::now())) => {}
            }
            tokio::select! {
                () = stop.cancelled() => return,
                now_fresh = Self::refresh(&self) => fresh = now_fresh,
            }
        }
    }

    /// Fetches once. False: what was in force stays.
    pub async fn refresh(self: &Arc<Self>) -> bool {
        let fetched = fetch(&self.client, &self.anywhere, &self.url, MOST).await;
        let judged = match fetched {
            Ok(document) => self.judge(document.to_vec()).await.map_err(|why| {
                let url = &self.url;
                ("refused", format!("{url}: {why}"))
            }),
            Err(why) => Err(("unreachable", why)),
        };
        let result = judged
            .as_ref()
            .map_or_else(|(result, _)| *result, |()| "ok");
        metrics::counter!("gateway_crl_fetches_total", "result" => result).increment(1);
        let Err((_, why)) = judged else {
            return true;
        };
        let end = self.lists.load().as_ref().map(|it| it.next_update);
        match end {
            Some(end) if end > clock::now() => {
                tracing::warn!(why, until = %end, "no new revocation list; the last one is in force");
            }
            _ => {
                tracing::error!(
                    why,
                    "no revocation list is in force: client certificates are refused"
                );
            }
        }
        false
    }

    /// A long list takes its time: not on a thread that serves.
    async fn judge(self: &Arc<Self>, document: Vec<u8>) -> Result<(), String> {
        let own = Arc::clone(self);
        let judged = tokio::task::spawn_blocking(move || {
            let _held = own.judging.lock();
            let before = own.lists.load_full();
            let authorities = own.authorities.load_full();
            let lists = Lists::judge(document, &authorities, before.as_deref(), clock::now())?;
            tracing::info!(url = %own.url, until = %lists.next_update, "a revocation list is in force");
            own.lists.store(Some(Arc::new(lists)));
            Ok(())
        });
        judged.await.unwrap_or_else(|error| Err(error.to_string()))
    }
}

/// How long until the next fetch. A list is fetched again when half of what is left of its time
/// is over.
fn pause(fresh: bool, end: Option<Timestamp>, now: Timestamp) -> Duration {
    match end {
        Some(end) if fresh => (end.since(now) / 2).clamp(BREATH, HOUR),
        _ => BREATH,
    }
}

impl fmt::Debug for Revocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Revocation")
            .field("url", &self.url.as_str())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_fetched_again_within_the_hour_and_before_it_ends_but_never_hastily() {
        let now = clock::now();
        let left = |seconds| Some(now.plus(Duration::from_secs(seconds)));
        let seconds = |fresh, end| pause(fresh, end, now).as_secs();
        assert_eq!(seconds(true, left(86_400)), 3_600);
        assert_eq!(seconds(true, left(600)), 300);
        assert_eq!(seconds(true, left(10)), 30);
        assert_eq!(
            seconds(false, left(86_400)),
            30,
            "a failure is tried again soon"
        );
        assert_eq!(seconds(false, None), 30);
    }
}

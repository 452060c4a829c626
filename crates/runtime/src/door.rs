//! A role's door: its listener, the one that redirects to it, and the exchange of its certificate.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use terms::{Code, Fault};
use tokio_util::sync::CancellationToken;

use crate::config;
use crate::listen::{HeadLimits, Listener, ListenerOptions, ListenerTls, Serve, redirect_to_https};

/// A bound door. Nobody is let in before [`Door::serve`].
pub struct Door {
    listener: Listener,
    redirect: Option<Listener>,
    tls: Option<Arc<ListenerTls>>,
}

/// Exchanges the certificates of a running listener: its own, the authorities of its clients, and
/// the revocation list.
#[derive(Clone)]
pub struct TlsReload(Option<Arc<ListenerTls>>);

impl TlsReload {
    /// Reads the files again; connections that are open keep what they have.
    ///
    /// # Errors
    /// A sentence; what is in use stays.
    pub fn reload(&self) -> Result<(), String> {
        self.0.as_ref().map_or(Ok(()), |tls| tls.reload())
    }
}

fn broken(what: &str, why: impl std::fmt::Display) -> Fault {
    Fault::new(Code::InternalError, format!("{what}: {why}"))
}

impl Door {
    /// Binds what `settings` ask for. Requests in flight may go on for `drain` after a shutdown
    /// began.
    ///
    /// # Errors
    /// When a certificate does not do, or an address is taken.
    pub fn bind(settings: &config::Listener, drain: Duration) -> Result<Self, Fault> {
        let tls = settings.tls.clone().map(ListenerTls::open).transpose();
        let tls = tls.map_err(|why| broken("TLS", why))?.map(Arc::new);
        let options = ListenerOptions {
            tls: tls.clone(),
            proxy_protocol_from: settings.proxy_protocol_from.clone(),
            head: HeadLimits {
                max_bytes: settings.max_header_bytes.as_usize(),
                max_headers: settings.max_headers,
                deadline: settings.header_timeout,
                idle: settings.idle_timeout,
            },
            max_connections: settings.max_connections,
            drain,
            ..ListenerOptions::new(settings.address)
        };
        let redirect = settings.redirect.map(|address| ListenerOptions {
            address,
            tls: None,
            ..options.clone()
        });
        Ok(Self {
            listener: listen(options)?,
            redirect: redirect.map(listen).transpose()?,
            tls,
        })
    }

    /// Where it listens.
    pub fn local(&self) -> SocketAddr {
        self.listener.local()
    }

    /// Exchanges its certificates, when told to.
    pub fn tls_reload(&self) -> TlsReload {
        TlsReload(self.tls.clone())
    }

    /// Serves `room` until `shutdown`, and then what is in flight.
    pub async fn serve<S: Serve>(self, room: Arc<S>, shutdown: CancellationToken) {
        let port = self.local().port();
        if let Some(tls) = &self.tls {
            tls.keep_fresh(&shutdown).await;
        }
        let redirecting = async {
            if let Some(redirect) = self.redirect {
                let to = Arc::new(redirect_to_https(port));
                redirect.run(to, shutdown.clone()).await;
            }
        };
        tokio::join!(self.listener.run(room, shutdown.clone()), redirecting);
    }
}

fn listen(options: ListenerOptions) -> Result<Listener, Fault> {
    let address = options.address;
    Listener::bind(options).map_err(|error| broken(&format!("listening on {address}"), error))
}

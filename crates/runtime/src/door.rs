//! A role's door: its listener, the one that redirects to it, and the exchange of its certificate.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use terms::{Code, Fault};
use tokio_util::sync::CancellationToken;

use crate::config::{self, TlsVersion};
use crate::listen::{
    HeadLimits, Listener, ListenerOptions, Serve, TlsFiles, redirect_to_https, server_config,
};

type Certificate = (TlsFiles, Arc<ArcSwap<rustls::ServerConfig>>);

/// A bound door. Nobody is let in before [`Door::serve`].
pub struct Door {
    listener: Listener,
    redirect: Option<Listener>,
    certificate: Option<Certificate>,
}

/// Exchanges the certificate of a running listener.
#[derive(Clone)]
pub struct TlsReload(Option<Certificate>);

impl TlsReload {
    /// Reads the files again; connections that are open keep what they have.
    ///
    /// # Errors
    /// A sentence; the certificate in use stays.
    pub fn reload(&self) -> Result<(), String> {
        if let Some((files, slot)) = &self.0 {
            slot.store(Arc::new(server_config(files)?));
        }
        Ok(())
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
        let certificate = certificate(settings)?;
        let options = ListenerOptions {
            tls: certificate.as_ref().map(|(_, slot)| Arc::clone(slot)),
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
            certificate,
        })
    }

    /// Where it listens.
    pub fn local(&self) -> SocketAddr {
        self.listener.local()
    }

    /// Exchanges its certificate, when told to.
    pub fn tls_reload(&self) -> TlsReload {
        TlsReload(self.certificate.clone())
    }

    /// Serves `room` until `shutdown`, and then what is in flight.
    pub async fn serve<S: Serve>(self, room: Arc<S>, shutdown: CancellationToken) {
        let port = self.local().port();
        let redirecting = async {
            if let Some(redirect) = self.redirect {
                let to = Arc::new(redirect_to_https(port));
                redirect.run(to, shutdown.clone()).await;
            }
        };
        tokio::join!(self.listener.run(room, shutdown.clone()), redirecting);
    }
}

fn certificate(settings: &config::Listener) -> Result<Option<Certificate>, Fault> {
    let Some(tls) = &settings.tls else {
        return Ok(None);
    };
    let files = TlsFiles {
        cert: tls.cert.clone(),
        key: tls.key.clone(),
        client_ca: None,
        client_required: false,
        only_tls13: tls.min_version == TlsVersion::V13,
    };
    let config = server_config(&files).map_err(|why| broken("TLS", why))?;
    Ok(Some((files, Arc::new(ArcSwap::from_pointee(config)))))
}

fn listen(options: ListenerOptions) -> Result<Listener, Fault> {
    let address = options.address;
    Listener::bind(options).map_err(|error| broken(&format!("listening on {address}"), error))
}

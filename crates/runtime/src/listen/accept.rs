//! The accept loop: deadlines, PROXY protocol, TLS, caps, and the life of a connection.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use ipnet::IpNet;
use pingora_core::protocols::Digest;
use pingora_core::protocols::http::ServerSession;
use pingora_core::protocols::http::v2::server as h2;
use terms::{Code, Fault};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::conn::{Conn, Peer};
use super::head::{self, HeadFault, HeadLimits, Next};
use super::proxy_protocol;
use super::tls::ListenerTls;
use crate::http::{Exchange, refusal_bytes};

/// How long a client of HTTP/2 may take to leave once it was told to and nothing is in flight.
const GOODBYE: Duration = Duration::from_secs(1);

/// What serves the requests of a listener.
pub trait Serve: Send + Sync + 'static {
    /// Answers one request. Whatever happens, an answer was sent or the client is gone when this
    /// returns.
    fn serve(&self, exchange: &mut Exchange) -> impl Future<Output = ()> + Send;

    /// Hears of a request head that was refused before there was a request.
    fn head_refused(&self, _peer: &Peer, _fault: &Fault) {}
}

/// How a listener accepts.
#[derive(Clone)]
pub struct ListenerOptions {
    /// Where; port 0 picks a free one.
    pub address: SocketAddr,
    /// TLS, exchangeable while it runs; none: plain.
    pub tls: Option<Arc<ListenerTls>>,
    /// From these addresses, and only from them, a PROXY protocol header is expected.
    pub proxy_protocol_from: Vec<IpNet>,
    /// What a head may take.
    pub head: HeadLimits,
    /// Connections at once; further ones wait in the kernel's queue.
    pub max_connections: usize,
    /// Streams at once on an HTTP/2 connection.
    pub max_streams: u32,
    /// How long requests in flight may go on after a shutdown began.
    pub drain: Duration,
}

impl ListenerOptions {
    /// The defaults of contract G for `address`.
    pub fn new(address: SocketAddr) -> Self {
        Self {
            address,
            tls: None,
            proxy_protocol_from: Vec::new(),
            head: HeadLimits::default(),
            max_connections: 16_384,
            max_streams: 100,
            drain: Duration::from_secs(30),
        }
    }
}

/// A bound listener.
pub struct Listener {
    socket: TcpListener,
    local: SocketAddr,
    options: Arc<ListenerOptions>,
}

impl Listener {
    /// Binds.
    ///
    /// # Errors
    /// When the address is taken or may not be used.
    pub fn bind(options: ListenerOptions) -> io::Result<Self> {
        let domain = socket2::Domain::for_address(options.address);
        let socket = socket2::Socket::new(domain, socket2::Type::STREAM, None)?;
        socket.set_reuse_address(true)?;
        socket.set_nonblocking(true)?;
        socket.bind(&options.address.into())?;
        socket.listen(4096)?;
        let socket = TcpListener::from_std(socket.into())?;
        let local = socket.local_addr()?;
        Ok(Self {
            socket,
            local,
            options: Arc::new(options),
        })
    }

    /// Where it listens.
    pub fn local(&self) -> SocketAddr {
        self.local
    }

    /// Accepts until `shutdown`, then lets what is in flight finish within the drain time.
    pub async fn run<S: Serve>(self, room: Arc<S>, shutdown: CancellationToken) {
        let connections = TaskTracker::new();
        let slots = Arc::new(Semaphore::new(self.options.max_connections));
        loop {
            let accepted = tokio::select! {
                biased;
                () = shutdown.cancelled() => break,
                accepted = accept(&self.socket, &slots) => accepted,
            };
            let (stream, address, slot) = match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Out of file descriptors, or the client went away: neither ends the loop.
                    tracing::warn!(%error, "accept failed");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            };
            let life = Connection {
                room: Arc::clone(&room),
                options: Arc::clone(&self.options),
                shutdown: shutdown.clone(),
                local: self.local,
                _slot: slot,
            };
            connections.spawn(life.live(stream, address));
        }
        drop(self.socket);
        connections.close();
        if tokio::time::timeout(self.options.drain, connections.wait())
            .await
            .is_err()
        {
            tracing::warn!(
                open = connections.len(),
                "connections were still open after the drain"
            );
        }
    }
}

/// Closes a connection after the alert that says why. In TLS 1.3 the client may have sent its
/// request already: unread, it would turn the close into a reset, and the alert would be lost.
async fn hear_out(mut refused: TcpStream) {
    let heard = async {
        refused.shutdown().await?;
        let mut piece = [0; 4096];
        for _ in 0..64 {
            if refused.read(&mut piece).await? == 0 {
                break;
            }
        }
        io::Result::Ok(())
    };
    // A client that stays has had its answer.
    let _ = tokio::time::timeout(Duration::from_secs(1), heard).await;
}

async fn accept(
    socket: &TcpListener,
    slots: &Arc<Semaphore>,
) -> io::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let slot = Arc::clone(slots)
        .acquire_owned()
        .await
        .map_err(io::Error::other)?;
    let (stream, address) = socket.accept().await?;
    stream.set_nodelay(true)?;
    Ok((stream, address, slot))
}

struct Connection<S> {
    room: Arc<S>,
    options: Arc<ListenerOptions>,
    shutdown: CancellationToken,
    local: SocketAddr,
    _slot: OwnedSemaphorePermit,
}

impl<S: Serve> Connection<S> {
    async fn live(self, stream: TcpStream, socket_address: SocketAddr) {
        let opened = tokio::time::timeout(
            self.options.head.deadline,
            self.open(stream, socket_address),
        );
        match opened.await {
            Ok(Ok((conn, true))) => self.http2(conn).await,
            Ok(Ok((conn, false))) => self.http1(conn).await,
            Ok(Err(error)) => tracing::debug!(%error, %socket_address, "connection not opened"),
            Err(_) => tracing::debug!(%socket_address, "connection not opened in time"),
        }
    }

    /// PROXY protocol, then TLS. True: the client chose HTTP/2.
    async fn open(&self, stream: TcpStream, from: SocketAddr) -> io::Result<(Conn, bool)> {
        let ip = from.ip().to_canonical();
        let trusted = self
            .options
            .proxy_protocol_from
            .iter()
            .any(|range| range.contains(&ip));
        let address = if trusted {
            proxy_protocol::read(&stream).await?.unwrap_or(from)
        } else {
            from
        };
        let mut peer = Peer {
            address: SocketAddr::new(address.ip().to_canonical(), address.port()),
            local: stream.local_addr().unwrap_or(self.local),
            tls: false,
            certificate: None,
        };
        let Some(tls) = &self.options.tls else {
            return Ok((Conn::plain(stream, peer), false));
        };
        let acceptor = tokio_rustls::TlsAcceptor::from(tls.active());
        let stream = match acceptor.accept(stream).into_fallible().await {
            Ok(stream) => stream,
            Err((error, refused)) => {
                hear_out(refused).await;
                return Err(error);
            }
        };
        let (_, session) = stream.get_ref();
        peer.tls = true;
        let shown = tls.shown(session).map_err(io::Error::other)?;
        peer.certificate = shown.map(Arc::new);
        let http2 = session.alpn_protocol() == Some(b"h2");
        Ok((Conn::tls_server(stream, peer), http2))
    }

    async fn http1(self, mut conn: Conn) {
        let mut first = true;
        loop {
            let next = tokio::select! {
                biased;
                () = self.shutdown.cancelled(), if !first && conn.ahead().is_empty() => return,
                next = head::next(&mut conn, &self.options.head, first) => next,
            };
            match next {
                Ok(Next::Http1) => {}
                Ok(Next::Http2) if first => return self.http2(conn).await,
                Ok(Next::Http2) => return,
                Err(HeadFault::Refuse(fault)) => return self.refuse(conn, &fault).await,
                Err(HeadFault::Close) => return,
            }
            first = false;
            match self.request(conn).await {
                Some(reusable) => conn = reusable,
                None => return,
            }
        }
    }

    /// Serves one request; gives the connection back where it can be used again.
    async fn request(&self, conn: Conn) -> Option<Conn> {
        let peer = Arc::clone(conn.peer());
        let mut session = ServerSession::new_http1(Box::new(conn));
        session.set_keepalive((!self.shutdown.is_cancelled()).then_some(0));
        session.set_pipelining_enabled(true);
        session.set_total_drain_timeout(Some(Duration::from_secs(2)));
        // Who reads a body keeps its time; a second clock beside it would race with the first.
        session.set_read_timeout(None);
        match session.read_request().await {
            Ok(true) => {}
            Ok(false) => return None,
            Err(error) => {
                let fault = Fault::new(Code::InvalidFraming, "The request head can't be read.")
                    .detail(error.to_string());
                self.room.head_refused(&peer, &fault);
                let mut exchange = Exchange::new(session, peer);
                exchange.refuse_head(&fault).await;
                return None;
            }
        }
        if self.shutdown.is_cancelled() {
            session.set_keepalive(None);
        }
        let mut exchange = Exchange::new(session, peer);
        self.room.serve(&mut exchange).await;
        let reusable = exchange.into_session()?.finish().await.ok()??;
        let (stream, prefix) = reusable.into_parts();
        let mut conn = stream.into_any().downcast::<Conn>().ok()?;
        if let Some(prefix) = prefix {
            conn.push_ahead(&prefix);
        }
        Some(*conn)
    }

    /// Tells the client why, then closes without cutting the answer off.
    async fn refuse(&self, mut conn: Conn, fault: &Fault) {
        self.room.head_refused(conn.peer(), fault);
        let answer = refusal_bytes(fault);
        let polite = async {
            conn.write_all(&answer).await?;
            conn.flush().await?;
            AsyncWriteExt::shutdown(&mut conn).await?;
            // Unread bytes would turn the close into a reset, and the answer would be lost.
            for _ in 0..64 {
                conn.skip_ahead(usize::MAX);
                if conn.read_more().await? == 0 {
                    break;
                }
            }
            io::Result::Ok(())
        };
        let _ = tokio::time::timeout(Duration::from_secs(2), polite).await;
    }

    async fn http2(self, conn: Conn) {
        let peer = Arc::clone(conn.peer());
        let mut options = h2::default_h2_options();
        options
            .max_concurrent_streams(self.options.max_streams)
            .max_header_list_size(u32::try_from(self.options.head.max_bytes).unwrap_or(u32::MAX));
        let digest = Arc::new(Digest::default());
        let handshake = h2::handshake(Box::new(conn), Some(options));
        let deadline = self.options.head.deadline;
        let Ok(Ok(mut connection)) = tokio::time::timeout(deadline, handshake).await else {
            return;
        };
        let streams = TaskTracker::new();
        let mut draining = false;
        loop {
            let accepted = tokio::select! {
                biased;
                () = self.shutdown.cancelled(), if !draining => {
                    draining = true;
                    connection.graceful_shutdown();
                    continue;
                }
                accepted = h2::HttpSession::from_h2_conn(&mut connection, Arc::clone(&digest)) => accepted,
                () = tokio::time::sleep(if draining { GOODBYE } else { self.options.head.idle }) => {
                    if !streams.is_empty() {
                        continue;
                    }
                    if draining {
                        break;
                    }
                    draining = true;
                    connection.graceful_shutdown();
                    continue;
                }
            };
            match accepted {
                Ok(Some(h2::H2Accept::Session(session))) => {
                    let room = Arc::clone(&self.room);
                    let mut exchange =
                        Exchange::new(ServerSession::new_http2(session), Arc::clone(&peer));
                    streams.spawn(async move { room.serve(&mut exchange).await });
                }
                Ok(Some(_)) => {}
                Ok(None) => break,
                Err(error) => {
                    tracing::debug!(%error, "http/2 connection ended");
                    break;
                }
            }
        }
        streams.close();
        streams.wait().await;
    }
}

/// Serves a plain listener whose only answer is: come back over HTTPS.
#[derive(Clone, Debug)]
pub struct RedirectToHttps {
    port: u16,
}

/// A room that redirects every request to HTTPS on `port` (308, the method is kept).
pub fn redirect_to_https(port: u16) -> RedirectToHttps {
    RedirectToHttps { port }
}

impl Serve for RedirectToHttps {
    async fn serve(&self, exchange: &mut Exchange) {
        let host = exchange.host().unwrap_or_default();
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => host.as_str(),
        };
        let authority = match (name.parse::<IpAddr>(), self.port) {
            (Ok(IpAddr::V6(address)), 443) => format!("[{address}]"),
            (Ok(IpAddr::V6(address)), port) => format!("[{address}]:{port}"),
            (_, 443) => name.to_owned(),
            (_, port) => format!("{name}:{port}"),
        };
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte);
        if name.is_empty() || !authority.bytes().all(plain) {
            let fault = Fault::new(Code::InvalidRequest, "A redirect needs a Host header.");
            exchange.refuse_head(&fault).await;
            return;
        }
        let location = format!("https://{authority}{}", exchange.target());
        let _ = exchange
            .respond(308, &[("location", &location)], bytes::Bytes::new())
            .await;
    }
}

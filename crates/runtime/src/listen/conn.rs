//! A connection as pingora's HTTP sessions want it, with two additions: bytes read ahead (the
//! request head that was checked), and a write buffer that a flush empties in one system call.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::task::{Context, Poll, ready};

use async_trait::async_trait;
use bytes::{Buf, BytesMut};
use pingora_core::protocols::raw_connect::ProxyDigest;
use pingora_core::protocols::{
    GetProxyDigest, GetSocketDigest, GetTimingDigest, Peek, Shutdown, SocketDigest, Ssl,
    TimingDigest, UniqueID, UniqueIDType,
};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::TcpStream;

use super::tls::ShownCertificate;

/// What is written before a flush is held up to this size, so that a head and the start of its
/// body leave in one packet.
const WRITE_BUFFER: usize = 16 * 1024;

/// Who is at the other end.
#[derive(Clone, Debug)]
pub struct Peer {
    /// The client's address: of the socket, or as a trusted PROXY protocol header says.
    pub address: SocketAddr,
    /// The address that it connected to.
    pub local: SocketAddr,
    /// TLS is spoken.
    pub tls: bool,
    /// The client's certificate, verified, where it showed one.
    pub certificate: Option<Arc<ShownCertificate>>,
}

enum Transport {
    Plain(TcpStream),
    Server(Box<tokio_rustls::server::TlsStream<TcpStream>>),
    Client(Box<tokio_rustls::client::TlsStream<TcpStream>>),
}

/// One connection.
pub struct Conn {
    transport: Transport,
    ahead: BytesMut,
    out: BytesMut,
    cork: Arc<AtomicBool>,
    heard: Arc<AtomicBool>,
    peer: Arc<Peer>,
    id: UniqueIDType,
}

static NEXT_ID: AtomicI32 = AtomicI32::new(1);

impl Conn {
    fn new(transport: Transport, peer: Peer) -> Self {
        Self {
            transport,
            ahead: BytesMut::new(),
            out: BytesMut::new(),
            cork: Arc::default(),
            heard: Arc::default(),
            peer: Arc::new(peer),
            id: NEXT_ID.fetch_add(1, Ordering::Relaxed),
        }
    }

    /// A connection without TLS.
    pub fn plain(stream: TcpStream, peer: Peer) -> Self {
        Self::new(Transport::Plain(stream), peer)
    }

    /// A connection that a client opened over TLS.
    pub fn tls_server(stream: tokio_rustls::server::TlsStream<TcpStream>, peer: Peer) -> Self {
        Self::new(Transport::Server(Box::new(stream)), peer)
    }

    /// A connection that the house opened over TLS.
    pub fn tls_client(stream: tokio_rustls::client::TlsStream<TcpStream>, peer: Peer) -> Self {
        Self::new(Transport::Client(Box::new(stream)), peer)
    }

    /// Who is at the other end.
    pub fn peer(&self) -> &Arc<Peer> {
        &self.peer
    }

    /// While the flag is set, a flush does nothing: head and body leave together.
    pub fn cork(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.cork)
    }

    /// Is set when a byte comes from the other side.
    pub fn heard(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.heard)
    }

    /// The bytes that were read ahead and not yet consumed.
    pub fn ahead(&self) -> &[u8] {
        &self.ahead
    }

    /// Puts bytes in front of what will be read.
    pub fn push_ahead(&mut self, bytes: &[u8]) {
        let mut joined = BytesMut::with_capacity(bytes.len() + self.ahead.len());
        joined.extend_from_slice(bytes);
        joined.extend_from_slice(&self.ahead);
        self.ahead = joined;
    }

    /// Drops `count` bytes that were read ahead.
    pub fn skip_ahead(&mut self, count: usize) {
        self.ahead.advance(count.min(self.ahead.len()));
    }

    /// Reads once from the network behind what was read ahead. 0: the other side closed.
    ///
    /// # Errors
    /// Those of the socket.
    pub async fn read_more(&mut self) -> io::Result<usize> {
        self.ahead.reserve(4 * 1024);
        match &mut self.transport {
            Transport::Plain(stream) => read_into(stream, &mut self.ahead).await,
            Transport::Server(stream) => read_into(stream.as_mut(), &mut self.ahead).await,
            Transport::Client(stream) => read_into(stream.as_mut(), &mut self.ahead).await,
        }
    }

    /// True when an idle connection was closed by, or has unasked bytes from, the other side.
    pub fn is_stale(&mut self) -> bool {
        let mut byte = [0u8; 1];
        let mut buffer = ReadBuf::new(&mut byte);
        let mut context = Context::from_waker(std::task::Waker::noop());
        !self.ahead.is_empty()
            || Pin::new(&mut *self)
                .poll_read(&mut context, &mut buffer)
                .is_ready()
    }

    fn poll_drain(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.out.is_empty() {
            let sent = ready!(poll_write_to(&mut self.transport, context, &self.out))?;
            if sent == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.out.advance(sent);
        }
        Poll::Ready(Ok(()))
    }
}

async fn read_into<S: AsyncRead + Unpin>(stream: &mut S, into: &mut BytesMut) -> io::Result<usize> {
    tokio::io::AsyncReadExt::read_buf(stream, into).await
}

fn poll_write_to(
    transport: &mut Transport,
    context: &mut Context<'_>,
    bytes: &[u8],
) -> Poll<io::Result<usize>> {
    match transport {
        Transport::Plain(stream) => Pin::new(stream).poll_write(context, bytes),
        Transport::Server(stream) => Pin::new(stream.as_mut()).poll_write(context, bytes),
        Transport::Client(stream) => Pin::new(stream.as_mut()).poll_write(context, bytes),
    }
}

fn poll_flush_to(transport: &mut Transport, context: &mut Context<'_>) -> Poll<io::Result<()>> {
    match transport {
        Transport::Plain(stream) => Pin::new(stream).poll_flush(context),
        Transport::Server(stream) => Pin::new(stream.as_mut()).poll_flush(context),
        Transport::Client(stream) => Pin::new(stream.as_mut()).poll_flush(context),
    }
}

impl AsyncRead for Conn {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if !self.ahead.is_empty() {
            let count = self.ahead.len().min(buffer.remaining());
            buffer.put_slice(&self.ahead.split_to(count));
            return Poll::Ready(Ok(()));
        }
        let before = buffer.filled().len();
        let read = match &mut self.transport {
            Transport::Plain(stream) => Pin::new(stream).poll_read(context, buffer),
            Transport::Server(stream) => Pin::new(stream.as_mut()).poll_read(context, buffer),
            Transport::Client(stream) => Pin::new(stream.as_mut()).poll_read(context, buffer),
        };
        if buffer.filled().len() > before {
            self.heard.store(true, Ordering::Relaxed);
        }
        read
    }
}

impl AsyncWrite for Conn {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.out.len() + bytes.len() <= WRITE_BUFFER {
            self.out.extend_from_slice(bytes);
            return Poll::Ready(Ok(bytes.len()));
        }
        ready!(self.poll_drain(context))?;
        if bytes.len() <= WRITE_BUFFER {
            self.out.extend_from_slice(bytes);
            return Poll::Ready(Ok(bytes.len()));
        }
        poll_write_to(&mut self.transport, context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.cork.load(Ordering::Relaxed) {
            return Poll::Ready(Ok(()));
        }
        ready!(self.poll_drain(context))?;
        poll_flush_to(&mut self.transport, context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_drain(context))?;
        match &mut self.transport {
            Transport::Plain(stream) => Pin::new(stream).poll_shutdown(context),
            Transport::Server(stream) => Pin::new(stream.as_mut()).poll_shutdown(context),
            Transport::Client(stream) => Pin::new(stream.as_mut()).poll_shutdown(context),
        }
    }
}

impl fmt::Debug for Conn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Conn")
            .field("peer", &self.peer)
            .field("id", &self.id)
            .finish()
    }
}

#[async_trait]
impl Shutdown for Conn {
    async fn shutdown(&mut self) {
        // The other side may be gone already; there is nothing left to tell it.
        let _ = AsyncWriteExt::shutdown(self).await;
    }
}

impl UniqueID for Conn {
    fn id(&self) -> UniqueIDType {
        self.id
    }
}

impl Ssl for Conn {}
impl Peek for Conn {}

impl GetTimingDigest for Conn {
    fn get_timing_digest(&self) -> Vec<Option<TimingDigest>> {
        Vec::new()
    }
}

impl GetProxyDigest for Conn {
    fn get_proxy_digest(&self) -> Option<Arc<ProxyDigest>> {
        None
    }
}

impl GetSocketDigest for Conn {
    fn get_socket_digest(&self) -> Option<Arc<SocketDigest>> {
        None
    }
}

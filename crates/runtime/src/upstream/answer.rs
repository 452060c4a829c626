//! An upstream's answer, read piece by piece. Dropping it closes the connection: the upstream
//! sees that nobody listens any more.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use pingora_core::protocols::http::v1::client::HttpSession;
use pingora_http::ResponseHeader;
use tokio::time::{Instant, Sleep, sleep_until};

use super::Failure;
use super::pool::{Pool, Target};
use crate::listen::Conn;

/// An answer whose head was read.
pub struct Answer {
    session: Option<HttpSession>,
    head: ResponseHeader,
    target: Target,
    pool: Arc<Pool>,
    idle: Duration,
    /// When the next piece must have come.
    due: Instant,
    /// Fires at `due` or earlier.
    watch: Pin<Box<Sleep>>,
}

impl Answer {
    pub(super) fn new(
        session: HttpSession,
        target: Target,
        pool: Arc<Pool>,
        idle: Duration,
    ) -> Option<Self> {
        let head = session.resp_header()?.clone();
        let due = Instant::now() + idle;
        Some(Self {
            session: Some(session),
            head,
            target,
            pool,
            idle,
            due,
            watch: Box::pin(sleep_until(due)),
        })
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.head.status.as_u16()
    }

    /// The answer's head.
    pub fn head(&self) -> &ResponseHeader {
        &self.head
    }

    /// The first value of a header, where it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head
            .headers
            .get(name)
            .and_then(|value| value.to_str().ok())
    }

    /// The next piece of the body; none at its end, after which the connection is kept for the
    /// next call. It may be dropped and asked for again: no byte is lost, and its time goes on.
    ///
    /// # Errors
    /// When the connection breaks, or nothing comes for the idle time.
    pub async fn piece(&mut self) -> Result<Option<Bytes>, Failure> {
        let Some(session) = &mut self.session else {
            return Ok(None);
        };
        let read = loop {
            tokio::select! {
                biased;
                read = session.read_body_bytes() => break read,
                // The timer is not moved with every piece: it looks again when it fires.
                () = self.watch.as_mut() => {
                    if Instant::now() >= self.due {
                        self.session = None;
                        return Err(Failure::Timeout("waiting for more of the answer"));
                    }
                    self.watch.as_mut().reset(self.due);
                }
            }
        };
        match read {
            Ok(Some(piece)) => {
                self.due = Instant::now() + self.idle;
                // Where the end is already known, the connection is given back at once: the
                // caller may never ask again.
                if session.is_body_done() {
                    self.give_back().await;
                }
                Ok(Some(piece))
            }
            Ok(None) => {
                self.give_back().await;
                Ok(None)
            }
            Err(error) => {
                self.session = None;
                Err(Failure::Broken(error.to_string()))
            }
        }
    }

    /// The whole body, up to `limit` bytes.
    ///
    /// # Errors
    /// As [`Answer::piece`], and when there is more.
    pub async fn whole(&mut self, limit: usize) -> Result<Bytes, Failure> {
        let Some(first) = self.piece().await? else {
            return Ok(Bytes::new());
        };
        if first.len() > limit {
            return Err(self.too_large(limit));
        }
        let mut rest: Option<BytesMut> = None;
        while let Some(piece) = self.piece().await? {
            let joined = rest.get_or_insert_with(|| BytesMut::from(first.as_ref()));
            if joined.len() + piece.len() > limit {
                return Err(self.too_large(limit));
            }
            joined.extend_from_slice(&piece);
        }
        Ok(rest.map_or(first, BytesMut::freeze))
    }

    /// Keeps the connection for the next call where the body ends within `patience`, and closes it
    /// otherwise. What still comes is dropped: the caller knows that it has everything.
    pub async fn finish(mut self, patience: Duration) {
        let ended = async { while let Ok(Some(_)) = self.piece().await {} };
        let _ = tokio::time::timeout(patience, ended).await;
    }

    fn too_large(&mut self, limit: usize) -> Failure {
        self.session = None;
        Failure::Broken(format!("the answer is larger than {limit} bytes"))
    }

    async fn give_back(&mut self) {
        // Where it can't be kept it is closed by dropping it: a polite end could wait for the
        // other side, with a piece in hand.
        let Some(session) = self.session.take().filter(HttpSession::will_keepalive) else {
            return;
        };
        let Some(stream) = session.reuse().await else {
            return;
        };
        if let Ok(conn) = stream.into_any().downcast::<Conn>() {
            self.pool.put(&self.target, *conn);
        }
    }
}

//! Cutting a byte stream into frames, wherever the network cut it.

use bytes::{Bytes, BytesMut};
use terms::{Code, Fault};

use super::Frame;

/// The most bytes that one event may have, unless told otherwise: 1 MiB.
pub const DEFAULT_LIMIT: usize = 1024 * 1024;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Takes chunks, gives frames. Lines may end in LF, CR LF or CR. Every byte is looked at once,
/// however the stream is cut.
///
/// A frame that lies within one chunk is a slice of it; one that was cut is put together. As a
/// lone CR could be half of a CR LF, a frame that ends in CR is given when the next byte is there,
/// or by [`Decoder::finish`]: so the frames don't depend on where the stream was cut.
#[derive(Debug)]
pub struct Decoder {
    limit: usize,
    /// The start of a frame whose end hasn't come.
    held: BytesMut,
    chunk: Bytes,
    /// Nothing of the current line has come yet.
    line_empty: bool,
    /// The last byte was a CR; true inside: its line was empty.
    after_cr: Option<bool>,
    first: bool,
    failed: bool,
}

impl Default for Decoder {
    fn default() -> Self {
        Self::new(DEFAULT_LIMIT)
    }
}

impl Decoder {
    /// A decoder that refuses events of more than `limit` bytes.
    pub fn new(limit: usize) -> Self {
        Self {
            limit,
            held: BytesMut::new(),
            chunk: Bytes::new(),
            line_empty: true,
            after_cr: None,
            first: true,
            failed: false,
        }
    }

    /// Takes the next chunk. What is left of the one before (when its frames weren't all taken)
    /// stays in front of it.
    pub fn push(&mut self, chunk: Bytes) {
        if self.chunk.is_empty() {
            self.chunk = chunk;
            return;
        }
        let mut joined = BytesMut::with_capacity(self.chunk.len() + chunk.len());
        joined.extend_from_slice(&self.chunk);
        joined.extend_from_slice(&chunk);
        self.chunk = joined.freeze();
    }

    /// The next whole frame of what was pushed; `None`: more must be pushed first.
    ///
    /// # Errors
    /// [`Code::ProviderError`] when an event is longer than the limit, then and ever after.
    pub fn next_frame(&mut self) -> Result<Option<Frame>, Fault> {
        if self.failed {
            return Err(self.too_long());
        }
        let end = self.scan();
        let length = self.held.len() + end.unwrap_or(self.chunk.len());
        if length > self.limit {
            self.failed = true;
            return Err(self.too_long());
        }
        let Some(end) = end else {
            self.held.extend_from_slice(&self.chunk);
            self.chunk = Bytes::new();
            return Ok(None);
        };
        let tail = self.chunk.split_to(end);
        let bytes = if self.held.is_empty() {
            tail
        } else {
            self.held.extend_from_slice(&tail);
            self.held.split().freeze()
        };
        Ok(Some(self.frame(bytes)))
    }

    /// Says that no chunk will follow. A frame that only waited for the byte behind its CR comes
    /// now; so does one whose blank line never came, with `false`: the standard throws it away.
    pub fn finish(&mut self) -> Option<(Frame, bool)> {
        let whole = self.after_cr.take() == Some(true);
        self.held.extend_from_slice(&self.chunk);
        self.chunk = Bytes::new();
        if self.failed || self.held.is_empty() {
            return None;
        }
        let bytes = self.held.split().freeze();
        Some((self.frame(bytes), whole))
    }

    /// Reads on in the chunk to the end of a frame: where it is, if it is there.
    fn scan(&mut self) -> Option<usize> {
        let mut at = 0;
        loop {
            let rest = self.chunk.get(at..).unwrap_or_default();
            if let Some(blank) = self.after_cr {
                let next = rest.first()?;
                self.after_cr = None;
                at += usize::from(*next == b'\n');
                self.line_empty = true;
                if blank {
                    return Some(at);
                }
                continue;
            }
            let Some(skipped) = memchr::memchr2(b'\n', b'\r', rest) else {
                self.line_empty &= rest.is_empty();
                return None;
            };
            let blank = self.line_empty && skipped == 0;
            at += skipped + 1;
            if rest.get(skipped) == Some(&b'\r') {
                self.after_cr = Some(blank);
                continue;
            }
            self.line_empty = true;
            if blank {
                return Some(at);
            }
        }
    }

    fn frame(&mut self, bytes: Bytes) -> Frame {
        let first = std::mem::take(&mut self.first);
        if first && bytes.starts_with(BYTE_ORDER_MARK) {
            return Frame::new(bytes.slice(BYTE_ORDER_MARK.len()..));
        }
        Frame::new(bytes)
    }

    fn too_long(&self) -> Fault {
        Fault::new(Code::ProviderError, "the provider's stream can't be read")
            .detail(format!("a server-sent event has over {} bytes", self.limit))
    }
}

//! One frame: the lines up to and with a blank one.

use bytes::{Bytes, BytesMut};

/// A frame's bytes as they came, blank line included. Its fields are read when asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame(Bytes);

impl Frame {
    /// Takes the bytes of one frame.
    pub fn new(bytes: Bytes) -> Self {
        Self(bytes)
    }

    /// All bytes, as they came.
    pub fn bytes(&self) -> &Bytes {
        &self.0
    }

    /// All bytes, as they came.
    pub fn into_bytes(self) -> Bytes {
        self.0
    }

    /// The event's data: several `data` lines are joined by LF. A single one is a slice, not a
    /// copy. `None` when there is no such line: then the frame is no event (comments, keepalives).
    pub fn data(&self) -> Option<Bytes> {
        let mut lines = self.fields(b"data");
        let first = lines.next()?;
        let Some(second) = lines.next() else {
            return Some(self.0.slice_ref(first));
        };
        let mut joined = BytesMut::from(first);
        for line in std::iter::once(second).chain(lines) {
            joined.extend_from_slice(b"\n");
            joined.extend_from_slice(line);
        }
        Some(joined.freeze())
    }

    /// The value of the last `event` line: the event's type; `None` means `message`.
    pub fn event(&self) -> Option<&[u8]> {
        self.fields(b"event").last()
    }

    /// The value of the last `id` line, unless it has a NUL.
    pub fn id(&self) -> Option<&[u8]> {
        self.fields(b"id").filter(|id| !id.contains(&0)).last()
    }

    /// The same frame with other data: every other line stays as it came, and where.
    #[must_use]
    pub fn with_data(&self, data: &[u8]) -> Self {
        let mut out = BytesMut::with_capacity(self.0.len() + data.len());
        let mut rest = &*self.0;
        let mut written = false;
        while !rest.is_empty() {
            let mut lines = Lines(rest);
            let line = lines.next().unwrap_or_default();
            let whole = rest.len() - lines.0.len();
            let (taken, behind) = rest.split_at_checked(whole).unwrap_or((rest, &[]));
            rest = behind;
            if line != b"data" && !line.starts_with(b"data:") {
                out.extend_from_slice(taken);
                continue;
            }
            let end = taken.strip_prefix(line).unwrap_or(b"\n");
            for line in data.split(|byte| *byte == b'\n').filter(|_| !written) {
                out.extend_from_slice(b"data: ");
                out.extend_from_slice(line);
                out.extend_from_slice(end);
            }
            written = true;
        }
        Self(out.freeze())
    }

    /// The values of the lines with this field name, without the one space after the colon.
    fn fields<'a>(&'a self, name: &'static [u8]) -> impl Iterator<Item = &'a [u8]> {
        Lines(&self.0).filter_map(move |line| {
            let rest = line.strip_prefix(name)?;
            match rest.split_first() {
                None => Some(rest),
                Some((b':', value)) => Some(value.strip_prefix(b" ").unwrap_or(value)),
                Some(_) => None,
            }
        })
    }
}

struct Lines<'a>(&'a [u8]);

impl<'a> Iterator for Lines<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        if self.0.is_empty() {
            return None;
        }
        let end = memchr::memchr2(b'\n', b'\r', self.0).unwrap_or(self.0.len());
        let (line, rest) = self.0.split_at_checked(end)?;
        self.0 = rest
            .strip_prefix(b"\r\n")
            .or_else(|| rest.get(1..))
            .unwrap_or_default();
        Some(line)
    }
}

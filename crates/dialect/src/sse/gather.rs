//! Putting neighbouring pieces of one chunk together again, so that they leave in one write.

use bytes::{Bytes, BytesMut};

/// Collects what is to be sent of one chunk. Pieces that lie side by side in the chunk become one
/// slice of it; nothing is copied unless a piece in between was changed, dropped or made anew.
#[derive(Debug)]
pub struct Gather {
    source: Bytes,
    /// The slice of `source` that the pieces pushed last make up.
    run: (usize, usize),
    /// What was pushed before the run, once there is more than a run.
    earlier: BytesMut,
}

impl Gather {
    /// For the pieces of this chunk.
    pub fn new(source: Bytes) -> Self {
        Self {
            source,
            run: (0, 0),
            earlier: BytesMut::new(),
        }
    }

    /// Adds a piece.
    pub fn push(&mut self, piece: &Bytes) {
        if piece.is_empty() {
            return;
        }
        let (from, to) = self.run;
        match self.place(piece) {
            Some(place) if from == to => self.run = (place, place + piece.len()),
            Some(place) if place == to => self.run = (from, to + piece.len()),
            Some(place) => {
                self.flush();
                self.run = (place, place + piece.len());
            }
            None => {
                self.flush();
                self.earlier.extend_from_slice(piece);
            }
        }
    }

    /// Everything pushed, in one piece.
    pub fn into_bytes(mut self) -> Bytes {
        if self.earlier.is_empty() {
            let (from, to) = self.run;
            return match self.source.get(from..to) {
                Some(run) => self.source.slice_ref(run),
                None => Bytes::new(),
            };
        }
        self.flush();
        self.earlier.freeze()
    }

    fn flush(&mut self) {
        let (from, to) = std::mem::take(&mut self.run);
        let run = self.source.get(from..to).unwrap_or_default();
        self.earlier.extend_from_slice(run);
    }

    /// Where the piece lies in the chunk, if it is a part of it. Addresses alone decide: the chunk
    /// is alive here, so nothing else can lie between its ends.
    fn place(&self, piece: &Bytes) -> Option<usize> {
        let place = piece
            .as_ptr()
            .addr()
            .checked_sub(self.source.as_ptr().addr())?;
        (place + piece.len() <= self.source.len()).then_some(place)
    }
}

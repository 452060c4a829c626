//! A streamed answer: its frames, and what each says of usage, errors and the end.

use std::ops::Range;
use std::sync::LazyLock;

use bytes::Bytes;
use memchr::memmem::Finder;
use terms::{Code, Fault};

use super::answer::{garbage, usage_of};
use super::error::words;
use super::said::{Last, Voices};
use crate::Usage;
use crate::json::{Member, members};
use crate::splice::{Edit, splice};
use crate::sse::{Decoder, Frame};
use crate::text::{Channel, Spoken};

/// How most providers write "no usage yet".
const NULL: &[u8] = br#""usage":null"#;

const DONE: &[u8] = b"[DONE]";

static USAGE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(br#""usage""#));
static ERROR: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(br#""error""#));

/// One frame of a stream, ready to be sent on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The frame: as it came, or without its `"usage":null` for who didn't ask for usage.
    pub bytes: Bytes,
    /// What the provider says was used so far: the latest counts, never to be added up.
    pub usage: Option<Usage>,
    /// The frame exists only to carry usage.
    pub usage_only: bool,
    /// What it is.
    pub kind: PieceKind,
    /// Its texts, where somebody wants to know ([`StreamReader::hearing`]).
    pub texts: Vec<Spoken>,
    /// Texts that are whole with it.
    pub closes: Vec<Channel>,
    /// It repeats its texts as tokens with their probabilities.
    pub logprobs: bool,
}

/// What a frame is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// A chunk of the answer.
    Chunk,
    /// `[DONE]`: the answer is whole.
    Done,
    /// No data, at most comments: a keepalive.
    Comment,
    /// The provider failed in mid-stream. Its words are in the fault's detail; the bytes have them
    /// too and are not for the caller.
    Error(Fault),
}

/// Reads a provider's stream of chat completion chunks.
#[derive(Debug)]
pub struct StreamReader {
    decoder: Decoder,
    wants_usage: bool,
    done: bool,
    /// Where somebody wants to know of texts.
    voices: Option<Voices>,
    last: Last,
}

impl StreamReader {
    /// A reader for a caller who asked for usage, or who didn't: then `"usage":null`, which the
    /// gate's own asking put there, is taken out of every chunk.
    pub fn new(wants_usage: bool) -> Self {
        Self {
            decoder: Decoder::default(),
            wants_usage,
            done: false,
            voices: None,
            last: Last::default(),
        }
    }

    /// The same reader, saying of every piece where its texts stand. It reads each chunk for that,
    /// as strictly as a request.
    #[must_use]
    pub fn hearing(self) -> Self {
        Self {
            voices: Some(Voices::default()),
            ..self
        }
    }

    /// The bytes before and behind the inside of a JSON string that make a chunk of some more of a
    /// text, with what the last chunk says of itself; none for texts that never come in pieces.
    pub fn around(&self, channel: Channel) -> Option<(Bytes, Bytes)> {
        self.last.around(self.voices.as_ref()?, channel)
    }

    /// What ends a stream that the gate stops for its texts: a chunk that says of every choice
    /// without an end that it was filtered, and `[DONE]`.
    pub fn stopped(&self) -> Bytes {
        let nobody = Voices::default();
        self.last.stopped(self.voices.as_ref().unwrap_or(&nobody))
    }

    /// Takes the next bytes from the provider.
    pub fn push(&mut self, chunk: Bytes) {
        self.decoder.push(chunk);
    }

    /// The next frame of what was pushed; `None`: more must be pushed first, or the stream is
    /// done. What comes after `[DONE]` is dropped.
    ///
    /// A chunk's JSON is read only when it could tell of usage or of an error; apart from that it
    /// must look like an object.
    ///
    /// # Errors
    /// [`Code::ProviderError`] when an event is too long or isn't a chunk. The stream is to be
    /// ended then.
    pub fn next_piece(&mut self) -> Result<Option<Piece>, Fault> {
        if self.done {
            return Ok(None);
        }
        match self.decoder.next_frame()? {
            Some(frame) => self.piece(frame).map(Some),
            None => Ok(None),
        }
    }

    /// Says that the provider closed the stream. A last frame may still come, as for one whose
    /// `[DONE]` lacks the blank line behind it; an event that was cut off is dropped.
    ///
    /// # Errors
    /// Like [`StreamReader::next_piece`].
    pub fn finish(&mut self) -> Result<Option<Piece>, Fault> {
        match self.decoder.finish() {
            _ if self.done => Ok(None),
            Some((frame, true)) => self.piece(frame).map(Some),
            Some((frame, false)) if frame.data().is_some_and(|data| data.trim_ascii() == DONE) => {
                let whole = Frame::new(Bytes::from_static(b"data: [DONE]\n\n"));
                self.piece(whole).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// `[DONE]` has come. A stream that ends without it was cut.
    pub fn finished(&self) -> bool {
        self.done
    }

    fn piece(&mut self, frame: Frame) -> Result<Piece, Fault> {
        let piece = self.judge(frame)?;
        match (&mut self.voices, &piece.kind) {
            (Some(voices), PieceKind::Chunk) => hear(voices, &mut self.last, piece),
            (Some(voices), PieceKind::Done) => Ok(Piece {
                closes: voices.end(),
                ..piece
            }),
            _ => Ok(piece),
        }
    }

    fn judge(&mut self, frame: Frame) -> Result<Piece, Fault> {
        let data = frame.data().unwrap_or_default();
        let data = data.slice_ref(data.trim_ascii());
        if data.is_empty() {
            return Ok(as_it_came(frame, PieceKind::Comment));
        }
        if data == DONE {
            self.done = true;
            return Ok(as_it_came(frame, PieceKind::Done));
        }
        if !frame.bytes().starts_with(b"data:") && frame.event() == Some(b"error") {
            return Ok(as_it_came(frame, failure(&data)));
        }
        if !(data.starts_with(b"{") && data.ends_with(b"}")) {
            return Err(garbage("an event of the stream is not a JSON object"));
        }
        let usage = USAGE.find(&data);
        if ERROR.find(&data).is_some() {
            return self.read(frame, &data);
        }
        let Some(at) = usage else {
            return Ok(as_it_came(frame, PieceKind::Chunk));
        };
        match outermost_null(&data, at) {
            Some(null) => self.null_usage(frame, &data, null),
            None => self.read(frame, &data),
        }
    }

    /// Reads a chunk that could tell of usage or of an error.
    fn read(&self, frame: Frame, data: &Bytes) -> Result<Piece, Fault> {
        let [usage, choices, error] = members(data, &["usage", "choices", "error"])
            .map_err(|fault| garbage(&fault.message))?;
        if error.is_some_and(|error| !error.is_null()) {
            return Ok(as_it_came(frame, failure(data)));
        }
        if let Some(usage) = usage.as_ref().filter(|usage| usage.is_null()) {
            return self.null_usage(frame, data, with_comma(data, usage));
        }
        let usage = usage_of(data, usage.as_ref())?;
        Ok(Piece {
            usage,
            usage_only: usage.is_some() && choices.is_none_or(|choices| choices.items == 0),
            ..as_it_came(frame, PieceKind::Chunk)
        })
    }

    /// A chunk whose usage is `null`, which stands at `null` in the data.
    fn null_usage(&self, frame: Frame, data: &Bytes, null: Range<usize>) -> Result<Piece, Fault> {
        if self.wants_usage {
            return Ok(as_it_came(frame, PieceKind::Chunk));
        }
        let whole = frame.into_bytes();
        let bytes = match place_in(&whole, data) {
            Some(from) => splice(&whole, &[Edit::remove(from + null.start..from + null.end)])?,
            // Several data lines, joined elsewhere: they are written as one, for which the spaces
            // between tokens, all that a line end can be in JSON, are made plain.
            _ => rewritten(&splice(data, &[Edit::remove(null)])?),
        };
        Ok(as_it_came(Frame::new(bytes), PieceKind::Chunk))
    }
}

fn as_it_came(frame: Frame, kind: PieceKind) -> Piece {
    Piece {
        bytes: frame.into_bytes(),
        usage: None,
        usage_only: false,
        kind,
        texts: Vec::new(),
        closes: Vec::new(),
        logprobs: false,
    }
}

/// Finds the texts of a chunk.
fn hear(voices: &mut Voices, last: &mut Last, piece: Piece) -> Result<Piece, Fault> {
    let mut bytes = piece.bytes;
    let mut data = Frame::new(bytes.clone()).data().unwrap_or_default();
    if place_in(&bytes, &data).is_none() {
        bytes = rewritten(&data);
        data = Frame::new(bytes.clone()).data().unwrap_or_default();
    }
    let data = data.slice_ref(data.trim_ascii());
    let base = place_in(&bytes, &data).ok_or_else(|| garbage("an event without a place"))?;
    let heard = voices.hear(&data, base)?;
    if heard.crowded {
        return Err(garbage("its texts stand in too many places"));
    }
    *last = Last {
        data,
        head: heard.head,
    };
    Ok(Piece {
        bytes,
        texts: heard.texts,
        closes: heard.closes,
        logprobs: heard.logprobs,
        ..piece
    })
}

/// Where `part` begins in `whole`, where it is a slice of it.
fn place_in(whole: &Bytes, part: &Bytes) -> Option<usize> {
    let from = part.as_ptr().addr().checked_sub(whole.as_ptr().addr())?;
    (from + part.len() <= whole.len()).then_some(from)
}

fn failure(data: &[u8]) -> PieceKind {
    let fault = Fault::new(Code::ProviderError, "the provider failed in mid-stream");
    PieceKind::Error(fault.detail(words(data)))
}

/// The place, with its comma, of `"usage":null` where it can be told without reading the chunk
/// that it is a member of the outermost object: in a valid document a quote behind a comma isn't
/// escaped, so this is a key; and as no bracket stands between it and the last one, which closes
/// the document, it is that object's.
fn outermost_null(data: &[u8], at: usize) -> Option<Range<usize>> {
    let comma = at.checked_sub(1)?;
    let (_, rest) = data.split_at_checked(comma)?;
    let rest = rest.strip_prefix(b",")?.strip_prefix(NULL)?;
    let between = rest.strip_suffix(b"}")?;
    let bracket = |byte: &u8| matches!(byte, b'{' | b'}' | b'[' | b']');
    let ends = matches!(rest.first(), Some(b',' | b'}'));
    (ends && !between.iter().any(bracket)).then_some(comma..at + NULL.len())
}

/// A member's place with the one comma that goes with it.
fn with_comma(data: &[u8], member: &Member) -> Range<usize> {
    let Range { start, end } = member.whole;
    let before = data.get(..start).unwrap_or_default().trim_ascii_end();
    if before.ends_with(b",") {
        return before.len() - 1..end;
    }
    let after = data.get(end..).unwrap_or_default();
    let spaces = after.len() - after.trim_ascii_start().len();
    if after.get(spaces) == Some(&b',') {
        return start..end + spaces + 1;
    }
    start..end
}

fn rewritten(data: &[u8]) -> Bytes {
    let mut bytes = Vec::with_capacity(data.len() + 8);
    bytes.extend_from_slice(b"data: ");
    bytes.extend(data.iter().map(|byte| match byte {
        b'\n' | b'\r' => b' ',
        byte => *byte,
    }));
    bytes.extend_from_slice(b"\n\n");
    Bytes::from(bytes)
}

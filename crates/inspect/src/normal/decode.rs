//! Base64, hexadecimal, URL escapes and text from behind that say something readable.

use std::ops::Range;

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::detector::LONGEST;
use crate::scanner::runs;
use crate::text::{Builder, View};

mod backward;
mod pieces;
mod windows;

pub(crate) use backward::turned;

/// A text of fewer characters hides nothing.
const SHORTEST: usize = 16;

/// So many characters are decoded first, to see whether they say anything.
const PROBE: usize = 64;

const CONFIG: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_allow_trailing_bits(true)
    .with_decode_padding_mode(DecodePaddingMode::Indifferent);
const PLAIN: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, CONFIG);
const URL: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, CONFIG);

/// What was decoded, and where it stood.
#[derive(Debug)]
pub(crate) struct Decoded {
    span: Range<usize>,
    /// What is found in it begins here; what begins beside is found in another one.
    own: Range<usize>,
    what: What,
}

#[derive(Debug)]
enum What {
    /// So many bytes of text for so many of the source.
    Units(String, usize, usize),
    View(View<'static>),
    /// Text from behind.
    Mirror(String),
    Joined(pieces::Joined),
}

impl Decoded {
    /// What it says.
    pub(crate) fn text(&self) -> &str {
        match &self.what {
            What::Units(text, ..) => text,
            What::View(view) => &view.text,
            What::Mirror(text) => text,
            What::Joined(joined) => &joined.text,
        }
    }

    /// The place in the source for a place in the text, widened to whole units; an empty one for
    /// what is found elsewhere.
    pub(crate) fn source(&self, span: Range<usize>) -> Range<usize> {
        let source = self.widened(&span);
        if span.is_empty() || !self.own.contains(&source.start) {
            return source.start..source.start;
        }
        source
    }

    fn widened(&self, span: &Range<usize>) -> Range<usize> {
        let (start, end) = match &self.what {
            What::Units(_, text, source) => (
                span.start / text * source,
                span.end.div_ceil(*text) * source,
            ),
            What::View(view) => {
                let back = view.source(span.clone());
                (back.start, back.end)
            }
            What::Mirror(text) => {
                let end = |it: usize| text.len().saturating_sub(it);
                (end(span.end), end(span.start))
            }
            What::Joined(joined) => joined.source(span),
        };
        let long = self.span.len();
        self.span.start + start.min(long)..self.span.start + end.min(long)
    }
}

/// Decodes the runs in `text` that lie over `from` or behind it. What has more than `most` bytes is
/// decoded in windows.
pub(crate) fn decoded(text: &str, from: usize, most: usize, mut each: impl FnMut(Decoded)) {
    let mut at = from;
    let bytes = text.as_bytes();
    // Runs of base64 lie within runs of token bytes.
    while let Some(start) = runs::next_token(bytes, at) {
        let rest = bytes.get(start..).unwrap_or_default();
        let long = rest.iter().position(|it| !runs::is_token(*it));
        let end = start + long.unwrap_or(rest.len());
        let token = bytes.get(..end).unwrap_or_default();
        at = start;
        while let Some(mut run) = next_run(token, at) {
            at = run.end;
            if run.start == from {
                run.start -= before(bytes, from, most, is_base64);
            }
            if run.len() > most {
                run.start = run.start.max(start);
                windows::decoded(text, &run, start, &mut each);
            } else if run.len() >= SHORTEST
                && let Some(run) = Some(behind_prefix(text, run))
                && let Some(part) = text.get(run.clone())
                && let Some(what) = one(part)
            {
                each(Decoded {
                    own: run.clone(),
                    span: run,
                    what,
                });
            }
        }
        at = end;
    }
}

/// Decodes what stands in `text`, over `from` or behind it, in more than one run: text from behind,
/// base64 in pieces. What has more than three quarters of `most` bytes is left out: streams keep no
/// more of a text before what isn't decided.
pub(crate) fn joined(text: &str, from: usize, most: usize, mut each: impl FnMut(Decoded)) {
    let most = most - most / 4;
    backward::decoded(text, from, most, &mut each);
    pieces::decoded(text, from, most, &mut each);
}

/// Where such a text begins that reaches to the end of `text` and may go on; the length of that where
/// there is none. It is at most about [`LONGEST`] bytes back.
pub(crate) fn open_apart(text: &str, from: usize) -> usize {
    let most = LONGEST - LONGEST / 4;
    pieces::open(text, from, most).min(backward::open(text, from, most))
}

/// How many bytes of a kind stand right before `at`; more than `most` aren't counted.
fn before(bytes: &[u8], at: usize, most: usize, is: impl Fn(u8) -> bool) -> usize {
    let before = bytes.get(..at).unwrap_or_default().iter().rev();
    before
        .take(most.saturating_add(1))
        .take_while(|it| is(**it))
        .count()
}

const fn is_base64(it: u8) -> bool {
    it.is_ascii_alphanumeric() || matches!(it, b'+' | b'/' | b'-' | b'_')
}

/// The next run of base64 with its padding.
fn next_run(bytes: &[u8], from: usize) -> Option<Range<usize>> {
    let start = from + bytes.get(from..)?.iter().position(|it| is_base64(*it))?;
    let rest = bytes.get(start..)?;
    let long = rest
        .iter()
        .position(|it| !is_base64(*it))
        .unwrap_or(rest.len());
    let padding = rest.get(long..).unwrap_or_default();
    let padding = padding.iter().take(2).take_while(|it| **it == b'=').count();
    Some(start..start + long + padding)
}

/// A run of hexadecimal without the `0x` before it.
fn behind_prefix(text: &str, mut run: Range<usize>) -> Range<usize> {
    let part = text.get(run.clone()).unwrap_or_default();
    let digits = part.strip_prefix("0x").or(part.strip_prefix("0X"));
    if digits.is_some_and(|it| it.bytes().all(|it| it.is_ascii_hexdigit())) {
        run.start += 2;
    }
    run
}

fn one(run: &str) -> Option<What> {
    if run.len().is_multiple_of(2) && run.bytes().all(|it| it.is_ascii_hexdigit()) {
        let mut room = [0; PROBE / 2];
        let probe = run.get(..run.len().min(PROBE))?;
        let room = room.get_mut(..probe.len() / 2)?;
        hex::decode_to_slice(probe, room).ok()?;
        if !is_readable(room, run.len() > PROBE) {
            return None;
        }
        return Some(What::Units(readable(hex::decode(run).ok()?)?, 1, 2));
    }
    let engine = if run.contains(['-', '_']) { URL } else { PLAIN };
    let run = run.trim_end_matches('=');
    // One character more than whole groups is none of it.
    let run = run.get(..run.len() - usize::from(run.len() % 4 == 1))?;
    let mut room = [0; PROBE];
    let probe = run.get(..run.len().min(PROBE))?;
    let known = engine.decode_slice(probe, &mut room).ok()?;
    if !is_readable(room.get(..known)?, run.len() > PROBE) {
        return None;
    }
    Some(What::Units(readable(engine.decode(run).ok()?)?, 3, 4))
}

fn readable(bytes: Vec<u8>) -> Option<String> {
    is_readable(&bytes, false)
        .then(|| String::from_utf8(bytes).ok())
        .flatten()
}

/// Text without control characters; of a beginning the last character may be cut.
fn is_readable(bytes: &[u8], is_cut: bool) -> bool {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(it) if is_cut && it.error_len().is_none() => {
            let known = bytes.get(..it.valid_up_to()).unwrap_or_default();
            std::str::from_utf8(known).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !text.is_empty()
        && !text
            .chars()
            .any(|it| it.is_control() && !it.is_ascii_whitespace())
}

/// Decodes the runs without space in `text` that have URL escapes.
pub(crate) fn unescaped(text: &str, from: usize, most: usize, mut each: impl FnMut(Decoded)) {
    let bytes = text.as_bytes();
    let is_run = |it: u8| !it.is_ascii_whitespace();
    // The run that lies over `from` begins before it; a part of a long one is no run.
    let mut at = match before(bytes, from, most, is_run) {
        lead if lead <= most => from - lead,
        _ => {
            from + bytes
                .iter()
                .skip(from)
                .take_while(|it| is_run(**it))
                .count()
        }
    };
    while let Some(found) = bytes.get(at..).and_then(|it| memchr::memchr(b'%', it)) {
        let sign = at + found;
        let lead = bytes.get(at..sign).unwrap_or_default().iter().rev();
        let start = sign - lead.take_while(|it| is_run(**it)).count();
        let rest = bytes.get(start..).unwrap_or_default();
        let long = rest
            .iter()
            .position(u8::is_ascii_whitespace)
            .unwrap_or(rest.len());
        at = start + long;
        if long > most {
            continue;
        }
        if let Some(run) = text.get(start..start + long)
            && let Some(view) = unescape(run)
        {
            each(Decoded {
                span: start..start + long,
                own: start..start + long,
                what: What::View(view),
            });
        }
    }
}

/// The text of a run with its escapes read, `+` as space; `None` where none says anything.
fn unescape(run: &str) -> Option<View<'static>> {
    let bytes = run.as_bytes();
    let mut builder = Builder::new(run);
    let mut at = 0;
    let mut any = false;
    while let Some(found) = bytes
        .get(at..)
        .and_then(|it| memchr::memchr2(b'%', b'+', it))
    {
        let begin = at + found;
        let (long, letter) = escaped(bytes, begin);
        at = begin + long.max(1);
        if let Some(letter) = letter {
            any |= long > 1;
            builder.keep(begin);
            builder.put(at, letter.encode_utf8(&mut [0; 4]));
        }
    }
    if !any {
        return None;
    }
    let view = builder.done();
    Some(view.into_owned())
}

/// The character at a `%` or `+`, and how many bytes it takes.
fn escaped(bytes: &[u8], at: usize) -> (usize, Option<char>) {
    if bytes.get(at) == Some(&b'+') {
        return (1, Some(' '));
    }
    let byte = |place: usize| {
        let mut two = [0; 1];
        (bytes.get(at + place) == Some(&b'%')).then_some(())?;
        hex::decode_to_slice(bytes.get(at + place + 1..at + place + 3)?, &mut two).ok()?;
        let [it] = two;
        Some(it)
    };
    let mut letters = [0; 4];
    let mut count = 0;
    for (place, room) in letters.iter_mut().enumerate() {
        let Some(it) = byte(3 * place) else { break };
        *room = it;
        count = place + 1;
    }
    let known = letters.get(..count).unwrap_or_default();
    let valid = match std::str::from_utf8(known) {
        Ok(text) => text.len(),
        Err(it) => it.valid_up_to(),
    };
    let text = std::str::from_utf8(known.get(..valid).unwrap_or_default()).unwrap_or_default();
    match text.chars().next() {
        Some(it) if !it.is_control() || it.is_ascii_whitespace() => (3 * it.len_utf8(), Some(it)),
        _ => (1, None),
    }
}

//! The reader: a loop over values with its own stack.

use std::borrow::Cow;
use std::collections::HashSet;

use terms::{Code, Fault};

use super::text::plain;
use super::{Kind, MAX_DEPTH, Member};

/// From this many keys on, an object's keys are kept in a hash set instead of being compared one
/// by one: below it, comparing is faster.
const HASHED_FROM: usize = 16;

/// A pointer in an error is cut here: it helps a human to find the place.
const MAX_POINTER: usize = 256;

/// What is wrong at the reader's place.
#[derive(Clone, Copy, Debug)]
enum Wrong {
    Expected(&'static str),
    Depth,
    Duplicate,
    Control,
    Escape,
    Surrogate,
    NumberRange,
    Trailing,
}

/// An open container.
struct Frame {
    object: bool,
    /// Its keys are in the last of `sets`; `keys` then holds the current one alone.
    hashed: bool,
    keys_from: usize,
    items: usize,
    objects: usize,
}

/// A wanted member whose value is being read.
struct Open {
    place: usize,
    key_from: usize,
    from: usize,
    kind: Kind,
}

pub(super) struct Reader<'a, const N: usize> {
    document: &'a [u8],
    at: usize,
    frames: Vec<Frame>,
    keys: Vec<Cow<'a, [u8]>>,
    sets: Vec<HashSet<Cow<'a, [u8]>>>,
    names: &'a [&'a str; N],
    found: [Option<Member>; N],
    open: Option<Open>,
    /// Items and objects of the container closed last.
    closed: (usize, usize),
    first: Option<u8>,
}

impl<'a, const N: usize> Reader<'a, N> {
    pub(super) fn new(document: &'a [u8], names: &'a [&'a str; N]) -> Self {
        Self {
            document,
            at: 0,
            frames: Vec::with_capacity(8),
            keys: Vec::with_capacity(32),
            sets: Vec::new(),
            names,
            found: [const { None }; N],
            open: None,
            closed: (0, 0),
            first: None,
        }
    }

    pub(super) fn is_object(&self) -> bool {
        self.first == Some(b'{')
    }

    pub(super) fn into_found(self) -> [Option<Member>; N] {
        self.found
    }

    pub(super) fn read(&mut self) -> Result<(), Fault> {
        if let Err(wrong) = std::str::from_utf8(self.document) {
            let at = wrong.valid_up_to();
            return Err(invalid(format!("the body is not valid UTF-8 at byte {at}")));
        }
        self.first = self.next_token();
        self.values().map_err(|wrong| self.fault(wrong))
    }

    fn values(&mut self) -> Result<(), Wrong> {
        loop {
            if self.value()? {
                continue;
            }
            if !self.after_value()? {
                break;
            }
        }
        match self.next_token() {
            None => Ok(()),
            Some(_) => Err(Wrong::Trailing),
        }
    }

    fn peek(&self) -> Option<u8> {
        self.document.get(self.at).copied()
    }

    fn rest(&self) -> &'a [u8] {
        self.document.get(self.at..).unwrap_or_default()
    }

    /// Passes space; the next byte stays.
    fn next_token(&mut self) -> Option<u8> {
        loop {
            match self.peek() {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                byte => return byte,
            }
        }
    }

    /// Reads a value, or opens a container. True: a further value must come first.
    fn value(&mut self) -> Result<bool, Wrong> {
        match self.next_token() {
            Some(b'"') => {
                self.at += 1;
                self.string()?;
            }
            Some(b'{') => return self.open(true),
            Some(b'[') => return self.open(false),
            Some(b't') => self.word(b"true", "'true'")?,
            Some(b'f') => self.word(b"false", "'false'")?,
            Some(b'n') => self.word(b"null", "'null'")?,
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => return Err(Wrong::Expected("a value")),
        }
        Ok(false)
    }

    /// Closes what ends here. True: a further value follows; false: the document's value is whole.
    fn after_value(&mut self) -> Result<bool, Wrong> {
        loop {
            if self.frames.len() == 1 {
                self.keep_open();
            }
            let token = if self.frames.is_empty() {
                return Ok(false);
            } else {
                self.next_token()
            };
            let Some(frame) = self.frames.last_mut() else {
                return Ok(false);
            };
            match (token, frame.object) {
                (Some(b','), object) => {
                    frame.items += 1;
                    self.at += 1;
                    if object {
                        self.key()?;
                    }
                    return Ok(true);
                }
                (Some(b'}'), true) | (Some(b']'), false) => {
                    frame.items += 1;
                    self.close();
                }
                (_, true) => return Err(Wrong::Expected("',' or '}'")),
                (_, false) => return Err(Wrong::Expected("',' or ']'")),
            }
        }
    }

    fn open(&mut self, object: bool) -> Result<bool, Wrong> {
        if self.frames.len() >= MAX_DEPTH {
            return Err(Wrong::Depth);
        }
        if object && let Some(parent) = self.frames.last_mut() {
            parent.objects += 1;
        }
        self.at += 1;
        self.frames.push(Frame {
            object,
            hashed: false,
            keys_from: self.keys.len(),
            items: 0,
            objects: 0,
        });
        let end = if object { b'}' } else { b']' };
        if self.next_token() == Some(end) {
            self.close();
            return Ok(false);
        }
        if object {
            self.key()?;
        }
        Ok(true)
    }

    fn close(&mut self) {
        self.at += 1;
        if let Some(frame) = self.frames.pop() {
            self.keys.truncate(frame.keys_from);
            if frame.hashed {
                self.sets.pop();
            }
            self.closed = (frame.items, frame.objects);
        }
    }

    /// Reads a key with its colon.
    fn key(&mut self) -> Result<(), Wrong> {
        if self.next_token() != Some(b'"') {
            return Err(Wrong::Expected("a key in double quotes"));
        }
        let quote = self.at;
        self.at += 1;
        let escaped = self.string()?;
        let key = if escaped {
            let quoted = self.document.get(quote..self.at).unwrap_or_default();
            let text: String = serde_json::from_slice(quoted).map_err(|_| Wrong::Escape)?;
            Cow::Owned(text.into_bytes())
        } else {
            Cow::Borrowed(
                self.document
                    .get(quote + 1..self.at.saturating_sub(1))
                    .unwrap_or_default(),
            )
        };
        let wanted = match self.frames.len() {
            1 => self.names.iter().position(|name| name.as_bytes() == &*key),
            _ => None,
        };
        self.remember(key)?;
        if self.next_token() != Some(b':') {
            return Err(Wrong::Expected("':'"));
        }
        self.at += 1;
        if let Some(place) = wanted {
            self.expect(place, quote);
        }
        Ok(())
    }

    /// Refuses a key that its object already has.
    fn remember(&mut self, key: Cow<'a, [u8]>) -> Result<(), Wrong> {
        let Some(frame) = self.frames.last_mut() else {
            return Ok(());
        };
        let seen = self.keys.get(frame.keys_from..).unwrap_or_default();
        if frame.hashed {
            let fresh = match self.sets.last_mut() {
                Some(set) => set.insert(key.clone()),
                None => false,
            };
            self.keys.truncate(frame.keys_from);
            self.keys.push(key);
            return if fresh { Ok(()) } else { Err(Wrong::Duplicate) };
        }
        let duplicate = seen.contains(&key);
        if seen.len() >= HASHED_FROM {
            frame.hashed = true;
            let mut set: HashSet<_> = seen.iter().cloned().collect();
            set.insert(key.clone());
            self.sets.push(set);
        }
        self.keys.push(key);
        if duplicate {
            return Err(Wrong::Duplicate);
        }
        Ok(())
    }

    /// Notes that the value which starts here is wanted.
    fn expect(&mut self, place: usize, key_from: usize) {
        let kind = match self.next_token() {
            Some(b'{') => Kind::Object,
            Some(b'[') => Kind::Array,
            Some(b'"') => Kind::String,
            Some(b't') => Kind::True,
            Some(b'f') => Kind::False,
            Some(b'n') => Kind::Null,
            _ => Kind::Number,
        };
        self.open = Some(Open {
            place,
            key_from,
            from: self.at,
            kind,
        });
    }

    fn keep_open(&mut self) {
        let Some(open) = self.open.take() else {
            return;
        };
        let (items, objects) = match open.kind {
            Kind::Object | Kind::Array => self.closed,
            _ => (0, 0),
        };
        if let Some(found) = self.found.get_mut(open.place) {
            *found = Some(Member {
                span: open.from..self.at,
                whole: open.key_from..self.at,
                kind: open.kind,
                items,
                objects,
            });
        }
    }

    fn word(&mut self, word: &[u8], expected: &'static str) -> Result<(), Wrong> {
        if !self.rest().starts_with(word) {
            return Err(Wrong::Expected(expected));
        }
        self.at += word.len();
        Ok(())
    }

    /// Reads to behind the closing quote. True: the text has escapes.
    fn string(&mut self) -> Result<bool, Wrong> {
        let mut escaped = false;
        loop {
            self.at += plain(self.rest());
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(escaped);
                }
                Some(b'\\') => {
                    escaped = true;
                    self.escape()?;
                }
                Some(_) => return Err(Wrong::Control),
                None => return Err(Wrong::Expected("'\"' at the end of a string")),
            }
        }
    }

    fn escape(&mut self) -> Result<(), Wrong> {
        match self.document.get(self.at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 2,
            Some(b'u') => match self.unit()? {
                0xd800..=0xdbff => match self.unit() {
                    Ok(0xdc00..=0xdfff) => {}
                    _ => return Err(Wrong::Surrogate),
                },
                0xdc00..=0xdfff => return Err(Wrong::Surrogate),
                _ => {}
            },
            _ => return Err(Wrong::Escape),
        }
        Ok(())
    }

    /// Reads `\uXXXX`.
    fn unit(&mut self) -> Result<u32, Wrong> {
        let Some([b'\\', b'u', digits @ ..]) = self.rest().first_chunk::<6>() else {
            return Err(Wrong::Escape);
        };
        let mut unit = 0;
        for digit in digits {
            let value = char::from(*digit).to_digit(16).ok_or(Wrong::Escape)?;
            unit = unit * 16 + value;
        }
        self.at += 6;
        Ok(unit)
    }

    fn number(&mut self) -> Result<(), Wrong> {
        let from = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        let exponent = matches!(self.peek(), Some(b'e' | b'E'));
        if exponent {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        // A double holds anything shorter than 300 digits without an exponent.
        if exponent || self.at - from > 300 {
            let text = self.document.get(from..self.at).unwrap_or_default();
            let parsed = std::str::from_utf8(text).ok().and_then(|t| t.parse().ok());
            if !parsed.is_some_and(f64::is_finite) {
                self.at = from;
                return Err(Wrong::NumberRange);
            }
        }
        Ok(())
    }

    fn digits(&mut self) -> Result<(), Wrong> {
        let from = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at == from {
            return Err(Wrong::Expected("a digit"));
        }
        Ok(())
    }

    fn fault(&self, wrong: Wrong) -> Fault {
        let (line, column) = self.line_and_column();
        let place = format!("at line {line} column {column}");
        let pointer = self.pointer();
        let message = match wrong {
            Wrong::Depth => {
                format!("the JSON is nested deeper than {MAX_DEPTH} levels, {place}")
            }
            Wrong::Duplicate => format!("the JSON has a duplicate key, {pointer}, {place}"),
            Wrong::Control => {
                format!("the JSON has an unescaped control character in a string, {place}")
            }
            Wrong::Escape => format!("the JSON has an invalid escape in a string, {place}"),
            Wrong::Surrogate => format!("the JSON has a lone surrogate in a string, {place}"),
            Wrong::NumberRange => format!("the JSON has a number out of range, {place}"),
            Wrong::Trailing => format!("the body goes on after its JSON document, {place}"),
            Wrong::Expected(_) if self.document.is_empty() => {
                "the body is empty; it must be JSON".to_owned()
            }
            Wrong::Expected(what) => {
                format!("the body is not valid JSON: expected {what} {place}")
            }
        };
        let fault = invalid(message);
        match wrong {
            Wrong::Depth | Wrong::Duplicate if !pointer.is_empty() => fault.at(pointer),
            _ => fault,
        }
    }

    /// Both count from 1; columns count bytes.
    fn line_and_column(&self) -> (usize, usize) {
        let before = self.document.get(..self.at).unwrap_or(self.document);
        let line = memchr::memchr_iter(b'\n', before).count() + 1;
        let start = memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1);
        (line, before.len() - start + 1)
    }

    /// The place as a JSON pointer (RFC 6901), cut to [`MAX_POINTER`] bytes.
    fn pointer(&self) -> String {
        let mut pointer = String::new();
        let mut frames = self.frames.iter().peekable();
        while let Some(frame) = frames.next() {
            let to = frames.peek().map_or(self.keys.len(), |next| next.keys_from);
            pointer.push('/');
            if !frame.object {
                pointer.push_str(&frame.items.to_string());
                continue;
            }
            let key = self.keys.get(frame.keys_from..to).and_then(<[_]>::last);
            let key = key.map(|key| String::from_utf8_lossy(key));
            for letter in key.iter().flat_map(|key| key.chars()) {
                match letter {
                    '~' => pointer.push_str("~0"),
                    '/' => pointer.push_str("~1"),
                    _ => pointer.push(letter),
                }
                if pointer.len() > MAX_POINTER {
                    pointer.push('…');
                    return pointer;
                }
            }
        }
        pointer
    }
}

fn invalid(message: String) -> Fault {
    Fault::new(Code::InvalidJson, message)
}

//! The reader: a loop over values with its own stack.

use std::borrow::Cow;
use std::collections::HashSet;

use terms::Fault;

use super::visit::{Key, Visit};
use super::wrong::{Wrong, invalid};
use super::{Kind, MAX_DEPTH, Member};

/// From this many keys on, an object's keys are kept in a hash set instead of being compared one
/// by one: below it, comparing is faster.
const HASHED_FROM: usize = 16;

/// An open container.
pub(super) struct Frame<P> {
    pub(super) object: bool,
    /// Where it begins.
    from: usize,
    /// What it is to whoever follows.
    place: P,
    /// Its keys are in the last of `sets`; `keys` then holds the current one alone.
    hashed: bool,
    pub(super) keys_from: usize,
    pub(super) items: usize,
    objects: usize,
}

/// A wanted member whose value is being read.
struct Open {
    place: usize,
    key_from: usize,
    from: usize,
    kind: Kind,
}

pub(super) struct Reader<'a, V: Visit, const N: usize> {
    pub(super) document: &'a [u8],
    pub(super) at: usize,
    pub(super) frames: Vec<Frame<V::Place>>,
    pub(super) keys: Vec<Cow<'a, [u8]>>,
    sets: Vec<HashSet<Cow<'a, [u8]>>>,
    names: &'a [&'a str; N],
    found: [Option<Member>; N],
    open: Option<Open>,
    /// Items and objects of the container closed last.
    closed: (usize, usize),
    first: Option<u8>,
    visitor: V,
    /// What the value that comes next is to the visitor.
    place: V::Place,
}

impl<'a, V: Visit, const N: usize> Reader<'a, V, N> {
    pub(super) fn new(
        document: &'a [u8],
        names: &'a [&'a str; N],
        visitor: V,
        place: V::Place,
    ) -> Self {
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
            visitor,
            place,
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

    pub(super) fn peek(&self) -> Option<u8> {
        self.document.get(self.at).copied()
    }

    pub(super) fn rest(&self) -> &'a [u8] {
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
        let token = self.next_token();
        let from = self.at;
        let kind = match token {
            Some(b'"') => {
                self.at += 1;
                self.string()?;
                let inside = from + 1..self.at.saturating_sub(1);
                self.visitor.string(self.place, inside);
                return Ok(false);
            }
            Some(b'{') => return self.open(true),
            Some(b'[') => return self.open(false),
            Some(b't') => {
                self.word(b"true", "'true'")?;
                Kind::True
            }
            Some(b'f') => {
                self.word(b"false", "'false'")?;
                Kind::False
            }
            Some(b'n') => {
                self.word(b"null", "'null'")?;
                Kind::Null
            }
            Some(b'-' | b'0'..=b'9') => {
                self.number()?;
                Kind::Number
            }
            _ => return Err(Wrong::Expected("a value")),
        };
        self.visitor.scalar(self.place, kind, from..self.at);
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
                    } else {
                        self.place = self.visitor.element(frame.place, frame.items);
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
        self.visitor.opened(self.place, object, self.at);
        self.frames.push(Frame {
            object,
            from: self.at,
            place: self.place,
            hashed: false,
            keys_from: self.keys.len(),
            items: 0,
            objects: 0,
        });
        self.at += 1;
        let end = if object { b'}' } else { b']' };
        if self.next_token() == Some(end) {
            self.close();
            return Ok(false);
        }
        if object {
            self.key()?;
        } else {
            self.place = self.visitor.element(self.place, 0);
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
            self.visitor
                .closed(frame.place, frame.object, frame.from..self.at);
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
        let (wanted, lookalike) = match self.frames.len() {
            1 => self.wanted(&key),
            _ => (None, false),
        };
        if let Some(frame) = self.frames.last() {
            let inside = quote + 1..self.at.saturating_sub(1);
            let key = Key { text: &key, inside };
            self.place = self.visitor.member(frame.place, key);
        }
        self.remember(key)?;
        if lookalike {
            return Err(Wrong::Lookalike);
        }
        if self.next_token() != Some(b':') {
            return Err(Wrong::Expected("':'"));
        }
        self.at += 1;
        if let Some(place) = wanted {
            self.expect(place, quote);
        }
        Ok(())
    }

    /// The place of this key among the names that are asked for; or whether a reader that doesn't
    /// tell large letters from small ones would take it for one of them.
    fn wanted(&self, key: &[u8]) -> (Option<usize>, bool) {
        let place = self.names.iter().position(|name| name.as_bytes() == key);
        let alike = || self.names.iter().any(|name| is_alike(key, name));
        (place, place.is_none() && alike())
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
}

/// True when both differ in the size of their letters alone. Two letters beyond ASCII have a small
/// form within it, the long s and the sign of Kelvin.
fn is_alike(key: &[u8], name: &str) -> bool {
    if key.is_ascii() {
        return key.eq_ignore_ascii_case(name.as_bytes());
    }
    let small = |letter: char| match letter {
        '\u{17f}' => 's',
        '\u{212a}' => 'k',
        letter => letter.to_ascii_lowercase(),
    };
    let key = std::str::from_utf8(key).unwrap_or_default();
    key.chars().map(small).eq(name.chars().map(small))
}

//! Strict reading of whole JSON documents, in one pass over borrowed bytes.
//!
//! Stricter than RFC 8259 where leniency lets two readers see two documents: a key may stand only
//! once in an object, nesting ends at [`MAX_DEPTH`], text is UTF-8 without lone surrogates, numbers
//! fit a double. The reader keeps its own stack of open containers, so no document can overflow
//! the thread's; its time is linear in the length. Why it is hand-written:
//! `docs/adr/0007-reading-json.md`.

mod reader;
mod scalar;
#[cfg(test)]
mod tests;
mod text;
mod visit;
mod wrong;

use std::ops::Range;

use bytes::Bytes;
use serde::Serialize;
use terms::{Code, Fault};

use reader::Reader;

pub use visit::{Key, Visit};

/// The most containers that may be open at once.
pub const MAX_DEPTH: usize = 64;

/// What a value is, by its first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `{…}`
    Object,
    /// `[…]`
    Array,
    /// `"…"`
    String,
    /// A number.
    Number,
    /// `true`
    True,
    /// `false`
    False,
    /// `null`
    Null,
}

/// Where a member's value stands in its document, and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The value's bytes, without the space around them.
    pub span: Range<usize>,
    /// The member's bytes from the opening quote of its key to the end of its value.
    pub whole: Range<usize>,
    /// What the value is.
    pub kind: Kind,
    /// Elements of an array, members of an object; 0 for the rest.
    pub items: usize,
    /// How many of those are objects themselves.
    pub objects: usize,
}

impl Member {
    /// The value's bytes in the document that it was read from.
    pub fn of<'a>(&self, document: &'a [u8]) -> &'a [u8] {
        document.get(self.span.clone()).unwrap_or_default()
    }

    /// `null` is how many writers say "not given".
    pub fn is_null(&self) -> bool {
        self.kind == Kind::Null
    }
}

/// Reads a whole document of any kind and keeps nothing of it.
///
/// # Errors
/// [`Code::InvalidJson`], saying what and where; for duplicates and depth with a JSON pointer in
/// `param`.
pub fn check(document: &[u8]) -> Result<(), Fault> {
    let mut reader = Reader::new(document, &[], (), ());
    reader.read()
}

/// Reads a whole document of any kind, and shows its visitor what stands where. `place` is what the
/// document's value is to it. Where the document is refused, the visitor saw a part of it.
///
/// # Errors
/// Like [`check`].
pub fn follow<V: Visit>(document: &[u8], place: V::Place, visitor: &mut V) -> Result<(), Fault> {
    let mut reader = Reader::new(document, &[], visitor, place);
    reader.read()
}

/// Reads a whole document that must be an object, and says where the members with these names
/// stand in it; `None` for those that aren't there. Only the outermost object is looked at. A key
/// there that differs from a name in the size of its letters alone is refused: readers that ignore
/// that (Go's, .NET's) would see another document.
///
/// # Errors
/// Like [`check`], with a JSON pointer for such keys too; [`Code::ValidationError`] for a document
/// that isn't an object.
pub fn members<const N: usize>(
    document: &[u8],
    names: &[&str; N],
) -> Result<[Option<Member>; N], Fault> {
    let mut reader = Reader::new(document, names, (), ());
    reader.read()?;
    if !reader.is_object() {
        return Err(Fault::new(
            Code::ValidationError,
            "the body must be a JSON object",
        ));
    }
    Ok(reader.into_found())
}

/// Writes a value as JSON. The types of this crate have string keys and no failing writers, which
/// are the only two ways that this can fail; should one ever, the document is `null`.
pub(crate) fn write(value: &impl Serialize) -> Bytes {
    match serde_json::to_vec(value) {
        Ok(text) => Bytes::from(text),
        Err(_) => Bytes::from_static(b"null"),
    }
}

//! Changing a document by replacing byte ranges, so that what nobody touched stays as it came.

use std::borrow::Cow;
use std::ops::Range;

use bytes::{Bytes, BytesMut};
use terms::{Code, Fault};

/// One replacement. An empty range inserts before its start; an empty text removes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes of the original to be replaced.
    pub range: Range<usize>,
    /// What stands there afterwards.
    pub with: Cow<'static, [u8]>,
}

impl Edit {
    /// Replaces `range` by `with`.
    pub fn replace(range: Range<usize>, with: impl Into<Cow<'static, [u8]>>) -> Self {
        Self {
            range,
            with: with.into(),
        }
    }

    /// Inserts `with` before the byte at `at`.
    pub fn insert(at: usize, with: impl Into<Cow<'static, [u8]>>) -> Self {
        Self::replace(at..at, with)
    }

    /// Removes `range`.
    pub fn remove(range: Range<usize>) -> Self {
        Self::replace(range, &b""[..])
    }
}

/// Applies edits that are ascending and disjoint. Without any, the original comes back, uncopied.
///
/// # Errors
/// [`Code::InternalError`] when edits overlap, are out of order or reach beyond the end: a
/// document that was changed in another way than meant must not leave.
pub fn splice(original: &Bytes, edits: &[Edit]) -> Result<Bytes, Fault> {
    if edits.is_empty() {
        return Ok(original.clone());
    }
    let added: usize = edits.iter().map(|edit| edit.with.len()).sum();
    let mut out = BytesMut::with_capacity(original.len() + added);
    let mut at = 0;
    for edit in edits {
        let kept = original.get(at..edit.range.start).ok_or_else(misplaced)?;
        if edit.range.end < edit.range.start {
            return Err(misplaced());
        }
        out.extend_from_slice(kept);
        out.extend_from_slice(&edit.with);
        at = edit.range.end;
    }
    out.extend_from_slice(original.get(at..).ok_or_else(misplaced)?);
    Ok(out.freeze())
}

fn misplaced() -> Fault {
    Fault::new(Code::InternalError, "the message could not be rewritten")
        .detail("edits of a splice must be ascending, disjoint and inside the document")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_edits_the_original_comes_back_uncopied() {
        let original = Bytes::from_static(b"{}");
        let same = splice(&original, &[]).unwrap();
        assert_eq!(same.as_ptr(), original.as_ptr());
    }

    #[test]
    fn edits_replace_insert_and_remove() {
        let original = Bytes::from_static(b"0123456789");
        let edits = [
            Edit::insert(0, &b"<"[..]),
            Edit::replace(1..3, &b"AB!"[..]),
            Edit::remove(3..4),
            Edit::insert(10, &b">"[..]),
        ];
        assert_eq!(splice(&original, &edits).unwrap(), "<0AB!456789>");
    }

    #[test]
    fn edits_that_overlap_or_reach_too_far_are_refused() {
        let original = Bytes::from_static(b"0123456789");
        let reversed = Range { start: 5, end: 2 };
        for edits in [
            vec![Edit::remove(2..5), Edit::remove(4..6)],
            vec![Edit::remove(4..6), Edit::remove(1..2)],
            vec![Edit::remove(8..11)],
            vec![Edit::insert(11, &b"x"[..])],
            vec![Edit::remove(reversed)],
        ] {
            let fault = splice(&original, &edits).unwrap_err();
            assert_eq!(fault.code, Code::InternalError, "{edits:?}");
        }
    }
}

//! Following a document while it is read.

use std::ops::Range;

use super::Kind;

/// A key of an object.
#[derive(Clone, Debug)]
pub struct Key<'k> {
    /// Read: UTF-8, without escapes.
    pub text: &'k [u8],
    /// Where it stands, between its quotes.
    pub inside: Range<usize>,
}

/// Sees what stands where in a document, in its order. For every value it says what that is to it, a
/// *place*; the reader keeps those of open containers, at most [`super::MAX_DEPTH`] of them.
pub trait Visit {
    /// What a value is: whatever its visitor must know to go on from there.
    type Place: Copy;

    /// The place of the member behind `key` of an object.
    fn member(&mut self, of: Self::Place, key: Key<'_>) -> Self::Place;

    /// The place of an array's element, counted from 0.
    fn element(&mut self, of: Self::Place, number: usize) -> Self::Place;

    /// A string: what stands between its quotes.
    fn string(&mut self, at: Self::Place, inside: Range<usize>);

    /// A number, `true`, `false` or `null`.
    fn scalar(&mut self, _at: Self::Place, _kind: Kind, _span: Range<usize>) {}

    /// An object, or an array, begins.
    fn opened(&mut self, _at: Self::Place, _object: bool, _from: usize) {}

    /// An object, or an array, is whole.
    fn closed(&mut self, _at: Self::Place, _object: bool, _span: Range<usize>) {}
}

/// Nobody follows.
impl Visit for () {
    type Place = ();

    fn member(&mut self, (): (), _key: Key<'_>) {}

    fn element(&mut self, (): (), _number: usize) {}

    fn string(&mut self, (): (), _inside: Range<usize>) {}
}

impl<V: Visit> Visit for &mut V {
    type Place = V::Place;

    fn member(&mut self, of: V::Place, key: Key<'_>) -> V::Place {
        (**self).member(of, key)
    }

    fn element(&mut self, of: V::Place, number: usize) -> V::Place {
        (**self).element(of, number)
    }

    fn string(&mut self, at: V::Place, inside: Range<usize>) {
        (**self).string(at, inside);
    }

    fn scalar(&mut self, at: V::Place, kind: Kind, span: Range<usize>) {
        (**self).scalar(at, kind, span);
    }

    fn opened(&mut self, at: V::Place, object: bool, from: usize) {
        (**self).opened(at, object, from);
    }

    fn closed(&mut self, at: V::Place, object: bool, span: Range<usize>) {
        (**self).closed(at, object, span);
    }
}

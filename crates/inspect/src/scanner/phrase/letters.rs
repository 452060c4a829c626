//! Characters as patterns see them: sets of them, their case, what something begins with.

/// A set of characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Set {
    pub(super) ascii: u128,
    /// Ranges of the others, in order.
    pub(super) beyond: Vec<(char, char)>,
}

impl Set {
    pub(super) fn has(&self, it: char) -> bool {
        if let Ok(byte) = u8::try_from(it)
            && byte.is_ascii()
        {
            return has(self.ascii, byte);
        }
        let behind = self.beyond.partition_point(|(from, _)| *from <= it);
        let range = behind.checked_sub(1).and_then(|it| self.beyond.get(it));
        range.is_some_and(|(_, to)| it <= *to)
    }
}

/// Bytes that something may begin with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct First {
    /// Those of ASCII.
    pub(super) ascii: u128,
    /// Any other.
    pub(super) beyond: bool,
    /// It may be empty.
    pub(super) nothing: bool,
}

impl First {
    /// Of what may be empty, and begins with nothing.
    pub(super) const NOTHING: Self = Self {
        ascii: 0,
        beyond: false,
        nothing: true,
    };

    pub(super) fn or(self, other: Self) -> Self {
        Self {
            ascii: self.ascii | other.ascii,
            beyond: self.beyond | other.beyond,
            nothing: self.nothing | other.nothing,
        }
    }

    /// True when it may begin with this byte, or is empty.
    pub(super) const fn may_be(self, byte: u8) -> bool {
        let is_one = match byte {
            0..=0x7F => has(self.ascii, byte),
            _ => self.beyond,
        };
        self.nothing || is_one
    }
}

/// The bit of an ASCII byte, asked of one half: shifting both is slow, and much asked.
pub(super) const fn has(bits: u128, byte: u8) -> bool {
    let half = if byte < 64 { bits } else { bits >> 64 };
    (half as u64) >> (byte % 64) & 1 != 0
}

/// An ASCII byte in both cases.
pub(super) const fn both(it: u8) -> u128 {
    1 << it.to_ascii_lowercase() | 1 << it.to_ascii_uppercase()
}

/// An old form of `s`.
const LONG_S: char = '\u{17F}';

/// Lower case, where that is one character.
pub(super) fn lower(it: char) -> char {
    if it.is_ascii() {
        return it.to_ascii_lowercase();
    }
    if it == LONG_S {
        return 's';
    }
    let mut lower = it.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(it), None) => it,
        _ => it,
    }
}

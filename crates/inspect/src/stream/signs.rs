//! Which places of a text may wake a rule, or have another form than they show.

use crate::detector::LEFT;
use crate::scanner::runs;

/// So many token bytes in a row may wake a rule.
const TOKEN: usize = 16;

/// Reads a text byte by byte.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Signs {
    /// How many token bytes stand before.
    run: usize,
    /// The last three bytes.
    last: [u8; 3],
    /// Behind the last place that may wake a rule; 0 when there is none.
    pub woke: usize,
    /// Behind the last place that may have another form; 0 when there is none.
    pub forms: usize,
    /// Behind the last byte that may become another in the word where it stands.
    pub odd: usize,
}

impl Signs {
    /// Reads the bytes, of which the first stands at `at`.
    pub(super) fn read(&mut self, bytes: &[u8], at: usize) {
        for (place, byte) in bytes.iter().enumerate() {
            self.take(*byte, at + place + 1);
        }
    }

    fn take(&mut self, byte: u8, end: usize) {
        self.run = if runs::is_token(byte) {
            self.run + 1
        } else {
            0
        };
        if self.run >= TOKEN || byte.is_ascii_digit() || matches!(byte, b'@' | b'{' | b'%' | 0x80..)
        {
            self.woke = end;
        }
        if is_sign(byte) || !byte.is_ascii() {
            self.odd = end;
        }
        let [third, second, first] = self.last;
        let leet = is_sign(first) && byte.is_ascii_alphanumeric()
            || first.is_ascii_alphabetic() && is_sign(byte);
        // A letter alone, then another: `i g`.
        let row = byte.is_ascii_alphanumeric()
            && !first.is_ascii_alphanumeric()
            && second.is_ascii_alphanumeric()
            && !third.is_ascii_alphanumeric();
        if leet || row || !byte.is_ascii() {
            self.forms = end;
            self.woke = end;
        }
        self.last = [second, first, byte];
    }

    /// True when something near `from` or behind it may have another form than it shows, or become
    /// one; the last word begins at `last`.
    pub(super) fn may_differ(&self, from: usize, last: usize) -> bool {
        self.forms > 0 && self.forms + LEFT > from || self.odd > last || self.ends_alone()
    }

    /// True when the text ends with a letter alone, or with one and a sign.
    fn ends_alone(&self) -> bool {
        let [third, second, first] = self.last;
        if first.is_ascii_alphanumeric() {
            !second.is_ascii_alphanumeric()
        } else {
            second.is_ascii_alphanumeric() && !third.is_ascii_alphanumeric()
        }
    }

    /// The text lost so many bytes at its front.
    pub(super) fn shift(&mut self, by: usize) {
        self.woke = self.woke.saturating_sub(by);
        self.forms = self.forms.saturating_sub(by);
        self.odd = self.odd.saturating_sub(by);
    }
}

/// What stands for a letter in leet.
const fn is_sign(it: u8) -> bool {
    it.is_ascii_digit() || matches!(it, b'@' | b'$' | b'!' | b'|')
}

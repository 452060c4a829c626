//! The reader's way through strings, numbers and the three words.

use super::reader::Reader;
use super::text::plain;
use super::visit::Visit;
use super::wrong::Wrong;

impl<V: Visit, const N: usize> Reader<'_, V, N> {
    pub(super) fn word(&mut self, word: &[u8], expected: &'static str) -> Result<(), Wrong> {
        if !self.rest().starts_with(word) {
            return Err(Wrong::Expected(expected));
        }
        self.at += word.len();
        Ok(())
    }

    /// Reads to behind the closing quote. True: the text has escapes.
    pub(super) fn string(&mut self) -> Result<bool, Wrong> {
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

    pub(super) fn number(&mut self) -> Result<(), Wrong> {
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
}

//! The part of a text that a stream still looks at.

use super::edge::floor;
use crate::detector::{LEFT, LONGEST, Number};
use crate::scanner::runs;

/// So much is kept before what isn't decided, if need be, to begin a look where no run of digits
/// or of token bytes is cut.
const MOST_BEFORE: usize = 2048;

/// Text is dropped from the front when there is so much of it.
const MUCH: usize = 2048;

/// Text, and where a look at it may begin.
#[derive(Debug, Default)]
pub(super) struct Window {
    pub text: String,
    /// No run of digits or of token bytes lies over this place; or it is one at which such a run
    /// is cut in whole texts too.
    cut: usize,
}

impl Window {
    /// Where to begin a look whose findings count from `from` on.
    pub(super) fn cut(&mut self, from: usize) -> usize {
        let wanted = floor(&self.text, from.saturating_sub(LEFT)).min(from);
        if wanted <= self.cut {
            return self.cut;
        }
        match self.clean(wanted) {
            Some(cut) => self.cut = cut,
            // What is decoded of a long run needs a bit more before it.
            None if wanted - self.cut > MOST_BEFORE => self.cut = self.step(wanted - LEFT),
            None => {}
        }
        self.cut
    }

    /// The last place up to `wanted` at which nothing is cut.
    fn clean(&self, wanted: usize) -> Option<usize> {
        let before = self.text.get(self.cut..wanted)?;
        let mut place = wanted;
        // A look back of a few characters at each place: most words end within a few.
        for it in before.chars().rev() {
            if is_clean(self.text.get(self.cut..place)?) {
                return Some(place);
            }
            place -= it.len_utf8();
            if wanted - place > MOST_BEFORE {
                break;
            }
        }
        None
    }

    /// The place up to `wanted` at which a long run is cut in whole texts, too.
    fn step(&self, wanted: usize) -> usize {
        let bytes = self.text.as_bytes();
        let (mut before, mut token) = (self.cut, self.cut);
        loop {
            let run = runs::token_at(bytes, token);
            let next = run.end.max(token + 1);
            if next > wanted {
                break;
            }
            before = token;
            token = next;
        }
        let mut number = Number::default();
        let mut start = self.cut;
        let mut at = self.cut;
        while at <= wanted {
            let rest = bytes.get(at..).unwrap_or_default();
            let Some(digit) = rest.iter().position(u8::is_ascii_digit) else {
                break;
            };
            let digit = at + digit;
            if digit > wanted {
                break;
            }
            let next = runs::number_at(bytes, digit, &mut number);
            start = digit;
            at = next.unwrap_or(number.span.end);
        }
        let is_over = number.span.end <= wanted || token <= start;
        let cut = match is_over {
            true => token,
            // The piece before, so that no piece begins elsewhere than in a whole text.
            false if before <= start => before,
            false => start,
        };
        floor(&self.text, cut).min(wanted)
    }

    /// Drops what nobody looks at any more, and says how much that was. `from` is the first place
    /// that is still of interest.
    pub(super) fn trim(&mut self, from: usize) -> usize {
        if self.text.len() < MUCH {
            return 0;
        }
        let cut = self.cut(from);
        // A run that lies over the cut is decoded as a whole, if it isn't long.
        let drop = floor(&self.text, cut.saturating_sub(LEFT + LONGEST)).min(cut);
        if drop < MUCH {
            return 0;
        }
        self.text.drain(..drop);
        self.cut -= drop;
        drop
    }
}

/// True when no run goes on behind a text that ends like this.
fn is_clean(before: &str) -> bool {
    let mut letters = before.chars().rev();
    match letters.next() {
        None => return true,
        Some(it) if crate::scanner::is_unspaced(it) => return true,
        Some(it) if it.is_whitespace() || it.is_ascii() && !is_run(it) => {
            if !is_separator(it) {
                return true;
            }
        }
        Some(_) => return false,
    }
    for it in letters.take(3) {
        match it {
            _ if it.is_numeric() => return false,
            _ if is_separator(it) => {}
            _ if it.is_ascii() || it.is_alphabetic() || it.is_whitespace() => return true,
            _ => return false,
        }
    }
    true
}

fn is_run(it: char) -> bool {
    u8::try_from(it).is_ok_and(runs::is_token)
}

/// What may stand within a number, and isn't a token byte.
fn is_separator(it: char) -> bool {
    matches!(it, '(' | ')') || it.is_whitespace() && it != '\n' && it != '\r'
}

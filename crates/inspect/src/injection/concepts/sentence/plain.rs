//! Words made plain: see [`Sentence`].

use super::Sentence;
use super::ends::{is_end, is_small};

impl Sentence {
    /// Takes text that stands at `offset`.
    pub(super) fn add(&mut self, text: &str, offset: usize) {
        let mut rest = text;
        loop {
            let place = offset + text.len() - rest.len();
            let small = small(rest);
            if small > 0 {
                let (run, behind) = rest.split_at(small);
                self.copy(run, place);
                rest = behind;
                continue;
            }
            let mut chars = rest.chars();
            let Some(letter) = chars.next() else {
                return;
            };
            rest = chars.as_str();
            let next = chars.next();
            if letter.is_ascii_alphanumeric() {
                self.push(letter.to_ascii_lowercase(), place);
            } else if letter.is_alphanumeric() {
                for it in letter.to_lowercase() {
                    self.push(it, place);
                }
            } else if matches!(letter, '\'' | '\u{2019}' | '`' | '\u{2018}')
                && next.is_some_and(char::is_alphanumeric)
                && !self.plain.ends_with(' ')
            {
                // Don't is dont.
            } else if letter == '@' && next.is_some_and(char::is_alphanumeric) {
                " atsign ".chars().for_each(|it| self.push(it, place));
            } else {
                self.part(letter, next, place);
            }
        }
    }

    /// Takes what stands between words.
    fn part(&mut self, letter: char, next: Option<char>, place: usize) {
        let opens = self.plain.ends_with(' ') && next.is_some_and(char::is_alphanumeric);
        self.quote(letter, opens);
        if !self.plain.ends_with(' ') {
            self.push(' ', place);
        }
        if matches!(letter, ' ' | '\t' | '*' | '_') {
            return;
        }
        if self.breaks.last() != Some(&self.plain.len()) {
            self.breaks.push(self.plain.len());
        }
        if is_end(letter, next) && self.starts.last().is_some_and(|it| *it < self.plain.len()) {
            self.starts.push(self.plain.len());
        }
    }

    /// Takes letters that are plain already.
    fn copy(&mut self, letters: &str, place: usize) {
        self.comes_from(place);
        self.plain.push_str(letters);
    }

    /// Takes a letter for one that stands at `place`.
    fn push(&mut self, letter: char, place: usize) {
        self.comes_from(place);
        self.plain.push(letter);
    }

    /// What comes next stands at `place`.
    fn comes_from(&mut self, place: usize) {
        let at = self.plain.len();
        let last = self.sources.last();
        if last.is_none_or(|(from, source)| source + (at - from) != place) {
            self.sources.push((at, place));
        }
    }

    /// Where a letter of `plain` comes from; behind the last one, where what was read ends.
    pub(super) fn source(&self, at: usize) -> usize {
        if at >= self.plain.len() {
            return self.end;
        }
        let behind = self.sources.partition_point(|(from, _)| *from <= at);
        let step = behind.checked_sub(1).and_then(|it| self.sources.get(it));
        step.map_or(0, |(from, source)| source + (at - from))
    }
}

/// How many bytes the words take that a text begins with and that are plain already: small letters
/// and digits, single spaces between them.
fn small(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut end = 0;
    loop {
        let rest = bytes.get(end..).unwrap_or_default();
        end += rest.iter().take_while(|it| is_small_ascii(**it)).count();
        let Some(next) = bytes.get(end) else {
            return end;
        };
        let behind = end + usize::from(*next == b' ' && end > 0);
        let letters = match bytes.get(behind) {
            Some(it) if it.is_ascii() => usize::from(behind > end && is_small_ascii(*it)),
            _ => {
                let rest = text.get(behind..).unwrap_or_default().chars();
                rest.take_while(|it| is_small(*it))
                    .map(char::len_utf8)
                    .sum()
            }
        };
        if letters == 0 {
            return end;
        }
        end = behind + letters;
    }
}

const fn is_small_ascii(it: u8) -> bool {
    it.is_ascii_lowercase() || it.is_ascii_digit()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lead_back_to_whole_letters() {
        let text = "Don't  drop: правила İ@x ẞ";
        let mut it = Sentence::default();
        it.add(text, 0);
        it.end = text.len();
        assert_eq!(it.plain, "dont drop правила i\u{307} atsign x ß");
        for (at, letter) in it.plain.char_indices() {
            assert!(text.is_char_boundary(it.source(at)), "{letter:?}");
        }
        for word in ["drop", "правила", "x"] {
            let (at, source) = (it.plain.find(word), text.find(word));
            assert_eq!(at.map(|at| it.source(at)), source);
        }
        assert_eq!(it.source(it.plain.len()), text.len());
    }
}

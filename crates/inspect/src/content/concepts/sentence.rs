//! The words of a sentence, written plainly.

use crate::normal::letter;

/// The most words that are read of a sentence.
pub(super) const MOST: usize = 128;

/// A sentence's words: small, without accents, `don't` as `dont`.
pub(super) struct Sentence {
    text: String,
    words: Vec<Word>,
    /// The place of the word that woke the look.
    pub(super) first: usize,
}

struct Word {
    /// Where it stands in the sentence's text.
    from: usize,
    to: usize,
    /// Where it ends in the right part of what was read; 0 in the left one.
    end: usize,
}

impl Sentence {
    /// The sentence that `left` ends within and that goes on in `right`.
    pub(super) fn read(left: &str, right: &str) -> Self {
        let mut sentence = Self {
            text: String::with_capacity(left.len() + right.len()),
            words: Vec::with_capacity(64),
            first: 0,
        };
        let begin = last_end(left);
        sentence.add(left.get(begin..).unwrap_or(left), false);
        sentence.first = sentence.words.len();
        let end = first_end(right).unwrap_or(right.len());
        sentence.add(right.get(..end).unwrap_or(right), true);
        sentence
    }

    fn add(&mut self, text: &str, is_right: bool) {
        let mut from = self.text.len();
        for (at, it) in text.char_indices() {
            let is_tail = || is_short_tail(text, at + it.len_utf8());
            if it.is_alphanumeric() {
                self.put(it);
                continue;
            }
            let is_within = is_joint(it) || (matches!(it, '\'' | '\u{2019}') && is_tail());
            if !is_within {
                from = self.close(from, if is_right { at } else { 0 });
            }
        }
        self.close(from, if is_right { text.len() } else { 0 });
    }

    /// Ends the word that begins at `from`, if one does; says where the next one begins.
    fn close(&mut self, from: usize, end: usize) -> usize {
        let to = self.text.len();
        if to > from && self.words.len() < MOST {
            self.words.push(Word { from, to, end });
        }
        to
    }

    fn put(&mut self, it: char) {
        match it {
            'a'..='z' | '0'..='9' => self.text.push(it),
            'A'..='Z' => self.text.push(it.to_ascii_lowercase()),
            'ß' => self.text.push_str("ss"),
            'æ' | 'Æ' => self.text.push_str("ae"),
            'œ' | 'Œ' => self.text.push_str("oe"),
            'ё' | 'Ё' => self.text.push('е'),
            _ => match letter(it) {
                Some(plain) => self.text.push(plain.to_ascii_lowercase()),
                None => self.text.extend(it.to_lowercase()),
            },
        }
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// A word.
    pub(super) fn word(&self, place: usize) -> &str {
        let word = self.words.get(place);
        word.and_then(|it| self.text.get(it.from..it.to))
            .unwrap_or_default()
    }

    /// Where the words before `place` end, in bytes of the right part.
    pub(super) fn end(&self, place: usize) -> usize {
        let last = place.checked_sub(1).and_then(|it| self.words.get(it));
        last.map_or(0, |it| it.end)
    }
}

/// `'t`, `'ll`: one or two letters, and then none.
fn is_short_tail(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or_default();
    let letters = rest.chars().take(3).take_while(|it| it.is_alphabetic());
    matches!(letters.count(), 1 | 2)
}

/// Marks and characters of no width within words.
const fn is_joint(it: char) -> bool {
    matches!(it, '\u{300}'..='\u{36F}' | '\u{200B}'..='\u{200D}')
}

/// True where a sentence ends.
fn is_end(it: char, next: Option<char>) -> bool {
    match it {
        '.' | '!' | '?' => next.is_none_or(|it| !it.is_alphanumeric()),
        '\u{3002}' | '\u{ff01}' | '\u{ff1f}' | '\u{964}' | '\u{61f}' => true,
        '\n' => next == Some('\n'),
        _ => false,
    }
}

/// Where the sentence begins that `left` ends within.
fn last_end(left: &str) -> usize {
    let mut last = 0;
    let mut chars = left.char_indices().peekable();
    while let Some((at, it)) = chars.next() {
        if is_end(it, chars.peek().map(|it| it.1)) {
            last = at + it.len_utf8();
        }
    }
    last
}

/// Where the sentence ends that `right` begins within.
fn first_end(right: &str) -> Option<usize> {
    let mut chars = right.char_indices().peekable();
    while let Some((at, it)) = chars.next() {
        if is_end(it, chars.peek().map(|it| it.1)) {
            return Some(at);
        }
    }
    None
}

/// True when the sentence ends in `right`, whatever may follow.
pub(super) fn has_end(right: &str) -> bool {
    first_end(right).is_some_and(|at| {
        let behind = right.get(at..).map_or(0, |it| it.chars().take(2).count());
        behind == 2
    })
}

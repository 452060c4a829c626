//! Words as hashes, letter by letter.

/// A word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub(super) hash: u64,
    /// Behind its last letter, in bytes of all that was taken.
    pub(super) end: usize,
}

/// Cuts a text into words as it comes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Words {
    taken: usize,
    /// The word that is not over.
    open: Option<Word>,
}

impl Words {
    /// Takes a character, and gives the words that are over now: the one before it, and itself
    /// where characters are words.
    pub(super) fn push(&mut self, it: char) -> [Option<Word>; 2] {
        self.taken += it.len_utf8();
        if it.is_ascii_alphanumeric() {
            self.grow(u64::from(u32::from(it.to_ascii_lowercase())));
            return [None, None];
        }
        if it.is_ascii() {
            return [self.open.take(), None];
        }
        if is_hidden(it) {
            return [None, None];
        }
        if is_alone(it) {
            let hash = mix(0, u64::from(u32::from(it)));
            let end = self.taken;
            return [self.open.take(), Some(Word { hash, end })];
        }
        if !it.is_alphanumeric() {
            return [self.open.take(), None];
        }
        for it in it.to_lowercase() {
            self.grow(u64::from(u32::from(it)));
        }
        [None, None]
    }

    /// The text is whole: the last word.
    pub(super) fn finish(&mut self) -> Option<Word> {
        self.open.take()
    }

    /// Bytes taken.
    pub(super) fn taken(&self) -> usize {
        self.taken
    }

    fn grow(&mut self, letter: u64) {
        let before = self.open.map_or(0, |it| it.hash);
        let hash = mix(before, letter);
        let end = self.taken;
        self.open = Some(Word { hash, end });
    }
}

/// Two hashes as one. It need not withstand anyone: who makes the reply say words of which the
/// hashes agree with the prompt's has gained nothing.
pub(super) const fn mix(left: u64, right: u64) -> u64 {
    let mixed = left.rotate_left(23) ^ right.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let product = mixed.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    product ^ (product >> 32)
}

/// True for characters without width, with which words could be cut unseen.
const fn is_hidden(it: char) -> bool {
    matches!(it, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}')
}

/// True for characters of scripts that put no space between words.
const fn is_alone(it: char) -> bool {
    matches!(it,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{3040}'..='\u{30FF}' | '\u{3105}'..='\u{312F}' | '\u{31A0}'..='\u{31BF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FF66}'..='\u{FF9F}' | '\u{20000}'..='\u{3FFFF}')
}

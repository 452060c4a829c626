//! Which places of a text may wake a rule, or have another form than they show.

use crate::detector::LEFT;
use crate::scanner::runs;

/// So many token bytes in a row may wake a rule.
const TOKEN: usize = 16;

/// Reads a text character by character.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Signs {
    /// How many token bytes stand before.
    run: usize,
    /// The last four characters: whether they are letters or digits.
    letters: [bool; 4],
    last: Kind,
    /// The last three characters, where they are letters of ASCII: small ones.
    small: [Option<u8>; 3],
    word: Word,
    gap: Gap,
    /// Behind the last place that may wake a rule; 0 when there is none.
    pub woke: usize,
    /// Behind the last place that may have another form; 0 when there is none.
    forms: usize,
    /// Behind the last character that may become another in the word where it stands.
    odd: usize,
}

/// What stands behind the last letter.
#[derive(Clone, Copy, Debug, Default)]
struct Gap {
    /// Signs that stand between words or within them; line breaks.
    signs: bool,
    /// A dot or comma; anything else.
    ends: bool,
    spaces: usize,
    line: bool,
    /// How many characters.
    count: usize,
    /// Letters in a row that have no sign.
    letters: usize,
    /// The last letter is a small one.
    behind_small: bool,
}

/// A word with more letters may be several.
const MANY: usize = 16;

/// A gap with more characters is written as one.
const MOST: usize = 4;

impl Gap {
    /// Takes a character, and says whether words are not written as words here.
    fn take(&mut self, it: char, is_letter: bool) -> bool {
        if is_letter {
            let is_camel = self.letters > 0 && self.behind_small && it.is_uppercase();
            let is_odd = self.is_odd() || self.is_pending();
            *self = Self {
                behind_small: it.is_lowercase(),
                letters: self.letters + 1,
                ..Self::default()
            };
            return is_camel || is_odd || self.letters >= MANY;
        }
        self.letters = 0;
        self.count += 1;
        match it {
            ' ' | '\t' | '\u{A0}' => self.spaces += 1,
            '\n' | '\r' => {
                self.signs |= !self.ends;
                self.line = true;
            }
            '*' | '_' | '~' | '`' | '#' | '>' | '<' | '|' | '\\' | '+' | '-' | '/' | '\u{B7}'
            | '\u{2022}' => self.signs = true,
            '\'' | '\u{2019}' => self.signs |= self.spaces > 0 || self.count > 1,
            _ => self.ends = true,
        }
        self.is_odd()
    }

    /// True when it is more than a space, or what ends a sentence and a space.
    const fn is_odd(self) -> bool {
        self.signs || self.spaces > 1 || self.count > MOST
    }

    /// True when it may stand within a word if a letter follows.
    const fn is_pending(self) -> bool {
        self.ends && self.spaces == 0 && !self.line
    }
}

/// What a word has.
#[derive(Clone, Copy, Debug, Default)]
struct Word {
    ascii: bool,
    other: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kind {
    Letter,
    /// What stands for a letter in leet.
    Sign,
    /// A letter beyond ASCII that stays as it is unless its word has letters of ASCII.
    Foreign,
    #[default]
    Plain,
    /// What may be hidden, or become something else.
    Strange,
}

fn kind(it: char) -> Kind {
    match it {
        'a'..='z' | 'A'..='Z' => Kind::Letter,
        '0'..='9' | '@' | '$' | '!' | '|' => Kind::Sign,
        _ if it.is_ascii() => Kind::Plain,
        // Letters with accents, as one character; of Latin.
        '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{130}' | '\u{134}'..='\u{13E}'
        | '\u{141}'..='\u{148}' | '\u{14A}'..='\u{17E}' => Kind::Letter,
        // Greek, Cyrillic, Armenian, Hebrew, Arabic.
        '\u{386}' | '\u{388}'..='\u{3CE}' | '\u{400}'..='\u{482}' | '\u{48A}'..='\u{52F}'
        | '\u{531}'..='\u{586}' | '\u{5D0}'..='\u{5EA}' | '\u{620}'..='\u{64A}'
        // Kana, ideographs, Hangul.
        | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7A3}' => Kind::Foreign,
        // Dashes, quotation marks, full stops.
        '\u{AB}' | '\u{BB}' | '\u{2013}' | '\u{2014}' | '\u{2018}'..='\u{201E}' | '\u{2022}'
        | '\u{3001}' | '\u{3002}' => Kind::Plain,
        _ => Kind::Strange,
    }
}

impl Signs {
    /// Reads the text, of which the first byte stands at `at`.
    pub(super) fn read(&mut self, text: &str, at: usize) {
        for (place, it) in text.char_indices() {
            self.take(it, at + place + it.len_utf8());
        }
    }

    fn take(&mut self, it: char, end: usize) {
        let kind = kind(it);
        let is_token = u8::try_from(it).is_ok_and(|it| it.is_ascii() && runs::is_token(it));
        self.run = if is_token { self.run + 1 } else { 0 };
        let is_value = it.is_ascii_digit() || matches!(it, '@' | '{' | '%');
        if self.run >= TOKEN || is_value || kind == Kind::Strange {
            self.woke = end;
        }
        if matches!(kind, Kind::Sign | Kind::Foreign | Kind::Strange) {
            self.odd = end;
        }
        let is_letter = match kind {
            Kind::Letter | Kind::Foreign => true,
            Kind::Sign => it.is_ascii_digit(),
            Kind::Plain => false,
            Kind::Strange => it.is_alphanumeric(),
        };
        let leet = matches!(
            (self.last, kind),
            (Kind::Sign, Kind::Letter) | (Kind::Letter, Kind::Sign)
        );
        if is_letter || kind == Kind::Strange {
            self.word.ascii |= it.is_ascii_alphabetic();
            self.word.other |= matches!(kind, Kind::Foreign | Kind::Strange);
        } else {
            self.word = Word::default();
        }
        let is_accented = kind == Kind::Letter && !it.is_ascii();
        let is_number = it.is_ascii_digit();
        let apart = self.gap.take(it, is_letter) || matches!(it, '&' | '%');
        let mixed = self.word.ascii && self.word.other;
        // Two letters alone, with one sign between: `i g `.
        let row = !is_letter && self.letters == [false, true, false, true];
        let stretched = self.stretches(it);
        let plain = !(leet || mixed || row || apart || is_accented || is_number || stretched);
        if !plain || kind == Kind::Strange {
            self.forms = end;
            self.woke = end;
        }
        let [_, second, third, fourth] = self.letters;
        self.letters = [second, third, fourth, is_letter];
        self.last = kind;
    }

    /// True for a letter that stands twice as in few words.
    fn stretches(&mut self, it: char) -> bool {
        let letter = u8::try_from(it).ok().filter(u8::is_ascii_alphabetic);
        let letter = letter.map(|it| it.to_ascii_lowercase());
        let before = self.small;
        let [_, second, third] = before;
        self.small = [second, third, letter];
        letter.is_some_and(|it| crate::normal::is_odd(before, it))
    }

    /// What must be known of other forms: what stands near `from` or behind it, where the last word
    /// begins at `last`.
    pub(super) fn forms(&self, from: usize, last: usize) -> Forms {
        if self.forms > 0 && self.forms + LEFT > from || self.gap.is_pending() {
            Forms::All(last)
        } else if self.odd > last || self.ends_alone() {
            Forms::Last(last)
        } else {
            Forms::None
        }
    }

    /// True when the text ends with a letter alone and a sign, or with the beginning of one more.
    fn ends_alone(&self) -> bool {
        let [first, second, third, fourth] = self.letters;
        !second && third && !fourth || !first && second && !third && fourth
    }

    /// The text lost so many bytes at its front.
    pub(super) fn shift(&mut self, by: usize) {
        for place in [&mut self.woke, &mut self.forms, &mut self.odd] {
            *place = place.saturating_sub(by);
        }
    }
}

pub(super) use crate::scanner::tail::Forms;

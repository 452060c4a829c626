//! Where values that may still go on begin, at the end of a text.
//!
//! Values lie in one run of characters without space, or they are numbers in groups, with few
//! letters before, between or behind them: `+44 20 7946 0958`, `AB 12 34 56 C`,
//! `GB33 BUKB 2020 1555 5555 55`. Nothing here knows which of them are valid: it says what could
//! become one.

use crate::detector::{LONGEST, Number};

/// What is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Needs {
    /// Values within one run of characters without space.
    pub runs: bool,
    /// Numbers in groups.
    pub numbers: bool,
}

/// Separators in a row that a number may have between two groups.
const MOST_SEPARATORS: usize = 3;

/// Letters without a digit that may stand in a group of a number.
const MOST_LETTERS: usize = 2;

/// The same in capitals: the bank in an IBAN, the currency at its end.
const MOST_CAPITALS: usize = 4;

/// Characters that may stand before a number's first digit.
const LEAD: usize = 4;

/// A run that is longer than this is decided so far back, in bytes.
const FAR: usize = LONGEST + 4;

/// The first place from `from` on where something that is asked for may have begun and isn't
/// decided at the end of `text`; the text's length when there is none.
pub(super) fn open(text: &str, from: usize, needs: Needs) -> usize {
    let from = floor(text, from.max(text.len().saturating_sub(FAR)));
    let mut first = text.len();
    if needs.runs {
        first = first.min(run(text, from));
    }
    if needs.numbers {
        first = first.min(groups(text, from));
    }
    first
}

/// The next place at or after `at` where a character begins.
pub(super) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// Where the run of characters without space begins that reaches to the end.
pub(super) fn run(text: &str, from: usize) -> usize {
    let from = floor(text, from.max(text.len().saturating_sub(FAR)));
    let rest = text.get(from..).unwrap_or_default();
    rest.char_indices()
        .rev()
        .take_while(|(_, it)| !it.is_whitespace())
        .last()
        .map_or(text.len(), |(at, _)| from + at)
}

/// What a character is in a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Digit,
    Capital,
    /// A small letter of ASCII.
    Small,
    /// Another one.
    Letter,
    Separator,
    /// It may be dropped before numbers are read.
    Hidden,
    Other,
}

fn kind(it: char) -> Kind {
    match crate::normal::tagged(it).unwrap_or(it) {
        '0'..='9' => Kind::Digit,
        'A'..='Z' => Kind::Capital,
        'a'..='z' => Kind::Small,
        ' ' | '-' | '.' | '/' | '(' | ')' => Kind::Separator,
        _ if it.is_ascii() => Kind::Other,
        _ if it.is_numeric() => Kind::Digit,
        _ if is_apart(it) => Kind::Other,
        // Full-width letters; letters of other scripts, which words that mix scripts hide behind.
        _ if it.is_uppercase() => Kind::Capital,
        _ if it.is_alphabetic() => Kind::Letter,
        '\u{2028}' | '\u{2029}' | '\u{85}' => Kind::Other,
        _ if it.is_whitespace() => Kind::Separator,
        // Signs: some are hidden, some become separators.
        _ => Kind::Hidden,
    }
}

/// True for scripts that put no space before a number, and for their signs: what stands behind them
/// stands apart. What these become when they are made plain is no letter of a number.
fn is_apart(it: char) -> bool {
    let script = matches!(it, '\u{0E00}'..='\u{0EFF}' | '\u{1100}'..='\u{11FF}')
        || matches!(it, '\u{2E80}'..='\u{31FF}' | '\u{3400}'..='\u{FAFF}');
    script && !it.is_whitespace()
}

/// A group of letters and digits.
#[derive(Clone, Copy, Debug, Default)]
struct Group {
    start: usize,
    digits: usize,
    letters: usize,
    /// Letters at its end with no hidden character between.
    plain: usize,
    /// Small ones are among these.
    small: bool,
    /// Small ones of ASCII are.
    word: bool,
}

impl Group {
    /// True when it can stand in a number although it has no digit.
    fn is_short(&self) -> bool {
        let most = if self.small {
            MOST_LETTERS
        } else {
            MOST_CAPITALS
        };
        self.plain <= most
    }
}

/// Reads a text from its end to its start.
struct Backwards<'t> {
    text: &'t str,
    from: usize,
    at: usize,
}

impl Backwards<'_> {
    fn before(&self) -> Option<(Kind, usize)> {
        let rest = self.text.get(self.from..self.at)?;
        let it = rest.chars().next_back()?;
        Some((kind(it), self.at - it.len_utf8()))
    }

    /// Passes separators, and says how many; `None` when there are too many.
    fn separators(&mut self) -> Option<usize> {
        let mut count = 0;
        while let Some((kind @ (Kind::Separator | Kind::Hidden), at)) = self.before() {
            count += usize::from(kind == Kind::Separator);
            self.at = at;
            if count > MOST_SEPARATORS {
                return None;
            }
        }
        Some(count)
    }

    /// Passes the group that ends here.
    fn group(&mut self) -> Option<Group> {
        let mut group = Group::default();
        let mut hidden = false;
        while let Some((kind, at)) = self.before() {
            match kind {
                Kind::Digit => group.digits += 1,
                Kind::Capital | Kind::Small | Kind::Letter => {
                    group.letters += 1;
                    group.plain += usize::from(!hidden);
                    group.small |= kind != Kind::Capital && !hidden;
                    group.word |= kind == Kind::Small && !hidden;
                }
                Kind::Hidden => hidden = group.letters > 0,
                Kind::Separator | Kind::Other => break,
            }
            self.at = at;
        }
        group.start = self.at;
        (group.digits + group.letters > 0).then_some(group)
    }

    /// Passes up to `most` characters that are neither digits nor space.
    fn lead(&mut self, most: usize) {
        for _ in 0..most {
            let Some(it) = self
                .text
                .get(self.from..self.at)
                .and_then(|it| it.chars().next_back())
            else {
                return;
            };
            if it.is_whitespace() || it.is_numeric() {
                return;
            }
            self.at -= it.len_utf8();
        }
    }
}

/// Where the row of groups begins that may go on at the end as a number: groups with digits,
/// between or before two of them at most one short group without.
fn groups(text: &str, from: usize) -> usize {
    let none = text.len();
    let mut back = Backwards {
        text,
        from,
        at: text.len(),
    };
    let Some(behind) = back.separators() else {
        return none;
    };
    let Some(last) = back.group() else {
        return none;
    };
    if last.digits == 0 && !last.is_short() {
        return none;
    }
    let mut start = last.start;
    let mut digits = last.digits;
    let mut was_letters = last.digits == 0;
    loop {
        let here = back.at;
        let Some(1..) = back.separators() else {
            back.at = here;
            break;
        };
        let Some(group) = back.group() else {
            back.at = here;
            break;
        };
        let is_letters = group.digits == 0;
        if is_letters && (was_letters || !group.is_short()) || digits > Number::MOST {
            back.at = here;
            break;
        }
        start = group.start;
        digits += group.digits;
        was_letters = is_letters;
    }
    if digits == 0 {
        // Letters that a number may follow: `AB 123456`. Small ones are a word.
        let is_lead = last.plain < LEAD && behind <= 1 && !(last.word && behind > 0);
        return if is_lead { start } else { none };
    }
    back.at = start;
    back.lead(LEAD);
    back.at
}

#[cfg(test)]
#[expect(
    clippy::string_slice,
    reason = "a test stops where it finds something wrong"
)]
mod tests {
    use super::*;

    const NUMBERS: Needs = Needs {
        runs: false,
        numbers: true,
    };
    const RUNS: Needs = Needs {
        runs: true,
        numbers: false,
    };

    fn held(text: &str, needs: Needs) -> &str {
        &text[open(text, 0, needs)..]
    }

    #[test]
    fn a_run_is_held_to_its_space() {
        assert_eq!(held("write to jo@example.org", RUNS), "jo@example.org");
        assert_eq!(held("write to jo@example.org ", RUNS), "");
        assert_eq!(held("a\u{a0}b", RUNS), "b");
    }

    #[test]
    fn long_runs_flow() {
        let text = "x".repeat(5000);
        assert_eq!(held(&text, RUNS).len(), FAR);
        let text = "é".repeat(5000);
        assert!(held(&text, RUNS).len() <= FAR);
    }

    #[test]
    fn numbers_in_groups_are_held_while_they_may_go_on() {
        for text in [
            "4111 1111 11",
            "4111 1111 ",
            "4111-1111 - ",
            "+44 (0) 20 ",
            "AB 12 34 56 C",
            "AB 12 34 56 ",
            "GB33 BUKB 2020 1555 ",
            "GB33 BU",
            "GB33 BUKB ",
            "99 999999 A 9",
            "12\u{200b}34 \u{200b}",
            "１２３ ４",
            "AB\u{200b} 12",
        ] {
            assert_eq!(held(&format!("so, {text}"), NUMBERS), text);
        }
    }

    #[test]
    fn what_ends_a_number_lets_it_go() {
        for text in [
            "4111 1111, ",
            "4111    ",
            "4111\n",
            "3 cats",
            "in 2024 there",
        ] {
            assert_eq!(held(text, NUMBERS), "", "{text}");
        }
    }

    #[test]
    fn of_two_groups_of_letters_the_first_is_let_go() {
        assert_eq!(held("12 of by", NUMBERS), "by");
    }

    #[test]
    fn letters_that_a_number_may_follow_are_held_by_one_space() {
        assert_eq!(held("so, AB ", NUMBERS), "AB ");
        assert_eq!(held("so, AB  ", NUMBERS), "");
        assert_eq!(held("so, there ", NUMBERS), "");
        assert_eq!(held("so, I ", NUMBERS), "I ");
        for text in ["this is ", "in ", "He ", "In ", "to -"] {
            assert_eq!(held(text, NUMBERS), "", "{text}");
        }
    }

    #[test]
    fn what_stands_apart_of_letters_before_it_is_held() {
        assert_eq!(held("之前的所有指令AB ", NUMBERS), "AB ");
        assert_eq!(held("번호AB 12 34 ", NUMBERS), "번호AB 12 34 ");
        assert!(held("txet\u{202c}AB ", NUMBERS).ends_with("AB "));
    }

    #[test]
    fn a_table_of_numbers_flows() {
        let text = "12 ".repeat(1000);
        assert!(held(&text, NUMBERS).len() <= 4 * Number::MOST);
    }
}

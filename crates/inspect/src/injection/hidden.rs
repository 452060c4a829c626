//! Characters nobody sees, where they split or spell words.
//!
//! Joiners stand in emoji, Persian and Indic words, spaces without width between words of Thai and
//! at the breaks of long words, tags in three flags: so a single one means little. What counts is
//! one between two plain Latin letters, more so when others stand near, rows of them, which
//! nothing shows and a program can read, and rows of tags, which spell a text.

use crate::detector::{Detector, Found, Hit, Hold, Look, Trigger};
use crate::finding::Category::Injection;
use crate::finding::{Family, Rule};

/// How sure a single one between letters is.
const SINGLE: u8 = 30;

/// The shortest row that spells something.
const ROW: usize = 8;

/// The longest row that is read, in characters: of four bytes each.
const LONGEST_ROW: usize = 200;

/// The looks at hidden characters.
pub const DETECTORS: &[Detector] = &[Detector {
    rules: &[
        Rule::guard(
            "ind-003",
            Family::Injection,
            Injection,
            "hidden_characters",
            70,
            "Characters without width that split Latin words, or stand in rows.",
        ),
        Rule::guard(
            "inj-016",
            Family::Injection,
            Injection,
            "hidden_text",
            90,
            "A text spelt in \
            characters that nobody sees: tags or variation selectors in a row.",
        ),
    ],
    trigger: Trigger::Words(&[
        "\u{200b}",
        "\u{200c}",
        "\u{200d}",
        "\u{2060}",
        "\u{2061}",
        "\u{2062}",
        "\u{2063}",
        "\u{2064}",
        "\u{feff}",
        "\u{ad}",
        "\u{180e}",
        "\u{e0020}",
        "\u{e0061}",
        "\u{e0065}",
        "\u{e0069}",
        "\u{e006f}",
        "\u{e0073}",
        "\u{e0074}",
        "\u{e0041}",
        "\u{e0049}",
        "\u{e0053}",
        "\u{fe00}",
        "\u{fe01}",
        "\u{e0100}",
        "\u{e0101}",
        "\u{e0140}",
        "\u{e0150}",
    ]),
    hold: Hold::Word(LONGEST_ROW * 4 + 8),
    look,
}];

/// Characters without width.
const fn is_widthless(it: char) -> bool {
    matches!(it, '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}' | '\u{180e}')
}

/// Characters that can spell others: tags, variation selectors.
const fn is_spelling(it: char) -> bool {
    matches!(it, '\u{e0020}'..='\u{e007e}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

fn look(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    let Hit::Word(word) = hit else {
        return;
    };
    let (before, here) = (look.char_before(word.start), look.char_at(word.start));
    let Some(here) = here else {
        return;
    };
    if is_spelling(here) {
        // Only where a row begins, or at its first character that wakes this look.
        let length = row(look, word.start, is_spelling, LONGEST_ROW);
        if length >= ROW {
            found.add(1, word.start..word.start + length * here.len_utf8());
        }
        return;
    }
    if row(look, word.start, is_widthless, ROW) == ROW {
        found.add(0, word.clone());
        return;
    }
    let after = look.char_at(word.end);
    let is_latin = |it: Option<char>| it.is_some_and(|it| it.is_ascii_alphabetic());
    // A soft hyphen splits long words as a matter of course.
    if here == '\u{ad}' || !is_latin(before) || !is_latin(after) {
        return;
    }
    let near = look.before(word.start, crate::detector::LEFT);
    let others = near
        .chars()
        .filter(|it| is_widthless(*it) && *it != '\u{ad}')
        .count();
    match others {
        0 => found.add_sure(0, word.clone(), SINGLE),
        1 => found.add_sure(0, word.clone(), SINGLE * 2),
        _ => found.add(0, word.clone()),
    }
}

/// How many such characters of the same width in bytes stand in a row from here on, of so many.
fn row(look: &Look<'_>, at: usize, is: fn(char) -> bool, most: usize) -> usize {
    let rest = look.after(at, most * 4);
    let width = rest.chars().next().map_or(0, char::len_utf8);
    rest.chars()
        .take(most)
        .take_while(|it| is(*it) && it.len_utf8() == width)
        .count()
}

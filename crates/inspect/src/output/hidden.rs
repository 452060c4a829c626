//! Characters that a reader of a reply doesn't see, and that say something all the same.

use super::rule;
use crate::detector::{Found, Hit, Look};
use crate::finding::Rule;

const TAGS: usize = 0;
const SELECTORS: usize = 1;
const WIDTHLESS: usize = 2;
const OVERRIDE: usize = 3;

/// Kinds of hidden text.
pub(super) const RULES: &[Rule] = &[
    rule(
        "out-hid-001",
        "tag_characters",
        90,
        "Eight or more tag characters in a row: letters that nothing shows. Flags have fewer.",
    ),
    rule(
        "out-hid-002",
        "variation_selectors",
        88,
        "Eight or more variation selectors in a row: bytes that nothing shows.",
    ),
    rule(
        "out-hid-003",
        "zero_width_run",
        80,
        "Eight or more characters without width in a row.",
    ),
    rule(
        "out-hid-004",
        "bidi_override",
        75,
        "An override of direction: what is shown is not what is read by machines.",
    ),
];

/// So many in a row are no accident.
const RUN: usize = 8;
/// The most characters of a run that are looked at, before a place and behind it.
const MOST: usize = 24;

/// What wakes the look: letters in tags and in selectors (hidden text has some), pairs without
/// width, overrides.
pub(super) const WORDS: &[&str] = &[
    "\u{E0061}",
    "\u{E0062}",
    "\u{E0063}",
    "\u{E0064}",
    "\u{E0065}",
    "\u{E0066}",
    "\u{E0067}",
    "\u{E0068}",
    "\u{E0069}",
    "\u{E006A}",
    "\u{E006B}",
    "\u{E006C}",
    "\u{E006D}",
    "\u{E006E}",
    "\u{E006F}",
    "\u{E0070}",
    "\u{E0071}",
    "\u{E0072}",
    "\u{E0073}",
    "\u{E0074}",
    "\u{E0075}",
    "\u{E0076}",
    "\u{E0077}",
    "\u{E0078}",
    "\u{E0079}",
    "\u{E007A}",
    "\u{E0151}",
    "\u{E0152}",
    "\u{E0153}",
    "\u{E0154}",
    "\u{E0155}",
    "\u{E0156}",
    "\u{E0157}",
    "\u{E0158}",
    "\u{E0159}",
    "\u{E015A}",
    "\u{E015B}",
    "\u{E015C}",
    "\u{E015D}",
    "\u{E015E}",
    "\u{E015F}",
    "\u{E0160}",
    "\u{E0161}",
    "\u{E0162}",
    "\u{E0163}",
    "\u{E0164}",
    "\u{E0165}",
    "\u{E0166}",
    "\u{E0167}",
    "\u{E0168}",
    "\u{E0169}",
    "\u{E016A}",
    "\u{200B}\u{200B}",
    "\u{200B}\u{200C}",
    "\u{200B}\u{200D}",
    "\u{200C}\u{200B}",
    "\u{200C}\u{200C}",
    "\u{200C}\u{200D}",
    "\u{200D}\u{200B}",
    "\u{200D}\u{200C}",
    "\u{200D}\u{200D}",
    "\u{2060}\u{2060}",
    "\u{FEFF}\u{FEFF}",
    "\u{2062}\u{2062}",
    "\u{2064}\u{2064}",
    "\u{2062}\u{2064}",
    "\u{2064}\u{2062}",
    "\u{2060}\u{200B}",
    "\u{202D}",
    "\u{202E}",
];

/// Finds runs of hidden characters, each once.
pub(super) fn look(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    let Hit::Word(word) = hit else { return };
    match look.char_at(word.start) {
        Some('\u{202D}' | '\u{202E}') => found.add(OVERRIDE, word.clone()),
        Some('\u{E0061}'..='\u{E007A}') => run(look, word.start, TAGS, is_tag, found),
        Some('\u{E0151}'..='\u{E016A}') => {
            run(look, word.start, SELECTORS, is_selector, found);
        }
        _ => run(look, word.start, WIDTHLESS, is_widthless, found),
    }
}

/// A run is told at its beginning: by the first hit within [`MOST`] characters of it. Longer runs
/// are told again.
fn run(look: &Look<'_>, at: usize, rule: usize, is_one: fn(char) -> bool, found: &mut Found<'_>) {
    let bytes = 4 * MOST;
    let head = look.before(at, bytes).chars().rev();
    let head: Vec<char> = head.take_while(|it| is_one(*it)).take(MOST).collect();
    let tail = look.after(at, bytes).chars();
    let tail: Vec<char> = tail.take_while(|it| is_one(*it)).take(MOST).collect();
    if !wakes(&head) && head.len() + tail.len() >= RUN {
        let before: usize = head.iter().map(|it| it.len_utf8()).sum();
        let behind: usize = tail.iter().map(|it| it.len_utf8()).sum();
        found.add(rule, at - before..at + behind);
    }
}

/// True when one of these (from last to first) woke the look before. In a run that goes on the last
/// pair did.
fn wakes(head: &[char]) -> bool {
    let mut room = [0; 8];
    let pairs = head.windows(2).any(|pair| {
        let [second, first] = pair else { return false };
        let long = first.encode_utf8(&mut room).len();
        let rest = room.get_mut(long..).unwrap_or_default();
        let long = long + second.encode_utf8(rest).len();
        room.get(..long)
            .is_some_and(|text| WORDS.iter().any(|it| it.as_bytes() == text))
    });
    let mut room = [0; 4];
    pairs
        || head
            .iter()
            .any(|it| WORDS.contains(&&*it.encode_utf8(&mut room)))
}

fn is_tag(it: char) -> bool {
    matches!(it, '\u{E0001}' | '\u{E0020}'..='\u{E007F}')
}

fn is_selector(it: char) -> bool {
    matches!(it, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

fn is_widthless(it: char) -> bool {
    matches!(it, '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

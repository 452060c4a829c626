//! Names of people after a salutation.

use std::ops::Range;

use crate::detector::{Found, Hit, Layer, Look};
use crate::finding::Rule;
use crate::pii::context::is_apart;

/// The rule.
pub(super) const RULES: &[Rule] = &[Rule::pii(
    "person_name",
    "PERSON_NAME",
    70,
    "A salutation and one to four capitalised words, in several languages.",
)];

/// Salutations, in lower case; what follows is a name. Each ends with a full stop or a space.
pub(super) const BEGINS: &[&str] = &[
    "mr.",
    "mr ",
    "mrs.",
    "mrs ",
    "ms.",
    "ms ",
    "miss ",
    "mx.",
    "mx ",
    "dr.",
    "dr ",
    "prof.",
    "prof ",
    "professor ",
    "sir ",
    "madam ",
    "rev.",
    "hon.",
    "doctor ",
    "herr ",
    "herrn ",
    "frau ",
    "monsieur ",
    "madame ",
    "mme ",
    "mme.",
    "mlle ",
    "mademoiselle ",
    "m. ",
    "docteur ",
    "se\u{f1}orita ",
    "sr.",
    "sr ",
    "sra.",
    "sra ",
    "srta.",
    "don ",
    "do\u{f1}a ",
    "signor ",
    "signora ",
    "signore ",
    "sig.",
    "sig.ra",
    "dott.",
    "dott.ssa",
    "dhr.",
    "dhr ",
    "mevr.",
    "mevrouw ",
    "meneer ",
    "mw.",
    "heer ",
    "pan ",
    "pani ",
    "pana ",
    "herra ",
    "rouva ",
    "fru ",
    "se\u{f1}or ",
    "se\u{f1}ora ",
    "dra.",
    "shri ",
    "smt.",
    "smt ",
];

/// How far behind the salutation's beginning all is decided.
pub(super) const FARTHEST: usize = 96;

/// The most words of a name.
const MOST: usize = 4;

/// Particles that may stand between.
const PARTICLES: &[&str] = &[
    "van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "du", "la", "le", "ten",
    "ter", "zu", "af", "av", "bin", "ibn", "al", "el", "und", "y", "e",
];

/// Capitalised words that follow salutations and are no names.
const NO_NAMES: &[&str] = &[
    "The",
    "And",
    "Or",
    "President",
    "Chairman",
    "Speaker",
    "Chair",
    "Prime",
    "Minister",
    "Sir",
    "Madam",
    "Dr",
    "Prof",
    "Doktor",
    "Professor",
    "Who",
    "What",
    "Is",
    "Of",
    "In",
    "Right",
    "Bean",
    "Robot",
    "Universe",
    "World",
    "America",
    "Windows",
    "Office",
    "Excel",
    "Word",
    "Teams",
    "Access",
    "SQL",
    "DOS",
    "Edge",
    "Azure",
    "Developer",
    "Engineer",
    "Manager",
    "Director",
    "Software",
    "Data",
    "Backend",
    "Frontend",
    "Full",
    "Staff",
    "Cloud",
    "Security",
    "Network",
    "Systems",
    "Marketing",
    "Sales",
    "Account",
    "Project",
    "Business",
    "Quality",
    "Research",
    "Solutions",
    "Technical",
    "Designer",
    "DevOps",
    "Machine",
    "Java",
    "Python",
    "American",
    "African",
    "Asian",
    "Am",
    "Pepper",
    "Strange",
    "Product",
    "Program",
    "Analyst",
    "Scientist",
    "Architect",
    "Vice",
];

/// Finds the name that follows.
pub(super) fn look(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    let Hit::Word(word) = hit else {
        return;
    };
    if !is_salutation(look, word) {
        return;
    }
    // What may be read: up to where all is decided.
    let rest = look.after(word.start, FARTHEST);
    let mut at = word.len();
    // Titles that follow one another: Herr Dr. Muster.
    at = after_titles(rest, at);
    let Some(begin) = name_start(rest, at) else {
        return;
    };
    let Some(end) = name_end(rest, begin) else {
        return;
    };
    let span = word.start..word.start + end;
    if is_apart(look, &span) {
        found.add(0, span);
    }
}

/// Where the salutation begins, when a name may still follow: all that stands behind it can be part
/// of one.
pub(super) fn begun(look: &Look<'_>, word: &Range<usize>) -> Option<usize> {
    is_open(look, word).then_some(word.start)
}

fn is_open(look: &Look<'_>, word: &Range<usize>) -> bool {
    let rest = look.after(word.start, FARTHEST);
    let behind = rest.get(after_titles(rest, word.len())..);
    let Some(behind) = behind.filter(|_| is_salutation(look, word)) else {
        return false;
    };
    let mut words = behind.split([' ', '\u{a0}']);
    let last = words.next_back().unwrap_or_default();
    let may_begin = |it: &str| it.is_empty() || it.starts_with(char::is_uppercase);
    let is_part = |it: &str| may_begin(it) || PARTICLES.contains(&it);
    let small = PARTICLES.iter().chain(&["med.", "jur."]);
    words.all(is_part) && (may_begin(last) || small.into_iter().any(|it| it.starts_with(last)))
}

/// True when the word is one that a name may follow, where it stands.
fn is_salutation(look: &Look<'_>, word: &Range<usize>) -> bool {
    // Folded texts have lost their capitals.
    let capital = look.char_at(word.start).is_some_and(char::is_uppercase);
    let inside = look
        .char_before(word.start)
        .is_some_and(|it| it.is_alphanumeric() || it == '_');
    // `MS Office`; `5 M. Then`.
    let shouted = look.text.get(word.clone()).is_some_and(|it| {
        it.chars().filter(|it| it.is_alphabetic()).count() > 1
            && !it.chars().any(char::is_lowercase)
    });
    let amount = matches!(look.before(word.start, 2).as_bytes(), [b'0'..=b'9', b' ']);
    let is_title = capital || is_lower_title(look, word.start);
    look.layer != Layer::Folded && !inside && !shouted && !amount && is_title
}

/// Titles that are written small in their languages: `señor`, `madame`, `pan`.
fn is_lower_title(look: &Look<'_>, start: usize) -> bool {
    let text = look.after(start, 12);
    [
        "se\u{f1}or",
        "signor",
        "monsieur",
        "madame",
        "pani ",
        "meneer",
        "mevrouw",
        "herra",
        "rouva",
        "fru ",
        "don ",
        "do\u{f1}a",
        "dhr",
        "mevr",
        "sig",
    ]
    .iter()
    .any(|it| text.starts_with(it))
}

/// Behind further titles.
fn after_titles(text: &str, mut at: usize) -> usize {
    for _ in 0..3 {
        let Some(rest) = text.get(at..) else {
            break;
        };
        let trimmed = rest.trim_start_matches(' ');
        let title = [
            "Dr.", "Dr ", "Prof.", "Prof ", "Doktor ", "Mag.", "Ing.", "Dipl.", "med.", "jur.",
            "Sir ",
        ]
        .iter()
        .find(|it| trimmed.starts_with(**it));
        let Some(title) = title else {
            break;
        };
        at += rest.len() - trimmed.len() + title.len();
    }
    at
}

/// Where the name begins: behind at most two spaces, at a capital.
fn name_start(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let trimmed = rest.trim_start_matches([' ', '\u{a0}']);
    let spaces = rest.len() - trimmed.len();
    let (first, word) = (trimmed.chars().next()?, first_word(trimmed));
    let spaced = spaces > 0 || text.get(..at).is_some_and(|it| it.ends_with(['.', ' ']));
    (spaced && spaces <= 2 && first.is_uppercase() && is_name(word)).then_some(at + spaces)
}

/// The letters, hyphens and apostrophes at a text's beginning.
fn first_word(text: &str) -> &str {
    let end = text
        .find(|it: char| !it.is_alphabetic() && !matches!(it, '-' | '\'' | '\u{2019}'))
        .unwrap_or(text.len());
    let word = text.get(..end).unwrap_or_default();
    let word = word.trim_end_matches(['-', '\'', '\u{2019}']);
    word.strip_suffix("'s")
        .or(word.strip_suffix("\u{2019}s"))
        .unwrap_or(word)
}

/// A capital with small letters behind, or an initial; not one of the words that are no names.
fn is_name(word: &str) -> bool {
    let mut letters = word.chars();
    let capital = letters.next().is_some_and(char::is_uppercase);
    let small = word.chars().count() == 1 || word.chars().any(char::is_lowercase);
    capital && small && !NO_NAMES.contains(&word)
}

/// Where the name ends; `None` when what is seen of it is cut.
fn name_end(text: &str, begin: usize) -> Option<usize> {
    let mut end = begin;
    let mut at = begin;
    let mut words = 0;
    let mut letters = 0;
    while words < MOST {
        let rest = text.get(at..)?;
        let word = first_word(rest);
        if is_name(word) {
            end = at + word.len();
            letters = letters.max(word.chars().count());
            words += 1;
            // An initial's full stop belongs to it.
            if word.chars().count() == 1 && text.get(end..).is_some_and(|it| it.starts_with('.')) {
                end += 1;
            }
            at = end;
        } else if PARTICLES.contains(&word) && words > 0 {
            at += word.len();
        } else if words == 0 && PARTICLES.contains(&word) {
            return None;
        } else {
            break;
        }
        if !text.get(at..)?.starts_with(' ') {
            break;
        }
        at += 1;
    }
    (letters >= 2).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_salutation_is_open_while_a_name_may_follow() {
        let open = |text: &str| {
            let look = Look {
                text,
                layer: Layer::Raw,
            };
            is_open(&look, &(4..7))
        };
        for text in ["Was Mr ", "Was Dr.", "Was Dr. Anna van d", "Was Dr. med"] {
            assert!(open(text), "{text}");
        }
        for text in ["Was dr. Anna", "Was Dr. and", "Was Dr. Anna said "] {
            assert!(!open(text), "{text}");
        }
    }
}

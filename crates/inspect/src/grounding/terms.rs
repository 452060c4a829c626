//! What a text speaks of: content words by their stems, numbers, names.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;

/// What kind of term it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word, or a character of a script without spaces.
    Word,
    /// A number: digits with points, as one value.
    Number,
    /// A word that begins with a capital where no sentence begins, or has several.
    Name,
}

/// A term.
#[derive(Clone, Copy, Debug)]
pub(super) struct Term {
    pub(super) kind: Kind,
    pub(super) hash: u64,
}

/// Words that say nothing of what a sentence is about.
const STOP: &[&str] = &[
    "a",
    "about",
    "above",
    "according",
    "after",
    "all",
    "also",
    "although",
    "am",
    "an",
    "and",
    "any",
    "are",
    "as",
    "at",
    "be",
    "because",
    "been",
    "before",
    "being",
    "below",
    "between",
    "both",
    "but",
    "by",
    "can",
    "could",
    "did",
    "do",
    "does",
    "doing",
    "during",
    "each",
    "either",
    "for",
    "from",
    "had",
    "has",
    "have",
    "having",
    "he",
    "her",
    "here",
    "hers",
    "him",
    "his",
    "how",
    "however",
    "i",
    "if",
    "in",
    "into",
    "is",
    "it",
    "its",
    "just",
    "may",
    "might",
    "more",
    "most",
    "must",
    "my",
    "no",
    "nor",
    "not",
    "of",
    "off",
    "on",
    "once",
    "one",
    "only",
    "or",
    "other",
    "our",
    "out",
    "over",
    "own",
    "same",
    "shall",
    "she",
    "should",
    "since",
    "so",
    "some",
    "such",
    "than",
    "that",
    "the",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "through",
    "to",
    "too",
    "under",
    "until",
    "up",
    "upon",
    "very",
    "was",
    "we",
    "were",
    "what",
    "when",
    "where",
    "which",
    "while",
    "who",
    "whom",
    "whose",
    "why",
    "will",
    "with",
    "within",
    "would",
    "you",
    "your",
    "sure",
    "yes",
    "source",
    "sources",
    "der",
    "die",
    "das",
    "und",
    "ist",
    "ein",
    "eine",
    "mit",
    "von",
    "zu",
    "den",
    "dem",
    "des",
    "im",
    "le",
    "la",
    "les",
    "des",
    "et",
    "est",
    "un",
    "une",
    "du",
    "el",
    "los",
    "las",
    "y",
    "es",
    "una",
    "de",
    "que",
    "en",
];

/// The terms of a text, in order.
pub(super) fn of(text: &str) -> Vec<Term> {
    let mut out = Vec::new();
    let mut first = true;
    let mut rest = text;
    while let Some(it) = rest.chars().next() {
        if is_alone(it) {
            out.push(term(Kind::Word, it.encode_utf8(&mut [0; 4])));
            rest = rest.get(it.len_utf8()..).unwrap_or_default();
            continue;
        }
        if !it.is_alphanumeric() {
            first |= matches!(it, '.' | '!' | '?' | ':' | '\n' | '"' | '“');
            rest = rest.get(it.len_utf8()..).unwrap_or_default();
            continue;
        }
        let len = if it.is_numeric() {
            number_len(rest)
        } else {
            word_len(rest)
        };
        let (word, tail) = rest.split_at_checked(len).unwrap_or((rest, ""));
        rest = tail;
        if it.is_numeric() {
            out.push(term(Kind::Number, &number(word)));
        } else if let Some(found) = of_word(word, first) {
            out.push(found);
        }
        first = false;
    }
    out
}

fn of_word(word: &str, first: bool) -> Option<Term> {
    let lower = word.to_lowercase();
    if STOP.contains(&lower.as_str()) {
        return None;
    }
    let capitals = word.chars().filter(|it| it.is_uppercase()).count();
    let is_name = capitals > 0 && (!first || capitals > 1);
    let kind = if is_name { Kind::Name } else { Kind::Word };
    Some(term(kind, stem(&lower)))
}

fn term(kind: Kind, text: &str) -> Term {
    let hash = FixedState::default().hash_one(text);
    Term { kind, hash }
}

/// Letters and digits, and an apostrophe between them.
fn word_len(text: &str) -> usize {
    let is_word = |it: char| it.is_alphanumeric() && !is_alone(it);
    text.find(|it| !is_word(it)).unwrap_or(text.len())
}

/// Digits, and one point, comma or colon between two of them.
fn number_len(text: &str) -> usize {
    let mut len = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, it)) = chars.next() {
        let joins = matches!(it, '.' | ',' | ':' | '\'')
            && chars.peek().is_some_and(|(_, it)| it.is_ascii_digit());
        if !it.is_alphanumeric() && !joins {
            break;
        }
        len = at + it.len_utf8();
    }
    len
}

/// One writing of a number: `1,000` and `1000`, `3.50` and `3.5`, `007` and `7`, `5th` and `5`.
fn number(text: &str) -> String {
    let groups = text.split([',', '\'']);
    let thousands = groups
        .skip(1)
        .all(|it| it.len() == 3 && it.bytes().all(|it| it.is_ascii_digit()));
    let mut plain = if thousands {
        text.replace([',', '\''], "")
    } else {
        text.replace(',', ".")
    };
    plain = plain.to_lowercase();
    for end in ["st", "nd", "rd", "th"] {
        if let Some(bare) = plain.strip_suffix(end) {
            plain = bare.to_owned();
        }
    }
    if plain.matches('.').count() == 1 {
        plain = plain.trim_end_matches('0').trim_end_matches('.').to_owned();
    }
    let bare = plain.trim_start_matches('0');
    if bare.is_empty() || bare.starts_with('.') {
        format!("0{bare}")
    } else {
        bare.to_owned()
    }
}

/// What English endings leave of a word.
fn stem(word: &str) -> &str {
    if word.len() <= 4 || !word.is_ascii() {
        return word;
    }
    const ENDINGS: &[&str] = &[
        "ations", "ation", "ingly", "ings", "ing", "edly", "ies", "ied", "es", "ed", "ly", "s",
        "e", "y",
    ];
    for end in ENDINGS {
        if let Some(bare) = word.strip_suffix(end)
            && bare.len() >= 3
        {
            return bare;
        }
    }
    word
}

/// True for characters of scripts that put no space between words.
const fn is_alone(it: char) -> bool {
    matches!(it,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{3040}'..='\u{30FF}' | '\u{3105}'..='\u{312F}' | '\u{31A0}'..='\u{31BF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FF66}'..='\u{FF9F}' | '\u{20000}'..='\u{3FFFF}')
}

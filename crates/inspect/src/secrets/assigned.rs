//! Passwords and keys that are given to a name: `password=…`, `"api_key": "…"`, `my password is …`.

mod beside;
mod pairs;
mod value;
mod words;

use std::ops::Range;

pub(super) use self::words::{KEYS, PASSWORDS};
use self::words::{SIGNS, VERBS};
use super::{keys, quality};
use crate::detector::{Found, Hit, LEFT, Look};

/// The place of the only rule of each detector here.
const RULE: usize = 0;

/// The longest value that is read.
const MOST: usize = 160;

/// How far (bytes) a value may begin behind the start of its name, or of the row that its name
/// stands in. What stands before a name is asked for too, 24 bytes of it.
const FAR: usize = LEFT - 26;

/// Finds what is given to a name that ends in a word for passwords.
pub(super) fn look_password(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    let Hit::Word(word) = hit else { return };
    let text = look.text.get(word.clone()).unwrap_or_default();
    let name = text.trim_end_matches(" is").trim_end_matches([':', '=']);
    // Short names must be words of their own: `pw`, `mdp`.
    let letter = |it: Option<char>| it.is_some_and(char::is_alphanumeric);
    if name.len() <= 4 && letter(look.char_before(word.start)) && !name.eq_ignore_ascii_case("pwd")
    {
        return;
    }
    let word = word.start..word.start + name.len();
    let sure = |it: &Given<'_>| value::sure_password(look, &word, it);
    if let Some((span, sure)) = named(look, &word, sure) {
        found.add_sure(RULE, span, sure);
    }
}

/// Finds passwords of several words between quotes.
pub(super) fn look_phrase(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    let Hit::Word(word) = hit else { return };
    let text = look.text.get(word.clone()).unwrap_or_default();
    let len = text.trim_end_matches(['"', '\'', ' ', ':', '=']).len();
    let Some(given) = given(look, &(word.start..word.start + len), true) else {
        return;
    };
    let words = given.value.split(' ').count();
    let real = !quality::is_placeholder(given.value) && words <= 8;
    let marked = given.value.bytes().any(|it| it.is_ascii_digit());
    let said = text.to_ascii_lowercase().starts_with("passphrase");
    if words > 1 && real && (marked || said) {
        found.add(RULE, given.span);
    }
}

/// Finds what is given to a name that ends in a word for keys.
pub(super) fn look_key(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    let Hit::Word(word) = hit else { return };
    let mut word = word.clone();
    // `secret_key`, `credentials`, `token_value`.
    for more in ["_key", "-key", " key", "key", "s", "_value"] {
        let rest = look.after(word.end, more.len());
        if rest.eq_ignore_ascii_case(more) {
            word.end += more.len();
            break;
        }
    }
    if is_page(look.before(word.start, 16)) {
        return;
    }
    let Some((mut span, sure)) = named(look, &word, value::sure_key) else {
        return;
    };
    while span.end > span.start && look.bytes().get(span.end - 1) == Some(&b'!') {
        span.end -= 1;
    }
    if !keys::is_known(look, &span) {
        found.add_sure(RULE, span, sure);
    }
}

/// A value that is given to a name.
struct Given<'t> {
    span: Range<usize>,
    value: &'t str,
    quoted: bool,
    how: How,
    /// What stands behind it.
    next: Option<char>,
}

/// What may stand between the lines or parts of a pair.
const SPACES: [char; 4] = [' ', '\t', '\n', '\r'];

/// How a value is given to its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    /// By a sign: `password=…`.
    Signed,
    /// In a list of two: `("password", "…")`.
    Listed,
    /// By a verb: `my password is …`.
    Spoken,
    /// It stands beside it: `password …`.
    Beside,
}

/// What is given to the name that ends with `word`, or stands beside it, when that is `sure`.
fn named(
    look: &Look<'_>,
    word: &Range<usize>,
    sure: impl Fn(&Given<'_>) -> Option<u8>,
) -> Option<(Range<usize>, u8)> {
    if let Some(given) = given(look, word, false).filter(|it| !it.value.is_empty()) {
        return sure(&given).map(|sure| (given.span, sure));
    }
    let end = word.end + name_end(look.after(word.end, 24));
    beside::beside(look, word.start, end).find_map(|it| Some((it.span.clone(), sure(&it)?)))
}

/// What is given to the name that ends with `word`. With `spaces` it must stand between quotes
/// and may hold spaces.
fn given<'t>(look: &Look<'t>, word: &Range<usize>, spaces: bool) -> Option<Given<'t>> {
    let rest = look.after(word.end, MOST + 24);
    let mut at = name_end(rest);
    let flag = look.before(word.start, 24);
    let is_flag = flag
        .rsplit(' ')
        .next()
        .is_some_and(|it| it.starts_with("--"));
    let named = rest.get(..at)?;
    let (len, how) = match assigns(rest.get(at..)?) {
        Some(known) => known,
        None if is_flag && at > 0 => (0, How::Signed),
        None => pairs::assigns(named, rest.get(at..)?)?,
    };
    at += len;
    let block = pairs::block(look, word.start, rest.get(..at)?, rest.get(at..)?);
    at += block;
    if rest.get(at..)?.starts_with("** ") {
        at += "**".len();
    }
    at += spaces_at(rest.get(at..)?, 4);
    let (open, quote) = quote_at(rest.get(at..)?);
    at += open;
    let tail = rest.get(at..)?;
    let len = match quote {
        Some(quote) => tail.find(|it: char| {
            it == quote || it == '\\' || it == '\n' || (it.is_whitespace() && !spaces)
        })?,
        None if spaces => return None,
        None => unquoted(tail),
    };
    let value = tail.get(..len)?;
    let next = tail.get(len..)?.chars().next();
    // A quoted value that is cut by a space is a sentence, and one without an end is not known.
    let cut = quote.is_some() && next.is_none_or(char::is_whitespace);
    // What stands in a line of its own is all that stands there.
    let goes_on = block > 0 && next.is_some_and(|it| it != '\n' && it != '\r');
    let far = (block > 0 || how == How::Listed) && word.end + at > word.start + FAR;
    if cut || goes_on || far || value.len() > MOST {
        return None;
    }
    let value = match quote {
        Some(_) => value,
        None => value.trim_end_matches(['.', '?', ':', '*', '_']),
    };
    let start = word.end + at;
    Some(Given {
        span: start..start + value.len(),
        value,
        quoted: quote.is_some(),
        how,
        next,
    })
}

/// What closes a name: `']`, `"`, `**`.
fn name_end(rest: &str) -> usize {
    let rest = rest
        .strip_prefix("ña")
        .map_or((rest, 0), |it| (it, "ña".len()));
    let (rest, start) = rest;
    let close = |it: char| matches!(it, '"' | '\'' | '`' | ']' | '*' | '\\');
    let ends = rest.chars().take(3).take_while(|it| close(*it)).count();
    start + ends + spaces_at(rest.get(ends..).unwrap_or_default(), 3)
}

/// The length of what gives a value to a name.
fn assigns(rest: &str) -> Option<(usize, How)> {
    let starts = |it: &&&str| rest.starts_with(**it);
    if let Some(sign) = SIGNS.iter().find(starts) {
        return Some((sign.len(), How::Signed));
    }
    let verb = VERBS.iter().find(starts)?;
    Some((verb.len(), How::Spoken))
}

fn spaces_at(rest: &str, most: usize) -> usize {
    let is_space = |it: &u8| *it == b' ' || *it == b'\t';
    rest.bytes().take(most).take_while(is_space).count()
}

/// The length of what opens a quotation, and what ends it.
fn quote_at(rest: &str) -> (usize, Option<char>) {
    let escaped = usize::from(rest.starts_with('\\'));
    match rest.get(escaped..).and_then(|it| it.chars().next()) {
        Some(it @ ('"' | '\'' | '`')) => (escaped + 1, Some(it)),
        // What closes these ends a value anyway.
        Some(it @ ('„' | '“' | '«' | '「')) => (it.len_utf8(), None),
        _ => (0, None),
    }
}

/// How long a value is that stands without quotes.
fn unquoted(tail: &str) -> usize {
    let len = tail.find(is_end).unwrap_or(tail.len());
    let run = tail.get(..len).unwrap_or_default();
    // `&` ends a value in a query, and is part of it elsewhere.
    match run.split_once('&') {
        Some((first, more)) if more.contains('=') => first.len(),
        _ => len,
    }
}

fn is_end(it: char) -> bool {
    it.is_whitespace()
        || matches!(
            it,
            '"' | '\''
                | '`'
                | ','
                | ';'
                | ')'
                | ']'
                | '}'
                | '<'
                | '|'
                | '\\'
                | '”'
                | '“'
                | '»'
                | '」'
                | '）'
                | '。'
                | '，'
                | '、'
                | '；'
        )
}

/// True for names of tokens that are no secret: of pages, of streams of events, of an identity.
fn is_page(before: &str) -> bool {
    let name = before.trim_end_matches(['_', '-', '.', ' ']);
    // `id_token`, `userIdToken`, `userIDToken`; not `plaidToken`, `PLAID_TOKEN`.
    let ends = |id: &str, inside: fn(char) -> bool| {
        let rest = name.strip_suffix(id);
        rest.is_some_and(|it| !it.ends_with(inside))
    };
    let is_upper = |it: char| it.is_ascii_uppercase();
    if ends("Id", is_upper) || ends("id", char::is_alphabetic) || ends("ID", is_upper) {
        return true;
    }
    let name = name.to_ascii_lowercase();
    [
        "page",
        "next",
        "sync",
        "continuation",
        "cursor",
        "resume",
        "cancellation",
        "pagination",
        "public",
    ]
    .iter()
    .any(|it| name.ends_with(it))
}

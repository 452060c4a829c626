//! A reply cut into sentences.

use std::ops::Range;

/// The longest sentence, in bytes: what is longer is cut there.
const LONGEST: usize = 1000;

/// The sentences of `text`, by place, without the space around them. Lines end sentences; blocks
/// of code are left out.
pub(super) fn split(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    let mut code = false;
    let lines = text.split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        let fence = line.trim_start().starts_with("```");
        code ^= fence;
        (!fence && !code).then_some((start, line))
    });
    lines.flat_map(|(start, line)| {
        sentences(line)
            .into_iter()
            .map(move |it| it.start + start..it.end + start)
    })
}

fn sentences(line: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut from = 0;
    let mut chars = line.char_indices().peekable();
    while let Some((at, it)) = chars.next() {
        let end = at + it.len_utf8();
        let next = chars.peek().map(|(_, it)| *it);
        let space = next.is_none_or(char::is_whitespace);
        let stop = match it {
            '。' | '！' | '？' => true,
            '.' => space && !is_short(line.get(from..at).unwrap_or_default()),
            '!' | '?' | ';' => space,
            _ => end - from >= LONGEST && it.is_whitespace(),
        };
        if stop {
            push(line, from..end, &mut out);
            from = end;
        }
    }
    push(line, from..line.len(), &mut out);
    out
}

/// True when the point belongs to the word before it: `Dr`, `e.g`, `No`, one letter, a list's number.
fn is_short(before: &str) -> bool {
    const SHORT: &[&str] = &[
        "dr", "mr", "mrs", "ms", "prof", "st", "e.g", "i.e", "no", "vs", "approx", "ca", "fig",
        "inc", "ltd", "bzw", "nr", "z.b",
    ];
    let word = before
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    let word = word.trim_start_matches(['(', '"', '\'']);
    let lower = word.to_lowercase();
    let alone = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    let item = before.trim_start() == word && word.bytes().all(|it| it.is_ascii_digit());
    alone || item || SHORT.contains(&lower.as_str())
}

fn push(line: &str, span: Range<usize>, out: &mut Vec<Range<usize>>) {
    let Some(text) = line.get(span.clone()) else {
        return;
    };
    let space = |it: char| it.is_whitespace() || matches!(it, '-' | '*' | '#' | '>' | '|');
    let start = span.start + (text.len() - text.trim_start_matches(space).len());
    let end = span.end - (text.len() - text.trim_end().len());
    if start < end {
        out.push(start..end);
    }
}

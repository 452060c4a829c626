//! What stands in the line beneath a name: alone there, or as the reply to who asked for it.

use crate::detector::Look;

/// The longest text before a reply, in bytes: `[10:43] bruno: `.
const WHO: usize = 32;

/// The longest line that is read, in bytes.
const LINE: usize = 256;

/// Where the only word of the next line begins, or that of the reply in it. The name ends at `end`;
/// one empty line may stand between. The word begins at `farthest` or before.
pub(crate) fn beneath(look: &Look<'_>, end: usize, farthest: usize) -> Option<usize> {
    let text = look.after(end, LINE);
    let rest = text.trim_start_matches(['?', ':', '.', ' ']);
    let lines = rest.trim_start_matches(['\n', '\r']);
    let breaks = rest.get(..rest.len() - lines.len())?.matches('\n').count();
    if !(1..=2).contains(&breaks) {
        return None;
    }
    let who = author(lines);
    let opened = lines.get(who..)?.trim_start_matches(['"', '\'', '`']);
    let at = end + text.len() - opened.len();
    // What stands behind the word decides: streams know one character of it.
    let behind = opened.find(char::is_whitespace).unwrap_or(opened.len());
    let is_alone = opened
        .get(behind..)
        .is_some_and(|it| it.is_empty() || it.starts_with(['\n', '\r']));
    (is_alone && behind > 0 && at <= farthest).then_some(at)
}

/// How long the part of a line is that says who replies: `[10:43] bruno: `. What has a number of its
/// own is no name.
fn author(line: &str) -> usize {
    let signs = line.match_indices([':', '>', '-']);
    let mut ends = signs.map(|(at, _)| at + 1).take_while(|at| *at < WHO);
    let first = ends.find(|at| line.get(*at..).is_some_and(|it| it.starts_with(' ')));
    let Some(who) = first.and_then(|at| line.get(..at)) else {
        return 0;
    };
    let is_number = |it: &str| {
        let long = it.chars().filter(|it| it.is_alphanumeric()).count() > 4;
        long && it.contains(|it: char| it.is_ascii_digit())
    };
    let is_name = !who.contains(['\n', '\r']) && !who.split(' ').any(is_number);
    if is_name { who.len() + 1 } else { 0 }
}

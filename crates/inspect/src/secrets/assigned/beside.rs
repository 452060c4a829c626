//! Values that stand beside their name: no sign and no verb gives them to it. The next word, the
//! next cell, the next line, the reply to a question, the cell below.
//!
//! What stands there may be anything, so that only what is hardly anything else is taken.

use super::words::LINKS;
use super::{FAR, Given, How, MOST, is_end};
use crate::beneath::beneath;
use crate::detector::Look;

/// The longest cell of a table's first row, in bytes.
const CELL: usize = 24;

/// What stands beside the name whose text ends at `end`, and whose word starts at `start`.
pub(super) fn beside<'t>(
    look: &Look<'t>,
    start: usize,
    end: usize,
) -> impl Iterator<Item = Given<'t>> {
    let places = [
        next(look, start, end),
        beneath(look, end, start + FAR),
        column(look, start, end),
    ];
    let look = *look;
    let places = places.into_iter().flatten();
    places.filter_map(move |at| value_at(&look, at))
}

fn value_at<'t>(look: &Look<'t>, at: usize) -> Option<Given<'t>> {
    let rest = look.after(at, MOST + 4);
    let len = rest.find(is_end).unwrap_or(rest.len());
    let value = rest.get(..len)?;
    let next = rest.get(len..)?.chars().next();
    let value = value.trim_end_matches(['.', '?', ':', '*', '_']);
    (!value.is_empty() && len <= MOST).then_some(Given {
        span: at..at + value.len(),
        value,
        quoted: false,
        how: How::Beside,
        next,
    })
}

/// Where the next word in the same line begins, behind what may stand between.
fn next(look: &Look<'_>, start: usize, end: usize) -> Option<usize> {
    let text = look.after(end, FAR);
    // The name goes on: `secret_access_key`.
    let joins = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '-');
    if look.char_before(end).is_some_and(joins) && text.starts_with(joins) {
        return None;
    }
    let mut rest = text;
    for _ in 0..3 {
        let lower = |it: &&&str| {
            rest.get(..it.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(it))
        };
        match LINKS.iter().find(lower) {
            Some(link) => rest = rest.get(link.len()..)?.trim_start_matches(' '),
            None => break,
        }
    }
    let rest = rest.trim_start_matches([' ', '"', '\'', '`', '„', '“', '«', '「', '（', '\u{a0}']);
    let first = rest.chars().next()?;
    let is_word = !first.is_whitespace() && !matches!(first, ':' | '?' | '.' | '=' | '>' | '<');
    let at = end + text.len() - rest.len();
    (is_word && at <= start + FAR).then_some(at)
}

/// Where the cell below the name begins: the name stands in the first row of a table, or what
/// looks like one.
fn column(look: &Look<'_>, start: usize, end: usize) -> Option<usize> {
    let before = look.before(start, FAR);
    // A row whose start isn't seen has no columns to count. A text may begin with the row.
    let left = match before.rfind('\n') {
        Some(at) => before.get(at + 1..)?,
        None if before.len() == start && start + CELL < FAR => before,
        None => return None,
    };
    let behind = look.after(end, FAR);
    let (right, rows) = behind.split_once('\n')?;
    let row = [left, right];
    let delimiter = [',', ';', '\t', '|']
        .into_iter()
        .find(|it| row.iter().any(|part| part.contains(*it)))?;
    let is_name = |it: &str| it.len() <= CELL && !it.contains([':', '=', '{', '(']);
    if !row.iter().all(|part| part.split(delimiter).all(is_name)) {
        return None;
    }
    // The line between a table's head and its body.
    let is_rule =
        |it: &str| it.contains("--") && it.trim_matches(['-', '|', ':', ' ', '\r']).is_empty();
    let rows = match rows.split_once('\n') {
        Some((rule, body)) if is_rule(rule) => body,
        _ => rows,
    };
    let place = left.matches(delimiter).count();
    let cells = rows.split(delimiter).take(place);
    let skipped: usize = cells.map(|it| it.len() + 1).sum();
    let cell = rows.get(skipped..)?;
    if rows.get(..skipped)?.contains('\n') {
        return None;
    }
    let inner = cell.trim_start_matches([' ', '"', '\'', '`']);
    let at = end + behind.len() - inner.len();
    (at <= start - left.len() + FAR).then_some(at)
}

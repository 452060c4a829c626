//! Values that are not written right behind their name: the second of a pair, a value in a line of
//! its own.

use super::{How, SPACES, name_end};
use crate::detector::Look;

/// What gives the second of a pair to a name whose end is `end`, and how long it is:
/// `("token", "…")`, `key="token" value="…"`, `name: TOKEN` over `value: …`.
pub(super) fn assigns(end: &str, rest: &str) -> Option<(usize, How)> {
    let is_quoted = end.contains(['"', '\'', '`']);
    let gap = rest.strip_prefix(',').unwrap_or(rest);
    let text = gap.trim_start_matches(SPACES);
    let is_next = rest.len() > gap.len() && text.starts_with(['"', '\'', '`']);
    if is_quoted && is_next && !gap.starts_with(['\n', '\r']) {
        let is_value = text
            .get(1..6)
            .is_some_and(|it| it.eq_ignore_ascii_case("value"));
        if !is_value {
            return Some((rest.len() - text.len(), How::Listed));
        }
    }
    let text = text.trim_start_matches(['"', '\'', '`']);
    let word = "value";
    let is_value = text
        .get(..word.len())
        .is_some_and(|it| it.eq_ignore_ascii_case(word));
    if !is_value || rest.len() == text.len() && end.is_empty() {
        return None;
    }
    let text = text.get(word.len()..)?;
    let sign = text.get(name_end(text)..)?;
    let behind = sign.strip_prefix([':', '='])?;
    Some((rest.len() - behind.len(), How::Signed))
}

/// The length of what leads to a value in a line of its own: behind an element's name
/// (`<token>`), or behind a key of YAML and the sign of a block (`token: |`). None of it is 0.
pub(super) fn block(look: &Look<'_>, name: usize, sign: &str, rest: &str) -> usize {
    let line = if sign.ends_with('>') {
        // The start tag of an element stands alone in its line's beginning.
        let before = look.before(name, 24);
        let is_name = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '-' | '.' | ':');
        let tag = before.trim_end_matches(is_name).strip_suffix('<');
        let is_start = |it: &str| it.trim_end_matches([' ', '\t']).ends_with(['\n', '>']);
        if sign.ends_with("=>") || !tag.is_some_and(|it| it.is_empty() || is_start(it)) {
            return 0;
        }
        rest
    } else if sign.ends_with(':') {
        let block = rest.trim_start_matches(' ');
        match block.strip_prefix(['|', '>']) {
            Some(it) => it.strip_prefix(['-', '+']).unwrap_or(it),
            None => return 0,
        }
    } else {
        return 0;
    };
    let value = line.trim_start_matches(SPACES);
    let is_next = line.starts_with('\n') || line.starts_with("\r\n");
    let lines = line.len() - value.len();
    let breaks = line.get(..lines).unwrap_or_default().matches('\n').count();
    if is_next && breaks == 1 {
        rest.len() - value.len()
    } else {
        0
    }
}

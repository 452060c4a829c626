//! Texts that are strings in JSON, and JSON that is in such strings.

use std::ops::Range;

use super::{Scanner, Scope};
use crate::finding::{Families, Finding};
use crate::json::{escaped_strings, looks_like_json, unquoted};

/// So deep JSON is looked for in strings of JSON in strings: what a tool call takes is one, what
/// it quotes is another.
const DEEPEST: usize = 4;

/// What stands in a JSON string, at places in `raw`.
///
/// Each text is looked at as it is; where it looks like JSON, those of its strings and keys that
/// have escapes are unescaped and looked at, too. Strings without escapes stand in the text as
/// they are and were seen there.
pub(super) fn scan(scanner: &Scanner, raw: &str, families: Families) -> Vec<Finding> {
    let scope = Scope::whole(families);
    let mut found = Vec::new();
    string(scanner, raw, scope, DEEPEST, &mut found);
    scanner.settle(&mut found);
    found
}

/// `depth` is at most [`DEEPEST`].
fn string(scanner: &Scanner, raw: &str, scope: Scope, depth: usize, out: &mut Vec<Finding>) {
    let view = unquoted(raw);
    let known = out.len();
    out.append(&mut scanner.find(&view.text, 0, scope));
    if depth > 0 && looks_like_json(&view.text) {
        for inner in escaped_strings(&view.text) {
            let part = view.text.get(inner.clone()).unwrap_or_default();
            let known = out.len();
            string(scanner, part, scope, depth - 1, out);
            shift(out, known, inner);
        }
    }
    for it in out.iter_mut().skip(known) {
        it.span = view.source(it.span.clone());
        it.open &= it.span.end == raw.len();
    }
}

fn shift(out: &mut [Finding], known: usize, by: Range<usize>) {
    for it in out.iter_mut().skip(known) {
        it.span = by.start + it.span.start..by.start + it.span.end;
    }
}

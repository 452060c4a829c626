//! CEL expressions of a rule, with the places of their faults in the document.

use std::sync::Arc;

use super::section::{Entry, Faults};
use super::value;
use crate::marked::{Data, Node, Place};
use crate::policy::cel::Condition;
use crate::policy::fault::DslFault;
use crate::policy::rule::Test;

const LONGEST: usize = 64 << 10;

/// Compiles the expression under `expression` or `when`.
pub(super) fn read(entry: Entry<'_>, lines: &[&str], faults: &mut Faults) -> Option<Test> {
    let source = value::text(entry, LONGEST, faults)?;
    match Condition::compile(source) {
        Ok(condition) => Some(Test::Cel(Arc::new(condition))),
        Err(found) => {
            for fault in found {
                let (line, column) = place_of(entry.node, fault.line, fault.column, lines);
                let message = format!("in '{}': {}", entry.name(), fault.message);
                faults.push(DslFault {
                    line,
                    column,
                    message,
                    ..fault
                });
            }
            None
        }
    }
}

/// Where in the document the letter stands that is at this line and column of a node's text.
///
/// Blanks and the ends of lines may have been folded away, so letters are counted without them.
fn place_of(node: &Node, line: usize, column: usize, lines: &[&str]) -> (usize, usize) {
    let start = (node.place.line, node.place.column);
    let Data::Scalar { text, .. } = &node.data else {
        return start;
    };
    let before = letters_before(text, line, column);
    let mut raw = Raw::at(&node.place, lines);
    match raw.peek() {
        Some('|' | '>') => raw.next_line(),
        Some(quote @ ('"' | '\'')) => {
            raw.take();
            raw.quote = Some(quote);
        }
        // It was written elsewhere.
        Some('*' | '&' | '!') | None => return start,
        Some(_) => {}
    }
    raw.skip_letters(before).unwrap_or(start)
}

/// How many letters that are no blanks stand before a place in `text`.
fn letters_before(text: &str, line: usize, column: usize) -> usize {
    let letters = |text: &str, most: usize| {
        text.chars()
            .take(most)
            .filter(|it| !it.is_whitespace())
            .count()
    };
    let above: usize = text
        .split('\n')
        .take(line.saturating_sub(1))
        .map(|it| letters(it, usize::MAX))
        .sum();
    let at = text.split('\n').nth(line.saturating_sub(1));
    above + at.map_or(0, |it| letters(it, column.saturating_sub(1)))
}

/// A walk over the document's own letters.
struct Raw<'t> {
    lines: &'t [&'t str],
    line: usize,
    column: usize,
    rest: std::str::Chars<'t>,
    quote: Option<char>,
}

impl<'t> Raw<'t> {
    fn at(place: &Place, lines: &'t [&'t str]) -> Self {
        let text = lines.get(place.line.saturating_sub(1)).copied();
        let mut rest = text.unwrap_or_default().chars();
        for _ in 1..place.column {
            rest.next();
        }
        Self {
            lines,
            line: place.line,
            column: place.column,
            rest,
            quote: None,
        }
    }

    fn peek(&self) -> Option<char> {
        self.rest.clone().next()
    }

    fn take(&mut self) -> Option<char> {
        self.column += 1;
        self.rest.next()
    }

    fn next_line(&mut self) {
        self.line += 1;
        self.column = 1;
        let text = self.lines.get(self.line.saturating_sub(1)).copied();
        self.rest = text.unwrap_or_default().chars();
    }

    /// The place of the letter after `count` letters that are no blanks; after the last one where
    /// there is none.
    fn skip_letters(&mut self, count: usize) -> Option<(usize, usize)> {
        let mut left = count;
        let mut last = None;
        while self.line <= self.lines.len() {
            let here = (self.line, self.column);
            match self.take() {
                None => self.next_line(),
                Some(letter) if letter.is_whitespace() => {}
                Some(letter) => {
                    if Some(letter) == self.quote && self.peek() != Some('\'') {
                        return Some(here);
                    }
                    if !self.is_letter(letter) {
                        continue;
                    }
                    if left == 0 {
                        return Some(here);
                    }
                    left -= 1;
                    last = Some((here.0, here.1 + 1));
                }
            }
        }
        last
    }

    /// Takes the rest of an escape. False: it stands for a blank, or for nothing.
    fn is_letter(&mut self, letter: char) -> bool {
        match (self.quote, letter) {
            (Some('\''), '\'') => {
                self.take();
                true
            }
            (Some('"'), '\\') => {
                let digits = match self.take() {
                    Some('x') => 2,
                    Some('u') => 4,
                    Some('U') => 8,
                    Some('n' | 't' | 'r' | ' ' | '\t' | 'N' | '_' | 'L' | 'P') | None => {
                        return false;
                    }
                    Some(_) => return true,
                };
                let code: String = (0..digits).filter_map(|_| self.take()).collect();
                let code = u32::from_str_radix(&code, 16).ok();
                !code
                    .and_then(char::from_u32)
                    .is_some_and(char::is_whitespace)
            }
            _ => true,
        }
    }
}

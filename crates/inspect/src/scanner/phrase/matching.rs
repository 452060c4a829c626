//! Holding a tree against a text.

use super::places::Places;
use super::tree::{Choice, First, Kind, Set, Tree, UPPER, both, lower};

/// A tree held against a part of a text.
pub(super) struct Matching<'m> {
    pub(super) tree: &'m Tree,
    pub(super) text: &'m str,
    pub(super) before: Option<char>,
    pub(super) behind: Option<char>,
    /// The part ends where the text ends.
    pub(super) is_end: bool,
    /// What follows the text may change what is found.
    pub(super) open: bool,
}

impl Matching<'_> {
    /// Adds to `ends` where `node` may end that begins at one of `from`.
    pub(super) fn go(&mut self, node: u32, from: &Places, ends: &mut Places) {
        let Some(node) = self.tree.node(node) else {
            return;
        };
        match &node.kind {
            Kind::Empty => ends.unite(from),
            Kind::Never => {}
            Kind::Literal(text) => {
                from.iter()
                    .for_each(|at| ends.extend(self.literal(text, at)));
            }
            Kind::One(set) => from.iter().for_each(|at| ends.extend(self.one(set, at))),
            Kind::Boundary { wanted, unicode } => from.iter().for_each(|at| {
                if self.boundary(at, *unicode) == Some(*wanted) {
                    ends.add(at);
                }
            }),
            Kind::Row(all) => self.row(all, from, ends),
            Kind::Any(choice) => self.any(choice, from, ends),
            Kind::Repeat { least, most, of } => self.repeat(*least, *most, *of, from, ends),
        }
    }

    fn row(&mut self, all: &[u32], from: &Places, ends: &mut Places) {
        let Some((last, all)) = all.split_last() else {
            return ends.unite(from);
        };
        let Some((first, all)) = all.split_first() else {
            return self.go(*last, from, ends);
        };
        let mut now = Places::none();
        self.go(*first, from, &mut now);
        let mut next = Places::none();
        for it in all {
            if now.is_empty() {
                return;
            }
            next.clear();
            self.go(*it, &now, &mut next);
            std::mem::swap(&mut now, &mut next);
        }
        if !now.is_empty() {
            self.go(*last, &now, ends);
        }
    }

    fn any(&mut self, choice: &Choice, from: &Places, ends: &mut Places) {
        let ahead = self.ahead(from);
        let mut letters = ahead.ascii;
        if self.tree.any_case {
            // What begins with `s` or `k` may stand there in a form beyond ASCII.
            if ahead.beyond {
                letters |= both(b's') | both(b'k');
            }
            // Both cases are in one list.
            letters = letters & !UPPER | (letters & UPPER) << 32;
        }
        while letters != 0 {
            let letter = letters.trailing_zeros() as u8;
            letters &= letters - 1;
            let first = choice.lettered.partition_point(|(it, _)| *it < letter);
            let those = choice.lettered.iter().skip(first);
            for (_, it) in those.take_while(|(it, _)| *it == letter) {
                self.go(*it, from, ends);
            }
        }
        for it in &choice.others {
            let may = self.tree.node(*it).is_some_and(|it| it.first.meets(ahead));
            if may {
                self.go(*it, from, ends);
            }
        }
    }

    /// What stands at these places. Where the text ends anything may follow.
    fn ahead(&mut self, from: &Places) -> First {
        let mut ahead = First::default();
        for at in from.iter() {
            match self.text.as_bytes().get(at) {
                Some(it) if it.is_ascii() => ahead.ascii |= 1 << it,
                Some(_) => ahead.beyond = true,
                None => self.open |= self.is_end,
            }
        }
        ahead
    }

    fn repeat(&mut self, least: u32, most: u32, of: u32, from: &Places, ends: &mut Places) {
        let mut reached = if least == 0 {
            from.clone()
        } else {
            Places::none()
        };
        let mut now = from.clone();
        let mut next = Places::none();
        for round in 1..=most {
            next.clear();
            self.go(of, &now, &mut next);
            if round >= least {
                // What was reached before leads nowhere new.
                next.remove(&reached);
                reached.unite(&next);
            }
            if next.is_empty() {
                break;
            }
            std::mem::swap(&mut now, &mut next);
        }
        ends.unite(&reached);
    }

    fn literal(&mut self, literal: &str, at: usize) -> Option<usize> {
        let rest = self.text.get(at..)?;
        if !self.tree.any_case {
            return self
                .literal_as_is(literal, rest)
                .then(|| at + literal.len());
        }
        // As far as both are ASCII.
        let mut same = 0;
        for (wanted, it) in literal.bytes().zip(rest.bytes()) {
            if (wanted | it) >= 0x80 {
                break;
            }
            if it.to_ascii_lowercase() != wanted {
                return None;
            }
            same += 1;
        }
        let mut text = rest.get(same..)?.chars();
        for wanted in literal.get(same..)?.chars() {
            match text.next() {
                Some(it) if lower(it) == wanted => {}
                Some(_) => return None,
                None => {
                    self.open |= self.is_end;
                    return None;
                }
            }
        }
        Some(self.text.len() - text.as_str().len())
    }

    fn literal_as_is(&mut self, literal: &str, rest: &str) -> bool {
        self.open |= self.is_end && rest.len() < literal.len() && literal.starts_with(rest);
        rest.starts_with(literal)
    }

    fn one(&mut self, set: &Set, at: usize) -> Option<usize> {
        let Some(it) = self.text.get(at..)?.chars().next() else {
            self.open |= self.is_end;
            return None;
        };
        set.has(it).then(|| at + it.len_utf8())
    }

    fn boundary(&mut self, at: usize, unicode: bool) -> Option<bool> {
        let is_word = |it: Option<char>| {
            it.is_some_and(|it| {
                it == '_'
                    || if unicode {
                        it.is_alphanumeric()
                    } else {
                        it.is_ascii_alphanumeric()
                    }
            })
        };
        let before = self.text.get(..at)?.chars().next_back().or(self.before);
        let after = self.text.get(at..)?.chars().next().or(self.behind);
        if after.is_none() {
            self.open |= self.is_end;
        }
        Some(is_word(before) != is_word(after))
    }
}

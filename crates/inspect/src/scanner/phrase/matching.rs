//! Holding a tree against a text.

use std::ops::RangeInclusive;

use smallvec::SmallVec;

use super::letters::{Set, lower};
use super::places::Places;
use super::tree::{Choice, Kind, Node, Tree};

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
        match from.single() {
            Some(at) => self.go_alone(node, at, ends),
            None => self.go_together(node, from, ends),
        }
    }

    /// The same from one place, as it is most often: nothing need be gathered.
    fn go_alone(&mut self, node: u32, at: usize, ends: &mut Places) {
        let Some(node) = self.tree.node(node) else {
            return;
        };
        if !self.may_begin(node, at) {
            return;
        }
        match &node.kind {
            Kind::Empty => ends.add(at),
            Kind::Never => {}
            Kind::Literal(text) => ends.extend(self.literal(text, at)),
            Kind::One(set) => ends.extend(self.one(set, at)),
            Kind::Boundary { wanted, unicode } => {
                if self.boundary(at, *unicode) == Some(*wanted) {
                    ends.add(at);
                }
            }
            Kind::Row(all) => self.row(all, at, ends),
            Kind::Any(choice) => self.any(choice, at, ends),
            Kind::Run { least, most, of } => self.run(*least, *most, of, at, ends),
            Kind::Repeat {
                least: 0,
                most: 1,
                of,
            } => {
                ends.add(at);
                self.go_alone(*of, at, ends);
            }
            Kind::Repeat { least, most, of } => {
                let step = |it: &mut Self, from: &Places, next: &mut Places| it.go(*of, from, next);
                self.repeat(*least..=*most, &Places::one(at), ends, step);
            }
        }
    }

    fn go_together(&mut self, node: u32, from: &Places, ends: &mut Places) {
        let tree = self.tree;
        let Some(node) = tree.node(node) else {
            return;
        };
        let mut kept = from.clone();
        kept.retain(|at| self.may_begin(node, at));
        match &node.kind {
            Kind::Row(all) => self.row_of_several(all, kept, ends),
            Kind::Any(choice) => self.any_of_several(choice, &kept, ends),
            Kind::Run { least, most, of } => {
                let step = |it: &mut Self, from: &Places, next: &mut Places| {
                    from.iter().for_each(|at| next.extend(it.one(of, at)));
                };
                self.repeat(*least..=*most, &kept, ends, step);
            }
            Kind::Repeat { least, most, of } => {
                let step = |it: &mut Self, from: &Places, next: &mut Places| it.go(*of, from, next);
                self.repeat(*least..=*most, &kept, ends, step);
            }
            Kind::Empty => ends.unite(&kept),
            Kind::Never => {}
            Kind::Literal(text) => kept
                .iter()
                .for_each(|at| ends.extend(self.literal(text, at))),
            Kind::One(set) => kept.iter().for_each(|at| ends.extend(self.one(set, at))),
            Kind::Boundary { wanted, unicode } => kept.iter().for_each(|at| {
                if self.boundary(at, *unicode) == Some(*wanted) {
                    ends.add(at);
                }
            }),
        }
    }

    /// False when another byte stands there than those with which the node begins. Where the text
    /// ends it may.
    fn may_begin(&self, node: &Node, at: usize) -> bool {
        let byte = self.text.as_bytes().get(at);
        byte.is_none_or(|it| node.first.may_be(*it))
    }

    fn row(&mut self, all: &[u32], at: usize, ends: &mut Places) {
        let mut at = at;
        let mut all = all;
        while let [first, rest @ ..] = all {
            if rest.is_empty() {
                return self.go_alone(*first, at, ends);
            }
            let mut next = Places::default();
            self.go_alone(*first, at, &mut next);
            match next.single() {
                Some(one) => at = one,
                None => return self.row_of_several(rest, next, ends),
            }
            all = rest;
        }
    }

    fn row_of_several(&mut self, all: &[u32], from: Places, ends: &mut Places) {
        let mut now = from;
        let mut all = all;
        while let [first, rest @ ..] = all {
            if now.is_empty() {
                return;
            }
            if rest.is_empty() {
                return self.go(*first, &now, ends);
            }
            let mut next = Places::default();
            self.go(*first, &now, &mut next);
            now = next;
            all = rest;
        }
    }

    fn any(&mut self, choice: &Choice, at: usize, ends: &mut Places) {
        match self.char_at(at).map(|it| choice.of(self.plain(it))) {
            Some(Some(node)) => self.go_alone(node, at, ends),
            Some(None) => {}
            // Where the text ends anything may follow.
            None => self.open |= self.is_end,
        }
        for it in &choice.others {
            self.go_alone(*it, at, ends);
        }
    }

    fn any_of_several(&mut self, choice: &Choice, from: &Places, ends: &mut Places) {
        // Each alternative is tried at once from all the places where its letter stands.
        let mut begun: SmallVec<[(u32, Places); 4]> = SmallVec::new();
        for at in from.iter() {
            let Some(it) = self.char_at(at) else {
                self.open |= self.is_end;
                continue;
            };
            if let Some(node) = choice.of(self.plain(it)) {
                match begun.iter_mut().find(|(known, _)| *known == node) {
                    Some((_, places)) => places.add(at),
                    None => begun.push((node, Places::one(at))),
                }
            }
        }
        for (node, places) in &begun {
            self.go(*node, places, ends);
        }
        for it in &choice.others {
            self.go(*it, from, ends);
        }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        match self.text.as_bytes().get(at) {
            Some(it) if it.is_ascii() => Some(char::from(*it)),
            _ => self.text.get(at..)?.chars().next(),
        }
    }

    /// As patterns write it.
    fn plain(&self, it: char) -> char {
        if self.tree.any_case { lower(it) } else { it }
    }

    /// Characters of a set in a row, from one place on.
    fn run(&mut self, least: u32, most: u32, set: &Set, at: usize, ends: &mut Places) {
        let mut at = at;
        let mut round = 0;
        loop {
            if round >= least {
                ends.add(at);
            }
            if round == most {
                return;
            }
            let Some(next) = self.one(set, at) else {
                return;
            };
            at = next;
            round += 1;
        }
    }

    /// What `step` makes of some places is made of that again.
    fn repeat(
        &mut self,
        times: RangeInclusive<u32>,
        from: &Places,
        ends: &mut Places,
        step: impl Fn(&mut Self, &Places, &mut Places),
    ) {
        let (least, most) = times.into_inner();
        let mut now = from.clone();
        let mut reached = match least {
            0 => from.clone(),
            _ => Places::default(),
        };
        for round in 1..=most {
            let mut next = Places::default();
            step(self, &now, &mut next);
            if round >= least {
                // What was reached before leads nowhere new.
                next.remove(&reached);
                reached.unite(&next);
            }
            if next.is_empty() {
                break;
            }
            now = next;
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
        if same == literal.len() {
            return Some(at + same);
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
        let Some(it) = self.char_at(at) else {
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

//! Making trees of patterns: what is the same becomes one node, and alternatives that begin alike
//! are tried once up to where they part.

use std::collections::{BTreeMap, HashMap};

use foldhash::fast::RandomState;
use regex_syntax::hir::{Class, ClassUnicode, Hir, HirKind, Look as Assertion};

use super::letters::{First, Set, both, lower};
use super::tree::{Choice, Kind, Node, Tree};

/// A tree while it is made.
pub(super) struct Reading {
    nodes: Vec<Node>,
    known: HashMap<Kind, u32, RandomState>,
    any_case: bool,
}

/// A part of a pattern: a text, and what follows it.
struct Branch<'h> {
    text: String,
    rest: &'h [Hir],
}

impl Reading {
    pub(super) fn new(any_case: bool) -> Self {
        Self {
            nodes: Vec::new(),
            known: HashMap::default(),
            any_case,
        }
    }

    pub(super) fn tree(mut self, hir: &Hir) -> Tree {
        let root = self.add(hir);
        self.nodes.shrink_to_fit();
        Tree {
            nodes: self.nodes,
            root,
            any_case: self.any_case,
        }
    }

    /// Adds a part and those below it, and says where it stands. Depth is bounded by the reader of
    /// patterns, and by the length of texts where alternatives are joined.
    fn add(&mut self, hir: &Hir) -> u32 {
        let kind = match hir.kind() {
            HirKind::Look(it) => assertion(*it),
            HirKind::Repetition(it) => self.repetition(it.min, it.max.unwrap_or(u32::MAX), &it.sub),
            HirKind::Alternation(all) => {
                let all = all.iter().map(|it| self.branch(it)).collect();
                return self.any(all);
            }
            HirKind::Class(_) if self.spelt(hir).is_none() => {
                set_of(hir).map_or(Kind::Never, |it| Kind::One(Box::new(it)))
            }
            _ => {
                let branch = self.branch(hir);
                return self.row(branch);
            }
        };
        self.push(kind)
    }

    /// The node of a kind, which may be there already.
    fn push(&mut self, kind: Kind) -> u32 {
        if let Some(known) = self.known.get(&kind) {
            return *known;
        }
        let place = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        self.known.insert(kind.clone(), place);
        let first = self.first(&kind);
        self.nodes.push(Node { kind, first });
        place
    }

    fn repetition(&mut self, least: u32, most: u32, sub: &Hir) -> Kind {
        let set = match self.spelt(sub) {
            None => set_of(sub),
            Some(_) => None,
        };
        match set {
            Some(it) => Kind::Run {
                least,
                most,
                of: Box::new(it),
            },
            None => Kind::Repeat {
                least,
                most,
                of: self.add(sub),
            },
        }
    }

    fn branch<'h>(&self, hir: &'h Hir) -> Branch<'h> {
        let mut rest = match hir.kind() {
            HirKind::Empty => &[],
            HirKind::Concat(all) => all.as_slice(),
            HirKind::Capture(it) => return self.branch(&it.sub),
            _ => std::slice::from_ref(hir),
        };
        let mut text = String::new();
        while let [first, tail @ ..] = rest
            && let Some(more) = self.spelt(first)
        {
            text.push_str(&more);
            rest = tail;
        }
        Branch { text, rest }
    }

    /// Parts in a row; letters in a row are one literal.
    fn row(&mut self, branch: Branch<'_>) -> u32 {
        let mut row = Vec::with_capacity(branch.rest.len());
        let mut text = branch.text;
        for it in branch.rest {
            match self.spelt(it) {
                Some(more) => text.push_str(&more),
                None => {
                    row.extend(self.literal(std::mem::take(&mut text)));
                    row.push(self.add(it));
                }
            }
        }
        row.extend(self.literal(text));
        self.in_row(row)
    }

    fn literal(&mut self, text: String) -> Option<u32> {
        (!text.is_empty()).then(|| self.push(Kind::Literal(text.into_boxed_str())))
    }

    fn in_row(&mut self, row: Vec<u32>) -> u32 {
        match row.as_slice() {
            [] => self.push(Kind::Empty),
            [one] => *one,
            _ => self.push(Kind::Row(row.into_boxed_slice())),
        }
    }

    fn any(&mut self, all: Vec<Branch<'_>>) -> u32 {
        let mut groups: BTreeMap<char, Vec<Branch<'_>>> = BTreeMap::new();
        let mut others = Vec::new();
        for it in all {
            match it.text.chars().next() {
                Some(letter) => groups.entry(letter).or_default().push(it),
                None => others.push(self.row(it)),
            }
        }
        others.sort_unstable();
        others.dedup();
        let lettered: Vec<(char, u32)> = groups
            .into_iter()
            .map(|(letter, group)| (letter, self.alike(group)))
            .collect();
        match (lettered.as_slice(), others.as_slice()) {
            ([(_, one)], []) | ([], [one]) => return *one,
            _ => {}
        }
        let ascii = lettered.iter().filter(|it| it.0.is_ascii());
        self.push(Kind::Any(Box::new(Choice {
            ascii: ascii.fold(0, |all, it| all | 1 << u32::from(it.0)),
            lettered: lettered.into_boxed_slice(),
            others: others.into_boxed_slice(),
        })))
    }

    /// Alternatives that begin with the same character: what they share, then one of what follows.
    fn alike(&mut self, mut group: Vec<Branch<'_>>) -> u32 {
        if group.len() == 1
            && let Some(one) = group.pop()
        {
            return self.row(one);
        }
        let shared = group.iter().map(|it| it.text.as_str()).reduce(shared);
        let shared = shared.unwrap_or_default().to_owned();
        for it in &mut group {
            it.text.drain(..shared.len());
        }
        let mut row: Vec<u32> = self.literal(shared).into_iter().collect();
        row.push(self.any(group));
        self.in_row(row)
    }

    /// The text of a literal, or of a class that is one letter in any case.
    fn spelt(&self, hir: &Hir) -> Option<String> {
        match hir.kind() {
            HirKind::Literal(it) => {
                let text = String::from_utf8_lossy(&it.0);
                Some(if self.any_case {
                    text.chars().map(lower).collect()
                } else {
                    text.into_owned()
                })
            }
            HirKind::Class(Class::Unicode(class)) if self.any_case => {
                let mut ranges = class.ranges().iter();
                let first = lower(ranges.next()?.start());
                let is_letter = class.ranges().iter().all(|it| {
                    lower(it.start()) == first && lower(it.end()) == first && it.len() < 3
                });
                is_letter.then(|| first.to_string())
            }
            _ => None,
        }
    }

    fn first(&self, kind: &Kind) -> First {
        let of = |it: &u32| {
            let node = self.nodes.get(*it as usize);
            node.map_or(First::default(), |it| it.first)
        };
        match kind {
            Kind::Empty | Kind::Boundary { .. } => First::NOTHING,
            Kind::Never => First::default(),
            Kind::Literal(text) => self.first_of(text),
            Kind::One(set) => of_set(set, false),
            Kind::Run { least, of, .. } => of_set(of, *least == 0),
            Kind::Any(choice) => {
                let lettered = choice.lettered.iter().map(|(_, it)| it);
                let all = lettered.chain(&choice.others).map(of);
                all.fold(First::default(), First::or)
            }
            Kind::Row(all) => {
                let mut first = First::NOTHING;
                for it in all.iter().map(of) {
                    if !first.nothing {
                        break;
                    }
                    first.nothing = false;
                    first = first.or(it);
                }
                first
            }
            Kind::Repeat { least, of: it, .. } => {
                let mut first = of(it);
                first.nothing |= *least == 0;
                first
            }
        }
    }

    fn first_of(&self, text: &str) -> First {
        match text.bytes().next() {
            Some(it) if it.is_ascii() => First {
                ascii: if self.any_case { both(it) } else { 1 << it },
                // Some letters beyond ASCII are `s` or `k` in another form.
                beyond: self.any_case && matches!(it, b's' | b'k'),
                nothing: false,
            },
            first => First {
                beyond: first.is_some(),
                nothing: first.is_none(),
                ascii: 0,
            },
        }
    }
}

fn of_set(set: &Set, nothing: bool) -> First {
    First {
        ascii: set.ascii,
        beyond: !set.beyond.is_empty(),
        nothing,
    }
}

/// What both texts begin with.
fn shared<'t>(one: &'t str, other: &str) -> &'t str {
    let same = one.chars().zip(other.chars()).take_while(|(a, b)| a == b);
    let long = same.map(|(it, _)| it.len_utf8()).sum();
    one.get(..long).unwrap_or_default()
}

fn set_of(hir: &Hir) -> Option<Set> {
    let class = match hir.kind() {
        HirKind::Class(Class::Unicode(it)) => it.clone(),
        // Patterns match text, so a class of bytes has none beyond ASCII.
        HirKind::Class(Class::Bytes(it)) => {
            it.to_unicode_class().unwrap_or_else(ClassUnicode::empty)
        }
        _ => return None,
    };
    let mut set = Set {
        ascii: 0,
        beyond: Vec::new(),
    };
    for it in class.ranges() {
        for ascii in u32::from(it.start())..=u32::from(it.end()).min(0x7F) {
            set.ascii |= 1 << ascii;
        }
        if !it.end().is_ascii() {
            set.beyond.push((it.start().max('\u{80}'), it.end()));
        }
    }
    Some(set)
}

fn assertion(it: Assertion) -> Kind {
    let (wanted, unicode) = match it {
        Assertion::WordUnicode => (true, true),
        Assertion::WordUnicodeNegate => (false, true),
        Assertion::WordAscii => (true, false),
        Assertion::WordAsciiNegate => (false, false),
        _ => return Kind::Never,
    };
    Kind::Boundary { wanted, unicode }
}

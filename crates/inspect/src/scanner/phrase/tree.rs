//! Patterns as trees.

use regex_syntax::hir::{Class, ClassUnicode, Hir, HirKind, Look as Assertion};

use super::matching::Matching;
use super::places::Places;
use super::{Outcome, hir};
use crate::detector::LONGEST;

/// A pattern that was read.
#[derive(Debug)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
    /// Letters are matched in any case.
    pub(super) any_case: bool,
}

#[derive(Debug)]
pub(super) struct Node {
    pub(super) kind: Kind,
    /// With which bytes it may begin.
    pub(super) first: First,
}

/// Nodes are named by their places in the tree.
#[derive(Debug)]
pub(super) enum Kind {
    Empty,
    /// Lower case, where case doesn't count.
    Literal(Box<str>),
    One(Box<Set>),
    Row(Box<[u32]>),
    Any(Box<Choice>),
    Repeat {
        least: u32,
        most: u32,
        of: u32,
    },
    Boundary {
        wanted: bool,
        unicode: bool,
    },
    /// Start or end of the text, which a part of a text doesn't know.
    Never,
}

/// One of several.
#[derive(Debug)]
pub(super) struct Choice {
    /// Those that begin with one ASCII character, by that (lower case where case doesn't count).
    pub(super) lettered: Box<[(u8, u32)]>,
    pub(super) others: Box<[u32]>,
}

/// Bytes that something may begin with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct First {
    /// Those of ASCII.
    pub(super) ascii: u128,
    /// Any other.
    pub(super) beyond: bool,
    /// It may be empty.
    nothing: bool,
}

impl First {
    fn or(self, other: Self) -> Self {
        Self {
            ascii: self.ascii | other.ascii,
            beyond: self.beyond | other.beyond,
            nothing: self.nothing | other.nothing,
        }
    }

    /// The one ASCII character that it begins with.
    fn letter(self, any_case: bool) -> Option<u8> {
        let lowest = u8::try_from(self.ascii.trailing_zeros())
            .ok()
            .filter(|it| it.is_ascii())?;
        let letter = if any_case {
            lowest.to_ascii_lowercase()
        } else {
            lowest
        };
        let one = if any_case { both(letter) } else { 1 << letter };
        let is_one = self.ascii == one && !self.nothing;
        // `s` and `k` have forms beyond ASCII.
        (is_one && (!self.beyond || any_case && matches!(letter, b's' | b'k'))).then_some(letter)
    }

    pub(super) fn meets(self, other: Self) -> bool {
        self.nothing || self.ascii & other.ascii != 0 || (self.beyond && other.beyond)
    }
}

/// A set of characters.
#[derive(Debug)]
pub(super) struct Set {
    ascii: u128,
    beyond: Vec<(char, char)>,
}

impl Set {
    pub(super) fn has(&self, it: char) -> bool {
        if it.is_ascii() {
            return self.ascii & (1 << u32::from(it)) != 0;
        }
        let behind = self.beyond.partition_point(|(from, _)| *from <= it);
        let range = behind.checked_sub(1).and_then(|it| self.beyond.get(it));
        range.is_some_and(|(_, to)| it <= *to)
    }
}

impl Tree {
    /// Reads a pattern that is matched in any case.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn read(pattern: &str) -> Result<Self, Box<regex_syntax::Error>> {
        Ok(Self::of(&hir(pattern, true)?, true))
    }

    /// The tree of what was read elsewhere.
    pub(crate) fn of(hir: &Hir, any_case: bool) -> Self {
        let mut tree = Self {
            nodes: Vec::new(),
            any_case,
        };
        tree.add(hir);
        tree.nodes.shrink_to_fit();
        tree
    }

    /// Adds a part and those below it, and says where it stands. The root comes last. Depth is
    /// bounded by the reader.
    fn add(&mut self, hir: &Hir) -> u32 {
        let kind = match hir.kind() {
            HirKind::Empty => Kind::Empty,
            HirKind::Literal(_) | HirKind::Class(_) => match self.spelt(hir) {
                Some(text) => Kind::Literal(text.into_boxed_str()),
                None => set_of(hir),
            },
            HirKind::Look(it) => assertion(*it),
            HirKind::Repetition(it) => Kind::Repeat {
                least: it.min,
                most: it.max.unwrap_or(u32::MAX),
                of: self.add(&it.sub),
            },
            HirKind::Capture(it) => return self.add(&it.sub),
            HirKind::Concat(all) => self.row(all),
            HirKind::Alternation(all) => {
                let all = all.iter().map(|it| self.add(it)).collect();
                Kind::Any(Box::new(self.choice(all)))
            }
        };
        self.push(kind)
    }

    fn push(&mut self, kind: Kind) -> u32 {
        let first = self.first(&kind);
        self.nodes.push(Node { kind, first });
        u32::try_from(self.nodes.len() - 1).unwrap_or(u32::MAX)
    }

    fn choice(&self, all: Vec<u32>) -> Choice {
        let mut lettered = Vec::new();
        let mut others = Vec::new();
        for it in all {
            let first = self.node(it).map_or(First::default(), |it| it.first);
            match first.letter(self.any_case) {
                Some(letter) => lettered.push((letter, it)),
                None => others.push(it),
            }
        }
        lettered.sort_unstable();
        Choice {
            lettered: lettered.into_boxed_slice(),
            others: others.into_boxed_slice(),
        }
    }

    /// Parts in a row; letters in a row are one literal.
    fn row(&mut self, all: &[Hir]) -> Kind {
        let mut row = Vec::with_capacity(all.len());
        let mut text = String::new();
        for it in all {
            match self.spelt(it) {
                Some(more) => text.push_str(&more),
                None => {
                    self.flush(&mut text, &mut row);
                    row.push(self.add(it));
                }
            }
        }
        self.flush(&mut text, &mut row);
        Kind::Row(row.into_boxed_slice())
    }

    fn flush(&mut self, text: &mut String, row: &mut Vec<u32>) {
        if !text.is_empty() {
            row.push(self.push(Kind::Literal(std::mem::take(text).into_boxed_str())));
        }
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
        let of = |it: &u32| self.node(*it).map_or(First::default(), |it| it.first);
        match kind {
            Kind::Empty | Kind::Boundary { .. } => First {
                nothing: true,
                ..First::default()
            },
            Kind::Never => First::default(),
            Kind::Literal(text) => match text.bytes().next() {
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
            },
            Kind::One(set) => First {
                ascii: set.ascii,
                beyond: !set.beyond.is_empty(),
                nothing: false,
            },
            Kind::Any(choice) => {
                let lettered = choice.lettered.iter().map(|(_, it)| it);
                let all = lettered.chain(&choice.others).map(of);
                all.fold(First::default(), First::or)
            }
            Kind::Row(all) => {
                let mut first = First {
                    nothing: true,
                    ..First::default()
                };
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

    pub(super) fn node(&self, at: u32) -> Option<&Node> {
        self.nodes.get(at as usize)
    }

    /// What comes of the pattern at `at`.
    pub(crate) fn at(&self, text: &str, at: usize) -> Outcome {
        let mut to = text.len().min(at.saturating_add(LONGEST));
        while !text.is_char_boundary(to) {
            to -= 1;
        }
        let Some(part) = text.get(at..to) else {
            return Outcome::default();
        };
        let mut matching = Matching {
            tree: self,
            text: part,
            before: text.get(..at).and_then(|it| it.chars().next_back()),
            behind: text.get(to..).and_then(|it| it.chars().next()),
            is_end: to == text.len(),
            open: false,
        };
        let root = u32::try_from(self.nodes.len()).unwrap_or_default();
        let mut ends = Places::none();
        matching.go(root.wrapping_sub(1), &Places::one(0), &mut ends);
        let end = ends.last().filter(|it| *it > 0);
        Outcome {
            end: end.map(|it| at + it),
            open: matching.open,
        }
    }

    /// True when a match may begin with this byte.
    pub(crate) fn may_begin(&self, byte: u8) -> bool {
        let root = self.nodes.last();
        root.is_some_and(|it| match byte {
            0..=0x7F => it.first.nothing || it.first.ascii & (1 << byte) != 0,
            _ => it.first.nothing || it.first.beyond,
        })
    }

    /// Bytes that it takes, about.
    pub(crate) fn size(&self) -> usize {
        let each = self.nodes.iter().map(|it| match &it.kind {
            Kind::Literal(text) => text.len(),
            Kind::One(set) => 40 + set.beyond.capacity() * 8,
            Kind::Row(all) => all.len() * 4,
            Kind::Any(it) => 40 + it.lettered.len() * 8 + it.others.len() * 4,
            _ => 0,
        });
        each.sum::<usize>() + self.nodes.len() * size_of::<Node>()
    }
}

fn set_of(hir: &Hir) -> Kind {
    let class = match hir.kind() {
        HirKind::Class(Class::Unicode(it)) => it.clone(),
        // Patterns match text, so a class of bytes has none beyond ASCII.
        HirKind::Class(Class::Bytes(it)) => {
            it.to_unicode_class().unwrap_or_else(ClassUnicode::empty)
        }
        _ => return Kind::Never,
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
    Kind::One(Box::new(set))
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

/// The upper case letters of ASCII.
pub(super) const UPPER: u128 = 0x07FF_FFFE << 64;

/// An ASCII byte in both cases.
pub(super) const fn both(it: u8) -> u128 {
    1 << it.to_ascii_lowercase() | 1 << it.to_ascii_uppercase()
}

/// An old form of `s`.
const LONG_S: char = '\u{17F}';

/// Lower case, where that is one character.
pub(super) fn lower(it: char) -> char {
    if it.is_ascii() {
        return it.to_ascii_lowercase();
    }
    if it == LONG_S {
        return 's';
    }
    let mut lower = it.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(it), None) => it,
        _ => it,
    }
}

//! Identity numbers as tables: how each is written, how it is checked, what it is called. One
//! look at a [`Number`] tries all that can begin at each of its groups.

use std::sync::LazyLock;

use super::context::{Context, Said, Topic};
use crate::detector::{Found, Hit, Look, Number};
use crate::pii::context::is_apart;

/// One kind of number.
#[derive(Debug)]
pub(super) struct Id {
    /// How it is written, each with how sure (percent) that is when nothing is said of it; 0: it
    /// must be called by its name. `9` is a digit, `A` a letter, `X` either, all else itself.
    pub forms: &'static [(&'static str, u8)],
    /// Checks the letters (upper case) and digits, in their order, without what stands between.
    pub check: fn(&[u8]) -> bool,
    /// What it is called at home.
    pub topic: Topic,
    /// Wider terms that may call it too.
    pub general: u128,
    /// How sure, when it is called by its name.
    pub sure: u8,
}

/// Writes a list of rules, and beside it the list of what they find.
macro_rules! ids {
    ($($id:literal, $label:literal, $sure:literal, $topic:ident | $general:expr, $check:expr,
       [$($form:literal: $alone:literal),* $(,)?], $about:literal;)*) => {
        /// The rules.
        pub(in crate::pii) const RULES: &[crate::finding::Rule] = &[
            $(crate::finding::Rule::pii($id, $label, $sure, $about)),*
        ];
        /// What they find, in the same order.
        const IDS: &[crate::pii::shape::Id] = &[
            $(crate::pii::shape::Id {
                forms: &[$(($form, $alone)),*],
                check: $check,
                topic: crate::pii::context::Topic::$topic,
                general: $general,
                sure: $sure,
            }),*
        ];
    };
}
pub(super) use ids;

/// A list of kinds, with the way from how a number begins to those that begin so.
#[derive(Debug)]
pub(super) struct Table {
    ids: &'static [Id],
    /// By [`Start::slot`]: which of `lists`, plus one; 0 is none.
    slots: Vec<u8>,
    /// Kind and form.
    lists: Vec<Vec<(usize, usize)>>,
}

/// Runs of digits this long are not told apart.
const LONG: usize = 31;

/// How a number begins: digits, what stands behind them, digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Start {
    first: usize,
    between: u8,
    second: usize,
}

impl Start {
    const SLOTS: usize = (LONG + 1) * (LONG + 1) * 8;

    /// How the text (or the pattern) begins.
    fn of(text: &[u8]) -> Self {
        let first = digits(text);
        let between = match text.get(first) {
            Some(b' ') => 1,
            Some(b'-') => 2,
            Some(b'.') => 3,
            Some(b'/') => 4,
            Some(b'(') => 5,
            Some(it) if it.is_ascii_alphabetic() => 6,
            _ => 0,
        };
        let second = match between {
            1..=5 => digits(text.get(first + 1..).unwrap_or_default()),
            _ => 0,
        };
        Self {
            first,
            between,
            second,
        }
    }

    /// Only the digits: what stands behind them belongs to something else.
    fn alone(self) -> Self {
        Self {
            between: 0,
            second: 0,
            ..self
        }
    }

    fn slot(self) -> usize {
        (self.first * (LONG + 1) + self.second) * 8 + usize::from(self.between)
    }
}

fn digits(text: &[u8]) -> usize {
    let run = text.iter().take(LONG).take_while(|it| it.is_ascii_digit());
    run.count()
}

impl Table {
    /// The table of these kinds. Each form must have a digit.
    pub(super) fn new(ids: &'static [Id]) -> Self {
        let mut slots = vec![0_u8; Start::SLOTS];
        let mut lists: Vec<Vec<(usize, usize)>> = Vec::new();
        for (kind, id) in ids.iter().enumerate() {
            for (form, (pattern, _)) in id.forms.iter().enumerate() {
                for start in starts(pattern) {
                    let Some(slot) = slots.get_mut(start.slot()) else {
                        continue;
                    };
                    if *slot == 0 {
                        lists.push(Vec::new());
                        *slot = u8::try_from(lists.len()).unwrap_or_default();
                    }
                    let list = lists.get_mut(usize::from(*slot).wrapping_sub(1));
                    if let Some(list) = list.filter(|it| !it.contains(&(kind, form))) {
                        list.push((kind, form));
                    }
                }
            }
        }
        Self { ids, slots, lists }
    }

    /// Finds all kinds that begin in this number.
    pub(super) fn look(&self, look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
        let Hit::Number(number) = hit else {
            return;
        };
        let mut behind = None;
        for &place in &number.places {
            if behind != Some(place) {
                self.look_at(look, number, place, found);
            }
            behind = Some(place + 1);
        }
    }

    /// Those that begin with the group of digits at `place`.
    fn look_at(&self, look: &Look<'_>, number: &Number, place: usize, found: &mut Found<'_>) {
        let rest = look.bytes().get(place..).unwrap_or_default();
        let start = Start::of(rest);
        let mut known: Option<(usize, Context)> = None;
        let alone = (start.between != 0).then(|| start.alone());
        for start in [Some(start), alone].into_iter().flatten() {
            let slot = self.slots.get(start.slot()).copied().unwrap_or_default();
            let Some(list) = self.lists.get(usize::from(slot).wrapping_sub(1)) else {
                continue;
            };
            for &(kind, form) in list {
                let Some(id) = self.ids.get(kind) else {
                    continue;
                };
                let Some((pattern, alone)) = id.forms.get(form) else {
                    continue;
                };
                let Some(seen) = Seen::of(look, number, place, pattern) else {
                    continue;
                };
                if !(id.check)(&seen.plain) {
                    continue;
                }
                let from = seen.span.start;
                let context = match known {
                    Some((at, context)) if at == from => context,
                    _ => Context::before(look, from),
                };
                known = Some((from, context));
                let sure = sure(id, *alone, context).saturating_sub(seen.doubt);
                if sure >= LEAST {
                    found.add_sure(kind, seen.span, sure);
                }
            }
        }
    }
}

/// What is less sure than this (percent) isn't reported.
pub(super) const LEAST: u8 = 50;

/// What it takes from being sure (percent) when the words call it something else.
const AGAINST: u8 = 42;

/// How sure a number of this kind is, with what is said before it.
fn sure(id: &Id, alone: u8, context: Context) -> u8 {
    match context.said(id.topic.bit(), id.general) {
        Said::Clearly => id.sure,
        Said::Vaguely => id.sure.saturating_sub(8).max(alone),
        Said::Earlier => id.sure.saturating_sub(30).max(alone),
        Said::Nothing => alone,
        Said::Against => alone.saturating_sub(AGAINST),
    }
}

/// All ways in which a text that fits the pattern can begin: an `X` may be a digit that makes a
/// run longer.
fn starts(pattern: &str) -> Vec<Start> {
    let mut spelled = vec![Vec::new()];
    for it in pattern.as_bytes() {
        let letters: &[u8] = if *it == b'X' { b"9A" } else { &[*it] };
        let longer = |text: &Vec<u8>| {
            letters
                .iter()
                .map(|it| {
                    let mut text = text.clone();
                    text.push(*it);
                    text
                })
                .collect::<Vec<_>>()
        };
        spelled = spelled.iter().flat_map(longer).collect();
    }
    let begin = |text: &Vec<u8>| Start::of(text.get(lead(text)..).unwrap_or_default());
    spelled.iter().map(begin).collect()
}

/// How many characters of a pattern stand before its first digit.
fn lead(pattern: &[u8]) -> usize {
    pattern.iter().take_while(|it| **it != b'9').count()
}

/// A place where a form fits.
struct Seen {
    span: std::ops::Range<usize>,
    /// Letters and digits alone, upper case.
    plain: Vec<u8>,
    /// What its neighbours take from being sure.
    doubt: u8,
}

impl Seen {
    /// The form, its first digit at `place`, when it fits and stands apart.
    fn of(look: &Look<'_>, number: &Number, place: usize, pattern: &str) -> Option<Self> {
        let pattern = pattern.as_bytes();
        let start = place.checked_sub(lead(pattern))?;
        let text = look.bytes().get(start..start + pattern.len())?;
        let fits = pattern.iter().zip(text).all(|(form, it)| match form {
            b'9' => it.is_ascii_digit(),
            b'A' => it.is_ascii_alphabetic(),
            b'X' => it.is_ascii_alphanumeric(),
            _ => form == it,
        });
        let span = start..start + text.len();
        if !fits || !is_apart(look, &span) {
            return None;
        }
        let doubt = doubt(look, number, &span, pattern)?;
        let plain = text.iter().filter(|it| it.is_ascii_alphanumeric());
        Some(Self {
            plain: plain.map(u8::to_ascii_uppercase).collect(),
            span,
            doubt,
        })
    }
}

/// What its neighbours say against a form: nothing, a doubt (percent), or (`None`) everything:
/// it is a part of something longer.
fn doubt(
    look: &Look<'_>,
    number: &Number,
    span: &std::ops::Range<usize>,
    pattern: &[u8],
) -> Option<u8> {
    let bytes = look.bytes();
    let before = span.start.checked_sub(1).and_then(|it| bytes.get(it));
    let earlier = span.start.checked_sub(2).and_then(|it| bytes.get(it));
    let is_digit = |it: Option<&u8>| it.is_some_and(u8::is_ascii_digit);
    // What follows in the same run of digits is known, and kept back together with it.
    let goes_on = span.end < number.span.end && is_digit(bytes.get(span.end + 1));
    let spaced = pattern.contains(&b' ');
    let mut doubt = 0;
    match before {
        Some(b'-' | b'.' | b'/' | b'+') if is_digit(earlier) => return None,
        Some(b'+' | b'$') => return None,
        Some(b' ') if is_digit(earlier) => doubt += if spaced { 35 } else { 5 },
        _ => {}
    }
    match bytes.get(span.end) {
        Some(b'-' | b'.' | b'/') if goes_on => return None,
        Some(b' ') if goes_on && spaced => doubt += 35,
        // The rest of a longer code: `13427235-K`.
        Some(b'-') => doubt += 45,
        Some(b'%') => return None,
        _ => {}
    }
    Some(doubt)
}

/// A table made at its first use.
pub(super) type Lazy = LazyLock<Table>;

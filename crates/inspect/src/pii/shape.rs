//! Identity numbers as tables: how each is written, how it is checked, what it is called. One
//! look at a [`Number`] tries all that can begin at each of its groups.

use std::ops::Range;

use super::context::{Context, Said, Topic, is_apart};
use crate::detector::{Found, Hit, Look, Number};
use crate::finding::Rule;

/// One kind of number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Id {
    /// Its rule: id, label, what it finds.
    pub rule: (&'static str, &'static str, &'static str),
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

/// Writes a list of kinds, one a line.
macro_rules! ids {
    ($($id:literal, $label:literal, $sure:literal, $topic:ident | $general:expr, $check:expr,
       [$($form:literal: $alone:literal),* $(,)?], $about:literal;)*) => {
        /// These kinds.
        pub(in crate::pii) const IDS: &[crate::pii::shape::Id] = &[
            $(crate::pii::shape::Id {
                rule: ($id, $label, $about),
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

/// How many kinds there are in these lists.
pub(super) const fn count(lists: &[&[Id]]) -> usize {
    let mut count = 0;
    let mut rest = lists;
    while let [first, tail @ ..] = rest {
        count += first.len();
        rest = tail;
    }
    count
}

/// The rules of these lists, `N` as [`count`] says, in their order.
pub(super) const fn rules<const N: usize>(lists: &[&[Id]]) -> [Rule; N] {
    let mut out = [const { Rule::pii("", "", 0, "") }; N];
    let mut place = 0;
    let mut rest = lists;
    while let [list, tail @ ..] = rest {
        let mut ids = *list;
        while let [id, others @ ..] = ids {
            let (name, label, about) = id.rule;
            if let Some(slot) = out.split_at_mut(place).1.first_mut() {
                // A rule that is dropped here would be dropped by the compiler, which can't.
                std::mem::forget(std::mem::replace(
                    slot,
                    Rule::pii(name, label, id.sure, about),
                ));
            }
            place += 1;
            ids = others;
        }
        rest = tail;
    }
    out
}

/// How a kind is written.
#[derive(Clone, Copy, Debug)]
struct Form {
    kind: usize,
    pattern: &'static [u8],
    /// Characters before the first digit.
    lead: usize,
    /// How sure (percent) when nothing is said.
    alone: u8,
    /// Its groups are divided by spaces.
    spaced: bool,
}

/// All kinds, with the way from how a number begins to those that begin so.
#[derive(Debug)]
pub(super) struct Table {
    ids: Vec<Id>,
    /// By [`Start::slot`]: which of `lists`, plus one; 0 is none.
    slots: Vec<u16>,
    lists: Vec<Vec<Form>>,
}

/// Runs of digits this long are not told apart.
const LONG: usize = 31;

/// How a number begins: digits, what stands behind them, digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    /// The table of these lists. Each form must have a digit.
    pub(super) fn new(lists: &[&[Id]]) -> Self {
        let mut table = Self {
            ids: lists.iter().flat_map(|it| it.iter().copied()).collect(),
            slots: vec![0; Start::SLOTS],
            lists: Vec::new(),
        };
        for kind in 0..table.ids.len() {
            let forms = table.ids.get(kind).map_or(&[][..], |it| it.forms);
            for (pattern, alone) in forms {
                let form = Form {
                    kind,
                    pattern: pattern.as_bytes(),
                    lead: lead(pattern.as_bytes()),
                    alone: *alone,
                    spaced: pattern.contains(' '),
                };
                let mut starts = starts(pattern);
                starts.sort_unstable();
                starts.dedup();
                for start in starts {
                    table.add(start, form);
                }
            }
        }
        table
    }

    fn add(&mut self, start: Start, form: Form) {
        let Some(slot) = self.slots.get_mut(start.slot()) else {
            return;
        };
        if *slot == 0 {
            self.lists.push(Vec::new());
            *slot = u16::try_from(self.lists.len()).unwrap_or_default();
        }
        if let Some(list) = self.lists.get_mut(usize::from(*slot).wrapping_sub(1)) {
            list.push(form);
        }
    }

    /// Finds all kinds that begin in this number. The places of kinds are those of rules.
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
        let alone = (start.between != 0).then(|| start.alone());
        for start in [Some(start), alone].into_iter().flatten() {
            let slot = self.slots.get(start.slot()).copied().unwrap_or_default();
            let list = self.lists.get(usize::from(slot).wrapping_sub(1));
            for form in list.into_iter().flatten() {
                self.try_form(look, number, (place, form), found);
            }
        }
    }

    /// One form, its first digit at a place.
    fn try_form(
        &self,
        look: &Look<'_>,
        number: &Number,
        (place, form): (usize, &Form),
        found: &mut Found<'_>,
    ) {
        let (Some(id), Some(span)) = (self.ids.get(form.kind), fitting(look, place, form)) else {
            return;
        };
        let text = look.bytes().get(span.clone()).unwrap_or_default();
        let (mut room, mut count) = ([0_u8; 24], 0);
        let kept = text.iter().filter(|it| it.is_ascii_alphanumeric());
        for (slot, it) in room.iter_mut().zip(kept) {
            *slot = it.to_ascii_uppercase();
            count += 1;
        }
        let plain = room.get(..count).unwrap_or_default();
        if !(id.check)(plain) || !is_apart(look, &span) {
            return;
        }
        let Some(doubt) = doubt(look, number, &span, form.spaced) else {
            return;
        };
        let context = Context::before(look, span.start);
        let sure = sure(id, form.alone, context).saturating_sub(doubt);
        if sure >= LEAST {
            found.add_sure(form.kind, span, sure);
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

/// Where the form stands, its first digit at `place`, when it fits.
fn fitting(look: &Look<'_>, place: usize, form: &Form) -> Option<Range<usize>> {
    let start = place.checked_sub(form.lead)?;
    let span = start..start + form.pattern.len();
    let text = look.bytes().get(span.clone())?;
    // Small letters before a space are a word: `in 2024`.
    let is_word = form.spaced
        && form
            .pattern
            .get(..form.lead)
            .is_some_and(|it| it.ends_with(b" "));
    let small = |place: usize| is_word && place < form.lead;
    let each = form.pattern.iter().zip(text).enumerate();
    let fits = each.into_iter().all(|(place, (form, it))| match form {
        b'9' => it.is_ascii_digit(),
        b'A' if small(place) => it.is_ascii_uppercase(),
        b'A' => it.is_ascii_alphabetic(),
        b'X' => it.is_ascii_alphanumeric(),
        _ => form == it,
    });
    fits.then_some(span)
}

/// What its neighbours say against a form: nothing, a doubt (percent), or (`None`) everything:
/// it is a part of something longer.
fn doubt(look: &Look<'_>, number: &Number, span: &Range<usize>, spaced: bool) -> Option<u8> {
    let bytes = look.bytes();
    let before = span.start.checked_sub(1).and_then(|it| bytes.get(it));
    let earlier = span.start.checked_sub(2).and_then(|it| bytes.get(it));
    let is_digit = |it: Option<&u8>| it.is_some_and(u8::is_ascii_digit);
    // What follows in the same run of digits is known, and kept back together with it.
    let goes_on = span.end < number.span.end && is_digit(bytes.get(span.end + 1));
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

//! What the end of a text leaves open: what streams must know of a scanner.
//!
//! A rule that waits for a word leaves open where its word has begun, and where its word stands
//! and the rest isn't decided yet. Runs of characters without space and numbers are the streams'
//! own business.

use std::ops::Range;

use super::Scanner;
use super::engine::{Engine, LONGEST_TURNED, Placed, Spoken, Who, begins_word, builtin, rot13};
use super::layers::SAYING;
use super::phrase::Outcome;
use crate::detector::{Hold, LEFT, LONGEST, Layer, Look};
use crate::finding::{Families, RuleId};
use crate::normal;
use crate::text::View;

/// What a rule weighs in a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Weight {
    /// Nobody asks for it.
    Nothing,
    /// A guardrail that is counted: it meets no other rule, so that it may be counted late.
    Counted,
    /// Personal data or a secret that is counted: it may win over one that is replaced.
    Weighed,
    /// What it finds is replaced, or ends the text.
    Withheld,
}

/// Which rules are asked for.
pub(crate) trait Wanted {
    /// What the rule weighs.
    fn weight(&self, rule: RuleId) -> Weight;

    /// The families of rules that weigh this.
    fn families(&self, weight: Weight) -> Families;
}

/// The first places where something has begun that isn't decided: by what its rule weighs. The
/// text's length where there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Begun {
    /// Of [`Weight::Counted`].
    pub counted: usize,
    /// Of [`Weight::Weighed`].
    pub weighed: usize,
    /// Of [`Weight::Withheld`].
    pub withheld: usize,
    /// Where the last word ends for whose sake the text must be looked at; 0 when there is none.
    pub woke: usize,
}

impl Begun {
    fn none(text: &str) -> Self {
        Self {
            counted: text.len(),
            weighed: text.len(),
            withheld: text.len(),
            woke: 0,
        }
    }

    /// Takes what has begun in another form of the text, led back.
    fn take(&mut self, inner: Begun, text: &str, back: impl Fn(usize) -> usize) {
        for (weight, at) in [
            (Weight::Counted, inner.counted),
            (Weight::Weighed, inner.weighed),
            (Weight::Withheld, inner.withheld),
        ] {
            if at < text.len() {
                self.mark(weight, back(at));
            }
        }
        if inner.woke > 0 {
            self.woke = self.woke.max(back(inner.woke - 1) + 1);
        }
    }

    /// A row of single letters begins at `at`, of which a guardrail may make words.
    fn mark_row(&mut self, at: usize, text: &str, wanted: &impl Wanted) {
        if at >= text.len() {
            return;
        }
        self.mark(Weight::Counted, at);
        if !wanted.families(Weight::Withheld).and(SAYING).is_empty() {
            self.mark(Weight::Withheld, at);
        }
    }

    fn mark(&mut self, weight: Weight, at: usize) {
        let place = match weight {
            Weight::Nothing => return,
            Weight::Counted => &mut self.counted,
            Weight::Weighed => &mut self.weighed,
            Weight::Withheld => &mut self.withheld,
        };
        *place = at.min(*place);
    }
}

/// What must be known of the other forms of a text. The last run of characters without space begins
/// at the place given: what that becomes is known at its end alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Forms {
    /// It has none.
    None,
    /// Only its last run, or a row of single letters at its end, may become something else.
    Last(usize),
    /// It may have some.
    All(usize),
}

/// What lies further back than this is decided, in bytes: hidden characters may stretch what is
/// found, but not beyond what a stream can keep back.
const FAR: usize = 2 * LONGEST;

impl Scanner {
    /// What has begun at or after `from` and isn't decided at the end of `text`. `forms` is what
    /// is known of the text near `from` and behind it.
    pub(crate) fn begun(
        &self,
        text: &str,
        from: usize,
        forms: Forms,
        wanted: &impl Wanted,
    ) -> Begun {
        let mut begun = Begun::none(text);
        self.begun_in(Layer::Raw, text, from, wanted, &mut begun);
        begun_apart(text, from, wanted, &mut begun);
        match forms {
            Forms::None => {}
            Forms::Last(last) => self.begun_before(text, from..last, wanted, &mut begun),
            Forms::All(last) => self.begun_in_forms(text, from..last, wanted, &mut begun),
        }
        let mut far = text.len().saturating_sub(FAR).max(from);
        // What leaves is cut there.
        while !text.is_char_boundary(far) {
            far += 1;
        }
        for place in [&mut begun.counted, &mut begun.weighed, &mut begun.withheld] {
            *place = far.max(*place);
        }
        begun
    }

    /// What the last run or the last row becomes may decide what stands before it.
    fn begun_before(
        &self,
        text: &str,
        within: Range<usize>,
        wanted: &impl Wanted,
        begun: &mut Begun,
    ) {
        let row = row(text, within.clone());
        begun.mark_row(row, text, wanted);
        let known = row.min(within.end).max(within.start);
        let plain = text.get(..known).unwrap_or_default();
        let inner = self.begun_behind(Layer::Raw, plain, within.start, wanted);
        begun.take(inner, plain, |at| at);
    }

    fn begun_in_forms(
        &self,
        text: &str,
        within: Range<usize>,
        wanted: &impl Wanted,
        begun: &mut Begun,
    ) {
        let from = within.start;
        let mut start = from.saturating_sub(LEFT);
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let tail = text.get(start..).unwrap_or_default();
        let folded = if tail.is_ascii() {
            None
        } else {
            normal::folded(tail)
        };
        let folded = folded.unwrap_or_else(|| View::same(tail));
        let place = |it: usize| folded.place(it.saturating_sub(start));
        let back = |at: usize| (start + folded.source(at..at + 1).start).max(from);
        let own = place(from);
        let last = place(within.end).max(own);
        let row = row(&folded.text, own..last);
        if row < folded.text.len() {
            begun.mark_row(back(row), text, wanted);
        }
        if !folded.is_same() {
            let mut inner = Begun::none(&folded.text);
            begun_apart(&folded.text, own, wanted, &mut inner);
            begun.take(inner, &folded.text, back);
        }
        // What the last run or the last row becomes may decide what stands before it. The first
        // letter of that row may be the last one of the row before.
        let row = row.min(last).max(own);
        for known in [last, row].into_iter().skip(usize::from(row == last)) {
            let plain = folded.text.get(..known).unwrap_or_default();
            let mut take =
                |layer: Layer, text: &str, from: usize, source: &dyn Fn(usize) -> usize| {
                    let inner = self.begun_behind(layer, text, from, wanted);
                    begun.take(inner, text, |at| back(source(at)));
                };
            take(Layer::Raw, plain, own, &|at| at);
            if !folded.is_same() {
                take(Layer::Folded, plain, own, &|at| at);
            }
            normal::forms(plain, |form| {
                let source = |at| form.source(at..at + 1).start;
                take(form.layer, form.text, form.place(own), &source);
            });
        }
    }

    fn begun_behind(&self, layer: Layer, text: &str, from: usize, wanted: &impl Wanted) -> Begun {
        let mut begun = Begun::none(text);
        self.begun_in(layer, text, from, wanted, &mut begun);
        begun
    }

    fn begun_in(
        &self,
        layer: Layer,
        text: &str,
        from: usize,
        wanted: &impl Wanted,
        begun: &mut Begun,
    ) {
        let look = Look { text, layer };
        builtin().begun(&look, from, wanted, begun);
        if self.own.is_empty() {
            return;
        }
        for weight in [Weight::Counted, Weight::Weighed, Weight::Withheld] {
            let own = |rule: RuleId| wanted.weight(rule) == weight;
            if let Some(at) = self.own.begun(&look, from, own) {
                begun.mark(weight, at);
            }
        }
        begun.woke = begun.woke.max(self.own.woke(&look, from));
    }
}

/// Where a row begins that may go on at the end of the text, or did until its last run began: what
/// that becomes decides whether its first letter belongs to the row. `within` is what isn't decided,
/// up to that run.
fn row(text: &str, within: Range<usize>) -> usize {
    let row = normal::open(text, within.start);
    let before = text.get(..within.end).unwrap_or_default();
    if !before.ends_with(char::is_whitespace) {
        return row;
    }
    match normal::open(before, within.start.min(before.len())) {
        known if known < before.len() => row.min(known),
        _ => row,
    }
}

/// What is left open by texts in several runs that are read apart from what stands around.
fn begun_apart(text: &str, from: usize, wanted: &impl Wanted, begun: &mut Begun) {
    let row = normal::open_apart(text, from);
    if row < text.len() {
        begun.mark_row(row, text, wanted);
        begun.woke = text.len();
        return;
    }
    let mut start = from.saturating_sub(1);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let rest = text.get(start..).unwrap_or_default();
    let turned = normal::turned(rest);
    if turned > 0 {
        begun.woke = begun.woke.max(start + turned);
    }
}

impl Engine {
    fn begun(&self, look: &Look<'_>, from: usize, wanted: &impl Wanted, begun: &mut Begun) {
        let bytes = look.bytes();
        const WEIGHTS: [Weight; 3] = [Weight::Counted, Weight::Weighed, Weight::Withheld];
        let families = WEIGHTS.map(|it| wanted.families(it));
        let mut open = [None; WEIGHTS.len()];
        self.words.each_or_open(
            bytes,
            from,
            |wakes, span| {
                let woke = self.woken(look, wakes.who, span, wanted, begun);
                begun.woke = begun.woke.max(woke);
            },
            |at, bits| {
                for (first, families) in open.iter_mut().zip(families) {
                    if first.is_none() && bits & families.bits() != 0 {
                        *first = Some(at);
                    }
                }
            },
        );
        for (weight, at) in WEIGHTS.into_iter().zip(open) {
            if let Some(at) = at {
                begun.mark(weight, at);
            }
        }
    }

    /// What a word leaves open, and where it ends if the text must be looked at for its sake.
    fn woken(
        &self,
        look: &Look<'_>,
        who: Who,
        span: Range<usize>,
        wanted: &impl Wanted,
        begun: &mut Begun,
    ) -> usize {
        match who {
            Who::Detector(place) => {
                if let Some(it) = self.detectors.get(usize::from(place)) {
                    waits(look, *it, &span, wanted, begun);
                }
                span.end
            }
            Who::Phrase(place) | Who::Turned(place) => {
                let Some(it) = self.phrases.get(usize::from(place)) else {
                    return 0;
                };
                let weight = wanted.weight(it.rule);
                if weight == Weight::Nothing || !begins_word(look, span.start) {
                    return 0;
                }
                let outcome = self.outcome(look, who, it, span.start);
                if outcome.open {
                    begun.mark(weight, span.start);
                }
                outcome.end.map_or(0, |_| span.end)
            }
        }
    }

    fn outcome(&self, look: &Look<'_>, who: Who, it: &Spoken, at: usize) -> Outcome {
        if !matches!(who, Who::Turned(_)) {
            return it.pattern.at(look.text, at);
        }
        let text = rot13(look.after(at, LONGEST_TURNED));
        let mut outcome = it.pattern.at(&text, 0);
        outcome.open &= at + text.len() == look.text.len();
        outcome
    }
}

/// What a detector leaves open whose word stands at `span`.
fn waits(
    look: &Look<'_>,
    it: Placed,
    span: &Range<usize>,
    wanted: &impl Wanted,
    begun: &mut Begun,
) {
    let known = look.text.len() - span.start;
    let is_open = |within: usize| known < within.min(LONGEST);
    let at = match it.detector.hold {
        Hold::Word(within) if is_open(within) => Some(span.start),
        Hold::Asked(within, ask) if is_open(within) => ask(look, span),
        _ => None,
    };
    let Some(at) = at else {
        return;
    };
    for rule in 0..it.detector.rules.len() {
        let rule = it
            .base
            .saturating_add(u16::try_from(rule).unwrap_or(u16::MAX));
        let weight = wanted.weight(RuleId(rule));
        // What stands before `at` may leave, but the word is still needed.
        match weight {
            Weight::Withheld => {
                begun.mark(weight, at);
                begun.mark(Weight::Weighed, span.start);
            }
            _ => begun.mark(weight, span.start),
        }
    }
}

#[cfg(test)]
#[expect(
    clippy::string_slice,
    reason = "a test stops where it finds something wrong"
)]
mod tests {
    use super::*;

    struct All;
    impl Wanted for All {
        fn weight(&self, _: RuleId) -> Weight {
            Weight::Withheld
        }
        fn families(&self, _: Weight) -> Families {
            Families::ALL
        }
    }

    #[test]
    fn a_phrase_of_joined_letters_is_open() {
        let text = "And i g n o r e  a l l  ";
        let begun = |text: &str| {
            let last = text.rfind(' ').map_or(0, |it| it + 1);
            Scanner::builtin()
                .begun(text, 0, Forms::All(last), &All)
                .withheld
        };
        for end in 4..text.len() {
            assert!(begun(&text[..end]) <= 4, "{}", &text[..end]);
        }
        assert_eq!(begun("My i g n o r e  a "), 3);
        assert_eq!(begun("My ignore 4"), 3);
        assert_eq!(begun("My 1gnor3 \u{430}"), 3);
    }
}

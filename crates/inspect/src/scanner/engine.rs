//! The built-in rules as one machine: what wakes which look.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use memchr::memchr_iter;
use smallvec::SmallVec;

use super::phrase::Pattern;
use super::runs;
use super::words::{Growing, Mark, Words};
use crate::catalog;
use crate::detector::{Detector, Found, Hit, Layer, Look, Number, Phrase, Trigger};
use crate::finding::{Families, Family, Finding, Rule, RuleId};
use crate::normal;

/// What is in ROT13 is read so far, in bytes.
pub(super) const LONGEST_TURNED: usize = 256;

/// A detector with the id of its first rule.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    pub(super) detector: &'static Detector,
    pub(super) base: u16,
    families: Families,
}

/// A phrase with its id and its machine.
#[derive(Debug)]
pub(super) struct Spoken {
    phrase: &'static Phrase,
    pub(super) rule: RuleId,
    pub(super) pattern: Pattern,
}

/// What a word wakes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wakes {
    pub(super) who: Who,
    families: Families,
}

/// Places in the engine's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    Detector(u16),
    Phrase(u16),
    /// A phrase whose first word stands there in ROT13.
    Turned(u16),
}

#[derive(Default)]
struct Tried {
    at: usize,
    those: SmallVec<[Who; 8]>,
}

impl Tried {
    /// True when that was tried there before. Detectors look at each of their words.
    fn knows(&mut self, who: Who, at: usize) -> bool {
        if matches!(who, Who::Detector(_)) {
            return false;
        }
        if self.at != at {
            self.at = at;
            self.those.clear();
        }
        let known = self.those.contains(&who);
        if !known {
            self.those.push(who);
        }
        known
    }
}

impl Mark for Wakes {
    fn bits(&self) -> u8 {
        self.families.bits()
    }

    /// Phrases do, and looks for what a text says, in words: they ask for it themselves. So do
    /// payloads: commands and attributes begin where words do.
    fn begins_words(&self) -> bool {
        let saying = Families::of(&[Family::Injection, Family::Content, Family::Output]);
        self.families.and(saying) == self.families
    }
}

/// All built-in rules.
#[derive(Debug)]
pub(crate) struct Engine {
    pub(super) detectors: Vec<Placed>,
    pub(super) phrases: Vec<Spoken>,
    pub(super) words: Words<Wakes>,
    ats: Vec<Placed>,
    numbers: Vec<(usize, Placed)>,
    tokens: Vec<(usize, Placed)>,
}

/// The machine of the built-in rules, made once.
pub(crate) fn builtin() -> &'static Engine {
    static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::new);
    &ENGINE
}

impl Engine {
    fn new() -> Self {
        let mut base = 0_u16;
        let mut detectors = Vec::new();
        for detector in catalog::detectors() {
            let families = families_of(detector.rules);
            detectors.push(Placed {
                detector,
                base,
                families,
            });
            base = base.saturating_add(u16::try_from(detector.rules.len()).unwrap_or(u16::MAX));
        }
        let mut phrases = Vec::new();
        for phrase in catalog::phrases() {
            phrases.push(Spoken {
                phrase,
                rule: RuleId(base),
                pattern: Pattern::new(phrase.pattern),
            });
            base = base.saturating_add(1);
        }
        let mut list: Vec<(Cow<'static, str>, Wakes)> = Vec::new();
        let (mut ats, mut numbers, mut tokens) = (Vec::new(), Vec::new(), Vec::new());
        for (place, it) in detectors.iter().enumerate() {
            match it.detector.trigger {
                Trigger::Words(words) => {
                    let wakes = Wakes {
                        who: Who::Detector(place_of(place)),
                        families: it.families,
                    };
                    list.extend(words.iter().map(|word| (Cow::Borrowed(*word), wakes)));
                }
                Trigger::At => ats.push(*it),
                Trigger::Number(least) => numbers.push((least, *it)),
                Trigger::Token(least) => tokens.push((least.max(runs::SHORTEST_TOKEN), *it)),
            }
        }
        for (place, it) in phrases.iter().enumerate() {
            let begins = it.phrase.begins.iter();
            let wakes = Wakes {
                who: Who::Phrase(place_of(place)),
                families: Families::of(&[it.phrase.rule.family]),
            };
            list.extend(begins.clone().map(|word| (Cow::Borrowed(*word), wakes)));
            if it.phrase.rule.family == Family::Injection {
                let turned = begins
                    .filter(|word| is_turnable(word))
                    .map(|word| rot13(word));
                let wakes = Wakes {
                    who: Who::Turned(place_of(place)),
                    ..wakes
                };
                list.extend(turned.map(|word| (Cow::Owned(word), wakes)));
            }
        }
        let mut words = Growing::new();
        for (word, wakes) in list {
            words.add(&word, wakes);
        }
        Self {
            detectors,
            phrases,
            words: words.done(),
            ats,
            numbers,
            tokens,
        }
    }

    /// One look over a text from `from` on; what stands before is context only.
    pub(crate) fn pass(
        &self,
        look: &Look<'_>,
        from: usize,
        families: Families,
        out: &mut Vec<Finding>,
    ) {
        let families = families.and(of_layer(look.layer));
        self.words(look, from..look.text.len(), families, out);
        if matches!(look.layer, Layer::Words | Layer::Leet) {
            return;
        }
        self.ats(look, from, families, out);
        self.numbers(look, from, families, out);
        self.tokens(look, from, families, out);
    }

    /// One look for words that begin in a part of a text.
    pub(super) fn words(
        &self,
        look: &Look<'_>,
        within: Range<usize>,
        families: Families,
        out: &mut Vec<Finding>,
    ) {
        let bytes = look.bytes();
        // Phrases that were tried at a place: several of their first words may stand there.
        let mut tried = Tried::default();
        self.words.each(bytes, within, |wakes, span| {
            if !tried.knows(wakes.who, span.start) {
                self.wake(wakes, look, span, families, out);
            }
        });
    }

    fn wake(
        &self,
        wakes: Wakes,
        look: &Look<'_>,
        span: Range<usize>,
        families: Families,
        out: &mut Vec<Finding>,
    ) {
        if families.bits() & wakes.families.bits() == 0 {
            return;
        }
        match wakes.who {
            Who::Detector(place) => {
                if let Some(it) = self.detectors.get(usize::from(place)) {
                    it.look(look, &Hit::Word(span), families, out);
                }
            }
            Who::Phrase(place) => {
                if let Some(it) = self.phrases.get(usize::from(place))
                    && begins_word(look, span.start)
                {
                    let end = it.pattern.at(look.text, span.start).end;
                    out.extend(end.map(|end| it.finding(look, span.start..end)));
                }
            }
            Who::Turned(place) => {
                if let Some(it) = self.phrases.get(usize::from(place))
                    && begins_word(look, span.start)
                {
                    let text = rot13(look.after(span.start, LONGEST_TURNED));
                    let end = it.pattern.at(&text, 0).end;
                    let look = Look {
                        layer: Layer::Decoded,
                        ..*look
                    };
                    out.extend(end.map(|end| it.finding(&look, span.start..span.start + end)));
                }
            }
        }
    }

    fn ats(&self, look: &Look<'_>, from: usize, families: Families, out: &mut Vec<Finding>) {
        let rest = look.bytes().get(from..).unwrap_or_default();
        for at in memchr_iter(b'@', rest) {
            for it in &self.ats {
                it.look(look, &Hit::At(from + at), families, out);
            }
        }
    }

    fn numbers(&self, look: &Look<'_>, from: usize, families: Families, out: &mut Vec<Finding>) {
        let bytes = look.bytes();
        let mut number = Number::default();
        let mut at = from;
        while let Some(digit) = runs::next_digit(bytes, at) {
            let next = runs::number_at(bytes, digit, &mut number);
            for (least, it) in &self.numbers {
                if number.digits.len() >= *least {
                    it.look(look, &Hit::Number(&number), families, out);
                }
            }
            at = next.unwrap_or(number.span.end);
        }
    }

    fn tokens(&self, look: &Look<'_>, from: usize, families: Families, out: &mut Vec<Finding>) {
        let bytes = look.bytes();
        let mut at = from;
        while let Some(start) = runs::next_token(bytes, at) {
            let run = runs::token_at(bytes, start);
            at = run.end;
            for (least, it) in &self.tokens {
                if run.len() >= *least {
                    it.look(look, &Hit::Token(run.clone()), families, out);
                }
            }
        }
    }
}

impl Spoken {
    fn finding(&self, look: &Look<'_>, span: Range<usize>) -> Finding {
        Finding {
            rule: self.rule,
            confidence: catalog::weigh(look, &self.phrase.rule, &span),
            span,
            open: false,
        }
    }
}

impl Placed {
    fn look(&self, look: &Look<'_>, hit: &Hit<'_>, families: Families, out: &mut Vec<Finding>) {
        if families.and(self.families).is_empty() {
            return;
        }
        let mut found = Found {
            base: self.base,
            rules: self.detector.rules,
            out,
        };
        (self.detector.look)(look, hit, &mut found);
    }
}

/// A shorter word in ROT13 is a word of some language.
fn is_turnable(word: &str) -> bool {
    word.len() >= 3
        && word
            .bytes()
            .all(|it| it.is_ascii_alphabetic() || it == b' ')
}

pub(super) fn rot13(text: &str) -> String {
    let turn = |it: char| u8::try_from(it).map_or(it, |it| char::from(normal::rot13(it)));
    text.chars()
        .map(|it| if it.is_ascii() { turn(it) } else { it })
        .collect()
}

/// Places in lists of rules, which are far shorter than this.
fn place_of(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}

fn families_of(rules: &[Rule]) -> Families {
    let each = rules.iter().map(|it| Families::of(&[it.family]));
    each.fold(Families::NONE, |all, it| all | it)
}

/// What is looked for in a layer.
fn of_layer(layer: Layer) -> Families {
    match layer {
        Layer::Raw | Layer::Folded | Layer::Decoded => Families::ALL,
        Layer::Words | Layer::Leet => {
            Families::of(&[Family::Injection, Family::Content, Family::Output])
        }
    }
}

/// True when a phrase may begin here: not within a word, unless the script has no spaces.
pub(crate) fn begins_word(look: &Look<'_>, at: usize) -> bool {
    let is_word = |it: char| it.is_alphanumeric() || it == '_';
    let (Some(before), Some(first)) = (look.char_before(at), look.char_at(at)) else {
        return true;
    };
    !is_word(before) || !is_word(first) || is_unspaced(before) || is_unspaced(first)
}

/// True for letters of scripts that put no space between words: Thai, Lao, Burmese, Khmer, Kana,
/// Bopomofo and Han.
pub(crate) const fn is_unspaced(it: char) -> bool {
    matches!(it,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{2E80}'..='\u{312F}' | '\u{3190}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FF66}'..='\u{FF9F}' | '\u{20000}'..='\u{3FFFF}')
}

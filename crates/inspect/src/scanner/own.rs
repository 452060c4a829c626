//! A tenant's own rules: patterns, names, topics, denied texts.

use std::ops::Range;

use regex_automata::Input;
use regex_automata::meta::Regex;

use self::compile::compile;
use super::engine::begins_word;
use super::phrase::Tree;
use super::words::{Growing, Mark, Words};
use super::{Spec, Wrong};
use crate::detector::{LONGEST, Layer, Look};
use crate::finding::{Category, Families, Family, Finding, Rule, RuleId};

mod compile;
#[cfg(test)]
mod tests;

/// The most patterns of a tenant, of both kinds together.
pub(crate) const MOST_PATTERNS: usize = 200;

/// The most names, topics and denied texts together.
pub(crate) const MOST_WORDS: usize = 2_000;

/// The longest text of a pattern, a name, a topic or a denied text, in bytes.
const MOST_TEXT: usize = 1_000;

/// The longest label, in bytes.
const MOST_LABEL: usize = 64;

/// What all compiled patterns may take together, in bytes.
const MOST_TOGETHER: usize = 8 << 20;

/// Those rules, compiled. Ids count on from those of the built-in rules.
#[derive(Debug, Default)]
pub(crate) struct Own {
    pub(crate) rules: Vec<Rule>,
    base: u16,
    patterns: Vec<Searched>,
    words: Option<Words<Named>>,
}

/// A pattern that is searched for everywhere.
#[derive(Debug)]
struct Searched {
    place: u16,
    family: Family,
    regex: Regex,
    /// Says what the end of a text leaves open.
    tree: Tree,
}

/// What a word of a tenant stands for.
#[derive(Clone, Copy, Debug)]
struct Named {
    place: u16,
}

impl Mark for Named {
    fn bits(&self) -> u8 {
        u8::MAX
    }

    fn begins_words(&self) -> bool {
        true
    }
}

impl Own {
    /// Compiles `spec`.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub(crate) fn new(spec: &Spec, base: u16) -> Result<Self, Vec<Wrong>> {
        let mut making = Making {
            own: Self {
                base,
                ..Self::default()
            },
            wrong: Vec::new(),
            size: 0,
        };
        making.count(spec);
        if making.wrong.is_empty() {
            making.patterns(spec);
            making.words(spec);
        }
        if making.wrong.is_empty() {
            Ok(making.own)
        } else {
            Err(making.wrong)
        }
    }

    /// What stands in a text, from `from` on.
    pub(crate) fn pass(
        &self,
        look: &Look<'_>,
        from: usize,
        families: Families,
        out: &mut Vec<Finding>,
    ) {
        for it in &self.patterns {
            let is_value = it.family == Family::Pii;
            let is_read = !is_value || !matches!(look.layer, Layer::Words | Layer::Leet);
            if families.has(it.family) && is_read {
                self.search(it, look, from, out);
            }
        }
        let Some(words) = &self.words else {
            return;
        };
        if families.has(Family::Content) {
            let bytes = look.bytes();
            words.each(bytes, from..bytes.len(), |named, span| {
                if is_whole(look, &span) {
                    out.extend(self.finding(named.place, span));
                }
            });
        }
    }

    /// Matches don't overlap: the next is searched for behind the last.
    fn search(&self, it: &Searched, look: &Look<'_>, from: usize, out: &mut Vec<Finding>) {
        let mut at = from;
        while let Some(found) = it.regex.search(&Input::new(look.text).range(at..)) {
            let span = found.range();
            at = span.end.max(at + 1);
            out.extend(self.finding(it.place, span));
        }
    }

    fn finding(&self, place: u16, span: Range<usize>) -> Option<Finding> {
        let rule = self.rules.get(usize::from(place))?;
        Some(Finding {
            rule: RuleId(self.base.saturating_add(place)),
            confidence: rule.confidence,
            span,
            open: false,
        })
    }

    /// The first place at or after `from` where something has begun that the end of the text
    /// leaves open, of a rule that is `wanted`.
    pub(crate) fn begun(
        &self,
        look: &Look<'_>,
        from: usize,
        wanted: impl Fn(RuleId) -> bool,
    ) -> Option<usize> {
        let is_wanted = |place: u16| wanted(RuleId(self.base.saturating_add(place)));
        let bytes = look.bytes();
        let mut first = None;
        let near = bytes.len().saturating_sub(LONGEST).max(from);
        for it in self.patterns.iter().filter(|it| is_wanted(it.place)) {
            let to = first.unwrap_or(bytes.len());
            let open = (near..to).find(|at| {
                bytes.get(*at).is_some_and(|byte| it.tree.may_begin(*byte))
                    && it.tree.at(look.text, *at).open
            });
            first = open.or(first);
        }
        let Some(words) = &self.words else {
            return first;
        };
        let near = bytes.len().saturating_sub(MOST_TEXT).max(from);
        let to = first.unwrap_or(bytes.len());
        let open = |at: &usize| {
            // A word that is whole there still waits for the character behind it.
            let mut is_open = words.is_open(bytes, *at, u8::MAX);
            words.at(bytes, *at, |named, end| {
                is_open |= end == bytes.len() && is_wanted(named.place);
            });
            is_open && begins_word(look, *at)
        };
        (near..to).find(open).or(first)
    }

    /// Where something ends that is found from `from` on; 0 where nothing is.
    pub(crate) fn woke(&self, look: &Look<'_>, from: usize) -> usize {
        let input = || Input::new(look.text).range(from..);
        let found = self.patterns.iter();
        let mut woke = found
            .filter_map(|it| it.regex.search(&input()).map(|it| it.end()))
            .max()
            .unwrap_or_default();
        if let Some(words) = &self.words {
            let bytes = look.bytes();
            words.each(bytes, from..bytes.len(), |_, span| {
                woke = woke.max(span.end)
            });
        }
        woke
    }

    /// True when there is nothing of the tenant's own.
    pub(crate) fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }
}

/// A name counts where it isn't part of another word.
fn is_whole(look: &Look<'_>, span: &Range<usize>) -> bool {
    let is_word = |it: char| it.is_alphanumeric() || it == '_';
    let last = look.char_before(span.end);
    let after = look.char_at(span.end);
    let ends = match (last, after) {
        (Some(last), Some(after)) => {
            !is_word(last)
                || !is_word(after)
                || super::is_unspaced(last)
                || super::is_unspaced(after)
        }
        _ => true,
    };
    ends && begins_word(look, span.start)
}

struct Making {
    own: Own,
    wrong: Vec<Wrong>,
    size: usize,
}

impl Making {
    fn fault(&mut self, at: impl Into<String>, message: impl Into<String>) {
        self.wrong.push(Wrong {
            at: at.into(),
            message: message.into(),
        });
    }

    fn count(&mut self, spec: &Spec) {
        let patterns = spec.patterns.len() + spec.injections.len();
        if patterns > MOST_PATTERNS {
            let message = format!("{patterns} patterns; at most {MOST_PATTERNS} are taken");
            self.fault("patterns", message);
        }
        let words = spec.competitors.len() + spec.topics.len() + spec.denylist.len();
        if words > MOST_WORDS {
            let message =
                format!("{words} names, topics and texts; at most {MOST_WORDS} are taken");
            self.fault("denylist", message);
        }
    }

    /// Adds a rule and says where it stands.
    fn rule(&mut self, rule: Rule) -> u16 {
        self.own.rules.push(rule);
        u16::try_from(self.own.rules.len() - 1).unwrap_or(u16::MAX)
    }

    fn patterns(&mut self, spec: &Spec) {
        for (label, pattern) in &spec.patterns {
            let at = format!("patterns/{label}");
            if label.is_empty() || label.len() > MOST_LABEL || label.contains(char::is_control) {
                self.fault(
                    &at,
                    format!("a label has 1 to {MOST_LABEL} bytes and no control characters"),
                );
                continue;
            }
            let place = self.rule(Rule {
                id: format!("custom:{label}").into(),
                family: Family::Pii,
                category: None,
                label: "CUSTOM".into(),
                confidence: 90,
                about: format!("The tenant's own pattern `{label}`.").into(),
            });
            self.pattern(&at, pattern, place, Family::Pii);
        }
        for (nth, pattern) in spec.injections.iter().enumerate() {
            let place = self.rule(Rule {
                id: format!("custom-injection-{nth:03}").into(),
                family: Family::Injection,
                category: Some(Category::Custom),
                label: "custom_injection".into(),
                confidence: 80,
                about: "A pattern of injection of the tenant's own.".into(),
            });
            self.pattern(
                &format!("injections/{nth}"),
                pattern,
                place,
                Family::Injection,
            );
        }
    }

    fn pattern(&mut self, at: &str, pattern: &str, place: u16, family: Family) {
        // Injection says the same in any case; a value is written as it is written.
        let any_case = family == Family::Injection;
        match compile(pattern, any_case) {
            Ok((regex, tree)) => {
                self.size += regex.memory_usage() + tree.size();
                if self.size > MOST_TOGETHER {
                    let most = MOST_TOGETHER >> 20;
                    self.fault(at, format!("all patterns together take more than {most} MiB; make them simpler or fewer"));
                    return;
                }
                self.own.patterns.push(Searched {
                    place,
                    family,
                    regex,
                    tree,
                });
            }
            Err(message) => self.fault(at, message),
        }
    }

    fn words(&mut self, spec: &Spec) {
        let lists = [
            (
                "competitors",
                &spec.competitors,
                Category::CompetitorMention,
                80,
            ),
            ("topics", &spec.topics, Category::TopicRestriction, 70),
            ("denylist", &spec.denylist, Category::Custom, 80),
        ];
        let mut growing = Growing::new();
        for (list, words, category, confidence) in lists {
            let (id, label, about) = match category {
                Category::CompetitorMention => ("competitor", "competitor", "A competitor's name."),
                Category::TopicRestriction => ("topic", "restricted_topic", "An excluded topic."),
                _ => ("denied", "denied_text", "A text of the tenant's denylist."),
            };
            for (nth, word) in words.iter().enumerate() {
                let word = word.trim();
                if word.is_empty() || word.len() > MOST_TEXT {
                    let message = format!("a text has 1 to {MOST_TEXT} bytes that are not space");
                    self.fault(format!("{list}/{nth}"), message);
                    continue;
                }
                let place = self.rule(Rule {
                    id: format!("{id}-{nth:03}").into(),
                    family: Family::Content,
                    category: Some(category),
                    label: label.into(),
                    confidence,
                    about: about.into(),
                });
                growing.add(word, Named { place });
            }
        }
        let has_words = self.own.rules.iter().any(|it| it.family == Family::Content);
        self.own.words = has_words.then(|| growing.done());
    }
}

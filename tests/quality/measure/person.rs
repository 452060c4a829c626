//! Personal data and secrets: what is found of what is there, and of what is not.

use std::collections::{BTreeMap, BTreeSet};

use inspect::{Families, Family, Finding, Scanner};

use super::{EXAMPLES, Example, around, percent};
use crate::kinds::{self, Kind, Proof};
use crate::negatives;
use crate::positives::{self, Expected, Sample};

/// What became of the values of a kind.
#[derive(Clone, Copy, Debug, Default)]
pub struct Count {
    /// Values.
    pub total: usize,
    /// A finding of the right label covers the value.
    pub found: usize,
    /// Only findings of other labels touch it.
    pub wrong: usize,
    /// A finding of the right label covers a part of it.
    pub partial: usize,
    /// Found, and more than eight bytes beside it too.
    pub wide: usize,
}

impl Count {
    /// Recall in percent.
    pub fn recall(&self) -> Option<f64> {
        percent(self.found, self.total)
    }

    fn add(&mut self, other: Self) {
        self.total += other.total;
        self.found += other.found;
        self.wrong += other.wrong;
        self.partial += other.partial;
        self.wide += other.wide;
    }
}

/// A kind, with a word before it and without.
#[derive(Debug)]
pub struct KindTally {
    /// The kind.
    pub kind: &'static Kind,
    /// With a word that names it.
    pub worded: Count,
    /// Without.
    pub bare: Count,
}

impl KindTally {
    /// What the promises are about.
    pub fn promised(&self) -> Count {
        let mut sum = self.worded;
        if self.kind.strength == kinds::Strength::Alone {
            sum.add(self.bare);
        }
        sum
    }
}

/// A label: how often it was right, and how often not.
#[derive(Clone, Copy, Debug, Default)]
pub struct LabelTally {
    /// Values that have it by right.
    pub values: usize,
    /// Of these, those that promises are about.
    pub promised: usize,
    /// Values that were found under it.
    pub found: usize,
    /// Of these, those that promises are about.
    pub found_promised: usize,
    /// Findings at values of other kinds.
    pub wrong: usize,
    /// Findings beside the values.
    pub extra: usize,
    /// Findings in hard negatives.
    pub negative: usize,
}

impl LabelTally {
    /// Precision in percent.
    pub fn precision(&self) -> Option<f64> {
        percent(
            self.found,
            self.found + self.wrong + self.extra + self.negative,
        )
    }

    /// Recall of what is promised, in percent.
    pub fn recall(&self) -> Option<f64> {
        percent(self.found_promised, self.promised)
    }

    /// The harmonic mean of both.
    pub fn f1(&self) -> Option<f64> {
        let (precision, recall) = (self.precision()?, self.recall()?);
        (precision + recall > 0.0).then(|| 2.0 * precision * recall / (precision + recall))
    }
}

/// A class of hard negatives.
#[derive(Debug)]
pub struct NegativeTally {
    /// Which.
    pub name: &'static str,
    /// Reported by design.
    pub by_design: bool,
    /// Texts.
    pub texts: usize,
    /// Texts with findings.
    pub hit: usize,
    /// The findings, by label.
    pub labels: BTreeMap<String, usize>,
}

/// All that was counted.
#[derive(Debug, Default)]
pub struct Persons {
    /// By kind.
    pub kinds: Vec<KindTally>,
    /// By label.
    pub labels: BTreeMap<String, LabelTally>,
    /// By class of negatives.
    pub negatives: Vec<NegativeTally>,
    /// Rules that no generator belongs to, by id and label.
    pub unmeasured: Vec<(String, String)>,
    /// What went wrong.
    pub examples: Vec<Example>,
}

impl Persons {
    /// Recall and precision of the kinds with check digits, in percent.
    pub fn checksummed(&self) -> (Option<f64>, Option<f64>) {
        let mut sum = Count::default();
        let mut labels = BTreeSet::new();
        for tally in self
            .kinds
            .iter()
            .filter(|it| it.kind.proof == Proof::Checksum)
        {
            sum.add(tally.promised());
            labels.extend(tally.kind.labels.iter().copied());
        }
        let all: Vec<_> = self
            .labels
            .iter()
            .filter(|(label, _)| labels.contains(label.as_str()))
            .map(|(_, it)| it)
            .collect();
        let right: usize = all.iter().map(|it| it.found).sum();
        let wrong: usize = all.iter().map(|it| it.wrong + it.extra + it.negative).sum();
        (sum.recall(), percent(right, right + wrong))
    }

    /// Values in all texts, and texts without any.
    pub fn sizes(&self) -> (usize, usize) {
        let values = self
            .kinds
            .iter()
            .map(|it| it.worded.total + it.bare.total)
            .sum();
        (values, self.negatives.iter().map(|it| it.texts).sum())
    }

    fn example(&mut self, subject: &str, wrong: String, text: String) {
        if self
            .examples
            .iter()
            .filter(|it| it.subject == subject)
            .count()
            < EXAMPLES
        {
            self.examples.push(Example {
                subject: subject.to_owned(),
                wrong,
                text,
            });
        }
    }
}

/// Scans so many texts of every kind, and so many of every class of negatives.
pub fn persons(scanner: &Scanner, seed: u64, each: usize, negative: usize) -> Persons {
    let tally = |kind| KindTally {
        kind,
        worded: Count::default(),
        bare: Count::default(),
    };
    let mut all = Persons {
        kinds: kinds::all().into_iter().map(tally).collect(),
        ..Persons::default()
    };
    for sample in positives::all(seed, each) {
        positive(scanner, &mut all, &sample);
    }
    negatives(scanner, &mut all, seed, negative);
    let known: BTreeSet<_> = kinds::all()
        .into_iter()
        .flat_map(|it| it.labels)
        .copied()
        .collect();
    let rules = scanner
        .rules()
        .filter(|rule| matches!(rule.family, Family::Pii | Family::Secret));
    all.unmeasured = rules
        .filter(|rule| !known.contains(rule.label.as_ref()))
        .map(|rule| (rule.id.to_string(), rule.label.to_string()))
        .collect();
    all
}

const BOTH: Families = Families::of(&[Family::Pii, Family::Secret]);

fn label(scanner: &Scanner, finding: &Finding) -> String {
    scanner
        .rule(finding.rule)
        .map(|rule| rule.label.to_string())
        .unwrap_or_default()
}

fn touches(finding: &Finding, expected: &Expected) -> bool {
    finding.span.start < expected.span.end && expected.span.start < finding.span.end
}

fn positive(scanner: &Scanner, all: &mut Persons, sample: &Sample) {
    let found: Vec<_> = scanner
        .scan(&sample.text, BOTH)
        .into_iter()
        .map(|it| (label(scanner, &it), it))
        .collect();
    for expected in &sample.expected {
        let (count, right) = judge(&found, expected);
        let name = expected.kind.name;
        if count.found == 0 {
            let others: BTreeSet<_> = found
                .iter()
                .filter(|(_, it)| touches(it, expected))
                .map(|(label, _)| label.as_str())
                .collect();
            let wrong = match (count.partial, others.is_empty()) {
                (0, true) => "missed".to_owned(),
                (0, false) => format!("taken for {}", Vec::from_iter(others).join(", ")),
                _ => "found in part".to_owned(),
            };
            if expected.is_promised() {
                all.example(name, wrong, around(&sample.text, &expected.span));
            }
        }
        if let Some(tally) = all.kinds.iter_mut().find(|it| it.kind.name == name) {
            if expected.worded {
                &mut tally.worded
            } else {
                &mut tally.bare
            }
            .add(count);
        }
        // A value that was not found counts for the label that it should have had first.
        let label = right
            .or_else(|| own(scanner, expected.kind))
            .unwrap_or_default();
        let tally = all.labels.entry(label).or_default();
        let promised = usize::from(expected.is_promised());
        tally.values += 1;
        tally.promised += promised;
        tally.found += count.found;
        tally.found_promised += count.found * promised;
    }
    for (label, finding) in &found {
        let near: Vec<_> = sample
            .expected
            .iter()
            .filter(|it| touches(finding, it))
            .collect();
        let tally = all.labels.entry(label.clone()).or_default();
        if near.is_empty() {
            tally.extra += 1;
            let text = around(&sample.text, &finding.span);
            all.example(
                &format!("{label}, beside a value"),
                "found where none is".to_owned(),
                text,
            );
        } else if !near
            .iter()
            .any(|it| it.kind.labels.contains(&label.as_str()))
        {
            tally.wrong += 1;
        }
    }
}

/// The first of a kind's labels that a rule has.
fn own(scanner: &Scanner, kind: &Kind) -> Option<String> {
    let known = |label: &&&str| scanner.rules().any(|rule| rule.label == **label);
    kind.labels
        .iter()
        .find(known)
        .or_else(|| kind.labels.first())
        .map(|it| (*it).to_owned())
}

/// What became of a value, and the right label that it was found under.
fn judge(found: &[(String, Finding)], expected: &Expected) -> (Count, Option<String>) {
    let near = || found.iter().filter(|(_, it)| touches(it, expected));
    let mut count = Count {
        total: 1,
        ..Count::default()
    };
    let right = |label: &str| expected.kind.labels.contains(&label);
    let whole = near().find(|(label, it)| {
        right(label) && it.span.start <= expected.span.start && it.span.end >= expected.span.end
    });
    if let Some((label, it)) = whole {
        count.found = 1;
        count.wide = usize::from(it.span.len() > expected.span.len() + 8);
        return (count, Some(label.clone()));
    }
    if near().any(|(label, _)| right(label)) {
        count.partial = 1;
    } else if near().next().is_some() {
        count.wrong = 1;
    }
    (count, None)
}

fn negatives(scanner: &Scanner, all: &mut Persons, seed: u64, each: usize) {
    for class in negatives::classes() {
        all.negatives.push(NegativeTally {
            name: class.name,
            by_design: class.by_design,
            texts: 0,
            hit: 0,
            labels: BTreeMap::new(),
        });
    }
    for (class, text) in negatives::all(seed, each) {
        let found = scanner.scan(&text, BOTH);
        for finding in &found {
            let label = label(scanner, finding);
            if !class.by_design {
                all.labels.entry(label.clone()).or_default().negative += 1;
                let subject = format!("{label} in a negative");
                all.example(
                    &subject,
                    class.name.to_owned(),
                    around(&text, &finding.span),
                );
            }
            if let Some(tally) = all.negatives.iter_mut().find(|it| it.name == class.name) {
                *tally.labels.entry(label).or_default() += 1;
            }
        }
        if let Some(tally) = all.negatives.iter_mut().find(|it| it.name == class.name) {
            tally.texts += 1;
            tally.hit += usize::from(!found.is_empty());
        }
    }
}

//! Injection, content and payloads: what is found of attacks, and what of innocent texts.

use inspect::injection::{Trust, risk};
use inspect::{Families, Family, Scanner};

use super::{EXAMPLES, Example, around, percent};
use crate::guards::{self, Counts, Text};
use crate::sets::{self, Half};

/// Risks below are discarded: the default of `risk-score-threshold`, in percent.
const THRESHOLD: u8 = 70;

/// A class of a half: attacks, and their twins.
#[derive(Clone, Debug)]
pub struct Class {
    /// Injection, content, output, or ordinary texts.
    pub family: &'static str,
    /// Which.
    pub name: &'static str,
    /// How attacks were hidden.
    pub transform: Option<&'static str>,
    /// Which half.
    pub half: Half,
    /// Attacks.
    pub attacks: usize,
    /// Attacks that were found.
    pub found: usize,
    /// Innocent texts.
    pub innocent: usize,
    /// Innocent texts that were taken for attacks.
    pub alarms: usize,
}

/// All that was counted.
#[derive(Debug, Default)]
pub struct Guards {
    /// By family, class, way to hide, half.
    pub classes: Vec<Class>,
    /// What went wrong; of the dev half, so that nobody tunes rules to the other.
    pub examples: Vec<Example>,
}

impl Guards {
    /// Recall over the classes that `which` takes, in percent.
    pub fn recall(&self, half: Half, which: impl Fn(&Class) -> bool) -> Option<f64> {
        let all = || {
            self.classes
                .iter()
                .filter(|it| it.half == half && which(it))
        };
        percent(
            all().map(|it| it.found).sum(),
            all().map(|it| it.attacks).sum(),
        )
    }

    /// False alarms over the classes that `which` takes, in percent of innocent texts.
    pub fn alarms(&self, half: Half, which: impl Fn(&Class) -> bool) -> Option<f64> {
        let all = || {
            self.classes
                .iter()
                .filter(|it| it.half == half && which(it))
        };
        percent(
            all().map(|it| it.alarms).sum(),
            all().map(|it| it.innocent).sum(),
        )
    }
}

/// Scans attacks, twins and ordinary texts of both halves.
pub fn guards(scanner: &Scanner, seed: u64, counts: Counts) -> Guards {
    let mut all = Guards::default();
    for half in Half::ALL {
        for text in guards::injection(seed, half, counts)
            .into_iter()
            .chain(guards::ordinary(seed, half, counts))
        {
            let is_found = injected(scanner, &text);
            count(&mut all, "injection", &text, is_found);
        }
        for (family, name, sets) in [
            (Family::Content, "content", sets::content(half)),
            (Family::Output, "output", sets::output(half)),
        ] {
            for text in guards::plain(seed, half, sets) {
                let found = scanner.scan(&text.text, Families::of(&[family]));
                let is_found = found.iter().any(|it| it.confidence >= THRESHOLD);
                count(&mut all, name, &text, is_found);
            }
        }
    }
    all
}

/// True when the risk of a text reaches the threshold.
pub(super) fn injected(scanner: &Scanner, text: &Text) -> bool {
    let families = Families::of(&[Family::Injection]);
    let found = scanner.scan(&text.text, families);
    let trust = if text.is_retrieved {
        Trust::Untrusted
    } else {
        Trust::Caller
    };
    risk(scanner, &found, trust).score >= THRESHOLD
}

fn count(all: &mut Guards, family: &'static str, text: &Text, is_found: bool) {
    let same = |it: &Class| {
        it.family == family
            && it.name == text.class
            && it.transform == text.transform
            && it.half == text.half
    };
    let place = all.classes.iter().position(same).unwrap_or_else(|| {
        all.classes.push(Class {
            family,
            name: text.class,
            transform: text.transform,
            half: text.half,
            attacks: 0,
            found: 0,
            innocent: 0,
            alarms: 0,
        });
        all.classes.len() - 1
    });
    if let Some(class) = all.classes.get_mut(place) {
        if text.is_attack {
            class.attacks += 1;
            class.found += usize::from(is_found);
        } else {
            class.innocent += 1;
            class.alarms += usize::from(is_found);
        }
    }
    if is_found != text.is_attack && text.half == Half::Dev {
        let hidden = text
            .transform
            .map(|it| format!(", {it}"))
            .unwrap_or_default();
        let subject = format!("{}{hidden}", text.class);
        let wrong = if text.is_attack {
            "missed"
        } else {
            "false alarm"
        };
        let known = all
            .examples
            .iter()
            .filter(|it| it.subject == subject && it.wrong == wrong);
        let most = if text.transform.is_some() {
            1
        } else {
            EXAMPLES
        };
        if known.count() < most {
            let text = around(&text.text, &(0..text.text.len()));
            all.examples.push(Example {
                subject,
                wrong: wrong.to_owned(),
                text,
            });
        }
    }
}

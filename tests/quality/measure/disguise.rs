//! What hiding takes away: of attacks that are found in plain, how many are found when hidden.
//!
//! Of the dev half alone, so that those who write the forms of texts may look at what is missed.

use inspect::Scanner;

use super::guard::injected;
use crate::guards::{self, PHRASES, Text};
use crate::rng::Rng;
use crate::sets::{self, Half};
use crate::transform::{self, Transform};

/// One way to hide texts.
#[derive(Debug)]
pub struct Disguise {
    /// How.
    pub way: &'static str,
    /// Attacks that are found in plain.
    pub plain: usize,
    /// Those of them that are found when hidden.
    pub found: usize,
    /// Some of those that are not, hidden.
    pub missed: Vec<String>,
    /// Twins and ordinary prompts that are taken for attacks when hidden, and not in plain.
    pub alarms: Vec<String>,
}

/// Every way, and some on top of one another.
pub fn disguises(scanner: &Scanner, seed: u64) -> Vec<Disguise> {
    let (attacks, innocent) = texts(scanner, seed);
    let ways = transform::ALL.iter().chain(transform::FURTHER);
    ways.map(|way| disguise(scanner, seed, way, &attacks, &innocent))
        .collect()
}

/// Attacks that are found in plain, and innocent texts that are not.
fn texts(scanner: &Scanner, seed: u64) -> (Vec<Text>, Vec<Text>) {
    let mut attacks = Vec::new();
    let mut innocent = Vec::new();
    let sets = sets::injection(Half::Dev);
    // Turns and tokens of templates are none any more when they are hidden.
    for set in sets.filter(|it| PHRASES.contains(&it.class) || it.class == "other languages") {
        let mut rng = Rng::new(seed, set.class);
        for (sentences, is_attack) in [(set.attacks, true), (set.twins, false)] {
            for sentence in sentences {
                let text = guards::example(&mut rng, set.class, sentence, is_attack);
                if injected(scanner, &text) == is_attack {
                    let list = if is_attack {
                        &mut attacks
                    } else {
                        &mut innocent
                    };
                    list.push(text);
                }
            }
        }
    }
    let mut rng = Rng::new(seed, "ordinary");
    for sentence in sets::ordinary(Half::Dev) {
        let text = guards::example(&mut rng, "ordinary prompts", sentence, false);
        if !injected(scanner, &text) {
            innocent.push(text);
        }
    }
    (attacks, innocent)
}

fn disguise(
    scanner: &Scanner,
    seed: u64,
    way: &'static Transform,
    attacks: &[Text],
    innocent: &[Text],
) -> Disguise {
    let mut rng = Rng::new(seed, way.name);
    let mut out = Disguise {
        way: way.name,
        plain: attacks.len(),
        found: 0,
        missed: Vec::new(),
        alarms: Vec::new(),
    };
    for (list, is_attack) in [(attacks, true), (innocent, false)] {
        for it in list {
            let hidden = Text {
                text: (way.apply)(&mut rng, &it.text),
                ..it.clone()
            };
            let is_found = injected(scanner, &hidden);
            out.found += usize::from(is_attack && is_found);
            if is_found != is_attack {
                let list = if is_attack {
                    &mut out.missed
                } else {
                    &mut out.alarms
                };
                list.push(hidden.text);
            }
        }
    }
    out
}

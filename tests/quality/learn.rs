//! Learns the weights of `inspect::injection::learned` from the sentences in `lessons`.
//!
//! A line of a lesson is `+` or `-`, a class, and a text, with tabs between. What is learnt is a
//! linear support vector machine (squared hinge loss) over counts of features, by coordinate descent
//! in the dual (Hsieh and others, 2008): additions and multiplications in a fixed order, so that the
//! same lessons give the same weights on every machine. A text is several stretches, of which an
//! attack need only have one: after each round the stretch that says most stands for its text.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use inspect::injection::learned::{Learnt, Lesson, Listen, Weights, parts, root};

use crate::guards::{self, Counts, RETRIEVED, filled};
use crate::negatives;
use crate::rng::Rng;
use crate::sets::{self, Half};

/// How much a wrong example costs.
const COST: f64 = 1.0;

/// In so many texts a feature stands that is learnt, each lesson with its frame being two.
const SEEN: u32 = 3;

/// Where frames, order and texts of the dev half come from.
const SEED: u64 = 7;

/// How often the stretches of attacks are chosen anew.
const ROUNDS: usize = 4;

/// How often all stretches are looked at in a round.
const EPOCHS: usize = 25;

/// An example that was written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// To be found, or not to be.
    pub is_attack: bool,
    /// What it is like: a class of attacks, or a kind of innocent text.
    pub class: String,
    /// The text.
    pub text: String,
}

/// Reads every lesson in a folder, by name.
///
/// # Errors
/// When a file can't be read, or a line is none.
pub fn lessons(folder: &Path) -> Result<Vec<Example>> {
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("{} can't be read", folder.display()))?;
    let mut files = entries
        .map(|it| Ok(it?.path()))
        .collect::<Result<Vec<_>>>()?;
    files.retain(|it| it.extension().is_some_and(|it| it == "tsv"));
    files.sort();
    let mut all = Vec::new();
    for file in files {
        all.append(&mut read(&file)?);
    }
    Ok(all)
}

/// Reads a lesson.
///
/// # Errors
/// When the file can't be read, or a line is none.
pub fn read(file: &Path) -> Result<Vec<Example>> {
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("{} can't be read", file.display()))?;
    let line = |(number, line)| {
        let place = || format!("{}:{}", file.display(), number + 1);
        example(line).with_context(place)
    };
    text.lines().enumerate().map(line).collect()
}

fn example(line: &str) -> Result<Example> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [sign @ ("+" | "-"), class, text] = fields.as_slice() else {
        bail!("a lesson is + or -, a class and a text, with tabs between");
    };
    Ok(Example {
        is_attack: *sign == "+",
        class: (*class).to_owned(),
        text: (*text).to_owned(),
    })
}

/// Reads programs and their documents below these folders, in which nothing is an attack: of each
/// file no more than a part.
///
/// # Errors
/// When a folder can't be read.
pub fn documents(folders: &[PathBuf]) -> Result<Vec<Example>> {
    const MOST: usize = 12_000;
    let mut files = Vec::new();
    let mut rest = folders.to_vec();
    while let Some(folder) = rest.pop() {
        let entries = std::fs::read_dir(&folder)
            .with_context(|| format!("{} can't be read", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                rest.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    let kind = |it: &PathBuf| Some(it.extension()?.to_str()?.to_owned());
    let mut all = Vec::new();
    for (number, path) in files.iter().enumerate() {
        let is_asked = match kind(path).as_deref() {
            Some("md" | "txt" | "yaml" | "yml" | "toml" | "json" | "sql" | "proto") => true,
            Some("rs" | "py" | "js" | "c" | "h" | "sh") => number % 8 == 0,
            _ => false,
        };
        let Some(text) = std::fs::read_to_string(path).ok().filter(|_| is_asked) else {
            continue;
        };
        let text = text
            .get(..text.floor_char_boundary(MOST))
            .unwrap_or_default();
        all.push(Example {
            is_attack: false,
            class: "documents".to_owned(),
            text: text.to_owned(),
        });
    }
    Ok(all)
}

/// Learns from lessons and innocent documents, and gives what `weights.bin` holds.
pub fn learn(examples: &[Example], documents: Vec<Example>) -> Vec<u8> {
    let mut all = examples.to_vec();
    all.extend(documents);
    all.extend(dev());
    all.extend(framed(examples));
    all.extend(machines());
    let mut book = Book::default();
    let mut stretches: Vec<Stretch> = all
        .iter()
        .enumerate()
        .flat_map(|(owner, it)| book.stretches(owner, it))
        .collect();
    let known = book.known();
    for it in &mut stretches {
        it.features.retain_mut(|(place, _)| {
            let new = known.get(*place as usize).copied().flatten();
            new.is_some_and(|new| {
                *place = new;
                true
            })
        });
    }
    let count = known.iter().flatten().count();
    let [(attack, attacks), (order, orders)] = Lesson::ALL.map(|lesson| {
        let mut own: Vec<Stretch> = stretches
            .iter()
            .filter(|it| all.get(it.owner).is_some_and(|it| belongs(it, lesson)))
            .cloned()
            .collect();
        weights(&mut own, count)
    });
    let hashes = book
        .hashes
        .iter()
        .zip(&known)
        .filter(|(_, it)| it.is_some());
    let mut features: Vec<Learnt> = hashes
        .zip(attacks.iter().zip(&orders))
        .map(|((hash, _), (attack, order))| Learnt {
            hash: *hash,
            weights: [*attack, *order],
        })
        .collect();
    let weight = |it: &Learnt| it.weights.map(f64::abs).into_iter().fold(0.0, f64::max);
    features.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then(a.hash.cmp(&b.hash)));
    Weights::keep([attack, order], &features)
}

/// What machines write, in which nothing is an attack.
fn machines() -> impl Iterator<Item = Example> {
    let all = negatives::all(SEED, 40).into_iter();
    all.map(|(_, text)| Example {
        is_attack: false,
        class: "machines".to_owned(),
        text,
    })
}

/// All features, by place.
#[derive(Default)]
struct Book {
    places: HashMap<u64, u32>,
    hashes: Vec<u64>,
    /// In how many texts each stands, and the last of them.
    texts: Vec<(u32, usize)>,
}

impl Book {
    /// The features that enough texts have: by their place here, their place among those.
    fn known(&self) -> Vec<Option<u32>> {
        let mut next = 0;
        let place = |(texts, _): &(u32, usize)| {
            (*texts >= SEEN).then(|| {
                next += 1;
                next - 1
            })
        };
        self.texts.iter().map(place).collect()
    }

    fn place(&mut self, hash: u64, owner: usize) -> u32 {
        let next = u32::try_from(self.hashes.len()).unwrap_or(u32::MAX);
        let place = *self.places.entry(hash).or_insert(next);
        if place == next {
            self.hashes.push(hash);
            self.texts.push((0, usize::MAX));
        }
        if let Some((texts, last)) = self.texts.get_mut(place as usize)
            && *last != owner
        {
            *texts += 1;
            *last = owner;
        }
        place
    }

    /// The sentences of a text, and each two in a row.
    fn stretches(&mut self, owner: usize, example: &Example) -> Vec<Stretch> {
        let mut taken = Taken::default();
        parts(&example.text, &mut taken);
        let mut stretch = |hashes: Vec<u64>| {
            let places = hashes.into_iter().map(|it| self.place(it, owner));
            Stretch {
                features: counted(places.collect()),
                owner,
                is_attack: example.is_attack,
                counts: true,
                alpha: 0.0,
            }
        };
        taken.out.into_iter().map(&mut stretch).collect()
    }
}

/// What the authors of rules see as well: sentences of the dev half, ordinary texts, results of
/// tools.
fn dev() -> Vec<Example> {
    let mut rng = Rng::new(SEED, "dev");
    let mut all = Vec::new();
    for set in sets::injection(Half::Dev) {
        let attacks = set
            .attacks
            .iter()
            .map(|it| (true, filled(&mut rng, it, Half::Dev)));
        let attacks: Vec<_> = attacks.collect();
        let twins = set.twins.iter().map(|it| (false, (*it).to_owned()));
        all.extend(
            attacks
                .into_iter()
                .chain(twins)
                .map(|(is_attack, text)| Example {
                    is_attack,
                    class: set.class.to_owned(),
                    text,
                }),
        );
    }
    let counts = Counts {
        attacks: 0,
        hidden: 0,
        ordinary: 1_000,
    };
    let ordinary = guards::ordinary(SEED, Half::Dev, counts).into_iter();
    all.extend(ordinary.map(|it| Example {
        is_attack: false,
        class: it.class.to_owned(),
        text: it.text,
    }));
    all
}

/// Every lesson once more, as pages, records, lists and logs have it: else their signs would stand
/// for what such lessons happen to say.
fn framed(examples: &[Example]) -> impl Iterator<Item = Example> {
    let mut rng = Rng::new(SEED, "frames");
    examples.iter().map(move |it| {
        let number = rng.below(100);
        let text = &it.text;
        let text = match rng.below(10) {
            0 => format!("<p>{text}</p>"),
            1 => format!("<div class=\"note\">{text}</div>"),
            2 => format!("<!-- {text} -->"),
            3 => format!("{{\"id\": {number}, \"text\": \"{text}\"}}"),
            4 => format!("{{\"role\": \"user\", \"content\": \"{text}\"}}"),
            5 => format!("{number}. {text}"),
            6 => format!("> {text}"),
            7 => format!("# {text}"),
            8 => format!("| {number} | {text} |"),
            _ => format!("[INFO] note={number} text=\"{text}\""),
        };
        Example { text, ..it.clone() }
    })
}

/// True for an innocent text, and for an attack of the kind that the lesson is about.
fn belongs(example: &Example, lesson: Lesson) -> bool {
    let is_order = RETRIEVED.contains(&example.class.as_str());
    !example.is_attack || is_order == (lesson == Lesson::Order)
}

/// A sentence, or two in a row: which features it has, and each one's share.
#[derive(Clone)]
struct Stretch {
    features: Vec<(u32, f64)>,
    owner: usize,
    is_attack: bool,
    /// It stands for its text.
    counts: bool,
    /// How much it weighs in what was learnt.
    alpha: f64,
}

/// An offset, and a weight for each of so many features.
fn weights(all: &mut [Stretch], features: usize) -> (f64, Vec<f64>) {
    // The last weight is the offset.
    let mut learnt = vec![0.0; features + 1];
    for round in 0..ROUNDS {
        if round > 0 {
            choose(all, &mut learnt);
        }
        descend(all, &mut learnt, round);
    }
    let offset = learnt.pop().unwrap_or_default();
    (offset, learnt)
}

/// What `of` says of a stretch.
fn says(of: &[f64], features: &[(u32, f64)]) -> f64 {
    let weight = |place: u32| of.get(place as usize).copied().unwrap_or_default();
    let sum: f64 = features
        .iter()
        .map(|(place, count)| weight(*place) * count)
        .sum();
    sum + of.last().copied().unwrap_or_default()
}

/// Adds a stretch to what was learnt, so many times.
fn add(learnt: &mut [f64], features: &[(u32, f64)], times: f64) {
    for (place, count) in features {
        if let Some(weight) = learnt.get_mut(*place as usize) {
            *weight += times * count;
        }
    }
    if let Some(offset) = learnt.last_mut() {
        *offset += times;
    }
}

fn descend(all: &mut [Stretch], learnt: &mut [f64], round: usize) {
    const DIAGONAL: f64 = 0.5 / COST;
    let mut rng = Rng::new(SEED, &format!("learn {round}"));
    let mut order: Vec<usize> = (0..all.len()).collect();
    for _ in 0..EPOCHS {
        for place in (1..order.len()).rev() {
            order.swap(place, rng.place(place + 1));
        }
        for place in &order {
            let Some(it) = all.get_mut(*place).filter(|it| it.counts) else {
                continue;
            };
            let sign = if it.is_attack { 1.0 } else { -1.0 };
            let square: f64 = it.features.iter().map(|(_, count)| count * count).sum();
            let slope = sign * says(learnt, &it.features) - 1.0 + DIAGONAL * it.alpha;
            let alpha = (it.alpha - slope / (square + 1.0 + DIAGONAL)).max(0.0);
            if alpha != it.alpha {
                add(learnt, &it.features, (alpha - it.alpha) * sign);
                it.alpha = alpha;
            }
        }
    }
}

/// Lets the stretch of each attack count that says most, and no other of it.
fn choose(all: &mut [Stretch], learnt: &mut [f64]) {
    let mut from = 0;
    while let Some(owner) = all.get(from).map(|it| it.owner) {
        let rest = all.get_mut(from..).unwrap_or_default();
        let len = rest.iter().take_while(|it| it.owner == owner).count();
        let own = rest.get_mut(..len).unwrap_or_default();
        from += len;
        if !own.iter().any(|it| it.is_attack) {
            continue;
        }
        let said: Vec<f64> = own.iter().map(|it| says(learnt, &it.features)).collect();
        let most = said.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mut is_found = false;
        for (it, said) in own.iter_mut().zip(said) {
            it.counts = !is_found && said >= most;
            is_found |= it.counts;
            if !it.counts {
                add(learnt, &it.features, -it.alpha);
                it.alpha = 0.0;
            }
        }
    }
}

#[derive(Default)]
struct Taken {
    out: Vec<Vec<u64>>,
    before: Option<Vec<u64>>,
    here: Vec<u64>,
    across: Vec<u64>,
}

impl Listen for Taken {
    fn feature(&mut self, hash: u64, crosses: bool) {
        if crosses {
            self.across.push(hash);
        } else {
            self.here.push(hash);
        }
    }

    fn end(&mut self, _: Range<usize>) {
        let here = std::mem::take(&mut self.here);
        let mut both = std::mem::take(&mut self.across);
        self.out.push(here.clone());
        if let Some(before) = self.before.replace(here.clone()) {
            both.extend(before);
            both.extend(here);
            self.out.push(both);
        }
    }
}

/// Each feature with its share: what `Weights::says` divides by stands in it.
fn counted(mut features: Vec<u32>) -> Vec<(u32, f64)> {
    features.sort_unstable();
    let root = root(features.len());
    let runs = features.chunk_by(|a, b| a == b);
    let counted = runs.filter_map(|run| Some((*run.first()?, run.len() as f64 / root)));
    counted.collect()
}

/// How well weights tell examples apart: for each lesson, how many attacks say more than all but
/// some innocent texts.
pub fn told(examples: &[Example], weights: &Weights) -> String {
    let mut out = String::new();
    for lesson in Lesson::ALL {
        let asked = examples.iter().filter(|it| belongs(it, lesson));
        let (attacks, innocent): (Vec<_>, Vec<_>) = asked.partition(|it| it.is_attack);
        let most = |it: &Example| weights.most(lesson, &it.text);
        let attacks: Vec<i32> = attacks.into_iter().map(most).collect();
        let mut innocent: Vec<i32> = innocent.into_iter().map(most).collect();
        innocent.sort_unstable_by(|a, b| b.cmp(a));
        for per_thousand in [5, 10, 20, 50] {
            let place = innocent.len() * per_thousand / 1_000;
            let line = innocent.get(place).copied().unwrap_or_default();
            let found = attacks.iter().filter(|it| **it > line).count();
            let _ = writeln!(
                out,
                "{lesson:?}: above {line} stand {:.1} % of innocent texts, {:.1} % of attacks",
                per_thousand as f64 / 10.0,
                100.0 * found as f64 / attacks.len().max(1) as f64,
            );
        }
    }
    out
}

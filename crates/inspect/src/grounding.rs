//! Whether a reply says what its sources say: claim by claim, by their words, numbers and names.
//!
//! This is lexical: a claim in other words than its source's looks unsupported, and one that
//! turns a source around (a `not` too many) looks supported. It finds invented figures, dates and
//! names, and sentences about things of which no source speaks.

mod claims;
mod terms;

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::FixedState;
use sha2::{Digest, Sha256};

use terms::{Kind, Term};

/// How much is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Sources; those behind are left out.
    pub sources: usize,
    /// Characters of each source; what follows is left out.
    pub chars: usize,
    /// Claims of a reply; those behind are taken for supported.
    pub claims: usize,
    /// The share of a claim's words that its best place in the sources must have, in percent.
    pub coverage: u8,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            sources: 50,
            chars: 10_000,
            claims: 500,
            coverage: 55,
        }
    }
}

/// What a reply claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Where it stands in the reply, in bytes.
    pub span: Range<usize>,
    /// For the audit, instead of its text: SHA-256 of it, the first 16 hexadecimal digits.
    pub hash: String,
    /// The share of its words that its best place in the sources has, in percent.
    pub coverage: u8,
    /// Why it is unsupported.
    pub lack: Option<Lack>,
}

/// What a claim lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// No place in the sources has enough of its words.
    Words,
    /// A number of it doesn't stand where its words do.
    Number,
    /// A name of it doesn't stand where its words do.
    Name,
}

/// What came of a check.
#[derive(Clone, Debug, PartialEq)]
pub struct Grounding {
    /// Every claim, by place.
    pub claims: Vec<Claim>,
    /// Where those stand that are unsupported.
    pub unsupported: Vec<Range<usize>>,
    /// The share of claims that are supported, from 0 to 1; 1 where nothing is claimed.
    pub score: f32,
}

/// Terms of a window, and how many of them it shares with the next.
const WINDOW: usize = 96;
const STEP: usize = WINDOW / 2;

type Places = HashMap<u64, Vec<u32>, FixedState>;

/// The terms of all sources, by windows: half of each window's terms are the next one's as well.
struct Index {
    places: Places,
    /// How many windows there are.
    windows: usize,
}

/// Checks what `reply` claims against `sources`.
pub fn check(reply: &str, sources: &[&str], limits: Limits) -> Grounding {
    let index = Index::of(sources, limits);
    let mut counts = vec![0u16; index.windows];
    let spans = claims::split(reply);
    let mut claims = Vec::new();
    for span in spans.take(limits.claims) {
        let Some(text) = reply.get(span.clone()) else {
            continue;
        };
        let found = terms::of(text);
        if !is_claim(text, &found) {
            continue;
        }
        let (coverage, lack) = index.judge(&found, limits.coverage, &mut counts);
        claims.push(Claim {
            span,
            hash: hash(text),
            coverage,
            lack,
        });
    }
    let lacking = claims.iter().filter(|it| it.lack.is_some());
    let unsupported: Vec<_> = lacking.map(|it| it.span.clone()).collect();
    let all = claims.len().max(1) as f32;
    let score = 1.0 - unsupported.len() as f32 / all;
    Grounding {
        claims,
        unsupported,
        score,
    }
}

/// Questions claim nothing, nor does what has hardly a word.
fn is_claim(text: &str, found: &[Term]) -> bool {
    let asks = text.trim_end().ends_with(['?', '？']);
    let told = found.iter().any(|it| it.kind != Kind::Word);
    !asks && (found.len() >= 3 || (found.len() == 2 && told))
}

fn hash(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let mut hash = hex::encode(digest);
    hash.truncate(16);
    hash
}

impl Index {
    fn of(sources: &[&str], limits: Limits) -> Self {
        let mut places = Places::default();
        let mut windows = 0;
        for source in sources.iter().take(limits.sources) {
            let end = source.char_indices().nth(limits.chars);
            let text = end.and_then(|(at, _)| source.get(..at)).unwrap_or(source);
            let found = terms::of(text);
            for (at, term) in found.iter().enumerate() {
                let last = at / STEP;
                for step in last.saturating_sub(1)..=last {
                    let window = u32::try_from(windows + step).unwrap_or(u32::MAX);
                    let list = places.entry(term.hash).or_default();
                    if list.last() != Some(&window) && !list.ends_with(&[window, window + 1]) {
                        list.push(window);
                    }
                }
            }
            windows += found.len().div_ceil(STEP);
        }
        Self { places, windows }
    }

    /// How much of a claim its best window has, and what it lacks there. `counts` has a zero for
    /// each window, and has them again afterwards.
    fn judge(&self, found: &[Term], least: u8, counts: &mut [u16]) -> (u8, Option<Lack>) {
        let mut hashes: Vec<u64> = found.iter().map(|it| it.hash).collect();
        hashes.sort_unstable();
        hashes.dedup();
        let lists = || hashes.iter().filter_map(|it| self.places.get(it));
        for window in lists().flatten() {
            if let Some(count) = counts.get_mut(*window as usize) {
                *count = count.saturating_add(1);
            }
        }
        let best = counts
            .iter()
            .enumerate()
            .max_by_key(|(at, count)| (**count, usize::MAX - at));
        let (best, most) = best.map_or((0, 0), |(at, count)| (at, usize::from(*count)));
        for window in lists().flatten() {
            if let Some(count) = counts.get_mut(*window as usize) {
                *count = 0;
            }
        }
        let coverage = u8::try_from(most * 100 / hashes.len().max(1)).unwrap_or(100);
        // A number or name may stand a little before or behind the words of its claim.
        let near = (best.saturating_sub(1)..=best + 1).filter_map(|it| u32::try_from(it).ok());
        let near: Vec<u32> = near.collect();
        let stands = |term: &Term| {
            let list = self.places.get(&term.hash);
            list.is_some_and(|it| it.iter().any(|window| near.contains(window)))
        };
        let lacks = |kind: Kind| found.iter().any(|it| it.kind == kind && !stands(it));
        let lack = match () {
            () if coverage < least => Some(Lack::Words),
            () if lacks(Kind::Number) => Some(Lack::Number),
            () if lacks(Kind::Name) => Some(Lack::Name),
            () => None,
        };
        (coverage, lack)
    }
}

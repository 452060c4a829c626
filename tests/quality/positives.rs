//! Texts that hold values, with the exact place of each.

use std::ops::Range;

use crate::frames;
use crate::kinds::{self, Kind, Strength};
use crate::lang::Lang;
use crate::rng::Rng;

/// A value in a text.
#[derive(Clone, Debug)]
pub struct Expected {
    /// What it is.
    pub kind: &'static Kind,
    /// Where it stands, in bytes.
    pub span: Range<usize>,
    /// A word before it says what it is.
    pub worded: bool,
}

impl Expected {
    /// True when the promises are about it: [`Strength`] says why others are not.
    pub fn is_promised(&self) -> bool {
        self.worded || self.kind.strength == Strength::Alone
    }
}

/// A text with its values.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The text.
    pub text: String,
    /// What is to be found.
    pub expected: Vec<Expected>,
    /// Its language; machines speak English.
    pub lang: Lang,
}

/// So many texts of every kind, and further ones that hold several kinds.
pub fn all(seed: u64, each: usize) -> Vec<Sample> {
    let kinds = kinds::all();
    let mut samples = Vec::new();
    for &kind in &kinds {
        let mut rng = Rng::new(seed, kind.name);
        samples.extend((0..each).map(|place| single(&mut rng, kind, place)));
    }
    let mut rng = Rng::new(seed, "records");
    let alone: Vec<_> = kinds
        .iter()
        .copied()
        .filter(|it| it.strength == Strength::Alone)
        .collect();
    samples.extend((0..each * 4).map(|_| record(&mut rng, &alone)));
    samples
}

/// One value. Kinds that stand alone have a word in half of the texts, others in four of five.
fn single(rng: &mut Rng, kind: &'static Kind, place: usize) -> Sample {
    let (lang, words) = rng.of(kind.words);
    let word = rng.one(words);
    let value = (kind.make)(rng);
    let worded = match kind.strength {
        Strength::Alone => place.is_multiple_of(2),
        Strength::Worded => !place.is_multiple_of(5),
    };
    let machine = rng.chance(40) && (lang == Lang::En || rng.chance(40));
    let frame = if value.contains('\n') {
        rng.one(frames::LINES)
    } else if worded && word.contains(": ") {
        rng.one(&[
            "{w} {v}",
            "curl -H \"{w} {v}\" https://api.example.com/v1",
            "headers:\n  {w} {v}\n  Accept: */*",
        ])
    } else {
        let sentences = frames::sentences(lang);
        match (worded, machine) {
            (true, true) => rng.one(frames::KEYED),
            (true, false) => rng.one(sentences.worded),
            (false, true) => rng.one(frames::UNKEYED),
            (false, false) => rng.one(sentences.bare),
        }
    };
    // Frames may choose otherwise; and a word behind the value doesn't announce it.
    let value_at = frame.find("{v}").unwrap_or_default();
    let mut names = ["{w}", "{k}"].into_iter().filter_map(|it| frame.find(it));
    let worded = names.any(|at| at < value_at);
    let (text, span) = fill(frame, word, &value);
    let mut sample = Sample {
        text,
        expected: vec![Expected { kind, span, worded }],
        lang,
    };
    surround(rng, &mut sample);
    sample
}

/// The frame with its word and value, and the value's place.
pub fn fill(frame: &str, word: &str, value: &str) -> (String, Range<usize>) {
    let key: String = word
        .chars()
        .filter(|it| !matches!(it, '.' | '\'' | ':'))
        .map(|it| if it == ' ' || it == '-' { '_' } else { it })
        .collect();
    let framed = frame.replace("{w}", word).replace("{k}", &key);
    let start = framed.find("{v}").unwrap_or(framed.len());
    let mut marks = value.match_indices(kinds::MARK).map(|(at, _)| at);
    let part = match (marks.next(), marks.next()) {
        (Some(from), Some(to)) => from..to - kinds::MARK.len_utf8(),
        _ => 0..value.len(),
    };
    let text = framed.replacen("{v}", &value.replace(kinds::MARK, ""), 1);
    (text, start + part.start..start + part.end)
}

/// Ordinary sentences before and behind, in some of the texts: values stand at the beginning, in
/// the middle, at the end.
fn surround(rng: &mut Rng, sample: &mut Sample) {
    const AROUND: &[&str] = &[
        "The delivery came on time, and the box was dry.",
        "We met on the second floor near the big window.",
        "Nothing else has changed since the last release.",
        "Invoice and packing list are attached.",
        "Das Wetter war gut, wir sind gleich losgefahren.",
        "Le rapport sera prêt demain matin.",
        "Gracias por su paciencia.",
    ];
    if rng.chance(20) {
        let before = format!("{}\n", rng.one(AROUND));
        for it in &mut sample.expected {
            it.span = it.span.start + before.len()..it.span.end + before.len();
        }
        sample.text.insert_str(0, &before);
    }
    if rng.chance(20) {
        sample.text.push('\n');
        sample.text.push_str(rng.one(AROUND));
    }
}

/// Several values of different kinds, as a row or an object.
fn record(rng: &mut Rng, kinds: &[&'static Kind]) -> Sample {
    let count = rng.between(2, 4);
    let shape = rng.below(3);
    let mut text = String::from(match shape {
        0 => "{\"row\": 1",
        1 => "row",
        _ => "Record:",
    });
    let mut expected = Vec::new();
    for _ in 0..count {
        let kind: &'static Kind = rng.of(kinds);
        let value = (kind.make)(rng);
        let word = kind
            .words
            .first()
            .and_then(|(_, words)| words.first())
            .copied()
            .unwrap_or_default();
        if value.contains('\n') {
            continue;
        }
        let (part, span) = match shape {
            0 => fill(", \"{k}\": \"{v}\"", word, &value),
            1 => fill("\t{v}", word, &value),
            _ => fill("\n{w}: {v}", word, &value),
        };
        let span = span.start + text.len()..span.end + text.len();
        expected.push(Expected {
            kind,
            span,
            worded: shape != 1,
        });
        text.push_str(&part);
    }
    if shape == 0 {
        text.push('}');
    }
    Sample {
        text,
        expected,
        lang: Lang::En,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_hold_the_values_and_runs_are_alike() {
        let samples = all(7, 3);
        for sample in &samples {
            for it in &sample.expected {
                let value = sample.text.get(it.span.clone()).unwrap_or_default();
                assert!(
                    value.len() >= 4 && !value.contains('{'),
                    "{}: {}",
                    it.kind.name,
                    sample.text
                );
            }
        }
        let again = all(7, 3);
        assert!(
            samples
                .iter()
                .map(|it| &it.text)
                .eq(again.iter().map(|it| &it.text))
        );
    }
}

//! Hard negatives: what looks like personal data or a secret and is none.
//!
//! A class makes values; its frames are the texts that such values stand in. What is found there
//! counts against the precision of the type that it was taken for.

mod code;
mod numbers;
mod strings;

use crate::rng::Rng;

/// A class of texts without personal data and secrets.
#[derive(Debug)]
pub struct Class {
    /// What it is; unique.
    pub name: &'static str,
    /// Reported by design, and so counted apart: test cards.
    pub by_design: bool,
    /// The value.
    pub make: fn(&mut Rng) -> String,
    /// The texts, with `{v}`.
    pub frames: &'static [&'static str],
}

/// Every class.
pub fn classes() -> impl Iterator<Item = &'static Class> {
    [numbers::CLASSES, strings::CLASSES, code::CLASSES]
        .into_iter()
        .flatten()
}

/// So many texts of every class.
pub fn all(seed: u64, each: usize) -> Vec<(&'static Class, String)> {
    let mut out = Vec::new();
    for class in classes() {
        let mut rng = Rng::new(seed, class.name);
        for _ in 0..each {
            let frame = rng.one(class.frames);
            let mut text = String::new();
            for (place, part) in frame.split("{v}").enumerate() {
                if place > 0 {
                    text.push_str(&(class.make)(&mut rng));
                }
                text.push_str(part);
            }
            out.push((class, text));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn classes_differ_and_fill_their_frames() {
        let names: HashSet<_> = classes().map(|it| it.name).collect();
        assert_eq!(names.len(), classes().count());
        assert!(
            all(1, 20)
                .iter()
                .all(|(_, text)| !text.contains("{v}") && !text.is_empty())
        );
    }
}

//! Hand-written sentences, by class, in two halves by template: authors of rules look at `dev`
//! alone, and the published figures are those of `held out`.

mod dev_content;
mod dev_more_content;
mod dev_more_output;
mod dev_more_override;
mod dev_more_pressure;
mod dev_more_retrieved;
mod dev_output;
mod dev_override;
mod dev_pressure;
mod dev_retrieved;
mod dev_wider;
mod held_out_content;
mod held_out_more_override;
mod held_out_more_pressure;
mod held_out_more_retrieved;
mod held_out_output;
mod held_out_override;
mod held_out_pressure;
mod held_out_retrieved;
mod ordinary;
mod ordinary_held_out;

/// Which half.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Half {
    /// Rules are written with an eye on it.
    Dev,
    /// Rules are judged by it.
    HeldOut,
}

impl Half {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Dev, Self::HeldOut];

    /// As tables name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::HeldOut => "held out",
        }
    }
}

/// A class: what must be found, and its twins, which use the same words and mean no harm.
///
/// `{t}` is what an attacker wants, `{u}` an address of theirs.
#[derive(Debug)]
pub struct Set {
    /// What it is.
    pub class: &'static str,
    /// To be found.
    pub attacks: &'static [&'static str],
    /// Not to be found.
    pub twins: &'static [&'static str],
}

/// Injection and jailbreak.
pub fn injection(half: Half) -> impl Iterator<Item = &'static Set> {
    let lists: &[&[Set]] = match half {
        Half::Dev => &[
            dev_override::SETS,
            dev_pressure::SETS,
            dev_retrieved::SETS,
            dev_wider::SETS,
            dev_more_override::SETS,
            dev_more_pressure::SETS,
            dev_more_retrieved::SETS,
        ],
        Half::HeldOut => &[
            held_out_override::SETS,
            held_out_pressure::SETS,
            held_out_retrieved::SETS,
            held_out_more_override::SETS,
            held_out_more_pressure::SETS,
            held_out_more_retrieved::SETS,
        ],
    };
    lists.iter().copied().flatten()
}

/// Content.
pub fn content(half: Half) -> &'static [&'static [Set]] {
    match half {
        Half::Dev => &[dev_content::SETS, dev_more_content::SETS],
        Half::HeldOut => &[held_out_content::SETS],
    }
}

/// Payloads in replies.
pub fn output(half: Half) -> &'static [&'static [Set]] {
    match half {
        Half::Dev => &[dev_output::SETS, dev_more_output::SETS],
        Half::HeldOut => &[held_out_output::SETS],
    }
}

/// Ordinary prompts: `{n}` is a number, `{a}` a thing, `{p}` a place, `{l}` a language.
pub fn ordinary(half: Half) -> &'static [&'static str] {
    match half {
        Half::Dev => ordinary::PROMPTS,
        Half::HeldOut => ordinary_held_out::PROMPTS,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_template_stands_in_both_halves() {
        let of = |half| {
            let all =
                injection(half).chain(content(half).iter().chain(output(half)).copied().flatten());
            let sentences = all
                .flat_map(|set| set.attacks.iter().chain(set.twins))
                .chain(ordinary(half));
            sentences.map(|it| it.to_lowercase()).collect::<Vec<_>>()
        };
        let (dev, held_out) = (of(Half::Dev), of(Half::HeldOut));
        let known: HashSet<_> = dev.iter().collect();
        assert_eq!(known.len(), dev.len());
        for sentence in &held_out {
            assert!(!known.contains(sentence), "{sentence}");
        }
    }

    #[test]
    fn both_halves_have_the_same_classes() {
        let classes = |half| {
            let all =
                injection(half).chain(content(half).iter().chain(output(half)).copied().flatten());
            all.map(|it| it.class).collect::<HashSet<_>>()
        };
        assert_eq!(classes(Half::Dev), classes(Half::HeldOut));
    }
}

//! What is promised of inspection holds: a small sample of what `cargo xtask quality` measures.

use inspect::Scanner;
use quality::guards::Counts;
use quality::measure;
use quality::tell::Run;

/// The same texts in every run, and not those of `docs/quality.md`.
const SEED: u64 = 11;

/// Promises that are not kept yet, with the figure in percent that is reached and must not be
/// lost. A promise that is kept leaves the list.
const NOT_YET: &[(&str, f64)] = &[
    ("injection phrases, held out: recall", 70.0),
    ("injection obfuscated, held out: recall", 70.0),
];

#[test]
fn what_is_promised_of_inspection_is_kept() {
    let scanner = Scanner::builtin();
    let counts = Counts {
        attacks: 40,
        hidden: 4,
        ordinary: 600,
    };
    let run = Run {
        seed: SEED,
        date: String::new(),
        persons: measure::persons(&scanner, SEED, 30, 20),
        guards: measure::guards(&scanner, SEED, counts),
    };
    let promises = run.promises();
    assert_eq!(promises.len(), 5);
    for promise in &promises {
        let not_yet = NOT_YET.iter().find(|(what, _)| *what == promise.what);
        match not_yet {
            Some((_, floor)) => {
                assert!(
                    promise.reached.is_some_and(|it| it >= *floor),
                    "{promise:?}"
                );
            }
            None => assert!(promise.is_met(), "{promise:?}"),
        }
    }
    // A sample that shrinks shows nothing.
    let (values, negatives) = run.persons.sizes();
    assert!(values >= 5000 && negatives >= 1500, "{values}, {negatives}");
}

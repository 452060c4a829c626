//! Words that must not be committed: open ends, and places that exist on one machine alone.

use super::Violation;
use super::tree::Tree;

/// Each in two halves, so that this file doesn't hold them.
const OPEN_ENDS: [&str; 6] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X:"),
    concat!("to", "do!("),
    concat!("unimple", "mented!("),
    concat!("#[ig", "nore"),
];

/// In lower case: folders of one machine, and talk about how a text came to be.
const ELSEWHERE: [&str; 7] = [
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("sub", "agent"),
    concat!("sub-", "agent"),
    concat!("the br", "ief says"),
    concat!("team br", "ief"),
    concat!("other engi", "neers"),
];

/// Locks are written by tools, and hold what other people named.
const LOCKS: [&str; 2] = ["Cargo.lock", "package-lock.json"];

/// Every forbidden word, once a line.
pub fn check(tree: &Tree) -> Vec<Violation> {
    let mut found = Vec::new();
    let texts = tree
        .0
        .iter()
        .filter(|file| !LOCKS.iter().any(|lock| file.path.ends_with(lock)));
    for file in texts {
        for (number, line) in file.lines() {
            if let Some(word) = OPEN_ENDS.iter().find(|word| has_word(line, word)) {
                let right = "the work done, or an issue; nothing silently undone";
                found.push(file.violation(number, format!("`{word}`"), right));
            }
            let lower = line.to_ascii_lowercase();
            if let Some(word) = ELSEWHERE.iter().find(|word| has_path(&lower, word)) {
                let right = "words that hold on any machine: the repository speaks of itself alone";
                found.push(file.violation(number, format!("`{word}`"), right));
            }
        }
    }
    found
}

/// True where `word` stands as a word of its own, not inside of another.
fn has_word(line: &str, word: &str) -> bool {
    let letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
    line.match_indices(word).any(|(start, _)| {
        let before = line.get(..start).and_then(|it| it.chars().next_back());
        let after = line
            .get(start + word.len()..)
            .and_then(|it| it.chars().next());
        let closed = word.ends_with(|c: char| !letter(c)) || !after.is_some_and(letter);
        !before.is_some_and(letter) && closed
    })
}

/// True where `path` starts a path, or `path` is no path and stands anywhere.
fn has_path(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(start, _)| {
        let before = line.get(..start).and_then(|it| it.chars().next_back());
        !path.starts_with('/')
            || !before.is_some_and(|c| c.is_ascii_alphanumeric() || "._-/}".contains(c))
    })
}

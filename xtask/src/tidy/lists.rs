//! The closed lists of words: no text names two things.

use std::collections::HashMap;

use super::Violation;
use super::tree::{File, Tree};

/// The lists, and the macro that holds each.
const LISTS: [(&str, &str); 2] = [
    ("crates/terms/src/code.rs", "codes! {"),
    ("crates/terms/src/event.rs", "events! {"),
];

/// Every text that a list has twice, and every list that can't be read.
pub fn check(tree: &Tree) -> Vec<Violation> {
    let mut found = Vec::new();
    for (path, opening) in LISTS {
        match tree.file(path) {
            Some(file) => found.extend(twice(file, opening)),
            None => found.push(Violation {
                path: path.to_owned(),
                line: 1,
                what: "the file is missing".to_owned(),
                right: format!("the list in `{opening} … }}`"),
            }),
        }
    }
    found
}

fn twice(file: &File, opening: &str) -> Vec<Violation> {
    let mut found = Vec::new();
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let lines = file
        .lines()
        .skip_while(|(_, line)| *line != opening)
        .skip(1);
    for (number, line) in lines.take_while(|(_, line)| *line != "}") {
        if line.trim_start().starts_with("//") {
            continue;
        }
        let Some(text) = line.split('"').nth(1) else {
            continue;
        };
        if let Some(first) = seen.insert(text, number) {
            let what = format!("\"{text}\" is the text of line {first} too");
            found.push(file.violation(number, what, "a text for each, each once"));
        }
    }
    if seen.is_empty() {
        let right = format!("the list in `{opening} … }}`");
        found.push(file.violation(1, "no list can be read here", right));
    }
    found
}

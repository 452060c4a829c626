//! A corpus of broken texts. The mark behind a line (`#! column message`) says what is wrong in it:
//! in which column, and what the message says; several are joined by `&&`.

use crate::policy::yaml::compile;

const CORPUS: &str = include_str!("broken.txt");

/// Line, column, `not_in_this_build` or not, and a part of the message.
type Mark = (usize, usize, bool, String);

fn expected(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (place, line) in text.lines().enumerate() {
        let Some((_, mark)) = line.split_once("#! ") else {
            continue;
        };
        for mark in mark.split(" && ") {
            let (column, message) = mark.split_once(' ').unwrap();
            let unbuilt = message.strip_prefix("not_in_this_build ");
            marks.push((
                place + 1,
                column.parse().unwrap(),
                unbuilt.is_some(),
                unbuilt.unwrap_or(message).to_owned(),
            ));
        }
    }
    marks.sort();
    marks
}

#[test]
fn each_broken_text_gives_its_faults_at_their_line_and_column_and_no_others() {
    let mut texts = 0;
    let mut otherwise = String::new();
    for text in CORPUS.split("=====\n") {
        texts += 1;
        let found = compile(text).err().unwrap_or_default();
        let mut left = expected(text);
        let mut beyond = Vec::new();
        for fault in &found {
            let place = left.iter().position(|(line, column, unbuilt, message)| {
                (*line, *column, *unbuilt) == (fault.line, fault.column, fault.unbuilt)
                    && fault.message.contains(message)
            });
            match place {
                Some(place) => drop(left.swap_remove(place)),
                None => beyond.push(fault),
            }
        }
        if !left.is_empty() || !beyond.is_empty() {
            otherwise.push_str(&format!("{text}missing {left:#?}\nbeyond {beyond:#?}\n"));
        }
    }
    assert!(otherwise.is_empty(), "{otherwise}");
    assert!(texts >= 30, "{texts}");
}

#[test]
fn a_fault_names_the_rule_in_which_it_stands() {
    let found = compile("version: '1'\nrules:\n  - id: mine\n    conditions: {}\n  - when: 1\n");
    let found = found.unwrap_err();
    let rules: Vec<Option<&str>> = found.iter().map(|it| it.rule.as_deref()).collect();
    assert_eq!(rules, [Some("mine"), None]);
}

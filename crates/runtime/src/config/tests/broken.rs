//! A corpus of broken files. A comment behind a line names what is wrong in it: the setting and
//! the column; `not_in_this_build` where that is why.

use super::{SEEDS, faults, read_one};

const CORPUS: [(&str, &str); 5] = [
    ("yaml.txt", include_str!("../fixtures/broken/yaml.txt")),
    (
        "identity.txt",
        include_str!("../fixtures/broken/identity.txt"),
    ),
    ("limits.txt", include_str!("../fixtures/broken/limits.txt")),
    (
        "listeners.txt",
        include_str!("../fixtures/broken/listeners.txt"),
    ),
    (
        "structure.txt",
        include_str!("../fixtures/broken/structure.txt"),
    ),
];

/// `code setting line:column` of every mark in `text`, sorted.
fn expected(text: &str) -> Vec<String> {
    let mut marks = Vec::new();
    for (line, text) in text.lines().enumerate() {
        let Some((_, mark)) = text.split_once("#! ") else {
            continue;
        };
        for mark in mark.split(" and ") {
            let (code, mark) = match mark.strip_prefix("not_in_this_build ") {
                Some(rest) => ("not_in_this_build", rest),
                None => ("validation_error", mark),
            };
            let (setting, column) = mark.rsplit_once(' ').unwrap_or(("", mark));
            marks.push(format!("{code} {setting} {}:{column}", line + 1));
        }
    }
    marks.sort();
    marks
}

#[test]
fn each_broken_file_gives_its_faults_at_their_line_and_column_and_no_others() {
    let mut files = 0;
    let mut otherwise = String::new();
    for (name, corpus) in CORPUS {
        for text in corpus.split("=====\n").filter(|it| !it.trim().is_empty()) {
            files += 1;
            let mut found = match read_one(text) {
                Ok(_) => Vec::new(),
                refused => faults(refused),
            };
            found.sort();
            if found != expected(text) {
                otherwise.push_str(&format!("{name}:\n{text}{found:#?}\n"));
            }
        }
    }
    assert!(otherwise.is_empty(), "{otherwise}");
    assert!(files >= 40, "{files}");
}

#[test]
fn a_seed_cut_anywhere_is_read_or_refused_with_a_place() {
    for (name, text) in SEEDS {
        for (end, _) in text.char_indices().step_by(7) {
            let Err(found) = read_one(text.get(..end).unwrap()) else {
                continue;
            };
            for fault in &found.faults {
                assert!(
                    fault.origin.place().is_some() || fault.setting.is_empty(),
                    "{name} cut at {end}: {found}"
                );
            }
        }
    }
}

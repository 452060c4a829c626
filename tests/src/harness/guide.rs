//! A guide is true: its files are written, its commands run in order by one shell, and what it says
//! they print is in what they print.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use super::{Gatehouse, binary, root, scratch};

/// A fenced block, with its language and the file that a comment before it names.
struct Block {
    language: String,
    file: Option<String>,
    text: String,
}

fn blocks(document: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut file = None;
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        if let Some(name) = line.strip_prefix("<!-- file: ") {
            file = Some(name.trim_end_matches(" -->").to_owned());
        }
        let Some(language) = line.strip_prefix("```") else {
            continue;
        };
        let mut text = String::new();
        for line in lines.by_ref().take_while(|line| *line != "```") {
            text.push_str(line);
            text.push('\n');
        }
        blocks.push(Block {
            language: language.to_owned(),
            file: file.take(),
            text,
        });
    }
    blocks
}

/// What a block of commands printed, and what the document says it prints.
struct Printed<'b> {
    commands: &'b str,
    expected: &'b str,
    found: String,
}

fn run<'b>(gate: &Gatehouse, folder: &Path, blocks: &'b [Block]) -> Vec<Printed<'b>> {
    let shells = || {
        blocks
            .iter()
            .enumerate()
            .filter(|(_, it)| it.language == "sh")
    };
    let mut script = String::from("set -euo pipefail\n");
    for (number, block) in shells() {
        let _ = write!(script, "{{\n{}}} > out.{number} 2>&1\n", block.text);
    }
    let bin = folder.join("bin");
    std::fs::create_dir(&bin).unwrap();
    std::os::unix::fs::symlink(binary(), bin.join("gatehouse")).unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let status = Command::new("bash")
        .args(["-c", &script])
        .current_dir(folder)
        .envs(gate.variables())
        .env("PATH", path)
        .status()
        .unwrap();
    let printed: Vec<Printed<'b>> = shells()
        .filter_map(|(number, block)| {
            let found = std::fs::read_to_string(folder.join(format!("out.{number}"))).ok()?;
            let next = blocks.get(number + 1).filter(|it| it.language == "text");
            Some(Printed {
                commands: &block.text,
                expected: next.map_or("", |it| &it.text),
                found,
            })
        })
        .collect();
    let last = printed.last().unwrap();
    assert!(
        status.success(),
        "{status} in\n{}\nwhich printed\n{}",
        last.commands,
        last.found
    );
    printed
}

/// Runs the guide `docs/{name}` against a gate of its own; it has at least so many blocks of
/// commands.
pub fn guide_is_true(name: &str, least: usize) {
    let document = std::fs::read_to_string(root().join("docs").join(name)).unwrap();
    let blocks = blocks(&document);
    let folder = scratch();
    for block in &blocks {
        if let Some(name) = &block.file {
            std::fs::write(folder.path().join(name), &block.text).unwrap();
        }
    }
    let gate = Gatehouse::up();
    let printed = run(&gate, folder.path(), &blocks);
    assert!(printed.len() >= least, "the guide has lost its commands");
    for it in &printed {
        for line in it.expected.lines() {
            assert!(
                it.found.contains(line),
                "'{line}' is not in what\n{}\nprinted:\n{}",
                it.commands,
                it.found
            );
        }
    }
}

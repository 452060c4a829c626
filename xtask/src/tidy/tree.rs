//! The files of the checkout, as git knows them.

use std::path::Path;

use anyhow::{Context as _, Result};

use super::Violation;
use crate::process;

/// One text file.
pub struct File {
    /// From the root, with `/`.
    pub path: String,
    /// What it holds.
    pub text: String,
}

/// Every text file of the checkout, sorted by path.
pub struct Tree(pub Vec<File>);

impl Tree {
    /// Reads what git tracks or would add.
    ///
    /// # Errors
    /// When `root` is no checkout, or a file can't be read.
    pub fn read(root: &Path) -> Result<Self> {
        let listed = process::output(
            process::command("git")
                .args(["ls-files", "--cached", "--others", "--exclude-standard"])
                .current_dir(root),
        )?;
        let mut files = Vec::new();
        for path in listed.lines() {
            let whole = root.join(path);
            if !whole.is_file() {
                continue;
            }
            let bytes = std::fs::read(&whole).with_context(|| format!("{path} can't be read"))?;
            // What is no text has no words to check.
            if let Ok(text) = String::from_utf8(bytes) {
                files.push(File {
                    path: path.to_owned(),
                    text,
                });
            }
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files.dedup_by(|a, b| a.path == b.path);
        Ok(Self(files))
    }

    /// The file at `path`.
    pub fn file(&self, path: &str) -> Option<&File> {
        self.0.iter().find(|file| file.path == path)
    }

    /// The Rust sources of the members.
    pub fn sources(&self) -> impl Iterator<Item = &File> {
        self.0.iter().filter(|file| {
            let member = ["crates/", "xtask/", "tests/"];
            file.path.ends_with(".rs") && member.iter().any(|it| file.path.starts_with(it))
        })
    }
}

impl File {
    /// Its lines, numbered from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line))
    }

    /// What is wrong at `line` of this file.
    pub fn violation(
        &self,
        line: usize,
        what: impl Into<String>,
        right: impl Into<String>,
    ) -> Violation {
        Violation {
            path: self.path.clone(),
            line,
            what: what.into(),
            right: right.into(),
        }
    }
}

//! The effective configuration as YAML: each value with its origin, secrets masked.

use std::fmt::Write as _;

use super::Config;

impl Config {
    /// Every effective setting, nested as a file would have it, with a comment that says where it
    /// came from. Secrets show a mask.
    pub fn show(&self) -> String {
        let mut out = String::new();
        let mut open: Vec<&str> = Vec::new();
        for shown in &self.shown {
            let mut path: Vec<&str> = shown.setting.split('.').collect();
            let Some(key) = path.pop() else { continue };
            let same = open
                .iter()
                .zip(&path)
                .take_while(|(left, right)| left == right)
                .count();
            open.truncate(same);
            for section in path.into_iter().skip(same) {
                let _ = writeln!(out, "{}{section}:", "  ".repeat(open.len()));
                open.push(section);
            }
            let line = format!("{}{key}: {}", "  ".repeat(open.len()), shown.value);
            let _ = writeln!(out, "{line:<56} # {}", shown.origin);
        }
        out
    }
}

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
            let mut path = steps(&shown.setting);
            let Some(key) = path.pop() else { continue };
            let same = open
                .iter()
                .zip(&path)
                .take_while(|(left, right)| left == right)
                .count();
            open.truncate(same);
            let mut first = false;
            for step in path.into_iter().skip(same) {
                if is_item(step) {
                    first = true;
                } else {
                    let _ = writeln!(out, "{}{step}:", indent(open.len(), first));
                    first = false;
                }
                open.push(step);
            }
            let line = format!("{}{key}: {}", indent(open.len(), first), shown.value);
            let _ = writeln!(out, "{line:<56} # {}", shown.origin);
        }
        out
    }
}

/// The steps of a dotted setting. A name that its writer chose stands in quotes, and may hold
/// dots.
fn steps(setting: &str) -> Vec<&str> {
    let (mut quoted, mut escaped) = (false, false);
    setting
        .split(|letter| {
            let ends = letter == '.' && !quoted;
            match letter {
                '"' if !escaped => quoted = !quoted,
                _ => {}
            }
            escaped = letter == '\\' && !escaped;
            ends
        })
        .collect()
}

/// True for an item of a list: names that are numbers stand in quotes.
fn is_item(step: &str) -> bool {
    step.bytes().all(|byte| byte.is_ascii_digit())
}

fn indent(depth: usize, first_of_item: bool) -> String {
    if first_of_item {
        return format!("{}- ", "  ".repeat(depth.saturating_sub(1)));
    }
    "  ".repeat(depth)
}

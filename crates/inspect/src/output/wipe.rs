//! `rm` of everything.

use super::rule;
use crate::detector::{Found, Hit, Look};
use crate::finding::Rule;

/// The only rule.
pub(super) const RULES: &[Rule] = &[rule(
    "out-cmd-003",
    "wipe",
    92,
    "An `rm` of the root, a home or one of the system's folders as a whole.",
)];

/// How far the arguments are read, in bytes.
pub(super) const MOST: usize = 160;

/// Looks at the arguments behind `rm`.
pub(super) fn look(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    let Hit::Word(word) = hit else { return };
    if look
        .char_before(word.start)
        .is_some_and(|it| it.is_alphanumeric() || "_-.".contains(it))
    {
        return;
    }
    let flags_at = word.end.saturating_sub(1);
    let rest = look.after(flags_at, MOST - 8);
    let is_end = |it: char| matches!(it, '\n' | ';' | '&' | '|' | '`' | ')' | '<' | '>' | '#');
    let rest = rest
        .get(..rest.find(is_end).unwrap_or(rest.len()))
        .unwrap_or_default();
    let mut recursive = false;
    let mut at = flags_at;
    for piece in rest.split_inclusive([' ', '\t']) {
        let end = at + piece.trim_end().len();
        at += piece.len();
        let argument = piece.trim().trim_matches(['"', '\'', ',', '.']);
        if argument == "--no-preserve-root" {
            return found.add_sure(0, word.start..end, 95);
        }
        if let Some(flags) = argument.strip_prefix('-') {
            recursive |= flags.contains(['r', 'R']);
        } else if recursive && is_everything(argument) {
            return found.add(0, word.start..end);
        }
    }
}

fn is_everything(argument: &str) -> bool {
    const ROOTS: &[&str] = &[
        "",
        "~",
        "$HOME",
        "${HOME}",
        "/etc",
        "/usr",
        "/var",
        "/home",
        "/boot",
        "/bin",
        "/lib",
        "/root",
        "/opt",
        "/var/log",
        "/usr/bin",
        "/usr/lib",
        "/sbin",
        "/lib64",
        "/dev",
        "/proc",
        "/sys",
        "/srv",
        "/mnt",
        "~/.ssh",
        "~/Documents",
        "$HOME/Documents",
        "/var/lib",
        "/var/www",
        "/usr/local",
        "/var/backups",
    ];
    let bare = argument.trim_end_matches('*').trim_end_matches('/');
    !argument.is_empty() && argument != "*" && ROOTS.contains(&bare)
}

//! `curl` and `wget` lines: what is fetched and run at once, and what they carry away.

use super::rule;
use crate::detector::{Found, Hit, LEFT, Look};
use crate::finding::Rule;

const RUN: usize = 0;
const RUN_BARE: usize = 1;
const EXFILTRATION: usize = 2;

/// What such a line may do.
pub(super) const RULES: &[Rule] = &[
    rule(
        "out-cmd-001",
        "remote_script",
        65,
        "A script that is fetched and run at once: installers are written like this as well.",
    ),
    rule(
        "out-cmd-002",
        "remote_script_bare",
        88,
        "A script that is fetched without TLS, from a bare address or a passing host, and run at once.",
    ),
    rule(
        "out-cmd-006",
        "exfiltration",
        88,
        "A command that sends what another one reads, or a file of secrets, to some address.",
    ),
];

/// How far a line is read, in bytes.
pub(super) const MOST: usize = 320;

/// What wakes the look.
pub(super) const WORDS: &[&str] = &["curl ", "wget ", "curl.exe "];

/// Looks at the line from the command on, up to the next one.
pub(super) fn look(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    let Hit::Word(word) = hit else { return };
    if look
        .char_before(word.start)
        .is_some_and(|it| it.is_alphanumeric() || it == '_')
    {
        return;
    }
    let rest = look.after(word.end, MOST - 16);
    let line = rest.get(..line_len(rest)).unwrap_or_default();
    let lower = line.to_ascii_lowercase();
    if let Some(end) = exfiltrates(&lower) {
        return found.add(EXFILTRATION, word.start..word.end + end);
    }
    let Some(end) = runs(&lower) else { return };
    let is_slipped_in = is_slipped_in(look.before(word.start, LEFT), &lower);
    let kind = if is_slipped_in || is_bare(&lower) {
        RUN_BARE
    } else {
        RUN
    };
    found.add(kind, word.start..word.end + end);
}

/// Up to the end of the line or the next such command, so that no byte is read twice.
fn line_len(rest: &str) -> usize {
    let mut len = rest.find('\n').unwrap_or(rest.len());
    for word in ["curl ", "wget "] {
        let head = rest.get(..len).unwrap_or_default();
        len = head.find(word).unwrap_or(len);
    }
    // The line may go on behind an escape.
    let head = rest.get(..len).unwrap_or_default();
    head.trim_end().len()
}

/// True where the command stands in another one's argument: `$(curl … | sh)`, or behind a sign that
/// ends a command where none was begun.
fn is_slipped_in(left: &str, line: &str) -> bool {
    if left.ends_with("$(") && line.contains('|') {
        return true;
    }
    let left = left.trim_end_matches(' ');
    let Some(before) = left.strip_suffix([';', '|', '&']) else {
        return false;
    };
    let before = before.trim_end_matches(['|', '&', ' ']);
    let is_first = before.is_empty() || before.ends_with(['\n', '\'', '"', '?', '!', '.']);
    is_first && !before.ends_with("\\\n")
}

/// Where it is handed to a shell.
fn runs(line: &str) -> Option<usize> {
    let mut at = 0;
    for piece in line.split_inclusive(['|', ';', '&']) {
        let start = at;
        at += piece.len();
        if start == 0 {
            continue;
        }
        let before = line.as_bytes().get(start - 1);
        let mut words = piece.split(|it: char| it.is_whitespace() || "|;&'\")`".contains(it));
        let mut words = words.by_ref().filter(|it| !it.is_empty());
        let mut first = words.next();
        while first.is_some_and(|it| it == "sudo" || it == "env" || it.starts_with('-')) {
            first = words.next();
        }
        let piped = before == Some(&b'|');
        let marked = first == Some("chmod") && piece.contains("+x");
        if (piped && first.is_some_and(is_shell))
            || (!piped && (marked || runs_file(first, words.next())))
        {
            return Some(at.min(line.len()));
        }
    }
    None
}

fn is_shell(word: &str) -> bool {
    let name = word.rsplit('/').next().unwrap_or_default();
    matches!(
        name,
        "sh" | "bash" | "zsh" | "dash" | "ksh" | "python" | "python3" | "perl" | "iex"
    )
}

/// `; sh file`
fn runs_file(first: Option<&str>, second: Option<&str>) -> bool {
    first.is_some_and(is_shell) && second.is_some_and(|it| !it.starts_with('-'))
}

/// True for plain HTTP, bare addresses, and hosts that anyone may use for a while.
fn is_bare(line: &str) -> bool {
    const PASSING: &[&str] = &[
        "pastebin.com/raw",
        "transfer.sh/",
        ".onion/",
        ".ngrok.io",
        ".ngrok-free.app",
        ".trycloudflare.com",
        "0x0.st/",
        "ix.io/",
    ];
    let host = line.split_once("://").map(|it| it.1).unwrap_or_default();
    let host = host.split(['/', ':', ' ', '|']).next().unwrap_or_default();
    let numbers = !host.is_empty() && host.bytes().all(|it| it.is_ascii_digit() || it == b'.');
    let local = host == "localhost" || host.starts_with("127.");
    !local && (numbers || line.contains("http://") || PASSING.iter().any(|it| line.contains(it)))
}

/// Where it names what it must not send.
fn exfiltrates(line: &str) -> Option<usize> {
    const READS: &[&str] = &[
        "cat /etc/",
        "cat ~/.",
        "cat .env",
        "cat id_rsa",
        "cat secrets",
        "cat *.",
        "hostname",
        "history",
        "ls ",
        "ps aux",
        "cat config",
        "cat /var/",
        "cat /root",
        "cat /home",
        "cat $home",
        "tar c",
        "tar -c",
        "whoami",
        "id",
        "env",
        "printenv",
        "base64",
        "uname",
        "cat /proc/",
    ];
    for open in ["$(", "`"] {
        let Some((before, inner)) = line.split_once(open) else {
            continue;
        };
        let inner = inner.trim_start();
        let read = READS.iter().find(|it| {
            let rest = inner.strip_prefix(**it);
            rest.is_some_and(|rest| {
                it.contains('/')
                    || it.contains('.')
                    || !rest.starts_with(|it: char| it.is_alphanumeric() || it == '_')
            })
        });
        if let Some(read) = read {
            return Some((before.len() + open.len() + read.len() + 1).min(line.len()));
        }
    }
    const FILES: &[&str] = &[
        "@/etc/passwd",
        "@/etc/shadow",
        "@~/.ssh",
        "@~/.aws",
        "@~/.kube",
        "@~/.netrc",
        "@$home/.ssh",
        "@$home/.aws",
        "@.env",
        "@/proc/",
        "@/root",
        "@/home/",
        "@id_rsa",
        "@secrets",
        "@dump.sql",
        "@/var/run/secrets",
        "@~/.config",
        "@~/.bash_history",
        "@/var/lib",
        "post-file=.env",
        "post-file .env",
        "body-file=/etc/",
        "-t .env",
        "-t ~/.aws",
        "--upload-file /etc/",
        "--upload-file ~/.",
        "post-file=/etc/",
        "post-file /etc/",
        "post-file=~/.",
        "post-file ~/.",
        "-t ~/.ssh",
        "-t /etc/passwd",
        "-t /etc/shadow",
    ];
    FILES
        .iter()
        .find_map(|file| line.find(file).map(|at| at + file.len()))
}

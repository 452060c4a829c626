//! The form of the sources: files that fit in a head, a first line that says what lives there,
//! lints that are inherited, exceptions that give their reason.

use super::Violation;
use super::tree::{File, Tree};

const LONGEST: usize = 600;
const LONGEST_TESTS: usize = 800;

/// Every violation of the sources' form.
pub fn check(tree: &Tree) -> Vec<Violation> {
    let mut found = Vec::new();
    for file in tree.sources() {
        found.extend(too_long(file));
        found.extend(no_first_line(file));
        found.extend(empty_name(file));
        found.extend(exceptions_without_reason(file));
    }
    found.extend(manifests_without_lints(tree));
    found
}

fn too_long(file: &File) -> Option<Violation> {
    let most = if file.path.ends_with("/tests.rs") {
        LONGEST_TESTS
    } else {
        LONGEST
    };
    let lines = file.text.lines().count();
    (lines > most).then(|| {
        let right = format!("at most {most}: a module of its own for what stands apart");
        file.violation(lines, format!("{lines} lines"), right)
    })
}

/// A sibling `tests.rs` is part of the module beside it, and a build script is no module.
fn no_first_line(file: &File) -> Option<Violation> {
    let exempt = ["/tests.rs", "/build.rs"];
    if exempt.iter().any(|end| file.path.ends_with(end)) || file.text.starts_with("//!") {
        return None;
    }
    let right = "a first line `//! ` that says what lives here";
    Some(file.violation(1, "the module does not say what it is", right))
}

/// Names that say nothing of what lives there.
fn empty_name(file: &File) -> Option<Violation> {
    let empty = [
        "utils", "util", "helper", "helpers", "common", "manager", "misc",
    ];
    let mut parts = file.path.trim_end_matches(".rs").split('/');
    let part = parts.find(|part| empty.contains(part))?;
    let right = "the field's own term for what lives there";
    Some(file.violation(1, format!("`{part}` names nothing"), right))
}

fn exceptions_without_reason(file: &File) -> Vec<Violation> {
    let openings = [
        concat!("#[al", "low("),
        concat!("#![al", "low("),
        concat!("#[ex", "pect("),
        concat!("#![ex", "pect("),
    ];
    let mut found = Vec::new();
    for (line, text) in file.lines() {
        let Some(opening) = openings
            .iter()
            .find(|it| text.trim_start().starts_with(**it))
        else {
            continue;
        };
        let rest: String = file
            .text
            .lines()
            .skip(line - 1)
            .collect::<Vec<_>>()
            .join(" ");
        let attribute = rest.split(")]").next().unwrap_or_default();
        if !attribute.contains("reason") {
            let what = format!("`{opening}…)]` without a reason");
            found.push(file.violation(
                line,
                what,
                "`reason = \"…\"` as its last part, or no exception",
            ));
        }
    }
    found
}

fn manifests_without_lints(tree: &Tree) -> Vec<Violation> {
    let members = tree.0.iter().filter(|file| {
        let place: Vec<_> = file.path.split('/').collect();
        matches!(
            place.as_slice(),
            ["crates", _, "Cargo.toml"] | ["xtask" | "tests", "Cargo.toml"]
        )
    });
    let lacking = members.filter(|file| {
        let mut lines = file
            .text
            .lines()
            .map(str::trim)
            .skip_while(|line| *line != "[lints]");
        lines.next();
        !lines
            .take_while(|line| !line.starts_with('['))
            .any(|line| line == "workspace = true")
    });
    lacking
        .map(|file| {
            file.violation(
                1,
                "the workspace's lints don't hold here",
                "`[lints]` with `workspace = true`",
            )
        })
        .collect()
}

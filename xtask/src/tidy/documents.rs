//! Documents that must agree with the code and with one another.

use super::Violation;
use super::tree::{File, Tree};

const ARCHITECTURE: &str = "docs/ARCHITECTURE.md";
const PIPELINE: &str = "crates/decide/src/pipeline.rs";
const DECISIONS: &str = "docs/adr/";
const LOCK: &str = "Cargo.lock";

/// Every disagreement.
pub fn check(tree: &Tree) -> Vec<Violation> {
    let mut found = Vec::new();
    found.extend(steps(tree));
    found.extend(decisions_without_link(tree));
    found.extend(lock(tree));
    found
}

fn missing(path: &str, right: &str) -> Violation {
    Violation {
        path: path.to_owned(),
        line: 1,
        what: "the file is missing".to_owned(),
        right: right.to_owned(),
    }
}

/// The numbered steps of the architecture's document are those of the pipeline, in its order.
fn steps(tree: &Tree) -> Option<Violation> {
    let Some(pipeline) = tree.file(PIPELINE) else {
        return Some(missing(PIPELINE, "the pipeline's array of steps"));
    };
    let built = built_steps(pipeline);
    if built.is_empty() {
        let right = "`pub const STEPS: [Step; n] = [Step::…, …];`";
        return Some(pipeline.violation(1, "no array of steps can be read here", right));
    }
    let Some(document) = tree.file(ARCHITECTURE) else {
        return Some(missing(
            ARCHITECTURE,
            "the walk through the house, with its steps",
        ));
    };
    let told: Vec<_> = document
        .lines()
        .filter_map(|(line, text)| numbered_name(text).map(|(number, name)| (line, number, name)))
        .filter(|(_, _, name)| built.contains(name))
        .collect();
    for (index, step) in built.iter().enumerate() {
        let number = index + 1;
        match told.get(index) {
            Some((_, told_number, name)) if name == step && *told_number == number => {}
            Some((line, told_number, name)) => {
                let what = format!("step {told_number} is called {name}");
                return Some(document.violation(
                    *line,
                    what,
                    format!("{number} {step}, as in {PIPELINE}"),
                ));
            }
            None => {
                let what = format!("step {number} ({step}) is not told");
                let right = "the steps as a numbered list or table, each line with number and name";
                return Some(document.violation(1, what, right));
            }
        }
    }
    told.get(built.len()).map(|(line, number, name)| {
        let right = format!("{} steps, told once", built.len());
        document.violation(
            *line,
            format!("step {number} ({name}) is one too many"),
            right,
        )
    })
}

/// The names in `pub const STEPS: [Step; 16] = [Step::IpAccess, …];`.
fn built_steps(pipeline: &File) -> Vec<&str> {
    let array = pipeline
        .text
        .split("const STEPS")
        .nth(1)
        .unwrap_or_default();
    let array = array.split("];").next().unwrap_or_default();
    let names = array.split("Step::").skip(1);
    names
        .map(|rest| {
            rest.split(|c: char| !c.is_alphanumeric())
                .next()
                .unwrap_or_default()
        })
        .collect()
}

/// `(7, "Policy")` of `| 7 | **Policy** | …`, `7. Policy` or ` 7 Policy`.
fn numbered_name(line: &str) -> Option<(usize, &str)> {
    let decoration: &[char] = &[' ', '|', '*', '`', '.', ')', '_'];
    let rest = line.trim_start_matches(decoration);
    let end = rest.find(|c: char| !c.is_ascii_digit())?;
    let number = rest.get(..end)?.parse().ok()?;
    let rest = rest.get(end..)?;
    let name = rest.trim_start_matches(decoration);
    if name.len() == rest.len() {
        return None;
    }
    name.split(|c: char| !c.is_alphanumeric())
        .next()
        .map(|name| (number, name))
}

fn decisions_without_link(tree: &Tree) -> Vec<Violation> {
    let index = tree
        .file("docs/adr/README.md")
        .map_or("", |file| &file.text);
    let decisions = tree.0.iter().filter(|file| {
        file.path.starts_with(DECISIONS)
            && file.path.ends_with(".md")
            && !file.path.ends_with("/README.md")
    });
    decisions
        .filter(|file| {
            let name = file.path.strip_prefix(DECISIONS).unwrap_or(&file.path);
            !index.contains(&format!("({name})"))
        })
        .map(|file| {
            file.violation(
                1,
                "no link leads here",
                "a line with a link in docs/adr/README.md",
            )
        })
        .collect()
}

fn lock(tree: &Tree) -> Vec<Violation> {
    let Some(lock) = tree.file(LOCK) else {
        return vec![missing(
            LOCK,
            "the lock committed: every build is the same build",
        )];
    };
    let foreign = lock
        .lines()
        .filter(|(_, line)| line.starts_with("source = \"git+"));
    foreign
        .map(|(line, text)| lock.violation(line, format!("`{text}`"), "a release on crates.io"))
        .collect()
}

//! Policies and suites in files.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use decide::policy::DslFault;
use decide::policy::cases::{self, Described, Text};
use decide::source::Language;

/// What ends the name of a file of cases.
const SUITE: &str = ".test.yaml";

/// A suite whose policies compile.
pub struct Loaded {
    pub suite: cases::Suite,
    pub texts: Vec<Text>,
}

/// A suite, or what is wrong with it, a line each.
pub enum Suite {
    Good(Loaded),
    Broken(Vec<String>),
}

/// A fault as a compiler prints it.
pub fn at(path: &Path, fault: &DslFault) -> String {
    let rule = fault.rule.as_ref().map(|rule| format!(" (rule '{rule}')"));
    let rule = rule.unwrap_or_default();
    let (line, column) = (fault.line, fault.column);
    format!(
        "{}:{line}:{column}: {}{rule}",
        path.display(),
        fault.message
    )
}

/// The files of cases below `paths`, in order.
pub fn suites(paths: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    below(paths, |name| name.ends_with(SUITE))
}

/// The policies below `paths`, in order.
pub fn policies(paths: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    below(paths, |name| {
        (name.ends_with(".yaml") && !name.ends_with(SUITE)) || name.ends_with(".rego")
    })
}

fn below(paths: &[PathBuf], wanted: impl Fn(&str) -> bool) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open: Vec<(PathBuf, bool)> = paths.iter().map(|it| (it.clone(), true)).collect();
    while let Some((path, named)) = open.pop() {
        let about = || format!("{} can't be read", path.display());
        let kind = std::fs::metadata(&path).with_context(about)?;
        if kind.is_dir() {
            for entry in std::fs::read_dir(&path).with_context(about)? {
                let entry = entry.with_context(about)?;
                // A link is not followed into a folder: it could lead in a circle.
                if !entry.file_type().with_context(about)?.is_symlink() || entry.path().is_file() {
                    open.push((entry.path(), false));
                }
            }
            continue;
        }
        let name = path.file_name().map(|it| it.to_string_lossy());
        // What is neither, such as a pipe, could be read for ever.
        if kind.is_file() && name.is_some_and(|name| wanted(&name)) {
            found.push(path);
        } else if named {
            anyhow::bail!("{} is no file of this kind", path.display());
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// Reads a policy.
pub fn policy(path: &Path, described: &Described) -> anyhow::Result<Text> {
    let dsl = std::fs::read_to_string(path)
        .with_context(|| format!("{} can't be read", path.display()))?;
    let rego = path.extension().is_some_and(|it| it == "rego");
    Ok(Text {
        name: path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
        language: if rego { Language::Rego } else { Language::Yaml },
        dsl,
        described: described.clone(),
    })
}

/// Reads a suite and its policies.
pub fn suite(path: &Path) -> anyhow::Result<Suite> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("{} can't be read", path.display()))?;
    let lines = |path: &Path, faults: &[DslFault]| faults.iter().map(|it| at(path, it)).collect();
    let suite = match cases::Suite::read(&text) {
        Ok(suite) => suite,
        Err(faults) => return Ok(Suite::Broken(lines(path, &faults))),
    };
    let mut texts = Vec::new();
    let mut broken: Vec<String> = Vec::new();
    for described in wanted(path, &suite) {
        let file = path.with_file_name(&described.file);
        if !file.is_file() {
            broken.push(format!(
                "{}: there is no {}",
                path.display(),
                file.display()
            ));
            continue;
        }
        let text = policy(&file, &described)?;
        match text.compile() {
            Ok(_) => texts.push(text),
            Err(faults) => broken.extend::<Vec<String>>(lines(&file, &faults)),
        }
    }
    if broken.is_empty() {
        Ok(Suite::Good(Loaded { suite, texts }))
    } else {
        Ok(Suite::Broken(broken))
    }
}

/// The policies that a suite names, or the one of its own name.
fn wanted(path: &Path, suite: &cases::Suite) -> Vec<Described> {
    if !suite.policies.is_empty() {
        return suite
            .policies
            .iter()
            .map(cases::PolicyRef::described)
            .collect();
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.strip_suffix(SUITE).unwrap_or(&name);
    let rego = format!("{stem}.rego");
    let file = if path.with_file_name(&rego).is_file() {
        rego
    } else {
        format!("{stem}.yaml")
    };
    vec![Described {
        file,
        ..Described::default()
    }]
}

//! `gatehouse policy`: policies in files, checked and tested as they will be decided.

mod files;
mod results;
mod starters;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use decide::policy::{base, cases, schema};
use decide::settings;

use crate::cli::PolicyTest;
use crate::console;
use files::{Loaded, Suite};
use results::{Results, SuiteResult};

pub use starters::write as write_starters;

/// Compiles every policy below `paths`; exit code 1 when one has a fault.
pub fn check(paths: &[PathBuf]) -> anyhow::Result<ExitCode> {
    let found = files::policies(paths)?;
    if found.is_empty() {
        console::err("there are no *.yaml and no *.rego files here");
        return Ok(ExitCode::from(2));
    }
    let mut faults = 0usize;
    for path in &found {
        let text = match files::policy(path, &cases::Described::default()) {
            Ok(text) => text,
            Err(error) => {
                faults += 1;
                console::err(format_args!("{error:#}"));
                continue;
            }
        };
        for fault in text.compile().err().unwrap_or_default() {
            faults += 1;
            console::err(files::at(path, &fault));
        }
    }
    if faults > 0 {
        console::err(format_args!("{faults} faults"));
        return Ok(ExitCode::FAILURE);
    }
    let count = found.len();
    console::err(format_args!("all {count} policies compile"));
    Ok(ExitCode::SUCCESS)
}

/// Decides every case; exit code 1 when one is not as expected, 2 when there is none.
pub fn test(options: &PolicyTest) -> anyhow::Result<ExitCode> {
    let mut results = Results::default();
    for path in files::suites(&options.paths)? {
        results.suites.push(suite(&path, options)?);
    }
    if let Some(file) = &options.junit {
        std::fs::write(file, results.junit()?)
            .with_context(|| format!("{} can't be written", file.display()))?;
    }
    if options.json {
        console::out(serde_json::to_string_pretty(&results)?);
    } else {
        console::raw(results.text());
    }
    Ok(match (results.cases(), results.failed()) {
        (_, true) => ExitCode::FAILURE,
        (0, false) => {
            console::err("there are no cases to decide: a suite is a file *.test.yaml");
            ExitCode::from(2)
        }
        (_, false) => ExitCode::SUCCESS,
    })
}

/// What became of the suite in this file: what can't be read is a failure of the suite, and the
/// others go on.
fn suite(path: &Path, options: &PolicyTest) -> anyhow::Result<SuiteResult> {
    let mut result = SuiteResult::new(path);
    let Loaded { suite, texts } = match files::suite(path)? {
        Suite::Good(loaded) => loaded,
        Suite::Broken(faults) => {
            result.faults = faults;
            return Ok(result);
        }
    };
    let started = std::time::Instant::now();
    let wanted = |name: &str| options.run.as_ref().is_none_or(|run| name.contains(run));
    match cases::run(&suite, &texts) {
        Ok(report) => {
            result.rules = report.rules;
            result.untested = report.untested;
            result.outcomes = report.outcomes;
            result.outcomes.retain(|it| wanted(&it.name));
            result.every_rule = options.every_rule && options.run.is_none();
        }
        Err(faults) => result.faults = faults.0.iter().map(ToString::to_string).collect(),
    }
    result.took = started.elapsed();
    Ok(result)
}

/// Prints the JSON schema of the input document.
pub fn schema() -> anyhow::Result<ExitCode> {
    console::out(serde_json::to_string_pretty(&schema::input_schema())?);
    Ok(ExitCode::SUCCESS)
}

/// Prints the base policy.
pub fn base() -> ExitCode {
    console::raw(base::text(&settings::Policies::default()));
    ExitCode::SUCCESS
}

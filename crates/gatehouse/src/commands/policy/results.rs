//! What became of the cases: for people, for `jq`, and for CI.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use decide::policy::cases::Outcome;
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
use serde::{Serialize, Serializer};

/// All of it.
#[derive(Default, Serialize)]
pub struct Results {
    pub suites: Vec<SuiteResult>,
}

/// What became of a suite.
#[derive(Serialize)]
pub struct SuiteResult {
    pub file: PathBuf,
    /// What kept its cases from being decided.
    pub faults: Vec<String>,
    #[serde(rename = "cases", serialize_with = "shown")]
    pub outcomes: Vec<Outcome>,
    /// How many rules its policies have.
    pub rules: usize,
    /// Those that held in no case.
    pub untested: Vec<String>,
    #[serde(skip)]
    pub every_rule: bool,
    #[serde(skip)]
    pub took: Duration,
}

#[derive(Serialize)]
struct Shown<'a> {
    name: &'a str,
    passed: bool,
    failures: &'a [String],
}

fn shown<S: Serializer>(outcomes: &[Outcome], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(outcomes.iter().map(|it| Shown {
        name: &it.name,
        passed: it.failures.is_empty(),
        failures: &it.failures,
    }))
}

impl SuiteResult {
    /// A suite of which nothing is known yet.
    pub fn new(file: &Path) -> Self {
        Self {
            file: file.to_owned(),
            faults: Vec::new(),
            outcomes: Vec::new(),
            rules: 0,
            untested: Vec::new(),
            every_rule: false,
            took: Duration::ZERO,
        }
    }

    fn failed(&self) -> bool {
        let broken = self.outcomes.iter().any(|it| !it.failures.is_empty());
        broken || !self.faults.is_empty() || (self.every_rule && !self.untested.is_empty())
    }

    fn write(&self, text: &mut String) {
        let _ = writeln!(text, "{}", self.file.display());
        for fault in &self.faults {
            let _ = writeln!(text, "  FAULT  {fault}");
        }
        for case in &self.outcomes {
            let verdict = if case.failures.is_empty() {
                "ok  "
            } else {
                "FAIL"
            };
            let _ = writeln!(text, "  {verdict}   {}", printable(&case.name));
            for failure in &case.failures {
                let _ = writeln!(text, "           {failure}");
            }
        }
        for rule in &self.untested {
            let _ = writeln!(text, "  note   {rule} holds in no case");
        }
    }
}

/// Without what would move the terminal's cursor.
fn printable(text: &str) -> String {
    text.chars().filter(|it| !it.is_control()).collect()
}

impl Results {
    /// How many cases were decided.
    pub fn cases(&self) -> usize {
        self.suites.iter().map(|it| it.outcomes.len()).sum()
    }

    /// True when anything is not as expected.
    pub fn failed(&self) -> bool {
        self.suites.iter().any(SuiteResult::failed)
    }

    /// For people.
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.suites.iter().for_each(|suite| suite.write(&mut text));
        let all = self.suites.iter().flat_map(|it| &it.outcomes);
        let failed = all.filter(|it| !it.failures.is_empty()).count();
        let broken = self
            .suites
            .iter()
            .filter(|it| !it.faults.is_empty())
            .count();
        let rules: usize = self.suites.iter().map(|it| it.rules).sum();
        let untested: usize = self.suites.iter().map(|it| it.untested.len()).sum();
        let _ = writeln!(
            text,
            "{} cases, {failed} not as expected; {broken} suites with faults; {} of {rules} rules \
             held in some case",
            self.cases(),
            rules.saturating_sub(untested),
        );
        text
    }

    /// For CI.
    pub fn junit(&self) -> anyhow::Result<String> {
        let mut report = Report::new("gatehouse policy test");
        for suite in &self.suites {
            let name = suite.file.display().to_string();
            let mut cases = TestSuite::new(name.clone());
            cases.set_time(suite.took);
            for case in &suite.outcomes {
                let status = match case.failures.as_slice() {
                    [] => TestCaseStatus::success(),
                    failures => failure(NonSuccessKind::Failure, &failures.join("\n")),
                };
                cases.add_test_case(named(&case.name, &name, status));
            }
            if !suite.faults.is_empty() {
                let status = failure(NonSuccessKind::Error, &suite.faults.join("\n"));
                cases.add_test_case(named("the policies compile", &name, status));
            }
            if suite.every_rule && !suite.untested.is_empty() {
                let status = failure(NonSuccessKind::Failure, &suite.untested.join("\n"));
                cases.add_test_case(named("every rule holds in some case", &name, status));
            }
            report.add_test_suite(cases);
        }
        Ok(report.to_string()?)
    }
}

fn failure(kind: NonSuccessKind, message: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(kind);
    status.set_message(message.to_owned());
    status
}

fn named(name: &str, suite: &str, status: TestCaseStatus) -> TestCase {
    let mut case = TestCase::new(name.to_owned(), status);
    case.set_classname(suite.to_owned());
    case
}

//! What the verifier says.

use serde::Serialize;

/// How many findings a report lists; further ones are only counted.
const LISTED: usize = 100;

/// The verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// At least one record was checked, and all is well.
    Good,
    /// Something is wrong.
    Bad,
    /// There was nothing to check, or no way to check it.
    NothingChecked,
}

impl Outcome {
    /// The exit code of `audit verify`: 0 good, 1 bad, 2 nothing checked.
    pub const fn exit_code(self) -> u8 {
        match self {
            Outcome::Good => 0,
            Outcome::Bad => 1,
            Outcome::NothingChecked => 2,
        }
    }

    /// `good`, `bad` or `nothing_checked`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Outcome::Good => "good",
            Outcome::Bad => "bad",
            Outcome::NothingChecked => "nothing_checked",
        }
    }
}

/// What kind of damage it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// A record can't be read.
    Unreadable,
    /// A record's HMAC is not the one of its contents under this secret.
    Altered,
    /// A column contradicts what was sealed.
    Contradiction,
    /// Records are missing before this one.
    Missing,
    /// A record stands twice, or where it doesn't belong.
    OutOfPlace,
    /// A record doesn't continue the one before it.
    BrokenLink,
    /// Records are missing at the end.
    CutTail,
    /// There are records, heads or checkpoints that nothing sealed accounts for.
    Unaccounted,
    /// A seal apart from the records (head, state, checkpoint, manifest) is missing or forged.
    Forged,
}

impl Problem {
    /// The kind in lower case with underscores.
    pub const fn as_str(self) -> &'static str {
        match self {
            Problem::Unreadable => "unreadable",
            Problem::Altered => "altered",
            Problem::Contradiction => "contradiction",
            Problem::Missing => "missing",
            Problem::OutOfPlace => "out_of_place",
            Problem::BrokenLink => "broken_link",
            Problem::CutTail => "cut_tail",
            Problem::Unaccounted => "unaccounted",
            Problem::Forged => "forged",
        }
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// What kind of damage.
    pub problem: Problem,
    /// The bad event, where there is one to name.
    pub event_id: Option<String>,
    /// The chain; empty: the platform's.
    pub shard: Option<String>,
    /// The place in the chain.
    pub sequence: Option<u64>,
    /// One sentence for people.
    pub message: String,
}

/// What was checked of one chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ShardReport {
    /// The chain; empty: the platform's.
    pub shard: String,
    /// How many records.
    pub records: u64,
    /// The last one's sequence.
    pub last_sequence: u64,
}

/// The whole report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The verdict.
    pub outcome: Outcome,
    /// How many records were read.
    pub records: u64,
    /// How many things are wrong.
    pub bad: u64,
    /// The first bad event; where no event can be named, the first thing that is wrong.
    pub first: Option<Finding>,
    /// The first hundred findings.
    pub findings: Vec<Finding>,
    /// By chain, sorted.
    pub shards: Vec<ShardReport>,
    /// How many checkpoints were checked.
    pub checkpoints: u64,
    /// True when the newest checkpoint closes a clean shutdown and nothing came after it.
    pub closed: bool,
    /// What the reader should know: why nothing was checked, or that it was a selection.
    pub note: Option<String>,
    /// Findings about a record's place in its chain: they hold only where all records were given.
    #[serde(skip)]
    links: Findings,
    /// All the others.
    #[serde(skip)]
    others: Findings,
}

/// Findings, each with how many records had been read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Findings {
    count: u64,
    listed: Vec<(u64, Finding)>,
    /// The first that names an event, if it came after the list was full.
    named: Option<(u64, Finding)>,
}

impl Findings {
    fn add(&mut self, records: u64, finding: Finding) {
        self.count = self.count.saturating_add(1);
        if self.listed.len() < LISTED {
            self.listed.push((records, finding));
        } else if self.named.is_none() && finding.event_id.is_some() {
            self.named = Some((records, finding));
        }
    }
}

impl Report {
    /// The report of a check that could not begin.
    pub fn nothing(why: impl Into<String>) -> Self {
        Self {
            note: Some(why.into()),
            ..Self::empty()
        }
    }

    pub(crate) fn empty() -> Self {
        Self {
            outcome: Outcome::NothingChecked,
            records: 0,
            bad: 0,
            first: None,
            findings: Vec::new(),
            shards: Vec::new(),
            checkpoints: 0,
            closed: false,
            note: None,
            links: Findings::default(),
            others: Findings::default(),
        }
    }

    pub(crate) fn add(&mut self, finding: Finding) {
        self.others.add(self.records, finding);
    }

    pub(crate) fn add_link(&mut self, finding: Finding) {
        self.links.add(self.records, finding);
    }

    pub(crate) fn forget_links(&mut self) {
        self.links = Findings::default();
    }

    pub(crate) fn conclude(mut self) -> Self {
        self.shards.sort_by(|a, b| a.shard.cmp(&b.shard));
        let (links, others) = (
            std::mem::take(&mut self.links),
            std::mem::take(&mut self.others),
        );
        self.bad = links.count.saturating_add(others.count);
        let mut all: Vec<(u64, Finding)> = links
            .listed
            .into_iter()
            .chain(others.listed)
            .chain(links.named)
            .chain(others.named)
            .collect();
        all.sort_by_key(|(records, _)| *records);
        self.findings = all.into_iter().map(|(_, finding)| finding).collect();
        let named = self.findings.iter().find(|f| f.event_id.is_some());
        self.first = named.or(self.findings.first()).cloned();
        self.findings.truncate(LISTED);
        self.outcome = match (self.bad, self.records) {
            (0, 0) => Outcome::NothingChecked,
            (0, _) => Outcome::Good,
            _ => Outcome::Bad,
        };
        if self.outcome == Outcome::NothingChecked && self.note.is_none() {
            self.note = Some("There are no records.".into());
        }
        self
    }
}

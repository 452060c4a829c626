//! `gatehouse-quality`: what `cargo xtask quality` runs.

use std::io::Write as _;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result};
use clap::Parser;
use inspect::injection::learned::Weights;
use quality::guards::Counts;
use quality::learn;
use quality::measure;
use quality::tell::{self, Run};

#[derive(Parser)]
#[command(about = "Measures how well inspection finds what it promises to find")]
struct Arguments {
    /// Prints every figure as a line of JSON.
    #[arg(long)]
    json: bool,
    /// Where the texts come from: the same seed gives the same texts.
    #[arg(long, default_value_t = 5)]
    seed: u64,
    /// Texts of each kind of personal data and secret, and of each class of hard negatives.
    #[arg(long, default_value_t = 300)]
    each: usize,
    /// The document to write.
    #[arg(long)]
    document: Option<PathBuf>,
    /// Prints instead what hiding takes away: of attacks of the dev half that are found in plain,
    /// how many are found when hidden in each way, and so many of those that are missed.
    #[arg(long, value_name = "EXAMPLES")]
    disguises: Option<usize>,
    /// Learns instead, from the lessons in this folder, and writes the weights to the file that
    /// `--weights` names.
    #[arg(long, value_name = "FOLDER", requires = "weights")]
    learn: Option<PathBuf>,
    /// Folders with programs and their documents, in which nothing is an attack.
    #[arg(long, value_name = "FOLDER")]
    documents: Vec<PathBuf>,
    /// Where the weights are written.
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,
    /// Says how well the weights (those of `--weights`, or those that are built in) tell apart the
    /// examples in this file.
    #[arg(long, value_name = "FILE")]
    check: Option<PathBuf>,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let scanner = inspect::Scanner::builtin();
    if let Some(examples) = arguments.disguises {
        let mut out = std::io::stdout().lock();
        for it in measure::disguises(&scanner, arguments.seed) {
            write!(out, "{}", tell::disguise(&it, examples))?;
        }
        return Ok(());
    }
    if let (Some(folder), Some(file)) = (&arguments.learn, &arguments.weights) {
        let documents = learn::documents(&arguments.documents)?;
        let weights = learn::learn(&learn::lessons(folder)?, documents);
        std::fs::write(file, weights)
            .with_context(|| format!("{} can't be written", file.display()))?;
    }
    if let Some(file) = &arguments.check {
        let kept = match &arguments.weights {
            Some(file) => Some(Weights::read(&std::fs::read(file)?).context("no weights")?),
            None => None,
        };
        let weights = kept.as_ref().unwrap_or(Weights::builtin());
        let told = learn::told(&learn::read(file)?, weights);
        return Ok(write!(std::io::stdout().lock(), "{told}")?);
    }
    if arguments.learn.is_some() {
        return Ok(());
    }
    let counts = Counts {
        attacks: arguments.each / 2,
        hidden: arguments.each / 8,
        ordinary: arguments.each * 15,
    };
    let run = Run {
        seed: arguments.seed,
        date: today(),
        persons: measure::persons(&scanner, arguments.seed, arguments.each, arguments.each),
        guards: measure::guards(&scanner, arguments.seed, counts),
    };
    if let Some(path) = &arguments.document {
        let text = tell::document(&run);
        std::fs::write(path, text)
            .with_context(|| format!("{} can't be written", path.display()))?;
    }
    let mut out = std::io::stdout().lock();
    if arguments.json {
        for line in tell::lines(&run) {
            writeln!(out, "{line}")?;
        }
    } else if arguments.document.is_none() {
        write!(out, "{}", tell::document(&run))?;
    }
    Ok(())
}

/// The day in UTC, as `2026-05-01`.
fn today() -> String {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let days = i64::try_from(since.as_secs() / 86_400).unwrap_or_default();
    // Days since 1 March of the year 0, in eras of 400 years.
    let days = days + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let of_month = of_year - (153 * month + 2) / 5 + 1;
    let (year, month) = if month < 10 {
        (year, month + 3)
    } else {
        (year + 1, month - 9)
    };
    format!("{:04}-{month:02}-{of_month:02}", era * 400 + year)
}

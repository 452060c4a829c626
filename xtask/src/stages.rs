//! Progress: what is being done, since when, and which part of it failed.

use std::io::Write as _;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

/// Says one line about the work, on standard error: standard output belongs to what is run.
pub fn say(line: &str) {
    // Nobody reads a closed terminal; that is no reason to stop the work.
    let _ = writeln!(
        std::io::stderr().lock(),
        "[xtask {}] {line}",
        clock(started().elapsed())
    );
}

/// Does one stage of the work: says when it starts, and how long it took.
///
/// # Errors
/// The stage's own error, with the stage's name before it.
pub fn stage<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    say(&format!("{name} …"));
    let since = Instant::now();
    let done = work().with_context(|| format!("stage \"{name}\""))?;
    say(&format!("{name}: done in {}", clock(since.elapsed())));
    Ok(done)
}

fn started() -> Instant {
    static STARTED: OnceLock<Instant> = OnceLock::new();
    *STARTED.get_or_init(Instant::now)
}

fn clock(span: Duration) -> String {
    let seconds = span.as_secs();
    format!("{:02}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_stage_is_named() {
        let error = stage("the roof", || anyhow::bail!("it leaks") as Result<()>).unwrap_err();
        assert_eq!(format!("{error:#}"), "stage \"the roof\": it leaks");
    }

    #[test]
    fn elapsed_time_counts_minutes() {
        assert_eq!(clock(Duration::from_secs(125)), "02:05");
    }
}

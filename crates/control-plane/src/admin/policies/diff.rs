//! What changed between two versions of a policy's text.

use std::time::Duration;

use serde::Serialize;
use similar::{Algorithm, TextDiff};
use utoipa::ToSchema;

/// How long a difference is looked for; after that it is coarser, and still right.
const PATIENCE: Duration = Duration::from_millis(500);

/// The lines around a change.
const CONTEXT: usize = 3;

/// What changed between two versions of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DiffView {
    /// The earlier one, as asked for.
    pub from: i64,
    /// The later one.
    pub to: i64,
    /// The unified difference of their texts; empty: they are the same.
    pub diff: String,
}

/// The unified difference (as `diff -u` writes it) between the texts of two versions.
pub fn diff((from, old): (i64, &str), (to, new): (i64, &str)) -> DiffView {
    let lines = TextDiff::configure()
        .algorithm(Algorithm::Myers)
        .timeout(PATIENCE)
        .diff_lines(old, new);
    let diff = lines
        .unified_diff()
        .context_radius(CONTEXT)
        .header(&format!("version {from}"), &format!("version {to}"))
        .to_string();
    DiffView { from, to, diff }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_written_as_diff_writes_it() {
        let diff = diff((1, "a\nb\nc\n"), (3, "a\nB\nc\n"));
        let expected = "--- version 1\n+++ version 3\n@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n";
        assert_eq!((diff.from, diff.to, diff.diff.as_str()), (1, 3, expected));
        assert_eq!(super::diff((1, "a"), (2, "a")).diff, "");
    }

    #[test]
    fn two_large_texts_that_share_nothing_differ_in_bounded_time() {
        let text = |word: &str| {
            let lines = (0..100_000).map(|n| format!("{word}{n}\n"));
            lines.collect::<String>()
        };
        let diff = diff((1, &text("a")), (2, &text("b"))).diff;
        assert_eq!(
            diff.lines().filter(|it| it.starts_with("-a")).count(),
            100_000
        );
        assert_eq!(
            diff.lines().filter(|it| it.starts_with("+b")).count(),
            100_000
        );
    }
}

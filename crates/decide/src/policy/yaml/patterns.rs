//! Regular expressions, bounded one by one and all together.

use regex::{Error, Regex, RegexBuilder};

use super::section::Faults;

/// What one may take when it is compiled, in bytes. Every try is counted, since it takes its time.
const SIZES: [usize; 4] = [16 << 10, 64 << 10, 256 << 10, LARGEST];
/// The most that one may take, in bytes.
pub(super) const LARGEST: usize = 1 << 20;
const DEEPEST: u32 = 50;

/// Compiles a pattern. Its engine takes time linear in the text that is searched.
///
/// # Errors
/// What is wrong, to be read after the pattern's name.
pub(super) fn compile(text: &str, faults: &mut Faults) -> Result<Regex, String> {
    for size in SIZES {
        if size > faults.patterns {
            return Err("and those before it are too large together; repeat less in them".into());
        }
        faults.patterns -= size;
        let compiled = RegexBuilder::new(text)
            .size_limit(size)
            .dfa_size_limit(size.max(64 << 10))
            .nest_limit(DEEPEST)
            .build();
        match compiled {
            Ok(pattern) => return Ok(pattern),
            Err(Error::CompiledTooBig(_)) => {}
            Err(error) => {
                // The library draws the pattern over several lines; the last one says what it is.
                let said = error.to_string();
                let last = said.lines().last().unwrap_or_default();
                let what = last.trim_start_matches("error: ");
                return Err(format!("is no regular expression: {what}"));
            }
        }
    }
    Err("is too large when it is compiled; repeat less in it".to_owned())
}

//! Reading and compiling a tenant's patterns, within limits.

use regex_automata::meta::Regex;
use regex_syntax::hir::{Hir, Look as Assertion};

use super::MOST_TEXT;
use crate::detector::LONGEST;
use crate::scanner::phrase::{Tree, hir};

/// What one compiled pattern may take, in bytes.
const MOST_COMPILED: usize = 1 << 20;

/// Reads a pattern, and says what is wrong with it.
pub(super) fn compile(pattern: &str, any_case: bool) -> Result<(Regex, Tree), String> {
    if pattern.trim().is_empty() || pattern.len() > MOST_TEXT {
        return Err(format!("a pattern has 1 to {MOST_TEXT} bytes"));
    }
    let hir = hir(pattern, any_case).map_err(|it| unreadable(&it))?;
    check(&hir)?;
    let config = Regex::config()
        .nfa_size_limit(Some(MOST_COMPILED))
        .onepass_size_limit(Some(MOST_COMPILED / 4))
        .dfa_size_limit(Some(MOST_COMPILED / 4))
        .hybrid_cache_capacity(256 * 1024);
    let regex = Regex::builder()
        .configure(config)
        .build_from_hir(&hir)
        .map_err(|_| {
            let most = MOST_COMPILED >> 10;
            format!("the pattern takes more than {most} KiB when compiled; repeat less, or use narrower classes")
        })?;
    Ok((regex, Tree::of(&hir, any_case)))
}

fn unreadable(fault: &regex_syntax::Error) -> String {
    let kind = match fault {
        regex_syntax::Error::Parse(it) => it.kind().to_string(),
        regex_syntax::Error::Translate(it) => it.kind().to_string(),
        _ => "unknown syntax".to_owned(),
    };
    format!(
        "not a pattern: {kind}; the syntax is that of Rust's `regex`: no backreferences, no looking around"
    )
}

/// Patterns are searched for within texts that may come in pieces.
fn check(hir: &Hir) -> Result<(), String> {
    let properties = hir.properties();
    if properties.minimum_len().is_none_or(|it| it == 0) {
        return Err(
            "the pattern matches nothing, or the empty text; it must need one character at least"
                .to_owned(),
        );
    }
    match properties.maximum_len() {
        Some(most) if most <= LONGEST => {}
        Some(most) => {
            return Err(format!(
                "a match may have {most} bytes; at most {LONGEST} are allowed (a character that isn't ASCII counts up to four): repeat less"
            ));
        }
        None => {
            return Err(format!(
                "a match has no upper limit; write `{{1,64}}` instead of `+` and `{{0,64}}` instead of `*`, for {LONGEST} bytes together at most"
            ));
        }
    }
    let is_edge = |it: Assertion| {
        !matches!(
            it,
            Assertion::WordUnicode
                | Assertion::WordAscii
                | Assertion::WordUnicodeNegate
                | Assertion::WordAsciiNegate
        )
    };
    if properties.look_set().iter().any(is_edge) {
        return Err("`^`, `$`, `\\A`, `\\z` and half boundaries stand for edges of a text, but patterns are searched for within texts: use `\\b`".to_owned());
    }
    Ok(())
}

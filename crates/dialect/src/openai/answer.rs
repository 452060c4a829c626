//! A whole (unary) answer: what it says was used.

use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};
use terms::{Code, Fault};

use crate::Usage;
use crate::json::{Kind, Member, members};

/// Reads a provider's whole answer once, and what it says was used: of a chat completion, of
/// embeddings, of whatever has OpenAI's `usage`. `None`: the answer doesn't say.
///
/// # Errors
/// [`Code::ProviderError`] when the answer isn't a JSON object as strict as a request must be, or
/// its usage isn't made of whole numbers. What was wrong is for the operator.
pub fn read_usage(answer: &[u8]) -> Result<Option<Usage>, Fault> {
    let [usage] = members(answer, &["usage"]).map_err(|fault| garbage(&fault.message))?;
    usage_of(answer, usage.as_ref())
}

pub(super) fn garbage(why: &str) -> Fault {
    Fault::new(Code::ProviderError, "the provider's answer can't be read").detail(why)
}

/// Reads the member `usage` of an answer or a chunk.
pub(super) fn usage_of(answer: &[u8], usage: Option<&Member>) -> Result<Option<Usage>, Fault> {
    let Some(usage) = usage.filter(|usage| !usage.is_null()) else {
        return Ok(None);
    };
    if usage.kind != Kind::Object {
        return Err(garbage("'usage' is not an object"));
    }
    let wire: Wire = serde_json::from_slice(usage.of(answer))
        .map_err(|wrong| garbage(&format!("'usage': {wrong}")))?;
    Ok(Some(Usage {
        input: wire.prompt_tokens.0,
        output: wire.completion_tokens.0,
        cached_input: wire
            .prompt_tokens_details
            .unwrap_or_default()
            .cached_tokens
            .0,
        reasoning: wire
            .completion_tokens_details
            .unwrap_or_default()
            .reasoning_tokens
            .0,
    }))
}

#[derive(Deserialize)]
struct Wire {
    #[serde(default)]
    prompt_tokens: Count,
    #[serde(default)]
    completion_tokens: Count,
    #[serde(default)]
    prompt_tokens_details: Option<PromptDetails>,
    #[serde(default)]
    completion_tokens_details: Option<CompletionDetails>,
}

#[derive(Default, Deserialize)]
struct PromptDetails {
    #[serde(default)]
    cached_tokens: Count,
}

#[derive(Default, Deserialize)]
struct CompletionDetails {
    #[serde(default)]
    reasoning_tokens: Count,
}

/// A count of tokens. Some providers write `null` for none, and `12.0` for 12.
#[derive(Clone, Copy, Default)]
struct Count(u64);

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CountVisitor)
    }
}

struct CountVisitor;

impl Visitor<'_> for CountVisitor {
    type Value = Count;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number of tokens")
    }

    fn visit_u64<E: Error>(self, count: u64) -> Result<Count, E> {
        Ok(Count(count))
    }

    fn visit_f64<E: Error>(self, count: f64) -> Result<Count, E> {
        // Up to 2^32 every whole double is exact, and no answer has more tokens.
        if count.fract() == 0.0 && (0.0..=4_294_967_296.0).contains(&count) {
            return Ok(Count(count as u64));
        }
        Err(E::custom(format!("{count} is no number of tokens")))
    }

    fn visit_unit<E: Error>(self) -> Result<Count, E> {
        Ok(Count(0))
    }
}

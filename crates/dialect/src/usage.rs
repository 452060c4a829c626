//! What a call used, in tokens.

use serde::{Deserialize, Serialize};

/// Tokens as the gate counts them: `input` includes what came from a cache or was written to one,
/// as OpenAI counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// Prompt tokens, cached ones included.
    pub input: u64,
    /// Completion tokens, reasoning included.
    pub output: u64,
    /// Prompt tokens read from the provider's cache.
    pub cached_input: u64,
    /// Completion tokens that the model spent on reasoning.
    pub reasoning: u64,
}

impl Usage {
    /// The later of two reports of one call. Providers report running totals: they are replaced,
    /// never added.
    #[must_use]
    pub fn latest(self, newer: Self) -> Self {
        Self {
            input: newer.input.max(self.input),
            output: newer.output.max(self.output),
            cached_input: newer.cached_input.max(self.cached_input),
            reasoning: newer.reasoning.max(self.reasoning),
        }
    }

    /// Input and output together.
    pub fn total(self) -> u64 {
        self.input.saturating_add(self.output)
    }
}

//! How many tokens the context windows of well-known models hold, in and out together, as their
//! makers say (mid 2026). Where a family has several, the prefix says which.

use crate::settings::inspection::Context;

/// Beginnings of model names, by maker. The longest that fits counts. A name that is in none isn't
/// known: nothing is guessed.
const WINDOWS: &[(&str, u64)] = &[
    // OpenAI.
    ("gpt-3.5-turbo", 16_385),
    ("gpt-3.5-turbo-instruct", 4_096),
    ("gpt-4", 8_192),
    ("gpt-4-32k", 32_768),
    ("gpt-4-0125-preview", 128_000),
    ("gpt-4-1106", 128_000),
    ("gpt-4-turbo", 128_000),
    ("gpt-4-vision", 128_000),
    ("gpt-4o", 128_000),
    ("chatgpt-4o", 128_000),
    ("gpt-4.1", 1_047_576),
    ("gpt-4.5", 128_000),
    ("gpt-5", 400_000),
    ("gpt-5-chat", 128_000),
    ("gpt-5.1-chat", 128_000),
    ("gpt-5.2-chat", 128_000),
    ("gpt-5.3-chat", 128_000),
    ("gpt-5.4", 1_050_000),
    ("gpt-5.4-mini", 400_000),
    ("gpt-5.4-nano", 400_000),
    ("gpt-5.5", 1_050_000),
    ("gpt-5.6", 1_050_000),
    ("gpt-5.6-luna", 400_000),
    ("gpt-5.6-sol", 400_000),
    ("gpt-5.6-terra", 400_000),
    ("gpt-oss", 131_072),
    ("o1", 200_000),
    ("o1-mini", 128_000),
    ("o1-preview", 128_000),
    ("o3", 200_000),
    ("o4-mini", 200_000),
    // Anthropic.
    ("claude-2.0", 100_000),
    ("claude-2.1", 200_000),
    ("claude-instant", 100_000),
    ("claude-3", 200_000),
    ("claude-haiku-4", 200_000),
    ("claude-opus-4", 200_000),
    ("claude-opus-4-6", 1_000_000),
    ("claude-opus-4-7", 1_000_000),
    ("claude-opus-4-8", 1_000_000),
    ("claude-opus-5", 1_000_000),
    ("claude-4-opus", 200_000),
    ("claude-sonnet-4", 1_000_000),
    ("claude-4-sonnet", 1_000_000),
    ("claude-sonnet-4-5", 200_000),
    ("claude-sonnet-4-6", 1_000_000),
    ("claude-sonnet-5", 1_000_000),
    // Google.
    ("gemini-1.0", 32_760),
    ("gemini-1.5-flash", 1_048_576),
    ("gemini-1.5-pro", 2_097_152),
    ("gemini-2.", 1_114_112),
    ("gemini-2.5-computer-use", 192_000),
    ("gemini-3", 1_114_112),
    ("gemma-2", 8_192),
    ("gemma-3", 131_072),
    ("gemma-3-1b", 32_768),
    // Meta.
    ("llama-2", 4_096),
    ("llama2", 4_096),
    ("llama-3", 8_192),
    ("llama3", 8_192),
    ("llama-3.1", 131_072),
    ("llama3.1", 131_072),
    ("llama3-1", 131_072),
    ("llama-3.2", 131_072),
    ("llama3.2", 131_072),
    ("llama3-2", 131_072),
    ("llama-3.3", 131_072),
    ("llama3.3", 131_072),
    ("llama3-3", 131_072),
    ("llama-4-scout", 10_000_000),
    ("llama-4-maverick", 1_000_000),
    // Mistral.
    ("mistral-7b", 32_768),
    ("mixtral-8x7b", 32_768),
    ("mixtral-8x22b", 65_536),
    ("mistral-large", 131_072),
    ("mistral-medium", 131_072),
    ("mistral-small", 131_072),
    ("ministral", 131_072),
    ("mistral-nemo", 131_072),
    ("open-mistral-nemo", 131_072),
    ("codestral", 256_000),
    ("magistral", 128_000),
    ("devstral", 131_072),
    ("pixtral", 131_072),
    // DeepSeek.
    ("deepseek-chat", 131_072),
    ("deepseek-reasoner", 131_072),
    ("deepseek-r1", 131_072),
    ("deepseek-v3", 131_072),
    ("deepseek-v4", 1_000_000),
    // Alibaba.
    ("qwen2.5", 131_072),
    ("qwen3", 131_072),
    ("qwen3-coder", 262_144),
    ("qwen-max", 131_072),
    ("qwen-plus", 1_000_000),
    ("qwen-turbo", 1_000_000),
    // xAI, Moonshot, Cohere.
    ("grok-3", 131_072),
    ("grok-4", 256_000),
    ("grok-4.20", 1_000_000),
    ("grok-4.3", 1_000_000),
    ("grok-4.5", 500_000),
    ("kimi-k2", 262_144),
    ("command-r", 128_000),
    ("command-a", 256_000),
];

/// The window of a well-known model. What stands before the model's own name (`openai/`, `models/`,
/// `eu.anthropic.`) is left out.
pub(super) fn known(model: &str) -> Option<u64> {
    let lower = model.to_ascii_lowercase();
    let last = lower.rsplit('/').next().unwrap_or(&lower);
    let own = [
        "anthropic.",
        "meta.",
        "mistral.",
        "deepseek.",
        "openai.",
        "cohere.",
    ]
    .iter()
    .find_map(|maker| last.split_once(maker))
    .map_or(last, |(_, name)| name);
    let own = own.strip_prefix("meta-").unwrap_or(own);
    longest(WINDOWS.iter().map(|(of, window)| (*of, *window)), |of| {
        own.starts_with(of)
    })
}

/// The window that the operator names: an exact name before a beginning with `*`.
pub(super) fn configured(context: &Context, model: &str) -> Option<u64> {
    let windows = context.windows.iter();
    let windows = windows.map(|(of, window)| (of.as_str(), *window));
    longest(windows, |of| match of.strip_suffix('*') {
        Some(stem) => model.starts_with(stem),
        None => model == of,
    })
}

fn longest<'w>(
    windows: impl Iterator<Item = (&'w str, u64)>,
    fits: impl Fn(&str) -> bool,
) -> Option<u64> {
    let exact_first = |of: &str| (!of.ends_with('*'), of.len());
    windows
        .filter(|(of, _)| fits(of))
        .max_by_key(|(of, _)| exact_first(of))
        .map(|(_, window)| window)
}

#[cfg(test)]
mod tests {
    use terms::ModelName;

    use super::*;

    #[test]
    fn the_longest_beginning_counts_whatever_stands_before_the_name() {
        for (model, window) in [
            ("gpt-4", Some(8_192)),
            ("gpt-4o-mini-2024-07-18", Some(128_000)),
            ("openai/gpt-4.1-nano", Some(1_047_576)),
            ("gpt-5.1-chat-latest", Some(128_000)),
            (
                "eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
                Some(200_000),
            ),
            ("models/gemini-3-flash-preview", Some(1_114_112)),
            ("meta-llama/Llama-3.3-70B-Instruct", Some(131_072)),
            ("us.meta.llama3-1-8b-instruct-v1:0", Some(131_072)),
            ("our-own-model", None),
            ("", None),
        ] {
            assert_eq!(known(model), window, "{model}");
        }
    }

    #[test]
    fn the_operator_s_exact_name_goes_before_a_longer_pattern() {
        let windows = [("big-*", 1), ("big-model*", 2), ("big-model", 3), ("*", 4)];
        let context = Context {
            windows: windows
                .into_iter()
                .map(|(model, window)| (ModelName::from(model), window))
                .collect(),
            ..Context::default()
        };
        assert_eq!(configured(&context, "big-model"), Some(3));
        assert_eq!(configured(&context, "big-model-2"), Some(2));
        assert_eq!(configured(&context, "big-x"), Some(1));
        assert_eq!(configured(&context, "x"), Some(4));
        assert_eq!(configured(&Context::default(), "x"), None);
    }
}

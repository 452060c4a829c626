//! The built-in provider's embeddings: unit vectors made from a digest of the input.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::request::tokens;
use super::seed::Seed;
use super::{Call, MockAnswer, error, mishap, whole};

const DEFAULT_DIMENSIONS: usize = 1_536;
const MAX_DIMENSIONS: usize = 4_096;
/// As OpenAI has it.
const MAX_INPUTS: usize = 2_048;

#[derive(Deserialize)]
struct Request {
    input: Input,
    #[serde(default)]
    dimensions: Option<usize>,
    #[serde(default)]
    encoding_format: Option<Encoding>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Input {
    Text(String),
    Texts(Vec<String>),
    Tokens(Vec<u64>),
    TokenLists(Vec<Vec<u64>>),
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Encoding {
    #[default]
    Float,
    Base64,
}

#[derive(Serialize)]
struct Body<'a> {
    object: &'static str,
    data: Vec<Entry>,
    model: &'a str,
    usage: EmbeddingsUsage,
}

#[derive(Serialize)]
struct EmbeddingsUsage {
    prompt_tokens: u64,
    total_tokens: u64,
}

#[derive(Serialize)]
struct Entry {
    object: &'static str,
    index: usize,
    embedding: Embedding,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Embedding {
    Floats(Vec<f32>),
    /// Little-endian floats in base64.
    Packed(String),
}

/// Answers a request for embeddings. The same input gets the same vector of length 1.
pub fn embeddings(call: &Call<'_>) -> MockAnswer {
    let seed = Seed::of(call.model, call.body);
    let mishap = match mishap(call, &seed) {
        Ok(mishap) => mishap,
        Err(answer) => return answer,
    };
    let request: Request = match serde_json::from_slice(call.body) {
        Ok(request) => request,
        Err(wrong) => return error(400, &format!("the request can't be read: {wrong}")),
    };
    let dimensions = request.dimensions.unwrap_or(DEFAULT_DIMENSIONS);
    if !(1..=MAX_DIMENSIONS).contains(&dimensions) {
        return error(400, "'dimensions' must be from 1 to 4096");
    }
    let inputs = inputs(request.input);
    if inputs.is_empty() || inputs.len() > MAX_INPUTS {
        return error(400, "'input' must have from 1 to 2048 entries");
    }
    let encoding = request.encoding_format.unwrap_or_default();
    let prompt_tokens = inputs.iter().map(|(_, tokens)| tokens).sum();
    let data = inputs.iter().enumerate().map(|(index, (text, _))| Entry {
        object: "embedding",
        index,
        embedding: encode(unit_vector(call.model, text, dimensions), encoding),
    });
    let body = Body {
        object: "list",
        data: data.collect(),
        model: call.model,
        usage: EmbeddingsUsage {
            prompt_tokens,
            total_tokens: prompt_tokens,
        },
    };
    whole(crate::json::write(&body), mishap)
}

/// Each input as text, with its count of tokens.
fn inputs(input: Input) -> Vec<(String, u64)> {
    let texts = |texts: Vec<String>| {
        texts
            .into_iter()
            .map(|text| {
                let count = tokens(&text);
                (text, count)
            })
            .collect()
    };
    let lists = |lists: Vec<Vec<u64>>| {
        lists
            .into_iter()
            .map(|list| {
                (
                    format!("{list:?}"),
                    u64::try_from(list.len()).unwrap_or(u64::MAX),
                )
            })
            .collect()
    };
    match input {
        Input::Text(text) => texts(vec![text]),
        Input::Texts(all) => texts(all),
        Input::Tokens(list) if list.is_empty() => Vec::new(),
        Input::Tokens(list) => lists(vec![list]),
        Input::TokenLists(all) => lists(all),
    }
}

fn unit_vector(model: &str, text: &str, dimensions: usize) -> Vec<f32> {
    let seed = Seed::of(model, text.as_bytes());
    let raw: Vec<f64> = seed
        .numbers()
        .take(dimensions)
        .map(|number| (f64::from(number) + 0.5) / 2_147_483_648.0 - 1.0)
        .collect();
    let length = raw.iter().map(|part| part * part).sum::<f64>().sqrt();
    raw.iter().map(|part| (part / length) as f32).collect()
}

fn encode(vector: Vec<f32>, encoding: Encoding) -> Embedding {
    match encoding {
        Encoding::Float => Embedding::Floats(vector),
        Encoding::Base64 => {
            let packed: Vec<u8> = vector.iter().flat_map(|part| part.to_le_bytes()).collect();
            Embedding::Packed(STANDARD.encode(packed))
        }
    }
}

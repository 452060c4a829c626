//! The built-in provider's chat completions.

use super::answer::{Choice, Completion, Said, ToolCall, Used};
use super::request::{Function, Request, tokens};
use super::schema::sample;
use super::seed::Seed;
use super::stream::events;
use super::{CUT, Call, GARBAGE, Mishap, MockAnswer, SAYS, error, mishap, whole};

/// The most answers that one request may ask for, as OpenAI has it.
const MAX_ANSWERS: u64 = 128;

/// How much of the last message an answer repeats, in characters.
const MAX_ECHO: usize = 200;

/// Answers a chat completion's request.
pub fn chat(call: &Call<'_>) -> MockAnswer {
    let seed = Seed::of(call.model, call.body);
    let mishap = match mishap(call, &seed) {
        Ok(mishap) => mishap,
        Err(answer) => return answer,
    };
    let request: Request = match serde_json::from_slice(call.body) {
        Ok(request) => request,
        Err(wrong) => return error(400, &format!("the request can't be read: {wrong}")),
    };
    let answers = request.n.unwrap_or(1);
    if !(1..=MAX_ANSWERS).contains(&answers) {
        return error(400, "'n' must be from 1 to 128");
    }
    let called = request.called();
    let choices: Vec<_> = (0..answers)
        .map(|index| match call.model {
            SAYS => told(&request, &called, index, &seed),
            _ => choice(&request, &called, index, &seed),
        })
        .collect();
    let output = choices.iter().map(|choice| choice.tokens).sum();
    let completion = Completion {
        id: format!("chatcmpl-mock-{}", seed.id(0)),
        created: call.created,
        model: call.model,
        choices,
        used: Used::new(request.prompt_tokens(), output),
    };
    if !request.stream.unwrap_or(false) {
        return whole(completion.body(), mishap);
    }
    let usage = request
        .stream_options
        .and_then(|options| options.include_usage);
    streamed(&completion, usage.unwrap_or(false), mishap)
}

fn streamed(completion: &Completion<'_>, with_usage: bool, mishap: Mishap) -> MockAnswer {
    let mut events = events(completion, with_usage);
    match mishap {
        Mishap::None => MockAnswer::Stream(events),
        Mishap::Cut => {
            events.truncate(events.len() / 2 + 1);
            if let Some(last) = events.last_mut() {
                last.truncate(last.len() / 2);
            }
            MockAnswer::Cut(events)
        }
        Mishap::Garbage => {
            events.truncate(1);
            events.push([b"data: ", GARBAGE, b"\n\n"].concat().into());
            MockAnswer::Stream(events)
        }
    }
}

fn choice(request: &Request, called: &[&Function], index: u64, seed: &Seed) -> Choice {
    if called.is_empty() {
        return text_choice(request, index);
    }
    let arguments = |tool: &Function| {
        let sample = tool.parameters.as_ref().map(sample);
        let text = sample.unwrap_or_else(|| serde_json::json!({})).to_string();
        let half = text.floor_char_boundary(text.len() / 2);
        let (front, back) = text.split_at_checked(half).unwrap_or_default();
        vec![front.to_owned(), back.to_owned()]
    };
    calls(called, index, seed, arguments)
}

/// Says what the last message says.
fn told(request: &Request, called: &[&Function], index: u64, seed: &Seed) -> Choice {
    let heard = request.messages.last().map(|last| last.text());
    let pieces: Vec<String> = heard
        .unwrap_or_default()
        .split(CUT)
        .map(str::to_owned)
        .collect();
    if called.is_empty() {
        return Choice {
            index,
            finish: "stop",
            tokens: tokens(&pieces.concat()),
            said: Said::Text(pieces),
        };
    }
    calls(called, index, seed, |_| pieces.clone())
}

fn calls(
    called: &[&Function],
    index: u64,
    seed: &Seed,
    arguments: impl Fn(&Function) -> Vec<String>,
) -> Choice {
    let calls: Vec<_> = (1..)
        .zip(called)
        .map(|(place, tool)| ToolCall {
            id: format!("call_{}", seed.id(index * 1_000 + place)),
            name: tool.name.clone(),
            arguments: arguments(tool),
        })
        .collect();
    let tokens = calls
        .iter()
        .map(|call| tokens(&call.name) + tokens(&call.arguments.concat()))
        .sum();
    Choice {
        index,
        said: Said::Calls(calls),
        finish: "tool_calls",
        tokens,
    }
}

fn text_choice(request: &Request, index: u64) -> Choice {
    let mut text = text(request, index);
    let limit = request.max_completion_tokens.or(request.max_tokens);
    let mut finish = "stop";
    if let Some(limit) = limit.filter(|limit| *limit < tokens(&text)) {
        let letters = usize::try_from(limit.saturating_mul(4)).unwrap_or(usize::MAX);
        text = text.chars().take(letters).collect();
        finish = "length";
    }
    Choice {
        index,
        finish,
        tokens: tokens(&text),
        said: Said::Text(text.split_inclusive(' ').map(str::to_owned).collect()),
    }
}

fn text(request: &Request, index: u64) -> String {
    let heard = request.messages.last();
    let mut echo: String = heard.map(|last| last.text()).unwrap_or_default();
    if let Some((end, _)) = echo.char_indices().nth(MAX_ECHO) {
        echo.truncate(end);
        echo.push('…');
    }
    let source = match heard.map(|last| last.role.as_str()) {
        Some("tool") => "The tool answered",
        _ => "The mock provider heard",
    };
    let mut text = format!("{source}: {echo}");
    if index > 0 {
        text = format!("Answer {}. {text}", index + 1);
    }
    let format = request.response_format.as_ref();
    match format.and_then(|format| format.get("type")?.as_str()) {
        Some("json_object") => serde_json::json!({"answer": text}).to_string(),
        Some("json_schema") => format
            .and_then(|format| format.pointer("/json_schema/schema"))
            .map_or_else(|| "{}".to_owned(), |schema| sample(schema).to_string()),
        _ => text,
    }
}

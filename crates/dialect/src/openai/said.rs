//! Where the texts of an answer stand, whole or in chunks, and which of them belong together.
//!
//! Texts that come in pieces have a channel for each choice and member. In members that nobody knows
//! the way there says which pieces belong together, if a name on it is one of texts ([`ways`]); what
//! else stands there has a channel for each string.

mod events;
mod following;
mod logprobs;
#[cfg(test)]
mod tests;
mod ways;

use std::collections::BTreeSet;

use terms::Fault;

use super::answer::garbage;
use crate::json;
use crate::text::{Channel, MOST, Spoken};

pub(super) use events::{Head, Last};
use following::{Following, Place};
pub use logprobs::{without_logprobs, without_logprobs_in_events};
use ways::Ways;

/// `content`, a text or an array of parts.
pub(super) const CONTENT: u32 = 0;
/// `refusal`.
pub(super) const REFUSAL: u32 = 1;
/// `reasoning_content`.
pub(super) const REASONING_CONTENT: u32 = 2;
/// `audio.transcript`.
pub(super) const TRANSCRIPT: u32 = 3;
/// `reasoning`.
pub(super) const REASONING: u32 = 4;
/// `reasoning_details`.
pub(super) const DETAILS: u32 = 5;
/// `function_call.arguments`.
pub(super) const FUNCTION_CALL: u32 = 6;
/// From here on: texts in members that nobody knows, in the order in which they came.
pub(super) const OTHERS: u32 = 7;
/// From here on: the arguments of tool calls, by their index.
pub(super) const ARGUMENTS: u32 = 512;

/// The texts of a whole answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerTexts {
    /// In the order in which they stand.
    pub texts: Vec<Spoken>,
    /// Which texts these are.
    pub channels: Vec<Channel>,
    /// It repeats its texts as tokens with their probabilities ([`without_logprobs`]).
    pub logprobs: bool,
}

/// Finds the texts of a whole chat completion.
///
/// # Errors
/// [`terms::Code::ProviderError`] when it can't be read, or has too many to look at.
pub fn answer_texts(answer: &[u8]) -> Result<AnswerTexts, Fault> {
    let mut heard = Voices::default().hear(answer, 0)?;
    // Here each string is whole: parts of one member must not be read as one text.
    let mut channels = BTreeSet::new();
    let mut spare = Channel::BESIDE;
    for text in &mut heard.texts {
        while !channels.insert(text.channel) {
            spare = spare.saturating_sub(1);
            text.channel.choice = spare;
        }
    }
    Ok(AnswerTexts {
        texts: heard.texts,
        channels: channels.into_iter().collect(),
        logprobs: heard.logprobs,
    })
}

/// What is remembered from chunk to chunk.
#[derive(Debug, Default)]
pub(super) struct Voices {
    /// Texts that are not whole yet.
    pub(super) open: BTreeSet<Channel>,
    /// Choices that have no end yet.
    pub(super) unfinished: BTreeSet<u32>,
    /// The ways to texts in members that nobody knows.
    ways: Ways,
    /// Calls of tools that are not functions, whose arguments are called `input`.
    pub(super) custom: BTreeSet<Channel>,
    /// Strings that were whole at once.
    wholes: u32,
}

/// What one chunk says.
#[derive(Debug, Default)]
pub(super) struct Heard {
    pub(super) texts: Vec<Spoken>,
    /// Texts that are whole with it.
    pub(super) closes: Vec<Channel>,
    pub(super) logprobs: bool,
    pub(super) head: Head,
    /// More of its texts may come in pieces than are followed.
    pub(super) crowded: bool,
}

impl Voices {
    /// Reads a chunk, or a whole answer; `base` is added to every place.
    pub(super) fn hear(&mut self, data: &[u8], base: usize) -> Result<Heard, Fault> {
        let mut following = Following::new(self, data, base);
        json::follow(data, Place::Body, &mut following).map_err(|it| garbage(&it.message))?;
        let Following {
            heard,
            finished,
            count,
            ..
        } = following;
        if count > MOST {
            return Err(garbage("it has too many texts"));
        }
        let mut heard = heard;
        for text in &heard.texts {
            match text.channel.choice {
                Channel::BESIDE => heard.closes.push(text.channel),
                choice => {
                    self.open.insert(text.channel);
                    self.unfinished.insert(choice);
                }
            }
        }
        for choice in finished {
            self.unfinished.remove(&choice);
            self.close(choice, &mut heard.closes);
        }
        Ok(heard)
    }

    fn close(&mut self, choice: u32, closes: &mut Vec<Channel>) {
        let all = channel(choice, 0)..=channel(choice, u32::MAX);
        let whole: Vec<Channel> = self.open.range(all).copied().collect();
        for channel in whole {
            self.open.remove(&channel);
            closes.push(channel);
        }
    }

    /// Nothing more will be said.
    pub(super) fn end(&mut self) -> Vec<Channel> {
        self.unfinished.clear();
        std::mem::take(&mut self.open).into_iter().collect()
    }
}

const fn channel(choice: u32, member: u32) -> Channel {
    Channel { choice, member }
}

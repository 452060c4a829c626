//! Where the texts of a message stand in its bytes, and who said them.

use std::ops::Range;

use bytes::Bytes;

/// Who said a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Origin {
    /// Whoever built the application: system and developer messages, descriptions of tools.
    System,
    /// The user.
    User,
    /// The model, in an earlier turn or in its reply.
    Assistant,
    /// A tool or a retrieved document: nobody vouches for it.
    Tool,
    /// The arguments of a tool call.
    Arguments,
    /// A name: of a participant, of a file.
    Name,
}

impl Origin {
    /// As events name it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Origin::System => "system",
            Origin::User => "user",
            Origin::Assistant => "assistant",
            Origin::Tool => "tool",
            Origin::Arguments => "arguments",
            Origin::Name => "name",
        }
    }
}

/// A text: the inside of a JSON string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Between its quotes, in the message's bytes.
    pub span: Range<usize>,
    /// Who said it.
    pub origin: Origin,
    /// The message that it belongs to, from 0: of a conversation, or of a batch.
    pub message: usize,
    /// It is the key of an object.
    pub key: bool,
}

/// A message of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The whole object, without the commas around it.
    pub span: Range<usize>,
    /// Who said it.
    pub origin: Origin,
    /// The calls that it makes, or the call that it answers, keep it together with its
    /// neighbours: it can't be taken out without the turn before it.
    pub answers: bool,
}

/// The texts of a message. What is in neither is no text: numbers, images, audio.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// The whole message, as it came.
    pub body: Bytes,
    /// In the order in which they stand.
    pub parts: Vec<Part>,
    /// Of conversations: their turns, in order.
    pub turns: Vec<Turn>,
    /// Sources that the reply is to be checked against (`metadata["grounding.sources"]`).
    pub sources: Vec<Range<usize>>,
}

impl Texts {
    /// The inside of a part, still with its escapes.
    pub fn raw(&self, part: &Part) -> &str {
        let bytes = self.body.get(part.span.clone()).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }
}

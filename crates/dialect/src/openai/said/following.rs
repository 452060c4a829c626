//! Following an answer, or a chunk of one, while it is read.

use std::ops::Range;

use super::ways::is_of_texts;
use super::{
    ARGUMENTS, CONTENT, DETAILS, FUNCTION_CALL, Heard, REASONING, REASONING_CONTENT, REFUSAL,
    TRANSCRIPT, Voices, channel,
};
use crate::json::{Key, Kind, Visit};
use crate::text::{Channel, MOST, Spoken, is_binary, is_label};

/// What a value of an answer is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    Body,
    Id,
    Created,
    Model,
    Choices,
    Choice,
    Index,
    Finish,
    Logprobs,
    /// `message`, or `delta`.
    Message,
    Audio,
    Calls,
    Call,
    CallIndex,
    /// `function`; true: `custom`.
    Function(bool),
    OldCall,
    /// A text of this member, or parts of one, so many steps into the choice.
    Text(u32, usize),
    /// In a member that nobody knows, so many steps into the choice.
    Unknown(usize),
    /// The same; a string there may be a picture's or a sound's bytes.
    Data(usize),
    /// The arguments of the open call.
    Arguments,
    /// A string there may be a picture's or a sound's bytes.
    Media,
    /// A string there is structure if it looks like that; what else stands there is not known.
    Label,
    /// Nothing there is text but strings that don't look like structure.
    Nothing,
    /// Anything: every string and every key is a text of its own.
    Free,
}

pub(super) struct Following<'v, 'd> {
    voices: &'v mut Voices,
    data: &'d [u8],
    base: usize,
    pub(super) heard: Heard,
    pub(super) finished: Vec<u32>,
    /// Of all texts, those among them that were too many to keep.
    pub(super) count: usize,
    choice: Numbered,
    call: Numbered,
    ends: bool,
}

/// A choice or a call, whose number may stand behind its texts.
#[derive(Clone, Copy, Debug, Default)]
struct Numbered {
    number: u32,
    /// Its first text.
    from: usize,
    custom: bool,
}

impl Numbered {
    fn at(place: usize, from: usize) -> Self {
        Self {
            number: u32::try_from(place).unwrap_or(u32::MAX - 1),
            from,
            custom: false,
        }
    }

    fn read(&mut self, digits: &[u8]) {
        let digits = std::str::from_utf8(digits).unwrap_or_default();
        if let Ok(number) = digits.parse::<u32>() {
            self.number = number.min(u32::MAX - ARGUMENTS - 1);
        }
    }
}

impl<'v, 'd> Following<'v, 'd> {
    pub(super) fn new(voices: &'v mut Voices, data: &'d [u8], base: usize) -> Self {
        Self {
            voices,
            data,
            base,
            heard: Heard::default(),
            finished: Vec::new(),
            count: 0,
            choice: Numbered::default(),
            call: Numbered::default(),
            ends: false,
        }
    }

    fn add(&mut self, channel: Channel, inside: Range<usize>) {
        if inside.is_empty() {
            return;
        }
        self.count += 1;
        if self.count <= MOST {
            self.heard.texts.push(Spoken {
                channel,
                span: self.base + inside.start..self.base + inside.end,
            });
        }
    }

    fn whole(&mut self, inside: Range<usize>) {
        if inside.is_empty() {
            return;
        }
        // 0 is a choice's content.
        self.voices.wholes = self.voices.wholes.checked_add(1).unwrap_or(1);
        let channel = channel(Channel::BESIDE, self.voices.wholes);
        self.add(channel, inside);
    }

    fn unknown(&mut self, key: &Key<'_>) -> Place {
        self.whole(key.inside.clone());
        Place::Free
    }

    fn member_of_body(&mut self, key: &Key<'_>) -> Place {
        match key.text {
            b"id" => Place::Id,
            b"created" => Place::Created,
            b"model" => Place::Model,
            b"choices" => Place::Choices,
            b"usage" | b"prompt_filter_results" => Place::Nothing,
            b"object" | b"system_fingerprint" | b"service_tier" | b"provider" | b"obfuscation" => {
                Place::Label
            }
            _ => self.unknown(key),
        }
    }

    /// So many steps are there to this member of the message, or of a member of it.
    fn within(&mut self, names: &[&[u8]]) -> usize {
        let ways = &mut self.voices.ways;
        let mut depth = ways.enter_message();
        for name in names {
            depth = ways.enter(depth, name);
        }
        depth
    }

    /// A member that nobody knows, to which there are so many steps.
    fn on_the_way(&mut self, depth: usize, key: &Key<'_>) -> Place {
        let ways = &self.voices.ways;
        match key.text {
            b"type" | b"id" | b"format" | b"index" if ways.in_message(depth) => Place::Label,
            b"image_url" if ways.in_message(depth) => Place::Media,
            b"data" if ways.in_message(depth) => Place::Data(depth),
            name => {
                if !is_of_texts(name) {
                    self.whole(key.inside.clone());
                }
                Place::Unknown(depth)
            }
        }
    }

    /// A text there, or some more of it.
    fn piece(&mut self, depth: usize, inside: Range<usize>) {
        if !self.voices.ways.flows(depth) {
            return self.whole(inside);
        }
        match self.voices.ways.member(depth) {
            Some(member) => self.add(channel(0, member), inside),
            None => {
                self.heard.crowded = true;
                self.whole(inside);
            }
        }
    }

    fn member_of_choice(&mut self, key: &Key<'_>) -> Place {
        match key.text {
            b"index" => Place::Index,
            b"message" | b"delta" => Place::Message,
            b"finish_reason" => Place::Finish,
            b"logprobs" => Place::Logprobs,
            b"content_filter_results" | b"content_filter_offsets" => Place::Nothing,
            b"native_finish_reason" | b"stop_reason" | b"matched_stop" => Place::Label,
            name => {
                let depth = self.voices.ways.enter(0, name);
                self.on_the_way(depth, key)
            }
        }
    }

    fn member_of_message(&mut self, key: &Key<'_>) -> Place {
        let member = match key.text {
            b"role" | b"type" | b"id" | b"object" => return Place::Label,
            b"audio" => return Place::Audio,
            b"tool_calls" => return Place::Calls,
            b"function_call" => return Place::OldCall,
            b"annotations" => return Place::Free,
            b"images" => return Place::Media,
            b"content" => CONTENT,
            b"refusal" => REFUSAL,
            b"reasoning_content" => REASONING_CONTENT,
            b"reasoning" => REASONING,
            b"reasoning_details" => DETAILS,
            name => {
                let depth = self.within(&[name]);
                return self.on_the_way(depth, key);
            }
        };
        Place::Text(member, self.within(&[key.text]))
    }

    /// Parts of a text: `[{"type":"text","text":…}]`.
    fn member_of_text(&mut self, member: u32, depth: usize, key: &Key<'_>) -> Place {
        let depth = self.voices.ways.enter(depth, key.text);
        match key.text {
            b"text" | b"content" | b"thinking" | b"summary" | b"refusal" | b"reasoning" => {
                Place::Text(member, depth)
            }
            _ => self.on_the_way(depth, key),
        }
    }

    fn member_of_call(&mut self, key: &Key<'_>) -> Place {
        match key.text {
            b"index" => Place::CallIndex,
            b"function" => Place::Function(false),
            b"custom" => Place::Function(true),
            b"id" | b"type" => Place::Label,
            _ => self.unknown(key),
        }
    }
}

impl Visit for Following<'_, '_> {
    type Place = Place;

    fn member(&mut self, of: Place, key: Key<'_>) -> Place {
        match of {
            Place::Body => self.member_of_body(&key),
            Place::Choice => self.member_of_choice(&key),
            Place::Message => self.member_of_message(&key),
            Place::Text(member, depth) => self.member_of_text(member, depth, &key),
            Place::Unknown(depth) | Place::Data(depth) => {
                let depth = self.voices.ways.enter(depth, key.text);
                self.on_the_way(depth, &key)
            }
            Place::Call => self.member_of_call(&key),
            Place::Function(_) | Place::OldCall => match (key.text, of) {
                (b"name", _) => Place::Label,
                (name @ (b"arguments" | b"input"), Place::OldCall) => {
                    Place::Text(FUNCTION_CALL, self.within(&[b"function_call", name]))
                }
                (b"arguments" | b"input", _) => Place::Arguments,
                _ => self.unknown(&key),
            },
            Place::Audio => match key.text {
                name @ b"transcript" => Place::Text(TRANSCRIPT, self.within(&[b"audio", name])),
                b"id" | b"expires_at" | b"format" => Place::Label,
                b"data" => Place::Media,
                _ => self.unknown(&key),
            },
            Place::Media => match key.text {
                b"type" | b"index" | b"detail" | b"format" => Place::Label,
                b"image_url" | b"url" | b"data" => Place::Media,
                _ => self.unknown(&key),
            },
            Place::Nothing | Place::Logprobs => of,
            _ => self.unknown(&key),
        }
    }

    fn element(&mut self, of: Place, number: usize) -> Place {
        match of {
            Place::Choices => {
                self.choice = Numbered::at(number, self.heard.texts.len());
                self.ends = false;
                Place::Choice
            }
            Place::Calls => {
                self.call = Numbered::at(number, self.heard.texts.len());
                Place::Call
            }
            // Each part of reasoning is a text of its own.
            Place::Text(DETAILS, depth) if number > 0 => {
                Place::Unknown(self.voices.ways.item(depth, number))
            }
            Place::Text(member, depth) => Place::Text(member, self.voices.ways.item(depth, number)),
            Place::Unknown(depth) => Place::Unknown(self.voices.ways.item(depth, number)),
            Place::Data(depth) => Place::Data(self.voices.ways.item(depth, number)),
            Place::Arguments | Place::Media | Place::Nothing | Place::Logprobs | Place::Free => of,
            _ => Place::Free,
        }
    }

    fn string(&mut self, at: Place, inside: Range<usize>) {
        let raw = self.data.get(inside.clone()).unwrap_or_default();
        match at {
            Place::Id if is_label(raw) => self.heard.head.id = quoted(&inside),
            Place::Model if is_label(raw) => self.heard.head.model = quoted(&inside),
            Place::Finish => {
                self.ends = !inside.is_empty();
                if !is_label(raw) {
                    self.whole(inside);
                }
            }
            Place::Text(member, _) => self.add(channel(0, member), inside),
            Place::Arguments => self.add(channel(0, ARGUMENTS), inside),
            Place::Media | Place::Data(_) if is_binary(raw) => {}
            Place::Unknown(depth) | Place::Data(depth) => self.piece(depth, inside),
            Place::Label | Place::Nothing if is_label(raw) => {}
            Place::Logprobs => {}
            _ => self.whole(inside),
        }
    }

    fn scalar(&mut self, at: Place, kind: Kind, span: Range<usize>) {
        if kind != Kind::Number {
            return;
        }
        let digits = self.data.get(span.clone()).unwrap_or_default();
        match at {
            Place::Created => self.heard.head.created = span,
            Place::Index => self.choice.read(digits),
            Place::CallIndex => self.call.read(digits),
            _ => {}
        }
    }

    fn opened(&mut self, at: Place, object: bool, _from: usize) {
        match at {
            Place::Logprobs => self.heard.logprobs = true,
            Place::Function(custom) if object => self.call.custom = custom,
            _ => {}
        }
    }

    fn closed(&mut self, at: Place, object: bool, _span: Range<usize>) {
        match at {
            Place::Call if object => {
                let Numbered {
                    number,
                    from,
                    custom,
                } = self.call;
                let texts = self.heard.texts.get_mut(from..).unwrap_or_default();
                for text in texts {
                    if text.channel.choice != Channel::BESIDE {
                        text.channel.member = ARGUMENTS.saturating_add(number);
                    }
                }
                if custom {
                    let member = ARGUMENTS.saturating_add(number);
                    // The choice's number may stand behind its calls: of any choice it will do.
                    self.voices.custom.insert(channel(0, member));
                }
            }
            Place::Choice if object => {
                let Numbered { number, from, .. } = self.choice;
                let texts = self.heard.texts.get_mut(from..).unwrap_or_default();
                for text in texts {
                    if text.channel.choice != Channel::BESIDE {
                        text.channel.choice = number;
                    }
                }
                match self.ends {
                    true => self.finished.push(number),
                    false => {
                        self.voices.unfinished.insert(number);
                    }
                }
            }
            _ => {}
        }
    }
}

/// A string's place with its quotes.
fn quoted(inside: &Range<usize>) -> Range<usize> {
    inside.start.saturating_sub(1)..inside.end + 1
}

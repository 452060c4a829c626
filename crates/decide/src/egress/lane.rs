//! One text of an answer on its way: unescaped, looked through, and given on as far as it may.

use std::borrow::Cow;
use std::sync::Arc;

use inspect::json;
use inspect::stream::{Seen, Stopped};
use inspect::{RuleId, Stream};
use terms::{Code, Fault};

use crate::inspection::AnswerPlan;
use crate::inspection::answer::Grounded;
use crate::inspection::bare::Document;

/// The most bytes of a text that is held until it is whole.
const MOST_HELD: usize = 4 * 1024 * 1024;

/// Why a text ends.
#[derive(Debug)]
pub(super) enum Halt {
    /// A rule holds.
    Rule(RuleId),
    /// Something else.
    Fault(Fault),
}

impl From<Stopped> for Halt {
    fn from(stopped: Stopped) -> Self {
        Halt::Rule(stopped.rule)
    }
}

/// One text.
#[derive(Debug)]
pub(super) struct Lane {
    plan: Arc<AnswerPlan>,
    stream: Stream,
    /// The first half of a character that a piece ended in: its escape.
    half: String,
    /// All of the text, where it is held or checked at its end.
    whole: Option<String>,
    /// What it is worth, once it is whole.
    pub(super) grounded: Option<Grounded>,
    /// What left of it, as far as that may be JSON.
    document: Document,
}

impl Lane {
    /// A text that begins, and may be here as a whole. Of `content`, unlike of calls and reasoning,
    /// claims are checked.
    pub(super) fn new(plan: &Arc<AnswerPlan>, content: bool, is_whole: bool) -> Self {
        let checked = content && plan.grounds.is_some();
        let (scanner, of) = (Arc::clone(&plan.scanner), Arc::clone(&plan.plan));
        // What a tool says may be an attack on the model that reads it; what a model says is none.
        let judged = plan.is_brought() && (is_whole || plan.hold);
        Self {
            stream: if judged {
                Stream::whole(scanner, of)
            } else {
                Stream::new(scanner, of)
            },
            half: String::new(),
            whole: (plan.hold || checked).then(String::new),
            grounded: None,
            document: Document::new(0),
            plan: Arc::clone(plan),
        }
    }

    /// True when nothing is to be done about a text that is here as a whole. A document has many
    /// of these: to look at one is cheaper than to begin a lane for it.
    pub(super) fn is_clean(plan: &AnswerPlan, content: bool, raw: &str) -> bool {
        if plan.asks()
            || plan.plan.leak.is_some()
            || content && plan.grounds.is_some()
            || raw.contains("{{")
        {
            return false;
        }
        let text = json::unquoted(raw).text;
        let found = if plan.is_brought() {
            plan.scanner.scan(&text, plan.plan.families)
        } else {
            plan.scanner.scan_reply(&text, plan.plan.families)
        };
        found.is_empty() && !text.contains("{{")
    }

    /// Takes some more of the text, as JSON writes it. What may leave is appended to `out`; true
    /// when that is just what came.
    pub(super) fn push(&mut self, raw: &str, out: &mut String) -> Result<bool, Halt> {
        let split = !self.half.is_empty();
        let joined = match split {
            true => Cow::Owned(std::mem::take(&mut self.half) + raw),
            false => Cow::Borrowed(raw),
        };
        let (now, later) = joined.split_at(joined.len() - half_at_end(&joined));
        self.half.push_str(later);
        let text = json::unquoted(now).text;
        let from = out.len();
        self.take(&text, out)?;
        let same = out.get(from..) == Some(&*text);
        Ok(same && !split && later.is_empty())
    }

    fn take(&mut self, text: &str, out: &mut String) -> Result<(), Halt> {
        if let Some(whole) = &mut self.whole {
            if whole.len() + text.len() > MOST_HELD {
                return match self.plan.hold {
                    true => Err(Halt::Fault(too_long())),
                    // A text that is only watched goes on; what it is worth can't be told.
                    false => {
                        self.whole = None;
                        self.inspect(text, out)
                    }
                };
            }
            whole.push_str(text);
            if self.plan.hold {
                return Ok(());
            }
        }
        self.inspect(text, out)
    }

    /// The text is whole: what was kept back of it is appended to `out`, as far as it may leave.
    pub(super) fn finish(&mut self, out: &mut String) -> Result<(), Halt> {
        if !self.half.is_empty() {
            let half = std::mem::take(&mut self.half);
            self.take(&json::unquoted(&half).text, out)?;
        }
        if let Some(whole) = self.whole.take() {
            if let Some(grounds) = &self.plan.grounds {
                let grounded = grounds.check(&whole);
                let refused = grounds.blocks() && !grounded.grounded;
                self.grounded = Some(grounded);
                if refused {
                    return Err(Halt::Fault(ungrounded()));
                }
            }
            if self.plan.hold {
                self.inspect(&whole, out)?;
            }
        }
        let from = out.len();
        let finished = self.stream.finish(out);
        self.quote(out, from);
        Ok(finished?)
    }

    /// All of the text so far, as JSON writes it, where it is held.
    pub(super) fn raw(&self) -> String {
        let mut raw = self.whole.as_deref().map(json_inside).unwrap_or_default();
        raw.push_str(&self.half);
        raw
    }

    /// The text is whole, and this takes its place before it is looked at.
    pub(super) fn replace(&mut self, text: String) {
        self.half.clear();
        self.whole = Some(text);
    }

    fn inspect(&mut self, text: &str, out: &mut String) -> Result<(), Halt> {
        let from = out.len();
        let pushed = self.stream.push(text, out);
        self.quote(out, from);
        Ok(pushed?)
    }

    /// Puts quotes around markers that took the place of numbers, in what leaves from here on:
    /// arguments of a tool must stay JSON. A marker leaves as a whole.
    fn quote(&mut self, out: &mut String, from: usize) {
        const MARK: &str = "[REDACTED_";
        if self.document.is_plain() {
            return;
        }
        let new = out.split_off(from);
        let mut rest = new.as_str();
        while let Some((before, mark, behind)) = rest.find(MARK).and_then(|at| {
            let (before, found) = rest.split_at_checked(at)?;
            let (mark, behind) = found.split_at_checked(found.find(']')? + 1)?;
            Some((before, mark, behind))
        }) {
            self.document.take(before);
            let quote = self.document.quote().unwrap_or_default();
            out.push_str(before);
            out.push_str(&quote);
            out.push_str(mark);
            out.push_str(&quote);
            self.document.take_mark();
            rest = behind;
        }
        self.document.take(rest);
        out.push_str(rest);
    }

    /// What was found in it so far.
    pub(super) fn seen(&self) -> &Seen {
        self.stream.seen()
    }

    /// Reversible tokens in it that could not be put back.
    pub(super) fn unresolved(&self) -> u32 {
        self.stream.unresolved()
    }
}

/// The inside of the JSON string that says `text`.
pub(super) fn json_inside(text: &str) -> String {
    let mut quoted = serde_json::to_string(text).unwrap_or_default();
    quoted.pop();
    if !quoted.is_empty() {
        quoted.remove(0);
    }
    quoted
}

/// The bytes of an escape at the end of a JSON string's text that is the first half of a character
/// (a high surrogate): the second comes with the next piece.
fn half_at_end(raw: &str) -> usize {
    const ESCAPE: usize = 6;
    let bytes = raw.as_bytes();
    let Some(at) = bytes.len().checked_sub(ESCAPE) else {
        return 0;
    };
    let high = match bytes.get(at..) {
        Some(
            [
                b'\\',
                b'u',
                b'd' | b'D',
                b'8' | b'9' | b'a' | b'b' | b'A' | b'B',
                one,
                two,
            ],
        ) => one.is_ascii_hexdigit() && two.is_ascii_hexdigit(),
        _ => false,
    };
    let before = bytes.get(..at).unwrap_or_default();
    let slashes = before.iter().rev().take_while(|it| **it == b'\\').count();
    if high && slashes % 2 == 0 { ESCAPE } else { 0 }
}

fn too_long() -> Fault {
    Fault::new(
        Code::ProviderError,
        "The answer is longer than the gateway can hold until it was checked.",
    )
}

fn ungrounded() -> Fault {
    Fault::new(
        Code::HallucinationDetected,
        "The answer claims what the given sources don't say.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_character_is_told_from_a_whole_one_and_from_an_escaped_backslash() {
        for (raw, half) in [
            (r"a\ud83d", 6),
            (r"\uDBFF", 6),
            (r"\ud83d\ude00", 0),
            (r"\\ud83d", 0),
            (r"\\\ud83d", 6),
            (r"\u00e9", 0),
            (r"ud83d", 0),
            ("", 0),
        ] {
            assert_eq!(half_at_end(raw), half, "{raw}");
        }
    }
}

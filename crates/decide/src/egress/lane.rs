//! One text of an answer on its way: unescaped, looked through, and given on as far as it may.

use std::borrow::Cow;
use std::sync::Arc;

use inspect::json;
use inspect::leak::Watch;
use inspect::stream::{Seen, Stopped};
use inspect::{Act, RuleId, Stream};
use terms::{Code, Fault};

use crate::inspection::AnswerPlan;
use crate::inspection::answer::Grounded;

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
    leak: Option<Leak>,
    /// The first half of a character that a piece ended in: its escape.
    half: String,
    /// All of the text, where it is held or checked at its end.
    whole: Option<String>,
    /// What it is worth, once it is whole.
    pub(super) grounded: Option<Grounded>,
}

/// What repeats the system prompt.
#[derive(Debug)]
struct Leak {
    watch: Watch,
    /// It may become a leak.
    pending: String,
    /// The bytes of the text before that.
    gone: usize,
    /// It was found, and is only watched.
    found: Option<RuleId>,
}

impl Lane {
    /// A text that begins. Of `content`, unlike of calls and reasoning, claims are checked.
    pub(super) fn new(plan: &Arc<AnswerPlan>, content: bool) -> Self {
        let checked = content && plan.grounds.is_some();
        let leak = plan.leak.as_ref().map(|prompt| Leak {
            watch: Watch::new(Arc::clone(prompt)),
            pending: String::new(),
            gone: 0,
            found: None,
        });
        Self {
            stream: Stream::new(Arc::clone(&plan.scanner), Arc::clone(&plan.plan)),
            leak,
            half: String::new(),
            whole: (plan.hold || checked).then(String::new),
            grounded: None,
            plan: Arc::clone(plan),
        }
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
        if let Some(leak) = &mut self.leak {
            let last = leak.watch.finish();
            self.leaked(last, out)?;
            if let Some(leak) = &mut self.leak {
                let pending = std::mem::take(&mut leak.pending);
                self.stream.push(&pending, out)?;
            }
        }
        Ok(self.stream.finish(out)?)
    }

    fn inspect(&mut self, text: &str, out: &mut String) -> Result<(), Halt> {
        let Some(leak) = &mut self.leak else {
            return Ok(self.stream.push(text, out)?);
        };
        leak.pending.push_str(text);
        let found = leak.watch.push(text);
        self.leaked(found, out)?;
        let Some(leak) = &mut self.leak else {
            return Ok(());
        };
        let keep = leak.watch.safe();
        leak.let_go(
            leak.pending.len().saturating_sub(keep),
            &mut self.stream,
            out,
        )
    }

    /// Something repeats the system prompt.
    fn leaked(&mut self, found: Option<inspect::leak::Leak>, out: &mut String) -> Result<(), Halt> {
        let (Some(found), Some(leak)) = (found, &mut self.leak) else {
            return Ok(());
        };
        let Some(rule) = found.id() else {
            return Ok(());
        };
        if self.plan.act(rule) == Act::Stop {
            let before = found.span.start.saturating_sub(leak.gone);
            leak.let_go(before, &mut self.stream, out)?;
            self.stream.finish(out)?;
            leak.found = Some(rule);
            return Err(Halt::Rule(rule));
        }
        leak.found = Some(rule);
        Ok(())
    }

    /// What was found in it so far.
    pub(super) fn seen(&self) -> Seen {
        let mut seen = self.stream.seen().clone();
        let leak = self.leak.as_ref().and_then(|it| it.found);
        if let Some(rule) = leak {
            let sure = self.plan.scanner.rule(rule).map_or(0, |it| it.confidence);
            seen.insert(rule, (1, sure));
        }
        seen
    }

    /// Reversible tokens in it that could not be put back.
    pub(super) fn unresolved(&self) -> u32 {
        self.stream.unresolved()
    }
}

impl Leak {
    /// Gives on so many bytes of what is pending.
    fn let_go(&mut self, most: usize, stream: &mut Stream, out: &mut String) -> Result<(), Halt> {
        let mut length = most.min(self.pending.len());
        while !self.pending.is_char_boundary(length) {
            length -= 1;
        }
        let text: String = self.pending.drain(..length).collect();
        self.gone += length;
        Ok(stream.push(&text, out)?)
    }
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

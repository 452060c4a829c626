//! The machine behind a stream: what is decided, what leaves, what is counted.

use std::ops::Range;
use std::sync::Arc;

use unicode_normalization::char::is_combining_mark;

use super::chain::{self, Known};
use super::edge::{self, floor};
use super::events::{Ends, Event, Sorted};
use super::leaking::Leaking;
use super::signs::Signs;
use super::weight::Weights;
use super::window::Window;
use super::{Act, Plan, Seen, Stopped, marker, token};
use crate::detector::{LEFT, LONGEST};
use crate::finding::Finding;
use crate::scanner::{Scanner, Scope};
use crate::secrets::Rest;

/// Long pieces are taken in parts of so many bytes.
const MOST_AT_ONCE: usize = 8 * 1024;

mod counting;

/// Where so many bytes aren't decided, the next look waits for [`FRESH`] ones: small pieces would be
/// paid with a look at all of these each.
const MANY: usize = 512;

/// See [`MANY`].
const FRESH: usize = 256;

/// A text in pieces. Places are places in the window.
#[derive(Debug)]
pub(super) struct Machine {
    scanner: Arc<Scanner>,
    plan: Arc<Plan>,
    weights: Weights,
    window: Window,
    /// What begins before this is final, and done; but see `counted`.
    decided: usize,
    /// The same of guardrails that are only counted. Never more than `decided`.
    counted: usize,
    /// What stands before this has left, or was replaced.
    sent: usize,
    /// Values that begin before this yield to one that was settled.
    covered: usize,
    ends: Ends,
    rest: Option<Tail>,
    signs: Signs,
    leaking: Option<Leaking>,
    /// How many bytes were dropped before the window.
    dropped: usize,
    /// How many bytes came since the last look.
    fresh: usize,
    /// The text is here as a whole: see [`super::Stream::whole`].
    is_whole: bool,
    pub(super) seen: Seen,
    pub(super) unresolved: u32,
    stopped: Option<Stopped>,
}

/// A long finding that goes on.
#[derive(Debug)]
struct Tail {
    rest: Rest,
    is_replaced: bool,
}

/// The first places that aren't decided.
#[derive(Clone, Copy, Debug)]
struct Edge {
    /// For values, and what is withheld.
    decided: usize,
    /// For guardrails that are counted.
    counted: usize,
    /// For what is withheld: what stands before may leave, as far as it isn't found.
    leaves: usize,
    /// Nothing follows.
    whole: bool,
}

impl Machine {
    pub(super) fn new(scanner: Arc<Scanner>, plan: Arc<Plan>, is_whole: bool) -> Self {
        let weights = Weights::new(&scanner, &plan);
        let leaking = Leaking::new(&scanner, &plan, &weights);
        Self {
            scanner,
            plan,
            weights,
            window: Window::default(),
            decided: 0,
            counted: 0,
            sent: 0,
            covered: 0,
            ends: Ends::default(),
            rest: None,
            signs: Signs::default(),
            leaking,
            dropped: 0,
            fresh: 0,
            is_whole,
            seen: Seen::new(),
            unresolved: 0,
            stopped: None,
        }
    }

    pub(super) fn held(&self) -> usize {
        self.window.text.len().saturating_sub(self.sent)
    }

    pub(super) fn push(&mut self, text: &str, out: &mut String) -> Result<(), Stopped> {
        let mut text = text;
        loop {
            if let Some(stopped) = self.stopped {
                return Err(stopped);
            }
            let (part, behind) = text.split_at(floor(text, MOST_AT_ONCE));
            if part.is_empty() {
                return Ok(());
            }
            self.take(part);
            text = behind;
            if self.is_whole {
                continue;
            }
            if self.may_wait() {
                self.wait(out);
                continue;
            }
            self.fresh = 0;
            self.step(false, out)?;
            self.trim();
        }
    }

    pub(super) fn finish(&mut self, out: &mut String) -> Result<(), Stopped> {
        match self.stopped {
            Some(stopped) => Err(stopped),
            None => {
                if let Some(leaking) = &mut self.leaking {
                    leaking.finish(self.dropped);
                }
                self.step(true, out)
            }
        }
    }

    /// True when little came to much that isn't decided.
    fn may_wait(&self) -> bool {
        let known = self.decided.min(self.counted).min(self.sent);
        self.fresh < FRESH && self.window.text.len().saturating_sub(known) > MANY + self.fresh
    }

    /// Lets out what nothing holds.
    fn wait(&mut self, out: &mut String) {
        if !self.weights.withholds && self.plan.restore.is_none() {
            self.send(self.window.text.len(), out);
        }
    }

    /// Takes text into the window.
    fn take(&mut self, text: &str) {
        if let Some(tail) = &mut self.rest {
            let end = self.window.text.len() + tail.rest.take(text);
            self.covered = end;
            if tail.is_replaced {
                self.sent = self.sent.max(end);
            }
            if tail.rest.is_over() {
                self.rest = None;
            }
        }
        if let Some(leaking) = &mut self.leaking {
            leaking.take(text, self.dropped);
        }
        self.signs.read(text, self.window.text.len());
        self.window.text.push_str(text);
        self.fresh += text.len();
    }

    /// Does what has become final.
    fn step(&mut self, whole: bool, out: &mut String) -> Result<(), Stopped> {
        let edge = self.edge(whole);
        let from = self.counted.min(self.decided);
        let leaks = self.leaking.as_ref().is_some_and(|it| it.found.is_some());
        let is_awake = leaks || self.signs.woke + LEFT > from && self.signs.woke > 0;
        if !is_awake && !self.is_whole {
            self.decided = edge.decided;
            self.counted = edge.counted;
            self.send(edge.leaves, out);
            return Ok(());
        }
        let moves = edge.decided > self.decided || edge.counted > self.counted;
        if !moves && edge.leaves <= self.sent {
            return Ok(());
        }
        let cut = self.window.cut(from);
        let text = &self.window.text;
        let found = self.scanner.find(text, cut, self.scope());
        let (tokens, _) = token::find(text, self.decided);
        let found = Sorted::new(found, &self.weights, &tokens);
        self.settle(edge, found, &tokens, out)
    }

    fn scope(&self) -> Scope {
        Scope {
            families: self.plan.families,
            longest_run: LONGEST,
            is_whole: self.is_whole,
        }
    }

    /// Where nothing is decided any more.
    fn edge(&mut self, whole: bool) -> Edge {
        let text = self.window.text.as_str();
        let end = text.len();
        if whole {
            return Edge {
                decided: end,
                counted: end,
                leaves: end,
                whole,
            };
        }
        let from = self.decided.min(self.counted);
        let last = edge::run(text, from);
        let forms = self.signs.forms(from, last);
        let begun = self.scanner.begun(text, from, forms, &self.weights);
        self.signs.woke = self.signs.woke.max(begun.woke);
        let begun_token = token::find(text, self.decided).1.unwrap_or(end);
        let weighed = edge::open(text, self.decided, self.weights.weighed);
        let withheld = if self.weights.withheld == self.weights.weighed {
            weighed
        } else {
            edge::open(text, self.decided, self.weights.withheld)
        };
        let decided = weighed
            .min(begun.weighed)
            .min(begun.withheld)
            .min(begun_token);
        let holds_tokens = self.plan.restore.is_some() || self.weights.withholds;
        let leaking = self.leaking.as_ref().map_or(end, |it| it.open(end));
        let decided = decided.min(leaking).max(self.decided);
        let counted = edge::open(text, self.counted, self.weights.counted);
        let mut counted = counted.min(begun.counted).min(decided);
        if self.weights.stops {
            counted = counted.min(self.counted_before(decided));
        }
        let leaves = withheld.min(begun.withheld).min(leaking);
        let leaves = self.leak_begins().map_or(leaves, |it| it.min(leaves));
        Edge {
            decided,
            counted: counted.max(self.counted),
            leaves: if holds_tokens {
                leaves.min(begun_token)
            } else {
                leaves
            },
            whole,
        }
    }

    fn settle(
        &mut self,
        edge: Edge,
        found: Sorted,
        tokens: &[Range<usize>],
        out: &mut String,
    ) -> Result<(), Stopped> {
        let from = self.decided;
        let known = Known {
            decided: edge.decided.min(self.marked(&found.guards, edge)),
            end: self.window.text.len(),
            whole: edge.whole,
        };
        let first = found.values.partition_point(|it| it.span.start < from);
        let values = found.values.get(first..).unwrap_or_default();
        let settled = chain::settle(&self.scanner, values, self.covered, known);
        let decided = settled.decided.max(from);
        let mut events: Vec<Event> = Vec::new();
        for it in settled.winners {
            self.begin_rest(&it, edge.whole);
            events.extend(self.event(it));
        }
        self.covered = settled.covered;
        let leak = self.leak(decided);
        for it in found.guards.iter().chain(&leak) {
            let is_known = (from..decided).contains(&it.span.start);
            if is_known && self.ends.takes(it) {
                events.extend(self.event(it.clone()));
            }
        }
        if self.plan.restore.is_some() {
            let whole = tokens.iter().filter(|it| it.start < decided);
            events.extend(whole.cloned().map(Event::Token));
        }
        events.sort_by_key(Event::order);
        self.decided = decided;
        for event in events {
            self.act(event, out)?;
        }
        self.count_leak(decided);
        let withheld = found.withheld(decided, &self.weights);
        let mut leaves = withheld.map_or(edge.leaves, |it| it.min(edge.leaves));
        if self.plan.restore.is_some() {
            let token = tokens.iter().find(|it| it.start >= decided);
            leaves = token.map_or(leaves, |it| it.start.min(leaves));
        }
        self.send(leaves.max(decided), out);
        self.count(edge, &found.counted);
        Ok(())
    }

    /// The first of the guardrails' findings that a mark may follow, which would belong to its last
    /// letter.
    fn marked(&self, guards: &[Finding], edge: Edge) -> usize {
        let text = self.window.text.as_str();
        let end = text.trim_end_matches(is_combining_mark).len();
        let reaches = |it: &&Finding| it.span.start >= self.decided && it.span.end >= end;
        let first = guards.iter().find(reaches);
        first
            .filter(|_| !edge.whole)
            .map_or(edge.decided, |it| it.span.start)
    }

    fn event(&self, finding: Finding) -> Option<Event> {
        let (act, _) = self.weights.act(&finding)?;
        Some(Event::Found(finding, act))
    }

    /// Follows a finding that goes on behind the end of the window.
    fn begin_rest(&mut self, finding: &Finding, whole: bool) {
        let is_open = finding.open && finding.span.end == self.window.text.len() && !whole;
        let text = self.window.text.get(finding.span.clone());
        if let (true, Some(text)) = (is_open, text) {
            let act = self.weights.act(finding).map(|(act, _)| act);
            self.rest = Some(Tail {
                rest: Rest::of(text),
                is_replaced: act == Some(Act::Redact),
            });
        }
    }

    fn act(&mut self, event: Event, out: &mut String) -> Result<(), Stopped> {
        let span = event.span().clone();
        match event {
            Event::Token(_) => self.restore(span, out),
            Event::Found(it, act) => {
                self.note(it.rule, it.confidence);
                match act {
                    Act::Ignore | Act::Watch => {}
                    Act::Redact => {
                        if span.start >= self.sent {
                            self.send(span.start, out);
                            let label = self.scanner.rule(it.rule).map(|it| it.label.as_ref());
                            out.push_str(&marker(label.unwrap_or_default()));
                        }
                        self.sent = self.sent.max(span.end);
                    }
                    Act::Stop => {
                        self.send(span.start, out);
                        return Err(self.stop(it.rule, span.start));
                    }
                }
            }
        }
        Ok(())
    }

    fn restore(&mut self, span: Range<usize>, out: &mut String) {
        if span.start < self.sent {
            return;
        }
        let Some(restore) = &self.plan.restore else {
            return;
        };
        let token = self.window.text.get(span.clone()).unwrap_or_default();
        match restore(token) {
            Some(value) => {
                self.send(span.start, out);
                out.push_str(&value);
                self.sent = span.end;
            }
            None => self.unresolved = self.unresolved.saturating_add(1),
        }
    }

    /// Lets the text leave up to `to`.
    fn send(&mut self, to: usize, out: &mut String) {
        if to > self.sent {
            out.push_str(self.window.text.get(self.sent..to).unwrap_or_default());
            self.sent = to;
        }
    }

    /// Drops what nobody looks at any more.
    fn trim(&mut self) {
        let from = self.decided.min(self.counted).min(self.sent);
        let drop = self.window.trim(from);
        if drop == 0 {
            return;
        }
        for place in [
            &mut self.decided,
            &mut self.counted,
            &mut self.sent,
            &mut self.covered,
        ] {
            *place = place.saturating_sub(drop);
        }
        self.ends.shift(drop);
        self.dropped += drop;
        if let Some(leaking) = &mut self.leaking {
            leaking.shift(drop);
        }
        self.signs.shift(drop);
    }
}

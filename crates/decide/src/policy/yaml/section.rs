//! Sections of a policy's text, strictly: every key is known, every fault noted.

use crate::marked::{Data, Key, Node, Place};
use crate::policy::fault::DslFault;

/// So many faults are told; a text with more has another trouble than the next one.
const MOST_FAULTS: usize = 100;

/// So large may all patterns of a text be together, compiled, in bytes.
const PATTERNS: usize = 64 << 20;

/// The faults that were found so far.
pub(super) struct Faults {
    found: Vec<DslFault>,
    /// The rule that is being read, where it has an id.
    pub rule: Option<String>,
    /// How large the patterns may be that are still to come.
    pub patterns: usize,
}

impl Faults {
    pub fn new() -> Self {
        Self {
            found: Vec::new(),
            rule: None,
            patterns: PATTERNS,
        }
    }

    pub fn count(&self) -> usize {
        self.found.len()
    }

    pub fn add(&mut self, place: &Place, message: impl Into<String>) {
        self.push(DslFault::new(place.line, place.column, message));
    }

    pub fn unbuilt(&mut self, place: &Place, message: impl Into<String>) {
        self.push(DslFault::new(place.line, place.column, message).not_built());
    }

    pub fn push(&mut self, mut fault: DslFault) {
        fault.rule = fault.rule.or_else(|| self.rule.clone());
        self.found.push(fault);
    }

    /// The faults in the order of the text.
    pub fn finish(mut self) -> Vec<DslFault> {
        self.found.sort_by_key(|fault| (fault.line, fault.column));
        let beyond = self.found.len().saturating_sub(MOST_FAULTS);
        if beyond > 0 {
            let place = self.found.get(MOST_FAULTS).map(|it| (it.line, it.column));
            let (line, column) = place.unwrap_or((1, 1));
            self.found.truncate(MOST_FAULTS);
            let message = format!("{beyond} faults more from here on");
            self.found.push(DslFault::new(line, column, message));
        }
        self.found
    }
}

/// A key with its value.
#[derive(Clone, Copy)]
pub(super) struct Entry<'n> {
    pub key: &'n Key,
    pub node: &'n Node,
}

impl<'n> Entry<'n> {
    /// Where a fault of the value is: at the value, or at the key that has none.
    pub fn place(&self) -> &'n Place {
        if self.node.is_null() {
            &self.key.place
        } else {
            &self.node.place
        }
    }

    /// The key.
    pub fn name(&self) -> &'n str {
        &self.key.text
    }

    /// The value as a section with some of `known` keys.
    pub fn section(&self, known: &[&str], faults: &mut Faults) -> Option<Section<'n>> {
        Section::read(
            self.node,
            self.place(),
            &format!("'{}'", self.name()),
            known,
            faults,
        )
    }

    /// The value as a section whose keys are for the caller to judge, with something in it.
    pub fn entries(&self, faults: &mut Faults) -> Option<Vec<Entry<'n>>> {
        let name = self.name();
        let message = match &self.node.data {
            Data::Map(entries) if !entries.is_empty() => {
                return Some(
                    entries
                        .iter()
                        .map(|(key, node)| Entry { key, node })
                        .collect(),
                );
            }
            Data::Map(_) => format!("'{name}' is empty"),
            _ if self.node.is_null() => format!("'{name}' is empty"),
            _ => format!("'{name}' must be a section, not {}", self.node.kind()),
        };
        faults.add(self.place(), message);
        None
    }

    /// The value as a list with something in it.
    pub fn list(&self, of: &str, faults: &mut Faults) -> Option<&'n [Node]> {
        let name = self.name();
        match &self.node.data {
            Data::List(items) if !items.is_empty() => Some(items),
            Data::List(_) => {
                let message = format!("'{name}' is an empty list; name {of}, or leave it out");
                faults.add(self.place(), message);
                None
            }
            _ if self.node.is_null() => {
                let message = format!("'{name}' has no value; name {of}, or leave it out");
                faults.add(self.place(), message);
                None
            }
            Data::Scalar { text, .. } => {
                let shown = shown(text);
                let message = format!("'{name}' must be a list of {of}: [{shown}]");
                faults.add(self.place(), message);
                None
            }
            Data::Map(_) => {
                let message = format!("'{name}' must be a list of {of}, not a section");
                faults.add(self.place(), message);
                None
            }
        }
    }
}

/// A section whose keys are all known.
pub(super) struct Section<'n> {
    pub place: &'n Place,
    entries: &'n [(Key, Node)],
}

impl<'n> Section<'n> {
    /// Reads `node` as a section; keys beside `known` are faults. `what` names it in messages.
    pub fn read(
        node: &'n Node,
        place: &'n Place,
        what: &str,
        known: &[&str],
        faults: &mut Faults,
    ) -> Option<Self> {
        let Data::Map(entries) = &node.data else {
            let keys = known.join(", ");
            let message = if node.is_null() {
                format!("{what} has no value; it takes {keys}")
            } else {
                format!("{what} must be a section ({keys}), not {}", node.kind())
            };
            faults.add(place, message);
            return None;
        };
        if entries.is_empty() {
            faults.add(
                place,
                format!("{what} is empty; it takes {}", known.join(", ")),
            );
            return None;
        }
        for (key, _) in entries {
            if !known.contains(&key.text.as_str()) {
                let hint = meant(&key.text, known);
                let key_text = shown(&key.text);
                let message = format!("{what} has no key '{key_text}'; {hint}");
                faults.add(&key.place, message);
            }
        }
        Some(Self { place, entries })
    }

    /// The value of `key`, where it stands.
    pub fn get(&self, key: &str) -> Option<Entry<'n>> {
        self.entries
            .iter()
            .find(|(it, _)| it.text == key)
            .map(|(key, node)| Entry { key, node })
    }

    /// Every key with its value.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'n>> + use<'n> {
        self.entries.iter().map(|(key, node)| Entry { key, node })
    }

    /// The one of `keys` that stands. None of them and more than one are faults.
    pub fn one_of(&self, keys: &[&str], what: &str, faults: &mut Faults) -> Option<Entry<'n>> {
        let mut found = self.entries().filter(|entry| keys.contains(&entry.name()));
        let first = found.next();
        let Some(entry) = first else {
            let message = format!("{what} needs one of {}", keys.join(", "));
            faults.add(self.place, message);
            return None;
        };
        if let Some(second) = found.next() {
            let message = format!(
                "{what} has both '{}' and '{}'; keep one of them",
                entry.name(),
                second.name()
            );
            faults.add(&second.key.place, message);
            return None;
        }
        Some(entry)
    }
}

/// What was probably meant by `word`, else everything that could have been.
pub(super) fn meant(word: &str, known: &[&str]) -> String {
    match nearest(word, known.iter().copied()) {
        Some(nearest) => format!("did you mean '{nearest}'?"),
        None => format!("it is one of {}", known.join(", ")),
    }
}

/// The known word that is so near that it was probably meant.
pub(super) fn nearest<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let plain = |text: &str| text.replace('-', "_").to_lowercase();
    let word = plain(&word.chars().take(64).collect::<String>());
    known
        .map(|it| (strsim::damerau_levenshtein(&word, &plain(it)), it))
        .filter(|(distance, it)| *distance <= (it.len() / 3).clamp(1, 3))
        .min()
        .map(|(_, it)| it)
}

/// A text from the document in a message: not too long, nothing that moves a cursor.
pub(super) fn shown(text: &str) -> String {
    let short: String = text.chars().take(60).collect();
    let more = if short.len() < text.len() { "…" } else { "" };
    format!("{}{more}", short.escape_debug())
}

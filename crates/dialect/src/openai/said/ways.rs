//! The ways to texts in members that nobody knows: a text that comes in pieces stands at the same
//! place of every chunk.

use std::collections::BTreeMap;

use super::{ARGUMENTS, OTHERS};

/// Names under which texts come in pieces. Other strings, such as a type's name, are repeated.
const OF_TEXTS: [&[u8]; 16] = [
    b"text",
    b"content",
    b"thinking",
    b"thought",
    b"reasoning",
    b"reasoning_content",
    b"reasoning_details",
    b"summary",
    b"refusal",
    b"transcript",
    b"delta",
    b"data",
    b"arguments",
    b"input",
    b"output",
    b"partial_json",
];

/// The longest way, in bytes: of its names, and of what stands for elements before its own.
const LONGEST: usize = 1024;

/// What stands for an element in which nothing is said, in bytes.
const EMPTY: usize = 3;

/// What a choice calls the message that comes in pieces. Whole, it is called `message`.
const DELTA: &str = "delta";

/// A step into a container.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    /// To a member of an object.
    Member(Box<str>),
    /// To an element of an array.
    Element(usize),
}

/// Where one stands in a choice, and the ways on which texts were met.
#[derive(Debug, Default)]
pub(super) struct Ways {
    here: Vec<Step>,
    known: BTreeMap<Box<[Step]>, u32>,
}

impl Ways {
    /// Goes from `depth` steps into a choice to a member; gives the depth there.
    pub(super) fn enter(&mut self, depth: usize, name: &[u8]) -> usize {
        self.step(
            depth,
            Step::Member(String::from_utf8_lossy(name).into_owned().into()),
        )
    }

    /// The same to an element.
    pub(super) fn item(&mut self, depth: usize, number: usize) -> usize {
        self.step(depth, Step::Element(number))
    }

    /// The same to the message.
    pub(super) fn enter_message(&mut self) -> usize {
        self.step(0, Step::Member(DELTA.into()))
    }

    fn step(&mut self, depth: usize, step: Step) -> usize {
        self.here.truncate(depth);
        self.here.push(step);
        self.here.len()
    }

    /// True when a text may come in pieces so many steps into a choice: its last name says so, or
    /// it is a member of the message itself.
    pub(super) fn flows(&self, depth: usize) -> bool {
        let way = self.here.get(..depth).unwrap_or_default();
        let names = way.iter().enumerate().rev();
        let mut names = names.filter_map(|(place, step)| match step {
            Step::Member(name) => Some((place, &**name)),
            Step::Element(_) => None,
        });
        match names.next() {
            Some((1, _)) if is_of_message(way) => true,
            Some((_, name)) => is_of_texts(name.as_bytes()),
            None => false,
        }
    }

    /// True so many steps into a choice where the first is to its message.
    pub(super) fn in_message(&self, depth: usize) -> bool {
        self.here.get(..depth).is_some_and(is_of_message)
    }

    /// The member that stands for the text here; none: there are too many, or it is too deep.
    pub(super) fn member(&mut self, depth: usize) -> Option<u32> {
        let way = self.here.get(..depth)?;
        let length = way.iter().map(|step| match step {
            Step::Member(name) => name.len(),
            Step::Element(number) => number.saturating_mul(EMPTY),
        });
        if length.fold(0, usize::saturating_add) > LONGEST {
            return None;
        }
        if let Some(member) = self.known.get(way) {
            return Some(*member);
        }
        let member = u32::try_from(self.known.len()).ok()?.checked_add(OTHERS)?;
        if member >= ARGUMENTS {
            return None;
        }
        self.known.insert(way.into(), member);
        Some(member)
    }

    /// What stands around a text in a choice: up to the opening quote, and from behind the closing
    /// one.
    pub(super) fn around(&self, member: u32) -> Option<(String, String)> {
        let (way, _) = self.known.iter().find(|(_, known)| **known == member)?;
        let (mut open, mut close) = (String::new(), String::new());
        for (place, step) in way.iter().enumerate() {
            match step {
                Step::Member(name) => {
                    // The choice's own brace stands there already.
                    if place > 0 {
                        open.push('{');
                        close.insert(0, '}');
                    }
                    open.push_str(&serde_json::Value::from(&**name).to_string());
                    open.push(':');
                }
                Step::Element(number) => {
                    let empty = match way.get(place + 1) {
                        Some(Step::Member(_)) => "{},",
                        Some(Step::Element(_)) => "[],",
                        None => "\"\",",
                    };
                    open.push('[');
                    open.push_str(&empty.repeat(*number));
                    close.insert(0, ']');
                }
            }
        }
        open.push('"');
        if !is_of_message(way) {
            close.push_str(",\"delta\":{}");
        }
        Some((open, close))
    }
}

/// True for the name of what comes in pieces.
pub(super) fn is_of_texts(name: &[u8]) -> bool {
    OF_TEXTS.contains(&name)
}

fn is_of_message(way: &[Step]) -> bool {
    matches!(way.first(), Some(Step::Member(name)) if **name == *DELTA)
}

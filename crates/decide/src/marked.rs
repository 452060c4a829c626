//! YAML into a tree in which every key and value knows its place: for configuration files and
//! policies.
//!
//! Built on the parser's events, not on a finished document, so that duplicate keys are seen,
//! aliases are bounded, and nothing recurses on a stranger's depth.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use saphyr_parser::{Event, Parser, ScalarStyle, Span, Tag};
use serde_json::Value;

const MAX_DEPTH: usize = 64;

/// A place in a file; lines and columns count from 1, columns in characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, as it was named; empty for a text that is no file.
    pub file: Arc<str>,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
    /// How many characters of the line it covers; 0: the line is not to be shown.
    pub width: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.file.is_empty() {
            return write!(f, "line {}, column {}", self.line, self.column);
        }
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// What makes a text unreadable, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Where.
    pub place: Place,
    /// What is wrong, and what would be right.
    pub message: String,
}

/// One value and where it stands.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where it begins.
    pub place: Place,
    /// What it is.
    pub data: Data,
}

/// A value.
#[derive(Clone, Debug)]
pub enum Data {
    /// A single value.
    Scalar {
        /// The text, as it was written.
        text: String,
        /// It had no quotes.
        plain: bool,
        /// Whoever reads configurations has put a variable into it.
        substituted: bool,
    },
    /// A list.
    List(Vec<Node>),
    /// A section: its keys, each once, in their order.
    Map(Vec<(Key, Node)>),
}

/// A key of a section.
#[derive(Clone, Debug)]
pub struct Key {
    /// The key.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

impl Node {
    /// True for what YAML calls null: nothing, `~` or `null` without quotes.
    pub fn is_null(&self) -> bool {
        matches!(&self.data, Data::Scalar { text, plain: true, .. }
            if matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL"))
    }

    /// What it is, for messages.
    pub fn kind(&self) -> &'static str {
        match &self.data {
            Data::Scalar { .. } => "a single value",
            Data::List(_) => "a list",
            Data::Map(_) => "a section",
        }
    }

    /// As JSON, by YAML 1.2's core schema: what has no quotes may be null, a truth value or a
    /// number; everything else is text.
    pub fn to_json(&self) -> Value {
        match &self.data {
            Data::Scalar { text, plain, .. } if *plain => plain_value(text),
            Data::Scalar { text, .. } => Value::from(text.as_str()),
            Data::List(items) => items.iter().map(Node::to_json).collect(),
            Data::Map(entries) => {
                let entries = entries.iter();
                let members = entries.map(|(key, it)| (key.text.clone(), it.to_json()));
                Value::Object(members.collect())
            }
        }
    }

    /// How many collections stand in each other.
    fn depth(&self) -> usize {
        match &self.data {
            Data::Scalar { .. } => 0,
            Data::List(items) => 1 + items.iter().map(Node::depth).max().unwrap_or(0),
            Data::Map(entries) => 1 + entries.iter().map(|(_, it)| it.depth()).max().unwrap_or(0),
        }
    }

    fn size(&self) -> usize {
        match &self.data {
            Data::Scalar { .. } => 1,
            Data::List(items) => 1 + items.iter().map(Node::size).sum::<usize>(),
            Data::Map(entries) => 1 + entries.iter().map(|(_, it)| it.size()).sum::<usize>(),
        }
    }
}

fn plain_value(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    if let Ok(number) = text.parse::<i64>() {
        return Value::from(number);
    }
    let numeric = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
    match text.parse::<f64>() {
        Ok(number) if text.bytes().all(numeric) => Value::from(number),
        _ => Value::from(text),
    }
}

/// A collection that is still open.
struct Open {
    node: Node,
    key: Option<Key>,
    anchor: usize,
    /// The keys so far, and which entry each is.
    seen: HashMap<String, usize>,
}

struct Builder {
    file: Arc<str>,
    stack: Vec<Open>,
    anchors: HashMap<usize, Node>,
    root: Option<Node>,
    nodes: usize,
    most: usize,
    faults: Vec<Unreadable>,
}

/// Reads one file's text, of at most `most` values. `None` for a file without content.
///
/// # Errors
/// What makes the text unreadable, or a duplicate key, each with its place.
pub fn parse(file: &Arc<str>, text: &str, most: usize) -> Result<Option<Node>, Vec<Unreadable>> {
    let mut builder = Builder {
        file: Arc::clone(file),
        stack: Vec::new(),
        anchors: HashMap::new(),
        root: None,
        nodes: 0,
        most,
        faults: Vec::new(),
    };
    let mut documents = 0usize;
    for event in Parser::new_from_str(text) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => {
                let place = builder.at(error.marker().line(), error.marker().col(), 0);
                let message = format!("this is not YAML: {}", error.info());
                builder.fault(place, message);
                break;
            }
        };
        if matches!(event, Event::DocumentStart(_)) {
            documents += 1;
            if documents > 1 {
                let place = builder.place(span);
                builder.fault(place, "a second document; put it into a file of its own");
                break;
            }
        }
        if let Err(fault) = builder.take(event, span) {
            builder.faults.push(*fault);
            break;
        }
    }
    if builder.faults.is_empty() {
        Ok(builder.root.filter(|root| !root.is_null()))
    } else {
        Err(builder.faults)
    }
}

type Taken = Result<(), Box<Unreadable>>;

impl Builder {
    fn at(&self, line: usize, column: usize, width: usize) -> Place {
        Place {
            file: Arc::clone(&self.file),
            line: line.max(1),
            column: column + 1,
            width,
        }
    }

    fn place(&self, span: Span) -> Place {
        let one_line = span.start.line() == span.end.line();
        let width = if one_line {
            span.end.col().saturating_sub(span.start.col()).max(1)
        } else {
            1
        };
        self.at(span.start.line(), span.start.col(), width)
    }

    fn fault(&mut self, place: Place, message: impl Into<String>) {
        self.faults.push(*refuse(place, message));
    }

    fn take(&mut self, event: Event<'_>, span: Span) -> Taken {
        let place = self.place(span);
        let tag = match &event {
            Event::Scalar(_, _, _, tag)
            | Event::SequenceStart(_, tag)
            | Event::MappingStart(_, tag) => tag.as_deref(),
            _ => None,
        };
        if let Some(tag) = tag.filter(|tag| !is_plain(tag)) {
            return Err(refuse(place, format!("the tag {tag} means nothing here")));
        }
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let data = Data::Scalar {
                    text: text.into_owned(),
                    plain: style == ScalarStyle::Plain,
                    substituted: false,
                };
                self.finish(Node { place, data }, anchor)
            }
            Event::SequenceStart(anchor, _) => self.open(place, Data::List(Vec::new()), anchor),
            Event::MappingStart(anchor, _) => self.open(place, Data::Map(Vec::new()), anchor),
            Event::SequenceEnd | Event::MappingEnd => match self.stack.pop() {
                Some(open) => self.finish(open.node, open.anchor),
                None => Ok(()),
            },
            Event::Alias(anchor) => {
                let Some(mut node) = self.anchors.get(&anchor).cloned() else {
                    return Err(refuse(place, "this alias refers to nothing"));
                };
                // Each is no deeper than may be written, but one put into the other could be.
                if self.stack.len() + node.depth() > MAX_DEPTH {
                    return Err(too_deep(place));
                }
                node.place = place;
                self.nodes = self.nodes.saturating_add(node.size());
                self.finish(node, 0)
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => Ok(()),
        }
    }

    fn open(&mut self, place: Place, data: Data, anchor: usize) -> Taken {
        if self.stack.len() >= MAX_DEPTH {
            return Err(too_deep(place));
        }
        if let Some(Open {
            key: None,
            node: Node {
                data: Data::Map(_), ..
            },
            ..
        }) = self.stack.last()
        {
            return Err(refuse(place, "a key must be a single value"));
        }
        self.stack.push(Open {
            node: Node { place, data },
            key: None,
            anchor,
            seen: HashMap::new(),
        });
        Ok(())
    }

    /// Puts a finished node where it belongs: a key, a value, an item, or the whole.
    fn finish(&mut self, node: Node, anchor: usize) -> Taken {
        self.nodes = self.nodes.saturating_add(1);
        if self.nodes > self.most {
            return Err(refuse(
                node.place,
                format!("more than {} values, aliases counted in full", self.most),
            ));
        }
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
            self.nodes = self.nodes.saturating_add(node.size());
        }
        let Some(parent) = self.stack.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        match &mut parent.node.data {
            Data::List(items) => items.push(node),
            Data::Map(entries) => match parent.key.take() {
                Some(key) => entries.push((key, node)),
                None => {
                    let Data::Scalar { text, .. } = node.data else {
                        return Err(refuse(node.place, "a key must be a single value"));
                    };
                    let key = Key {
                        text,
                        place: node.place,
                    };
                    let twin = parent.seen.insert(key.text.clone(), entries.len());
                    if let Some((twin, _)) = twin.and_then(|it| entries.get(it)) {
                        let message = format!(
                            "the key '{}' stands here a second time; the first is at {}",
                            key.text, twin.place
                        );
                        self.faults.push(*refuse(key.place.clone(), message));
                    }
                    parent.key = Some(key);
                }
            },
            Data::Scalar { .. } => {}
        }
        Ok(())
    }
}

/// True for the tags of YAML's core schema: they say what a text is read as anyway.
fn is_plain(tag: &Tag) -> bool {
    const CORE: [&str; 7] = ["str", "int", "float", "bool", "null", "seq", "map"];
    tag.is_yaml_core_schema() && CORE.contains(&tag.suffix.as_str())
}

fn too_deep(place: Place) -> Box<Unreadable> {
    refuse(place, format!("nested deeper than {MAX_DEPTH} levels"))
}

fn refuse(place: Place, message: impl Into<String>) -> Box<Unreadable> {
    let message = message.into();
    Box::new(Unreadable { place, message })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_put_together_are_no_deeper_than_what_is_written() {
        let mut text = format!("- &a0 {}{}\n", "[".repeat(40), "]".repeat(40));
        for step in 1..60 {
            let (open, close) = ("[".repeat(40), "]".repeat(40));
            text.push_str(&format!("- &a{step} {open}*a{}{close}\n", step - 1));
        }
        let faults = parse(&Arc::from(""), &text, 200_000).unwrap_err();
        assert_eq!(faults[0].place.line, 2);
        assert!(faults[0].message.contains("deeper"), "{faults:?}");
        let shallow = "[&a [[x]], [*a]]";
        assert!(parse(&Arc::from(""), shallow, 100).is_ok());
    }

    #[test]
    fn values_are_read_by_the_core_schema() {
        let text = "{a: 1, b: 1.5, c: '1', d: true, e: ~, f: 12:30, g: nan, h: [x, -2], i: 1e3}";
        let node = parse(&Arc::from(""), text, 100).unwrap().unwrap();
        let expected = serde_json::json!({
            "a": 1, "b": 1.5, "c": "1", "d": true, "e": null, "f": "12:30", "g": "nan",
            "h": ["x", -2], "i": 1000.0,
        });
        assert_eq!(node.to_json(), expected);
    }
}

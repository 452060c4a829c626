//! Where in a JSON document a byte stands: a JSON pointer (RFC 6901), for people.

use std::ops::Range;

/// The longest pointer, in bytes: what is deeper is cut.
const LONGEST: usize = 256;

/// The deepest place that is spelt out.
const DEEPEST: usize = 128;

/// The pointer to the value that holds the byte at `at`, or to the value of the key that does.
/// Keys that touch one of `hidden` are written as `*`: a pointer must not say what was found.
pub(crate) fn pointer(document: &[u8], at: usize, hidden: &[Range<usize>]) -> String {
    let mut walk = Walk {
        document,
        levels: Vec::new(),
    };
    let mut place = 0;
    while place <= at {
        let Some(byte) = document.get(place) else {
            break;
        };
        place = walk.step(place, *byte, at);
    }
    walk.pointer(hidden)
}

/// One container that is open.
enum Level {
    /// The current key's inside, and whether a key comes next.
    Object(Range<usize>, bool),
    /// The current item.
    Array(usize),
}

struct Walk<'d> {
    document: &'d [u8],
    levels: Vec<Level>,
}

impl Walk<'_> {
    /// Takes what stands at `place`, and gives where it goes on.
    fn step(&mut self, place: usize, byte: u8, at: usize) -> usize {
        match byte {
            b'{' => self.levels.push(Level::Object(place..place, true)),
            b'[' => self.levels.push(Level::Array(0)),
            // A container that ends at the very place is where it is.
            b'}' | b']' if place < at => {
                self.levels.pop();
            }
            b',' => match self.levels.last_mut() {
                Some(Level::Object(_, next)) => *next = true,
                Some(Level::Array(item)) => *item += 1,
                None => {}
            },
            b'"' => return self.string(place),
            _ => {}
        }
        place + 1
    }

    fn string(&mut self, place: usize) -> usize {
        let rest = self.document.get(place + 1..).unwrap_or_default();
        let mut escaped = false;
        let length = rest.iter().position(|byte| {
            let ends = *byte == b'"' && !escaped;
            escaped = *byte == b'\\' && !escaped;
            ends
        });
        let end = place + 1 + length.unwrap_or(rest.len());
        if let Some(Level::Object(key, next @ true)) = self.levels.last_mut() {
            *key = place + 1..end;
            *next = false;
        }
        end + 1
    }

    fn pointer(&self, hidden: &[Range<usize>]) -> String {
        let mut out = String::new();
        for level in self.levels.iter().take(DEEPEST) {
            let segment = match level {
                Level::Array(item) => item.to_string(),
                Level::Object(key, _) => {
                    let shown = |it: &Range<usize>| it.end <= key.start || key.end <= it.start;
                    match hidden.iter().all(shown) {
                        true => self.key(key),
                        false => "*".to_owned(),
                    }
                }
            };
            if out.len() + 1 + segment.len() > LONGEST {
                break;
            }
            out.push('/');
            out.push_str(&segment);
        }
        out
    }

    fn key(&self, key: &Range<usize>) -> String {
        let raw = self.document.get(key.clone()).unwrap_or_default();
        let raw = std::str::from_utf8(raw).unwrap_or_default();
        let text = inspect::json::unquoted(raw).text;
        text.replace('~', "~0").replace('/', "~1")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_is_found_by_its_way_through_the_document() {
        let document = br#"{"a":1,"messages":[{"content":"x"},{"content":[{"text":"here","k\"/":2}]}],"z":[]}"#;
        let at = |needle: &str| {
            let text = std::str::from_utf8(document).unwrap();
            let at = text.find(needle).unwrap();
            pointer(document, at, &[])
        };
        assert_eq!(at("1,"), "/a");
        assert_eq!(at("x\""), "/messages/0/content");
        assert_eq!(at("here"), "/messages/1/content/0/text");
        assert_eq!(at("2}"), "/messages/1/content/0/k\"~1");
        assert_eq!(pointer(document, 10_000, &[]), "");
    }

    #[test]
    fn a_key_that_is_a_value_itself_is_not_told() {
        let document = br#"{"arguments":{"jo@example.com":"x"}}"#;
        let hidden = [0..1, 15..29];
        assert_eq!(pointer(document, 20, &hidden), "/arguments/*");
        assert_eq!(pointer(document, 33, &hidden), "/arguments/*");
        assert_eq!(pointer(document, 33, &[]), "/arguments/jo@example.com");
    }

    #[test]
    fn deep_and_broken_documents_have_a_short_pointer() {
        let deep = "[".repeat(100_000);
        assert!(pointer(deep.as_bytes(), deep.len() - 1, &[]).len() <= LONGEST);
        for broken in ["", "\"", "{\"a", "}}}]", "{\"a\\"] {
            let _ = pointer(broken.as_bytes(), 10, &[]);
        }
    }
}

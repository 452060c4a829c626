//! Where one stands in a JSON document that a text is: a number there has no quotes, and what takes
//! its place is a text, so it needs some.

/// Follows a text that may be a JSON document, whose strings may be documents again.
#[derive(Debug)]
pub(crate) struct Document {
    /// How often the text itself is written as a JSON string: 1 for the inside of one, 0 for what
    /// it says.
    written: u32,
    /// What the text is.
    kind: Kind,
    /// The strings that are open, each in the one before: what it is.
    open: Vec<Kind>,
    /// Backslashes just before.
    slashes: usize,
    /// How much of [`QUOTE`] was seen.
    spelt: usize,
    /// A quote was spelt as a number: which strings are open can't be told any more.
    lost: bool,
    /// The last byte that is no space.
    before: u8,
}

/// What a text is, as far as it was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Unseen,
    /// It begins with a bracket. Prose may: `[Draft] …`.
    Bracket,
    Document,
    Plain,
}

impl Kind {
    /// What it is with one more byte.
    const fn with(self, byte: u8) -> Self {
        match (self, byte) {
            (Kind::Unseen, b'{' | b'[') => Kind::Bracket,
            (Kind::Unseen, _) => Kind::Plain,
            (Kind::Bracket, b'"' | b'{' | b'[' | b']' | b'}' | b'-' | b'0'..=b'9') => {
                Kind::Document
            }
            (Kind::Bracket, _) => Kind::Plain,
            (known, _) => known,
        }
    }
}

/// Behind a backslash: a quote.
const QUOTE: &[u8] = b"u0022";

impl Document {
    pub(crate) const fn new(written: u32) -> Self {
        Self {
            written,
            kind: Kind::Unseen,
            open: Vec::new(),
            slashes: 0,
            spelt: 0,
            lost: false,
            before: 0,
        }
    }

    /// True when the text is no document, so that nothing in it needs quotes.
    pub(crate) fn is_plain(&self) -> bool {
        self.kind == Kind::Plain
    }

    /// Goes on behind these.
    pub(crate) fn take(&mut self, text: &str) {
        if self.is_plain() {
            return;
        }
        for byte in text.bytes() {
            self.step(byte);
        }
    }

    /// Goes on behind something that takes the place of a value.
    pub(crate) fn take_mark(&mut self) {
        self.slashes = 0;
        self.note(b'0');
    }

    /// The quote to write before and behind what takes the place of a value here; none: it needs
    /// none.
    pub(crate) fn quote(&self) -> Option<String> {
        let kind = self.open.last().copied().unwrap_or(self.kind);
        let may = matches!(kind, Kind::Bracket | Kind::Document);
        let is_bare = may && matches!(self.before, b':' | b',' | b'[');
        // Each string around doubles the backslashes, and adds one.
        let depth = u32::try_from(self.open.len()).unwrap_or(u32::MAX);
        let slashes = 1usize.checked_shl(depth.saturating_add(self.written))?;
        (is_bare && !self.lost).then(|| {
            let mut quote = "\\".repeat(slashes.saturating_sub(1));
            quote.push('"');
            quote
        })
    }

    fn step(&mut self, byte: u8) {
        let slashes = std::mem::take(&mut self.slashes);
        self.spelt = match QUOTE.get(self.spelt) {
            Some(next) if *next == byte && (self.spelt > 0 || slashes > 0) => self.spelt + 1,
            _ => 0,
        };
        self.lost |= self.spelt == QUOTE.len();
        match byte {
            b'\\' => self.slashes = slashes + 1,
            b'"' => self.quoted(slashes),
            b' ' | b'\t' | b'\n' | b'\r' => {}
            b't' | b'n' | b'r' if slashes > 0 => {}
            other => self.note(other),
        }
    }

    /// A quote behind so many backslashes: the more, the deeper is the string that it opens or
    /// closes.
    fn quoted(&mut self, slashes: usize) {
        let Some(depth) = slashes.trailing_ones().checked_sub(self.written) else {
            return;
        };
        let depth = usize::try_from(depth).unwrap_or(usize::MAX);
        self.note(b'"');
        match depth.cmp(&self.open.len()) {
            std::cmp::Ordering::Less => self.open.truncate(depth),
            std::cmp::Ordering::Equal => self.open.push(Kind::Unseen),
            // It opens something in what isn't open.
            std::cmp::Ordering::Greater => {}
        }
    }

    fn note(&mut self, byte: u8) {
        let of = match self.open.last_mut() {
            Some(inner) => inner,
            None => &mut self.kind,
        };
        *of = of.with(byte);
        self.before = byte;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quote_behind(written: u32, text: &str) -> Option<String> {
        let mut document = Document::new(written);
        // In two pieces, wherever it is cut.
        for cut in (0..=text.len()).filter(|it| text.is_char_boundary(*it)) {
            let mut again = Document::new(written);
            let (front, back) = text.split_at(cut);
            again.take(front);
            again.take(back);
            document = again;
        }
        document.quote()
    }

    /// The inside of the JSON string that says `text`.
    fn inside(text: &str) -> String {
        let quoted = serde_json::to_string(text).unwrap();
        let inside = quoted.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
        inside.unwrap().to_owned()
    }

    #[test]
    fn a_number_of_a_document_needs_quotes_and_one_in_its_strings_does_not() {
        for (text, quote) in [
            (r#"{"card": "#, Some("\"")),
            ("\n [1, ", Some("\"")),
            ("{\"a\":[", Some("\"")),
            (r#"{"note":"pay, "#, None),
            (r#"{"note":"C:\\","n":"#, Some("\"")),
            (r#"{"note":"5\" of, "#, None),
            (r#"{"note":"a \"b\", "#, None),
            (r#"{"n":"{\"card\": "#, Some(r#"\""#)),
            (r#"{"n":"{\"card\": \"at, "#, None),
            (r#"{"n":"{\"m\":\"x [1, "#, None),
            (r#"{"n":"{\"m\":\"{\\\"card\\\":"#, Some(r#"\\\""#)),
            (r#"{"n":"{\"card\": 1}","c":"#, Some("\"")),
            (r#"{"n": {"#, None),
            ("Pay {1, ", None),
            ("[Draft] Contact: ", None),
            ("{name}, ", None),
            ("[-1, ", Some("\"")),
            ("pay, ", None),
            ("\"[\", ", None),
            (r#"{"a":"\u0022, "#, None),
            ("", None),
        ] {
            assert_eq!(quote_behind(0, text).as_deref(), quote, "{text}");
            let (raw, written) = (inside(text), quote.map(inside));
            assert_eq!(quote_behind(1, &raw), written, "{raw}");
        }
    }
}

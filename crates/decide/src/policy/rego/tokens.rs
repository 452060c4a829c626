//! The words of a Rego text, with their places: enough to see what a policy refers to before it is
//! compiled.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name or keyword.
    Word,
    /// A string, with its quotes.
    Text,
    /// A number.
    Number,
    /// Anything else: one character, or two for `:=`, `==`, `!=`, `<=`, `>=`.
    Sign,
}

/// One token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'a> {
    pub kind: Kind,
    pub text: &'a str,
    /// Where it begins, in bytes.
    pub start: usize,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

impl Token<'_> {
    pub fn is(&self, sign: &str) -> bool {
        self.kind == Kind::Sign && self.text == sign
    }

    pub fn is_word(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.text == word
    }

    /// Where it ends, in bytes.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// What a string says; none for all else, and for one that can't be read.
    pub fn said(&self) -> Option<String> {
        if self.kind != Kind::Text {
            return None;
        }
        match self.text.strip_prefix('`') {
            Some(raw) => raw.strip_suffix('`').map(str::to_owned),
            None => serde_json::from_str(self.text).ok(),
        }
    }
}

/// The words that are no names.
pub(super) const KEYWORDS: &[&str] = &[
    "as", "contains", "default", "else", "every", "false", "if", "import", "in", "not", "null",
    "package", "some", "true", "with",
];

/// Every token of a text. What is no Rego comes out as signs: the engine says what is wrong.
pub(super) fn read(text: &str) -> Vec<Token<'_>> {
    let mut reader = Reader {
        text,
        at: 0,
        line: 1,
        column: 1,
    };
    let mut tokens = Vec::new();
    while let Some(token) = reader.next() {
        tokens.push(token);
    }
    tokens
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    line: usize,
    column: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn step(&mut self, length: usize) -> &'a str {
        let passed = self.rest().get(..length).unwrap_or_default();
        for letter in passed.chars() {
            if letter == '\n' {
                self.line += 1;
                self.column = 1;
            } else {
                self.column += 1;
            }
        }
        self.at += passed.len();
        passed
    }

    fn skip_blanks(&mut self) {
        loop {
            let rest = self.rest();
            let blank = rest.len() - rest.trim_start().len();
            let comment = match rest.starts_with('#') {
                true => rest.find('\n').unwrap_or(rest.len()),
                false => 0,
            };
            if blank + comment == 0 {
                return;
            }
            self.step(blank.max(comment));
        }
    }

    fn next(&mut self) -> Option<Token<'a>> {
        self.skip_blanks();
        let (start, line, column) = (self.at, self.line, self.column);
        let rest = self.rest();
        let first = rest.chars().next()?;
        let (kind, length) = match first {
            '"' => (Kind::Text, quoted(rest)),
            '`' => {
                let raw = rest.get(1..).unwrap_or_default();
                let length = raw.find('`').map_or(rest.len(), |end| end + 2);
                (Kind::Text, length)
            }
            'a'..='z' | 'A'..='Z' | '_' => {
                let word = |it: char| it.is_ascii_alphanumeric() || it == '_';
                (Kind::Word, rest.find(|it| !word(it)).unwrap_or(rest.len()))
            }
            '0'..='9' => {
                let number = |it: char| it.is_ascii_alphanumeric() || it == '.';
                let length = rest.find(|it| !number(it)).unwrap_or(rest.len());
                (Kind::Number, length)
            }
            _ => {
                let two = [":=", "==", "!=", "<=", ">="];
                let two = two.iter().any(|sign| rest.starts_with(sign));
                (Kind::Sign, if two { 2 } else { first.len_utf8() })
            }
        };
        let text = self.step(length);
        Some(Token {
            kind,
            text,
            start,
            line,
            column,
        })
    }
}

/// How long a quoted string is; it ends with its line at the latest.
fn quoted(rest: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            '\n' => return at,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// A reference: a name, what is said after its dots, and how it goes on.
#[derive(Clone, Debug)]
pub(super) struct Reference<'a> {
    /// Which token it begins with.
    pub at: usize,
    pub root: Token<'a>,
    /// The steps that are said: `.name`, `["name"]`.
    pub path: Vec<String>,
    /// It is called.
    pub called: bool,
}

impl Reference<'_> {
    /// Its name, with dots.
    pub fn name(&self) -> String {
        let mut name = self.root.text.to_owned();
        for step in &self.path {
            name.push('.');
            name.push_str(step);
        }
        name
    }
}

/// Every reference among these tokens.
pub(super) fn references<'a>(tokens: &[Token<'a>]) -> Vec<Reference<'a>> {
    let mut found = Vec::new();
    for (at, root) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|it| tokens.get(it));
        let is_step = before.is_some_and(|it| it.is(".") && it.end() == root.start);
        if root.kind != Kind::Word || is_step || KEYWORDS_NOT_CALLED.contains(&root.text) {
            continue;
        }
        found.push(reference(tokens, at, *root));
    }
    found
}

/// `contains` is a function, too.
const KEYWORDS_NOT_CALLED: &[&str] = &[
    "as", "default", "else", "every", "false", "if", "import", "in", "not", "null", "package",
    "some", "true", "with",
];

fn reference<'a>(tokens: &[Token<'a>], at: usize, root: Token<'a>) -> Reference<'a> {
    let mut path = Vec::new();
    let (mut next, mut end) = (at + 1, root.end());
    let mut goes_on = false;
    while let Some(token) = tokens.get(next).filter(|it| it.start == end) {
        if token.is(".")
            && let Some(step) = tokens.get(next + 1)
            && step.kind == Kind::Word
        {
            path.push(step.text.to_owned());
            (next, end) = (next + 2, step.end());
            continue;
        }
        if token.is("[") {
            let said = tokens.get(next + 1).and_then(Token::said);
            let closing = tokens.get(next + 2).filter(|it| it.is("]"));
            if let (Some(said), Some(closing)) = (said, closing) {
                path.push(said);
                (next, end) = (next + 3, closing.end());
                continue;
            }
            goes_on = true;
        }
        break;
    }
    let called = tokens.get(next).is_some_and(|it| it.is("(")) && !goes_on;
    Reference {
        at,
        root,
        path,
        called,
    }
}

//! Words of an expression: names, numbers, texts and signs, with their places.

/// What is wrong, and at which byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) at: usize,
    pub(super) message: String,
    pub(super) unbuilt: bool,
}

impl Wrong {
    pub(super) fn new(at: usize, message: impl Into<String>) -> Self {
        Self {
            at,
            message: message.into(),
            unbuilt: false,
        }
    }
}

/// A word.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Word<'s> {
    Name(&'s str),
    /// Without its sign.
    Int(u64),
    Uint(u64),
    Double(f64),
    Text(String),
    Sign(&'static str),
    End,
}

impl Word<'_> {
    /// The word, for people.
    pub(super) fn shown(&self) -> String {
        match self {
            Word::Name(name) => format!("'{name}'"),
            Word::Int(_) | Word::Uint(_) | Word::Double(_) => "a number".to_owned(),
            Word::Text(_) => "a string".to_owned(),
            Word::Sign(sign) => format!("'{sign}'"),
            Word::End => "the end of the expression".to_owned(),
        }
    }
}

/// Longer ones first.
const SIGNS: [&str; 23] = [
    "&&", "||", "==", "!=", "<=", ">=", "<", ">", "!", "?", ":", "+", "-", "*", "/", "%", ".", ",",
    "(", ")", "[", "]", "{",
];

/// Reads the words of `source`, one by one.
pub(super) struct Lexer<'s> {
    source: &'s str,
    at: usize,
}

impl<'s> Lexer<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        Self { source, at: 0 }
    }

    fn rest(&self) -> &'s str {
        self.source.get(self.at..).unwrap_or_default()
    }

    /// Takes what `of` says of as many characters as there are.
    fn take_while(&mut self, of: impl Fn(char) -> bool) -> &'s str {
        let rest = self.rest();
        let end = rest.find(|it| !of(it)).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or_default()
    }

    fn skip_blanks(&mut self) {
        loop {
            self.take_while(|it| matches!(it, ' ' | '\t' | '\n' | '\r' | '\x0c'));
            if !self.rest().starts_with("//") {
                return;
            }
            self.take_while(|it| it != '\n');
        }
    }

    /// The next word, and the byte at which it begins.
    pub(super) fn next(&mut self) -> Result<(usize, Word<'s>), Wrong> {
        self.skip_blanks();
        let at = self.at;
        let rest = self.rest();
        let Some(first) = rest.chars().next() else {
            return Ok((at, Word::End));
        };
        let follows = |n: usize| rest.chars().nth(n).unwrap_or('\0');
        let is_quote = |it: char| it == '"' || it == '\'';
        let raw = matches!(first, 'r' | 'R') && is_quote(follows(1));
        if raw || is_quote(first) {
            return Ok((at, Word::Text(self.text(at, raw)?)));
        }
        if matches!(first, 'b' | 'B') && is_quote(follows(1)) {
            return Err(Wrong::new(at, "bytes are not known here; write a string"));
        }
        if first.is_ascii_digit() || (first == '.' && follows(1).is_ascii_digit()) {
            return Ok((at, self.number(at)?));
        }
        if first.is_ascii_alphabetic() || first == '_' {
            let name = self.take_while(|it| it.is_ascii_alphanumeric() || it == '_');
            return Ok((at, Word::Name(name)));
        }
        if first == '}' {
            self.at += 1;
            return Ok((at, Word::Sign("}")));
        }
        if let Some(sign) = SIGNS.iter().copied().find(|it| rest.starts_with(it)) {
            self.at += sign.len();
            return Ok((at, Word::Sign(sign)));
        }
        Err(Wrong::new(at, unexpected(first)))
    }

    fn number(&mut self, at: usize) -> Result<Word<'s>, Wrong> {
        let hexadecimal = ["0x", "0X"].iter().any(|it| self.rest().starts_with(it));
        if hexadecimal {
            self.at += 2;
            let digits = self.take_while(|it| it.is_ascii_hexdigit());
            let value = u64::from_str_radix(digits, 16);
            return self.whole(at, value.map_err(|_| unreadable(at))?);
        }
        self.take_while(|it| it.is_ascii_digit());
        let mut double = false;
        let rest = self.rest();
        if rest.starts_with('.') && rest.chars().nth(1).is_some_and(|it| it.is_ascii_digit()) {
            self.at += 1;
            self.take_while(|it| it.is_ascii_digit());
            double = true;
        }
        if self.rest().starts_with(['e', 'E']) {
            self.at += 1;
            if self.rest().starts_with(['+', '-']) {
                self.at += 1;
            }
            self.take_while(|it| it.is_ascii_digit());
            double = true;
        }
        let text = self.source.get(at..self.at).unwrap_or_default();
        if double {
            let value: f64 = text.parse().map_err(|_| unreadable(at))?;
            if !value.is_finite() {
                return Err(unreadable(at));
            }
            return self.ends(at).map(|()| Word::Double(value));
        }
        self.whole(at, text.parse().map_err(|_| unreadable(at))?)
    }

    fn whole(&mut self, at: usize, value: u64) -> Result<Word<'s>, Wrong> {
        if self.rest().starts_with(['u', 'U']) {
            self.at += 1;
            return self.ends(at).map(|()| Word::Uint(value));
        }
        self.ends(at).map(|()| Word::Int(value))
    }

    /// Nothing that belongs to a name may follow a number.
    fn ends(&self, at: usize) -> Result<(), Wrong> {
        let next = self.rest().chars().next().unwrap_or(' ');
        if next.is_ascii_alphanumeric() || next == '_' {
            return Err(unreadable(at));
        }
        Ok(())
    }

    fn text(&mut self, at: usize, raw: bool) -> Result<String, Wrong> {
        self.at += usize::from(raw);
        let quote = if self.rest().starts_with('"') {
            "\""
        } else {
            "'"
        };
        let triple = quote.repeat(3);
        let long = self.rest().starts_with(&triple);
        let closing = if long { triple.as_str() } else { quote };
        self.at += closing.len();
        let mut text = String::new();
        loop {
            let rest = self.rest();
            if rest.starts_with(closing) {
                self.at += closing.len();
                return Ok(text);
            }
            match rest.chars().next() {
                None => {
                    return Err(Wrong::new(
                        at,
                        format!("the string lacks its closing {closing}"),
                    ));
                }
                Some('\n' | '\r') if !long => {
                    let message = format!("the string lacks its closing {quote} on this line");
                    return Err(Wrong::new(at, message));
                }
                Some('\\') if !raw => text.push(self.escape()?),
                Some(other) => {
                    self.at += other.len_utf8();
                    text.push(other);
                }
            }
        }
    }

    fn escape(&mut self) -> Result<char, Wrong> {
        let at = self.at;
        let wrong = || {
            Wrong::new(
                at,
                "an escape that is not known; for a backslash write \\\\",
            )
        };
        self.at += 1;
        let letter = self.rest().chars().next().ok_or_else(wrong)?;
        self.at += letter.len_utf8();
        let simple = match letter {
            'a' => '\x07',
            'b' => '\x08',
            'f' => '\x0c',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\x0b',
            '\\' | '?' | '"' | '\'' | '`' => letter,
            'x' | 'X' => return self.code(2, 16).ok_or_else(wrong),
            'u' => return self.code(4, 16).ok_or_else(wrong),
            'U' => return self.code(8, 16).ok_or_else(wrong),
            '0'..='3' => {
                self.at -= 1;
                return self.code(3, 8).ok_or_else(wrong);
            }
            _ => return Err(wrong()),
        };
        Ok(simple)
    }

    /// The character whose number is written in so many digits.
    fn code(&mut self, digits: usize, base: u32) -> Option<char> {
        let text = self.rest().get(..digits)?;
        if !text.chars().all(|it| it.is_digit(base)) {
            return None;
        }
        self.at += digits;
        char::from_u32(u32::from_str_radix(text, base).ok()?)
    }
}

fn unreadable(at: usize) -> Wrong {
    Wrong::new(at, "a number that can't be read")
}

fn unexpected(first: char) -> String {
    let shown = first.escape_debug();
    match first {
        '&' => "one '&' means nothing; did you mean '&&'?".to_owned(),
        '|' => "one '|' means nothing; did you mean '||'?".to_owned(),
        '=' => "one '=' means nothing; did you mean '=='?".to_owned(),
        '`' => "names in backquotes are not known here; write arguments[\"a-name\"]".to_owned(),
        '“' | '”' | '‘' | '’' => {
            format!("'{shown}' is not a quote that CEL knows; write \"")
        }
        _ => format!("'{shown}' means nothing here"),
    }
}

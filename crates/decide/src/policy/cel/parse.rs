//! From words to a tree: CEL's grammar, with bounds on size and depth. Macros stay the calls that
//! they are written as.

use super::syntax::{Lexer, Word, Wrong};

/// Bytes of an expression.
pub(super) const MAX_BYTES: usize = 8 * 1024;
/// Nodes of its tree.
pub(super) const MAX_NODES: usize = 512;
/// Levels of its tree, and of its brackets.
pub(super) const MAX_DEPTH: usize = 32;
/// Elements of a list or a map in it.
pub(super) const MAX_ELEMENTS: usize = 1_000;

/// Words that CEL keeps for languages around it.
const RESERVED: [&str; 17] = [
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "namespace",
    "package",
    "return",
    "var",
    "void",
    "while",
];

/// A part of an expression, and the byte at which it stands.
#[derive(Debug)]
pub(super) struct Ast {
    pub(super) at: usize,
    pub(super) depth: usize,
    pub(super) kind: Kind,
}

#[derive(Debug)]
pub(super) enum Kind {
    Null,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Double(f64),
    Text(String),
    Name(String),
    Select(Box<Ast>, String),
    Index(Box<[Ast; 2]>),
    Call(Option<Box<Ast>>, String, Vec<Ast>),
    Not(Box<Ast>),
    Negate(Box<Ast>),
    /// `&&` (true) or `||` (false) of several.
    Logic(bool, Vec<Ast>),
    Binary(&'static str, Box<[Ast; 2]>),
    Choose(Box<[Ast; 3]>),
    List(Vec<Ast>),
    Map(Vec<(Ast, Ast)>),
}

/// Reads an expression.
pub(super) fn parse(source: &str) -> Result<Ast, Wrong> {
    if source.len() > MAX_BYTES {
        let message = format!(
            "an expression may have {MAX_BYTES} bytes; this has {}",
            source.len()
        );
        return Err(Wrong::new(0, message));
    }
    let mut lexer = Lexer::new(source);
    let (at, word) = lexer.next()?;
    let mut parser = Parser {
        lexer,
        at,
        word,
        nodes: 0,
        elements: 0,
        open: 0,
    };
    let tree = parser.expression()?;
    match parser.word {
        Word::End => Ok(tree),
        _ => Err(parser.unexpected("an operator or the end")),
    }
}

struct Parser<'s> {
    lexer: Lexer<'s>,
    at: usize,
    word: Word<'s>,
    nodes: usize,
    /// Literals that stand in a list or a map as its elements: they count apart.
    elements: usize,
    open: usize,
}

impl<'s> Parser<'s> {
    fn step(&mut self) -> Result<Word<'s>, Wrong> {
        let (at, word) = self.lexer.next()?;
        self.at = at;
        Ok(std::mem::replace(&mut self.word, word))
    }

    fn is(&self, sign: &str) -> bool {
        matches!(self.word, Word::Sign(it) if it == sign)
    }

    fn accept(&mut self, sign: &str) -> Result<bool, Wrong> {
        let is = self.is(sign);
        if is {
            self.step()?;
        }
        Ok(is)
    }

    fn expect(&mut self, sign: &str) -> Result<(), Wrong> {
        match self.accept(sign)? {
            true => Ok(()),
            false => Err(self.unexpected(&format!("'{sign}'"))),
        }
    }

    fn unexpected(&self, wanted: &str) -> Wrong {
        let found = self.word.shown();
        let hint = match &self.word {
            Word::Name("and" | "AND") => " (did you mean '&&'?)",
            Word::Name("or" | "OR") => " (did you mean '||'?)",
            Word::Name("not" | "NOT") => " (did you mean '!'?)",
            _ => "",
        };
        Wrong::new(
            self.at,
            format!("{wanted} is expected here, not {found}{hint}"),
        )
    }

    /// A node over others.
    fn node(&mut self, at: usize, below: usize, kind: Kind) -> Result<Ast, Wrong> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            let message = format!("an expression may have {MAX_NODES} parts; this has more");
            return Err(Wrong::new(at, message));
        }
        let depth = below + 1;
        if depth > MAX_DEPTH {
            return Err(too_deep(at));
        }
        Ok(Ast { at, depth, kind })
    }

    fn pair(&mut self, at: usize, a: Ast, b: Ast, of: &'static str) -> Result<Ast, Wrong> {
        let below = a.depth.max(b.depth);
        self.node(at, below, Kind::Binary(of, Box::new([a, b])))
    }

    fn expression(&mut self) -> Result<Ast, Wrong> {
        self.open += 1;
        if self.open > MAX_DEPTH {
            return Err(too_deep(self.at));
        }
        let condition = self.logic(false)?;
        let at = self.at;
        let tree = if self.accept("?")? {
            let yes = self.logic(false)?;
            self.expect(":")?;
            let no = self.expression()?;
            let below = condition.depth.max(yes.depth).max(no.depth);
            self.node(at, below, Kind::Choose(Box::new([condition, yes, no])))?
        } else {
            condition
        };
        self.open -= 1;
        Ok(tree)
    }

    /// `a || b || …` of `a && b && …`.
    fn logic(&mut self, and: bool) -> Result<Ast, Wrong> {
        let sign = if and { "&&" } else { "||" };
        let first = self.term(and)?;
        let at = self.at;
        let mut terms = vec![first];
        while self.accept(sign)? {
            let term = self.term(and)?;
            terms.push(term);
        }
        if terms.len() == 1 {
            return terms.pop().ok_or_else(|| self.unexpected("an expression"));
        }
        let below = terms.iter().map(|it| it.depth).max().unwrap_or(0);
        self.node(at, below, Kind::Logic(and, terms))
    }

    fn term(&mut self, and: bool) -> Result<Ast, Wrong> {
        if and {
            self.relation()
        } else {
            self.logic(true)
        }
    }

    fn relation(&mut self) -> Result<Ast, Wrong> {
        let mut left = self.sum()?;
        loop {
            let at = self.at;
            let of = match self.word {
                Word::Sign(it @ ("==" | "!=" | "<" | "<=" | ">" | ">=")) => it,
                Word::Name("in") => "in",
                _ => return Ok(left),
            };
            self.step()?;
            let right = self.sum()?;
            left = self.pair(at, left, right, of)?;
        }
    }

    fn sum(&mut self) -> Result<Ast, Wrong> {
        let mut left = self.product()?;
        loop {
            let at = self.at;
            let Word::Sign(of @ ("+" | "-")) = self.word else {
                return Ok(left);
            };
            self.step()?;
            let right = self.product()?;
            left = self.pair(at, left, right, of)?;
        }
    }

    fn product(&mut self) -> Result<Ast, Wrong> {
        let mut left = self.unary()?;
        loop {
            let at = self.at;
            let Word::Sign(of @ ("*" | "/" | "%")) = self.word else {
                return Ok(left);
            };
            self.step()?;
            let right = self.unary()?;
            left = self.pair(at, left, right, of)?;
        }
    }

    fn unary(&mut self) -> Result<Ast, Wrong> {
        let mut signs = Vec::new();
        while self.is("!") || self.is("-") {
            signs.push((self.at, self.is("!")));
            if signs.len() > MAX_DEPTH {
                return Err(too_deep(self.at));
            }
            self.step()?;
        }
        // `-9223372036854775808` has no positive twin: a sign right before a number is part of it.
        let negative = signs.last().is_some_and(|(_, not)| !not)
            && matches!(self.word, Word::Int(_) | Word::Double(_));
        if negative {
            signs.pop();
        }
        let mut operand = self.member(negative)?;
        while let Some((at, not)) = signs.pop() {
            let below = operand.depth;
            let kind = match not {
                true => Kind::Not(Box::new(operand)),
                false => Kind::Negate(Box::new(operand)),
            };
            operand = self.node(at, below, kind)?;
        }
        Ok(operand)
    }

    fn member(&mut self, negative: bool) -> Result<Ast, Wrong> {
        let mut of = self.primary(negative)?;
        loop {
            let at = self.at;
            if self.accept(".")? {
                let at = self.at;
                let name = match self.step()? {
                    Word::Name(name) if !is_keyword(name) => name.to_owned(),
                    Word::Sign("?") => {
                        return Err(Wrong::new(at, "'.?' is not known here; ask with has()"));
                    }
                    other => {
                        let found = other.shown();
                        return Err(Wrong::new(
                            at,
                            format!("a name is expected after '.', not {found}"),
                        ));
                    }
                };
                let below = of.depth;
                of = if self.accept("(")? {
                    let args = self.elements(")")?;
                    let below = deepest(&args).max(below);
                    self.node(at, below, Kind::Call(Some(Box::new(of)), name, args))?
                } else {
                    self.node(at, below, Kind::Select(Box::new(of), name))?
                };
            } else if self.accept("[")? {
                if self.is("?") {
                    return Err(Wrong::new(
                        self.at,
                        "'[?' is not known here; ask with has() or 'in'",
                    ));
                }
                let index = self.expression()?;
                self.expect("]")?;
                let below = of.depth.max(index.depth);
                of = self.node(at, below, Kind::Index(Box::new([of, index])))?;
            } else if self.is("{") {
                return Err(Wrong::new(at, "messages can't be made here"));
            } else {
                return Ok(of);
            }
        }
    }

    fn primary(&mut self, negative: bool) -> Result<Ast, Wrong> {
        let at = self.at;
        if self.accept("(")? {
            let inner = self.expression()?;
            self.expect(")")?;
            return Ok(inner);
        }
        if self.accept("[")? {
            let items = self.elements("]")?;
            let below = deepest(&items);
            return self.node(at, below, Kind::List(items));
        }
        if self.accept("{")? {
            return self.map(at);
        }
        let kind = match &self.word {
            Word::Name("true") => Kind::Bool(true),
            Word::Name("false") => Kind::Bool(false),
            Word::Name("null") => Kind::Null,
            Word::Name(name) if is_keyword(name) || RESERVED.contains(name) => {
                return Err(Wrong::new(
                    at,
                    format!("'{name}' is a word that CEL keeps for itself"),
                ));
            }
            Word::Name(name) => Kind::Name((*name).to_owned()),
            Word::Int(value) => Kind::Int(
                signed(*value, negative)
                    .ok_or_else(|| Wrong::new(at, "the number is too large for 64 bits"))?,
            ),
            Word::Uint(value) => Kind::Uint(*value),
            Word::Double(value) => Kind::Double(if negative { -value } else { *value }),
            Word::Text(text) => Kind::Text(text.clone()),
            Word::Sign(_) | Word::End => return Err(self.unexpected("an expression")),
        };
        self.step()?;
        if let Kind::Name(name) = &kind
            && self.is("(")
        {
            let name = name.clone();
            self.step()?;
            let args = self.elements(")")?;
            let below = deepest(&args);
            return self.node(at, below, Kind::Call(None, name, args));
        }
        self.node(at, 0, kind)
    }

    /// Expressions with commas between them, until `closing`. Those of one literal each count as
    /// elements, of which there may be more than parts.
    fn elements(&mut self, closing: &str) -> Result<Vec<Ast>, Wrong> {
        let mut items = Vec::new();
        while !self.is(closing) {
            let item = self.expression()?;
            self.element(&item)?;
            items.push(item);
            if !self.accept(",")? {
                break;
            }
            if closing == ")" && self.is(")") {
                return Err(self.unexpected("an expression"));
            }
        }
        self.expect(closing)?;
        Ok(items)
    }

    fn element(&mut self, item: &Ast) -> Result<(), Wrong> {
        if item.depth == 1 && !matches!(item.kind, Kind::Name(_)) {
            self.nodes = self.nodes.saturating_sub(1);
            self.elements += 1;
        }
        if self.elements > MAX_ELEMENTS {
            let message = format!("lists may have {MAX_ELEMENTS} elements; this has more");
            return Err(Wrong::new(item.at, message));
        }
        Ok(())
    }

    fn map(&mut self, at: usize) -> Result<Ast, Wrong> {
        let mut entries = Vec::new();
        let mut below = 0;
        while !self.is("}") {
            let key = self.expression()?;
            self.expect(":")?;
            let value = self.expression()?;
            self.element(&key)?;
            self.element(&value)?;
            below = below.max(key.depth).max(value.depth);
            entries.push((key, value));
            if !self.accept(",")? {
                break;
            }
        }
        self.expect("}")?;
        self.node(at, below, Kind::Map(entries))
    }
}

fn deepest(items: &[Ast]) -> usize {
    items.iter().map(|it| it.depth).max().unwrap_or(0)
}

fn too_deep(at: usize) -> Wrong {
    Wrong::new(
        at,
        format!("an expression may be {MAX_DEPTH} levels deep; this is deeper"),
    )
}

fn is_keyword(name: &str) -> bool {
    matches!(name, "in" | "true" | "false" | "null")
}

fn signed(value: u64, negative: bool) -> Option<i64> {
    let value = i128::from(value);
    i64::try_from(if negative { -value } else { value }).ok()
}

//! The rest of an open finding: how far a key goes on that was recognised by its beginning.
//!
//! Whole texts and streams ask the same machine, so that of any cut the same is found. It keeps
//! no text, and every byte is looked at once.

/// How far the lines before a key's body may reach, in bytes from its start.
pub(super) const HEAD: usize = 320;

/// What follows an open finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rest {
    kind: Kind,
    over: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A private key between armour lines.
    Armour { seen: usize, state: Armour },
    /// A PuTTY key, up to its message authentication code.
    Putty { matched: usize, digits: bool },
    /// A JWT with so many more dots.
    Dotted { dots: u8 },
    /// A run of token characters.
    Run,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Armour {
    /// So many hyphens of the first line's end are still to come; before it, its words.
    First { hyphens: u8 },
    /// Between the armour lines, behind so many hyphens.
    Body { hyphens: u8 },
    /// Behind hyphens, so many letters of `END` are there.
    End { letters: u8 },
    /// The label of the last line, then so many hyphens.
    Last { hyphens: u8 },
}

const MAC: &[u8] = b"Private-MAC:";

impl Rest {
    /// What follows the finding whose text begins like this: `text` is all that was given of it.
    /// A finding that is whole has no rest.
    pub fn of(text: &str) -> Self {
        let mut rest = Self::start(text);
        rest.take(text);
        rest
    }

    /// How far the finding goes that starts with `text`, and whether it is known that it ends
    /// there.
    pub(super) fn measure(text: &str) -> (usize, bool) {
        let mut rest = Self::start(text);
        let len = rest.take(text);
        (len, rest.over)
    }

    fn start(text: &str) -> Self {
        let kind = if text.starts_with("----") {
            let state = Armour::First { hyphens: 0 };
            Kind::Armour { seen: 0, state }
        } else if text.starts_with("PuTTY-") {
            Kind::Putty {
                matched: 0,
                digits: false,
            }
        } else if text.starts_with("eyJ") {
            let dots = super::jwt::dots(text);
            Kind::Dotted { dots }
        } else {
            Kind::Run
        };
        Self { kind, over: false }
    }

    /// How many bytes of `text`, which follows what was given before, belong to the finding. Fewer
    /// than it has: the finding ends there, and nothing after it belongs to it.
    pub fn take(&mut self, text: &str) -> usize {
        if self.over {
            return 0;
        }
        for (at, byte) in text.bytes().enumerate() {
            match self.kind.step(byte) {
                Step::On => {}
                Step::Before => {
                    self.over = true;
                    return at;
                }
                Step::Behind => {
                    self.over = true;
                    return at + 1;
                }
            }
        }
        text.len()
    }

    /// True when it is known that nothing more belongs to it.
    pub fn is_over(&self) -> bool {
        self.over
    }
}

enum Step {
    /// The byte belongs to it.
    On,
    /// It ended before the byte.
    Before,
    /// It ends with the byte.
    Behind,
}

impl Kind {
    fn step(&mut self, byte: u8) -> Step {
        match self {
            Kind::Armour { seen, state } => {
                *seen = seen.saturating_add(1);
                state.step(byte, *seen <= HEAD)
            }
            Kind::Putty { matched, digits } => putty(matched, digits, byte),
            Kind::Dotted { dots } => match byte {
                b'.' if *dots > 0 => {
                    *dots -= 1;
                    Step::On
                }
                b'.' => Step::Before,
                _ => on(byte.is_ascii_alphanumeric() || b"_-=".contains(&byte)),
            },
            Kind::Run => on(byte.is_ascii_alphanumeric() || b"_-=+/%~".contains(&byte)),
        }
    }
}

fn on(belongs: bool) -> Step {
    if belongs { Step::On } else { Step::Before }
}

/// Base64, space, line ends written as escapes, and the quotes and signs with which a key stands
/// in code, line by line.
fn is_body(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte.is_ascii_whitespace() || b"+/=-\\\"'>".contains(&byte)
}

/// What stands in the lines before the body: `DEK-Info: AES-128-CBC,6B0E`, `Comment: a@b (x)`.
fn is_head(byte: u8) -> bool {
    is_body(byte) || b":,.()@;_".contains(&byte)
}

impl Armour {
    fn step(&mut self, byte: u8, head: bool) -> Step {
        match self {
            Armour::First { hyphens } => {
                // The hyphens before the label count down no further than its first letter.
                if byte == b'-' {
                    *hyphens = hyphens.saturating_add(1);
                } else if *hyphens >= 8 {
                    *self = Armour::Body { hyphens: 0 };
                    return self.step(byte, head);
                }
                on(byte.is_ascii_alphanumeric() || byte == b' ' || byte == b'-')
            }
            Armour::Body { hyphens } => {
                if byte == b'-' {
                    *hyphens = hyphens.saturating_add(1);
                    return Step::On;
                }
                if *hyphens < 4 {
                    *hyphens = 0;
                    return on(if head { is_head(byte) } else { is_body(byte) });
                }
                match byte {
                    b' ' => Step::On,
                    b'E' => {
                        *self = Armour::End { letters: 1 };
                        Step::On
                    }
                    _ => Step::Before,
                }
            }
            Armour::End { letters } => {
                let wanted = if *letters == 1 { b'N' } else { b'D' };
                if byte != wanted {
                    return Step::Before;
                }
                *letters += 1;
                if *letters == 3 {
                    *self = Armour::Last { hyphens: 0 };
                }
                Step::On
            }
            Armour::Last { hyphens } => match byte {
                b'-' if *hyphens == 4 => Step::Behind,
                b'-' => {
                    *hyphens += 1;
                    Step::On
                }
                _ if *hyphens > 0 => Step::Before,
                _ => on(byte.is_ascii_alphanumeric() || byte == b' '),
            },
        }
    }
}

fn putty(matched: &mut usize, digits: &mut bool, byte: u8) -> Step {
    if *matched == MAC.len() {
        if byte.is_ascii_hexdigit() {
            *digits = true;
            return Step::On;
        }
        return on(!*digits && byte == b' ');
    }
    *matched = if MAC.get(*matched) == Some(&byte) {
        *matched + 1
    } else {
        usize::from(byte == b'P')
    };
    on(is_head(byte))
}

//! What attackers do to a text so that rules don't see it, and a model still reads it.

use crate::base64;
use crate::rng::Rng;

mod further;

pub use further::FURTHER;

/// A way to hide a text.
#[derive(Debug)]
pub struct Transform {
    /// What it is.
    pub name: &'static str,
    /// The text, hidden.
    pub apply: fn(&mut Rng, &str) -> String,
}

/// Every way.
pub const ALL: &[Transform] = &[
    Transform {
        name: "zero-width characters",
        apply: zero_width,
    },
    Transform {
        name: "homoglyphs",
        apply: homoglyphs,
    },
    Transform {
        name: "tag characters",
        apply: tags,
    },
    Transform {
        name: "fullwidth letters",
        apply: |_, text| fullwidth(text),
    },
    Transform {
        name: "combining marks",
        apply: marks,
    },
    Transform {
        name: "leet",
        apply: |_, text| leet(text),
    },
    Transform {
        name: "spaced letters",
        apply: |rng, text| spaced(rng, text),
    },
    Transform {
        name: "mixed case",
        apply: mixed,
    },
    Transform {
        name: "line breaks",
        apply: |_, text| text.replace(' ', "\n"),
    },
    Transform {
        name: "markdown between words",
        apply: |_, text| {
            text.split(' ')
                .map(|it| format!("**{it}**"))
                .collect::<Vec<_>>()
                .join(" ")
        },
    },
    Transform {
        name: "base64",
        apply: |_, text| format!("Here is the note: {}", base64::plain(text.as_bytes())),
    },
    Transform {
        name: "hex",
        apply: |_, text| format!("Here is the note: {}", hex(text)),
    },
    Transform {
        name: "URL escapes",
        apply: |_, text| format!("Here is the note: {}", escaped(text)),
    },
    Transform {
        name: "ROT13",
        apply: |_, text| rot13(text),
    },
    Transform {
        name: "base64 of base64",
        apply: |_, text| {
            format!(
                "Here is the note: {}",
                base64::plain(base64::plain(text.as_bytes()).as_bytes())
            )
        },
    },
    Transform {
        name: "within long clean text",
        apply: padded,
    },
];

fn zero_width(rng: &mut Rng, text: &str) -> String {
    let mut out = String::new();
    for it in text.chars() {
        out.push(it);
        if it.is_alphabetic() && rng.chance(40) {
            out.push(rng.of(&[
                '\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}', '\u{ad}',
            ]));
        }
    }
    out
}

fn homoglyphs(rng: &mut Rng, text: &str) -> String {
    let alike = |it: char| match it {
        'a' => 'а',
        'c' => 'с',
        'e' => 'е',
        'i' => 'і',
        'o' => 'о',
        'p' => 'р',
        's' => 'ѕ',
        'x' => 'х',
        'y' => 'у',
        'A' => 'Α',
        'I' => 'Ι',
        'O' => 'Ο',
        other => other,
    };
    text.chars()
        .map(|it| if rng.chance(50) { alike(it) } else { it })
        .collect()
}

/// The tag characters of Unicode, which nothing shows, behind a greeting.
fn tags(_: &mut Rng, text: &str) -> String {
    let hidden = text
        .chars()
        .filter_map(|it| char::from_u32(0xe_0000 + u32::from(it)))
        .filter(|it| *it < '\u{e0080}');
    "Hello, how are you today?".chars().chain(hidden).collect()
}

fn fullwidth(text: &str) -> String {
    let wide = |it: char| match it {
        '!'..='~' => char::from_u32(u32::from(it) + 0xfee0).unwrap_or(it),
        other => other,
    };
    text.chars().map(wide).collect()
}

fn marks(rng: &mut Rng, text: &str) -> String {
    let mut out = String::new();
    for it in text.chars() {
        out.push(it);
        if it.is_alphabetic() && rng.chance(30) {
            out.push(rng.of(&['\u{0301}', '\u{0308}', '\u{0323}', '\u{0336}']));
        }
    }
    out
}

fn leet(text: &str) -> String {
    let digit = |it: char| match it.to_ascii_lowercase() {
        'a' => '4',
        'e' => '3',
        'i' => '1',
        'o' => '0',
        's' => '5',
        't' => '7',
        _ => it,
    };
    text.chars().map(digit).collect()
}

fn spaced(rng: &mut Rng, text: &str) -> String {
    let between = rng.one(&[" ", ".", "-", "_"]);
    let word = |it: &str| {
        it.chars()
            .map(String::from)
            .collect::<Vec<_>>()
            .join(between)
    };
    text.split(' ').map(word).collect::<Vec<_>>().join("   ")
}

fn mixed(rng: &mut Rng, text: &str) -> String {
    text.chars()
        .map(|it| {
            if rng.chance(50) {
                it.to_ascii_uppercase()
            } else {
                it.to_ascii_lowercase()
            }
        })
        .collect()
}

fn hex(text: &str) -> String {
    text.bytes().map(|it| format!("{it:02x}")).collect()
}

fn escaped(text: &str) -> String {
    text.bytes().map(|it| format!("%{it:02X}")).collect()
}

fn rot13(text: &str) -> String {
    let turn = |it: char, first: u8| {
        let place = u8::try_from(u32::from(it)).unwrap_or(first) - first;
        char::from(first + (place + 13) % 26)
    };
    text.chars()
        .map(|it| match it {
            'a'..='z' => turn(it, b'a'),
            'A'..='Z' => turn(it, b'A'),
            other => other,
        })
        .collect()
}

fn padded(rng: &mut Rng, text: &str) -> String {
    let before = crate::guards::clean(rng, 12);
    let after = crate::guards::clean(rng, 12);
    format!("{before}\n{text}\n{after}")
}

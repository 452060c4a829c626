//! Further ways to hide a text, and ways on top of one another.

use super::Transform;
use crate::base64;
use crate::rng::Rng;

/// Ways beside those of [`super::ALL`]. The published figures don't count them.
pub const FURTHER: &[Transform] = &[
    way("dots within words", |_, text| within_words(text, ".", 2)),
    way("hyphens within words", |_, text| within_words(text, "-", 3)),
    way("dots between letters", |_, text| within_words(text, ".", 1)),
    way("underscores between words", |_, text| {
        text.replace(' ', "_")
    }),
    way("dots between words", |_, text| text.replace(' ', ".")),
    way("slashes between words", |_, text| text.replace(' ', " / ")),
    way("stars between words", |_, text| text.replace(' ', "*")),
    way("camel case", |_, text| camel(text)),
    way("mixed markdown", |_, text| markdown(text)),
    way("tags of HTML", |_, text| html(text)),
    way("list of words", |_, text| {
        format!("- {}", text.replace(' ', "\n- "))
    }),
    way("quoted lines", |_, text| {
        format!("> {}", text.replace(' ', "\n> "))
    }),
    way("numbered words", |_, text| numbered(text)),
    way("table of words", |_, text| {
        format!("| {} |", text.replace(' ', " | "))
    }),
    way("carriage returns", |_, text| text.replace(' ', "\r\n\r\n")),
    way("tabs and many spaces", |_, text| {
        text.replace(' ', " \t      ")
    }),
    way("line breaks within words", |_, text| {
        within_words(text, "\n", 3)
    }),
    way("wrapped lines", |_, text| wrapped(text)),
    way("letters without gaps", |_, text| {
        text.chars()
            .filter(|it| *it != ' ')
            .map(String::from)
            .collect::<Vec<_>>()
            .join(" ")
    }),
    way("words without gaps", |_, text| text.replace(' ', "")),
    way("a letter a line", |_, text| {
        text.chars()
            .map(String::from)
            .collect::<Vec<_>>()
            .join("\n")
    }),
    way("doubled letters", doubled),
    way("stretched letters", |_, text| {
        text.chars()
            .flat_map(|it| {
                let vowel = matches!(it, 'a' | 'e' | 'i' | 'o' | 'u');
                std::iter::repeat_n(it, if vowel { 3 } else { 1 })
            })
            .collect()
    }),
    way("accents", |_, text| accents(text)),
    way("accents dropped", |_, text| dropped(text)),
    way("every letter marked", stacked),
    way("bidi override", |_, text| {
        format!("\u{202e}{}\u{202c}", reversed(text))
    }),
    way("bidi marks", bidi),
    way("reversed", |_, text| reversed(text)),
    way("reversed words", |_, text| {
        text.split(' ').map(reversed).collect::<Vec<_>>().join(" ")
    }),
    way("HTML entities", |_, text| {
        text.chars()
            .map(|it| format!("&#{};", u32::from(it)))
            .collect()
    }),
    way("some HTML entities", |_, text| {
        let hex = |it: char| format!("&#x{:X};", u32::from(it));
        some(text, hex)
    }),
    way("escapes of JSON", |_, text| {
        text.chars()
            .map(|it| format!("\\u{:04x}", u32::from(it)))
            .collect()
    }),
    way("some escapes", |_, text| {
        some(text, |it| format!("\\x{:02x}", u32::from(it)))
    }),
    way("some URL escapes", |_, text| {
        some(text, |it| format!("%{:02x}", u32::from(it)))
    }),
    way("base64 in lines", |_, text| {
        cut(&base64::plain(text.as_bytes()), 20, "\n")
    }),
    way("base64 in pieces", |_, text| {
        text.split(' ')
            .collect::<Vec<_>>()
            .chunks(4)
            .map(|it| base64::plain(it.join(" ").as_bytes()))
            .collect::<Vec<_>>()
            .join(" ")
    }),
    way("hex with spaces", |_, text| pairs(text, " ")),
    way("hex with colons", |_, text| pairs(text, ":")),
    way("hex with 0x", |_, text| format!("0x{}", pairs(text, " 0x"))),
    way("binary", |_, text| {
        text.bytes()
            .map(|it| format!("{it:08b}"))
            .collect::<Vec<_>>()
            .join(" ")
    }),
    way("every letter doubled", |_, text| {
        text.chars()
            .flat_map(|it| std::iter::repeat_n(it, if it.is_alphabetic() { 2 } else { 1 }))
            .collect()
    }),
    way("HTML entities without ends", |_, text| {
        text.chars()
            .map(|it| format!("&#{}", u32::from(it)))
            .collect()
    }),
    way("base64 in strings that are joined", |_, text| {
        let code = base64::plain(text.as_bytes());
        format!("\"{}\"", cut(&code, 16, "\" + \""))
    }),
    way("base64 with spaces", |_, text| {
        cut(&base64::plain(text.as_bytes()), 10, " ")
    }),
    way("hex with \\x", |_, text| {
        format!("\\x{}", pairs(text, "\\x"))
    }),
    way("hex with commas", |_, text| pairs(text, ", ")),
    way("packed hex with 0x", |_, text| {
        format!("0x{}", pairs(text, ""))
    }),
    way("code points", |_, text| {
        text.chars()
            .map(|it| format!("U+{:04X}", u32::from(it)))
            .collect::<Vec<_>>()
            .join(" ")
    }),
    way("decimal codes", |_, text| decimal(text, " ")),
    way("decimal codes with commas", |_, text| {
        format!("[{}]", decimal(text, ", "))
    }),
    way("Morse", |_, text| morse(text)),
    way("mathematical letters", |_, text| {
        letters(text, 0x1_d400, 0x1_d41a)
    }),
    way("circled letters", |_, text| letters(text, 0x24b6, 0x24d0)),
    way("squared letters", |_, text| {
        letters(text, 0x1_f130, 0x1_f130)
    }),
    way("regional indicators", |_, text| {
        letters(text, 0x1_f1e6, 0x1_f1e6)
    }),
    way("small capitals", |_, text| small_capitals(text)),
    way("more leet", more_leet),
    way("leet and dots", |_, text| {
        super::leet(&within_words(text, ".", 1))
    }),
    way("markdown and marks", |rng, text| {
        markdown(&super::marks(rng, text))
    }),
    way("line breaks and leet", |_, text| {
        super::leet(&text.replace(' ', "\n"))
    }),
    way("zero-width and spaced", |rng, text| {
        let spaced = super::spaced(rng, text);
        super::zero_width(rng, &spaced)
    }),
    way("homoglyphs and underscores", |rng, text| {
        super::homoglyphs(rng, &text.replace(' ', "_"))
    }),
    way("base64 of ROT13", |_, text| {
        base64::plain(super::rot13(text).as_bytes())
    }),
    way("base64 of leet", |_, text| {
        base64::plain(super::leet(text).as_bytes())
    }),
    way("base64 of fullwidth letters", |_, text| {
        base64::plain(super::fullwidth(text).as_bytes())
    }),
    way("hex of base64", |_, text| {
        super::hex(&base64::plain(text.as_bytes()))
    }),
    way("URL escapes of line breaks", |_, text| {
        super::escaped(&text.replace(' ', "\n"))
    }),
];

const fn way(name: &'static str, apply: fn(&mut Rng, &str) -> String) -> Transform {
    Transform { name, apply }
}

/// Puts `sign` between letters, after so many of them.
fn within_words(text: &str, sign: &str, every: usize) -> String {
    let mut out = String::new();
    let mut run = 0;
    for it in text.chars() {
        if it.is_alphabetic() {
            if run == every {
                out.push_str(sign);
                run = 0;
            }
            run += 1;
        } else {
            run = 0;
        }
        out.push(it);
    }
    out
}

fn camel(text: &str) -> String {
    text.split(' ')
        .map(|it| {
            let mut letters = it.chars();
            let first = letters.next().map(|it| it.to_ascii_uppercase());
            first.into_iter().chain(letters).collect::<String>()
        })
        .collect()
}

/// A way of emphasis for each word in turn.
fn markdown(text: &str) -> String {
    let signs = ["**", "_", "`", "~~", "***", "__", "*"];
    text.split(' ')
        .zip(signs.iter().cycle())
        .map(|(word, sign)| format!("{sign}{word}{sign}"))
        .collect::<Vec<_>>()
        .join(" ")
}

fn html(text: &str) -> String {
    let tags = ["b", "i", "span", "strong", "u"];
    text.split(' ')
        .zip(tags.iter().cycle())
        .map(|(word, tag)| format!("<{tag}>{word}</{tag}>"))
        .collect::<Vec<_>>()
        .join(" ")
}

fn numbered(text: &str) -> String {
    text.split(' ')
        .enumerate()
        .map(|(place, word)| format!("{}. {word}", place + 1))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Lines of about 24 characters.
fn wrapped(text: &str) -> String {
    let mut out = String::new();
    let mut line = 0;
    for word in text.split(' ') {
        if line > 0 {
            let full = line + word.len() > 24;
            out.push(if full { '\n' } else { ' ' });
            line = if full { 0 } else { line + 1 };
        }
        out.push_str(word);
        line += word.len();
    }
    out
}

fn doubled(rng: &mut Rng, text: &str) -> String {
    let mut out = String::new();
    for it in text.chars() {
        out.push(it);
        if it.is_ascii_alphabetic() && rng.chance(20) {
            out.push(it);
        }
    }
    out
}

/// Each vowel with an accent.
fn accents(text: &str) -> String {
    let accent = |it: char| match it {
        'a' => 'á',
        'e' => 'ê',
        'i' => 'ï',
        'o' => 'ö',
        'u' => 'ù',
        'n' => 'ñ',
        'c' => 'ç',
        'A' => 'Å',
        'I' => 'Î',
        other => other,
    };
    text.chars().map(accent).collect()
}

/// Letters with accents written without.
fn dropped(text: &str) -> String {
    let bare = |it: char| match it {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ą' | 'ă' => 'a',
        'é' | 'è' | 'ê' | 'ë' | 'ę' | 'ě' => 'e',
        'í' | 'ì' | 'î' | 'ï' | 'ı' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ő' | 'ø' => 'o',
        'ú' | 'ù' | 'û' | 'ü' | 'ű' | 'ů' => 'u',
        'ç' | 'ć' | 'č' => 'c',
        'ñ' | 'ń' | 'ň' => 'n',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ź' | 'ż' | 'ž' => 'z',
        'ř' => 'r',
        'ť' | 'ţ' | 'ț' => 't',
        'ý' => 'y',
        'ď' => 'd',
        'ğ' => 'g',
        'ł' => 'l',
        'Ä' | 'À' | 'Á' => 'A',
        'É' | 'È' => 'E',
        'Ö' => 'O',
        'Ü' => 'U',
        'İ' => 'I',
        other => other,
    };
    text.chars().map(bare).collect()
}

/// Several marks over every letter.
fn stacked(rng: &mut Rng, text: &str) -> String {
    let mut out = String::new();
    for it in text.chars() {
        out.push(it);
        if it.is_alphabetic() {
            for _ in 0..rng.between(1, 6) {
                let mark = u32::try_from(rng.between(0x300, 0x34e)).unwrap_or(0x300);
                out.extend(char::from_u32(mark));
            }
        }
    }
    out
}

fn bidi(rng: &mut Rng, text: &str) -> String {
    let marks = [
        '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{2066}',
        '\u{2069}', '\u{61c}',
    ];
    let mut out = String::new();
    for it in text.chars() {
        if rng.chance(30) {
            out.push(rng.of(&marks));
        }
        out.push(it);
    }
    out
}

fn reversed(text: &str) -> String {
    text.chars().rev().collect()
}

/// Every third letter written otherwise.
fn some(text: &str, write: impl Fn(char) -> String) -> String {
    let mut out = String::new();
    for (place, it) in text.chars().enumerate() {
        if it.is_ascii_alphabetic() && place % 3 == 0 {
            out.push_str(&write(it));
        } else {
            out.push(it);
        }
    }
    out
}

fn cut(text: &str, every: usize, with: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    letters
        .chunks(every)
        .map(|it| it.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join(with)
}

fn pairs(text: &str, between: &str) -> String {
    text.bytes()
        .map(|it| format!("{it:02x}"))
        .collect::<Vec<_>>()
        .join(between)
}

fn decimal(text: &str, between: &str) -> String {
    text.bytes()
        .map(|it| it.to_string())
        .collect::<Vec<_>>()
        .join(between)
}

/// Letters alone, words with a slash between.
fn morse(text: &str) -> String {
    let letter = |it: char| match it.to_ascii_lowercase() {
        'a' => ".-",
        'b' => "-...",
        'c' => "-.-.",
        'd' => "-..",
        'e' => ".",
        'f' => "..-.",
        'g' => "--.",
        'h' => "....",
        'i' => "..",
        'j' => ".---",
        'k' => "-.-",
        'l' => ".-..",
        'm' => "--",
        'n' => "-.",
        'o' => "---",
        'p' => ".--.",
        'q' => "--.-",
        'r' => ".-.",
        's' => "...",
        't' => "-",
        'u' => "..-",
        'v' => "...-",
        'w' => ".--",
        'x' => "-..-",
        'y' => "-.--",
        'z' => "--..",
        ',' => "--..--",
        '\'' => ".----.",
        _ => "",
    };
    let word = |it: &str| {
        let letters: Vec<_> = it.chars().map(letter).filter(|it| !it.is_empty()).collect();
        letters.join(" ")
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" / ")
}

/// Letters of another block, which begins with the capitals or the small ones here.
fn letters(text: &str, capitals: u32, small: u32) -> String {
    let other = |it: char| match it {
        'A'..='Z' => char::from_u32(capitals + u32::from(it) - u32::from('A')).unwrap_or(it),
        'a'..='z' => char::from_u32(small + u32::from(it) - u32::from('a')).unwrap_or(it),
        other => other,
    };
    text.chars().map(other).collect()
}

fn small_capitals(text: &str) -> String {
    let small = |it: char| match it.to_ascii_lowercase() {
        'a' => 'ᴀ',
        'b' => 'ʙ',
        'c' => 'ᴄ',
        'd' => 'ᴅ',
        'e' => 'ᴇ',
        'f' => 'ꜰ',
        'g' => 'ɢ',
        'h' => 'ʜ',
        'i' => 'ɪ',
        'j' => 'ᴊ',
        'k' => 'ᴋ',
        'l' => 'ʟ',
        'm' => 'ᴍ',
        'n' => 'ɴ',
        'o' => 'ᴏ',
        'p' => 'ᴘ',
        'r' => 'ʀ',
        't' => 'ᴛ',
        'u' => 'ᴜ',
        'v' => 'ᴠ',
        'w' => 'ᴡ',
        'y' => 'ʏ',
        'z' => 'ᴢ',
        other => other,
    };
    text.chars().map(small).collect()
}

/// Not every letter, and other signs.
fn more_leet(rng: &mut Rng, text: &str) -> String {
    let sign = |rng: &mut Rng, it: char| match it.to_ascii_lowercase() {
        'a' => rng.of(&['4', '@']),
        'e' => '3',
        'i' => rng.of(&['1', '!']),
        'o' => '0',
        's' => rng.of(&['5', '$']),
        't' => rng.of(&['7', '+']),
        'l' => '1',
        'g' => '9',
        'b' => '8',
        _ => it,
    };
    text.chars()
        .map(|it| if rng.chance(50) { sign(rng, it) } else { it })
        .collect()
}

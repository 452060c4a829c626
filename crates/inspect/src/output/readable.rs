//! Text that is written as base64 or hexadecimal.

/// The shortest run that is tried: shorter ones are names and numbers.
const SHORTEST: usize = 24;

/// The longest part that is read, in bytes.
const MOST: usize = 400;

/// True where what is encoded reads as words: so much for keys, hashes and pictures.
pub(super) fn is_encoded_text(value: &str) -> bool {
    let value = value.trim_end_matches("%3D").trim_end_matches('=');
    if value.len() < SHORTEST {
        return false;
    }
    let bytes = || value.bytes().take(MOST);
    let reads = |it: Option<Vec<u8>>| it.is_some_and(|it| is_text(&it));
    reads(base64(bytes())) || reads(hexadecimal(bytes()))
}

/// Letters, spaces between them, and little else.
fn is_text(bytes: &[u8]) -> bool {
    let plain = |it: &&u8| it.is_ascii_graphic() || matches!(**it, b' ' | b'\n' | b'\t');
    let letters = |it: &&u8| it.is_ascii_alphabetic();
    let parting = |it: &&u8| matches!(**it, b' ' | b'\n' | b'=' | b':' | b';' | b',' | b'&' | b'-');
    let count = bytes.len();
    let has = |kind: usize, share: usize| kind * 100 >= count * share;
    has(bytes.iter().filter(plain).count(), 97)
        && has(bytes.iter().filter(letters).count(), 50)
        && bytes.iter().filter(parting).count() >= 2
}

fn base64(bytes: impl Iterator<Item = u8>) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut bits = 0_u32;
    let mut held = 0_u32;
    for byte in bytes {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        held = (held << 6 | u32::from(six)) & 0xFFFF;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((held >> bits & 0xFF) as u8);
        }
    }
    Some(out)
}

fn hexadecimal(bytes: impl Iterator<Item = u8>) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut high = None;
    for byte in bytes {
        let four = char::from(byte).to_digit(16)? as u8;
        match high.take() {
            Some(it) => out.push(it << 4 | four),
            None => high = Some(four),
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_from_keys_and_hashes() {
        assert!(is_encoded_text("dGhlIHVzZXIgYXNrZWQgYWJvdXQgc2FsYXJ5"));
        assert!(is_encoded_text("7468652075736572207361796120796573206e6f"));
        assert!(!is_encoded_text(
            "4f7c2a9e1b8d3065f2a7c94e8b1d60734f7c2a9e1b8d3065"
        ));
        assert!(!is_encoded_text("photo1518791841217ixlibrb1crop"));
        assert!(!is_encoded_text("how-we-measure-things-in-this-house"));
    }
}

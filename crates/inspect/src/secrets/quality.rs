//! What sets a secret apart from placeholders, names and hashes.

/// Words that only placeholders have.
const FILLERS: &[&str] = &[
    "changeme",
    "change-me",
    "change_me",
    "your",
    "xxxx",
    "placeholder",
    "redacted",
    "dummy",
    "replace",
    "insert",
    "example",
    "not-a-real",
    "notareal",
    "****",
    "....",
    "0000000",
    "${",
    "{{",
    "$(",
    "<",
    ">",
];

/// How many different bytes there are (of ASCII).
pub(super) fn distinct(bytes: &[u8]) -> u32 {
    let mut seen = 0u128;
    for byte in bytes {
        seen |= 1 << (byte & 0x7f);
    }
    seen.count_ones()
}

/// Shannon's entropy, in bits a byte.
pub(super) fn entropy(bytes: &[u8]) -> f32 {
    let mut counts = [0u16; 256];
    for byte in bytes {
        if let Some(count) = counts.get_mut(usize::from(*byte)) {
            *count = count.saturating_add(1);
        }
    }
    let all = bytes.len().max(1) as f32;
    let parts = counts.iter().filter(|it| **it > 0).map(|count| {
        let share = f32::from(*count) / all;
        -share * share.log2()
    });
    parts.sum()
}

/// True when it stands in the place of a secret: `<your-key>`, `xxxx`, `abcdefgh`.
pub(super) fn is_placeholder(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    FILLERS.iter().any(|it| lower.contains(it)) || is_monotone(value)
}

/// True when it is hardly more than one character, or counts up: `aaaaaaaa`, `12345678`, `abcdefgh`.
pub(super) fn is_monotone(value: &str) -> bool {
    let bytes = value.as_bytes();
    let few = 3.max(bytes.len() / 10);
    if bytes.len() >= 4 && distinct(bytes) as usize <= few.min(5) {
        return true;
    }
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    let steps = pairs
        .filter(|(left, right)| left.wrapping_add(1) == **right)
        .count();
    bytes.len() >= 6 && steps * 10 >= (bytes.len() - 1) * 6
}

/// True when it is made of words and small numbers, as names are: `my-service-2024`,
/// `getUserToken`, `sha256`.
pub(super) fn is_wordy(value: &str) -> bool {
    value
        .split(|it: char| !it.is_ascii_alphanumeric())
        .all(|piece| {
            let name = piece.trim_end_matches(|it: char| it.is_ascii_digit());
            let letters = name.bytes().all(|it| it.is_ascii_alphabetic());
            letters && piece.len() - name.len() <= 4
        })
}

/// True for the form of a UUID (RFC 9562).
pub(super) fn is_uuid(value: &str) -> bool {
    value.len() == 36
        && value.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// True when all are hexadecimal digits.
pub(super) fn is_hex(value: &str) -> bool {
    value.bytes().all(|it| it.is_ascii_hexdigit())
}

/// How many of lower case, upper case, digits, and other characters occur.
pub(super) fn classes(value: &str) -> u32 {
    let mut seen = 0u8;
    for it in value.chars() {
        seen |= match it {
            _ if it.is_lowercase() => 1,
            _ if it.is_uppercase() => 2,
            _ if it.is_numeric() => 4,
            _ if it.is_alphabetic() => 1,
            _ => 8,
        };
    }
    seen.count_ones()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_known() {
        for text in [
            "<your-key>",
            "xxxxxxxx",
            "CHANGEME",
            "${TOKEN}",
            "12345678",
            "aaaaaaaaab",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in ["hunter2", "kX93mLq0Zt7Rb2Vn", "Summer2024!"] {
            assert!(!is_placeholder(text), "{text}");
        }
    }

    #[test]
    fn names_are_wordy_and_keys_are_not() {
        for text in ["my-service-2024", "getUserToken", "sha256", "a.b.c"] {
            assert!(is_wordy(text), "{text}");
        }
        for text in ["kX93mLq0Zt7Rb2Vn", "9f86d081884c7d65"] {
            assert!(!is_wordy(text), "{text}");
        }
    }

    #[test]
    fn entropy_is_that_of_the_letters() {
        assert!(entropy(b"aaaa") < 0.01);
        assert!((entropy(b"abab") - 1.0).abs() < 0.01);
        assert!((entropy(b"0123456789abcdef") - 4.0).abs() < 0.01);
    }
}

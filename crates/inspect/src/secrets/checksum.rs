//! Checks that some providers' keys carry: CRC-32 (ISO-HDLC), written in base62.

const BASE62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// Characters of a check.
const LEN: usize = 6;

/// True when the last six characters of `key` are the check of what stands before them, from
/// `from` on. GitHub and npm check what follows the prefix, this gateway's own keys all of it.
pub(super) fn is_right(key: &str, from: usize) -> bool {
    let Some(end) = key.len().checked_sub(LEN) else {
        return false;
    };
    match (key.get(from..end), key.get(end..)) {
        (Some(body), Some(check)) => base62(crc32(body.as_bytes())) == check.as_bytes(),
        _ => false,
    }
}

/// Bit by bit: it is asked for a few dozen bytes of what already looks like a key.
fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            let carry = if crc & 1 == 1 { 0xEDB8_8320 } else { 0 };
            crc = (crc >> 1) ^ carry;
        }
    }
    !crc
}

fn base62(mut rest: u32) -> [u8; LEN] {
    let mut letters = [b'0'; LEN];
    for letter in letters.iter_mut().rev() {
        let digit = usize::try_from(rest % 62).unwrap_or(0);
        *letter = BASE62.get(digit).copied().unwrap_or(b'0');
        rest /= 62;
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_check_value_holds() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }

    #[test]
    fn the_check_is_of_what_stands_before_it() {
        let check = String::from_utf8(base62(crc32(b"abcdef")).to_vec()).unwrap();
        assert!(is_right(&format!("ghp_abcdef{check}"), 4));
        assert!(!is_right(&format!("ghp_abcdeg{check}"), 4));
        assert!(!is_right("x", 4));
    }
}

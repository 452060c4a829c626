//! Base64 after RFC 4648.

const PLAIN: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// With padding.
pub fn plain(bytes: &[u8]) -> String {
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let word = chunk
            .iter()
            .chain(&[0, 0])
            .take(3)
            .fold(0_u64, |word, byte| word << 8 | u64::from(*byte));
        for place in 0..4 {
            let digit = word >> (18 - 6 * place) & 63;
            out.push(if place <= chunk.len() {
                crate::checks::letter(PLAIN, digit)
            } else {
                '='
            });
        }
    }
    out
}

/// For URLs, without padding.
pub fn url(bytes: &[u8]) -> String {
    plain(bytes)
        .trim_end_matches('=')
        .replace('+', "-")
        .replace('/', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_rfc_4648() {
        for (bytes, text) in [
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(plain(bytes.as_bytes()), text);
        }
    }
}

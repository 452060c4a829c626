//! Reversible tokens in a text: `{{PII_<TYPE>_<hex>}}`.

use std::ops::Range;

/// How every token begins.
const HEAD: &str = "{{PII_";

/// The longest token, in bytes, with its braces.
pub(super) const LONGEST: usize = 1100;

/// Fewer digits of hexadecimal don't make a token: no value that is a number hides in braces.
const FEWEST_DIGITS: usize = 24;

/// What stands at a place where a token could begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A token of so many bytes.
    Whole(usize),
    /// What could become one: the text ends before it is known.
    Begun,
    /// None.
    None,
}

/// What stands at the start of `text`.
fn read(text: &str) -> Token {
    let bytes = text.as_bytes();
    let head = HEAD.as_bytes();
    if bytes.len() < head.len() {
        return if head.starts_with(bytes) {
            Token::Begun
        } else {
            Token::None
        };
    }
    let Some(body) = text.strip_prefix(HEAD) else {
        return Token::None;
    };
    // Of the part behind the last `_`: how long it is, and whether all of it is hexadecimal.
    let (mut parts, mut digits, mut is_hex, mut is_type) = (0_usize, 0_usize, true, true);
    for (at, byte) in body.bytes().enumerate() {
        if head.len() + at + 2 > LONGEST {
            return Token::None;
        }
        match byte {
            b'_' if is_type && digits > 0 => {
                parts += 1;
                (digits, is_hex) = (0, true);
            }
            b'A'..=b'Z' | b'0'..=b'9' => {
                is_hex &= byte.is_ascii_hexdigit();
                digits += 1;
            }
            b'a'..=b'f' => {
                is_type = false;
                digits += 1;
            }
            b'}' => {
                if parts == 0 || !is_hex || digits < FEWEST_DIGITS {
                    return Token::None;
                }
                return match body.as_bytes().get(at + 1) {
                    Some(b'}') => Token::Whole(head.len() + at + 2),
                    Some(_) => Token::None,
                    None => Token::Begun,
                };
            }
            _ => return Token::None,
        }
        if !is_type && !is_hex {
            return Token::None;
        }
    }
    Token::Begun
}

/// The tokens that begin at or after `from`, and where one has begun that isn't whole, if there
/// is one.
pub(super) fn find(text: &str, from: usize) -> (Vec<Range<usize>>, Option<usize>) {
    let mut whole = Vec::new();
    let mut at = from;
    while let Some(next) = brace(text, at) {
        match text.get(next..).map_or(Token::None, read) {
            Token::Whole(len) => {
                whole.push(next..next + len);
                at = next + len;
            }
            Token::Begun => return (whole, Some(next)),
            Token::None => at = next + 1,
        }
    }
    (whole, None)
}

/// The first `{` at or after `from`.
fn brace(text: &str, from: usize) -> Option<usize> {
    let rest = text.as_bytes().get(from..)?;
    memchr::memchr(b'{', rest).map(|it| from + it)
}

#[cfg(test)]
#[expect(
    clippy::string_slice,
    reason = "a test stops where it finds something wrong"
)]
mod tests {
    use super::*;

    const TOKEN: &str = "{{PII_CREDIT_CARD_00112233445566778899aabbccddeeff}}";

    #[test]
    fn every_prefix_of_a_token_has_begun() {
        for end in 1..TOKEN.len() {
            assert_eq!(read(&TOKEN[..end]), Token::Begun, "{}", &TOKEN[..end]);
        }
        assert_eq!(read(TOKEN), Token::Whole(TOKEN.len()));
        assert_eq!(read(&format!("{TOKEN}}}")), Token::Whole(TOKEN.len()));
    }

    #[test]
    fn what_is_no_token_is_known_at_once() {
        let digits = "00112233445566778899aabbccddeeff";
        for text in [
            "{{PII_EMAIL_4111111111111111}}".to_owned(),
            format!("{{{{PII_{digits}}}}}"),
            format!("{{{{PII_EMAIL_{digits}g"),
            format!("{{{{PII_EMAIL_{digits}}} "),
            format!("{{{{PII_email_{digits}"),
            format!("{{{{PII__{digits}"),
            "{{PII_EMAIL_".to_owned() + &"0".repeat(LONGEST),
            "{{name}}".to_owned(),
            "{ ".to_owned(),
        ] {
            assert_eq!(read(&text), Token::None, "{text}");
        }
    }

    #[test]
    fn the_longest_token_is_one() {
        let room = LONGEST - "{{PII_EMAIL_}}".len();
        let text = format!("{{{{PII_EMAIL_{}}}}}", "0".repeat(room));
        assert_eq!(read(&text), Token::Whole(LONGEST));
        assert_eq!(read(&text[..LONGEST - 1]), Token::Begun);
    }

    #[test]
    fn tokens_are_found_between_other_braces() {
        let text = format!("{{ {{{TOKEN} {TOKEN}{{{{PII_");
        let (whole, begun) = find(&text, 0);
        let first = 3;
        let second = first + TOKEN.len() + 1;
        assert_eq!(
            whole,
            [first..first + TOKEN.len(), second..second + TOKEN.len()]
        );
        assert_eq!(begun, Some(second + TOKEN.len()));
    }
}

//! The letters of Morse, as ITU-R M.1677-1 has them.

use crate::scanner::blocks::{self, BLOCK};

/// Letters and digits with their signs.
const LETTERS: &[(&[u8], u8)] = &[
    (b".-", b'a'),
    (b"-...", b'b'),
    (b"-.-.", b'c'),
    (b"-..", b'd'),
    (b".", b'e'),
    (b"..-.", b'f'),
    (b"--.", b'g'),
    (b"....", b'h'),
    (b"..", b'i'),
    (b".---", b'j'),
    (b"-.-", b'k'),
    (b".-..", b'l'),
    (b"--", b'm'),
    (b"-.", b'n'),
    (b"---", b'o'),
    (b".--.", b'p'),
    (b"--.-", b'q'),
    (b".-.", b'r'),
    (b"...", b's'),
    (b"-", b't'),
    (b"..-", b'u'),
    (b"...-", b'v'),
    (b".--", b'w'),
    (b"-..-", b'x'),
    (b"-.--", b'y'),
    (b"--..", b'z'),
    (b"-----", b'0'),
    (b".----", b'1'),
    (b"..---", b'2'),
    (b"...--", b'3'),
    (b"....-", b'4'),
    (b".....", b'5'),
    (b"-....", b'6'),
    (b"--...", b'7'),
    (b"---..", b'8'),
    (b"----.", b'9'),
    (b".-.-.-", b'.'),
    (b"--..--", b','),
    (b"..--..", b'?'),
    (b".----.", b'\''),
];

/// The letter with these signs.
pub(super) fn letter(signs: &[u8]) -> Option<u8> {
    let known = LETTERS.iter().find(|(it, _)| *it == signs);
    known.map(|(_, letter)| *letter)
}

/// True for what stands between words.
pub(super) fn parts(gap: &[u8]) -> bool {
    gap != b" "
}

/// Where letters begin behind a space, in a block that has several.
pub(super) fn signs(block: &[u8; BLOCK]) -> u64 {
    let signs = blocks::mask(block, |it| matches!(it, b'.' | b'-'));
    if signs == 0 {
        return 0;
    }
    let space = blocks::mask(block, |it| it == b' ');
    let begin = signs & space << 1;
    if begin.count_ones() < 2 { 0 } else { begin }
}

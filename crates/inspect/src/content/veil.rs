//! Words that nobody wants to read in a source file, written in ROT13 and turned back when the
//! program is built.

/// `text` with each Latin letter moved by half of the alphabet; all else stays. `N` is its length.
pub const fn turned<const N: usize>(text: &str) -> [u8; N] {
    let mut out = [0; N];
    let mut room: &mut [u8] = &mut out;
    let mut rest = text.as_bytes();
    while let ([byte, tail @ ..], Some((place, left))) = (rest, room.split_first_mut()) {
        *place = match *byte {
            it @ (b'a'..=b'm' | b'A'..=b'M') => it + 13,
            it @ (b'n'..=b'z' | b'N'..=b'Z') => it - 13,
            it => it,
        };
        rest = tail;
        room = left;
    }
    out
}

/// One text, or a list of texts without commas, in ROT13.
macro_rules! veiled {
    ($text:literal) => {{
        const TURNED: [u8; $text.len()] = $crate::content::veil::turned($text);
        $crate::injection::wording::text(&TURNED)
    }};
    ([$($text:literal)*]) => { &[$(veiled!($text)),*] };
}
pub(crate) use veiled;

//! Finding the end of plain text inside a JSON string.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// How many bytes at the start are neither `"` nor `\` nor a control character.
///
/// Keys and short values mostly end within the first eight bytes, which are looked at as one
/// number; what is longer is prose, for which blocks of 32 bytes let the compiler use vector
/// instructions.
pub(super) fn plain(text: &[u8]) -> usize {
    let mut passed = 0;
    if let Some(word) = text.first_chunk::<8>() {
        match first_in_word(word) {
            Some(place) => return place,
            None => passed = 8,
        }
    }
    let (blocks, _) = text.get(passed..).unwrap_or_default().as_chunks::<32>();
    for block in blocks {
        if let Some(place) = first_in_block(block) {
            return passed + place;
        }
        passed += 32;
    }
    let (words, _) = text.get(passed..).unwrap_or_default().as_chunks::<8>();
    for word in words {
        if let Some(place) = first_in_word(word) {
            return passed + place;
        }
        passed += 8;
    }
    let rest = text.get(passed..).unwrap_or_default().iter();
    passed + rest.take_while(|byte| !is_special(**byte)).count()
}

fn is_special(byte: u8) -> bool {
    (byte < 0x20) | (byte == b'"') | (byte == b'\\')
}

/// Marks every byte, without a branch, and looks for the first mark afterwards.
fn first_in_block(block: &[u8; 32]) -> Option<usize> {
    let mut marks = [0u8; 32];
    for (mark, byte) in marks.iter_mut().zip(block) {
        *mark = if is_special(*byte) { 0xff } else { 0 };
    }
    let (halves, _) = marks.as_chunks::<16>();
    let mut passed = 0;
    for half in halves {
        let bits = u128::from_le_bytes(*half);
        if bits != 0 {
            return Some(passed + bytes(bits.trailing_zeros()));
        }
        passed += 16;
    }
    None
}

/// Sets the high bit of each byte that is special. Borrows can set bits above a true hit, never
/// below one: the lowest bit is exact.
fn first_in_word(word: &[u8; 8]) -> Option<usize> {
    let word = u64::from_le_bytes(*word);
    let quote = word ^ (ONES * 0x22);
    let backslash = word ^ (ONES * 0x5c);
    let control = word.wrapping_sub(ONES * 0x20) & !word;
    let quote = quote.wrapping_sub(ONES) & !quote;
    let backslash = backslash.wrapping_sub(ONES) & !backslash;
    let hits = (control | quote | backslash) & HIGHS;
    (hits != 0).then(|| bytes(hits.trailing_zeros()))
}

fn bytes(bits: u32) -> usize {
    usize::try_from(bits / 8).unwrap_or(0)
}

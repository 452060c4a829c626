//! Finding the end of plain text inside a JSON string.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// How many bytes at the start are neither `"` nor `\` nor a control character.
///
/// Keys and short values end within the first words, which are looked at eight bytes at once;
/// what is longer is prose, for which blocks of 32 bytes let the compiler use vector
/// instructions.
pub(super) fn plain(text: &[u8]) -> usize {
    let mut passed = 0;
    let (words, _) = text.as_chunks::<8>();
    for word in words.iter().take(3) {
        let hits = special(u64::from_le_bytes(*word));
        if hits != 0 {
            return passed + first(hits);
        }
        passed += 8;
    }
    let rest = text.get(passed..).unwrap_or_default();
    let (blocks, _) = rest.as_chunks::<32>();
    for block in blocks {
        if block
            .iter()
            .fold(false, |hit, byte| hit | is_special(*byte))
        {
            break;
        }
        passed += 32;
    }
    let rest = text.get(passed..).unwrap_or_default();
    let (words, _) = rest.as_chunks::<8>();
    for word in words {
        let hits = special(u64::from_le_bytes(*word));
        if hits != 0 {
            return passed + first(hits);
        }
        passed += 8;
    }
    let rest = text.get(passed..).unwrap_or_default();
    passed + rest.iter().take_while(|byte| !is_special(**byte)).count()
}

fn is_special(byte: u8) -> bool {
    (byte < 0x20) | (byte == b'"') | (byte == b'\\')
}

/// The high bit of each byte that is special. Borrows can set bits above a true hit, never below
/// one: the lowest bit is exact.
fn special(word: u64) -> u64 {
    let quote = word ^ (ONES * 0x22);
    let backslash = word ^ (ONES * 0x5c);
    let control = word.wrapping_sub(ONES * 0x20) & !word;
    let quote = quote.wrapping_sub(ONES) & !quote;
    let backslash = backslash.wrapping_sub(ONES) & !backslash;
    (control | quote | backslash) & HIGHS
}

fn first(hits: u64) -> usize {
    usize::try_from(hits.trailing_zeros() / 8).unwrap_or(0)
}

//! What stands in 64 bytes, a bit for each: plain loops that compilers turn into wide ones.

/// Bytes of a block.
pub(crate) const BLOCK: usize = 64;

/// The block that begins at `at`; beyond the end of the text stand spaces.
#[inline]
pub(crate) fn block(bytes: &[u8], at: usize) -> Option<[u8; BLOCK]> {
    let rest = bytes.get(at..).filter(|it| !it.is_empty())?;
    if let Some(block) = rest.first_chunk::<BLOCK>() {
        return Some(*block);
    }
    let mut block = [b' '; BLOCK];
    for (place, byte) in block.iter_mut().zip(rest) {
        *place = *byte;
    }
    Some(block)
}

/// A bit for each byte that is one of a kind.
#[inline(always)]
pub(crate) fn mask(block: &[u8; BLOCK], is: impl Fn(u8) -> bool) -> u64 {
    let mut each = [0_u8; BLOCK];
    for (place, byte) in each.iter_mut().zip(block) {
        *place = u8::from(is(*byte));
    }
    let (eights, _) = each.as_chunks::<8>();
    let mut bits = 0;
    for (place, eight) in eights.iter().enumerate() {
        // Each byte is 0 or 1; the product gathers them in its highest byte, the first one lowest.
        let gathered = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        bits |= gathered << (8 * place);
    }
    bits
}

/// True for a letter of ASCII, without a look into a table.
#[inline(always)]
pub(crate) const fn is_letter(byte: u8) -> bool {
    (byte | 0x20).wrapping_sub(b'a') < 26
}

/// True for a digit.
#[inline(always)]
pub(crate) const fn is_digit(byte: u8) -> bool {
    byte.wrapping_sub(b'0') < 10
}

/// The first place from `from` on for which `of` sets a bit, block by block. `of` is given blocks
/// that overlap: of each, bits 8 to 55 count; the others are there to be looked at beside them.
/// At the start of the text, earlier ones count as well.
#[inline]
pub(crate) fn first(bytes: &[u8], from: usize, of: impl Fn(&[u8; BLOCK]) -> u64) -> Option<usize> {
    let mut at = from.saturating_sub(8);
    loop {
        let block = block(bytes, at)?;
        let mut bits = of(&block) & (u64::MAX >> 8);
        if at > 0 {
            bits &= u64::MAX << 8;
        }
        if at < from {
            bits &= u64::MAX << (from - at);
        }
        if bits != 0 {
            let found = at + bits.trailing_zeros() as usize;
            return (found < bytes.len()).then_some(found);
        }
        at += 48;
    }
}

/// The places for which `of` sets a bit, one after the other, as [`first`] finds them: each block is
/// looked at once, however many there are.
#[derive(Debug)]
pub(crate) struct Places<'b, F> {
    bytes: &'b [u8],
    of: F,
    /// Where the block begins whose bits are left.
    at: usize,
    bits: u64,
    begun: bool,
}

impl<'b, F: Fn(&[u8; BLOCK]) -> u64> Places<'b, F> {
    pub(crate) fn new(bytes: &'b [u8], of: F) -> Self {
        Self {
            bytes,
            of,
            at: 0,
            bits: 0,
            begun: false,
        }
    }

    /// The next place from `from` on. `from` never goes back.
    pub(crate) fn next(&mut self, from: usize) -> Option<usize> {
        loop {
            let behind = from.saturating_sub(self.at);
            self.bits &= u32::try_from(behind)
                .ok()
                .and_then(|it| u64::MAX.checked_shl(it))
                .unwrap_or_default();
            if self.bits != 0 {
                let found = self.at + self.bits.trailing_zeros() as usize;
                return (found < self.bytes.len()).then_some(found);
            }
            if self.begun {
                // Of each block, bits 8 to 55 count.
                self.at = (self.at + 48).max(from.saturating_sub(8));
            }
            self.begun = true;
            let block = block(self.bytes, self.at)?;
            self.bits = (self.of)(&block) & (u64::MAX >> 8);
            if self.at > 0 {
                self.bits &= u64::MAX << 8;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn bits_stand_where_bytes_stand() {
        let text: Vec<u8> = (0..=255).collect();
        for at in [0, 40, 64, 200] {
            let block = block(&text, at).unwrap();
            for (is, one) in [
                (
                    is_letter as fn(u8) -> bool,
                    u8::is_ascii_alphabetic as fn(&u8) -> bool,
                ),
                (is_digit, u8::is_ascii_digit),
            ] {
                let bits = mask(&block, is);
                for (place, byte) in block.iter().enumerate() {
                    assert_eq!(bits >> place & 1 == 1, one(byte), "{byte}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn the_first_place_is_found(text in "[a ]{0,90}[a1]{0,90}[ 1]{0,9}", from in 0..200_usize) {
            let bytes = text.as_bytes();
            // A digit beside a letter.
            let is = |at: usize| {
                let beside = |it: Option<usize>| it.and_then(|it| bytes.get(it)) == Some(&b'a');
                bytes[at] == b'1' && (beside(at.checked_sub(1)) || beside(at.checked_add(1)))
            };
            let expected = (from..bytes.len()).find(|at| is(*at));
            let found = first(bytes, from, |block| {
                let (digits, letters) = (mask(block, is_digit), mask(block, is_letter));
                digits & (letters << 1 | letters >> 1)
            });
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn all_places_are_found(text in "[a ]{0,90}[a1]{0,90}[ 1]{0,9}", skip in 1..70_usize) {
            let bytes = text.as_bytes();
            let of = |block: &[u8; BLOCK]| mask(block, is_digit) & mask(block, is_letter) << 1;
            let mut places = Places::new(bytes, of);
            let mut from = 0;
            loop {
                let found = places.next(from);
                prop_assert_eq!(found, first(bytes, from, of));
                match found {
                    Some(at) => from = at + skip,
                    None => break,
                }
            }
        }
    }
}

//! Which places of a text are worth a look for words.

use super::super::blocks::{self, BLOCK};

/// So many bytes are read at once: a block, and what words need behind its last byte.
pub(super) const WINDOW: usize = BLOCK + 8;

/// Which bytes in a row may begin a word: a bit for each hash.
///
/// Words that may stand anywhere are looked for at every place by their first three bytes, then
/// by four. Words that only begin words, and those that begin with a sign, are looked for where
/// words begin and at signs, by up to eight bytes; they are many. Each has two bits; the second is
/// asked for where the first is set.
#[derive(Debug)]
pub(super) struct Filter {
    anywhere: Box<List>,
    begins: Box<List>,
    /// The same words by fewer bytes: one bit by four, or by three for those that have no more.
    /// Most places are done with that.
    sketch: Box<List>,
}

/// Bits of each list.
const BITS: u32 = 17;

type List = [u64; 1 << (BITS - 6)];

impl Default for Filter {
    fn default() -> Self {
        Self {
            anywhere: Box::new([0; 1 << (BITS - 6)]),
            begins: Box::new([0; 1 << (BITS - 6)]),
            sketch: Box::new([0; 1 << (BITS - 6)]),
        }
    }
}

/// Upper case as lower case; other bytes mix, which a filter may do.
const CASE: u64 = 0x2020_2020_2020_2020;

/// A hash of the first `LEN` of eight bytes whose case was taken away.
#[inline(always)]
const fn hash<const LEN: u32>(eight: u64) -> usize {
    let bytes = eight << (64 - 8 * LEN);
    (bytes.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - BITS)) as usize
}

#[inline(always)]
fn has(list: &List, bit: usize) -> bool {
    list.get(bit / 64)
        .is_some_and(|it| it >> (bit % 64) & 1 != 0)
}

/// Where the second bit stands for a first one of some bytes.
#[inline(always)]
const fn second<const LEN: u32>(eight: u64) -> usize {
    let bytes = eight << (64 - 8 * LEN);
    (bytes.wrapping_mul(0xC2B2_AE3D_27D4_EB4F) >> (64 - BITS)) as usize
}

#[inline(always)]
fn has_both<const LEN: u32>(list: &List, eight: u64) -> bool {
    has(list, hash::<LEN>(eight)) & has(list, second::<LEN>(eight))
}

fn set_both<const LEN: u32>(list: &mut List, eight: u64) {
    set(list, hash::<LEN>(eight));
    set(list, second::<LEN>(eight));
}

fn set(list: &mut List, bit: usize) {
    if let Some(word) = list.get_mut(bit / 64) {
        *word |= 1 << (bit % 64);
    }
}

impl Filter {
    /// A word is to pass: where words begin, or anywhere.
    pub(super) fn add(&mut self, word: &str, begins_words: bool) {
        let is_sign = word.starts_with(is_sign);
        for (eight, len) in prefixes(word) {
            let eight = u64::from_le_bytes(eight) | CASE;
            if begins_words || is_sign {
                if len >= 4 {
                    set(&mut self.sketch, hash::<4>(eight));
                }
                match len {
                    8.. => set_both::<8>(&mut self.begins, eight),
                    6.. => set_both::<6>(&mut self.begins, eight),
                    4.. => set_both::<4>(&mut self.begins, eight),
                    _ => self.add_short(eight, len, false),
                }
            } else if len >= 4 {
                set(&mut self.anywhere, hash::<3>(eight));
                set_both::<4>(&mut self.anywhere, eight);
            } else {
                self.add_short(eight, len, true);
            }
        }
    }

    /// A word of one to three bytes, by three: whatever follows.
    fn add_short(&mut self, eight: u64, len: usize, anywhere: bool) {
        let free = 8 * (3 - len.min(3));
        for rest in 0..1_u64 << free {
            let known = eight & ((1 << (8 * len)) - 1);
            let eight = known | rest << (8 * len) | CASE;
            if anywhere {
                set_both::<3>(&mut self.anywhere, eight);
            } else {
                set_both::<3>(&mut self.begins, eight);
                set(&mut self.sketch, hash::<3>(eight));
            }
        }
    }

    /// A bit for each place of the block where a word may begin; `inside` when a letter or digit
    /// of ASCII stands before it.
    #[inline]
    pub(super) fn places(&self, window: &[u8; WINDOW], inside: bool) -> u64 {
        let before = u64::from(inside);
        let mut bits = 0;
        for (place, four) in window.windows(4).take(BLOCK).enumerate() {
            let Ok(four) = <[u8; 4]>::try_from(four) else {
                break;
            };
            let four = u64::from(u32::from_le_bytes(four)) | CASE;
            let passes = has(&self.anywhere, hash::<3>(four));
            bits |= u64::from(passes) << place;
        }
        let mut maybe = bits;
        while maybe != 0 {
            let place = maybe.trailing_zeros();
            maybe &= maybe - 1;
            if !self.confirms(eight_at(window, place)) {
                bits &= !(1 << place);
            }
        }
        let Some(block) = window.first_chunk::<BLOCK>() else {
            return bits;
        };
        let inside = blocks::mask(block, |it| blocks::is_letter(it) | blocks::is_digit(it));
        let others = blocks::mask(block, |it| (it > b' ') & !(0x80..0xC0).contains(&it));
        // Signs, first bytes of characters beyond ASCII, and first letters of words.
        let mut begins = others & !(inside & (inside << 1 | before));
        let mut sketched = 0;
        while begins != 0 {
            let place = begins.trailing_zeros();
            begins &= begins - 1;
            let eight = eight_at(window, place);
            let passes = has(&self.sketch, hash::<4>(eight)) | has(&self.sketch, hash::<3>(eight));
            sketched |= u64::from(passes) << place;
        }
        while sketched != 0 {
            let place = sketched.trailing_zeros();
            sketched &= sketched - 1;
            bits |= u64::from(self.begins_at(eight_at(window, place))) << place;
        }
        bits
    }

    /// True when a word may begin with these bytes (upper case as lower case), of those that are
    /// looked for where words begin.
    pub(super) fn may_begin(&self, eight: [u8; 8]) -> bool {
        let eight = u64::from_le_bytes(eight) | CASE;
        (has(&self.sketch, hash::<4>(eight)) | has(&self.sketch, hash::<3>(eight)))
            && self.begins_at(eight)
    }

    fn begins_at(&self, eight: u64) -> bool {
        has_both::<8>(&self.begins, eight)
            | has_both::<6>(&self.begins, eight)
            | has_both::<4>(&self.begins, eight)
            | has_both::<3>(&self.begins, eight)
    }

    /// Asks for both bits where the first one was set.
    fn confirms(&self, eight: u64) -> bool {
        has_both::<4>(&self.anywhere, eight) | has_both::<3>(&self.anywhere, eight)
    }

    #[cfg(test)]
    pub(super) fn size(&self) -> usize {
        (self.anywhere.len() + self.begins.len() + self.sketch.len()) * 8
    }
}

/// Eight bytes of a window, their case taken away.
#[inline(always)]
fn eight_at(window: &[u8; WINDOW], place: u32) -> u64 {
    let eight = window.get(place as usize..);
    let eight = eight.and_then(|it| it.first_chunk::<8>());
    eight.map_or(0, |it| u64::from_le_bytes(*it)) | CASE
}

/// True for what is neither space nor a letter or digit of ASCII.
fn is_sign(it: char) -> bool {
    !it.is_ascii() || (it > ' ' && !it.is_ascii_alphanumeric())
}

/// Up to eight bytes with which a word begins, in each mix of cases that has bytes of its own, and
/// how many they are.
fn prefixes(word: &str) -> Vec<([u8; 8], usize)> {
    let mut all = vec![([0; 8], 0)];
    for letter in word.chars().flat_map(char::to_lowercase) {
        let mut upper = letter.to_uppercase();
        let upper = match (upper.next(), upper.next()) {
            (Some(upper), None) if !letter.is_ascii() && upper != letter => Some(upper),
            _ => None,
        };
        let mut next = Vec::new();
        for form in [Some(letter), upper].into_iter().flatten() {
            next.extend(all.iter().map(|known| with(*known, form)));
        }
        all = next;
        if all.iter().all(|(_, len)| *len == 8) {
            break;
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

fn with((mut bytes, mut len): ([u8; 8], usize), letter: char) -> ([u8; 8], usize) {
    for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
        if let Some(place) = bytes.get_mut(len) {
            *place = byte;
            len += 1;
        }
    }
    (bytes, len)
}

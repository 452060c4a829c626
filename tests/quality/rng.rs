//! Numbers that look random and are the same in every run.

/// The sequence SplitMix64, started from a seed and a name: what one generator takes does not
/// move what another one gets.
#[derive(Debug)]
pub struct Rng(u64);

impl Rng {
    /// The sequence of this seed and name.
    pub fn new(seed: u64, name: &str) -> Self {
        // FNV-1a.
        let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self(seed ^ hash)
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.bits() % end.max(1)
    }

    /// A number from `low` to `high`, both possible.
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// True in so many of a hundred cases.
    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of them.
    #[expect(
        clippy::indexing_slicing,
        reason = "the place is below the length; an empty list is a mistake of this crate"
    )]
    pub fn one<'a, T: ?Sized>(&mut self, from: &'a [&'a T]) -> &'a T {
        from[self.place(from.len())]
    }

    /// One of them, copied.
    #[expect(
        clippy::indexing_slicing,
        reason = "the place is below the length; an empty list is a mistake of this crate"
    )]
    pub fn of<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.place(from.len())]
    }

    /// A place in something of this length.
    pub fn place(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).unwrap_or_default()
    }

    /// So many digits.
    pub fn digits(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| self.digit(0)).collect()
    }

    /// So many digits, the first of them not zero.
    pub fn number(&mut self, count: usize) -> Vec<u8> {
        let first = self.digit(1);
        let mut digits = vec![first];
        digits.extend(self.digits(count.saturating_sub(1)));
        digits
    }

    /// A digit from `low` on.
    pub fn digit(&mut self, low: u64) -> u8 {
        u8::try_from(self.between(low, 9)).unwrap_or_default()
    }

    /// So many characters of an alphabet.
    pub fn letters(&mut self, alphabet: &str, count: usize) -> String {
        let all: Vec<char> = alphabet.chars().collect();
        (0..count).map(|_| self.of(&all)).collect()
    }

    /// So many bytes.
    pub fn bytes(&mut self, count: usize) -> Vec<u8> {
        let byte = |bits: u64| u8::try_from(bits >> 56).unwrap_or_default();
        (0..count).map(|_| byte(self.bits())).collect()
    }
}

/// Capital letters.
pub const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/// Small letters.
pub const LOWER: &str = "abcdefghijklmnopqrstuvwxyz";
/// Capital letters and digits.
pub const UPPER_DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
/// Small letters and digits.
pub const LOWER_DIGITS: &str = "abcdefghijklmnopqrstuvwxyz0123456789";
/// Letters and digits.
pub const ALNUM: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/// Letters and digits of base64 for URLs.
pub const URL64: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/// Digits of base 16.
pub const HEX: &str = "0123456789abcdef";

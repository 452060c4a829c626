//! What stands in for chance: digests of the request.

use sha2::{Digest, Sha256};

/// The digest of a request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seed([u8; 32]);

impl Seed {
    pub(super) fn of(model: &str, body: &[u8]) -> Self {
        let digest = Sha256::new()
            .chain_update(model)
            .chain_update([0])
            .chain_update(body);
        Self(digest.finalize().into())
    }

    /// 24 hex digits, for an id.
    pub(super) fn id(&self, place: u64) -> String {
        hex::encode(self.block(place).first_chunk::<12>().unwrap_or(&[0; 12]))
    }

    /// A number from 0 up to, and without, 1.
    pub(super) fn share(&self, place: u64) -> f64 {
        self.words(place)
            .next()
            .map_or(0.0, |word| f64::from(word) / 4_294_967_296.0)
    }

    /// Endless numbers.
    pub(super) fn numbers(&self) -> impl Iterator<Item = u32> {
        (0..).flat_map(|place| self.words(place))
    }

    fn words(&self, place: u64) -> impl Iterator<Item = u32> + use<> {
        let block = self.block(place);
        let words = block.as_chunks::<4>().0.to_vec();
        words.into_iter().map(u32::from_be_bytes)
    }

    fn block(&self, place: u64) -> [u8; 32] {
        let digest = Sha256::new()
            .chain_update(self.0)
            .chain_update(place.to_be_bytes());
        digest.finalize().into()
    }
}

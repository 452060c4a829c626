//! The digest of a configuration and what its signature covers: the same on both planes.
//!
//! Neither depends on how a state came about: a snapshot and the deltas that lead to the same
//! resources have the same digest, so a data plane that diverged finds out.

use decide::Version;
use sha2::{Digest, Sha256};

/// Begins what is signed, so that the signature is of no use for anything else.
const DOMAIN: &[u8] = b"gatehouse-config-v1";

/// SHA-256 over the digests of every resource, `(kind, id, canonical JSON)`, in the order of kind
/// and id, which the caller gives. Each is SHA-256 over `kind 0x00 id 0x00 body`; neither a kind
/// nor an id contains a zero byte.
pub fn state_digest<'a>(resources: impl Iterator<Item = (&'a str, &'a str, &'a [u8])>) -> [u8; 32] {
    let mut state = Sha256::new();
    for (kind, id, body) in resources {
        let mut resource = Sha256::new();
        resource.update(kind.as_bytes());
        resource.update([0]);
        resource.update(id.as_bytes());
        resource.update([0]);
        resource.update(body);
        state.update(resource.finalize());
    }
    state.finalize().into()
}

/// What the control plane signs with Ed25519: a domain, the version, the state's digest.
pub fn signed_bytes(version: Version, digest: &[u8; 32]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(DOMAIN.len() + 16 + digest.len());
    bytes.extend_from_slice(DOMAIN);
    bytes.extend_from_slice(&version.epoch.to_be_bytes());
    bytes.extend_from_slice(&version.seq.to_be_bytes());
    bytes.extend_from_slice(digest);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_tells_apart_what_differs_only_in_where_it_is_cut() {
        let one = state_digest([("a", "bc", b"d".as_slice())].into_iter());
        let two = state_digest([("ab", "c", b"d".as_slice())].into_iter());
        assert_ne!(one, two);
        assert_ne!(one, state_digest(std::iter::empty()));
    }

    #[test]
    fn every_part_is_signed() {
        let of = |epoch, seq, byte| signed_bytes(Version { epoch, seq }, &[byte; 32]);
        let base = of(1, 2, 3);
        assert_eq!(base.len(), 19 + 16 + 32);
        for other in [of(2, 2, 3), of(1, 3, 3), of(1, 2, 4)] {
            assert_ne!(base, other);
        }
    }
}

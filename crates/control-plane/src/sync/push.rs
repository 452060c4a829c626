//! The frames that carry a configuration: a snapshot, or what changed, each signed.

use decide::Version;
use ed25519_dalek::{Signer as _, SigningKey};
use terms::Timestamp;
use wire::sync::{Delta, DownFrame, Heartbeat, Priority, Resource, Snapshot, down_frame::Frame};

use crate::store::state::{Name, Record, State};

/// Signs configurations.
#[derive(Clone)]
pub struct Seal(SigningKey);

impl std::fmt::Debug for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seal")
    }
}

impl Seal {
    /// Takes the installation's signing key.
    pub fn new(key: SigningKey) -> Self {
        Self(key)
    }

    fn sign(&self, state: &State) -> Vec<u8> {
        let bytes = runtime::sync::digest::signed_bytes(state.version, &state.digest);
        self.0.sign(&bytes).to_bytes().to_vec()
    }

    /// What must take effect at once, for the shared store.
    pub fn told(&self, message: &Priority, at: Timestamp) -> Vec<u8> {
        runtime::shared::revocations::seal(at, message, |bytes| self.0.sign(bytes).to_bytes())
    }

    /// The whole configuration.
    pub fn snapshot(&self, state: &State) -> DownFrame {
        let resources = state
            .records
            .iter()
            .map(|(name, record)| resource(name, Some(record)))
            .collect();
        down(Frame::Snapshot(Snapshot {
            version: Some(wire(state.version)),
            resources,
            digest: state.digest.to_vec().into(),
            signature: self.sign(state).into(),
        }))
    }

    /// What changed since `base`; none when that is not known any more.
    pub fn delta(&self, base: Version, state: &State) -> Option<DownFrame> {
        if base.epoch != state.version.epoch {
            return None;
        }
        let touched = state.history.between(base.seq, state.version.seq)?;
        let changes = touched
            .iter()
            .map(|name| resource(name, state.records.get(name).map(AsRef::as_ref)))
            .collect();
        Some(down(Frame::Delta(Delta {
            base: Some(wire(base)),
            version: Some(wire(state.version)),
            changes,
            digest: state.digest.to_vec().into(),
            signature: self.sign(state).into(),
        })))
    }
}

fn resource((kind, id): &Name, record: Option<&Record>) -> Resource {
    Resource {
        kind: (*kind).to_owned(),
        id: id.clone(),
        body: record.map(|it| it.plane.clone()).unwrap_or_default().into(),
        removed: record.is_none(),
    }
}

/// Nothing changed.
pub fn heartbeat(version: Version) -> DownFrame {
    down(Frame::Heartbeat(Heartbeat {
        version: Some(wire(version)),
    }))
}

/// What must take effect at once.
pub fn urgent(message: Priority) -> DownFrame {
    down(Frame::Priority(message))
}

fn down(frame: Frame) -> DownFrame {
    DownFrame { frame: Some(frame) }
}

fn wire(version: Version) -> wire::sync::Version {
    wire::sync::Version {
        epoch: version.epoch,
        seq: version.seq,
    }
}

/// A version as it came over the wire; absent: nothing.
pub fn version(wire: Option<wire::sync::Version>) -> Version {
    wire.map(|it| Version {
        epoch: it.epoch,
        seq: it.seq,
    })
    .unwrap_or_default()
}

//! The configuration that is in force: its documents, its compiled form, and what was revoked on
//! the priority lane since.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use decide::snapshot::Overlay;
use decide::{Snapshot, Source, Version};
use ed25519_dalek::{Signature, VerifyingKey};
use terms::{Code, Fault};
use wire::sync::{Delta, Priority, Resource, priority};

use super::digest::{signed_bytes, state_digest};
use crate::gate::Gate;

type State = BTreeMap<(String, String), Bytes>;

/// The configuration in force on a data plane.
pub struct Live {
    gate: Arc<Gate>,
    trusted: VerifyingKey,
    state: State,
    version: Option<Version>,
    digest: [u8; 32],
    overlay: Overlay,
}

/// A push that passed every check: what it leads to.
struct Next {
    state: State,
    version: Version,
    digest: [u8; 32],
    signature: Bytes,
    snapshot: Snapshot,
}

/// Why a push was not taken, and whether a whole snapshot would help.
#[derive(Debug)]
pub struct Refused {
    /// For the control plane.
    pub fault: Fault,
    /// This data plane's state is not what the push builds on.
    pub send_snapshot: bool,
}

impl Live {
    /// Nothing in force yet; pushes must be signed by `trusted`.
    pub fn new(gate: Arc<Gate>, trusted: VerifyingKey) -> Self {
        Self {
            gate,
            trusted,
            state: State::new(),
            version: None,
            digest: [0; 32],
            overlay: Overlay::default(),
        }
    }

    /// The version in force, and its digest.
    pub fn have(&self) -> Option<(Version, [u8; 32])> {
        self.version.map(|version| (version, self.digest))
    }

    /// Takes a whole configuration; gives what the disk should keep.
    ///
    /// # Errors
    /// [`Refused`]; what was in force stays.
    pub fn snapshot(
        &mut self,
        push: wire::sync::Snapshot,
    ) -> Result<wire::sync::Snapshot, Refused> {
        let version = version_of(push.version)?;
        let state: State = push
            .resources
            .into_iter()
            .filter(|resource| !resource.removed)
            .map(|resource| ((resource.kind, resource.id), resource.body))
            .collect();
        let next = self.check(state, version, &push.digest, push.signature)?;
        Ok(self.install(next, None))
    }

    /// Takes what changed; gives what the disk should keep.
    ///
    /// # Errors
    /// [`Refused`]; what was in force stays.
    pub fn delta(&mut self, push: Delta) -> Result<wire::sync::Snapshot, Refused> {
        let version = version_of(push.version)?;
        let base = version_of(push.base)?;
        if self.version != Some(base) {
            let have = self
                .version
                .map_or_else(|| "nothing".to_owned(), |it| it.to_string());
            return Err(diverged(format!(
                "the change builds on {base}, but {have} is in force"
            )));
        }
        let mut state = self.state.clone();
        for change in &push.changes {
            let key = (change.kind.clone(), change.id.clone());
            if change.removed {
                state.remove(&key);
            } else {
                state.insert(key, change.body.clone());
            }
        }
        let next = self.check(state, version, &push.digest, push.signature)?;
        Ok(self.install(next, Some(&push.changes)))
    }

    /// Takes messages of the priority lane, whichever way they came, at once.
    pub fn priority(&mut self, pushes: impl IntoIterator<Item = Priority>) {
        let before = self.overlay.clone();
        for push in pushes {
            self.overlay_with(push);
        }
        let current = self.gate.snapshot();
        if let Some(current) = &current {
            self.overlay.leave_to(current);
        }
        if self.overlay == before {
            return;
        }
        if let Some(current) = current {
            self.gate
                .install(Arc::new(current.with_overlay(&self.overlay)));
        }
    }

    fn overlay_with(&mut self, push: Priority) {
        // Without a version it was said just now, ahead of the push with it.
        let version = push.version.map(|it| Version {
            epoch: it.epoch,
            seq: it.seq,
        });
        let have = self.version.unwrap_or_default();
        // What another store than today's once said does not hold any more.
        if version.is_some_and(|it| it.epoch < have.epoch) {
            return;
        }
        // What can be undone may have been: a configuration that contains it knows better.
        let contained = version.is_some_and(|it| it <= have);
        let version = version.unwrap_or_default();
        match push.message {
            Some(priority::Message::RevokeKey(it)) => self.overlay.revoke_key(it.key_id.into()),
            Some(priority::Message::RevokeSession(it)) => {
                self.overlay.end_session(it.session_id.into(), version);
            }
            Some(priority::Message::SuspendTenant(_) | priority::Message::RevokeServer(_))
                if contained => {}
            Some(priority::Message::SuspendTenant(it)) => {
                self.overlay.suspend_tenant(it.tenant_id.into(), version);
            }
            Some(priority::Message::RevokeServer(it)) => {
                let tenant = (!it.tenant_id.is_empty()).then(|| it.tenant_id.into());
                self.overlay
                    .revoke_server(tenant, it.server_id.into(), version);
            }
            // Reserved for what this build does not have; nothing here could obey them.
            Some(priority::Message::Approval(_) | priority::Message::BudgetLease(_)) | None => {
                tracing::warn!("a priority message that this build does not know was ignored");
            }
        }
    }

    fn check(
        &self,
        state: State,
        version: Version,
        digest: &[u8],
        signature: Bytes,
    ) -> Result<Next, Refused> {
        let computed = state_digest(
            state
                .iter()
                .map(|((kind, id), body)| (&**kind, &**id, &**body)),
        );
        if computed != *digest {
            return Err(diverged(format!(
                "the state after {version} has another digest"
            )));
        }
        let signed = Signature::from_slice(&signature)
            .ok()
            .is_some_and(|signature| {
                self.trusted
                    .verify_strict(&signed_bytes(version, &computed), &signature)
                    .is_ok()
            });
        if !signed {
            let message = format!("version {version} is not signed by this installation");
            return Err(refused(Fault::new(Code::ValidationError, message)));
        }
        let documents = state
            .iter()
            .map(|((kind, id), body)| (&**kind, &**id, &**body));
        let in_force = self.gate.snapshot();
        let snapshot = Source::read(documents)
            .and_then(|source| decide::compile_after(&source, version, in_force.as_deref()))
            .map_err(|faults| refused(Fault::new(Code::ValidationError, faults.to_string())))?;
        Ok(Next {
            state,
            version,
            digest: computed,
            signature,
            snapshot,
        })
    }

    fn install(&mut self, next: Next, changes: Option<&[Resource]>) -> wire::sync::Snapshot {
        match changes {
            // A change that carries a tenant or server is newer than what the lane said of it.
            Some(changes) => {
                for change in changes {
                    self.overlay
                        .superseded(&change.kind, &change.id, next.version);
                }
            }
            None => self.overlay.superseded_all(next.version),
        }
        if let Some(current) = self.gate.snapshot()
            && next.version < current.version()
        {
            self.overlay.keep_from(&current);
        }
        self.overlay.leave_to(&next.snapshot);
        self.gate
            .install(Arc::new(next.snapshot.with_overlay(&self.overlay)));
        self.state = next.state;
        self.version = Some(next.version);
        self.digest = next.digest;
        wire::sync::Snapshot {
            version: Some(wire::sync::Version {
                epoch: next.version.epoch,
                seq: next.version.seq,
            }),
            resources: self
                .state
                .iter()
                .map(|((kind, id), body)| Resource {
                    kind: kind.clone(),
                    id: id.clone(),
                    body: body.clone(),
                    removed: false,
                })
                .collect(),
            digest: self.digest.to_vec().into(),
            signature: next.signature,
        }
    }
}

fn version_of(version: Option<wire::sync::Version>) -> Result<Version, Refused> {
    version
        .map(|it| Version {
            epoch: it.epoch,
            seq: it.seq,
        })
        .ok_or_else(|| {
            refused(Fault::new(
                Code::ValidationError,
                "The push carries no version.",
            ))
        })
}

fn refused(fault: Fault) -> Refused {
    Refused {
        fault,
        send_snapshot: false,
    }
}

fn diverged(message: String) -> Refused {
    Refused {
        fault: Fault::new(Code::ValidationError, message),
        send_snapshot: true,
    }
}

use std::sync::Arc;

use bytes::Bytes;
use decide::{Plane, Version};
use ed25519_dalek::{Signer, SigningKey};
use serde_json::json;
use terms::SecretBytes;
use wire::sync::{Delta, Priority, Resource, RevokeKey, Snapshot, SuspendTenant, priority};

use super::digest::{signed_bytes, state_digest};
use super::*;
use crate::gate::Gate;
use crate::spool::{Spool, SpoolOptions};

mod lane;

struct Installation {
    dir: tempfile::TempDir,
    key: SigningKey,
}

fn installation() -> Installation {
    Installation {
        dir: tempfile::tempdir().unwrap(),
        key: SigningKey::from_bytes(&[5; 32]),
    }
}

fn resource(kind: &str, id: &str, body: serde_json::Value) -> Resource {
    Resource {
        kind: kind.to_owned(),
        id: id.to_owned(),
        body: Bytes::from(body.to_string()),
        removed: false,
    }
}

fn tenant(id: &str) -> Resource {
    resource("tenant", id, json!({"id": id}))
}

/// A policy in force, which the control plane should never have pushed where it does not compile.
fn policy(language: &str, dsl: &str) -> Resource {
    let text = json!({"version": 1, "language": language, "dsl": dsl});
    let body = json!({"id": "pol_1", "name": "p", "status": "ACTIVE", "text": text});
    resource("policy", "pol_1", body)
}

impl Installation {
    fn gate(&self) -> Arc<Gate> {
        let spool = Spool::open(SpoolOptions::new(self.dir.path().join("spool")));
        Gate::new(Plane::Llm, "node-1", "", Arc::new(spool.unwrap()))
    }

    fn live(&self, gate: &Arc<Gate>) -> Live {
        Live::new(Arc::clone(gate), self.key.verifying_key())
    }

    fn sign(&self, seq: u64, state: &[Resource]) -> (Vec<u8>, Vec<u8>) {
        let mut sorted: Vec<&Resource> = state.iter().collect();
        sorted.sort_by(|a, b| (&a.kind, &a.id).cmp(&(&b.kind, &b.id)));
        let digest = state_digest(sorted.iter().map(|it| (&*it.kind, &*it.id, &*it.body)));
        let signature = self
            .key
            .sign(&signed_bytes(Version { epoch: 1, seq }, &digest));
        (digest.to_vec(), signature.to_bytes().to_vec())
    }

    fn snapshot(&self, seq: u64, resources: Vec<Resource>) -> Snapshot {
        let (digest, signature) = self.sign(seq, &resources);
        Snapshot {
            version: version(seq),
            resources,
            digest: digest.into(),
            signature: signature.into(),
        }
    }

    fn delta(&self, base: u64, seq: u64, changes: Vec<Resource>, after: &[Resource]) -> Delta {
        let (digest, signature) = self.sign(seq, after);
        Delta {
            base: version(base),
            version: version(seq),
            changes,
            digest: digest.into(),
            signature: signature.into(),
        }
    }
}

fn version(seq: u64) -> Option<wire::sync::Version> {
    Some(wire::sync::Version { epoch: 1, seq })
}

fn knows(gate: &Gate, tenant: &str) -> bool {
    gate.snapshot()
        .is_some_and(|it| it.tenant(&tenant.into()).is_some())
}

#[test]
fn a_snapshot_and_then_a_change_are_put_in_force() {
    let house = installation();
    let gate = house.gate();
    let mut live = house.live(&gate);
    assert!(
        gate.snapshot().is_none(),
        "nothing is in force before the first push"
    );
    live.snapshot(house.snapshot(1, vec![tenant("a")])).unwrap();
    let after = [tenant("a"), tenant("b")];
    live.delta(house.delta(1, 2, vec![tenant("b")], &after))
        .unwrap();
    assert!(knows(&gate, "a") && knows(&gate, "b"));
    let removed = Resource {
        removed: true,
        ..tenant("a")
    };
    live.delta(house.delta(2, 3, vec![removed], &[tenant("b")]))
        .unwrap();
    assert!(!knows(&gate, "a") && knows(&gate, "b"));
}

#[test]
fn a_push_that_diverged_is_refused_and_a_snapshot_is_asked_for() {
    let house = installation();
    let gate = house.gate();
    let mut live = house.live(&gate);
    live.snapshot(house.snapshot(1, vec![tenant("a")])).unwrap();
    let unrelated = house.delta(7, 8, vec![tenant("b")], &[tenant("a"), tenant("b")]);
    assert!(live.delta(unrelated).unwrap_err().send_snapshot);
    let forgot_one = house.delta(1, 2, vec![tenant("b")], &[tenant("b")]);
    assert!(live.delta(forgot_one).unwrap_err().send_snapshot);
    assert!(
        knows(&gate, "a") && !knows(&gate, "b"),
        "what was in force stays"
    );
}

#[test]
fn a_poison_configuration_is_refused_with_its_reason_and_changes_nothing() {
    let house = installation();
    let gate = house.gate();
    let mut live = house.live(&gate);
    live.snapshot(house.snapshot(1, vec![tenant("a")])).unwrap();
    for poison in [
        resource("tenant", "x", json!({"id": "x", "colour": "red"})),
        resource(
            "route",
            "r",
            json!({"id": "r", "modelPattern": "*", "providers": []}),
        ),
        resource("teapot", "t", json!({})),
        policy(
            "yaml",
            "version: '1'\nrules:\n  - conditions: {modle: {denylist: [x]}}\n",
        ),
        policy("rego", "package p\nallow if {"),
        policy("cobol", "PROCEDURE DIVISION."),
        Resource {
            body: Bytes::from_static(b"\xff\xfe"),
            ..tenant("x")
        },
    ] {
        let refused = live.snapshot(house.snapshot(2, vec![tenant("b"), poison.clone()]));
        let refused = refused.unwrap_err();
        assert!(!refused.send_snapshot);
        assert!(!refused.fault.message.is_empty(), "{poison:?}");
        assert!(knows(&gate, "a") && !knows(&gate, "b"));
    }
}

#[test]
fn a_configuration_that_this_installation_did_not_sign_is_refused() {
    let house = installation();
    let gate = house.gate();
    let stranger = Installation {
        key: SigningKey::from_bytes(&[6; 32]),
        ..installation()
    };
    let push = stranger.snapshot(1, vec![tenant("a")]);
    assert!(house.live(&gate).snapshot(push).is_err());
    let mut moved = house.snapshot(1, vec![tenant("a")]);
    moved.version = version(9);
    assert!(
        house.live(&gate).snapshot(moved).is_err(),
        "the version is signed too"
    );
    assert!(gate.snapshot().is_none());
}

#[test]
fn the_priority_lane_takes_effect_at_once_and_an_older_push_does_not_undo_it() {
    let house = installation();
    let gate = house.gate();
    let mut live = house.live(&gate);
    live.snapshot(house.snapshot(1, vec![tenant("a")])).unwrap();
    let revoke = RevokeKey {
        key_id: "key_1".to_owned(),
    };
    live.priority([Priority {
        message: Some(priority::Message::RevokeKey(revoke)),
        version: None,
    }]);
    let suspend = SuspendTenant {
        tenant_id: "a".to_owned(),
    };
    live.priority([Priority {
        message: Some(priority::Message::SuspendTenant(suspend)),
        version: None,
    }]);
    let suspended = || {
        let snapshot = gate.snapshot().unwrap();
        let tenant = snapshot.tenant(&"a".into()).unwrap();
        snapshot.is_suspended(tenant)
    };
    assert!(gate.snapshot().unwrap().is_revoked(&"key_1".into()) && suspended());
    let older = house.delta(1, 2, vec![tenant("b")], &[tenant("a"), tenant("b")]);
    live.delta(older).unwrap();
    assert!(gate.snapshot().unwrap().is_revoked(&"key_1".into()) && suspended());
    let about_it = house.delta(2, 3, vec![tenant("a")], &[tenant("a"), tenant("b")]);
    live.delta(about_it).unwrap();
    assert!(
        gate.snapshot().unwrap().is_revoked(&"key_1".into()),
        "revoked is for good"
    );
    assert!(
        !suspended(),
        "a later push about the tenant says what holds"
    );
}

fn disk(house: &Installation) -> Disk {
    let secret = SecretBytes::new(b"a data plane's private key".to_vec());
    Disk::new(house.dir.path().join("configuration"), &secret).unwrap()
}

fn kept_seq(house: &Installation) -> Option<u64> {
    disk(house)
        .load()
        .and_then(|it| it.version)
        .map(|it| it.seq)
}

fn files(house: &Installation) -> Vec<std::path::PathBuf> {
    let dir = house.dir.path().join("configuration");
    let mut files: Vec<_> = std::fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
}

#[test]
fn the_last_good_configuration_is_kept_in_two_generations_and_unreadable_to_others() {
    let house = installation();
    for seq in 1..=5 {
        disk(&house)
            .keep(&house.snapshot(seq, vec![tenant("secret-name")]))
            .unwrap();
    }
    assert_eq!(kept_seq(&house), Some(5));
    let generations = files(&house)
        .iter()
        .filter(|it| it.extension() == Some("bin".as_ref()))
        .count();
    assert_eq!(generations, 2);
    for file in files(&house) {
        let bytes = std::fs::read(&file).unwrap();
        assert!(
            !bytes.windows(11).any(|it| it == b"secret-name"),
            "{file:?}"
        );
    }
    let other = SecretBytes::new(b"another key".to_vec());
    let thief = Disk::new(house.dir.path().join("configuration"), &other).unwrap();
    assert!(thief.load().is_none());
}

#[test]
fn whatever_is_done_to_one_file_the_other_generation_is_used_or_nothing() {
    for damage in ["flip", "cut", "empty", "delete"] {
        let house = installation();
        for seq in 1..=3 {
            disk(&house)
                .keep(&house.snapshot(seq, vec![tenant("a")]))
                .unwrap();
        }
        for file in files(&house) {
            let good = std::fs::read(&file).unwrap();
            for place in [0, 9, 20, good.len() / 2, good.len() - 1] {
                std::fs::write(&file, &good).unwrap();
                match damage {
                    "flip" => {
                        let mut bytes = good.clone();
                        bytes[place] ^= 1;
                        std::fs::write(&file, bytes).unwrap();
                    }
                    "cut" => std::fs::write(&file, &good[..place]).unwrap(),
                    "empty" => std::fs::write(&file, b"").unwrap(),
                    _ => std::fs::remove_file(&file).unwrap(),
                }
                let seq = kept_seq(&house);
                assert!(
                    matches!(seq, Some(2 | 3)),
                    "{damage} {place} {file:?}: {seq:?}"
                );
            }
            std::fs::write(&file, good).unwrap();
        }
    }
}

#[test]
fn an_older_configuration_in_place_of_the_newest_is_refused() {
    let house = installation();
    disk(&house)
        .keep(&house.snapshot(1, vec![tenant("a")]))
        .unwrap();
    let newest = |house: &Installation| {
        files(house)
            .into_iter()
            .rfind(|it| it.extension() == Some("bin".as_ref()))
            .unwrap()
    };
    let old = std::fs::read(newest(&house)).unwrap();
    disk(&house)
        .keep(&house.snapshot(2, vec![tenant("a")]))
        .unwrap();
    disk(&house)
        .keep(&house.snapshot(3, vec![tenant("a")]))
        .unwrap();
    std::fs::write(newest(&house), old).unwrap();
    assert_eq!(kept_seq(&house), Some(2));
}

//! For tests: a small log, sealed as the decision record says, written down by hand.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::{Anchors, Checkpoint, Head, Index, Record, Report, State, Verifier, verify_export};

pub(crate) const SECRET: &[u8] = b"a secret of at least thirty-two bytes";

pub(crate) fn mac(secret: &[u8], text: &str) -> String {
    let mut hmac = Hmac::<Sha256>::new_from_slice(secret).unwrap();
    hmac.update(text.as_bytes());
    hex::encode(hmac.finalize().into_bytes())
}

#[derive(Clone)]
pub(crate) struct Log {
    pub(crate) records: Vec<Record>,
    pub(crate) anchors: Anchors,
}

/// Seals `record` as it stands.
pub(crate) fn reseal(record: &mut Record, secret: &[u8]) {
    record.hmac = mac(
        secret,
        &format!(
            "{}|{}|{}|{}|{}|{}|{}|{}|{}",
            record.event_id,
            record.timestamp,
            record.tenant_id,
            record.event_type,
            record.payload,
            record.previous_hash,
            record.shard,
            record.epoch,
            record.sequence
        ),
    );
}

impl Log {
    /// `count` events of the tenants `a`, `b` and the platform in turn, with two checkpoints.
    pub(crate) fn new(count: u64) -> Self {
        let mut records: Vec<Record> = Vec::new();
        let mut checkpoints = Vec::new();
        for seq in 1..=count {
            let tenant = ["a", "b", ""][usize::try_from(seq % 3).unwrap()];
            let before = records.iter().rev().find(|r| r.shard == tenant);
            let mut record = Record {
                seq,
                event_id: format!("evt_{seq}"),
                timestamp: "2026-11-22T05:20:51.000000Z".into(),
                tenant_id: tenant.into(),
                event_type: "GATEWAY_REQUEST".into(),
                payload: format!(
                    "{{\"actor\":\"eve, \\\"|\\\"\",\"n\":1.00,\"recorded\":{{\"at\":\"T{seq}\",\"boot\":\"b1\",\
                     \"counter\":{seq},\"node\":\"gw\",\"seq\":{seq}}},\"request_id\":\"req_{seq}\"}}"
                ),
                previous_hash: before.map(|r| r.hmac.clone()).unwrap_or_default(),
                signed_at: format!("T{seq}"),
                shard: tenant.into(),
                epoch: 1,
                sequence: before.map_or(0, |r| r.sequence) + 1,
                node: "gw".into(),
                boot: "b1".into(),
                counter: seq,
                index: Some(Index {
                    actor: Some("eve, \"|\"".into()),
                    request_id: Some(format!("req_{seq}")),
                }),
                ..Record::default()
            };
            reseal(&mut record, SECRET);
            records.push(record);
            if seq == count / 2 || seq == count {
                checkpoints.push(checkpoint(&records, checkpoints.last(), seq == count));
            }
        }
        let heads = heads(&records);
        let anchors = Anchors {
            state: Some(state(&records, &heads, &checkpoints)),
            heads,
            checkpoints,
        };
        Self { records, anchors }
    }

    pub(crate) fn verify(&self) -> Report {
        self.verify_with(SECRET)
    }

    pub(crate) fn verify_with(&self, secret: &[u8]) -> Report {
        let mut verifier = Verifier::new(secret).unwrap();
        verifier.expect(&self.anchors.checkpoints);
        for record in &self.records {
            verifier.push(record);
        }
        verifier.finish(&self.anchors)
    }

    /// The records as lines of an NDJSON export.
    pub(crate) fn lines(&self) -> Vec<String> {
        let line = |r: &Record| {
            serde_json::json!({
                "seq": r.seq, "eventId": r.event_id, "timestamp": r.timestamp,
                "tenantId": (!r.tenant_id.is_empty()).then_some(&r.tenant_id),
                "eventType": r.event_type, "payload": "PAYLOAD",
                "previousHash": r.previous_hash, "hmac": r.hmac, "signedAt": r.signed_at,
                "shard": r.shard, "epoch": r.epoch, "sequence": r.sequence,
                "node": r.node, "boot": r.boot, "counter": r.counter,
            })
            .to_string()
            .replace("\"PAYLOAD\"", &r.payload)
        };
        self.records.iter().map(line).collect()
    }

    /// The manifest of an export of all records, or of these as a selection.
    pub(crate) fn manifest(&self, filtered: bool) -> String {
        let mut hash = Sha256::new();
        for record in &self.records {
            hash.update(format!("{}\n", record.hmac));
        }
        let head = |h: &Head| {
            format!(
                "{{\"epoch\":{},\"hmac\":\"{}\",\"seal\":\"{}\",\"sequence\":{},\"shard\":\"{}\"}}",
                h.epoch, h.hmac, h.seal, h.sequence, h.shard
            )
        };
        let heads: Vec<String> = match filtered {
            true => Vec::new(),
            false => self.anchors.heads.iter().map(head).collect(),
        };
        let unsealed = format!(
            "{{\"digest\":\"{}\",\"filter\":{},\"filtered\":{filtered},\
             \"format\":\"gatehouse-audit-1\",\"heads\":[{}],\"records\":{}",
            hex::encode(hash.finalize()),
            if filtered {
                "{\"tenant_id\":\"a\"}"
            } else {
                "{}"
            },
            heads.join(","),
            self.records.len()
        );
        let seal = mac(SECRET, &format!("gatehouse export v1|{unsealed}}}"));
        format!("{unsealed},\"seal\":\"{seal}\"}}")
    }

    pub(crate) fn ndjson(&self, filtered: bool) -> String {
        let manifest = self.manifest(filtered);
        format!("{}\n{{\"manifest\":{manifest}}}\n", self.lines().join("\n"))
    }

    pub(crate) fn json(&self, filtered: bool) -> String {
        let manifest = self.manifest(filtered);
        format!(
            "{{\"events\":[\n{}\n],\"manifest\":{manifest}}}",
            self.lines().join(",\n")
        )
    }

    pub(crate) fn csv(&self, filtered: bool) -> String {
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let mut out = String::from(
            "seq,eventId,timestamp,tenantId,eventType,payload,previousHash,hmac,signedAt,\
             shard,epoch,sequence,node,boot,counter\r\n",
        );
        for r in &self.records {
            out.push_str(&format!(
                "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\r\n",
                r.seq,
                r.event_id,
                r.timestamp,
                r.tenant_id,
                r.event_type,
                quoted(&r.payload),
                r.previous_hash,
                r.hmac,
                r.signed_at,
                r.shard,
                r.epoch,
                r.sequence,
                r.node,
                r.boot,
                r.counter
            ));
        }
        out.push_str(&format!(
            "manifest,{}\r\n",
            quoted(&self.manifest(filtered))
        ));
        out
    }
}

pub(crate) fn check(export: &str) -> Report {
    verify_export(export.as_bytes(), SECRET)
}

pub(crate) fn heads(records: &[Record]) -> Vec<Head> {
    let mut heads: Vec<Head> = Vec::new();
    for r in records {
        let text = format!(
            "gatehouse head v1|{}|{}|{}|{}",
            r.shard, r.epoch, r.sequence, r.hmac
        );
        heads.retain(|head| head.shard != r.shard);
        heads.push(Head {
            shard: r.shard.clone(),
            epoch: r.epoch,
            sequence: r.sequence,
            hmac: r.hmac.clone(),
            seal: mac(SECRET, &text),
        });
    }
    heads
}

fn checkpoint(records: &[Record], before: Option<&Checkpoint>, closing: bool) -> Checkpoint {
    let heads: Vec<String> = heads(records)
        .iter()
        .map(|h| {
            let Head { shard, epoch, sequence, hmac, .. } = h;
            format!("{{\"epoch\":{epoch},\"hmac\":\"{hmac}\",\"sequence\":{sequence},\"shard\":\"{shard}\"}}")
        })
        .collect();
    let mut made = Checkpoint {
        number: before.map_or(0, |b| b.number) + 1,
        at: "2026-11-22T05:20:52.000000Z".into(),
        closing,
        events: u64::try_from(records.len()).unwrap(),
        heads: format!("[{}]", heads.join(",")),
        previous_seal: before.map(|b| b.seal.clone()).unwrap_or_default(),
        seal: String::new(),
    };
    made.seal = mac(
        SECRET,
        &format!(
            "gatehouse checkpoint v1|{}|{}|{}|{}|{}|{}",
            made.number, made.at, made.closing, made.events, made.previous_seal, made.heads
        ),
    );
    made
}

fn state(records: &[Record], heads: &[Head], checkpoints: &[Checkpoint]) -> State {
    let count = |n: usize| u64::try_from(n).unwrap();
    let (events, shards, checkpoints) = (
        count(records.len()),
        count(heads.len()),
        count(checkpoints.len()),
    );
    State {
        epoch: 1,
        events,
        shards,
        checkpoints,
        seal: mac(
            SECRET,
            &format!("gatehouse state v1|1|{events}|{shards}|{checkpoints}"),
        ),
    }
}

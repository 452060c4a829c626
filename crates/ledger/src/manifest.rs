//! The sealed last line of an export: what was exported, so that a cut or edited file shows.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{Head, Malformed, Sealer, canonical};

/// A running digest over the HMACs of the exported entries, in the file's order.
#[derive(Clone, Default)]
pub struct ExportDigest {
    hash: Sha256,
    records: u64,
}

impl ExportDigest {
    /// Takes in the next entry's HMAC.
    pub fn push(&mut self, hmac: &str) {
        self.hash.update(hmac.as_bytes());
        self.hash.update(b"\n");
        self.records = self.records.saturating_add(1);
    }
}

/// What an export says of itself.
#[derive(Clone, Debug, Default)]
pub struct Manifest {
    /// The filters that were set, by name; empty: everything was exported.
    pub filter: Vec<(String, String)>,
    /// The heads of all chains at the moment of the export; empty when filtered.
    pub heads: Vec<Head>,
}

impl Manifest {
    /// The manifest as sealed canonical JSON: `format`, `filtered`, `filter`, `records`,
    /// `digest` (SHA-256 over each record's HMAC and a line feed), `heads`, `seal`.
    ///
    /// # Errors
    /// When a filter's text has no JSON form; it came from JSON or a query string, so it has.
    pub fn seal(&self, sealer: &Sealer, digest: &ExportDigest) -> Result<Value, Malformed> {
        let filter: serde_json::Map<String, Value> = self
            .filter
            .iter()
            .map(|(name, value)| (name.clone(), Value::from(value.as_str())))
            .collect();
        let heads: Vec<Value> = self.heads.iter().map(head_json).collect();
        let mut manifest = json!({
            "digest": hex::encode(digest.hash.clone().finalize()),
            "filter": filter,
            "filtered": !self.filter.is_empty(),
            "format": "gatehouse-audit-1",
            "heads": heads,
            "records": digest.records,
        });
        let seal = sealer.mac(&format!("gatehouse export v1|{}", canonical(&manifest)?));
        if let Some(members) = manifest.as_object_mut() {
            members.insert("seal".into(), seal.into());
        }
        Ok(manifest)
    }
}

fn head_json(head: &Head) -> Value {
    json!({
        "epoch": head.epoch,
        "hmac": head.hmac,
        "seal": head.seal,
        "sequence": head.sequence,
        "shard": head.shard,
    })
}

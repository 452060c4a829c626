//! The sealed manifest at the end of an export, and what is counted to be held against it.

use sha2::{Digest, Sha256};

use super::after_the_end;
use crate::json::Json;
use crate::record::Head;
use crate::report::{Problem, Report};
use crate::verifier::Verifier;

/// What was read so far.
#[derive(Default)]
pub(super) struct Tally {
    hash: Sha256,
    records: u64,
    end: Option<End>,
}

/// What the manifest says.
struct End {
    heads: Option<Vec<Head>>,
}

impl Tally {
    pub(super) fn push(&mut self, verifier: &mut Verifier, hmac: &str) {
        if self.end.is_some() {
            after_the_end(verifier);
        }
        self.hash.update(hmac.as_bytes());
        self.hash.update(b"\n");
        self.records = self.records.saturating_add(1);
    }

    pub(super) fn manifest(&mut self, verifier: &mut Verifier, manifest: Json) {
        if self.end.is_some() {
            return after_the_end(verifier);
        }
        let digest = hex::encode(self.hash.clone().finalize());
        if let Some(message) = fault(verifier, &manifest, self.records, &digest) {
            verifier.apart(Problem::Forged, message);
        }
        let filtered = manifest.get("filtered") != Some(&Json::Bool(false));
        if filtered {
            let filter = manifest
                .get("filter")
                .map(Json::canonical)
                .unwrap_or_default();
            verifier.note(format!(
                "A selection ({filter}): each record was checked by itself, and the file against \
                 its manifest; what the filter left out was not."
            ));
        }
        let heads = (!filtered).then(|| heads(&manifest)).flatten();
        self.end = Some(End { heads });
    }

    pub(super) fn finish(self, mut verifier: Verifier) -> Report {
        match self.end {
            Some(End { heads: Some(heads) }) => verifier.finish_whole(&heads),
            Some(End { heads: None }) => verifier.finish_selection(),
            None => {
                let message = "the manifest at the end of the export is missing".into();
                verifier.apart(Problem::CutTail, message);
                verifier.finish_selection()
            }
        }
    }
}

/// What is wrong with the manifest, given what was read.
fn fault(verifier: &Verifier, manifest: &Json, records: u64, digest: &str) -> Option<String> {
    let Json::Object(members) = manifest else {
        return Some("the manifest is not an object".into());
    };
    let unsealed = members.iter().filter(|(name, _)| name != "seal").cloned();
    let text = format!(
        "gatehouse export v1|{}",
        Json::Object(unsealed.collect()).canonical()
    );
    let seal = manifest.get("seal").and_then(Json::text).unwrap_or("");
    if !verifier.key().signed(&text, seal) {
        return Some("the seal of the manifest is forged".into());
    }
    if manifest.get("format").and_then(Json::text) != Some("gatehouse-audit-1") {
        return Some("the manifest is of a form that this verifier does not know".into());
    }
    let said = manifest.get("records").and_then(Json::integer);
    if said != Some(records) {
        let said = said.unwrap_or(0);
        return Some(format!(
            "{said} records were exported, and the file has {records}"
        ));
    }
    let exported = manifest.get("digest").and_then(Json::text);
    (exported != Some(digest)).then(|| "the records are not those that were exported".into())
}

fn heads(manifest: &Json) -> Option<Vec<Head>> {
    let Json::List(heads) = manifest.get("heads")? else {
        return None;
    };
    let head = |json: &Json| {
        let text = |name: &str| json.get(name).and_then(Json::text).map(str::to_owned);
        let number = |name: &str| json.get(name).and_then(Json::integer);
        Some(Head {
            shard: text("shard")?,
            epoch: number("epoch")?,
            sequence: number("sequence")?,
            hmac: text("hmac")?,
            seal: text("seal")?,
        })
    };
    heads.iter().map(head).collect()
}

//! Reading an exported file: NDJSON, JSON or CSV, a record at a time, and its sealed manifest.
//!
//! - NDJSON: one record a line, `{"manifest":{…}}` as the last.
//! - JSON: `{"events":[…],"manifest":{…}}`, in any layout.
//! - CSV: a line of column names, one record a line, and a last line `manifest,"{…}"`.

mod manifest;
mod source;

use std::io::BufRead;

use crate::json::Json;
use crate::record::Record;
use crate::report::{Problem, Report};
use crate::verifier::Verifier;
use manifest::Tally;
use source::Source;

/// The form of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line.
    Ndjson,
    /// One JSON document.
    Json,
    /// Comma-separated values (RFC 4180).
    Csv,
}

/// The columns of a record, in a CSV export's order.
const COLUMNS: [&str; 15] = [
    "seq",
    "eventId",
    "timestamp",
    "tenantId",
    "eventType",
    "payload",
    "previousHash",
    "hmac",
    "signedAt",
    "shard",
    "epoch",
    "sequence",
    "node",
    "boot",
    "counter",
];

/// What stands next in the file.
pub(crate) enum Item {
    Record(Box<Record>),
    /// A place that should hold a record: its name, and why it can't be read.
    Unreadable(String, String),
    Manifest(Json),
}

/// Checks the export that `reader` gives, in whichever of the three forms it is.
///
/// A complete export must hold whole chains that end at their heads; a filtered one is checked
/// record by record. Either must be exactly what was exported, by the manifest at its end.
pub fn verify_export(reader: impl BufRead, secret: &[u8]) -> Report {
    let Some(mut verifier) = Verifier::new(secret) else {
        return Report::nothing("The secret is missing.");
    };
    let mut source = match Source::open(reader) {
        Ok(source) => source,
        Err(why) => return Report::nothing(why),
    };
    let mut tally = Tally::default();
    loop {
        match source.next() {
            Ok(None) => break,
            Ok(Some(Item::Record(record))) => {
                tally.push(&mut verifier, &record.hmac);
                verifier.push(&record);
            }
            Ok(Some(Item::Unreadable(place, why))) => {
                tally.push(&mut verifier, "");
                verifier.unreadable(&place, &why);
            }
            Ok(Some(Item::Manifest(manifest))) => tally.manifest(&mut verifier, manifest),
            Err(why) => {
                verifier.broke_off(&why);
                break;
            }
        }
    }
    tally.finish(verifier)
}

impl Record {
    /// A record from an export's JSON object. Unknown members are refused: nothing unsealed may
    /// ride along.
    fn from_json(json: &Json) -> Result<Self, String> {
        let Json::Object(members) = json else {
            return Err("not an object".into());
        };
        if let Some((name, _)) = members.iter().find(|(n, _)| !COLUMNS.contains(&n.as_str())) {
            return Err(format!("'{name}' does not belong there"));
        }
        let text = |name: &str| match json.get(name) {
            Some(Json::Text(text)) => Ok(text.clone()),
            Some(Json::Null) if name == "tenantId" => Ok(String::new()),
            _ => Err(format!("'{name}' is missing or not a text")),
        };
        let number = |name: &str| {
            let value = json.get(name).and_then(Json::integer);
            value.ok_or_else(|| format!("'{name}' is missing or not a number"))
        };
        let payload = json.get("payload").map(Json::canonical);
        Ok(Self {
            seq: number("seq")?,
            event_id: text("eventId")?,
            timestamp: text("timestamp")?,
            tenant_id: text("tenantId")?,
            event_type: text("eventType")?,
            payload: payload.ok_or("'payload' is missing")?,
            previous_hash: text("previousHash")?,
            hmac: text("hmac")?,
            signed_at: text("signedAt")?,
            shard: text("shard")?,
            epoch: number("epoch")?,
            sequence: number("sequence")?,
            node: text("node")?,
            boot: text("boot")?,
            counter: number("counter")?,
            index: None,
        })
    }

    /// A record from the fields of a CSV line.
    fn from_csv(fields: Vec<String>) -> Result<Self, String> {
        if fields.len() != COLUMNS.len() {
            return Err(format!(
                "{} fields instead of {}",
                fields.len(),
                COLUMNS.len()
            ));
        }
        let mut members: Vec<(String, Json)> = Vec::new();
        for (name, field) in COLUMNS.into_iter().zip(fields) {
            let value = match name {
                "seq" | "epoch" | "sequence" | "counter" => Json::Number(field),
                "payload" => Json::parse(&field)?,
                _ => Json::Text(field),
            };
            members.push((name.to_owned(), value));
        }
        Self::from_json(&Json::Object(members))
    }
}

/// The finding for a file that goes on after its manifest.
fn after_the_end(verifier: &mut Verifier) {
    verifier.apart(
        Problem::Unaccounted,
        "something follows the manifest".into(),
    );
}

#[cfg(test)]
mod tests;

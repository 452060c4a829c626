//! An event as it enters the ledger: checked once, canonical from then on.

use terms::Timestamp;

use crate::{Malformed, canonical::object_with};

/// The longest payload, in bytes of canonical JSON.
pub const MAX_PAYLOAD: usize = 1 << 20;

/// Years 0000 to 9999: what has a four-digit year in RFC 3339.
const TIMES: std::ops::Range<i64> = -62_167_219_200_000_000..253_402_300_800_000_000;

/// One event, ready to be sealed. Its fields can't be confused in the canonical string: none but
/// the payload may contain the separator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// `evt_…`, unique in the ledger.
    pub id: String,
    /// When it happened.
    pub timestamp: Timestamp,
    /// Whose it is, and the shard it is chained in; empty: the platform's.
    pub tenant_id: String,
    /// `GATEWAY_REQUEST`, …
    pub event_type: String,
    /// One JSON object in canonical form.
    pub payload: String,
}

/// Where an event came from and when it was recorded. It is written into the payload as the
/// member [`Recorded::MEMBER`], so that it is sealed like everything else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded<'a> {
    /// The event's place among all events of the store: 1, 2, 3, …
    pub seq: u64,
    /// The process that saw it happen.
    pub node: &'a str,
    /// That process' start.
    pub boot: &'a str,
    /// The event's place among those of (node, boot): 1, 2, 3, …
    pub counter: u64,
    /// When it was sealed: the line's `signedAt`.
    pub at: Timestamp,
    /// The id that it came with, where that was taken already.
    pub reused_id: Option<&'a str>,
}

impl Recorded<'_> {
    /// The payload's member that carries it.
    pub const MEMBER: &'static str = "recorded";

    fn canonical(&self) -> String {
        let mut members = serde_json::Map::new();
        members.insert("at".into(), self.at.to_string().into());
        members.insert("boot".into(), self.boot.into());
        members.insert("counter".into(), self.counter.into());
        members.insert("node".into(), self.node.into());
        if let Some(id) = self.reused_id {
            members.insert("reused_id".into(), id.into());
        }
        members.insert("seq".into(), self.seq.into());
        let pairs: Vec<String> = members
            .iter()
            .map(|(name, value)| format!("\"{name}\":{value}"))
            .collect();
        format!("{{{}}}", pairs.join(","))
    }
}

impl Event {
    /// Checks the fields, makes the payload canonical, and adds where the event came from.
    ///
    /// # Errors
    /// Names the first field that is wrong.
    pub fn new(
        id: &str,
        timestamp: Timestamp,
        tenant_id: &str,
        event_type: &str,
        payload: &str,
        recorded: &Recorded<'_>,
    ) -> Result<Self, Malformed> {
        check(
            "eventId",
            !id.is_empty() && id.len() <= 128 && id.bytes().all(id_byte),
        )?;
        check("tenantId", plain_name(tenant_id))?;
        check("node", plain_name(recorded.node))?;
        check("boot", plain_name(recorded.boot))?;
        let type_fits = (1..=64).contains(&event_type.len()) && event_type.bytes().all(type_byte);
        check("eventType", type_fits)?;
        for moment in [timestamp, recorded.at] {
            if !TIMES.contains(&moment.unix_micros()) {
                return Err(Malformed::Field {
                    field: "timestamp",
                    what: "is not a time between the years 0 and 9999",
                });
            }
        }
        if payload.len() > MAX_PAYLOAD {
            return Err(Malformed::Payload(format!(
                "is longer than {MAX_PAYLOAD} bytes"
            )));
        }
        Ok(Self {
            id: id.to_owned(),
            timestamp,
            tenant_id: tenant_id.to_owned(),
            event_type: event_type.to_owned(),
            payload: object_with(payload, Recorded::MEMBER, &recorded.canonical())?,
        })
    }
}

/// True for a text that may name a tenant, a node or a boot: at most 256 bytes, without control
/// characters and without the canonical string's separator. Empty is plain.
pub fn plain_name(text: &str) -> bool {
    text.len() <= 256 && !text.chars().any(|c| c.is_control() || c == '|')
}

fn check(field: &'static str, fits: bool) -> Result<(), Malformed> {
    if fits {
        return Ok(());
    }
    Err(Malformed::Field {
        field,
        what: "is empty, too long, or has a character that is not allowed there",
    })
}

fn id_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b':')
}

fn type_byte(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_'
}

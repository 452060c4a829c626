//! Exports recorded events as a file that proves itself: oldest first, with a sealed manifest at
//! its end. The forms are those that the crate `verify` reads.

use bytes::Bytes;
use futures::Stream;
use ledger::{ExportDigest, Manifest, Sealer};
use serde::{Deserialize, Serialize};
use terms::{Code, Fault, SecretBytes};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use utoipa::ToSchema;

use super::memory::{stored_heads, stored_state};
use super::query::{AuditEvent, Conditions, EventFilter, event};
use super::{Failure, big};
use crate::db::{Db, DbKind, unavailable};

/// How many events are read at a time.
const PAGE: u32 = 500;

/// The form of an export.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ExportFormat {
    /// A line of column names, a line a record, a last line `manifest,"{…}"`.
    Csv,
    /// `{"events":[…],"manifest":{…}}`.
    Json,
    /// A record a line, `{"manifest":{…}}` as the last.
    #[default]
    Ndjson,
}

impl ExportFormat {
    /// The media type.
    pub const fn content_type(self) -> &'static str {
        match self {
            ExportFormat::Csv => "text/csv; charset=utf-8",
            ExportFormat::Json => "application/json",
            ExportFormat::Ndjson => "application/x-ndjson",
        }
    }
}

const CSV_HEAD: &str = "seq,eventId,timestamp,tenantId,eventType,payload,previousHash,hmac,\
     signedAt,shard,epoch,sequence,node,boot,counter\r\n";

/// Streams the events that `filter` asks for, as they were when the export began. Memory stays
/// at a page, however long the log is. A stream that ends in an error has no manifest: the file
/// shows that it was cut.
///
/// # Errors
/// `validation_error` for an empty secret.
pub fn export(
    db: Db,
    secret: &SecretBytes,
    filter: EventFilter,
    format: ExportFormat,
) -> Result<impl Stream<Item = Result<Bytes, Fault>> + Send + 'static, Fault> {
    let sealer = Sealer::new(secret)
        .map_err(|e| Fault::new(Code::ValidationError, format!("The audit {e}.")))?;
    let (out, stream) = mpsc::channel(4);
    tokio::spawn(async move {
        let writing = write(&db, &sealer, &filter, format, &out);
        if let Err(fault) = writing.await {
            // Fails only when the reader left.
            let _ = out.send(Err(fault)).await;
        }
    });
    Ok(ReceiverStream::new(stream))
}

async fn write(
    db: &Db,
    sealer: &Sealer,
    filter: &EventFilter,
    format: ExportFormat,
    out: &mpsc::Sender<Result<Bytes, Fault>>,
) -> Result<(), Fault> {
    let (last, heads) = ends(db).await.map_err(|failure| failure.fault())?;
    let named = filter.named();
    let mut digest = ExportDigest::default();
    let mut text = match format {
        ExportFormat::Csv => CSV_HEAD.to_owned(),
        ExportFormat::Json => "{\"events\":[\n".to_owned(),
        ExportFormat::Ndjson => String::new(),
    };
    let (mut seq, mut first) = (0, true);
    loop {
        let mut conditions = Conditions::of(filter);
        conditions.between(seq, last);
        let mut connection = db.pool.acquire().await.map_err(unavailable)?;
        let rows = conditions
            .fetch(&mut connection, "seq", PAGE)
            .await
            .map_err(unavailable)?;
        drop(connection);
        for row in &rows {
            let event = event(row)?;
            digest.push(&event.hmac);
            put(&mut text, &event, format, first)?;
            (seq, first) = (big(event.seq), false);
        }
        if out
            .send(Ok(Bytes::from(std::mem::take(&mut text))))
            .await
            .is_err()
        {
            return Ok(());
        }
        if rows.len() < usize::try_from(PAGE).unwrap_or(usize::MAX) {
            break;
        }
    }
    let manifest = Manifest {
        heads: if named.is_empty() { heads } else { Vec::new() },
        filter: named
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    };
    let manifest = manifest
        .seal(sealer, &digest)
        .map_err(|e| Fault::new(Code::InternalError, "No manifest.").detail(e.to_string()))?;
    let end = match format {
        ExportFormat::Csv => format!("manifest,{}\r\n", quoted(&manifest.to_string())),
        ExportFormat::Json => format!("\n],\"manifest\":{manifest}}}\n"),
        ExportFormat::Ndjson => format!("{{\"manifest\":{manifest}}}\n"),
    };
    // Fails only when the reader left.
    let _ = out.send(Ok(Bytes::from(end))).await;
    Ok(())
}

/// The last event's seq and the chains' heads, both of one moment.
async fn ends(db: &Db) -> Result<(i64, Vec<ledger::Head>), Failure> {
    let mut tx = db.pool.begin_with(snapshot(db.kind)).await?;
    let state = stored_state(&mut tx, "").await?;
    let heads = stored_heads(&mut tx).await?;
    tx.rollback().await?;
    Ok((state.map_or(0, |(state, _)| big(state.events)), heads))
}

/// Begins a transaction that sees one moment of the store, however long it reads.
pub(super) const fn snapshot(kind: DbKind) -> &'static str {
    match kind {
        DbKind::Postgres => "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
        DbKind::Sqlite => "BEGIN",
    }
}

fn put(
    text: &mut String,
    event: &AuditEvent,
    format: ExportFormat,
    first: bool,
) -> Result<(), Fault> {
    let json = |event| {
        serde_json::to_string(event)
            .map_err(|e| Fault::new(Code::InternalError, "No JSON.").detail(e.to_string()))
    };
    match format {
        ExportFormat::Csv => put_csv(text, event),
        ExportFormat::Json => {
            text.push_str(if first { "" } else { ",\n" });
            text.push_str(&json(event)?);
        }
        ExportFormat::Ndjson => {
            text.push_str(&json(event)?);
            text.push('\n');
        }
    }
    Ok(())
}

fn put_csv(text: &mut String, event: &AuditEvent) {
    let fields = [
        event.seq.to_string(),
        quoted(&event.event_id),
        quoted(&event.timestamp),
        quoted(event.tenant_id.as_deref().unwrap_or("")),
        quoted(&event.event_type),
        quoted(event.payload.get()),
        quoted(&event.previous_hash),
        quoted(&event.hmac),
        quoted(&event.signed_at),
        quoted(&event.shard),
        event.epoch.to_string(),
        event.sequence.to_string(),
        quoted(&event.node),
        quoted(&event.boot),
        event.counter.to_string(),
    ];
    text.push_str(&fields.join(","));
    text.push_str("\r\n");
}

/// A CSV field (RFC 4180), in quotes where it needs them.
fn quoted(text: &str) -> String {
    if text.contains(['"', ',', '\r', '\n']) {
        return format!("\"{}\"", text.replace('"', "\"\""));
    }
    text.to_owned()
}

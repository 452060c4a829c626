//! The queries on the configuration's tables.

use std::sync::Arc;

use decide::source::ResourceKind;
use serde_json::{Map, Value};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};
use terms::{Code, Fault, SecretString, Timestamp};

use super::document::Document;
use super::state::{Name, Record};
use crate::db::{Db, unavailable};
use crate::sealing::Sealer;

/// How many versions of a resource are kept for a rollback.
const KEPT_FORMS: i64 = 10;

/// The row that orders all changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Names this store.
    pub epoch: i64,
    /// Counts its changes.
    pub seq: i64,
    /// Counts its administration events.
    pub events: i64,
}

/// Reads the head; inside a writing transaction with `lock`, nobody else may change it then.
pub async fn head(db: &Db, on: &mut AnyConnection, lock: bool) -> Result<Option<Head>, Fault> {
    let suffix = if lock { db.for_update() } else { "" };
    let query = format!("SELECT epoch, seq, events FROM config_head WHERE one = 1{suffix}");
    let row = sqlx::query(AssertSqlSafe(query))
        .fetch_optional(on)
        .await
        .map_err(unavailable)?;
    row.map(|row| {
        Ok(Head {
            epoch: row.try_get(0)?,
            seq: row.try_get(1)?,
            events: row.try_get(2)?,
        })
    })
    .transpose()
    .map_err(unavailable)
}

/// Makes the head of a new store; does nothing when there is one.
pub async fn make_head(on: &mut AnyConnection, epoch: i64) -> Result<(), Fault> {
    sqlx::query(
        "INSERT INTO config_head (one, epoch, seq, events) VALUES (1, $1, 0, 0) \
         ON CONFLICT (one) DO NOTHING",
    )
    .bind(epoch)
    .execute(on)
    .await
    .map(|_| ())
    .map_err(unavailable)
}

/// Writes the head.
pub async fn set_head(on: &mut AnyConnection, head: Head) -> Result<(), Fault> {
    sqlx::query("UPDATE config_head SET seq = $1, events = $2 WHERE one = 1")
        .bind(head.seq)
        .bind(head.events)
        .execute(on)
        .await
        .map(|_| ())
        .map_err(unavailable)
}

const COLUMNS: &str = "kind, id, version, created_at, updated_at, body, extra, secret";

/// Every resource.
pub async fn all(
    on: &mut AnyConnection,
    sealer: &Sealer,
) -> Result<Vec<(Name, Arc<Record>)>, Fault> {
    let query = format!("SELECT {COLUMNS} FROM resources");
    let rows = sqlx::query(AssertSqlSafe(query))
        .fetch_all(on)
        .await
        .map_err(unavailable)?;
    rows.iter().map(|row| read(row, sealer)).collect()
}

/// One resource, or that it is gone.
pub async fn one(
    on: &mut AnyConnection,
    sealer: &Sealer,
    name: &Name,
) -> Result<Option<Arc<Record>>, Fault> {
    let query = format!("SELECT {COLUMNS} FROM resources WHERE kind = $1 AND id = $2");
    let row = sqlx::query(AssertSqlSafe(query))
        .bind(name.0)
        .bind(name.1.as_str())
        .fetch_optional(on)
        .await
        .map_err(unavailable)?;
    Ok(row
        .map(|row| read(&row, sealer))
        .transpose()?
        .map(|(_, it)| it))
}

fn read(row: &AnyRow, sealer: &Sealer) -> Result<(Name, Arc<Record>), Fault> {
    let text = |place: usize| row.try_get::<String, _>(place).map_err(unavailable);
    let number = |place: usize| row.try_get::<i64, _>(place).map_err(unavailable);
    let kind = kind(&text(0)?)?;
    let id = text(1)?;
    let mut document = Document::from_json(kind, text(5)?.as_bytes())?;
    if let Some(sealed) = row.try_get::<Option<Vec<u8>>, _>(7).map_err(unavailable)? {
        let opened = sealer.open(&place(kind.as_str(), &id), &sealed)?;
        let secret = String::from_utf8(opened.expose().to_vec())
            .map_err(|_| broken("a stored secret is not text"))?;
        document.put_secret(SecretString::new(secret))?;
    }
    let extra = notes(text(6)?)?;
    let record = Record {
        plane: document.to_json()?,
        document,
        extra,
        version: number(2)?,
        created_at: Timestamp::from_unix_micros(number(3)?),
        updated_at: Timestamp::from_unix_micros(number(4)?),
    };
    Ok(((kind.as_str(), id), Arc::new(record)))
}

fn notes(text: String) -> Result<Map<String, Value>, Fault> {
    serde_json::from_str(&text).map_err(|_| broken("a stored resource's notes are no JSON object"))
}

/// The kind that a row names.
pub fn kind(text: &str) -> Result<ResourceKind, Fault> {
    ResourceKind::parse(text).ok_or_else(|| broken("a stored resource is of an unknown kind"))
}

fn place(kind: &str, id: &str) -> String {
    format!("{kind}/{id}")
}

/// Stores a resource, its secret encrypted.
pub async fn put(on: &mut AnyConnection, sealer: &Sealer, record: &Record) -> Result<(), Fault> {
    let mut document = record.document.clone();
    let (kind, id) = (document.kind().as_str(), document.id());
    let secret = document
        .take_secret()
        .map(|secret| sealer.seal(&place(kind, &id), secret.expose().as_bytes()))
        .transpose()?;
    let body =
        String::from_utf8(document.to_json()?).map_err(|_| broken("a document is not text"))?;
    let extra = Value::Object(record.extra.clone()).to_string();
    sqlx::query(
        "INSERT INTO resources \
         (kind, id, tenant_id, version, created_at, updated_at, body, extra, secret) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
         ON CONFLICT (kind, id) DO UPDATE SET tenant_id = $3, version = $4, updated_at = $6, \
         body = $7, extra = $8, secret = $9",
    )
    .bind(kind)
    .bind(id.as_str())
    .bind(document.tenant().map(str::to_owned))
    .bind(record.version)
    .bind(record.created_at.unix_micros())
    .bind(record.updated_at.unix_micros())
    .bind(body.as_str())
    .bind(extra)
    .bind(secret)
    .execute(&mut *on)
    .await
    .map_err(unavailable)?;
    if document.keeps_versions() {
        put_form(on, (kind, &id), record, &body).await?;
    }
    Ok(())
}

/// Keeps a form. That of the present version is there already where only what the administration
/// knows of it changed.
async fn put_form(
    on: &mut AnyConnection,
    (kind, id): (&str, &str),
    record: &Record,
    body: &str,
) -> Result<(), Fault> {
    let extra = Value::Object(record.extra.clone()).to_string();
    sqlx::query(
        "INSERT INTO resource_versions (kind, id, version, at, body, extra) \
         VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (kind, id, version) DO UPDATE SET at = $4, body = $5, extra = $6",
    )
    .bind(kind)
    .bind(id)
    .bind(record.version)
    .bind(record.updated_at.unix_micros())
    .bind(body)
    .bind(extra)
    .execute(&mut *on)
    .await
    .map_err(unavailable)?;
    sqlx::query("DELETE FROM resource_versions WHERE kind = $1 AND id = $2 AND version <= $3")
        .bind(kind)
        .bind(id)
        .bind(record.version - KEPT_FORMS)
        .execute(on)
        .await
        .map(|_| ())
        .map_err(unavailable)
}

/// Removes a resource and its earlier forms.
pub async fn remove(on: &mut AnyConnection, name: &Name) -> Result<(), Fault> {
    for query in [
        "DELETE FROM resources WHERE kind = $1 AND id = $2",
        "DELETE FROM resource_versions WHERE kind = $1 AND id = $2",
    ] {
        sqlx::query(query)
            .bind(name.0)
            .bind(name.1.as_str())
            .execute(&mut *on)
            .await
            .map_err(unavailable)?;
    }
    Ok(())
}

/// An earlier or the present form of a resource.
#[derive(Clone, Debug)]
pub struct Form {
    /// Its version.
    pub version: i64,
    /// When it was written.
    pub at: Timestamp,
    /// The document.
    pub document: Document,
    /// What only the administration knew of it.
    pub extra: Map<String, Value>,
}

/// The forms of a resource that are kept, the newest first.
pub async fn forms(
    on: &mut AnyConnection,
    kind: ResourceKind,
    id: &str,
) -> Result<Vec<Form>, Fault> {
    let rows = sqlx::query(
        "SELECT version, at, body, extra FROM resource_versions WHERE kind = $1 AND id = $2 \
         ORDER BY version DESC",
    )
    .bind(kind.as_str())
    .bind(id)
    .fetch_all(on)
    .await
    .map_err(unavailable)?;
    rows.iter()
        .map(|row| {
            let body: String = row.try_get(2).map_err(unavailable)?;
            Ok(Form {
                version: row.try_get(0).map_err(unavailable)?,
                at: Timestamp::from_unix_micros(row.try_get(1).map_err(unavailable)?),
                document: Document::from_json(kind, body.as_bytes())?,
                extra: notes(row.try_get(3).map_err(unavailable)?)?,
            })
        })
        .collect()
}

/// A stored thing that is not what was stored.
pub fn broken(what: &str) -> Fault {
    Fault::new(Code::InternalError, "Something broke in the control plane.").detail(what.to_owned())
}

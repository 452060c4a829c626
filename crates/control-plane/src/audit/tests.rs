//! Stories of the ledger, told on both databases.

mod agreement;
mod intake;
mod outage;
mod reading;
mod tampering;
mod writing;

use std::path::Path;

use terms::{EventType, SecretBytes, Timestamp};
use wire::intake::Event;

use super::{LedgerWriter, NewEvent, verify_store};
use crate::db::Db;
use crate::testing::{Postgres, sqlite_url};

/// A database of one test.
struct Place {
    url: String,
    db: Db,
    postgres: Option<Postgres>,
    dir: tempfile::TempDir,
}

impl Place {
    async fn sqlite() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let url = sqlite_url(dir.path());
        let db = Db::open(&url).await.unwrap();
        Self {
            url,
            db,
            postgres: None,
            dir,
        }
    }

    async fn postgres() -> Self {
        let postgres = Postgres::start();
        let url = postgres.url().to_owned();
        let db = Db::open(&url).await.unwrap();
        let dir = tempfile::tempdir().unwrap();
        Self {
            url,
            db,
            postgres: Some(postgres),
            dir,
        }
    }

    async fn writer(&self) -> LedgerWriter {
        LedgerWriter::start(self.db.clone(), &secret(), "control-plane")
            .await
            .unwrap()
    }

    async fn verify(&self) -> verify::Report {
        verify_store(&self.url, &secret()).await
    }

    /// Demands a whole log of `records` records.
    async fn holds(&self, records: u64) -> verify::Report {
        let report = self.verify().await;
        assert_eq!(report.outcome, verify::Outcome::Good, "{report:#?}");
        assert_eq!(report.records, records, "{report:#?}");
        report
    }

    fn folder(&self) -> &Path {
        self.dir.path()
    }
}

/// Tells each story on both databases.
macro_rules! on_both {
    ($($story:ident)*) => {
        mod on_sqlite {
            $(#[tokio::test] async fn $story() {
                super::$story(super::Place::sqlite().await).await;
            })*
        }
        mod on_postgres {
            $(#[tokio::test] async fn $story() {
                super::$story(super::Place::postgres().await).await;
            })*
        }
    };
}
use on_both;

fn secret() -> SecretBytes {
    SecretBytes::new(*b"a secret of at least thirty-two bytes")
}

/// A moment `seconds` after a fixed one.
fn moment(seconds: u64) -> Timestamp {
    let start = Timestamp::parse("2026-11-22T05:00:00Z").unwrap();
    start.plus(std::time::Duration::from_secs(seconds))
}

/// An event as the data plane `node` sends it: a tenant in turn, a new second each.
fn sent(node: &str, counter: u64) -> Event {
    let tenant = ["demo", "acme", ""][usize::try_from(counter % 3).unwrap()];
    let payload = serde_json::json!({
        "request_id": format!("req_{node}_{counter}"),
        "api_key": format!("key_{}", counter % 2),
        "status": 200,
        "model": "mock-large",
    });
    Event {
        counter,
        id: format!("evt_{node}_{counter}"),
        unix_micros: moment(counter).unix_micros(),
        tenant_id: tenant.into(),
        event_type: if counter.is_multiple_of(2) {
            "GATEWAY_RESPONSE"
        } else {
            "GATEWAY_REQUEST"
        }
        .into(),
        payload: payload.to_string().into_bytes().into(),
    }
}

fn sent_all(node: &str, counters: std::ops::RangeInclusive<u64>) -> Vec<Event> {
    counters.map(|counter| sent(node, counter)).collect()
}

fn own(tenant: &str) -> NewEvent {
    NewEvent {
        timestamp: moment(0),
        tenant_id: tenant.into(),
        event_type: EventType::TenantCreated,
        payload: serde_json::json!({"actor": "admin", "resource": {"kind": "tenant", "id": tenant}}),
    }
}

async fn one_text(db: &Db, sql: &'static str) -> String {
    sqlx::query_scalar(sql).fetch_one(&db.pool).await.unwrap()
}

async fn one_number(db: &Db, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(&db.pool).await.unwrap()
}

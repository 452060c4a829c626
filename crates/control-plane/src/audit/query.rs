//! Lists recorded events, newest first.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};
use terms::{Code, Fault, Timestamp};
use utoipa::{IntoParams, ToSchema};

use super::commit::COLUMNS;
use crate::db::{Db, unavailable};

/// The longest page.
const LONGEST: u32 = 1_000;

/// Which events are asked for. What is not set doesn't restrict.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, IntoParams, ToSchema)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct EventFilter {
    /// Of this tenant; empty: of the platform.
    pub tenant_id: Option<String>,
    /// Of this type, such as `GATEWAY_REQUEST`.
    pub event_type: Option<String>,
    /// By this one: the first of the payload's `actor`, `user_id` and `api_key`.
    pub actor: Option<String>,
    /// Happened then or later (RFC 3339).
    #[param(value_type = Option<String>)]
    #[schema(value_type = Option<String>)]
    pub from: Option<Timestamp>,
    /// Happened before then (RFC 3339).
    #[param(value_type = Option<String>)]
    #[schema(value_type = Option<String>)]
    pub to: Option<Timestamp>,
    /// Of this request.
    pub request_id: Option<String>,
}

/// A recorded event.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuditEvent {
    /// Its place among all events of the store, in the order they were recorded.
    pub seq: u64,
    /// `evt_…`
    pub event_id: String,
    /// When it happened.
    pub timestamp: String,
    /// Whose it is; null: the platform's.
    pub tenant_id: Option<String>,
    /// What it records.
    pub event_type: String,
    /// What was recorded. Its member `recorded` says where it came from.
    #[schema(value_type = Object)]
    pub payload: Box<RawValue>,
    /// The HMAC of the chain's entry before it; empty for the first.
    pub previous_hash: String,
    /// The entry's HMAC.
    pub hmac: String,
    /// When it was sealed.
    pub signed_at: String,
    /// The chain: the tenant's id; empty: the platform's.
    pub shard: String,
    /// The epoch of the writer that sealed it.
    pub epoch: u64,
    /// The entry's place in its chain.
    pub sequence: u64,
    /// The process that saw it happen.
    pub node: String,
    /// That process' start.
    pub boot: String,
    /// The event's place among those of (node, boot).
    pub counter: u64,
}

/// A page of events.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuditPage {
    /// Newest first.
    pub items: Vec<AuditEvent>,
    /// Give it as `cursor` for the next page; null at the end.
    pub next_cursor: Option<String>,
}

/// A value in a query's place.
enum Bind {
    Text(String),
    Big(i64),
}

/// The conditions of a query and the values in their places.
#[derive(Default)]
pub(super) struct Conditions {
    sql: String,
    binds: Vec<Bind>,
}

impl Conditions {
    pub(super) fn of(filter: &EventFilter) -> Self {
        let mut made = Self::default();
        for (name, value) in filter.named() {
            let condition = match name {
                "from" => "timestamp >= ",
                "to" => "timestamp < ",
                "tenant_id" => "tenant_id = ",
                "event_type" => "event_type = ",
                "actor" => "actor = ",
                _ => "request_id = ",
            };
            made.and(condition, Bind::Text(value));
        }
        made
    }

    fn and(&mut self, condition: &str, value: Bind) {
        self.word();
        self.binds.push(value);
        self.sql.push_str(condition);
        self.sql.push_str(&format!("${}", self.binds.len()));
    }

    /// Only events recorded after `seq`, up to and with `last`.
    pub(super) fn between(&mut self, seq: i64, last: i64) {
        self.and("seq > ", Bind::Big(seq));
        self.and("seq <= ", Bind::Big(last));
    }

    /// Only events that come after `cursor` in a list.
    fn beyond(&mut self, (timestamp, seq): (String, i64)) {
        self.word();
        let place = self.binds.len();
        let (first, second) = (place + 1, place + 2);
        self.sql
            .push_str(&format!("(timestamp, seq) < (${first}, ${second})"));
        self.binds.extend([Bind::Text(timestamp), Bind::Big(seq)]);
    }

    fn word(&mut self) {
        self.sql.push_str(if self.binds.is_empty() {
            " WHERE "
        } else {
            " AND "
        });
    }

    /// The rows in `order`, at most `limit`.
    pub(super) async fn fetch(
        self,
        on: &mut AnyConnection,
        order: &str,
        limit: u32,
    ) -> Result<Vec<AnyRow>, sqlx::Error> {
        let conditions = self.sql;
        let sql = format!(
            "SELECT {COLUMNS} FROM audit_events{conditions} ORDER BY {order} LIMIT {limit}"
        );
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for value in self.binds {
            query = match value {
                Bind::Text(text) => query.bind(text),
                Bind::Big(number) => query.bind(number),
            };
        }
        query.fetch_all(on).await
    }
}

impl EventFilter {
    /// What is set, by its name in a query string.
    pub(super) fn named(&self) -> Vec<(&'static str, String)> {
        let Self {
            tenant_id,
            event_type,
            actor,
            from,
            to,
            request_id,
        } = self;
        let time = |moment: &Option<Timestamp>| moment.map(|moment| moment.to_string());
        let all = [
            ("tenant_id", tenant_id.clone()),
            ("event_type", event_type.clone()),
            ("actor", actor.clone()),
            ("from", time(from)),
            ("to", time(to)),
            ("request_id", request_id.clone()),
        ];
        let set = all
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)));
        set.collect()
    }
}

/// The events that `filter` asks for, newest first: at most `limit` (1 to 1000) after `cursor`.
///
/// # Errors
/// `validation_error` for a limit or a cursor that is none, `storage_unavailable` when the
/// database doesn't answer.
pub async fn list(
    db: &Db,
    filter: &EventFilter,
    limit: u32,
    cursor: Option<&str>,
) -> Result<AuditPage, Fault> {
    if !(1..=LONGEST).contains(&limit) {
        let fault = Fault::new(Code::ValidationError, "limit must be 1 to 1000.");
        return Err(fault.at("limit"));
    }
    let mut conditions = Conditions::of(filter);
    if let Some(cursor) = cursor {
        let place = read_cursor(cursor).ok_or_else(|| {
            Fault::new(Code::ValidationError, "This is not a cursor of this list.").at("cursor")
        })?;
        conditions.beyond(place);
    }
    let mut connection = db.pool.acquire().await.map_err(unavailable)?;
    let rows = conditions
        .fetch(&mut connection, "timestamp DESC, seq DESC", limit + 1)
        .await
        .map_err(unavailable)?;
    let mut items = rows.iter().map(event).collect::<Result<Vec<_>, _>>()?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = items.len() > wanted;
    items.truncate(wanted);
    let next_cursor = match items.last() {
        Some(last) if more => Some(write_cursor(last)),
        _ => None,
    };
    Ok(AuditPage { items, next_cursor })
}

fn write_cursor(event: &AuditEvent) -> String {
    URL_SAFE_NO_PAD.encode(format!("{}|{}", event.timestamp, event.seq))
}

fn read_cursor(cursor: &str) -> Option<(String, i64)> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    let (timestamp, seq) = text.split_once('|')?;
    Timestamp::parse(timestamp)?;
    Some((timestamp.to_owned(), seq.parse().ok()?))
}

/// A row of `audit_events` as an event.
pub(super) fn event(row: &AnyRow) -> Result<AuditEvent, Fault> {
    read(row).map_err(|why| {
        Fault::new(
            Code::InternalError,
            "A recorded event can't be read; verify the audit log.",
        )
        .detail(why)
    })
}

fn read(row: &AnyRow) -> Result<AuditEvent, String> {
    let text = |place: usize| row.try_get::<String, _>(place).map_err(|e| e.to_string());
    let count = |place: usize| {
        let value = row.try_get::<i64, _>(place).map_err(|e| e.to_string())?;
        u64::try_from(value).map_err(|e| e.to_string())
    };
    let tenant_id = text(6)?;
    Ok(AuditEvent {
        seq: count(0)?,
        shard: text(1)?,
        sequence: count(2)?,
        epoch: count(3)?,
        event_id: text(4)?,
        timestamp: text(5)?,
        tenant_id: (!tenant_id.is_empty()).then_some(tenant_id),
        event_type: text(7)?,
        payload: RawValue::from_string(text(8)?).map_err(|e| e.to_string())?,
        previous_hash: text(9)?,
        hmac: text(10)?,
        signed_at: text(11)?,
        node: text(12)?,
        boot: text(13)?,
        counter: count(14)?,
    })
}

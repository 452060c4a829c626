//! The users' rows.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};
use terms::{Fault, Roles, Timestamp, UserId, new_id};

use super::{Sighting, UserRow};
use crate::db::unavailable;
use crate::store::rows::broken;

/// Actors of events who are no users: nobody's id is one of these.
const ACTORS: [&str; 3] = ["admin", "anonymous", "control-plane"];

const COLUMNS: &str =
    "id, issuer, user_id, username, email, tenant_id, roles, first_seen, last_seen, session";

/// The same columns, of the users that a tenant knows.
const IN_TENANT: &str = "SELECT u.id, u.issuer, u.user_id, u.username, u.email, t.tenant_id, \
    t.roles, u.first_seen, u.last_seen, u.session \
    FROM users u JOIN user_tenants t ON t.id = u.id";

pub(super) async fn named(
    on: &mut AnyConnection,
    issuer: &str,
    user_id: &str,
) -> Result<Option<UserRow>, Fault> {
    let text = format!("SELECT {COLUMNS} FROM users WHERE issuer = $1 AND user_id = $2");
    let query = sqlx::query(sqlx::AssertSqlSafe(text))
        .bind(issuer)
        .bind(user_id);
    let row = query.fetch_optional(on).await.map_err(unavailable)?;
    row.as_ref().map(read).transpose()
}

pub(super) async fn by_id(on: &mut AnyConnection, id: &str) -> Result<Option<UserRow>, Fault> {
    let text = format!("SELECT {COLUMNS} FROM users WHERE id = $1");
    let query = sqlx::query(sqlx::AssertSqlSafe(text)).bind(id);
    let row = query.fetch_optional(on).await.map_err(unavailable)?;
    row.as_ref().map(read).transpose()
}

pub(super) async fn by_id_in(
    on: &mut AnyConnection,
    id: &str,
    tenant: &str,
) -> Result<Option<UserRow>, Fault> {
    let text = format!("{IN_TENANT} WHERE t.tenant_id = $1 AND u.id = $2");
    let query = sqlx::query(sqlx::AssertSqlSafe(text)).bind(tenant).bind(id);
    let row = query.fetch_optional(on).await.map_err(unavailable)?;
    row.as_ref().map(read).transpose()
}

pub(super) async fn page(
    on: &mut AnyConnection,
    tenant: Option<&str>,
    after: &str,
    limit: i64,
) -> Result<Vec<UserRow>, Fault> {
    let text = match tenant {
        Some(_) => {
            format!("{IN_TENANT} WHERE t.tenant_id = $1 AND u.id > $2 ORDER BY u.id LIMIT $3")
        }
        None => format!("SELECT {COLUMNS} FROM users WHERE id > $1 ORDER BY id LIMIT $2"),
    };
    let mut query = sqlx::query(sqlx::AssertSqlSafe(text));
    if let Some(tenant) = tenant {
        query = query.bind(tenant);
    }
    let rows = query.bind(after).bind(limit).fetch_all(on).await;
    rows.map_err(unavailable)?.iter().map(read).collect()
}

/// The user spoke for the tenant, with these roles.
pub(super) async fn speaks_for(
    on: &mut AnyConnection,
    id: &str,
    tenant: &str,
    roles: Roles,
) -> Result<(), Fault> {
    let text = "INSERT INTO user_tenants (id, tenant_id, roles) VALUES ($1, $2, $3) \
                ON CONFLICT (id, tenant_id) DO UPDATE SET roles = excluded.roles";
    let query = sqlx::query(text).bind(id).bind(tenant);
    let written = query.bind(roles_text(roles)).execute(on).await;
    written.map(|_| ()).map_err(unavailable)
}

/// The tenant knows the user, if it did not yet.
pub(super) async fn link(on: &mut AnyConnection, id: &str, tenant: &str) -> Result<(), Fault> {
    let text = "INSERT INTO user_tenants (id, tenant_id, roles) VALUES ($1, $2, $3) \
                ON CONFLICT DO NOTHING";
    let query = sqlx::query(text).bind(id).bind(tenant);
    let written = query.bind(roles_text(Roles::NONE)).execute(on).await;
    written.map(|_| ()).map_err(unavailable)
}

/// The issuer's name for the user when it is free, else with the issuer's host behind it.
pub(super) async fn free_id(
    on: &mut AnyConnection,
    user: &Sighting,
    at: Timestamp,
) -> Result<String, Fault> {
    let host = url::Url::parse(&user.issuer).ok();
    let host = host.as_ref().and_then(url::Url::host_str);
    let host = host.unwrap_or(&user.issuer);
    for id in [user.user_id.clone(), format!("{}@{host}", user.user_id)] {
        if !ACTORS.contains(&id.as_str()) && by_id(on, &id).await?.is_none() {
            return Ok(id);
        }
    }
    new_id(UserId::PREFIX, at).map_err(|_| broken("no randomness"))
}

pub(super) async fn insert(
    on: &mut AnyConnection,
    id: &str,
    user: &Sighting,
    at: Option<Timestamp>,
) -> Result<(), Fault> {
    let at = at.map(Timestamp::unix_micros);
    let text =
        format!("INSERT INTO users ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");
    sqlx::query(sqlx::AssertSqlSafe(text))
        .bind(id)
        .bind(user.issuer.as_str())
        .bind(user.user_id.as_str())
        .bind(user.username.clone())
        .bind(user.email.clone())
        .bind(user.tenant.clone())
        .bind(roles_text(user.roles))
        .bind(at)
        .bind(at)
        .bind(user.session.clone())
        .execute(on)
        .await
        .map(|_| ())
        .map_err(unavailable)
}

/// What a token leaves out of name and address stays as it was.
pub(super) async fn update(
    on: &mut AnyConnection,
    row: &UserRow,
    user: &Sighting,
    at: Timestamp,
) -> Result<(), Fault> {
    let either = |new: &Option<String>, old: &Option<String>| new.clone().or_else(|| old.clone());
    let known = &row.known;
    sqlx::query(
        "UPDATE users SET issuer = $2, username = $3, email = $4, tenant_id = $5, roles = $6, \
         first_seen = $7, last_seen = $8, session = $9 WHERE id = $1",
    )
    .bind(row.id.as_str())
    .bind(user.issuer.as_str())
    .bind(either(&user.username, &known.username))
    .bind(either(&user.email, &known.email))
    .bind(user.tenant.clone())
    .bind(roles_text(user.roles))
    .bind(row.first_seen.unwrap_or(at).unix_micros())
    .bind(row.last_seen.unwrap_or(at).max(at).unix_micros())
    .bind(either(&user.session, &known.session))
    .execute(on)
    .await
    .map(|_| ())
    .map_err(unavailable)
}

fn roles_text(roles: Roles) -> String {
    serde_json::json!(roles).to_string()
}

fn read(row: &AnyRow) -> Result<UserRow, Fault> {
    let text = |place: usize| row.try_get::<String, _>(place).map_err(unavailable);
    let perhaps = |place: usize| row.try_get::<Option<String>, _>(place).map_err(unavailable);
    let time = |place: usize| {
        let micros = row.try_get::<Option<i64>, _>(place).map_err(unavailable);
        micros.map(|it| it.map(Timestamp::from_unix_micros))
    };
    Ok(UserRow {
        id: text(0)?,
        known: Sighting {
            issuer: text(1)?,
            user_id: text(2)?,
            username: perhaps(3)?,
            email: perhaps(4)?,
            tenant: perhaps(5)?,
            roles: serde_json::from_str(&text(6)?)
                .map_err(|_| broken("a stored user's roles can't be read"))?,
            session: perhaps(9)?,
        },
        first_seen: time(7)?,
        last_seen: time(8)?,
    })
}

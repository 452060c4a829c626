//! The users that were seen, or entered before their first login.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};
use terms::{Code, Fault, Roles, Timestamp, UserId, new_id};

use super::rows::broken;
use crate::db::{Db, unavailable};

/// How often `last_seen` is written for a user who keeps calling.
const TOUCH: Duration = Duration::from_secs(60);

/// Users that are remembered at most; beyond, all are asked for again.
const MOST: usize = 65_536;

/// Sessions of one user that are remembered.
const SESSIONS: usize = 16;

/// Actors of events who are no users: nobody's id is one of these.
const ACTORS: [&str; 3] = ["admin", "anonymous", "control-plane"];

const COLUMNS: &str =
    "id, issuer, user_id, username, email, tenant_id, roles, first_seen, last_seen, session";

/// What a token said of a user.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sighting {
    /// Whose user.
    pub issuer: String,
    /// The issuer's name for them.
    pub user_id: String,
    /// What people call them.
    pub username: Option<String>,
    /// Their address.
    pub email: Option<String>,
    /// Their tenant.
    pub tenant: Option<String>,
    /// The roles of the claims.
    pub roles: Roles,
    /// The session in which they administer; none: they called a data plane.
    pub session: Option<String>,
}

impl Sighting {
    fn without_session(&self) -> Self {
        Self {
            session: None,
            ..self.clone()
        }
    }
}

/// A user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserRow {
    /// Their id here.
    pub id: String,
    /// What is known of them. An empty issuer: not known yet.
    pub known: Sighting,
    /// When they first proved who they are.
    pub first_seen: Option<Timestamp>,
    /// When they last did, within a minute.
    pub last_seen: Option<Timestamp>,
}

/// What a sighting came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The user's id.
    pub id: Arc<str>,
    /// They administer for the first time in this session.
    pub new_session: bool,
    /// They were entered without an issuer, and this is the one.
    pub adopted: bool,
}

impl Seen {
    fn again(id: &Arc<str>) -> Self {
        Self {
            id: Arc::clone(id),
            new_session: false,
            adopted: false,
        }
    }
}

/// What is remembered of a user, so that not each of their calls is written down.
#[derive(Debug)]
struct Last {
    id: Arc<str>,
    /// Without its session.
    sighting: Sighting,
    sessions: Vec<String>,
    at: Timestamp,
}

/// The users of an installation.
#[derive(Debug)]
pub struct Users {
    db: Db,
    last: Mutex<HashMap<(String, String), Last>>,
}

impl Users {
    /// The users in `db`.
    pub fn new(db: Db) -> Self {
        Self {
            db,
            last: Mutex::default(),
        }
    }

    /// Notes that a user was seen at `at`.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn saw(&self, sighting: Sighting, at: Timestamp) -> Result<Seen, Fault> {
        let known = self.known_already(&sighting);
        if let Some((id, last)) = &known
            && at < last.plus(TOUCH)
        {
            return Ok(Seen::again(id));
        }
        // Another instance may have been faster: then the second try finds the user.
        let written = match self.write(&sighting, at).await {
            Err(_) => self.write(&sighting, at).await,
            Ok(seen) => Ok(seen),
        };
        let mut seen = match (written, known) {
            // While the database is away, who is known goes on, and waits for it once a minute.
            (Err(_), Some((id, _))) => {
                self.remember(&id, sighting, at);
                return Ok(Seen::again(&id));
            }
            (written, _) => written?,
        };
        seen.new_session &= self.remember(&seen.id, sighting, at);
        Ok(seen)
    }

    /// The user's id, and when that was last written down, where this sighting says nothing new.
    fn known_already(&self, sighting: &Sighting) -> Option<(Arc<str>, Timestamp)> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let known = last.get(&(sighting.issuer.clone(), sighting.user_id.clone()))?;
        let session = sighting.session.as_ref();
        let same = known.sighting == sighting.without_session()
            && session.is_none_or(|it| known.sessions.contains(it));
        same.then(|| (Arc::clone(&known.id), known.at))
    }

    /// True when this session is new to this process too.
    fn remember(&self, id: &Arc<str>, sighting: Sighting, at: Timestamp) -> bool {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.len() >= MOST {
            last.clear();
        }
        let name = (sighting.issuer.clone(), sighting.user_id.clone());
        let before = last.remove(&name);
        let mut sessions = before.map(|it| it.sessions).unwrap_or_default();
        let mut new = false;
        if let Some(session) = &sighting.session
            && !sessions.contains(session)
        {
            new = true;
            sessions.truncate(SESSIONS - 1);
            sessions.insert(0, session.clone());
        }
        let known = Last {
            id: Arc::clone(id),
            sighting: sighting.without_session(),
            sessions,
            at,
        };
        last.insert(name, known);
        new
    }

    async fn write(&self, sighting: &Sighting, at: Timestamp) -> Result<Seen, Fault> {
        let mut tx = self.db.begin_write().await.map_err(unavailable)?;
        let mut adopted = false;
        let mut known = named(&mut tx, &sighting.issuer, &sighting.user_id).await?;
        if known.is_none() {
            known = named(&mut tx, "", &sighting.user_id)
                .await?
                .filter(|row| row.known.tenant.is_none() || row.known.tenant == sighting.tenant);
            adopted = known.is_some();
        }
        let (id, new_session) = match known {
            Some(row) => {
                update(&mut tx, &row, sighting, at).await?;
                let new = sighting.session.is_some() && row.known.session != sighting.session;
                (row.id, new)
            }
            None => {
                let id = free_id(&mut tx, sighting, at).await?;
                insert(&mut tx, &id, sighting, Some(at)).await?;
                (id, sighting.session.is_some())
            }
        };
        tx.commit().await.map_err(unavailable)?;
        Ok(Seen {
            id: Arc::from(id),
            new_session,
            adopted,
        })
    }

    /// Enters a user before their first login. Returns their id.
    ///
    /// # Errors
    /// `user_duplicate` when the user is known; `storage_unavailable`.
    pub async fn enter(&self, user: &Sighting, at: Timestamp) -> Result<String, Fault> {
        let mut tx = self.db.begin_write().await.map_err(unavailable)?;
        let known = named(&mut tx, &user.issuer, &user.user_id).await?;
        let any = if user.issuer.is_empty() && known.is_none() {
            by_id(&mut tx, &user.user_id).await?
        } else {
            known
        };
        if any.is_some() {
            let message = format!("There is a user '{}' already.", user.user_id);
            return Err(Fault::new(Code::UserDuplicate, message).at("/userId"));
        }
        let id = free_id(&mut tx, user, at).await?;
        insert(&mut tx, &id, user, None).await?;
        tx.commit().await.map_err(unavailable)?;
        Ok(id)
    }

    /// Forgets a user: one that could not be entered wholly.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn forget(&self, id: &str) -> Result<(), Fault> {
        sqlx::query("DELETE FROM users WHERE id = $1")
            .bind(id)
            .execute(&self.db.pool)
            .await
            .map(|_| ())
            .map_err(unavailable)
    }

    /// The user of this id.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn get(&self, id: &str) -> Result<Option<UserRow>, Fault> {
        let mut on = self.db.pool.acquire().await.map_err(unavailable)?;
        by_id(&mut on, id).await
    }

    /// At most `limit` users after the id `after`, of one tenant or of all.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn list(
        &self,
        tenant: Option<&str>,
        after: &str,
        limit: i64,
    ) -> Result<Vec<UserRow>, Fault> {
        let rows = match tenant {
            Some(tenant) => {
                let text = format!(
                    "SELECT {COLUMNS} FROM users WHERE id > $1 AND tenant_id = $2 \
                     ORDER BY id LIMIT $3"
                );
                let query = sqlx::query(sqlx::AssertSqlSafe(text))
                    .bind(after)
                    .bind(tenant);
                query.bind(limit).fetch_all(&self.db.pool).await
            }
            None => {
                let text =
                    format!("SELECT {COLUMNS} FROM users WHERE id > $1 ORDER BY id LIMIT $2");
                let query = sqlx::query(sqlx::AssertSqlSafe(text)).bind(after);
                query.bind(limit).fetch_all(&self.db.pool).await
            }
        };
        rows.map_err(unavailable)?.iter().map(read).collect()
    }
}

async fn named(
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

async fn by_id(on: &mut AnyConnection, id: &str) -> Result<Option<UserRow>, Fault> {
    let text = format!("SELECT {COLUMNS} FROM users WHERE id = $1");
    let query = sqlx::query(sqlx::AssertSqlSafe(text)).bind(id);
    let row = query.fetch_optional(on).await.map_err(unavailable)?;
    row.as_ref().map(read).transpose()
}

/// The issuer's name for the user when it is free, else with the issuer's host behind it.
async fn free_id(on: &mut AnyConnection, user: &Sighting, at: Timestamp) -> Result<String, Fault> {
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

async fn insert(
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

/// What a token leaves out stays as it was.
async fn update(
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
    .bind(either(&user.tenant, &known.tenant))
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

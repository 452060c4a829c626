//! Sessions of the gateway's own tokens, and their refresh tokens, of which only keyed hashes are
//! kept.
//!
//! What happens to one session happens in turn: whoever changes it holds its row's lock. So of two
//! calls with the same refresh token one wins, and the other finds it used.

use std::time::Duration;

use decide::case::Agent;
use serde::{Deserialize, Serialize};
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};
use terms::{Fault, Roles, SecretString, SessionId, TenantId, Timestamp};

use super::Store;
use super::rows::broken;
use crate::db::unavailable;

/// The purpose of the hash' key.
const PURPOSE: &str = "refresh_token";

/// Rows of sessions that are over are kept this long, so that a late call is told why.
const KEPT: Duration = Duration::from_secs(24 * 60 * 60);

/// Whose session it is, as the identity provider's token said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The identity provider: the `iss` of its token.
    pub issuer: String,
    /// What it calls the user.
    pub user_id: String,
    /// The user's name for people.
    pub username: Option<String>,
    /// The user's address.
    pub email: Option<String>,
    /// The roles of the gate's that the token named.
    pub roles: Roles,
    /// The user's groups.
    pub groups: Vec<String>,
    /// The tenant that the token named.
    pub tenant: Option<TenantId>,
    /// The scopes that restrict the session; empty: none do.
    pub scopes: Vec<String>,
    /// When the user proved themselves.
    pub authenticated_at: Option<Timestamp>,
    /// How (RFC 8176).
    pub amr: Vec<String>,
    /// How strongly.
    pub acr: Option<String>,
    /// The tokens may administer: the rules for administrators' tokens let the first one in.
    pub administers: bool,
    /// The agent that the token spoke of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<Agent>,
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The `sid` of its tokens.
    pub id: SessionId,
    /// Whose it is.
    pub person: Person,
    /// When its last refresh token ends, whatever happens.
    pub expires_at: Timestamp,
    /// When its newest access token ends, differences between clocks included.
    pub access_until: Timestamp,
}

/// Why a session was ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Its user left.
    Logout,
    /// A refresh token was used twice.
    Reuse,
}

impl Why {
    const fn as_str(self) -> &'static str {
        match self {
            Why::Logout => "logout",
            Why::Reuse => "reuse",
        }
    }

    fn parse(text: &str) -> Self {
        if text == Why::Reuse.as_str() {
            Why::Reuse
        } else {
            Why::Logout
        }
    }
}

/// What became of a refresh token that was presented.
#[derive(Debug)]
pub enum Turn {
    /// It was exchanged for the next; the session as it is now.
    Taken(Box<Session>),
    /// There is no such token.
    Unknown,
    /// Its session's time is over.
    Expired,
    /// Its session was ended before.
    Ended,
    /// It had been used: its session is ended from now on.
    Reused(Box<Session>),
    /// The session goes on, but may not now: nothing was changed.
    Refused(Box<Session>, Fault),
}

/// What became of a session that was to be ended.
#[derive(Debug)]
pub enum End {
    /// It is ended from now on.
    Now(Box<Session>),
    /// It was over before.
    Before,
    /// There is none.
    Unknown,
}

/// A session's row, locked.
struct Locked {
    session: Session,
    ended: bool,
}

impl Store {
    /// Begins a session with its first refresh token.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn begin_session(
        &self,
        session: &Session,
        token: &SecretString,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let text = serde_json::to_vec(&session.person).map_err(|_| broken("a session's person"))?;
        let identity = self.sealer().seal(&place(&session.id), &text)?;
        let mut tx = self.db.begin_write().await.map_err(unavailable)?;
        sqlx::query(
            "INSERT INTO token_sessions (id, identity, made_at, expires_at, access_until, told) \
             VALUES ($1, $2, $3, $4, $5, 0)",
        )
        .bind(session.id.to_string())
        .bind(identity)
        .bind(now.unix_micros())
        .bind(session.expires_at.unix_micros())
        .bind(session.access_until.unix_micros())
        .execute(&mut *tx)
        .await
        .map_err(unavailable)?;
        self.add_token(&mut tx, &session.id, token, now).await?;
        tx.commit().await.map_err(unavailable)
    }

    /// Exchanges the refresh token `old` for `next`, if the session may go on: `judge` says so.
    /// The access token that comes with `next` ends at `access_until` of the session.
    ///
    /// # Errors
    /// `storage_unavailable`; then nothing was changed.
    pub async fn take_turn(
        &self,
        (old, next): (&SecretString, &SecretString),
        (now, access): (Timestamp, Duration),
        judge: impl FnOnce(&Session) -> Result<(), Fault> + Send,
    ) -> Result<Turn, Fault> {
        let mut tx = self.db.begin_write().await.map_err(unavailable)?;
        let Some(id) = self.session_of(&mut tx, old).await? else {
            return Ok(Turn::Unknown);
        };
        let Some(Locked { mut session, ended }) = self.lock(&mut tx, &id).await? else {
            return Ok(Turn::Unknown);
        };
        if ended {
            return Ok(Turn::Ended);
        }
        if session.expires_at <= now {
            return Ok(Turn::Expired);
        }
        // Read under the session's lock: what another call did with it is seen.
        if self.is_used(&mut tx, old).await? {
            mark_ended(&mut tx, &session.id, Why::Reuse).await?;
            tx.commit().await.map_err(unavailable)?;
            return Ok(Turn::Reused(Box::new(session)));
        }
        if let Err(fault) = judge(&session) {
            return Ok(Turn::Refused(Box::new(session), fault));
        }
        session.access_until = session.access_until.max(now.plus(access));
        sqlx::query("UPDATE refresh_tokens SET used = 1 WHERE hash = $1")
            .bind(self.hash(old))
            .execute(&mut *tx)
            .await
            .map_err(unavailable)?;
        sqlx::query("UPDATE token_sessions SET access_until = $2 WHERE id = $1")
            .bind(session.id.to_string())
            .bind(session.access_until.unix_micros())
            .execute(&mut *tx)
            .await
            .map_err(unavailable)?;
        self.add_token(&mut tx, &session.id, next, now).await?;
        tx.commit().await.map_err(unavailable)?;
        Ok(Turn::Taken(Box::new(session)))
    }

    /// The session of a refresh token, used or not.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn session_of_token(&self, token: &SecretString) -> Result<Option<SessionId>, Fault> {
        let mut on = self.db.pool.acquire().await.map_err(unavailable)?;
        self.session_of(&mut on, token).await
    }

    /// Ends a session. Tell the data planes, then say so with [`Store::told`].
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn end_session(&self, id: &SessionId, why: Why) -> Result<End, Fault> {
        let mut tx = self.db.begin_write().await.map_err(unavailable)?;
        let Some(Locked { session, ended }) = self.lock(&mut tx, id).await? else {
            return Ok(End::Unknown);
        };
        if ended {
            return Ok(End::Before);
        }
        mark_ended(&mut tx, id, why).await?;
        tx.commit().await.map_err(unavailable)?;
        Ok(End::Now(Box::new(session)))
    }

    /// Remembers that the data planes know of the end of a session.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn told(&self, id: &SessionId) -> Result<(), Fault> {
        sqlx::query("UPDATE token_sessions SET told = 1 WHERE id = $1")
            .bind(id.to_string())
            .execute(&self.db.pool)
            .await
            .map(|_| ())
            .map_err(unavailable)
    }

    /// Sessions that were ended and of which the data planes were not told: the process stopped
    /// in between, or the configuration could not be written.
    ///
    /// # Errors
    /// `storage_unavailable`; `internal_error` when a row can't be read.
    pub async fn untold(&self) -> Result<Vec<(Session, Why)>, Fault> {
        let rows = sqlx::query(
            "SELECT id, identity, expires_at, access_until, ended_why FROM token_sessions \
             WHERE ended_why IS NOT NULL AND told = 0",
        )
        .fetch_all(&self.db.pool)
        .await
        .map_err(unavailable)?;
        rows.iter()
            .map(|row| {
                let why: Option<String> = row.try_get(4).map_err(unavailable)?;
                let session = self.read_session(row)?;
                Ok((session, Why::parse(why.as_deref().unwrap_or_default())))
            })
            .collect()
    }

    /// Forgets sessions that are over since a day.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn forget_sessions(&self, now: Timestamp) -> Result<(), Fault> {
        let mut tx = self.db.begin_write().await.map_err(unavailable)?;
        for statement in [
            "DELETE FROM refresh_tokens WHERE session IN \
             (SELECT id FROM token_sessions WHERE expires_at < $1)",
            "DELETE FROM token_sessions WHERE expires_at < $1",
        ] {
            sqlx::query(statement)
                .bind(now.minus(KEPT).unix_micros())
                .execute(&mut *tx)
                .await
                .map_err(unavailable)?;
        }
        tx.commit().await.map_err(unavailable)
    }

    /// Exposed to the hash alone.
    fn hash(&self, token: &SecretString) -> Vec<u8> {
        self.sealer().keyed_hash(PURPOSE, token.expose()).to_vec()
    }

    async fn add_token(
        &self,
        on: &mut AnyConnection,
        session: &SessionId,
        token: &SecretString,
        now: Timestamp,
    ) -> Result<(), Fault> {
        sqlx::query(
            "INSERT INTO refresh_tokens (hash, session, made_at, used) VALUES ($1, $2, $3, 0)",
        )
        .bind(self.hash(token))
        .bind(session.to_string())
        .bind(now.unix_micros())
        .execute(on)
        .await
        .map(|_| ())
        .map_err(unavailable)
    }

    async fn session_of(
        &self,
        on: &mut AnyConnection,
        token: &SecretString,
    ) -> Result<Option<SessionId>, Fault> {
        let id: Option<String> =
            sqlx::query_scalar("SELECT session FROM refresh_tokens WHERE hash = $1")
                .bind(self.hash(token))
                .fetch_optional(on)
                .await
                .map_err(unavailable)?;
        Ok(id.map(SessionId::from))
    }

    async fn is_used(&self, on: &mut AnyConnection, token: &SecretString) -> Result<bool, Fault> {
        let used: Option<i64> =
            sqlx::query_scalar("SELECT used FROM refresh_tokens WHERE hash = $1")
                .bind(self.hash(token))
                .fetch_optional(on)
                .await
                .map_err(unavailable)?;
        Ok(used != Some(0))
    }

    async fn lock(&self, on: &mut AnyConnection, id: &SessionId) -> Result<Option<Locked>, Fault> {
        let query = format!(
            "SELECT id, identity, expires_at, access_until, ended_why FROM token_sessions \
             WHERE id = $1{}",
            self.db.for_update()
        );
        let row = sqlx::query(AssertSqlSafe(query))
            .bind(id.to_string())
            .fetch_optional(on)
            .await
            .map_err(unavailable)?;
        row.map(|row| {
            let why: Option<String> = row.try_get(4).map_err(unavailable)?;
            Ok(Locked {
                session: self.read_session(&row)?,
                ended: why.is_some(),
            })
        })
        .transpose()
    }

    fn read_session(&self, row: &sqlx::any::AnyRow) -> Result<Session, Fault> {
        let id = SessionId::from(row.try_get::<String, _>(0).map_err(unavailable)?);
        let sealed: Vec<u8> = row.try_get(1).map_err(unavailable)?;
        let text = self.sealer().open(&place(&id), &sealed)?;
        // Exposed to its own reader alone.
        let person = serde_json::from_slice(text.expose())
            .map_err(|error| broken(&format!("a session's person: {error}")))?;
        let at = |column: usize| {
            let micros = row.try_get(column).map_err(unavailable);
            micros.map(Timestamp::from_unix_micros)
        };
        Ok(Session {
            person,
            expires_at: at(2)?,
            access_until: at(3)?,
            id,
        })
    }
}

async fn mark_ended(on: &mut AnyConnection, id: &SessionId, why: Why) -> Result<(), Fault> {
    sqlx::query("UPDATE token_sessions SET ended_why = $2 WHERE id = $1")
        .bind(id.to_string())
        .bind(why.as_str())
        .execute(on)
        .await
        .map(|_| ())
        .map_err(unavailable)
}

fn place(id: &SessionId) -> String {
    format!("session/{id}")
}

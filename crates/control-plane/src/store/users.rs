//! The users that were seen, or entered before their first login.

mod rows;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use terms::{Code, Fault, Roles, Timestamp};

use crate::db::{Db, unavailable};
use rows::{by_id, by_id_in, free_id, insert, link, named, page, speaks_for, update};

/// How often `last_seen` is written for a user who keeps calling.
const TOUCH: Duration = Duration::from_secs(60);

/// Users that are remembered at most; beyond, all are asked for again.
const MOST: usize = 65_536;

/// Sessions of one user that are remembered.
const SESSIONS: usize = 16;

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
    /// The tenant for which they spoke.
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
}

impl Seen {
    fn again(id: &Arc<str>) -> Self {
        Self {
            id: Arc::clone(id),
            new_session: false,
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

/// Issuer, the issuer's name for the user, and the tenant for which they spoke.
type Name = (String, String, Option<String>);

fn name_of(sighting: &Sighting) -> Name {
    let Sighting {
        issuer,
        user_id,
        tenant,
        ..
    } = sighting;
    (issuer.clone(), user_id.clone(), tenant.clone())
}

/// The users of an installation.
#[derive(Debug)]
pub struct Users {
    db: Db,
    last: Mutex<HashMap<Name, Last>>,
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
        let known = last.get(&name_of(sighting))?;
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
        let name = name_of(&sighting);
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
        let mut known = named(&mut tx, &sighting.issuer, &sighting.user_id).await?;
        if known.is_none() {
            known = named(&mut tx, "", &sighting.user_id).await?.filter(|row| {
                let (entered, seen) = (&row.known.tenant, &sighting.tenant);
                entered.is_none() || seen.is_none() || entered == seen
            });
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
        if let Some(tenant) = &sighting.tenant {
            speaks_for(&mut tx, &id, tenant, sighting.roles).await?;
        }
        tx.commit().await.map_err(unavailable)?;
        Ok(Seen {
            id: Arc::from(id),
            new_session,
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
        if let Some(tenant) = &user.tenant {
            link(&mut tx, &id, tenant).await?;
        }
        tx.commit().await.map_err(unavailable)?;
        Ok(id)
    }

    /// Notes that a user has to do with a tenant: they were given roles in it.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn belongs(&self, id: &str, tenant: &str) -> Result<(), Fault> {
        let mut on = self.db.pool.acquire().await.map_err(unavailable)?;
        link(&mut on, id, tenant).await
    }

    /// Forgets a user: one that could not be entered wholly.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn forget(&self, id: &str) -> Result<(), Fault> {
        let mut tx = self.db.begin_write().await.map_err(unavailable)?;
        for text in [
            "DELETE FROM user_tenants WHERE id = $1",
            "DELETE FROM users WHERE id = $1",
        ] {
            let gone = sqlx::query(text).bind(id).execute(&mut *tx).await;
            gone.map_err(unavailable)?;
        }
        tx.commit().await.map_err(unavailable)
    }

    /// The user of this id, as they were last seen.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn get(&self, id: &str) -> Result<Option<UserRow>, Fault> {
        let mut on = self.db.pool.acquire().await.map_err(unavailable)?;
        by_id(&mut on, id).await
    }

    /// The user of this id, as `tenant` knows them.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn get_in(&self, id: &str, tenant: &str) -> Result<Option<UserRow>, Fault> {
        let mut on = self.db.pool.acquire().await.map_err(unavailable)?;
        by_id_in(&mut on, id, tenant).await
    }

    /// At most `limit` users after the id `after`: those that a tenant knows, as it knows them, or
    /// all.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn list(
        &self,
        tenant: Option<&str>,
        after: &str,
        limit: i64,
    ) -> Result<Vec<UserRow>, Fault> {
        let mut on = self.db.pool.acquire().await.map_err(unavailable)?;
        page(&mut on, tenant, after, limit).await
    }
}

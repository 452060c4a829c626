//! What happens to a session: it begins with an exchange, goes on with each refresh, and ends.

use std::sync::Arc;

use decide::Snapshot;
use decide::facts::Identity;
use decide::snapshot::UserEntry;
use decide::source::{EndedSession, ResourceKind};
use runtime::clock::now;
use serde_json::{Map, Value, json};
use terms::{
    Code, EventType, Fault, Faults, Reason, Role, Roles, SecretString, SessionId, TenantId,
    Timestamp,
};

use super::{OwnTokens, Pair, draw_refresh, looks_like_refresh, new_session};
use crate::admin::Admin;
use crate::caller::Caller;
use crate::store::document::Document;
use crate::store::refresh::{End, Person, Session, Turn, Why};

/// Roles that are of use without a tenant.
const ADMINISTRATIVE: Roles = Roles::of(&[
    Role::OrgAdmin,
    Role::Admin,
    Role::PolicyAdmin,
    Role::BillingAdmin,
]);

/// What a call about tokens works with.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// The gateway's own tokens.
    pub own: &'a OwnTokens,
    /// The configuration and its store.
    pub admin: &'a Admin,
    /// What governs as of now.
    pub snapshot: &'a Snapshot,
    /// Who calls, as events record it.
    pub caller: &'a Caller,
}

/// What is wanted of new tokens.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Scopes that restrict them further; empty: none do.
    pub scopes: Vec<String>,
    /// They may administer.
    pub administers: bool,
}

impl Ask<'_> {
    /// Begins a session for whom an identity provider's token proved.
    ///
    /// # Errors
    /// `not_configured`; what keeps the user out; `storage_unavailable`.
    pub async fn issue(&self, identity: &Identity, wanted: Wanted) -> Result<Pair, Faults> {
        self.own.keys()?;
        let now = now();
        let mut person = Person {
            administers: wanted.administers,
            ..person(identity)
        };
        if !wanted.scopes.is_empty() {
            person.scopes = wanted.scopes;
        }
        self.may_go_on(&person)?;
        let settings = &self.own.settings;
        let session = Session {
            id: new_session(now)?,
            expires_at: now.plus(settings.refresh_lifetime),
            access_until: now.plus(self.own.access_reach()),
            person,
        };
        let refresh = match settings.refresh {
            true => Some(draw_refresh()?),
            false => None,
        };
        if let Some(refresh) = &refresh {
            let begun = self.admin.store.begin_session(&session, refresh, now);
            begun.await?;
        }
        let pair = self.own.pair(&session, refresh, now)?;
        self.note(EventType::TokenIssued, &session).await?;
        Ok(pair)
    }

    /// Exchanges a refresh token for a new pair. It is good for one use: a second one ends the
    /// session, and with it every token that came of it.
    ///
    /// # Errors
    /// `invalid_token` because of `token_malformed`, `unknown_token`, `token_expired`,
    /// `session_ended` or `token_reused`; what keeps the user out by now; `storage_unavailable`.
    pub async fn refresh(&self, token: &SecretString) -> Result<Pair, Faults> {
        self.own.refreshes()?;
        // Exposed to the look at its form alone.
        if !looks_like_refresh(token.expose()) {
            let message = "This is no refresh token of this gateway.";
            return Err(refused(Reason::TokenMalformed, message).into());
        }
        let now = now();
        let next = draw_refresh()?;
        let turn =
            self.admin
                .store
                .take_turn((token, &next), (now, self.own.access_reach()), |session| {
                    self.may_go_on(&session.person)
                });
        let fault = match turn.await? {
            Turn::Taken(session) => {
                let pair = self.own.pair(&session, Some(next), now)?;
                self.note(EventType::TokenRefreshed, &session).await?;
                return Ok(pair);
            }
            Turn::Reused(session) => {
                self.tell(&session, Why::Reuse).await?;
                let message = "This refresh token was used before. Its session is ended: sign in \
                               again.";
                refused(Reason::TokenReused, message)
            }
            Turn::Ended => refused(
                Reason::SessionEnded,
                "The session was ended: sign in again.",
            ),
            Turn::Expired => {
                let message = "The session's time is over: sign in again.";
                refused(Reason::TokenExpired, message)
            }
            Turn::Unknown => {
                let message = "This refresh token is not known here: sign in again.";
                refused(Reason::UnknownToken, message)
            }
            Turn::Refused(_, fault) => fault,
        };
        Err(fault.into())
    }

    /// Ends the session of a refresh token, used or not. One that is not known ends nothing.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn leave_by_refresh(&self, token: &SecretString) -> Result<(), Faults> {
        // Exposed to the look at its form alone.
        if !looks_like_refresh(token.expose()) {
            return Ok(());
        }
        let found = self.admin.store.session_of_token(token).await;
        let Some(id) = found? else {
            return Ok(());
        };
        match self.end(&id).await? {
            End::Now(session) => self.tell(&session, Why::Logout).await,
            End::Before | End::Unknown => Ok(()),
        }
    }

    /// Ends the session of a proven access token of the gateway's own.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn leave_by_access(&self, identity: &Identity) -> Result<(), Faults> {
        let Some(id) = &identity.session else {
            let message = "This token is not the gateway's own: its issuer ends its session.";
            return Err(refused(Reason::InvalidIssuer, message).into());
        };
        match self.end(id).await? {
            End::Now(session) => self.tell(&session, Why::Logout).await,
            End::Before => Ok(()),
            End::Unknown => {
                // It has no refresh token; its access token ends all the same.
                let reach = now().plus(self.own.access_reach());
                let session = Session {
                    id: id.clone(),
                    person: person(identity),
                    expires_at: identity.expires_at.unwrap_or(reach),
                    access_until: identity.expires_at.unwrap_or(reach),
                };
                self.tell(&session, Why::Logout).await
            }
        }
    }

    async fn end(&self, id: &SessionId) -> Result<End, Faults> {
        let ended = self.admin.store.end_session(id, Why::Logout);
        Ok(ended.await?)
    }

    /// Tells the data planes at once that a session is ended, and records why.
    async fn tell(&self, session: &Session, why: Why) -> Result<(), Faults> {
        tell((self.admin, self.snapshot), &self.by(session), session, why).await
    }

    /// Whether somebody has a role here by now, and a tenant that may call.
    fn may_go_on(&self, person: &Person) -> Result<(), Fault> {
        let denied = |reason, message: &'static str| {
            Err(Fault::new(Code::AuthorizationDenied, message).because(reason))
        };
        let roles = assigned(self.snapshot, person).map_or(person.roles, |user| user.roles);
        if roles.is_empty() {
            let message = "None of this user's roles may use the gateway.";
            return denied(Reason::RoleNotAllowed, message);
        }
        let Some(tenant) = tenant_of(self.snapshot, person) else {
            // Who administers the platform needs none.
            if person.administers && roles.meets(ADMINISTRATIVE) {
                return Ok(());
            }
            let message = "The credentials name no tenant.";
            return denied(Reason::MissingAttribute, message);
        };
        self.may_call(&tenant)
    }

    fn may_call(&self, tenant: &TenantId) -> Result<(), Fault> {
        match self.snapshot.tenant(tenant) {
            Some(entry) if self.snapshot.is_suspended(entry) => {
                let fault = Fault::new(Code::WorkspaceSuspended, "This tenant is suspended.");
                Err(fault.because(Reason::TenantSuspended))
            }
            Some(_) => Ok(()),
            None => {
                let message = "The tenant of these credentials is not known here.";
                let fault = Fault::new(Code::AuthorizationDenied, message);
                Err(fault.because(Reason::UnknownTenant))
            }
        }
    }

    async fn note(&self, event: EventType, session: &Session) -> Result<(), Faults> {
        let (tenant, payload) = said_of(self.snapshot, session);
        let by = self.by(session);
        let noted = self.admin.store.write(&by, |draft| {
            draft.note_of(&tenant, event, payload);
            Ok(())
        });
        noted.await.map(|_| ())
    }

    /// The call, by the session's user.
    fn by(&self, session: &Session) -> Caller {
        Caller {
            actor: session.person.user_id.clone(),
            ..self.caller.clone()
        }
    }
}

/// Puts the end of a session into what the data planes get: ahead of everything else.
async fn tell(
    (admin, snapshot): (&Admin, &Snapshot),
    caller: &Caller,
    session: &Session,
    why: Why,
) -> Result<(), Faults> {
    let event = match why {
        Why::Logout => EventType::UserLogout,
        Why::Reuse => EventType::TokenReused,
    };
    let (tenant, payload) = said_of(snapshot, session);
    let document = Document::EndedSession(EndedSession {
        id: session.id.clone(),
        until: session.access_until,
    });
    admin
        .write(caller, |draft| {
            let id = session.id.as_str();
            if draft.get(ResourceKind::EndedSession, id).is_none() {
                draft.put_unsaid(document)?;
                draft.note_of(&tenant, event, payload);
            }
            Ok(())
        })
        .await?;
    Ok(admin.store.told(&session.id).await?)
}

/// Tells what a stop of the process kept from being told, and removes what is over.
///
/// # Errors
/// `storage_unavailable`; the next sweep tries again.
pub async fn sweep(admin: &Admin, now: Timestamp) -> Result<(), Faults> {
    let caller = Caller::within("sweep");
    let Some(snapshot) = admin.store.state().compiled.clone() else {
        return Ok(());
    };
    for (session, why) in admin.store.untold().await? {
        tell((admin, &snapshot), &caller, &session, why).await?;
    }
    let over =
        |document: &Document| matches!(document, Document::EndedSession(it) if it.until <= now);
    let state = admin.store.state();
    if state
        .of(ResourceKind::EndedSession)
        .any(|record| over(&record.document))
    {
        let swept = admin.store.write(&caller, |draft| {
            for record in draft.of(ResourceKind::EndedSession) {
                if over(&record.document) {
                    draft.remove_unsaid(&record);
                }
            }
            Ok(())
        });
        swept.await?;
    }
    Ok(admin.store.forget_sessions(now).await?)
}

/// The roles that an administrator gave somebody.
fn assigned<'a>(snapshot: &'a Snapshot, person: &Person) -> Option<&'a Arc<UserEntry>> {
    snapshot.user(&person.issuer, &person.user_id, person.tenant.as_ref())
}

/// The tenant that somebody calls for.
fn tenant_of(snapshot: &Snapshot, person: &Person) -> Option<TenantId> {
    let of_user = assigned(snapshot, person).and_then(|user| user.tenant_id.as_ref());
    let default = snapshot.settings().default_tenant.as_ref();
    person.tenant.as_ref().or(of_user).or(default).cloned()
}

/// What events say of a session, and in whose record: a tenant's that there is, or the platform's.
fn said_of(snapshot: &Snapshot, session: &Session) -> (String, Map<String, Value>) {
    let person = &session.person;
    let payload = json!({
        "user_id": person.user_id,
        "username": person.username,
        "issuer": person.issuer,
        "session_id": session.id.as_str(),
        "roles": person.roles,
        "expires_at": session.expires_at.to_string(),
    });
    let tenant = tenant_of(snapshot, person).filter(|it| snapshot.tenant(it).is_some());
    (
        tenant.map(|it| it.to_string()).unwrap_or_default(),
        payload.as_object().cloned().unwrap_or_default(),
    )
}

fn person(identity: &Identity) -> Person {
    let texts = |all: &[Arc<str>]| all.iter().map(|it| it.to_string()).collect();
    let text = |it: &Option<Arc<str>>| it.as_deref().map(str::to_owned);
    Person {
        issuer: identity.issuer.to_string(),
        user_id: identity.user_id.to_string(),
        username: text(&identity.username),
        email: text(&identity.email),
        roles: identity.roles,
        groups: texts(&identity.groups),
        tenant: identity.tenant.clone(),
        scopes: texts(&identity.scopes),
        authenticated_at: identity.authenticated_at,
        amr: texts(&identity.amr),
        acr: text(&identity.acr),
        administers: false,
        agent: identity.agent.as_deref().cloned(),
    }
}

fn refused(reason: Reason, message: &'static str) -> Fault {
    Fault::new(Code::InvalidToken, message).because(reason)
}

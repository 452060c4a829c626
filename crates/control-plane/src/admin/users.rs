//! Users: known from their tokens, entered by an administrator, given roles.

use std::sync::Arc;

use decide::source::{ResourceKind, User};
use serde::{Deserialize, Serialize};
use serde_json::{Map, json};
use terms::{Code, EventType, Fault, Faults, Reason, Role, Roles, TenantId, Timestamp, UserId};
use utoipa::ToSchema;

use super::{Checks, Precondition};
use crate::caller::{Caller, EVERYTHING, Standing};
use crate::store::Store;
use crate::store::document::Document;
use crate::store::draft::Draft;
use crate::store::state::{Record, State, one};
use crate::store::users::{Seen, Sighting, UserRow, Users};

/// The longest name of a user.
const LONGEST: usize = 256;

/// A user before their first login.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UserInput {
    /// The user as the issuer names them.
    pub user_id: Option<String>,
    /// Whose user; absent: of whichever issuer names them first.
    pub issuer: Option<String>,
    /// What people call them.
    pub username: Option<String>,
    /// Their address.
    pub email: Option<String>,
    /// The tenant that they belong to; absent: what their token says.
    pub tenant_id: Option<String>,
    /// Their roles; absent: what their token says.
    #[schema(value_type = Option<Vec<String>>)]
    pub roles: Option<Vec<Role>>,
}

/// The roles that a user gets.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RolesInput {
    /// All of them; an empty list: the user may do nothing.
    #[schema(value_type = Option<Vec<String>>)]
    pub roles: Option<Vec<Role>>,
}

/// Where a user's roles come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum RolesFrom {
    /// From their token.
    Claims,
    /// From an administrator.
    Assigned,
}

/// A user as they are read.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserView {
    /// The issuer's name for them, where that is free.
    pub id: String,
    /// The issuer's name for them.
    pub user_id: String,
    /// Whose user; null: entered, and not seen yet.
    pub issuer: Option<String>,
    /// What people call them.
    pub username: Option<String>,
    /// Their address.
    pub email: Option<String>,
    /// Their tenant; null: their token names none.
    pub tenant_id: Option<String>,
    /// The roles that hold.
    #[schema(value_type = Vec<String>)]
    pub roles: Roles,
    /// Where they come from.
    pub roles_from: RolesFrom,
    /// When they first logged in, RFC 3339.
    #[schema(value_type = Option<String>)]
    pub first_seen_at: Option<Timestamp>,
    /// When they last called, RFC 3339, within a minute.
    #[schema(value_type = Option<String>)]
    pub last_seen_at: Option<Timestamp>,
    /// Counts the changes of their roles; 0 before the first.
    pub version: i64,
}

/// A user with the roles that hold in `state`.
pub fn view(row: &UserRow, state: &State) -> UserView {
    let record = state.get(ResourceKind::User, &row.id);
    let assigned = record.and_then(|it| user_of(it));
    let of_user = assigned.and_then(|it| it.tenant_id.as_ref().map(ToString::to_string));
    UserView {
        id: row.id.clone(),
        user_id: row.known.user_id.clone(),
        issuer: Some(row.known.issuer.clone()).filter(|it| !it.is_empty()),
        username: row.known.username.clone(),
        email: row.known.email.clone(),
        tenant_id: of_user.or_else(|| row.known.tenant.clone()),
        roles: assigned.map_or(row.known.roles, |it| it.roles.iter().copied().collect()),
        roles_from: match assigned {
            Some(_) => RolesFrom::Assigned,
            None => RolesFrom::Claims,
        },
        first_seen_at: row.first_seen,
        last_seen_at: row.last_seen,
        version: record.map_or(0, |it| it.version),
    }
}

fn user_of(record: &Record) -> Option<&User> {
    match &record.document {
        Document::User(user) => Some(user),
        _ => None,
    }
}

/// Notes that a user was seen. Roles that were given to them before anybody knew their issuer are
/// that issuer's user's from now on.
///
/// # Errors
/// `storage_unavailable`.
pub async fn saw(
    store: &Store,
    users: &Users,
    sighting: Sighting,
    at: Timestamp,
) -> Result<Seen, Fault> {
    let issuer = sighting.issuer.clone();
    let seen = users.saw(sighting, at).await?;
    if seen.adopted {
        let caller = Caller::within("first-login");
        let adopted = store.write(&caller, |draft| {
            let Some(record) = draft.get(ResourceKind::User, &seen.id).cloned() else {
                return Ok(());
            };
            if let Some(user) = user_of(&record).filter(|it| it.issuer.is_none()) {
                let mut user = user.clone();
                user.issuer = Some(issuer);
                let extra = record.extra.clone();
                draft.put(Document::User(user), extra, EventType::UserRolesUpdated)?;
                draft.say("issuer_learned", true.into());
            }
            Ok(())
        });
        adopted.await.map_err(crate::start::first)?;
    }
    Ok(seen)
}

/// What a new user is entered with.
///
/// # Errors
/// The faults of the input; `foreign_tenant` for administrators of a tenant: whose users somebody
/// is, who never logged in, is not theirs to say.
pub fn entered(standing: &Standing, state: &State, input: &UserInput) -> Result<Sighting, Faults> {
    if standing.tenant.is_some() {
        return Err(one(crate::authority::foreign_tenant()));
    }
    let mut checks = Checks::default();
    let user_id = checks.need("userId", input.user_id.clone());
    let texts = [
        ("userId", Some(&user_id)),
        ("issuer", input.issuer.as_ref()),
        ("username", input.username.as_ref()),
        ("email", input.email.as_ref()),
    ];
    for (field, text) in texts {
        let bad = text.is_some_and(|it| {
            it.is_empty() || it.len() > LONGEST || it.chars().any(char::is_control)
        });
        if bad && (field != "userId" || input.user_id.is_some()) {
            let message = format!("'{field}' is 1 to {LONGEST} characters, none of them control.");
            checks.add(Fault::new(Code::ValidationError, message).at(format!("/{field}")));
        }
    }
    if let Some(tenant) = &input.tenant_id
        && state.get(ResourceKind::Tenant, tenant).is_none()
    {
        checks.add(super::not_found(ResourceKind::Tenant, tenant).at("/tenantId"));
    }
    checks.done()?;
    Ok(Sighting {
        issuer: input.issuer.clone().unwrap_or_default(),
        user_id,
        username: input.username.clone(),
        email: input.email.clone(),
        tenant: input.tenant_id.clone(),
        roles: Roles::NONE,
        session: None,
    })
}

/// Records a new user, and gives the roles that they were entered with.
///
/// # Errors
/// What the configuration has against the roles.
pub fn enter(
    draft: &mut Draft<'_>,
    id: &str,
    user: &Sighting,
    roles: Option<Vec<Role>>,
) -> Result<(), Faults> {
    let tenant = user.tenant.clone().unwrap_or_default();
    let Some(roles) = roles else {
        let payload = json!({"resource": {"kind": "user", "id": id}, "before": null});
        let payload = payload.as_object().cloned().unwrap_or_default();
        draft.note_of(&tenant, EventType::UserCreated, payload);
        return Ok(());
    };
    let document = Document::User(document(id, user, user.tenant.as_deref(), &roles));
    draft.put(document, Map::new(), EventType::UserCreated)?;
    draft.say("roles_after", json!(roles));
    Ok(())
}

fn document(id: &str, user: &Sighting, tenant: Option<&str>, roles: &[Role]) -> User {
    User {
        id: UserId::from(id),
        user_id: user.user_id.clone(),
        issuer: Some(user.issuer.clone()).filter(|it| !it.is_empty()),
        tenant_id: tenant.map(TenantId::from),
        roles: roles.iter().copied().collect::<Roles>().iter().collect(),
    }
}

/// Sets a user's roles (`Some`), or returns them to those of the claims (`None`).
///
/// # Errors
/// `precondition_failed`; `authorization_denied` for one's own roles; what
/// [`crate::authority::may_write`] refuses.
pub fn assign(
    draft: &mut Draft<'_>,
    standing: &Standing,
    row: &UserRow,
    roles: Option<&[Role]>,
    precondition: &Precondition,
) -> Result<(), Faults> {
    if standing.user.as_deref() == Some(row.id.as_str()) && !standing.own_roles.meets(EVERYTHING) {
        let message = "Nobody changes their own roles, but for those who administer everything.";
        let fault = Fault::new(Code::AuthorizationDenied, message);
        return Err(one(fault.because(Reason::InsufficientPermissions)));
    }
    let record = draft.get(ResourceKind::User, &row.id).cloned();
    match &record {
        Some(record) => precondition.check(record)?,
        None => unassigned(precondition)?,
    }
    let assigned = record.as_deref().and_then(user_of);
    let before = view(row, draft.base()).roles;
    let event = EventType::UserRolesUpdated;
    let changed = match (roles, &record) {
        (Some(roles), _) => {
            let of_user = assigned.and_then(|it| it.tenant_id.as_ref());
            let tenant = of_user.or(standing.tenant.as_ref());
            let user = document(&row.id, &row.known, tenant.map(TenantId::as_str), roles);
            let extra = record.as_ref().map_or_else(Map::new, |it| it.extra.clone());
            draft.put(Document::User(user), extra, event)?.1
        }
        (None, Some(record)) => {
            draft.remove(record, event, Map::new());
            true
        }
        (None, None) => false,
    };
    if changed {
        let after = roles.map_or(row.known.roles, |it| it.iter().copied().collect());
        draft.say("user", json!(row.known.user_id));
        draft.say("roles_before", json!(before));
        draft.say("roles_after", json!(after));
    }
    Ok(())
}

/// Without given roles, a user is at version 0.
fn unassigned(precondition: &Precondition) -> Result<(), Faults> {
    match precondition {
        Precondition::OneOf(versions) if !versions.contains(&0) => {
            let message =
                "The user's roles changed meanwhile: they are at version 0. Read it again.";
            Err(one(Fault::new(Code::PreconditionFailed, message)))
        }
        Precondition::None | Precondition::OneOf(_) => Ok(()),
    }
}

/// The user of this id, if `standing` may see them.
///
/// # Errors
/// `user_not_found`; `foreign_tenant`; `storage_unavailable`.
pub async fn find(users: &Users, standing: &Standing, id: &str) -> Result<UserRow, Fault> {
    let row = users.get(id).await?;
    let row = row.ok_or_else(|| super::not_found(ResourceKind::User, id))?;
    let own = standing.tenant.as_ref().is_none_or(|tenant| {
        let of_user = row.known.tenant.as_deref();
        of_user == Some(tenant.as_str())
    });
    if own {
        return Ok(row);
    }
    Err(crate::authority::foreign_tenant())
}

/// A page's cut of the users, `limit` of them.
///
/// # Errors
/// `storage_unavailable`.
pub async fn list(
    users: &Users,
    state: &Arc<State>,
    tenant: Option<&str>,
    (after, limit): (&str, i64),
) -> Result<Vec<UserView>, Fault> {
    let rows = users.list(tenant, after, limit).await?;
    Ok(rows.iter().map(|row| view(row, state)).collect())
}

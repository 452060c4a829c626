//! Users: known from their tokens, entered by an administrator, given roles.

mod view;

use decide::source::{ResourceKind, User};
use serde::Deserialize;
use serde_json::{Map, json};
use terms::{Code, EventType, Fault, Faults, Reason, Role, Roles, TenantId, Timestamp, UserId};
use utoipa::ToSchema;

use super::{Checks, Precondition};
use crate::caller::{Caller, EVERYTHING, Standing};
use crate::store::Store;
use crate::store::document::Document;
use crate::store::draft::Draft;
use crate::store::state::{State, one};
use crate::store::users::{Seen, Sighting, UserRow, Users};
pub use view::{AssignedView, Found, RolesFrom, UserView};
use view::{given_to, user_of};

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
    /// The tenant in which they have the roles; absent: whichever their token names.
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
    // Asked each time: the writing may have failed before, or the roles have come later.
    if given_to(&seen.id, &store.state()).any(|(_, user)| user.issuer.is_none()) {
        learn(store, &seen.id, &issuer).await?;
    }
    Ok(seen)
}

/// Writes down whose user it is who was given roles before anybody knew.
async fn learn(store: &Store, id: &str, issuer: &str) -> Result<(), Fault> {
    let caller = Caller::within("first-login");
    let learned = store.write(&caller, |draft| {
        let given: Vec<_> = given_to(id, draft.base())
            .filter(|(_, user)| user.issuer.is_none())
            .map(|(record, user)| (user.clone(), record.extra.clone()))
            .collect();
        for (mut user, extra) in given {
            user.issuer = Some(issuer.to_owned());
            draft.put(Document::User(user), extra, EventType::UserRolesUpdated)?;
            draft.say("issuer_learned", true.into());
        }
        Ok(())
    });
    learned.await.map(|_| ()).map_err(crate::start::first)
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
    if input.tenant_id.is_some() && input.roles.is_none() {
        let message = "Say which roles the user has in the tenant.";
        checks.add(Fault::new(Code::ValidationError, message).at("/roles"));
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
    let tenant = user.tenant.as_deref().map(TenantId::from);
    let document = document(id, user, tenant, &roles);
    draft.put(Document::User(document), Map::new(), EventType::UserCreated)?;
    draft.say("roles_after", json!(roles));
    Ok(())
}

fn document(id: &str, user: &Sighting, tenant: Option<TenantId>, roles: &[Role]) -> User {
    User {
        id: UserId::from(id),
        user_id: user.user_id.clone(),
        issuer: Some(user.issuer.clone()).filter(|it| !it.is_empty()),
        tenant_id: tenant,
        roles: roles.iter().copied().collect::<Roles>().iter().collect(),
    }
}

/// Sets a user's roles in their place (`Some`), or takes them back (`None`).
///
/// # Errors
/// `precondition_failed`; `authorization_denied` for one's own roles; what
/// [`crate::authority::may_write`] refuses.
pub fn assign(
    draft: &mut Draft<'_>,
    standing: &Standing,
    found: &Found,
    roles: Option<&[Role]>,
    precondition: &Precondition,
) -> Result<(), Faults> {
    let row = &found.row;
    if standing.user.as_deref() == Some(row.id.as_str()) && !standing.own_roles.meets(EVERYTHING) {
        let message = "Nobody changes their own roles, but for those who administer everything.";
        let fault = Fault::new(Code::AuthorizationDenied, message);
        return Err(one(fault.because(Reason::InsufficientPermissions)));
    }
    let record = draft.get(ResourceKind::User, &found.document()).cloned();
    match &record {
        Some(record) => precondition.check(record)?,
        None => unassigned(precondition)?,
    }
    let before = record
        .as_deref()
        .and_then(user_of)
        .map(|it| it.roles.clone());
    let event = EventType::UserRolesUpdated;
    let changed = match (roles, &record) {
        (Some(roles), _) => {
            let user = document(&row.id, &row.known, found.place.clone(), roles);
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
        draft.say("user", json!(row.known.user_id));
        draft.say(
            "roles_before",
            json!(before.unwrap_or_else(|| claimed(row))),
        );
        let after = roles.map_or_else(|| claimed(row), <[Role]>::to_vec);
        draft.say("roles_after", json!(after));
    }
    Ok(())
}

fn claimed(row: &UserRow) -> Vec<Role> {
    row.known.roles.iter().collect()
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

/// The user of this id, as the tenant `asked` for knows them, and where roles are given to them.
/// Empty: in all tenants. Administrators of a tenant find its own users.
///
/// # Errors
/// `user_not_found`; `storage_unavailable`.
pub async fn find(
    users: &Users,
    (standing, state): (&Standing, &State),
    id: &str,
    asked: Option<&str>,
) -> Result<Found, Fault> {
    let unknown = || super::not_found(ResourceKind::User, id);
    if let Some(own) = &standing.tenant {
        let row = users.get_in(id, own.as_str()).await?;
        return Ok(Found::of(standing, row.ok_or_else(unknown)?, state));
    }
    let Some(asked) = asked else {
        let row = users.get(id).await?.ok_or_else(unknown)?;
        return Ok(Found::of(standing, row, state));
    };
    let tenant = Some(asked.to_owned()).filter(|it| !it.is_empty());
    let known = match &tenant {
        Some(tenant) => users.get_in(id, tenant).await?,
        None => None,
    };
    let row = match known {
        Some(row) => row,
        None => {
            let mut row = users.get(id).await?.ok_or_else(unknown)?;
            if row.known.tenant != tenant {
                (row.known.tenant, row.known.roles) = (tenant.clone(), Roles::NONE);
            }
            row
        }
    };
    let place = tenant.as_deref().map(TenantId::from);
    Ok(Found { row, place })
}

/// A page's cut of the users, `limit` of them.
///
/// # Errors
/// `storage_unavailable`.
pub async fn list(
    users: &Users,
    (standing, state): (&Standing, &State),
    tenant: Option<&str>,
    (after, limit): (&str, i64),
) -> Result<Vec<UserView>, Fault> {
    let rows = users.list(tenant, after, limit).await?;
    let shown = |row| Found::of(standing, row, state).view(state);
    Ok(rows.into_iter().map(shown).collect())
}

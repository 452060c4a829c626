//! A user as they are read: with the roles that hold, and where they come from.

use std::sync::Arc;

use decide::source::{ResourceKind, User};
use serde::Serialize;
use terms::{Role, Roles, TenantId, Timestamp};
use utoipa::ToSchema;

use crate::caller::Standing;
use crate::store::document::{Document, user_roles_id};
use crate::store::state::{Record, State};
use crate::store::users::UserRow;

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
    /// The tenant for which they speak; null: their token names none.
    pub tenant_id: Option<String>,
    /// The roles that hold there.
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
    /// The roles that administrators gave them, for each tenant that the caller sees.
    pub assigned: Vec<AssignedView>,
    /// Counts the changes of the roles that `PUT …/roles` sets here; 0 before the first.
    pub version: i64,
}

/// Roles that an administrator gave.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AssignedView {
    /// Where they hold; null: in each tenant that has no roles of its own for the user.
    pub tenant_id: Option<String>,
    /// The roles.
    #[schema(value_type = Vec<String>)]
    pub roles: Vec<Role>,
}

/// A user, as one tenant or the platform knows them.
#[derive(Clone, Debug)]
pub struct Found {
    /// The user, speaking for the tenant that is asked about.
    pub row: UserRow,
    /// Where roles are given to them: in this tenant, or in all.
    pub place: Option<TenantId>,
}

impl Found {
    /// `row` as `standing` asks for it: for the platform's administrators, roles are given where
    /// those stand that hold, else where the user was last seen.
    pub(super) fn of(standing: &Standing, row: UserRow, state: &State) -> Self {
        let place = match &standing.tenant {
            Some(own) => Some(own.clone()),
            None => match in_force(&row, state) {
                Some((_, user)) => user.tenant_id.clone(),
                None => row.known.tenant.as_deref().map(TenantId::from),
            },
        };
        Self { row, place }
    }

    /// The name of the document with the roles that are given in this place.
    pub(super) fn document(&self) -> String {
        user_roles_id(&self.row.id, self.place.as_ref().map(TenantId::as_str))
    }

    /// The tenant for which the user speaks, by their token or by their roles.
    pub fn tenant(&self, state: &State) -> Option<String> {
        let of_roles = || in_force(&self.row, state)?.1.tenant_id.as_ref();
        let claimed = self.row.known.tenant.clone();
        claimed.or_else(|| of_roles().map(ToString::to_string))
    }

    /// The user with the roles that hold in `state`.
    pub fn view(&self, state: &State) -> UserView {
        let row = &self.row;
        let assigned = in_force(row, state).map(|(_, user)| user);
        let own = state.get(ResourceKind::User, &self.document());
        UserView {
            id: row.id.clone(),
            user_id: row.known.user_id.clone(),
            issuer: Some(row.known.issuer.clone()).filter(|it| !it.is_empty()),
            username: row.known.username.clone(),
            email: row.known.email.clone(),
            tenant_id: self.tenant(state),
            roles: assigned.map_or(row.known.roles, |it| it.roles.iter().copied().collect()),
            roles_from: match assigned {
                Some(_) => RolesFrom::Assigned,
                None => RolesFrom::Claims,
            },
            first_seen_at: row.first_seen,
            last_seen_at: row.last_seen,
            assigned: (given_to(&row.id, state))
                .map(|(_, user)| AssignedView {
                    tenant_id: user.tenant_id.as_ref().map(ToString::to_string),
                    roles: user.roles.clone(),
                })
                .collect(),
            version: own.map_or(0, |it| it.version),
        }
    }
}

/// The roles that administrators gave the user of this id.
pub(super) fn given_to<'a>(
    id: &'a str,
    state: &'a State,
) -> impl Iterator<Item = (&'a Arc<Record>, &'a User)> {
    let from = (ResourceKind::User.as_str(), user_roles_id(id, None));
    let begins = from.clone();
    let records = state.records.range(from..);
    let near = records
        .take_while(move |((kind, name), _)| *kind == begins.0 && name.starts_with(&begins.1));
    near.filter_map(move |(_, record)| {
        let user = user_of(record)?;
        (user.id.as_str() == id).then_some((record, user))
    })
}

/// Those that hold where the user speaks for the tenant in `row`: as [`decide::Snapshot::user`]
/// has it.
fn in_force<'a>(row: &'a UserRow, state: &'a State) -> Option<(&'a Arc<Record>, &'a User)> {
    let tenant = row.known.tenant.as_deref();
    let given = || given_to(&row.id, state);
    let at = |tenant: Option<&str>| {
        given().find(|(_, user)| user.tenant_id.as_ref().map(TenantId::as_str) == tenant)
    };
    at(tenant).or_else(|| at(None)).or_else(|| {
        let mut given = given();
        let only = given.next().filter(|_| tenant.is_none());
        only.filter(|_| given.next().is_none())
    })
}

pub(super) fn user_of(record: &Record) -> Option<&User> {
    match &record.document {
        Document::User(user) => Some(user),
        _ => None,
    }
}

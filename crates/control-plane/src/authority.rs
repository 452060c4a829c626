//! What an administrator may see and write: their tenant alone, and no role above their own.
//!
//! It is asked in places that nothing goes around: every read of the configuration takes what
//! [`visible_to`] leaves, every change begins with what [`may_see`] shows, and passes [`may_write`]
//! before it is stored.

use std::collections::BTreeMap;
use std::sync::Arc;

use decide::source::ResourceKind;
use terms::{Code, Fault, Faults, Reason, Role, Roles};

use crate::admin::references::REFERENCE;
use crate::caller::{EVERYTHING, Standing, Way};
use crate::store::document::Document;
use crate::store::state::{Name, Record, State, one};

/// What `standing` may see of `state`: for an administrator of a tenant, what is the tenant's and
/// what the platform has for every tenant.
pub fn visible_to(standing: &Standing, state: Arc<State>) -> Arc<State> {
    if standing.tenant.is_none() {
        return state;
    }
    let mut seen = State::clone(&state);
    seen.records
        .retain(|_, record| may_see(standing, &record.document));
    Arc::new(seen)
}

/// Whether `standing` may see this.
pub fn may_see(standing: &Standing, document: &Document) -> bool {
    let Some(tenant) = &standing.tenant else {
        return true;
    };
    match document {
        Document::Settings(_) | Document::EndedSession(_) => false,
        Document::Tenant(it) => it.id == *tenant,
        other => other.tenant().is_none_or(|owner| owner == tenant.as_str()),
    }
}

/// Judges a change of `before` that is about to be stored.
///
/// # Errors
/// `authorization_denied`: `foreign_tenant` for what is another tenant's or the platform's,
/// `insufficient_permissions` for a role above those of `standing`.
pub fn may_write(
    standing: &Standing,
    before: &State,
    changes: &BTreeMap<Name, Option<Arc<Record>>>,
) -> Result<(), Faults> {
    if matches!(standing.way, Way::Within) {
        return Ok(());
    }
    let known = before;
    for (name, after) in changes {
        let before = known.records.get(name);
        for record in before.into_iter().chain(after) {
            own_tenant(standing, &record.document).map_err(one)?;
        }
        own_secrets(standing, before, after.as_ref()).map_err(one)?;
        for record in before.into_iter().chain(after) {
            below_the_platforms(standing, known, &record.document).map_err(one)?;
        }
        let after = after.as_ref().map(|it| &it.document);
        not_above(standing, before.map(|it| &it.document), after).map_err(one)?;
    }
    Ok(())
}

fn own_tenant(standing: &Standing, document: &Document) -> Result<(), Fault> {
    let Some(tenant) = &standing.tenant else {
        return Ok(());
    };
    match document.tenant() {
        Some(owner) if owner == tenant.as_str() => Ok(()),
        // It ends what its holder proved to hold.
        None if document.kind() == ResourceKind::EndedSession => Ok(()),
        Some(_) => Err(foreign_tenant()),
        None => {
            let message = "This is the platform's: administrators of a tenant may read it alone.";
            let fault = Fault::new(Code::AuthorizationDenied, message);
            Err(fault.because(Reason::ForeignTenant))
        }
    }
}

/// A tenant's policies add to what the platform refuses: what would take the platform's word away
/// is not for the tenant's administrators.
fn below_the_platforms(
    standing: &Standing,
    known: &State,
    document: &Document,
) -> Result<(), Fault> {
    if standing.tenant.is_none() {
        return Ok(());
    }
    let denied = |message: &'static str, at: String| {
        let fault = Fault::new(Code::AuthorizationDenied, message).at(at);
        Err(fault.because(Reason::InsufficientPermissions))
    };
    match document {
        Document::Policy(it) if it.replaces_base => denied(
            "A policy in the base policy's place is for the platform's administrators.",
            "/replacesBase".to_owned(),
        ),
        Document::PolicyOverride(it) => {
            let own = |id: &str| {
                let policy = known.get(ResourceKind::Policy, id);
                policy.is_some_and(|it| it.document.tenant().is_some())
            };
            match it.policies.iter().position(|id| !own(id.as_str())) {
                Some(place) => denied(
                    "This is the platform's: administrators of a tenant override their tenant's \
                     policies alone.",
                    format!("/policies/{place}"),
                ),
                None => Ok(()),
            }
        }
        _ => Ok(()),
    }
}

/// References name secrets that the platform can read, such as its own environment: sent to a
/// server of a tenant's choice, they would be the tenant's.
fn own_secrets(
    standing: &Standing,
    before: Option<&Arc<Record>>,
    after: Option<&Arc<Record>>,
) -> Result<(), Fault> {
    let refers = |record: &Arc<Record>| record.note(REFERENCE).map(str::to_owned);
    let Some(reference) = after.and_then(refers) else {
        return Ok(());
    };
    if standing.tenant.is_none() {
        return Ok(());
    }
    // What the platform's administrators wrote may stay, and go where they sent it.
    let same_target = before.zip(after).is_some_and(|(before, after)| {
        before.note(REFERENCE) == Some(&reference) && target(before) == target(after)
    });
    if same_target {
        return Ok(());
    }
    let message =
        "Secret references are for the platform's administrators: give the secret itself.";
    Err(Fault::new(Code::AuthorizationDenied, message)
        .because(Reason::InsufficientPermissions)
        .at("/credentialRef"))
}

/// Where a secret is sent.
fn target(record: &Record) -> Option<&str> {
    match &record.document {
        Document::Credential(it) => it.base_url.as_deref(),
        Document::McpServer(it) => Some(&it.url),
        _ => None,
    }
}

/// The refusal of what belongs to another tenant.
pub fn foreign_tenant() -> Fault {
    let message = "This belongs to another tenant than the one that you administer.";
    Fault::new(Code::AuthorizationDenied, message).because(Reason::ForeignTenant)
}

/// Nobody gives away, takes away or changes what carries a role that they couldn't give.
fn not_above(
    standing: &Standing,
    before: Option<&Document>,
    after: Option<&Document>,
) -> Result<(), Fault> {
    for (document, at) in [(before, None), (after, Some("/role"))] {
        // What is given to a user lasts: an emergency gives nobody the right to.
        let (carried, held): (Roles, Roles) = match document {
            Some(Document::ApiKey(key)) => (Roles::of(&[key.role]), standing.roles),
            Some(Document::User(user)) => {
                (user.roles.iter().copied().collect(), standing.own_roles)
            }
            _ => continue,
        };
        let grantable = grantable_by(held);
        if let Some(above) = carried.iter().find(|role| !grantable.contains(*role)) {
            let message = format!("The role '{above}' is above those that you may give.");
            let fault = Fault::new(Code::AuthorizationDenied, message);
            let fault = fault.because(Reason::InsufficientPermissions);
            return Err(match at {
                Some(at) => fault.at(at),
                None => fault,
            });
        }
    }
    Ok(())
}

/// The roles that somebody with `roles` may give to others.
pub fn grantable_by(roles: Roles) -> Roles {
    const BELOW: &[Role] = &[
        Role::Developer,
        Role::Viewer,
        Role::Server,
        Role::Automation,
    ];
    if roles.meets(EVERYTHING) {
        return Role::ALL.iter().copied().collect();
    }
    if roles.contains(Role::Developer) {
        return roles.iter().chain(BELOW.iter().copied()).collect();
    }
    roles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_developer_gives_no_role_above_a_developers() {
        let given = grantable_by(Roles::of(&[Role::Developer]));
        for role in Role::ALL {
            let below = matches!(
                role,
                Role::Developer | Role::Viewer | Role::Server | Role::Automation
            );
            assert_eq!(given.contains(*role), below, "{role}");
        }
        assert!(grantable_by(Roles::of(&[Role::OrgAdmin])).contains(Role::OrgAdmin));
        assert!(!grantable_by(Roles::of(&[Role::Viewer])).contains(Role::Developer));
    }
}

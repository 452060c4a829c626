//! What a proven token must say before its user administers.

use std::borrow::Cow;
use std::time::Duration;

use decide::Snapshot;
use decide::facts::Identity;
use decide::settings::{Issuer, Settings};
use runtime::config::Security;
use terms::{Code, Fault, Reason, Role, Roles, SecretString, TenantId, Timestamp};

use crate::own_tokens::ADMINISTRATION;

/// How far an issuer's clock may be ahead of ours.
const SKEW: Duration = Duration::from_secs(300);

/// Whose tokens administrators may show: those of `security.oidc` by its rules, and those of the
/// callers' other issuers.
pub fn issuers(security: &Security, settings: &Settings) -> Vec<Issuer> {
    if !security.enabled {
        return Vec::new();
    }
    let own = security.oidc.iter();
    let others = settings.issuers.iter().filter(|other| {
        let named = |it: &Issuer| it.issuer == other.issuer;
        !security.oidc.as_ref().is_some_and(named)
    });
    let mut all: Vec<Issuer> = own.chain(others).cloned().collect();
    for gateway in all.iter_mut().filter(|it| it.own) {
        // Its tokens for callers alone do not administer.
        gateway.audiences = vec![ADMINISTRATION.to_owned()];
    }
    all
}

/// True for three parts of which the first is a JSON object in base64url.
pub fn is_jwt(token: &SecretString) -> bool {
    // Exposed to its form alone.
    let text = token.expose();
    text.starts_with("eyJ") && text.split('.').count() == 3
}

fn invalid(reason: Reason, message: impl Into<Cow<'static, str>>) -> Fault {
    Fault::new(Code::InvalidToken, message).because(reason)
}

fn denied(reason: Reason, message: impl Into<Cow<'static, str>>) -> Fault {
    Fault::new(Code::AuthorizationDenied, message).because(reason)
}

/// The name of the session that the token belongs to, while it lasts.
pub fn session(
    security: &Security,
    compiled: Option<&Snapshot>,
    identity: &Identity,
    now: Timestamp,
) -> Result<String, Fault> {
    let ended = || {
        let message = "The administrator's session is over; log in again.";
        invalid(Reason::SessionEnded, message)
    };
    if identity.expires_at.is_some_and(|end| end <= now) {
        return Err(invalid(Reason::TokenExpired, "The token has expired."));
    }
    if let Some(session) = &identity.session
        && compiled.is_some_and(|it| it.is_session_ended(session))
    {
        return Err(ended());
    }
    let Some(since) = identity.authenticated_at else {
        let message = "The token does not say when its user logged in (auth_time or iat).";
        return Err(invalid(Reason::MissingClaim, message));
    };
    if since > now.plus(SKEW) {
        let message = "The token says that its user logged in later than now.";
        return Err(invalid(Reason::TokenNotYetValid, message));
    }
    if since.plus(security.session_timeout) <= now {
        return Err(ended());
    }
    Ok(match &identity.session {
        Some(session) => session.to_string(),
        None => since.unix_seconds().to_string(),
    })
}

/// The second factor, where one is required.
pub fn second_factor(security: &Security, identity: &Identity) -> Result<(), Fault> {
    let mfa = &security.mfa;
    let amr = mfa.amr.is_empty()
        || (identity.amr.iter()).any(|given| mfa.amr.iter().any(|it| **it == **given));
    let acr = mfa.acr.is_empty()
        || (identity.acr.as_deref()).is_some_and(|given| mfa.acr.iter().any(|it| it == given));
    if amr && acr {
        return Ok(());
    }
    let message = "The administration requires a second factor; log in with one.";
    Err(denied(Reason::MfaRequired, message))
}

/// A token that was made for some ends alone is not for this one.
pub fn unrestricted(identity: &Identity) -> Result<(), Fault> {
    if identity.scopes.is_empty() {
        return Ok(());
    }
    let message = "This token is restricted to scopes; administer with one that is not.";
    Err(denied(Reason::ScopeMissing, message))
}

/// The user's roles and the tenant that they administer: what an administrator set goes before
/// what the token says.
pub fn roles_and_tenant(
    security: &Security,
    compiled: Option<&Snapshot>,
    identity: &Identity,
) -> Result<(Roles, Option<TenantId>), Fault> {
    let claimed = identity.tenant.as_ref();
    let assigned = compiled.and_then(|it| it.user(&identity.issuer, &identity.user_id, claimed));
    let of_user = assigned.and_then(|it| it.tenant_id.as_ref());
    let tenant = claimed.or(of_user).cloned();
    if let (Some(tenant), Some(compiled)) = (&tenant, compiled) {
        let Some(entry) = compiled.tenant(tenant) else {
            let message = format!("There is no tenant '{tenant}', which the token names.");
            return Err(denied(Reason::UnknownTenant, message));
        };
        if compiled.is_suspended(entry) {
            let message = "The tenant is suspended.";
            let fault = Fault::new(Code::WorkspaceSuspended, message);
            return Err(fault.because(Reason::TenantSuspended));
        }
    }
    let roles = if security.rbac {
        assigned.map_or(identity.roles, |user| user.roles)
    } else {
        Roles::of(&[Role::OrgAdmin])
    };
    Ok((roles, tenant))
}

#[cfg(test)]
mod tests;

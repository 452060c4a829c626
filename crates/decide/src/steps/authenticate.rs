//! Step 2: who asks. A client certificate goes before a token, a token before an API key; all that
//! a call presents must be right, and must prove the same user of the same tenant.

use std::sync::Arc;
use std::time::Duration;

use terms::{Code, Fault, Reason, Roles, TenantId, Timestamp};

use crate::case::{Case, Method, Principal};
use crate::facts::{ClientCertificate, Credentials, Facts, Identity};
use crate::key;
use crate::settings::IdentityField;
use crate::snapshot::{KeyEntry, Snapshot};
use crate::verdict::{Learned, Verdict};

pub(crate) fn decide(snapshot: &Snapshot, case: &Case, facts: &Facts) -> Verdict {
    let Some(credentials) = &facts.credentials else {
        return Verdict::missing("credentials");
    };
    let principal = match prove(snapshot, credentials, facts.now) {
        Ok(principal) => principal,
        Err(fault) => return Verdict::Deny(unless_throttled(fault, credentials.throttled)),
    };
    if let Some(scope) = case.kind.scope()
        && !principal.scopes.is_empty()
        && !principal.scopes.iter().any(|held| **held == *scope)
    {
        let what = match principal.method {
            Method::ApiKey => "API key",
            Method::Jwt | Method::Mtls => "token",
        };
        let message = format!("This {what} lacks the scope '{scope}'.");
        let fault = Fault::new(Code::ApiKeyScope, message);
        return Verdict::Deny(fault.because(Reason::ScopeMissing));
    }
    Verdict::Learn(Learned::Principal(principal))
}

fn prove(
    snapshot: &Snapshot,
    credentials: &Credentials,
    now: Timestamp,
) -> Result<Arc<Principal>, Fault> {
    let of_token = of_token(snapshot, credentials, now)?;
    let of_key = of_key(snapshot, credentials, now)?;
    let alone = of_token.is_none() && of_key.is_none();
    let of_certificate = match &credentials.certificate {
        Some(certificate) => of_certificate(snapshot, certificate, now, alone)?,
        None => None,
    };
    let mut proven = [of_certificate, of_token, of_key].into_iter().flatten();
    let Some(first) = proven.next() else {
        return Err(Fault::new(
            Code::ApiKeyRequired,
            "Credentials are required: send 'Authorization: Bearer <API key or token>' or \
             'X-API-Key: <key>'.",
        ));
    };
    let same = |other: &Arc<Principal>| {
        other.user_id == first.user_id && other.tenant_id == first.tenant_id
    };
    if proven.all(|other| same(&other)) {
        return Ok(first);
    }
    Err(Fault::new(
        Code::ConflictingCredentials,
        "The request carries credentials of two different users; send one.",
    ))
}

/// The principal of the keys that were presented: one key, wherever it stands.
fn of_key(
    snapshot: &Snapshot,
    credentials: &Credentials,
    now: Timestamp,
) -> Result<Option<Arc<Principal>>, Fault> {
    let Some((_, text)) = credentials.keys.first() else {
        return Ok(None);
    };
    if credentials.keys.iter().any(|(_, other)| other != text) {
        return Err(Fault::new(
            Code::ConflictingCredentials,
            "The request carries two different API keys; send one.",
        ));
    }
    let entry = known_key(snapshot, text.expose(), credentials.throttled)?;
    if entry
        .principal
        .key_id
        .as_ref()
        .is_some_and(|key| snapshot.is_revoked(key))
    {
        return Err(revoked());
    }
    ended(snapshot, &entry, now)?;
    Ok(Some(Arc::clone(&entry.principal)))
}

/// An unknown lookup id costs the same work as a wrong secret, unless its address failed too
/// often: then it costs none.
fn known_key(
    snapshot: &Snapshot,
    text: &str,
    throttled: Option<Duration>,
) -> Result<Arc<KeyEntry>, Fault> {
    let invalid = || Fault::new(Code::InvalidApiKey, "The API key is not valid.");
    let Some(lookup) = key::lookup(text) else {
        return Err(throttled.map_or_else(invalid, too_many_failures));
    };
    let entry = snapshot.key(lookup);
    if let (None, Some(wait)) = (entry, throttled) {
        return Err(too_many_failures(wait));
    }
    let presented = key::digest(&snapshot.pepper, text);
    match entry {
        Some(entry) if key::same(&presented, &entry.digest) => Ok(Arc::clone(entry)),
        _ => Err(invalid()),
    }
}

/// Whoever proves nothing from an address where too many attempts failed is told to wait, whatever
/// they show: also nothing at all, or a key that has ended.
fn unless_throttled(fault: Fault, throttled: Option<Duration>) -> Fault {
    match throttled {
        Some(wait) if fault.code.http_status() == 401 => too_many_failures(wait),
        _ => fault,
    }
}

/// The refusal of a stranger from an address where too many attempts failed.
pub fn too_many_failures(wait: Duration) -> Fault {
    let message = "Too many attempts to authenticate failed from this address; wait as \
                   Retry-After says.";
    Fault::new(Code::RateLimitExceeded, message)
        .because(Reason::FailedAttempts)
        .retry_after(wait)
}

fn revoked() -> Fault {
    Fault::new(Code::ApiKeyRevoked, "The API key was revoked.")
}

fn ended(snapshot: &Snapshot, entry: &KeyEntry, now: Timestamp) -> Result<(), Fault> {
    if entry.revoked || entry.not_after.is_some_and(|end| end <= now) {
        return Err(revoked());
    }
    if entry.expires_at.is_some_and(|end| end <= now) {
        return Err(Fault::new(Code::ApiKeyExpired, "The API key has expired."));
    }
    let rules = &snapshot.settings.api_keys;
    let oldest = Duration::from_secs(rules.max_age_secs);
    if rules.refuse_overdue && entry.made_at.is_some_and(|made| made.plus(oldest) <= now) {
        let message = "The API key is older than keys may be here; rotate it.";
        return Err(Fault::new(Code::ApiKeyExpired, message).because(Reason::KeyTooOld));
    }
    Ok(())
}

/// The principal of the tokens that were presented: one identity, wherever it stands.
fn of_token(
    snapshot: &Snapshot,
    credentials: &Credentials,
    now: Timestamp,
) -> Result<Option<Arc<Principal>>, Fault> {
    let mut known: Option<&Arc<Identity>> = None;
    for (_, proof) in &credentials.tokens {
        let identity = proof.as_ref().map_err(Fault::clone)?;
        if known.is_some_and(|other| other != identity) {
            return Err(Fault::new(
                Code::ConflictingCredentials,
                "The request carries two different tokens; send one.",
            ));
        }
        known = Some(identity);
    }
    known
        .map(|identity| principal_of(snapshot, identity, now).map(Arc::new))
        .transpose()
}

/// Values of `amr` (RFC 8176) that stand for more than a password.
const SECOND_FACTORS: &[&str] = &["mfa", "otp", "hwk", "swk", "sc", "fpt", "face", "iris"];

fn principal_of(
    snapshot: &Snapshot,
    identity: &Identity,
    now: Timestamp,
) -> Result<Principal, Fault> {
    still_valid(snapshot, identity, now)?;
    let claimed = identity.tenant.as_ref();
    let assigned = snapshot.user(&identity.issuer, &identity.user_id, claimed);
    let roles = assigned.map_or(identity.roles, |user| user.roles);
    let tenant = claimed.or(assigned.and_then(|user| user.tenant_id.as_ref()));
    Ok(Principal {
        method: Method::Jwt,
        key_id: None,
        user_id: Arc::clone(&identity.user_id),
        username: identity.username.clone(),
        role: shown(roles)?,
        roles,
        groups: Arc::clone(&identity.groups),
        tenant_id: tenant_of(snapshot, tenant)?,
        scopes: Arc::clone(&identity.scopes),
        limit: None,
        binding: Arc::from(format!("jwt:{}\n{}", identity.issuer, identity.user_id)),
        session: identity.session.clone(),
        certificate_subject: None,
        expires_at: identity.expires_at,
        mfa: identity
            .amr
            .iter()
            .any(|method| SECOND_FACTORS.contains(&&**method)),
        authenticated_at: identity.authenticated_at,
        agent: identity.agent.clone(),
    })
}

/// What was judged when the token was first seen is judged again: time went on, and its session
/// may have been ended.
fn still_valid(snapshot: &Snapshot, identity: &Identity, now: Timestamp) -> Result<(), Fault> {
    let invalid =
        |reason, message: &'static str| Fault::new(Code::InvalidToken, message).because(reason);
    if identity.expires_at.is_some_and(|end| end <= now) {
        return Err(invalid(Reason::TokenExpired, "The token has expired."));
    }
    if identity.not_before.is_some_and(|start| start > now) {
        let message = "The token is not valid yet.";
        return Err(invalid(Reason::TokenNotYetValid, message));
    }
    if identity
        .session
        .as_ref()
        .is_some_and(|session| snapshot.is_session_ended(session))
    {
        return Err(invalid(Reason::SessionEnded, "The session was ended."));
    }
    Ok(())
}

/// Whether somebody who was let in a while ago, and has listened since, may go on.
///
/// # Errors
/// Those of [`may_finish`], and `invalid_token` of credentials that ended by themselves.
pub fn may_go_on(snapshot: &Snapshot, principal: &Principal, now: Timestamp) -> Result<(), Fault> {
    if principal.expires_at.is_some_and(|end| end <= now) {
        let fault = Fault::new(Code::InvalidToken, "The credentials have expired.");
        return Err(fault.because(Reason::TokenExpired));
    }
    may_finish(snapshot, principal)
}

/// Whether an answer that was begun for somebody may come to its end: what was revoked since stops
/// it; credentials that end by themselves meanwhile do not.
///
/// # Errors
/// `api_key_revoked`, `invalid_token` of a session that was ended, `workspace_suspended`.
pub fn may_finish(snapshot: &Snapshot, principal: &Principal) -> Result<(), Fault> {
    let key = principal.key_id.as_ref();
    if key.is_some_and(|key| snapshot.is_revoked(key)) {
        return Err(revoked());
    }
    let session = principal.session.as_ref();
    if session.is_some_and(|session| snapshot.is_session_ended(session)) {
        let fault = Fault::new(Code::InvalidToken, "The session was ended.");
        return Err(fault.because(Reason::SessionEnded));
    }
    let tenant = snapshot.tenant(&principal.tenant_id);
    if tenant.is_none_or(|tenant| snapshot.is_suspended(tenant)) {
        let fault = Fault::new(Code::WorkspaceSuspended, "This tenant is suspended.");
        return Err(fault.because(Reason::TenantSuspended));
    }
    Ok(())
}

fn shown(roles: Roles) -> Result<terms::Role, Fault> {
    roles.shown().ok_or_else(|| {
        let message = "None of this user's roles may use the gateway.";
        Fault::new(Code::AuthorizationDenied, message).because(Reason::RoleNotAllowed)
    })
}

fn tenant_of(snapshot: &Snapshot, named: Option<&TenantId>) -> Result<TenantId, Fault> {
    named
        .or(snapshot.settings.default_tenant.as_ref())
        .cloned()
        .ok_or_else(|| {
            let message = "The credentials name no tenant.";
            Fault::new(Code::AuthorizationDenied, message).because(Reason::MissingAttribute)
        })
}

fn bad_certificate(reason: Reason, message: &'static str) -> Fault {
    Fault::new(Code::InvalidCertificate, message).because(reason)
}

/// What was judged when the connection opened is judged again: lists are newer, and time went on.
fn still_certified(certificate: &ClientCertificate, now: Timestamp) -> Result<(), Fault> {
    if certificate.revoked {
        let message = "The client certificate was revoked.";
        return Err(bad_certificate(Reason::CertificateRevoked, message));
    }
    if certificate.unchecked {
        let message = "It can't be known now whether the client certificate was revoked.";
        return Err(bad_certificate(Reason::CertificateUnchecked, message));
    }
    if certificate.not_before > now || certificate.not_after <= now {
        let message = "The client certificate has expired, or is not valid yet.";
        return Err(bad_certificate(Reason::CertificateExpired, message));
    }
    Ok(())
}

/// The principal that a certificate is mapped to. Beside other credentials, one that is mapped to
/// nobody only secures the connection.
fn of_certificate(
    snapshot: &Snapshot,
    certificate: &ClientCertificate,
    now: Timestamp,
    alone: bool,
) -> Result<Option<Arc<Principal>>, Fault> {
    still_certified(certificate, now)?;
    let Some(mapping) = &snapshot.settings.certificates else {
        return Ok(None);
    };
    let identities = match mapping.identity_field {
        IdentityField::CommonName => &certificate.common_names,
        IdentityField::Dns => &certificate.dns_names,
        IdentityField::Uri => &certificate.uris,
        IdentityField::Email => &certificate.emails,
    };
    let mut mapped = identities
        .iter()
        .filter_map(|name| Some((name, mapping.users.get(&**name)?)));
    let Some((name, user)) = mapped.next() else {
        if alone {
            let message = "The client certificate's identity is mapped to nobody.";
            return Err(bad_certificate(Reason::UnknownCertificate, message));
        }
        return Ok(None);
    };
    if mapped.any(|(_, other)| other != user) {
        let message = "The client certificate names two different users.";
        return Err(bad_certificate(Reason::UnknownCertificate, message));
    }
    Ok(Some(Arc::new(Principal {
        method: Method::Mtls,
        key_id: None,
        user_id: Arc::from(user.user_id.as_str()),
        username: Some(Arc::clone(name)),
        role: user.role,
        roles: Roles::of(&[user.role]),
        groups: Arc::from([]),
        tenant_id: tenant_of(snapshot, user.tenant_id.as_ref())?,
        scopes: Arc::from([]),
        limit: None,
        binding: Arc::from(format!("mtls:{name}")),
        session: None,
        certificate_subject: Some(Arc::clone(&certificate.subject)),
        expires_at: Some(certificate.not_after),
        mfa: false,
        authenticated_at: None,
        agent: None,
    })))
}

#[cfg(test)]
mod tests;

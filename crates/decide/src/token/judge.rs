//! Whether proven claims let somebody in, and whom.

use std::sync::Arc;
use std::time::Duration;

use terms::{Fault, Reason, Role, Roles, SessionId, TenantId, Timestamp};

use super::{Claims, agent, refused};
use crate::case::Kind;
use crate::facts::Identity;
use crate::settings::Issuer;

/// Judges `claims` at `now` by what `issuer` is configured to say.
///
/// Scopes: those of `scope` (RFC 8693) and `scp` that are names of the gate's own scopes
/// ([`Kind::scope`]) restrict the token to themselves. A token with none of them (`openid profile`,
/// say) is not restricted: the role alone says what it may do.
///
/// # Errors
/// [`terms::Code::InvalidToken`], because of `invalid_issuer`, `invalid_audience`,
/// `token_expired`, `token_not_yet_valid` or `missing_claim`.
pub fn judge(issuer: &Issuer, claims: &Claims, now: Timestamp) -> Result<Identity, Fault> {
    if claims.text("iss") != Some(&issuer.issuer) {
        let message = "The token comes from another issuer than its keys.";
        return Err(refused(Reason::InvalidIssuer, message));
    }
    audience(issuer, claims)?;
    let times = times(issuer, claims, now)?;
    for path in &issuer.required_claims {
        if claims.at(path).is_none() {
            return Err(missing(path));
        }
    }
    let mapping = &issuer.claims;
    let shared = |text: &str| Arc::<str>::from(text);
    let user_id = claims.optional_text(&mapping.user_id)?;
    let user_id = user_id.ok_or_else(|| missing(&mapping.user_id))?;
    let tenant = match &mapping.tenant {
        Some(path) => claims.optional_text(path)?.map(TenantId::from),
        None => None,
    };
    let session = if issuer.own {
        let named = claims.optional_text("sid")?;
        Some(SessionId::from(named.ok_or_else(|| missing("sid"))?))
    } else {
        None
    };
    // Whom the gateway made a token for is known by their identity provider.
    let provider = match issuer.own {
        true => claims.optional_text("idp")?,
        false => None,
    };
    Ok(Identity {
        issuer: shared(provider.unwrap_or(&issuer.issuer)),
        user_id: shared(user_id),
        username: shown(claims, &mapping.username)?,
        email: shown(claims, &mapping.email)?,
        roles: roles(issuer, claims)?,
        groups: all(claims.texts(&mapping.groups)?),
        tenant,
        scopes: all(scopes(claims)?),
        session,
        authenticated_at: times.authenticated_at,
        not_before: times.not_before,
        expires_at: times.expires_at,
        amr: all(claims.texts("amr")?),
        acr: claims.optional_text("acr")?.map(shared),
        agent: agent::agent(claims)?,
    })
}

/// A text that is for people: some issuers send an empty one for none.
fn shown(claims: &Claims, path: &str) -> Result<Option<Arc<str>>, Fault> {
    match claims.at(path) {
        Some(text) if text == "" => Ok(None),
        _ => Ok(claims.optional_text(path)?.map(Arc::from)),
    }
}

fn all(texts: Vec<&str>) -> Arc<[Arc<str>]> {
    texts.into_iter().map(Arc::from).collect()
}

fn missing(path: &str) -> Fault {
    let message = format!("The token lacks the claim '{path}', which is required here.");
    refused(Reason::MissingClaim, message)
}

fn audience(issuer: &Issuer, claims: &Claims) -> Result<(), Fault> {
    let named = claims.texts("aud")?;
    let ours = |it: &&str| issuer.audiences.iter().any(|own| own == it);
    if named.iter().any(ours) {
        return Ok(());
    }
    let message = format!(
        "The token is not meant for this gateway; its 'aud' must name {}.",
        issuer.audiences.join(" or ")
    );
    Err(refused(Reason::InvalidAudience, message))
}

struct Times {
    authenticated_at: Option<Timestamp>,
    not_before: Option<Timestamp>,
    expires_at: Option<Timestamp>,
}

fn times(issuer: &Issuer, claims: &Claims, now: Timestamp) -> Result<Times, Fault> {
    let skew = Duration::from_secs(issuer.clock_skew_secs);
    let expires_at = claims.date("exp")?.map(|end| end.plus(skew));
    if expires_at.is_none() && issuer.require_expiration {
        return Err(missing("exp"));
    }
    if expires_at.is_some_and(|end| end <= now) {
        let message = "The token has expired; get a new one.";
        return Err(refused(Reason::TokenExpired, message));
    }
    let not_before = claims.date("nbf")?.map(|start| start.minus(skew));
    if not_before.is_some_and(|start| start > now) {
        let message = "The token is not valid yet: its 'nbf' lies in the future.";
        return Err(refused(Reason::TokenNotYetValid, message));
    }
    let issued_at = claims.date("iat")?;
    if issued_at.is_some_and(|it| it.minus(skew) > now) {
        let message = "The token is not valid yet: its 'iat' lies in the future.";
        return Err(refused(Reason::TokenNotYetValid, message));
    }
    Ok(Times {
        authenticated_at: claims.date("auth_time")?.or(issued_at),
        not_before,
        expires_at,
    })
}

/// The gate's roles in the role claim. One text may be one role whose name has spaces in it, or
/// several roles.
fn roles(issuer: &Issuer, claims: &Claims) -> Result<Roles, Fault> {
    let known = |name: &&str| {
        let mapped = issuer.roles.get(*name).copied();
        mapped.or_else(|| Role::parse(name))
    };
    let path = &issuer.claims.role;
    if let Some(whole) = claims.at(path).and_then(|it| it.as_str())
        && let Some(role) = known(&whole)
    {
        return Ok(Roles::of(&[role]));
    }
    Ok(claims.words(path)?.iter().filter_map(known).collect())
}

fn scopes(claims: &Claims) -> Result<Vec<&str>, Fault> {
    let mut scopes = claims.words("scope")?;
    scopes.extend(claims.words("scp")?);
    scopes.retain(|it| Kind::ALL.iter().any(|kind| kind.scope() == Some(it)));
    Ok(scopes)
}

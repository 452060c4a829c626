//! MCP session ids, sealed: what a client holds says for whom it was made.
//!
//! A client gets `gh1_{tag}_{the server's id}`, where the tag is an HMAC under the installation's
//! pepper over tenant, server, caller and the server's id. So a session belongs to the caller that
//! opened it, on every replica and after a restart, without a table (`docs/adr/0008`).

use decide::Principal;
use decide::key;
use terms::{Code, Fault, ServerSlug};

const MARK: &str = "gh1_";
/// Hex digits of the tag: 128 bits.
const TAG_LEN: usize = 32;
/// The longest id that a server may give, in bytes.
const MAX_LEN: usize = 2_048;

/// Seals a server's session id for `principal`.
///
/// # Errors
/// `server_error` for an id that is too long or not visible ASCII.
pub fn seal(
    pepper: &str,
    principal: &Principal,
    server: &ServerSlug,
    id: &str,
) -> Result<String, Fault> {
    if id.is_empty() || id.len() > MAX_LEN || !id.bytes().all(|byte| byte.is_ascii_graphic()) {
        let fault = Fault::new(
            Code::ServerError,
            "The tool server's session can't be used.",
        );
        return Err(fault.detail("its Mcp-Session-Id is not 1 to 2048 visible ASCII characters"));
    }
    Ok(format!("{MARK}{}_{id}", tag(pepper, principal, server, id)))
}

/// The server's own id in a sealed one.
///
/// # Errors
/// `session_not_found` for whatever was not sealed for this key and this server: the client is to
/// initialise anew.
pub fn open<'a>(
    pepper: &str,
    principal: &Principal,
    server: &ServerSlug,
    sealed: &'a str,
) -> Result<&'a str, Fault> {
    unsealed(pepper, principal, server, sealed).ok_or_else(|| {
        Fault::new(
            Code::SessionNotFound,
            "There is no such session for this key; initialize again.",
        )
    })
}

fn unsealed<'a>(
    pepper: &str,
    principal: &Principal,
    server: &ServerSlug,
    sealed: &'a str,
) -> Option<&'a str> {
    let rest = sealed.strip_prefix(MARK)?;
    let (given, rest) = rest.split_at_checked(TAG_LEN)?;
    let id = rest.strip_prefix('_').filter(|id| id.len() <= MAX_LEN)?;
    let made = tag(pepper, principal, server, id);
    // Digests of the tags are compared, so that time says nothing about where they differ.
    let same = key::same(
        &key::digest(pepper.as_bytes(), given),
        &key::digest(pepper.as_bytes(), &made),
    );
    same.then_some(id)
}

fn tag(pepper: &str, principal: &Principal, server: &ServerSlug, id: &str) -> String {
    let bound = format!(
        "gatehouse-mcp-session-v1\n{}\n{server}\n{}\n{id}",
        principal.tenant_id, principal.binding
    );
    let digest = key::digest(pepper.as_bytes(), &bound);
    let (half, _) = digest.split_at(TAG_LEN / 2);
    half.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn principal(key: &str, tenant: &str) -> Principal {
        Principal {
            method: decide::Method::ApiKey,
            key_id: Some(key.into()),
            user_id: "u".into(),
            username: None,
            role: terms::Role::Developer,
            roles: terms::Roles::of(&[terms::Role::Developer]),
            groups: Arc::from([]),
            tenant_id: tenant.into(),
            scopes: Arc::from([]),
            limit: None,
            binding: key.into(),
            session: None,
            certificate_subject: None,
            expires_at: None,
            mfa: false,
            authenticated_at: None,
            agent: None,
        }
    }

    #[test]
    fn a_session_opens_only_for_the_key_tenant_and_server_that_it_was_sealed_for() {
        let (me, server) = (principal("key_a", "demo"), "s".into());
        let sealed = seal("pepper", &me, &server, "abc_1.2").unwrap();
        assert_eq!(open("pepper", &me, &server, &sealed).unwrap(), "abc_1.2");
        let refused = |pepper: &str, who: &Principal, server: &str, id: &str| {
            open(pepper, who, &server.into(), id).unwrap_err().code
        };
        let not_found = Code::SessionNotFound;
        assert_eq!(
            refused("pepper", &principal("key_b", "demo"), "s", &sealed),
            not_found
        );
        assert_eq!(
            refused("pepper", &principal("key_a", "acme"), "s", &sealed),
            not_found
        );
        assert_eq!(refused("pepper", &me, "t", &sealed), not_found);
        assert_eq!(refused("other", &me, "s", &sealed), not_found);
        assert_eq!(
            refused("pepper", &me, "s", &sealed.replace("abc", "abd")),
            not_found
        );
        for forged in ["", "abc_1.2", "gh1_", "gh1_é", sealed.split_at(20).0] {
            assert_eq!(refused("pepper", &me, "s", forged), not_found, "{forged}");
        }
    }

    #[test]
    fn an_id_that_no_header_could_carry_is_refused() {
        for id in ["", "a b", "a\nb", "é", &"x".repeat(3_000)] {
            assert!(
                seal("pepper", &principal("k", "t"), &"s".into(), id).is_err(),
                "{id:.20}"
            );
        }
    }
}

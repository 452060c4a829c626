//! What was revoked on the priority lane, ahead of the push that contains it.

use std::collections::{BTreeMap, BTreeSet};

use terms::{KeyId, ServerSlug, SessionId, TenantId};

use super::{Snapshot, Version};
use crate::source::ResourceKind;

/// What was revoked on the priority lane, ahead of the push that contains it.
///
/// Keys are never un-revoked and sessions never begun again: they leave the overlay when the
/// configuration in force revokes them itself ([`Overlay::leave_to`]), and come back before an
/// older one takes its place ([`Overlay::keep_from`]). Tenants and servers leave when a push that
/// is not older than what the lane said says something of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overlay {
    pub(super) keys: BTreeSet<KeyId>,
    /// With the version that contains it, as the others below; 0.0 where that is not known.
    pub(super) sessions: BTreeMap<SessionId, Version>,
    pub(super) tenants: BTreeMap<TenantId, Version>,
    pub(super) servers: BTreeMap<(Option<TenantId>, ServerSlug), Version>,
}

impl Overlay {
    /// Ends every generation of a key.
    pub fn revoke_key(&mut self, key: KeyId) {
        self.keys.insert(key);
    }

    /// Ends a session of the gateway's own tokens, as the configuration does from `version` on,
    /// until the session's tokens are over.
    pub fn end_session(&mut self, session: SessionId, version: Version) {
        let at = self.sessions.entry(session).or_default();
        *at = version.max(*at);
    }

    /// Suspends a tenant, as the configuration does from `version` on.
    pub fn suspend_tenant(&mut self, tenant: TenantId, version: Version) {
        let at = self.tenants.entry(tenant).or_default();
        *at = version.max(*at);
    }

    /// Takes a tool server away, as the configuration does from `version` on.
    pub fn revoke_server(
        &mut self,
        tenant: Option<TenantId>,
        server: ServerSlug,
        version: Version,
    ) {
        let at = self.servers.entry((tenant, server)).or_default();
        *at = version.max(*at);
    }

    /// Forgets the keys and sessions that `configuration`, which is or comes in force, refuses
    /// itself. Sessions that it could name and does not are over: so are their tokens.
    pub fn leave_to(&mut self, configuration: &Snapshot) {
        self.keys
            .retain(|key| !configuration.revoked_keys.contains(key));
        self.sessions.retain(|session, at| {
            let contained = *at > Version::default() && *at <= configuration.version;
            !contained && !configuration.ended_sessions.contains(session)
        });
    }

    /// A configuration older than `configuration` takes its place: what this one revoked for good
    /// stays revoked.
    pub fn keep_from(&mut self, configuration: &Snapshot) {
        self.keys.extend(configuration.revoked_keys.iter().cloned());
        for session in &configuration.ended_sessions {
            self.end_session(session.clone(), configuration.version);
        }
    }

    /// The push that leads to `version` carries the resource `kind`/`id`: what the lane said of it
    /// up to then is contained.
    pub fn superseded(&mut self, kind: &str, id: &str, version: Version) {
        match ResourceKind::parse(kind) {
            Some(ResourceKind::Tenant) => {
                self.tenants
                    .retain(|tenant, at| tenant.as_str() != id || *at > version);
            }
            Some(ResourceKind::McpServer) => {
                let (tenant, server) = id.split_once('/').unwrap_or(("", id));
                let tenant = (!tenant.is_empty()).then(|| TenantId::from(tenant));
                let name = (tenant, ServerSlug::from(server));
                self.servers.retain(|it, at| *it != name || *at > version);
            }
            _ => {}
        }
    }

    /// A whole snapshot of `version` came: all that can be undone is contained up to then.
    pub fn superseded_all(&mut self, version: Version) {
        self.tenants.retain(|_, at| *at > version);
        self.servers.retain(|_, at| *at > version);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seq: u64) -> Version {
        Version { epoch: 1, seq }
    }

    fn configuration(seq: u64, revoked: &[&str], ended: &[&str]) -> Snapshot {
        Snapshot {
            version: at(seq),
            revoked_keys: revoked.iter().map(|it| KeyId::from(*it)).collect(),
            ended_sessions: ended.iter().map(|it| SessionId::from(*it)).collect(),
            ..Snapshot::default()
        }
    }

    #[test]
    fn what_the_configuration_revokes_itself_need_not_be_kept() {
        let mut overlay = Overlay::default();
        overlay.revoke_key("k".into());
        overlay.end_session("s".into(), at(3));
        overlay.end_session("unversioned".into(), Version::default());
        let said = overlay.clone();
        overlay.leave_to(&configuration(2, &[], &[]));
        assert_eq!(overlay, said, "that was before");
        overlay.leave_to(&configuration(3, &["k"], &["s", "unversioned"]));
        assert_eq!(overlay, Overlay::default());
    }

    #[test]
    fn a_session_that_the_configuration_does_not_name_any_more_is_over_and_a_key_is_not() {
        let mut overlay = Overlay::default();
        overlay.revoke_key("k".into());
        overlay.end_session("s".into(), at(3));
        overlay.end_session("unversioned".into(), Version::default());
        overlay.leave_to(&configuration(9, &[], &[]));
        assert!(overlay.keys.contains("k"));
        assert!(!overlay.sessions.contains_key("s"));
        assert!(
            overlay.sessions.contains_key("unversioned"),
            "nobody knows whether this configuration could name it"
        );
    }

    #[test]
    fn what_left_comes_back_before_an_older_configuration_does() {
        let mut overlay = Overlay::default();
        overlay.keep_from(&configuration(3, &["k"], &["s"]));
        overlay.leave_to(&configuration(2, &[], &[]));
        assert!(overlay.keys.contains("k") && overlay.sessions.contains_key("s"));
        overlay.leave_to(&configuration(3, &["k"], &["s"]));
        assert_eq!(overlay, Overlay::default());
    }
}

//! The compiled configuration: one immutable value that a data plane swaps whole.

mod overlay;

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;
use std::sync::Arc;

use foldhash::fast::RandomState;
use ipnet::IpNet;
use terms::{
    CredentialName, KeyId, ModelName, Roles, SecretString, ServerSlug, SessionId, TenantId,
    Timestamp,
};
use url::Url;

use crate::case::Principal;
use crate::inspection::Inspection;
use crate::key::Digest;
use crate::policy::Book;
use crate::settings::{IpAccess, Outgoing, Settings};
use crate::source::{MockBehaviour, PriorityTier, Provider, Sensitivity, ServerStatus};

pub use overlay::Overlay;

/// A configuration's place in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// Changes when the store is restored or replaced.
    pub epoch: u64,
    /// Counts changes within the epoch.
    pub seq: u64,
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.epoch, self.seq)
    }
}

/// A map with a fast hash: its keys come from the configuration, not from strangers.
pub type Map<K, V> = HashMap<K, V, RandomState>;
type Set<K> = HashSet<K, RandomState>;

/// The compiled configuration.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    pub(crate) version: Version,
    pub(crate) settings: Settings,
    pub(crate) pepper: Vec<u8>,
    pub(crate) keys: Map<Box<str>, Arc<KeyEntry>>,
    pub(crate) tenants: Map<TenantId, Arc<TenantEntry>>,
    pub(crate) platform: Directory,
    pub(crate) own: Map<TenantId, Directory>,
    /// By the issuer's name for them; several issuers may use one name, and one user may have
    /// roles in several tenants.
    pub(crate) users: Map<Box<str>, Vec<Arc<UserEntry>>>,
    /// Keys of which no generation lives any more.
    pub(crate) revoked_keys: Set<KeyId>,
    pub(crate) ended_sessions: Set<SessionId>,
    pub(crate) overlay: Overlay,
    pub(crate) policies: Arc<Book>,
    /// Of tenants that override nothing.
    pub(crate) inspection: Arc<Inspection>,
    /// The subject of buckets that count everybody.
    pub(crate) everybody: Everybody,
}

/// The subject of buckets that count everybody, made once.
#[derive(Clone, Debug)]
pub(crate) struct Everybody(Arc<str>);

impl Default for Everybody {
    fn default() -> Self {
        Self(Arc::from("everybody"))
    }
}

/// What a tenant, or the platform for all tenants, has registered.
#[derive(Clone, Debug, Default)]
pub(crate) struct Directory {
    /// Exact model names of routes, then of credentials' lists.
    pub exact: Map<ModelName, Arc<Candidate>>,
    /// Prefixes, the longest first.
    pub prefixes: Vec<(Box<str>, Arc<CredentialEntry>, Option<ModelName>)>,
    pub servers: Map<ServerSlug, Arc<ServerEntry>>,
    /// Models to list, in order.
    pub listed: Vec<(ModelName, Arc<CredentialEntry>)>,
}

/// One secret of one key, ready for comparison.
#[derive(Debug)]
pub struct KeyEntry {
    /// What is stored.
    pub digest: Digest,
    /// When this secret ends.
    pub not_after: Option<Timestamp>,
    /// When this secret was made.
    pub made_at: Option<Timestamp>,
    /// When the key ends.
    pub expires_at: Option<Timestamp>,
    /// The key was revoked.
    pub revoked: bool,
    /// Who it proves.
    pub principal: Arc<Principal>,
}

/// A user whose roles an administrator set.
#[derive(Debug)]
pub struct UserEntry {
    /// Whose user; none: of whichever issuer.
    pub issuer: Option<Arc<str>>,
    /// The tenant in which the roles hold; none: in each.
    pub tenant_id: Option<TenantId>,
    /// The roles.
    pub roles: Roles,
}

/// A tenant.
#[derive(Debug)]
pub struct TenantEntry {
    /// Its slug.
    pub id: TenantId,
    /// It may not call.
    pub suspended: bool,
    /// Where its data must stay.
    pub region: Option<Arc<str>>,
    /// Who waits when the gate sheds load.
    pub priority: PriorityTier,
    /// Which addresses may call for it.
    pub addresses: IpAccess,
    /// Its own limit on requests a minute.
    pub requests_per_minute: Option<u32>,
    /// Its own limit on tokens a minute.
    pub tokens_per_minute: Option<u32>,
    /// What is looked for in its calls, and what is done where it is found.
    pub inspection: Arc<Inspection>,
}

/// A place on the network.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Endpoint {
    /// TLS is spoken.
    pub tls: bool,
    /// A name or an address, without brackets.
    pub host: Arc<str>,
    /// The port.
    pub port: u16,
    /// The path, without a trailing slash.
    pub path: Arc<str>,
}

impl Endpoint {
    /// The place that a URL names. Who may be called is not asked here.
    ///
    /// # Errors
    /// A sentence: what it lacks.
    pub fn of(url: &Url) -> Result<Self, String> {
        let host = url.host_str().ok_or("The URL has no host.")?;
        let port = url.port_or_known_default().ok_or("The URL has no port.")?;
        Ok(Self {
            tls: url.scheme() == "https",
            host: Arc::from(host.trim_matches(['[', ']'])),
            port,
            path: Arc::from(url.path().trim_end_matches('/')),
        })
    }

    /// The `Host` header: with the port where it is not the scheme's own.
    pub fn authority(&self) -> String {
        let host = if self.host.contains(':') {
            format!("[{}]", self.host)
        } else {
            self.host.to_string()
        };
        match (self.tls, self.port) {
            (true, 443) | (false, 80) => host,
            (_, port) => format!("{host}:{port}"),
        }
    }
}

/// A provider account, ready to be called.
#[derive(Debug)]
pub struct CredentialEntry {
    /// What routes refer to.
    pub name: CredentialName,
    /// Which dialect it speaks.
    pub provider: Provider,
    /// Where; none for the built-in provider.
    pub endpoint: Option<Endpoint>,
    /// The provider's key.
    pub api_key: Option<SecretString>,
    /// Headers to add.
    pub headers: Vec<(String, String)>,
    /// Where the provider's data stays.
    pub region: Option<Arc<str>>,
    /// How the built-in provider behaves.
    pub mock: MockBehaviour,
}

/// One provider that may serve a model.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The account.
    pub credential: Arc<CredentialEntry>,
    /// The name to ask it for.
    pub model: ModelName,
}

/// A tool server, ready to be called.
#[derive(Debug)]
pub struct ServerEntry {
    /// Its slug.
    pub slug: ServerSlug,
    /// For people.
    pub name: String,
    /// Where.
    pub endpoint: Endpoint,
    /// The bearer token that it wants.
    pub credential: Option<SecretString>,
    /// Whether it may be called.
    pub status: ServerStatus,
    /// How much harm its tools can do, where an administrator said so for all of them.
    pub sensitivity: Option<Sensitivity>,
    /// For people and policies.
    pub tags: Vec<Arc<str>>,
    /// The teams that answer for it.
    pub teams: Vec<Arc<str>>,
    /// How much harm the tools that the registry knows can do.
    pub tools: Map<Box<str>, Sensitivity>,
}

impl ServerEntry {
    /// How much harm a tool can do: as an administrator said of it, else of its server; else as
    /// its name, description and schema tell. What a caller says plays no part.
    pub fn sensitivity_of(&self, tool: &str) -> Sensitivity {
        let known = self.tools.get(tool).copied().or(self.sensitivity);
        known.unwrap_or_else(|| crate::policy::sensitivity::detect(tool, "", None))
    }
}

impl Snapshot {
    /// Its place in time.
    pub fn version(&self) -> Version {
        self.version
    }

    /// What policies are in force, and in shadow.
    pub fn policies(&self) -> &Arc<Book> {
        &self.policies
    }

    /// Inspection of tenants that override nothing. It is of no tenant, so it makes no reversible
    /// tokens.
    pub fn inspection(&self) -> &Arc<Inspection> {
        &self.inspection
    }

    /// What holds for the whole installation.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    pub(crate) fn everybody(&self) -> Arc<str> {
        Arc::clone(&self.everybody.0)
    }

    /// The rules for outgoing calls alone.
    #[must_use]
    pub fn calling(outgoing: Outgoing) -> Self {
        Self {
            settings: Settings {
                outgoing,
                ..Settings::default()
            },
            ..Self::default()
        }
    }

    /// This configuration's rules for outgoing calls: what a call in the background keeps, instead
    /// of the whole. TLS 1.3 is demanded of model providers, not of those who identify.
    #[must_use]
    pub fn for_calling(&self) -> Self {
        Self::calling(Outgoing {
            enforce_tls13: false,
            ..self.settings.outgoing.clone()
        })
    }

    /// This configuration with what the priority lane revoked taken out.
    #[must_use]
    pub fn with_overlay(&self, overlay: &Overlay) -> Self {
        Self {
            overlay: overlay.clone(),
            ..self.clone()
        }
    }

    /// True when every generation of this key was ended, by whichever way.
    pub fn is_revoked(&self, key: &KeyId) -> bool {
        self.overlay.keys.contains(key) || self.revoked_keys.contains(key)
    }

    /// True when this session of the gateway's own tokens was ended.
    pub fn is_session_ended(&self, session: &SessionId) -> bool {
        self.overlay.sessions.contains_key(session) || self.ended_sessions.contains(session)
    }

    /// The roles that an administrator gave the user that `issuer` calls `user_id`, as they hold
    /// where the user speaks for `tenant`: those meant for this issuer alone before those meant
    /// for any, and among them those of this tenant before those of all tenants. Those of another
    /// tenant never hold. Who speaks for no tenant has the roles of all tenants, or else belongs
    /// to the one tenant in which they have any.
    pub fn user(
        &self,
        issuer: &str,
        user_id: &str,
        tenant: Option<&TenantId>,
    ) -> Option<&Arc<UserEntry>> {
        let known = self.users.get(user_id)?;
        let of = |issuer: Option<&str>| {
            let theirs = || known.iter().filter(|it| it.issuer.as_deref() == issuer);
            let of_tenant =
                tenant.and_then(|it| theirs().find(|e| e.tenant_id.as_ref() == Some(it)));
            let of_all = || theirs().find(|it| it.tenant_id.is_none());
            of_tenant.or_else(of_all).or_else(|| {
                let mut theirs = theirs();
                let only = theirs.next().filter(|_| tenant.is_none());
                only.filter(|_| theirs.next().is_none())
            })
        };
        of(Some(issuer)).or_else(|| of(None))
    }

    /// True when this tenant may not call.
    pub fn is_suspended(&self, tenant: &TenantEntry) -> bool {
        tenant.suspended || self.overlay.tenants.contains_key(&tenant.id)
    }

    /// The key whose text has this lookup id.
    pub fn key(&self, lookup: &str) -> Option<&Arc<KeyEntry>> {
        self.keys.get(lookup)
    }

    /// The tenant with this id.
    pub fn tenant(&self, id: &TenantId) -> Option<&Arc<TenantEntry>> {
        self.tenants.get(id)
    }

    /// How many tenants, keys, models and tool servers there are: for `/status`.
    pub fn counts(&self) -> [(&'static str, usize); 4] {
        let directories = || std::iter::once(&self.platform).chain(self.own.values());
        [
            ("tenants", self.tenants.len()),
            ("apiKeys", self.keys.len()),
            ("models", directories().map(|it| it.listed.len()).sum()),
            ("mcpServers", directories().map(|it| it.servers.len()).sum()),
        ]
    }

    /// The providers that may serve `model` for `tenant`: its own routes before the platform's,
    /// exact names before prefixes, longer prefixes before shorter ones.
    pub fn candidates(&self, tenant: &TenantId, model: &ModelName) -> Vec<Arc<Candidate>> {
        let directories = [self.own.get(tenant), Some(&self.platform)];
        directories
            .into_iter()
            .flatten()
            .find_map(|directory| directory.candidate(model))
            .into_iter()
            .collect()
    }

    /// The models that `tenant` may name, with the account that serves each, by name.
    pub fn models(&self, tenant: &TenantId) -> Vec<(ModelName, Arc<CredentialEntry>)> {
        let directories = [self.own.get(tenant), Some(&self.platform)];
        let mut models: Vec<(ModelName, Arc<CredentialEntry>)> = Vec::new();
        for (model, credential) in directories.into_iter().flatten().flat_map(|it| &it.listed) {
            if !models.iter().any(|(seen, _)| seen == model) {
                models.push((model.clone(), Arc::clone(credential)));
            }
        }
        models.sort_by(|left, right| left.0.cmp(&right.0));
        models
    }

    /// The tool server that `tenant` knows by this slug: its own before the platform's.
    pub fn server(&self, tenant: &TenantId, slug: &ServerSlug) -> Option<&Arc<ServerEntry>> {
        let own = self.own.get(tenant).and_then(|own| own.servers.get(slug));
        let owner = own.is_some().then(|| tenant.clone());
        own.or_else(|| self.platform.servers.get(slug))
            .filter(|server| server.status != ServerStatus::Disabled)
            .filter(|_| !self.overlay.servers.contains_key(&(owner, slug.clone())))
    }

    /// Every tool server that `tenant` knows, by slug.
    pub fn servers(&self, tenant: &TenantId) -> Vec<Arc<ServerEntry>> {
        let own = self.own.get(tenant);
        let mut servers: Vec<_> =
            own.into_iter()
                .flat_map(|own| own.servers.values())
                .chain(self.platform.servers.values().filter(|server| {
                    !own.is_some_and(|own| own.servers.contains_key(&server.slug))
                }))
                .filter(|server| server.status != ServerStatus::Disabled)
                .cloned()
                .collect();
        servers.sort_by(|left, right| left.slug.cmp(&right.slug));
        servers
    }

    /// True when the gate may call this address. Addresses that embed another (IPv4-mapped, 6to4,
    /// Teredo, NAT64) are judged by both.
    pub fn may_call(&self, address: IpAddr) -> bool {
        may_call(&self.settings.outgoing.allow, address)
    }
}

/// True when `address` is public, or in one of the `allow`ed ranges.
pub fn may_call(allow: &[IpNet], address: IpAddr) -> bool {
    let address = address.to_canonical();
    if allow.iter().any(|range| range.contains(&address)) {
        return true;
    }
    match address {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            !(v4.is_private()
                || v4.is_loopback()
                || v4.is_link_local()
                || v4.is_broadcast()
                || v4.is_documentation()
                || v4.is_multicast()
                || a == 0
                || a >= 240
                || (a == 100 && (64..128).contains(&b))
                || (a == 198 && (b == 18 || b == 19))
                || (a == 192 && b == 0 && c == 0)
                || (a == 192 && b == 88 && c == 99))
        }
        IpAddr::V6(v6) => {
            let segments = v6.segments();
            let embedded = match segments {
                // 6to4: 2002:AABB:CCDD::/48
                [0x2002, high, low, ..] => Some((high, low)),
                // NAT64: 64:ff9b::/96
                [0x64, 0xff9b, 0, 0, 0, 0, high, low] => Some((high, low)),
                // Teredo: 2001:0::/32, the client's address inverted at the end
                [0x2001, 0, .., high, low] => Some((!high, !low)),
                // IPv4-compatible, deprecated: ::a.b.c.d
                [0, 0, 0, 0, 0, 0, high, low] => Some((high, low)),
                _ => None,
            };
            if let Some((high, low)) = embedded {
                let [a, b] = high.to_be_bytes();
                let [c, d] = low.to_be_bytes();
                return may_call(allow, IpAddr::from([a, b, c, d]));
            }
            // Global unicast is 2000::/3; documentation and the discard prefix are not meant.
            let [first, second, ..] = segments;
            first & 0xe000 == 0x2000 && !(first == 0x2001 && second == 0xdb8)
        }
    }
}

impl Directory {
    fn candidate(&self, model: &ModelName) -> Option<Arc<Candidate>> {
        if let Some(candidate) = self.exact.get(model) {
            return Some(Arc::clone(candidate));
        }
        let (_, credential, target) = self
            .prefixes
            .iter()
            .find(|(prefix, ..)| model.as_str().starts_with(&**prefix))?;
        let model = target.clone().unwrap_or_else(|| model.clone());
        Some(Arc::new(Candidate {
            credential: Arc::clone(credential),
            model,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_may_be_called() {
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "169.254.169.254",
            "192.168.0.1",
            "100.64.0.1",
            "0.0.0.0",
            "::1",
            "::ffff:127.0.0.1",
            "fe80::1",
            "fd00::1",
            "2002:7f00:1::",
            "64:ff9b::a00:1",
            "2001:0:0:0:0:0:80ff:fffe",
            "255.255.255.255",
            "224.0.0.1",
            "198.18.0.1",
            "::7f00:1",
        ] {
            assert!(!may_call(&[], private.parse().unwrap()), "{private}");
        }
        for public in ["1.1.1.1", "2606:4700::1111", "93.184.216.34"] {
            assert!(may_call(&[], public.parse().unwrap()), "{public}");
        }
        let ours = ["10.0.0.0/8".parse().unwrap()];
        assert!(may_call(&ours, "10.1.2.3".parse().unwrap()));
        assert!(may_call(&ours, "::ffff:10.1.2.3".parse().unwrap()));
    }
}

//! What holds for the whole installation: addresses, limits, keys, outgoing calls.

pub mod inspection;

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;
use serde::{Deserialize, Serialize, Serializer};
use terms::{Role, SecretString, TenantId};

use crate::limit::Rule;

/// The settings that the control plane pushes with the resources.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Settings {
    /// The installation's pepper: keys are stored as HMAC-SHA-256 under it. Hex, 32 bytes.
    #[serde(serialize_with = "expose")]
    pub pepper: SecretString,
    /// The tenant of keys and principals that name none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_tenant: Option<TenantId>,
    /// Which addresses may enter.
    pub ip_access: IpAccess,
    /// How many requests are admitted.
    pub limits: Limits,
    /// Where keys travel, and how old they may be.
    pub api_keys: ApiKeys,
    /// Whose JWTs are accepted of callers; empty: nobody's. The gateway's own issuer is among
    /// them where it signs tokens.
    pub issuers: Vec<Issuer>,
    /// Where JWTs travel, in order; empty: `Authorization: Bearer`.
    pub token_sources: Vec<TokenSource>,
    /// Whom client certificates are mapped to; absent: to nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificates: Option<Certificates>,
    /// How many attempts may fail from one address before strangers there are refused unchecked.
    pub failed_attempts: FailedAttempts,
    /// Where the gate may call.
    pub outgoing: Outgoing,
    /// What holds for all policies.
    pub policies: Policies,
    /// What may not pass, and what is done about it.
    pub inspection: Box<inspection::Inspection>,
}

/// What holds for all policies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Policies {
    /// Whoever puts a text in force must not have written it.
    pub four_eyes: bool,
    /// When tools of high sensitivity may be called by the base policy; absent: at any time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub work_hours: Option<WorkHours>,
    /// Shares of policies' decisions that are kept instead of made again; off where the operator
    /// says so.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub no_decision_cache: bool,
}

/// When people work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WorkHours {
    /// An IANA name, such as `Europe/Berlin`.
    pub time_zone: String,
    /// `HH:MM`, included.
    pub start: String,
    /// `HH:MM`, excluded.
    pub end: String,
    /// `mon` to `sun`.
    pub days: Vec<String>,
}

fn expose<S: Serializer>(secret: &SecretString, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(secret.expose())
}

/// On which listeners the address lists hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IpScope {
    /// On every listener, the control plane's included.
    #[default]
    All,
    /// On the data planes' alone.
    DataPlane,
}

/// The global address lists. The allow list is asked first: an address in it enters, whatever
/// the deny list says. An address in neither enters, unless an allow list stands alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct IpAccess {
    /// The lists hold.
    pub enabled: bool,
    /// Where they hold.
    pub scope: IpScope,
    /// CIDR ranges.
    pub allow: Vec<IpNet>,
    /// CIDR ranges.
    pub deny: Vec<IpNet>,
}

/// Request and token limits. All that apply to a call are asked together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Limits {
    /// For each data plane by itself; absent: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub global: Option<PerSecond>,
    /// For each user of a tenant, however they prove themselves; absent: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_user: Option<Rule>,
    /// Goes before `per_user` for those who have the role.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub per_role: BTreeMap<Role, Rule>,
    /// For keys without a limit of their own; absent: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_api_key: Option<Rule>,
    /// For tenants without a limit of their own; absent: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_tenant: Option<Rule>,
    /// For each principal at a path: exact, or with a trailing `*`. The longest that fits holds.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub per_endpoint: BTreeMap<String, Rule>,
    /// For each address that calls without proving who it is; absent: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_ip: Option<PerAddress>,
    /// Who waits when a data plane has much in flight; absent: nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shedding: Option<Shedding>,
    /// The headers that say what is left; absent: none are sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headers: Option<LimitHeaders>,
}

/// A limit by the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PerSecond {
    /// Requests a second; at least 1.
    pub requests_per_second: u32,
    /// The bucket's capacity; absent: what a second brings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub burst: Option<u32>,
}

/// A limit by address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PerAddress {
    /// The limit of an address (IPv6: of its /64).
    pub rule: Rule,
    /// CIDR ranges that it does not hold for.
    #[serde(default)]
    pub exempt: Vec<IpNet>,
}

/// Failed attempts to prove who one is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct FailedAttempts {
    /// What an address (IPv6: a /64) may fail.
    pub rule: Rule,
    /// CIDR ranges that it does not hold for.
    pub exempt: Vec<IpNet>,
}

impl Default for FailedAttempts {
    fn default() -> Self {
        Self {
            rule: Rule {
                requests_per_minute: 60,
                burst: None,
                tokens_per_minute: None,
            },
            exempt: Vec::new(),
        }
    }
}

/// Who waits when a data plane has much in flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Shedding {
    /// Calls in flight beyond which nobody enters; at least 1.
    pub max_in_flight: u32,
    /// From this share of it, in percent, tenants of the tier `standard` wait.
    pub standard_pct: u8,
    /// From this share of it, in percent, tenants of the tier `bulk` wait.
    pub bulk_pct: u8,
}

/// Whose JWTs are accepted, and what they must say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Issuer {
    /// The exact `iss`; never empty.
    pub issuer: String,
    /// `aud` must name one of these; never empty.
    pub audiences: Vec<String>,
    /// Where its keys are; tried in order.
    pub keys: Vec<KeySource>,
    /// A token without `exp` is refused.
    pub require_expiration: bool,
    /// Tolerated difference between clocks, in seconds.
    pub clock_skew_secs: u64,
    /// Claims without which a token is refused: dotted paths.
    pub required_claims: Vec<String>,
    /// Which claims say what.
    pub claims: ClaimsMapping,
    /// From a role of the issuer to one of the gate's. Roles that are the gate's own names need
    /// no entry.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub roles: BTreeMap<String, Role>,
    /// The gateway signs these tokens itself: their session can be ended.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub own: bool,
}

/// Where an issuer's keys are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type", deny_unknown_fields)]
pub enum KeySource {
    /// A JSON Web Key Set (RFC 7517) at a URL.
    JwksUrl {
        /// Where.
        url: String,
        /// How long it is taken as it was, in seconds.
        cache_secs: u64,
    },
    /// The `jwks_uri` of the issuer's discovery document (OpenID Connect Discovery 1.0), below
    /// the issuer's own URL.
    Discovery {
        /// How long it is taken as it was, in seconds.
        cache_secs: u64,
    },
    /// A public key, PEM (SubjectPublicKeyInfo).
    Pem {
        /// The text.
        value: String,
    },
}

/// Which claims say what: dotted paths, such as `realm_access.roles`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ClaimsMapping {
    /// A text.
    pub user_id: String,
    /// A text.
    pub username: String,
    /// A text.
    pub email: String,
    /// A text, several in one text separated by spaces, or a list.
    pub role: String,
    /// A list of texts.
    pub groups: String,
    /// A text; absent: tokens name no tenant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tenant: Option<String>,
}

impl Default for ClaimsMapping {
    fn default() -> Self {
        Self {
            user_id: "sub".to_owned(),
            username: "preferred_username".to_owned(),
            email: "email".to_owned(),
            role: "role".to_owned(),
            groups: "groups".to_owned(),
            tenant: None,
        }
    }
}

/// Where a JWT may stand in a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum TokenSource {
    /// A header.
    Header {
        /// Its name.
        name: String,
        /// What stands before the token, such as `Bearer`; empty: nothing.
        scheme: String,
    },
    /// A query parameter: on streaming GETs alone, which browsers open without headers.
    Query(String),
    /// A cookie; its request must come from the gate's own origin or a listed one.
    Cookie(String),
}

/// Whom client certificates are mapped to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Certificates {
    /// Which part of a certificate is the identity.
    pub identity_field: IdentityField,
    /// From an identity to a principal. An identity that is not here is refused.
    pub users: BTreeMap<String, MappedUser>,
}

/// A part of a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IdentityField {
    /// The subject's common name.
    CommonName,
    /// A `dNSName`.
    Dns,
    /// A `uniformResourceIdentifier`.
    Uri,
    /// An `rfc822Name`.
    Email,
}

/// Whom a certificate is mapped to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MappedUser {
    /// The user or service.
    pub user_id: String,
    /// Its role.
    pub role: Role,
    /// Its tenant; absent: the default one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant_id: Option<TenantId>,
}

/// The names of the headers that say what is left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LimitHeaders {
    /// The tightest bucket's capacity.
    pub limit: String,
    /// What is left in it.
    pub remaining: String,
    /// When it is full again, in Unix seconds.
    pub reset: String,
}

impl Default for LimitHeaders {
    fn default() -> Self {
        Self {
            limit: "X-RateLimit-Limit".to_owned(),
            remaining: "X-RateLimit-Remaining".to_owned(),
            reset: "X-RateLimit-Reset".to_owned(),
        }
    }
}

/// Where API keys travel, besides `Authorization: Bearer`, and how old they may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ApiKeys {
    /// The header.
    pub header: String,
    /// How old a key's text may be, in seconds, counted from its making or last rotation.
    pub max_age_secs: u64,
    /// Older ones are refused; else they are reported alone.
    pub refuse_overdue: bool,
}

impl Default for ApiKeys {
    fn default() -> Self {
        Self {
            header: "X-API-Key".to_owned(),
            max_age_secs: 90 * 24 * 60 * 60,
            refuse_overdue: false,
        }
    }
}

/// Where the gate may call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Outgoing {
    /// Ranges that may be called although they are not public.
    pub allow: Vec<IpNet>,
    /// `http://` targets are allowed.
    pub plain_http: bool,
    /// Providers must speak TLS 1.3.
    pub enforce_tls13: bool,
}

impl Outgoing {
    /// For addresses that are the operator's own: they may be called wherever they are.
    pub fn anywhere() -> Self {
        const EVERYTHING: [IpNet; 2] = [
            IpNet::new_assert(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0),
            IpNet::new_assert(IpAddr::V6(Ipv6Addr::UNSPECIFIED), 0),
        ];
        Self {
            allow: EVERYTHING.to_vec(),
            plain_http: true,
            ..Self::default()
        }
    }
}

impl Default for Outgoing {
    fn default() -> Self {
        Self {
            allow: Vec::new(),
            plain_http: false,
            enforce_tls13: true,
        }
    }
}

//! What holds for the whole installation: addresses, limits, keys, outgoing calls.

use ipnet::IpNet;
use serde::{Deserialize, Serialize, Serializer};
use terms::{SecretString, TenantId};

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
    /// Where keys travel.
    pub api_keys: ApiKeys,
    /// Where the gate may call.
    pub outgoing: Outgoing,
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

/// Request limits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Limits {
    /// For keys without a limit of their own; absent: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_api_key: Option<Rule>,
    /// The headers that say what is left; absent: none are sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headers: Option<LimitHeaders>,
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

/// Where API keys travel, besides `Authorization: Bearer`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ApiKeys {
    /// The header.
    pub header: String,
}

impl Default for ApiKeys {
    fn default() -> Self {
        Self {
            header: "X-API-Key".to_owned(),
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

impl Default for Outgoing {
    fn default() -> Self {
        Self {
            allow: Vec::new(),
            plain_http: false,
            enforce_tls13: true,
        }
    }
}

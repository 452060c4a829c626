//! The environment: which variables set which setting, and which are refused.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::fault::ConfigFault;
use super::place::Origin;

/// The variables of a process, taken once.
#[derive(Clone, Default)]
pub struct Env(BTreeMap<String, String>);

impl Env {
    /// Those of this process. A variable that is not UTF-8 counts as unset.
    pub fn of_process() -> Self {
        let text = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        };
        Self(std::env::vars_os().filter_map(text).collect())
    }

    /// The value of `name`; an empty one counts as unset.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }

    /// The file that `AUTH_CONFIG` adds.
    pub fn added_file(&self) -> Option<PathBuf> {
        self.get("AUTH_CONFIG").map(PathBuf::from)
    }
}

impl<const N: usize> From<[(&str, &str); N]> for Env {
    fn from(pairs: [(&str, &str); N]) -> Self {
        pairs
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }
}

impl FromIterator<(String, String)> for Env {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}

/// Variable and the setting that it sets. The environment overrides the files.
pub const OVERRIDES: &[(&str, &str)] = &[
    ("GATEWAY_AUDIT_HMAC_SECRET", "gateway.audit.hmac-secret"),
    ("GATEWAY_SECURITY_ENABLED", "gateway.security.enabled"),
    (
        "GATEWAY_OIDC_ISSUER_URI",
        "gateway.security.oidc.issuer-uri",
    ),
    ("GATEWAY_OIDC_AUDIENCE", "gateway.security.oidc.audience"),
    ("GATEWAY_ADMIN_TOKEN", "gateway.security.admin-token"),
    ("GATEWAY_IP_ACCESS_ENABLED", "gateway.ip-access.enabled"),
    ("GATEWAY_TLS_ENFORCE_TLS13", "gateway.tls.enforce-tls13"),
    ("GATEWAY_POLICIES_FOUR_EYES", "gateway.policies.four-eyes"),
    ("GATEWAY_PII_ENABLED", "gateway.pii.enabled"),
    ("GATEWAY_PII_DEFAULT_ACTION", "gateway.pii.default-action"),
    (
        "GATEWAY_PII_TOKEN_ENCRYPTION_PASSWORD",
        "gateway.pii.token-encryption-password",
    ),
    ("GATEWAY_GUARDRAIL_ENABLED", "gateway.guardrail.enabled"),
    (
        "GATEWAY_GUARDRAIL_DEFAULT_ACTION",
        "gateway.guardrail.default-action",
    ),
    (
        "GATEWAY_POLICIES_DECISION_CACHE",
        "gateway.policies.decision-cache",
    ),
    (
        "JWT_SIGNING_KEY_PATH",
        "authentication.jwt.signing_key_path",
    ),
    ("GATEWAY_MASTER_KEY", "storage.master-key"),
    ("DATABASE_URL", "storage.url"),
    ("DATABASE_PASSWORD", "storage.password"),
    ("GATEWAY_NODE_NAME", "node.name"),
    ("GATEWAY_CONTROL_PLANE", "node.control-plane"),
    ("GATEWAY_CERTS_DIR", "node.certs-dir"),
    ("GATEWAY_DATA_DIR", "node.data-dir"),
    ("GATEWAY_LOG", "telemetry.log.level"),
    ("OTEL_EXPORTER_OTLP_ENDPOINT", "telemetry.otlp.endpoint"),
    ("TRACING_SAMPLING_PROBABILITY", "telemetry.otlp.sampling"),
];

/// Variables of things that are not built yet, and what they are for. Setting one refuses the
/// start.
pub const UNBUILT: &[(&str, &str)] = &[
    ("GATEWAY_ENTERPRISE_LICENSE_KEY", "a licence"),
    ("GATEWAY_VAULT_BACKEND", "a vault"),
    ("VAULT_ADDR", "HashiCorp Vault"),
    ("VAULT_AUTH_METHOD", "HashiCorp Vault"),
    ("VAULT_ROLE_ID", "HashiCorp Vault"),
    ("VAULT_SECRET_ID", "HashiCorp Vault"),
    ("VAULT_SECRET_PATH", "HashiCorp Vault"),
    ("AWS_VAULT_REGION", "AWS Secrets Manager"),
    ("AWS_SECRET_NAME", "AWS Secrets Manager"),
    ("AZURE_VAULT_URL", "Azure Key Vault"),
];

/// Azure's own identity variables: the platform sets them for its own ends, so they are refused
/// only beside [`UNBUILT`]'s `GATEWAY_VAULT_BACKEND`, which alone gives them a meaning here.
const UNBUILT_WITH_VAULT: &[(&str, &str)] = &[
    ("AZURE_CLIENT_ID", "Azure Key Vault"),
    ("AZURE_CLIENT_SECRET", "Azure Key Vault"),
    ("AZURE_TENANT_ID", "Azure Key Vault"),
];

/// The value that the environment gives to `setting`, and the variable's name.
pub(super) fn override_of<'a>(env: &'a Env, setting: &str) -> Option<(&'static str, &'a str)> {
    OVERRIDES
        .iter()
        .filter(|(_, known)| *known == setting)
        .find_map(|(name, _)| Some((*name, env.get(name)?)))
}

/// A fault for each variable of something that is not built yet.
pub(super) fn unbuilt(env: &Env) -> Vec<ConfigFault> {
    let with_vault = env.get("GATEWAY_VAULT_BACKEND").is_some();
    let refused = |(name, what): &(&'static str, &'static str)| {
        env.get(name)?;
        let mut fault = ConfigFault::unbuilt(*name, Origin::Env(name), what);
        fault.help = Some(format!("unset {name}: nothing is ignored in silence"));
        Some(fault)
    };
    let always = UNBUILT.iter().filter_map(refused);
    let beside = UNBUILT_WITH_VAULT
        .iter()
        .filter(|_| with_vault)
        .filter_map(refused);
    always.chain(beside).collect()
}

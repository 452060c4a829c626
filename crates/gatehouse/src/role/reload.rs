//! SIGHUP: the configuration is read again. What governs takes effect at once where the control
//! plane runs; what belongs to the process is named in the log, because it needs a restart.

use runtime::config::{Config, Shown};

use super::ConfigSource;

/// The configuration in use, and where to read it again.
pub struct Reload {
    current: Config,
    source: ConfigSource,
}

impl Reload {
    /// Begins with what was read at the start.
    pub fn new(current: Config, source: ConfigSource) -> Self {
        Self { current, source }
    }

    /// Reads again. Gives the new configuration when what governs changed. With a fault, what is
    /// in use stays, and the log names every fault.
    pub fn read(&mut self) -> Option<&Config> {
        let fresh = match self.source.read() {
            Ok(fresh) => fresh,
            Err(faults) => {
                for fault in &faults.faults {
                    tracing::error!(
                        setting = fault.setting,
                        origin = %fault.origin,
                        "{}: the configuration in use stays",
                        fault.message
                    );
                }
                return None;
            }
        };
        let mut restart = changed_process_settings(&self.current.shown, &fresh.shown);
        restart.extend(changed_secrets(&self.current, &fresh));
        if !restart.is_empty() {
            tracing::warn!(
                settings = restart.join(", "),
                "these settings changed and take effect at the next start"
            );
        }
        let governs = fresh.governing != self.current.governing;
        tracing::info!(governs, "the configuration was read again");
        self.current = fresh;
        governs.then_some(&self.current)
    }
}

/// The settings that differ, without those that are pushed while the process runs.
fn changed_process_settings(old: &[Shown], new: &[Shown]) -> Vec<String> {
    const LIVE: [&str; 6] = [
        "gateway.ip-access.",
        "gateway.outgoing.",
        "gateway.tls.",
        "gateway.default-tenant",
        "authentication.",
        "rate_limiting.",
    ];
    // Below a live section, but the process' own: how it makes tokens and keys, what its listeners
    // ask of clients, where it meets the other planes.
    const OWN: [&str; 8] = [
        "authentication.api_key.file_store",
        "authentication.api_key.key_prefix",
        "authentication.api_key.require_key_name",
        "authentication.jwt.access_token_lifetime",
        "authentication.jwt.refresh_tokens.",
        "authentication.jwt.signing_key_path",
        "authentication.mtls.",
        "rate_limiting.storage.",
    ];
    // Named by `changed_secrets`: they are shown without their passwords.
    const SECRETS: [&str; 2] = ["storage.url", "rate_limiting.storage.address"];
    const PUSHED: [&str; 2] = [
        "authentication.mtls.identity_field",
        "authentication.mtls.user_mapping.",
    ];
    let value = |settings: &[Shown], name: &str| {
        let found = settings.iter().find(|it| it.setting == name);
        found.map(|it| it.value.clone())
    };
    let mut names: Vec<&str> = old
        .iter()
        .chain(new)
        .map(|it| it.setting.as_str())
        .collect();
    names.sort_unstable();
    names.dedup();
    names
        .into_iter()
        .filter(|name| {
            let begins = |prefix: &&str| name.starts_with(*prefix);
            let own = OWN.iter().any(begins) && !PUSHED.iter().any(begins);
            own || !LIVE.iter().any(begins)
        })
        .filter(|name| value(old, name) != value(new, name) && !SECRETS.contains(name))
        .map(str::to_owned)
        .collect()
}

/// Secrets are shown masked: they are compared by themselves.
fn changed_secrets(old: &Config, new: &Config) -> Vec<String> {
    let address = |config: &Config| config.shared.as_ref().map(|it| it.address.clone());
    let changes = [
        (
            "gateway.audit.hmac-secret",
            old.hmac_secret != new.hmac_secret,
        ),
        (
            "gateway.security.admin-token",
            old.security.admin_token != new.security.admin_token,
        ),
        (
            "storage.master-key",
            old.storage.master_key != new.storage.master_key,
        ),
        ("storage.url", old.storage.url != new.storage.url),
        (
            "rate_limiting.storage.address",
            address(old) != address(new),
        ),
    ];
    let changed = changes.into_iter().filter(|(_, changed)| *changed);
    changed.map(|(name, _)| name.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Files;
    use runtime::config::Profile;

    fn source(file: &std::path::Path) -> ConfigSource {
        ConfigSource {
            files: Files {
                config: vec![file.to_owned()],
            },
            flags: Vec::new(),
            profile: Profile::Any,
        }
    }

    #[test]
    fn what_governs_takes_effect_and_a_fault_leaves_what_was_there() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("g.yaml");
        let write = |text: &str| std::fs::write(&file, text).unwrap();
        write("node: {name: a}");
        let source = source(&file);
        let mut reload = Reload::new(source.read().unwrap(), source);
        assert!(reload.read().is_none(), "nothing changed");

        write("node: {name: a}\nrate_limiting: {per_api_key: {default: {requests_per_minute: 7}}}");
        let limit = reload.read().unwrap().governing.limits.per_api_key.unwrap();
        assert_eq!(limit.requests_per_minute, 7);

        write("node: {nam: a}");
        assert!(reload.read().is_none());
        assert!(reload.current.governing.limits.per_api_key.is_some());
    }

    #[test]
    fn a_process_setting_that_changed_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("g.yaml");
        std::fs::write(&file, "node: {name: a}").unwrap();
        let old = source(&file).read().unwrap();
        std::fs::write(
            &file,
            "node: {name: b}\nlisteners: {mcp: {max-headers: 5}}\ngateway: {outgoing: {plain-http: true}}",
        )
        .unwrap();
        let new = source(&file).read().unwrap();
        assert_eq!(
            changed_process_settings(&old.shown, &new.shown),
            ["listeners.mcp.max-headers", "node.name"]
        );
    }

    #[test]
    fn what_is_a_process_own_of_a_pushed_section_is_named_and_the_rest_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("g.yaml");
        let read = |password: &str, prefix: &str, user: &str, ca: &str| {
            let text = format!(
                "authentication:\n  api_key: {{key_prefix: {prefix}}}\n  mtls: {{ca_cert_path: {ca}, \
                 server_cert_path: /c, server_key_path: /k, user_mapping: {{a: {{user_id: {user}, \
                 role: server}}}}}}\nrate_limiting: {{storage: {{type: redis, address: \
                 'redis://:{password}@redis:6379'}}}}\n"
            );
            std::fs::write(&file, text).unwrap();
            source(&file).read().unwrap()
        };
        let old = read("one", "sk_", "u", "/a");
        let new = read("two", "ak_", "v", "/b");
        assert_eq!(
            changed_process_settings(&old.shown, &new.shown),
            [
                "authentication.api_key.key_prefix",
                "authentication.mtls.ca_cert_path"
            ]
        );
        assert_eq!(
            changed_secrets(&old, &new),
            ["rate_limiting.storage.address"]
        );
    }
}

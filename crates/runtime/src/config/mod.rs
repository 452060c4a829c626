//! The configuration files: one strict schema over several files, the environment and flags.
//!
//! [`load`] reads YAML in which every value knows its place, puts variables in, unites the files,
//! and walks the schema. Every fault is found at once, with file, line and column. A setting of
//! something that this build does not have is refused by name; nothing is ignored in silence.
//! `docs/configuration.md` is the reference.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use decide::settings::Settings;
use terms::SecretString;

mod env;
mod fault;
mod governing;
mod identity;
mod listeners;
mod merge;
mod names;
mod place;
mod process;
mod public_key;
mod reader;
mod required;
mod show;
mod substitute;
mod value;
mod yaml;

pub use env::{Env, OVERRIDES, UNBUILT};
pub use fault::{ConfigFault, ConfigFaults};
pub use governing::EXAMPLE_HMAC_SECRET;
pub use identity::{
    BreakGlass, Cookie, KeyMaking, Mfa, OnFailure, OwnTokens, SameSite, Security, SharedStore,
    TlsClients,
};
pub use listeners::{Cors, Hsts, Listener, Listeners, PlainListener, Tls, TlsVersion};
pub use place::{Origin, Place};
pub(crate) use process::is_node_name;
pub use process::{
    Fsync, LogFormat, LogLevel, Node, Shutdown, Spool, Storage, TelemetryConfig, Upstream,
};
pub use reader::{Flag, Shown};
pub use value::{ByteSize, DatabaseUrl, MasterKey, Share};

/// What the configuration is for: it decides defaults and what is required.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// `gatehouse up`: the only one that is not production.
    Up,
    /// `gatehouse gateway`.
    Gateway,
    /// `gatehouse mcp-proxy`.
    McpProxy,
    /// `gatehouse control-plane`.
    ControlPlane,
    /// No role in particular: production's defaults, and nothing is required.
    Any,
}

/// A configuration without a fault.
#[derive(Clone, Debug)]
pub struct Config {
    /// What it was read for.
    pub profile: Profile,
    /// What governs; the control plane pushes it. Without the pepper, which the store keeps.
    pub governing: Settings,
    /// Signs the audit log. Present in production on the control plane.
    pub hmac_secret: Option<SecretString>,
    /// Who administers.
    pub security: Security,
    /// How keys are made.
    pub keys: KeyMaking,
    /// The gateway's own tokens.
    pub own_tokens: OwnTokens,
    /// The Redis that data planes share.
    pub shared: Option<SharedStore>,
    /// Where each role listens.
    pub listeners: Listeners,
    /// This process' identity and directories.
    pub node: Node,
    /// The control plane's store.
    pub storage: Storage,
    /// Logs, metrics and traces.
    pub telemetry: TelemetryConfig,
    /// Calls to providers and tool servers.
    pub upstream: Upstream,
    /// How the process ends.
    pub shutdown: Shutdown,
    /// Every effective setting with its origin, for `config show`; secrets are masked.
    pub shown: Vec<Shown>,
}

impl Config {
    /// Reads the configuration for `gatehouse up`.
    ///
    /// # Errors
    /// Every fault at once.
    pub fn for_up(paths: &[PathBuf], env: &Env, flags: &[Flag]) -> Result<Self, ConfigFaults> {
        load_with(paths, env, flags, Profile::Up)
    }

    /// The settings that somebody set and that this role leaves alone: dotted names. What governs
    /// is pushed by the control plane; the rest belongs to another role of a shared file.
    pub fn unused(&self) -> Vec<&str> {
        self.shown
            .iter()
            .filter(|it| it.origin != Origin::Default && self.leaves_alone(&it.setting))
            .map(|it| it.setting.as_str())
            .collect()
    }

    fn leaves_alone(&self, setting: &str) -> bool {
        const GOVERNING: [&str; 3] = ["gateway.", "authentication.", "rate_limiting."];
        let below = |trees: &[&str]| trees.iter().any(|tree| setting.starts_with(tree));
        let listens = setting
            .strip_prefix("authentication.mtls.")
            .is_some_and(|it| !it.starts_with("identity_field") && !it.starts_with("user_mapping"));
        let governs = below(&GOVERNING) && !listens && !below(&["rate_limiting.storage."]);
        let data_plane = |listener: &str| {
            governs
                || below(&["storage."])
                || below(&["listeners."]) && !setting.starts_with(listener)
        };
        match self.profile {
            Profile::Gateway => data_plane("listeners.gateway."),
            Profile::McpProxy => data_plane("listeners.mcp."),
            Profile::ControlPlane => {
                listens
                    || below(&["listeners.gateway.", "listeners.mcp.", "upstream."])
                    || below(&["node."]) && setting != "node.certs-dir"
            }
            Profile::Up => {
                below(&["storage.url", "storage.password"])
                    || below(&["node."]) && !below(&["node.spool.", "node.region"])
            }
            Profile::Any => false,
        }
    }
}

/// Reads `paths` (files, or folders of `*.yaml` and `*.yml` in order of name), the file that
/// `AUTH_CONFIG` names, and the environment, for no role in particular.
///
/// # Errors
/// Every fault at once, each with its place.
pub fn load(paths: &[PathBuf], env: &Env) -> Result<Config, ConfigFaults> {
    load_with(paths, env, &[], Profile::Any)
}

/// As [`load`], for `profile`, with command-line flags above the environment.
///
/// # Errors
/// Every fault at once, each with its place.
pub fn load_with(
    paths: &[PathBuf],
    env: &Env,
    flags: &[Flag],
    profile: Profile,
) -> Result<Config, ConfigFaults> {
    let mut faults = Vec::new();
    let files = expand(paths.iter().cloned().chain(env.added_file()), &mut faults);
    let mut texts = Vec::with_capacity(files.len());
    for file in files {
        match read_file(&file) {
            Ok(text) => texts.push((file.display().to_string(), text)),
            Err(message) => faults.push(about_file(&file, message)),
        }
    }
    let read = load_texts(&texts, env, flags, profile);
    match read {
        Ok(config) if faults.is_empty() => Ok(config),
        Ok(_) => Err(ConfigFaults {
            faults,
            sources: BTreeMap::new(),
        }),
        Err(mut found) => {
            faults.append(&mut found.faults);
            found.faults = faults;
            Err(found)
        }
    }
}

/// As [`load_with`], over texts with their names instead of files.
///
/// # Errors
/// Every fault at once, each with its place.
pub fn load_texts(
    texts: &[(String, String)],
    env: &Env,
    flags: &[Flag],
    profile: Profile,
) -> Result<Config, ConfigFaults> {
    let mut faults = Vec::new();
    let mut sources = BTreeMap::new();
    let mut root: Option<yaml::Node> = None;
    for (name, text) in texts {
        let name: Arc<str> = Arc::from(name.as_str());
        sources.insert(Arc::clone(&name), Arc::from(text.as_str()));
        match yaml::parse(&name, text) {
            Ok(None) => {}
            Ok(Some(node)) if yaml::foreign(&node).is_some() => {
                let what = yaml::foreign(&node).unwrap_or_default();
                let message = format!("this is {what}, not a configuration of Gatehouse");
                faults.push(ConfigFault::invalid("", Origin::File(node.place), message));
            }
            Ok(Some(mut node)) => {
                substitute::substitute(&mut node, "", env, &mut faults);
                let place = node.place.clone();
                match &mut root {
                    Some(root) => merge::merge(root, node, ("", &place), &mut faults),
                    None => root = Some(node),
                }
            }
            Err(mut found) => faults.append(&mut found),
        }
    }
    faults.append(&mut env::unbuilt(env));
    let mut reader = reader::Reader::new(env, flags, faults);
    let mut config = reader.root(root, |root| read(root, profile));
    required::check(&config, &mut reader);
    let faults = reader.faults;
    if faults.is_empty() {
        config.shown = reader.shown;
        return Ok(config);
    }
    Err(ConfigFaults { faults, sources })
}

fn read(root: &mut reader::Section<'_, '_>, profile: Profile) -> Config {
    let governing = governing::read(root, profile);
    Config {
        profile,
        governing: governing.settings,
        hmac_secret: governing.hmac_secret,
        security: governing.security,
        keys: governing.keys,
        own_tokens: governing.own_tokens,
        shared: governing.shared,
        listeners: listeners::read(root, profile, governing.tls.as_ref()),
        node: process::read_node(root),
        storage: process::read_storage(root, governing.key_store),
        telemetry: process::read_telemetry(root, profile),
        upstream: process::read_upstream(root),
        shutdown: process::read_shutdown(root),
        shown: Vec::new(),
    }
}

/// The files that are meant, each once.
fn expand(paths: impl Iterator<Item = PathBuf>, faults: &mut Vec<ConfigFault>) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = Vec::new();
    let mut add = |file: PathBuf| {
        if !files.contains(&file) {
            files.push(file);
        }
    };
    for path in paths {
        if !path.is_dir() {
            add(path);
            continue;
        }
        match folder(&path) {
            Ok(inside) if inside.is_empty() => {
                faults.push(about_file(
                    &path,
                    "there is no *.yaml or *.yml in this folder",
                ));
            }
            Ok(inside) => inside.into_iter().for_each(&mut add),
            Err(error) => faults.push(about_file(&path, format!("can't be read: {error}"))),
        }
    }
    files
}

fn folder(path: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(path)? {
        let file = entry?.path();
        let yaml = file
            .extension()
            .is_some_and(|it| it == "yaml" || it == "yml");
        if yaml && file.is_file() {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}

fn read_file(file: &Path) -> Result<String, String> {
    use std::io::Read as _;
    let limit = yaml::MAX_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    std::fs::File::open(file)
        .and_then(|open| open.take(limit).read_to_end(&mut bytes))
        .map_err(|error| format!("can't be read: {error}"))?;
    if bytes.len() > yaml::MAX_BYTES {
        return Err("is larger than 1 MiB: this is not a configuration file".to_owned());
    }
    String::from_utf8(bytes).map_err(|_| "is not UTF-8".to_owned())
}

fn about_file(file: &Path, message: impl Into<String>) -> ConfigFault {
    let place = Place {
        file: Arc::from(file.display().to_string()),
        line: 1,
        column: 1,
        width: 0,
    };
    ConfigFault::invalid("", Origin::File(place), message)
}

#[cfg(test)]
mod tests;

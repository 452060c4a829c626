//! Where the parts lie: from the environment that `cargo xtask test` sets, or from what it
//! wrote down the last time.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use tempfile::TempDir;

/// A folder that is gone when it is dropped.
pub fn scratch() -> TempDir {
    tempfile::Builder::new()
        .prefix("gatehouse-story-")
        .tempdir()
        .unwrap()
}

/// The root of the checkout.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// Cargo's target folder.
pub fn target() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    root().join(target)
}

/// The part that the variable `name` names.
pub fn tool(name: &str) -> PathBuf {
    if let Some(value) = std::env::var_os(name) {
        return value.into();
    }
    let found = remembered().get(name);
    let found = found.unwrap_or_else(|| panic!("{name} is unknown: run `cargo xtask setup` once"));
    PathBuf::from(found)
}

fn remembered() -> &'static HashMap<String, String> {
    static REMEMBERED: OnceLock<HashMap<String, String>> = OnceLock::new();
    REMEMBERED.get_or_init(|| {
        let text = std::fs::read_to_string(target().join("tools/tools.env")).unwrap_or_default();
        let pairs = text.lines().filter_map(|line| line.split_once('='));
        pairs
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    })
}

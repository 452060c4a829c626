//! The starter policies, which the binary carries.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;

use crate::console;

macro_rules! starters {
    ($($name:literal),* $(,)?) => {
        /// Name and text of each file.
        const STARTERS: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../../../../policies/starter/", $name)))),*];
    };
}

starters! {
    "agents.yaml",
    "agents.test.yaml",
    "business-hours.yaml",
    "business-hours.test.yaml",
    "data-residency.yaml",
    "data-residency.test.yaml",
    "least-privilege.yaml",
    "least-privilege.test.yaml",
    "model-allowlist.yaml",
    "model-allowlist.test.yaml",
    "sensitive-tools.yaml",
    "sensitive-tools.test.yaml",
    "tool-access.rego",
    "tool-access.test.yaml",
}

/// Writes them into `dir`; what is there already is left alone.
pub fn write(dir: &Path) -> anyhow::Result<ExitCode> {
    std::fs::create_dir_all(dir).with_context(|| format!("{} can't be made", dir.display()))?;
    for (name, text) in STARTERS {
        let path = dir.join(name);
        if path.exists() {
            console::err(format_args!("kept   {}", path.display()));
            continue;
        }
        std::fs::write(&path, text)
            .with_context(|| format!("{} can't be written", path.display()))?;
        console::err(format_args!("wrote  {}", path.display()));
    }
    console::err(format_args!("try: gatehouse policy test {}", dir.display()));
    Ok(ExitCode::SUCCESS)
}

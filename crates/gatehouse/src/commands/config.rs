//! `gatehouse config check` and `gatehouse config show`.

use std::process::ExitCode;

use runtime::config::{self, Config, ConfigFaults, Env, Profile};

use crate::cli::{Files, Role};
use crate::console;

/// Prints every fault, as a compiler does, or as JSON.
pub fn check(files: &Files, role: Option<Role>, json: bool) -> ExitCode {
    match read(files, role) {
        Ok(config) => {
            if json {
                console::out(ConfigFaults::default().to_json());
            } else {
                let set = config.shown.iter();
                let set = set
                    .filter(|it| it.origin != config::Origin::Default)
                    .count();
                console::err(format_args!(
                    "the configuration is good: {set} settings are set"
                ));
            }
            ExitCode::SUCCESS
        }
        Err(faults) => refuse(&faults, json),
    }
}

/// Prints the effective configuration.
pub fn show(files: &Files, role: Option<Role>) -> ExitCode {
    match read(files, role) {
        Ok(config) => {
            console::raw(config.show());
            ExitCode::SUCCESS
        }
        Err(faults) => refuse(&faults, false),
    }
}

fn read(files: &Files, role: Option<Role>) -> Result<Config, ConfigFaults> {
    let profile = match role {
        Some(Role::Gateway) => Profile::Gateway,
        Some(Role::McpProxy) => Profile::McpProxy,
        Some(Role::ControlPlane) => Profile::ControlPlane,
        Some(Role::Up) => Profile::Up,
        None => Profile::Any,
    };
    config::load_with(&files.config, &Env::of_process(), &[], profile)
}

fn refuse(faults: &ConfigFaults, json: bool) -> ExitCode {
    if json {
        console::out(faults.to_json());
    } else {
        console::err(faults);
    }
    ExitCode::FAILURE
}

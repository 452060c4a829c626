//! The binary: parses the command line, builds a role, runs it.

mod cli;
mod commands;
mod console;
#[cfg(feature = "control-plane")]
mod control;
#[cfg(any(feature = "gateway", feature = "mcp-proxy"))]
mod plane;
#[cfg(any(feature = "gateway", feature = "mcp-proxy", feature = "control-plane"))]
mod role;
#[cfg(all(feature = "gateway", feature = "mcp-proxy", feature = "control-plane"))]
mod up;

use std::process::ExitCode;

use clap::Parser as _;

use cli::{AuditCommand, Cli, Command, ConfigCommand, PolicyCommand};

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    run(cli.command).unwrap_or_else(|error| {
        console::err(format_args!("gatehouse: {error:#}"));
        ExitCode::FAILURE
    })
}

fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        #[cfg(feature = "gateway")]
        Command::Gateway(files) => role::run(role::Role::Gateway, &files),
        #[cfg(feature = "mcp-proxy")]
        Command::McpProxy(files) => role::run(role::Role::McpProxy, &files),
        #[cfg(feature = "control-plane")]
        Command::ControlPlane(files) => role::run(role::Role::ControlPlane, &files),
        #[cfg(all(feature = "gateway", feature = "mcp-proxy", feature = "control-plane"))]
        Command::Up(options) => up::run(&options),
        Command::Certs(options) => commands::certs::run(&options),
        Command::Config { command } => match command {
            ConfigCommand::Check { files, role, json } => {
                Ok(commands::config::check(&files, role, json))
            }
            ConfigCommand::Show { files, role } => Ok(commands::config::show(&files, role)),
        },
        Command::Policy { command } => match command {
            PolicyCommand::Check { paths } => commands::policy::check(&paths),
            PolicyCommand::Test(options) => commands::policy::test(&options),
            PolicyCommand::New { dir } => commands::policy::write_starters(&dir),
            PolicyCommand::Schema => commands::policy::schema(),
            PolicyCommand::Base => Ok(commands::policy::base()),
        },
        Command::Audit {
            command: AuditCommand::Verify(options),
        } => commands::audit::verify(&options),
    }
}

//! `cargo xtask`: the commands of the house, for newcomers, developers and CI alike.

mod bench;
mod process;
mod quality;
mod setup;
mod stages;
mod suite;
mod tidy;
mod up;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The commands of the house", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Installs what is missing, builds Gatehouse and runs `gatehouse up` with these arguments.
    Up {
        /// Passed to `gatehouse up` as they are.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Installs what is missing, then checks and tests everything.
    Test {
        /// Runs the long tier too.
        #[arg(long)]
        full: bool,
        /// Runs only the tests whose names contain this, and none of the checks.
        filter: Option<String>,
    },
    /// Installs what the tests need, and nothing else.
    Setup,
    /// Checks the house's invariants: crate edges, documents, the form of the sources.
    Tidy,
    /// Measures Gatehouse against a bare pingora proxy on this machine.
    Bench {
        /// Prints the whole run as JSON.
        #[arg(long)]
        json: bool,
        /// How long each round lasts.
        #[arg(long, default_value_t = 5)]
        seconds: u32,
        /// Leaves Gatehouse out: what the bare proxy and the mock upstream cost alone.
        #[arg(long)]
        bare_only: bool,
        /// Measures only the workloads whose names begin like this: `streams`. What is measured by
        /// itself is left out.
        #[arg(long, default_value = "")]
        only: String,
    },
    /// Measures how well inspection finds what it promises to find.
    Quality(quality::Quality),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Up { arguments } => up::run(&arguments),
        Command::Test { full, filter } => suite::run(full, filter.as_deref()),
        Command::Setup => setup::for_tests().map(|_| ()),
        Command::Tidy => tidy::run(),
        Command::Bench {
            json,
            seconds,
            bare_only,
            only,
        } => bench::run(json, seconds, bare_only, &only),
        Command::Quality(asked) => quality::run(&asked),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            stages::say(&format!("failed: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

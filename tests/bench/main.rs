//! `gatehouse-bench`: what `cargo xtask bench` runs. One binary, three parts: the measurement,
//! and the two servers that it starts beside Gatehouse, a mock upstream and a bare proxy.

mod bare;
mod entering;
mod gate;
mod inspection;
mod load;
mod machine;
mod measure;
mod part;
mod policies;
mod report;
mod response;
mod upstream;
mod workload;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "Measures Gatehouse against a bare pingora proxy")]
struct Arguments {
    #[command(subcommand)]
    part: Part,
}

#[derive(Subcommand)]
enum Part {
    /// Starts everything, measures, and prints.
    Run {
        /// How long each round lasts.
        #[arg(long, default_value_t = 5)]
        seconds: u32,
        /// Prints the whole run as JSON.
        #[arg(long)]
        json: bool,
        /// Measures only the workloads whose names begin like this: `streams`.
        #[arg(long, default_value = "")]
        only: String,
        /// The release binary; without it, only the bare proxy is measured.
        #[arg(long)]
        gatehouse: Option<PathBuf>,
        /// The runtime's built example `entering`; without it, entering is not measured by itself.
        #[arg(long)]
        entering: Option<PathBuf>,
        /// The built example `policies`; without it, deciding is not measured by itself.
        #[arg(long)]
        policies: Option<PathBuf>,
        /// The built example `speed` of `inspect`; without it, inspection is not measured by itself.
        #[arg(long)]
        inspection: Option<PathBuf>,
    },
    /// The mock upstream.
    Upstream {
        /// Where it listens.
        listen: SocketAddr,
    },
    /// The bare proxy.
    Bare {
        /// Where it listens.
        listen: SocketAddr,
        /// Where it forwards to.
        upstream: SocketAddr,
    },
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().part {
        Part::Run {
            seconds,
            json,
            only,
            gatehouse,
            entering,
            policies,
            inspection,
        } => {
            let parts = measure::Parts {
                gatehouse: gatehouse.as_deref(),
                entering: entering.as_deref(),
                policies: policies.as_deref(),
                inspection: inspection.as_deref(),
            };
            measure::run(seconds, json, &only, parts)
        }
        Part::Upstream { listen } => upstream::serve(listen),
        Part::Bare { listen, upstream } => bare::serve(listen, upstream),
    }
}

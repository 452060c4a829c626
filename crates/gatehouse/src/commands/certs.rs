//! `gatehouse certs`.

use std::process::ExitCode;

use anyhow::Context as _;
use runtime::{certs, clock};

use crate::cli::Certs;
use crate::console;

/// Makes the certificates and says which files were written.
pub fn run(options: &Certs) -> anyhow::Result<ExitCode> {
    let dir = options.out.as_ref().or(options.dir.as_ref());
    let dir = dir.context("say where: gatehouse certs DIR")?;
    let nodes: Vec<String> = options.nodes.iter().chain(&options.node).cloned().collect();
    let order = certs::Order {
        dir,
        nodes: &nodes,
        hosts: &options.hosts,
        days: options.days,
        replace: options.force,
        now: clock::now(),
    };
    let written = certs::make(&order).map_err(|fault| anyhow::anyhow!("{}", fault.message))?;
    for file in written {
        console::out(file.display());
    }
    Ok(ExitCode::SUCCESS)
}

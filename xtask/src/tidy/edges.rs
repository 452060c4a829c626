//! The storeys: which crate may know which, and what must never be reached from where.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::Violation;
use crate::process::{self, cargo};

/// Each crate, and the crates of the house that it may know. Every edge points down.
const ALLOWED: &[(&str, &[&str])] = &[
    ("gatehouse-terms", &[]),
    ("gatehouse-verify", &[]),
    ("gatehouse-inspect", &["gatehouse-terms"]),
    ("gatehouse-dialect", &["gatehouse-terms"]),
    ("gatehouse-ledger", &["gatehouse-terms"]),
    ("gatehouse-wire", &["gatehouse-terms"]),
    (
        "gatehouse-decide",
        &["gatehouse-terms", "gatehouse-inspect", "gatehouse-dialect"],
    ),
    (
        "gatehouse-runtime",
        &[
            "gatehouse-terms",
            "gatehouse-inspect",
            "gatehouse-dialect",
            "gatehouse-ledger",
            "gatehouse-wire",
            "gatehouse-decide",
        ],
    ),
    ("gatehouse-llm-proxy", PROXY),
    ("gatehouse-mcp-proxy", PROXY),
    (
        "gatehouse-control-plane",
        &[
            "gatehouse-terms",
            "gatehouse-verify",
            "gatehouse-inspect",
            "gatehouse-dialect",
            "gatehouse-ledger",
            "gatehouse-wire",
            "gatehouse-decide",
            "gatehouse-runtime",
        ],
    ),
    (
        "gatehouse",
        &[
            "gatehouse-terms",
            "gatehouse-decide",
            "gatehouse-runtime",
            "gatehouse-verify",
            "gatehouse-llm-proxy",
            "gatehouse-mcp-proxy",
            "gatehouse-control-plane",
        ],
    ),
    // How much inspection finds is measured on the crate itself.
    ("gatehouse-tests", &["gatehouse-inspect"]),
    ("xtask", &[]),
];

const PROXY: &[&str] = &[
    "gatehouse-terms",
    "gatehouse-inspect",
    "gatehouse-dialect",
    "gatehouse-decide",
    "gatehouse-runtime",
];

/// Crates that decide or prove: what they reach, however far, holds none of these.
const PURE: &[&str] = &[
    "gatehouse-terms",
    "gatehouse-inspect",
    "gatehouse-dialect",
    "gatehouse-ledger",
    "gatehouse-verify",
    "gatehouse-decide",
];
const IMPURE: &[&str] = &[
    "tokio",
    "mio",
    "hyper",
    "reqwest",
    "pingora",
    "pingora-core",
    "pingora-proxy",
    "pingora-http",
    "tonic",
    "axum",
    "sqlx",
    "redis",
    "rustls",
    "socket2",
    "async-std",
    "smol",
];

/// What a data plane alone must not hold: a client of the store, or the control plane.
const DATA_PLANES: &[&str] = &["gateway", "mcp-proxy"];
const STORES: &[&str] = &[
    "sqlx",
    "sqlx-core",
    "sqlx-postgres",
    "sqlx-sqlite",
    "libsqlite3-sys",
    "gatehouse-control-plane",
];

/// Who knows whom.
#[derive(Default)]
pub struct Graph {
    /// Per member: its manifest's path, and the members that it depends on in any way.
    pub members: BTreeMap<String, (String, BTreeSet<String>)>,
    /// Per pure crate, and per `gatehouse --features x` under `x`: everything it reaches in a
    /// normal build.
    pub reached: BTreeMap<String, BTreeSet<String>>,
}

impl Graph {
    /// Asks cargo.
    ///
    /// # Errors
    /// When cargo can't answer: most often, because the lock is stale.
    pub fn read() -> Result<Self> {
        let arguments = ["metadata", "--format-version", "1", "--no-deps", "--locked"];
        let answer = process::output(cargo().args(arguments))?;
        let metadata: Value = serde_json::from_str(&answer).context("cargo metadata is no JSON")?;
        let mut graph = Self {
            members: members(&metadata),
            ..Self::default()
        };
        for name in PURE {
            let reached = tree(&["--package", name])?;
            graph.reached.insert((*name).to_owned(), reached);
        }
        for role in DATA_PLANES {
            let arguments = [
                "--package",
                "gatehouse",
                "--no-default-features",
                "--features",
                role,
            ];
            graph.reached.insert((*role).to_owned(), tree(&arguments)?);
        }
        Ok(graph)
    }
}

fn members(metadata: &Value) -> BTreeMap<String, (String, BTreeSet<String>)> {
    let packages = metadata.get("packages").and_then(Value::as_array);
    let packages: Vec<_> = packages.into_iter().flatten().collect();
    let text = |value: &Value, key: &str| {
        value
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let names: BTreeSet<_> = packages
        .iter()
        .map(|package| text(package, "name"))
        .collect();
    let root = process::root();
    packages
        .iter()
        .map(|package| {
            let edges = package.get("dependencies").and_then(Value::as_array);
            let edges = edges.into_iter().flatten().map(|edge| text(edge, "name"));
            let edges = edges.filter(|name| names.contains(name)).collect();
            let manifest = text(package, "manifest_path");
            let manifest = manifest
                .strip_prefix(&format!("{}/", root.display()))
                .unwrap_or(&manifest);
            (text(package, "name"), (manifest.to_owned(), edges))
        })
        .collect()
}

fn tree(selection: &[&str]) -> Result<BTreeSet<String>> {
    let form = ["--edges", "normal", "--prefix", "none", "--format", "{p}"];
    let answer = process::output(
        cargo()
            .args(["tree", "--locked"])
            .args(selection)
            .args(form),
    )?;
    let names = answer.lines().filter_map(|line| line.split(' ').next());
    Ok(names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect())
}

/// Every edge that points up or sideways, and every reach that goes too far.
pub fn check(graph: &Graph) -> Vec<Violation> {
    let mut found = Vec::new();
    for (name, (manifest, edges)) in &graph.members {
        let violation = |what: String, right: String| Violation {
            path: manifest.clone(),
            line: 1,
            what,
            right,
        };
        let Some((_, allowed)) = ALLOWED.iter().find(|(known, _)| known == name) else {
            let right = "its place among the storeys, in xtask/src/tidy/edges.rs".to_owned();
            found.push(violation(format!("{name} has no storey"), right));
            continue;
        };
        for edge in edges
            .iter()
            .filter(|edge| !allowed.contains(&edge.as_str()))
        {
            let right = format!("only {allowed:?}");
            found.push(violation(format!("{name} must not know {edge}"), right));
        }
    }
    for (name, reached) in &graph.reached {
        let forbidden = if DATA_PLANES.contains(&name.as_str()) {
            STORES
        } else {
            IMPURE
        };
        for reach in forbidden.iter().filter(|it| reached.contains(**it)) {
            let (what, right) = match graph.members.get(name) {
                Some(_) => (
                    format!("{name} reaches {reach}"),
                    "no I/O: the effect in a storey above",
                ),
                None => (
                    format!("`gatehouse --no-default-features --features {name}` reaches {reach}"),
                    "a data plane without a store's client",
                ),
            };
            let manifest = graph
                .members
                .get(name)
                .or_else(|| graph.members.get("gatehouse"));
            found.push(Violation {
                path: manifest.map(|(path, _)| path.clone()).unwrap_or_default(),
                line: 1,
                what,
                right: right.to_owned(),
            });
        }
    }
    found
}

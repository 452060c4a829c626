//! Configuration files as trees in which every key and value knows its place.

use std::sync::Arc;

pub(super) use decide::marked::{Data, Key, Node};

use super::fault::ConfigFault;
use super::place::Origin;

/// The largest file that is read, in bytes.
pub(super) const MAX_BYTES: usize = 1 << 20;
const MAX_NODES: usize = 50_000;

/// Reads one file's text. `None` for a file without content.
///
/// # Errors
/// What makes the text unreadable, or a duplicate key, each with its place.
pub(super) fn parse(file: &Arc<str>, text: &str) -> Result<Option<Node>, Vec<ConfigFault>> {
    decide::marked::parse(file, text, MAX_NODES).map_err(|faults| {
        faults
            .into_iter()
            .map(|it| ConfigFault::invalid("", Origin::File(it.place), it.message))
            .collect()
    })
}

/// Whose document this is, where it is plainly another program's.
pub(super) fn foreign(node: &Node) -> Option<&'static str> {
    let Data::Map(entries) = &node.data else {
        return None;
    };
    let has = |name: &str| entries.iter().any(|(key, _)| key.text == name);
    if has("apiVersion") && has("kind") {
        return Some("a Kubernetes manifest");
    }
    has("groups").then_some("a Prometheus rule file")
}

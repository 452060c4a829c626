//! Several files into one tree: sections unite, and nothing is overridden in silence.

use super::fault::ConfigFault;
use super::place::{Origin, Place};
use super::yaml::{Data, Node};

/// What a file is about, in a word: files about different things may stand side by side.
const UNITED: &str = "authentication.type";

/// Adds `other` to `base`. Sections unite; a value or a list that stands in both must be equal,
/// else it is a fault that names both places.
///
/// `at` is the key of `other`: the value itself may be a secret, so it is not pointed at.
pub(super) fn merge(
    base: &mut Node,
    other: Node,
    (path, at): (&str, &Place),
    faults: &mut Vec<ConfigFault>,
) {
    if base.is_null() {
        *base = other;
        return;
    }
    if other.is_null() || same(base, &other) {
        return;
    }
    if path == UNITED {
        unite(base, other);
        return;
    }
    match (&mut base.data, other.data) {
        (Data::Map(entries), Data::Map(others)) => {
            for (key, value) in others {
                let found = entries.iter_mut().find(|(known, _)| known.text == key.text);
                match found {
                    Some((_, known)) => {
                        let path = join(path, &key.text);
                        merge(known, value, (&path, &key.place), faults);
                    }
                    None => entries.push((key, value)),
                }
            }
        }
        _ => {
            let message = format!("set here, and differently at {}", base.place);
            let fault = ConfigFault::invalid(path, Origin::File(at.clone()), message)
                .help("keep one of them: a later file does not override an earlier one");
            faults.push(fault);
        }
    }
}

/// Makes `base` the list of what both say.
fn unite(base: &mut Node, other: Node) {
    let items = |node: Node| match node.data {
        Data::List(items) => items,
        Data::Scalar { .. } | Data::Map(_) => vec![node],
    };
    let place = base.place.clone();
    let empty = Node {
        place,
        data: Data::List(Vec::new()),
    };
    let mut all = items(std::mem::replace(base, empty));
    for item in items(other) {
        if !all.iter().any(|it| same(it, &item)) {
            all.push(item);
        }
    }
    base.data = Data::List(all);
}

/// The dotted path of `key` under `path`.
pub(super) fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

fn same(left: &Node, right: &Node) -> bool {
    match (&left.data, &right.data) {
        (Data::Scalar { text: left, .. }, Data::Scalar { text: right, .. }) => left == right,
        (Data::List(left), Data::List(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(a, b)| same(a, b))
        }
        (Data::Map(left), Data::Map(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .zip(right)
                    .all(|((a, x), (b, y))| a.text == b.text && same(x, y))
        }
        _ => false,
    }
}

//! `${VAR}` and `${VAR:-default}` in values, after parsing: a variable can never change the
//! structure of the file. `$${` writes a literal `${`.

use super::env::Env;
use super::fault::ConfigFault;
use super::merge::join;
use super::place::Origin;
use super::yaml::{Data, Node};

/// Puts the variables into every value of `node`, and notes each fault.
pub(super) fn substitute(node: &mut Node, path: &str, env: &Env, faults: &mut Vec<ConfigFault>) {
    match &mut node.data {
        Data::Map(entries) => {
            for (key, value) in entries {
                substitute(value, &join(path, &key.text), env, faults);
            }
        }
        Data::List(items) => {
            for (place, item) in items.iter_mut().enumerate() {
                substitute(item, &join(path, &place.to_string()), env, faults);
            }
        }
        Data::Scalar {
            text, substituted, ..
        } => {
            if !text.contains("${") {
                return;
            }
            match expand(text, env) {
                Ok((expanded, from_env)) => {
                    *text = expanded;
                    *substituted = from_env;
                }
                Err(message) => {
                    let origin = Origin::File(node.place.clone());
                    faults.push(ConfigFault::invalid(path, origin, message));
                    // Reported once: what is left counts as unset.
                    text.clear();
                    *substituted = true;
                }
            }
        }
    }
}

/// The text with its variables, and whether there was one.
fn expand(text: &str, env: &Env) -> Result<(String, bool), String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut from_env = false;
    while let Some((before, after)) = rest.split_once("${") {
        if let Some(literal) = before.strip_suffix('$') {
            out.push_str(literal);
            out.push_str("${");
            rest = after;
            continue;
        }
        out.push_str(before);
        let Some((inside, after)) = after.split_once('}') else {
            return Err("'${' without its '}'; write '$${' for a literal one".to_owned());
        };
        rest = after;
        from_env = true;
        let (name, default) = match inside.split_once(":-") {
            Some((name, default)) => (name, Some(default)),
            None => (inside, None),
        };
        if !is_name(name) {
            return Err(format!(
                "'${{{name}}}' is not a variable: a name has letters, digits and '_'"
            ));
        }
        match (env.get(name), default) {
            (Some(value), _) => out.push_str(value),
            (None, Some(default)) => out.push_str(default),
            (None, None) => {
                return Err(format!(
                    "the variable {name} is not set; set it, or write ${{{name}:-default}}"
                ));
            }
        }
    }
    out.push_str(rest);
    Ok((out, from_env))
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|first: char| first.is_ascii_digit())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

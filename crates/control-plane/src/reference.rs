//! Where a secret comes from when it is not given itself: `env://NAME`, `file:///path`.

use terms::{Code, Fault, SecretString};

const MOST_BYTES: u64 = 64 * 1024;

/// The secret that `reference` names.
///
/// # Errors
/// `not_in_this_build` for `vault://…` and for a reference without a scheme (which belongs to the
/// configured backend); `validation_error` when nothing is there. The faults have no place yet.
pub fn resolve(reference: &str) -> Result<SecretString, Fault> {
    let invalid = |message: String| Fault::new(Code::ValidationError, message);
    let secret = if let Some(name) = reference.strip_prefix("env://") {
        std::env::var(name).map_err(|_| {
            invalid(format!(
                "The control plane has no environment variable '{name}'."
            ))
        })?
    } else if let Some(path) = reference.strip_prefix("file://") {
        read_file(path).map_err(|reason| invalid(format!("'{path}' can't be read: {reason}.")))?
    } else {
        return Err(Fault::new(
            Code::NotInThisBuild,
            "Only env:// and file:// references are in this build.",
        ));
    };
    let secret = secret.trim_end_matches(['\r', '\n']);
    if secret.is_empty() {
        return Err(invalid(format!("'{reference}' is empty.")));
    }
    Ok(SecretString::new(secret))
}

fn read_file(path: &str) -> Result<String, String> {
    if !path.starts_with('/') {
        return Err(
            "a file:// reference needs an absolute path, such as file:///run/secrets/key"
                .to_owned(),
        );
    }
    let length = std::fs::metadata(path)
        .map_err(|error| error.to_string())?
        .len();
    if length > MOST_BYTES {
        return Err("it is larger than 64 KiB".to_owned());
    }
    std::fs::read_to_string(path).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_and_what_is_not_built_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("key");
        std::fs::write(&file, "sk-1\n").unwrap();
        let found = resolve(&format!("file://{}", file.display())).unwrap();
        assert_eq!(found.expose(), "sk-1");
        for unbuilt in ["vault://secret/x", "secret/data/x"] {
            assert_eq!(resolve(unbuilt).unwrap_err().code, Code::NotInThisBuild);
        }
        for absent in [
            "env://GATEHOUSE_NO_SUCH_VARIABLE",
            "file:///no/such",
            "file://relative",
        ] {
            assert_eq!(resolve(absent).unwrap_err().code, Code::ValidationError);
        }
    }
}

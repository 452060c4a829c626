//! Stories of `docs/configuration.md` and `config show`: both know every setting, and nothing else.

use std::collections::BTreeSet;

use super::super::{Config, Env, OVERRIDES, Profile, UNBUILT};
use super::{read_as, read_one};

const DOCUMENT: &str = include_str!("../../../../../docs/configuration.md");
pub(super) const EVERYTHING: &str = include_str!("../fixtures/everything.yaml");

fn everything() -> Config {
    let read = read_as(
        Profile::Any,
        &[("everything.yaml", EVERYTHING)],
        &Env::default(),
    );
    read.unwrap_or_else(|found| panic!("{found}"))
}

/// A setting as the document has it: names that writers choose as `<>`, items of lists as `[]`,
/// every listener as `…`.
fn documented(setting: &str) -> String {
    let (mut plain, mut quoted) = (String::new(), false);
    for letter in setting.chars() {
        match letter {
            '"' => {
                quoted = !quoted;
                plain.push_str(if quoted { "<" } else { ">" });
            }
            _ if quoted => {}
            _ => plain.push(letter),
        }
    }
    for index in 0..9 {
        plain = plain.replace(&format!(".{index}."), "[].");
    }
    for listener in ["gateway", "mcp", "control"] {
        let Some(rest) = plain.strip_prefix(&format!("listeners.{listener}.")) else {
            continue;
        };
        if rest != "address" {
            return format!("….{rest}");
        }
    }
    // A rule's members are described once.
    let members = ["requests_per_minute", "burst", "tokens_per_minute"];
    match plain.rsplit_once('.') {
        Some((rule, member)) if members.contains(&member) => rule.to_owned(),
        _ => plain,
    }
}

/// The settings that the document's tables name.
fn named() -> BTreeSet<String> {
    let mut document = DOCUMENT.to_owned();
    for name in ["name", "role", "path", "identity"] {
        document = document.replace(&format!("<{name}>"), "<>");
    }
    let rows = document.lines().filter(|line| line.starts_with("| `"));
    rows.flat_map(|row| {
        let cell = row.split('|').nth(1).unwrap().to_owned();
        let names = cell.split('`').skip(1).step_by(2);
        names.map(str::to_owned).collect::<Vec<_>>()
    })
    .filter(|name| name.contains('.') && !name.ends_with(".db") && !name.ends_with(".env"))
    .filter(|name| !name.ends_with(".lock"))
    .collect()
}

#[test]
fn the_document_names_every_setting_and_every_variable() {
    let known: BTreeSet<String> = everything()
        .shown
        .iter()
        .map(|it| documented(&it.setting))
        .collect();
    let named = named();
    let other = [
        // The audit log's, in a sentence.
        "audit_logging.enabled",
        "audit_logging.format",
        "audit_logging.exclude_paths",
        // A rule by the second is no rule by the minute.
        "rate_limiting.global",
        // In a sentence.
        "authentication.type",
    ];
    let lacking: Vec<_> = known
        .difference(&named)
        .filter(|it| !other.contains(&it.as_str()))
        .collect();
    assert!(
        lacking.is_empty(),
        "docs/configuration.md lacks {lacking:?}"
    );
    let invented: Vec<_> = named
        .difference(&known)
        .filter(|it| *it != "rate_limiting.global.burst")
        .collect();
    assert!(invented.is_empty(), "there is no {invented:?}");

    for (name, _) in OVERRIDES.iter().chain(UNBUILT) {
        assert!(DOCUMENT.contains(&format!("`{name}`")), "{name}");
    }
    for (name, setting) in OVERRIDES {
        let row = format!("| `{name}` | `{setting}` |");
        assert!(DOCUMENT.contains(&row), "{name}");
    }
}

#[test]
fn the_documents_examples_load() {
    let blocks: Vec<&str> = DOCUMENT
        .split("```yaml\n")
        .skip(1)
        .filter_map(|rest| rest.split_once("```"))
        .map(|(block, _)| block)
        .collect();
    assert!(blocks.len() >= 4, "{blocks:?}");
    for block in blocks {
        read_one(block).unwrap_or_else(|found| panic!("{block}\n{found}"));
    }
}

#[test]
fn what_is_shown_reads_back_as_the_same_configuration() {
    let config = everything();
    let shown = config.show();
    let again = read_as(Profile::Any, &[("shown.yaml", &shown)], &Env::default());
    let faults = match again {
        // The mask is no secret of the right length.
        Err(found) => found.faults,
        Ok(_) => panic!("a mask that is taken for a secret: {shown}"),
    };
    let settings: Vec<_> = faults.iter().map(|it| it.setting.as_str()).collect();
    assert_eq!(
        settings,
        [
            "gateway.security.admin-token",
            "gateway.pii.token-encryption-password",
            "storage.master-key",
            "gateway.audit.hmac-secret",
        ],
        "{shown}"
    );
    let mask = "\"********\"";
    let put_in = "0123456789abcdef0123456789abcdef";
    let key = "ab".repeat(32);
    let whole = shown
        .replace(
            &format!("master-key: {mask}"),
            &format!("master-key: {key}"),
        )
        .replace(mask, put_in);
    let again = read_one(&whole).unwrap_or_else(|found| panic!("{whole}\n{found}"));
    assert_eq!(config.governing, again.governing);
    let pairs = |config: &Config| -> Vec<_> {
        let pairs = config.shown.iter();
        pairs
            .map(|it| (it.setting.clone(), it.value.clone()))
            .collect()
    };
    assert_eq!(pairs(&config), pairs(&again), "{whole}");
}

#[test]
fn no_secret_of_the_configuration_is_shown() {
    let shown = everything().show();
    for secret in ["0123456789abcdef", "abab", ":pass@", "pass\n"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}

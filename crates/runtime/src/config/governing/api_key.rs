//! `authentication.api_key:` — how keys are made, where they travel, how old they may be.

use std::time::Duration;

use decide::limit::Rule;
use decide::settings::ApiKeys;

use super::super::identity::KeyMaking;
use super::super::names::{KeyPrefix, Token};
use super::super::reader::Section;
use super::super::value::{DatabaseUrl, words};
use super::issuer::span;
use super::limits;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// What the section gives.
pub(super) struct Keys {
    pub(super) api_keys: ApiKeys,
    pub(super) making: KeyMaking,
    pub(super) limit: Option<Rule>,
    pub(super) store: Option<DatabaseUrl>,
}

words! {
    /// Where the control plane keeps keys.
    StoreType {
        /// In its database.
        Database "database",
        /// In Redis.
        Redis "redis",
    }
}

pub(super) fn read(section: &mut Section<'_, '_>) -> Keys {
    let default = ApiKeys::default();
    let Token(header) = section.value_or("header_name", Token(default.header));
    section.only("key_length", 32u32, "a key length");
    section.only("hash_algorithm", "sha256".to_owned(), "a hash algorithm");
    if section.value("allow_query_param") == Some(true) {
        section.fault(
            "allow_query_param",
            "keys in URLs end up in the logs of every proxy and in browsers' histories: they \
             are accepted in headers alone",
        );
    }
    let max_age = span(
        section,
        "max_age",
        Duration::from_secs(default.max_age_secs),
        (DAY, 3650 * DAY),
    );
    let api_keys = ApiKeys {
        header,
        max_age_secs: max_age.as_secs(),
        refuse_overdue: section.value_or("refuse_overdue", default.refuse_overdue),
    };
    let making = KeyMaking::default();
    let KeyPrefix(prefix) = section.value_or("key_prefix", KeyPrefix(making.prefix));
    let making = KeyMaking {
        prefix,
        require_name: section.value("require_key_name"),
        file_store: section.value("file_store"),
    };
    let limit = section.section("rate_limits", |limits| {
        let rule = limits.section_if("default", limits::rule_with_tokens);
        rule.flatten()
    });
    Keys {
        api_keys,
        making,
        limit,
        store: section.section_if("storage", read_store).flatten(),
    }
}

fn read_store(section: &mut Section<'_, '_>) -> Option<DatabaseUrl> {
    match section.value("type") {
        Some(StoreType::Redis) => {
            section.unbuilt_value("type", "a key store in Redis");
            section.known(&["address", "database"]);
            section.value::<DatabaseUrl>("connection_string")
        }
        Some(StoreType::Database) => {
            let url = section.value("connection_string");
            if url.is_none() && !section.faulty("connection_string") {
                section.fault(
                    "connection_string",
                    "a key store of type 'database' needs it",
                );
            }
            url
        }
        None => {
            if !section.faulty("type") {
                section.fault("type", "this must say 'database' or 'redis'");
            }
            section.known(&["connection_string", "address", "database"]);
            None
        }
    }
}

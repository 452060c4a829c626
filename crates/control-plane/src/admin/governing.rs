//! What governs: the settings of the configuration files, as they are pushed.

use decide::settings::Settings;
use decide::source::ResourceKind;
use serde_json::Map;
use terms::{EventType, Faults, SecretString};

use super::Admin;
use crate::caller::Caller;
use crate::own_tokens::OwnTokens;
use crate::store::document::{Document, SETTINGS_ID};
use crate::store::draft::Draft;

/// Puts the settings of the configuration files over the stored ones: with the gateway itself
/// among the issuers of tokens where it signs some, and with the pepper of before, because with
/// another one no key would work. `pepper` is for a new store.
///
/// # Errors
/// `validation_error` when another issuer has the gateway's name.
pub fn put(
    draft: &mut Draft<'_>,
    given: Settings,
    own: &OwnTokens,
    pepper: Option<SecretString>,
) -> Result<(), Faults> {
    let mut settings = own.govern(given)?;
    let stored = draft.get(ResourceKind::Settings, SETTINGS_ID);
    let stored = match stored.map(|it| &it.document) {
        Some(Document::Settings(stored)) => Some(stored.pepper.clone()),
        _ => None,
    };
    if settings.pepper.is_empty()
        && let Some(pepper) = stored.or(pepper)
    {
        settings.pepper = pepper;
    }
    let document = Document::Settings(Box::new(settings));
    draft.put(document, Map::new(), EventType::ConfigImported)?;
    Ok(())
}

impl Admin {
    /// Puts what governs into force while the control plane runs: the way of every write, so data
    /// planes get it at once. The pepper stays what it was.
    ///
    /// # Errors
    /// Every fault that the configuration would have; then the old one stays.
    pub async fn govern(&self, mut given: Settings) -> Result<(), Faults> {
        let caller = Caller::within("reload");
        given.pepper = SecretString::default();
        let written = self.write(&caller, |draft| put(draft, given, &self.own_tokens, None));
        written.await.map(|_| ())
    }
}

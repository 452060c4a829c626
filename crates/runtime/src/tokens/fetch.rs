//! Fetching an issuer's keys.

use std::sync::Arc;
use std::time::Duration;

use decide::Snapshot;
use decide::token::{KeySet, MAX_JWKS};
use parking_lot::Mutex;
use serde::Deserialize;
use url::Url;

use super::source::Place;
use crate::upstream::{self, Client, Trust};

/// The client, made when it is first needed.
#[derive(Default)]
pub(super) struct Fetcher {
    client: Mutex<Option<Arc<Client>>>,
}

/// What is read of a discovery document (OpenID Connect Discovery 1.0 §3).
#[derive(Deserialize)]
struct Discovered {
    issuer: String,
    jwks_uri: String,
}

impl Fetcher {
    /// The keys at `place`, under the rules that `rules` has for outgoing calls.
    ///
    /// # Errors
    /// A sentence for the operator.
    pub(super) async fn fetch(&self, place: &Place, rules: &Snapshot) -> Result<KeySet, String> {
        let result = match place {
            Place::Pem(text) => return KeySet::of_pem(text),
            Place::Jwks(url) => self.keys(url, rules).await,
            Place::Discovery(issuer) => self.discovered(issuer, rules).await,
        };
        let label = if result.is_ok() { "ok" } else { "error" };
        metrics::counter!("gateway_jwks_fetches_total", "result" => label).increment(1);
        result
    }

    async fn discovered(&self, issuer: &str, rules: &Snapshot) -> Result<KeySet, String> {
        let at = format!(
            "{}/.well-known/openid-configuration",
            issuer.trim_end_matches('/')
        );
        let document = self.get(&at, rules).await?;
        let found: Discovered = serde_json::from_slice(&document)
            .map_err(|error| format!("{at}: no discovery document: {error}"))?;
        if found.issuer != issuer {
            return Err(format!(
                "{at}: the document is of another issuer, '{}'",
                found.issuer.escape_debug()
            ));
        }
        self.keys(&found.jwks_uri, rules).await
    }

    async fn keys(&self, url: &str, rules: &Snapshot) -> Result<KeySet, String> {
        let document = self.get(url, rules).await?;
        KeySet::of_jwks(&document).map_err(|why| format!("{url}: {why}"))
    }

    async fn get(&self, text: &str, rules: &Snapshot) -> Result<bytes::Bytes, String> {
        let shown = text.escape_debug();
        let url = Url::parse(text).map_err(|error| format!("'{shown}' is not a URL: {error}"))?;
        let plain = rules.settings().outgoing.plain_http;
        if url.scheme() != "https" && !(plain && url.scheme() == "http") {
            return Err(format!("'{shown}' is not an https URL"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("the URL carries a user or password".to_owned());
        }
        let client = self.client()?;
        upstream::fetch(&client, rules, &url, MAX_JWKS).await
    }

    fn client(&self) -> Result<Arc<Client>, String> {
        let mut client = self.client.lock();
        if let Some(client) = &*client {
            return Ok(Arc::clone(client));
        }
        // Fetches are hours apart: no connection is worth keeping.
        let made = Arc::new(Client::new(&Trust::default(), 0, Duration::ZERO)?);
        *client = Some(Arc::clone(&made));
        Ok(made)
    }
}

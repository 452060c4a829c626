//! The bootstrap token: the way in that needs no identity provider.

use std::sync::Arc;

use terms::{Code, Fault, SecretString};

use crate::store::Store;

/// What a token begins with that the control plane made.
pub const PREFIX: &str = "gwadm_";

/// The fewest characters of a token that an operator chooses.
const FEWEST: usize = 32;

/// The hash's name among the installation's values, and the purpose of its key.
const NAME: &str = "admin_token";

/// Checks the bootstrap token. Only a keyed hash of it is kept.
#[derive(Clone, Debug)]
pub struct Bootstrap {
    store: Arc<Store>,
    hash: [u8; 32],
}

impl Bootstrap {
    /// Takes the operator's token, or the one of an earlier start, or makes one: then it is
    /// returned, this once.
    ///
    /// # Errors
    /// `validation_error` when the operator's token is short; `storage_unavailable`.
    pub async fn open(
        store: Arc<Store>,
        chosen: Option<&SecretString>,
    ) -> Result<(Self, Option<SecretString>), Fault> {
        if let Some(token) = chosen {
            // Exposed to the check and the hash alone.
            if token.expose().len() < FEWEST {
                let message = "The administrator's token must have at least 32 characters.";
                return Err(Fault::new(Code::ValidationError, message));
            }
            let hash = store.sealer().keyed_hash(NAME, token.expose());
            store.set_value(NAME, &hash).await?;
            return Ok((Self { store, hash }, None));
        }
        if let Some(hash) = stored(&store).await? {
            return Ok((Self { store, hash }, None));
        }
        let token = draw()?;
        let hash = store.sealer().keyed_hash(NAME, token.expose());
        if store.set_value_once(NAME, &hash).await? {
            return Ok((Self { store, hash }, Some(token)));
        }
        // Another instance was faster: its token counts.
        let hash = stored(&store).await?.unwrap_or(hash);
        Ok((Self { store, hash }, None))
    }

    /// True when `token` is it; compared in constant time.
    pub fn is(&self, token: &SecretString) -> bool {
        // Exposed to the hash alone.
        let hash = self.store.sealer().keyed_hash(NAME, token.expose());
        decide::key::same(&hash, &self.hash)
    }
}

async fn stored(store: &Store) -> Result<Option<[u8; 32]>, Fault> {
    let value = store.value(NAME).await?;
    value
        .map(|hash| {
            <[u8; 32]>::try_from(hash).map_err(|_| {
                Fault::new(Code::InternalError, "Something broke in the control plane.")
                    .detail("the stored hash of the administrator's token is not 32 bytes")
            })
        })
        .transpose()
}

fn draw() -> Result<SecretString, Fault> {
    let mut random = [0u8; 32];
    getrandom::fill(&mut random).map_err(|error| {
        Fault::new(Code::InternalError, "Something broke in the control plane.")
            .detail(format!("no randomness: {error}"))
    })?;
    Ok(SecretString::new(format!(
        "{PREFIX}{}",
        hex::encode(random)
    )))
}

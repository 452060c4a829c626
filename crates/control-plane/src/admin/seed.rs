//! What `gatehouse up` makes at its first start: the same operations, done only where missing.

use std::sync::Arc;

use decide::source::ResourceKind;
use terms::{Code, Fault, Faults, SecretString};

use super::credentials::CredentialInput;
use super::keys::{KeyInput, Text};
use super::servers::ServerInput;
use super::tenants::TenantInput;
use super::{Admin, credentials, keys, servers, tenants};
use crate::caller::Caller;
use crate::store::document::Document;
use crate::store::state::Record;

impl Admin {
    /// Makes a tenant.
    ///
    /// # Errors
    /// Those of [`tenants::create`] and of the write.
    pub async fn create_tenant(
        &self,
        caller: &Caller,
        input: TenantInput,
    ) -> Result<Arc<Record>, Faults> {
        let written = self
            .write(caller, |draft| tenants::create(draft, input))
            .await?;
        Ok(written.value)
    }

    /// Makes a key; its text is in the second part, this once.
    ///
    /// # Errors
    /// Those of [`Admin::issue_key`]. `input` must not say where to store the text.
    pub async fn create_key(
        &self,
        caller: &Caller,
        tenant: &str,
        input: KeyInput,
    ) -> Result<(Arc<Record>, SecretString), Faults> {
        let form = (keys::PREFIX, false);
        let issued = self.issue_key(caller, tenant, input, form).await?;
        match issued.text {
            Text::Shown(text) => Ok((issued.record, text)),
            Text::StoredIn(_) => Err(Faults(vec![
                Fault::new(Code::InternalError, "Something broke in the control plane.")
                    .detail("the text of a key is asked for that was stored"),
            ])),
        }
    }

    /// Makes a credential.
    ///
    /// # Errors
    /// Those of [`credentials::create`] and of the write.
    pub async fn create_credential(
        &self,
        caller: &Caller,
        input: CredentialInput,
    ) -> Result<Arc<Record>, Faults> {
        let written = self
            .write(caller, |draft| credentials::create(draft, input))
            .await?;
        Ok(written.value)
    }

    /// Registers a server.
    ///
    /// # Errors
    /// Those of [`servers::create`] and of the write.
    pub async fn create_server(
        &self,
        caller: &Caller,
        input: ServerInput,
    ) -> Result<Arc<Record>, Faults> {
        let written = self
            .write(caller, |draft| servers::create(draft, input))
            .await?;
        Ok(written.value)
    }

    /// The tenant of this id; made when it isn't there.
    ///
    /// # Errors
    /// Those of [`Admin::create_tenant`].
    pub async fn ensure_tenant(
        &self,
        caller: &Caller,
        input: TenantInput,
    ) -> Result<Arc<Record>, Faults> {
        let id = input.id.clone().unwrap_or_default();
        match self.store.state().get(ResourceKind::Tenant, &id) {
            Some(record) => Ok(Arc::clone(record)),
            None => self.create_tenant(caller, input).await,
        }
    }

    /// The tenant's key of this name; made when there is none that works. The text is there only
    /// when it was made.
    ///
    /// # Errors
    /// Those of [`Admin::create_key`].
    pub async fn ensure_key(
        &self,
        caller: &Caller,
        tenant: &str,
        input: KeyInput,
    ) -> Result<(Arc<Record>, Option<SecretString>), Faults> {
        let name = input.name.clone().unwrap_or_default();
        let state = self.store.state();
        let found = state.of(ResourceKind::ApiKey).find(|record| {
            matches!(&record.document, Document::ApiKey(key)
                if key.tenant_id.as_str() == tenant
                    && key.name == name
                    && key.status == decide::source::KeyStatus::Active)
        });
        match found {
            Some(record) => Ok((Arc::clone(record), None)),
            None => {
                let (record, text) = self.create_key(caller, tenant, input).await?;
                Ok((record, Some(text)))
            }
        }
    }

    /// The owner's credential of this name; made when it isn't there.
    ///
    /// # Errors
    /// Those of [`Admin::create_credential`].
    pub async fn ensure_credential(
        &self,
        caller: &Caller,
        input: CredentialInput,
    ) -> Result<Arc<Record>, Faults> {
        let (owner, name) = (input.tenant_id.clone(), input.name.clone());
        let written = self
            .write(caller, |draft| {
                let name = name.unwrap_or_default();
                match credentials::find(draft, owner.as_deref(), &name) {
                    Some(record) => Ok(record),
                    None => credentials::create(draft, input),
                }
            })
            .await?;
        Ok(written.value)
    }

    /// The owner's server of this id, at this address; made or moved when it isn't so. The port of
    /// a bundled server may be another at each start.
    ///
    /// # Errors
    /// Those of [`Admin::create_server`].
    pub async fn ensure_server(
        &self,
        caller: &Caller,
        input: ServerInput,
    ) -> Result<Arc<Record>, Faults> {
        let written = self
            .write(caller, |draft| servers::ensure(draft, input))
            .await?;
        Ok(written.value)
    }
}

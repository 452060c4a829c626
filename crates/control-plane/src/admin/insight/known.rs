//! What the configuration and the registry know of a call that is only described: roles of a user
//! or a key, attributes of a tenant, a tool server, a model's provider.

use decide::Snapshot;
use decide::policy::InputDocument;
use decide::policy::document::{ModelDocument, TenantDocument, ToolDocument};
use decide::source::{ApiKey, ResourceKind};
use terms::{Code, Fault, Faults, ModelName, ServerSlug, TenantId};

use super::whose;
use crate::admin::{input, not_found, users};
use crate::caller::Standing;
use crate::store::document::Document;
use crate::store::state::State;
use crate::store::users::Users;

/// Fills in what a description of a call leaves out.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// Who asks.
    pub standing: &'a Standing,
    /// What they may see.
    pub state: &'a State,
    /// What is in force.
    pub snapshot: &'a Snapshot,
    /// The users that were seen.
    pub users: &'a Users,
    /// The JSON pointer of the description in the body.
    pub at: &'a str,
}

impl Known<'_> {
    /// Fills in what `call` leaves out. What it says stands. Returns what would keep such a call
    /// from ever coming to the policies.
    ///
    /// `strict`: who asks, and for which tenant, must be known.
    ///
    /// # Errors
    /// `foreign_tenant`; with `strict` also `api_key_not_found`, `user_not_found`,
    /// `tenant_not_found`, and a tenant that nobody can tell.
    pub async fn complete(
        &self,
        call: &mut InputDocument,
        strict: bool,
    ) -> Result<Vec<String>, Faults> {
        self.own_tenant(call)?;
        self.principal(call, strict).await?;
        let mut notes = Vec::new();
        if strict {
            self.tenant(call)?;
            notes.extend(self.not_the_callers_to_say(call));
        }
        notes.extend(of_the_registry(self.snapshot, call));
        Ok(notes)
    }

    fn fault(&self, fault: Fault, place: &str) -> Faults {
        fault.at(format!("{}{place}", self.at)).into()
    }

    /// Administrators of a tenant ask about it, whatever they leave out.
    fn own_tenant(&self, call: &mut InputDocument) -> Result<(), Faults> {
        let asked = whose(self.standing, Some(&call.tenant.id));
        if let Some(tenant) = asked.map_err(|it| self.fault(it, "/tenant/id"))? {
            call.tenant.id = tenant.to_string();
        }
        Ok(())
    }

    async fn principal(&self, call: &mut InputDocument, strict: bool) -> Result<(), Faults> {
        let said = &call.principal;
        let roles_said = said.role.is_some() || !said.roles.is_empty();
        if let Some(id) = said.key_id.clone() {
            return match self.key(&id) {
                Some(key) => self.of_key(call, key),
                None if strict && !roles_said => {
                    let fault = not_found(ResourceKind::ApiKey, &id);
                    Err(self.fault(fault, "/principal/key_id"))
                }
                None => Ok(()),
            };
        }
        if roles_said || said.id.is_empty() {
            return Ok(());
        }
        match self.of_user(call).await? {
            true => Ok(()),
            false if strict => {
                let fault = not_found(ResourceKind::User, &call.principal.id);
                Err(self.fault(fault, "/principal/id"))
            }
            false => Ok(()),
        }
    }

    fn key(&self, id: &str) -> Option<&ApiKey> {
        match &self.state.get(ResourceKind::ApiKey, id)?.document {
            Document::ApiKey(key) => Some(key),
            _ => None,
        }
    }

    /// The caller is who the key proves.
    fn of_key(&self, call: &mut InputDocument, key: &ApiKey) -> Result<(), Faults> {
        let tenant = key.tenant_id.as_str();
        if call.tenant.id.is_empty() {
            tenant.clone_into(&mut call.tenant.id);
        } else if call.tenant.id != tenant {
            let message = format!("The key '{}' is of another tenant.", key.id);
            let fault = Fault::new(Code::ValidationError, message);
            return Err(self.fault(fault, "/tenant/id"));
        }
        let principal = &mut call.principal;
        principal.key_id = Some(key.id.to_string());
        if principal.id.is_empty() {
            let owner = if key.owner.is_empty() {
                key.id.as_str()
            } else {
                &key.owner
            };
            owner.clone_into(&mut principal.id);
        }
        if principal.method.is_empty() {
            "api_key".clone_into(&mut principal.method);
        }
        if principal.role.is_none() && principal.roles.is_empty() {
            principal.roles = vec![key.role];
        }
        if principal.scopes.is_empty() {
            principal.scopes = key.scopes.iter().map(|it| it.as_str().into()).collect();
        }
        if principal.agent.is_none() {
            principal.agent = key.agent.as_deref().cloned();
        }
        Ok(())
    }

    /// The caller is a user whom tokens proved, or the owner of keys that all have one role.
    async fn of_user(&self, call: &mut InputDocument) -> Result<bool, Faults> {
        let id = call.principal.id.clone();
        let tenant = Some(call.tenant.id.as_str()).filter(|it| !it.is_empty());
        let who = (self.standing, self.state);
        match users::find(self.users, who, &id, tenant).await {
            Ok(found) => {
                let user = found.view(self.state);
                let principal = &mut call.principal;
                principal.id = user.user_id;
                principal.roles = user.roles.iter().collect();
                principal.username = principal.username.take().or(user.username);
                if principal.method.is_empty() {
                    "jwt".clone_into(&mut principal.method);
                }
                if call.tenant.id.is_empty() {
                    call.tenant.id = user.tenant_id.unwrap_or_default();
                }
                Ok(true)
            }
            Err(fault) if fault.code == Code::UserNotFound => self.of_owner(call, &id),
            Err(fault) => Err(fault.into()),
        }
    }

    fn of_owner(&self, call: &mut InputDocument, id: &str) -> Result<bool, Faults> {
        let wanted = &call.tenant.id;
        let keys = self.state.of(ResourceKind::ApiKey);
        let theirs = keys.filter_map(|record| match &record.document {
            Document::ApiKey(key) if key.owner == id => Some(key),
            _ => None,
        });
        let mut theirs = theirs.filter(|key| wanted.is_empty() || key.tenant_id.as_str() == wanted);
        let Some(first) = theirs.next() else {
            return Ok(false);
        };
        if theirs.any(|it| it.role != first.role || it.tenant_id != first.tenant_id) {
            let message = format!(
                "'{id}' owns keys of several roles or tenants: say which by 'key_id', or say a role."
            );
            let fault = Fault::new(Code::ValidationError, message);
            return Err(self.fault(fault, "/principal/id"));
        }
        call.principal.roles = vec![first.role];
        if call.tenant.id.is_empty() {
            call.tenant.id = first.tenant_id.to_string();
        }
        Ok(true)
    }

    /// Takes out what only the registry says of a real call.
    fn not_the_callers_to_say(&self, call: &mut InputDocument) -> Option<String> {
        let region = call.tenant.region.take().is_some();
        let id = TenantId::from(call.tenant.id.as_str());
        let tool = call.tool.as_mut().is_some_and(|tool| {
            let slug = ServerSlug::from(tool.server.as_str());
            if self.snapshot.server(&id, &slug).is_none() {
                return false;
            }
            let said = tool.sensitivity.take().is_some();
            let tags = std::mem::take(&mut tool.tags);
            let teams = std::mem::take(&mut tool.teams);
            said || !tags.is_empty() || !teams.is_empty()
        });
        (region || tool).then(|| {
            "A tenant's region, and a tool's sensitivity, tags and teams are what the registry \
             says, whatever is said of them here."
                .to_owned()
        })
    }

    /// The tenant must be told, or be the only one, and exist.
    fn tenant(&self, call: &mut InputDocument) -> Result<(), Faults> {
        if call.tenant.id.is_empty() {
            let mut all = self.state.of(ResourceKind::Tenant);
            let only = all.next().filter(|_| all.next().is_none());
            let Some(only) = only else {
                return Err(self.fault(input::missing("tenant_id"), "/tenant_id"));
            };
            call.tenant.id = only.document.id();
        }
        match self.state.get(ResourceKind::Tenant, &call.tenant.id) {
            Some(_) => Ok(()),
            None => {
                let fault = not_found(ResourceKind::Tenant, &call.tenant.id);
                Err(self.fault(fault, "/tenant/id"))
            }
        }
    }
}

/// Fills in what a call leaves out of its tenant, its tool server and its model's provider, as
/// they are registered. What it says stands. Returns what would keep such a call from ever coming
/// to the policies.
pub fn of_the_registry(snapshot: &Snapshot, call: &mut InputDocument) -> Vec<String> {
    let id = TenantId::from(call.tenant.id.as_str());
    let mut notes = Vec::new();
    if !call.tenant.id.is_empty() {
        notes.extend(tenant(snapshot, &id, &mut call.tenant));
    }
    if let Some(said) = &mut call.tool {
        notes.extend(tool(snapshot, &id, said));
    }
    if let Some(said) = &mut call.model {
        notes.extend(model(snapshot, &id, said));
    }
    notes
}

fn tenant(snapshot: &Snapshot, id: &TenantId, said: &mut TenantDocument) -> Option<String> {
    let Some(tenant) = snapshot.tenant(id) else {
        return Some(format!(
            "There is no tenant '{id}': nobody could call for it."
        ));
    };
    said.region = (said.region.take()).or_else(|| tenant.region.as_deref().map(str::to_owned));
    if said.priority.is_empty() {
        tenant.priority.as_str().clone_into(&mut said.priority);
    }
    let suspended = snapshot.is_suspended(tenant);
    suspended.then(|| format!("The tenant '{id}' is suspended: such a call would be refused."))
}

fn tool(snapshot: &Snapshot, tenant: &TenantId, said: &mut ToolDocument) -> Option<String> {
    if said.server.is_empty() {
        return None;
    }
    let slug = ServerSlug::from(said.server.as_str());
    let Some(server) = snapshot.server(tenant, &slug) else {
        return Some(format!(
            "There is no tool server '{slug}' for this tenant: such a call would be refused \
             before the policies."
        ));
    };
    if said.tags.is_empty() {
        said.tags.clone_from(&server.tags);
    }
    if said.teams.is_empty() {
        said.teams.clone_from(&server.teams);
    }
    let name = said.name.as_deref().unwrap_or_default();
    said.sensitivity = said
        .sensitivity
        .or_else(|| Some(server.sensitivity_of(name)));
    None
}

fn model(snapshot: &Snapshot, tenant: &TenantId, said: &mut ModelDocument) -> Option<String> {
    if !said.account.is_empty() || !said.provider.is_empty() || said.name.is_empty() {
        return None;
    }
    let name = ModelName::from(said.name.as_str());
    let candidates = snapshot.candidates(tenant, &name);
    let Some(candidate) = candidates.first() else {
        return Some(format!(
            "No provider serves '{name}' for this tenant: such a call would be refused before \
             the policies."
        ));
    };
    let account = &candidate.credential;
    account.name.as_str().clone_into(&mut said.account);
    account.provider.as_str().clone_into(&mut said.provider);
    if said.served.is_empty() {
        candidate.model.as_str().clone_into(&mut said.served);
    }
    let region = || account.region.as_deref().map(str::to_owned);
    said.provider_region = said.provider_region.take().or_else(region);
    None
}

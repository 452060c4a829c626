//! A resource's document: the typed form of what is stored and of what data planes get.

use std::collections::BTreeMap;
use std::sync::Arc;

use decide::settings::Settings;
use decide::source::{
    ApiKey, Credential, EndedSession, McpServer, Policy, PolicyOverride, ResourceKind, Route,
    Source, Tenant, User,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use terms::{Code, Fault, SecretString};

/// The id of the one settings document.
pub const SETTINGS_ID: &str = "platform";

/// One resource.
#[derive(Clone, Debug)]
pub enum Document {
    /// What holds for the whole installation.
    Settings(Box<Settings>),
    /// An organisation that calls.
    Tenant(Tenant),
    /// A key, without its secret.
    ApiKey(ApiKey),
    /// A provider account.
    Credential(Box<Credential>),
    /// From a model's name to providers.
    Route(Box<Route>),
    /// A registered tool server.
    McpServer(Box<McpServer>),
    /// The roles that an administrator gave a user, in one tenant or in all.
    User(User),
    /// A session of the gateway's own tokens that was ended.
    EndedSession(EndedSession),
    /// A policy.
    Policy(Arc<Policy>),
    /// An emergency override of policies.
    PolicyOverride(PolicyOverride),
}

/// The stream's id of a tool server: its slug is unique within its owner alone.
pub fn server_id(tenant: Option<&str>, slug: &str) -> String {
    format!("{}/{slug}", tenant.unwrap_or_default())
}

/// The stream's id of the roles that a user has in a tenant, or in all of them. No tenant's id
/// holds a slash, so no two are the same.
pub fn user_roles_id(user: &str, tenant: Option<&str>) -> String {
    format!("{user}/{}", tenant.unwrap_or_default())
}

impl Document {
    /// Its kind.
    pub fn kind(&self) -> ResourceKind {
        match self {
            Document::Settings(_) => ResourceKind::Settings,
            Document::Tenant(_) => ResourceKind::Tenant,
            Document::ApiKey(_) => ResourceKind::ApiKey,
            Document::Credential(_) => ResourceKind::Credential,
            Document::Route(_) => ResourceKind::Route,
            Document::McpServer(_) => ResourceKind::McpServer,
            Document::User(_) => ResourceKind::User,
            Document::EndedSession(_) => ResourceKind::EndedSession,
            Document::Policy(_) => ResourceKind::Policy,
            Document::PolicyOverride(_) => ResourceKind::PolicyOverride,
        }
    }

    /// Its id in storage and on the stream.
    pub fn id(&self) -> String {
        match self {
            Document::Settings(_) => SETTINGS_ID.to_owned(),
            Document::Tenant(it) => it.id.to_string(),
            Document::ApiKey(it) => it.id.to_string(),
            Document::Credential(it) => it.id.to_string(),
            Document::Route(it) => it.id.to_string(),
            Document::McpServer(it) => server_id(
                it.tenant_id.as_ref().map(|id| id.as_str()),
                it.server_id.as_str(),
            ),
            Document::User(it) => {
                let tenant = it.tenant_id.as_ref().map(|id| id.as_str());
                user_roles_id(it.id.as_str(), tenant)
            }
            Document::EndedSession(it) => it.id.to_string(),
            Document::Policy(it) => it.id.to_string(),
            Document::PolicyOverride(it) => it.id.to_string(),
        }
    }

    /// Whose it is; none: the platform's.
    pub fn tenant(&self) -> Option<&str> {
        match self {
            Document::Settings(_) | Document::Tenant(_) | Document::EndedSession(_) => None,
            Document::User(it) => it.tenant_id.as_ref().map(|id| id.as_str()),
            Document::ApiKey(it) => Some(it.tenant_id.as_str()),
            Document::Credential(it) => it.tenant_id.as_ref().map(|id| id.as_str()),
            Document::Route(it) => it.tenant_id.as_ref().map(|id| id.as_str()),
            Document::McpServer(it) => it.tenant_id.as_ref().map(|id| id.as_str()),
            Document::Policy(it) => it.tenant_id.as_ref().map(|id| id.as_str()),
            Document::PolicyOverride(it) => it.tenant_id.as_ref().map(|id| id.as_str()),
        }
    }

    /// The place that `decide::compile` gives to faults of this resource.
    pub fn fault_place(&self) -> String {
        match self {
            Document::Settings(_) => "/settings".to_owned(),
            Document::Credential(it) => format!("/credential/{}", it.name),
            Document::McpServer(it) => format!("/mcp_server/{}", it.server_id),
            Document::User(it) => format!("/user/{}", it.id),
            other => format!("/{}/{}", other.kind().as_str(), other.id()),
        }
    }

    /// Its canonical JSON, the secret included: what data planes get.
    ///
    /// # Errors
    /// `internal_error` when it can't be written, which no document of these types does.
    pub fn to_json(&self) -> Result<Vec<u8>, Fault> {
        fn write<T: Serialize>(document: &T) -> Result<Vec<u8>, Fault> {
            serde_json::to_vec(document).map_err(|error| broken(&error))
        }
        match self {
            Document::Settings(it) => write(it),
            Document::Tenant(it) => write(it),
            Document::ApiKey(it) => write(it),
            Document::Credential(it) => write(it),
            Document::Route(it) => write(it),
            Document::McpServer(it) => write(it),
            Document::User(it) => write(it),
            Document::EndedSession(it) => write(it),
            Document::Policy(it) => write(it.as_ref()),
            Document::PolicyOverride(it) => write(it),
        }
    }

    /// Reads what [`Document::to_json`] wrote.
    ///
    /// # Errors
    /// `internal_error` when the stored text is no document of this kind.
    pub fn from_json(kind: ResourceKind, text: &[u8]) -> Result<Self, Fault> {
        let read = match kind {
            ResourceKind::Settings => serde_json::from_slice(text).map(Document::Settings),
            ResourceKind::Tenant => serde_json::from_slice(text).map(Document::Tenant),
            ResourceKind::ApiKey => serde_json::from_slice(text).map(Document::ApiKey),
            ResourceKind::Credential => serde_json::from_slice(text).map(Document::Credential),
            ResourceKind::Route => serde_json::from_slice(text).map(Document::Route),
            ResourceKind::McpServer => serde_json::from_slice(text).map(Document::McpServer),
            ResourceKind::User => serde_json::from_slice(text).map(Document::User),
            ResourceKind::EndedSession => serde_json::from_slice(text).map(Document::EndedSession),
            ResourceKind::Policy => {
                serde_json::from_slice(text).map(|it| Document::Policy(Arc::new(it)))
            }
            ResourceKind::PolicyOverride => {
                serde_json::from_slice(text).map(Document::PolicyOverride)
            }
        };
        read.map_err(|error| broken(&error))
    }

    /// Takes the secret out, to be stored encrypted.
    pub fn take_secret(&mut self) -> Option<SecretString> {
        match self {
            Document::Settings(it) => SealedSettings::taken(it).to_text(),
            Document::Credential(it) => {
                let sealed = Sealed {
                    api_key: it.api_key.take(),
                    headers: std::mem::take(&mut it.headers),
                };
                sealed.to_text()
            }
            Document::McpServer(it) => it.credential.take(),
            Document::Tenant(_)
            | Document::ApiKey(_)
            | Document::Route(_)
            | Document::User(_)
            | Document::EndedSession(_)
            | Document::Policy(_)
            | Document::PolicyOverride(_) => None,
        }
    }

    /// Puts back what [`Document::take_secret`] took.
    ///
    /// # Errors
    /// `internal_error` when it is something else.
    pub fn put_secret(&mut self, secret: SecretString) -> Result<(), Fault> {
        match self {
            Document::Settings(it) => SealedSettings::read(&secret)?.put(it),
            Document::Credential(it) => {
                // Exposed to its own reader alone.
                let sealed: Sealed =
                    serde_json::from_str(secret.expose()).map_err(|error| broken(&error))?;
                it.api_key = sealed.api_key;
                it.headers = sealed.headers;
            }
            Document::McpServer(it) => it.credential = Some(secret),
            Document::Tenant(_)
            | Document::ApiKey(_)
            | Document::Route(_)
            | Document::User(_)
            | Document::EndedSession(_)
            | Document::Policy(_)
            | Document::PolicyOverride(_) => {}
        }
        Ok(())
    }

    /// True where earlier forms are kept for a rollback.
    pub fn keeps_versions(&self) -> bool {
        matches!(self, Document::Route(_) | Document::Policy(_))
    }

    /// Adds it to what is compiled.
    pub fn add_to(&self, source: &mut Source) {
        match self {
            Document::Settings(it) => source.settings = it.as_ref().clone(),
            Document::Tenant(it) => source.tenants.push(it.clone()),
            Document::ApiKey(it) => source.api_keys.push(it.clone()),
            Document::Credential(it) => source.credentials.push(it.as_ref().clone()),
            Document::Route(it) => source.routes.push(it.as_ref().clone()),
            Document::McpServer(it) => source.mcp_servers.push(it.as_ref().clone()),
            Document::User(it) => source.users.push(it.clone()),
            Document::EndedSession(it) => source.ended_sessions.push(it.clone()),
            Document::Policy(it) => source.policies.push(Arc::clone(it)),
            Document::PolicyOverride(it) => source.policy_overrides.push(it.clone()),
        }
    }
}

/// What is secret of a credential: its key, and its headers, which often hold another.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sealed {
    api_key: Option<SecretString>,
    headers: BTreeMap<String, String>,
}

impl Sealed {
    fn to_text(&self) -> Option<SecretString> {
        if self.api_key.is_none() && self.headers.is_empty() {
            return None;
        }
        // Exposed to the text that is encrypted next.
        let api_key = self.api_key.as_ref().map(SecretString::expose);
        let text = json!({"api_key": api_key, "headers": self.headers}).to_string();
        Some(SecretString::new(text))
    }
}

/// What is secret of the settings: the pepper, the key of reversible tokens, and what the
/// classifiers want, in their order.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SealedSettings {
    pepper: SecretString,
    token_key: Option<SecretString>,
    classifiers: Vec<Option<SecretString>>,
}

impl SealedSettings {
    fn taken(settings: &mut Settings) -> Self {
        let inspection = &mut settings.inspection;
        let classifiers = inspection.guardrail.classifiers.iter_mut();
        Self {
            pepper: std::mem::take(&mut settings.pepper),
            token_key: inspection.token_key.take(),
            classifiers: classifiers.map(|it| it.api_key.take()).collect(),
        }
    }

    /// Before there were others, the pepper alone was kept, in hex.
    fn read(secret: &SecretString) -> Result<Self, Fault> {
        if !secret.expose().starts_with('{') {
            return Ok(Self {
                pepper: secret.clone(),
                token_key: None,
                classifiers: Vec::new(),
            });
        }
        serde_json::from_str(secret.expose()).map_err(|error| broken(&error))
    }

    fn put(self, settings: &mut Settings) {
        settings.pepper = self.pepper;
        settings.inspection.token_key = self.token_key;
        let classifiers = settings.inspection.guardrail.classifiers.iter_mut();
        for (classifier, key) in classifiers.zip(self.classifiers) {
            classifier.api_key = key;
        }
    }

    fn to_text(&self) -> Option<SecretString> {
        let has_key = self.classifiers.iter().any(Option::is_some);
        if !has_key && self.token_key.is_none() {
            // As it was before there were others, so that an earlier build can still read it.
            return (!self.pepper.is_empty()).then(|| self.pepper.clone());
        }
        // Exposed to the text that is encrypted next.
        let exposed = |it: &Option<SecretString>| it.as_ref().map(|it| it.expose().to_owned());
        let text = json!({
            "pepper": self.pepper.expose(),
            "token_key": exposed(&self.token_key),
            "classifiers": self.classifiers.iter().map(exposed).collect::<Vec<_>>(),
        });
        Some(SecretString::new(text.to_string()))
    }
}

fn broken(error: &serde_json::Error) -> Fault {
    Fault::new(Code::InternalError, "Something broke in the control plane.")
        .detail(format!("a stored document: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Settings {
        let classifier = |name: &str, key: Option<&str>| {
            json!({"name": name, "kind": "webhook", "url": "https://c.example", "apiKey": key,
                "timeoutMs": 1000, "threshold": 50, "scanRequests": true})
        };
        let given = json!({"pepper": "aa", "inspection": {
            "tokenKey": "bb",
            "guardrail": {"classifiers": [classifier("a", Some("key-a")), classifier("b", None)]},
        }});
        serde_json::from_value(given).unwrap()
    }

    #[test]
    fn what_is_secret_of_the_settings_is_taken_out_and_put_back() {
        let mut document = Document::Settings(Box::new(settings()));
        let secret = document.take_secret().unwrap();
        let Document::Settings(left) = &document else {
            panic!("another document");
        };
        let text = serde_json::to_string(left).unwrap();
        for hidden in ["aa", "bb", "key-a"] {
            assert!(!text.contains(&format!("\"{hidden}\"")), "{text}");
        }
        document.put_secret(secret).unwrap();
        let Document::Settings(whole) = document else {
            panic!("another document");
        };
        assert_eq!(*whole, settings());
    }

    #[test]
    fn a_pepper_that_was_kept_alone_is_still_read() {
        let mut document = Document::Settings(Box::default());
        document.put_secret(SecretString::from("cafe")).unwrap();
        let Document::Settings(settings) = document else {
            panic!("another document");
        };
        assert_eq!(settings.pepper.expose(), "cafe");
    }
}

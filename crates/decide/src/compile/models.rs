//! From a model's name to a provider: accounts, routes, and the models that accounts list.

use std::sync::Arc;

use terms::{Code, ModelName, TenantId};

use super::Compiler;
use super::target::is_header;
use crate::snapshot::{Candidate, CredentialEntry, Directory};
use crate::source::{Credential, Provider, Route, Strategy};

const OPENAI_BASE_URL: &str = "https://api.openai.com/v1";

pub(super) struct Account<'a> {
    document: &'a Credential,
    entry: Arc<CredentialEntry>,
}

impl Compiler<'_> {
    pub(super) fn credential<'b>(&mut self, document: &'b Credential) -> Option<Account<'b>> {
        let at = format!("/credential/{}", document.name);
        self.known_tenant(&at, document.tenant_id.as_ref());
        let twin = self.source.credentials.iter().find(|other| {
            other.id != document.id
                && other.name == document.name
                && other.tenant_id == document.tenant_id
        });
        if let Some(twin) = twin
            && twin.id < document.id
        {
            self.fault(
                format!("{at}/name"),
                Code::CredentialDuplicate,
                "Another credential of this tenant has this name.",
            );
        }
        let base_url = match (document.provider, document.base_url.as_deref()) {
            (Provider::Mock, None) => None,
            (Provider::Mock, Some(_)) => {
                self.invalid(format!("{at}/baseUrl"), "The mock provider has no address.");
                return None;
            }
            (Provider::OpenAi, given) => Some(given.unwrap_or(OPENAI_BASE_URL)),
            (Provider::OpenAiCompatible, Some(given)) => Some(given),
            (Provider::OpenAiCompatible, None) => {
                self.invalid(
                    format!("{at}/baseUrl"),
                    "An OpenAI-compatible provider needs its base URL, such as \
                     https://llm.example.com/v1.",
                );
                return None;
            }
            (other, _) => {
                self.unbuilt(
                    format!("{at}/provider"),
                    &format!("Provider '{}'", other.as_str()),
                );
                return None;
            }
        };
        if document.mock.is_some() && document.provider != Provider::Mock {
            self.invalid(
                format!("{at}/mock"),
                "Only provider 'mock' has these settings.",
            );
        }
        let mock = document.mock.clone().unwrap_or_default();
        if !(0.0..=1.0).contains(&mock.error_rate) {
            self.invalid(
                format!("{at}/mock/errorRate"),
                "The error rate is a share from 0 to 1.",
            );
        }
        for (name, value) in &document.headers {
            if !is_header(name, value) {
                let message = format!("'{name}' and its value can't be sent as a header.");
                self.invalid(format!("{at}/headers/{name}"), message);
            }
        }
        for (place, model) in document.models.iter().enumerate() {
            if !is_pattern(model.as_str()) {
                self.invalid(format!("{at}/models/{place}"), PATTERN_RULE);
            }
        }
        let endpoint = match base_url {
            Some(url) => Some(self.endpoint(&format!("{at}/baseUrl"), url)?),
            None => None,
        };
        let entry = CredentialEntry {
            name: document.name.clone(),
            provider: document.provider,
            endpoint,
            api_key: document.api_key.clone(),
            headers: document.headers.clone().into_iter().collect(),
            region: document.region.as_deref().map(Arc::from),
            mock,
        };
        Some(Account {
            document,
            entry: Arc::new(entry),
        })
    }

    pub(super) fn route(&mut self, route: &Route, accounts: &[Account<'_>]) {
        let at = format!("/route/{}", route.id);
        self.known_tenant(&at, route.tenant_id.as_ref());
        if !is_pattern(&route.model_pattern) {
            self.invalid(format!("{at}/modelPattern"), PATTERN_RULE);
        }
        if route.strategy != Strategy::ModelPrefix {
            self.unbuilt(format!("{at}/strategy"), "Any strategy but 'model-prefix'");
        }
        for (set, field, what) in [
            (!route.fallbacks.is_empty(), "fallbacks", "A fallback chain"),
            (route.canary.is_some(), "canary", "A canary"),
            (route.shadow.is_some(), "shadow", "A shadow provider"),
            (
                route.pinned_model_version.is_some(),
                "pinnedModelVersion",
                "A pinned version",
            ),
            (
                route.providers.len() > 1,
                "providers/1",
                "A second provider",
            ),
        ] {
            if set {
                self.unbuilt(format!("{at}/{field}"), what);
            }
        }
        let Some(provider) = route.providers.first() else {
            self.invalid(format!("{at}/providers"), "A route needs a provider.");
            return;
        };
        for (set, field) in [
            (provider.weight.is_some(), "weight"),
            (provider.priority.is_some(), "priority"),
            (provider.region.is_some(), "region"),
        ] {
            if set {
                self.unbuilt(
                    format!("{at}/providers/0/{field}"),
                    "Choosing among providers",
                );
            }
        }
        // A tenant's route may use the tenant's accounts and the platform's; its own go first.
        let named = |owner: Option<&TenantId>| {
            accounts.iter().find(|account| {
                account.document.name == provider.provider
                    && account.document.tenant_id.as_ref() == owner
            })
        };
        let account = named(route.tenant_id.as_ref()).or_else(|| named(None));
        let Some(account) = account else {
            let faulty = self
                .source
                .credentials
                .iter()
                .any(|it| it.name == provider.provider);
            if !faulty {
                let message = format!("There is no credential '{}'.", provider.provider);
                let at = format!("{at}/providers/0/provider");
                self.fault(at, Code::CredentialNotFound, message);
            }
            return;
        };
        let entry = Arc::clone(&account.entry);
        let taken = self.serve(
            route.tenant_id.as_ref(),
            &route.model_pattern,
            entry,
            provider.model.as_ref(),
        );
        if !taken {
            self.fault(
                format!("{at}/modelPattern"),
                Code::RouteDuplicate,
                "Another route of this tenant has this pattern.",
            );
        }
    }

    /// The models that an account lists serve where no route of the same owner does.
    pub(super) fn listed_models(&mut self, account: &Account<'_>) {
        let owner = account.document.tenant_id.as_ref();
        for model in &account.document.models {
            self.serve(owner, model.as_str(), Arc::clone(&account.entry), None);
        }
    }

    /// Registers a pattern; false when the owner has it already.
    pub(super) fn serve(
        &mut self,
        owner: Option<&TenantId>,
        pattern: &str,
        credential: Arc<CredentialEntry>,
        model: Option<&ModelName>,
    ) -> bool {
        let directory = self.directory(owner);
        if let Some(prefix) = pattern.strip_suffix('*') {
            if directory
                .prefixes
                .iter()
                .any(|(seen, ..)| **seen == *prefix)
            {
                return false;
            }
            directory
                .prefixes
                .push((Box::from(prefix), credential, model.cloned()));
            return true;
        }
        let name = ModelName::from(pattern);
        if directory.exact.contains_key(&name) {
            return false;
        }
        directory
            .listed
            .push((name.clone(), Arc::clone(&credential)));
        let model = model.cloned().unwrap_or_else(|| name.clone());
        directory
            .exact
            .insert(name, Arc::new(Candidate { credential, model }));
        true
    }

    pub(super) fn directory(&mut self, owner: Option<&TenantId>) -> &mut Directory {
        match owner {
            Some(tenant) => self.snapshot.own.entry(tenant.clone()).or_default(),
            None => &mut self.snapshot.platform,
        }
    }

    pub(super) fn sort_prefixes(&mut self) {
        let directories = self
            .snapshot
            .own
            .values_mut()
            .chain([&mut self.snapshot.platform]);
        for directory in directories {
            directory
                .prefixes
                .sort_by_key(|(prefix, ..)| std::cmp::Reverse(prefix.len()));
        }
    }
}

const PATTERN_RULE: &str =
    "A model pattern is a model's name, or its beginning followed by one '*' at the end.";

fn is_pattern(text: &str) -> bool {
    let name = text.strip_suffix('*').unwrap_or(text);
    !text.is_empty()
        && text.len() <= 256
        && !name.contains('*')
        && !name
            .chars()
            .any(|letter| letter.is_control() || letter.is_whitespace())
}

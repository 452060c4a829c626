//! From configuration to a snapshot, or to every fault in it.
//!
//! The one gate for configuration: administration writes, dry runs, `config check` and a data
//! plane that receives a push all call [`compile`], so what one refuses all refuse.

use std::sync::Arc;

use terms::{Code, Fault, Faults, ModelName, TenantId};
use url::{Host, Url};

use crate::case::Principal;
use crate::key;
use crate::snapshot::{
    Candidate, CredentialEntry, Directory, Endpoint, KeyEntry, ServerEntry, Snapshot, TenantEntry,
    Version, may_call,
};
use crate::source::{
    ApiKey, Credential, KeyStatus, McpServer, Provider, Route, Source, Strategy, Tenant,
    TenantStatus, Transport,
};

const OPENAI_BASE_URL: &str = "https://api.openai.com/v1";

/// Compiles `source` into the snapshot of `version`.
///
/// # Errors
/// Every fault of the configuration, each with its place as a JSON pointer
/// (`/route/gpt/providers/0/provider`). Nothing is half taken over.
pub fn compile(source: &Source, version: Version) -> Result<Snapshot, Faults> {
    let mut compiler = Compiler {
        source,
        snapshot: Snapshot {
            version,
            settings: source.settings.clone(),
            ..Snapshot::default()
        },
        faults: Vec::new(),
    };
    compiler.settings();
    source
        .tenants
        .iter()
        .for_each(|tenant| compiler.tenant(tenant));
    source.api_keys.iter().for_each(|key| compiler.api_key(key));
    let accounts: Vec<_> = source
        .credentials
        .iter()
        .filter_map(|it| compiler.credential(it))
        .collect();
    source
        .routes
        .iter()
        .for_each(|route| compiler.route(route, &accounts));
    accounts
        .iter()
        .for_each(|account| compiler.listed_models(account));
    source
        .mcp_servers
        .iter()
        .for_each(|server| compiler.server(server));
    compiler.sort_prefixes();
    if compiler.faults.is_empty() {
        Ok(compiler.snapshot)
    } else {
        Err(Faults(compiler.faults))
    }
}

struct Compiler<'a> {
    source: &'a Source,
    snapshot: Snapshot,
    faults: Vec<Fault>,
}

struct Account<'a> {
    document: &'a Credential,
    entry: Arc<CredentialEntry>,
}

impl Compiler<'_> {
    fn fault(&mut self, at: String, code: Code, message: impl Into<String>) {
        self.faults.push(Fault::new(code, message.into()).at(at));
    }

    fn invalid(&mut self, at: String, message: impl Into<String>) {
        self.fault(at, Code::ValidationError, message);
    }

    fn unbuilt(&mut self, at: String, what: &str) {
        let message = format!("{what} is not in this build; leave it out.");
        self.fault(at, Code::NotInThisBuild, message);
    }

    fn settings(&mut self) {
        let settings = &self.source.settings;
        match hex::decode(settings.pepper.expose()) {
            Ok(pepper) => self.snapshot.pepper = pepper,
            Err(_) => self.invalid("/settings/pepper".to_owned(), "The pepper must be hex."),
        }
        if !self.source.api_keys.is_empty() && self.snapshot.pepper.len() < 32 {
            self.invalid(
                "/settings/pepper".to_owned(),
                "The pepper must be at least 32 bytes, in hex, before there can be API keys.",
            );
        }
        if let Some(rule) = settings.limits.per_api_key {
            self.limit("/settings/limits/perApiKey".to_owned(), rule);
        }
    }

    fn limit(&mut self, at: String, rule: crate::limit::Rule) {
        if rule.requests_per_minute == 0 || rule.burst == Some(0) {
            self.invalid(
                at,
                "A limit must admit at least one request; use 1 or more.",
            );
        }
    }

    fn tenant(&mut self, tenant: &Tenant) {
        let at = format!("/tenant/{}", tenant.id);
        if !is_slug(tenant.id.as_str()) {
            self.invalid(format!("{at}/id"), SLUG_RULE);
        }
        if let Some(key) = tenant.metadata.keys().next() {
            self.unbuilt(format!("{at}/metadata/{key}"), "A per-tenant override");
        }
        let entry = TenantEntry {
            id: tenant.id.clone(),
            suspended: tenant.status == TenantStatus::Suspended,
            region: tenant.region.as_deref().map(Arc::from),
            priority: tenant.priority_tier,
        };
        if self
            .snapshot
            .tenants
            .insert(tenant.id.clone(), Arc::new(entry))
            .is_some()
        {
            self.fault(
                at,
                Code::TenantDuplicate,
                "There is another tenant with this id.",
            );
        }
    }

    fn known_tenant(&mut self, at: &str, tenant: Option<&TenantId>) {
        if let Some(id) = tenant
            && !self.snapshot.tenants.contains_key(id)
        {
            let message = format!("There is no tenant '{id}'.");
            self.fault(format!("{at}/tenantId"), Code::TenantNotFound, message);
        }
    }

    fn api_key(&mut self, document: &ApiKey) {
        let at = format!("/api_key/{}", document.id);
        self.known_tenant(&at, Some(&document.tenant_id));
        if let Some(rule) = document.rate_limit {
            self.limit(format!("{at}/rateLimit"), rule);
        }
        let owner = if document.owner.is_empty() {
            document.id.as_str()
        } else {
            &document.owner
        };
        let principal = Arc::new(Principal {
            key_id: document.id.clone(),
            user_id: Arc::from(owner),
            role: Arc::from(document.role.as_str()),
            tenant_id: document.tenant_id.clone(),
            scopes: document
                .scopes
                .iter()
                .map(|scope| Arc::from(scope.as_str()))
                .collect(),
            limit: document
                .rate_limit
                .or(self.source.settings.limits.per_api_key),
        });
        for (place, generation) in document.generations.iter().enumerate() {
            let at = format!("{at}/generations/{place}");
            let mut digest = key::Digest::default();
            if hex::decode_to_slice(&generation.digest, &mut digest).is_err() {
                self.invalid(
                    format!("{at}/digest"),
                    "The digest must be 32 bytes, in hex.",
                );
                continue;
            }
            let entry = KeyEntry {
                digest,
                not_after: generation.not_after,
                expires_at: document.expires_at,
                revoked: document.status == KeyStatus::Revoked,
                principal: Arc::clone(&principal),
            };
            let lookup = Box::from(generation.lookup.as_str());
            if self.snapshot.keys.insert(lookup, Arc::new(entry)).is_some() {
                self.invalid(format!("{at}/lookup"), "Another key has this lookup id.");
            }
        }
    }

    fn credential<'b>(&mut self, document: &'b Credential) -> Option<Account<'b>> {
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

    /// Checks a URL that the gate will call, by its form alone: names are resolved when called,
    /// and refused then if they lead to an address that may not be called.
    fn endpoint(&mut self, at: &str, text: &str) -> Option<Endpoint> {
        let url = match Url::parse(text) {
            Ok(url) => url,
            Err(error) => {
                self.invalid(at.to_owned(), format!("'{text}' is not a URL: {error}."));
                return None;
            }
        };
        let tls = match url.scheme() {
            "https" => true,
            "http" if self.source.settings.outgoing.plain_http => false,
            "http" => {
                self.invalid(
                    at.to_owned(),
                    "Plain http targets are not allowed; use https.",
                );
                return None;
            }
            other => {
                self.invalid(at.to_owned(), format!("The scheme '{other}' is not https."));
                return None;
            }
        };
        if !url.username().is_empty() || url.password().is_some() {
            self.invalid(at.to_owned(), "A URL must not carry a user or password.");
            return None;
        }
        if url.query().is_some() || url.fragment().is_some() {
            self.invalid(
                at.to_owned(),
                "The URL must not carry a query or a fragment.",
            );
            return None;
        }
        let allow = &self.source.settings.outgoing.allow;
        let (host, public) = match url.host()? {
            Host::Domain("localhost") => (
                "localhost".to_owned(),
                may_call(allow, std::net::Ipv4Addr::LOCALHOST.into()),
            ),
            Host::Domain(name) => (name.to_owned(), true),
            Host::Ipv4(address) => (address.to_string(), may_call(allow, address.into())),
            Host::Ipv6(address) => (address.to_string(), may_call(allow, address.into())),
        };
        if !public {
            let message = format!(
                "'{host}' is not a public address; list its range under gateway.outgoing.allow \
                 to let the gate call it."
            );
            self.invalid(at.to_owned(), message);
            return None;
        }
        let port = url.port_or_known_default()?;
        let path = url.path().trim_end_matches('/');
        Some(Endpoint {
            tls,
            host: Arc::from(host),
            port,
            path: Arc::from(path),
        })
    }

    fn route(&mut self, route: &Route, accounts: &[Account<'_>]) {
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
    fn listed_models(&mut self, account: &Account<'_>) {
        let owner = account.document.tenant_id.as_ref();
        for model in &account.document.models {
            self.serve(owner, model.as_str(), Arc::clone(&account.entry), None);
        }
    }

    /// Registers a pattern; false when the owner has it already.
    fn serve(
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

    fn directory(&mut self, owner: Option<&TenantId>) -> &mut Directory {
        match owner {
            Some(tenant) => self.snapshot.own.entry(tenant.clone()).or_default(),
            None => &mut self.snapshot.platform,
        }
    }

    fn server(&mut self, server: &McpServer) {
        let at = format!("/mcp_server/{}", server.server_id);
        self.known_tenant(&at, server.tenant_id.as_ref());
        if !is_slug(server.server_id.as_str()) {
            self.invalid(format!("{at}/serverId"), SLUG_RULE);
        }
        if server.transport != Transport::Http {
            self.unbuilt(format!("{at}/transport"), "Any transport but HTTP");
            return;
        }
        let Some(endpoint) = self.endpoint(&format!("{at}/url"), &server.url) else {
            return;
        };
        let entry = ServerEntry {
            slug: server.server_id.clone(),
            name: server.name.clone(),
            endpoint,
            credential: server.credential.clone(),
            status: server.status,
            sensitivity: server.sensitivity,
        };
        let directory = self.directory(server.tenant_id.as_ref());
        if directory
            .servers
            .insert(server.server_id.clone(), Arc::new(entry))
            .is_some()
        {
            self.fault(
                at,
                Code::McpServerDuplicate,
                "Another server of this tenant has this id.",
            );
        }
    }

    fn sort_prefixes(&mut self) {
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

const SLUG_RULE: &str = "An id is 1 to 63 lower-case letters, digits, '-', '_' or '.', starting with a letter or digit.";
const PATTERN_RULE: &str =
    "A model pattern is a model's name, or its beginning followed by one '*' at the end.";

fn is_slug(text: &str) -> bool {
    let ok = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    text.len() <= 63
        && text.bytes().next().is_some_and(ok)
        && text
            .bytes()
            .all(|byte| ok(byte) || matches!(byte, b'-' | b'_' | b'.'))
}

fn is_pattern(text: &str) -> bool {
    let name = text.strip_suffix('*').unwrap_or(text);
    !text.is_empty()
        && text.len() <= 256
        && !name.contains('*')
        && !name
            .chars()
            .any(|letter| letter.is_control() || letter.is_whitespace())
}

fn is_header(name: &str, value: &str) -> bool {
    const OURS: [&str; 7] = [
        "host",
        "content-length",
        "transfer-encoding",
        "connection",
        "upgrade",
        "te",
        "trailer",
    ];
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty()
        && name.bytes().all(token)
        && !OURS.contains(&name.to_ascii_lowercase().as_str())
        && value
            .bytes()
            .all(|byte| byte == b'\t' || (32..127).contains(&byte))
}

#[cfg(test)]
mod tests;

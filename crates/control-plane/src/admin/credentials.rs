//! Credentials: provider accounts, whose secret goes in and never comes out.

use std::collections::BTreeMap;
use std::sync::Arc;

use decide::source::{Credential, MockBehaviour, Provider, ResourceKind};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use terms::{
    Code, CredentialName, EventType, Fault, Faults, ModelName, ResourceId, SecretString, TenantId,
    Timestamp, new_id,
};
use utoipa::ToSchema;

use super::references::REFERENCE;
use super::tenants::{named, no_randomness};
use super::{Checks, Edit, Precondition, existing, input, object, secret};
use crate::store::document::Document;
use crate::store::draft::Draft;
use crate::store::state::{Record, one};

/// Stands for a header's value that is not shown. Sent back, it means: as it is.
const MASK: &str = "********";

/// Headers whose values are not shown: by what their names say of them.
const SECRET_WORDS: [&str; 6] = ["auth", "key", "token", "secret", "cookie", "password"];

fn shown(headers: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let masked = headers.iter().map(|(name, value)| {
        let lower = name.to_ascii_lowercase();
        let secret = SECRET_WORDS.iter().any(|word| lower.contains(word));
        let value = if secret { MASK } else { value };
        (name.clone(), value.to_owned())
    });
    masked.collect()
}

/// The headers with the masked ones as they are in `known`.
fn unmasked(
    checks: &mut Checks,
    headers: BTreeMap<String, String>,
    known: &BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    let value_of = |(name, value): (String, String)| {
        if value != MASK {
            return Some((name, value));
        }
        let before = known.get(&name).cloned();
        if before.is_none() {
            let message = "The value of this header is not known; give it.";
            let at = format!("/headers{}", input::pointer(std::slice::from_ref(&name)));
            checks.add(Fault::new(Code::ValidationError, message).at(at));
        }
        before.map(|value| (name, value))
    };
    headers.into_iter().filter_map(value_of).collect()
}

/// How the built-in provider behaves.
#[derive(Clone, Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub struct Mock {
    /// Time before the answer starts, in milliseconds.
    pub latency_ms: Option<u64>,
    /// Time between two chunks of a stream, in milliseconds.
    pub token_delay_ms: Option<u64>,
    /// The share of calls that fail with 500, from 0 to 1.
    pub error_rate: Option<f64>,
}

/// A credential as it is written.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CredentialInput {
    /// Whose it is; absent: the platform's, for every tenant.
    pub tenant_id: Option<String>,
    /// What routes refer to.
    #[schema(example = "openai-main")]
    pub name: Option<String>,
    /// `openai`, `openai-compatible` or `mock`, in this build.
    #[schema(value_type = Option<String>, example = "openai-compatible")]
    pub provider: Option<Provider>,
    /// What the vendor's own SDK takes.
    #[schema(example = "https://llm.example.com/v1")]
    pub base_url: Option<String>,
    /// The provider's key. Write-only.
    #[schema(value_type = Option<String>, write_only)]
    pub api_key: Option<SecretString>,
    /// Where the provider's key is: `env://NAME` or `file:///path`, read by the control plane.
    pub credential_ref: Option<String>,
    /// Where the provider's data stays.
    pub region: Option<String>,
    /// Headers to add to each call.
    pub headers: Option<BTreeMap<String, String>>,
    /// Not in this build.
    #[schema(value_type = Option<Object>)]
    pub tls: Option<Value>,
    /// The models that it serves without a route.
    pub models: Option<Vec<String>>,
    /// For provider `mock`.
    #[schema(value_type = Option<Mock>)]
    pub mock: Option<MockBehaviour>,
}

/// A credential as it is read.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CredentialView {
    /// `cred_…`
    pub id: String,
    /// Whose it is; null: the platform's.
    pub tenant_id: Option<String>,
    /// What routes refer to.
    pub name: String,
    /// Which dialect it speaks.
    #[schema(value_type = String)]
    pub provider: Provider,
    /// What the vendor's own SDK takes.
    pub base_url: Option<String>,
    /// Whether it has a key.
    pub api_key_set: bool,
    /// Where the key comes from.
    pub credential_ref: Option<String>,
    /// Where the provider's data stays.
    pub region: Option<String>,
    /// Headers to add to each call; what looks like a secret is masked.
    pub headers: BTreeMap<String, String>,
    /// The models that it serves without a route.
    pub models: Vec<String>,
    /// For provider `mock`.
    #[schema(value_type = Option<Mock>)]
    pub mock: Option<MockBehaviour>,
    /// RFC 3339.
    #[schema(value_type = String)]
    pub created_at: Timestamp,
    /// RFC 3339.
    #[schema(value_type = String)]
    pub updated_at: Timestamp,
    /// Counts its changes.
    pub version: i64,
}

/// A record as a credential.
pub fn view(record: &Record) -> Option<CredentialView> {
    let Document::Credential(it) = &record.document else {
        return None;
    };
    Some(CredentialView {
        id: it.id.to_string(),
        tenant_id: it.tenant_id.as_ref().map(ToString::to_string),
        name: it.name.to_string(),
        provider: it.provider,
        base_url: it.base_url.clone(),
        api_key_set: it.api_key.is_some(),
        credential_ref: record.note(REFERENCE).map(str::to_owned),
        region: it.region.clone(),
        headers: shown(&it.headers),
        models: it.models.iter().map(ToString::to_string).collect(),
        mock: it.mock.clone(),
        created_at: record.created_at,
        updated_at: record.updated_at,
        version: record.version,
    })
}

/// A secret with where it came from.
type Sourced = Option<(SecretString, Option<String>)>;

fn document(
    id: &ResourceId,
    input: CredentialInput,
    (kept, known): (Sourced, &BTreeMap<String, String>),
) -> Result<(Credential, Map<String, Value>), Faults> {
    let mut checks = Checks::default();
    let name = checks.need("name", input.name);
    if input.tls.is_some() {
        let message = "Client certificates for providers are not in this build; leave 'tls' out.";
        checks.add(Fault::new(Code::NotInThisBuild, message).at("/tls"));
    }
    if input.provider.is_none() {
        checks.add(input::missing("provider"));
    }
    let fields = ("apiKey", REFERENCE);
    let given = secret(&mut checks, input.api_key, input.credential_ref, fields);
    let headers = unmasked(&mut checks, input.headers.unwrap_or_default(), known);
    checks.done()?;
    let (api_key, reference) = match given.or(kept) {
        Some((secret, reference)) => (Some(secret), reference),
        None => (None, None),
    };
    let extra = reference
        .map(|reference| (REFERENCE.to_owned(), Value::from(reference)))
        .into_iter()
        .collect();
    let document = Credential {
        id: id.clone(),
        tenant_id: input.tenant_id.map(TenantId::from),
        name: CredentialName::from(name),
        provider: input.provider.unwrap_or(Provider::Mock),
        base_url: input.base_url,
        api_key,
        region: input.region,
        headers,
        models: input
            .models
            .unwrap_or_default()
            .into_iter()
            .map(ModelName::from)
            .collect(),
        mock: input.mock,
    };
    Ok((document, extra))
}

/// Makes a credential.
///
/// # Errors
/// `credential_duplicate` when the owner has one of this name, or the faults of the input.
pub fn create(draft: &mut Draft<'_>, input: CredentialInput) -> Result<Arc<Record>, Faults> {
    let id =
        new_id(CredentialName::PREFIX, draft.now()).map_err(|error| one(no_randomness(&error)))?;
    create_as(draft, &id, input)
}

/// Makes a credential with a known id.
///
/// # Errors
/// Those of [`create`].
pub fn create_as(
    draft: &mut Draft<'_>,
    id: &str,
    input: CredentialInput,
) -> Result<Arc<Record>, Faults> {
    let (document, extra) = document(&ResourceId::from(id), input, (None, &BTreeMap::new()))?;
    if named_so(draft, &document).is_some() {
        let message = format!("There is a credential '{}' already.", document.name);
        return Err(one(
            Fault::new(Code::CredentialDuplicate, message).at("/name")
        ));
    }
    let document = Document::Credential(Box::new(document));
    let (record, _) = draft.put(document, extra, EventType::CredentialCreated)?;
    Ok(record)
}

/// The credential of the same owner with the same name.
fn named_so(draft: &Draft<'_>, wanted: &Credential) -> Option<Arc<Record>> {
    find(
        draft,
        wanted.tenant_id.as_ref().map(|it| it.as_str()),
        wanted.name.as_str(),
    )
}

/// The credential of this owner with this name.
pub fn find(draft: &Draft<'_>, tenant: Option<&str>, name: &str) -> Option<Arc<Record>> {
    draft
        .of(ResourceKind::Credential)
        .into_iter()
        .find(|record| {
            matches!(&record.document, Document::Credential(it) if it.name.as_str() == name)
                && record.document.tenant() == tenant
        })
}

fn known(draft: &Draft<'_>, id: &str) -> Result<(Arc<Record>, Credential), Faults> {
    let record = existing(draft, ResourceKind::Credential, id)?;
    match &record.document {
        Document::Credential(it) => {
            let it = it.as_ref().clone();
            Ok((record, it))
        }
        _ => Err(one(super::not_found(ResourceKind::Credential, id))),
    }
}

/// Changes a credential.
///
/// # Errors
/// `provider_credential_not_found`, `precondition_failed`, or the faults of the body.
pub fn update(draft: &mut Draft<'_>, id: &str, edit: Edit) -> Result<Arc<Record>, Faults> {
    let (record, current) = known(draft, id)?;
    edit.precondition.check(&record)?;
    let removed = |field: &str| edit.body.get(field) == Some(&Value::Null);
    let kept = if removed("apiKey") || (removed(REFERENCE) && record.note(REFERENCE).is_some()) {
        None
    } else {
        let reference = record.note(REFERENCE).map(str::to_owned);
        current.api_key.clone().map(|secret| (secret, reference))
    };
    let read = view(&record).map(|it| object(&it)).unwrap_or_default();
    let mut writable = object(&current);
    for name in ["id", "tenantId", "apiKey"] {
        writable.remove(name);
    }
    let mut body = edit.onto(writable, &read, &["id", "tenantId"])?;
    // A reference that is sent back as it was read is no new secret.
    if body.get(REFERENCE).and_then(Value::as_str) == record.note(REFERENCE) && kept.is_some() {
        body.remove(REFERENCE);
    }
    let mut input: CredentialInput = input::read(body)?;
    input.tenant_id = current.tenant_id.as_ref().map(ToString::to_string);
    let (document, extra) = document(&current.id, input, (kept, &current.headers))?;
    let document = Document::Credential(Box::new(document));
    let (record, _) = draft.put(document, extra, EventType::CredentialUpdated)?;
    Ok(record)
}

/// Removes a credential.
///
/// # Errors
/// `conflict`, naming the routes that use it; `provider_credential_not_found`.
pub fn delete(draft: &mut Draft<'_>, id: &str, precondition: &Precondition) -> Result<(), Faults> {
    let (record, credential) = known(draft, id)?;
    precondition.check(&record)?;
    let users: Vec<String> = draft
        .of(ResourceKind::Route)
        .iter()
        .filter(|route| uses(draft, route, &credential))
        .map(|route| super::label(&route.document))
        .collect();
    if !users.is_empty() {
        let message = format!(
            "Credential '{}' is still used by {}.",
            credential.name,
            named(&users)
        );
        return Err(one(Fault::new(Code::Conflict, message)));
    }
    draft.remove(&record, EventType::CredentialDeleted, Map::new());
    Ok(())
}

/// True when the route leads to this credential: a tenant's own goes before the platform's.
fn uses(draft: &Draft<'_>, route: &Record, credential: &Credential) -> bool {
    let Document::Route(document) = &route.document else {
        return false;
    };
    let owner = document.tenant_id.as_ref();
    let names_it = document
        .providers
        .iter()
        .any(|provider| provider.provider == credential.name);
    let own = || find(draft, owner.map(|it| it.as_str()), credential.name.as_str());
    names_it
        && match &credential.tenant_id {
            Some(tenant) => owner == Some(tenant),
            None => owner.is_none() || own().is_none(),
        }
}

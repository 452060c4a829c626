//! What the first start of `gatehouse up` makes: a tenant with a key, a provider, a tool server.

use anyhow::{Context as _, anyhow};
use control_plane::admin::Admin;
use control_plane::admin::credentials::CredentialInput;
use control_plane::admin::keys::KeyInput;
use control_plane::admin::servers::ServerInput;
use control_plane::admin::tenants::TenantInput;
use control_plane::caller::Caller;
use decide::limit::Rule;
use decide::source::{Provider, Transport};
use terms::{Faults, Role, SecretString};

use super::home::Home;

/// The demo tenant.
pub const TENANT: &str = "demo";
const KEY_FILE: &str = "demo-key";
const REQUESTS_PER_MINUTE: u32 = 6_000;

/// Those of the built-in provider that are listed, and all others by their prefix.
const MODELS: [&str; 9] = [
    "mock-gpt",
    "mock-embedding",
    "mock-error-400",
    "mock-error-429",
    "mock-error-500",
    "mock-timeout",
    "mock-cut",
    "mock-garbage",
    "mock-*",
];

/// Makes what is missing, and gives the demo's key. `tools` is where the tool server is today.
///
/// # Errors
/// When the control plane refuses, or the key can't be kept.
pub async fn ensure(admin: &Admin, home: &Home, tools: String) -> anyhow::Result<SecretString> {
    let caller = Caller::within("up");
    let tenant = TenantInput {
        id: Some(TENANT.to_owned()),
        name: Some("Demo".to_owned()),
        ..TenantInput::default()
    };
    admin
        .ensure_tenant(&caller, tenant)
        .await
        .map_err(refused)?;
    let provider = CredentialInput {
        tenant_id: Some(TENANT.to_owned()),
        name: Some("mock".to_owned()),
        provider: Some(Provider::Mock),
        models: Some(MODELS.map(str::to_owned).to_vec()),
        ..CredentialInput::default()
    };
    admin
        .ensure_credential(&caller, provider)
        .await
        .map_err(refused)?;
    let server = ServerInput {
        tenant_id: Some(TENANT.to_owned()),
        server_id: Some("demo".to_owned()),
        name: Some("Demo tools".to_owned()),
        transport: Some(Transport::Http),
        url: Some(tools),
        ..ServerInput::default()
    };
    admin
        .ensure_server(&caller, server)
        .await
        .map_err(refused)?;
    key(admin, &caller, home).await
}

/// The key whose text is kept here. A key without a kept text is no use to anybody: then another
/// one is made.
async fn key(admin: &Admin, caller: &Caller, home: &Home) -> anyhow::Result<SecretString> {
    let input = KeyInput {
        name: Some("demo".to_owned()),
        owner: Some("demo".to_owned()),
        role: Some(Role::Developer),
        rate_limit: Some(Rule {
            requests_per_minute: REQUESTS_PER_MINUTE,
            burst: None,
            tokens_per_minute: None,
        }),
        ..KeyInput::default()
    };
    let kept = home.kept_secret(KEY_FILE)?;
    let made = admin.ensure_key(caller, TENANT, input.clone()).await;
    let (_, made) = made.map_err(refused)?;
    let text = match (made, kept) {
        (None, Some(kept)) => return Ok(kept),
        (Some(made), _) => made,
        (None, None) => {
            let made = admin.create_key(caller, TENANT, input).await;
            made.map_err(refused)?.1
        }
    };
    // Exposed to the file that its owner alone may read.
    home.keep_secret(KEY_FILE, text.expose())
        .context("the demo's key can't be kept")?;
    Ok(text)
}

fn refused(faults: Faults) -> anyhow::Error {
    anyhow!("the demo can't be made: {faults}")
}

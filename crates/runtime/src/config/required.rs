//! What a role can't do without, in production: all of it is named at once.

use terms::SecretString;

use super::fault::ConfigFault;
use super::governing::EXAMPLE_HMAC_SECRET;
use super::place::Origin;
use super::reader::Reader;
use super::{Config, Profile};

const MIN_HMAC_SECRET_BYTES: usize = 32;

/// Adds a fault for everything that `config.profile` needs and does not have.
pub(super) fn check(config: &Config, reader: &mut Reader<'_>) {
    // A faulty setting is reported once, not also as missing.
    let faulty: Vec<String> = reader.faults.iter().map(|it| it.setting.clone()).collect();
    let mut need = |setting: &'static str, stands: bool, message: &str, help: &str| {
        if !stands && !faulty.iter().any(|it| it == setting) {
            let fault = ConfigFault::invalid(setting, Origin::Default, message).help(help);
            reader.faults.push(fault);
        }
    };
    let node = &config.node;
    let storage = &config.storage;
    if matches!(config.profile, Profile::Gateway | Profile::McpProxy) {
        need(
            "node.name",
            node.name.is_some(),
            "a data plane needs its name: the one that its certificate was made for",
            "set it in the file, or GATEWAY_NODE_NAME",
        );
        need(
            "node.control-plane",
            node.control_plane.is_some(),
            "a data plane needs the control plane's address",
            "such as https://control-plane:8091, in the file or as GATEWAY_CONTROL_PLANE",
        );
        need(
            "node.data-dir",
            node.data_dir.is_some(),
            "a folder to keep state in is needed",
            "set it in the file, or GATEWAY_DATA_DIR",
        );
    }
    if matches!(
        config.profile,
        Profile::Gateway | Profile::McpProxy | Profile::ControlPlane
    ) {
        need(
            "node.certs-dir",
            node.certs_dir.is_some(),
            "the planes speak mTLS: the folder of the certificates is needed",
            "make one with 'gatehouse certs --out DIR', and set GATEWAY_CERTS_DIR",
        );
    }
    if config.profile == Profile::ControlPlane {
        need(
            "storage.url",
            storage.url.is_some(),
            "the control plane needs its database",
            "set DATABASE_URL, such as postgresql://gatehouse@db:5432/gatehouse",
        );
        need(
            "storage.master-key",
            storage.master_key.is_some(),
            "provider keys are encrypted at rest: the master key is needed",
            "make one with 'openssl rand -hex 32', and set GATEWAY_MASTER_KEY",
        );
        need(
            "gateway.audit.hmac-secret",
            config.hmac_secret.is_some(),
            "the audit log is signed: the secret is needed",
            "make one with 'openssl rand -base64 32', and set GATEWAY_AUDIT_HMAC_SECRET",
        );
        own_tokens(config, reader);
    }
    if config.profile != Profile::Up
        && let Some(secret) = &config.hmac_secret
    {
        hmac_secret(secret, reader);
    }
    let forwards = matches!(config.profile, Profile::Gateway if config.listeners.gateway.forward_admin)
        || matches!(config.profile, Profile::McpProxy if config.listeners.mcp.forward_admin);
    if forwards && node.control_plane_rest.is_none() {
        let message = "forward-admin is on: the control plane's REST address is needed";
        let fault = ConfigFault::invalid("node.control-plane-rest", Origin::Default, message)
            .help("such as http://control-plane:8090");
        reader.faults.push(fault);
    }
}

/// Tokens of the gateway's own need a key that signs them, and somebody who shows others first.
fn own_tokens(config: &Config, reader: &mut Reader<'_>) {
    let key = config.own_tokens.signing_key.is_some();
    let nobody = config.governing.issuers.is_empty() && config.security.oidc.is_none();
    let refresh = "authentication.jwt.refresh_tokens.enabled";
    let signing = "authentication.jwt.signing_key_path";
    let asked = config.own_tokens.refresh && reader.origin_of(refresh) != Origin::Default;
    let (setting, message, help) = if asked && !key {
        (
            refresh,
            "refresh tokens are on, and no key signs what they are exchanged for",
            "set JWT_SIGNING_KEY_PATH to a private key, or leave refresh tokens out",
        )
    } else if key && nobody {
        (
            signing,
            "a key signs the gateway's own tokens, and nobody's tokens are exchanged for them",
            "name whose: authentication.jwt or gateway.security.oidc; or leave the key out",
        )
    } else {
        return;
    };
    if reader.faults.is_empty() {
        let fault = ConfigFault::invalid(setting, reader.origin_of(setting), message).help(help);
        reader.faults.push(fault);
    }
}

fn hmac_secret(secret: &SecretString, reader: &mut Reader<'_>) {
    let setting = "gateway.audit.hmac-secret";
    let message = if secret.expose() == EXAMPLE_HMAC_SECRET {
        "this is the secret of the examples: whoever knows it can forge the audit log"
    } else if secret.expose().len() < MIN_HMAC_SECRET_BYTES {
        "the secret is shorter than 32 bytes"
    } else {
        return;
    };
    let origin = reader.origin_of(setting);
    let fault = ConfigFault::invalid(setting, origin, message)
        .help("make one with 'openssl rand -base64 32'");
    reader.faults.push(fault);
}

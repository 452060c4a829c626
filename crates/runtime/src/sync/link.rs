//! The connection to the control plane: gRPC over mutual TLS.

use std::path::Path;
use std::time::Duration;

use ed25519_dalek::VerifyingKey;
use ed25519_dalek::pkcs8::DecodePublicKey;
use terms::SecretBytes;
use tonic::transport::{Certificate, Channel, ClientTlsConfig, Endpoint, Identity};

/// What a data plane proves itself with, and whom it trusts: the files of `gatehouse certs`.
pub struct LinkFiles {
    ca: String,
    cert: String,
    key: SecretBytes,
    signer: VerifyingKey,
}

impl LinkFiles {
    /// Reads `ca.pem`, `{node}.pem`, `{node}.key` and `config-signing.pub` of `dir`.
    ///
    /// # Errors
    /// A sentence that names the file and what is wrong with it.
    pub fn read(dir: &Path, node: &str) -> Result<Self, String> {
        let text = |name: String| {
            let path = dir.join(name);
            std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
        };
        let signer = text("config-signing.pub".to_owned())?;
        let signer = VerifyingKey::from_public_key_pem(&signer)
            .map_err(|error| format!("{}: {error}", dir.join("config-signing.pub").display()))?;
        Ok(Self {
            ca: text("ca.pem".to_owned())?,
            cert: text(format!("{node}.pem"))?,
            key: SecretBytes::new(text(format!("{node}.key"))?.into_bytes()),
            signer,
        })
    }

    /// The key that signs configurations.
    pub fn signer(&self) -> VerifyingKey {
        self.signer
    }

    /// The data plane's private key: what the configuration on its disk is encrypted under.
    pub fn secret(&self) -> &SecretBytes {
        &self.key
    }
}

/// Where the control plane is, and who this data plane is.
pub struct ControlPlane {
    endpoint: Endpoint,
    /// This data plane's name: its certificate's.
    pub node: String,
    /// `gateway` or `mcp-proxy`.
    pub role: &'static str,
    /// Where it listens, for people.
    pub address: String,
}

impl ControlPlane {
    /// At `url` (`https://host:8091`), as `node`.
    ///
    /// # Errors
    /// A sentence, when the URL or the files don't do.
    pub fn new(
        url: &str,
        files: &LinkFiles,
        node: &str,
        role: &'static str,
        address: String,
    ) -> Result<Self, String> {
        let tls = ClientTlsConfig::new()
            .ca_certificate(Certificate::from_pem(&files.ca))
            .identity(Identity::from_pem(&files.cert, files.key.expose()))
            .domain_name("control-plane");
        let endpoint = Endpoint::from_shared(url.to_owned())
            .and_then(|endpoint| endpoint.tls_config(tls))
            .map_err(|error| format!("{url}: {error:?}"))?
            .connect_timeout(Duration::from_secs(5))
            // A dead peer is noticed within 15 s.
            .http2_keep_alive_interval(Duration::from_secs(5))
            .keep_alive_timeout(Duration::from_secs(8))
            .keep_alive_while_idle(true)
            .tcp_nodelay(true);
        Ok(Self {
            endpoint,
            node: node.to_owned(),
            role,
            address,
        })
    }

    /// Connects.
    ///
    /// # Errors
    /// When the control plane can't be reached or does not prove itself.
    pub(super) async fn connect(&self) -> Result<Channel, tonic::transport::Error> {
        self.endpoint.connect().await
    }
}

/// Waiting times between attempts: full jitter between 0.2 s and a bound that doubles to 30 s.
#[derive(Debug, Default)]
pub(super) struct Backoff {
    failures: u32,
}

impl Backoff {
    /// The time to wait before the next attempt.
    pub(super) fn next(&mut self) -> Duration {
        use rand::RngExt;
        const FLOOR: f64 = 0.2;
        const CEILING: f64 = 30.0;
        let bound = (FLOOR * f64::from(2u32.saturating_pow(self.failures.min(16)))).min(CEILING);
        self.failures = self.failures.saturating_add(1);
        let jitter: f64 = rand::rng().random();
        Duration::from_secs_f64((bound * jitter).max(FLOOR))
    }

    /// An attempt succeeded.
    pub(super) fn reset(&mut self) {
        self.failures = 0;
    }
}

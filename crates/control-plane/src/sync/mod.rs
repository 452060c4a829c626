//! The configuration stream's server: mutual TLS, one session per data plane.

pub mod fleet;
pub mod herald;
mod peer;
mod push;
mod session;

use std::path::Path;
use std::time::Duration;

use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::DecodePrivateKey as _;
use futures::stream::{BoxStream, PollNext, StreamExt as _, select_with_strategy};
use terms::{Code, Fault};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::transport::{Certificate, Identity, ServerTlsConfig};
use tonic::{Request, Response, Status, Streaming};
use wire::sync::config_sync_server::ConfigSync;
use wire::sync::{DownFrame, UpFrame, up_frame};

pub use peer::peer_name;
pub use push::Seal;
pub use session::Hub;
use session::{Lanes, Session};

/// How long a data plane may take to say hello.
const HELLO: Duration = Duration::from_secs(10);

/// The service behind `ConfigSync`.
#[derive(Debug)]
pub struct SyncService(Hub);

impl SyncService {
    /// Serves what `hub` holds.
    pub fn new(hub: Hub) -> Self {
        Self(hub)
    }
}

#[tonic::async_trait]
impl ConfigSync for SyncService {
    type SyncStream = BoxStream<'static, Result<DownFrame, Status>>;

    async fn sync(
        &self,
        request: Request<Streaming<UpFrame>>,
    ) -> Result<Response<Self::SyncStream>, Status> {
        let name = peer_name(&request)?;
        let mut up = request.into_inner();
        let first = tokio::time::timeout(HELLO, up.message())
            .await
            .map_err(|_| Status::deadline_exceeded("no hello came"))??;
        let Some(up_frame::Frame::Hello(hello)) = first.and_then(|it| it.frame) else {
            return Err(Status::invalid_argument("the first frame must be a hello"));
        };
        if hello.node != name {
            let message = format!(
                "the certificate is of '{name}', the hello of '{}'",
                hello.node
            );
            return Err(Status::permission_denied(message));
        }
        let (urgent, urgent_out) = mpsc::channel(64);
        let (pushes, pushes_out) = mpsc::channel(4);
        let session = Session::new(self.0.clone(), &hello, Lanes { urgent, pushes });
        tokio::spawn(session.run(up));
        let first_lane_first = |_: &mut ()| PollNext::Left;
        let stream = select_with_strategy(
            ReceiverStream::new(urgent_out),
            ReceiverStream::new(pushes_out),
            first_lane_first,
        );
        Ok(Response::new(stream.boxed()))
    }
}

/// The control plane's side of mutual TLS, from its folder of certificates.
///
/// # Errors
/// `validation_error` when a file is missing.
pub fn tls(certificates: &Path) -> Result<ServerTlsConfig, Fault> {
    let read = |name: &str| read(certificates, name);
    Ok(ServerTlsConfig::new()
        .identity(Identity::from_pem(
            read("control-plane.pem")?,
            read("control-plane.key")?,
        ))
        .client_ca_root(Certificate::from_pem(read("ca.pem")?)))
}

/// The key that signs configurations, from the same folder.
///
/// # Errors
/// `validation_error` when it is missing or no Ed25519 key.
pub fn seal(certificates: &Path) -> Result<Seal, Fault> {
    let name = runtime::certs::SIGNING_KEY;
    let pem = String::from_utf8(read(certificates, name)?).unwrap_or_default();
    let key = SigningKey::from_pkcs8_pem(&pem).map_err(|error| {
        let message = format!("{name} holds no Ed25519 key in PKCS#8.");
        Fault::new(Code::ValidationError, message).detail(error.to_string())
    })?;
    Ok(Seal::new(key))
}

fn read(folder: &Path, name: &str) -> Result<Vec<u8>, Fault> {
    let path = folder.join(name);
    std::fs::read(&path).map_err(|error| {
        let message = format!("{} can't be read: {error}.", path.display());
        Fault::new(Code::ValidationError, message)
            .detail("`gatehouse certs DIR` makes the certificates")
    })
}

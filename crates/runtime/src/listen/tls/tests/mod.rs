//! Client certificates against a real listener.

mod authority;
mod handshake;
mod names;
mod reload;
mod revocation;
mod suites;
mod version1;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, SignatureScheme};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_util::sync::{CancellationToken, DropGuard};

use super::*;
use crate::clock;
use crate::http::Exchange;
use crate::listen::{Listener, ListenerOptions, Serve};
use authority::{Authority, Client, DAY, Files, ListServer, Says};

type Stream = tokio_rustls::client::TlsStream<TcpStream>;

/// A room that says what it knows of who calls.
struct Who;

impl Serve for Who {
    async fn serve(&self, exchange: &mut Exchange) {
        let shown = exchange.peer().certificate.as_ref();
        let text = shown.map_or_else(
            || "nobody.".to_owned(),
            |it| {
                let facts = it.facts(clock::now());
                format!(
                    "{} revoked={} unchecked={}.",
                    facts.subject, facts.revoked, facts.unchecked
                )
            },
        );
        let _ = exchange.respond(200, &[], text.into()).await;
    }
}

struct Door {
    address: SocketAddr,
    tls: Arc<ListenerTls>,
    _stop: DropGuard,
}

/// A listener that has its first revocation list, where it asks for one.
async fn open(settings: Tls) -> Door {
    let tls = Arc::new(ListenerTls::open(settings).unwrap());
    let mut options = ListenerOptions::new("127.0.0.1:0".parse().unwrap());
    options.tls = Some(Arc::clone(&tls));
    let listener = Listener::bind(options).unwrap();
    let address = listener.local();
    let stop = CancellationToken::new();
    tls.keep_fresh(&stop).await;
    tokio::spawn(listener.run(Arc::new(Who), stop.clone()));
    Door {
        address,
        tls,
        _stop: stop.drop_guard(),
    }
}

/// The server is a stranger here: these tests are about its clients.
#[derive(Debug)]
struct AnyServer;

impl ServerCertVerifier for AnyServer {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        let provider = rustls::crypto::ring::default_provider();
        provider
            .signature_verification_algorithms
            .supported_schemes()
    }
}

const VERSIONS: [&rustls::SupportedProtocolVersion; 2] = [&version::TLS13, &version::TLS12];

fn client_config(
    client: Option<&Client>,
    versions: &[&'static rustls::SupportedProtocolVersion],
) -> Arc<ClientConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(versions)
        .unwrap()
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(AnyServer));
    Arc::new(match client {
        // Shown as it is: the library would not show what does not fit.
        Some(it) => {
            let provider = rustls::crypto::ring::default_provider();
            let key = provider.key_provider.load_private_key(it.key()).unwrap();
            let own = CertifiedKey::new(it.chain.clone(), key);
            builder.with_client_cert_resolver(Arc::new(SingleCertAndKey::from(own)))
        }
        None => builder.with_no_client_auth(),
    })
}

async fn connect(door: &Door, config: Arc<ClientConfig>) -> io::Result<Stream> {
    let name = ServerName::try_from("localhost").unwrap();
    let stream = TcpStream::connect(door.address).await?;
    tokio_rustls::TlsConnector::from(config)
        .connect(name, stream)
        .await
}

/// Asks on a connection that is open.
async fn ask(stream: &mut Stream) -> io::Result<String> {
    let whole = async {
        stream
            .write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            .await?;
        let mut answer = Vec::new();
        loop {
            let mut piece = [0; 4096];
            let count = stream.read(&mut piece).await?;
            if count == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            answer.extend_from_slice(&piece[..count]);
            let text = String::from_utf8_lossy(&answer);
            if let Some((_, body)) = text.split_once("\r\n\r\n")
                && body.ends_with('.')
            {
                return Ok(body.to_owned());
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(20), whole)
        .await
        .unwrap()
}

/// Connects and asks once. In TLS 1.3 a refusal arrives with the first read.
async fn enter_with(door: &Door, config: Arc<ClientConfig>) -> Result<String, String> {
    let tried = async {
        let mut stream = connect(door, config).await?;
        ask(&mut stream).await
    };
    tried.await.map_err(|error| error.to_string())
}

async fn enter(door: &Door, client: Option<&Client>) -> Result<String, String> {
    enter_with(door, client_config(client, &VERSIONS)).await
}

/// Waits until `true`; what must happen happens within seconds.
async fn eventually<F: Future<Output = bool>>(mut check: impl FnMut() -> F) {
    let whole = async {
        while !check().await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), whole)
        .await
        .expect("it did not happen");
}

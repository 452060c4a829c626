//! An authority with what it issues, a server of revocation lists, and a listener before them.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, DnType,
    ExtendedKeyUsagePurpose, IsCa, Issuer, KeyIdMethod, KeyPair, KeyUsagePurpose,
    RevokedCertParams, SerialNumber,
};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use url::Url;

use crate::config::{Tls, TlsClients, TlsVersion};

pub const DAY: i64 = 86_400;

/// So many seconds from now, as certificates hold it.
macro_rules! from_now {
    ($seconds:expr) => {{
        let at = crate::clock::now().unix_seconds() + $seconds;
        rcgen::date_time_ymd(1970, 1, 1) + Duration::from_secs(u64::try_from(at).unwrap())
    }};
}

pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

/// A client's certificate and key.
#[derive(Clone)]
pub struct Client {
    /// Its own first.
    pub chain: Vec<CertificateDer<'static>>,
    key: Vec<u8>,
}

impl Client {
    /// From the files that `openssl` writes.
    pub fn read(cert: &Path, key: &Path) -> Self {
        let key = PrivateKeyDer::from_pem_file(key).unwrap();
        Self {
            chain: vec![CertificateDer::from_pem_file(cert).unwrap()],
            key: key.secret_der().to_vec(),
        }
    }

    /// Its certificate.
    pub fn cert(&self) -> &CertificateDer<'static> {
        &self.chain[0]
    }

    pub fn key(&self) -> PrivateKeyDer<'static> {
        PrivatePkcs8KeyDer::from(self.key.clone()).into()
    }
}

impl Authority {
    pub fn new(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let key = KeyPair::generate().unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        let issuer = Issuer::new(params, key);
        Self { issuer, pem }
    }

    /// From the files that `openssl` writes.
    pub fn read(cert: &Path, key: &Path) -> Self {
        let pem = std::fs::read_to_string(cert).unwrap();
        let key = KeyPair::from_pem(&std::fs::read_to_string(key).unwrap()).unwrap();
        let issuer = Issuer::from_ca_cert_pem(&pem, key).unwrap();
        Self { issuer, pem }
    }

    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// A certificate for a client, after `change`.
    pub fn issue(&self, change: impl FnOnce(&mut CertificateParams)) -> Client {
        let mut params = CertificateParams::default();
        params
            .distinguished_name
            .push(DnType::CommonName, "mcp-server-01");
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        params.not_before = from_now!(-DAY);
        params.not_after = from_now!(DAY);
        change(&mut params);
        let key = KeyPair::generate().unwrap();
        let cert = params.signed_by(&key, &self.issuer).unwrap();
        Client {
            chain: vec![cert.der().clone()],
            key: key.serialize_der(),
        }
    }

    /// A certificate with the serial number `serial`.
    pub fn client(&self, serial: u64) -> Client {
        self.issue(|params| params.serial_number = Some(SerialNumber::from(serial)))
    }

    /// A certificate that holds for these seconds from now.
    pub fn client_within(&self, start: i64, end: i64) -> Client {
        self.issue(|params| {
            params.not_before = from_now!(start);
            params.not_after = from_now!(end);
        })
    }

    /// A revocation list that holds for these seconds from now.
    pub fn list(&self, revoked: &[u64], start: i64, end: i64) -> rcgen::CertificateRevocationList {
        let serials = revoked.iter().map(|it| SerialNumber::from(*it));
        self.list_of(serials.collect(), start, end)
    }

    /// As [`Authority::list`], with long serial numbers.
    pub fn list_of(
        &self,
        revoked: Vec<SerialNumber>,
        start: i64,
        end: i64,
    ) -> rcgen::CertificateRevocationList {
        let entry = |serial_number| RevokedCertParams {
            serial_number,
            revocation_time: from_now!(-60),
            reason_code: None,
            invalidity_date: None,
        };
        let params = CertificateRevocationListParams {
            this_update: from_now!(start),
            next_update: from_now!(end),
            crl_number: SerialNumber::from(1),
            issuing_distribution_point: None,
            revoked_certs: revoked.into_iter().map(entry).collect(),
            key_identifier_method: KeyIdMethod::Sha256,
        };
        params.signed_by(&self.issuer).unwrap()
    }
}

/// The files of a listener.
pub struct Files {
    dir: tempfile::TempDir,
}

impl Files {
    /// A server's own certificate, and `bundle` as the authorities of its clients.
    pub fn new(bundle: &Authority) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let files = Self { dir };
        files.new_server_certificate();
        files.put("clients.pem", bundle.pem());
        files
    }

    pub fn put(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn new_server_certificate(&self) {
        let params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        let key = KeyPair::generate().unwrap();
        self.put("server.pem", &params.self_signed(&key).unwrap().pem());
        self.put("server.key", &key.serialize_pem());
    }

    pub fn settings(&self, required: bool, crl: Option<Url>) -> Tls {
        Tls {
            cert: self.path("server.pem"),
            key: self.path("server.key"),
            min_version: TlsVersion::V12,
            cipher_suites: Vec::new(),
            clients: Some(TlsClients {
                ca: self.path("clients.pem"),
                required,
                crl,
            }),
        }
    }
}

/// What the server of lists says.
#[derive(Clone)]
pub enum Says {
    Body(Vec<u8>),
    NotFound,
    Nothing,
}

/// A server of revocation lists.
pub struct ListServer {
    pub url: Url,
    says: Arc<Mutex<Says>>,
}

impl ListServer {
    pub async fn start(says: Says) -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/revoked.crl", socket.local_addr().unwrap());
        let says = Arc::new(Mutex::new(says));
        let shared = Arc::clone(&says);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = socket.accept().await {
                let says = shared.lock().clone();
                tokio::spawn(async move {
                    let mut head = [0; 1024];
                    let _ = stream.read(&mut head).await;
                    let answer = match says {
                        Says::Body(body) => {
                            let head = format!(
                                "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n",
                                body.len()
                            );
                            [head.into_bytes(), body].concat()
                        }
                        Says::NotFound => {
                            b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_vec()
                        }
                        Says::Nothing => return tokio::time::sleep(Duration::from_secs(60)).await,
                    };
                    let _ = stream.write_all(&answer).await;
                });
            }
        });
        Self {
            url: Url::parse(&url).unwrap(),
            says,
        }
    }

    pub fn now_says(&self, says: Says) {
        *self.says.lock() = says;
    }
}

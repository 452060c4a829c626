//! A control plane with everything real around it.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use runtime::config::{KeyMaking, OwnTokens, Security};
use runtime::door::Door;

use decide::settings::{Outgoing, Settings};
use http_body_util::{BodyExt as _, Full};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use terms::{SecretBytes, SecretString};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use crate::testing::{Postgres, sqlite_url};
use crate::{Options, Running, start};

/// Where a control plane keeps things.
pub struct Place {
    pub folder: tempfile::TempDir,
    pub postgres: Option<Postgres>,
}

impl Place {
    pub fn sqlite() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            postgres: None,
        }
    }

    pub fn postgres() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            postgres: Some(Postgres::start()),
        }
    }

    pub fn url(&self) -> String {
        match &self.postgres {
            Some(server) => server.url().to_owned(),
            None => sqlite_url(self.folder.path()),
        }
    }

    pub fn certificates(&self) -> PathBuf {
        let folder = self.folder.path().join("certs");
        let nodes = ["gateway-1".to_owned(), "gateway-2".to_owned()];
        runtime::certs::ensure(&folder, &nodes, runtime::clock::now()).unwrap();
        folder
    }

    /// The folders that hold the database's files.
    pub fn stored_in(&self) -> &Path {
        match &self.postgres {
            Some(server) => server.folder(),
            None => self.folder.path(),
        }
    }
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: http::HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON: {self:?}"))
    }

    pub fn code(&self) -> String {
        let body = self.json();
        // Below /api/v1/, the code stands among the details.
        let code = body["error"]["code"].as_str();
        let code = code.or(body["details"]["reason"].as_str());
        code.unwrap_or_default().to_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |it| it.to_str().unwrap())
    }

    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// The pointers of a refusal's faults.
    pub fn pointers(&self) -> Vec<String> {
        let errors = &self.json()["error"]["errors"];
        let errors = errors.as_array().cloned().unwrap_or_default();
        errors
            .iter()
            .map(|it| it["pointer"].as_str().unwrap_or_default().to_owned())
            .collect()
    }
}

/// A control plane that serves.
pub struct House {
    pub running: Running,
    pub token: String,
    pub stop: CancellationToken,
}

pub const MASTER: [u8; 32] = [7; 32];
pub const AUDIT: &[u8] = b"an audit secret of more than thirty-two bytes";
pub const TOKEN: &str = "a-token-that-the-operator-chose-0123456789";

pub fn settings() -> Settings {
    Settings {
        outgoing: Outgoing {
            allow: vec!["127.0.0.0/8".parse().unwrap()],
            plain_http: true,
            ..Outgoing::default()
        },
        ..Settings::default()
    }
}

/// The administration's listener, as a file says.
pub fn listener(settings: &str) -> runtime::config::Listener {
    let file = (
        "test.yaml".to_owned(),
        format!("listeners:\n  control: {{{settings}}}\n"),
    );
    let env = runtime::config::Env::default();
    let config =
        runtime::config::load_texts(&[file], &env, &[], runtime::config::Profile::Any).unwrap();
    config.listeners.control
}

pub async fn options(place: &Place) -> Options {
    let listener = listener("address: 127.0.0.1:0");
    Options {
        database_url: place.url(),
        rest: Door::bind(&listener, Duration::from_secs(5)).unwrap(),
        listener,
        sync: TcpListener::bind("127.0.0.1:0").await.unwrap(),
        certificates: place.certificates(),
        audit_secret: SecretBytes::new(AUDIT),
        master_key: SecretBytes::new(MASTER),
        security: Security {
            admin_token: Some(SecretString::from(TOKEN)),
            ..Security::default()
        },
        keys: KeyMaking::default(),
        own_tokens: OwnTokens::default(),
        shared: None,
        settings: settings(),
        metrics: Arc::new(|| "# metrics\n".to_owned()),
        drain: Duration::from_secs(10),
        shutdown: CancellationToken::new(),
    }
}

impl House {
    pub async fn build(place: &Place) -> Self {
        Self::build_with(options(place).await).await
    }

    pub async fn build_with(options: Options) -> Self {
        let stop = options.shutdown.clone();
        let running = Box::pin(start(options)).await.unwrap();
        let made = running
            .admin_token
            .as_ref()
            .map(|it| it.expose().to_owned());
        Self {
            token: made.unwrap_or_else(|| TOKEN.to_owned()),
            running,
            stop,
        }
    }

    pub async fn close(self) {
        self.stop.cancel();
        self.running.wait().await.unwrap();
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.call("GET", path, &[], None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.call("POST", path, &[], Some(body)).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.call("PUT", path, &[], Some(body)).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.call("PATCH", path, &[], Some(body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.call("DELETE", path, &[], None).await
    }

    pub async fn call(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> Answer {
        let bearer = format!("Bearer {}", self.token);
        let mut all = vec![("authorization", bearer.as_str())];
        if body.is_some() && !headers.iter().any(|(name, _)| *name == "content-type") {
            all.push(("content-type", "application/json"));
        }
        all.extend_from_slice(headers);
        let text = body.map(|it| it.to_string()).unwrap_or_default();
        self.raw(method, path, &all, text.into_bytes()).await
    }

    /// One request on a connection of its own.
    pub async fn raw(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Answer {
        ask(self.running.rest, method, path, headers, body).await
    }

    /// The audit events of a type, once there are at least `count`.
    pub async fn events(&self, event_type: &str, count: usize) -> Vec<Value> {
        let path = format!("/admin/v1/audit/events?event_type={event_type}&limit=1000");
        let mut found = Vec::new();
        eventually(&format!("{count} events {event_type}"), async || {
            let answer = self.get(&path).await.expect(200).json();
            found = answer["items"].as_array().unwrap().clone();
            found.len() >= count
        })
        .await;
        found
    }
}

/// One request on a connection of its own.
pub async fn ask(
    address: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: Vec<u8>,
) -> Answer {
    let stream = TcpStream::connect(address).await.unwrap();
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
        .await
        .unwrap();
    tokio::spawn(connection);
    let mut request = http::Request::builder()
        .method(method)
        .uri(path)
        .header("host", "control-plane");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Full::new(bytes::Bytes::from(body))).unwrap();
    let response = sender.send_request(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    Answer {
        status: parts.status.as_u16(),
        headers: parts.headers,
        text: String::from_utf8(bytes.to_vec()).unwrap(),
    }
}

/// Waits until `so` is true, at most 20 s.
pub async fn eventually(what: &str, mut so: impl AsyncFnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !so().await {
        assert!(Instant::now() < deadline, "never: {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

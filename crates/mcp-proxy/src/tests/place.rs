//! Where the stories take place: a gate on a listener, scripted tool servers, raw clients.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use decide::settings::{ApiKeys, LimitHeaders, Limits as Limited, Outgoing, Settings};
use decide::snapshot::Overlay;
use decide::{Plane, Source, Version, key};
use runtime::clock;
use runtime::front::{Cors, Front, FrontOptions};
use runtime::gate::Gate;
use runtime::listen::{Listener, ListenerOptions};
use runtime::spool::{Backlog, Spool, SpoolOptions};
use runtime::upstream::{Client, Trust};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_util::sync::CancellationToken;

use crate::demo::DemoServer;
use crate::{Limits, Options, Origins};

const PEPPER: &str = "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a";
/// Whatever should happen happens within this time, or the story fails.
pub const PATIENCE: Duration = Duration::from_secs(10);

pub const JSON: (&str, &str) = ("Content-Type", "application/json");
pub const BOTH: (&str, &str) = ("Accept", "application/json, text/event-stream");

/// A gate with five keys: `key_a`, `key_b` and `key_l` may do all, `key_l` once a minute; `key_r` may
/// only read; `key_v` is a viewer's.
pub struct Place {
    pub address: SocketAddr,
    pub keys: [String; 5],
    gate: Arc<Gate>,
    _spool: tempfile::TempDir,
    shutdown: CancellationToken,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.shutdown.cancel();
    }
}

fn made_key(fill: u8) -> (String, Value) {
    let random: Vec<u8> = (0..128u8)
        .map(|n| n.wrapping_mul(31).wrapping_add(fill) % 248)
        .collect();
    let key = key::form("gw_", &random).unwrap();
    let text = key.text.expose().to_owned();
    let digest = key::digest(&hex::decode(PEPPER).unwrap(), &text);
    (
        text,
        json!([{"lookup": key.lookup, "digest": hex::encode(digest)}]),
    )
}

impl Place {
    /// A gate before these servers: slug and URL.
    pub fn with(servers: &[(&str, &str)]) -> Self {
        Self::within(servers, Limits::default())
    }

    /// A gate with other sizes and times.
    pub fn within(servers: &[(&str, &str)], limits: Limits) -> Self {
        Self::recording(servers, limits, u64::MAX)
    }

    /// A gate whose spool takes no event once it holds more than `spool_bytes`.
    pub fn recording(servers: &[(&str, &str)], limits: Limits, spool_bytes: u64) -> Self {
        let servers = servers.iter().map(|(slug, url)| server(slug, url));
        Self::of(servers.collect(), limits, spool_bytes)
    }

    /// A gate before one server, under this policy.
    pub fn under(policy: &str, slug: &str, url: &str) -> Self {
        Self::governed(vec![server(slug, url), in_force("house", policy)])
    }

    /// A gate with these documents beside the keys.
    pub fn governed(documents: Vec<(&'static str, Value)>) -> Self {
        Self::of(documents, Limits::default(), u64::MAX)
    }

    fn of(more: Vec<(&'static str, Value)>, limits: Limits, spool_bytes: u64) -> Self {
        let made = [1, 2, 3, 4, 5].map(made_key);
        let mut documents = vec![("tenant", json!({"id": "demo"}))];
        let once = json!({"requestsPerMinute": 1});
        for ((_, generations), (id, role, scopes, limit)) in made.iter().zip([
            ("key_a", "automation", json!([]), Value::Null),
            ("key_b", "automation", json!([]), Value::Null),
            ("key_r", "automation", json!(["tools:read"]), Value::Null),
            ("key_l", "automation", json!([]), once),
            ("key_v", "viewer", json!([]), Value::Null),
        ]) {
            documents.push((
                "api_key",
                json!({"id": id, "tenantId": "demo", "owner": "service-ci", "role": role,
                    "scopes": scopes, "rateLimit": limit, "generations": generations}),
            ));
        }
        documents.extend(more);
        let shutdown = CancellationToken::new();
        let keys = made.map(|(text, _)| text);
        let spool = tempfile::tempdir().unwrap();
        let options = SpoolOptions {
            max_bytes: spool_bytes,
            ..SpoolOptions::new(spool.path().to_owned())
        };
        let gate = Gate::new(
            Plane::Mcp,
            "node",
            "",
            Arc::new(Spool::open(options).unwrap()),
        );
        gate.install(Arc::new(
            decide::compile(&source(&documents), Version::default()).unwrap(),
        ));
        let room = crate::room(Options {
            client: Arc::new(Client::new(&Trust::default(), 8, PATIENCE).unwrap()),
            origins: Origins {
                allowed: vec!["https://chat.example".to_owned()],
                loopback: false,
            },
            limits,
        })
        .ending_with(shutdown.clone());
        let front = Front::new(
            Arc::clone(&gate),
            room,
            FrontOptions {
                cors: Cors::default(),
                hsts: None,
                trusted_proxies: Vec::new(),
                metrics: Arc::new(String::new),
                forward: None,
                role: "mcp-proxy",
            },
        );
        let listener = Listener::bind(ListenerOptions::new(local())).unwrap();
        let address = listener.local();
        tokio::spawn(listener.run(front, shutdown.clone()));
        Self {
            address,
            keys,
            gate,
            _spool: spool,
            shutdown,
        }
    }

    /// Posts to a server with the first key and the usual headers.
    pub async fn post(&self, server: &str, headers: &[(&str, &str)], body: &str) -> Caller {
        let mut all = vec![JSON, BOTH];
        all.extend_from_slice(headers);
        self.send("POST", &format!("/mcp/{server}"), &all, body)
            .await
    }

    /// Sends a request with the first key, unless a header brings another.
    pub async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Caller {
        self.send_bytes(method, path, headers, body.as_bytes())
            .await
    }

    pub async fn send_bytes(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Caller {
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: gate\r\n");
        let named = |name: &str| headers.iter().any(|(it, _)| it.eq_ignore_ascii_case(name));
        if !named("authorization") && !named("x-api-key") {
            head.push_str(&format!("Authorization: Bearer {}\r\n", self.keys[0]));
        }
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if !body.is_empty() || method == "POST" {
            head.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream
            .write_all(format!("{head}\r\n").as_bytes())
            .await
            .unwrap();
        stream.write_all(body).await.unwrap();
        Caller {
            stream,
            read: Vec::new(),
        }
    }

    /// Revokes a key, as the priority lane does.
    pub fn revoke(&self, key: &str) {
        let mut overlay = Overlay::default();
        overlay.revoke_key(key.into());
        let before = self.gate.snapshot().unwrap();
        self.gate.install(Arc::new(before.with_overlay(&overlay)));
    }

    /// Begins the gate's shutdown.
    pub fn shut_down(&self) {
        self.shutdown.cancel();
    }

    /// What is on record of calls. Who was seen is left out.
    pub fn events(&self) -> Vec<(String, Value)> {
        let mut cursors = Backlog::new(Arc::clone(&self.gate.spool))
            .cursors()
            .unwrap();
        let mut events = Vec::new();
        while let Some(some) = cursors
            .last_mut()
            .unwrap()
            .next(100)
            .unwrap()
            .filter(|it| !it.is_empty())
        {
            let of_calls = some
                .into_iter()
                .filter(|event| event.event_type != "AUTHENTICATION_SUCCESS");
            events.extend(of_calls.map(|event| {
                (
                    event.event_type.clone(),
                    serde_json::from_slice(&event.payload).unwrap(),
                )
            }));
        }
        events
    }

    /// Waits until an event on record fits.
    pub async fn recorded(&self, what: &str, fits: impl Fn(&str, &Value) -> bool) -> Value {
        for _ in 0..400 {
            if let Some((_, payload)) = self.events().into_iter().find(|(kind, it)| fits(kind, it))
            {
                return payload;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("not on record: {what}: {:#?}", self.events());
    }
}

/// The document of a tool server.
pub fn server(slug: &str, url: &str) -> (&'static str, Value) {
    let body = json!({"serverId": slug, "url": url, "credential": "upstream-secret"});
    ("mcp_server", body)
}

/// What is done about personal data and the like.
pub fn inspection(settings: Value) -> (&'static str, Value) {
    ("inspection", settings)
}

/// The document of a policy in force, in YAML.
pub fn in_force(id: &str, rules: &str) -> (&'static str, Value) {
    let text = json!({"version": 1, "language": "yaml",
        "dsl": format!("version: \"1\"\nrules:\n{rules}")});
    (
        "policy",
        json!({"id": id, "name": id, "status": "ACTIVE", "text": text}),
    )
}

fn source(documents: &[(&str, Value)]) -> Source {
    let (inspections, documents): (Vec<_>, Vec<_>) = documents
        .iter()
        .partition(|(kind, _)| *kind == "inspection");
    let bodies: Vec<(&str, Vec<u8>)> = documents
        .iter()
        .map(|(kind, body)| (*kind, body.to_string().into_bytes()))
        .collect();
    let mut source = Source::read(bodies.iter().map(|(kind, body)| (*kind, "x", &**body))).unwrap();
    source.settings = Settings {
        pepper: PEPPER.into(),
        api_keys: ApiKeys {
            header: "Mcp-Gate-Key".to_owned(),
            ..ApiKeys::default()
        },
        limits: Limited {
            headers: Some(LimitHeaders::default()),
            ..Limited::default()
        },
        outgoing: Outgoing {
            allow: vec!["127.0.0.0/8".parse().unwrap()],
            plain_http: true,
            ..Outgoing::default()
        },
        inspection: inspections
            .first()
            .map_or_else(Default::default, |(_, it)| {
                serde_json::from_value(it.clone()).unwrap()
            }),
        ..Settings::default()
    };
    source
}

pub fn local() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 0))
}

/// Starts the demo server; its URL.
pub fn demo() -> String {
    let server = DemoServer::bind(local(), Arc::new(clock::now)).unwrap();
    let url = server.url();
    tokio::spawn(server.run(CancellationToken::new()));
    url
}

/// A client's connection with one request on it.
pub struct Caller {
    stream: TcpStream,
    read: Vec<u8>,
}

/// A whole answer.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|_| panic!("{}\n{}", self.head, self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.head, name)
    }

    /// The status and the code of a JSON-RPC refusal.
    pub fn refusal(&self) -> (u16, String) {
        let code = self.json()["error"]["data"]["code"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        (self.status, code)
    }
}

pub fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    head.lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(it, _)| it.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim())
}

impl Caller {
    async fn more(&mut self) -> usize {
        let mut buffer = vec![0; 64 * 1024];
        let read = tokio::time::timeout(PATIENCE, self.stream.read(&mut buffer)).await;
        let count = read
            .unwrap_or_else(|_| {
                panic!(
                    "nothing more came after: {}",
                    String::from_utf8_lossy(&self.read)
                )
            })
            .unwrap_or(0);
        self.read.extend_from_slice(&buffer[..count]);
        count
    }

    /// Reads until this text came; all that came so far.
    pub async fn until(&mut self, text: &str) -> String {
        loop {
            let so_far = String::from_utf8_lossy(&self.read).into_owned();
            if so_far.contains(text) {
                return so_far;
            }
            assert!(
                self.more().await > 0,
                "the connection ended before '{text}': {so_far}"
            );
        }
    }

    /// Reads the whole answer.
    pub async fn whole(mut self) -> Reply {
        loop {
            if let Some(reply) = whole(&self.read) {
                return reply;
            }
            let count = self.more().await;
            assert!(count > 0, "cut: {}", String::from_utf8_lossy(&self.read));
        }
    }
}

fn whole(read: &[u8]) -> Option<Reply> {
    let end = memchr::memmem::find(read, b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&read[..end]).into_owned();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let rest = &read[end + 4..];
    let body = if header(&head, "transfer-encoding").is_some() {
        dechunk(rest)?
    } else {
        let length: usize = header(&head, "content-length").map_or(0, |it| it.parse().unwrap());
        rest.get(..length)?.to_vec()
    };
    Some(Reply { status, head, body })
}

fn dechunk(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = memchr::memmem::find(rest, b"\r\n")?;
        let size = usize::from_str_radix(std::str::from_utf8(&rest[..end]).unwrap(), 16).unwrap();
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(rest.get(end + 2..end + 2 + size)?);
        rest = rest.get(end + 2 + size + 2..)?;
    }
}

/// A request of a tool call.
pub fn call(id: u32, tool: &str) -> String {
    format!(
        r#"{{"jsonrpc":"2.0","id":{id},"method":"tools/call","params":{{"name":"{tool}","arguments":{{}}}}}}"#
    )
}

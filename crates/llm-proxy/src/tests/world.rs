//! A gate with a key, a mock account, and an account at a scripted provider.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use decide::source::Source;
use decide::{Plane, Snapshot, key};
use runtime::front::{Cors, Front, FrontOptions};
use runtime::gate::Gate;
use runtime::listen::{Listener, ListenerOptions};
use runtime::spool::{Backlog, Spool, SpoolOptions};
use runtime::telemetry;
use runtime::upstream::{Client, Trust};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::client::{Answer, Caller, PATIENCE};
use super::upstream::Upstream;
use crate::{Limits, Options};

const PEPPER: [u8; 32] = [7; 32];

/// What is special about a world.
pub(super) struct Plan {
    /// Members of the settings.
    pub(super) settings: Value,
    /// Members of the key.
    pub(super) key: Value,
    /// Members of the tenant.
    pub(super) tenant: Value,
    /// Further documents.
    pub(super) documents: Vec<(&'static str, Value)>,
    pub(super) limits: Limits,
    pub(super) spool_bytes: u64,
    pub(super) cors: Cors,
    pub(super) trusted_proxies: Vec<ipnet::IpNet>,
    pub(super) ready: bool,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            settings: json!({}),
            key: json!({}),
            tenant: json!({}),
            documents: Vec::new(),
            limits: Limits {
                unary: PATIENCE,
                stream: PATIENCE,
                body: PATIENCE,
                ..Limits::default()
            },
            spool_bytes: 1 << 30,
            cors: Cors::default(),
            trusted_proxies: Vec::new(),
            ready: true,
        }
    }
}

impl Plan {
    /// Nobody looks at texts.
    pub(super) fn unlooked() -> Self {
        Self {
            settings: json!({"inspection": {"pii": {"enabled": false}, "guardrail": {"enabled": false}}}),
            ..Self::default()
        }
    }
}

pub(super) struct World {
    pub(super) gate: Arc<Gate>,
    pub(super) address: SocketAddr,
    pub(super) key: String,
    pub(super) upstream: Upstream,
    stop: CancellationToken,
    _dir: tempfile::TempDir,
}

impl Drop for World {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

fn with(mut body: Value, extra: &Value) -> Value {
    let members = extra.as_object().unwrap().clone();
    body.as_object_mut().unwrap().extend(members);
    body
}

fn compile(plan: &Plan, key: &key::NewKey, upstream: SocketAddr) -> Arc<Snapshot> {
    let digest = hex::encode(key::digest(&PEPPER, key.text.expose()));
    let mut documents = vec![
        (
            "settings",
            with(
                json!({
                    "pepper": hex::encode(PEPPER),
                    "outgoing": {"allow": ["127.0.0.0/8"], "plainHttp": true},
                }),
                &plan.settings,
            ),
        ),
        ("tenant", with(json!({"id": "demo"}), &plan.tenant)),
        (
            "api_key",
            with(
                json!({
                    "id": "key_1", "tenantId": "demo", "owner": "ann",
                    "generations": [{"lookup": key.lookup, "digest": digest}],
                }),
                &plan.key,
            ),
        ),
        (
            "credential",
            json!({"id": "mock", "name": "mock", "provider": "mock",
                   "models": ["mock-gpt", "mock-embedding", "mock-*"]}),
        ),
        (
            "credential",
            json!({"id": "far", "name": "far", "provider": "openai-compatible",
                   "baseUrl": format!("http://{upstream}/base/v1"),
                   "apiKey": "sk-of-the-gate", "headers": {"X-Org": "ours"}}),
        ),
        (
            "route",
            json!({"id": "far", "modelPattern": "far",
                   "providers": [{"provider": "far", "model": "vendor/big-1"}]}),
        ),
        (
            "route",
            json!({"id": "same", "modelPattern": "same-*", "providers": [{"provider": "far"}]}),
        ),
    ];
    documents.extend(plan.documents.iter().cloned());
    let bodies: Vec<_> = documents
        .iter()
        .map(|(kind, body)| (*kind, body.to_string()))
        .collect();
    let source = Source::read(
        bodies
            .iter()
            .map(|(kind, body)| (*kind, "x", body.as_bytes())),
    );
    Arc::new(decide::compile(&source.unwrap(), decide::Version::default()).unwrap())
}

impl World {
    pub(super) async fn open() -> Self {
        Self::of(Plan::default()).await
    }

    /// A world that looks at no text: streams leave in the pieces in which they come.
    pub(super) async fn unlooked() -> Self {
        Self::of(Plan::unlooked()).await
    }

    pub(super) async fn of(plan: Plan) -> Self {
        // Before the first counter is made, so that it is kept.
        telemetry::render();
        let random: Vec<u8> = (0..200u8).collect();
        let key = key::form("gw_", &random).unwrap();
        let upstream = Upstream::open().await;
        let dir = tempfile::tempdir().unwrap();
        let spool = Spool::open(SpoolOptions {
            max_bytes: plan.spool_bytes,
            ..SpoolOptions::new(dir.path().to_owned())
        });
        let gate = Gate::new(Plane::Llm, "gw-1", "eu", Arc::new(spool.unwrap()));
        if plan.ready {
            gate.install(compile(&plan, &key, upstream.address));
        }
        let client = Client::new(&Trust::default(), 8, Duration::from_secs(30)).unwrap();
        let room = crate::room(Options {
            gate: Arc::clone(&gate),
            client: Arc::new(client),
            limits: plan.limits,
        });
        let options = FrontOptions {
            cors: plan.cors.clone(),
            hsts: None,
            trusted_proxies: plan.trusted_proxies.clone(),
            metrics: Arc::new(telemetry::render),
            forward: None,
            role: "gateway",
        };
        let front = Front::new(Arc::clone(&gate), room, options);
        let mut listening = ListenerOptions::new("127.0.0.1:0".parse().unwrap());
        listening.drain = Duration::from_secs(1);
        let listener = Listener::bind(listening).unwrap();
        let address = listener.local();
        let stop = CancellationToken::new();
        tokio::spawn(listener.run(front, stop.clone()));
        Self {
            gate,
            address,
            key: key.text.expose().to_owned(),
            upstream,
            stop,
            _dir: dir,
        }
    }

    pub(super) async fn caller(&self) -> Caller {
        Caller::connect(self.address).await
    }

    pub(super) fn bearer(&self) -> String {
        format!("Bearer {}", self.key)
    }

    /// A caller that has sent a POST with the key.
    pub(super) async fn posted(&self, path: &str, body: &[u8]) -> Caller {
        let mut caller = self.caller().await;
        self.post_on(&mut caller, path, body).await;
        caller
    }

    pub(super) async fn post_on(&self, caller: &mut Caller, path: &str, body: &[u8]) {
        let bearer = self.bearer();
        let headers = [
            ("Authorization", bearer.as_str()),
            ("Content-Type", "application/json"),
        ];
        caller.send(&format!("POST {path}"), &headers, body).await;
    }

    pub(super) async fn post(&self, path: &str, body: impl AsRef<[u8]>) -> Answer {
        self.posted(path, body.as_ref()).await.answer().await
    }

    pub(super) async fn chat(&self, body: &str) -> Answer {
        self.post("/v1/chat/completions", body).await
    }

    /// A caller that has asked for a chat completion.
    pub(super) async fn chatting(&self, body: &str) -> Caller {
        self.posted("/v1/chat/completions", body.as_bytes()).await
    }

    pub(super) async fn get(&self, path: &str) -> Answer {
        let bearer = self.bearer();
        let mut caller = self.caller().await;
        let headers = [("Authorization", bearer.as_str())];
        caller.send(&format!("GET {path}"), &headers, b"").await;
        caller.answer().await
    }

    /// Revokes the world's key, as the priority lane does.
    pub(super) fn revoke(&self) {
        let mut overlay = decide::snapshot::Overlay::default();
        overlay.revoke_key("key_1".into());
        let before = self.gate.snapshot().unwrap();
        self.gate.install(Arc::new(before.with_overlay(&overlay)));
    }

    /// What the spool has of calls: type, tenant, payload. Who was seen is left out.
    pub(super) fn events(&self) -> Vec<(String, String, Value)> {
        let cursors = Backlog::new(Arc::clone(&self.gate.spool)).cursors();
        let mut cursor = cursors.unwrap().pop().unwrap();
        let events = cursor.next(10_000).unwrap().unwrap_or_default();
        events
            .into_iter()
            .filter(|event| event.event_type != "AUTHENTICATION_SUCCESS")
            .map(|event| {
                let payload = serde_json::from_slice(&event.payload).unwrap();
                (event.event_type, event.tenant_id, payload)
            })
            .collect()
    }

    pub(super) fn payloads(&self, of: &str) -> Vec<Value> {
        let events = self.events().into_iter();
        events
            .filter(|(kind, _, _)| kind == of)
            .map(|(_, _, payload)| payload)
            .collect()
    }

    /// Waits for the first outcome.
    pub(super) async fn outcome(&self) -> Value {
        let waiting = async {
            loop {
                if let Some(found) = self.payloads("GATEWAY_RESPONSE").pop() {
                    return found;
                }
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        super::client::within("an outcome", waiting).await
    }
}

/// A chat request's body for `model`, with further members.
pub(super) fn ask(model: &str, extra: &str) -> String {
    format!(r#"{{"model":"{model}","messages":[{{"role":"user","content":"hello"}}]{extra}}}"#)
}

/// A whole answer as providers give it.
pub(super) const COMPLETION: &str = r#"{"id":"c1","object":"chat.completion","created":1,"model":"vendor/big-1","choices":[{"index":0,"message":{"role":"assistant","content":"hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7},"service_tier":"x"}"#;

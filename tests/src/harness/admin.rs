//! The administration API, as an operator uses it.

use serde_json::{Value, json};

use super::http::{Answer, Ask};

/// An administrator with a token.
pub struct Admin {
    url: String,
    token: String,
}

impl Admin {
    /// An administrator of the control plane at `url`.
    pub fn new(url: &str, token: &str) -> Self {
        Self {
            url: url.to_owned(),
            token: token.to_owned(),
        }
    }

    /// A request below `/admin/v1`.
    pub fn ask(&self, method: &str, path: &str) -> Ask {
        Ask::new(method, format!("{}/admin/v1/{path}", self.url)).bearer(&self.token)
    }

    /// Reads a resource.
    #[track_caller]
    pub fn get(&self, path: &str) -> Value {
        self.ask("GET", path).send().unwrap().expect(200).json()
    }

    /// Creates a resource.
    #[track_caller]
    pub fn create(&self, path: &str, body: &Value) -> Value {
        self.ask("POST", path)
            .json(body)
            .send()
            .unwrap()
            .expect(201)
            .json()
    }

    /// Changes a resource.
    #[track_caller]
    pub fn patch(&self, path: &str, body: &Value) -> Value {
        self.ask("PATCH", path)
            .json(body)
            .send()
            .unwrap()
            .expect(200)
            .json()
    }

    /// Removes a resource.
    #[track_caller]
    pub fn delete(&self, path: &str) -> Answer {
        self.ask("DELETE", path).send().unwrap().expect(204)
    }

    /// Registers an account at a provider that speaks OpenAI's dialect, for these models.
    #[track_caller]
    pub fn provider(&self, name: &str, base_url: &str, models: &[&str]) -> Value {
        let body = json!({
            "name": name,
            "provider": "openai-compatible",
            "baseUrl": base_url,
            "apiKey": "sk-upstream-secret",
            "models": models,
        });
        self.create("credentials", &body)
    }

    /// Registers the built-in provider for every tenant, for the models `shared-*`.
    #[track_caller]
    pub fn shared_provider(&self) {
        let body = json!({"name": "shared", "provider": "mock", "models": ["shared-*"]});
        self.create("credentials", &body);
    }

    /// Registers a tool server for the tenant `demo`.
    #[track_caller]
    pub fn tool_server(&self, slug: &str, url: &str) -> Value {
        let body = json!({"serverId": slug, "name": slug, "transport": "HTTP", "url": url});
        self.create("mcp/servers", &body)
    }

    /// Makes a tenant, and a key of it: the key's id and its text.
    #[track_caller]
    pub fn tenant_with_key(&self, tenant: &str) -> (String, String) {
        self.create("tenants", &json!({"id": tenant, "name": tenant}));
        self.key(tenant, &json!({"name": "story", "role": "developer"}))
    }

    /// Makes a key: its id and its text.
    #[track_caller]
    pub fn key(&self, tenant: &str, body: &Value) -> (String, String) {
        let made = self.create(&format!("tenants/{tenant}/keys"), body);
        let text = |name: &str| {
            made[name]
                .as_str()
                .unwrap_or_else(|| panic!("{made}"))
                .to_owned()
        };
        (text("id"), text("key"))
    }

    /// Writes a policy for every tenant, as a draft: its id.
    #[track_caller]
    pub fn policy(&self, name: &str, dsl: &str) -> String {
        let made = self.create("policies", &json!({"name": name, "dsl": dsl}));
        assert_eq!(made["status"], "DRAFT", "{made}");
        made["id"].as_str().unwrap().to_owned()
    }

    /// Moves a policy to a status.
    #[track_caller]
    pub fn policy_status(&self, id: &str, status: &str) -> Value {
        let ask = self.ask("POST", &format!("policies/{id}/status"));
        let answer = ask.json(&json!({"status": status})).send().unwrap();
        answer.expect(200).json()
    }

    /// Writes a policy for every tenant and puts it in force: its id.
    #[track_caller]
    pub fn policy_in_force(&self, name: &str, dsl: &str) -> String {
        let id = self.policy(name, dsl);
        self.policy_status(&id, "ACTIVE");
        id
    }

    /// Every audit event that the filter (`tenant_id=demo&…`) lets through, page by page.
    #[track_caller]
    pub fn events(&self, filter: &str) -> Vec<Value> {
        let mut events = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = self.get(&format!("audit/events?limit=500&{filter}{cursor}"));
            events.extend(page["items"].as_array().unwrap().iter().cloned());
            match page["nextCursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return events,
            }
        }
    }
}

//! A real OpenID provider: npm `oidc-provider`, with clients that stand for users.

use std::net::TcpStream;
use std::process::Command;

use serde_json::Value;

use super::http::Ask;
use super::process::{Server, child, free_port};
use super::tools::{root, tool};

/// The provider, listening on loopback. Its keys are made anew at each start.
pub struct OpenIdProvider {
    server: Server,
    port: u16,
    users: Value,
}

impl OpenIdProvider {
    /// Starts one that knows `users`: `{"alice": {"role": "developer", …}}`, each with the claims
    /// of their access tokens beside `iss`, `sub`, `aud`, `iat`, `exp` and `jti`.
    pub fn start(users: &Value) -> Self {
        let port = free_port();
        Self {
            server: launch(port, users),
            port,
            users: users.clone(),
        }
    }

    /// Its `iss`.
    pub fn issuer(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Where its keys are.
    pub fn jwks_uri(&self) -> String {
        format!("{}/jwks", self.issuer())
    }

    /// An access token of `user` for `audience`, signed by `algorithm` (RS256, PS256, ES256,
    /// EdDSA).
    #[track_caller]
    pub fn token(&self, user: &str, audience: &str, algorithm: &str) -> String {
        let form = format!(
            "grant_type=client_credentials&client_id={user}&client_secret={user}-secret-of-a-\
             test-user&resource=https%3A%2F%2Fgate.example%2F{algorithm}%2F{audience}"
        );
        let answer = Ask::new("POST", format!("{}/token", self.issuer()))
            .body("application/x-www-form-urlencoded", form)
            .send()
            .unwrap()
            .expect(200)
            .json();
        let token = answer["access_token"].as_str();
        token.unwrap_or_else(|| panic!("{answer}")).to_owned()
    }

    /// Starts again with other keys, at the same place.
    pub fn rotate(&mut self) {
        self.server.kill();
        self.server = launch(self.port, &self.users);
    }

    /// Stops it for good.
    pub fn kill(&mut self) {
        self.server.kill();
    }
}

fn launch(port: u16, users: &Value) -> Server {
    let modules = tool("GATEHOUSE_NODE_MODULES");
    // Node looks for modules beside the script: it runs as a copy beside them.
    let script = modules
        .join("..")
        .join(format!("openid-provider-{port}.mjs"));
    std::fs::copy(root().join("tests/node/openid-provider.mjs"), &script).unwrap();
    let mut command: Command = child(tool("GATEHOUSE_NODE"));
    command
        .arg(&script)
        .env("PORT", port.to_string())
        .env("USERS", users.to_string());
    let mut server = Server::start("the OpenID provider", &mut command);
    server.wait_until("it listens", || {
        TcpStream::connect(("127.0.0.1", port)).ok()
    });
    let _ = std::fs::remove_file(script);
    server
}

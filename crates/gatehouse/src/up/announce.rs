//! What `gatehouse up` says when it is ready: addresses, token, commands to paste, `demo.env`.

use std::fmt::Write as _;
use std::path::Path;

use terms::SecretString;

/// What is ready, and how to call it.
pub struct Ready {
    /// The LLM gateway's URL.
    pub gateway: String,
    /// The MCP proxy's URL.
    pub mcp: String,
    /// The control plane's URL.
    pub control: String,
    /// The administrator's token.
    pub admin_token: SecretString,
    /// The demo tenant's key.
    pub api_key: SecretString,
}

impl Ready {
    /// The same as shell variables. The file is its owner's alone: it holds secrets.
    pub fn env_file(&self) -> String {
        let mut out = String::from("# Written by `gatehouse up` when everything listens.\n");
        for (name, value) in [
            ("GATEHOUSE_GATEWAY_URL", self.gateway.as_str()),
            ("GATEHOUSE_MCP_URL", &self.mcp),
            ("GATEHOUSE_CONTROL_URL", &self.control),
            ("GATEHOUSE_ADMIN_TOKEN", self.admin_token.expose()),
            ("GATEHOUSE_API_KEY", self.api_key.expose()),
        ] {
            let quoted = value.replace('\'', r"'\''");
            let _ = writeln!(out, "export {name}='{quoted}'");
        }
        out
    }

    /// What a person reads. It shows the two secrets of the demo, on the terminal that started it.
    pub fn text(&self, data_dir: &Path) -> String {
        let (gateway, mcp, control) = (&self.gateway, &self.mcp, &self.control);
        let (token, key) = (self.admin_token.expose(), self.api_key.expose());
        let env = data_dir.join("demo.env");
        let env = env.display();
        format!(
            r#"Gatehouse is up.

  LLM gateway     {gateway}    OpenAI's API under /v1
  MCP proxy       {mcp}    tool server 'demo' at /mcp/demo
  Control plane   {control}    administration under /admin/v1
  Admin token     {token}
  API key         {key}    tenant 'demo', role developer
  As variables    source {env}

Try:

  curl -s {gateway}/v1/chat/completions -H 'Authorization: Bearer {key}' -H 'Content-Type: application/json' -d '{{"model":"mock-gpt","messages":[{{"role":"user","content":"Hello, gate."}}]}}'

  curl -s {mcp}/api/v1/tools/invoke -H 'X-API-Key: {key}' -H 'Content-Type: application/json' -d '{{"server_id":"demo","tool_name":"echo","arguments":{{"text":"through the gate"}}}}'

  curl -s '{control}/admin/v1/audit/events?tenant_id=demo&limit=5' -H 'Authorization: Bearer {token}'

Ctrl-C stops it; the next start goes on with what is here.
"#
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ready() -> Ready {
        Ready {
            gateway: "http://127.0.0.1:1".to_owned(),
            mcp: "http://127.0.0.1:2".to_owned(),
            control: "http://127.0.0.1:3".to_owned(),
            admin_token: SecretString::new("it's a token"),
            api_key: SecretString::new("gw_key"),
        }
    }

    #[test]
    fn a_shell_reads_the_variables_back() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("demo.env");
        std::fs::write(&file, ready().env_file()).unwrap();
        let script = format!(
            ". {} && printf '%s|%s' \"$GATEHOUSE_ADMIN_TOKEN\" \"$GATEHOUSE_MCP_URL\"",
            file.display()
        );
        let output = std::process::Command::new("sh")
            .args(["-c", &script])
            .output()
            .unwrap();
        assert_eq!(output.stdout, b"it's a token|http://127.0.0.1:2");
    }

    #[test]
    fn the_text_has_three_commands_and_every_address() {
        let text = ready().text(Path::new("data"));
        assert_eq!(text.matches("  curl ").count(), 3);
        for url in [
            "http://127.0.0.1:1/v1",
            "http://127.0.0.1:2/api",
            "http://127.0.0.1:3/admin",
        ] {
            assert!(text.contains(url), "{text}");
        }
    }
}

//! API keys live as their administrators say: the seeds' commands, word for word.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::{Answer, Ask, Gatehouse, eventually, scratch};

/// What every command of the seeds stands behind; hosts, ids and the token are variables.
const PREAMBLE: &str = r#"set -eu
auth=(-H "Authorization: Bearer ${ADMIN_TOKEN}"); json=(-H "Content-Type: application/json")
"#;

/// The first seed's rotation.
const ROTATE_A: &str = r#"curl -sS -X POST "$GATEWAY/admin/v1/tenants/${TENANT_ID:-demo}/keys/${KEY_ID:-k}/rotate" "${auth[@]}""#;

/// The second seed's commands.
const CREATE: &str = r#"curl -sS -X POST "$MCP/api/v1/auth/keys" "${auth[@]}" "${json[@]}" -d "{ \"name\": \"ci-pipeline\", \"user_id\": \"service-ci\", \"role\": \"automation\",
 \"metadata\": { \"created_by\": \"admin\", \"purpose\": \"automation\" }, \"expires_at\": \"$(date -u -d '+90 days' +%Y-%m-%dT%H:%M:%SZ)\" }""#;
const LIST: &str = r#"curl -sS "$MCP/api/v1/auth/keys" "${auth[@]}""#;
const EXPIRING: &str = r#"curl -sS "$MCP/api/v1/auth/keys?expiring_within=30d" "${auth[@]}""#;
const ROTATE: &str = r#"curl -sS -X POST "$MCP/api/v1/auth/keys/${KEY_ID:-k}/rotate" "${auth[@]}" "${json[@]}" -d '{"grace_period_seconds": 7200}'"#;
const ROTATE_FORM: &str = r#"curl -sS -X POST "$MCP/api/v1/auth/keys/${KEY_ID:-k}/rotate" "${auth[@]}" -d '{"grace_period_seconds": 86400}'"#;
const REVOKE: &str = r#"curl -sS -X DELETE "$MCP/api/v1/auth/keys/${KEY_ID:-k}" "${auth[@]}" "${json[@]}" -d '{"reason": "key_compromised", "revoked_by": "security-team"}'"#;
const INVOKE: &str = r#"curl -sS "$MCP/api/v1/tools/invoke" -H "X-API-Key: ${API_KEY:-}" "${json[@]}" -d '{"server_id": "data-server", "tool_name": "analyze_data", "arguments": {}}'"#;

/// The second seed's job, as its container runs it. The host is `gateway`.
const CRON_JOB: &str = r#"# Get all keys expiring in next 30 days
EXPIRING_KEYS=$(curl -s http://gateway/api/v1/auth/keys?expiring_within=30d \
  -H "Authorization: Bearer ${ADMIN_TOKEN}" \
  | jq -r '.keys[].id')

# Rotate each key
for KEY_ID in $EXPIRING_KEYS; do
  echo "Rotating key: $KEY_ID"
  curl -X POST http://gateway/api/v1/auth/keys/${KEY_ID}/rotate \
    -H "Authorization: Bearer ${ADMIN_TOKEN}" \
    -d '{"grace_period_seconds": 86400}'
done
"#;

/// Runs a script with the variables of the seeds' commands, and gives what it printed.
#[track_caller]
fn run(gate: &Gatehouse, shell: &str, script: &str, more: &[(&str, &str)]) -> String {
    let output = Command::new(shell)
        .args(["-c", script])
        .env("GATEWAY", gate.gateway())
        .env("MCP", gate.mcp())
        .env("ADMIN_TOKEN", &gate.variables()["GATEHOUSE_ADMIN_TOKEN"])
        .envs(more.iter().copied())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{script}\n{said}\n{complained}");
    said
}

/// One of the seeds' commands for the key `id`: its answer.
#[track_caller]
fn command(gate: &Gatehouse, command: &str, id: &str) -> Value {
    let script = format!("{PREAMBLE}{command}");
    let said = run(gate, "bash", &script, &[("KEY_ID", id)]);
    serde_json::from_str(&said).unwrap_or_else(|_| panic!("{command}\n{said}"))
}

fn text(value: &Value, name: &str) -> String {
    let text = value[name].as_str();
    text.unwrap_or_else(|| panic!("no {name}: {value}"))
        .to_owned()
}

/// A call with `key` at a data plane.
fn call(gate: &Gatehouse, key: &str) -> Answer {
    let url = format!("{}/api/v1/tools", gate.mcp());
    let call = Ask::new("GET", url).header("x-api-key", key);
    call.send().unwrap()
}

/// A gate that may write keys into a folder.
fn gate_with_a_folder_for_keys() -> (Gatehouse, TempDir) {
    let folder = scratch();
    let keys = folder.path().join("keys");
    std::fs::create_dir(&keys).unwrap();
    let file = folder.path().join("gate.yaml");
    let settings = json!({"authentication": {"api_key": {"file_store": keys}}});
    std::fs::write(&file, settings.to_string()).unwrap();
    let gate = Gatehouse::up_with(&["--config", file.to_str().unwrap()]);
    (gate, folder)
}

fn held(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join("keys").join(name)).unwrap()
}

#[test]
fn the_second_seed_s_commands_work_word_for_word() {
    let gate = Gatehouse::up();
    let made = command(&gate, CREATE, "");
    let id = text(&made, "key_id");
    let first = text(&made, "api_key");
    assert!(first.starts_with("sk_"), "{made}");
    assert_eq!(made["role"], "automation");
    assert_eq!(made["tenant_id"], "demo");
    call(&gate, &first).expect(200);
    let script = format!("{PREAMBLE}{INVOKE}");
    let refused = run(&gate, "bash", &script, &[("API_KEY", &first)]);
    let refused: Value = serde_json::from_str(&refused).unwrap();
    assert_ne!(
        refused["error"], "authentication_failed",
        "the key is good: {refused}"
    );

    let listed = command(&gate, LIST, "");
    let find = |listed: &Value| {
        let keys = listed["keys"].as_array().unwrap();
        keys.iter().find(|it| it["id"] == *id).cloned()
    };
    let shown = find(&listed).unwrap_or_else(|| panic!("{listed}"));
    for field in ["name", "user_id", "expires_at"] {
        assert_eq!(shown[field], made[field], "{shown}");
    }
    assert!(
        find(&command(&gate, EXPIRING, "")).is_none(),
        "it has 90 days"
    );
    let used = eventually("the use is shown", Duration::from_secs(10), || {
        let shown = find(&command(&gate, LIST, ""))?;
        shown["last_used"].as_str().map(str::to_owned)
    });
    assert!(used >= text(&made, "created_at"), "{used}");

    let turned = command(&gate, ROTATE, &id);
    let second = text(&turned, "new_key");
    for key in [&first, &second] {
        call(&gate, key).expect(200);
    }
    assert!(!turned["old_key_valid_until"].is_null(), "{turned}");
    let third = text(&command(&gate, ROTATE_FORM, &id), "new_key");
    let ended = command(&gate, REVOKE, &id);
    assert_eq!(
        (
            &ended["status"],
            &ended["key_id"],
            &ended["revoked_by"],
            &ended["reason"]
        ),
        (
            &json!("revoked"),
            &json!(id),
            &json!("security-team"),
            &json!("key_compromised")
        )
    );
    for key in [&first, &second, &third] {
        call(&gate, key).expect(401);
    }
    assert_eq!(command(&gate, REVOKE, &id), ended, "once is enough");
}

#[test]
fn the_first_seed_s_rotation_ends_the_old_text_at_once() {
    let gate = Gatehouse::up();
    let (id, first) = gate.admin().key("demo", &json!({"name": "turning"}));
    call(&gate, &first).expect(200);
    let second = text(&command(&gate, ROTATE_A, &id), "key");
    assert!(second.starts_with("gw_"), "{second}");
    assert_eq!(
        [call(&gate, &first).status, call(&gate, &second).status],
        [401, 200]
    );
}

#[test]
fn the_seed_s_monthly_job_rotates_what_ends_soon() {
    let gate = Gatehouse::up();
    let admin = gate.admin();
    let in_days = |days: u32| {
        let date = format!("date -u -d '+{days} days' +%Y-%m-%dT%H:%M:%SZ");
        run(&gate, "bash", &date, &[]).trim().to_owned()
    };
    let key = |name: &str, days: u32| {
        admin.key("demo", &json!({"name": name, "expiresAt": in_days(days)}))
    };
    let (soon, old) = key("soon", 7);
    let (later, kept) = key("later", 80);
    // The job calls the host `gateway`, at its port 80.
    let home = scratch();
    let address = gate.mcp().strip_prefix("http://").unwrap();
    let resolve = format!("connect-to = \"gateway:80:{address}\"\n");
    std::fs::write(home.path().join(".curlrc"), resolve).unwrap();
    let home = home.path().to_str().unwrap();
    let said = run(
        &gate,
        "sh",
        CRON_JOB,
        &[("CURL_HOME", home), ("HOME", home)],
    );
    assert!(said.contains(&format!("Rotating key: {soon}")), "{said}");
    assert!(!said.contains(&later), "{said}");
    let answer = said.split_once('{').map(|(_, rest)| format!("{{{rest}"));
    let turned: Value = serde_json::from_str(answer.unwrap().trim()).unwrap();
    for key in [&old, &kept, &text(&turned, "new_key")] {
        call(&gate, key).expect(200);
    }
    // The key has its week again: else it would end in spite of the job.
    let read = admin.get(&format!("tenants/demo/keys/{soon}"));
    assert!(text(&read, "expiresAt") >= in_days(6), "{read}");
    assert_eq!(read["generations"].as_array().unwrap().len(), 2, "{read}");
}

#[test]
fn a_rotated_key_can_be_handed_over_in_a_file_and_is_never_shown() {
    let (gate, folder) = gate_with_a_folder_for_keys();
    let create = r#"curl -sS -X POST "$MCP/api/v1/auth/keys" "${auth[@]}" -d '{"name": "ci", "user_id": "service-ci", "role": "automation", "store_in": "file:///ci"}'"#;
    let made = command(&gate, create, "");
    assert_eq!(
        (&made["stored_in"], made.get("api_key")),
        (&json!("file:///ci"), None)
    );
    let first = held(folder.path(), "ci");
    call(&gate, &first).expect(200);
    let path = folder.path().join("keys/ci");
    let mode = std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o600);
    let rotate = r#"curl -sS -X POST "$MCP/api/v1/auth/keys/$KEY_ID/rotate" "${auth[@]}" -d '{"grace_period_seconds": 600, "store_in": "file:///ci"}'"#;
    let turned = command(&gate, rotate, &text(&made, "key_id"));
    let second = held(folder.path(), "ci");
    assert_ne!(first, second);
    assert!(!turned.to_string().contains(&second), "{turned}");
    for key in [&first, &second] {
        call(&gate, key).expect(200);
    }
    for secret in [&first, &second] {
        let events = gate.admin().events("");
        assert!(!json!(events).to_string().contains(secret.as_str()));
        assert!(!gate.log().contains(secret.as_str()));
    }
}

#[test]
fn nobody_manages_keys_without_the_token() {
    let gate = Gatehouse::up();
    for (method, path) in [
        ("GET", "keys"),
        ("POST", "keys"),
        ("GET", "keys/k"),
        ("POST", "keys/k/rotate"),
        ("DELETE", "keys/k"),
    ] {
        let url = format!("{}/api/v1/auth/{path}", gate.mcp());
        for credential in [None, Some("nonsense"), Some(gate.key())] {
            let mut ask = Ask::new(method, url.clone());
            if let Some(credential) = credential {
                ask = ask.bearer(credential);
            }
            let refused = ask.send().unwrap();
            assert!(
                matches!(refused.status, 401 | 403),
                "{method} {path}: {}",
                refused.text()
            );
            let body = refused.json();
            assert!(body["details"]["reason"].is_string(), "{body}");
            assert!(body["request_id"].is_string(), "{body}");
        }
    }
}

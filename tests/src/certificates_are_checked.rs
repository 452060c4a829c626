//! Callers prove themselves by client certificates, made and shown as the second seed does.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::harness::{Gatehouse, python_command, scratch};

const CONFIG: &str = include_str!("../../crates/runtime/src/config/fixtures/auth-mtls.yaml");

/// The second seed, option 3, step 1, word for word.
const SEED: &str = r#"
# Generate CA private key
openssl genrsa -out ca-key.pem 4096

# Generate CA certificate
openssl req -new -x509 -days 3650 -key ca-key.pem -out ca-cert.pem \
  -subj "/C=US/ST=CA/L=San Francisco/O=Example/CN=SARK CA"

# Generate client private key
openssl genrsa -out client-key.pem 2048

# Generate client certificate signing request
openssl req -new -key client-key.pem -out client-csr.pem \
  -subj "/C=US/ST=CA/L=San Francisco/O=Example/CN=mcp-server-01"

# Sign client certificate
openssl x509 -req -days 365 -in client-csr.pem \
  -CA ca-cert.pem -CAkey ca-key.pem -CAcreateserial \
  -out client-cert.pem
"#;

/// The listener's own certificate, and the means to revoke clients'.
const BESIDE: &str = r#"
openssl genrsa -out server-key.pem 2048
openssl req -new -key server-key.pem -out server-csr.pem -subj "/CN=localhost"
printf 'subjectAltName = DNS:localhost, IP:127.0.0.1\n' > server.ext
openssl x509 -req -days 365 -in server-csr.pem -extfile server.ext \
  -CA ca-cert.pem -CAkey ca-key.pem -CAcreateserial -out server-cert.pem

openssl req -new -key client-key.pem -out nobody-csr.pem -subj "/CN=nobody"
openssl x509 -req -days 365 -in nobody-csr.pem \
  -CA ca-cert.pem -CAkey ca-key.pem -CAcreateserial -out nobody-cert.pem
openssl req -new -x509 -key client-key.pem -out stranger-cert.pem -subj "/CN=mcp-server-01"

printf '[ca]\ndefault_ca = it\n[it]\ndatabase = index.txt\ncrlnumber = crlnumber\ndefault_md = sha256\ndefault_crl_days = 1\n' > ca.cnf
touch index.txt
echo 1000 > crlnumber
"#;

const LIST: &str = "openssl ca -config ca.cnf -cert ca-cert.pem -keyfile ca-key.pem \
                    -gencrl -out revoked.crl";

/// The gate behind certificates, with the files around it.
struct Guarded {
    gate: Gatehouse,
    folder: TempDir,
}

impl Guarded {
    fn up() -> Self {
        let folder = scratch();
        for script in [SEED, BESIDE, LIST] {
            sh(folder.path(), script);
        }
        let port = serve_file(folder.path().join("revoked.crl"));
        let here = folder.path().display().to_string();
        let config = CONFIG.replace("/etc/gateway/certs", &here).replace(
            "https://crl.example.com",
            &format!("http://127.0.0.1:{port}"),
        );
        let path = folder.path().join("auth-mtls.yaml");
        std::fs::write(&path, config).unwrap();
        let gate = Gatehouse::up_with(&["--config", &path.display().to_string()]);
        Self { gate, folder }
    }

    /// The seed's `curl`, with the certificate of that name.
    fn curl(&self, name: &str, more: &[&str]) -> Output {
        let url = format!("{}/api/v1/tools", self.gate.mcp());
        let mut command = Command::new("curl");
        command
            .args(["-sS", "--max-time", "30", &url])
            .args(["--cert", &format!("{name}-cert.pem")])
            .args(["--key", "client-key.pem", "--cacert", "ca-cert.pem"])
            .args(more)
            .current_dir(self.folder.path());
        command.output().unwrap()
    }

    /// True when the handshake fails.
    fn is_refused(&self, name: &str) -> bool {
        let output = self.curl(name, &["--tls-max", "1.2"]);
        output.status.code() == Some(35) && output.stdout.is_empty()
    }
}

fn sh(folder: &Path, script: &str) {
    let done = Command::new("sh")
        .args(["-ec", script])
        .current_dir(folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}");
}

/// Serves a file to whoever connects, as it is at that moment. Gives the port.
fn serve_file(path: std::path::PathBuf) -> u16 {
    let socket = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = socket.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for mut stream in socket.incoming().flatten() {
            let _ = stream.read(&mut [0; 4096]);
            let body = std::fs::read(&path).unwrap_or_default();
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(&[head.into_bytes(), body].concat());
        }
    });
    port
}

fn json(output: &Output) -> Value {
    let said = String::from_utf8_lossy(&output.stdout);
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{said}{}", String::from_utf8_lossy(&output.stderr)))
}

#[test]
fn the_seeds_client_is_known_by_its_certificate_and_strangers_fail_in_the_handshake() {
    let guarded = Guarded::up();
    for more in [&[][..], &["--tls-max", "1.2", "--http1.1"]] {
        let answer = json(&guarded.curl("client", more));
        assert!(answer["tools"].is_array(), "{answer}");
        assert_eq!(
            answer["auth"],
            serde_json::json!({
                "type": "mtls",
                "user_id": "service-mcp-01",
                "role": "server",
                "certificate_subject": "CN=mcp-server-01,O=Example,L=San Francisco,ST=CA,C=US",
            })
        );
    }
    assert!(guarded.is_refused("stranger"));
    let url = format!("{}/api/v1/tools", guarded.gate.mcp());
    let without = Command::new("curl")
        .args(["-sS", "--max-time", "30", "--cacert", "ca-cert.pem", &url])
        .current_dir(guarded.folder.path())
        .output()
        .unwrap();
    assert!(!without.status.success() && without.stdout.is_empty());
    // Verified, and mapped to nobody.
    let refused = json(&guarded.curl("nobody", &[]));
    assert_eq!(refused["error"], "authentication_failed", "{refused}");
    assert_eq!(
        refused["details"]["reason"], "unknown_certificate",
        "{refused}"
    );
}

#[test]
fn a_revoked_certificate_is_refused_once_the_list_is_read_on_open_connections_too() {
    let guarded = Guarded::up();
    let folder = guarded.folder.path();
    let url = format!("{}/api/v1/tools", guarded.gate.mcp());
    let mut asking = python_command("open_connection.py")
        .args([&folder.display().to_string(), &url])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut answers = BufReader::new(asking.stdout.take().unwrap()).lines();
    assert_eq!(answers.next().unwrap().unwrap(), "200 None");
    let revoke = "openssl ca -config ca.cnf -cert ca-cert.pem -keyfile ca-key.pem \
                  -revoke client-cert.pem";
    sh(folder, &format!("{revoke}\n{LIST}"));
    guarded.gate.signal("HUP");
    assert_eq!(answers.next().unwrap().unwrap(), "401 certificate_revoked");
    assert!(asking.wait().unwrap().success());
    assert!(guarded.is_refused("client"));
    // Only that one.
    assert!(guarded.curl("nobody", &[]).status.success());
}

//! Certificates as the `openssl` commands of the second seed make them, word for word.

use std::process::Command;

use rcgen::{CertificateParams, Issuer, KeyPair, SerialNumber};

use super::*;

const SEED: &str = r#"
openssl genrsa -out ca-key.pem 4096

openssl req -new -x509 -days 3650 -key ca-key.pem -out ca-cert.pem \
  -subj "/C=US/ST=CA/L=San Francisco/O=Example/CN=SARK CA"

openssl genrsa -out client-key.pem 2048

openssl req -new -key client-key.pem -out client-csr.pem \
  -subj "/C=US/ST=CA/L=San Francisco/O=Example/CN=mcp-server-01"

openssl x509 -req -days 365 -in client-csr.pem \
  -CA ca-cert.pem -CAkey ca-key.pem -CAcreateserial \
  -out client-cert.pem
"#;

/// What the seed's commands make, and the files of a listener beside it.
struct Made {
    files: Files,
    authority: Authority,
    client: Client,
}

fn made() -> Made {
    let files = Files::new(&Authority::new("unused"));
    sh(&files, SEED);
    let path = |name| files.path(name);
    let authority = Authority::read(&path("ca-cert.pem"), &path("ca-key.pem"));
    let client = Client::read(&path("client-cert.pem"), &path("client-key.pem"));
    files.put("clients.pem", authority.pem());
    Made {
        files,
        authority,
        client,
    }
}

fn sh(files: &Files, script: &str) {
    let done = Command::new("sh")
        .args(["-ec", script])
        .current_dir(files.path(""))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "openssl is needed here: {said}");
}

async fn enters(door: &Door, client: &Client) -> [bool; 2] {
    let mut entered = [false; 2];
    for (index, version) in VERSIONS.into_iter().enumerate() {
        let config = client_config(Some(client), &[version]);
        let tried = enter_with(door, config).await;
        entered[index] = tried.is_ok_and(|body| body.ends_with("revoked=false unchecked=false."));
    }
    entered
}

#[tokio::test]
async fn the_seeds_client_enters_in_both_versions_under_the_subject_that_the_seed_shows() {
    let made = made();
    let door = open(made.files.settings(true, None)).await;
    assert_eq!(enters(&door, &made.client).await, [true; 2]);
    let body = enter(&door, Some(&made.client)).await.unwrap();
    let subject = "CN=mcp-server-01,O=Example,L=San Francisco,ST=CA,C=US";
    assert!(body.starts_with(subject), "{body}");
}

#[tokio::test]
async fn a_client_of_version_1_is_refused_for_all_that_another_is_refused_for() {
    let made = made();
    let door = open(made.files.settings(true, None)).await;
    let sign = "openssl x509 -req -in client-csr.pem -CA ca-cert.pem -CAkey ca-key.pem \
                -CAcreateserial -out";
    let script = format!(
        "{sign} expired.pem -days -1
         {sign} weak.pem -days 9 -sha1
         openssl genrsa -out other-key.pem 2048
         openssl req -new -x509 -key other-key.pem -out other-ca.pem \
           -subj '/C=US/ST=CA/L=San Francisco/O=Example/CN=SARK CA'
         openssl x509 -req -in client-csr.pem -CA other-ca.pem -CAkey other-key.pem \
           -CAcreateserial -out foreign.pem -days 9"
    );
    sh(&made.files, &script);
    for name in ["expired.pem", "weak.pem", "foreign.pem"] {
        let key = made.files.path("client-key.pem");
        let client = Client::read(&made.files.path(name), &key);
        assert_eq!(enters(&door, &client).await, [false; 2], "{name}");
    }
    // The right certificate, and the key of somebody else.
    let thief = Client::read(
        &made.files.path("client-cert.pem"),
        &made.files.path("other-key.pem"),
    );
    assert_eq!(enters(&door, &thief).await, [false; 2]);
    // A byte of what was signed, changed.
    let mut forged = made.client.clone();
    let mut der = forged.chain[0].to_vec();
    let at = der.windows(6).position(|it| it == b"mcp-se").unwrap();
    der[at] = b'M';
    forged.chain = vec![der.into()];
    assert_eq!(enters(&door, &forged).await, [false; 2]);
}

#[tokio::test]
async fn a_client_of_version_1_is_no_authority() {
    let made = made();
    let door = open(made.files.settings(true, None)).await;
    let key = std::fs::read_to_string(made.files.path("client-key.pem")).unwrap();
    let key = KeyPair::from_pem(&key).unwrap();
    let own = made.client.cert().clone();
    let issuer = Issuer::from_ca_cert_der(&own, key).unwrap();
    let fresh = KeyPair::generate().unwrap();
    let mut params = CertificateParams::default();
    params
        .distinguished_name
        .push(rcgen::DnType::CommonName, "admin");
    let below = params.signed_by(&fresh, &issuer).unwrap();
    made.files.put("below.key", &fresh.serialize_pem());
    made.files.put("below.pem", &below.pem());
    let mut child = Client::read(&made.files.path("below.pem"), &made.files.path("below.key"));
    child.chain.push(own);
    assert_eq!(enters(&door, &child).await, [false; 2]);
}

#[tokio::test]
async fn a_client_of_version_1_is_refused_when_it_is_revoked_or_nobody_can_say() {
    let made = made();
    let none = made.authority.list(&[], -60, DAY);
    let server = ListServer::start(Says::Body(none.der().to_vec())).await;
    let door = open(made.files.settings(true, Some(server.url.clone()))).await;
    assert_eq!(enters(&door, &made.client).await, [true; 2]);
    let mut kept = connect(&door, client_config(Some(&made.client), &VERSIONS))
        .await
        .unwrap();
    let serial = certificate::read(made.client.cert()).unwrap().serial;
    let serial = SerialNumber::from(hex::decode(&*serial).unwrap());
    let named = made.authority.list_of(vec![serial], -30, DAY);
    server.now_says(Says::Body(named.der().to_vec()));
    assert!(door.tls.revocation.as_ref().unwrap().refresh().await);
    assert_eq!(enters(&door, &made.client).await, [false; 2]);
    assert!(ask(&mut kept).await.unwrap().contains("revoked=true"));
    let silent = ListServer::start(Says::NotFound).await;
    let door = open(made.files.settings(true, Some(silent.url.clone()))).await;
    assert_eq!(enters(&door, &made.client).await, [false; 2]);
}

#[tokio::test]
async fn a_listener_may_have_a_certificate_of_version_1_too() {
    let made = made();
    sh(
        &made.files,
        "openssl genrsa -out server.key 2048
         openssl req -new -key server.key -out server.csr -subj /CN=localhost
         openssl x509 -req -days 365 -in server.csr -CA ca-cert.pem -CAkey ca-key.pem \
           -CAcreateserial -out server.pem",
    );
    let door = open(made.files.settings(true, None)).await;
    assert_eq!(enters(&door, &made.client).await, [true; 2]);
}

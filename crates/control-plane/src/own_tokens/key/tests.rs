use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Command;

use jsonwebtoken::{DecodingKey, Validation};
use serde_json::json;

use super::*;

/// A key as openssl makes it.
fn openssl(folder: &Path, name: &str, arguments: &[&str]) -> PathBuf {
    let file = folder.join(name);
    let output = Command::new("openssl")
        .args(arguments)
        .arg("-out")
        .arg(&file)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    close(&file, 0o600);
    file
}

fn close(file: &Path, mode: u32) {
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn each_type_of_key_signs_what_its_published_key_proves() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let rsa = openssl(
        at,
        "rsa",
        &[
            "genpkey",
            "-algorithm",
            "RSA",
            "-pkeyopt",
            "rsa_keygen_bits:2048",
        ],
    );
    let pkcs1 = openssl(
        at,
        "pkcs1",
        &["rsa", "-traditional", "-in", rsa.to_str().unwrap()],
    );
    let curve = |name, curve| {
        let option = format!("ec_paramgen_curve:{curve}");
        openssl(
            at,
            name,
            &["genpkey", "-algorithm", "EC", "-pkeyopt", &option],
        )
    };
    let p256 = curve("p256", "P-256");
    let sec1 = openssl(at, "sec1", &["ec", "-in", p256.to_str().unwrap()]);
    let drawn = at.join("drawn");
    std::fs::write(&drawn, draw().unwrap().expose()).unwrap();
    close(&drawn, 0o640);
    for (file, algorithm) in [
        (rsa, Algorithm::RS256),
        (pkcs1, Algorithm::RS256),
        (p256, Algorithm::ES256),
        (sec1, Algorithm::ES256),
        (curve("p384", "P-384"), Algorithm::ES384),
        (
            openssl(at, "ed", &["genpkey", "-algorithm", "ED25519"]),
            Algorithm::EdDSA,
        ),
        (drawn, Algorithm::ES256),
    ] {
        let keys = Keys::read(&file).unwrap_or_else(|fault| panic!("{}: {fault}", file.display()));
        let token = keys.sign(&json!({"sub": "ada"})).unwrap();
        let header = jsonwebtoken::decode_header(token.expose()).unwrap();
        assert_eq!(
            (header.alg, header.kid.as_ref()),
            (algorithm, Some(&keys.first.kid))
        );

        let published: jsonwebtoken::jwk::JwkSet = serde_json::from_value(keys.jwks()).unwrap();
        let by_set = DecodingKey::from_jwk(published.find(&keys.first.kid).unwrap()).unwrap();
        let pem = keys.public_pems().remove(0);
        let by_pem = match algorithm {
            Algorithm::RS256 => DecodingKey::from_rsa_pem(pem.as_bytes()),
            Algorithm::EdDSA => DecodingKey::from_ed_pem(pem.as_bytes()),
            _ => DecodingKey::from_ec_pem(pem.as_bytes()),
        };
        let mut rules = Validation::new(algorithm);
        rules.required_spec_claims.clear();
        for key in [by_set, by_pem.unwrap()] {
            let read = jsonwebtoken::decode::<serde_json::Value>(token.expose(), &key, &rules);
            assert_eq!(read.unwrap().claims["sub"], "ada", "{algorithm:?}");
        }
    }
}

#[test]
fn two_forms_of_one_key_have_one_name() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let key = openssl(
        at,
        "a",
        &[
            "genpkey",
            "-algorithm",
            "EC",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
        ],
    );
    let other = openssl(at, "b", &["ec", "-in", key.to_str().unwrap()]);
    let names = [key, other].map(|file| Keys::read(&file).unwrap().first.kid);
    assert_eq!(names[0], names[1]);
}

#[test]
fn the_first_key_signs_and_the_one_before_is_still_published() {
    let folder = tempfile::tempdir().unwrap();
    let (new, old) = (draw().unwrap(), draw().unwrap());
    let file = folder.path().join("keys");
    std::fs::write(&file, format!("{}{}", new.expose(), old.expose())).unwrap();
    close(&file, 0o600);
    let both = Keys::read(&file).unwrap();
    assert_eq!(both.public_pems().len(), 2);
    let alone = Keys::of_pem(new.expose().as_bytes()).unwrap();
    assert_eq!(both.first.kid, alone.first.kid);
}

#[test]
fn a_key_that_does_not_do_is_refused_with_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let said = |file: &Path| Keys::read(file).unwrap_err().message.to_string();

    let weak = openssl(
        at,
        "weak",
        &[
            "genpkey",
            "-algorithm",
            "RSA",
            "-pkeyopt",
            "rsa_keygen_bits:1024",
        ],
    );
    assert!(said(&weak).contains("2048"), "{}", said(&weak));
    let curve = openssl(
        at,
        "curve",
        &[
            "genpkey",
            "-algorithm",
            "EC",
            "-pkeyopt",
            "ec_paramgen_curve:secp256k1",
        ],
    );
    assert!(said(&curve).contains("P-256"), "{}", said(&curve));
    let sealed = openssl(
        at,
        "sealed",
        &[
            "genpkey",
            "-algorithm",
            "ED25519",
            "-aes256",
            "-pass",
            "pass:x",
        ],
    );
    assert!(said(&sealed).contains("passphrase"), "{}", said(&sealed));
    let open = openssl(at, "open", &["genpkey", "-algorithm", "ED25519"]);
    close(&open, 0o644);
    assert!(said(&open).contains("0600"), "{}", said(&open));
    let garbage = at.join("garbage");
    std::fs::write(
        &garbage,
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
    )
    .unwrap();
    close(&garbage, 0o600);
    assert!(said(&garbage).contains("garbage"));
    assert!(said(&at.join("none")).contains("can't be read"));
}

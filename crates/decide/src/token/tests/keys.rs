//! Which keys are taken from key sets and PEM, and what each is good for.

use super::*;

const ALL: &[(Algorithm, jsonwebtoken::Algorithm)] = &[
    (Algorithm::Rs256, jsonwebtoken::Algorithm::RS256),
    (Algorithm::Rs384, jsonwebtoken::Algorithm::RS384),
    (Algorithm::Rs512, jsonwebtoken::Algorithm::RS512),
    (Algorithm::Ps256, jsonwebtoken::Algorithm::PS256),
    (Algorithm::Ps384, jsonwebtoken::Algorithm::PS384),
    (Algorithm::Ps512, jsonwebtoken::Algorithm::PS512),
    (Algorithm::Es256, jsonwebtoken::Algorithm::ES256),
    (Algorithm::Es384, jsonwebtoken::Algorithm::ES384),
    (Algorithm::EdDsa, jsonwebtoken::Algorithm::EdDSA),
];

/// The public half as a JSON Web Key.
fn jwk(algorithm: Algorithm, extra: &Value) -> Value {
    let jws = ALL.iter().find(|it| it.0 == algorithm).unwrap().1;
    let jwk = jsonwebtoken::jwk::Jwk::from_encoding_key(&signing(algorithm), jws).unwrap();
    let mut jwk = serde_json::to_value(jwk).unwrap();
    let members = jwk.as_object_mut().unwrap();
    members.remove("alg");
    members.extend(extra.as_object().unwrap().clone());
    jwk
}

fn set(keys: &[Value]) -> Result<KeySet, String> {
    KeySet::of_jwks(json!({"keys": keys}).to_string().as_bytes())
}

#[test]
fn every_accepted_algorithm_proves_with_a_pem_key_and_with_a_jwk() {
    for (algorithm, jws) in ALL.iter().copied() {
        let header = json!({"alg": algorithm.as_str()});
        let text = made(&header, &claims(), &signing(algorithm), jws);
        assert!(is_proven(&text, &public(algorithm)), "{algorithm:?}");
        let bare = set(&[jwk(algorithm, &json!({}))]).unwrap();
        assert!(is_proven(&text, &bare), "{algorithm:?}");
        let bound = set(&[jwk(
            algorithm,
            &json!({"alg": algorithm.as_str(), "use": "sig"}),
        )]);
        assert!(is_proven(&text, &bound.unwrap()), "{algorithm:?}");
    }
    assert_eq!(ALL.len(), Algorithm::ALL.len());
}

#[test]
fn a_key_that_names_its_algorithm_is_good_for_no_other() {
    let bound = set(&[jwk(Algorithm::Rs256, &json!({"alg": "PS256"}))]).unwrap();
    assert!(!is_proven(&token(&claims()), &bound));
    for wrong in ["HS256", "none", "ES256", "RSA-OAEP", ""] {
        let refused = set(&[jwk(Algorithm::Rs256, &json!({"alg": wrong}))]);
        assert!(refused.is_err(), "{wrong}");
    }
}

#[test]
fn keys_that_are_not_for_verifying_or_too_weak_or_damaged_are_left_out() {
    let good = jwk(Algorithm::Es256, &json!({"kid": "good"}));
    let rsa = |extra: Value| jwk(Algorithm::Rs256, &extra);
    let short = URL_SAFE_NO_PAD.encode([0xff; 128]);
    let zeros = URL_SAFE_NO_PAD.encode([[0u8; 128], [0xff; 128]].concat());
    let bad = [
        rsa(json!({"use": "enc"})),
        rsa(json!({"key_ops": ["encrypt", "wrapKey"]})),
        rsa(json!({"n": short})),
        rsa(json!({"n": zeros})),
        rsa(json!({"e": "AQ"})),
        rsa(json!({"e": "AAAA"})),
        rsa(json!({"n": "***"})),
        rsa(json!({"kid": "k".repeat(MAX_KID + 1)})),
        rsa(json!({"kid": 7})),
        json!({"kty": "oct", "k": URL_SAFE_NO_PAD.encode(RSA_PUB), "alg": "HS256"}),
        jwk(Algorithm::Es256, &json!({"crv": "P-384"})),
        jwk(Algorithm::Es256, &json!({"crv": "P-521"})),
        jwk(Algorithm::EdDsa, &json!({"crv": "Ed448"})),
        json!({"kty": "RSA", "x5c": ["MIIB"]}),
        json!("text"),
        json!({}),
    ];
    for one in &bad {
        let why = set(std::slice::from_ref(one)).err();
        assert!(
            why.is_some_and(|it| it.contains("no key that can be used")),
            "{one}"
        );
    }
    let mut all = bad.to_vec();
    all.push(good);
    let rest = set(&all).unwrap();
    assert!(rest.knows("good") && !rest.knows("k"));
    assert!(
        set(&[rsa(json!({"key_ops": ["verify"], "kid": "v"}))])
            .unwrap()
            .knows("v")
    );
}

#[test]
fn what_is_no_key_set_is_refused_with_a_sentence() {
    let many: Vec<Value> = (0..257)
        .map(|_| jwk(Algorithm::EdDsa, &json!({})))
        .collect();
    let deep = format!("{}{}", "[".repeat(500), "]".repeat(500));
    for document in [
        b"<html>login</html>".as_slice(),
        b"",
        b"[]",
        b"{}",
        b"null",
        br#"{"keys": {}}"#,
        br#"{"keys": []}"#,
        b"\xff\xfe",
        deep.as_bytes(),
        json!({ "keys": many }).to_string().as_bytes(),
        " ".repeat(MAX_JWKS + 1).as_bytes(),
    ] {
        let why = KeySet::of_jwks(document).err().expect("refused");
        assert!(
            why.starts_with("The key set") && why.ends_with('.'),
            "{why}"
        );
    }
}

#[test]
fn a_pem_text_must_hold_one_usable_public_key() {
    let weak = include_str!("../fixtures/rsa1024.pub.pem");
    let foreign = include_str!("../fixtures/k256.pub.pem");
    let cut = RSA_PUB.get(..RSA_PUB.len() - 80).unwrap();
    for (text, said) in [
        (weak, "1024 bits"),
        (foreign, "neither"),
        (RSA_KEY, "BEGIN PUBLIC KEY"),
        (cut, "BEGIN PUBLIC KEY"),
        ("", "BEGIN PUBLIC KEY"),
        (
            "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
            "neither",
        ),
    ] {
        let why = KeySet::of_pem(text).err().expect("refused");
        assert!(why.contains(said), "{why}");
    }
    let indented = RSA_PUB.replace('\n', "\n  ");
    assert!(KeySet::of_pem(&indented).is_ok(), "as YAML may leave it");
    assert!(KeySet::of_pem(&RSA_PUB.replace('\n', "\r\n")).is_ok());
}

#[test]
fn keys_are_chosen_by_kid_and_without_one_at_most_eight_are_tried() {
    let keys: Vec<Value> = (0..12)
        .map(|place| jwk(Algorithm::Rs256, &json!({"kid": format!("k{place}")})))
        .chain([jwk(Algorithm::Es256, &json!({"kid": "k0"}))])
        .collect();
    let keys = set(&keys).unwrap();
    let count = |header: Value| {
        let key = signing(Algorithm::Rs256);
        let text = made(&header, &claims(), &key, jsonwebtoken::Algorithm::RS256);
        keys.candidates(&Token::read(&text).unwrap()).count()
    };
    assert_eq!(count(json!({"alg": "RS256", "kid": "k0"})), 1);
    assert_eq!(count(json!({"alg": "RS256", "kid": "strange"})), 0);
    assert_eq!(count(json!({"alg": "RS256"})), 8);
    assert!(
        is_proven(&token(&claims()), &public(Algorithm::Rs256)),
        "a key without kid fits any"
    );
}

#[test]
fn sets_with_the_same_keys_are_equal_and_others_are_not() {
    let one = |kid: &str| set(&[jwk(Algorithm::Rs256, &json!({"kid": kid}))]).unwrap();
    assert!(one("a") == one("a"));
    assert!(one("a") != one("b"));
    assert!(public(Algorithm::Es256) != public(Algorithm::Es384));
    let (rsa, ec) = (
        jwk(Algorithm::Rs256, &json!({})),
        jwk(Algorithm::Es256, &json!({})),
    );
    let both = set(&[rsa.clone(), ec.clone()]).unwrap();
    assert!(both == set(&[ec.clone(), rsa]).unwrap(), "in any order");
    assert!(both != set(&[ec]).unwrap());
}

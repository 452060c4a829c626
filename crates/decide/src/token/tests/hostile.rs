//! Forged, damaged and hostile tokens: none proves anything, none makes reading panic.

use proptest::prelude::*;

use super::*;

#[test]
fn a_token_without_or_with_a_shared_secret_algorithm_is_refused() {
    let secret = EncodingKey::from_secret(RSA_PUB.as_bytes());
    for jws in [
        jsonwebtoken::Algorithm::HS256,
        jsonwebtoken::Algorithm::HS384,
        jsonwebtoken::Algorithm::HS512,
    ] {
        let header = json!({"alg": format!("{jws:?}"), "typ": "JWT"});
        let text = made(&header, &claims(), &secret, jws);
        assert_eq!(why(Token::read(&text)), Reason::AlgorithmNotAllowed);
    }
    for alg in [
        json!("none"),
        json!("None"),
        json!("rs256"),
        json!("ES256K"),
        json!("ES512"),
        json!(""),
        json!(["RS256"]),
        json!(null),
    ] {
        for signature in ["", "AAAA"] {
            let header = part(&json!({ "alg": alg }));
            let text = format!("{header}.{}.{signature}", part(&claims()));
            assert_eq!(
                why(Token::read(&text)),
                Reason::AlgorithmNotAllowed,
                "{alg}"
            );
        }
    }
}

#[test]
fn the_secret_of_another_algorithm_proves_nothing_under_an_accepted_name() {
    // HMAC under the public key's text, and the header lies.
    let message = format!("{}.{}", part(&json!({"alg": "RS256"})), part(&claims()));
    let secret = EncodingKey::from_secret(RSA_PUB.as_bytes());
    let hs256 = jsonwebtoken::Algorithm::HS256;
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &secret, hs256).unwrap();
    let text = format!("{message}.{signature}");
    assert!(!is_proven(&text, &public(Algorithm::Rs256)));
}

#[test]
fn a_key_of_another_owner_or_another_type_proves_nothing() {
    let other = EncodingKey::from_rsa_pem(OTHER_RSA_KEY.as_bytes()).unwrap();
    let header = json!({"alg": "RS256"});
    let text = made(&header, &claims(), &other, jsonwebtoken::Algorithm::RS256);
    for algorithm in Algorithm::ALL {
        assert!(!is_proven(&text, &public(*algorithm)), "{algorithm:?}");
    }
}

#[test]
fn what_a_header_says_of_keys_is_not_looked_at() {
    let other = EncodingKey::from_rsa_pem(OTHER_RSA_KEY.as_bytes()).unwrap();
    let rs256 = jsonwebtoken::Algorithm::RS256;
    let own = jsonwebtoken::jwk::Jwk::from_encoding_key(&other, rs256).unwrap();
    let header = json!({
        "alg": "RS256", "jwk": own, "jku": "https://evil.example/keys",
        "x5u": "https://evil.example/cert", "x5c": ["MIIB"],
    });
    let text = made(&header, &claims(), &other, rs256);
    assert!(!is_proven(&text, &public(Algorithm::Rs256)));
}

#[test]
fn a_header_that_demands_extensions_is_refused() {
    for crit in [json!(["b64"]), json!([]), json!(null)] {
        let header = json!({"alg": "RS256", "b64": false, "crit": crit});
        let key = signing(Algorithm::Rs256);
        let text = made(&header, &claims(), &key, jsonwebtoken::Algorithm::RS256);
        assert_eq!(why(Token::read(&text)), Reason::TokenMalformed, "{crit}");
    }
}

#[test]
fn a_kid_is_an_opaque_text_of_bounded_length() {
    let read = |kid: Value| {
        let header = json!({"alg": "RS256", "kid": kid});
        let key = signing(Algorithm::Rs256);
        let text = made(&header, &claims(), &key, jsonwebtoken::Algorithm::RS256);
        Token::read(&text).map(|token| token.kid().map(str::to_owned))
    };
    for kid in [
        "../../../../etc/passwd",
        "' OR 1=1 --",
        "\u{0}\r\nX: y",
        "",
        "🔑",
    ] {
        assert_eq!(read(json!(kid)).unwrap().as_deref(), Some(kid));
    }
    for kid in [
        json!("k".repeat(129)),
        json!(1),
        json!({}),
        json!(null),
        json!(["k"]),
    ] {
        assert_eq!(why(read(kid)), Reason::TokenMalformed);
    }
}

#[test]
fn a_token_over_16_kib_is_refused_before_it_is_decoded() {
    let long = format!("ey{}.ey.s", "A".repeat(1 << 20));
    assert_eq!(why(Token::read(&long)), Reason::TokenTooLarge);
    let mut large = claims();
    large["pad"] = json!("x".repeat(MAX_TOKEN));
    assert_eq!(why(Token::read(&token(&large))), Reason::TokenTooLarge);
}

#[test]
fn a_token_that_is_cut_or_has_other_parts_is_malformed() {
    let text = token(&claims());
    let (message, _) = text.rsplit_once('.').unwrap();
    let (header, _) = message.split_once('.').unwrap();
    for broken in [
        "",
        ".",
        "..",
        header,
        message,
        &format!("{message}."),
        &format!("{text}."),
        &format!("{text}.x.y"),
        &format!(".{message}"),
        &format!("{text}="),
        &format!(" {text}"),
        &format!("{text}\n"),
        &format!("{header}.{}.AAAA", part(&json!([]))),
        &format!("{header}.{}.AAAA", part(&json!("text"))),
        &format!(
            "{header}.{}.AAAA",
            URL_SAFE_NO_PAD.encode(r#"{"a":1,"a":2}"#)
        ),
        &format!(
            "{header}.{}.AAAA",
            URL_SAFE_NO_PAD.encode(format!("{{\"a\":{}1{}}}", "[".repeat(99), "]".repeat(99)))
        ),
        &format!(
            "{}.{}.AAAA",
            URL_SAFE_NO_PAD.encode(r#"{"alg":"RS256","alg":"none"}"#),
            part(&claims())
        ),
    ] {
        assert_eq!(why(Token::read(broken)), Reason::TokenMalformed, "{broken}");
    }
}

#[test]
fn no_refusal_repeats_the_token() {
    let text = token(&claims());
    for broken in [
        format!("{text}x."),
        "zebra".to_owned(),
        format!("{text}.zebra"),
    ] {
        let said = Token::read(&broken).unwrap_err().to_string();
        assert!(
            !said.contains("zebra") && !said.contains(text.get(..20).unwrap()),
            "{said}"
        );
    }
    assert!(!format!("{:?}", Token::read(&text).unwrap()).contains("alice"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn every_mutation_of_a_valid_token_is_refused(
        place in any::<prop::sample::Index>(),
        letter in "[A-Za-z0-9_.=+/ -]",
        how in 0..3u8,
        which in any::<prop::sample::Index>(),
    ) {
        let algorithm = *which.get(Algorithm::ALL);
        let jws = serde_json::from_value(json!(algorithm.as_str())).unwrap();
        let header = json!({"alg": algorithm.as_str()});
        let good = made(&header, &claims(), &signing(algorithm), jws);
        let at = place.index(good.len());
        let mut bad = good.clone();
        match how {
            0 => bad.replace_range(at..=at, &letter),
            1 => bad.insert_str(at, &letter),
            _ => bad.truncate(at),
        }
        prop_assume!(bad != good);
        prop_assert!(is_proven(&good, &public(algorithm)));
        prop_assert!(!is_proven(&bad, &public(algorithm)), "{bad}");
    }

    #[test]
    fn no_text_makes_reading_panic(text in ".{0,200}", parts in prop::collection::vec("[A-Za-z0-9_-]{0,40}", 0..5)) {
        let _ = Token::read(&text);
        let _ = Token::read(&parts.join("."));
    }

    #[test]
    fn no_header_or_claims_make_reading_or_judging_panic(header in json_value(), payload in json_value()) {
        let text = format!("{}.{}.AAAA", part(&header), part(&payload));
        let _ = Token::read(&text);
        if let Value::Object(members) = payload {
            let mut all = claims().as_object().unwrap().clone();
            all.extend(members);
            let _ = judge(&issuer(), &Claims::new(all), now());
        }
    }

    #[test]
    fn no_bytes_make_reading_keys_panic(document in prop::collection::vec(any::<u8>(), 0..300), key in json_value()) {
        let _ = KeySet::of_jwks(&document);
        let _ = KeySet::of_jwks(json!({"keys": [key]}).to_string().as_bytes());
        let _ = KeySet::of_pem(&String::from_utf8_lossy(&document));
        let pem = base64::engine::general_purpose::STANDARD.encode(&document);
        let _ = KeySet::of_pem(&format!("-----BEGIN PUBLIC KEY-----\n{pem}\n-----END PUBLIC KEY-----\n"));
    }
}

/// Values whose members have the names that are looked at.
fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
        prop::sample::select(vec!["RS256", "none", "RSA", "EC", "P-256", "sig", "AQAB"])
            .prop_map(Value::from),
    ];
    let name = prop::sample::select(vec![
        "alg",
        "kid",
        "crit",
        "iss",
        "aud",
        "sub",
        "exp",
        "nbf",
        "iat",
        "role",
        "groups",
        "scope",
        "scp",
        "amr",
        "acr",
        "auth_time",
        "sid",
        "kty",
        "crv",
        "n",
        "e",
        "x",
        "y",
        "use",
        "key_ops",
    ]);
    leaf.prop_recursive(3, 24, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(name.clone(), inner, 0..6)
                .prop_map(|map| map.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()),
        ]
    })
}

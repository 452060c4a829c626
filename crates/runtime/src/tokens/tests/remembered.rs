//! What is remembered of proven tokens, and when it no longer holds.

use super::*;

fn pem_world(pair: &Pair) -> World {
    let value = pair.public_pem.clone();
    World::new(vec![issuer(vec![KeySource::Pem { value }])])
}

#[tokio::test]
async fn a_pem_key_proves_without_any_fetch_whatever_the_kid() {
    let pair = Pair::new("a");
    let world = pem_world(&pair);
    user(world.prove(&pair.token(&json!({}))).await);
    user(world.prove(&pair.named(None, &json!({}))).await);
    let refused = world.prove(&Pair::new("a").token(&json!({}))).await;
    assert_eq!(why(refused), Reason::InvalidSignature);
}

#[tokio::test]
async fn a_pem_key_goes_on_while_the_key_set_beside_it_can_not_be_had() {
    let (pair, other) = (Pair::new("a"), Pair::new("b"));
    let server = Server::start().await;
    let keys = vec![
        KeySource::JwksUrl {
            url: server.url("/jwks"),
            cache_secs: 60,
        },
        KeySource::Pem {
            value: pair.public_pem.clone(),
        },
    ];
    let world = World::new(vec![issuer(keys)]);
    user(world.prove(&pair.token(&json!({}))).await);
    let refused = world.prove(&other.token(&json!({}))).await;
    assert_eq!(why(refused), Reason::KeysUnavailable);
}

#[tokio::test]
async fn a_token_of_an_issuer_that_is_not_listed_is_refused_without_a_call() {
    let pair = Pair::new("a");
    let server = Server::with(&[&pair]).await;
    let world = World::asking(&server);
    for iss in [
        json!("https://evil.example"),
        json!(server.url("")),
        json!(null),
        json!(7),
    ] {
        let refused = world.prove(&pair.token(&json!({ "iss": iss }))).await;
        assert_eq!(why(refused), Reason::InvalidIssuer);
    }
    assert_eq!(server.asked("/jwks"), 0);
}

#[tokio::test]
async fn what_was_proven_is_remembered_and_judged_again_by_time() {
    let pair = Pair::new("a");
    let world = pem_world(&pair);
    let token = pair.token(&json!({}));
    let first = user(world.prove(&token).await);
    let again = user(world.prove(&token).await);
    assert!(Arc::ptr_eq(&first, &again), "it comes from memory");
    let later = now().plus(Duration::from_secs(600));
    let (issuers, rules) = (&world.issuers, &world.rules);
    let refused = world
        .tokens
        .prove(issuers, rules, &token, later, None)
        .await;
    assert_eq!(why(refused), Reason::TokenExpired);
    assert_eq!(
        world.tokens.house.proven.len(),
        0,
        "what ended is forgotten"
    );
}

#[tokio::test]
async fn what_was_refused_is_not_remembered_as_proven() {
    let pair = Pair::new("a");
    let world = pem_world(&pair);
    for (claims, reason) in [
        (json!({"aud": "other"}), Reason::InvalidAudience),
        (json!({"exp": 1}), Reason::TokenExpired),
        (json!({"sub": null}), Reason::MissingClaim),
    ] {
        let token = pair.token(&claims);
        for _ in 0..2 {
            assert_eq!(why(world.prove(&token).await), reason);
        }
    }
    assert_eq!(world.tokens.house.proven.len(), 0);
}

#[tokio::test]
async fn a_changed_issuer_makes_what_it_proved_void() {
    let pair = Pair::new("a");
    let mut world = pem_world(&pair);
    let token = pair.token(&json!({"team": "viewer"}));
    assert!(!user(world.prove(&token).await).roles.is_empty());
    world.issuers[0].claims.role = "team".to_owned();
    let shown = user(world.prove(&token).await).roles.shown();
    assert_eq!(shown, Some(terms::Role::Viewer));
    world.issuers[0].audiences = vec!["another".to_owned()];
    assert_eq!(why(world.prove(&token).await), Reason::InvalidAudience);
    world.issuers.clear();
    assert_eq!(why(world.prove(&token).await), Reason::InvalidIssuer);
}

#[tokio::test]
async fn a_proof_that_is_kept_after_its_key_was_withdrawn_is_void() {
    let (old, new) = (Pair::new("old"), Pair::new("new"));
    let server = Server::with(&[&old]).await;
    let world = World::asking(&server);
    let (text, house) = (old.token(&json!({})), &world.tokens.house);
    let token = Token::read(text.expose()).unwrap();
    let checked = within(house.check(&token, &world.issuers[0], &world.rules)).await;
    let (claims, seal) = checked.unwrap();
    let identity = Arc::new(token::judge(&world.issuers[0], claims, now()).unwrap());
    server.at("/jwks", Answers::With(200, jwks(&[&new])));
    world.pass(10);
    user(world.prove(&new.token(&json!({}))).await);
    let digest = proven::digest(text.expose());
    house
        .proven
        .keep(digest, &world.issuers[0], &identity, seal);
    assert_eq!(why(world.prove(&text).await), Reason::UnknownKey);
}

#[tokio::test]
async fn two_lists_of_issuers_judge_one_token_each_by_its_own_rules() {
    let pair = Pair::new("a");
    let world = pem_world(&pair);
    let token = pair.token(&json!({"team": "viewer"}));
    let mut other = world.issuers.clone();
    other[0].claims.role = "team".to_owned();
    for _ in 0..2 {
        let first = user(world.prove(&token).await);
        assert_eq!(first.roles.shown(), Some(terms::Role::Developer));
        let second = world
            .tokens
            .prove(&other, &world.rules, &token, now(), None)
            .await;
        assert_eq!(user(second).roles.shown(), Some(terms::Role::Viewer));
    }
}

#[tokio::test]
async fn a_throttled_stranger_is_refused_unchecked_and_who_is_known_passes() {
    let pair = Pair::new("a");
    let world = pem_world(&pair);
    let (known, strange) = (pair.token(&json!({})), pair.token(&json!({"n": 1})));
    user(world.prove(&known).await);
    let (issuers, rules) = (&world.issuers, &world.rules);
    let wait = Some(Duration::from_secs(7));
    let proof = world
        .tokens
        .prove(issuers, rules, &known, now(), wait)
        .await;
    assert!(proof.is_ok());
    let refused = world
        .tokens
        .prove(issuers, rules, &strange, now(), wait)
        .await;
    let fault = refused.unwrap_err();
    assert_eq!(fault.code, Code::RateLimitExceeded);
    assert_eq!(
        (fault.reason, fault.retry_after),
        (Some(Reason::FailedAttempts), wait)
    );
}

#[tokio::test]
async fn a_token_of_a_megabyte_is_refused() {
    let pair = Pair::new("a");
    let token = pair.token(&json!({"pad": "x".repeat(1 << 20)}));
    assert_eq!(
        why(pem_world(&pair).prove(&token).await),
        Reason::TokenTooLarge
    );
}

#[tokio::test]
async fn no_more_than_ten_thousand_tokens_are_remembered() {
    let pair = Pair::new("a");
    let world = pem_world(&pair);
    let identity = user(world.prove(&pair.token(&json!({}))).await);
    let house = &world.tokens.house;
    let source = house.sources_of(&world.issuers[0])[0].clone();
    for n in 0..10_050 {
        let seal = Seal {
            source: Arc::clone(&source),
            generation: 0,
        };
        let digest = proven::digest(&n.to_string());
        house
            .proven
            .keep(digest, &world.issuers[0], &identity, seal);
    }
    assert_eq!(house.proven.len(), 10_000);
}

/// What is measured here is read, not asserted: run with `--nocapture`.
#[tokio::test]
#[expect(clippy::print_stdout, reason = "the figure is for whoever runs it")]
async fn a_token_is_seen_again_and_the_time_is_printed() {
    let pair = Pair::new("a");
    let world = pem_world(&pair);
    let token = pair.token(&json!({"groups": ["a", "b", "c"]}));
    user(world.prove(&token).await);
    let rounds = 1000;
    let started = std::time::Instant::now();
    for _ in 0..rounds {
        let (issuers, rules) = (&world.issuers, &world.rules);
        let proof = world
            .tokens
            .prove(issuers, rules, &token, now(), None)
            .await;
        assert!(proof.is_ok());
    }
    println!(
        "a token seen again: {:?} in this build",
        started.elapsed() / rounds
    );
}

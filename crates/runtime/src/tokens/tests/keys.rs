//! Fetching keys: once, in time, from endpoints that hang, lie, rotate and err.

use futures::future::join_all;

use super::*;

const HOUR: u64 = 3600;

#[tokio::test]
async fn many_first_tokens_cause_one_fetch() {
    let pair = Pair::new("a");
    let server = Server::with(&[&pair]).await;
    let world = World::asking(&server);
    let tokens: Vec<_> = (0..50)
        .map(|n| pair.token(&json!({"sub": format!("user-{n}")})))
        .collect();
    for (n, proof) in join_all(tokens.iter().map(|it| world.prove(it)))
        .await
        .into_iter()
        .enumerate()
    {
        assert_eq!(*user(proof).user_id, *format!("user-{n}"));
    }
    assert_eq!(server.asked("/jwks"), 1);
}

#[tokio::test]
async fn keys_are_fetched_when_a_configuration_arrives() {
    let pair = Pair::new("a");
    let server = Server::with(&[&pair]).await;
    let world = World::asking(&server);
    world.tokens.prepare(&world.issuers, &world.rules);
    server.asked_for("/jwks", 1).await;
    world.settled().await;
    world.tokens.prepare(&world.issuers, &world.rules);
    user(world.prove(&pair.token(&json!({}))).await);
    assert_eq!(server.asked("/jwks"), 1);
    world.tokens.prepare(&[], &world.rules);
    assert!(
        world.tokens.house.sources.lock().is_empty(),
        "the others are forgotten"
    );
}

#[tokio::test]
async fn a_rotated_key_is_found_and_the_old_one_ends_when_it_is_withdrawn() {
    let (old, new) = (Pair::new("old"), Pair::new("new"));
    let server = Server::with(&[&old]).await;
    let world = World::asking(&server);
    let of_old = old.token(&json!({}));
    user(world.prove(&of_old).await);
    server.at("/jwks", Answers::With(200, jwks(&[&new])));
    world.pass(10);
    assert!(
        world.prove(&of_old).await.is_ok(),
        "nobody knows of the change yet"
    );
    user(world.prove(&new.token(&json!({}))).await);
    assert_eq!(server.asked("/jwks"), 2);
    assert_eq!(
        why(world.prove(&of_old).await),
        Reason::UnknownKey,
        "although it was proven before"
    );
}

#[tokio::test]
async fn a_flood_of_unknown_kids_causes_one_fetch_in_ten_seconds() {
    let (pair, stranger) = (Pair::new("a"), Pair::new("x"));
    let server = Server::with(&[&pair]).await;
    let world = World::asking(&server);
    user(world.prove(&pair.token(&json!({}))).await);
    for second in 0..=30 {
        let tokens: Vec<_> = (0..20)
            .map(|n| stranger.named(Some(&format!("x-{second}-{n}")), &json!({})))
            .collect();
        for proof in join_all(tokens.iter().map(|it| world.prove(it))).await {
            assert_eq!(why(proof), Reason::UnknownKey);
        }
        assert_eq!(server.asked("/jwks"), 1 + second / 10, "at second {second}");
        assert!(
            world
                .prove(&pair.token(&json!({"n": second})))
                .await
                .is_ok()
        );
        world.pass(1);
    }
}

#[tokio::test]
async fn an_unknown_kid_is_not_asked_for_again_at_once() {
    let (pair, stranger) = (Pair::new("a"), Pair::new("x"));
    let server = Server::with(&[&pair]).await;
    let world = World::asking(&server);
    user(world.prove(&pair.token(&json!({}))).await);
    let token = stranger.token(&json!({}));
    for (passed, fetches) in [(10, 2), (11, 2), (40, 2), (20, 3)] {
        world.pass(passed);
        assert_eq!(why(world.prove(&token).await), Reason::UnknownKey);
        assert_eq!(server.asked("/jwks"), fetches);
    }
    // At last the issuer has it.
    server.at("/jwks", Answers::With(200, jwks(&[&pair, &stranger])));
    world.pass(61);
    user(world.prove(&token).await);
}

#[tokio::test]
async fn strangers_can_not_make_the_memory_of_unknown_kids_grow() {
    let pair = Pair::new("a");
    let server = Server::with(&[&pair]).await;
    let world = World::asking(&server);
    user(world.prove(&pair.token(&json!({}))).await);
    let source = world.tokens.house.sources_of(&world.issuers[0])[0].clone();
    for n in 0..5000 {
        source.note_unknown(Some(&format!("x-{n}")), START);
    }
    assert_eq!(source.unknown(), 1024);
}

#[tokio::test]
async fn a_known_kid_with_a_wrong_signature_causes_no_fetch() {
    let (pair, thief) = (Pair::new("a"), Pair::new("a"));
    let server = Server::with(&[&pair]).await;
    let world = World::asking(&server);
    user(world.prove(&pair.token(&json!({}))).await);
    for n in 0..5 {
        world.pass(20);
        let refused = world.prove(&thief.token(&json!({ "n": n }))).await;
        assert_eq!(why(refused), Reason::InvalidSignature);
    }
    assert_eq!(server.asked("/jwks"), 1);
}

#[tokio::test]
async fn a_token_without_kid_is_tried_with_each_key() {
    let (a, b, thief) = (Pair::new("a"), Pair::new("b"), Pair::new("x"));
    let server = Server::with(&[&a, &b]).await;
    let world = World::asking(&server);
    user(world.prove(&b.named(None, &json!({}))).await);
    let refused = world.prove(&thief.named(None, &json!({}))).await;
    assert_eq!(why(refused), Reason::InvalidSignature);
    assert_eq!(server.asked("/jwks"), 1);
}

#[tokio::test]
async fn keys_are_renewed_before_their_life_ends_while_calls_go_on() {
    let pair = Pair::new("a");
    let server = Server::with(&[&pair]).await;
    let world = World::asking(&server);
    let token = pair.token(&json!({}));
    user(world.prove(&token).await);
    world.pass(HOUR / 5 * 4 - 1);
    user(world.prove(&token).await);
    assert_eq!(server.asked("/jwks"), 1);
    world.pass(1);
    server.at("/jwks", Answers::Never);
    user(world.prove(&token).await);
    server.asked_for("/jwks", 2).await;
    user(world.prove(&pair.token(&json!({"n": 1}))).await);
}

#[tokio::test]
async fn keys_are_renewed_while_nobody_calls() {
    let pair = Pair::new("a");
    let server = Server::with(&[&pair]).await;
    let world = World::asking(&server);
    user(world.prove(&pair.token(&json!({}))).await);
    world.pass(HOUR);
    server.asked_for("/jwks", 2).await;
}

#[tokio::test]
async fn a_hanging_endpoint_slows_no_token_whose_key_is_known() {
    let (pair, stranger) = (Pair::new("a"), Pair::new("x"));
    let server = Server::with(&[&pair]).await;
    let world = Arc::new(World::asking(&server));
    user(world.prove(&pair.token(&json!({}))).await);
    server.at("/jwks", Answers::Never);
    world.pass(10);
    let waiting = {
        let (world, token) = (Arc::clone(&world), stranger.token(&json!({})));
        tokio::spawn(async move { world.prove(&token).await })
    };
    server.asked_for("/jwks", 2).await;
    for n in 0..50 {
        user(world.prove(&pair.token(&json!({ "n": n }))).await);
    }
    assert!(
        !waiting.is_finished(),
        "it waits for the keys, and nobody else does"
    );
    assert_eq!(why(within(waiting).await.unwrap()), Reason::KeysUnavailable);
}

#[tokio::test]
async fn one_key_set_that_hangs_does_not_hold_up_another() {
    let pair = Pair::new("a");
    let server = Server::with(&[&pair]).await;
    server.at("/hangs", Answers::Never);
    let source = |path: &str| KeySource::JwksUrl {
        url: server.url(path),
        cache_secs: HOUR,
    };
    let world = World::new(vec![issuer(vec![source("/hangs"), source("/jwks")])]);
    world.tokens.prepare(&world.issuers, &world.rules);
    server.asked_for("/hangs", 1).await;
    server.asked_for("/jwks", 1).await;
    let fetched = || world.tokens.house.sources_of(&world.issuers[0])[1].knows("a", START);
    within(async {
        while !fetched() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    })
    .await;
    user(world.prove(&pair.token(&json!({}))).await);
    let hanging = &world.tokens.house.sources_of(&world.issuers[0])[0];
    assert!(hanging.is_busy(), "it was not waited for");
}

#[tokio::test]
async fn old_keys_serve_for_a_day_while_the_issuer_errs_and_not_longer() {
    let (pair, new) = (Pair::new("a"), Pair::new("new"));
    let server = Server::with(&[&pair]).await;
    let world = World::asking(&server);
    let (seen, mut n) = (pair.token(&json!({})), 0);
    user(world.prove(&seen).await);
    server.at("/jwks", Answers::With(500, "oops".to_owned()));
    let mut fresh = || {
        n += 1;
        pair.token(&json!({ "n": n }))
    };
    world.pass(23 * HOUR);
    user(world.prove(&fresh()).await);
    world.settled().await;
    let refused = world.prove(&new.token(&json!({}))).await.unwrap_err();
    assert_eq!(
        refused.code,
        Code::AuthenticationUnavailable,
        "its key may be there by now"
    );
    assert_eq!(refused.retry_after, Some(Duration::from_secs(10)));
    world.pass(HOUR);
    for token in [&seen, &fresh()] {
        let refused = world.prove(token).await.unwrap_err();
        assert_eq!(refused.code, Code::AuthenticationUnavailable);
        assert_eq!(refused.reason, Some(Reason::KeysUnavailable));
        assert!(refused.detail.is_none() && !refused.message.contains("127.0.0.1"));
    }
    server.at("/jwks", Answers::With(200, jwks(&[&pair])));
    world.pass(10);
    user(world.prove(&seen).await);
}

#[tokio::test]
async fn an_endpoint_that_lies_gives_no_keys() {
    let pair = Pair::new("a");
    let secret = json!({"keys": [{"kty": "oct", "kid": "a", "k": "AAAA", "alg": "HS256"}]});
    let foreign =
        json!({"keys": [{"kty": "EC", "crv": "secp256k1", "kid": "a", "x": "AA", "y": "AA"}]});
    for lie in [
        Answers::With(200, "<html>log in</html>".to_owned()),
        Answers::With(200, String::new()),
        Answers::With(200, "[1, 2".to_owned()),
        Answers::With(200, secret.to_string()),
        Answers::With(200, foreign.to_string()),
        Answers::With(200, " ".repeat(2 << 20)),
        Answers::With(204, String::new()),
        Answers::With(404, jwks(&[&pair])),
        Answers::Elsewhere("/real".to_owned()),
    ] {
        let server = Server::start().await;
        server.at("/jwks", lie);
        server.at("/real", Answers::With(200, jwks(&[&pair])));
        let world = World::asking(&server);
        let refused = world.prove(&pair.token(&json!({}))).await;
        assert_eq!(why(refused), Reason::KeysUnavailable);
        assert_eq!(server.asked("/real"), 0, "redirects are not followed");
    }
}

#[tokio::test]
async fn a_lie_after_the_truth_takes_no_key_away() {
    let pair = Pair::new("a");
    let server = Server::with(&[&pair]).await;
    let world = World::asking(&server);
    user(world.prove(&pair.token(&json!({}))).await);
    server.at("/jwks", Answers::With(200, r#"{"keys": []}"#.to_owned()));
    world.pass(HOUR);
    user(world.prove(&pair.token(&json!({"n": 1}))).await);
    server.asked_for("/jwks", 2).await;
    world.settled().await;
    user(world.prove(&pair.token(&json!({"n": 2}))).await);
}

#[tokio::test]
async fn an_address_that_may_not_be_called_is_not() {
    let pair = Pair::new("a");
    let server = Server::with(&[&pair]).await;
    let mut world = World::asking(&server);
    world.rules = Snapshot::default();
    let refused = world.prove(&pair.token(&json!({}))).await;
    assert_eq!(why(refused), Reason::KeysUnavailable);
    assert_eq!(server.asked("/jwks"), 0);
}

/// A world whose issuer is discovered at `server`, and a token of it.
fn discovering(server: &Server, pair: &Pair) -> (World, SecretString) {
    let url = server.url("/realms/demo");
    let found = Issuer {
        issuer: url.clone(),
        ..issuer(vec![KeySource::Discovery { cache_secs: HOUR }])
    };
    (World::new(vec![found]), pair.token(&json!({ "iss": url })))
}

const DOCUMENT: &str = "/realms/demo/.well-known/openid-configuration";

#[tokio::test]
async fn keys_are_found_through_the_issuers_discovery_document() {
    let pair = Pair::new("a");
    let server = Server::with(&[&pair]).await;
    let (world, token) = discovering(&server, &pair);
    let document = json!({"issuer": server.url("/realms/demo"), "jwks_uri": server.url("/jwks")});
    server.at(DOCUMENT, Answers::With(200, document.to_string()));
    user(world.prove(&token).await);
    assert_eq!((server.asked(DOCUMENT), server.asked("/jwks")), (1, 1));
}

#[tokio::test]
async fn a_discovery_document_of_another_issuer_or_with_a_bad_url_is_not_believed() {
    let pair = Pair::new("a");
    let server = Server::with(&[&pair]).await;
    let (own, keys) = (server.url("/realms/demo"), server.url("/jwks"));
    for document in [
        json!({"issuer": format!("{own}/"), "jwks_uri": keys}),
        json!({"issuer": "https://evil.example", "jwks_uri": keys}),
        json!({"jwks_uri": keys}),
        json!({"issuer": own}),
        json!({"issuer": own, "jwks_uri": "file:///etc/passwd"}),
        json!({"issuer": own, "jwks_uri": keys.replace("//", "//user:pass@")}),
        json!({"issuer": own, "jwks_uri": "http://169.254.169.254/keys"}),
        json!({"issuer": own, "jwks_uri": 5}),
        json!("text"),
    ] {
        let (world, token) = discovering(&server, &pair);
        server.at(DOCUMENT, Answers::With(200, document.to_string()));
        assert_eq!(
            why(world.prove(&token).await),
            Reason::KeysUnavailable,
            "{document}"
        );
    }
    assert_eq!(server.asked("/jwks"), 0);
}

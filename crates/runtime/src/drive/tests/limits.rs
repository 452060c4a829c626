//! Limits over a whole walk: charged, given back, settled, on record.

use super::*;

fn asking(estimate: u64) -> Asked {
    Asked::Model {
        model: "m-1".into(),
        stream: false,
        estimate,
        max_tokens: None,
        tools: Arc::from([]),
    }
}

impl House {
    /// Walks a call that will use `estimate` tokens, up to its effect.
    async fn call(&self, estimate: u64) -> Result<Walk, Fault> {
        let mut walk = self.open(Kind::Chat);
        walk.enter().await?;
        walk.clear(asking(estimate), Texts::default()).await?;
        Ok(walk)
    }

    /// What the first refusal of a call of one token is.
    async fn refusal(&self) -> Option<Fault> {
        self.call(1).await.err()
    }
}

fn refused(fault: &Fault) -> (Code, Option<&'static str>) {
    (fault.code, fault.exceeded().map(|it| it.unit))
}

#[tokio::test]
async fn a_call_that_is_stopped_at_step_4_costs_nothing() {
    let tenant = json!({"metadata": {"ip-access.denylist": "127.0.0.0/8"}});
    let key = json!({"rateLimit": {"requestsPerMinute": 1}});
    let house = house_of(&json!({}), &tenant, &key);
    for _ in 0..3 {
        let mut walk = house.open(Kind::Chat);
        let fault = walk.enter().await.unwrap_err();
        assert_eq!(fault.code, Code::IpAccessDenied);
        let outcome = Outcome {
            fault: Some(&fault),
            ..Outcome::default()
        };
        walk.exit(&outcome).await.unwrap();
        let record = house.record();
        assert_eq!(record.last(), Some(&event("IP_ACCESS_DENIED", &walk)));
    }
}

#[tokio::test]
async fn a_call_that_passed_step_4_stays_charged_although_it_is_refused_later() {
    let house = house(&json!({"rateLimit": {"requestsPerMinute": 1}}));
    let mut walk = house.open(Kind::Chat);
    walk.enter().await.unwrap();
    let unknown = Asked::Model {
        model: "nobody-serves-it".into(),
        stream: false,
        estimate: 0,
        max_tokens: None,
        tools: Arc::from([]),
    };
    let fault = walk.clear(unknown, Texts::default()).await.unwrap_err();
    assert_eq!(fault.code, Code::NoProvider);
    let next = house.refusal().await.unwrap();
    assert_eq!(refused(&next), (Code::RateLimitExceeded, Some("requests")));
}

#[tokio::test]
async fn tokens_are_taken_by_estimate_and_settled_with_what_was_used() {
    let tenant = json!({"metadata": {"rate-limit.tokens-per-minute": "100"}});
    let house = house_of(&json!({}), &tenant, &json!({}));
    let mut walk = house.call(60).await.unwrap();
    let second = house.call(60).await.err().unwrap();
    assert_eq!(refused(&second), (Code::RateLimitExceeded, Some("tokens")));
    assert!(second.retry_after.is_some());
    let outcome = Outcome {
        credential: Some("m"),
        tokens: Some((10, 5)),
        ..Outcome::default()
    };
    walk.exit(&outcome).await.unwrap();
    house.call(80).await.unwrap();
    assert!(house.call(10).await.is_err());
}

#[tokio::test]
async fn who_used_more_tokens_than_estimated_owes_them() {
    let tenant = json!({"metadata": {"rate-limit.tokens-per-minute": "100"}});
    let house = house_of(&json!({}), &tenant, &json!({}));
    let mut walk = house.call(1).await.unwrap();
    let outcome = Outcome {
        credential: Some("m"),
        tokens: Some((150, 50)),
        ..Outcome::default()
    };
    walk.exit(&outcome).await.unwrap();
    let wait = house.refusal().await.unwrap().retry_after.unwrap();
    assert!(wait.as_secs() >= 55, "100 tokens are owed: {wait:?}");
}

#[tokio::test]
async fn a_call_that_nobody_served_used_no_tokens_and_an_unknown_use_stays_as_estimated() {
    let tenant = json!({"metadata": {"rate-limit.tokens-per-minute": "100"}});
    let house = house_of(&json!({}), &tenant, &json!({}));
    let unavailable = Fault::new(Code::ProviderUnavailable, "none");
    let late = Fault::new(Code::ProviderTimeout, "late");
    let mut walk = house.call(90).await.unwrap();
    let outcome = |fault| Outcome {
        credential: Some("m"),
        fault: Some(fault),
        ..Outcome::default()
    };
    walk.exit(&outcome(&unavailable)).await.unwrap();
    let mut walk = house.call(90).await.unwrap();
    walk.exit(&outcome(&late)).await.unwrap();
    assert!(
        house.call(90).await.is_err(),
        "the provider may have used them"
    );
}

#[tokio::test]
async fn a_call_larger_than_its_token_limit_is_told_so_and_not_told_to_wait() {
    let house = house(&json!({"rateLimit": {"requestsPerMinute": 9, "tokensPerMinute": 100}}));
    let fault = house.call(101).await.err().unwrap();
    assert_eq!(refused(&fault), (Code::RateLimitExceeded, Some("tokens")));
    assert_eq!(fault.retry_after, None);
    house.call(100).await.unwrap();
}

#[tokio::test]
async fn a_refusal_by_a_limit_is_on_record_with_the_limit() {
    let house = house(&json!({"rateLimit": {"requestsPerMinute": 1}}));
    house.call(1).await.unwrap();
    let mut walk = house.open(Kind::Chat);
    let fault = walk.enter().await.unwrap_err();
    let outcome = Outcome {
        status: 429,
        fault: Some(&fault),
        ..Outcome::default()
    };
    walk.exit(&outcome).await.unwrap();
    let (kind, payload) = house.payloads().pop().unwrap();
    assert_eq!(kind, "RATE_LIMIT_EXCEEDED");
    assert_eq!(payload["limited_resource"], "api_key");
    assert_eq!(payload["limit_type"], "requests");
    assert_eq!(payload["limit"], 1);
    assert_eq!(payload["remaining"], 0);
    assert!(payload["retry_after_seconds"].as_u64().unwrap() > 55);
}

#[tokio::test]
async fn every_limit_that_applies_is_asked_and_the_tightest_is_shown() {
    let limits = json!({
        "global": {"requestsPerSecond": 1000},
        "perUser": {"requestsPerMinute": 50},
        "perTenant": {"requestsPerMinute": 7},
        "perEndpoint": {"/v1/*": {"requestsPerMinute": 20}},
        "headers": {"limit": "X-L", "remaining": "X-R", "reset": "X-T"},
    });
    let house = house_of(&limits, &json!({}), &json!({}));
    let mut walk = house.open(Kind::Chat);
    walk.enter().await.unwrap();
    let headers = walk.limit_headers();
    let value = |name| headers.iter().find(|it| it.0 == name).unwrap().1.as_str();
    assert_eq!((value("X-L"), value("X-R")), ("7", "6"));
    for _ in 0..6 {
        house.open(Kind::Chat).enter().await.unwrap();
    }
    let fault = house.refusal().await.unwrap();
    assert_eq!(fault.exceeded().unwrap().resource, "tenant");
}

#[tokio::test]
async fn bulk_waits_while_the_gate_is_busy_and_enters_when_it_is_not() {
    let limits = json!({"shedding": {"maxInFlight": 4, "standardPct": 75, "bulkPct": 50}});
    let key = json!({"rateLimit": {"requestsPerMinute": 4}});
    let house = house_of(&limits, &json!({"priorityTier": "bulk"}), &key);
    let mut first = house.open(Kind::Chat);
    first.enter().await.unwrap();
    let mut second = house.open(Kind::Chat);
    second.enter().await.unwrap();
    for _ in 0..5 {
        let fault = house.refusal().await.unwrap();
        assert_eq!(fault.code, Code::PriorityThrottled, "and it is not charged");
        assert_eq!(fault.retry_after, Some(std::time::Duration::from_secs(1)));
    }
    drop(first);
    house.open(Kind::Chat).enter().await.unwrap();
}

#[tokio::test]
async fn whoever_only_listens_makes_nobody_wait() {
    let house = house_of(
        &json!({"shedding": {"maxInFlight": 1, "standardPct": 100, "bulkPct": 100}}),
        &json!({}),
        &json!({}),
    );
    let mut listening = house.open(Kind::McpRequest);
    listening.enter().await.unwrap();
    let fault = house.refusal().await.unwrap();
    assert_eq!(fault.code, Code::PriorityThrottled);
    listening.listen();
    house.open(Kind::Chat).enter().await.unwrap();
}

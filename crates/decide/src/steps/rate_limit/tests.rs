use std::time::Duration;

use serde_json::{Value, json};
use terms::{KeyId, Role, Roles, Timestamp};

use super::*;
use crate::case::{Asked, Kind, Method, Plane};
use crate::limit::{Bandwidth, BucketAnswer, combine};
use crate::snapshot::Version;
use crate::source::Source;

/// The snapshot of these `limits`, with a tenant that has `metadata`.
fn snapshot(limits: &Value, metadata: &Value) -> Snapshot {
    let settings = json!({"pepper": "00".repeat(32), "limits": limits}).to_string();
    let tenant = json!({"id": "acme", "metadata": metadata}).to_string();
    let documents = [("settings", settings), ("tenant", tenant)];
    let documents = documents
        .iter()
        .map(|(kind, body)| (*kind, "x", body.as_bytes()));
    let source = Source::read(documents).unwrap();
    crate::compile(&source, Version::default()).unwrap()
}

fn principal(role: Role, key: Option<(&str, Rule)>) -> Principal {
    Principal {
        method: Method::Jwt,
        key_id: key.map(|(id, _)| KeyId::from(id)),
        user_id: "ann".into(),
        username: None,
        role,
        roles: Roles::of(&[role]),
        groups: Arc::from([]),
        tenant_id: "acme".into(),
        scopes: Arc::from([]),
        limit: key.map(|(_, rule)| rule),
        binding: "b".into(),
        session: None,
        certificate_subject: None,
        expires_at: None,
        mfa: false,
        authenticated_at: None,
        agent: None,
    }
}

fn case(principal: Principal) -> Case {
    Case {
        id: "req_1".into(),
        trace: "t".into(),
        kind: Kind::Chat,
        plane: Plane::Llm,
        received: Timestamp::default(),
        session: None,
        user_agent: None,
        principal: Some(Arc::new(principal)),
        tenant: None,
        candidates: Vec::new(),
        server: None,
        texts: Arc::default(),
        asked: Asked::Model {
            model: "m".into(),
            stream: false,
            estimate: 70,
            max_tokens: None,
            tools: Arc::from([]),
        },
    }
}

/// Scope, subject and capacities of each bucket.
fn shown(buckets: &Buckets) -> Vec<(&'static str, String, Vec<u64>)> {
    let each = buckets.iter().map(|it| {
        let capacities = it.bandwidths.iter().map(|it| it.capacity).collect();
        (it.scope.as_str(), it.subject.to_string(), capacities)
    });
    each.collect()
}

fn entry(
    scope: &'static str,
    subject: &str,
    capacities: &[u64],
) -> (&'static str, String, Vec<u64>) {
    (scope, subject.to_owned(), capacities.to_vec())
}

const KEY: Rule = Rule {
    requests_per_minute: 9,
    burst: None,
    tokens_per_minute: Some(900),
};

#[test]
fn all_limits_that_apply_are_asked_together() {
    let limits = json!({
        "global": {"requestsPerSecond": 1000, "burst": 2000},
        "perUser": {"requestsPerMinute": 100, "burst": 20},
        "perTenant": {"requestsPerMinute": 5000},
        "perEndpoint": {"/v1/*": {"requestsPerMinute": 60, "burst": 10}},
    });
    let snapshot = snapshot(&limits, &json!({}));
    let case = case(principal(Role::Viewer, Some(("key_1", KEY))));
    let buckets = case.buckets(&snapshot, "/v1/chat/completions");
    assert_eq!(
        shown(&buckets),
        [
            entry("global", "everybody", &[2000]),
            entry("user", "ann", &[100, 20]),
            entry("api_key", "key_1", &[9]),
            entry("tenant", "acme", &[5000]),
            entry("endpoint", "/v1/*\nann", &[60, 10]),
        ]
    );
    let own: Vec<_> = buckets.iter().map(|it| it.tenant.is_some()).collect();
    assert_eq!(
        own,
        [false, true, true, true, true],
        "global is each plane's own"
    );
    assert!(buckets.iter().all(|it| it.cost == 1));
}

#[test]
fn no_limit_applies_unless_one_is_set() {
    let snapshot = snapshot(&json!({}), &json!({}));
    let case = case(principal(Role::Viewer, None));
    assert!(case.buckets(&snapshot, "/v1/models").is_empty());
    assert!(case.token_buckets(&snapshot, "/v1/models").is_empty());
}

#[test]
fn a_role_goes_before_the_users_and_a_tenant_s_own_before_all_tenants() {
    let limits = json!({
        "perUser": {"requestsPerMinute": 100, "tokensPerMinute": 5000},
        "perRole": {"developer": {"requestsPerMinute": 500, "burst": 100}},
        "perTenant": {"requestsPerMinute": 5000, "burst": 50, "tokensPerMinute": 70000},
    });
    let metadata = json!({"rate-limit.requests-per-minute": "30"});
    let snapshot = snapshot(&limits, &metadata);
    let of = |role| {
        let case = case(principal(role, None));
        let requests = shown(&case.buckets(&snapshot, "/"));
        (requests, shown(&case.token_buckets(&snapshot, "/")))
    };
    let (requests, tokens) = of(Role::Developer);
    assert_eq!(
        requests,
        [
            entry("user", "ann", &[500, 100]),
            entry("tenant", "acme", &[30])
        ]
    );
    let inherited = [
        entry("user_tokens", "ann", &[5000]),
        entry("tenant_tokens", "acme", &[70000]),
    ];
    assert_eq!(tokens, inherited, "what is not said of tokens is inherited");
    let (requests, _) = of(Role::Viewer);
    assert_eq!(requests[0], entry("user", "ann", &[100]));
}

#[test]
fn a_tenant_s_own_token_limit_goes_first_and_model_calls_alone_cost_tokens() {
    let limits = json!({"perTenant": {"requestsPerMinute": 1, "tokensPerMinute": 70000}});
    let snapshot = snapshot(&limits, &json!({"rate-limit.tokens-per-minute": " 400 "}));
    let mut case = case(principal(Role::Viewer, Some(("key_1", KEY))));
    let buckets = case.token_buckets(&snapshot, "/");
    assert_eq!(
        shown(&buckets),
        [
            entry("api_key_tokens", "key_1", &[900]),
            entry("tenant_tokens", "acme", &[400]),
        ]
    );
    assert!(buckets.iter().all(|it| it.cost == 70));
    case.asked = Asked::Nothing;
    assert!(case.token_buckets(&snapshot, "/").is_empty());
}

#[test]
fn the_longest_pattern_that_fits_holds() {
    let rule = |rate| json!({"requestsPerMinute": rate});
    let limits = json!({"perEndpoint": {
        "/api/v1/tools/invoke": rule(1), "/api/v1/tools/*": rule(2), "/api/*": rule(3),
        "/api/v1/tools/invoke*": rule(4),
    }});
    let snapshot = snapshot(&limits, &json!({}));
    let limit = |path| {
        let found = snapshot.settings.limits.of_path(path);
        found.map(|(_, rule)| rule.requests_per_minute)
    };
    assert_eq!(limit("/api/v1/tools/invoke"), Some(1));
    assert_eq!(limit("/api/v1/tools/invoked"), Some(4));
    assert_eq!(limit("/api/v1/tools/other"), Some(2));
    assert_eq!(limit("/api/v1/tools"), Some(3));
    assert_eq!(limit("/other"), None);
}

fn facts(reading: LimitReading) -> Facts {
    Facts {
        now: Timestamp::from_unix_micros(1_000_000),
        limits: Some(reading),
        ..Facts::default()
    }
}

#[test]
fn a_refusal_says_which_limit_and_how_long_to_wait() {
    let snapshot = snapshot(&json!({"perTenant": {"requestsPerMinute": 60}}), &json!({}));
    let case = case(principal(Role::Viewer, None));
    let buckets = case.buckets(&snapshot, "/");
    let answer = BucketAnswer {
        limit: 60,
        remaining: 0,
        reset: Duration::from_secs(60),
        retry_after: Duration::from_millis(1_500),
    };
    let Verdict::Deny(fault) = decide(&case, &facts(combine(&buckets, &[answer]))) else {
        panic!("admitted");
    };
    assert_eq!(fault.code, Code::RateLimitExceeded);
    assert_eq!(fault.retry_after, Some(Duration::from_millis(1_500)));
    assert_eq!(
        serde_json::to_value(fault.exceeded().unwrap()).unwrap(),
        json!({
            "limited_resource": "tenant", "limit_type": "requests", "limit": 60, "remaining": 0,
            "retry_after_seconds": 2, "reset_at": "1970-01-01T00:01:01.000000Z",
        })
    );
}

#[test]
fn what_can_never_be_admitted_is_told_so_and_not_told_to_wait() {
    let mut tokens = facts(LimitReading::UNLIMITED);
    let answer = Bandwidth::a_minute(100).ask(0, 1, 101);
    tokens.tokens = Some(LimitReading {
        admitted: false,
        tightest: Some(Tightest {
            scope: Scope::TenantTokens,
            limit: 100,
            remaining: answer.remaining,
            reset: answer.reset,
            retry_after: answer.retry_after,
        }),
        store: StoreState::Answered,
    });
    let Verdict::Deny(fault) = crate::steps::reserve::decide(&tokens) else {
        panic!("admitted");
    };
    assert_eq!(fault.retry_after, None);
    assert!(fault.message.contains("(100)"), "{}", fault.message);
    let exceeded = fault.exceeded().unwrap();
    assert_eq!((exceeded.unit, exceeded.remaining), ("tokens", 100));
    assert_eq!(exceeded.retry_after_seconds, None);
}

#[test]
fn without_the_store_calls_are_refused_where_the_operator_wants_it() {
    let reading = LimitReading {
        admitted: false,
        tightest: None,
        store: StoreState::Denied,
    };
    let verdict = decide(&case(principal(Role::Viewer, None)), &facts(reading));
    let Verdict::Deny(fault) = verdict else {
        panic!("admitted");
    };
    assert_eq!(fault.code, Code::RateLimitUnavailable);
    assert!(fault.retry_after.is_some());
}

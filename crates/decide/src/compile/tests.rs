use super::*;
use crate::settings::{Outgoing, Settings};
use serde_json::json;

fn source(documents: &[(&str, serde_json::Value)]) -> Source {
    let bodies: Vec<(&str, Vec<u8>)> = documents
        .iter()
        .map(|(kind, body)| (*kind, body.to_string().into_bytes()))
        .collect();
    let mut source = Source::read(
        bodies
            .iter()
            .map(|(kind, body)| (*kind, "x", body.as_slice())),
    )
    .unwrap();
    source.settings = Settings {
        pepper: "00".repeat(32).into(),
        outgoing: Outgoing {
            plain_http: true,
            ..Outgoing::default()
        },
        ..Settings::default()
    };
    source
}

fn faults(documents: &[(&str, serde_json::Value)]) -> Vec<(Code, String)> {
    match compile(&source(documents), Version::default()) {
        Ok(_) => Vec::new(),
        Err(Faults(faults)) => faults
            .into_iter()
            .map(|it| (it.code, it.param.unwrap_or_default()))
            .collect(),
    }
}

fn account(name: &str) -> (&'static str, serde_json::Value) {
    (
        "credential",
        json!({"id": name, "name": name, "provider": "mock", "models": [format!("{name}-1")]}),
    )
}

#[test]
fn a_model_is_found_by_exact_name_before_prefix_and_by_the_longer_prefix() {
    let snapshot = compile(
        &source(&[
            ("tenant", json!({"id": "acme"})),
            account("a"),
            account("b"),
            account("c"),
            ("route", json!({"id": "1", "modelPattern": "gpt-*", "providers": [{"provider": "a"}]})),
            ("route", json!({"id": "2", "modelPattern": "gpt-4*", "providers": [{"provider": "b", "model": "big"}]})),
            ("route", json!({"id": "3", "modelPattern": "gpt-4o", "providers": [{"provider": "c"}]})),
            ("route", json!({"id": "4", "tenantId": "acme", "modelPattern": "gpt-*", "providers": [{"provider": "c"}]})),
        ]),
        Version::default(),
    )
    .unwrap();
    let served = |tenant: &str, model: &str| {
        let found = snapshot.candidates(&tenant.into(), &model.into());
        found
            .first()
            .map(|it| (it.credential.name.to_string(), it.model.to_string()))
    };
    let pair = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
    assert_eq!(served("demo", "gpt-3"), pair("a", "gpt-3"));
    assert_eq!(served("demo", "gpt-4-turbo"), pair("b", "big"));
    assert_eq!(served("demo", "gpt-4o"), pair("c", "gpt-4o"));
    assert_eq!(
        served("acme", "gpt-4o"),
        pair("c", "gpt-4o"),
        "the tenant's own route goes first"
    );
    assert_eq!(
        served("demo", "a-1"),
        pair("a", "a-1"),
        "a listed model needs no route"
    );
    assert_eq!(served("demo", "nothing"), None);
}

#[test]
fn what_is_not_built_is_refused_by_name() {
    let route = |extra: serde_json::Value| {
        let mut body = json!({"id": "r", "modelPattern": "m", "providers": [{"provider": "a"}]});
        body.as_object_mut()
            .unwrap()
            .extend(extra.as_object().unwrap().clone());
        faults(&[account("a"), ("route", body)])
    };
    for (extra, at) in [
        (json!({"strategy": "weighted"}), "/route/r/strategy"),
        (json!({"fallbacks": [{}]}), "/route/r/fallbacks"),
        (json!({"canary": {}}), "/route/r/canary"),
        (json!({"shadow": {}}), "/route/r/shadow"),
        (
            json!({"pinnedModelVersion": "1"}),
            "/route/r/pinnedModelVersion",
        ),
    ] {
        assert_eq!(route(extra), [(Code::NotInThisBuild, at.to_owned())]);
    }
    assert_eq!(
        faults(&[(
            "tenant",
            json!({"id": "t", "metadata": {"cost.downgrade-rules": "a:b"}})
        )]),
        [(
            Code::NotInThisBuild,
            "/tenant/t/metadata/cost.downgrade-rules".to_owned()
        )]
    );
}

#[test]
fn every_fault_is_named_at_once() {
    let found = faults(&[
        ("tenant", json!({"id": "Not A Slug"})),
        (
            "route",
            json!({"id": "r", "modelPattern": "a*b", "providers": [{"provider": "none"}]}),
        ),
        (
            "mcp_server",
            json!({"serverId": "s", "url": "http://169.254.169.254/mcp"}),
        ),
        (
            "credential",
            json!({"id": "c", "name": "c", "provider": "openai-compatible"}),
        ),
    ]);
    let places: Vec<&str> = found.iter().map(|(_, at)| at.as_str()).collect();
    assert_eq!(
        places,
        [
            "/tenant/Not A Slug/id",
            "/credential/c/baseUrl",
            "/route/r/modelPattern",
            "/route/r/providers/0/provider",
            "/mcp_server/s/url",
        ]
    );
}

#[test]
fn a_header_that_would_change_the_framing_is_refused() {
    for name in ["Host", "content-length", "Transfer-Encoding", "x\r\ny"] {
        let found = faults(&[(
            "credential",
            json!({"id": "c", "name": "c", "provider": "mock", "headers": {name: "1"}}),
        )]);
        assert_eq!(found.len(), 1, "{name}");
    }
}

#[test]
fn an_unknown_field_or_kind_is_an_error() {
    let field = Source::read([("tenant", "t", br#"{"id":"t","colour":"red"}"#.as_slice())]);
    assert!(field.unwrap_err().to_string().contains("colour"));
    assert!(Source::read([("teapot", "t", b"{}".as_slice())]).is_err());
}

fn of_tenant(key: &str, value: &str) -> Vec<(Code, String)> {
    let tenant = json!({"id": "t", "metadata": {key: value}});
    let found = faults(&[("tenant", tenant)]);
    let at = "/tenant/t/metadata/";
    found
        .into_iter()
        .map(|(code, place)| (code, place.strip_prefix(at).unwrap().to_owned()))
        .collect()
}

#[test]
fn a_tenant_s_overrides_are_read_or_refused_by_name() {
    for (key, value) in [
        ("ip-access.allowlist", "10.0.0.0/8, ::1"),
        ("ip-access.denylist", "0.0.0.0/0"),
        ("rate-limit.requests-per-minute", "60"),
        ("rate-limit.tokens-per-minute", "1"),
        ("region", "eu-central-1"),
        ("rate-limit.requests-per-minute", ""),
        ("ip-access.allowlist", "  "),
    ] {
        assert_eq!(of_tenant(key, value), [], "{key}: {value:?}");
    }
    for (key, value) in [
        ("ip-access.allowlist", "10.0.0.0/33"),
        ("ip-access.allowlist", "10.0.0.0/8,,::1"),
        ("ip-access.allowlist", ","),
        ("ip-access.denylist", "::ffff:10.0.0.0/104"),
        ("ip-access.denylist", "example.com"),
        ("rate-limit.requests-per-minute", "0"),
        ("rate-limit.requests-per-minute", "-1"),
        ("rate-limit.tokens-per-minute", "many"),
        ("rate-limit.tokens-per-minute", "4294967296"),
        ("rate-limit.requests-per-minutes", "1"),
        ("guardrail.content.a.b.action", "BLOCK"),
        ("guardrail.content..action", "BLOCK"),
    ] {
        let refused = [(Code::ValidationError, key.to_owned())];
        assert_eq!(of_tenant(key, value), refused, "{key}: {value:?}");
    }
    for key in ["cost.anomaly-threshold-pct", "approval.required-tools"] {
        let refused = [(Code::NotInThisBuild, key.to_owned())];
        assert_eq!(of_tenant(key, "x"), refused, "{key}");
    }
}

#[test]
fn a_misspelt_override_is_told_the_nearest_name() {
    let tenant = json!({"id": "t", "metadata": {"ip-acess.allowlist": "::/0"}});
    let refused = compile(&source(&[("tenant", tenant)]), Version::default()).unwrap_err();
    assert!(
        refused.to_string().contains("'ip-access.allowlist'"),
        "{refused}"
    );
}

#[test]
fn limits_of_zero_are_refused_wherever_they_stand() {
    let none = json!({"requestsPerMinute": 0});
    let no_tokens = json!({"requestsPerMinute": 1, "tokensPerMinute": 0});
    for (limits, at) in [
        (json!({"global": {"requestsPerSecond": 0}}), "global"),
        (
            json!({"global": {"requestsPerSecond": 1, "burst": 0}}),
            "global",
        ),
        (json!({"perUser": none}), "perUser"),
        (
            json!({"perUser": {"requestsPerMinute": 1, "burst": 0}}),
            "perUser",
        ),
        (json!({"perRole": {"viewer": none}}), "perRole/viewer"),
        (json!({"perApiKey": no_tokens}), "perApiKey"),
        (json!({"perTenant": none}), "perTenant"),
        (
            json!({"perEndpoint": {"/v1/*": none}}),
            "perEndpoint/~1v1~1*",
        ),
        (
            json!({"perEndpoint": {"v1": {"requestsPerMinute": 1}}}),
            "perEndpoint/v1",
        ),
        (
            json!({"perEndpoint": {"/a*b": {"requestsPerMinute": 1}}}),
            "perEndpoint/~1a*b",
        ),
        (json!({"perIp": {"rule": none}}), "perIp/rule"),
        (
            json!({"shedding": {"maxInFlight": 0, "standardPct": 1, "bulkPct": 1}}),
            "shedding/maxInFlight",
        ),
        (
            json!({"shedding": {"maxInFlight": 9, "standardPct": 1, "bulkPct": 101}}),
            "shedding/bulkPct",
        ),
    ] {
        let mut source = source(&[]);
        source.settings.limits = serde_json::from_value(limits).unwrap();
        let Err(Faults(faults)) = compile(&source, Version::default()) else {
            panic!("{at} was accepted");
        };
        let places: Vec<_> = faults.iter().map(|it| it.param.as_deref()).collect();
        let place = format!("/settings/limits/{at}");
        assert_eq!(places, [Some(place.as_str())]);
    }
}

#[test]
fn a_key_s_limit_inherits_what_it_does_not_say_of_tokens() {
    let key = json!({"id": "k", "tenantId": "t", "rateLimit": {"requestsPerMinute": 5},
        "generations": [{"lookup": "l", "digest": "00".repeat(32)}]});
    let mut source = source(&[("tenant", json!({"id": "t"})), ("api_key", key)]);
    source.settings.limits.per_api_key =
        serde_json::from_value(json!({"requestsPerMinute": 9, "tokensPerMinute": 77})).unwrap();
    let snapshot = compile(&source, Version::default()).unwrap();
    let limit = snapshot.key("l").unwrap().principal.limit.unwrap();
    assert_eq!(limit.requests_per_minute, 5);
    assert_eq!(limit.tokens_per_minute, Some(77));
}

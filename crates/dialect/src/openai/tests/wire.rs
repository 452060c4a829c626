//! The wire, as golden files hold it.

use std::time::Duration;

use terms::{Code, Fault};

use crate::openai::*;

#[test]
fn errors_have_openais_four_keys_and_the_trace() {
    let fault = Fault::new(Code::ValidationError, "'model' is required")
        .at("model")
        .detail("for the operator");
    let trace = "0af7651916cd43dd8448eb211c80319c";
    let golden = include_str!("../../../golden/openai-error.json");
    assert_eq!(error_body(&fault, trace), golden.trim_end());
    let fault = Fault::new(
        Code::ProviderError,
        "the provider failed\nin \"mid-stream\"",
    );
    let golden = include_str!("../../../golden/openai-error-event.sse");
    assert_eq!(error_event(&fault, trace), golden);
}

#[test]
fn the_list_of_models_is_as_clients_read_it() {
    let models = ["gpt-4o", "mock-gpt"].map(|id| Model {
        id,
        owned_by: "openai",
        created: 1_700_000_000,
    });
    let golden = include_str!("../../../golden/openai-models.json");
    assert_eq!(models_body(models), golden.trim_end());
    assert_eq!(models_body([]), r#"{"object":"list","data":[]}"#);
}

#[test]
fn a_providers_refusal_becomes_the_gates() {
    for (status, code) in [
        (400, Code::ProviderRejectedRequest),
        (401, Code::ProviderError),
        (403, Code::ProviderError),
        (404, Code::ProviderRejectedRequest),
        (408, Code::ProviderTimeout),
        (413, Code::ProviderRejectedRequest),
        (422, Code::ProviderRejectedRequest),
        (429, Code::ProviderRateLimited),
        (500, Code::ProviderError),
        (503, Code::ProviderError),
        (504, Code::ProviderTimeout),
    ] {
        let fault = provider_fault(status, b"{}");
        assert_eq!(fault.code, code, "{status}");
    }
    let limited = provider_fault(429, b"").retry_after(Duration::from_secs(2));
    assert_eq!(limited.retry_after, Some(Duration::from_secs(2)));
}

#[test]
fn a_providers_words_are_one_short_line_for_the_operator_alone() {
    for body in [
        r#"{"error":{"message":"bad\nkey","type":"x"}}"#,
        r#"{"error":"bad\nkey"}"#,
        "bad\nkey",
    ] {
        let fault = provider_fault(401, body.as_bytes());
        assert_eq!(fault.detail.as_deref(), Some("status 401: bad key"));
        assert!(!fault.message.contains("bad"));
    }
    let long = provider_fault(500, "é".repeat(5_000_000).as_bytes());
    let detail = long.detail.unwrap();
    assert!(
        detail.len() < 2_100 && detail.ends_with('…'),
        "{}",
        detail.len()
    );
}

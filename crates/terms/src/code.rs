//! The closed set of error codes, with the HTTP status and the OpenAI error type of each.
//!
//! Every refusal and every failure that a caller sees carries one of these. Each protocol maps
//! them once: OpenAI's envelope, Anthropic's, the tool gateway's, JSON-RPC, gRPC.

use std::fmt;

use serde::{Serialize, Serializer};

/// The `type` of an error in OpenAI's envelope, as the interface names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ErrorType(pub &'static str);

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident $text:literal $status:literal $kind:literal;)*) => {
        /// What went wrong, as the interface names it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $($(#[$doc])* #[doc = concat!("`", $text, "`, HTTP ", stringify!($status), ", type `", $kind, "`.")] $name,)*
        }

        impl Code {
            /// Every code, in the order of the list.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// The code as the wire has it: lower case, underscores.
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }

            /// The HTTP status that goes with it.
            pub const fn http_status(self) -> u16 {
                match self { $(Code::$name => $status,)* }
            }

            /// The `type` in OpenAI's envelope.
            pub const fn error_type(self) -> ErrorType {
                match self { $(Code::$name => ErrorType($kind),)* }
            }

            /// The code with this text, if there is one.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Code::$name),)* _ => None }
            }
        }
    };
}

codes! {
    // The caller's message.
    ValidationError "validation_error" 400 "invalid_request_error";
    InvalidRequest "invalid_request" 400 "invalid_request_error";
    InvalidJson "invalid_json" 400 "invalid_request_error";
    InvalidPath "invalid_path" 400 "invalid_request_error";
    InvalidFraming "invalid_framing" 400 "invalid_request_error";
    HeadersTooLarge "headers_too_large" 431 "invalid_request_error";
    RequestTimeout "request_timeout" 408 "invalid_request_error";
    InputTooLarge "input_too_large" 413 "input_size_error";
    MethodNotAllowed "method_not_allowed" 405 "invalid_request_error";
    NotAcceptable "not_acceptable" 406 "invalid_request_error";
    UnsupportedMediaType "unsupported_media_type" 415 "invalid_request_error";
    PreconditionFailed "precondition_failed" 412 "invalid_request_error";
    Conflict "conflict" 409 "duplicate_error";
    IdempotencyMismatch "idempotency_mismatch" 422 "invalid_request_error";

    // Who is it.
    ApiKeyRequired "api_key_required" 401 "authentication_error";
    InvalidApiKey "invalid_api_key" 401 "authentication_error";
    ApiKeyRevoked "api_key_revoked" 401 "authentication_error";
    ApiKeyExpired "api_key_expired" 401 "authentication_error";
    InvalidToken "invalid_token" 401 "authentication_error";
    InvalidCertificate "invalid_certificate" 401 "authentication_error";
    ConflictingCredentials "conflicting_credentials" 401 "authentication_error";
    AdminTokenRequired "admin_token_required" 401 "authentication_error";
    InvalidAdminToken "invalid_admin_token" 401 "authentication_error";
    ApiKeyScope "api_key_scope" 403 "permission_error";
    AuthorizationDenied "authorization_denied" 403 "permission_error";
    IpAccessDenied "ip_access_denied" 403 "ip_access_error";
    OriginDenied "origin_denied" 403 "permission_error";
    WorkspaceSuspended "workspace_suspended" 403 "permission_error";
    RateLimitExceeded "rate_limit_exceeded" 429 "rate_limit_error";
    PriorityThrottled "priority_throttled" 429 "priority_throttle_error";
    RateLimitUnavailable "rate_limit_unavailable" 503 "gateway_error";
    AuthenticationUnavailable "authentication_service_unavailable" 503 "gateway_error";

    // What the rules say.
    PolicyDenied "policy_denied" 403 "policy_violation";
    ApprovalRequired "approval_required" 403 "policy_violation";
    PiiDetected "pii_detected" 400 "pii_violation";
    PiiRedactUnavailable "pii_redact_unavailable" 403 "pii_violation";
    PiiTokenizeUnavailable "pii_tokenize_unavailable" 403 "pii_violation";
    GuardrailBlocked "guardrail_blocked" 403 "guardrail_violation";
    HallucinationDetected "hallucination_detected" 403 "guardrail_violation";
    GroundingUnavailable "grounding_unavailable" 403 "guardrail_violation";
    ContextWindowExceeded "context_window_exceeded" 400 "invalid_request_error";
    FourEyesRequired "four_eyes_required" 403 "permission_error";
    InvalidPolicyDsl "invalid_policy_dsl" 400 "invalid_request_error";
    InvalidPolicyStatus "invalid_policy_status" 400 "invalid_request_error";

    // Where to.
    NoProvider "no_provider" 400 "invalid_request_error";
    NoCapableProvider "no_capable_provider" 400 "invalid_request_error";
    CredentialNotFound "credential_not_found" 400 "invalid_request_error";
    NotInThisBuild "not_in_this_build" 400 "invalid_request_error";
    NotConfigured "not_configured" 400 "invalid_request_error";
    ProviderRejectedRequest "provider_rejected_request" 400 "invalid_request_error";
    ProviderRateLimited "provider_rate_limited" 429 "provider_rate_limited";
    ProviderError "provider_error" 502 "provider_error";
    ProviderTimeout "provider_timeout" 504 "provider_error";
    ProviderUnavailable "provider_unavailable" 503 "provider_unavailable";

    // Tools.
    ToolNotFound "tool_not_found" 404 "not_found_error";
    InvalidArguments "invalid_arguments" 400 "invalid_request_error";
    ServerUnavailable "server_unavailable" 503 "provider_unavailable";
    ServerError "server_error" 502 "provider_error";
    ExecutionTimeout "execution_timeout" 504 "provider_error";
    ProtocolMismatch "protocol_mismatch" 400 "invalid_request_error";
    HeaderMismatch "header_mismatch" 400 "invalid_request_error";
    SessionNotFound "session_not_found" 404 "not_found_error";

    // Not found.
    NotFound "resource_not_found" 404 "not_found_error";
    TenantNotFound "tenant_not_found" 404 "not_found_error";
    ApiKeyNotFound "api_key_not_found" 404 "not_found_error";
    ProviderCredentialNotFound "provider_credential_not_found" 404 "not_found_error";
    RouteNotFound "route_not_found" 404 "not_found_error";
    McpServerNotFound "mcp_server_not_found" 404 "not_found_error";
    RouteVersionNotFound "route_version_not_found" 404 "not_found_error";
    UserNotFound "user_not_found" 404 "not_found_error";
    BreakGlassNotFound "break_glass_not_found" 404 "not_found_error";
    PolicyNotFound "policy_not_found" 404 "not_found_error";
    PolicyVersionNotFound "policy_version_not_found" 404 "not_found_error";
    PolicyOverrideNotFound "policy_override_not_found" 404 "not_found_error";

    // Already there.
    TenantDuplicate "tenant_duplicate" 409 "duplicate_error";
    RouteDuplicate "route_duplicate" 409 "duplicate_error";
    CredentialDuplicate "credential_duplicate" 409 "duplicate_error";
    McpServerDuplicate "mcp_server_duplicate" 409 "duplicate_error";
    UserDuplicate "user_duplicate" 409 "duplicate_error";
    PolicyDuplicate "policy_duplicate" 409 "duplicate_error";

    // The gate itself.
    NotReady "not_ready" 503 "gateway_error";
    AuditUnavailable "audit_unavailable" 503 "gateway_error";
    StorageUnavailable "storage_unavailable" 503 "gateway_error";
    ControlPlaneUnavailable "control_plane_unavailable" 503 "gateway_error";
    ShuttingDown "shutting_down" 503 "gateway_error";
    Overloaded "overloaded" 503 "gateway_error";
    ClientDisconnected "client_disconnected" 499 "gateway_error";
    InternalError "internal_error" 500 "gateway_error";
}

impl Code {
    /// False where trying the same request again can't help: the value of `x-should-retry`,
    /// which OpenAI's and Anthropic's SDKs obey.
    pub const fn worth_retrying(self) -> bool {
        matches!(self.http_status(), 408 | 429 | 500 | 502 | 503 | 504)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_code_has_its_own_text_and_reads_back() {
        let texts: HashSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(texts.len(), Code::ALL.len());
        for code in Code::ALL {
            assert_eq!(Code::parse(code.as_str()), Some(*code));
            assert!((400..600).contains(&code.http_status()), "{code}");
        }
    }
}

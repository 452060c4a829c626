//! The closed set of audit event types.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

const fn lower<const N: usize>(text: &str) -> [u8; N] {
    let mut bytes = [0; N];
    let mut rest = text.as_bytes();
    let mut left: &mut [u8] = &mut bytes;
    while let ([from, tail @ ..], [to, behind @ ..]) = (rest, left) {
        *to = from.to_ascii_lowercase();
        rest = tail;
        left = behind;
    }
    bytes
}

macro_rules! events {
    ($($(#[$doc:meta])* $name:ident $text:literal;)*) => {
        /// What an audit event records, as the interface names it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum EventType {
            $($(#[$doc])* #[doc = concat!("`", $text, "`.")] $name,)*
        }

        impl EventType {
            /// Every type, in the order of the list.
            pub const ALL: &'static [EventType] = &[$(EventType::$name,)*];

            /// The type as the wire has it: upper case, underscores.
            pub const fn as_str(self) -> &'static str {
                match self { $(EventType::$name => $text,)* }
            }

            /// The type in lower case, as metrics have it.
            pub const fn as_lower(self) -> &'static str {
                match self {
                    $(EventType::$name => {
                        const LOWER: [u8; $text.len()] = lower($text);
                        match std::str::from_utf8(&LOWER) {
                            Ok(text) => text,
                            Err(_) => $text,
                        }
                    })*
                }
            }

            /// The type with this text, if there is one.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(EventType::$name),)* _ => None }
            }
        }
    };
}

events! {
    /// A model call is about to be sent: the intent, recorded before the effect.
    GatewayRequest "GATEWAY_REQUEST";
    /// A model call ended, or was refused: the outcome.
    GatewayResponse "GATEWAY_RESPONSE";
    /// A tool call (or another request to a tool server) is about to be sent: the intent.
    McpRequest "MCP_REQUEST";
    /// A tool call (or another request to a tool server) ended, or was refused: the outcome.
    McpResponse "MCP_RESPONSE";
    /// A credential was seen for the first time by a node, or again after an hour.
    AuthenticationSuccess "AUTHENTICATION_SUCCESS";
    /// A caller's credentials were missing or wrong.
    AuthenticationFailure "AUTHENTICATION_FAILURE";
    /// A known caller lacks the right.
    AuthorizationDenied "AUTHORIZATION_DENIED";
    /// An address was refused.
    IpAccessDenied "IP_ACCESS_DENIED";
    /// The gate sheds load, and this tenant's tier had to wait.
    PriorityThrottled "PRIORITY_THROTTLED";
    /// The shared store of the limits can't be reached: what was chosen for that holds.
    RateLimitDegraded "RATE_LIMIT_DEGRADED";
    /// The shared store of the limits answers again.
    RateLimitRestored "RATE_LIMIT_RESTORED";
    /// A request limit was reached.
    RateLimitExceeded "RATE_LIMIT_EXCEEDED";
    /// A policy refused a call. Webhooks know it as `POLICY_DENIAL` too.
    PolicyDenied "POLICY_DENIED";
    /// A policy wants somebody to approve a call first.
    ApprovalRequired "APPROVAL_REQUIRED";
    /// A policy asks for attention to a call, whether it passed or was refused.
    PolicyAlert "POLICY_ALERT";
    /// A shadow policy would have decided otherwise.
    PolicyShadowDivergence "POLICY_SHADOW_DIVERGENCE";
    /// Personal data or a secret was found: it was blocked, or merely reported.
    PiiDetected "PII_DETECTED";
    /// Personal data or a secret was replaced by markers.
    PiiRedacted "PII_REDACTED";
    /// Personal data or a secret was replaced by reversible tokens.
    PiiTokenized "PII_TOKENIZED";
    /// A reply has personal data or a secret in it.
    PiiOutputLeak "PII_OUTPUT_LEAK";
    /// What was to be tokenised was treated otherwise, as tokens can't be made.
    PiiRedactDegraded "PII_REDACT_DEGRADED";
    /// A guardrail refused a request or stopped a reply.
    GuardrailBlocked "GUARDRAIL_BLOCKED";
    /// A guardrail marked a call, which went on.
    GuardrailFlagged "GUARDRAIL_FLAGGED";
    /// A guardrail found something and let it pass.
    GuardrailDetected "GUARDRAIL_DETECTED";
    /// A text would take over a model: a caller's, or one that a tool brought.
    InjectionDetected "INJECTION_DETECTED";
    /// An external classifier says that a text would take over a model.
    MlInjectionDetected "ML_INJECTION_DETECTED";
    /// An external classifier can't be asked, or answers nothing that can be read.
    ClassifierUnavailable "CLASSIFIER_UNAVAILABLE";
    /// A request is larger than its tenant may send.
    InputSizeExceeded "INPUT_SIZE_EXCEEDED";
    /// A conversation fills much of the model's context window.
    ContextWindowWarning "CONTEXT_WINDOW_WARNING";
    /// Messages were taken out of a conversation, to fit the model's context window.
    ContextWindowPruned "CONTEXT_WINDOW_PRUNED";
    /// A conversation does not fit the model's context window.
    ContextWindowExceeded "CONTEXT_WINDOW_EXCEEDED";
    /// A reply claims what its sources don't say.
    HallucinationDetected "HALLUCINATION_DETECTED";
    /// A session met a text that would take over a model: policies may treat it with care.
    SessionTainted "SESSION_TAINTED";
    /// A tenant was made, changed or removed.
    TenantCreated "TENANT_CREATED";
    /// A tenant was changed.
    TenantUpdated "TENANT_UPDATED";
    /// A tenant was removed.
    TenantDeleted "TENANT_DELETED";
    /// An API key was made.
    ApiKeyCreated "API_KEY_CREATED";
    /// An API key's name, owner, role, scopes or limits changed.
    ApiKeyUpdated "API_KEY_UPDATED";
    /// An API key got a new secret.
    ApiKeyRotated "API_KEY_ROTATED";
    /// An API key was ended.
    ApiKeyRevoked "API_KEY_REVOKED";
    /// An API key is older than keys may be.
    ApiKeyOverdue "API_KEY_OVERDUE";
    /// An identity provider's token was exchanged for the gateway's own pair.
    TokenIssued "TOKEN_ISSUED";
    /// A refresh token was exchanged for a new pair.
    TokenRefreshed "TOKEN_REFRESHED";
    /// A refresh token was used a second time: its family is ended.
    TokenReused "REFRESH_TOKEN_REUSED";
    /// A session of the gateway's own tokens was ended.
    UserLogout "USER_LOGOUT";
    /// Somebody administers for the first time in a session.
    UserLogin "USER_LOGIN";
    /// A user was entered before the first login.
    UserCreated "USER_CREATED";
    /// A user's roles were changed.
    UserRolesUpdated "USER_ROLES_UPDATED";
    /// Emergency access began.
    BreakGlassActivated "BREAK_GLASS_ACTIVATED";
    /// Emergency access ended.
    BreakGlassEnded "BREAK_GLASS_ENDED";
    /// A provider account was added.
    CredentialCreated "PROVIDER_CREDENTIAL_CREATED";
    /// A provider account changed.
    CredentialUpdated "PROVIDER_CREDENTIAL_UPDATED";
    /// A provider account's secret was replaced.
    CredentialRotated "PROVIDER_CREDENTIAL_ROTATED";
    /// A provider account was removed.
    CredentialDeleted "PROVIDER_CREDENTIAL_DELETED";
    /// A route was made.
    RouteCreated "ROUTE_CREATED";
    /// A route changed.
    RouteUpdated "ROUTE_UPDATED";
    /// A route was removed.
    RouteDeleted "ROUTE_DELETED";
    /// A policy was written for the first time.
    PolicyCreated "POLICY_CREATED";
    /// A policy's text or its scope changed.
    PolicyUpdated "POLICY_UPDATED";
    /// A policy moved between DRAFT, SHADOW, ACTIVE and ARCHIVED, or its canary changed.
    PolicyStatusChanged "POLICY_STATUS_CHANGED";
    /// An earlier text of a policy came back.
    PolicyRolledBack "POLICY_ROLLED_BACK";
    /// Somebody read a policy over and stands by it.
    PolicyReviewed "POLICY_REVIEWED";
    /// A policy was removed.
    PolicyDeleted "POLICY_DELETED";
    /// In an emergency, policies warn instead of refusing.
    PolicyOverrideActivated "POLICY_OVERRIDE_ACTIVATED";
    /// An emergency override ended.
    PolicyOverrideEnded "POLICY_OVERRIDE_ENDED";
    /// Somebody says how sensitive a tool is.
    ToolSensitivityChanged "TOOL_SENSITIVITY_CHANGED";
    /// A tool server was registered.
    ServerRegistered "MCP_SERVER_REGISTERED";
    /// A tool server's registration changed.
    ServerUpdated "MCP_SERVER_UPDATED";
    /// A tool server was removed.
    ServerDeregistered "MCP_SERVER_DEREGISTERED";
    /// A configuration document was imported.
    ConfigImported "CONFIG_IMPORTED";
    /// The configuration was exported.
    ConfigExported "CONFIG_EXPORTED";
    /// The audit log was exported.
    AuditExported "AUDIT_EXPORTED";
    /// A data plane refused, lost or could not get a configuration.
    ConfigSyncFailure "CONFIG_SYNC_FAILURE";
    /// Events of a data plane are missing: its counter jumped.
    AuditGap "AUDIT_GAP";
    /// A data plane or the control plane started.
    NodeStarted "NODE_STARTED";
    /// A data plane or the control plane stopped cleanly.
    NodeStopped "NODE_STOPPED";
    /// Something broke that an operator should know of.
    SystemError "SYSTEM_ERROR";
}

impl fmt::Display for EventType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for EventType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for EventType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom(format!("'{text}' is not an event type")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_reads_back_and_has_its_lower_case_form() {
        for kind in EventType::ALL {
            assert_eq!(EventType::parse(kind.as_str()), Some(*kind));
            assert_eq!(kind.as_lower(), kind.as_str().to_ascii_lowercase());
        }
    }
}

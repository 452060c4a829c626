//! Typed reasons: why somebody was not let in, more exactly than the code says.

use std::fmt;

use serde::{Serialize, Serializer};

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident $text:literal;)*) => {
        /// Why a caller was refused. A closed set: it labels metrics.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Reason {
            $($(#[$doc])* #[doc = concat!("`", $text, "`.")] $name,)*
        }

        impl Reason {
            /// Every reason, in the order of the list.
            pub const ALL: &'static [Reason] = &[$(Reason::$name,)*];

            /// The reason as the wire has it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Reason::$name => $text,)* }
            }
        }
    };
}

reasons! {
    /// The token is no JWT: not three parts of base64url, or its parts are no JSON objects.
    TokenMalformed "token_malformed";
    /// The token is larger than the gate reads.
    TokenTooLarge "token_too_large";
    /// The token's algorithm is not one that the gate accepts, or not its key's.
    AlgorithmNotAllowed "algorithm_not_allowed";
    /// No key of the issuer has signed it.
    UnknownKey "unknown_key";
    /// The signature is not right.
    InvalidSignature "invalid_signature";
    /// Its time is over.
    TokenExpired "token_expired";
    /// Its time has not come.
    TokenNotYetValid "token_not_yet_valid";
    /// Another issuer made it.
    InvalidIssuer "invalid_issuer";
    /// It is meant for somebody else.
    InvalidAudience "invalid_audience";
    /// A required claim is missing, or not of its type.
    MissingClaim "missing_claim";
    /// The issuer's keys can't be had.
    KeysUnavailable "keys_unavailable";
    /// Its session was ended.
    SessionEnded "session_ended";
    /// The gateway gave out no such refresh token, or has forgotten it.
    UnknownToken "unknown_token";
    /// A refresh token was used before: its whole family is ended.
    TokenReused "token_reused";
    /// The key is older than keys may be.
    KeyTooOld "key_too_old";
    /// The certificate's identity is mapped to nobody.
    UnknownCertificate "unknown_certificate";
    /// The certificate was revoked.
    CertificateRevoked "certificate_revoked";
    /// No revocation list is in force that could speak of the certificate.
    CertificateUnchecked "certificate_unchecked";
    /// The certificate's time is over, or has not come.
    CertificateExpired "certificate_expired";
    /// Too many attempts failed from this address.
    FailedAttempts "failed_attempts";
    /// No role that the gate knows.
    RoleNotAllowed "role_not_allowed";
    /// The role may not do this.
    InsufficientPermissions "insufficient_permissions";
    /// An attribute that is needed is missing, such as the tenant.
    MissingAttribute "missing_attribute";
    /// The credential lacks the scope.
    ScopeMissing "scope_missing";
    /// There is no such tenant.
    UnknownTenant "unknown_tenant";
    /// It belongs to another tenant.
    ForeignTenant "foreign_tenant";
    /// The tenant is suspended.
    TenantSuspended "tenant_suspended";
    /// A second factor is required here.
    MfaRequired "mfa_required";
    /// A policy's rule holds, and the reason is no narrower.
    NotAllowed "not_allowed";
    /// Not at this time.
    TimeRestriction "time_restriction";
    /// Not this tool or server.
    ResourceNotAllowed "resource_not_allowed";
    /// Not this model or provider.
    ModelNotAllowed "model_not_allowed";
    /// Not with this argument.
    ArgumentNotAllowed "argument_not_allowed";
    /// Not in this region.
    RegionNotAllowed "region_not_allowed";
    /// A policy refuses a class of data.
    DataNotAllowed "data_not_allowed";
    /// A policy refuses a session that met a text that would take over a model.
    SessionTainted "session_tainted";
    /// Not from this address.
    AddressNotAllowed "address_not_allowed";
    /// Not so many tokens.
    MaxTokensNotAllowed "max_tokens_not_allowed";
    /// Not for this agent, or not so far from whom it acts for.
    DelegationNotAllowed "delegation_not_allowed";
    /// A rule could not be evaluated.
    PolicyError "policy_error";
    /// Somebody must approve first.
    ApprovalRequired "approval_required";
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

//! Who may enter, as far as one process needs to know it: what the control plane pushes is in
//! `decide::settings`.

use std::path::PathBuf;
use std::time::Duration;

use decide::settings::Issuer;
use terms::{Role, SecretString};
use url::Url;

use super::value::words;

/// Who administers.
#[derive(Clone, Debug)]
pub struct Security {
    /// `false`: the bootstrap token is the only way in. It never means open.
    pub enabled: bool,
    /// The bootstrap token; absent: made at first start where the role can keep it.
    pub admin_token: Option<SecretString>,
    /// `oidc`: whose tokens administrators show; absent: nobody's.
    pub oidc: Option<Issuer>,
    /// `rbac.enabled`; `false` gives every authenticated administrator `org-admin`.
    pub rbac: bool,
    /// How long after they proved themselves administrators must do it again.
    pub session_timeout: Duration,
    /// The second factor.
    pub mfa: Mfa,
    /// Emergency access.
    pub break_glass: BreakGlass,
}

/// What an administrator's token must say of its second factor; empty lists: nothing.
#[derive(Clone, Debug, Default)]
pub struct Mfa {
    /// `amr` must name one of these (RFC 8176: `mfa`, `otp`, `hwk`, …).
    pub amr: Vec<String>,
    /// `acr` must be one of these.
    pub acr: Vec<String>,
}

/// Emergency access to the whole administration.
#[derive(Clone, Debug)]
pub struct BreakGlass {
    /// Who may give it to themselves; those who administer everything may give it to others.
    pub roles: Vec<Role>,
    /// How long it lasts at most.
    pub max: Duration,
}

impl Default for Security {
    fn default() -> Self {
        Self {
            enabled: true,
            admin_token: None,
            oidc: None,
            rbac: true,
            session_timeout: Duration::from_secs(3600),
            mfa: Mfa::default(),
            break_glass: BreakGlass {
                roles: Vec::new(),
                max: Duration::from_secs(3600),
            },
        }
    }
}

/// How keys are made: `authentication.api_key`.
#[derive(Clone, Debug)]
pub struct KeyMaking {
    /// What the keys of the second seed's endpoints begin with.
    pub prefix: String,
    /// Keys must have a name; absent: those of the second seed's endpoints must.
    pub require_name: Option<bool>,
    /// The folder into which a rotated key's text may be written instead of the answer.
    pub file_store: Option<PathBuf>,
}

impl Default for KeyMaking {
    fn default() -> Self {
        Self {
            prefix: "sk_".to_owned(),
            require_name: None,
            file_store: None,
        }
    }
}

/// The gateway's own tokens: `JWT_SIGNING_KEY_PATH`, `authentication.jwt.refresh_tokens`.
#[derive(Clone, Debug)]
pub struct OwnTokens {
    /// The private key, PEM: RSA, P-256, P-384 or Ed25519. Absent: no tokens are made.
    pub signing_key: Option<PathBuf>,
    /// How long an access token lasts.
    pub access_lifetime: Duration,
    /// A refresh token comes with an access token.
    pub refresh: bool,
    /// How long a refresh token lasts.
    pub refresh_lifetime: Duration,
    /// The refresh token's cookie.
    pub cookie: Cookie,
}

/// The attributes of a cookie (RFC 6265bis).
#[derive(Clone, Debug)]
pub struct Cookie {
    /// Its name.
    pub name: String,
    /// `Secure`.
    pub secure: bool,
    /// `HttpOnly`.
    pub http_only: bool,
    /// `SameSite`.
    pub same_site: SameSite,
}

words! {
    /// On which requests of other sites a cookie is sent.
    SameSite {
        /// On none.
        Strict "strict",
        /// On top-level navigations.
        Lax "lax",
        /// On all.
        None "none",
    }
}

impl Default for OwnTokens {
    fn default() -> Self {
        Self {
            signing_key: None,
            access_lifetime: Duration::from_secs(15 * 60),
            refresh: true,
            refresh_lifetime: Duration::from_secs(7 * 24 * 3600),
            cookie: Cookie {
                name: "refresh_token".to_owned(),
                secure: true,
                http_only: true,
                same_site: SameSite::Strict,
            },
        }
    }
}

/// The Redis that data planes share: `rate_limiting.storage`. Each process' own.
#[derive(Clone, Debug)]
pub struct SharedStore {
    /// `host:port`, or `redis://…`, `rediss://…`; it may hold a password.
    pub address: SecretString,
    /// The database's number.
    pub database: u32,
    /// What every key begins with.
    pub key_prefix: String,
    /// What happens to calls while it can't be reached.
    pub on_failure: OnFailure,
    /// How long one round trip may take.
    pub timeout: Duration,
    /// Connections that are kept.
    pub connections: usize,
}

words! {
    /// What happens to calls while the shared store can't be reached.
    OnFailure {
        /// Each data plane admits its share.
        Local "local",
        /// They are refused.
        Deny "deny",
        /// They are admitted, and the audit log says so.
        Allow "allow",
    }
}

/// Client certificates on a listener: `authentication.mtls`.
#[derive(Clone, Debug)]
pub struct TlsClients {
    /// The authorities, PEM.
    pub ca: PathBuf,
    /// A client without a certificate is refused in the handshake.
    pub required: bool,
    /// Where the revocation list is; absent: none is asked.
    pub crl: Option<Url>,
}

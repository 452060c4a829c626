//! JWTs: whose keys are known, and which tokens were seen before.

use std::sync::Arc;
use std::time::Duration;

use decide::Snapshot;
use decide::facts::TokenProof;
use terms::{Code, Fault, Reason, SecretString, Timestamp};

/// Proves JWTs against the issuers of a configuration.
#[derive(Default)]
pub struct Tokens;

impl Tokens {
    /// What the issuers of `snapshot` say of `token` at `now`. While `throttled`, a token that was
    /// not proven before is refused unchecked.
    #[expect(clippy::unused_async, reason = "keys are fetched here")]
    pub async fn prove(
        &self,
        _snapshot: &Arc<Snapshot>,
        _token: &SecretString,
        _now: Timestamp,
        _throttled: Option<Duration>,
    ) -> TokenProof {
        let fault = Fault::new(Code::InvalidToken, "No issuer of tokens is accepted here.");
        Err(fault.because(Reason::InvalidIssuer))
    }
}

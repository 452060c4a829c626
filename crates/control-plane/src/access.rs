//! Who may administer: the holder of the bootstrap token, and users whose JWT says so.

pub mod bootstrap;
pub mod emergencies;
mod judge;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use decide::Snapshot;
use decide::facts::{Identity, TokenProof};
use decide::settings::Issuer;
use runtime::clock::{monotonic_nanos, now};
use runtime::config::Security;
use runtime::failures::Failures;
use runtime::tokens::Tokens;
use terms::{Code, EventType, Fault, Reason, Roles, SecretString};
use tokio_util::sync::CancellationToken;

use crate::admin::users;
use crate::caller::{Caller, Standing, Way};
use crate::store::users::{Sighting, Users};
use crate::store::{Store, settings_of};
use bootstrap::Bootstrap;
use emergencies::Emergencies;

/// Who may administer.
pub struct Access {
    store: Arc<Store>,
    security: Security,
    bootstrap: Bootstrap,
    tokens: Tokens,
    failures: Failures,
    /// The users that were seen.
    pub users: Arc<Users>,
    /// Emergency access that holds.
    pub emergencies: Emergencies,
}

/// What a request proves itself with: every credential that stands in it.
#[derive(Clone, Debug, Default)]
pub struct Presented {
    /// After `Authorization: Bearer`.
    pub bearers: Vec<SecretString>,
    /// In the headers of API keys, which are no way in.
    pub keys: Vec<SecretString>,
}

/// A refusal, with what is known of who was refused.
#[derive(Debug)]
pub struct Refused {
    /// Why.
    pub fault: Fault,
    /// The caller: by name where a token proved it, and still without any right.
    pub caller: Caller,
}

impl Access {
    /// Makes ready. The second value is the bootstrap token, when this start made it.
    ///
    /// # Errors
    /// `validation_error` when the operator's token is short; `storage_unavailable`.
    pub async fn open(
        store: Arc<Store>,
        security: Security,
    ) -> Result<(Self, Option<SecretString>), Fault> {
        let (bootstrap, made) =
            Bootstrap::open(Arc::clone(&store), security.admin_token.as_ref()).await?;
        if security.enabled && !security.rbac {
            tracing::warn!(
                "security.rbac.enabled is false: every authenticated administrator is org-admin"
            );
        }
        let access = Self {
            users: Arc::new(Users::new(store.db.clone())),
            emergencies: Emergencies::open(store.db.clone()).await?,
            store,
            security,
            bootstrap,
            tokens: Tokens::default(),
            failures: Failures::default(),
        };
        Ok((access, made))
    }

    /// Keeps the issuers' keys at hand, as the settings name them, until `stop`.
    pub fn keep_keys(&self, stop: CancellationToken) -> impl Future<Output = ()> + use<> {
        let (tokens, security) = (self.tokens.clone(), self.security.clone());
        let mut states = self.store.follow();
        async move {
            let mut known = None;
            loop {
                let compiled = states.borrow_and_update().compiled.clone();
                if let Some(compiled) = compiled
                    && known.as_ref() != Some(compiled.settings())
                {
                    let issuers = judge::issuers(&security, compiled.settings());
                    tokens.prepare(&issuers, &compiled);
                    known = Some(compiled.settings().clone());
                }
                match stop.run_until_cancelled(states.changed()).await {
                    Some(Ok(())) => {}
                    Some(Err(_)) | None => return,
                }
            }
        }
    }

    /// How administrators are let in.
    pub fn security(&self) -> &Security {
        &self.security
    }

    /// Finds out who `caller` is.
    ///
    /// # Errors
    /// 401 when nothing proves it, 403 when they may not administer, 429 when too many attempts
    /// failed from their address.
    pub async fn prove(
        &self,
        caller: Caller,
        presented: &Presented,
    ) -> Result<Caller, Box<Refused>> {
        let identity = match self.proven(&caller, presented).await {
            Ok(Some(identity)) => identity,
            Ok(None) => return Ok(caller.as_proven(Standing::bootstrap())),
            Err(fault) => return Err(Box::new(Refused { fault, caller })),
        };
        let caller = caller.as_proven(Standing {
            way: Way::Jwt,
            user: Some(Arc::clone(&identity.user_id)),
            issuer: Some(Arc::clone(&identity.issuer)),
            ..Standing::default()
        });
        match self.administrator(caller.clone(), &identity).await {
            Ok(caller) => Ok(caller),
            Err(fault) => Err(Box::new(Refused { fault, caller })),
        }
    }

    /// Who a token speaks of; none: the holder of the bootstrap token.
    async fn proven(
        &self,
        caller: &Caller,
        presented: &Presented,
    ) -> Result<Option<Arc<Identity>>, Fault> {
        let token = single(presented)?;
        let compiled = self.store.state().compiled.clone();
        let throttled = self.throttled(caller);
        if throttled.is_none() && self.bootstrap.is(token) {
            return Ok(None);
        }
        let identity = self.identity(compiled.as_ref(), token, caller).await;
        match (identity, throttled) {
            // A token that was proven before is no stranger's.
            (Ok(identity), _) => Ok(Some(identity)),
            (Err(_), Some(wait)) => Err(wait),
            (Err(fault), None) => Err(fault),
        }
    }

    /// The refusal of strangers at this address, while too many attempts failed from there.
    pub fn throttled(&self, caller: &Caller) -> Option<Fault> {
        self.wait(caller).map(decide::too_many_failures)
    }

    /// How long strangers at the caller's address wait, while too many attempts failed from there.
    fn wait(&self, caller: &Caller) -> Option<Duration> {
        let (address, state) = (address(caller)?, self.store.state());
        let settings = settings_of(&state)?;
        self.failures
            .throttled(settings, address, monotonic_nanos())
    }

    /// Notes that an attempt to prove something failed.
    pub fn failed(&self, caller: &Caller, fault: &Fault) {
        if fault.code.http_status() >= 500 {
            return;
        }
        let reason = fault.why();
        metrics::counter!("gateway_auth_failures_total", "reason" => reason).increment(1);
        let state = self.store.state();
        // No attempt are: being told to wait, showing nothing, showing what was good a while ago.
        let attempt = fault.code.http_status() == 401
            && fault.code != Code::AdminTokenRequired
            && fault.reason != Some(Reason::SessionEnded);
        if attempt && let (Some(address), Some(settings)) = (address(caller), settings_of(&state)) {
            self.failures.failed(settings, address, monotonic_nanos());
        }
    }

    /// What the issuers say of a token.
    async fn identity(
        &self,
        compiled: Option<&Arc<Snapshot>>,
        token: &SecretString,
        caller: &Caller,
    ) -> Result<Arc<Identity>, Fault> {
        let refused = || {
            let message = "This is no administrator's token.";
            Fault::new(Code::InvalidAdminToken, message)
        };
        let compiled = compiled.ok_or_else(refused)?;
        let issuers = judge::issuers(&self.security, compiled.settings());
        if issuers.is_empty() || !judge::is_jwt(token) {
            return Err(refused());
        }
        self.proof(&issuers, compiled, token, caller).await
    }

    /// What `issuers` say of a token that is shown for another end than to administer.
    ///
    /// # Errors
    /// `invalid_token`; `rate_limit_exceeded` for strangers where too many attempts failed.
    pub async fn proof(
        &self,
        issuers: &[Issuer],
        compiled: &Arc<Snapshot>,
        token: &SecretString,
        caller: &Caller,
    ) -> TokenProof {
        let throttled = self.wait(caller);
        self.tokens
            .prove(issuers, compiled, token, now(), throttled)
            .await
    }

    /// The administrator that a proven token speaks of. Everybody who proved who they are is
    /// among the users from then on: so that they can be given a role.
    async fn administrator(&self, caller: Caller, identity: &Identity) -> Result<Caller, Fault> {
        let state = self.store.state();
        let compiled = state.compiled.as_deref();
        let now = now();
        let session = judge::session(&self.security, compiled, identity, now)?;
        judge::second_factor(&self.security, identity)?;
        judge::unrestricted(identity)?;
        let (roles, tenant) = judge::roles_and_tenant(&self.security, compiled, identity)?;
        let sighting = Sighting {
            issuer: identity.issuer.to_string(),
            user_id: identity.user_id.to_string(),
            username: identity.username.as_deref().map(str::to_owned),
            email: identity.email.as_deref().map(str::to_owned),
            tenant: tenant.as_ref().map(ToString::to_string),
            roles: identity.roles,
            session: Some(session),
        };
        let issuer = Arc::clone(&identity.issuer);
        let seen = users::saw(&self.store, &self.users, sighting, now).await?;
        let emergency = self.emergencies.of(&seen.id, tenant.as_ref(), now);
        let in_force = if emergency.is_some() {
            Roles::of(&[terms::Role::OrgAdmin])
        } else {
            roles
        };
        let caller = caller.as_proven(Standing {
            way: Way::Jwt,
            user: Some(Arc::clone(&seen.id)),
            issuer: Some(issuer),
            roles: in_force,
            own_roles: roles,
            tenant,
            break_glass: emergency,
        });
        if seen.new_session {
            let payload = serde_json::json!({"username": identity.username,
                "email": identity.email, "amr": identity.amr, "acr": identity.acr});
            let payload = payload.as_object().cloned().unwrap_or_default();
            let recorded = self.store.record(&caller, EventType::UserLogin, payload);
            recorded.await.map_err(crate::start::first)?;
        }
        Ok(caller)
    }
}

/// The one credential of a request.
fn single(presented: &Presented) -> Result<&SecretString, Fault> {
    let mut all = presented.bearers.iter().chain(&presented.keys);
    let first = all.next();
    if let Some(first) = first
        && all.any(|other| other != first)
    {
        let message = "The request carries two different credentials; send one.";
        return Err(Fault::new(Code::ConflictingCredentials, message));
    }
    presented.bearers.first().ok_or_else(|| {
        let message = "An administrator's token is required, as Authorization: Bearer.";
        Fault::new(Code::AdminTokenRequired, message)
    })
}

/// The address that a call comes from.
pub fn address(caller: &Caller) -> Option<IpAddr> {
    caller.ip_address.as_deref().and_then(|it| it.parse().ok())
}

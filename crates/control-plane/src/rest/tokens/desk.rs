//! What a call about tokens is judged by.

use std::net::IpAddr;
use std::sync::Arc;

use decide::Snapshot;
use decide::facts::{Identity, TokenProof};
use decide::settings::Issuer;
use terms::{Code, Fault, Faults, Reason, SecretString};

use super::super::App;
use super::super::errors::Refusal;
use super::super::refusals::{Call, event_of, note};
use crate::admin::users;
use crate::caller::Caller;
use crate::own_tokens::Ask;
use crate::store::users::Sighting;

/// The desk at which one call is served.
pub(super) struct Desk<'a> {
    app: &'a App,
    caller: &'a Caller,
    path: &'static str,
    snapshot: Arc<Snapshot>,
}

impl<'a> Desk<'a> {
    pub(super) async fn open(
        app: &'a App,
        caller: &'a Caller,
        path: &'static str,
    ) -> Result<Self, Fault> {
        let store = &app.admin.store;
        // Another instance may have ended, assigned or suspended something a moment ago.
        store.refresh().await?;
        let snapshot = store.state().compiled.clone().ok_or_else(|| {
            let message = "The gateway has no configuration yet; try again shortly.";
            Fault::new(Code::NotReady, message)
        })?;
        let address = caller.ip_address.as_deref();
        let from: Option<IpAddr> = address.and_then(|it| it.parse().ok());
        if !from.is_some_and(|address| snapshot.admits_administrator(address)) {
            let message = "This address may not use the gateway.";
            return Err(Fault::new(Code::IpAccessDenied, message));
        }
        Ok(Self {
            app,
            caller,
            path,
            snapshot,
        })
    }

    pub(super) fn ask(&self) -> Ask<'_> {
        Ask {
            own: &self.app.admin.own_tokens,
            admin: &self.app.admin,
            snapshot: &self.snapshot,
            caller: self.caller,
        }
    }

    pub(super) fn not_throttled(&self) -> Result<(), Fault> {
        self.app.access.throttled(self.caller).map_or(Ok(()), Err)
    }

    /// Whom an identity provider's token speaks of, and whether the new tokens may administer: by
    /// the rules for callers, else by those for administrators. Where both have the same issuer,
    /// only what those for administrators let in administers.
    pub(super) async fn proof(&self, token: &SecretString) -> Result<(Arc<Identity>, bool), Fault> {
        let security = self.app.access.security();
        let of_administrators = security.oidc.as_ref().filter(|_| security.enabled);
        let settings = self.snapshot.settings();
        let callers: Vec<Issuer> = settings
            .issuers
            .iter()
            .filter(|it| !it.own)
            .cloned()
            .collect();
        let fault = match self.prove(&callers, token).await {
            Ok(identity) => {
                let theirs = |it: &Issuer| *it.issuer == *identity.issuer;
                let administers = security.enabled && !of_administrators.is_some_and(theirs);
                return Ok((identity, administers));
            }
            Err(fault) => fault,
        };
        let Some(issuer) = of_administrators else {
            return Err(fault);
        };
        match self.prove(std::slice::from_ref(issuer), token).await {
            Ok(identity) => Ok((identity, true)),
            Err(nearer) if fault.reason == Some(Reason::InvalidIssuer) => Err(nearer),
            Err(_) => Err(fault),
        }
    }

    /// Whoever proved who they are is among the users from then on: so that they can be given a
    /// role.
    pub(super) async fn sees(&self, identity: &Identity) -> Result<(), Fault> {
        let sighting = Sighting {
            issuer: identity.issuer.to_string(),
            user_id: identity.user_id.to_string(),
            username: identity.username.as_deref().map(str::to_owned),
            email: identity.email.as_deref().map(str::to_owned),
            tenant: identity.tenant.as_ref().map(ToString::to_string),
            roles: identity.roles,
            session: None,
        };
        let (store, users) = (&self.app.admin.store, &self.app.access.users);
        let seen = users::saw(store, users, sighting, runtime::clock::now());
        seen.await.map(|_| ())
    }

    async fn prove(&self, issuers: &[Issuer], token: &SecretString) -> TokenProof {
        let proof = self
            .app
            .access
            .proof(issuers, &self.snapshot, token, self.caller);
        proof.await
    }

    /// One whose session is over already has what it asks for.
    pub(super) async fn leave_by_access(&self, token: &SecretString) -> Result<(), Faults> {
        let own: Vec<Issuer> = self.app.admin.own_tokens.issuer().into_iter().collect();
        let identity = self.prove(&own, token).await?;
        self.ask().leave_by_access(&identity).await
    }

    /// Counts and records a refusal.
    pub(super) async fn judged<T>(&self, result: Result<T, Faults>) -> Result<T, Refusal> {
        let faults = match result {
            Ok(value) => return Ok(value),
            Err(faults) => faults,
        };
        let Some(fault) = faults.0.first() else {
            return Err(faults.into());
        };
        self.app.access.failed(self.caller, fault);
        let Some(event) = event_of(fault) else {
            return Err(faults.into());
        };
        let call = Call {
            method: "POST",
            path: self.path,
            route: Some(self.path),
        };
        note(self.app, self.caller, event, fault, call).await;
        Err(faults.into())
    }
}

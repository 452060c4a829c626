//! Gathering the facts that steps need, each at most once.

use decide::Fact;
use decide::facts::{Credentials, Intent, LimitReading};
use decide::limit::Buckets;
use decide::policy::Uses;

use super::Walk;
use crate::clock;
use crate::counters::Charges;
use crate::inspections;
use crate::record;
use crate::rulings;

impl Walk {
    /// Gathers a fact that only the outside world knows. A fact that can't be had stays missing,
    /// and the step that needs it denies.
    pub(super) async fn gather(&mut self, fact: Fact) {
        if self.facts.has(fact) {
            return;
        }
        match fact {
            Fact::Limits => {
                let buckets = self.case.buckets(&self.snapshot, &self.facts.path);
                (self.facts.limits, self.requests) = self.take(buckets).await;
            }
            Fact::Tokens => {
                let buckets = self.case.token_buckets(&self.snapshot, &self.facts.path);
                (self.facts.tokens, self.tokens) = self.take(buckets).await;
            }
            Fact::InFlight => self.facts.in_flight = Some(self.gate.in_flight()),
            Fact::Findings => {
                self.facts.findings = inspections::find(&self.case).await;
            }
            Fact::Classified => self.facts.classified = inspections::classified(self).await,
            Fact::Ruling => {
                self.gather_for_policies().await;
                self.facts.ruling =
                    rulings::rule(&self.gate, &self.snapshot, &self.case, &self.facts);
                rulings::follow(self).await;
            }
            Fact::Intent => self.facts.intent = Some(self.write_intent().await),
            Fact::Credentials => self.facts.credentials = Some(self.check_credentials().await),
            Fact::Client | Fact::Asked => {}
        }
    }

    /// What policies want to know of the call's texts and its session.
    async fn gather_for_policies(&mut self) {
        let uses = self.needs().uses;
        if uses.meets(Uses::TAINT)
            && let (Some(tenant), Some(session)) = (self.case.tenant_id(), &self.case.session)
        {
            let taints = &self.gate.taints;
            let tainted = taints.is_tainted_anywhere(tenant, session, self.facts.now);
            self.facts.tainted = tainted.await;
        }
        if uses.meets(Uses::DATA) {
            Box::pin(self.gather(Fact::Findings)).await;
            let findings = self.facts.findings.as_ref();
            self.facts.data_classes = findings.map(|it| it.report.classes().into());
        }
    }

    /// Checks what can be checked of what was presented: tokens against their issuers' keys.
    async fn check_credentials(&mut self) -> Credentials {
        let settings = self.snapshot.settings();
        let address = self.facts.client.as_ref().map(|client| client.address);
        let throttled = address.and_then(|address| {
            let now = clock::monotonic_nanos();
            self.gate.failures.throttled(settings, address, now)
        });
        let presented = std::mem::take(&mut self.presented);
        let mut tokens = Vec::with_capacity(presented.tokens.len());
        for (place, token) in presented.tokens {
            let proof = self.gate.tokens.prove(
                &settings.issuers,
                &self.snapshot,
                &token,
                self.facts.now,
                throttled,
            );
            let proof = proof.await;
            let refused = proof.is_err();
            tokens.push((place, proof));
            if refused {
                // One is enough to refuse the call: no more work for whoever sends many.
                break;
            }
        }
        Credentials {
            keys: presented.keys,
            tokens,
            certificate: presented.certificate,
            throttled,
        }
    }

    async fn take(&self, buckets: Buckets) -> (Option<LimitReading>, Charges) {
        let (reading, charges) = self.gate.counters.take(buckets).await;
        self.gate.meters.limit(&reading);
        (Some(reading), charges)
    }

    async fn write_intent(&self) -> Intent {
        let (kind, payload) = record::intent(self);
        match self
            .gate
            .spool
            .append(clock::now(), self.case.tenant_id(), kind, &payload)
            .await
        {
            Ok(counter) => Intent::Written(counter),
            Err(fault) => Intent::Refused(fault.code(), fault.to_string()),
        }
    }
}

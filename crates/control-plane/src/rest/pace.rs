//! How fast the administration may be called: by address where nobody is proven, by actor at the
//! paths that have a limit of their own. Counted in this process.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use decide::facts::Tightest;
use decide::limit::{Bucket, Buckets, Rule, Scope};
use decide::settings::{LimitHeaders, Limits};
use runtime::clock::now;
use runtime::counters::Counters;
use runtime::failures::network;
use terms::{Code, Exceeded, Fault};

/// The calls of this process.
#[derive(Default)]
pub struct Pace(Counters);

impl Pace {
    /// A call from `address` by somebody who proves nothing. What is left, where there is a limit.
    ///
    /// # Errors
    /// `rate_limit_exceeded`.
    pub async fn stranger(
        &self,
        limits: &Limits,
        address: IpAddr,
    ) -> Result<Option<Exceeded>, Fault> {
        let address = address.to_canonical();
        let per_ip = limits.per_ip.as_ref();
        let per_ip = per_ip.filter(|it| !it.exempt.iter().any(|range| range.contains(&address)));
        match per_ip {
            Some(per_ip) => {
                let subject = format!("address\n{}", network(address));
                self.take(("address", per_ip.rule), subject).await
            }
            None => Ok(None),
        }
    }

    /// A call of `path` by a proven actor. What is left, where there is a limit.
    ///
    /// # Errors
    /// `rate_limit_exceeded`.
    pub async fn actor(
        &self,
        limits: &Limits,
        path: &str,
        actor: &str,
    ) -> Result<Option<Exceeded>, Fault> {
        match limits.of_path(path) {
            Some((pattern, rule)) => {
                let subject = format!("{pattern}\n{actor}");
                self.take(("endpoint", rule), subject).await
            }
            None => Ok(None),
        }
    }

    async fn take(
        &self,
        (resource, rule): (&'static str, Rule),
        subject: String,
    ) -> Result<Option<Exceeded>, Fault> {
        let bucket = Bucket {
            scope: Scope::Endpoint,
            tenant: None,
            subject: Arc::from(subject),
            bandwidths: rule.bandwidths().collect(),
            cost: 1,
        };
        let (reading, _) = self.0.take(Buckets::from_iter([bucket])).await;
        let tightest = reading.tightest.as_ref();
        let left = tightest.map(|tightest| left(resource, tightest));
        if reading.admitted {
            return Ok(left);
        }
        let message = format!("Too many requests for this {resource}; wait as Retry-After says.");
        let wait = tightest.map_or(Duration::from_secs(1), |it| it.retry_after);
        let fault = Fault::new(Code::RateLimitExceeded, message).retry_after(wait);
        Err(match left {
            Some(left) => fault.exceeding(left),
            None => fault,
        })
    }
}

fn left(resource: &'static str, tightest: &Tightest) -> Exceeded {
    Exceeded {
        resource,
        unit: "requests",
        limit: tightest.limit,
        remaining: tightest.remaining,
        retry_after_seconds: (!tightest.retry_after.is_zero())
            .then(|| tightest.retry_after.as_secs_f64().ceil() as u64),
        reset_at: now().plus(tightest.reset),
    }
}

/// Says what is left in the configured headers.
pub fn show(headers: &mut HeaderMap, names: &LimitHeaders, left: &Exceeded) {
    // Rounded up: whoever waits until then has all of it.
    let reset = left
        .reset_at
        .plus(Duration::from_micros(999_999))
        .unix_seconds();
    for (name, value) in [
        (&names.limit, HeaderValue::from(left.limit)),
        (&names.remaining, HeaderValue::from(left.remaining)),
        (&names.reset, HeaderValue::from(reset)),
    ] {
        if let Ok(name) = HeaderName::try_from(name) {
            headers.insert(name, value);
        }
    }
}

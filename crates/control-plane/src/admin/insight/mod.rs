//! What policies would say, and said: dry runs, replays, explanations, what binds whom.
//!
//! Nothing here is stored. Administrators of a tenant ask about their own tenant alone.

pub mod divergences;
pub mod draft;
pub mod dry_run;
pub mod effective;
pub mod explain;
pub mod known;
pub mod recorded;
pub mod replay;
pub mod sample;
pub mod span;
pub mod verdict;

use std::sync::Arc;

use decide::Snapshot;
use terms::{Code, Fault, TenantId};

use crate::authority::foreign_tenant;
use crate::caller::Standing;
use crate::store::state::State;

/// What is in force, compiled.
///
/// # Errors
/// `internal_error` while what is stored does not compile in this build.
pub fn in_force(state: &State) -> Result<Arc<Snapshot>, Fault> {
    state.compiled.clone().ok_or_else(|| {
        Fault::new(Code::InternalError, "Something broke in the control plane.")
            .detail("what is stored does not compile, so nothing can be decided by it")
    })
}

/// The tenant that is asked about: for administrators of one, theirs; none: all of them.
///
/// # Errors
/// `authorization_denied` (`foreign_tenant`).
pub fn whose(standing: &Standing, asked: Option<&str>) -> Result<Option<TenantId>, Fault> {
    let asked = asked.filter(|it| !it.is_empty()).map(TenantId::from);
    match (&standing.tenant, asked) {
        (Some(own), Some(asked)) if *own != asked => Err(foreign_tenant()),
        (Some(own), _) => Ok(Some(own.clone())),
        (None, asked) => Ok(asked),
    }
}

/// Work that takes long, off the threads that serve.
///
/// # Errors
/// `internal_error` when it broke.
pub(crate) async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Fault> {
    tokio::task::spawn_blocking(work).await.map_err(|error| {
        Fault::new(Code::InternalError, "Something broke in the control plane.")
            .detail(error.to_string())
    })
}

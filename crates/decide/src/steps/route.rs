//! Step 5: model → providers · tool → registered server.

use std::sync::Arc;

use terms::{Code, Fault, ModelName, ServerSlug};

use crate::case::{Asked, Case};
use crate::facts::Facts;
use crate::snapshot::Snapshot;
use crate::source::ServerStatus;
use crate::verdict::{Learned, Verdict};

pub(crate) fn decide(snapshot: &Snapshot, case: &Case, facts: &Facts) -> Verdict {
    match &facts.asked {
        Some(Asked::Model { model, .. }) => providers(snapshot, case, model),
        Some(Asked::Server { server, .. }) => tool_server(snapshot, case, server),
        Some(Asked::Nothing) => Verdict::Pass,
        None => Verdict::missing("asked"),
    }
}

fn providers(snapshot: &Snapshot, case: &Case, model: &ModelName) -> Verdict {
    let Some(tenant) = &case.tenant else {
        return Verdict::missing("tenant");
    };
    let candidates = snapshot.candidates(&tenant.id, model);
    if candidates.is_empty() {
        let shown: String = model.as_str().chars().take(128).collect();
        let message = format!(
            "No provider serves the model '{shown}'. GET /v1/models lists what this key may use."
        );
        return Verdict::Deny(Fault::new(Code::NoProvider, message).at("model"));
    }
    Verdict::Learn(Learned::Candidates(candidates))
}

fn tool_server(snapshot: &Snapshot, case: &Case, slug: &ServerSlug) -> Verdict {
    let Some(tenant) = &case.tenant else {
        return Verdict::missing("tenant");
    };
    match snapshot.server(&tenant.id, slug) {
        Some(server) if server.status == ServerStatus::Active => {
            Verdict::Learn(Learned::Server(Arc::clone(server)))
        }
        Some(_) => Verdict::deny(Code::ServerUnavailable, "This tool server is suspended."),
        None => {
            let shown: String = slug.as_str().chars().take(64).collect();
            Verdict::deny(
                Code::McpServerNotFound,
                format!("There is no tool server '{shown}' for this key."),
            )
        }
    }
}

//! The agent that a token speaks of, and how many hands the right went through.

use std::sync::Arc;

use serde_json::{Map, Value};
use terms::{Fault, Reason};

use super::{Claims, refused};
use crate::case::{Agent, Trust};

/// The most hands that a right may go through.
pub const MOST_HANDS: u32 = 16;
/// The most capabilities of an agent.
pub const MOST_CAPABILITIES: usize = 64;

/// The agent of a token that has one of `agent_id`, `agent_type`, `trust_level` and `act`. An
/// agent that nobody vouches for is untrusted. `act` (RFC 8693 §4.1) says who acts for the user:
/// each actor in it is one hand, and the outermost is the agent, unless `agent_id` names it.
///
/// # Errors
/// `missing_claim` when a claim is not what it must be: a token that says something unknown of
/// its agent says nothing that can be relied on.
pub(super) fn agent(claims: &Claims) -> Result<Option<Arc<Agent>>, Fault> {
    let spoken = ["agent_id", "agent_type", "trust_level", "act"];
    if spoken.iter().all(|name| claims.at(name).is_none()) {
        return Ok(None);
    }
    let text = |name| {
        let text = claims.optional_text(name)?;
        Ok::<_, Fault>(text.map(Arc::<str>::from))
    };
    let (hands, actor) = actors(claims)?;
    let trust = match claims.optional_text("trust_level")? {
        None | Some("untrusted") => Trust::Untrusted,
        Some("limited") => Trust::Limited,
        Some("trusted") => Trust::Trusted,
        Some(_) => {
            return Err(wrong("trust_level", "'trusted', 'limited' or 'untrusted'"));
        }
    };
    let capabilities = claims.texts("capabilities")?;
    if capabilities.len() > MOST_CAPABILITIES {
        return Err(wrong("capabilities", "a list of at most 64 texts"));
    }
    Ok(Some(Arc::new(Agent {
        id: text("agent_id")?.or(actor).unwrap_or_default(),
        kind: text("agent_type")?.unwrap_or_default(),
        trust,
        capabilities: capabilities.into_iter().map(Arc::from).collect(),
        environment: text("environment")?.unwrap_or_default(),
        delegation_depth: hands.max(stated(claims)?),
    })))
}

/// How many actors stand in `act`, each within the one before, and who the outermost is.
fn actors(claims: &Claims) -> Result<(u32, Option<Arc<str>>), Fault> {
    let malformed = || wrong("act", "an object with the actor's 'sub' (RFC 8693)");
    let mut within = claims.at("act");
    let mut outermost = None;
    let mut hands = 0;
    while let Some(actor) = within {
        let actor: &Map<String, Value> = actor.as_object().ok_or_else(malformed)?;
        hands += 1;
        if hands > MOST_HANDS {
            return Err(wrong("act", "at most 16 actors deep"));
        }
        if hands == 1 {
            outermost = claims.optional_text("act.sub")?.map(Arc::from);
        }
        within = actor.get("act").filter(|it| !it.is_null());
    }
    Ok((hands, outermost))
}

/// `delegation_depth`, as the gateway's own tokens state it; nobody gets nearer by it.
fn stated(claims: &Claims) -> Result<u32, Fault> {
    let Some(stated) = claims.at("delegation_depth") else {
        return Ok(0);
    };
    let hands = stated.as_u64().and_then(|it| u32::try_from(it).ok());
    hands
        .filter(|it| *it <= MOST_HANDS)
        .ok_or_else(|| wrong("delegation_depth", "a whole number of at most 16"))
}

fn wrong(claim: &str, expected: &str) -> Fault {
    let message = format!("The token's claim '{claim}' must be {expected}.");
    refused(Reason::MissingClaim, message)
}

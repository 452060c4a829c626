//! Decides recorded calls once more: with a policy, and without it.
//!
//! Each call is decided as of its own moment, by today's other policies. Memory stays at a page of
//! events and a bounded tally, however much is gone through.

mod tally;

use std::sync::Arc;
use std::time::Duration;

use decide::policy::rule::Body;
use decide::policy::{InputDocument, Uses, compile_text};
use decide::source::PolicyText;
use serde::Serialize;
use terms::{Code, Fault, Faults, TenantId, Timestamp};
use tokio::sync::Semaphore;
use utoipa::ToSchema;

use super::draft::Trial;
use super::known;
use super::recorded::{CALLS, Said, from_event};
use super::{aside, in_force};
use crate::audit::{Recorded, Span, page};
use crate::db::Db;
use crate::store::state::State;
use tally::Tally;
pub use tally::{Changes, Example, Named};

/// The most calls that one replay goes through.
pub const MOST: u32 = 100_000;
/// A replay that takes longer answers with what it has seen.
const LONGEST: Duration = Duration::from_secs(60);
/// How many replays run at once in this process: each holds a core while it decides.
const AT_ONCE: usize = 2;

/// Who may replay now. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Replays(Arc<Semaphore>);

impl Default for Replays {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

/// Which calls are decided once more.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Of this tenant; none: of all.
    pub tenant: Option<TenantId>,
    /// From then (included) until then (excluded).
    pub between: (Timestamp, Timestamp),
    /// At most so many, the newest ones.
    pub limit: u32,
}

/// What a policy would have changed.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReplayView {
    /// From when, RFC 3339.
    #[schema(value_type = String)]
    pub from: Timestamp,
    /// Until when, RFC 3339.
    #[schema(value_type = String)]
    pub to: Timestamp,
    /// How many recorded calls were decided once more, the newest first.
    pub examined: u64,
    /// Older calls of the span were not looked at: there are more than the limit, or no time was
    /// left.
    pub truncated: bool,
    /// Events that could not be read as calls.
    pub unreadable: u64,
    /// What would have been different, in calls.
    pub changes: Changes,
    /// The models, tools and users of the calls that would have been different: the ten with most.
    pub by_model: Vec<Named>,
    /// See `byModel`; as `server/tool`.
    pub by_tool: Vec<Named>,
    /// See `byModel`.
    pub by_user: Vec<Named>,
    /// The newest of each kind, at most twenty.
    pub examples: Vec<Example>,
    /// What the record can't tell of what the policy asks for.
    pub notes: Vec<String>,
}

impl Replays {
    /// Goes through the record.
    ///
    /// # Errors
    /// `overloaded` while others replay, `storage_unavailable`.
    pub async fn run(
        &self,
        db: &Db,
        state: &Arc<State>,
        trial: &Trial,
        wanted: &Wanted,
    ) -> Result<ReplayView, Faults> {
        let _turn = self.0.try_acquire().map_err(|_| busy())?;
        let replay = Arc::new(Replay {
            trial: trial.clone(),
            snapshot: in_force(state)?,
        });
        let span = span(wanted);
        let started = runtime::clock::now();
        let mut tally = Tally::default();
        let mut last: Option<Recorded> = None;
        let truncated = loop {
            let mut events = page(db, &span, last.as_ref()).await?;
            let left = wanted.limit.saturating_sub(tally.seen());
            let over = events.len() > usize::try_from(left).unwrap_or(usize::MAX);
            events.truncate(usize::try_from(left).unwrap_or(usize::MAX));
            let ended = events.len() < crate::audit::PAGE_OF_CALLS;
            last = events.last().cloned();
            let replay = Arc::clone(&replay);
            tally = aside(move || replay.decide(events, tally)).await?;
            if over || ended {
                break over;
            }
            if runtime::clock::now().since(started) > LONGEST {
                break true;
            }
        };
        let mut view = tally.view(wanted.between, truncated);
        view.notes = notes(&trial.policy.text);
        Ok(view)
    }
}

/// What a policy asks for that is not on record, or not always.
fn notes(text: &PolicyText) -> Vec<String> {
    let uses = match compile_text(text.language, &text.dsl) {
        Ok(Body::Rules(rules)) => rules.iter().fold(Uses::NONE, |all, it| all.and(it.uses)),
        Ok(Body::Rego(program)) => program.uses(),
        Err(_) => Uses::NONE,
    };
    let lacking = [
        (
            Uses::ARGUMENTS,
            "Arguments of tool calls are never recorded: rules that ask for them are undecided.",
        ),
        (
            Uses::OFFERED_TOOLS,
            "The tools that a model call offers are recorded only while a policy in force, or in \
             shadow, asks for them: older calls count as offering none.",
        ),
    ];
    let asked = lacking.into_iter().filter(|(what, _)| uses.meets(*what));
    asked.map(|(_, note)| note.to_owned()).collect()
}

fn busy() -> Fault {
    let message = "Other replays are running. Try again in a moment.";
    Fault::new(Code::Overloaded, message).retry_after(Duration::from_secs(5))
}

fn span(wanted: &Wanted) -> Span {
    Span {
        types: CALLS,
        tenant: wanted.tenant.as_ref().map(ToString::to_string),
        from: wanted.between.0,
        to: wanted.between.1,
        policy: None,
    }
}

/// What calls are decided by.
struct Replay {
    trial: Trial,
    snapshot: Arc<decide::Snapshot>,
}

impl Replay {
    fn decide(&self, events: Vec<Recorded>, mut tally: Tally) -> Tally {
        for event in &events {
            match from_event(event) {
                Said::Call(mut call) => {
                    known::of_the_registry(&self.snapshot, &mut call);
                    self.compare(event, &call, &mut tally);
                }
                Said::Ungoverned => tally.ungoverned(),
                Said::Nothing => tally.unreadable(),
            }
        }
        tally
    }

    fn compare(&self, event: &Recorded, call: &InputDocument, tally: &mut Tally) {
        let input = call.view(call.time.unwrap_or_default());
        let without = self.trial.without.decide(&input);
        let with = self.trial.with.decide(&input);
        tally.count((event, call), &without, &with);
    }
}

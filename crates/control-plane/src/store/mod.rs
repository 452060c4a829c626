//! The configuration's store: one state in memory, changed by transactions on the database.

mod beside;
pub mod break_glass;
pub mod document;
pub mod draft;
pub mod events;
pub mod history;
pub mod idempotency;
pub mod installation;
mod notices;
pub mod refresh;
mod rows;
pub mod state;
pub mod users;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use decide::Version;
use decide::source::ResourceKind;
use sqlx::AnyConnection;
use terms::{Fault, Faults};
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::sync::{Mutex, Notify, broadcast, watch};
use tokio_util::sync::CancellationToken;
use wire::sync::Priority;

use crate::authority;
use crate::caller::Caller;
use crate::db::{Db, unavailable};
use crate::sealing::Sealer;
use document::Document;
use draft::Draft;
pub use rows::Form;
use rows::Head;
use runtime::clock::now;
use runtime::meters::Meters;
use state::{Name, State, one};

/// How often an instance asks whether another one made a change.
const POLL: Duration = Duration::from_millis(500);

/// How long the database may take for one change.
const PATIENCE: Duration = Duration::from_secs(10);

/// The configuration's store.
#[derive(Debug)]
pub struct Store {
    /// The database.
    pub db: Db,
    sealer: Sealer,
    /// One change at a time in this instance; the head's row lock orders the instances.
    turn: Mutex<()>,
    current: watch::Sender<Arc<State>>,
    urgent: broadcast::Sender<Priority>,
    recorded: Notify,
    reachable: AtomicBool,
    /// Counts what is recorded and what is refused.
    pub meters: Meters,
}

/// What a change came to.
#[derive(Debug)]
pub struct Written<T> {
    /// What the change returned.
    pub value: T,
    /// The state with it.
    pub state: Arc<State>,
}

impl Store {
    /// Reads the whole configuration; makes the head of a new store.
    ///
    /// # Errors
    /// `storage_unavailable`; `internal_error` when a secret doesn't open under the master key.
    pub async fn open(db: Db, sealer: Sealer) -> Result<Self, Fault> {
        let mut tx = db.begin_write().await.map_err(unavailable)?;
        // The moment when the store is made: a later store always has the greater epoch.
        rows::make_head(&mut tx, now().unix_micros()).await?;
        let head = rows::head(&db, &mut tx, true).await?.ok_or_else(no_head)?;
        let state = load(&mut tx, &sealer, head).await?;
        tx.commit().await.map_err(unavailable)?;
        Ok(Self {
            db,
            sealer,
            turn: Mutex::new(()),
            current: watch::Sender::new(Arc::new(compiled(state))),
            urgent: broadcast::Sender::new(256),
            recorded: Notify::new(),
            reachable: AtomicBool::new(true),
            meters: Meters::default(),
        })
    }

    /// The configuration as of now.
    pub fn state(&self) -> Arc<State> {
        Arc::clone(&self.current.borrow())
    }

    /// Follows the configuration.
    pub fn follow(&self) -> watch::Receiver<Arc<State>> {
        self.current.subscribe()
    }

    /// Follows what must take effect at once. It is told before the state with the same change.
    pub fn follow_urgent(&self) -> broadcast::Receiver<Priority> {
        self.urgent.subscribe()
    }

    /// False while the database doesn't answer.
    pub fn reachable(&self) -> bool {
        self.reachable.load(Ordering::Relaxed)
    }

    /// What seals this store's secrets.
    pub fn sealer(&self) -> &Sealer {
        &self.sealer
    }

    /// Makes a change: all of it with its events, or nothing.
    ///
    /// # Errors
    /// What `change` refuses; every fault that the configuration would have; `storage_unavailable`.
    pub async fn write<T: Send>(
        &self,
        caller: &Caller,
        change: impl FnOnce(&mut Draft<'_>) -> Result<T, Faults> + Send,
    ) -> Result<Written<T>, Faults> {
        let change = async {
            let turn = self.turn.lock().await;
            let done = self.transact(caller, change).await?;
            Ok((turn, done))
        };
        let done = tokio::time::timeout(PATIENCE, change).await;
        let (_turn, (value, before, next)) = done.unwrap_or_else(|_| Err(one(self.late())))?;
        if !Arc::ptr_eq(&before, &next) {
            self.publish(&before, Arc::clone(&next));
        }
        self.recorded.notify_one();
        Ok(Written { value, state: next })
    }

    /// The fault of a database that takes a connection and then says nothing. What became of a
    /// commit is not known then: the next look at the head tells.
    fn late(&self) -> Fault {
        self.reachable.store(false, Ordering::Relaxed);
        unavailable(sqlx::Error::PoolTimedOut)
    }

    async fn transact<T: Send>(
        &self,
        caller: &Caller,
        change: impl FnOnce(&mut Draft<'_>) -> Result<T, Faults> + Send,
    ) -> Result<(T, Arc<State>, Arc<State>), Faults> {
        let mut tx = self.begin().await.map_err(one)?;
        let (mut head, state) = self.locked(&mut tx).await.map_err(one)?;
        let mut draft = Draft::new(&state, now(), &caller.standing);
        let value = at_length(|| change(&mut draft))?;
        let (changes, notes) = draft.finish();
        authority::may_write(&caller.standing, &state, &changes)?;
        let next = if changes.is_empty() {
            Arc::clone(&state)
        } else {
            head.seq += 1;
            let mut next = state.with(version(head), changes.clone());
            at_length(|| next.compile()).map_err(|faults| nearer(faults, &changes))?;
            self.write_changes(&mut tx, head, &mut next, changes)
                .await
                .map_err(one)?;
            Arc::new(next)
        };
        let told = events::types(&notes);
        head.events = events::write(&mut tx, head.events, caller, notes)
            .await
            .map_err(one)?;
        rows::set_head(&mut tx, head).await.map_err(one)?;
        let committed = tx.commit().await.map_err(unavailable);
        self.saw(committed).map_err(one)?;
        self.count(&told);
        Ok((value, state, next))
    }

    async fn write_changes(
        &self,
        tx: &mut AnyConnection,
        head: Head,
        next: &mut State,
        changes: impl IntoIterator<Item = (Name, Option<Arc<state::Record>>)>,
    ) -> Result<(), Fault> {
        let mut touched = Vec::new();
        for (name, record) in changes {
            match &record {
                Some(record) => rows::put(tx, &self.sealer, record).await?,
                None => rows::remove(tx, &name).await?,
            }
            touched.push(name);
        }
        history::write(tx, head.seq, now(), &next.digest, touched.iter()).await?;
        let (seq, digest) = (next.version.seq, next.digest);
        Arc::make_mut(&mut next.history).add(seq, digest, touched);
        Ok(())
    }

    /// Tries a change: everything of [`Store::write`] but the writing.
    ///
    /// # Errors
    /// Those of [`Store::write`].
    pub async fn rehearse<T: Send>(
        &self,
        caller: &Caller,
        change: impl FnOnce(&mut Draft<'_>) -> Result<T, Faults> + Send,
    ) -> Result<T, Faults> {
        self.refresh().await.map_err(one)?;
        let state = self.state();
        let mut draft = Draft::new(&state, now(), &caller.standing);
        let value = at_length(|| change(&mut draft))?;
        let (changes, _) = draft.finish();
        let mut next = state.with(state.version, changes.clone());
        at_length(|| next.compile()).map_err(|faults| nearer(faults, &changes))?;
        Ok(value)
    }

    /// The earlier and present forms of a resource, the newest first.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn forms(&self, kind: ResourceKind, id: &str) -> Result<Vec<Form>, Fault> {
        let mut on = self.db.pool.acquire().await.map_err(unavailable)?;
        rows::forms(&mut on, kind, id).await
    }

    /// Takes over what other instances changed.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn refresh(&self) -> Result<(), Fault> {
        let refreshed = tokio::time::timeout(PATIENCE, self.catch_up()).await;
        refreshed.unwrap_or_else(|_| Err(self.late()))
    }

    async fn catch_up(&self) -> Result<(), Fault> {
        let head = self.saw(self.read_head().await)?;
        if version(head) == self.current.borrow().version {
            return Ok(());
        }
        let _turn = self.turn.lock().await;
        let mut tx = self.begin().await?;
        self.locked(&mut tx).await.map(|_| ())
    }

    async fn read_head(&self) -> Result<Head, Fault> {
        let mut on = self.db.pool.acquire().await.map_err(unavailable)?;
        rows::head(&self.db, &mut on, false)
            .await?
            .ok_or_else(no_head)
    }

    /// Asks twice a second whether another instance made a change, until `stop`.
    pub async fn poll(&self, stop: CancellationToken) {
        let mut ticks = tokio::time::interval(POLL);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        while stop.run_until_cancelled(ticks.tick()).await.is_some() {
            let was = self.reachable();
            match self.refresh().await {
                Ok(()) if !was => tracing::info!("the database answers again"),
                Err(fault) if was => tracing::error!(%fault, "the database does not answer"),
                Ok(()) | Err(_) => {}
            }
        }
    }

    async fn begin(&self) -> Result<sqlx::Transaction<'static, sqlx::Any>, Fault> {
        let begun = self.db.begin_write().await.map_err(unavailable);
        self.saw(begun)
    }

    /// Locks the head and brings the state in memory to it.
    async fn locked(&self, tx: &mut AnyConnection) -> Result<(Head, Arc<State>), Fault> {
        let head = rows::head(&self.db, tx, true).await?.ok_or_else(no_head)?;
        let known = self.state();
        if known.version == version(head) {
            return Ok((head, known));
        }
        let newer = match missed(tx, &self.sealer, &known, head).await? {
            Some(newer) => newer,
            None => load(tx, &self.sealer, head).await?,
        };
        let newer = Arc::new(compiled(newer));
        self.publish(&known, Arc::clone(&newer));
        Ok((head, newer))
    }

    fn publish(&self, before: &State, next: Arc<State>) {
        for message in before.urgent(&next) {
            // Nobody listens while no data plane is connected.
            let _ = self.urgent.send(message);
        }
        self.current.send_replace(next);
    }

    /// Remembers whether the database answered.
    fn saw<T>(&self, result: Result<T, Fault>) -> Result<T, Fault> {
        self.reachable.store(result.is_ok(), Ordering::Relaxed);
        result
    }
}

/// Work that may take long, such as compiling ten thousand policies: the other tasks of this thread
/// go on elsewhere meanwhile, where the runtime has more than one.
fn at_length<T>(work: impl FnOnce() -> T) -> T {
    match Handle::try_current().map(|it| it.runtime_flavor()) {
        Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(work),
        _ => work(),
    }
}

/// What is stored was accepted once; if this build refuses it, data planes will, and say so.
fn compiled(mut state: State) -> State {
    if let Err(faults) = at_length(|| state.compile()) {
        tracing::error!(%faults, "the stored configuration does not compile");
    }
    state
}

/// Where a change is about one resource, its faults point into the caller's body.
fn nearer(faults: Faults, changes: &BTreeMap<Name, Option<Arc<state::Record>>>) -> Faults {
    let mut put = changes.values().flatten();
    let (Some(record), None) = (put.next(), put.next()) else {
        return faults;
    };
    let place = record.document.fault_place();
    let nearer = faults.0.into_iter().map(|mut fault| {
        let inside = fault
            .param
            .as_deref()
            .and_then(|at| at.strip_prefix(&place))
            .filter(|rest| rest.is_empty() || rest.starts_with('/'))
            .map(str::to_owned);
        if inside.is_some() {
            fault.param = inside;
        }
        fault
    });
    Faults(nearer.collect())
}

fn version(head: Head) -> Version {
    Version {
        epoch: u64::try_from(head.epoch).unwrap_or_default(),
        seq: u64::try_from(head.seq).unwrap_or_default(),
    }
}

fn no_head() -> Fault {
    rows::broken("the store has no head")
}

async fn load(on: &mut AnyConnection, sealer: &Sealer, head: Head) -> Result<State, Fault> {
    let records = rows::all(on, sealer).await?;
    let empty = State::default();
    let mut state = empty.with(
        version(head),
        records
            .into_iter()
            .map(|(name, record)| (name, Some(record))),
    );
    let history = Arc::make_mut(&mut state.history);
    for (seq, digest, touched) in history::read(on, 0).await? {
        history.add(seq, digest, touched);
    }
    Ok(state)
}

/// The state at `head`, made from `known` by what changed since; none when that is not known.
async fn missed(
    on: &mut AnyConnection,
    sealer: &Sealer,
    known: &State,
    head: Head,
) -> Result<Option<State>, Fault> {
    let target = version(head);
    if known.version.epoch != target.epoch || known.version.seq > target.seq {
        return Ok(None);
    }
    let mut history = History::clone(&known.history);
    let after = i64::try_from(known.version.seq).unwrap_or(i64::MAX);
    for (seq, digest, touched) in history::read(on, after).await? {
        history.add(seq, digest, touched);
    }
    let Some(touched) = history.between(known.version.seq, target.seq) else {
        return Ok(None);
    };
    let mut changes = Vec::new();
    for name in touched {
        let record = rows::one(on, sealer, &name).await?;
        changes.push((name, record));
    }
    let mut state = known.with(target, changes);
    state.history = Arc::new(history);
    Ok(Some(state))
}

use history::History;

/// The document of a record, if it is of the wanted kind.
pub fn settings_of(state: &State) -> Option<&decide::settings::Settings> {
    match &state
        .get(ResourceKind::Settings, document::SETTINGS_ID)?
        .document
    {
        Document::Settings(settings) => Some(settings),
        _ => None,
    }
}

//! The database: PostgreSQL, or SQLite when embedded. Queries are written once, with `$1`
//! placeholders and column types that both know (`BIGINT`, `TEXT`, bytes).

use std::time::Duration;

use sqlx::any::{AnyPoolOptions, install_default_drivers};
use sqlx::migrate::Migrator;
use sqlx::{Any, AnyPool, Executor, Transaction};
use terms::{Code, Fault};

static POSTGRES: Migrator = sqlx::migrate!("../../migrations/postgres");
static SQLITE: Migrator = sqlx::migrate!("../../migrations/sqlite");

/// How long a caller waits for a connection before the answer is `storage_unavailable`.
const ACQUIRE: Duration = Duration::from_secs(3);

/// Write-ahead log: readers don't wait for the writer. `synchronous=FULL`: a commit is on the disk
/// before it is acknowledged, because a data plane deletes its spool on that acknowledgement. The
/// intake commits in batches, so the price is one fsync a batch.
const SQLITE_SETTINGS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
     PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 10000;";

/// Which database it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DbKind {
    /// The real store.
    Postgres,
    /// The embedded store: one file.
    Sqlite,
}

/// The database, with its tables in their newest form. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Db {
    /// Its connections.
    pub pool: AnyPool,
    /// Which database it is.
    pub kind: DbKind,
}

impl Db {
    /// Connects to `postgres://…` or `sqlite:…` and runs the migrations that are missing. The file
    /// of a SQLite database is made when it isn't there, readable by its owner alone.
    ///
    /// # Errors
    /// `validation_error` when the URL is of neither kind, `storage_unavailable` when the database
    /// can't be reached or a migration fails.
    pub async fn open(url: &str) -> Result<Self, Fault> {
        install_default_drivers();
        let db = if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Self::open_postgres(url).await?
        } else if url.starts_with("sqlite:") {
            Self::open_sqlite(url).await?
        } else {
            return Err(Fault::new(
                Code::ValidationError,
                "The database URL must begin with postgres:// or sqlite:.",
            ));
        };
        db.migrator().run(&db.pool).await.map_err(|error| {
            Fault::new(Code::StorageUnavailable, "A migration failed.").detail(error.to_string())
        })?;
        Ok(db)
    }

    async fn open_postgres(url: &str) -> Result<Self, Fault> {
        let pool = AnyPoolOptions::new()
            .max_connections(16)
            .acquire_timeout(ACQUIRE)
            .connect(url)
            .await
            .map_err(unavailable)?;
        Ok(Self {
            pool,
            kind: DbKind::Postgres,
        })
    }

    async fn open_sqlite(url: &str) -> Result<Self, Fault> {
        let url = if url.contains("mode=") {
            url.to_owned()
        } else {
            let joint = if url.contains('?') { '&' } else { '?' };
            format!("{url}{joint}mode=rwc")
        };
        make_private(&url)?;
        let pool = AnyPoolOptions::new()
            .max_connections(8)
            .acquire_timeout(ACQUIRE)
            .after_connect(|connection, _| {
                Box::pin(async move { connection.execute(SQLITE_SETTINGS).await.map(|_| ()) })
            })
            .connect(&url)
            .await
            .map_err(unavailable)?;
        Ok(Self {
            pool,
            kind: DbKind::Sqlite,
        })
    }

    fn migrator(&self) -> &'static Migrator {
        match self.kind {
            DbKind::Postgres => &POSTGRES,
            DbKind::Sqlite => &SQLITE,
        }
    }

    /// Begins a transaction that will write. SQLite takes its one write lock here, so that a
    /// transaction which reads before it writes can't fail half-way.
    ///
    /// # Errors
    /// The driver's.
    pub async fn begin_write(&self) -> Result<Transaction<'static, Any>, sqlx::Error> {
        match self.kind {
            DbKind::Postgres => self.pool.begin().await,
            DbKind::Sqlite => self.pool.begin_with("BEGIN IMMEDIATE").await,
        }
    }

    /// `FOR UPDATE` where rows are locked one by one; nothing where the transaction holds the one
    /// write lock. Append it to a `SELECT` inside [`Db::begin_write`].
    pub fn for_update(&self) -> &'static str {
        match self.kind {
            DbKind::Postgres => " FOR UPDATE",
            DbKind::Sqlite => "",
        }
    }
}

/// The fault for a database error: the caller may try again, the operator sees the reason.
pub fn unavailable(error: sqlx::Error) -> Fault {
    Fault::new(
        Code::StorageUnavailable,
        "The database does not answer; nothing was changed. Try again.",
    )
    .detail(error.to_string())
    .retry_after(Duration::from_secs(1))
}

/// Makes the file before SQLite does, so that nobody else may read it from the start.
fn make_private(url: &str) -> Result<(), Fault> {
    use std::os::unix::fs::OpenOptionsExt as _;

    let options: sqlx::sqlite::SqliteConnectOptions = url.parse().map_err(unavailable)?;
    let path = options.get_filename();
    if path.as_os_str() == ":memory:" || url.contains("mode=memory") || url.contains("mode=ro") {
        return Ok(());
    }
    std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .mode(0o600)
        .open(path)
        .map(|_| ())
        .map_err(|error| {
            let message = format!("The database file can't be opened: {error}.");
            Fault::new(Code::StorageUnavailable, message).detail(path.display().to_string())
        })
}

#[cfg(test)]
mod tests;

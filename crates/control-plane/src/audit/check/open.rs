//! Opens a store to read it and nothing else.

use std::path::{Path, PathBuf};

use sqlx::any::install_default_drivers;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AnyConnection, ConnectOptions as _, Connection as _};

use crate::db::DbKind;

/// A store that can't be written through.
pub(super) struct Opened {
    pub(super) connection: AnyConnection,
    pub(super) kind: DbKind,
    /// A copy that is read instead, and removed afterwards.
    copy: Option<PathBuf>,
}

impl Opened {
    pub(super) async fn close(self) {
        // Nothing was written: what closing answers can't matter.
        let _ = self.connection.close().await;
        if let Some(folder) = self.copy {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

/// Opens `url`. The error says why nothing can be checked.
pub(super) async fn read_only(url: &str) -> Result<Opened, String> {
    install_default_drivers();
    if url.starts_with("postgres:") || url.starts_with("postgresql:") {
        let connection = AnyConnection::connect(url)
            .await
            .map_err(|e| format!("The database can't be reached: {e}."))?;
        return Ok(Opened {
            connection,
            kind: DbKind::Postgres,
            copy: None,
        });
    }
    if !url.starts_with("sqlite:") {
        return Err("The database URL must begin with postgres:// or sqlite:.".into());
    }
    let options: SqliteConnectOptions = url.parse().map_err(|e| format!("Not a URL: {e}."))?;
    let file = options.get_filename().to_owned();
    if let Err(why) = std::fs::metadata(&file) {
        return Err(format!("{}: {why}.", file.display()));
    }
    let wal = beside(&file, "-wal");
    if !wal.exists() {
        // Nobody has it open and nothing is left to recover: SQLite needs no lock and leaves no
        // file beside it.
        let connection = sqlite(options.read_only(true).immutable(true)).await?;
        return Ok(opened(connection, None));
    }
    if let Ok(connection) = sqlite(options.clone().read_only(true)).await {
        return Ok(opened(connection, None));
    }
    // In a folder that can't be written, SQLite can't read what is still in the `-wal`.
    let folder = copy(&file, &wal).map_err(|e| format!("{}: {e}.", file.display()))?;
    let copied = options.filename(folder.join("copy.db")).read_only(true);
    match sqlite(copied).await {
        Ok(connection) => Ok(opened(connection, Some(folder))),
        Err(why) => {
            let _ = std::fs::remove_dir_all(folder);
            Err(why)
        }
    }
}

fn opened(connection: AnyConnection, copy: Option<PathBuf>) -> Opened {
    Opened {
        connection,
        kind: DbKind::Sqlite,
        copy,
    }
}

async fn sqlite(options: SqliteConnectOptions) -> Result<AnyConnection, String> {
    let unreadable = |e: sqlx::Error| format!("The database file can't be read: {e}.");
    let mut connection = AnyConnection::connect(options.to_url_lossy().as_str())
        .await
        .map_err(unreadable)?;
    // Opening touches nothing; the first read does.
    sqlx::query("SELECT COUNT(*) FROM sqlite_master")
        .execute(&mut connection)
        .await
        .map_err(unreadable)?;
    Ok(connection)
}

fn beside(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

/// Copies the file and its `-wal` into a new folder that only this user can read.
fn copy(file: &Path, wal: &Path) -> std::io::Result<PathBuf> {
    use std::os::unix::fs::DirBuilderExt as _;

    let mut random = [0u8; 8];
    getrandom::fill(&mut random).map_err(std::io::Error::other)?;
    let name = format!("gatehouse-verify-{}", hex::encode(random));
    let folder = std::env::temp_dir().join(name);
    std::fs::DirBuilder::new().mode(0o700).create(&folder)?;
    std::fs::copy(file, folder.join("copy.db"))?;
    std::fs::copy(wal, folder.join("copy.db-wal"))?;
    Ok(folder)
}

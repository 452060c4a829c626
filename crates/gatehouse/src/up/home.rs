//! The data directory of `gatehouse up`: one process at a time, secrets that are made once and
//! readable by their owner alone.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use terms::SecretString;

/// An opened data directory. The lock is held as long as this lives.
pub struct Home {
    dir: PathBuf,
    _lock: File,
}

impl Home {
    /// Opens `dir`, making it where it is missing.
    ///
    /// # Errors
    /// When it can't be made, or when another process works in it.
    pub fn open(dir: &Path) -> anyhow::Result<Self> {
        for folder in [dir.to_owned(), dir.join("secrets")] {
            DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(&folder)
                .with_context(|| format!("{} can't be made", folder.display()))?;
        }
        let dir = dir
            .canonicalize()
            .with_context(|| format!("{} can't be found", dir.display()))?;
        let path = dir.join("gatehouse.lock");
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(&path)
            .with_context(|| format!("{} can't be opened", path.display()))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { dir, _lock: lock }),
            Err(TryLockError::WouldBlock) => {
                bail!(
                    "another gatehouse works in {}; stop it first",
                    dir.display()
                )
            }
            Err(TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("{} can't be locked", path.display()))
            }
        }
    }

    /// The directory.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// A path in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    /// The secret of this name; made by `make` and kept when there is none.
    ///
    /// # Errors
    /// When it can't be read, made or kept.
    pub fn secret(
        &self,
        name: &str,
        make: impl FnOnce() -> anyhow::Result<String>,
    ) -> anyhow::Result<SecretString> {
        if let Some(kept) = self.kept_secret(name)? {
            return Ok(kept);
        }
        let made = make()?;
        self.keep_secret(name, &made)?;
        Ok(SecretString::new(made))
    }

    /// The secret of this name, if there is one.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn kept_secret(&self, name: &str) -> anyhow::Result<Option<SecretString>> {
        let path = self.dir.join("secrets").join(name);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Some(SecretString::new(text.trim_end()))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("{} can't be read", path.display())),
        }
    }

    /// Keeps a secret.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn keep_secret(&self, name: &str, text: &str) -> anyhow::Result<()> {
        self.write(&format!("secrets/{name}"), text)
    }

    /// Writes a file that its owner alone may read, whole or not at all.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn write(&self, name: &str, text: &str) -> anyhow::Result<()> {
        let path = self.dir.join(name);
        let beside = self.dir.join(format!("{name}.new"));
        let put = || -> std::io::Result<()> {
            match fs::remove_file(&beside) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                _ => {}
            }
            let mut file = OpenOptions::new()
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(&beside)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            fs::rename(&beside, &path)
        };
        put().with_context(|| format!("{} can't be written", path.display()))
    }
}

/// 32 random bytes as hex, after `prefix`.
///
/// # Errors
/// When the system gives no randomness.
pub fn draw(prefix: &str) -> anyhow::Result<String> {
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes).context("the system gives no randomness")?;
    Ok(format!("{prefix}{}", hex::encode(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn a_secret_is_made_once_and_kept_for_its_owner_alone() {
        let dir = tempfile::tempdir().unwrap();
        let home = Home::open(&dir.path().join("data")).unwrap();
        let made = home.secret("it", || draw("x_")).unwrap();
        let again = home.secret("it", || draw("x_")).unwrap();
        assert_eq!(made.expose(), again.expose());
        assert_eq!(made.expose().len(), 66);
        for (name, mode) in [("", 0o700), ("secrets", 0o700), ("secrets/it", 0o600)] {
            let found = fs::metadata(home.path(name)).unwrap().permissions().mode() & 0o777;
            assert_eq!(found, mode, "{name}");
        }
    }

    #[test]
    fn two_processes_never_work_in_one_directory() {
        let dir = tempfile::tempdir().unwrap();
        let first = Home::open(dir.path()).unwrap();
        let second = Home::open(dir.path()).err().unwrap();
        assert!(second.to_string().contains("another gatehouse"), "{second}");
        drop(first);
        assert!(Home::open(dir.path()).is_ok());
    }
}

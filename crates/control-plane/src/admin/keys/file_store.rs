//! The folder into which a key's text is written instead of the answer.
//!
//! A text is first written beside its place (`name.next`), then the change is committed, then the
//! file is moved into place. So the text is on the disk before the old one ends, whatever fails.
//! What a failure left beside is settled by the next write: moved into place when its text is one
//! that works, removed when it never did.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use terms::{Code, Fault, KeyId, SecretString};
use tokio::time::Instant;

/// How long one write waits for another.
const PATIENCE: Duration = Duration::from_secs(5);
/// The most that is read of a file: no key is as long.
const MOST_BYTES: u64 = 4096;
const NEXT: &str = ".next";

/// Whose text it is, when it is one that works.
pub type Whose = Arc<dyn Fn(&str) -> Option<KeyId> + Send + Sync>;

/// A file of the store.
#[derive(Clone, Debug)]
pub struct Place {
    folder: PathBuf,
    name: String,
}

/// A text that stands beside its place. The store is locked as long as this lives.
#[derive(Debug)]
pub struct Beside {
    place: Place,
    _lock: File,
}

impl Place {
    /// Reads `file:///name`.
    ///
    /// # Errors
    /// `not_in_this_build` for other stores; `validation_error` for what is no plain name, and
    /// where there is no folder. They point at `/storeIn`.
    pub fn read(reference: &str, folder: Option<&Path>) -> Result<Self, Fault> {
        let refused = |code, message: &'static str| Fault::new(code, message).at("/storeIn");
        let Some(name) = reference.strip_prefix("file:///") else {
            if reference.starts_with("file:") {
                let message = "A file of the key store is named as in file:///name.";
                return Err(refused(Code::ValidationError, message));
            }
            let message = "Keys can be stored at file:/// only in this build.";
            return Err(refused(Code::NotInThisBuild, message));
        };
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        let fits = (1..=128).contains(&name.len())
            && name.bytes().all(plain)
            && !name.starts_with('.')
            && !name.contains("..")
            && !name.ends_with(NEXT);
        if !fits {
            let message = "A name in the key store is 1 to 128 letters, digits, '.', '-' and '_', \
                           without a folder, not beginning with '.' and not ending in '.next'.";
            return Err(refused(Code::ValidationError, message));
        }
        let Some(folder) = folder else {
            let message = "The control plane has no folder for keys: \
                           set authentication.api_key.file_store.";
            return Err(refused(Code::ValidationError, message));
        };
        Ok(Self {
            folder: folder.to_owned(),
            name: name.to_owned(),
        })
    }

    /// Writes `text` beside the place. `of`: the key that it belongs to, when that exists.
    ///
    /// # Errors
    /// `conflict` when the place holds another key or what is none, or when another write does
    /// not end; `storage_unavailable` when the folder can't be written. Nothing was lost then.
    pub async fn put_beside(
        self,
        text: SecretString,
        of: Option<KeyId>,
        whose: Whose,
    ) -> Result<Beside, Fault> {
        let lock = self.lock().await?;
        let place = self.clone();
        blocking(move || place.prepare(&text, of.as_ref(), &*whose)).await?;
        Ok(Beside {
            place: self,
            _lock: lock,
        })
    }

    async fn lock(&self) -> Result<File, Fault> {
        let path = self.folder.join(".lock");
        let file = blocking(move || {
            OpenOptions::new()
                .create(true)
                .truncate(false)
                .write(true)
                .mode(0o600)
                .open(path)
                .map_err(|error| unwritable(&error))
        })
        .await?;
        let deadline = Instant::now() + PATIENCE;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(file),
                Err(TryLockError::WouldBlock) if Instant::now() < deadline => {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                Err(TryLockError::WouldBlock) => {
                    let message = "Another key is being written to the key store; try again.";
                    let fault = Fault::new(Code::Conflict, message).at("/storeIn");
                    return Err(fault.retry_after(Duration::from_secs(1)));
                }
                Err(TryLockError::Error(error)) => return Err(unwritable(&error)),
            }
        }
    }

    fn path(&self) -> PathBuf {
        self.folder.join(&self.name)
    }

    fn next(&self) -> PathBuf {
        self.folder.join(format!("{}{NEXT}", self.name))
    }

    fn prepare(
        &self,
        text: &SecretString,
        of: Option<&KeyId>,
        whose: &(dyn Fn(&str) -> Option<KeyId> + Send + Sync),
    ) -> Result<(), Fault> {
        if let Some(left) = held(&self.next())? {
            if whose(&left).is_some() {
                fs::rename(self.next(), self.path()).map_err(|error| unwritable(&error))?;
            } else {
                fs::remove_file(self.next()).map_err(|error| unwritable(&error))?;
            }
        }
        if let Some(there) = held(&self.path())? {
            self.may_go(&there, of, whose)?;
        }
        let write = || -> std::io::Result<()> {
            let mut file = OpenOptions::new()
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(self.next())?;
            // Exposed to the file that its owner alone may read.
            file.write_all(text.expose().as_bytes())?;
            file.sync_all()?;
            File::open(&self.folder)?.sync_all()
        };
        write().map_err(|error| {
            let _ = fs::remove_file(self.next());
            unwritable(&error)
        })
    }

    /// What stands at the place may be replaced: an earlier text of the same key, or one that
    /// works no more.
    fn may_go(
        &self,
        there: &str,
        of: Option<&KeyId>,
        whose: &(dyn Fn(&str) -> Option<KeyId> + Send + Sync),
    ) -> Result<(), Fault> {
        let message = match whose(there) {
            Some(other) if Some(&other) != of => {
                format!(
                    "'{}' holds the API key '{other}', which still works.",
                    self.name
                )
            }
            Some(_) => return Ok(()),
            None if decide::key::lookup(there).is_some() => return Ok(()),
            None => format!("'{}' holds something that is no API key.", self.name),
        };
        Err(Fault::new(Code::Conflict, message).at("/storeIn"))
    }
}

impl Beside {
    /// Moves the text into its place. Returns where it is: beside, when it can't be moved.
    pub async fn settle(self) -> String {
        let place = self.place.clone();
        let moved = blocking(move || {
            let moved = fs::rename(place.next(), place.path())
                .and_then(|()| File::open(&place.folder)?.sync_all());
            moved.map_err(|error| unwritable(&error))
        });
        match moved.await {
            Ok(()) => format!("file:///{}", self.place.name),
            Err(fault) => {
                tracing::error!(%fault, name = self.place.name, "a key's file stays beside its place");
                self.waiting()
            }
        }
    }

    /// Takes the text away: the change was refused.
    pub async fn withdraw(self) {
        let next = self.place.next();
        let gone = blocking(move || fs::remove_file(next).map_err(|error| unwritable(&error)));
        if let Err(fault) = gone.await {
            tracing::warn!(%fault, "the text of a key that was not made stays in the key store");
        }
    }

    /// Where the text waits.
    pub fn waiting(&self) -> String {
        format!("file:///{}{NEXT}", self.place.name)
    }
}

/// The text of a file; none when there is none.
fn held(path: &Path) -> Result<Option<String>, Fault> {
    let metadata = match fs::symlink_metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unwritable(&error)),
    };
    if !metadata.is_file() {
        let message = "There is something in the key store under this name that is no file.";
        return Err(Fault::new(Code::Conflict, message).at("/storeIn"));
    }
    let mut text = Vec::new();
    File::open(path)
        .and_then(|file| file.take(MOST_BYTES).read_to_end(&mut text))
        .map_err(|error| unwritable(&error))?;
    let text = String::from_utf8_lossy(&text);
    Ok(Some(text.trim_end().to_owned()))
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(unwritable(&std::io::Error::other(error))))
}

fn unwritable(error: &std::io::Error) -> Fault {
    let message = "The key store can't be written; nothing was changed.";
    Fault::new(Code::StorageUnavailable, message)
        .detail(error.to_string())
        .at("/storeIn")
}

#[cfg(test)]
mod tests;

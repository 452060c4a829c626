//! The last good configuration on disk: encrypted, two generations, never half written.
//!
//! `snapshot-{epoch}-{seq}.bin` holds a push, signature included, under AES-256-GCM with a key
//! derived from the data plane's private key. `snapshot.index` (and `snapshot.index.previous`)
//! says, under the same key, which versions are the last two: a file that was swapped for an older
//! one is not the version that the index names, and is refused.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use decide::Version;
use hkdf::Hkdf;
use prost::Message;
use sha2::Sha256;
use terms::SecretBytes;
use wire::sync::Snapshot;

const MAGIC: &[u8; 8] = b"GHSNAP1\n";
const NONCE: usize = 12;

/// Where a data plane keeps the last good configuration.
pub struct Disk {
    dir: PathBuf,
    cipher: Aes256Gcm,
}

impl Disk {
    /// In `dir`; `secret` is the data plane's private key.
    ///
    /// # Errors
    /// When the folder can't be made.
    pub fn new(dir: PathBuf, secret: &SecretBytes) -> io::Result<Self> {
        fs::create_dir_all(&dir)?;
        let mut key = [0u8; 32];
        Hkdf::<Sha256>::new(None, secret.expose())
            .expand(b"gatehouse snapshot at rest v1", &mut key)
            .map_err(|_| io::Error::other("key derivation failed"))?;
        let cipher = Aes256Gcm::new_from_slice(&key).map_err(io::Error::other)?;
        Ok(Self { dir, cipher })
    }

    /// Keeps `snapshot` as the newest generation and the one before as the previous.
    ///
    /// # Errors
    /// When the disk refuses; what was kept before stays.
    pub fn keep(&self, snapshot: &Snapshot) -> io::Result<()> {
        let version = version_of(snapshot).ok_or_else(|| invalid("no version"))?;
        let kept = self.index("snapshot.index").unwrap_or_default();
        let previous: Vec<Version> = kept
            .iter()
            .copied()
            .filter(|it| *it != version)
            .take(1)
            .collect();
        self.write(&file_name(version), version, &snapshot.encode_to_vec())?;
        if let Ok(index) = fs::read(self.dir.join("snapshot.index")) {
            write_atomic(&self.dir, "snapshot.index.previous", &index)?;
        }
        let versions: Vec<Version> = std::iter::once(version).chain(previous).collect();
        let plain: Vec<u8> = versions
            .iter()
            .flat_map(|it| [it.epoch.to_be_bytes(), it.seq.to_be_bytes()].concat())
            .collect();
        let sealed = self.seal(b"index", &plain)?;
        write_atomic(&self.dir, "snapshot.index", &sealed)?;
        self.forget_others(&versions)
    }

    /// The newest generation that is whole and is what the index says; none when there is none.
    /// What is damaged or replaced is named in the log.
    pub fn load(&self) -> Option<Snapshot> {
        for index in ["snapshot.index", "snapshot.index.previous"] {
            let versions = match self.index(index) {
                Ok(versions) => versions,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => {
                    tracing::error!(%error, index, "the index of kept configurations is refused");
                    continue;
                }
            };
            for version in versions {
                match self.read(version) {
                    Ok(snapshot) => return Some(snapshot),
                    Err(error) => {
                        tracing::error!(%error, %version, "a kept configuration is refused");
                    }
                }
            }
        }
        None
    }

    fn index(&self, name: &str) -> io::Result<Vec<Version>> {
        let plain = self.open(b"index", &fs::read(self.dir.join(name))?)?;
        let (entries, []) = plain.as_chunks::<16>() else {
            return Err(invalid("index length"));
        };
        let number = |bytes: &[u8]| {
            bytes
                .try_into()
                .map(u64::from_be_bytes)
                .map_err(|_| invalid("index entry"))
        };
        entries
            .iter()
            .map(|entry| {
                let (epoch, seq) = entry.split_at(8);
                Ok(Version {
                    epoch: number(epoch)?,
                    seq: number(seq)?,
                })
            })
            .collect()
    }

    fn read(&self, version: Version) -> io::Result<Snapshot> {
        let sealed = fs::read(self.dir.join(file_name(version)))?;
        let plain = self.open(version.to_string().as_bytes(), &sealed)?;
        let snapshot = Snapshot::decode(plain.as_slice()).map_err(io::Error::other)?;
        if version_of(&snapshot) != Some(version) {
            return Err(invalid("it is another version"));
        }
        Ok(snapshot)
    }

    fn write(&self, name: &str, version: Version, plain: &[u8]) -> io::Result<()> {
        let sealed = self.seal(version.to_string().as_bytes(), plain)?;
        write_atomic(&self.dir, name, &sealed)
    }

    fn seal(&self, what: &[u8], plain: &[u8]) -> io::Result<Vec<u8>> {
        let mut nonce = [0u8; NONCE];
        getrandom::fill(&mut nonce).map_err(io::Error::other)?;
        let sealed = self
            .cipher
            .encrypt(
                &Nonce::from(nonce),
                Payload {
                    msg: plain,
                    aad: what,
                },
            )
            .map_err(|_| invalid("it can't be encrypted"))?;
        Ok([MAGIC.as_slice(), &nonce, &sealed].concat())
    }

    fn open(&self, what: &[u8], sealed: &[u8]) -> io::Result<Vec<u8>> {
        let rest = sealed
            .strip_prefix(MAGIC)
            .ok_or_else(|| invalid("it is not of this form"))?;
        let (nonce, rest) = rest
            .split_first_chunk::<NONCE>()
            .ok_or_else(|| invalid("it is cut"))?;
        self.cipher
            .decrypt(
                &Nonce::from(*nonce),
                Payload {
                    msg: rest,
                    aad: what,
                },
            )
            .map_err(|_| invalid("it was changed, cut, or written with another key"))
    }

    fn forget_others(&self, keep: &[Version]) -> io::Result<()> {
        let kept: Vec<String> = keep.iter().map(|it| file_name(*it)).collect();
        for entry in fs::read_dir(&self.dir)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let ours = name.starts_with("snapshot-") && name.ends_with(".bin");
            if ours && !kept.contains(&name) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}

fn version_of(snapshot: &Snapshot) -> Option<Version> {
    snapshot.version.as_ref().map(|it| Version {
        epoch: it.epoch,
        seq: it.seq,
    })
}

fn file_name(version: Version) -> String {
    format!("snapshot-{:020}-{:020}.bin", version.epoch, version.seq)
}

fn invalid(why: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

fn write_atomic(dir: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let fresh = dir.join(format!("{name}.new"));
    let mut file = File::create(&fresh)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&fresh, dir.join(name))?;
    File::open(dir)?.sync_all()
}

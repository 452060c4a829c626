//! The writing side: one append at a time, counters without gaps.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use parking_lot::Mutex;
use terms::{EventType, TenantId, Timestamp};
use tokio::sync::{Notify, watch};

use super::event::Written;
use super::{Durability, FLUSH_EVERY, SpoolFault, SpoolOptions, segment};
use crate::clock;

/// The spool of one start of the process.
pub struct Spool {
    options: SpoolOptions,
    boot: String,
    folder: PathBuf,
    pen: Mutex<Pen>,
    written: Arc<Notify>,
    flushed: watch::Sender<u64>,
    dirty: Notify,
    last: AtomicU64,
    acked: AtomicU64,
    bytes: AtomicU64,
}

struct Pen {
    /// None after a write failed: the segment is left as it is, and a new one is tried next.
    file: Option<Arc<File>>,
    segment: u64,
    size: u64,
    next: u64,
    buffer: Vec<u8>,
}

impl Spool {
    /// Opens a new boot's folder below `options.dir`. What earlier boots left stays there until
    /// it is acknowledged; see [`super::Backlog`].
    ///
    /// # Errors
    /// When the folder can't be written.
    pub fn open(options: SpoolOptions) -> std::io::Result<Self> {
        let boot = terms::new_id("boot_", clock::now()).map_err(std::io::Error::other)?;
        let folder = options.dir.join(&boot);
        std::fs::create_dir_all(&folder)?;
        let file = create(&folder, 1)?;
        File::open(&folder)?.sync_all()?;
        File::open(&options.dir)?.sync_all()?;
        let used = used_bytes(&options.dir)?;
        Ok(Self {
            boot,
            pen: Mutex::new(Pen {
                file: Some(Arc::new(file)),
                segment: 1,
                size: 0,
                next: 1,
                buffer: Vec::with_capacity(2_048),
            }),
            folder,
            options,
            written: Arc::new(Notify::new()),
            flushed: watch::Sender::new(0),
            dirty: Notify::new(),
            last: AtomicU64::new(0),
            acked: AtomicU64::new(0),
            bytes: AtomicU64::new(used),
        })
    }

    /// This start of the process.
    pub fn boot(&self) -> &str {
        &self.boot
    }

    /// Where spools of every boot lie.
    pub fn dir(&self) -> &Path {
        &self.options.dir
    }

    /// Writes one event; returns its counter.
    ///
    /// # Errors
    /// [`SpoolFault`]: it is not written, and what it stands for must not happen.
    pub async fn append(
        &self,
        now: Timestamp,
        tenant: Option<&TenantId>,
        event_type: EventType,
        payload: &[u8],
    ) -> Result<u64, SpoolFault> {
        let counter = self.write(now, tenant, event_type, payload)?;
        if self.options.durability == Durability::Strict {
            let mut flushed = self.flushed.subscribe();
            if flushed.wait_for(|until| *until >= counter).await.is_err() {
                return Err(SpoolFault::Disk(std::io::ErrorKind::BrokenPipe.into()));
            }
        }
        Ok(counter)
    }

    fn write(
        &self,
        now: Timestamp,
        tenant: Option<&TenantId>,
        event_type: EventType,
        payload: &[u8],
    ) -> Result<u64, SpoolFault> {
        if self.bytes.load(Ordering::Relaxed) > self.options.max_bytes {
            return Err(SpoolFault::Full);
        }
        let mut event = Written {
            counter: 0,
            id: clock::event_id(now),
            unix_micros: now.unix_micros(),
            tenant_id: tenant.map_or("", TenantId::as_str),
            event_type,
            payload,
        };
        {
            let mut pen = self.pen.lock();
            event.counter = pen.next;
            pen.append(
                &self.folder,
                &event,
                self.options.segment_bytes,
                &self.bytes,
            )
            .map_err(SpoolFault::Disk)?;
            self.last.store(pen.next, Ordering::Release);
            pen.next += 1;
        }
        self.written.notify_one();
        self.dirty.notify_one();
        Ok(event.counter)
    }

    /// Keeps the disk within 20 ms of the kernel. Ends when `shutdown` does, after a last flush.
    pub async fn keep_flushed(self: Arc<Self>, shutdown: tokio_util::sync::CancellationToken) {
        loop {
            let last = tokio::select! {
                () = self.dirty.notified() => false,
                () = shutdown.cancelled() => true,
            };
            if !last && self.options.durability == Durability::Fast {
                tokio::time::sleep(FLUSH_EVERY).await;
            }
            let until = self.last.load(Ordering::Acquire);
            let file = self.pen.lock().file.clone();
            let synced = match file {
                Some(file) => tokio::task::spawn_blocking(move || file.sync_data()).await,
                None => Ok(Ok(())),
            };
            match synced {
                Ok(Ok(())) => {
                    self.flushed.send_replace(until);
                }
                Ok(Err(error)) => {
                    // What the kernel could not write it may have dropped: never trust this
                    // segment again, and begin a new one.
                    tracing::error!(%error, "the spool can't be flushed to its disk");
                    self.pen.lock().file = None;
                }
                Err(_) => {}
            }
            if last {
                return;
            }
        }
    }

    /// Wakes when something was written since the last call.
    pub async fn wait_written(&self) {
        self.written.notified().await;
    }

    /// Everything up to this counter is on the disk.
    pub fn flushed_until(&self) -> u64 {
        *self.flushed.borrow()
    }

    /// The last counter that was given out.
    pub fn last(&self) -> u64 {
        self.last.load(Ordering::Acquire)
    }

    /// How many events of this boot are not yet acknowledged.
    pub fn depth(&self) -> u64 {
        self.last()
            .saturating_sub(self.acked.load(Ordering::Acquire))
    }

    /// Everything up to `counter` of this boot is safe with the control plane.
    pub(super) fn note_acked(&self, counter: u64) {
        self.acked.fetch_max(counter, Ordering::AcqRel);
    }

    /// The size of all segments changed by deleting `bytes`.
    pub(super) fn note_deleted(&self, bytes: u64) {
        let _ = self
            .bytes
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, |used| {
                Some(used.saturating_sub(bytes))
            });
    }

    /// The segment that is being written.
    pub(super) fn current_segment(&self) -> u64 {
        self.pen.lock().segment
    }
}

impl Pen {
    fn append(
        &mut self,
        folder: &Path,
        event: &Written<'_>,
        segment_bytes: u64,
        used: &AtomicU64,
    ) -> std::io::Result<()> {
        if self.size >= segment_bytes || self.file.is_none() {
            self.file = None;
            let next = self.segment + 1;
            self.file = Some(Arc::new(create(folder, next)?));
            self.segment = next;
            self.size = 0;
        }
        segment::write(&mut self.buffer, event.counter, |out| event.encode(out));
        let Some(file) = &self.file else {
            return Err(std::io::ErrorKind::NotFound.into());
        };
        if let Err(error) = (&**file).write_all(&self.buffer) {
            self.file = None;
            return Err(error);
        }
        let written = u64::try_from(self.buffer.len()).unwrap_or(u64::MAX);
        self.size += written;
        used.fetch_add(written, Ordering::AcqRel);
        Ok(())
    }
}

fn create(folder: &Path, number: u64) -> std::io::Result<File> {
    OpenOptions::new()
        .create_new(true)
        .append(true)
        .open(segment::path(folder, number))
}

fn used_bytes(dir: &Path) -> std::io::Result<u64> {
    let mut total = 0;
    for boot in std::fs::read_dir(dir)? {
        let boot = boot?.path();
        if !boot.is_dir() {
            continue;
        }
        for number in segment::list(&boot)? {
            total += std::fs::metadata(segment::path(&boot, number))?.len();
        }
    }
    Ok(total)
}

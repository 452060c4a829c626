//! The reading side: what is not yet acknowledged, boot by boot, and the acknowledgement.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use prost::Message;
use wire::intake::Event;

use super::segment::{self, Read as Record};
use super::writer::Spool;

const CHUNK: usize = 128 * 1024;

/// The boots below a spool's folder that still hold events, the oldest first.
pub struct Backlog {
    spool: Arc<Spool>,
}

/// Reads one boot's events in order.
pub struct Cursor {
    spool: Arc<Spool>,
    boot: String,
    folder: PathBuf,
    live: bool,
    segment: u64,
    file: Option<File>,
    bytes: Vec<u8>,
    read: usize,
    /// The last counter that was given out.
    counter: u64,
}

impl Backlog {
    /// Over the boots of `spool`'s folder.
    pub fn new(spool: Arc<Spool>) -> Self {
        Self { spool }
    }

    /// A cursor on each boot that is not wholly acknowledged: earlier ones first, this one last.
    ///
    /// # Errors
    /// When the folder can't be read.
    pub fn cursors(&self) -> std::io::Result<Vec<Cursor>> {
        let mut boots: Vec<String> = std::fs::read_dir(self.spool.dir())?
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|name| name.starts_with("boot_") && name != self.spool.boot())
            .collect();
        boots.sort();
        boots.push(self.spool.boot().to_owned());
        boots
            .into_iter()
            .map(|boot| Cursor::open(Arc::clone(&self.spool), boot))
            .collect()
    }
}

impl Cursor {
    fn open(spool: Arc<Spool>, boot: String) -> std::io::Result<Self> {
        let folder = spool.dir().join(&boot);
        let acked = read_acked(&folder);
        let segment = segment::list(&folder)?.first().copied().unwrap_or(1);
        let live = boot == spool.boot();
        Ok(Self {
            spool,
            boot,
            folder,
            live,
            segment,
            file: None,
            bytes: Vec::new(),
            read: 0,
            counter: acked,
        })
    }

    /// The boot that this cursor reads.
    pub fn boot(&self) -> &str {
        &self.boot
    }

    /// True for the boot that is being written.
    pub fn is_live(&self) -> bool {
        self.live
    }

    /// The next events, at most `limit`; fewer or none when no more are there yet. `Ok(None)`:
    /// there will be none any more.
    ///
    /// # Errors
    /// When a segment can't be read. Damaged records end their segment and are reported in the
    /// log; the jump in the counter shows at the control plane.
    pub fn next(&mut self, limit: usize) -> std::io::Result<Option<Vec<Event>>> {
        let mut events = Vec::new();
        while events.len() < limit {
            match read_event(self.bytes.get(self.read..).unwrap_or_default()) {
                Found::Event {
                    counter,
                    decoded,
                    size,
                } => {
                    self.read += size;
                    if counter <= self.counter {
                        continue;
                    }
                    self.counter = counter;
                    match decoded {
                        Ok(event) => events.push(event),
                        Err(error) => {
                            tracing::error!(%error, counter, "an event in the spool can't be read");
                        }
                    }
                }
                Found::Short if self.fill()? => {}
                Found::Short if self.next_segment()? => {}
                Found::Short => break,
                Found::Damaged => {
                    tracing::error!(
                        boot = self.boot,
                        segment = self.segment,
                        after = self.counter,
                        "a segment of the spool is damaged; what follows in it is lost"
                    );
                    if !self.next_segment()? {
                        break;
                    }
                }
            }
        }
        let over = events.is_empty() && !self.live;
        Ok((!over).then_some(events))
    }

    /// Reads on in the current segment; false at its end.
    fn fill(&mut self) -> std::io::Result<bool> {
        let file = match &mut self.file {
            Some(file) => file,
            None => match File::open(segment::path(&self.folder, self.segment)) {
                Ok(file) => self.file.insert(file),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
                Err(error) => return Err(error),
            },
        };
        self.bytes.drain(..self.read);
        self.read = 0;
        let kept = self.bytes.len();
        self.bytes.resize(kept + CHUNK, 0);
        let count = file.read(self.bytes.get_mut(kept..).unwrap_or_default())?;
        self.bytes.truncate(kept + count);
        Ok(count > 0)
    }

    /// Goes to the next segment, if the current one is finished and there is one.
    fn next_segment(&mut self) -> std::io::Result<bool> {
        if self.live && self.segment >= self.spool.current_segment() {
            return Ok(false);
        }
        // The writer may have added to this segment between the last read and the change.
        if self.fill()? {
            return Ok(true);
        }
        let later = segment::list(&self.folder)?
            .into_iter()
            .find(|it| *it > self.segment);
        let Some(later) = later else { return Ok(false) };
        self.segment = later;
        self.file = None;
        self.bytes.clear();
        self.read = 0;
        Ok(true)
    }

    /// Goes back to what is not acknowledged: after the stream to the control plane broke.
    ///
    /// # Errors
    /// When the folder can't be read.
    pub fn rewind(&mut self) -> std::io::Result<()> {
        *self = Cursor::open(Arc::clone(&self.spool), self.boot.clone())?;
        Ok(())
    }

    /// Everything up to `counter` is safe: remembers that durably, then deletes what holds
    /// nothing else.
    ///
    /// # Errors
    /// When the folder can't be written.
    pub fn acknowledge(&mut self, counter: u64) -> std::io::Result<()> {
        write_acked(&self.folder, counter)?;
        if self.live {
            self.spool.note_acked(counter);
        }
        let segments = segment::list(&self.folder)?;
        for pair in segments.windows(2) {
            let [old, newer] = pair else { continue };
            // A segment is done when the next one begins at or before what comes next.
            if *old >= self.segment || first_counter(&self.folder, *newer)? > counter + 1 {
                break;
            }
            let path = segment::path(&self.folder, *old);
            let size = std::fs::metadata(&path)?.len();
            std::fs::remove_file(&path)?;
            self.spool.note_deleted(size);
        }
        Ok(())
    }

    /// Deletes an earlier boot's folder, once all of it is acknowledged.
    ///
    /// # Errors
    /// When it can't be deleted.
    pub fn finish(self) -> std::io::Result<()> {
        if self.live {
            return Ok(());
        }
        for number in segment::list(&self.folder)? {
            self.spool
                .note_deleted(std::fs::metadata(segment::path(&self.folder, number))?.len());
        }
        std::fs::remove_dir_all(&self.folder)
    }
}

enum Found {
    Event {
        counter: u64,
        decoded: Result<Event, prost::DecodeError>,
        size: usize,
    },
    Short,
    Damaged,
}

fn read_event(bytes: &[u8]) -> Found {
    match segment::read(bytes) {
        Record::Record {
            counter,
            event,
            size,
        } => Found::Event {
            counter,
            decoded: Event::decode(event),
            size,
        },
        Record::Short => Found::Short,
        Record::Damaged => Found::Damaged,
    }
}

fn first_counter(folder: &Path, number: u64) -> std::io::Result<u64> {
    let mut file = File::open(segment::path(folder, number))?;
    let mut header = [0u8; segment::HEADER];
    file.seek(SeekFrom::Start(0))?;
    if file.read_exact(&mut header).is_err() {
        return Ok(u64::MAX);
    }
    let [_, _, _, _, _, _, _, _, counter @ ..] = header;
    Ok(u64::from_le_bytes(counter))
}

fn read_acked(folder: &Path) -> u64 {
    std::fs::read_to_string(folder.join("acked"))
        .ok()
        .and_then(|text| text.trim().parse().ok())
        .unwrap_or(0)
}

fn write_acked(folder: &Path, counter: u64) -> std::io::Result<()> {
    let fresh = folder.join("acked.new");
    let mut file = File::create(&fresh)?;
    writeln!(file, "{counter}")?;
    file.sync_data()?;
    std::fs::rename(fresh, folder.join("acked"))
}

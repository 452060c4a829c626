//! One writer of lines that never makes its callers wait for the disk or the terminal.
//!
//! Lines gather in memory for a few milliseconds and leave in one write. When whoever reads them
//! is too slow, further lines are dropped, counted in `gateway_log_lines_dropped_total`.

use std::io::{self, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::{Condvar, Mutex};

const GATHER: Duration = Duration::from_millis(20);
const MAX_HELD: usize = 8 << 20;

/// A handle on the writer; cheap to clone.
#[derive(Clone)]
pub struct Lines(Arc<Shared>);

struct Shared {
    held: Mutex<Held>,
    /// Wakes the writer.
    work: Condvar,
    /// Wakes those who wait for a flush.
    written: Condvar,
}

#[derive(Default)]
struct Held {
    bytes: Vec<u8>,
    writing: bool,
    urgent: bool,
    closed: bool,
}

impl Lines {
    /// Starts the thread that writes to `out`.
    ///
    /// # Errors
    /// When the thread can't be started.
    pub fn to(out: impl Write + Send + 'static) -> io::Result<Self> {
        let shared = Arc::new(Shared {
            held: Mutex::new(Held::default()),
            work: Condvar::new(),
            written: Condvar::new(),
        });
        let of_thread = Arc::clone(&shared);
        std::thread::Builder::new()
            .name("lines".to_owned())
            .spawn(move || run(&of_thread, out))?;
        Ok(Self(shared))
    }

    /// Adds one line, with its line feed.
    pub fn push(&self, line: &[u8]) {
        let mut held = self.0.held.lock();
        if held.bytes.len() + line.len() > MAX_HELD {
            drop(held);
            metrics::counter!("gateway_log_lines_dropped_total").increment(1);
            return;
        }
        let first = held.bytes.is_empty();
        held.bytes.extend_from_slice(line);
        drop(held);
        if first {
            self.0.work.notify_one();
        }
    }

    /// Waits until everything that was pushed is written, at most `limit`. False when it was not.
    pub fn flush(&self, limit: Duration) -> bool {
        let deadline = Instant::now() + limit;
        let mut held = self.0.held.lock();
        held.urgent = true;
        self.0.work.notify_one();
        while !held.bytes.is_empty() || held.writing {
            if held.closed || self.0.written.wait_until(&mut held, deadline).timed_out() {
                return false;
            }
        }
        true
    }
}

/// Gathers and writes, as long as the process lives.
fn run(shared: &Shared, mut out: impl Write) {
    let mut batch = Vec::new();
    loop {
        let mut held = shared.held.lock();
        while held.bytes.is_empty() {
            held.urgent = false;
            shared.work.wait(&mut held);
        }
        let deadline = Instant::now() + GATHER;
        while !held.urgent && !shared.work.wait_until(&mut held, deadline).timed_out() {}
        std::mem::swap(&mut held.bytes, &mut batch);
        held.writing = true;
        drop(held);
        let result = out.write_all(&batch).and_then(|()| out.flush());
        batch.clear();
        let mut held = shared.held.lock();
        held.writing = false;
        held.closed = result.is_err();
        shared.written.notify_all();
    }
}

/// For `tracing`'s own formats: each write is one line.
impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.push(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

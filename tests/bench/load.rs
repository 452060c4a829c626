//! The load generator: connections of its own, requests made beforehand, times kept in memory.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::sync::Mutex;
use tokio::task::JoinSet;

use crate::response;
use crate::workload::{Pattern, Workload};

/// Who is asked, and as whom.
#[derive(Clone)]
pub struct Target {
    /// Where it listens.
    pub address: SocketAddr,
    /// The bearer token.
    pub key: String,
}

/// What one round saw.
#[derive(Default)]
pub struct Seen {
    /// Time to the whole answer, of each good answer.
    pub latencies: Vec<Duration>,
    /// Time to the first byte of the body, of each good answer.
    pub first_bytes: Vec<Duration>,
    /// Answers that were no 200, or were cut.
    pub failures: usize,
    /// Chunks that should have come and didn't.
    pub lost_chunks: usize,
    /// From the first request to the last answer.
    pub elapsed: Duration,
    /// Why the first failure failed.
    pub first_failure: Option<String>,
}

impl Seen {
    fn add(&mut self, other: Seen) {
        self.latencies.extend(other.latencies);
        self.first_bytes.extend(other.first_bytes);
        self.failures += other.failures;
        self.lost_chunks += other.lost_chunks;
        self.first_failure = self.first_failure.take().or(other.first_failure);
    }
}

/// Runs one round.
///
/// # Errors
/// When the target refuses connections.
pub async fn round(target: &Target, workload: Workload, seconds: u32) -> Result<Seen> {
    let request: Arc<[u8]> = workload
        .shape
        .request(&target.address.to_string(), &target.key)
        .into();
    let caller = Caller {
        address: target.address,
        request,
        chunks: workload.shape.chunks(),
    };
    let span = Duration::from_secs(seconds.into());
    let start = Instant::now();
    let mut seen = match workload.pattern {
        Pattern::Closed { connections } => closed(&caller, connections, start + span).await?,
        Pattern::Rate { per_second } => rate(&caller, per_second, span).await?,
        Pattern::Burst { count } => burst(&caller, count).await?,
    };
    seen.elapsed = start.elapsed();
    if seen.latencies.is_empty() {
        bail!(
            "{}: no good answer: {:?}",
            workload.name,
            seen.first_failure
        );
    }
    Ok(seen)
}

#[derive(Clone)]
struct Caller {
    address: SocketAddr,
    request: Arc<[u8]>,
    chunks: usize,
}

/// A kept connection and its buffer.
struct Line {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Caller {
    async fn connect(&self) -> Result<Line> {
        let stream = TcpStream::connect(self.address).await?;
        stream.set_nodelay(true)?;
        Ok(Line {
            stream,
            buffer: Vec::with_capacity(16 * 1024),
        })
    }

    /// One request and its answer; gives the line back where it can be used again.
    async fn call(&self, mut line: Line, seen: &mut Seen) -> Option<Line> {
        let sent = Instant::now();
        let answer = async {
            line.stream.write_all(&self.request).await?;
            response::read(&mut line.stream, &mut line.buffer).await
        };
        match answer.await {
            Ok(answer) if answer.status == 200 => {
                seen.latencies.push(sent.elapsed());
                seen.first_bytes.push(answer.first_byte - sent);
                seen.lost_chunks += self.chunks.saturating_sub(answer.chunks);
                Some(line)
            }
            Ok(answer) => {
                let body = String::from_utf8_lossy(&line.buffer).into_owned();
                seen.fail(format!("{}: {body}", answer.status), self.chunks);
                None
            }
            Err(error) => {
                seen.fail(error.to_string(), self.chunks);
                None
            }
        }
    }
}

impl Seen {
    fn fail(&mut self, why: String, chunks: usize) {
        self.failures += 1;
        self.lost_chunks += chunks;
        self.first_failure.get_or_insert(why);
    }
}

async fn closed(caller: &Caller, connections: usize, end: Instant) -> Result<Seen> {
    let mut tasks = JoinSet::new();
    for _ in 0..connections {
        let caller = caller.clone();
        tasks.spawn(async move {
            let mut seen = Seen::default();
            let mut line = Some(caller.connect().await?);
            while Instant::now() < end {
                let ready = match line.take() {
                    Some(line) => line,
                    None => caller.connect().await?,
                };
                line = caller.call(ready, &mut seen).await;
            }
            anyhow::Ok(seen)
        });
    }
    gather(tasks).await
}

/// Sends on schedule. A slow answer delays no other request: each takes a free line, or a new one.
async fn rate(caller: &Caller, per_second: usize, span: Duration) -> Result<Seen> {
    let free: Arc<Mutex<Vec<Line>>> = Arc::default();
    let mut tasks = JoinSet::new();
    let count = per_second * usize::try_from(span.as_secs()).unwrap_or(usize::MAX);
    let gap = Duration::from_secs(1)
        .checked_div(u32::try_from(per_second)?)
        .unwrap_or_default();
    let mut next = tokio::time::Instant::now();
    for _ in 0..count {
        tokio::time::sleep_until(next).await;
        next += gap;
        let (caller, free) = (caller.clone(), Arc::clone(&free));
        tasks.spawn(async move {
            let mut seen = Seen::default();
            let kept = free.lock().await.pop();
            let line = match kept {
                Some(line) => line,
                None => caller.connect().await?,
            };
            if let Some(line) = caller.call(line, &mut seen).await {
                free.lock().await.push(line);
            }
            anyhow::Ok(seen)
        });
    }
    gather(tasks).await
}

async fn burst(caller: &Caller, count: usize) -> Result<Seen> {
    let mut tasks = JoinSet::new();
    for _ in 0..count {
        let caller = caller.clone();
        tasks.spawn(async move {
            let mut seen = Seen::default();
            let line = caller.connect().await?;
            caller.call(line, &mut seen).await;
            anyhow::Ok(seen)
        });
    }
    gather(tasks).await
}

async fn gather(mut tasks: JoinSet<Result<Seen>>) -> Result<Seen> {
    let mut all = Seen::default();
    while let Some(done) = tasks.join_next().await {
        all.add(done??);
    }
    Ok(all)
}

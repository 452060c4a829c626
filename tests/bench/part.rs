//! A process under measurement: started here, watched through `/proc`, gone with this process.

use std::ffi::OsStr;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

/// A running process.
pub struct Part {
    child: Child,
}

impl Part {
    /// Starts `program` under the kernel's promise to kill it when this process ends.
    ///
    /// # Errors
    /// When it can't be started.
    pub fn start<S: AsRef<OsStr>>(program: &Path, arguments: &[S], log: &Path) -> Result<Self> {
        let out = std::fs::File::create(log)?;
        let child = Command::new("setpriv")
            .args(["--pdeathsig", "KILL", "--"])
            .arg(program)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(out.try_clone()?)
            .stderr(out)
            .spawn()
            .with_context(|| format!("{} can't be started", program.display()))?;
        Ok(Self { child })
    }

    /// Processor time since its start, in user and kernel mode. `/proc` counts in hundredths of
    /// a second on every Linux that has not been rebuilt to say otherwise.
    ///
    /// # Errors
    /// When the process is gone.
    pub fn processor_time(&self) -> Result<Duration> {
        let stat = self.proc("stat")?;
        // The name, in parentheses, may hold spaces: fields are counted after it.
        let fields: Vec<_> = stat
            .rsplit(')')
            .next()
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        let ticks = |index: usize| fields.get(index).and_then(|it| it.parse::<u64>().ok());
        match (ticks(11), ticks(12)) {
            (Some(user), Some(system)) => Ok(Duration::from_millis((user + system) * 10)),
            _ => bail!("/proc/{}/stat can't be read: {stat}", self.child.id()),
        }
    }

    /// Resident memory now and at its highest, in KiB.
    ///
    /// # Errors
    /// When the process is gone.
    pub fn memory(&self) -> Result<(u64, u64)> {
        let status = self.proc("status")?;
        let field = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            line.and_then(|it| it.split_whitespace().next()?.parse().ok())
                .unwrap_or(0)
        };
        Ok((field("VmRSS:"), field("VmHWM:")))
    }

    fn proc(&self, file: &str) -> Result<String> {
        let path = format!("/proc/{}/{file}", self.child.id());
        std::fs::read_to_string(&path).with_context(|| format!("{path} can't be read"))
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An address that was free a moment ago.
///
/// # Errors
/// When there is none.
pub fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

/// Waits until `ready` answers.
///
/// # Errors
/// When it doesn't within a minute.
pub fn wait_for<T>(what: &str, mut ready: impl FnMut() -> Option<T>) -> Result<T> {
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        if let Some(answer) = ready() {
            return Ok(answer);
        }
        if Instant::now() > deadline {
            bail!("not within a minute: {what}");
        }
        rest(Duration::from_millis(20));
    }
}

/// Blocks until something listens at `address`.
///
/// # Errors
/// When nothing does within a minute.
pub fn wait_for_listener(address: SocketAddr) -> Result<()> {
    wait_for(&format!("something listens at {address}"), || {
        TcpStream::connect(address).ok().map(|_| ())
    })
}

/// Lets the processes come to rest.
#[expect(
    clippy::disallowed_methods,
    reason = "nothing else runs on this thread while parts start"
)]
pub fn rest(span: Duration) {
    std::thread::sleep(span);
}

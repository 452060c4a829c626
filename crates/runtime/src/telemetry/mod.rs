//! What is seen from outside: logs, the access log, metrics, traces.
//!
//! [`init`] is called once by the binary. Until then, and in tests, logs and traces go nowhere
//! and metrics are kept all the same. Everything that is written goes to standard error, through
//! one writer that never makes a request wait.

use std::sync::OnceLock;
use std::time::Duration;

use terms::{Code, Fault};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer as _};

mod access;
mod json;
mod lines;
mod metric;
mod otlp;
mod trace;

pub use access::{AccessRecord, access_log, access_log_is_on};
pub use lines::Lines;
pub use metric::{DESCRIPTIONS, Description, Kind, render};
pub use trace::{Trace, Tracer, start_trace};

pub use crate::config::{LogFormat, LogLevel, TelemetryConfig};

/// Keeps the telemetry of a process; [`Guard::shutdown`] writes out what is still held.
pub struct Guard {
    lines: Lines,
    tracer: Option<Tracer>,
}

/// Switches on what `config` asks for, for the whole process. `service` is the role
/// (`gatehouse-gateway`), `node` this instance's name. Must be called inside a tokio runtime.
///
/// # Errors
/// When it was called before, or when the exporter can't be built.
pub fn init(config: &TelemetryConfig, service: &str, node: &str) -> Result<Guard, Fault> {
    let lines = Lines::to(std::io::stderr()).map_err(fault)?;
    let mut filter = EnvFilter::try_new(&config.level.0).map_err(fault)?;
    if !config.access_log {
        // Some roles write their access lines as events of this target.
        filter = filter.add_directive("access=off".parse().map_err(fault)?);
    }
    // Below `info` pingora writes whole heads, with the keys of callers and providers in them.
    filter = filter.add_directive("pingora_core=info".parse().map_err(fault)?);
    let writer = lines.clone();
    let layer = match config.format {
        LogFormat::Json => json::JsonLayer::new(writer).with_filter(filter).boxed(),
        LogFormat::Text => tracing_subscriber::fmt::layer()
            .with_writer(move || writer.clone())
            .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
            .with_filter(filter)
            .boxed(),
    };
    tracing_subscriber::registry()
        .with(layer)
        .try_init()
        .map_err(fault)?;
    if config.access_log {
        access::switch_on(lines.clone());
    }
    metric::keep_up();
    let tracer = match &config.otlp_endpoint {
        Some(endpoint) => Some(Tracer::new(endpoint, config.sampling, service, node)?),
        None => None,
    };
    if let Some(tracer) = &tracer {
        trace::switch_on(tracer.clone());
    }
    Ok(Guard { lines, tracer })
}

fn fault(error: impl std::fmt::Display) -> Fault {
    Fault::new(Code::InternalError, "The telemetry can't be started.").detail(error.to_string())
}

impl Guard {
    /// Exports the spans and writes the lines that are still held. At most 5 seconds.
    pub async fn shutdown(self) {
        const LIMIT: Duration = Duration::from_secs(5);
        if let Some(tracer) = self.tracer {
            let end = tokio::task::spawn_blocking(move || tracer.shutdown(LIMIT));
            if let Ok(Err(error)) = end.await {
                tracing::warn!(%error, "the last spans were not exported");
            }
        }
        let lines = self.lines;
        let _ = tokio::task::spawn_blocking(move || lines.flush(LIMIT)).await;
    }
}

/// Set once, by [`init`].
type Once<T> = OnceLock<T>;

#[cfg(test)]
mod tests;

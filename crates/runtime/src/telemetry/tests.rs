//! Stories of telemetry: lines, the access log, metrics, and a span on its way to a collector.

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use parking_lot::Mutex;
use prost::Message as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tracing_subscriber::layer::SubscriberExt as _;

use super::*;

const LIMIT: Duration = Duration::from_secs(20);

#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Kept {
    fn lines(&self) -> Vec<serde_json::Value> {
        let text = String::from_utf8(self.0.lock().clone()).unwrap();
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}

#[test]
fn an_event_is_one_json_line_with_the_ids_of_the_spans_around_it() {
    let kept = Kept::default();
    let lines = Lines::to(kept.clone()).unwrap();
    let subscriber = tracing_subscriber::registry().with(json::JsonLayer::new(lines.clone()));
    tracing::subscriber::with_default(subscriber, || {
        let outer = tracing::info_span!("request", request_id = "req_1", trace_id = "t");
        let _outer = outer.enter();
        let inner = tracing::info_span!("call", attempt = 1, status = tracing::field::Empty);
        inner.record("status", 503);
        let _inner = inner.enter();
        tracing::warn!(retry = true, "line one\nline two");
    });
    assert!(lines.flush(LIMIT));
    let written = kept.lines();
    assert_eq!(written.len(), 1);
    let line = &written[0];
    assert_eq!(
        (&line["request_id"], &line["trace_id"]),
        (&"req_1".into(), &"t".into())
    );
    assert_eq!(
        (&line["attempt"], &line["status"]),
        (&1.into(), &503.into())
    );
    assert_eq!(
        (&line["level"], &line["retry"]),
        (&"WARN".into(), &true.into())
    );
    assert_eq!(line["message"], "line one\nline two");
}

#[test]
fn an_access_line_has_what_is_known_and_nothing_else() {
    let kept = Kept::default();
    let lines = Lines::to(kept.clone()).unwrap();
    let record = AccessRecord {
        request_id: "req_1",
        trace_id: "0af7651916cd43dd8448eb211c80319c",
        plane: "gateway",
        method: "POST",
        path: "/v1/\"odd\"",
        status: 200,
        latency_ms: 12,
        model: Some("gpt-4o"),
        tokens_total: Some(7),
        ..AccessRecord::default()
    };
    access::write(&lines, &record);
    access::write(
        &lines,
        &AccessRecord {
            status: 429,
            ..record
        },
    );
    assert!(lines.flush(LIMIT));
    let written = kept.lines();
    assert_eq!(written.len(), 2);
    assert_eq!(
        (&written[0]["status"], &written[1]["status"]),
        (&200.into(), &429.into())
    );
    assert_eq!(written[0]["path"], "/v1/\"odd\"");
    assert_eq!(written[0]["tokens_total"], 7);
    assert!(written[0].get("api_key").is_none());
}

#[test]
fn every_line_is_written_once_and_in_order_whoever_writes() {
    let kept = Kept::default();
    let lines = Lines::to(kept.clone()).unwrap();
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let lines = lines.clone();
            scope.spawn(move || {
                for place in 0..500 {
                    lines.push(format!("[{writer},{place}]\n").as_bytes());
                }
            });
        }
    });
    assert!(lines.flush(LIMIT));
    let written = kept.lines();
    assert_eq!(written.len(), 2_000);
    for writer in 0..4 {
        let own: Vec<_> = written
            .iter()
            .filter(|it| it[0] == writer)
            .map(|it| &it[1])
            .collect();
        assert!(
            own.iter().enumerate().all(|(place, seen)| **seen == place),
            "{writer}"
        );
    }
}

struct Stuck(Arc<Mutex<()>>);

impl Write for Stuck {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        drop(self.0.lock());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_reader_that_is_stuck_costs_lines_and_not_memory_and_the_loss_is_counted() {
    let before = dropped();
    let gate = Arc::new(Mutex::new(()));
    let held = gate.lock();
    let lines = Lines::to(Stuck(Arc::clone(&gate))).unwrap();
    let line = vec![b'x'; 1 << 20];
    for _ in 0..40 {
        lines.push(&line);
    }
    assert!(dropped() >= before + 20.0, "{}", dropped());
    drop(held);
    assert!(lines.flush(LIMIT));
}

fn dropped() -> f64 {
    let text = render();
    let line = text
        .lines()
        .find(|it| it.starts_with("gateway_log_lines_dropped_total "));
    line.and_then(|it| it.split(' ').next_back()?.parse().ok())
        .unwrap_or(0.0)
}

#[test]
fn latencies_are_real_histograms_and_described() {
    let _ = render();
    metrics::histogram!("gateway_latency_seconds", "tenant" => "demo").record(0.004);
    let text = render();
    assert!(
        text.contains("# TYPE gateway_latency_seconds histogram"),
        "{text}"
    );
    assert!(
        text.contains("gateway_latency_seconds_bucket{tenant=\"demo\",le=\"0.005\"} 1"),
        "{text}"
    );
    assert!(text.contains("# HELP gateway_latency_seconds "), "{text}");
}

/// The names that the house's sources give to `counter!`, `gauge!` and `histogram!`.
fn recorded(dir: &std::path::Path, names: &mut std::collections::BTreeSet<String>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            recorded(&path, names);
        } else if path.extension().is_some_and(|it| it == "rs") && !path.ends_with("tests.rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            for recorder in ["counter!(", "gauge!(", "histogram!("] {
                let calls = text.split(recorder).skip(1).map(str::trim_start);
                let named = calls.filter_map(|call| call.strip_prefix('"')?.split('"').next());
                names.extend(named.map(str::to_owned));
            }
        }
    }
}

#[test]
fn every_metric_that_is_recorded_is_described_and_every_description_is_true() {
    let mut names = std::collections::BTreeSet::new();
    let house = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for part in std::fs::read_dir(house).unwrap() {
        recorded(&part.unwrap().path().join("src"), &mut names);
    }
    let described = DESCRIPTIONS.iter().map(|it| it.name.to_owned()).collect();
    assert_eq!(names, described);
}

/// Takes one OTLP request and answers 200; gives its path and what it carried.
async fn collect(listener: TcpListener) -> (String, ExportTraceServiceRequest) {
    let (mut stream, _) = listener.accept().await.unwrap();
    let mut bytes = Vec::new();
    loop {
        let mut chunk = [0; 4096];
        let read = stream.read(&mut chunk).await.unwrap();
        assert!(read > 0, "the exporter hung up");
        bytes.extend_from_slice(&chunk[..read]);
        let Some(head_end) = bytes.windows(4).position(|it| it == b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8(bytes[..head_end].to_vec()).unwrap();
        let length = head.to_lowercase();
        let length = length.split("content-length: ").nth(1).unwrap();
        let length: usize = length.split("\r\n").next().unwrap().parse().unwrap();
        let body = &bytes[head_end + 4..];
        if body.len() < length {
            continue;
        }
        let message = ExportTraceServiceRequest::decode(body).unwrap();
        let path = head.split(' ').nth(1).unwrap().to_owned();
        let answer =
            "HTTP/1.1 200 OK\r\ncontent-type: application/x-protobuf\r\ncontent-length: 0\r\n\r\n";
        stream.write_all(answer.as_bytes()).await.unwrap();
        return (path, message);
    }
}

async fn exported(path: &str, traceparent: Option<&str>) -> (String, ExportTraceServiceRequest) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}{path}", listener.local_addr().unwrap());
    let collector = tokio::spawn(collect(listener));
    let tracer = Tracer::new(&endpoint.parse().unwrap(), 1.0, "gatehouse-gateway", "n1").unwrap();
    let mut trace = tracer.start("chat", traceparent).unwrap();
    trace.set("gen_ai.request.model", "gpt-4o");
    let mut call = trace.upstream("provider").unwrap();
    assert!(call.traceparent().contains(&trace.trace_id()));
    call.fail(Code::ProviderTimeout);
    drop(call);
    drop(trace);
    tokio::task::spawn_blocking(move || tracer.shutdown(LIMIT))
        .await
        .unwrap()
        .unwrap();
    tokio::time::timeout(LIMIT, collector)
        .await
        .unwrap()
        .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_span_reaches_the_collector_with_its_attributes_and_its_child() {
    let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    let (path, message) = exported("", Some(parent)).await;
    assert_eq!(path, "/v1/traces");
    let resource = message.resource_spans[0].resource.as_ref().unwrap();
    let named = |name: &str| resource.attributes.iter().any(|it| it.key == name);
    assert!(named("service.name") && named("service.instance.id"));
    let spans = &message.resource_spans[0].scope_spans[0].spans;
    let span = |name: &str| spans.iter().find(|it| it.name == name).unwrap();
    let (chat, call) = (span("chat"), span("provider"));
    assert_eq!(
        hex::encode(&chat.trace_id),
        "0af7651916cd43dd8448eb211c80319c"
    );
    assert_eq!(hex::encode(&chat.parent_span_id), "b7ad6b7169203331");
    assert_eq!(call.parent_span_id, chat.span_id);
    assert!(
        chat.attributes
            .iter()
            .any(|it| it.key == "gen_ai.request.model")
    );
    assert_eq!(call.status.as_ref().unwrap().message, "provider_timeout");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_endpoint_that_already_ends_in_v1_traces_is_taken_as_it_is() {
    assert_eq!(exported("/v1/traces", None).await.0, "/v1/traces");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_sampled_costs_no_span_and_a_parent_decides() {
    let endpoint = "http://127.0.0.1:1".parse().unwrap();
    let tracer = Tracer::new(&endpoint, 0.0, "s", "n").unwrap();
    assert!(tracer.start("chat", None).is_none());
    let sampled = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    assert!(tracer.start("chat", Some(sampled)).is_some());
    for malformed in [
        "",
        "00-0-0-01",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "é-é-é-é",
    ] {
        assert!(
            tracer.start("chat", Some(malformed)).is_none(),
            "{malformed}"
        );
    }
}

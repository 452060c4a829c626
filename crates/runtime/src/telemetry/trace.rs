//! Traces over OTLP: one span a request and one an upstream call, when there is an exporter.
//!
//! Spans are made by hand, not by `tracing`: without an exporter a request pays for one look at an
//! empty cell.

use std::time::Duration;

use opentelemetry::trace::{
    Span as _, SpanContext, SpanId, SpanKind, Status, TraceContextExt as _, TraceFlags, TraceId,
    TraceState, Tracer as _, TracerProvider as _,
};
use opentelemetry::{Context, KeyValue, Value};
use opentelemetry_otlp::{Protocol, WithExportConfig as _, WithHttpConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{Sampler, SdkTracer, SdkTracerProvider, Span};
use terms::{Code, Fault};
use url::Url;

use super::{Once, otlp};

static TRACER: Once<Tracer> = Once::new();

/// Makes spans and exports them.
#[derive(Clone)]
pub struct Tracer {
    provider: SdkTracerProvider,
    tracer: SdkTracer,
}

/// A sampled span. It ends when it is dropped.
pub struct Trace {
    span: Span,
    tracer: Tracer,
}

/// Begins the span of a request on the process' tracer. `None` when there is no exporter, or when
/// the request is not sampled.
pub fn start_trace(name: &'static str, traceparent: Option<&str>) -> Option<Trace> {
    TRACER.get()?.start(name, traceparent)
}

pub(super) fn switch_on(tracer: Tracer) {
    let _ = TRACER.set(tracer);
}

impl Tracer {
    /// A tracer that exports to `endpoint` over OTLP/HTTP with protobuf. An endpoint without a
    /// path gets `/v1/traces`; any other is taken as it is. `sampling` is the share of traces
    /// without a parent that are kept, from 0 to 1; a parent's choice is kept.
    ///
    /// # Errors
    /// When the exporter can't be built, or outside a tokio runtime.
    pub fn new(endpoint: &Url, sampling: f64, service: &str, node: &str) -> Result<Self, Fault> {
        let fault = |error: String| {
            Fault::new(Code::InternalError, "The trace exporter can't be built.").detail(error)
        };
        let client =
            otlp::Client::new(endpoint.scheme() == "https").map_err(|it| fault(it.to_string()))?;
        let exporter = opentelemetry_otlp::SpanExporter::builder()
            .with_http()
            .with_http_client(client)
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(traces_url(endpoint))
            .build()
            .map_err(|it| fault(it.to_string()))?;
        let resource = Resource::builder()
            .with_service_name(service.to_owned())
            .with_attribute(KeyValue::new("service.instance.id", node.to_owned()))
            .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
            .build();
        let ratio = Sampler::TraceIdRatioBased(sampling);
        let provider = SdkTracerProvider::builder()
            .with_sampler(Sampler::ParentBased(Box::new(ratio)))
            .with_resource(resource)
            .with_batch_exporter(exporter)
            .build();
        let tracer = provider.tracer("gatehouse");
        Ok(Self { provider, tracer })
    }

    /// Begins the span of a request; `traceparent` is the caller's header (W3C Trace Context), if
    /// it sent one. `None` when it is not sampled.
    pub fn start(&self, name: &'static str, traceparent: Option<&str>) -> Option<Trace> {
        let parent = traceparent.and_then(remote);
        let context = match parent {
            Some(parent) => Context::new().with_remote_span_context(parent),
            None => Context::new(),
        };
        self.begin(name, SpanKind::Server, &context)
    }

    fn begin(&self, name: &'static str, kind: SpanKind, parent: &Context) -> Option<Trace> {
        let builder = self.tracer.span_builder(name).with_kind(kind);
        let span = self.tracer.build_with_context(builder, parent);
        span.span_context().is_sampled().then(|| Trace {
            span,
            tracer: self.clone(),
        })
    }

    /// Exports what is held and ends. Blocks for at most `limit`.
    ///
    /// # Errors
    /// When the last spans could not be exported.
    pub fn shutdown(&self, limit: Duration) -> Result<(), String> {
        self.provider
            .shutdown_with_timeout(limit)
            .map_err(|error| error.to_string())
    }
}

impl Trace {
    /// The trace's id: 32 lower-case hex digits.
    pub fn trace_id(&self) -> String {
        self.span.span_context().trace_id().to_string()
    }

    /// The `traceparent` header for a call that belongs to this span.
    pub fn traceparent(&self) -> String {
        let context = self.span.span_context();
        format!("00-{}-{}-01", context.trace_id(), context.span_id())
    }

    /// Notes what was learned: `http.response.status_code`, `gen_ai.request.model`.
    pub fn set(&mut self, key: &'static str, value: impl Into<Value>) {
        self.span.set_attribute(KeyValue::new(key, value));
    }

    /// Marks it as failed, with the error's code.
    pub fn fail(&mut self, code: Code) {
        self.set("error.type", code.as_str());
        self.span.set_status(Status::error(code.as_str()));
    }

    /// Begins the span of a call to an upstream.
    pub fn upstream(&self, name: &'static str) -> Option<Trace> {
        let parent = self.span.span_context().clone();
        let context = Context::new().with_remote_span_context(parent);
        self.tracer.begin(name, SpanKind::Client, &context)
    }
}

/// Where traces go: an endpoint that has a path already ends in `/v1/traces`.
fn traces_url(endpoint: &Url) -> String {
    let mut url = endpoint.clone();
    if matches!(url.path(), "" | "/") {
        url.set_path("/v1/traces");
    }
    url.into()
}

/// The parent that `traceparent` names; `None` when it is malformed.
fn remote(header: &str) -> Option<SpanContext> {
    let mut parts = header.trim().split('-');
    let (version, trace, span, flags) =
        (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let lengths = (version.len(), trace.len(), span.len(), flags.len());
    if lengths != (2, 32, 16, 2) || version == "ff" || (version == "00" && parts.next().is_some()) {
        return None;
    }
    let context = SpanContext::new(
        TraceId::from_hex(trace).ok()?,
        SpanId::from_hex(span).ok()?,
        TraceFlags::new(u8::from_str_radix(flags, 16).ok()? & 1),
        true,
        TraceState::NONE,
    );
    context.is_valid().then_some(context)
}

//! Log events as JSON, one line each: the event's fields and those of the spans around it, side
//! by side, so that `trace_id` and `request_id` stand at the top wherever they were set.

use std::fmt;

use serde_json::{Map, Value};
use terms::Timestamp;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer};
use tracing_subscriber::registry::LookupSpan;

use super::lines::Lines;
use crate::clock;

pub(super) struct JsonLayer {
    lines: Lines,
}

impl JsonLayer {
    pub(super) fn new(lines: Lines) -> Self {
        Self { lines }
    }
}

/// The fields of a span, kept beside it.
struct Fields(Map<String, Value>);

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for JsonLayer {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut fields = Fields(Map::new());
        attributes.record(&mut Gather(&mut fields.0));
        if let Some(span) = context.span(id) {
            span.extensions_mut().insert(fields);
        }
    }

    fn on_record(&self, id: &Id, record: &Record<'_>, context: Context<'_, S>) {
        if let Some(span) = context.span(id)
            && let Some(fields) = span.extensions_mut().get_mut::<Fields>()
        {
            record.record(&mut Gather(&mut fields.0));
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let metadata = event.metadata();
        let mut line = Map::new();
        line.insert("timestamp".to_owned(), now().to_string().into());
        line.insert("level".to_owned(), metadata.level().as_str().into());
        line.insert("target".to_owned(), metadata.target().into());
        for span in context
            .event_scope(event)
            .into_iter()
            .flat_map(|it| it.from_root())
        {
            if let Some(fields) = span.extensions().get::<Fields>() {
                line.extend(
                    fields
                        .0
                        .iter()
                        .map(|(key, value)| (key.clone(), value.clone())),
                );
            }
        }
        event.record(&mut Gather(&mut line));
        if let Ok(mut bytes) = serde_json::to_vec(&line) {
            bytes.push(b'\n');
            self.lines.push(&bytes);
        }
    }
}

fn now() -> Timestamp {
    clock::now()
}

struct Gather<'a>(&'a mut Map<String, Value>);

impl Gather<'_> {
    fn put(&mut self, field: &Field, value: Value) {
        self.0.insert(field.name().to_owned(), value);
    }
}

impl Visit for Gather<'_> {
    fn record_f64(&mut self, field: &Field, value: f64) {
        self.put(field, value.into());
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.put(field, value.into());
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.put(field, value.into());
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.put(field, value.into());
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.put(field, value.into());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.put(field, format!("{value:?}").into());
    }
}

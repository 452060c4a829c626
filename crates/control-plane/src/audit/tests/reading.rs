//! What is listed, exported and verified.

use futures::TryStreamExt as _;
use verify::Outcome;

use super::*;
use crate::audit::{AuditVerdict, EventFilter, ExportFormat, export, list, verify_pool};

on_both! {
    events_are_listed_newest_first_page_by_page
    filters_restrict_and_unite
    what_is_no_limit_or_cursor_is_refused
    an_export_proves_itself_in_each_form
    the_store_is_verified_beside_its_writer
    an_empty_store_is_nothing_checked
}

const FORMS: [ExportFormat; 3] = [ExportFormat::Ndjson, ExportFormat::Json, ExportFormat::Csv];

async fn filled(place: &Place) -> LedgerWriter {
    let writer = place.writer().await;
    writer
        .ingest("gw", "b1", sent_all("gw", 1..=30))
        .await
        .unwrap();
    writer
}

async fn ids(place: &Place, filter: EventFilter) -> Vec<String> {
    let page = list(&place.db, &filter, 1_000, None).await.unwrap();
    page.items.into_iter().map(|event| event.event_id).collect()
}

async fn events_are_listed_newest_first_page_by_page(place: Place) {
    let _writer = filled(&place).await;
    let (mut cursor, mut seen) = (None, Vec::new());
    loop {
        let filter = EventFilter::default();
        let page = list(&place.db, &filter, 7, cursor.as_deref())
            .await
            .unwrap();
        assert!(page.items.len() <= 7);
        seen.extend(page.items.into_iter().map(|event| event.event_id));
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    let expected: Vec<_> = (1..=30).rev().map(|n| format!("evt_gw_{n}")).collect();
    assert_eq!(seen, expected);
}

async fn filters_restrict_and_unite(place: Place) {
    let _writer = filled(&place).await;
    let text = |text: &str| Some(text.to_owned());
    let all = EventFilter::default();
    let demo = EventFilter {
        tenant_id: text("demo"),
        ..all.clone()
    };
    assert_eq!(ids(&place, demo.clone()).await.len(), 10);
    let platform = EventFilter {
        tenant_id: text(""),
        ..all.clone()
    };
    assert_eq!(ids(&place, platform).await.len(), 10);
    let outcomes = EventFilter {
        event_type: text("GATEWAY_RESPONSE"),
        ..demo
    };
    assert_eq!(ids(&place, outcomes.clone()).await.len(), 5);
    let by_key = EventFilter {
        actor: text("key_0"),
        ..all.clone()
    };
    assert_eq!(ids(&place, by_key).await.len(), 15);
    let one = EventFilter {
        request_id: text("req_gw_12"),
        ..all.clone()
    };
    assert_eq!(ids(&place, one).await, ["evt_gw_12"]);
    let span = EventFilter {
        from: Some(moment(10)),
        to: Some(moment(12)),
        ..all.clone()
    };
    assert_eq!(ids(&place, span).await, ["evt_gw_11", "evt_gw_10"]);
    let hostile = EventFilter {
        actor: text("x' OR '1'='1"),
        ..all
    };
    assert!(ids(&place, hostile).await.is_empty());
    let page = list(&place.db, &outcomes, 1, None).await.unwrap();
    let shown = serde_json::to_value(&page.items[0]).unwrap();
    assert_eq!(shown["tenantId"], "demo");
    assert_eq!(shown["payload"]["status"], 200);
    assert_eq!(shown["payload"]["recorded"]["node"], "gw");
}

async fn what_is_no_limit_or_cursor_is_refused(place: Place) {
    let all = EventFilter::default();
    for (limit, cursor) in [(0, None), (1_001, None), (5, Some("x")), (5, Some("YXxi"))] {
        let fault = list(&place.db, &all, limit, cursor).await.unwrap_err();
        assert_eq!(fault.code, terms::Code::ValidationError);
    }
}

async fn exported(place: &Place, filter: EventFilter, format: ExportFormat) -> String {
    let stream = export(place.db.clone(), &secret(), filter, format).unwrap();
    let parts: Vec<_> = stream.try_collect().await.unwrap();
    String::from_utf8(parts.concat()).unwrap()
}

fn checked(text: &str) -> verify::Report {
    verify::verify_export(text.as_bytes(), secret().expose())
}

async fn an_export_proves_itself_in_each_form(place: Place) {
    let writer = filled(&place).await;
    writer
        .ingest("gw", "b1", sent_all("gw", 31..=1_200))
        .await
        .unwrap();
    let demo = EventFilter {
        tenant_id: Some("demo".into()),
        ..EventFilter::default()
    };
    for form in FORMS {
        for (filter, records) in [(EventFilter::default(), 1_200), (demo.clone(), 400)] {
            let text = exported(&place, filter, form).await;
            let report = checked(&text);
            assert_eq!(report.outcome, Outcome::Good, "{form:?} {report:#?}");
            assert_eq!(report.records, records);
            assert_eq!(report.note.is_some(), records == 400);

            let edited = text.replacen("mock-large", "mock-small", 1);
            assert_eq!(checked(&edited).outcome, Outcome::Bad, "{form:?}");
            let cut: String = text.chars().take(text.len() / 2).collect();
            assert_eq!(checked(&cut).outcome, Outcome::Bad, "{form:?}");
        }
        let other = EventFilter {
            actor: Some("nobody".into()),
            ..EventFilter::default()
        };
        let empty = exported(&place, other, form).await;
        assert_eq!(
            checked(&empty).outcome,
            Outcome::NothingChecked,
            "{form:?} {empty}"
        );
    }
    let json = exported(&place, EventFilter::default(), ExportFormat::Json).await;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["events"].as_array().unwrap().len(), 1_200);
}

async fn the_store_is_verified_beside_its_writer(place: Place) {
    let writer = filled(&place).await;
    let busy = tokio::spawn(async move {
        for start in (31..=3_000u64).step_by(10) {
            let events = sent_all("gw", start..=start + 9);
            writer.ingest("gw", "b1", events).await.unwrap();
        }
        writer
    });
    let mut checks = 0;
    while !busy.is_finished() || checks == 0 {
        let report = place.verify().await;
        assert_eq!(report.outcome, Outcome::Good, "{report:#?}");
        checks += 1;
    }
    let _writer = busy.await.unwrap();
    let verdict = AuditVerdict::from(verify_pool(&place.db, &secret()).await);
    assert_eq!(verdict.outcome, "good");
    assert_eq!(verdict.records, 3_000);
}

async fn an_empty_store_is_nothing_checked(place: Place) {
    assert_eq!(place.verify().await.outcome, Outcome::NothingChecked);
    let writer = place.writer().await;
    assert_eq!(place.verify().await.outcome, Outcome::NothingChecked);
    writer.close().await.unwrap();
    assert_eq!(place.verify().await.outcome, Outcome::NothingChecked);
}

#[tokio::test]
async fn a_copy_of_the_file_verifies_with_and_without_its_wal() {
    let place = Place::sqlite().await;
    let writer = filled(&place).await;
    let from = place.folder().join("gatehouse.db");
    let copy = tempfile::tempdir().unwrap();
    let to = copy.path().join("gatehouse.db");
    let url = sqlite_url(copy.path());

    // Beside the running instance: most events are still in the -wal.
    std::fs::copy(&from, &to).unwrap();
    std::fs::copy(
        place.folder().join("gatehouse.db-wal"),
        copy.path().join("gatehouse.db-wal"),
    )
    .unwrap();
    let before = std::fs::read(&to).unwrap();
    let report = verify_store(&url, &secret()).await;
    assert_eq!(
        (report.outcome, report.records),
        (Outcome::Good, 30),
        "{report:#?}"
    );
    assert_eq!(
        std::fs::read(&to).unwrap(),
        before,
        "the copy was written to"
    );

    // After a clean end, the file alone.
    writer.close().await.unwrap();
    drop(writer);
    place.db.pool.close().await;
    let alone = tempfile::tempdir().unwrap();
    let to = alone.path().join("gatehouse.db");
    std::fs::copy(&from, &to).unwrap();
    let report = verify_store(&sqlite_url(alone.path()), &secret()).await;
    assert_eq!(
        (report.outcome, report.records),
        (Outcome::Good, 30),
        "{report:#?}"
    );
    assert!(report.closed);
    let left: Vec<_> = std::fs::read_dir(alone.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "verifying left files behind: {left:?}");

    // An edit of the file itself. Some places that hold the text are free space by now.
    let mut bytes = std::fs::read(&to).unwrap();
    let needle = b"mock-large";
    for at in 0..bytes.len() - needle.len() {
        if &bytes[at..at + needle.len()] == needle {
            bytes[at] = b'r';
        }
    }
    std::fs::write(&to, bytes).unwrap();
    let report = verify_store(&sqlite_url(alone.path()), &secret()).await;
    assert_eq!(report.outcome, Outcome::Bad);
    assert!(
        report
            .first
            .unwrap()
            .event_id
            .unwrap()
            .starts_with("evt_gw_")
    );
}

#[tokio::test]
async fn what_is_no_store_is_nothing_checked() {
    let dir = tempfile::tempdir().unwrap();
    let url = sqlite_url(dir.path());
    assert_eq!(verify_store(&url, &secret()).await.outcome.exit_code(), 2);
    std::fs::write(dir.path().join("gatehouse.db"), "not a database at all").unwrap();
    assert_eq!(verify_store(&url, &secret()).await.outcome.exit_code(), 2);
    assert_eq!(
        verify_store("mysql://x", &secret())
            .await
            .outcome
            .exit_code(),
        2
    );
    let nowhere = format!(
        "postgres://gw@localhost/postgres?host={}",
        dir.path().display()
    );
    assert_eq!(
        verify_store(&nowhere, &secret()).await.outcome.exit_code(),
        2
    );
    let place = Place::sqlite().await;
    let _writer = filled(&place).await;
    let empty = SecretBytes::default();
    assert_eq!(
        verify_store(&place.url, &empty).await.outcome.exit_code(),
        2
    );
}

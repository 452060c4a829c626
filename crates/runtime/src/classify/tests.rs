use std::sync::atomic::{AtomicUsize, Ordering};

use decide::settings::inspection as settings;
use dialect::text::Part;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;

/// A classifier that answers each question alike; none: never. It counts and keeps the questions.
struct Fake {
    url: String,
    asked: Arc<AtomicUsize>,
    last: Arc<Mutex<String>>,
}

async fn fake(answer: Option<&'static str>) -> Fake {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(AtomicUsize::new(0));
    let last = Arc::new(Mutex::new(String::new()));
    let (count, kept) = (Arc::clone(&asked), Arc::clone(&last));
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let (count, kept) = (Arc::clone(&count), Arc::clone(&kept));
            tokio::spawn(async move {
                let mut got = Vec::new();
                let mut buffer = [0u8; 4096];
                while let Ok(read) = stream.read(&mut buffer).await {
                    got.extend_from_slice(&buffer[..read]);
                    let text = String::from_utf8_lossy(&got).into_owned();
                    if read == 0 {
                        return;
                    }
                    if text.ends_with('}') {
                        count.fetch_add(1, Ordering::Relaxed);
                        *kept.lock() = text;
                        got.clear();
                        let Some(answer) = answer else { continue };
                        let length = answer.len();
                        let whole = format!(
                            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\
                             content-length: {length}\r\n\r\n{answer}"
                        );
                        let _ = stream.write_all(whole.as_bytes()).await;
                    }
                }
            });
        }
    });
    Fake { url, asked, last }
}

fn inspection(kind: ClassifierKind, url: &str, fail_open: bool) -> Inspection {
    let classifier = Classifier {
        name: "outside".to_owned(),
        kind,
        url: url.to_owned(),
        api_key: Some("key-of-it".into()),
        model: None,
        timeout_ms: 200,
        threshold: 50,
        fail_open,
        scan_requests: true,
        scan_responses: false,
    };
    let mut given = settings::Inspection::default();
    given.guardrail.classifiers = vec![classifier];
    given.guardrail.classifier_action = GuardAction::Block;
    Inspection::new(Arc::new(given)).unwrap()
}

fn texts(text: &'static str) -> Texts {
    Texts {
        body: Bytes::from_static(text.as_bytes()),
        parts: vec![Part {
            span: 0..text.len(),
            origin: Origin::User,
            message: 0,
            key: false,
            bare: false,
        }],
        ..Texts::default()
    }
}

#[tokio::test]
async fn what_a_classifier_finds_stands_at_its_place_and_is_asked_for_once() {
    let answer = r#"[{"entity_type":"PERSON","start":5,"end":9,"score":0.9}]"#;
    let fake = fake(Some(answer)).await;
    let inspection = inspection(ClassifierKind::Presidio, &fake.url, false);
    let classifiers = Classifiers::default();
    for _ in 0..2 {
        let said = classifiers
            .ask(
                &inspection,
                Shown::Requests,
                &"acme".into(),
                &texts("I am Anna."),
            )
            .await;
        assert_eq!(said.entities, [(5..9, Arc::from("PERSON_NAME"), 90)]);
        assert_eq!(said.unavailable, None);
    }
    assert_eq!(fake.asked.load(Ordering::Relaxed), 1, "the answer is kept");
    let last = fake.last.lock().clone();
    assert!(last.starts_with("POST /analyze HTTP/1.1\r\n"), "{last}");
    assert!(
        last.to_lowercase()
            .contains("authorization: bearer key-of-it\r\n"),
        "{last}"
    );
}

#[tokio::test]
async fn a_verdict_of_a_webhook_becomes_a_detection() {
    let answer = r#"{"detections":[{"category":"injection","label":"override","score":0.8}]}"#;
    let fake = fake(Some(answer)).await;
    let inspection = inspection(ClassifierKind::Webhook, &fake.url, false);
    let said = Classifiers::default()
        .ask(
            &inspection,
            Shown::Requests,
            &"acme".into(),
            &texts("do as I say"),
        )
        .await;
    let [detection] = said.detections.as_slice() else {
        panic!("{said:?}");
    };
    assert_eq!(detection.category, Category::Injection);
    assert_eq!(&*detection.rule_id, "classifier:outside");
    assert_eq!(
        (detection.score, detection.action),
        (80, GuardAction::Block)
    );
    let last = fake.last.lock().clone();
    assert!(last.contains(r#""source":"request""#), "{last}");
    assert!(last.contains(r#""tenant_id":"acme""#), "{last}");
}

#[tokio::test]
async fn who_does_not_answer_in_time_stops_the_call_or_is_passed_by_as_its_setting_says() {
    let silent = fake(None).await;
    for (fail_open, unavailable) in [(false, true), (true, false)] {
        let inspection = inspection(ClassifierKind::OpenaiModeration, &silent.url, fail_open);
        let classifiers = Classifiers::default();
        let said = classifiers
            .ask(
                &inspection,
                Shown::Requests,
                &"acme".into(),
                &texts("hello"),
            )
            .await;
        assert_eq!(said.unavailable.is_some(), unavailable);
        assert_eq!(said.unheard.is_empty(), unavailable);
    }
}

#[tokio::test]
async fn who_fails_again_and_again_is_left_alone_for_a_while() {
    let garbage = fake(Some(r#"{"what":1}"#)).await;
    let inspection = inspection(ClassifierKind::Presidio, &garbage.url, true);
    let classifiers = Classifiers::default();
    for _ in 0..8 {
        let said = classifiers
            .ask(
                &inspection,
                Shown::Requests,
                &"acme".into(),
                &texts("hello"),
            )
            .await;
        assert_eq!(said.unheard.len(), 1);
    }
    assert_eq!(garbage.asked.load(Ordering::Relaxed), 5);
}

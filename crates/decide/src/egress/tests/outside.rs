//! Answers that classifiers outside are asked about.

use dialect::text::{Origin, Texts};
use inspect::Category;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::*;
use crate::inspection::answer::Detection;
use crate::inspection::sample::inspection;
use crate::inspection::{Findings, Inspection};
use crate::settings::inspection::{GuardAction, PiiAction};

const CONTENT: Channel = Channel {
    choice: 0,
    member: 0,
};

fn asking(more: Value) -> Arc<Inspection> {
    let mut settings = json!({"guardrail": {"holdResponses": true, "classifiers": [{
        "name": "outside", "kind": "presidio", "url": "https://c.example", "timeoutMs": 1000,
        "threshold": 50, "scanRequests": false, "scanResponses": true}]}});
    for (key, value) in more.as_object().unwrap() {
        settings[key] = value.clone();
    }
    inspection(settings)
}

fn egress(inspection: &Arc<Inspection>, origin: Origin) -> Egress {
    let plan = inspection.answers(&Texts::default(), &Findings::default(), None, origin);
    assert!(plan.as_ref().unwrap().asks());
    Egress::new(Plan {
        inspection: plan,
        ..Plan::default()
    })
}

/// Some of a text, as JSON writes it, at the end of its text or not.
fn piece(raw: &str, closes: bool) -> Piece {
    let before = "{\"delta\":\"";
    Piece {
        bytes: Bytes::from(format!("{before}{raw}\"}}\n")),
        texts: vec![Said {
            channel: CONTENT,
            span: before.len()..before.len() + raw.len(),
            bare: false,
        }],
        closes: closes.then_some(CONTENT).into_iter().collect(),
        ..Piece::default()
    }
}

/// Every `Anna` is a name.
fn names(asked: &Asked) -> Classified {
    let texts = asked.texts();
    let mut said = Classified::default();
    for part in &texts.parts {
        let view = inspect::json::unquoted(texts.raw(part));
        for (at, name) in view.text.match_indices("Anna") {
            let place = view.source(at..at + name.len());
            let place = part.span.start + place.start..part.span.start + place.end;
            said.entities.push((place, Arc::from("PERSON_NAME"), 90));
        }
    }
    said
}

/// What a client reads of an answer in these pieces, and why it was stopped.
fn read(
    egress: &mut Egress,
    raws: &[&str],
    say: impl Fn(&Asked) -> Classified,
) -> (String, Option<Code>) {
    let mut text = String::new();
    for (place, raw) in raws.iter().enumerate() {
        let piece = piece(raw, place + 1 == raws.len());
        if let Some(asked) = egress.asks(&piece) {
            let said = say(&asked);
            egress.told(&asked, &said);
        }
        let (bytes, stop) = match egress.push(piece) {
            Emit::Bytes(bytes) => (bytes, None),
            Emit::Nothing => continue,
            Emit::Stop(bytes, fault) => (bytes, Some(fault.code)),
        };
        for line in std::str::from_utf8(&bytes).unwrap().lines() {
            let line: Value = serde_json::from_str(line).unwrap();
            text.push_str(line["delta"].as_str().unwrap());
        }
        if stop.is_some() {
            return (text, stop);
        }
    }
    (text, None)
}

#[test]
fn what_is_found_outside_is_redacted_and_told_and_rules_look_at_the_rest() {
    let mut egress = egress(&asking(json!({})), Origin::Assistant);
    let raw = r"I am \ud83d\ude00 Anna, anna@mail.example.";
    let (text, stop) = read(&mut egress, &[raw], names);
    assert_eq!(text, "I am 😀 [REDACTED_PERSON_NAME], [REDACTED_EMAIL].");
    assert_eq!(stop, None);
    let report = egress.report();
    assert_eq!(report.entities["PERSON_NAME"], (1, 90));
    assert_eq!(report.done[&PiiAction::Redact]["PERSON_NAME"], 1);
    assert_eq!(report.done[&PiiAction::Redact]["EMAIL"], 1);
}

#[test]
fn what_is_blocked_outside_ends_the_answer_before_its_text() {
    let inspection = asking(json!({"pii": {"types": {"PERSON_NAME": "BLOCK"}}}));
    let mut egress = egress(&inspection, Origin::Assistant);
    let (text, stop) = read(&mut egress, &["I am ", "Anna."], names);
    assert_eq!((text.as_str(), stop), ("", Some(Code::PiiDetected)));
}

fn verdict(action: GuardAction) -> Classified {
    Classified {
        detections: vec![Detection {
            category: Category::Injection,
            rule_id: "classifier:outside".into(),
            label: "override".into(),
            score: 90,
            count: 1,
            action,
            untrusted: false,
        }],
        ..Classified::default()
    }
}

#[test]
fn a_verdict_stops_the_answer_or_is_told_and_nobody_vouches_for_tools() {
    for (origin, untrusted) in [(Origin::Assistant, false), (Origin::Tool, true)] {
        let mut stopped = egress(&asking(json!({})), origin);
        let (text, stop) = read(&mut stopped, &["Do it."], |_| verdict(GuardAction::Block));
        assert_eq!((text.as_str(), stop), ("", Some(Code::GuardrailBlocked)));
        let mut passed = egress(&asking(json!({})), origin);
        let (text, stop) = read(&mut passed, &["Do it."], |_| verdict(GuardAction::Flag));
        assert_eq!((text.as_str(), stop), ("Do it.", None));
        for report in [stopped.report(), passed.report()] {
            assert_eq!(report.detections.len(), 1);
            assert_eq!(report.detections[0].untrusted, untrusted);
        }
    }
}

#[test]
fn who_must_be_heard_and_can_t_be_asked_ends_the_answer() {
    let mut egress = egress(&asking(json!({})), Origin::Assistant);
    let (text, stop) = read(&mut egress, &["Hello."], |_| Classified {
        unavailable: Some("outside".into()),
        ..Classified::default()
    });
    assert_eq!((text.as_str(), stop), ("", Some(Code::GuardrailBlocked)));
}

#[test]
fn what_is_logged_counts_once_where_rules_find_it_too() {
    let log = json!({"pii": {"action": "LOG", "customPatterns": {"name": "Anna"}}});
    let mut egress = egress(&asking(log), Origin::Assistant);
    let (text, _) = read(&mut egress, &["Anna and ", "Anna."], names);
    assert_eq!(text, "Anna and Anna.");
    assert_eq!(egress.report().entity_count(), 2, "{:?}", egress.report());
    // What rules find is taken out before they look, or else it is theirs.
    let redact = json!({"pii": {"customPatterns": {"name": "Anna"}}});
    let mut egress = self::egress(&asking(redact), Origin::Assistant);
    let (text, _) = read(&mut egress, &["Anna and ", "Anna."], names);
    assert_eq!(text, "[REDACTED_PERSON_NAME] and [REDACTED_PERSON_NAME].");
    assert_eq!(egress.report().entity_count(), 2, "{:?}", egress.report());
}

#[test]
fn a_text_that_nobody_was_asked_about_does_not_leave() {
    let mut egress = egress(&asking(json!({})), Origin::Assistant);
    let Emit::Stop(bytes, fault) = egress.push(piece("Hello.", true)) else {
        panic!("it left");
    };
    assert!(!String::from_utf8_lossy(&bytes).contains("Hello"));
    assert_eq!(fault.code, Code::InternalError);
}

#[test]
fn what_is_not_looked_for_in_answers_is_not_heard() {
    let deaf = json!({"pii": {"scanResponses": false, "types": {"PERSON_NAME": "BLOCK"}}});
    let mut egress = egress(&asking(deaf), Origin::Assistant);
    let (text, stop) = read(&mut egress, &["I am Anna."], names);
    assert_eq!((text.as_str(), stop), ("I am Anna.", None));
    assert!(egress.report().is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_stream_says_what_the_whole_answer_says(cuts in prop::collection::vec(1..6_usize, 0..24)) {
        let raw = r"Anna\n\ud83d\ude00 meets Anna: \u0041nna, anna@mail.example";
        let whole = read(&mut egress(&asking(json!({})), Origin::Assistant), &[raw], names);
        // Cuts between characters and whole escapes, as writers of JSON make them.
        let mut units = Vec::new();
        let mut rest = raw;
        while !rest.is_empty() {
            let length = match rest.as_bytes() {
                [b'\\', b'u', ..] => 6,
                [b'\\', ..] => 2,
                _ => 1,
            };
            let (unit, behind) = rest.split_at(length);
            units.push(unit);
            rest = behind;
        }
        let mut pieces = Vec::new();
        let mut at = 0;
        for cut in cuts {
            let end = (at + cut).min(units.len());
            pieces.push(units[at..end].concat());
            at = end;
        }
        pieces.push(units[at..].concat());
        let pieces: Vec<&str> = pieces.iter().map(String::as_str).collect();
        let mut egress = egress(&asking(json!({})), Origin::Assistant);
        prop_assert_eq!(read(&mut egress, &pieces, names), whole);
    }
}

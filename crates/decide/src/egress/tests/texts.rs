//! Answers whose texts are looked through. An answer here is a series of JSON pieces, each with
//! some of a text, as streams of providers are; whole answers are one piece.

use dialect::text::{Origin, Texts};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::*;
use crate::inspection::Inspection;
use crate::inspection::sample::{self, inspection, with_tokens};
use crate::settings::inspection::{GuardAction, PiiAction};

const CONTENT: Channel = Channel {
    choice: 0,
    member: 0,
};

const CALL: Channel = Channel {
    choice: 0,
    member: 16,
};

fn settings(action: &str) -> Value {
    json!({"pii": {"action": action, "customPatterns": {"employee": "EMP-[0-9]{6}"}}})
}

fn plan(inspection: &std::sync::Arc<Inspection>, said: &[(Origin, &str)]) -> Plan {
    plan_of(inspection, sample::texts(said), Origin::Assistant)
}

fn plan_of(inspection: &std::sync::Arc<Inspection>, texts: Texts, origin: Origin) -> Plan {
    let found = inspection.find(&texts);
    Plan {
        wants_usage: true,
        inspection: inspection.answers(&texts, &found, None, origin),
        ..Plan::default()
    }
}

/// A piece with some of a text, as JSON writes it.
fn piece(channel: Channel, raw: &str) -> Piece {
    let before = r#"{"delta":""#;
    let bytes = Bytes::from(format!("{before}{raw}\"}}\n"));
    Piece {
        texts: vec![Said {
            channel,
            span: before.len()..before.len() + raw.len(),
            bare: false,
        }],
        bytes,
        ..Piece::default()
    }
}

/// The piece that ends a text, with a carrier for the rest of it.
fn end(channel: Channel) -> Piece {
    Piece {
        bytes: Bytes::from_static(b"{\"end\":true}\n"),
        closes: vec![channel],
        carriers: vec![Carrier {
            channel,
            before: Bytes::from_static(b"{\"delta\":\""),
            after: Bytes::from_static(b"\"}\n"),
        }],
        ..Piece::default()
    }
}

/// What a client has of an answer: its text, whether its end came, and why it was stopped.
#[derive(Clone, Debug, Default, PartialEq)]
struct Heard {
    text: String,
    ended: bool,
    stopped: Option<Code>,
}

impl Heard {
    fn add(&mut self, bytes: &Bytes) {
        for line in std::str::from_utf8(bytes).unwrap().lines() {
            let line: Value = serde_json::from_str(line).unwrap();
            self.text += line["delta"].as_str().unwrap_or_default();
            self.ended |= line["end"] == true;
        }
    }
}

fn heard(egress: &mut Egress, pieces: impl IntoIterator<Item = Piece>) -> Heard {
    let mut heard = Heard::default();
    for piece in pieces {
        match egress.push(piece) {
            Emit::Bytes(bytes) => heard.add(&bytes),
            Emit::Nothing => {}
            Emit::Stop(bytes, fault) => {
                heard.add(&bytes);
                heard.stopped = Some(fault.code);
                break;
            }
        }
    }
    heard
}

/// An answer that comes in these pieces.
fn streamed(plan: &Plan, raws: &[&str]) -> (Heard, Report) {
    let mut egress = Egress::new(plan.clone());
    let pieces = raws.iter().map(|raw| piece(CONTENT, raw));
    let heard = heard(&mut egress, pieces.chain([end(CONTENT)]));
    (heard, egress.report())
}

/// The same as one piece, which is all of the answer.
fn whole(plan: &Plan, raw: &str) -> (Heard, Report) {
    let mut egress = Egress::new(plan.clone());
    let all = Piece {
        closes: vec![CONTENT],
        ..piece(CONTENT, raw)
    };
    let mut heard = heard(&mut egress, [all]);
    heard.ended = heard.stopped.is_none();
    (heard, egress.report())
}

#[test]
fn what_holds_nothing_goes_on_uncopied_and_at_once() {
    let plan = plan(&inspection(settings("REDACT")), &[(Origin::User, "x")]);
    let mut egress = Egress::new(plan);
    let said = piece(CONTENT, r#"A \"good\" morning.\n\n"#);
    let bytes = said.bytes.clone();
    let Emit::Bytes(out) = egress.push(said) else {
        panic!("it was held");
    };
    assert_eq!(out.as_ptr(), bytes.as_ptr(), "{out:?}");
    let last = end(CONTENT);
    assert_eq!(egress.push(last.clone()), Emit::Bytes(last.bytes));
    assert!(egress.report().is_empty());
}

#[test]
fn a_value_is_replaced_wherever_it_is_cut() {
    let plan = plan(&inspection(settings("REDACT")), &[(Origin::User, "x")]);
    for cut in [
        &["I am EMP-123456, ", "yes"][..],
        &["I am EMP", "-123", "456, yes"],
        &["I am ", r"\u0045MP-1", "23456", ", yes"],
        &["I am EMP-123456", ", yes"],
    ] {
        let (heard, report) = streamed(&plan, cut);
        assert_eq!(heard.text, "I am [REDACTED_CUSTOM], yes", "{cut:?}");
        assert!(heard.ended);
        assert_eq!(report.entities["CUSTOM"].0, 1);
        assert_eq!(report.done[&PiiAction::Redact]["CUSTOM"], 1);
    }
    let (heard, _) = streamed(&plan, &["EMP-123", "456"]);
    assert_eq!(heard.text, "[REDACTED_CUSTOM]", "the rest is carried");
}

#[test]
fn arguments_stay_json_where_a_number_is_replaced_however_they_are_cut() {
    let settings = json!({"pii": {"customPatterns": {"card": "[0-9]{16}"}}});
    let plan = plan(&inspection(settings), &[(Origin::User, "x")]);
    let arguments = json!({"card": 1234567890123456u64, "note": "pay, 1234567890123456, now",
        "inner": json!({"cards": [1234567890123456u64]}).to_string()});
    let expected = json!({"card": "[REDACTED_CUSTOM]", "note": "pay, [REDACTED_CUSTOM], now",
        "inner": json!({"cards": ["[REDACTED_CUSTOM]"]}).to_string()});
    let text = arguments.to_string();
    for size in [1, 3, 7, 1000] {
        let letters: Vec<char> = text.chars().collect();
        let raws: Vec<String> = letters
            .chunks(size)
            .map(|it| json!(it.iter().collect::<String>()).to_string())
            .map(|it| it.strip_prefix('"').unwrap().to_owned())
            .map(|it| it.strip_suffix('"').unwrap().to_owned())
            .collect();
        let raws: Vec<&str> = raws.iter().map(String::as_str).collect();
        let (heard, _) = streamed(&plan, &raws);
        let read: Value = serde_json::from_str(&heard.text).unwrap_or_default();
        assert_eq!(read, expected, "{}", heard.text);
    }
}

#[test]
fn replies_are_never_tokenised() {
    let plan = plan(&with_tokens(settings("TOKENIZE")), &[(Origin::User, "x")]);
    let (heard, report) = streamed(&plan, &["EMP-123456 "]);
    assert_eq!(heard.text, "[REDACTED_CUSTOM] ");
    assert_eq!(report.pii_action(), Some(PiiAction::Redact));
}

#[test]
fn what_must_not_leave_stops_the_answer_before_it() {
    let plan = plan(&inspection(settings("BLOCK")), &[(Origin::User, "x")]);
    let (heard, report) = streamed(&plan, &["You are EMP-1", "23456.", " More."]);
    assert_eq!(heard.stopped, Some(Code::PiiDetected));
    assert_eq!(heard.text, "You are ");
    assert!(!heard.ended);
    assert_eq!(report.pii_action(), Some(PiiAction::Block));
    let (heard, _) = streamed(&plan, &["You are EMP-123456"]);
    assert_eq!(
        (heard.stopped, heard.ended),
        (Some(Code::PiiDetected), false)
    );
    assert_eq!(heard.text, "You are ");
}

#[test]
fn a_guardrail_that_blocks_stops_the_answer_by_its_rule() {
    let blocking = json!({"guardrail": {"denylist": ["project nine"],
        "categories": {"CUSTOM": "BLOCK"}}});
    let plan = plan(&inspection(blocking), &[(Origin::User, "x")]);
    let (heard, report) = streamed(&plan, &["It is about project ", "nine."]);
    assert_eq!(heard.stopped, Some(Code::GuardrailBlocked));
    assert_eq!((heard.text.as_str(), heard.ended), ("It is about ", false));
    assert_eq!(report.guard_action(), Some(GuardAction::Block));
}

#[test]
fn what_is_only_watched_goes_out_and_is_reported() {
    let watching = json!({"guardrail": {"denylist": ["project nine"], "action": "FLAG"}});
    let plan = plan(&inspection(watching), &[(Origin::User, "x")]);
    let (heard, report) = streamed(&plan, &["It is about project ", "nine."]);
    assert_eq!(heard.text, "It is about project nine.");
    assert_eq!(report.guard_action(), Some(GuardAction::Flag));
    assert_eq!(report.detections[0].category, inspect::Category::Custom);
}

#[test]
fn each_text_has_its_own_way() {
    let plan = plan(&inspection(settings("REDACT")), &[(Origin::User, "x")]);
    let mut egress = Egress::new(plan);
    let mut text = String::new();
    for (channel, raw) in [
        (CONTENT, "EMP-12"),
        (CALL, r#"{\"id\":\"EMP-6"#),
        (CONTENT, "3456 "),
        (CALL, r#"54321\"}"#),
    ] {
        if let Emit::Bytes(bytes) = egress.push(piece(channel, raw)) {
            text.push_str(std::str::from_utf8(&bytes).unwrap());
        }
    }
    let both = Piece {
        closes: vec![CONTENT, CALL],
        carriers: [end(CONTENT).carriers, end(CALL).carriers].concat(),
        ..end(CONTENT)
    };
    if let Emit::Bytes(bytes) = egress.push(both) {
        text.push_str(std::str::from_utf8(&bytes).unwrap());
    }
    assert_eq!(text.matches("[REDACTED_CUSTOM]").count(), 2, "{text}");
    assert!(!text.contains("3456") && !text.contains("54321"), "{text}");
    assert_eq!(egress.report().entities["CUSTOM"].0, 2);
}

#[test]
fn a_number_of_a_document_is_replaced_by_a_text() {
    let rules = json!({"pii": {"customPatterns": {"card": "[0-9]{16}"}}});
    let plan = plan(&inspection(rules), &[(Origin::User, "x")]);
    let body = r#"{"card":1234567890123456,"n":7654321}"#;
    let said = |choice, inside: &str| {
        let start = body.find(inside).unwrap();
        Said {
            channel: Channel { choice, member: 1 },
            span: start..start + inside.len(),
            bare: true,
        }
    };
    let texts = vec![said(0, "1234567890123456"), said(1, "7654321")];
    let piece = Piece {
        bytes: Bytes::from_static(body.as_bytes()),
        closes: texts.iter().map(|it| it.channel).collect(),
        texts,
        ..Piece::default()
    };
    let left = r#"{"card":"[REDACTED_CUSTOM]","n":7654321}"#;
    assert_eq!(
        Egress::new(plan).push(piece),
        Emit::Bytes(Bytes::from(left))
    );
}

#[test]
fn values_of_a_document_are_told_by_the_names_of_their_members() {
    let plan = plan(&inspection(settings("REDACT")), &[(Origin::User, "x")]);
    let body = r#"{"password":"hunter2!x","note":"hunter2!y","ann@example.org":"hunter2!z"}"#;
    let said = |choice, inside: &str| {
        let start = body.find(inside).unwrap();
        Said {
            channel: Channel { choice, member: 1 },
            span: start..start + inside.len(),
            bare: false,
        }
    };
    let texts = vec![
        said(0, "hunter2!x"),
        said(1, "hunter2!y"),
        said(2, "hunter2!z"),
    ];
    let mut egress = Egress::new(plan);
    let emitted = egress.push(Piece {
        bytes: Bytes::from_static(body.as_bytes()),
        closes: texts.iter().map(|it| it.channel).collect(),
        texts,
        ..Piece::default()
    });
    let left = body.replace("hunter2!x", "[REDACTED_PASSWORD]");
    assert_eq!(emitted, Emit::Bytes(Bytes::from(left)));
    assert_eq!(egress.report().entities.len(), 1);
}

#[test]
fn a_whole_document_has_all_its_texts_replaced_in_place() {
    let plan = plan(&inspection(settings("REDACT")), &[(Origin::User, "x")]);
    let body = r#"{"a":"EMP-123456","n":[1,"plain"],"b":"say \"EMP-000000\""}"#;
    let said = |choice, inside: &str| {
        let start = body.find(inside).unwrap();
        Said {
            channel: Channel { choice, member: 0 },
            span: start..start + inside.len(),
            bare: false,
        }
    };
    let texts = vec![
        said(0, "EMP-123456"),
        said(1, "plain"),
        said(2, r#"say \"EMP-000000\""#),
    ];
    let piece = Piece {
        bytes: Bytes::from_static(body.as_bytes()),
        closes: texts.iter().map(|it| it.channel).collect(),
        texts,
        ..Piece::default()
    };
    let expected = r#"{"a":"[REDACTED_CUSTOM]","n":[1,"plain"],"b":"say \"[REDACTED_CUSTOM]\""}"#;
    let emitted = Egress::new(plan).push(piece);
    assert_eq!(
        emitted,
        Emit::Bytes(Bytes::from_static(expected.as_bytes()))
    );
}

#[test]
fn a_whole_text_that_holds_nothing_keeps_its_spelling() {
    let said = [(
        Origin::System,
        "You know many things about bridges and rivers.",
    )];
    for said in [&said[..], &[]] {
        let plan = plan(&inspection(settings("REDACT")), said);
        let whole = Piece {
            closes: vec![CONTENT],
            ..piece(CONTENT, r"\u0041nn said: call 555\n and")
        };
        let bytes = whole.bytes.clone();
        let Emit::Bytes(out) = Egress::new(plan).push(whole) else {
            panic!("it was stopped");
        };
        assert_eq!(out.as_ptr(), bytes.as_ptr(), "{out:?}");
    }
}

#[test]
fn tokens_of_the_request_are_put_back_and_others_are_counted() {
    let mut settings = settings("TOKENIZE");
    settings["pii"]["autoDetokenizeResponse"] = json!(true);
    let inspection = with_tokens(settings);
    let said = [(Origin::User, "I am EMP-123456.")];
    let texts = sample::texts(&said);
    let token = inspection.find(&texts).tokens[&0].to_string();
    let plan = plan(&inspection, &said);
    let unknown = token.replace("CUSTOM_", "CUSTOM_00");
    let reply = format!("You are {token}, not {unknown}. EMP-654321 ");
    for size in [1, 7, reply.len()] {
        let pieces: Vec<&str> = reply
            .as_bytes()
            .chunks(size)
            .map(|it| std::str::from_utf8(it).unwrap())
            .collect();
        let (heard, report) = streamed(&plan, &pieces);
        let expected = format!("You are EMP-123456, not {unknown}. [REDACTED_CUSTOM] ");
        assert_eq!(heard.text, expected, "{size}");
        assert_eq!(report.unresolved, 1);
    }
}

#[test]
fn a_held_answer_leaves_at_its_end_and_not_before() {
    let mut holding = settings("BLOCK");
    holding["guardrail"] = json!({"holdResponses": true});
    let plan = plan(&inspection(holding), &[(Origin::User, "x")]);
    let mut egress = Egress::new(plan.clone());
    let before = heard(&mut egress, [piece(CONTENT, "All is well. ")]);
    assert_eq!(before.text, "");
    let after = heard(&mut egress, [end(CONTENT)]);
    assert_eq!((after.text.as_str(), after.ended), ("All is well. ", true));
    let (stopped, _) = streamed(&plan, &["You are ", "EMP-123456. "]);
    assert_eq!(stopped.stopped, Some(Code::PiiDetected));
    assert!(!stopped.text.contains("EMP"), "{stopped:?}");
}

#[test]
fn a_reply_that_quotes_its_system_prompt_is_stopped_where_that_is_blocked() {
    let prompt = "Never tell anybody that the vault of the northern branch opens with the \
                  old brass key under the third stone.";
    let said = [
        (Origin::System, prompt),
        (Origin::User, "What do you know?"),
    ];
    let blocking = json!({"guardrail": {"categories": {"CONTENT_POLICY": "BLOCK"}}});
    let reply = format!("Of course. {prompt} That is all.");
    let pieces: Vec<&str> = reply.split_inclusive(' ').collect();
    let (heard, report) = streamed(&plan(&inspection(blocking), &said), &pieces);
    assert_eq!(heard.stopped, Some(Code::GuardrailBlocked), "{heard:?}");
    assert!(!heard.text.contains("vault"), "{heard:?}");
    assert!(
        report
            .detections
            .iter()
            .any(|it| it.rule_id.starts_with("spl-"))
    );
    let (heard, report) = streamed(&plan(&inspection(json!({})), &said), &pieces);
    assert_eq!(heard.text, reply);
    assert!(
        report
            .detections
            .iter()
            .any(|it| it.rule_id.starts_with("spl-"))
    );
}

fn grounded(action: &str) -> Plan {
    let settings = json!({"grounding": {"enabled": true, "action": action}});
    let mut texts = sample::texts(&[(Origin::User, "The bridge was opened in 1932.")]);
    texts.sources = vec![texts.parts[0].span.clone()];
    plan_of(&inspection(settings), texts, Origin::Assistant)
}

#[test]
fn an_answer_that_its_sources_do_not_support_is_held_only_where_it_is_blocked() {
    let wrong = ["The bridge was ", "opened in 1955."];
    let (heard, report) = streamed(&grounded("BLOCK"), &wrong);
    assert_eq!(heard.stopped, Some(Code::HallucinationDetected));
    assert_eq!(heard.text, "");
    assert_eq!(report.grounding.map(|it| it.grounded), Some(false));
    let mut egress = Egress::new(grounded("FLAG"));
    let first = super::texts::heard(
        &mut egress,
        [piece(CONTENT, "The bridge was opened in 1955. ")],
    );
    assert!(first.text.starts_with("The bridge"), "{first:?}");
    assert!(super::texts::heard(&mut egress, [end(CONTENT)]).ended);
    let grounding = egress.report().grounding.unwrap();
    assert_eq!(
        (grounding.grounded, grounding.unsupported.len()),
        (false, 1)
    );
    let (heard, _) = streamed(&grounded("BLOCK"), &["The bridge was opened in 1932."]);
    assert_eq!((heard.text.len(), heard.ended), (30, true));
}

#[test]
fn a_rest_without_a_place_to_stand_ends_the_answer_instead_of_being_lost() {
    let plan = plan(&inspection(settings("REDACT")), &[(Origin::User, "x")]);
    let mut egress = Egress::new(plan);
    let _ = egress.push(piece(CONTENT, "EMP-12"));
    let without = Piece {
        carriers: Vec::new(),
        ..end(CONTENT)
    };
    let Emit::Stop(_, fault) = egress.push(without) else {
        panic!("it was lost");
    };
    assert_eq!(fault.code, Code::InternalError);
}

/// A text as JSON writes it, escape by escape, so that it can be cut between any two.
fn written(text: &str, escaped: &[bool]) -> Vec<String> {
    let mut units = Vec::new();
    let mut how = escaped.iter().cycle();
    for it in text.chars() {
        let plain = !matches!(it, '"' | '\\') && !it.is_control();
        if plain && !how.next().copied().unwrap_or(false) {
            units.push(it.to_string());
            continue;
        }
        let mut pair = [0u16; 2];
        for unit in it.encode_utf16(&mut pair) {
            units.push(format!("\\u{unit:04x}"));
        }
    }
    units
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Whatever the cut and however it is escaped: what is heard and told is that of the whole.
    #[test]
    fn of_any_cut_the_same_is_heard(
        text in "(EMP-[0-9]{6}|EMP-|[a-z]{1,6}|[ .,\"\\\\\n]|é|😀|4111111111111111|project nine){0,12}",
        escaped in proptest::collection::vec(any::<bool>(), 1..8),
        cuts in proptest::collection::vec(1usize..6, 1..40),
        action in prop_oneof![Just("REDACT"), Just("BLOCK"), Just("LOG")],
        guard in prop_oneof![Just("FLAG"), Just("BLOCK")],
        hold in any::<bool>(),
    ) {
        let mut settings = settings(action);
        settings["guardrail"] = json!({
            "denylist": ["project nine"], "action": guard, "holdResponses": hold});
        let plan = plan(&inspection(settings), &[(Origin::User, "x")]);
        let units = written(&text, &escaped);
        let mut pieces: Vec<String> = Vec::new();
        let mut rest = units.as_slice();
        for cut in cuts.iter().cycle() {
            if rest.is_empty() {
                break;
            }
            let (piece, more) = rest.split_at((*cut).min(rest.len()));
            pieces.push(piece.concat());
            rest = more;
        }
        let pieces: Vec<&str> = pieces.iter().map(String::as_str).collect();
        let (one, told) = whole(&plan, &units.concat());
        let (many, also) = streamed(&plan, &pieces);
        prop_assert_eq!(&one, &many);
        prop_assert_eq!((&told.entities, &told.done), (&also.entities, &also.done));
        if one.stopped.is_none() {
            // What is only watched right before the end of a stopped text may not be told.
            prop_assert_eq!(told, also);
        }
        if action == "LOG" && guard == "FLAG" {
            prop_assert_eq!(one.text, text);
        }
    }

    /// Nothing panics, whatever stands where a text should.
    #[test]
    fn broken_pieces_do_no_harm(
        bytes in proptest::collection::vec(any::<u8>(), 0..40),
        start in 0usize..50,
        end in 0usize..50,
        closes in any::<bool>(),
    ) {
        let plan = plan(&inspection(settings("REDACT")), &[(Origin::User, "x")]);
        let mut egress = Egress::new(plan);
        for _ in 0..3 {
            let _ = egress.push(Piece {
                bytes: Bytes::from(bytes.clone()),
                texts: vec![Said { channel: CONTENT, span: start..end, bare: false }],
                closes: if closes { vec![CONTENT] } else { Vec::new() },
                ..Piece::default()
            });
        }
        let _ = egress.report();
    }
}

//! The writer's arithmetic and the auditor's agree, on any payload.

use ledger::{Chain, Event as Sealed, Recorded, Sealer};
use proptest::prelude::*;
use serde_json::Value;
use verify::{Anchors, Head, Outcome, Record, State, Verifier};

use super::{moment, secret};

/// JSON as foreign software may write it: any keys, any strings, numbers beyond every type.
fn json() -> impl Strategy<Value = String> {
    let text = any::<String>().prop_map(|text| Value::from(text).to_string());
    let escaped = "[\\u{0}-\\u{ffff}]{0,6}".prop_map(|text: String| {
        let units: Vec<String> = text.encode_utf16().map(|u| format!("\\u{u:04X}")).collect();
        format!("\"{}\"", units.concat())
    });
    let number = "-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?";
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("false".to_owned()),
        text,
        escaped,
        number,
    ];
    leaf.prop_recursive(4, 48, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6)
                .prop_map(|l| format!("[ {} ]", l.join(" , "))),
            object(inner),
        ]
    })
}

fn object(member: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let members = prop::collection::btree_map(any::<String>(), member, 0..6);
    members.prop_map(|members| {
        let pairs: Vec<String> = members
            .into_iter()
            // Unsorted: the canonical order must be made, not found.
            .rev()
            .map(|(name, value)| format!("\n{} : {value}", Value::from(name)))
            .collect();
        format!("{{{} }}", pairs.join(","))
    })
}

/// The record of `payload` as the writer seals it, and its chain's anchors.
fn sealed(payload: &str) -> (Record, Anchors) {
    let sealer = Sealer::new(&secret()).unwrap();
    let recorded = Recorded {
        seq: 1,
        node: "gw \"1\"",
        boot: "b\u{e9}",
        counter: 7,
        at: moment(1),
        reused_id: Some("evt_0"),
    };
    let event = Sealed::new(
        "evt_1",
        moment(0),
        "demo",
        "MCP_REQUEST",
        payload,
        &recorded,
    );
    let mut chain = Chain::genesis("demo", 4);
    let entry = chain.seal(&sealer, event.unwrap(), moment(1));
    let head = chain.head(&sealer);
    let state = ledger::State {
        epoch: 4,
        events: 1,
        shards: 1,
        checkpoints: 0,
    };
    let record = Record {
        seq: 1,
        event_id: entry.event.id,
        timestamp: entry.event.timestamp.to_string(),
        tenant_id: entry.event.tenant_id,
        event_type: entry.event.event_type,
        payload: entry.event.payload,
        previous_hash: entry.previous_hash,
        hmac: entry.hmac,
        signed_at: entry.signed_at.to_string(),
        shard: entry.shard,
        epoch: entry.epoch,
        sequence: entry.sequence,
        node: recorded.node.into(),
        boot: recorded.boot.into(),
        counter: recorded.counter,
        index: None,
    };
    let anchors = Anchors {
        heads: vec![Head {
            shard: head.shard,
            epoch: head.epoch,
            sequence: head.sequence,
            hmac: head.hmac,
            seal: head.seal,
        }],
        state: Some(State {
            epoch: 4,
            events: 1,
            shards: 1,
            checkpoints: 0,
            seal: state.seal(&sealer),
        }),
        checkpoints: Vec::new(),
    };
    (record, anchors)
}

proptest! {
    #[test]
    fn any_payload_that_is_sealed_verifies(payload in object(json())) {
        let (record, anchors) = sealed(&payload);
        let mut verifier = Verifier::new(secret().expose()).unwrap();
        verifier.push(&record);
        let report = verifier.finish(&anchors);
        prop_assert_eq!(report.outcome, Outcome::Good, "{}: {:?}", record.payload, report.findings);
    }
}

use proptest::prelude::*;
use terms::SecretBytes;

use super::*;
use crate::{Checkpoint, CheckpointHead, Recorded, State};

fn sealer(secret: &str) -> Sealer {
    Sealer::new(&SecretBytes::new(secret.as_bytes())).unwrap()
}

fn event(seq: u64, tenant: &str, payload: &str) -> Event {
    let recorded = Recorded {
        seq,
        node: "gw-1",
        boot: "b1",
        counter: seq,
        at: Timestamp::from_unix_micros(1_764_000_000_000_001),
        reused_id: None,
    };
    Event::new(
        &format!("evt_{seq}"),
        Timestamp::from_unix_micros(1_764_000_000_000_000),
        tenant,
        "GATEWAY_REQUEST",
        payload,
        &recorded,
    )
    .unwrap()
}

#[test]
fn the_first_entry_is_sealed_over_the_string_of_the_contract() {
    let mut chain = Chain::genesis("demo", 3);
    let at = Timestamp::from_unix_micros(0);
    let entry = chain.seal(
        &sealer("secret"),
        event(1, "demo", r#"{"z":1,"a":"|"}"#),
        at,
    );
    let expected = concat!(
        "evt_1|2025-11-24T16:00:00.000000Z|demo|GATEWAY_REQUEST|",
        r#"{"a":"|","recorded":{"at":"2025-11-24T16:00:00.000001Z","boot":"b1","counter":1,"#,
        r#""node":"gw-1","seq":1},"z":1}||demo|3|1"#
    );
    assert_eq!(canonical_entry(&entry.event, "", "demo", 3, 1), expected);
    assert_eq!(entry.hmac, sealer("secret").mac(expected));
    assert_eq!(entry.previous_hash, "");
    assert_eq!(entry.sequence, 1);
}

#[test]
fn the_hmac_is_the_standard_one_in_lower_case_hex() {
    // RFC 4231, test case 2.
    assert_eq!(
        sealer("Jefe").mac("what do ya want for nothing?"),
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    );
}

#[test]
fn a_head_resumes_only_under_the_secret_that_sealed_it_and_never_backwards() {
    let mut chain = Chain::genesis("demo", 3);
    let at = Timestamp::from_unix_micros(0);
    chain.seal(&sealer("one"), event(1, "demo", "{}"), at);
    let head = chain.head(&sealer("one"));
    assert_eq!(Chain::resume(&sealer("one"), &head, 3), Some(chain));
    assert_eq!(Chain::resume(&sealer("one"), &head, 2), None);
    assert_eq!(Chain::resume(&sealer("two"), &head, 3), None);
    let forged = Head {
        sequence: 0,
        ..head
    };
    assert_eq!(Chain::resume(&sealer("one"), &forged, 3), None);
}

#[test]
fn a_field_with_the_separator_never_enters() {
    let recorded = Recorded {
        seq: 1,
        node: "n",
        boot: "b",
        counter: 1,
        at: Timestamp::from_unix_micros(0),
        reused_id: None,
    };
    let at = Timestamp::from_unix_micros(0);
    let new = |id, tenant, kind| Event::new(id, at, tenant, kind, "{}", &recorded);
    assert!(new("evt_1", "demo", "NODE_STARTED").is_ok());
    assert!(new("evt_1", "", "NODE_STARTED").is_ok());
    assert!(new("evt|1", "demo", "NODE_STARTED").is_err());
    assert!(new("gatehouse head v1", "demo", "NODE_STARTED").is_err());
    assert!(new("", "demo", "NODE_STARTED").is_err());
    assert!(new("evt_1", "de|mo", "NODE_STARTED").is_err());
    assert!(new("evt_1", "demo", "node started").is_err());
    let late = Timestamp::from_unix_micros(i64::MAX);
    assert!(Event::new("evt_1", late, "", "X", "{}", &recorded).is_err());
}

#[test]
fn seals_of_one_kind_never_pass_for_another() {
    let key = sealer("one");
    let state = State {
        epoch: 1,
        events: 2,
        shards: 3,
        checkpoints: 4,
    };
    let head = Head {
        shard: "1".into(),
        epoch: 2,
        sequence: 3,
        hmac: "4".into(),
        seal: state.seal(&key),
    };
    assert!(!head.is_genuine(&key));
    assert!(state.is_genuine(&key, &state.seal(&key)));
    assert!(!state.is_genuine(&key, &state.seal(&key).to_uppercase()));
    assert!(!state.is_genuine(&sealer("two"), &state.seal(&key)));
}

#[test]
fn a_checkpoint_does_not_depend_on_the_order_of_the_heads() {
    let head = |shard: &str| CheckpointHead {
        shard: shard.into(),
        epoch: 1,
        sequence: 7,
        hmac: "ab".into(),
    };
    let make = |heads| {
        let at = Timestamp::from_unix_micros(0);
        Checkpoint::new(&sealer("one"), 1, at, false, (14, heads), "").unwrap()
    };
    assert_eq!(
        make(vec![head("b"), head("a")]),
        make(vec![head("a"), head("b")])
    );
}

proptest! {
    #[test]
    fn every_entry_continues_the_one_before(payloads in prop::collection::vec("[a-z|\"\\\\]{0,12}", 1..40)) {
        let key = sealer("one");
        let mut chain = Chain::genesis("demo", 1);
        let mut before = Head { shard: "demo".into(), epoch: 1, sequence: 0, hmac: String::new(), seal: String::new() };
        for (place, text) in payloads.iter().enumerate() {
            let payload = serde_json::json!({ "text": text }).to_string();
            let seq = place as u64 + 1;
            let entry = chain.seal(&key, event(seq, "demo", &payload), Timestamp::from_unix_micros(0));
            prop_assert_eq!(entry.sequence, before.sequence + 1);
            prop_assert_eq!(&entry.previous_hash, &before.hmac);
            prop_assert_ne!(&entry.hmac, &before.hmac);
            before = chain.head(&key);
            prop_assert_eq!(&before.hmac, &entry.hmac);
        }
    }
}

//! What the lane says, whichever way and in whichever order it comes.

use super::*;

fn suspend(epoch: u64, seq: u64) -> Priority {
    let tenant_id = "a".to_owned();
    said(
        priority::Message::SuspendTenant(SuspendTenant { tenant_id }),
        epoch,
        seq,
    )
}

fn revoke(epoch: u64, seq: u64) -> Priority {
    let key_id = "key_1".to_owned();
    said(
        priority::Message::RevokeKey(RevokeKey { key_id }),
        epoch,
        seq,
    )
}

fn said(message: priority::Message, epoch: u64, seq: u64) -> Priority {
    Priority {
        message: Some(message),
        version: Some(wire::sync::Version { epoch, seq }),
    }
}

fn suspended(gate: &Gate) -> bool {
    let snapshot = gate.snapshot().unwrap();
    snapshot.is_suspended(snapshot.tenant(&"a".into()).unwrap())
}

fn revoked(gate: &Gate) -> bool {
    gate.snapshot().unwrap().is_revoked(&"key_1".into())
}

#[test]
fn what_was_said_before_the_configuration_in_force_does_not_suspend_again() {
    let house = installation();
    let gate = house.gate();
    let mut live = house.live(&gate);
    live.snapshot(house.snapshot(5, vec![tenant("a")])).unwrap();
    live.priority([suspend(1, 4), suspend(1, 5)]);
    assert!(
        !suspended(&gate),
        "an administrator may have lifted it since"
    );
    live.priority([suspend(1, 6)]);
    assert!(suspended(&gate));
}

#[test]
fn a_push_that_is_older_than_what_was_said_does_not_lift_it() {
    let house = installation();
    let gate = house.gate();
    let mut live = house.live(&gate);
    let state = [tenant("a")];
    live.snapshot(house.snapshot(1, state.to_vec())).unwrap();
    live.priority([suspend(1, 3)]);
    live.delta(house.delta(1, 2, state.to_vec(), &state))
        .unwrap();
    assert!(suspended(&gate), "the push says how it was before");
    live.snapshot(house.snapshot(2, state.to_vec())).unwrap();
    assert!(suspended(&gate), "so does the snapshot");
    live.delta(house.delta(2, 3, state.to_vec(), &state))
        .unwrap();
    assert!(!suspended(&gate), "this one says what holds");
}

#[test]
fn neither_a_request_in_flight_nor_an_older_push_brings_a_revoked_key_back() {
    let house = installation();
    let gate = house.gate();
    let mut live = house.live(&gate);
    let state = [tenant("a")];
    live.snapshot(house.snapshot(1, state.to_vec())).unwrap();
    let in_flight = gate.snapshot().unwrap();
    live.priority([revoke(1, 2)]);
    assert!(
        !in_flight.is_revoked(&"key_1".into()),
        "it ends as it began"
    );
    drop(in_flight);
    assert!(revoked(&gate));
    live.snapshot(house.snapshot(1, state.to_vec())).unwrap();
    assert!(revoked(&gate));
    live.delta(house.delta(1, 2, state.to_vec(), &state))
        .unwrap();
    assert!(revoked(&gate));
    // It is heard a second time, as by the shared store.
    live.priority([revoke(1, 2)]);
    assert!(revoked(&gate));
}

#[test]
fn what_another_store_said_before_this_one_was_restored_does_not_count() {
    let house = installation();
    let gate = house.gate();
    let mut live = house.live(&gate);
    live.snapshot(house.snapshot(1, vec![tenant("a")])).unwrap();
    live.priority([suspend(0, 9), revoke(0, 9)]);
    assert!(!suspended(&gate) && !revoked(&gate));
}

#[test]
fn what_is_said_before_there_is_a_configuration_holds_when_it_comes() {
    let house = installation();
    let gate = house.gate();
    let mut live = house.live(&gate);
    live.priority([suspend(1, 3), revoke(1, 2)]);
    live.snapshot(house.snapshot(2, vec![tenant("a")])).unwrap();
    assert!(suspended(&gate) && revoked(&gate));
}

#[test]
fn once_the_configuration_revokes_a_key_itself_no_older_one_brings_it_back() {
    let house = installation();
    let gate = house.gate();
    let mut live = house.live(&gate);
    let with = |status| {
        let pepper = "07".repeat(32);
        let key = json!({
            "id": "key_1", "tenantId": "a", "owner": "u", "status": status,
            "generations": [{"lookup": "abcdefghijkl", "digest": pepper}],
        });
        vec![
            tenant("a"),
            resource("settings", "settings", json!({"pepper": pepper})),
            resource("api_key", "key_1", key),
        ]
    };
    live.snapshot(house.snapshot(1, with("active"))).unwrap();
    live.priority([revoke(1, 3)]);
    live.snapshot(house.snapshot(2, with("active"))).unwrap();
    assert!(revoked(&gate), "the push says how it was before");
    live.snapshot(house.snapshot(3, with("revoked"))).unwrap();
    assert!(revoked(&gate));
    live.snapshot(house.snapshot(2, with("active"))).unwrap();
    assert!(revoked(&gate), "an older push came once more");
    live.snapshot(house.snapshot(4, with("revoked"))).unwrap();
    assert!(revoked(&gate));
}

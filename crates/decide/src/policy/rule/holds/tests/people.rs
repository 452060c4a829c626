//! Conditions on who asks: users, roles, groups, keys, methods, agents, addresses.

use serde_json::json;

use super::all;
use crate::policy::rule::Held::{No, Yes};

#[test]
fn a_user_is_meant_by_id_or_by_name() {
    let call = |who: serde_json::Value| json!({"principal": who});
    let cases = [
        (call(json!({"id": "u1", "username": "ann"})), Yes),
        (call(json!({"id": "u2", "username": "u1"})), Yes),
        (call(json!({"id": "u2", "username": "bob"})), No),
        (call(json!({"id": "u1"})), Yes),
    ];
    all("{user: {denylist: [u1]}}", &cases);
    let cases = cases.map(|(call, held)| (call, if held == Yes { No } else { Yes }));
    all("{user: {allowlist: [u1]}}", &cases);
}

#[test]
fn a_denied_role_is_hit_by_any_and_an_allowed_one_suffices() {
    let call = |roles: &[&str]| json!({"principal": {"id": "u", "roles": roles}});
    all(
        "{role: {denylist: [viewer]}}",
        &[
            (call(&["viewer"]), Yes),
            (call(&["viewer", "developer"]), Yes),
            (call(&["developer"]), No),
            (call(&[]), No),
        ],
    );
    all(
        "{role: {allowlist: ['*admin']}}",
        &[
            (call(&["viewer"]), Yes),
            (call(&["viewer", "org-admin"]), No),
            (call(&["admin"]), No),
            (call(&[]), Yes),
        ],
    );
}

#[test]
fn groups_are_as_roles() {
    let call = |groups: &[&str]| json!({"principal": {"id": "u", "groups": groups}});
    all(
        "{group: {denylist: ['ext-*']}}",
        &[
            (call(&["ext-partners", "staff"]), Yes),
            (call(&["staff"]), No),
            (call(&[]), No),
        ],
    );
    all(
        "{group: {allowlist: [staff]}}",
        &[
            (call(&["ext-partners", "staff"]), No),
            (call(&["ext-partners"]), Yes),
            (call(&[]), Yes),
        ],
    );
}

#[test]
fn who_has_no_key_is_on_no_list_of_keys() {
    let with = json!({"principal": {"id": "u", "key_id": "key_1"}});
    let without = json!({"principal": {"id": "u"}});
    all(
        "{key: {denylist: [key_1]}}",
        &[(with.clone(), Yes), (without.clone(), No)],
    );
    all("{key: {allowlist: [key_1]}}", &[(with, No), (without, Yes)]);
}

#[test]
fn the_method_is_one_of_three() {
    let call = |method: &str| json!({"principal": {"id": "u", "method": method}});
    all(
        "{auth_method: {allowlist: [mtls, jwt]}}",
        &[
            (call("mtls"), No),
            (call("jwt"), No),
            (call("api_key"), Yes),
        ],
    );
    all(
        "{auth_method: {denylist: [api_key]}}",
        &[(call("mtls"), No), (call("api_key"), Yes)],
    );
}

#[test]
fn an_agent_is_tested_and_nobody_else() {
    let call = |agent: serde_json::Value| json!({"principal": {"id": "u", "agent": agent}});
    let nobody = json!({"principal": {"id": "u"}});
    all(
        "{agent: {trust_below: trusted}}",
        &[
            (call(json!({"id": "a", "trust": "limited"})), Yes),
            (call(json!({"id": "a", "trust": "trusted"})), No),
            (call(json!({"id": "a"})), Yes),
            (nobody.clone(), No),
        ],
    );
    all(
        "{agent: {delegation_depth_above: 1}}",
        &[
            (call(json!({"id": "a", "delegationDepth": 1})), No),
            (call(json!({"id": "a", "delegationDepth": 2})), Yes),
            (nobody.clone(), No),
        ],
    );
    all(
        "{agent: {lacks_capabilities: [read, write]}}",
        &[
            (call(json!({"id": "a", "capabilities": ["read"]})), Yes),
            (
                call(json!({"id": "a", "capabilities": ["write", "read"]})),
                No,
            ),
            (nobody.clone(), No),
        ],
    );
    all(
        "{agent: {kinds: [worker], trust_below: limited}}",
        &[
            (call(json!({"id": "a", "kind": "worker"})), Yes),
            (
                call(json!({"id": "a", "kind": "worker", "trust": "limited"})),
                No,
            ),
            (call(json!({"id": "a", "kind": "service"})), No),
            (nobody, No),
        ],
    );
}

#[test]
fn an_address_is_in_a_network_whatever_its_clothes() {
    let call = |address: &str| json!({"request": {"address": address}});
    let cases = [
        (call("10.1.2.3"), Yes),
        (call("::ffff:10.1.2.3"), Yes),
        (call("11.0.0.0"), No),
        (call("2001:db8::7"), Yes),
        (call("2001:db9::7"), No),
        (json!({}), No),
    ];
    let networks = "[10.0.0.0/8, '2001:db8::/32']";
    all(&format!("{{address: {{denylist: {networks}}}}}"), &cases);
    let cases = cases.map(|(call, held)| (call, if held == Yes { No } else { Yes }));
    all(&format!("{{address: {{allowlist: {networks}}}}}"), &cases);
}

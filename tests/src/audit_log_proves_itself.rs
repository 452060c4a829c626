//! The record can be proven whole by its own verifier, and any change to it shows.

use std::ffi::OsStr;
use std::path::Path;
use std::time::Duration;

use crate::harness::{Ask, Gatehouse, eventually, python_command, scratch, verify_audit};

/// A gate that answered some calls and recorded them.
fn gate_with_a_record() -> Gatehouse {
    let gate = Gatehouse::up();
    for _ in 0..5 {
        gate.chat("mock-gpt").send().unwrap().expect(200);
    }
    gate.chat("no-such-model").send().unwrap().expect(400);
    eventually("the outcomes are listed", Duration::from_secs(10), || {
        let outcomes = gate
            .admin()
            .events("tenant_id=demo&event_type=GATEWAY_RESPONSE");
        (outcomes.len() >= 6).then_some(())
    });
    gate
}

fn verify(data: &Path) -> (i32, String) {
    verify_audit([OsStr::new("--data-dir"), data.as_os_str()])
}

/// A copy of a stopped gate's data, with `sql` run on its store.
fn tampered(data: &Path, folder: &Path, sql: &str) {
    let copied = std::process::Command::new("cp")
        .arg("-a")
        .arg(data)
        .arg(folder)
        .status();
    assert!(copied.unwrap().success());
    let done = python_command("sqlite_run.py")
        .arg(folder.join("data/gatehouse.db"))
        .arg(sql)
        .output();
    let done = done.unwrap();
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
}

#[test]
fn each_call_leaves_its_intent_and_its_outcome() {
    let gate = gate_with_a_record();
    let admin = gate.admin();
    let answer = gate.chat("mock-gpt").send().unwrap().expect(200);
    let id = answer.header("x-request-id").unwrap();
    let kinds = eventually("both are listed", Duration::from_secs(10), || {
        let events = admin.events(&format!("tenant_id=demo&request_id={id}"));
        let kinds: Vec<_> = events
            .iter()
            .filter_map(|it| it["eventType"].as_str())
            .collect();
        let mut kinds: Vec<_> = kinds.into_iter().map(str::to_owned).collect();
        kinds.sort();
        (kinds.len() >= 2).then_some(kinds)
    });
    assert_eq!(kinds, ["GATEWAY_REQUEST", "GATEWAY_RESPONSE"]);
}

#[test]
fn a_record_verifies_beside_a_running_gate_and_after_its_end() {
    let mut gate = gate_with_a_record();
    let (code, said) = verify(&gate.data());
    assert_eq!(code, 0, "running: {said}");
    gate.stop("TERM");
    let (code, said) = verify(&gate.data());
    assert_eq!(code, 0, "stopped: {said}");
    assert_eq!(gate_again(&mut gate), 0);
}

fn gate_again(gate: &mut Gatehouse) -> i32 {
    gate.restart();
    gate.chat("mock-gpt").send().unwrap().expect(200);
    verify(&gate.data()).0
}

#[test]
fn a_change_of_any_kind_is_found() {
    let mut gate = gate_with_a_record();
    gate.stop("TERM");
    let some = "(select min(rowid) from audit_events where payload like '%mock-gpt%')";
    let changes = [
        format!(
            "update audit_events set payload = replace(payload, 'mock-gpt', 'mock-gpu') \
             where rowid = {some}"
        ),
        format!("update audit_events set tenant_id = 'other' where rowid = {some}"),
        format!("update audit_events set event_type = 'NODE_STARTED' where rowid = {some}"),
        format!("delete from audit_events where rowid = {some}"),
        "delete from audit_events where rowid = (select max(rowid) from audit_events)".to_owned(),
        "delete from audit_events where tenant_id = 'demo'".to_owned(),
    ];
    for sql in changes {
        let folder = scratch();
        tampered(&gate.data(), folder.path(), &sql);
        let (code, said) = verify(&folder.path().join("data"));
        assert_eq!(code, 1, "{sql}: {said}");
    }
}

#[test]
fn nothing_to_check_is_no_pass() {
    let folder = scratch();
    let (code, said) = verify(folder.path());
    assert_eq!(code, 2, "{said}");
}

#[test]
fn an_export_verifies_and_a_changed_export_does_not() {
    let mut gate = gate_with_a_record();
    let export = gate
        .admin()
        .ask("GET", "audit/events/export?format=ndjson")
        .send()
        .unwrap();
    let text = export.expect(200).text();
    let folder = scratch();
    let file = folder.path().join("export.ndjson");
    std::fs::write(&file, &text).unwrap();
    let secret = gate.audit_secret();
    let verify = || {
        let mut command = crate::harness::program();
        command.args(["audit", "verify", "--export"]).arg(&file);
        let output = command
            .env("GATEWAY_AUDIT_HMAC_SECRET", &secret)
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].concat();
        (
            output.status.code(),
            String::from_utf8_lossy(&said).into_owned(),
        )
    };
    let (code, said) = verify();
    assert_eq!(code, Some(0), "{said}");
    std::fs::write(&file, text.replacen("mock-gpt", "mock-gpu", 1)).unwrap();
    let (code, said) = verify();
    assert_eq!(code, Some(1), "{said}");
    gate.stop("TERM");
}

#[test]
fn administration_is_recorded_and_no_secret_is() {
    let gate = Gatehouse::up();
    let admin = gate.admin();
    let (_, key) = admin.tenant_with_key("noted");
    admin.provider("noted", "http://127.0.0.1:1/v1", &["noted-*"]);
    let events = eventually("the changes are listed", Duration::from_secs(10), || {
        let events = admin.events("");
        let listed = format!("{events:?}");
        let all = [
            "TENANT_CREATED",
            "API_KEY_CREATED",
            "PROVIDER_CREDENTIAL_CREATED",
        ];
        all.iter().all(|it| listed.contains(it)).then_some(listed)
    });
    assert!(!events.contains(&key) && !events.contains("sk-upstream-secret"));
    assert!(!events.contains(gate.key()));
}

#[test]
fn the_control_plane_verifies_by_itself() {
    let gate = gate_with_a_record();
    let verified = gate.admin().get("audit/verify");
    assert_eq!(
        (&verified["outcome"], &verified["bad"]),
        (&"good".into(), &0.into()),
        "{verified}"
    );
    assert!(verified["records"].as_u64() >= Some(12), "{verified}");
    let stranger = Ask::new("GET", format!("{}/admin/v1/audit/verify", gate.control()));
    stranger.send().unwrap().expect(401);
}

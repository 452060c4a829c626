//! Files that are wrong, old or damaged: each fault is named with its place, and what is damaged
//! is never taken for good.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::json;

use crate::harness::{
    Gatehouse, Planes, Postgres, Role, eventually, gatehouse, scratch, verify_audit,
};

#[test]
fn an_unknown_key_is_named_with_its_line_and_column() {
    let folder = scratch();
    let file = folder.path().join("gate.yaml");
    fs::write(&file, "listeners:\n  gateway:\n    adress: 127.0.0.1:0\n").unwrap();
    let checked = gatehouse(["config", "check", "--config", file.to_str().unwrap()]);
    let said = String::from_utf8_lossy(&[checked.stdout, checked.stderr].concat()).into_owned();
    assert_eq!(checked.status.code(), Some(1), "{said}");
    assert!(said.contains("adress") && said.contains(":3:5"), "{said}");
    let data = folder.path().join("data");
    let started = gatehouse([
        "up",
        "--data-dir",
        data.to_str().unwrap(),
        "--config",
        file.to_str().unwrap(),
    ]);
    assert_eq!(started.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&started.stderr).contains("adress"));
}

#[test]
fn a_setting_of_what_is_not_built_refuses_the_start() {
    let folder = scratch();
    let file = folder.path().join("gate.yaml");
    fs::write(&file, "gateway:\n  webhooks:\n    enabled: true\n").unwrap();
    let data = folder.path().join("data");
    let arguments = [
        "up",
        "--data-dir",
        data.to_str().unwrap(),
        "--config",
        file.to_str().unwrap(),
    ];
    let started = gatehouse(arguments);
    assert_eq!(started.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&started.stderr).contains("webhooks"));
}

/// Files below `folder` whose names pass, the newest last.
fn files(folder: &Path, pass: &dyn Fn(&str) -> bool) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path, pass));
        } else if pass(&path.file_name().unwrap().to_string_lossy()) {
            found.push(path);
        }
    }
    found.sort_by_key(|path| fs::metadata(path).and_then(|it| it.modified()).ok());
    found
}

fn flip_the_middle(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x40;
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_damaged_snapshot_gives_way_to_the_one_before_and_is_never_open() {
    let postgres = Postgres::start();
    let mut planes = Planes::start(&postgres);
    let (_, key) = planes.admin().tenant_with_key("kept");
    planes.admin().shared_provider();
    planes
        .admin()
        .create("tenants", &json!({"id": "later", "name": "later"}));
    planes.chat(&key, "shared-gpt").send().unwrap().expect(200);
    planes.kill(Role::ControlPlane);
    let data = planes.data(Role::Gateway);
    let snapshot = |name: &str| name.starts_with("snapshot-") && name.ends_with(".bin");
    // The third from the end goes only once the last one is written.
    let kept = eventually("two are kept", Duration::from_secs(30), || {
        Some(files(&data, &snapshot)).filter(|kept| kept.len() == 2)
    });
    planes.kill(Role::Gateway);
    flip_the_middle(&kept[1]);
    planes.launch(Role::Gateway);
    planes.wait_until_ready(Role::Gateway);
    planes.chat(&key, "shared-gpt").send().unwrap().expect(200);
    planes.kill(Role::Gateway);
    flip_the_middle(&kept[0]);
    planes.launch(Role::Gateway);
    let refused = eventually("it listens", Duration::from_secs(30), || {
        planes.chat(&key, "shared-gpt").send().ok()
    });
    refused.expect(503);
}

#[test]
fn a_damaged_tail_of_the_spool_costs_no_earlier_event() {
    let mut gate = Gatehouse::up();
    let answer = gate.chat("mock-gpt").send().unwrap().expect(200);
    let id = answer.header("x-request-id").unwrap().to_owned();
    gate.kill();
    let segments = files(&gate.data(), &|name| name.ends_with(".seg"));
    let newest = segments.last().expect("a segment of the spool");
    let mut bytes = fs::read(newest).unwrap();
    bytes.extend([0x17, 0, 0, 0, 0xde, 0xad, 0xbe]);
    fs::write(newest, bytes).unwrap();
    gate.restart();
    eventually("both events are listed", Duration::from_secs(20), || {
        let events = gate
            .admin()
            .events(&format!("tenant_id=demo&request_id={id}"));
        let of_call = events
            .iter()
            .filter(|it| it["eventType"] != "AUTHENTICATION_SUCCESS");
        (of_call.count() == 2).then_some(())
    });
    let (code, said) = verify_audit(["--data-dir".as_ref(), gate.data().as_os_str()]);
    assert_eq!(code, 0, "{said}");
}

//! What an operator sees: metrics, traces, logs, HTTPS, browsers' pages, the configuration.

use std::fs;
use std::process::Command;
use std::time::Duration;

use serde_json::Value;

use crate::harness::{
    Ask, Gatehouse, MockUpstream, eventually, free_port, gatehouse, python_command, scratch,
};

/// A gate with these settings in a file beside its data, which the story may change.
fn gate_with(settings: &str) -> (Gatehouse, tempfile::TempDir) {
    let folder = scratch();
    let file = folder.path().join("gate.yaml");
    fs::write(&file, settings).unwrap();
    let gate = Gatehouse::up_with(&["--config", file.to_str().unwrap()]);
    (gate, folder)
}

#[test]
fn latency_is_a_real_histogram_with_its_labels() {
    let gate = Gatehouse::up();
    gate.chat("mock-gpt").send().unwrap().expect(200);
    let metrics = eventually("the call is counted", Duration::from_secs(10), || {
        let url = format!("{}/actuator/prometheus", gate.gateway());
        let text = Ask::new("GET", url).send().unwrap().expect(200).text();
        text.contains("gateway_requests_total").then_some(text)
    });
    for name in ["gateway_latency_seconds_bucket", "gateway_tokens_total"] {
        let line = metrics.lines().find(|line| line.starts_with(name));
        let line = line.unwrap_or_else(|| panic!("{name} is missing:\n{metrics}"));
        assert!(
            line.contains("tenant=\"demo\"") && line.contains("model=\"mock-gpt\""),
            "{line}"
        );
    }
}

#[test]
fn traces_go_where_the_variable_says_and_nowhere_twice() {
    let receiver = MockUpstream::start(|_, wire| {
        wire.answer(200, "application/x-protobuf", "");
    });
    let endpoint = format!("{}/v1/traces", receiver.url());
    let (gate, _folder) = gate_with(&format!("telemetry:\n  otlp:\n    endpoint: {endpoint}\n"));
    gate.chat("mock-gpt").send().unwrap().expect(200);
    let received = receiver.wait_for(1);
    assert_eq!(received[0].path, "/v1/traces");
    assert!(!received[0].body.is_empty());
}

#[test]
fn a_log_line_of_a_call_carries_its_ids() {
    let (gate, _folder) = gate_with("telemetry:\n  access-log: true\n  log:\n    format: json\n");
    let ask = gate
        .chat("mock-gpt")
        .header("x-trace-id", "0123456789abcdef0123456789abcdef");
    let answer = ask.send().unwrap().expect(200);
    assert_eq!(
        answer.header("x-trace-id"),
        Some("0123456789abcdef0123456789abcdef")
    );
    let id = answer.header("x-request-id").unwrap();
    let line = eventually("the line is written", Duration::from_secs(10), || {
        let log = gate.log();
        let mut lines = log
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok());
        lines.find(|line| line["request_id"] == id)
    });
    assert_eq!(
        line["trace_id"], "0123456789abcdef0123456789abcdef",
        "{line}"
    );
    assert_eq!(
        (&line["status"], &line["model"]),
        (&200.into(), &"mock-gpt".into()),
        "{line}"
    );
    // The key stands in what was printed to its owner, and nowhere in the log.
    let log = gate.log();
    let mut lines = log.lines().filter(|line| line.starts_with('{'));
    assert!(
        !lines.any(|line| line.contains(gate.key())),
        "the key is in the log"
    );
}

#[test]
fn pages_of_named_origins_may_ask_first() {
    let cors = "listeners:\n  gateway:\n    cors:\n      origins: [\"https://app.example\"]\n";
    let (gate, _folder) = gate_with(cors);
    let preflight = |origin: &str| {
        let url = format!("{}/v1/chat/completions", gate.gateway());
        let ask = Ask::new("OPTIONS", url)
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .header(
                "access-control-request-headers",
                "authorization,content-type",
            );
        ask.send().unwrap()
    };
    let allowed = preflight("https://app.example");
    assert!((200..300).contains(&allowed.status), "{}", allowed.text());
    assert_eq!(
        allowed.header("access-control-allow-origin"),
        Some("https://app.example")
    );
    let other = preflight("https://evil.example");
    assert_eq!(other.header("access-control-allow-origin"), None);
}

#[test]
fn https_is_served_and_plain_http_is_led_there() {
    let folder = scratch();
    let (cert, key) = (
        folder.path().join("cert.pem"),
        folder.path().join("key.pem"),
    );
    let mut openssl = Command::new("openssl");
    openssl
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
        ])
        .args(["-nodes", "-days", "2", "-subj", "/CN=localhost"])
        .args(["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"])
        .arg("-keyout")
        .arg(&key)
        .arg("-out")
        .arg(&cert);
    assert!(openssl.output().unwrap().status.success());
    let plain = format!("127.0.0.1:{}", free_port());
    let settings = format!(
        "listeners:\n  gateway:\n    tls:\n      cert: {}\n      key: {}\n    \
         http-redirect: {plain}\n    hsts:\n      max-age: 1d\n",
        cert.display(),
        key.display(),
    );
    let (gate, _folder) = gate_with(&settings);
    assert!(gate.gateway().starts_with("https://"), "{}", gate.gateway());
    let led = Ask::new("GET", format!("http://{plain}/v1/models?x=1"))
        .send()
        .unwrap();
    assert!(led.status == 308 || led.status == 301, "{}", led.status);
    let to = led.header("location").unwrap();
    assert!(
        to.starts_with("https://") && to.ends_with("/v1/models?x=1"),
        "{to}"
    );
    let mut client = python_command("https_models.py");
    let output = client.arg(&cert).envs(gate.variables()).output().unwrap();
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success(), "{said}");
}

#[test]
fn a_changed_file_takes_effect_on_sighup_and_a_wrong_one_changes_nothing() {
    let open = "gateway:\n  ip-access:\n    enabled: false\n";
    let (gate, folder) = gate_with(open);
    let file = folder.path().join("gate.yaml");
    let closed = "gateway:\n  ip-access:\n    enabled: true\n    scope: data-plane\n    \
                  global-denylist: [\"127.0.0.0/8\"]\n";
    gate.chat("mock-gpt").send().unwrap().expect(200);
    fs::write(&file, closed).unwrap();
    gate.signal("HUP");
    let status = || gate.chat("mock-gpt").send().unwrap().status;
    eventually("loopback is denied", Duration::from_secs(10), || {
        (status() == 403).then_some(())
    });
    fs::write(&file, "gateway:\n  ip-acces: {}\n").unwrap();
    gate.signal("HUP");
    eventually("the fault is told", Duration::from_secs(10), || {
        gate.log().contains("ip-acces").then_some(())
    });
    assert_eq!(status(), 403);
    fs::write(&file, open).unwrap();
    gate.signal("HUP");
    eventually("loopback is let in again", Duration::from_secs(10), || {
        (status() == 200).then_some(())
    });
}

#[test]
fn the_effective_configuration_is_shown_without_its_secrets() {
    let folder = scratch();
    let file = folder.path().join("gate.yaml");
    let secret = "a-token-that-is-long-enough-to-be-accepted";
    let text = format!("gateway:\n  security:\n    admin-token: {secret}\n");
    fs::write(&file, text).unwrap();
    let shown = gatehouse(["config", "show", "--config", file.to_str().unwrap()]);
    let said = String::from_utf8_lossy(&[shown.stdout, shown.stderr].concat()).into_owned();
    assert_eq!(shown.status.code(), Some(0), "{said}");
    assert!(
        said.contains("admin-token") && !said.contains(secret),
        "{said}"
    );
}

#[test]
fn the_administration_describes_itself() {
    let gate = Gatehouse::up();
    let document = eventually("an OpenAPI document", Duration::from_secs(1), || {
        let paths = [
            "/openapi.json",
            "/admin/v1/openapi.json",
            "/api-docs/openapi.json",
        ];
        let answers = paths.iter().map(|path| {
            Ask::new("GET", format!("{}{path}", gate.control()))
                .send()
                .unwrap()
        });
        answers.into_iter().find(|answer| answer.status == 200)
    });
    let document = document.json();
    let paths = document["paths"].as_object().unwrap();
    for path in [
        "/admin/v1/tenants",
        "/admin/v1/credentials",
        "/admin/v1/audit/events",
    ] {
        assert!(
            paths.contains_key(path),
            "{path} is missing of {:?}",
            paths.keys()
        );
    }
}

//! `gatehouse up`: one command, and everything it prints is true.

use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use serde_json::json;

use crate::harness::{Ask, Gatehouse, Load};

#[test]
fn the_printed_commands_work_when_pasted() {
    let gate = Gatehouse::up();
    let log = gate.log();
    let commands = printed_commands(&log);
    assert_eq!(commands.len(), 3, "{log}");
    for command in commands {
        let mut shell = Command::new("bash");
        shell
            .args(["-euo", "pipefail", "-c", &command])
            .envs(gate.variables());
        let output = shell
            .current_dir(gate.data().parent().unwrap())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert!(output.status.success(), "{command}\n{said}");
        assert!(!said.contains("\"error\""), "{command}\n{said}");
    }
}

/// The commands that start with `curl`, each with its continued lines.
fn printed_commands(log: &str) -> Vec<String> {
    let mut commands: Vec<String> = Vec::new();
    let mut continued = false;
    for line in log.lines() {
        let text = line.trim();
        if continued {
            let command = commands.last_mut().unwrap();
            command.push('\n');
            command.push_str(text);
        } else if text.starts_with("curl ") {
            commands.push(text.to_owned());
        } else {
            continue;
        }
        continued = text.ends_with('\\');
    }
    commands
}

#[test]
fn its_variables_are_for_its_owner_alone() {
    let gate = Gatehouse::up();
    let mode = std::fs::metadata(gate.data().join("demo.env"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    let names = [
        "GATEHOUSE_GATEWAY_URL",
        "GATEHOUSE_MCP_URL",
        "GATEHOUSE_CONTROL_URL",
        "GATEHOUSE_ADMIN_TOKEN",
        "GATEHOUSE_API_KEY",
    ];
    for name in names {
        assert!(gate.variables().contains_key(name), "{name}");
    }
}

#[test]
fn a_second_start_keeps_everything() {
    let mut gate = Gatehouse::up();
    let (_, key) = gate.admin().tenant_with_key("kept");
    let (demo, token) = (
        gate.key().to_owned(),
        gate.variables()["GATEHOUSE_ADMIN_TOKEN"].clone(),
    );
    assert!(gate.stop("TERM").success());
    gate.restart();
    assert_eq!(
        (gate.key(), &gate.variables()["GATEHOUSE_ADMIN_TOKEN"]),
        (demo.as_str(), &token)
    );
    let models = Ask::new("GET", format!("{}/v1/models", gate.gateway()));
    models.bearer(&key).send().unwrap().expect(200);
    gate.chat("mock-gpt").send().unwrap().expect(200);
    assert_eq!(gate.admin().get("tenants/kept")["id"], "kept");
}

#[test]
fn an_interrupt_lets_calls_in_flight_end() {
    let mut gate = Gatehouse::up();
    let slow = json!({
        "name": "slow", "provider": "mock", "models": ["slow-*"], "mock": {"latencyMs": 1500},
    });
    gate.admin().create("credentials", &slow);
    let mut in_flight = gate.chat("slow-1").open().unwrap();
    let load = Load::start(1, &gate.chat("mock-gpt"));
    load.wait_for(3);
    assert!(gate.stop("INT").success(), "{}", gate.log());
    assert_eq!(in_flight.read_answer().unwrap().status, 200);
    load.stop();
}

#[test]
fn the_demo_tool_server_is_there_to_be_called() {
    let gate = Gatehouse::up();
    let tools = Ask::new("GET", format!("{}/api/v1/tools", gate.mcp())).bearer(gate.key());
    let tools = tools.send().unwrap().expect(200).text();
    assert!(
        tools.contains("\"tools\"") || tools.contains("\"items\""),
        "{tools}"
    );
    let servers = gate.admin().get("mcp/servers");
    assert_eq!(
        servers["items"].as_array().map(Vec::len),
        Some(1),
        "{servers}"
    );
}

#[test]
fn each_role_says_how_it_is() {
    let gate = Gatehouse::up();
    gate.chat("mock-gpt").send().unwrap().expect(200);
    for url in [gate.gateway(), gate.mcp(), gate.control()] {
        for path in [
            "/health",
            "/ready",
            "/actuator/health",
            "/actuator/health/liveness",
        ] {
            let answer = Ask::new("GET", format!("{url}{path}")).send().unwrap();
            assert_eq!(answer.status, 200, "{url}{path}: {}", answer.text());
        }
        Ask::new("GET", format!("{url}/status"))
            .send()
            .unwrap()
            .expect(200);
        for path in ["/metrics", "/actuator/prometheus"] {
            let metrics = Ask::new("GET", format!("{url}{path}"))
                .send()
                .unwrap()
                .expect(200);
            assert!(metrics.text().contains("# TYPE"), "{url}{path}");
        }
    }
}

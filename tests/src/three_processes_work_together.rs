//! The three roles as processes of their own on PostgreSQL.

use std::time::Duration;

use serde_json::json;

use crate::harness::{
    Ask, EverythingServer, Planes, Postgres, Python, Role, eventually, python_with,
};

#[test]
fn one_model_call_and_one_tool_call_pass_the_whole_gate() {
    let everything = EverythingServer::start();
    let postgres = Postgres::start();
    let planes = Planes::start(&postgres);
    let admin = planes.admin();
    let (_, key) = admin.tenant_with_key("acme");
    admin.shared_provider();
    admin.tool_server("everything", &everything.url());
    let variables = [
        ("GATEHOUSE_GATEWAY_URL", planes.url(Role::Gateway)),
        ("GATEHOUSE_API_KEY", key),
    ];
    python_with(
        Python::Clients,
        variables.clone(),
        "openai_sdk.py",
        &["chat", "shared-gpt"],
    );
    let url = format!("{}/mcp/everything", planes.url(Role::McpProxy));
    python_with(Python::Clients, variables, "mcp_client.py", &[&url]);
    eventually("both are recorded", Duration::from_secs(10), || {
        let recorded = |kind: &str| {
            !admin
                .events(&format!("tenant_id=acme&event_type={kind}"))
                .is_empty()
        };
        (recorded("GATEWAY_RESPONSE") && recorded("MCP_RESPONSE")).then_some(())
    });
    let (code, said) = planes.verify_audit(&postgres);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn data_planes_serve_on_and_restart_without_the_control_plane() {
    let postgres = Postgres::start();
    let mut planes = Planes::start(&postgres);
    let admin = planes.admin();
    let (_, key) = admin.tenant_with_key("acme");
    admin.shared_provider();
    planes.kill(Role::ControlPlane);
    planes.chat(&key, "shared-gpt").send().unwrap().expect(200);
    assert!(planes.stop(Role::Gateway).success());
    planes.launch(Role::Gateway);
    planes.wait_until_ready(Role::Gateway);
    let answer = planes.chat(&key, "shared-gpt").send().unwrap().expect(200);
    let id = answer.header("x-request-id").unwrap().to_owned();
    planes.launch(Role::ControlPlane);
    planes.wait_until_ready(Role::ControlPlane);
    eventually(
        "what happened meanwhile is recorded",
        Duration::from_secs(60),
        || {
            let events = admin.events(&format!("tenant_id=acme&request_id={id}"));
            let is = |kind: &str| events.iter().any(|it| it["eventType"] == kind);
            (is("GATEWAY_REQUEST") && is("GATEWAY_RESPONSE")).then_some(())
        },
    );
}

#[test]
fn without_its_database_the_control_plane_says_so_and_recovers() {
    let mut postgres = Postgres::start();
    let planes = Planes::start(&postgres);
    let admin = planes.admin();
    let make = |id: &str| {
        admin
            .ask("POST", "tenants")
            .json(&json!({"id": id, "name": id}))
            .send()
    };
    make("before").unwrap().expect(201);
    postgres.kill();
    make("during")
        .unwrap()
        .expect_error(503, "storage_unavailable");
    postgres.restart();
    eventually("it recovers by itself", Duration::from_secs(30), || {
        make("after").ok().filter(|answer| answer.status == 201)
    });
    assert_eq!(admin.get("tenants/before")["id"], "before");
    let data_plane = Ask::new("GET", format!("{}/ready", planes.url(Role::Gateway)));
    data_plane.send().unwrap().expect(200);
}

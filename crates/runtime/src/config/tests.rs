//! Stories of configuration files: the seeds' own blocks, strictness, variables, several files.

mod broken;
mod certificates;
mod document;
mod inspection;
mod limits;
mod never_panics;
mod policies;
mod roles;
mod security;
mod tokens;

use super::*;
use terms::Code;

/// The seeds' blocks, one file each.
const SEEDS: [(&str, &str); 9] = [
    (
        "audit-alerts.yml",
        include_str!("fixtures/audit-alerts.yml"),
    ),
    (
        "audit-logging.yaml",
        include_str!("fixtures/audit-logging.yaml"),
    ),
    (
        "auth-apikey.yaml",
        include_str!("fixtures/auth-apikey.yaml"),
    ),
    ("auth-jwt.yaml", include_str!("fixtures/auth-jwt.yaml")),
    ("auth-mtls.yaml", include_str!("fixtures/auth-mtls.yaml")),
    (
        "cronjob-key-rotation.yaml",
        include_str!("fixtures/cronjob-key-rotation.yaml"),
    ),
    ("gateway.yaml", include_str!("fixtures/gateway.yaml")),
    (
        "rate-limits.yaml",
        include_str!("fixtures/rate-limits.yaml"),
    ),
    (
        "vault-integration.yaml",
        include_str!("fixtures/vault-integration.yaml"),
    ),
];

const SECRET: &str = "0123456789abcdef0123456789abcdef";

fn env() -> Env {
    Env::from([
        ("GATEWAY_AUDIT_HMAC_SECRET", SECRET),
        ("OPENAI_TRUSTSTORE_PASSWORD", "hunter2"),
        ("SIEM_TOKEN", "hunter2"),
    ])
}

fn texts(files: &[(&str, &str)]) -> Vec<(String, String)> {
    files
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect()
}

fn read_as(profile: Profile, files: &[(&str, &str)], env: &Env) -> Result<Config, ConfigFaults> {
    load_texts(&texts(files), env, &[], profile)
}

fn read_one(text: &str) -> Result<Config, ConfigFaults> {
    read_as(Profile::Any, &[("a.yaml", text)], &env())
}

/// `code setting line:column` of each fault.
fn faults(read: Result<Config, ConfigFaults>) -> Vec<String> {
    let found = read.map(|_| ()).expect_err("it must be refused");
    found
        .faults
        .iter()
        .map(|fault| match fault.origin.place() {
            Some(place) => format!(
                "{} {} {}:{}",
                fault.code, fault.setting, place.line, place.column
            ),
            None => format!("{} {} {}", fault.code, fault.setting, fault.origin),
        })
        .collect()
}

fn seed(name: &str) -> Vec<(&'static str, &'static str)> {
    SEEDS.into_iter().filter(|(it, _)| *it == name).collect()
}

fn seed_faults(name: &str) -> Vec<String> {
    faults(read_as(Profile::Any, &seed(name), &env()))
}

#[test]
fn the_seeds_key_block_loads_and_says_what_it_says() {
    let config = read_as(Profile::Any, &seed("auth-apikey.yaml"), &env()).unwrap();
    let limit = config.governing.limits.per_api_key.unwrap();
    assert_eq!((limit.requests_per_minute, limit.burst), (100, Some(20)));
    assert_eq!(config.governing.api_keys.header, "X-API-Key");
    assert_eq!(
        config.storage.url.as_ref().unwrap().expose(),
        "postgresql://user:pass@db:5432/gateway"
    );
    assert!(!config.show().contains("pass@"), "{}", config.show());
}

#[test]
fn the_first_seeds_block_is_refused_for_what_is_not_built_and_for_nothing_else() {
    assert_eq!(
        seed_faults("gateway.yaml"),
        [
            "not_in_this_build gateway.tls.providers 38:5",
            "not_in_this_build gateway.vault 16:3",
            "not_in_this_build gateway.webhooks 32:3",
        ]
    );
}

#[test]
fn the_second_seeds_blocks_are_refused_for_what_is_not_built_and_for_nothing_else() {
    assert_eq!(
        seed_faults("audit-logging.yaml"),
        [
            "not_in_this_build audit_logging.events 5:3",
            "not_in_this_build audit_logging.fields 24:3",
            "not_in_this_build audit_logging.outputs 40:3",
            "not_in_this_build audit_logging.sampling 72:3",
        ]
    );
    assert_eq!(
        seed_faults("vault-integration.yaml"),
        ["not_in_this_build secrets 1:1"]
    );
}

#[test]
fn a_document_of_another_program_is_named_as_such() {
    for (name, what) in [
        ("audit-alerts.yml", "Prometheus"),
        ("cronjob-key-rotation.yaml", "Kubernetes"),
    ] {
        let found = read_as(Profile::Any, &seed(name), &env()).expect_err(name);
        assert_eq!(found.faults.len(), 1, "{found}");
        assert!(found.faults[0].message.contains(what), "{found}");
    }
}

#[test]
fn the_environment_goes_before_the_file_and_a_flag_before_both() {
    let env = Env::from([
        ("GATEWAY_TLS_ENFORCE_TLS13", "false"),
        ("GATEWAY_NODE_NAME", "env"),
    ]);
    let file = texts(&[(
        "a.yaml",
        "gateway: {tls: {enforce-tls13: true}}\nnode: {name: file}",
    )]);
    let flag = Flag {
        name: "--node",
        setting: "node.name",
        value: "flag".to_owned(),
    };
    let config = load_texts(&file, &env, &[flag], Profile::Any).unwrap();
    assert!(!config.governing.outgoing.enforce_tls13);
    assert_eq!(config.node.name.as_deref(), Some("flag"));
    let shown = config.show();
    assert!(shown.contains("# env GATEWAY_TLS_ENFORCE_TLS13"), "{shown}");
    assert!(shown.contains("# flag --node"), "{shown}");
}

#[test]
fn an_unknown_key_is_refused_with_its_place_and_the_key_that_was_meant() {
    let read = read_one(
        "gateway:\n  audit:\n    hmac-secrt: hunter2\n  ip_access: {}\nlisteners: {}\nfoo: 1\n",
    );
    let shown = read.as_ref().expect_err("unknown keys").to_string();
    assert!(shown.contains("a.yaml:3:5"), "{shown}");
    assert!(shown.contains("did you mean 'hmac-secret'?"), "{shown}");
    assert!(shown.contains("did you mean 'ip-access'?"), "{shown}");
    assert!(
        !shown.contains("hunter2"),
        "a value beside a misspelt key may be a secret: {shown}"
    );
    assert_eq!(read.expect_err("unknown keys").faults.len(), 3);
}

#[test]
fn a_key_that_stands_twice_is_refused() {
    let found = read_one("node:\n  name: a\n  name: b\n").expect_err("twice");
    assert!(found.to_string().contains("a.yaml:3:3"), "{found}");
    assert!(found.faults[0].message.contains("a.yaml:2:3"), "{found}");
}

#[test]
fn several_files_unite_and_a_contradiction_names_both_places() {
    let one = (
        "one.yaml",
        "node: {name: a, data-dir: /d}\ngateway: {ip-access: {enabled: true, global-denylist: [10.0.0.0/8]}}\n",
    );
    let two = ("two.yaml", "node: {name: a, certs-dir: /c}\n");
    let config = read_as(Profile::Any, &[one, two], &env()).unwrap();
    assert_eq!(config.node.certs_dir, Some("/c".into()));
    assert_eq!(config.node.data_dir, Some("/d".into()));

    let three = ("three.yaml", "node:\n  name: b\n");
    let found = read_as(Profile::Any, &[one, three], &env()).expect_err("contradiction");
    let shown = found.to_string();
    assert!(
        shown.contains("three.yaml:2:3") && shown.contains("one.yaml:1:14"),
        "{shown}"
    );

    let four = ("four.yaml", "gateway: {ip-access: {global-denylist: []}}\n");
    let found = read_as(Profile::Any, &[one, four], &env()).expect_err("lists are not replaced");
    assert_eq!(found.faults[0].setting, "gateway.ip-access.global-denylist");
}

#[test]
fn two_files_with_different_secrets_show_neither() {
    let one = (
        "one.yaml",
        "gateway: {audit: {hmac-secret: first-secret-of-thirty-two-bytes!}}",
    );
    let two = (
        "two.yaml",
        "gateway:\n  audit:\n    hmac-secret: other-secret-of-thirty-two-bytes!",
    );
    let found = read_as(Profile::Any, &[one, two], &Env::default()).expect_err("contradiction");
    assert!(!found.to_string().contains("thirty"), "{found}");
    assert!(!found.to_json().to_string().contains("thirty"), "{found}");
}

#[test]
fn a_variable_is_put_in_after_parsing_so_it_cannot_change_the_structure() {
    let env = Env::from([
        ("PORT", "9000"),
        ("EVIL", "x\nnode: {name: taken-over}"),
        ("GATEWAY_AUDIT_HMAC_SECRET", SECRET),
    ]);
    let text =
        "listeners:\n  gateway:\n    address: 127.0.0.1:${PORT}\n    max-headers: ${HEADERS:-50}\n";
    let config = read_as(Profile::Any, &[("a.yaml", text)], &env).unwrap();
    assert_eq!(config.listeners.gateway.address.port(), 9000);
    assert_eq!(config.listeners.gateway.max_headers, 50);

    let text = "gateway: {audit: {hmac-secret: \"$${X} ${EVIL}, padded to enough bytes\"}}";
    let evil = Env::from([("EVIL", "x\nnode: {name: taken-over}")]);
    let config = read_as(Profile::Any, &[("a.yaml", text)], &evil).unwrap();
    assert_eq!(config.node.name, None);
    assert!(
        config
            .hmac_secret
            .unwrap()
            .expose()
            .starts_with("${X} x\nnode:")
    );
}

#[test]
fn an_unset_or_unfinished_variable_is_refused_at_its_place() {
    let found = read_one("node:\n  name: ${NOT_SET}\n  data-dir: \"${A\"\n  certs-dir: ${1x}\n");
    let found = found.expect_err("variables");
    let lines: Vec<_> = found
        .faults
        .iter()
        .map(|fault| fault.origin.place().unwrap().line)
        .collect();
    assert_eq!(lines, [2, 3, 4], "{found}");
    assert!(found.to_string().contains("NOT_SET"), "{found}");
}

#[test]
fn an_optional_variable_that_is_unset_leaves_the_setting_out() {
    let config = read_one("node: {name: \"n\", data-dir: \"${NOT_SET:-}\"}").unwrap();
    assert_eq!(config.node.data_dir, None);
}

#[test]
fn every_wrong_value_is_named_at_once() {
    let text = "\
listeners:
  gateway:
    address: nowhere
    header-timeout: 10
    max-body: 32 apples
    max-connections: 0
    hsts: {}
    cors: {origins: ['*'], allow-credentials: true}
telemetry: {log: {format: xml}, otlp: {sampling: 2}}
gateway: {ip-access: {enabled: yes, global-denylist: [10.0.0.0/99]}}
authentication: {api_key: {hash_algorithm: bcrypt, allow_query_param: true}}
rate_limiting: {per_api_key: {default: {burst: 0}}}
";
    assert_eq!(
        faults(read_one(text)),
        [
            "validation_error gateway.ip-access.enabled 10:32",
            "validation_error gateway.ip-access.global-denylist.0 10:55",
            "not_in_this_build authentication.api_key.hash_algorithm 11:44",
            "validation_error authentication.api_key.allow_query_param 11:71",
            "validation_error rate_limiting.per_api_key.default.requests_per_minute 12:31",
            "validation_error rate_limiting.per_api_key.default.burst 12:48",
            "validation_error listeners.gateway.address 3:14",
            "validation_error listeners.gateway.hsts 2:3",
            "validation_error listeners.gateway.cors.allow-credentials 8:47",
            "validation_error listeners.gateway.max-connections 6:22",
            "validation_error listeners.gateway.header-timeout 4:21",
            "validation_error listeners.gateway.max-body 5:15",
            "validation_error telemetry.log.format 9:27",
            "validation_error telemetry.otlp.sampling 9:50",
        ]
    );
}

#[test]
fn a_keys_limit_in_rate_limiting_goes_before_the_one_in_authentication() {
    let text = "\
authentication: {api_key: {rate_limits: {default: {requests_per_minute: 1}}}}
rate_limiting: {per_api_key: {default: {requests_per_minute: 2}}, include_headers: true, headers: {limit: X-L}}
";
    let limits = read_one(text).unwrap().governing.limits;
    assert_eq!(limits.per_api_key.unwrap().requests_per_minute, 2);
    assert_eq!(limits.headers.unwrap().limit, "X-L");
}

#[test]
fn a_yaml_bomb_is_refused() {
    let mut bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
    for level in 1..9 {
        let refs = vec![format!("*a{}", level - 1); 10].join(",");
        bomb.push_str(&format!("a{level}: &a{level} [{refs}]\n"));
    }
    let found = read_one(&bomb).expect_err("a bomb");
    assert!(
        found.to_string().contains("more than 50000 values"),
        "{found}"
    );
    let deep = format!("a: {}", "[".repeat(20_000));
    let found = read_one(&deep).expect_err("depth");
    assert_eq!(found.faults.len(), 1, "{found}");
    let deep: String = (0..2_000)
        .map(|level| format!("{}k:\n", " ".repeat(level)))
        .collect();
    assert!(read_one(&deep).is_err());
}

#[test]
fn editors_marks_are_no_content_and_tags_are_refused() {
    let config = read_one("\u{feff}node:\r\n  name: a\r\n").unwrap();
    assert_eq!(config.node.name.as_deref(), Some("a"));
    assert_eq!(
        read_one("node: {name: !!str 7}")
            .unwrap()
            .node
            .name
            .as_deref(),
        Some("7")
    );
    for tagged in [
        "node: {name: !secret a}",
        "node: !x {name: a}",
        "a: !!x [b]",
    ] {
        let found = read_one(tagged).expect_err(tagged);
        assert!(found.to_string().contains("tag"), "{found}");
    }
}

#[test]
fn a_folder_is_read_in_order_of_name_and_other_files_are_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).unwrap();
    write("b.yml", "node: {data-dir: /b}");
    write("a.yaml", "node: {name: a}");
    write("notes.txt", "not: [yaml");
    let extra = dir.path().join("auth.conf");
    std::fs::write(&extra, "gateway: {security: {enabled: false}}").unwrap();
    let env = Env::from([("AUTH_CONFIG", extra.to_str().unwrap())]);
    let config = load(&[dir.path().to_owned()], &env).unwrap();
    assert_eq!(config.node.name.as_deref(), Some("a"));
    assert_eq!(config.node.data_dir, Some("/b".into()));
    assert!(!config.security.enabled);

    write("c.yaml", "\u{0}");
    std::fs::write(dir.path().join("d.yaml"), [0xff, 0xfe, 0x00]).unwrap();
    let missing = dir.path().join("missing.yaml");
    let found = load(&[dir.path().to_owned(), missing], &Env::default()).expect_err("bad files");
    let shown = found.to_string();
    assert!(
        shown.contains("not UTF-8") && shown.contains("missing.yaml"),
        "{shown}"
    );
}

#[test]
fn the_json_of_faults_has_the_places() {
    let found = read_one("node:\n  name: UPPER\n").expect_err("name");
    let json = found.to_json();
    let fault = &json["faults"][0];
    assert_eq!(fault["code"], Code::ValidationError.as_str());
    assert_eq!((&fault["line"], &fault["column"]), (&2.into(), &9.into()));
    assert_eq!(fault["setting"], "node.name");
}

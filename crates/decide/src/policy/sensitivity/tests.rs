//! Names as servers in the field have them.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

use Sensitivity::{Critical, High, Low, Medium};

fn of(name: &str) -> Sensitivity {
    detect(name, "", None)
}

#[test]
fn tools_of_well_known_servers_get_the_level_that_their_names_say() {
    let expected: &[(Sensitivity, &[&str])] = &[
        (
            Low,
            &[
                // filesystem
                "read_file",
                "read_multiple_files",
                "list_directory",
                "search_files",
                "get_file_info",
                "list_allowed_directories",
                // github
                "search_repositories",
                "get_file_contents",
                "list_commits",
                "get_pull_request",
                "get_pull_request_files",
                "list_issues",
                "search_code",
                "get_me",
                "get_issue_comments",
                "list_starred_repositories",
                // slack
                "slack_list_channels",
                "slack_get_channel_history",
                "slack_get_users",
                // databases
                "query",
                "list_tables",
                "describe_table",
                "read-query",
                // stripe
                "retrieve_balance",
                "list_customers",
                "search_stripe_documentation",
                // puppeteer and playwright
                "puppeteer_screenshot",
                "browser_snapshot",
                // everything
                "echo",
                "get-sum",
                "get-tiny-image",
                "get-resource-links",
                // others
                "fetch",
                "brave_web_search",
                "maps_search_places",
                "getConfluencePage",
                "notion.search",
                "analyze_data",
                "get_setting",
            ],
        ),
        (
            Medium,
            &[
                "write_file",
                "edit_file",
                "create_directory",
                "move_file",
                "directory_tree",
                "create_or_update_file",
                "create_issue",
                "push_files",
                "create_pull_request",
                "merge_pull_request",
                "fork_repository",
                "add_issue_comment",
                "slack_post_message",
                "slack_reply_to_thread",
                "slack_add_reaction",
                "write_query",
                "create_customer",
                "create_invoice",
                "update_dispute",
                "cancel_subscription",
                "puppeteer_navigate",
                "puppeteer_click",
                "puppeteer_fill",
                "browser_drag",
                "browser_press_key",
                "toggle-simulated-logging",
                "trigger-long-running-operation",
                "get_or_create_user",
                "sendEmail",
                "git_commit",
                "run_query",
                "add",
                "now",
                "sequentialthinking",
                "drag_and_drop",
                "monkey",
                "tokenize",
                "count_tokens_and_send",
                "keyword",
            ],
        ),
        (
            High,
            &[
                "delete_file",
                "deleteFile",
                "files.delete",
                "remove_label",
                "drop_table",
                "execute_command",
                "run_command",
                "run_script",
                "exec",
                "bash",
                "shell",
                "puppeteer_evaluate",
                "admin_list_users",
                "deploy_service",
                "deployService",
                "shutdown",
                "shut-down",
                "kill_process",
                "grant_role",
                "revoke_access",
                "get-env",
                "git_reset",
                "kubectl_delete",
                "uninstall_helm_chart",
                "terminate_instances",
                "truncate_table",
                "sudo",
                "run",
                "runCode",
            ],
        ),
        (
            Critical,
            &[
                "create_payment_link",
                "list_payment_intents",
                "create_refund",
                "pay",
                "transfer_funds",
                "get_secret",
                "list_secret_scanning_alerts",
                "reset_password",
                "changePasswd",
                "create_api_key",
                "rotate-keys",
                "issue_token",
                "get_credentials",
                "authenticate",
                "authorize",
                "oauth2_exchange",
                "auth.login",
                "vault_read_secret",
                "delete_secret",
                "getAccessToken",
                "store_credit_card",
                "sign_in",
            ],
        ),
    ];
    let mut wrong = Vec::new();
    let mut count = 0;
    for (level, names) in expected {
        for name in *names {
            count += 1;
            let found = of(name);
            if found != *level {
                wrong.push(format!("{name}: {found:?}, not {level:?}"));
            }
        }
    }
    assert!(count >= 60 && wrong.is_empty(), "{count}: {wrong:#?}");
}

#[test]
fn only_whole_words_count() {
    for (name, without) in [
        ("get_monkey", Low),
        ("tokenize_text", Medium),
        ("get_author", Low),
        ("list_authors", Low),
        ("find_payload", Low),
        ("get_keyboard_layout", Low),
        ("count_tokens", Low),
        ("get_next_page_token", Low),
        ("search_executives", Low),
        ("find_skills", Low),
    ] {
        assert_eq!(of(name), without, "{name}");
    }
}

#[test]
fn names_of_parameters_count_wherever_they_stand_in_the_schema() {
    let with = |schema: Value| detect("get_thing", "", Some(&schema));
    let property = |name: &str| json!({"type": "object", "properties": {name: {"type": "string"}}});
    for (name, level) in [
        ("path", Low),
        ("key", Low),
        ("issueKey", Low),
        ("page_token", Low),
        ("maxTokens", Low),
        ("login", Low),
        ("author", Low),
        ("sql", Medium),
        ("command", High),
        ("password", Critical),
        ("apiKey", Critical),
        ("private-key", Critical),
        ("token", Critical),
        ("credit_card", Critical),
    ] {
        assert_eq!(with(property(name)), level, "{name}");
    }
    let nested = json!({"type": "object", "properties": {"options": {"anyOf": [
        {"type": "null"}, {"$ref": "#/$defs/o"}]}}, "$defs": {"o": property("password")}});
    assert_eq!(with(nested), Critical);
    assert_eq!(
        with(json!([{"name": "path"}, {"name": "password"}])),
        Critical
    );
    assert_eq!(
        with(json!({"path": {"type": "string"}, "command": {}})),
        High
    );
    // What a schema says of values is no name of a parameter.
    let told = json!({"type": "object", "description": "password", "default": {"password": 1},
        "properties": {"kind": {"enum": ["password", "token"]}}});
    assert_eq!(with(told), Low);
}

#[test]
fn a_description_raises_by_its_verb_alone_and_never_lowers() {
    for (name, description, level) in [
        (
            "get_usage",
            "Lists usage. Tokens and passwords are never shown; nothing is deleted.",
            Low,
        ),
        ("get_thing", "Deletes the thing.", High),
        (
            "process",
            "This tool lets you execute any shell command",
            High,
        ),
        ("get_invoice", "Pays an invoice", Critical),
        ("fetch_all", "Updates the index, then fetches.", Medium),
        ("delete_all", "Harmless. Only reads.", High),
        ("weather", "Get the weather", Medium),
        ("get_tokens", "", Critical),
        ("find", "Token counter", Low),
    ] {
        assert_eq!(
            detect(name, description, None),
            level,
            "{name}: {description}"
        );
    }
}

#[test]
fn a_servers_own_word_may_raise_and_never_lowers() {
    let with =
        |name: &str, annotations: Value| examine(name, "", None, Hints::of(&annotations)).level;
    assert_eq!(with("get_x", json!({"destructiveHint": true})), High);
    assert_eq!(with("get_x", json!({"readOnlyHint": false})), Medium);
    // Destruction is meant only of tools that write (MCP).
    assert_eq!(
        with(
            "get_x",
            json!({"readOnlyHint": true, "destructiveHint": true})
        ),
        Low
    );
    assert_eq!(
        with(
            "delete_x",
            json!({"readOnlyHint": true, "destructiveHint": false})
        ),
        High
    );
    assert_eq!(with("x", json!({"readOnlyHint": true})), Medium);
    assert_eq!(with("get_x", json!({"destructiveHint": "yes"})), Low);
}

#[test]
fn what_gave_the_level_is_said() {
    let because = |name: &str, schema: Value| examine(name, "", Some(&schema), Hints::default());
    assert_eq!(
        because("deleteFile", json!({})).because,
        "'delete' in its name"
    );
    let schema = json!({"properties": {"apiKey": {}}});
    assert_eq!(because("get", schema).because, "the parameter 'apiKey'");
}

proptest! {
    #[test]
    fn nothing_panics(name in any::<String>(), description in any::<String>(), keys in any::<Vec<String>>()) {
        let properties: serde_json::Map<String, Value> =
            keys.into_iter().map(|key| (key, json!({"properties": {}}))).collect();
        let schema = json!({"properties": properties, "items": [{"name": name}]});
        examine(&name, &description, Some(&schema), Hints::default());
    }
}

#[test]
fn a_schema_without_end_ends_here() {
    let mut deep = json!({});
    for _ in 0..200 {
        deep = json!({"properties": {"a": deep}});
    }
    assert_eq!(detect("get_x", "", Some(&deep)), Low);
    let wide: serde_json::Map<String, Value> =
        (0..5_000).map(|n| (format!("p{n}"), json!({}))).collect();
    assert_eq!(detect("get_x", "", Some(&json!({"properties": wide}))), Low);
    assert_eq!(detect(&"é".repeat(100_000), "", None), Medium);
}

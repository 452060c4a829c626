//! What programs are asked about, and what is made of their words.

use serde_json::json;

use super::*;

#[test]
fn a_program_that_allows_nothing_leaves_sessions_and_lists_open_and_nothing_else() {
    let dsl = "package p\ndefault allow := false\n";
    for base in [false, true] {
        let text = json!({"version": 1, "language": "rego", "dsl": dsl});
        let book = book(&[policy("p", "", json!({"text": text, "replacesBase": base}))]);
        let ask = |method: &str, name: Option<&str>| {
            let mut tool = json!({"server": "files", "method": method});
            tool["name"] = json!(name);
            let call = call(json!({
                "principal": {"id": "ann", "role": "developer"},
                "tenant": {"id": "acme"},
                "tool": tool,
            }));
            decide(&book, &call).effect
        };
        for method in [
            "initialize",
            "ping",
            "notifications/initialized",
            "logging/setLevel",
            "stream",
            "session/end",
            "tools/list",
            "prompts/list",
            "resources/list",
            "resources/templates/list",
        ] {
            assert_eq!(ask(method, None), Effect::Allow, "{method}");
        }
        for (method, name) in [
            ("tools/call", Some("read")),
            ("prompts/get", Some("review")),
            ("resources/read", Some("file:///a")),
            ("resources/read", None),
            ("completion/complete", Some("review")),
            ("x/custom", Some("a")),
        ] {
            assert_eq!(ask(method, name), Effect::Deny, "{method}");
        }
        // The list over all servers names none.
        let whole = call(json!({"action": "tool_list", "tenant": {"id": "acme"}}));
        assert_eq!(decide(&book, &whole).effect, Effect::Allow);
        for (action, effect) in [
            ("tool_list", Effect::Allow),
            ("mcp_request", Effect::Allow),
            ("tool_call", Effect::Deny),
        ] {
            let call = call(json!({
                "action": action,
                "tenant": {"id": "acme"},
                "tool": {"server": "files"},
            }));
            assert_eq!(decide(&book, &call).effect, effect, "{action}");
        }
    }
}

#[test]
fn a_program_that_needs_arguments_which_nobody_knows_is_counted_as_undecided() {
    let dsl = "package p\nimport rego.v1\ndeny contains \"no\" if input.parameters.path == \"/\"\n\
               deny contains \"no\" if not input.parameters.path\n";
    let text = json!({"version": 1, "language": "rego", "dsl": dsl});
    let book = book(&[policy("p", "", json!({ "text": text }))]);
    let mut call = tool(Role::Developer, Sensitivity::Low);
    assert_eq!(decide(&book, &call).effect, Effect::Deny);
    call.tool.as_mut().unwrap().arguments_unknown = true;
    let decision = decide(&book, &call);
    assert_eq!((decision.effect, decision.undecided), (Effect::Allow, 1));
    let explained = book.explain(&call.view(NOW));
    assert_eq!(explained.undecided, 1);
    let said = explained.rules.iter().find(|it| &*it.policy == "p");
    assert_eq!(
        said.unwrap().outcome,
        crate::policy::explain::Outcome::Undecided
    );
}

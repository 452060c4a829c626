//! The base policy: who may call which tools where nobody says otherwise.
//!
//! Everybody who is identified may call tools of low sensitivity. Medium is for those who work
//! with tools: developers, tool servers, automation, administrators. The administrators of
//! policies and of billing are not among them: they govern calls, they don't make them. High is
//! for developers of the teams that answer for the server, and for administrators; critical for
//! administrators with a second factor. High and critical are bound to the work hours, where the
//! settings name them.
//!
//! It is a text in the YAML language, compiled like any other, so that it can be shown, copied,
//! changed, and put in force in its own place (`replacesBase`).

use std::fmt::Write as _;

use terms::PolicyId;

use crate::settings::{Policies, WorkHours};
use crate::source::{BASE_POLICY, Language, Policy, PolicyScope, PolicyStatus, PolicyText};

const RULES: &str = r#"version: "1"
rules:
  - id: medium-role
    priority: 40
    conditions:
      action: {denylist: [tool_call, tool_list]}
      sensitivity: {at_least: medium}
      role: {allowlist: [developer, server, automation, admin, org-admin]}
    action: DENY
    reason: role_not_allowed
    deny_message: "Tools that write are open to the roles developer, server, automation, admin and org-admin."

  - id: high-role
    priority: 50
    conditions:
      action: {denylist: [tool_call, tool_list]}
      sensitivity: {at_least: high}
      role: {allowlist: [developer, admin, org-admin]}
    action: DENY
    reason: role_not_allowed
    deny_message: "Tools of high sensitivity are open to developers of the teams that answer for their server, and to admin and org-admin."

  - id: high-team
    priority: 30
    conditions:
      action: {denylist: [tool_call, tool_list]}
      sensitivity: {at_least: high}
      role: {allowlist: [admin, org-admin]}
    when: '!principal.groups.exists(group, group in tool.teams)'
    action: DENY
    reason: resource_not_allowed
    deny_message: "Tools of high sensitivity are open to developers of the teams that answer for their server; you are in none of them."

  - id: critical-role
    priority: 60
    conditions:
      action: {denylist: [tool_call, tool_list]}
      sensitivity: {at_least: critical}
      role: {allowlist: [admin, org-admin]}
    action: DENY
    reason: role_not_allowed
    deny_message: "Tools of critical sensitivity are open to the roles admin and org-admin alone."

  - id: critical-mfa
    priority: 20
    conditions:
      action: {denylist: [tool_call, tool_list]}
      sensitivity: {at_least: critical}
    when: '!principal.mfa'
    action: DENY
    reason: mfa_required
    deny_message: "Tools of critical sensitivity need a login with a second factor. API keys and client certificates can't show one; a policy of your operator can open the tool to them."
"#;

/// The base policy's text, in the YAML language.
pub fn text(settings: &Policies) -> String {
    let mut text = RULES.to_owned();
    if let Some(hours) = &settings.work_hours {
        text.push_str(&hours_rule(hours));
    }
    text
}

/// The base policy as a document, as if somebody had written it.
pub fn policy(settings: &Policies) -> Policy {
    Policy {
        id: PolicyId::from(BASE_POLICY),
        tenant_id: None,
        name: "Base policy for tools".to_owned(),
        description: "Who may call which tools where no other policy says so: role by \
                      sensitivity. Built in; a policy with replacesBase stands in its place."
            .to_owned(),
        owner: String::new(),
        text: PolicyText {
            version: 1,
            language: Language::Yaml,
            dsl: text(settings),
        },
        status: PolicyStatus::Active,
        scope: vec![PolicyScope::Tools],
        replaces_base: false,
        canary: None,
        before: None,
    }
}

fn hours_rule(hours: &WorkHours) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let days: Vec<String> = hours.days.iter().map(|day| quoted(day)).collect();
    let mut rule = String::from(
        r"
  - id: high-hours
    priority: 10
    conditions:
      action: {denylist: [tool_call, tool_list]}
      sensitivity: {at_least: high}
      time_of_day:
",
    );
    // Writing to a String does not fail.
    let _ = write!(
        rule,
        "        timezone: {}\n        allowed_ranges:\n          - {{start: {}, end: {}, days: \
         [{}]}}\n    action: DENY\n    reason: time_restriction\n    deny_message: {}\n",
        quoted(&hours.time_zone),
        quoted(&hours.start),
        quoted(&hours.end),
        days.join(", "),
        quoted(&format!(
            "Tools of high and critical sensitivity may be called {} to {} ({}), on {}.",
            hours.start,
            hours.end,
            hours.time_zone,
            hours.days.join(", ")
        )),
    );
    rule
}

//! Which role may do what: the one table that every route of the administration is held against.
//!
//! A route belongs to the group of the longest entry of [`ROUTES`] that it begins with; a route
//! without one is open to nobody. What a group needs of a role is in [`TABLE`]. Somebody with
//! several roles may do what any of them may.

use axum::http::Method;
use terms::{Role, Roles};

/// What a role may do with a group of routes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Access {
    /// Nothing.
    None,
    /// What concerns themselves; the endpoint judges what that is.
    Own,
    /// Read.
    Read,
    /// Read, make, change and remove.
    Write,
}

/// Routes that are governed alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// Organisations.
    Tenants,
    /// API keys, of both seeds' endpoints.
    Keys,
    /// Provider accounts.
    Credentials,
    /// Models' routes, with what belongs to them.
    Routes,
    /// Tool servers.
    Servers,
    /// Tool calls and agents' sessions.
    ToolCalls,
    /// Policies, PII, guardrails, approvals.
    Policies,
    /// What policies and inspection would say: dry runs, replays, explanations. Nothing is stored.
    PolicyTrials,
    /// Pricing, costs, budgets, chargeback.
    Billing,
    /// Recorded events.
    Audit,
    /// Whole files of recorded events.
    AuditExport,
    /// Figures and alerts.
    Analytics,
    /// Where events are sent.
    Webhooks,
    /// Who administers and calls, and with which roles.
    Users,
    /// Emergency access.
    BreakGlass,
    /// The data planes.
    DataPlanes,
    /// The configuration as one document.
    Config,
    /// What holds for the whole installation.
    Settings,
}

/// The roles of the columns of [`TABLE`]. The others, `server` and `automation`, call and never
/// administer.
pub const COLUMNS: [Role; 6] = [
    Role::OrgAdmin,
    Role::Admin,
    Role::PolicyAdmin,
    Role::BillingAdmin,
    Role::Developer,
    Role::Viewer,
];

const N: Access = Access::None;
const O: Access = Access::Own;
const R: Access = Access::Read;
const W: Access = Access::Write;

/// Group by role. The first seed's table.
#[rustfmt::skip]
pub const TABLE: &[(Group, &str, [Access; 6])] = &[
    //                                 org-admin admin policy billing developer viewer
    (Group::Tenants,     "tenants",                [W, W, N, N, R, R]),
    (Group::Keys,        "API keys",               [W, W, N, N, W, R]),
    (Group::Credentials, "credentials",            [W, W, N, N, R, R]),
    (Group::Routes,      "routes",                 [W, W, N, N, W, R]),
    (Group::Servers,     "tool servers",           [W, W, N, N, R, R]),
    (Group::ToolCalls,   "tool calls, sessions",   [W, W, N, N, R, R]),
    (Group::Policies,    "policies, PII, guardrails, approvals", [W, W, W, N, R, R]),
    (Group::PolicyTrials, "policy dry run, replay, explanation; inspection of a text", [W, W, W, N, W, N]),
    (Group::Billing,     "pricing, costs, budgets, chargeback",  [W, W, N, W, R, R]),
    (Group::Audit,       "audit events",           [W, W, W, N, R, R]),
    (Group::AuditExport, "audit export",           [W, W, W, N, N, N]),
    (Group::Analytics,   "analytics, alerts",      [W, W, N, N, R, R]),
    (Group::Webhooks,    "webhooks",               [W, W, N, N, R, R]),
    (Group::Users,       "users and their roles",  [W, W, N, N, R, R]),
    (Group::BreakGlass,  "break-glass",            [W, W, O, O, O, O]),
    (Group::DataPlanes,  "data planes",            [W, W, N, N, R, R]),
    (Group::Config,      "configuration export and import", [W, W, N, N, N, N]),
    (Group::Settings,    "regions, license, SIEM", [W, W, N, N, N, R]),
];

/// Where each group's routes begin. `{}` stands for one segment of any name.
#[rustfmt::skip]
pub const ROUTES: &[(&str, Group)] = &[
    ("/admin/v1/tenants",               Group::Tenants),
    ("/admin/v1/tenants/{}/keys",       Group::Keys),
    ("/admin/v1/credentials",           Group::Credentials),
    ("/admin/v1/routes",                Group::Routes),
    ("/admin/v1/templates",             Group::Routes),
    ("/admin/v1/experiments",           Group::Routes),
    ("/admin/v1/mcp/servers",           Group::Servers),
    ("/admin/v1/mcp/tools",             Group::Servers),
    ("/admin/v1/mcp/tool-calls",        Group::ToolCalls),
    ("/admin/v1/mcp/sessions",          Group::ToolCalls),
    ("/admin/v1/sessions",              Group::ToolCalls),
    ("/admin/v1/policies",              Group::Policies),
    ("/admin/v1/policies/dry-run",      Group::PolicyTrials),
    ("/admin/v1/policies/replay",       Group::PolicyTrials),
    ("/admin/v1/policies/explain",      Group::PolicyTrials),
    ("/admin/v1/inspect",               Group::PolicyTrials),
    ("/admin/v1/inspect/rules",         Group::Policies),
    ("/admin/v1/approvals",             Group::Policies),
    ("/admin/v1/pricing",               Group::Billing),
    ("/admin/v1/costs",                 Group::Billing),
    ("/admin/v1/budgets",               Group::Billing),
    ("/admin/v1/chargeback",            Group::Billing),
    ("/admin/v1/audit",                 Group::Audit),
    ("/admin/v1/audit/events/export",   Group::AuditExport),
    ("/admin/v1/compliance",            Group::Audit),
    ("/admin/v1/analytics",             Group::Analytics),
    ("/admin/v1/alerts",                Group::Analytics),
    ("/admin/v1/webhooks",              Group::Webhooks),
    ("/admin/v1/users",                 Group::Users),
    ("/admin/v1/break-glass",           Group::BreakGlass),
    ("/admin/v1/dataplanes",            Group::DataPlanes),
    ("/admin/v1/config",                Group::Config),
    ("/admin/v1/regions",               Group::Settings),
    ("/admin/v1/license",               Group::Settings),
    ("/admin/v1/siem",                  Group::Settings),
    ("/api/v1/auth",                    Group::Users),
    ("/api/v1/auth/keys",               Group::Keys),
    ("/api/v1/servers",                 Group::Servers),
    ("/api/v1/audit",                   Group::Audit),
    ("/api/v1/policy",                  Group::Policies),
    ("/api/v1/policy/explain",          Group::PolicyTrials),
    ("/api/v1/policy/evaluate",         Group::PolicyTrials),
    ("/api/v1/policy/validate",         Group::PolicyTrials),
    ("/api/v1/policies",                Group::Policies),
];

/// Groups that are the platform's alone: administrators of a tenant don't enter. They enter the
/// others, and see their tenant's share.
const THE_PLATFORMS: &[Group] = &[Group::DataPlanes, Group::Config, Group::Settings];

/// Single routes that are the platform's alone, in groups that are not.
const THE_PLATFORMS_TOO: &[&str] = &["/admin/v1/audit/verify"];

/// The group of a route, by the template that the router matched.
pub fn group_of(template: &str) -> Option<Group> {
    let path = canonical(template);
    let begins = |entry: &str| {
        let mut segments = path.split('/');
        entry.split('/').all(|wanted| {
            segments
                .next()
                .is_some_and(|given| given == wanted || (wanted == "{}" && given.starts_with('{')))
        })
    };
    let fitting = ROUTES.iter().filter(|(entry, _)| begins(entry));
    let longest = fitting.max_by_key(|(entry, _)| entry.len());
    longest.map(|(_, group)| *group)
}

/// A path, or a template, without the alias.
pub fn canonical(template: &str) -> String {
    match template.strip_prefix("/v1/admin") {
        Some(rest) => format!("/admin/v1{rest}"),
        None => template.to_owned(),
    }
}

/// True where administrators of a tenant don't enter.
pub fn is_the_platforms(template: &str) -> bool {
    group_of(template).is_none_or(|group| THE_PLATFORMS.contains(&group))
        || THE_PLATFORMS_TOO.contains(&canonical(template).as_str())
}

/// What `roles` may do with a group.
pub fn access(group: Group, roles: Roles) -> Access {
    let row = TABLE.iter().find(|(known, ..)| *known == group);
    let cells = row
        .into_iter()
        .flat_map(|(_, _, row)| COLUMNS.iter().zip(row));
    let held = cells.filter(|(role, _)| roles.contains(**role));
    held.map(|(_, access)| *access)
        .max()
        .unwrap_or(Access::None)
}

/// True when `roles` may use `method` on the route of this template.
pub fn allows(template: &str, method: &Method, roles: Roles) -> bool {
    let Some(group) = group_of(template) else {
        return false;
    };
    let access = access(group, roles);
    let reads = matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
    match access {
        Access::None => false,
        Access::Own | Access::Write => true,
        Access::Read => reads,
    }
}

#[cfg(test)]
mod tests;

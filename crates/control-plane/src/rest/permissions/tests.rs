//! The table over the whole interface.

use super::*;

/// Every operation of the OpenAPI document, and every path that is known and not built.
fn operations() -> Vec<(Method, String)> {
    let document = serde_json::to_value(crate::rest::openapi()).unwrap();
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            found.push((method, path.clone()));
        }
    }
    assert!(found.len() > 40, "{found:?}");
    for path in crate::rest::unbuilt::NOT_BUILT {
        found.push((Method::GET, format!("/admin/v1/{path}")));
        found.push((Method::POST, format!("/admin/v1/{path}/{{*rest}}")));
    }
    for name in crate::rest::unbuilt::OF_THE_MCP_PROXY {
        found.push((Method::GET, format!("/api/v1/{name}")));
    }
    found
}

/// Operations that belong to no group: they are open, or have checks of their own.
fn governed() -> impl Iterator<Item = (Method, String)> {
    operations()
        .into_iter()
        .filter(|(_, path)| !crate::rest::gatekeeping::is_open(path))
}

#[test]
fn every_operation_has_a_rule_and_an_alias_has_the_same() {
    for (method, path) in governed() {
        let group = group_of(&path);
        assert!(group.is_some(), "{method} {path} has no rule");
        assert_eq!(group, group_of(&path.replace("/admin/v1", "/v1/admin")));
    }
    for unknown in [
        "/admin/v1/none",
        "/admin/v1",
        "/admin/v1/tenantsx",
        "/x",
        "",
    ] {
        assert_eq!(group_of(unknown), None, "{unknown}");
        assert!(!allows(unknown, &Method::GET, Roles::of(&[Role::OrgAdmin])));
    }
}

#[test]
fn every_group_has_one_row_and_every_entry_a_group() {
    for (_, group) in ROUTES {
        let rows = TABLE.iter().filter(|(known, ..)| known == group).count();
        assert_eq!(rows, 1, "{group:?}");
    }
    for (group, ..) in TABLE {
        assert!(ROUTES.iter().any(|(_, known)| known == group), "{group:?}");
    }
}

/// The first seed's sentences, said once more and differently.
fn expected(group: Group, role: Role, reads: bool) -> bool {
    use Group::*;
    match role {
        Role::OrgAdmin | Role::Admin => true,
        Role::PolicyAdmin => {
            matches!(
                group,
                Policies | PolicyTrials | Audit | AuditExport | BreakGlass
            )
        }
        Role::BillingAdmin => matches!(group, Billing | BreakGlass),
        Role::Developer => match group {
            Keys | Routes | PolicyTrials | BreakGlass => true,
            AuditExport | Config | Settings => false,
            _ => reads,
        },
        Role::Viewer => match group {
            BreakGlass => true,
            AuditExport | Config | PolicyTrials => false,
            _ => reads,
        },
        Role::Server | Role::Automation => false,
    }
}

#[test]
fn the_whole_interface_answers_to_each_role_as_the_table_says() {
    for (method, path) in governed() {
        let group = group_of(&path).unwrap();
        for role in Role::ALL {
            assert_eq!(
                allows(&path, &method, Roles::of(&[*role])),
                expected(group, *role, method == Method::GET),
                "{method} {path} for {role}"
            );
        }
    }
}

#[test]
fn several_roles_may_what_any_of_them_may() {
    let both = Roles::of(&[Role::Viewer, Role::BillingAdmin]);
    assert!(allows("/admin/v1/budgets", &Method::POST, both));
    assert!(allows("/admin/v1/tenants", &Method::GET, both));
    assert!(!allows("/admin/v1/tenants", &Method::POST, both));
}

#[test]
fn the_document_for_administrators_shows_this_table() {
    let document = include_str!("../../../../../docs/administrators.md");
    for (_, name, row) in TABLE {
        let cells: Vec<&str> = row.iter().copied().map(word).collect();
        let line = format!("| {name} | {} |", cells.join(" | "));
        assert!(
            document.contains(&line),
            "docs/administrators.md lacks: {line}"
        );
    }
}

fn word(access: Access) -> &'static str {
    match access {
        Access::None => "–",
        Access::Own => "own",
        Access::Read => "read",
        Access::Write => "write",
    }
}

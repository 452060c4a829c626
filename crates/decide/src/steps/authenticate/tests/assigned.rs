//! Roles that administrators gave: per tenant, and never in another's.

use super::*;
use terms::Role;

/// `alice` of `idp` has these roles, by tenant; `null`: in all.
fn compiled(given: &[(Option<&str>, &str)]) -> Result<Snapshot, terms::Faults> {
    let mut documents = vec![
        ("settings", json!({"pepper": hex::encode([7u8; 32])})),
        ("tenant", json!({"id": "acme"})),
        ("tenant", json!({"id": "globex"})),
    ];
    documents.extend(given.iter().map(|(tenant, role)| {
        let mut user = json!({"id": "alice", "userId": "alice", "issuer": "idp", "roles": [role]});
        if let Some(tenant) = tenant {
            user["tenantId"] = json!(tenant);
        }
        ("user", user)
    }));
    let documents: Vec<_> = documents
        .into_iter()
        .map(|(kind, body)| (kind, body.to_string().into_bytes()))
        .collect();
    let read = Source::read(
        documents
            .iter()
            .map(|(kind, it)| (*kind, "x", it.as_slice())),
    );
    crate::compile(&read.unwrap(), Version::default())
}

fn with(given: &[(Option<&str>, &str)]) -> Snapshot {
    compiled(given).unwrap()
}

/// The tenant and role of a token whose claims say `tenant` and viewer.
fn told(snapshot: &Snapshot, tenant: Option<&str>) -> Result<(String, Role), Option<Reason>> {
    let identity = Identity {
        issuer: Arc::from("idp"),
        user_id: Arc::from("alice"),
        username: None,
        email: None,
        roles: Roles::of(&[Role::Viewer]),
        groups: Arc::from([]),
        tenant: tenant.map(TenantId::from),
        scopes: Arc::from([]),
        session: None,
        authenticated_at: None,
        not_before: None,
        expires_at: None,
        amr: Arc::from([]),
        acr: None,
        agent: None,
    };
    principal_of(snapshot, &identity, Timestamp::from_unix_micros(NOW))
        .map(|it| (it.tenant_id.to_string(), it.role))
        .map_err(|fault| fault.reason)
}

#[test]
fn one_user_has_each_tenants_roles_there_and_nowhere_else() {
    let snapshot = with(&[(Some("acme"), "developer"), (Some("globex"), "admin")]);
    let in_tenant = |tenant| told(&snapshot, Some(tenant)).unwrap().1;
    assert_eq!(in_tenant("acme"), Role::Developer);
    assert_eq!(in_tenant("globex"), Role::Admin);
    // Which of the two is meant is not to be guessed.
    assert_eq!(told(&snapshot, None), Err(Some(Reason::MissingAttribute)));
}

#[test]
fn another_tenants_roles_lock_nobody_out_and_raise_nobody() {
    let snapshot = with(&[(Some("acme"), "admin")]);
    assert_eq!(
        told(&snapshot, Some("globex")),
        Ok(("globex".to_owned(), Role::Viewer))
    );
    assert_eq!(
        told(&snapshot, None),
        Ok(("acme".to_owned(), Role::Admin)),
        "who names no tenant belongs to the only one with roles for them"
    );
}

#[test]
fn roles_in_all_tenants_give_way_to_those_of_one() {
    let snapshot = with(&[(None, "developer"), (Some("acme"), "admin")]);
    assert_eq!(told(&snapshot, Some("acme")).unwrap().1, Role::Admin);
    assert_eq!(told(&snapshot, Some("globex")).unwrap().1, Role::Developer);
}

#[test]
fn two_documents_for_one_user_and_tenant_are_refused() {
    for tenant in [None, Some("acme")] {
        let faults = compiled(&[(tenant, "viewer"), (tenant, "admin")]).unwrap_err();
        assert_eq!(faults.0[0].code, Code::ValidationError);
    }
}

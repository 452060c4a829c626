//! What tokens of administrators must say.

use std::sync::Arc;

use super::*;

const NOW: Timestamp = Timestamp::from_unix_micros(1_800_000_000_000_000);

fn identity() -> Identity {
    Identity {
        issuer: Arc::from("https://idp.example"),
        user_id: Arc::from("alice"),
        username: None,
        email: None,
        roles: Roles::of(&[Role::Viewer]),
        groups: Arc::from([]),
        tenant: None,
        scopes: Arc::from([]),
        session: None,
        authenticated_at: Some(NOW.minus(Duration::from_secs(60))),
        not_before: None,
        expires_at: None,
        amr: Arc::from([]),
        acr: None,
        agent: None,
    }
}

#[track_caller]
fn refused<T: std::fmt::Debug>(result: Result<T, Fault>, code: Code, reason: Reason) {
    let fault = result.unwrap_err();
    assert_eq!((fault.code, fault.reason), (code, Some(reason)));
}

#[test]
fn a_session_lasts_as_long_as_configured_and_no_longer() {
    let security = Security {
        session_timeout: Duration::from_secs(61),
        ..Security::default()
    };
    session(&security, None, &identity(), NOW).unwrap();
    let later = NOW.plus(Duration::from_secs(1));
    let over = session(&security, None, &identity(), later);
    refused(over, Code::InvalidToken, Reason::SessionEnded);
    let mut unknown = identity();
    unknown.authenticated_at = None;
    let unknown = session(&security, None, &unknown, NOW);
    refused(unknown, Code::InvalidToken, Reason::MissingClaim);
    let mut future = identity();
    future.authenticated_at = Some(NOW.plus(Duration::from_secs(301)));
    let future = session(&security, None, &future, NOW);
    refused(future, Code::InvalidToken, Reason::TokenNotYetValid);
}

#[test]
fn a_second_factor_is_one_of_the_listed_methods_and_levels() {
    let mut security = Security::default();
    second_factor(&security, &identity()).unwrap();
    security.mfa.amr = vec!["otp".to_owned(), "hwk".to_owned()];
    security.mfa.acr = vec!["2".to_owned()];
    let mut given = identity();
    given.amr = Arc::from([Arc::from("pwd")]);
    given.acr = Some(Arc::from("2"));
    let password = second_factor(&security, &given);
    refused(password, Code::AuthorizationDenied, Reason::MfaRequired);
    given.amr = Arc::from([Arc::from("pwd"), Arc::from("hwk")]);
    second_factor(&security, &given).unwrap();
    given.acr = None;
    let weak = second_factor(&security, &given);
    refused(weak, Code::AuthorizationDenied, Reason::MfaRequired);
}

#[test]
fn without_role_based_control_everybody_proven_is_org_admin() {
    let mut security = Security::default();
    let held = |security: &Security| roles_and_tenant(security, None, &identity()).unwrap().0;
    assert_eq!(held(&security), Roles::of(&[Role::Viewer]));
    security.rbac = false;
    assert_eq!(held(&security), Roles::of(&[Role::OrgAdmin]));
}

#[test]
fn the_administrations_own_rules_go_before_the_callers_for_one_issuer() {
    let named = |issuer: &str, audience: &str| Issuer {
        issuer: issuer.to_owned(),
        audiences: vec![audience.to_owned()],
        ..Issuer::default()
    };
    let settings = Settings {
        issuers: vec![named("a", "gateway"), named("b", "gateway")],
        ..Settings::default()
    };
    let mut security = Security {
        oidc: Some(named("a", "admin")),
        ..Security::default()
    };
    let audiences: Vec<_> = issuers(&security, &settings)
        .iter()
        .map(|it| (it.issuer.clone(), it.audiences[0].clone()))
        .collect();
    let expected = [("a", "admin"), ("b", "gateway")];
    assert_eq!(
        audiences,
        expected.map(|(a, b)| (a.to_owned(), b.to_owned()))
    );
    security.enabled = false;
    assert!(issuers(&security, &settings).is_empty());
}

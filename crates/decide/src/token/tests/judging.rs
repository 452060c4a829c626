//! What proven claims let in, and what each refusal says.

use std::time::Duration;

use terms::{Role, Roles, TenantId};

use super::*;
use crate::facts::Identity;

/// Judges the usual claims with `extra` put over them; a member that is `"-"` is taken out.
fn judged(issuer: &Issuer, extra: &Value, moment: Timestamp) -> Result<Identity, Fault> {
    let mut all = claims();
    let members = all.as_object_mut().unwrap();
    for (name, value) in extra.as_object().unwrap() {
        if value == "-" {
            members.remove(name);
        } else {
            members.insert(name.clone(), value.clone());
        }
    }
    let text = token(&all);
    let token = Token::read(&text).unwrap();
    let keys = public(Algorithm::Rs256);
    let key = keys.candidates(&token).next().unwrap();
    judge(issuer, token.verify(key).expect("it is signed"), moment)
}

pub(super) fn of(extra: &Value) -> Result<Identity, Fault> {
    judged(&issuer(), extra, now())
}

#[test]
fn the_identity_says_what_the_claims_say() {
    let identity = of(&json!({
        "preferred_username": "al", "email": "al@example.com", "groups": ["a", "b"],
        "auth_time": NOW - 99, "amr": ["pwd", "otp"], "acr": "2", "sid": "of the provider",
        "nbf": NOW - 50,
    }))
    .unwrap();
    assert_eq!(&*identity.issuer, "https://auth.example.com");
    assert_eq!(&*identity.user_id, "alice");
    assert_eq!(identity.username.as_deref(), Some("al"));
    assert_eq!(identity.email.as_deref(), Some("al@example.com"));
    assert_eq!(identity.roles, Roles::of(&[Role::Developer]));
    assert_eq!(identity.groups.len(), 2);
    assert_eq!(identity.authenticated_at, Some(at(NOW - 99)));
    assert_eq!(identity.not_before, Some(at(NOW - 80)));
    assert_eq!(identity.expires_at, Some(at(NOW + 630)));
    assert_eq!(identity.amr.len(), 2);
    assert_eq!(identity.acr.as_deref(), Some("2"));
    assert_eq!(
        identity.session, None,
        "only the gateway's own tokens have one"
    );
    assert_eq!(identity.tenant, None);
    let nameless = of(&json!({"preferred_username": "", "email": ""})).unwrap();
    assert_eq!((nameless.username, nameless.email), (None, None));
    assert_eq!(of(&json!({})).unwrap().authenticated_at, Some(at(NOW - 10)));
}

#[test]
fn a_token_of_another_issuer_is_refused() {
    for iss in [
        json!("https://auth.example.com/"),
        json!("https://AUTH.example.com"),
        json!("-"),
        json!(["https://auth.example.com"]),
        json!(null),
    ] {
        assert_eq!(
            why(of(&json!({ "iss": iss }))),
            Reason::InvalidIssuer,
            "{iss}"
        );
    }
}

#[test]
fn a_token_for_another_audience_is_refused() {
    for aud in [
        json!("other"),
        json!([]),
        json!(["a", "b"]),
        json!("-"),
        json!("SARK-gateway"),
    ] {
        let refused = of(&json!({ "aud": aud }));
        let said = refused.as_ref().unwrap_err().to_string();
        assert!(
            said.contains("sark-gateway"),
            "it says what is right: {said}"
        );
        assert_eq!(why(refused), Reason::InvalidAudience, "{aud}");
    }
    for aud in [
        json!(5),
        json!({"sark-gateway": 1}),
        json!([["sark-gateway"]]),
    ] {
        assert_eq!(
            why(of(&json!({ "aud": aud }))),
            Reason::MissingClaim,
            "{aud}"
        );
    }
    assert!(of(&json!({"aud": ["x", "sark-gateway"]})).is_ok());
}

#[test]
fn times_are_judged_with_the_tolerated_skew_and_no_more() {
    let judge_at = |extra: Value, moment: i64| judged(&issuer(), &extra, at(moment));
    assert!(judge_at(json!({}), NOW + 629).is_ok());
    assert_eq!(why(judge_at(json!({}), NOW + 630)), Reason::TokenExpired);
    let early = json!({"nbf": NOW + 31, "iat": NOW - 10});
    assert_eq!(why(judge_at(early.clone(), NOW)), Reason::TokenNotYetValid);
    assert!(judge_at(early, NOW + 1).is_ok());
    let unborn = json!({"iat": NOW + 31});
    assert_eq!(why(judge_at(unborn.clone(), NOW)), Reason::TokenNotYetValid);
    assert!(judge_at(unborn, NOW + 1).is_ok());
    assert!(judge_at(json!({"exp": NOW as f64 + 0.5}), NOW + 30).is_ok());
    for exp in [
        json!("tomorrow"),
        json!(-1),
        json!(1e18),
        json!([NOW]),
        json!({}),
    ] {
        let refused = judge_at(json!({ "exp": exp }), NOW);
        assert_eq!(why(refused), Reason::MissingClaim, "{exp}");
    }
}

#[test]
fn a_token_without_an_end_is_refused_unless_that_is_allowed() {
    let lenient = Issuer {
        require_expiration: false,
        required_claims: Vec::new(),
        ..issuer()
    };
    assert_eq!(
        judged(&lenient, &json!({"exp": "-"}), now())
            .unwrap()
            .expires_at,
        None
    );
    assert_eq!(
        why(judged(&lenient, &json!({"exp": 1}), now())),
        Reason::TokenExpired
    );
    let strict = Issuer {
        require_expiration: true,
        ..lenient
    };
    assert_eq!(
        why(judged(&strict, &json!({"exp": "-"}), now())),
        Reason::MissingClaim
    );
}

#[test]
fn a_required_claim_that_is_missing_is_named() {
    let refused = of(&json!({"role": "-"}));
    assert!(refused.as_ref().unwrap_err().message.contains("'role'"));
    assert_eq!(why(refused), Reason::MissingClaim);
    assert_eq!(why(of(&json!({"role": null}))), Reason::MissingClaim);
    let nested = Issuer {
        required_claims: vec!["realm_access.roles".to_owned()],
        ..issuer()
    };
    assert_eq!(
        why(judged(&nested, &json!({}), now())),
        Reason::MissingClaim
    );
    assert!(judged(&nested, &json!({"realm_access": {"roles": []}}), now()).is_ok());
}

#[test]
fn roles_come_as_text_words_or_list_from_a_dotted_path_and_unknown_ones_count_for_nothing() {
    let mut keycloak = issuer();
    keycloak.required_claims.clear();
    keycloak.claims.role = "realm_access.roles".to_owned();
    keycloak.roles = [
        ("gateway-users".to_owned(), Role::Viewer),
        ("Gateway Admins".to_owned(), Role::OrgAdmin),
    ]
    .into();
    let roles = |claim: Value| judged(&keycloak, &claim, now()).unwrap().roles;
    let nested = |value: Value| json!({"realm_access": {"roles": value}, "role": "org-admin"});
    assert_eq!(
        roles(nested(json!([
            "offline_access",
            "gateway-users",
            "developer"
        ]))),
        Roles::of(&[Role::Viewer, Role::Developer])
    );
    assert_eq!(
        roles(nested(json!("viewer policy-admin unknown"))),
        Roles::of(&[Role::Viewer, Role::PolicyAdmin])
    );
    assert_eq!(
        roles(nested(json!("Gateway Admins"))),
        Roles::of(&[Role::OrgAdmin])
    );
    assert_eq!(roles(nested(json!(["root", "Developer"]))), Roles::NONE);
    assert_eq!(roles(json!({})), Roles::NONE);
    let literal = json!({
        "realm_access.roles": ["viewer"], "realm_access": {"roles": ["org-admin"]},
    });
    assert_eq!(
        roles(literal),
        Roles::of(&[Role::Viewer]),
        "a literal key goes first"
    );
    for wrong in [
        json!(7),
        json!({"developer": true}),
        json!(["viewer", 7]),
        json!([["viewer"]]),
    ] {
        let refused = judged(&keycloak, &nested(wrong), now());
        assert_eq!(why(refused), Reason::MissingClaim);
    }
}

#[test]
fn a_path_may_cross_keys_that_have_dots_in_them() {
    let mut azure = issuer();
    azure.claims.role = "resource_access.my.client.roles".to_owned();
    azure.claims.tenant = Some("https://example.com/tenant".to_owned());
    azure.required_claims.clear();
    let claims = json!({
        "resource_access": {"my.client": {"roles": ["viewer"]}},
        "https://example.com/tenant": "acme",
    });
    let identity = judged(&azure, &claims, now()).unwrap();
    assert_eq!(identity.roles, Roles::of(&[Role::Viewer]));
    assert_eq!(identity.tenant, Some(TenantId::from("acme")));
    let hostile = json!({"resource_access": {"my": "client"}, "https://example.com/tenant": 5});
    assert_eq!(why(judged(&azure, &hostile, now())), Reason::MissingClaim);
}

#[test]
fn texts_that_could_be_mistaken_or_are_too_long_are_refused() {
    for sub in [
        json!("a\nb"),
        json!("a\u{0}"),
        json!(""),
        json!("x".repeat(1025)),
        json!(7),
        json!({"a": 1}),
        json!("-"),
    ] {
        assert_eq!(
            why(of(&json!({ "sub": sub }))),
            Reason::MissingClaim,
            "{sub}"
        );
    }
    assert!(of(&json!({"sub": "x".repeat(1024)})).is_ok());
    assert_eq!(
        why(of(&json!({"groups": [{"name": "g"}]}))),
        Reason::MissingClaim
    );
}

#[test]
fn only_scopes_that_the_gate_knows_restrict_a_token() {
    let scopes = |claim: Value| {
        let identity = of(&claim).unwrap();
        let texts: Vec<String> = identity.scopes.iter().map(|it| (**it).to_owned()).collect();
        texts
    };
    assert!(scopes(json!({"scope": "openid profile email"})).is_empty());
    assert_eq!(
        scopes(json!({"scope": "openid tools:read"})),
        ["tools:read"]
    );
    assert_eq!(
        scopes(json!({"scp": ["models:read", "x"]})),
        ["models:read"]
    );
    assert_eq!(
        scopes(json!({"scope": "tools:invoke", "scp": "tools:read"})),
        ["tools:invoke", "tools:read"]
    );
    assert_eq!(why(of(&json!({"scope": 5}))), Reason::MissingClaim);
}

#[test]
fn the_gateways_own_tokens_name_their_session() {
    let own = Issuer {
        own: true,
        ..issuer()
    };
    let identity = judged(&own, &json!({"sid": "ses_1"}), now()).unwrap();
    assert_eq!(identity.session.unwrap().as_str(), "ses_1");
    assert_eq!(why(judged(&own, &json!({}), now())), Reason::MissingClaim);
}

#[test]
fn an_enormous_skew_overflows_nothing() {
    let endless = Issuer {
        clock_skew_secs: u64::MAX,
        ..issuer()
    };
    let far = now().plus(Duration::from_secs(1 << 40));
    assert!(judged(&endless, &json!({"nbf": NOW}), far).is_ok());
}

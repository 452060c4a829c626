//! Versions and cipher suites.

use super::*;

fn names(list: &[&str]) -> Vec<String> {
    let found = cipher_suites(list).unwrap();
    let names = found.iter().map(|it| format!("{:?}", it.suite()));
    names.collect()
}

#[test]
fn suites_go_by_their_iana_names_and_tls_1_3_keeps_its_own() {
    assert_eq!(names(&[]).len(), 9);
    let of_12 = [
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    ];
    let found = names(&of_12);
    assert_eq!(found.len(), 5, "{found:?}");
    assert_eq!(found[3..], of_12);
    assert_eq!(
        names(&["TLS_AES_128_GCM_SHA256"]),
        ["TLS13_AES_128_GCM_SHA256"]
    );
}

#[test]
fn unknown_and_weak_suites_are_refused_with_the_list_of_the_accepted() {
    for wrong in [
        "TLS_RSA_WITH_AES_128_CBC_SHA",
        "TLS_RSA_WITH_RC4_128_MD5",
        "TLS_NULL_WITH_NULL_NULL",
        "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
        "ECDHE-RSA-AES256-GCM-SHA384",
        "TLS13_AES_128_GCM_SHA256",
        "",
    ] {
        let why = cipher_suites(&["TLS_AES_128_GCM_SHA256", wrong]).unwrap_err();
        assert!(why.contains(&format!("'{wrong}'")), "{why}");
        assert!(
            why.contains("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"),
            "{why}"
        );
    }
}

#[tokio::test]
async fn only_a_named_suite_is_agreed_on() {
    let authority = Authority::new("clients");
    let files = Files::new(&authority);
    let client = authority.client(7);
    let settings = |suite: &str| Tls {
        cipher_suites: vec![suite.to_owned()],
        ..files.settings(true, None)
    };
    let named = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
    let door = open(settings(named)).await;
    let config = client_config(Some(&client), &[&version::TLS12]);
    let stream = connect(&door, config).await.unwrap();
    let agreed = stream.get_ref().1.negotiated_cipher_suite().unwrap();
    assert_eq!(format!("{:?}", agreed.suite()), named);
    // Suites of TLS 1.3 alone: that is what is spoken.
    let door = open(settings("TLS_AES_128_GCM_SHA256")).await;
    for (version, enters) in [(&version::TLS12, false), (&version::TLS13, true)] {
        let config = client_config(Some(&client), &[version]);
        assert_eq!(
            enter_with(&door, config).await.is_ok(),
            enters,
            "{version:?}"
        );
    }
}

#[tokio::test]
async fn an_older_version_than_the_least_is_refused() {
    let authority = Authority::new("clients");
    let files = Files::new(&authority);
    let settings = Tls {
        min_version: TlsVersion::V13,
        cipher_suites: vec!["TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384".to_owned()],
        ..files.settings(true, None)
    };
    let door = open(settings).await;
    let client = authority.client(7);
    for (version, enters) in [(&version::TLS12, false), (&version::TLS13, true)] {
        let config = client_config(Some(&client), &[version]);
        assert_eq!(
            enter_with(&door, config).await.is_ok(),
            enters,
            "{version:?}"
        );
    }
}

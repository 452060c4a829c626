//! Who is let in, by the certificate shown.

use super::*;

#[tokio::test]
async fn a_certificate_of_the_authority_enters_in_both_versions_and_is_told_to_the_room() {
    let authority = Authority::new("clients");
    let door = open(Files::new(&authority).settings(true, None)).await;
    let client = authority.client(7);
    for version in VERSIONS {
        let config = client_config(Some(&client), &[version]);
        let body = enter_with(&door, config).await.unwrap();
        assert_eq!(body, "CN=mcp-server-01 revoked=false unchecked=false.");
    }
}

#[tokio::test]
async fn a_bad_certificate_is_refused_in_the_handshake_even_where_none_is_required() {
    let (authority, stranger) = (Authority::new("clients"), Authority::new("clients"));
    for required in [true, false] {
        let door = open(Files::new(&authority).settings(required, None)).await;
        let for_servers = authority.issue(|params| {
            params.extended_key_usages = vec![rcgen::ExtendedKeyUsagePurpose::ServerAuth];
        });
        let cases = [
            ("an unknown authority's", stranger.client(7)),
            ("expired", authority.client_within(-2 * DAY, -DAY)),
            ("not yet valid", authority.client_within(DAY, 2 * DAY)),
            ("a server's", for_servers),
        ];
        for (name, client) in cases {
            for version in VERSIONS {
                let config = client_config(Some(&client), &[version]);
                let refused = enter_with(&door, config).await;
                assert!(
                    refused.is_err(),
                    "{name}, required: {required}: {refused:?}"
                );
            }
        }
    }
}

#[tokio::test]
async fn who_shows_no_certificate_is_refused_where_one_is_required_and_else_enters_as_nobody() {
    let authority = Authority::new("clients");
    let files = Files::new(&authority);
    let strict = open(files.settings(true, None)).await;
    for version in VERSIONS {
        // In TLS 1.3 the request was sent already: the reason arrives all the same.
        let why = enter_with(&strict, client_config(None, &[version])).await;
        assert!(why.unwrap_err().contains("CertificateRequired"));
    }
    let open_to_all = open(files.settings(false, None)).await;
    assert_eq!(enter(&open_to_all, None).await.unwrap(), "nobody.");
}

#[tokio::test]
async fn a_session_is_never_resumed_where_certificates_are_verified() {
    let authority = Authority::new("clients");
    let door = open(Files::new(&authority).settings(true, None)).await;
    let client = authority.client(7);
    for version in VERSIONS {
        // One configuration: it keeps what the server gives for resumption.
        let config = client_config(Some(&client), &[version]);
        for _ in 0..3 {
            let mut stream = connect(&door, Arc::clone(&config)).await.unwrap();
            ask(&mut stream).await.unwrap();
            let kind = stream.get_ref().1.handshake_kind();
            assert_eq!(kind, Some(rustls::HandshakeKind::Full), "{version:?}");
        }
    }
}

//! Revocation lists: named, missing, wrong, and out of date.

use super::*;

const WELL: &str = "CN=mcp-server-01 revoked=false unchecked=false.";

fn body(list: &rcgen::CertificateRevocationList) -> Says {
    Says::Body(list.der().to_vec())
}

async fn guarded(authority: &Authority, required: bool, says: Says) -> (Door, ListServer, Files) {
    let server = ListServer::start(says).await;
    let files = Files::new(authority);
    let door = open(files.settings(required, Some(server.url.clone()))).await;
    (door, server, files)
}

#[tokio::test]
async fn a_certificate_on_the_list_is_refused_in_the_handshake_and_others_enter() {
    let authority = Authority::new("clients");
    let list = authority.list(&[7, 300], -60, DAY);
    for says in [body(&list), Says::Body(list.pem().unwrap().into_bytes())] {
        let (door, _server, _files) = guarded(&authority, true, says).await;
        for revoked in [7, 300] {
            let refused = enter(&door, Some(&authority.client(revoked))).await;
            let why = refused.unwrap_err();
            assert!(why.contains("CertificateRevoked"), "{why}");
        }
        assert_eq!(
            enter(&door, Some(&authority.client(8))).await.unwrap(),
            WELL
        );
    }
}

#[tokio::test]
async fn a_certificate_is_known_as_revoked_on_the_connection_that_it_had_opened() {
    let authority = Authority::new("clients");
    let (door, server, _files) =
        guarded(&authority, true, body(&authority.list(&[], -60, DAY))).await;
    let mut kept = connect(&door, client_config(Some(&authority.client(7)), &VERSIONS))
        .await
        .unwrap();
    let mut other = connect(&door, client_config(Some(&authority.client(8)), &VERSIONS))
        .await
        .unwrap();
    assert_eq!(ask(&mut kept).await.unwrap(), WELL);
    server.now_says(body(&authority.list(&[7], -30, DAY)));
    door.tls.reload().unwrap();
    loop {
        // Each answer comes; the moment the list is here, they say so.
        let said = ask(&mut kept).await.unwrap();
        if said != WELL {
            assert_eq!(said, "CN=mcp-server-01 revoked=true unchecked=false.");
            break;
        }
        tokio::task::yield_now().await;
    }
    assert_eq!(ask(&mut other).await.unwrap(), WELL);
    assert!(enter(&door, Some(&authority.client(7))).await.is_err());
}

#[tokio::test]
async fn without_a_list_that_is_in_force_every_certificate_is_refused_and_no_certificate_enters() {
    let authority = Authority::new("clients");
    let foreign = Authority::new("clients");
    let mut cut = authority.list(&[1, 2], -60, DAY).der().to_vec();
    cut.truncate(cut.len() - 9);
    let mut forged = authority.list(&[1, 2], -60, DAY).der().to_vec();
    *forged.last_mut().unwrap() ^= 1;
    let cases = [
        ("expired", body(&authority.list(&[], -2 * DAY, -60))),
        ("not yet", body(&authority.list(&[], DAY, 2 * DAY))),
        ("of another authority", body(&foreign.list(&[], -60, DAY))),
        ("cut off", Says::Body(cut)),
        ("forged", Says::Body(forged)),
        ("garbage", Says::Body(vec![0x30; 4096])),
        ("a web page", Says::Body(b"<html>gone</html>".to_vec())),
        ("empty", Says::Body(Vec::new())),
        (
            "a certificate",
            Says::Body(authority.pem().as_bytes().to_vec()),
        ),
        ("too long", Says::Body(vec![0; 11 << 20])),
        ("not found", Says::NotFound),
    ];
    for (name, says) in cases {
        let (door, _server, _files) = guarded(&authority, false, says).await;
        for version in VERSIONS {
            let config = client_config(Some(&authority.client(7)), &[version]);
            assert!(enter_with(&door, config).await.is_err(), "{name}");
        }
        assert_eq!(enter(&door, None).await.unwrap(), "nobody.", "{name}");
    }
}

#[tokio::test]
async fn a_server_of_lists_that_hangs_holds_nobody_but_certificates_up() {
    let authority = Authority::new("clients");
    let (door, server, _files) = guarded(&authority, false, Says::Nothing).await;
    assert!(enter(&door, Some(&authority.client(7))).await.is_err());
    assert_eq!(enter(&door, None).await.unwrap(), "nobody.");
    server.now_says(body(&authority.list(&[], -60, DAY)));
    door.tls.reload().unwrap();
    let client = authority.client(7);
    eventually(|| async { enter(&door, Some(&client)).await.is_ok() }).await;
}

#[tokio::test]
async fn a_bad_or_an_older_list_leaves_the_last_good_one_in_force() {
    let authority = Authority::new("clients");
    let good = authority.list(&[7], -60, DAY);
    let (door, server, _files) = guarded(&authority, true, body(&good)).await;
    let revocation = door.tls.revocation.as_ref().unwrap();
    for bad in [
        Says::Body(b"garbage".to_vec()),
        Says::NotFound,
        body(&authority.list(&[], -2 * DAY, -60)),
        // Still good, but from before the revocation: brought back by who stands between.
        body(&authority.list(&[], -3_600, DAY)),
    ] {
        server.now_says(bad);
        assert!(!revocation.refresh().await);
        assert!(enter(&door, Some(&authority.client(7))).await.is_err());
        assert_eq!(
            enter(&door, Some(&authority.client(8))).await.unwrap(),
            WELL
        );
    }
}

#[tokio::test]
async fn a_list_counts_until_its_end_and_then_no_certificate_does() {
    let authority = Authority::new("clients");
    let (door, server, _files) =
        guarded(&authority, false, body(&authority.list(&[], -60, 3))).await;
    server.now_says(Says::NotFound);
    let client = authority.client(7);
    let mut kept = connect(&door, client_config(Some(&client), &VERSIONS))
        .await
        .unwrap();
    assert_eq!(ask(&mut kept).await.unwrap(), WELL);
    eventually(|| async { enter(&door, Some(&client)).await.is_err() }).await;
    // On the connection that is open too, nobody can say any more that it was not revoked.
    let said = ask(&mut kept).await.unwrap();
    assert_eq!(said, "CN=mcp-server-01 revoked=false unchecked=true.");
    assert_eq!(enter(&door, None).await.unwrap(), "nobody.");
}

#[tokio::test]
async fn a_certificate_of_an_authority_without_a_list_is_refused() {
    let (with, without) = (Authority::new("with"), Authority::new("without"));
    let server = ListServer::start(body(&with.list(&[], -60, DAY))).await;
    let files = Files::new(&with);
    files.put("clients.pem", &[with.pem(), without.pem()].concat());
    let door = open(files.settings(true, Some(server.url.clone()))).await;
    assert_eq!(enter(&door, Some(&with.client(7))).await.unwrap(), WELL);
    assert!(enter(&door, Some(&without.client(7))).await.is_err());
    // Both lists in one document, as PEM.
    let both = [with.list(&[], -60, DAY), without.list(&[9], -60, DAY)];
    let both = both.iter().map(|it| it.pem().unwrap()).collect::<String>();
    server.now_says(Says::Body(both.into_bytes()));
    assert!(door.tls.revocation.as_ref().unwrap().refresh().await);
    assert_eq!(enter(&door, Some(&without.client(7))).await.unwrap(), WELL);
    assert!(enter(&door, Some(&without.client(9))).await.is_err());
    assert_eq!(enter(&door, Some(&with.client(9))).await.unwrap(), WELL);
}

#[tokio::test]
async fn a_list_of_an_authority_that_was_exchanged_is_dropped() {
    let (old, new) = (Authority::new("clients"), Authority::new("clients"));
    let server = ListServer::start(body(&old.list(&[], -60, DAY))).await;
    let files = Files::new(&old);
    let door = open(files.settings(true, Some(server.url.clone()))).await;
    assert!(enter(&door, Some(&old.client(7))).await.is_ok());
    files.put("clients.pem", new.pem());
    door.tls.reload().unwrap();
    assert!(enter(&door, Some(&old.client(7))).await.is_err());
    assert!(enter(&door, Some(&new.client(7))).await.is_err());
    server.now_says(body(&new.list(&[], -60, DAY)));
    assert!(door.tls.revocation.as_ref().unwrap().refresh().await);
    assert!(enter(&door, Some(&new.client(7))).await.is_ok());
}

//! Exchanging certificates while calls go on.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::*;

#[tokio::test]
async fn another_authority_takes_over_and_a_connection_that_is_open_stays() {
    let (old, new) = (Authority::new("old"), Authority::new("new"));
    let files = Files::new(&old);
    let door = open(files.settings(true, None)).await;
    let (of_old, of_new) = (old.client(1), new.client(1));
    let mut kept = connect(&door, client_config(Some(&of_old), &VERSIONS))
        .await
        .unwrap();
    ask(&mut kept).await.unwrap();
    assert!(enter(&door, Some(&of_new)).await.is_err());
    files.put("clients.pem", new.pem());
    door.tls.reload().unwrap();
    assert!(enter(&door, Some(&of_new)).await.is_ok());
    assert!(enter(&door, Some(&of_old)).await.is_err());
    assert!(ask(&mut kept).await.unwrap().contains("CN=mcp-server-01"));
}

#[tokio::test]
async fn a_bad_file_is_a_sentence_and_what_is_in_use_stays() {
    let authority = Authority::new("clients");
    let files = Files::new(&authority);
    let door = open(files.settings(true, None)).await;
    let client = authority.client(1);
    for name in ["server.pem", "server.key", "clients.pem"] {
        let before = std::fs::read_to_string(files.path(name)).unwrap();
        let cut = before.replace("-----END", "");
        for wrong in ["", "not a certificate", &cut] {
            files.put(name, wrong);
            let why = door.tls.reload().unwrap_err();
            assert!(why.contains(name), "{why}");
            assert!(enter(&door, Some(&client)).await.is_ok());
        }
        files.put(name, &before);
    }
    // A key that fits another certificate.
    files.put(
        "server.key",
        &rcgen::KeyPair::generate().unwrap().serialize_pem(),
    );
    assert!(door.tls.reload().unwrap_err().contains("server.key"));
    assert!(enter(&door, Some(&client)).await.is_ok());
    assert!(ListenerTls::open(files.settings(true, None)).is_err());
}

#[tokio::test]
async fn no_request_is_lost_while_certificates_are_exchanged_again_and_again() {
    let authority = Authority::new("clients");
    let files = Files::new(&authority);
    let door = Arc::new(open(files.settings(true, None)).await);
    let client = authority.client(1);
    let served = Arc::new(AtomicUsize::new(0));
    let over = Arc::new(AtomicBool::new(false));
    let callers: Vec<_> = (0..4)
        .map(|_| {
            let (door, client) = (Arc::clone(&door), client.clone());
            let (served, over) = (Arc::clone(&served), Arc::clone(&over));
            tokio::spawn(async move {
                let config = client_config(Some(&client), &VERSIONS);
                let mut kept = connect(&door, Arc::clone(&config)).await.unwrap();
                while !over.load(Ordering::Relaxed) {
                    ask(&mut kept).await.unwrap();
                    enter_with(&door, Arc::clone(&config)).await.unwrap();
                    served.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    let mut seen = Vec::new();
    for round in 1..=10 {
        files.new_server_certificate();
        door.tls.reload().unwrap();
        let stream = connect(&door, client_config(Some(&client), &VERSIONS)).await;
        let own = stream.unwrap().get_ref().1.peer_certificates().unwrap()[0].clone();
        assert!(!seen.contains(&own), "the new certificate is shown at once");
        seen.push(own);
        eventually(|| async { served.load(Ordering::Relaxed) >= round * 4 }).await;
    }
    over.store(true, Ordering::Relaxed);
    for caller in callers {
        caller.await.unwrap();
    }
}

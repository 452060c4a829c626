use std::net::SocketAddr;

use decide::source::Source;
use http::Method;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use super::*;

const PATIENCE: Duration = Duration::from_secs(20);

async fn within<F: Future>(future: F) -> F::Output {
    tokio::time::timeout(PATIENCE, future)
        .await
        .expect("waited too long")
}

fn snapshot(outgoing: &serde_json::Value) -> Snapshot {
    let settings = serde_json::json!({"pepper": "00".repeat(32), "outgoing": outgoing});
    let body = settings.to_string();
    let source = Source::read([("settings", "platform", body.as_bytes())]).unwrap();
    decide::compile(&source, decide::Version::default()).unwrap()
}

/// Loopback may be called, over any TLS.
fn open() -> Snapshot {
    snapshot(&serde_json::json!({
        "allow": ["127.0.0.0/8", "::1/128"], "plainHttp": true, "enforceTls13": false,
    }))
}

fn endpoint(tls: bool, host: &str, port: u16) -> Endpoint {
    Endpoint {
        tls,
        host: host.into(),
        port,
        path: "".into(),
    }
}

fn client() -> Client {
    Client::new(&Trust::default(), 4, Duration::from_secs(30)).unwrap()
}

fn call<'a>(endpoint: &'a Endpoint, repeatable: bool) -> Call<'a> {
    Call {
        endpoint,
        head: RequestHeader::build(Method::POST, b"/x", None).unwrap(),
        body: Bytes::from_static(b"{\"marker\":1}"),
        deadlines: Deadlines {
            connect: PATIENCE,
            head: PATIENCE,
            idle: PATIENCE,
        },
        repeatable,
    }
}

async fn listener() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

fn untouched(listener: &TcpListener) -> bool {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    listener.poll_accept(&mut context).is_pending()
}

async fn accept(listener: &TcpListener) -> TcpStream {
    within(listener.accept()).await.unwrap().0
}

/// Reads one request, whose body is that of [`call`].
async fn request(stream: &mut (impl AsyncRead + Unpin)) -> String {
    let mut all = Vec::new();
    while !all.ends_with(b"{\"marker\":1}") {
        assert!(within(stream.read_buf(&mut all)).await.unwrap() > 0);
    }
    String::from_utf8(all).unwrap()
}

async fn say(stream: &mut (impl AsyncWrite + Unpin), text: impl AsRef<[u8]>) {
    within(stream.write_all(text.as_ref())).await.unwrap();
    stream.flush().await.unwrap();
}

/// Calls a server that takes one request and answers with `text`, and then closes.
async fn answered(text: impl AsRef<[u8]>) -> Result<(u16, Bytes), Failure> {
    let (listener, address) = listener().await;
    let (client, snapshot) = (client(), open());
    let endpoint = endpoint(false, "127.0.0.1", address.port());
    let serving = async {
        let mut stream = accept(&listener).await;
        request(&mut stream).await;
        // Who does not want all of it may close early.
        let _ = within(stream.write_all(text.as_ref())).await;
    };
    let calling = async {
        let mut answer = client.send(&snapshot, call(&endpoint, false)).await?;
        let status = answer.status();
        Ok((status, answer.whole(1 << 20).await?))
    };
    let (result, ()) = tokio::join!(within(calling), serving);
    result
}

#[tokio::test]
async fn an_address_that_may_not_be_called_is_refused_before_connecting() {
    let (listener, address) = listener().await;
    let closed = snapshot(&serde_json::json!({"plainHttp": true}));
    let client = client();
    for host in ["127.0.0.1", "localhost", "::ffff:127.0.0.1"] {
        let endpoint = endpoint(false, host, address.port());
        let result = within(client.send(&closed, call(&endpoint, true))).await;
        assert!(matches!(result, Err(Failure::Forbidden(_))), "{host}");
    }
    assert!(untouched(&listener));
}

#[tokio::test]
async fn a_kept_connection_is_not_used_once_its_address_may_not_be_called() {
    let (listener, address) = listener().await;
    let (client, snapshot_open) = (client(), open());
    let endpoint = endpoint(false, "127.0.0.1", address.port());
    let serving = async {
        let mut stream = accept(&listener).await;
        request(&mut stream).await;
        say(
            &mut stream,
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
        )
        .await;
        stream
    };
    let calling = async {
        let mut answer = client
            .send(&snapshot_open, call(&endpoint, false))
            .await
            .unwrap();
        answer.whole(10).await.unwrap();
    };
    let ((), mut stream) = tokio::join!(calling, serving);
    let closed = snapshot(&serde_json::json!({"plainHttp": true, "enforceTls13": false}));
    let result = within(client.send(&closed, call(&endpoint, false))).await;
    assert!(matches!(result, Err(Failure::Forbidden(_))));
    assert_eq!(
        within(stream.read(&mut [0; 1])).await.unwrap(),
        0,
        "it is closed, and nothing came on it"
    );
}

#[tokio::test]
async fn a_connection_is_used_again_and_its_requests_are_framed_alike() {
    let (listener, address) = listener().await;
    let (client, snapshot) = (client(), open());
    let endpoint = endpoint(false, "127.0.0.1", address.port());
    let serving = async {
        let mut stream = accept(&listener).await;
        for _ in 0..2 {
            let seen = request(&mut stream).await.to_ascii_lowercase();
            assert!(seen.contains("\r\ncontent-length: 12\r\n"), "{seen}");
            assert!(seen.contains(&format!("\r\nhost: 127.0.0.1:{}\r\n", address.port())));
            assert!(
                !seen.contains("x-hop") && !seen.contains("connection"),
                "{seen}"
            );
            say(
                &mut stream,
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            )
            .await;
        }
    };
    let calling = async {
        for _ in 0..2 {
            let mut call = call(&endpoint, false);
            for (name, value) in [("Connection", "X-Hop, close"), ("X-Hop", "1")] {
                call.head.insert_header(name, value).unwrap();
            }
            let mut answer = client.send(&snapshot, call).await.unwrap();
            assert_eq!(answer.whole(10).await.unwrap(), "ok");
        }
    };
    tokio::join!(within(calling), serving);
    assert!(untouched(&listener), "one connection for two calls");
}

/// Two calls over one connection that the server closes once it has read the second; how the
/// second ended, and whether it was sent again.
async fn second_call(repeatable: bool, said: &str) -> (Result<u16, Failure>, bool) {
    let (listener, address) = listener().await;
    let (client, snapshot) = (client(), open());
    let endpoint = endpoint(false, "127.0.0.1", address.port());
    let again = std::cell::Cell::new(false);
    let serving = async {
        let mut stream = accept(&listener).await;
        request(&mut stream).await;
        say(
            &mut stream,
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
        )
        .await;
        request(&mut stream).await;
        say(&mut stream, said).await;
        drop(stream);
        let mut stream = accept(&listener).await;
        request(&mut stream).await;
        again.set(true);
        say(&mut stream, "HTTP/1.1 201 OK\r\nContent-Length: 0\r\n\r\n").await;
        std::future::pending::<()>().await;
    };
    let calling = async {
        let mut first = client.send(&snapshot, call(&endpoint, true)).await.unwrap();
        first.whole(10).await.unwrap();
        let second = client.send(&snapshot, call(&endpoint, repeatable)).await;
        second.map(|answer| answer.status())
    };
    let result = tokio::select! {
        result = within(calling) => result,
        () = serving => unreachable!(),
    };
    (result, again.get() || !untouched(&listener))
}

#[tokio::test]
async fn a_call_on_a_stale_connection_is_sent_twice_only_where_that_does_no_harm() {
    let (result, again) = second_call(false, "").await;
    assert!(matches!(result, Err(Failure::Broken(_))) && !again);
    let (result, again) = second_call(true, "").await;
    assert!(matches!(result, Ok(201)) && again);
}

#[tokio::test]
async fn a_call_is_not_sent_again_once_a_byte_of_an_answer_came() {
    for said in ["HTTP/1.1 20", "\0\0\0 no http\r\n\r\n"] {
        let (result, again) = second_call(true, said).await;
        assert!(matches!(result, Err(Failure::Broken(_))), "{said:?}");
        assert!(!again, "{said:?}");
    }
}

#[tokio::test]
async fn an_answer_may_be_framed_in_every_way_of_http_1() {
    for (framed, status, body) in [
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
            200,
            "hello",
        ),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\nT: 1\r\n\r\n",
            200,
            "hello",
        ),
        ("HTTP/1.1 404 No\r\n\r\nhello", 404, "hello"),
        ("HTTP/1.0 200 OK\r\n\r\nhello", 200, "hello"),
        ("HTTP/1.1 204 No Content\r\n\r\n", 204, ""),
        (
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            200,
            "ok",
        ),
    ] {
        let (seen, whole) = answered(framed).await.unwrap();
        assert_eq!((seen, &whole[..]), (status, body.as_bytes()), "{framed:?}");
    }
}

#[tokio::test]
async fn an_answer_that_is_not_whole_is_broken() {
    for framed in [
        "",
        "HTTP/1.1 200 OK\r\nContent-Len",
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    ] {
        let result = answered(framed).await;
        assert!(matches!(result, Err(Failure::Broken(_))), "{framed:?}");
    }
}

#[tokio::test]
async fn a_head_without_end_and_a_body_beyond_the_limit_are_not_taken() {
    let mut head = b"HTTP/1.1 200 OK\r\nX: ".to_vec();
    head.resize(3 << 20, b'x');
    assert!(matches!(answered(head).await, Err(Failure::Broken(_))));
    let mut body = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
    body.resize(2 << 20, b'x');
    assert!(matches!(answered(body).await, Err(Failure::Broken(_))));
}

#[tokio::test]
async fn the_wait_for_a_piece_goes_on_when_it_is_asked_for_again() {
    let (listener, address) = listener().await;
    let (client, snapshot) = (client(), open());
    let endpoint = endpoint(false, "127.0.0.1", address.port());
    let mut call = call(&endpoint, false);
    call.deadlines.idle = Duration::from_millis(300);
    let serving = async {
        let mut stream = accept(&listener).await;
        request(&mut stream).await;
        say(&mut stream, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n").await;
        stream
    };
    let (answer, _silent) = tokio::join!(client.send(&snapshot, call), serving);
    let mut answer = answer.unwrap();
    let asking = async {
        loop {
            let short = Duration::from_millis(20);
            if let Ok(result) = tokio::time::timeout(short, answer.piece()).await {
                return result;
            }
        }
    };
    assert!(matches!(within(asking).await, Err(Failure::Timeout(_))));
}

struct Tls {
    acceptor: TlsAcceptor,
    authority: tempfile::NamedTempFile,
}

fn tls(versions: &[&'static rustls::SupportedProtocolVersion]) -> Tls {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(versions)
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], PrivateKeyDer::from(key))
        .unwrap();
    let authority = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(authority.path(), made.cert.pem()).unwrap();
    Tls {
        acceptor: TlsAcceptor::from(Arc::new(config)),
        authority,
    }
}

async fn call_over_tls(
    server: &Tls,
    trusted: bool,
    snapshot: &Snapshot,
) -> (Result<u16, Failure>, std::io::Result<()>) {
    let (listener, address) = listener().await;
    let extra = trusted.then(|| server.authority.path().to_owned());
    let trust = Trust {
        extra: extra.into_iter().collect(),
    };
    let client = Client::new(&trust, 4, PATIENCE).unwrap();
    let endpoint = endpoint(true, "localhost", address.port());
    let serving = async {
        let stream = accept(&listener).await;
        let mut stream = within(server.acceptor.accept(stream)).await?;
        request(&mut stream).await;
        say(&mut stream, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
        Ok(())
    };
    let (result, served) = tokio::join!(
        within(client.send(snapshot, call(&endpoint, false))),
        serving
    );
    (result.map(|answer| answer.status()), served)
}

#[tokio::test]
async fn an_authority_of_ones_own_is_trusted_and_an_unknown_one_is_sent_nothing() {
    let server = tls(&[&rustls::version::TLS13]);
    let (result, served) = call_over_tls(&server, true, &open()).await;
    assert!(matches!(result, Ok(200)) && served.is_ok());
    let (result, served) = call_over_tls(&server, false, &open()).await;
    assert!(matches!(result, Err(Failure::Connect(_))));
    assert!(served.is_err(), "the handshake never ended");
}

#[tokio::test]
async fn where_tls_1_3_is_demanded_an_older_server_is_sent_nothing() {
    let server = tls(&[&rustls::version::TLS12]);
    let strict = snapshot(&serde_json::json!({"allow": ["127.0.0.0/8", "::1/128"]}));
    let (result, served) = call_over_tls(&server, true, &strict).await;
    assert!(matches!(result, Err(Failure::Connect(_))));
    assert!(served.is_err(), "the handshake never ended");
    let (result, _) = call_over_tls(&server, true, &open()).await;
    assert!(matches!(result, Ok(200)), "it is the version alone");
}

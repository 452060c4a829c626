use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::*;
use crate::config::{Tls, TlsClients, TlsVersion};
use crate::http::Exchange;

/// A room that shows what the listener made of a request.
struct Probe {
    gone: mpsc::UnboundedSender<()>,
    served: AtomicUsize,
}

impl Serve for Probe {
    async fn serve(&self, exchange: &mut Exchange) {
        self.served.fetch_add(1, Ordering::SeqCst);
        match exchange.path() {
            "/echo" => match exchange.body(20 << 20, Duration::from_secs(20)).await {
                Ok(body) => _ = exchange.respond(200, &[], body).await,
                Err(fault) => {
                    let body = Bytes::from(fault.code.as_str());
                    _ = exchange.respond(fault.code.http_status(), &[], body).await;
                }
            },
            "/who" => {
                let peer = exchange.peer();
                let text = format!(
                    "{} tls={} cert={}",
                    peer.address.ip(),
                    peer.tls,
                    peer.certificate.is_some()
                );
                _ = exchange.respond(200, &[], text.into()).await;
            }
            "/stream" => {
                let head = pingora_http::ResponseHeader::build(200, None).unwrap();
                _ = exchange.start(head).await;
                _ = exchange
                    .write(Bytes::from_static(b"data: 1\n\n"), false)
                    .await;
                exchange.gone().await;
                self.gone.send(()).unwrap();
            }
            _ => _ = exchange.respond(404, &[], Bytes::new()).await,
        }
    }
}

struct Door {
    address: SocketAddr,
    gone: mpsc::UnboundedReceiver<()>,
    probe: Arc<Probe>,
    stop: CancellationToken,
    task: tokio::task::JoinHandle<()>,
}

fn open(change: impl FnOnce(&mut ListenerOptions)) -> Door {
    let mut options = ListenerOptions::new("127.0.0.1:0".parse().unwrap());
    options.drain = Duration::from_secs(5);
    change(&mut options);
    let listener = Listener::bind(options).unwrap();
    let address = listener.local();
    assert_ne!(address.port(), 0, "port 0 picks a free one");
    let (sender, gone) = mpsc::unbounded_channel();
    let probe = Arc::new(Probe {
        gone: sender,
        served: AtomicUsize::new(0),
    });
    let stop = CancellationToken::new();
    let task = tokio::spawn(listener.run(Arc::clone(&probe), stop.clone()));
    Door {
        address,
        gone,
        probe,
        stop,
        task,
    }
}

async fn connect(door: &Door) -> TcpStream {
    TcpStream::connect(door.address).await.unwrap()
}

async fn say(stream: &mut TcpStream, text: impl AsRef<[u8]>) {
    stream.write_all(text.as_ref()).await.unwrap();
}

async fn until_closed(stream: &mut TcpStream) -> String {
    let mut all = Vec::new();
    let read = stream.read_to_end(&mut all);
    tokio::time::timeout(Duration::from_secs(20), read)
        .await
        .unwrap()
        .unwrap();
    String::from_utf8(all).unwrap()
}

async fn read_until(stream: &mut (impl AsyncReadExt + Unpin), end: &str) -> String {
    let mut all = Vec::new();
    loop {
        let mut piece = [0u8; 4096];
        let read = tokio::time::timeout(Duration::from_secs(20), stream.read(&mut piece));
        let count = read.await.unwrap().unwrap();
        assert!(
            count > 0,
            "closed after {:?}",
            String::from_utf8_lossy(&all)
        );
        all.extend_from_slice(&piece[..count]);
        let text = String::from_utf8_lossy(&all);
        if text.contains(end) {
            return text.into_owned();
        }
    }
}

#[tokio::test]
async fn a_kept_connection_serves_one_request_after_another_even_pipelined() {
    let door = open(|_| {});
    let mut stream = connect(&door).await;
    let one = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\none";
    let two = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\ntwo";
    say(&mut stream, one).await;
    assert!(
        read_until(&mut stream, "one")
            .await
            .starts_with("HTTP/1.1 200")
    );
    say(&mut stream, format!("{one}{two}")).await;
    let both = read_until(&mut stream, "two").await;
    assert!(both.contains("one"), "{both}");
}

#[tokio::test]
async fn a_body_of_ten_megabytes_goes_through_whole() {
    let door = open(|_| {});
    let mut stream = connect(&door).await;
    let body: Vec<u8> = (0..10u32 << 20).map(|n| (n % 251) as u8).collect();
    let head = format!(
        "POST /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let (mut read, mut write) = stream.split();
    let mut all = Vec::new();
    let sent = async {
        write.write_all(head.as_bytes()).await.unwrap();
        write.write_all(&body).await.unwrap();
    };
    let (_, result) = tokio::join!(sent, read.read_to_end(&mut all));
    result.unwrap();
    assert!(all.ends_with(&body), "{} bytes came back", all.len());
}

#[tokio::test]
async fn a_stream_arrives_while_it_is_open_and_a_client_that_leaves_is_noticed() {
    let mut door = open(|_| {});
    let mut stream = connect(&door).await;
    say(&mut stream, "GET /stream HTTP/1.1\r\nHost: a\r\n\r\n").await;
    read_until(&mut stream, "data: 1\n\n").await;
    drop(stream);
    tokio::time::timeout(Duration::from_secs(10), door.gone.recv())
        .await
        .unwrap()
        .unwrap();
}

#[tokio::test]
async fn ambiguous_framing_is_refused_before_anybody_serves_it() {
    let door = open(|_| {});
    for request in [
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, gzip\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        "GET /echo HTTP/1.1\nHost: a\n\n",
    ] {
        let mut stream = connect(&door).await;
        say(&mut stream, request).await;
        let answer = until_closed(&mut stream).await;
        assert!(answer.starts_with("HTTP/1.1 400"), "{request:?}: {answer}");
        assert!(answer.contains("invalid_framing"), "{answer}");
    }
    assert_eq!(door.probe.served.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_head_that_never_ends_or_is_too_large_is_refused() {
    let door = open(|options| options.head.deadline = Duration::from_millis(200));
    let mut slow = connect(&door).await;
    say(&mut slow, "GET / HTTP/1.1\r\nHost: a\r\n").await;
    assert!(until_closed(&mut slow).await.starts_with("HTTP/1.1 408"));
    let mut large = connect(&door).await;
    say(
        &mut large,
        format!("GET / HTTP/1.1\r\nA: {}\r\n\r\n", "x".repeat(70_000)),
    )
    .await;
    assert!(until_closed(&mut large).await.starts_with("HTTP/1.1 431"));
    let mut silent = connect(&door).await;
    assert_eq!(until_closed(&mut silent).await, "");
}

#[tokio::test]
async fn two_thousand_slow_connections_don_t_keep_others_out() {
    let door = open(|options| options.head.deadline = Duration::from_secs(2));
    let mut slow = Vec::new();
    for _ in 0..2_000 {
        let mut stream = connect(&door).await;
        say(&mut stream, "GET / HT").await;
        slow.push(stream);
    }
    let mut stream = connect(&door).await;
    say(
        &mut stream,
        "GET /who HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    )
    .await;
    assert!(until_closed(&mut stream).await.contains("127.0.0.1"));
    for mut stream in slow {
        assert!(until_closed(&mut stream).await.starts_with("HTTP/1.1 408"));
    }
}

#[tokio::test]
async fn a_body_beyond_the_limit_gets_its_answer_although_it_was_not_read() {
    let door = open(|_| {});
    let mut stream = connect(&door).await;
    say(
        &mut stream,
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 104857600\r\n\r\n",
    )
    .await;
    let answer = read_until(&mut stream, "input_too_large").await;
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
}

#[tokio::test]
async fn the_proxy_protocol_is_believed_from_configured_addresses_alone() {
    let trusting =
        open(|options| options.proxy_protocol_from = vec!["127.0.0.0/8".parse().unwrap()]);
    let request = "GET /who HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    let mut first = connect(&trusting).await;
    say(
        &mut first,
        format!("PROXY TCP4 203.0.113.7 10.0.0.1 4711 443\r\n{request}"),
    )
    .await;
    assert!(until_closed(&mut first).await.contains("203.0.113.7"));

    let mut second = connect(&trusting).await;
    let mut v2 = b"\r\n\r\n\0\r\nQUIT\n\x21\x11\x00\x0c".to_vec();
    v2.extend_from_slice(&[203, 0, 113, 8, 10, 0, 0, 1, 0x12, 0x67, 1, 0xbb]);
    // In two parts: a header may arrive cut anywhere.
    say(&mut second, &v2[..9]).await;
    tokio::task::yield_now().await;
    say(&mut second, [&v2[9..], request.as_bytes()].concat()).await;
    assert!(until_closed(&mut second).await.contains("203.0.113.8"));

    let mut without = connect(&trusting).await;
    say(&mut without, request).await;
    assert_eq!(
        until_closed_or_reset(&mut without).await,
        "",
        "a configured proxy must say so"
    );

    let strict = open(|_| {});
    let mut liar = connect(&strict).await;
    say(
        &mut liar,
        format!("PROXY TCP4 203.0.113.7 10.0.0.1 4711 443\r\n{request}"),
    )
    .await;
    assert!(until_closed(&mut liar).await.starts_with("HTTP/1.1 400"));
}

async fn until_closed_or_reset(stream: &mut TcpStream) -> String {
    let mut all = Vec::new();
    let _ = stream.read_to_end(&mut all).await;
    String::from_utf8(all).unwrap()
}

struct Authority {
    dir: tempfile::TempDir,
}

impl Authority {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        crate::certs::ensure(dir.path(), &["client".to_owned()], crate::clock::now()).unwrap();
        Self { dir }
    }

    fn server(&self, client_required: bool, min_version: TlsVersion) -> Arc<ListenerTls> {
        let clients = TlsClients {
            ca: self.dir.path().join("ca.pem"),
            required: client_required,
            crl: None,
        };
        let tls = ListenerTls::open(Tls {
            cert: self.dir.path().join("control-plane.pem"),
            key: self.dir.path().join("control-plane.key"),
            min_version,
            cipher_suites: Vec::new(),
            clients: Some(clients),
        });
        Arc::new(tls.unwrap())
    }

    fn client(&self, shows_certificate: bool, alpn: &[&[u8]], tls12: bool) -> rustls::ClientConfig {
        let mut roots = rustls::RootCertStore::empty();
        let ca = CertificateDer::from_pem_file(self.dir.path().join("ca.pem")).unwrap();
        roots.add(ca).unwrap();
        let versions: &[&rustls::SupportedProtocolVersion] = if tls12 {
            &[&rustls::version::TLS12]
        } else {
            &[&rustls::version::TLS13]
        };
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = rustls::ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(versions)
            .unwrap()
            .with_root_certificates(roots);
        let mut config = if shows_certificate {
            let cert = CertificateDer::from_pem_file(self.dir.path().join("client.pem")).unwrap();
            let key = PrivateKeyDer::from_pem_file(self.dir.path().join("client.key")).unwrap();
            builder.with_client_auth_cert(vec![cert], key).unwrap()
        } else {
            builder.with_no_client_auth()
        };
        config.alpn_protocols = alpn.iter().map(|it| it.to_vec()).collect();
        config
    }
}

async fn tls_connect(
    door: &Door,
    config: rustls::ClientConfig,
) -> std::io::Result<tokio_rustls::client::TlsStream<TcpStream>> {
    let name = ServerName::try_from("localhost").unwrap();
    tokio_rustls::TlsConnector::from(Arc::new(config))
        .connect(name, connect(door).await)
        .await
}

#[tokio::test]
async fn a_client_certificate_is_asked_for_and_shown_to_the_room() {
    let authority = Authority::new();
    let tls = authority.server(true, TlsVersion::V12);
    let door = open(|options| options.tls = Some(tls));
    let mut stream = tls_connect(&door, authority.client(true, &[b"http/1.1"], false))
        .await
        .unwrap();
    stream
        .write_all(b"GET /who HTTP/1.1\r\nHost: a\r\n\r\n")
        .await
        .unwrap();
    read_until(&mut stream, "tls=true cert=true").await;
    // In TLS 1.3 the refusal of a missing certificate arrives with the first read.
    let refused = match tls_connect(&door, authority.client(false, &[b"http/1.1"], false)).await {
        Err(_) => true,
        Ok(mut stream) => {
            let _ = stream
                .write_all(b"GET /who HTTP/1.1\r\nHost: a\r\n\r\n")
                .await;
            let mut piece = [0u8; 64];
            !matches!(stream.read(&mut piece).await, Ok(count) if count > 0)
        }
    };
    assert!(refused);
    assert_eq!(door.probe.served.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn tls_1_2_is_refused_where_1_3_is_enforced() {
    let authority = Authority::new();
    for (least, enters) in [(TlsVersion::V13, false), (TlsVersion::V12, true)] {
        let tls = authority.server(false, least);
        let door = open(|options| options.tls = Some(tls));
        let tried = tls_connect(&door, authority.client(false, &[], true)).await;
        assert_eq!(tried.is_ok(), enters, "{least:?}");
    }
}

#[tokio::test]
async fn http_2_is_served_over_tls_and_with_prior_knowledge() {
    let authority = Authority::new();
    let tls = authority.server(false, TlsVersion::V12);
    let secure = open(|options| options.tls = Some(tls));
    let plain = open(|_| {});
    let tls = tls_connect(&secure, authority.client(false, &[b"h2"], false))
        .await
        .unwrap();
    assert_eq!(echo_http2(TokioIo::new(tls), "https").await, 1 << 20);
    assert_eq!(
        echo_http2(TokioIo::new(connect(&plain).await), "http").await,
        1 << 20
    );
}

#[tokio::test]
async fn an_http_2_connection_that_says_nothing_more_is_closed() {
    let door = open(|options| {
        options.head.deadline = Duration::from_millis(300);
        options.head.idle = Duration::from_millis(300);
    });
    let preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    let mut stalled = connect(&door).await;
    // The preface without the settings that must follow it.
    stalled.write_all(preface).await.unwrap();
    let mut all = Vec::new();
    let closed = stalled.read_to_end(&mut all);
    tokio::time::timeout(Duration::from_secs(20), closed)
        .await
        .unwrap()
        .unwrap();

    let io = TokioIo::new(connect(&door).await);
    let (mut sender, connection) = hyper::client::conn::http2::handshake(TokioExecutor::new(), io)
        .await
        .unwrap();
    let ended = tokio::spawn(connection);
    let request = http::Request::get("http://localhost/who")
        .body(Full::new(Bytes::new()))
        .unwrap();
    assert_eq!(sender.send_request(request).await.unwrap().status(), 200);
    // The sender is kept: it is the listener that ends the idle connection.
    tokio::time::timeout(Duration::from_secs(20), ended)
        .await
        .unwrap()
        .unwrap()
        .unwrap();
    drop(sender);
}

async fn echo_http2<S>(io: TokioIo<S>, scheme: &str) -> usize
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) = hyper::client::conn::http2::handshake(TokioExecutor::new(), io)
        .await
        .unwrap();
    tokio::spawn(connection);
    let request = http::Request::post(format!("{scheme}://localhost/echo"))
        .body(Full::new(Bytes::from(vec![7u8; 1 << 20])))
        .unwrap();
    let answer = sender.send_request(request).await.unwrap();
    assert_eq!(answer.status(), 200);
    answer.into_body().collect().await.unwrap().to_bytes().len()
}

#[tokio::test]
async fn a_shutdown_lets_a_request_in_flight_finish_and_closes_idle_connections() {
    let door = open(|_| {});
    let mut idle = connect(&door).await;
    say(&mut idle, "GET /who HTTP/1.1\r\nHost: a\r\n\r\n").await;
    read_until(&mut idle, "127.0.0.1").await;
    let mut busy = connect(&door).await;
    say(
        &mut busy,
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nha",
    )
    .await;
    while door.probe.served.load(Ordering::SeqCst) < 2 {
        tokio::task::yield_now().await;
    }
    door.stop.cancel();
    assert_eq!(until_closed(&mut idle).await, "");
    say(&mut busy, "lf").await;
    assert!(until_closed(&mut busy).await.ends_with("half"));
    tokio::time::timeout(Duration::from_secs(10), door.task)
        .await
        .unwrap()
        .unwrap();
    assert!(TcpStream::connect(door.address).await.is_err());
}

//! Connections that mean no good.

use std::time::Duration;

use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::house::{House, Place};
use super::on_both;

on_both!(characters_that_no_database_keeps_break_nothing);

/// PostgreSQL keeps no NUL in a text.
async fn characters_that_no_database_keeps_break_nothing(place: Place) {
    let house = House::build(&place).await;
    for path in [
        "/admin/v1/users/a%00b",
        "/admin/v1/users?cursor=%00",
        "/admin/v1/users?tenant_id=%00",
        "/admin/v1/audit/events?tenant_id=%00",
        "/admin/v1/audit/events?event_type=%00",
        "/admin/v1/tenants/a%00b/keys",
        "/api/v1/auth/keys/%00",
        "/admin/v1/break-glass/a%00b",
    ] {
        let answer = house.get(path).await;
        assert!(
            answer.status < 500,
            "{path}: {} {}",
            answer.status,
            answer.code()
        );
    }
    let nul = json!({"id": "p\u{0}", "issuer": "https://i\u{0}", "roles": ["viewer"]});
    let entered = house.post("/admin/v1/users", nul).await;
    assert_eq!(entered.status, 400, "{}", entered.code());
    let given = json!({"userId": "p\u{0}", "reason": "an emergency\u{0}", "durationSeconds": 60});
    assert!(house.post("/admin/v1/break-glass", given).await.status < 500);
    let refresh = json!({"refresh_token": "gwr_\u{0}"});
    assert!(house.post("/api/v1/auth/refresh", refresh).await.status < 500);
    house.close().await;
}

/// Reads until the other side closes, at most 30 s; what was said before that.
async fn until_closed(mut stream: TcpStream) -> String {
    let mut said = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(30), stream.read_to_end(&mut said));
    match read.await {
        Ok(_) => String::from_utf8_lossy(&said).into_owned(),
        Err(_) => panic!("the connection stayed open"),
    }
}

#[tokio::test]
async fn who_never_finishes_the_headers_is_left() {
    let place = Place::sqlite();
    let house = House::build(&place).await;
    let connect = async |text: &str| {
        let mut stream = TcpStream::connect(house.running.rest).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        stream
    };
    let silent = connect("").await;
    let halting = connect("GET /health HTTP/1.1\r\nHost: x\r\nX-A: ").await;
    let other = house.get("/admin/v1/tenants").await;
    other.expect(200);
    tokio::join!(until_closed(silent), until_closed(halting));
    house.close().await;
}

#[tokio::test]
async fn headers_have_an_end() {
    let place = Place::sqlite();
    let house = House::build(&place).await;
    let mut many = "GET /health HTTP/1.1\r\nHost: x\r\n".to_owned();
    for number in 0..200 {
        many.push_str(&format!("X-{number}: 1\r\n"));
    }
    let long = format!(
        "GET /health HTTP/1.1\r\nHost: x\r\nX-A: {}\r\n",
        "a".repeat(100 << 10)
    );
    for text in [many, long] {
        let mut stream = TcpStream::connect(house.running.rest).await.unwrap();
        // The other side may close before all of it is sent.
        let _ = stream.write_all(text.as_bytes()).await;
        let _ = stream.write_all(b"\r\n").await;
        let mut head = [0u8; 12];
        let said = stream.read_exact(&mut head).await;
        if said.is_ok() {
            assert_eq!(&head, b"HTTP/1.1 431", "{} bytes", text.len());
        }
    }
    house.get("/health").await.expect(200);
    house.close().await;
}

#[tokio::test]
async fn a_shutdown_answers_what_is_open_and_closes_what_is_idle() {
    let place = Place::sqlite();
    let house = House::build(&place).await;
    let idle = TcpStream::connect(house.running.rest).await.unwrap();
    let body = json!({"id": "acme"}).to_string();
    let mut open = TcpStream::connect(house.running.rest).await.unwrap();
    let head = format!(
        "POST /admin/v1/tenants HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\n\
         Content-Length: {}\r\nExpect: 100-continue\r\n\r\n",
        house.token,
        body.len()
    );
    open.write_all(head.as_bytes()).await.unwrap();
    // The call has reached its endpoint when the body is asked for.
    let mut asked = [0u8; 25];
    open.read_exact(&mut asked).await.unwrap();
    assert_eq!(&asked[..21], b"HTTP/1.1 100 Continue");
    house.stop.cancel();
    let ended = tokio::spawn(house.running.wait());
    open.write_all(body.as_bytes()).await.unwrap();
    let said = until_closed(open).await;
    assert!(said.starts_with("HTTP/1.1 201"), "{said}");
    drop(idle);
    ended.await.unwrap().unwrap();
}

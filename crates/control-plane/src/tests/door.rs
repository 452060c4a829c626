//! The administration's listener: what it asks for, what it refuses, who may call from a page.

use std::time::Duration;

use runtime::door::Door;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::house::{House, Place, listener, options};

async fn house(place: &Place, settings: &str) -> House {
    let listener = listener(settings);
    let rest = Door::bind(&listener, Duration::from_secs(5)).unwrap();
    let options = crate::Options {
        rest,
        listener,
        ..options(place).await
    };
    House::build_with(options).await
}

async fn say(house: &House, text: &str) -> String {
    let mut stream = TcpStream::connect(house.running.rest).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut answer = String::new();
    let read = stream.read_to_string(&mut answer);
    tokio::time::timeout(Duration::from_secs(20), read)
        .await
        .unwrap()
        .unwrap();
    answer
}

#[tokio::test]
async fn a_page_of_a_listed_origin_may_call_and_its_preflight_needs_no_token() {
    let place = Place::sqlite();
    let house = house(
        &place,
        "address: 127.0.0.1:0, cors: {origins: [https://console.example.com]}",
    )
    .await;
    let preflight = |origin: &'static str| {
        let headers = [
            ("origin", origin),
            ("access-control-request-method", "POST"),
            ("access-control-request-headers", "authorization"),
        ];
        let house = &house;
        async move {
            house
                .raw("OPTIONS", "/admin/v1/tenants", &headers, Vec::new())
                .await
        }
    };
    let allow = "access-control-allow-origin";
    let listed = preflight("https://console.example.com").await;
    assert_eq!(listed.status, 200);
    assert_eq!(listed.headers[allow], "https://console.example.com");
    let stranger = preflight("https://evil.example.com").await;
    assert!(!stranger.headers.contains_key(allow));
    house.close().await;
}

#[tokio::test]
async fn ambiguous_framing_is_refused_before_anybody_looks_at_it() {
    let place = Place::sqlite();
    let house = house(&place, "address: 127.0.0.1:0").await;
    let answer = say(
        &house,
        "POST /admin/v1/tenants HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\
         Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    )
    .await;
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    assert!(answer.contains("invalid_framing"), "{answer}");
    house.close().await;
}

#[tokio::test]
async fn a_stranger_is_refused_without_waiting_for_the_body() {
    let place = Place::sqlite();
    let house = house(&place, "address: 127.0.0.1:0").await;
    let answer = say(
        &house,
        "POST /admin/v1/tenants HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\
         Content-Length: 1000\r\n\r\n",
    )
    .await;
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    house.close().await;
}

#[tokio::test]
async fn the_largest_body_is_what_the_listener_says() {
    let place = Place::sqlite();
    let house = house(&place, "address: 127.0.0.1:0, max-body: 100B").await;
    let body = serde_json::json!({"id": "small", "name": "x".repeat(200)});
    let refused = house.post("/admin/v1/tenants", body).await;
    assert_eq!(refused.status, 413);
    let taken = house
        .post("/admin/v1/tenants", serde_json::json!({"id": "small"}))
        .await;
    assert_eq!(taken.status, 201);
    house.close().await;
}

#[tokio::test]
async fn a_forwarded_address_is_believed_from_listed_proxies_alone() {
    let place = Place::sqlite();
    for (settings, expected) in [
        ("address: 127.0.0.1:0", "127.0.0.1"),
        (
            "address: 127.0.0.1:0, trusted-proxies: [127.0.0.0/8]",
            "203.0.113.9",
        ),
    ] {
        let house = house(&place, settings).await;
        let headers = [("x-forwarded-for", "203.0.113.9")];
        let body = serde_json::json!({"id": expected.replace('.', "-")});
        let made = house
            .call("POST", "/admin/v1/tenants", &headers, Some(body))
            .await;
        assert_eq!(made.status, 201);
        let path = "/admin/v1/audit/events?event_type=TENANT_CREATED&limit=1";
        let deadline = tokio::time::Instant::now() + Duration::from_secs(10);
        loop {
            let listed = house.get(path).await;
            let address = listed.json()["items"][0]["payload"]["ip_address"].clone();
            if address == expected {
                break;
            }
            assert!(tokio::time::Instant::now() < deadline, "{address}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        house.close().await;
    }
}

use super::*;

const JWT: &str = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln";

/// A request that is being put together.
struct Asking {
    method: Method,
    headers: HeaderMap,
    query: &'static str,
    tls: bool,
    sources: Vec<TokenSource>,
    cors: Cors,
}

/// The sources of the second seed's `auth-jwt.yaml`.
fn seed_sources() -> Vec<TokenSource> {
    vec![
        header("Authorization", "Bearer"),
        TokenSource::Query("access_token".to_owned()),
        TokenSource::Cookie("auth_token".to_owned()),
    ]
}

fn header(name: &str, scheme: &str) -> TokenSource {
    TokenSource::Header {
        name: name.to_owned(),
        scheme: scheme.to_owned(),
    }
}

fn get(headers: &[(&str, &str)]) -> Asking {
    let mut asking = Asking {
        method: Method::GET,
        headers: HeaderMap::new(),
        query: "",
        tls: false,
        sources: seed_sources(),
        cors: Cors {
            origins: vec!["https://app.example.com".to_owned()],
            credentials: true,
        },
    };
    for (name, value) in headers {
        let name: http::HeaderName = name.parse().unwrap();
        asking.headers.append(name, value.parse().unwrap());
    }
    asking
}

impl Asking {
    fn presented(&self) -> Presented {
        let request = Request {
            method: &self.method,
            headers: &self.headers,
            query: self.query,
            tls: self.tls,
        };
        let mut found = Presented::default();
        request.authorization(&self.sources, &mut found);
        request.key_headers("X-Gate-Key", &mut found);
        for source in &self.sources {
            request.source(source, &self.cors, &mut found);
        }
        found
    }

    fn tokens(&self) -> Vec<String> {
        shown(&self.presented().tokens)
    }

    fn keys(&self) -> Vec<String> {
        shown(&self.presented().keys)
    }
}

fn shown(list: &[(Arc<str>, SecretString)]) -> Vec<String> {
    let one = |(place, text): &(Arc<str>, SecretString)| format!("{place}={}", text.expose());
    list.iter().map(one).collect()
}

fn key() -> String {
    let random: Vec<u8> = (0..200u8).collect();
    key::form("gw_", &random).unwrap().text.expose().to_owned()
}

#[test]
fn a_bearer_credential_is_a_key_or_a_token_by_its_form() {
    let bearer = |text: &str| get(&[("authorization", &format!("bEaReR  {text} "))]);
    assert_eq!(bearer(JWT).tokens(), [format!("authorization={JWT}")]);
    assert_eq!(bearer(JWT).keys(), Vec::<String>::new());
    assert_eq!(bearer(&key()).keys(), [format!("authorization={}", key())]);
    assert_eq!(bearer(&key()).tokens(), Vec::<String>::new());
    for cut in [
        "eyJhbGciOiJSUzI1NiJ9",
        "eyJhbGciOiJSUzI1NiJ9.eyJz",
        "a.b.c.d.e",
        "ey.ey.",
    ] {
        assert_eq!(bearer(cut).tokens(), [format!("authorization={cut}")]);
    }
}

#[test]
fn what_is_in_authorization_and_is_neither_counts_as_a_wrong_key() {
    for text in ["Basic YTpi", "Bearer", "", "Negotiate x", JWT, "\u{e9}"] {
        let asking = get(&[("authorization", text)]);
        assert_eq!(asking.keys(), ["authorization="], "{text}");
        assert!(asking.tokens().is_empty());
    }
}

#[test]
fn a_token_stands_only_where_the_configuration_says() {
    let mut asking = get(&[("authorization", &format!("Bearer {JWT}")), ("x-jwt", JWT)]);
    asking.sources = vec![header("X-JWT", "")];
    assert_eq!(asking.tokens(), [format!("X-JWT={JWT}")]);
    assert_eq!(asking.keys(), [format!("authorization={JWT}")]);
    asking.sources = Vec::new();
    assert_eq!(asking.tokens(), [format!("authorization={JWT}")]);
}

#[test]
fn a_header_has_its_scheme_before_the_token() {
    let of = |name: &str, scheme: &str, value: &str| {
        let mut asking = get(&[(name, value)]);
        asking.sources = vec![header(name, scheme)];
        asking.tokens()
    };
    assert_eq!(of("x-auth", "JWT", "jwt a.b.c"), ["x-auth=a.b.c"]);
    assert_eq!(of("x-auth", "", " a.b.c "), ["x-auth=a.b.c"]);
    assert_eq!(
        of("authorization", "JWT", "JWT a.b.c"),
        ["authorization=a.b.c"]
    );
    assert_eq!(
        of("authorization", "", JWT),
        [format!("authorization={JWT}")]
    );
    for wrong in ["a.b.c", "Basic a.b.c", "JWTa.b.c", "JWT"] {
        assert_eq!(
            of("x-auth", "JWT", wrong),
            ["x-auth="],
            "{wrong}: present, and refused"
        );
    }
}

#[test]
fn the_same_text_in_two_places_counts_once_and_another_is_kept() {
    let bearer = format!("Bearer {JWT}");
    let mut asking = get(&[
        ("authorization", &bearer),
        ("authorization", &bearer),
        ("accept", "text/event-stream"),
        (
            "cookie",
            &format!("auth_token={JWT}; other=1; auth_token=a.b.c"),
        ),
        ("x-api-key", "k1"),
        ("x-gate-key", "k1"),
        ("x-gate-key", "k2"),
    ]);
    asking.query = "access_token=eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln";
    assert_eq!(
        asking.tokens(),
        [format!("authorization={JWT}"), "cookie=a.b.c".to_owned()]
    );
    assert_eq!(asking.keys(), ["X-Gate-Key=k1", "X-Gate-Key=k2"]);
}

#[test]
fn a_query_carries_a_token_only_where_a_browser_opens_a_stream() {
    let with = |method: Method, accept: &str| {
        let mut asking = get(&[("accept", accept)]);
        asking.method = method;
        asking.query = "a=b&access_token=a.b%2Ec&api_key=gw_x";
        asking.presented()
    };
    for accept in [
        "text/event-stream",
        "application/json, Text/Event-Stream;q=0.5",
    ] {
        let found = with(Method::GET, accept);
        assert_eq!(shown(&found.tokens), ["query=a.b.c"]);
        assert!(found.keys.is_empty(), "keys never stand there");
    }
    for (method, accept) in [
        (Method::POST, "text/event-stream"),
        (Method::GET, "application/json"),
        (Method::GET, "*/*"),
        (Method::GET, "x-text/event-stream"),
    ] {
        assert!(
            with(method.clone(), accept).tokens.is_empty(),
            "{method} {accept}"
        );
    }
}

#[test]
fn a_cookie_counts_on_requests_of_the_own_page_and_of_listed_origins() {
    let count = |headers: &[(&str, &str)], tls: bool| {
        let mut asking = get(headers);
        asking
            .headers
            .insert("cookie", "auth_token=a.b.c".parse().unwrap());
        asking
            .headers
            .insert("host", "gate.example.com".parse().unwrap());
        asking.tls = tls;
        asking.tokens().len()
    };
    let own = ("origin", "https://gate.example.com");
    for headers in [
        &[][..],
        &[own],
        &[("sec-fetch-site", "same-origin")],
        &[("sec-fetch-site", "same-origin"), own],
        &[("sec-fetch-site", "none")],
        &[
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://app.example.com"),
        ],
        &[("origin", "https://app.example.com")],
    ] {
        assert_eq!(count(headers, true), 1, "{headers:?}");
    }
    for headers in [
        &[("sec-fetch-site", "cross-site")][..],
        &[("sec-fetch-site", "same-site")],
        &[
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://evil.example"),
        ],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("origin", "*")],
        &[("origin", "http://gate.example.com")],
        &[("origin", "https://gate.example.com.evil.example")],
        &[("origin", "https://gate.example.com:444")],
    ] {
        assert_eq!(count(headers, true), 0, "{headers:?}");
    }
    assert_eq!(count(&[("origin", "http://gate.example.com")], false), 1);
}

#[test]
fn an_origin_that_may_not_send_cookies_is_not_listed_for_them() {
    let mut asking = get(&[
        ("cookie", "auth_token=a.b.c"),
        ("host", "gate.example.com"),
        ("origin", "https://app.example.com"),
    ]);
    assert_eq!(asking.tokens().len(), 1);
    asking.cors.credentials = false;
    assert_eq!(asking.tokens().len(), 0);
    asking.cors.credentials = true;
    asking.cors.origins.push("*".to_owned());
    assert_eq!(asking.tokens().len(), 0);
}

#[test]
fn headers_by_which_somebody_says_who_they_are_prove_nothing() {
    let found = get(&[
        ("x-user-id", "root"),
        ("x-user-role", "org-admin"),
        ("x-forwarded-user", "root"),
        ("x-forwarded-email", "root@example.com"),
        ("x-forwarded-access-token", JWT),
        ("x-auth-request-user", "root"),
        ("x-remote-user", "root"),
        ("x-client-cert", "MIIB"),
        ("x-forwarded-client-cert", "By=x;Subject=\"CN=root\""),
        ("x-ssl-client-s-dn", "CN=root"),
    ])
    .presented();
    assert!(found.keys.is_empty() && found.tokens.is_empty() && found.certificate.is_none());
}

#[test]
fn thousands_of_credentials_cost_no_more_than_a_few_and_still_conflict() {
    let cookie: Vec<String> = (0..5_000).map(|it| format!("auth_token=t{it}")).collect();
    let keys: Vec<String> = (0..100).map(|it| format!("k{it}")).collect();
    let mut headers = vec![("cookie", cookie.join("; "))];
    headers.extend(keys.into_iter().map(|it| ("x-api-key", it)));
    let headers: Vec<(&str, &str)> = headers.iter().map(|(name, it)| (*name, &**it)).collect();
    let found = get(&headers).presented();
    assert_eq!((found.tokens.len(), found.keys.len()), (MOST, MOST));
}

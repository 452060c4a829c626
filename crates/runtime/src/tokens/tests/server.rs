//! An identity provider's web server, as far as keys go.

use std::collections::HashMap;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::*;

/// What is answered at a path.
#[derive(Clone)]
pub enum Answers {
    /// This status and body.
    With(u16, String),
    /// A redirect.
    Elsewhere(String),
    /// Nothing, ever.
    Never,
}

#[derive(Default)]
struct Script {
    answers: HashMap<String, Answers>,
    asked: HashMap<String, usize>,
}

pub struct Server {
    origin: String,
    script: Arc<Mutex<Script>>,
}

impl Server {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let script = Arc::new(Mutex::new(Script::default()));
        let shared = Arc::clone(&script);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&shared)));
            }
        });
        Self { origin, script }
    }

    /// A server whose `/jwks` has these keys.
    pub async fn with(pairs: &[&Pair]) -> Self {
        let server = Self::start().await;
        server.at("/jwks", Answers::With(200, jwks(pairs)));
        server
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    pub fn at(&self, path: &str, answers: Answers) {
        self.script.lock().answers.insert(path.to_owned(), answers);
    }

    /// How often `path` was asked for.
    pub fn asked(&self, path: &str) -> usize {
        self.script.lock().asked.get(path).copied().unwrap_or(0)
    }

    pub async fn asked_for(&self, path: &str, times: usize) {
        within(async {
            while self.asked(path) < times {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        })
        .await;
    }
}

async fn serve(mut stream: TcpStream, script: Arc<Mutex<Script>>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read_buf(&mut head).await.unwrap_or(0) == 0 {
            return;
        }
    }
    let head = String::from_utf8(head).unwrap();
    let path = head.split(' ').nth(1).unwrap().to_owned();
    let answers = {
        let mut script = script.lock();
        *script.asked.entry(path.clone()).or_default() += 1;
        script.answers.get(&path).cloned()
    };
    let (status, extra, body) = match answers {
        Some(Answers::With(status, body)) => (status, String::new(), body),
        Some(Answers::Elsewhere(to)) => (302, format!("Location: {to}\r\n"), String::new()),
        Some(Answers::Never) => return std::future::pending().await,
        None => (404, String::new(), String::new()),
    };
    let length = body.len();
    let answer = format!(
        "HTTP/1.1 {status} X\r\nContent-Length: {length}\r\nConnection: close\r\n{extra}\r\n{body}"
    );
    let _ = stream.write_all(answer.as_bytes()).await;
}

//! A provider that a story scripts: it answers in OpenAI's dialect, or in any wrong way.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

use super::wait::{eventually, pause};

/// A request as the provider got it.
#[derive(Clone, Debug)]
pub struct Received {
    /// Such as `/v1/chat/completions`.
    pub path: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, whole.
    pub body: Vec<u8>,
}

impl Received {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The first header of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(it, _)| it == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The model that was asked for.
    pub fn model(&self) -> String {
        self.json()["model"].as_str().unwrap_or_default().to_owned()
    }
}

/// The connection to the gate, on which a script answers. Its end closes the connection.
pub struct Wire(TcpStream);

impl Wire {
    /// Writes these bytes as they are; false when the gate is gone.
    pub fn write(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        self.0.write_all(bytes.as_ref()).is_ok()
    }

    /// A whole answer.
    pub fn answer(&mut self, status: u16, content_type: &str, body: &str) -> bool {
        let length = body.len();
        self.write(format!(
            "HTTP/1.1 {status} Scripted\r\ncontent-type: {content_type}\r\ncontent-length: {length}\r\n\r\n{body}"
        ))
    }

    /// A whole answer in JSON.
    pub fn json(&mut self, status: u16, body: &Value) -> bool {
        self.answer(status, "application/json", &body.to_string())
    }

    /// The head of a stream of events in chunks.
    pub fn open_stream(&mut self) -> bool {
        self.write("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n")
    }

    /// One event of a stream, as one chunk.
    pub fn event(&mut self, data: &str) -> bool {
        let event = format!("data: {data}\n\n");
        self.write(format!("{:x}\r\n{event}\r\n", event.len()))
    }

    /// The proper end of a stream.
    pub fn close_stream(&mut self) -> bool {
        self.event("[DONE]") && self.write("0\r\n\r\n")
    }

    /// Says nothing until the gate hangs up: true if it did within half a minute.
    pub fn hang(&mut self) -> bool {
        let _ = self.0.set_read_timeout(Some(Duration::from_secs(30)));
        let mut byte = [0; 1];
        matches!(self.0.read(&mut byte), Ok(0))
            || matches!(self.0.read(&mut byte), Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset)
    }

    /// Breaks the connection off.
    pub fn cut(&mut self) {
        let _ = self.0.shutdown(std::net::Shutdown::Both);
    }

    /// Lets time pass.
    pub fn pause(&self, span: Duration) {
        pause(span);
    }

    /// What a well-behaved provider says.
    pub fn well(&mut self, request: &Received) -> bool {
        let asked = request.json();
        if request.path.ends_with("/embeddings") {
            return self.json(200, &embedding(&request.model()));
        }
        if asked["stream"] != json!(true) {
            return self.json(200, &completion(&request.model(), "Hello from upstream."));
        }
        let opened = self.open_stream();
        for (index, word) in ["Hello", " from", " upstream", "."].iter().enumerate() {
            self.event(&chunk(&request.model(), index, word).to_string());
        }
        let mut last = chunk(&request.model(), 1, "");
        last["choices"][0] = json!({"index": 0, "delta": {}, "finish_reason": "stop"});
        self.event(&last.to_string());
        last["choices"] = json!([]);
        last["usage"] = usage();
        self.event(&last.to_string());
        opened && self.close_stream()
    }
}

/// A running provider.
pub struct MockUpstream {
    port: u16,
    received: Arc<Mutex<Vec<Received>>>,
}

impl MockUpstream {
    /// Starts one that answers each request by `script`.
    pub fn start(script: impl Fn(&Received, &mut Wire) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let received = Arc::new(Mutex::new(Vec::new()));
        let (log, script) = (Arc::clone(&received), Arc::new(script));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (log, script) = (Arc::clone(&log), Arc::clone(&script));
                std::thread::spawn(move || serve(stream, &log, script.as_ref()));
            }
        });
        Self { port, received }
    }

    /// Starts one that behaves.
    pub fn well_behaved() -> Self {
        Self::start(|request, wire| {
            wire.well(request);
        })
    }

    /// What the vendor's SDK would take as the base URL.
    pub fn base_url(&self) -> String {
        format!("http://127.0.0.1:{}/v1", self.port)
    }

    /// Its address without a path.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Everything that it was asked so far.
    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    /// Waits until it was asked `count` times.
    pub fn wait_for(&self, count: usize) -> Vec<Received> {
        eventually("the provider is asked", Duration::from_secs(30), || {
            Some(self.received()).filter(|all| all.len() >= count)
        })
    }
}

fn serve(
    stream: TcpStream,
    log: &Mutex<Vec<Received>>,
    script: &(dyn Fn(&Received, &mut Wire) + Send + Sync),
) {
    let Ok(copy) = stream.try_clone() else { return };
    let _ = stream.set_nodelay(true);
    let mut reader = BufReader::new(copy);
    let mut wire = Wire(stream);
    while let Some(request) = read(&mut reader) {
        log.lock().unwrap().push(request.clone());
        script(&request, &mut wire);
    }
}

fn read(reader: &mut BufReader<TcpStream>) -> Option<Received> {
    let line = |reader: &mut BufReader<TcpStream>| {
        let mut line = String::new();
        (reader.read_line(&mut line).ok()? > 0).then(|| line.trim_end().to_owned())
    };
    let path = line(reader)?.split(' ').nth(1)?.to_owned();
    let mut headers = Vec::new();
    loop {
        let header = line(reader)?;
        let Some((name, value)) = header.split_once(':') else {
            break;
        };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let mut request = Received {
        path,
        headers,
        body: Vec::new(),
    };
    if let Some(length) = request.header("content-length") {
        request.body = vec![0; length.parse().ok()?];
        reader.read_exact(&mut request.body).ok()?;
    } else if request.header("transfer-encoding").is_some() {
        loop {
            let size = usize::from_str_radix(&line(reader)?, 16).ok()?;
            let start = request.body.len();
            request.body.resize(start + size, 0);
            reader.read_exact(&mut request.body[start..]).ok()?;
            line(reader)?;
            if size == 0 {
                break;
            }
        }
    }
    Some(request)
}

/// A whole chat completion.
pub fn completion(model: &str, text: &str) -> Value {
    json!({
        "id": "chatcmpl-up", "object": "chat.completion", "created": 1, "model": model,
        "choices": [{
            "index": 0,
            "message": {"role": "assistant", "content": text},
            "finish_reason": "stop",
        }],
        "usage": usage(),
    })
}

fn chunk(model: &str, index: usize, text: &str) -> Value {
    let mut delta = json!({"content": text});
    if index == 0 {
        delta["role"] = json!("assistant");
    }
    json!({
        "id": "chatcmpl-up", "object": "chat.completion.chunk", "created": 1, "model": model,
        "choices": [{"index": 0, "delta": delta, "finish_reason": null}],
    })
}

fn embedding(model: &str) -> Value {
    json!({
        "object": "list", "model": model,
        "data": [{"object": "embedding", "index": 0, "embedding": [0.25, -0.5]}],
        "usage": {"prompt_tokens": 3, "total_tokens": 3},
    })
}

fn usage() -> Value {
    json!({"prompt_tokens": 11, "completion_tokens": 4, "total_tokens": 15})
}

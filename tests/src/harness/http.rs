//! A small blocking HTTP/1.1 client that can also be wrong on purpose.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

/// How long a story waits for bytes before it calls the other side silent.
const PATIENCE: Duration = Duration::from_secs(30);

/// A request in the making.
#[derive(Clone)]
pub struct Ask {
    method: String,
    url: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Ask {
    /// A request to `http://host:port/path`.
    pub fn new(method: &str, url: impl Into<String>) -> Self {
        Self {
            method: method.to_owned(),
            url: url.into(),
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// Adds a header.
    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// Adds `Authorization: Bearer`.
    pub fn bearer(self, token: &str) -> Self {
        self.header("authorization", format!("Bearer {token}"))
    }

    /// Sets a JSON body.
    pub fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string())
    }

    /// Sets a body as it is.
    pub fn body(mut self, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self.header("content-type", content_type)
    }

    /// Sends it on a connection of its own and reads the whole answer.
    pub fn send(&self) -> std::io::Result<Answer> {
        self.open()?.read_answer()
    }

    /// Sends it on a connection of its own; the answer is still to be read.
    pub fn open(&self) -> std::io::Result<Connection> {
        let rest = self.url.strip_prefix("http://").expect("a plain http URL");
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        let mut head = format!("{} /{path} HTTP/1.1\r\nhost: {authority}\r\n", self.method);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(&format!("content-length: {}\r\n\r\n", self.body.len()));
        let mut connection = Connection::to(authority)?;
        connection.write(head.as_bytes())?;
        // A server may refuse by the head and close: what it said is still worth reading.
        let _ = connection.write(&self.body);
        Ok(connection)
    }
}

/// An answer, read whole.
#[derive(Debug)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// Without transfer coding.
    pub body: Vec<u8>,
}

impl Answer {
    /// The first header of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(it, _)| it == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON; fails with the body when it is none.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {} {}", self.status, self.text()))
    }

    /// The error's code in OpenAI's envelope, or an empty text.
    pub fn code(&self) -> String {
        let body: Value = serde_json::from_slice(&self.body).unwrap_or_default();
        body.pointer("/error/code")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    }

    /// Fails unless it has this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }

    /// Fails unless it is this refusal.
    #[track_caller]
    pub fn expect_error(self, status: u16, code: &str) -> Self {
        let said = (self.status, self.code());
        assert_eq!(said, (status, code.to_owned()), "{}", self.text());
        self
    }
}

/// How an answer's body ends.
enum Framing {
    Length(usize),
    Chunked,
    Close,
    Ended,
}

/// One connection, on which a story may write what it likes.
pub struct Connection {
    stream: TcpStream,
    reader: BufReader<TcpStream>,
    framing: Framing,
}

impl Connection {
    /// Connects to `host:port`, with or without `http://` before it.
    pub fn to(address: &str) -> std::io::Result<Self> {
        let address = address.strip_prefix("http://").unwrap_or(address);
        let stream = TcpStream::connect(address.trim_end_matches('/'))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        let reader = BufReader::new(stream.try_clone()?);
        Ok(Self {
            stream,
            reader,
            framing: Framing::Ended,
        })
    }

    /// Writes these bytes as they are.
    pub fn write(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.stream.write_all(bytes)
    }

    /// Reads until the other side closes: true if it did so in time.
    pub fn closes(&mut self) -> bool {
        let mut rest = Vec::new();
        match self.reader.read_to_end(&mut rest) {
            Ok(_) => true,
            Err(error) => error.kind() == std::io::ErrorKind::ConnectionReset,
        }
    }

    /// Reads a head and its whole body.
    pub fn read_answer(&mut self) -> std::io::Result<Answer> {
        let mut answer = self.read_head()?;
        while let Some(piece) = self.read_piece()? {
            answer.body.extend_from_slice(&piece);
        }
        Ok(answer)
    }

    /// Reads a head; its body is still to come.
    pub fn read_head(&mut self) -> std::io::Result<Answer> {
        let status = self.read_line()?;
        let code = status.split(' ').nth(1).and_then(|code| code.parse().ok());
        let code = code.ok_or_else(|| std::io::Error::other(format!("no status: {status:?}")))?;
        let mut headers = Vec::new();
        loop {
            let line = self.read_line()?;
            let Some((name, value)) = line.split_once(':') else {
                break;
            };
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        let answer = Answer {
            status: code,
            headers,
            body: Vec::new(),
        };
        self.framing = match (
            answer.header("transfer-encoding"),
            answer.header("content-length"),
        ) {
            _ if code == 204 || code == 304 => Framing::Ended,
            (Some(_), _) => Framing::Chunked,
            (None, Some(length)) => Framing::Length(length.parse().unwrap()),
            (None, None) => Framing::Close,
        };
        Ok(answer)
    }

    /// The next piece of the body as it comes; none at its proper end. A cut is an error.
    pub fn read_piece(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        match self.framing {
            Framing::Ended | Framing::Length(0) => Ok(None),
            Framing::Length(left) => {
                let piece = self.reader.fill_buf()?;
                let piece = piece[..piece.len().min(left)].to_vec();
                if piece.is_empty() {
                    return Err(std::io::ErrorKind::UnexpectedEof.into());
                }
                self.reader.consume(piece.len());
                self.framing = Framing::Length(left - piece.len());
                Ok(Some(piece))
            }
            Framing::Chunked => {
                let size = self.read_line()?;
                let size = usize::from_str_radix(size.split(';').next().unwrap_or_default(), 16)
                    .map_err(|_| std::io::Error::other(format!("no chunk size: {size:?}")))?;
                let mut piece = vec![0; size];
                self.reader.read_exact(&mut piece)?;
                self.read_line()?;
                if size == 0 {
                    self.framing = Framing::Ended;
                    return Ok(None);
                }
                Ok(Some(piece))
            }
            Framing::Close => {
                let piece = self.reader.fill_buf()?.to_vec();
                self.reader.consume(piece.len());
                Ok((!piece.is_empty()).then_some(piece))
            }
        }
    }

    /// Reads server-sent events until `[DONE]`, the end, or a cut: their data, in order.
    pub fn read_events(&mut self) -> (Vec<String>, std::io::Result<()>) {
        let mut events = Vec::new();
        let mut text = String::new();
        loop {
            match self.read_piece() {
                Ok(Some(piece)) => text.push_str(&String::from_utf8_lossy(&piece)),
                Ok(None) => return (events, Ok(())),
                Err(error) => return (events, Err(error)),
            }
            while let Some(end) = text.find("\n\n") {
                let event: String = text.drain(..end + 2).collect();
                let data = event.lines().filter_map(|line| line.strip_prefix("data: "));
                events.extend(data.map(str::to_owned));
            }
        }
    }

    fn read_line(&mut self) -> std::io::Result<String> {
        let mut line = String::new();
        if self.reader.read_line(&mut line)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        Ok(line.trim_end_matches(['\r', '\n']).to_owned())
    }
}

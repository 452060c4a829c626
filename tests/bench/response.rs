//! Reading answers: where they end, and how many chunks of content they brought.

use std::time::Instant;

use anyhow::{Result, bail};
use memchr::memmem;
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpStream;

/// What stands before a chunk's text.
const MARK: &[u8] = b"\"content\":\"";

/// What came back.
pub struct Response {
    /// The status code.
    pub status: u16,
    /// When the first byte of the body came.
    pub first_byte: Instant,
    /// Content chunks.
    pub chunks: usize,
}

/// Reads one answer to its end. `buffer` is scratch space, to be used again.
///
/// # Errors
/// When the connection ends before the answer does.
pub async fn read(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Result<Response> {
    buffer.clear();
    let body = loop {
        more(stream, buffer).await?;
        if let Some(end) = memmem::find(buffer, b"\r\n\r\n") {
            break end + 4;
        }
    };
    let head = buffer.get(..body).unwrap_or_default().to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head);
    let status = head
        .get(9..12)
        .and_then(|code| code.parse().ok())
        .unwrap_or(0);
    let length = head.split("content-length:").nth(1).and_then(|rest| {
        let digits = rest.split("\r\n").next()?;
        digits.trim().parse::<usize>().ok()
    });
    buffer.drain(..body);
    if buffer.is_empty() && length != Some(0) {
        more(stream, buffer).await?;
    }
    let first_byte = Instant::now();
    let chunks = match length {
        Some(length) => {
            while buffer.len() < length {
                more(stream, buffer).await?;
            }
            0
        }
        None => read_chunked(stream, buffer).await?,
    };
    Ok(Response {
        status,
        first_byte,
        chunks,
    })
}

/// Reads to the last chunk of the transfer coding; counts the texts in it that aren't empty.
async fn read_chunked(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Result<usize> {
    let finder = memmem::Finder::new(MARK);
    let mut content = Vec::new();
    let mut count = 0;
    let mut at = 0;
    loop {
        let Some((size, start)) = chunk_head(buffer, at)? else {
            buffer.drain(..at);
            at = 0;
            more(stream, buffer).await?;
            continue;
        };
        while buffer.len() < start + size + 2 {
            more(stream, buffer).await?;
        }
        if size == 0 {
            return Ok(count);
        }
        content.extend_from_slice(buffer.get(start..start + size).unwrap_or_default());
        let texts = finder.find_iter(&content);
        let first = texts.filter_map(|it| content.get(it + MARK.len()));
        count += first.filter(|it| **it != b'"').count();
        // A mark may be cut by a chunk's end, or end there: keep what could be its start.
        let keep = content.len().saturating_sub(MARK.len());
        content.drain(..keep);
        at = start + size + 2;
    }
}

/// The size of the chunk that starts at `at`, and where its data starts; none when more is
/// needed to know.
fn chunk_head(buffer: &[u8], at: usize) -> Result<Option<(usize, usize)>> {
    let rest = buffer.get(at..).unwrap_or_default();
    let Some(end) = memmem::find(rest, b"\r\n") else {
        return Ok(None);
    };
    let digits = String::from_utf8_lossy(rest.get(..end).unwrap_or_default());
    match usize::from_str_radix(digits.trim(), 16) {
        Ok(size) => Ok(Some((size, at + end + 2))),
        Err(_) => bail!("no chunk size: {digits:?}"),
    }
}

async fn more(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Result<()> {
    if stream.read_buf(buffer).await? == 0 {
        bail!("the connection ended before the answer did");
    }
    Ok(())
}

//! The PROXY protocol (versions 1 and 2), believed only from configured addresses.
//!
//! <https://www.haproxy.org/download/2.8/doc/proxy-protocol.txt>

use std::io;
use std::net::SocketAddr;

use proxy_header::{ParseConfig, ProxyHeader};
use tokio::net::TcpStream;

const V2_SIGNATURE: &[u8; 12] = b"\r\n\r\n\0\r\nQUIT\n";
/// A version 1 line is at most 107 bytes; a version 2 header with its TLVs is bounded here.
const MAX_HEADER: usize = 4 * 1024;

/// Reads the header off `stream`, byte-exactly: what follows it stays in the socket.
///
/// Returns the client's address as the header has it, or none for a local connection (a health
/// check of the proxy itself).
///
/// # Errors
/// When there is no well-formed header. A configured proxy must send one: a connection without it
/// could be anybody's.
pub(super) async fn read(stream: &TcpStream) -> io::Result<Option<SocketAddr>> {
    let mut buffer = vec![0u8; MAX_HEADER];
    let mut seen = 0;
    loop {
        // Peek, so that bytes behind the header (a TLS hello, a request) are left alone.
        let count = stream.peek(&mut buffer).await?;
        let bytes = buffer.get(..count).unwrap_or_default();
        match ProxyHeader::parse(bytes, ParseConfig::default()) {
            Ok((header, length)) => {
                let address = header.proxied_address().map(|address| address.source);
                consume(stream, length).await?;
                return Ok(address);
            }
            Err(proxy_header::Error::BufferTooShort) if count < MAX_HEADER && count > 0 => {}
            Err(error) => return Err(io::Error::new(io::ErrorKind::InvalidData, error)),
        }
        if count == seen {
            // Nothing new arrived although the socket is readable: don't spin on the same bytes.
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        if !could_be_header(bytes) {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "no PROXY protocol header",
            ));
        }
        seen = count;
    }
}

fn could_be_header(bytes: &[u8]) -> bool {
    let same_start = |signature: &[u8]| bytes.iter().zip(signature).all(|(a, b)| a == b);
    same_start(V2_SIGNATURE) || same_start(b"PROXY ")
}

async fn consume(stream: &TcpStream, mut count: usize) -> io::Result<()> {
    let mut sink = [0u8; 512];
    while count > 0 {
        stream.readable().await?;
        let want = count.min(sink.len());
        match stream.try_read(sink.get_mut(..want).unwrap_or_default()) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(read) => count -= read,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

//! The door of a data plane: one accept loop that feeds pingora's HTTP sessions.
//!
//! pingora's own listeners fix the TLS versions, panic on bad certificates and busy ports, have no
//! total header deadline, allow a mebibyte of headers, and drop `Content-Length` beside
//! `Transfer-Encoding` before anybody sees it. So the house accepts by itself (deadlines, PROXY
//! protocol, TLS, port 0, connection caps, a strict reading of every request head), and hands
//! pingora a connection whose next head is known to be sound.

mod accept;
mod conn;
mod head;
mod proxy_protocol;
mod tls;

pub use accept::{Listener, ListenerOptions, Serve, redirect_to_https};
pub use conn::{Conn, Peer};
pub use head::{HeadFault, HeadLimits};
pub use tls::{ListenerTls, ShownCertificate, cipher_suites};

#[cfg(test)]
mod tests;

//! The administration's accept loop: HTTP/1.1 with deadlines, limits and a drain.
//!
//! HTTP/1.1 alone, because a listener without TLS would have to wait for a connection's first
//! bytes to tell the versions apart, and that wait has no deadline.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1::Builder;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

/// How long a request's headers may take.
const HEADERS: Duration = Duration::from_secs(10);
/// The most headers of a request.
const MOST_HEADERS: usize = 100;
/// The most bytes of headers, the request's target included.
pub(super) const MOST_HEADER_BYTES: usize = 64 * 1024;
/// The most connections at once; more wait to be accepted.
const MOST_CONNECTIONS: usize = 1024;

/// Serves `router` on `listener` until `stop`, then answers the calls that are open.
pub async fn serve(listener: TcpListener, router: Router, stop: CancellationToken) {
    let builder = builder();
    let open = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    loop {
        let accepted = stop.run_until_cancelled(accept(&listener, &room)).await;
        let Some((stream, peer, place)) = accepted else {
            break;
        };
        let router = router.clone();
        let service = hyper::service::service_fn(move |request: hyper::Request<Incoming>| {
            let mut request = request.map(axum::body::Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            router.clone().oneshot(request)
        });
        let connection = builder.serve_connection(TokioIo::new(stream), service);
        let connection = open.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, %peer, "a connection of the administration broke");
            }
            drop(place);
        });
    }
    drop(listener);
    open.shutdown().await;
}

type Place = tokio::sync::OwnedSemaphorePermit;

/// The next connection, once there is room for it.
async fn accept(listener: &TcpListener, room: &Arc<Semaphore>) -> (TcpStream, SocketAddr, Place) {
    loop {
        let Ok(place) = Arc::clone(room).acquire_owned().await else {
            std::future::pending::<()>().await;
            continue;
        };
        match listener.accept().await {
            Ok((stream, peer)) => {
                if let Err(error) = stream.set_nodelay(true) {
                    tracing::debug!(%error, "a connection keeps its delay");
                }
                return (stream, peer, place);
            }
            Err(error) => {
                // Out of file handles, most likely: others must end first.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

fn builder() -> Builder {
    let mut builder = Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS)
        .max_headers(MOST_HEADERS)
        .max_buf_size(MOST_HEADER_BYTES);
    builder
}

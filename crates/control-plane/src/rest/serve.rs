//! The administration behind the house's own door: the router answers what the door lets in.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, HttpBody as _};
use axum::extract::ConnectInfo;
use axum::http::{HeaderValue, Request, Response};
use bytes::Bytes;
use futures::StreamExt as _;
use ipnet::IpNet;
use runtime::http::{Exchange, Gone};
use runtime::listen::Serve;
use terms::{Code, Fault};
use tokio::sync::mpsc;
use tokio_stream::wrappers::UnboundedReceiverStream;
use tower::ServiceExt as _;

/// The most bytes of headers, the request's target included.
pub(super) const MOST_HEADER_BYTES: usize = 64 * 1024;
/// How long a body may take.
const BODY: Duration = Duration::from_secs(30);

/// The administration's room.
pub struct Rest {
    /// The endpoints.
    pub router: Router,
    /// Proxies whose `X-Forwarded-For` is believed: data planes that forward, among others.
    pub trusted_proxies: Vec<IpNet>,
    /// The largest body.
    pub max_body: usize,
    /// `Strict-Transport-Security`, where TLS is spoken.
    pub hsts: Option<String>,
}

/// A piece of a body, or why there is no more.
type Piece = Result<Bytes, Fault>;

impl Serve for Rest {
    async fn serve(&self, exchange: &mut Exchange) {
        let (feed, pieces) = mpsc::unbounded_channel();
        let request = self.request(exchange, pieces);
        let answer = self.answer(exchange, request, feed).await;
        // A client that left has nobody to be told.
        let _ = self.send(exchange, answer).await;
    }
}

impl Rest {
    fn request(
        &self,
        exchange: &Exchange,
        pieces: mpsc::UnboundedReceiver<Piece>,
    ) -> Request<Body> {
        let mut request = Request::new(Body::from_stream(UnboundedReceiverStream::new(pieces)));
        *request.method_mut() = exchange.method().clone();
        *request.uri_mut() = exchange.head().uri.clone();
        *request.headers_mut() = exchange.headers().clone();
        let client = SocketAddr::new(
            exchange.client_address(&self.trusted_proxies),
            exchange.peer().address.port(),
        );
        request.extensions_mut().insert(ConnectInfo(client));
        request
    }

    /// The router's answer, while the body is passed to it: whoever is refused by the head alone
    /// is answered without it.
    async fn answer(
        &self,
        exchange: &mut Exchange,
        request: Request<Body>,
        feed: mpsc::UnboundedSender<Piece>,
    ) -> Response<Body> {
        let mut answer = pin!(self.router.clone().oneshot(request));
        let mut feed = Some(feed);
        let mut left = self.max_body;
        let mut late = pin!(tokio::time::sleep(BODY));
        if exchange.invite_body().await.is_err() {
            feed = None;
        }
        loop {
            let piece = tokio::select! {
                biased;
                answer = &mut answer => return answer.unwrap_or_else(|never: Infallible| match never {}),
                piece = exchange.body_piece(), if feed.is_some() => piece,
                () = &mut late, if feed.is_some() => Err(Fault::new(
                    Code::RequestTimeout,
                    "The request body did not arrive in time.",
                )),
            };
            let piece = match piece {
                Ok(Some(piece)) if piece.len() > left => Err(too_large(self.max_body)),
                Ok(Some(piece)) => {
                    left -= piece.len();
                    Ok(piece)
                }
                Ok(None) => {
                    feed = None;
                    continue;
                }
                Err(fault) => Err(fault),
            };
            let last = piece.is_err();
            // A router that dropped the body does not want the rest.
            let wanted = feed.as_ref().is_some_and(|feed| feed.send(piece).is_ok());
            if last || !wanted {
                feed = None;
            }
        }
    }

    async fn send(&self, exchange: &mut Exchange, answer: Response<Body>) -> Result<(), Gone> {
        let (mut parts, body) = answer.into_parts();
        if let Some(length) = body.size_hint().exact() {
            parts
                .headers
                .insert("content-length", HeaderValue::from(length));
        }
        if exchange.peer().tls
            && let Some(hsts) = self.hsts.as_deref().and_then(|it| it.parse().ok())
        {
            parts.headers.insert("strict-transport-security", hsts);
        }
        exchange.start(parts.into()).await?;
        if *exchange.method() == axum::http::Method::HEAD {
            return exchange.write(Bytes::new(), true).await;
        }
        let mut pieces = body.into_data_stream();
        while let Some(piece) = pieces.next().await {
            match piece {
                Ok(piece) => exchange.write(piece, false).await?,
                Err(error) => {
                    // The head is out: the client must see that the rest is missing.
                    tracing::error!(%error, "an answer broke off");
                    exchange.cut().await;
                    return Err(Gone);
                }
            }
        }
        exchange.write(Bytes::new(), true).await
    }
}

fn too_large(limit: usize) -> Fault {
    let message = format!("The request body is larger than {limit} bytes.");
    Fault::new(Code::InputTooLarge, message)
}

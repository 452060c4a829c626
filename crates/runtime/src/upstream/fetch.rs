//! Fetching a small document that the operator's configuration names: keys, revocation lists.

use std::time::Duration;

use bytes::Bytes;
use decide::Snapshot;
use decide::snapshot::Endpoint;
use pingora_http::RequestHeader;
use url::Url;

use super::{Call, Client, Deadlines, Failure};

/// How long one fetch may take, from the first to the last byte.
const PATIENCE: Duration = Duration::from_secs(5);

/// Fetches the document at `url`, of at most `most` bytes, under the rules that `snapshot` has for
/// outgoing calls. Redirects are not followed.
///
/// # Errors
/// A sentence for the operator.
pub async fn fetch(
    client: &Client,
    snapshot: &Snapshot,
    url: &Url,
    most: usize,
) -> Result<Bytes, String> {
    let whole = get(client, snapshot, url, most);
    match tokio::time::timeout(PATIENCE, whole).await {
        Ok(result) => result.map_err(|why| format!("{url}: {why}")),
        Err(_) => Err(format!("{url}: no whole answer within {PATIENCE:?}")),
    }
}

async fn get(
    client: &Client,
    snapshot: &Snapshot,
    url: &Url,
    most: usize,
) -> Result<Bytes, String> {
    let endpoint = Endpoint::of(url)?;
    let target = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    let head = RequestHeader::build("GET", target.as_bytes(), Some(4))
        .map_err(|error| error.to_string())?;
    let call = Call {
        endpoint: &endpoint,
        head,
        body: Bytes::new(),
        deadlines: Deadlines {
            connect: PATIENCE,
            head: PATIENCE,
            idle: PATIENCE,
        },
        repeatable: true,
    };
    let mut answer = client.send(snapshot, call).await.map_err(said)?;
    if answer.status() != 200 {
        return Err(format!("HTTP {}", answer.status()));
    }
    answer.whole(most).await.map_err(said)
}

fn said(failure: Failure) -> String {
    match failure {
        Failure::Forbidden(why) | Failure::Connect(why) | Failure::Broken(why) => why,
        Failure::Timeout(what) => format!("timed out: {what}"),
    }
}

//! The second path of revocations: what the priority lane says is also told through the shared
//! store, so that it reaches data planes that the control plane does not.
//!
//! The store needs no trust. Each message is signed with the key that signs configurations, and
//! says which version contains it: one that is old changes nothing where a newer version holds.
//! They are kept in a stream, so that whoever comes late reads what it missed.

use std::sync::Arc;
use std::time::Duration;

use ed25519_dalek::{Signature, VerifyingKey};
use metrics::counter;
use prost::Message as _;
use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client, RedisResult};
use terms::{Fault, Timestamp};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use wire::sync::Priority;

use super::store::{Away, CONNECT, within};
use super::{PROBE_EVERY, Shared, address, jittered};
use crate::config::SharedStore;

/// Begins what is signed, so that the signature is of no use for anything else.
const DOMAIN: &[u8] = b"gatehouse-revocation-v1";
/// So many messages are kept, or a few more.
const KEPT: usize = 10_000;
/// How long a data plane listens before it asks again.
const LISTEN: Duration = Duration::from_secs(2);
/// Messages that are read at once, at most.
const BATCH: usize = 256;
/// The only field of an entry.
const FIELD: &str = "m";

/// Seals a message that was told at `at`: eight bytes of unix microseconds, the signature of
/// Ed25519 (64 bytes) that `sign` makes, the message.
pub fn seal(at: Timestamp, message: &Priority, sign: impl FnOnce(&[u8]) -> [u8; 64]) -> Vec<u8> {
    let message = message.encode_to_vec();
    let at = at.unix_micros().to_be_bytes();
    let signature = sign(&signed_bytes(at, &message));
    [at.as_slice(), &signature, &message].concat()
}

/// Opens what [`seal`] made; none when it was not sealed with this installation's key.
fn open(sealed: &[u8], signer: &VerifyingKey) -> Option<(Timestamp, Priority)> {
    let (at, rest) = sealed.split_first_chunk::<8>()?;
    let (signature, message) = rest.split_first_chunk::<64>()?;
    let signed = signed_bytes(*at, message);
    signer
        .verify_strict(&signed, &Signature::from_bytes(signature))
        .ok()?;
    let at = Timestamp::from_unix_micros(i64::from_be_bytes(*at));
    Some((at, Priority::decode(message).ok()?))
}

fn signed_bytes(at: [u8; 8], message: &[u8]) -> Vec<u8> {
    [DOMAIN, &at, message].concat()
}

/// Tells revocations through the shared store: the control plane's side.
pub struct Herald {
    client: Client,
    stream: String,
    connection: Option<MultiplexedConnection>,
}

impl Herald {
    /// To the store of `settings`. Nothing is connected yet.
    ///
    /// # Errors
    /// `validation_error` when the address can't be read.
    pub fn new(settings: &SharedStore) -> Result<Self, Fault> {
        let (client, _) = address::read(settings)?;
        Ok(Self {
            client,
            stream: stream(&settings.key_prefix),
            connection: None,
        })
    }

    /// Tells what [`seal`] made, in order.
    ///
    /// # Errors
    /// A sentence, when the store is away: then all must be told again, which does no harm.
    pub async fn tell<'a>(
        &mut self,
        sealed: impl Iterator<Item = &'a Vec<u8>>,
    ) -> Result<(), String> {
        let mut pipeline = redis::pipe();
        for entry in sealed {
            let add = pipeline.cmd("XADD").arg(&self.stream);
            add.arg("MAXLEN").arg("~").arg(KEPT).arg("*");
            add.arg(FIELD).arg(entry.as_slice()).ignore();
        }
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => within(CONNECT, connect(&self.client))
                .await
                .map_err(|away| away.to_string())?,
        };
        within(CONNECT, pipeline.query_async::<()>(&mut connection))
            .await
            .map_err(|away| away.to_string())?;
        self.connection = Some(connection);
        Ok(())
    }
}

impl Shared {
    /// Hears what is told, until `stop`: what `signer` signed goes to `to`, in order, with what was
    /// missed.
    pub async fn hear(
        self: Arc<Self>,
        signer: VerifyingKey,
        to: mpsc::Sender<Vec<Priority>>,
        stop: CancellationToken,
    ) {
        let hearing = async {
            let mut known = true;
            loop {
                let Err(away) = self.hear_on_one(&signer, &to, &mut known).await else {
                    return;
                };
                if std::mem::replace(&mut known, false) {
                    tracing::warn!(reason = %away, "revocations come by the control plane alone");
                }
                tokio::time::sleep(jittered(PROBE_EVERY)).await;
            }
        };
        let _: Option<()> = stop.run_until_cancelled(hearing).await;
    }

    /// Hears on one connection, from the oldest that is kept: a message that is heard twice
    /// changes nothing. Ends well when nobody listens any more.
    async fn hear_on_one(
        &self,
        signer: &VerifyingKey,
        to: &mpsc::Sender<Vec<Priority>>,
        known: &mut bool,
    ) -> Result<(), Away> {
        let stream = stream(self.scripts.prefix());
        let mut connection = within(CONNECT, connect(self.store.client())).await?;
        let mut last = "0-0".to_owned();
        loop {
            let entries = within(
                LISTEN + CONNECT,
                entries_after(&mut connection, &stream, &last),
            );
            let entries = entries.await?;
            if !std::mem::replace(known, true) {
                tracing::info!("revocations come by the shared store again");
            }
            let Some((newest, _)) = entries.last() else {
                // Emptied: its next names may be lower than the last one heard.
                let mut length = redis::cmd("XLEN");
                let length = length.arg(&stream).query_async::<u64>(&mut connection);
                if within(CONNECT, length).await? == 0 {
                    "0-0".clone_into(&mut last);
                }
                continue;
            };
            last.clone_from(newest);
            let heard = entries.iter().filter_map(|(_, sealed)| {
                let opened = sealed.as_deref().and_then(|it| open(it, signer));
                let path = if opened.is_some() { "taken" } else { "refused" };
                counter!("gateway_shared_revocations_total", "result" => path).increment(1);
                opened.map(|(_, message)| message)
            });
            let heard: Vec<Priority> = heard.collect();
            if !heard.is_empty() && to.send(heard).await.is_err() {
                return Ok(());
            }
        }
    }
}

fn stream(prefix: &str) -> String {
    format!("{prefix}revocations")
}

/// A connection of its own: whoever waits for news holds up everybody behind it.
async fn connect(client: &Client) -> RedisResult<MultiplexedConnection> {
    let config = AsyncConnectionConfig::new().set_response_timeout(None);
    client
        .get_multiplexed_async_connection_with_config(&config)
        .await
}

/// The entries after `last`, or those that come while we listen: names and contents.
async fn entries_after(
    on: &mut MultiplexedConnection,
    stream: &str,
    last: &str,
) -> RedisResult<Vec<(String, Option<Vec<u8>>)>> {
    type Entry = (String, Vec<Vec<u8>>);
    let mut read = redis::cmd("XREAD");
    read.arg("COUNT").arg(BATCH).arg("BLOCK");
    read.arg(u64::try_from(LISTEN.as_millis()).unwrap_or(u64::MAX));
    read.arg("STREAMS").arg(stream).arg(last);
    let streams: Option<Vec<(String, Vec<Entry>)>> = read.query_async(on).await?;
    let entries = streams.into_iter().flatten().flat_map(|(_, it)| it);
    Ok(entries
        .map(|(name, fields)| (name, fields.into_iter().nth(1)))
        .collect())
}

#[cfg(test)]
mod tests;

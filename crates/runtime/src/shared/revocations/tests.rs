use ed25519_dalek::{Signer as _, SigningKey};
use wire::sync::{RevokeKey, priority};

use super::*;
use crate::clock;
use crate::shared::testing::Redis;

fn revoke(key: &str) -> Priority {
    let key_id = key.to_owned();
    Priority {
        message: Some(priority::Message::RevokeKey(RevokeKey { key_id })),
        version: None,
    }
}

fn sealed(by: &SigningKey, key: &str) -> Vec<u8> {
    seal(clock::now(), &revoke(key), |bytes| {
        by.sign(bytes).to_bytes()
    })
}

fn key(byte: u8) -> SigningKey {
    SigningKey::from_bytes(&[byte; 32])
}

/// A data plane that hears, and its end.
fn listener(redis: &Redis) -> (mpsc::Receiver<Vec<Priority>>, CancellationToken) {
    let shared = Shared::connect(&redis.settings(), "a").unwrap();
    let (to, heard) = mpsc::channel(1);
    let stop = CancellationToken::new();
    tokio::spawn(shared.hear(key(1).verifying_key(), to, stop.clone()));
    (heard, stop)
}

async fn next(heard: &mut mpsc::Receiver<Vec<Priority>>) -> Vec<Priority> {
    let heard = tokio::time::timeout(Duration::from_secs(60), heard.recv());
    heard.await.expect("within a minute").unwrap()
}

#[test]
fn a_message_opens_only_whole_and_under_the_installations_key() {
    let entry = sealed(&key(1), "key_1");
    let opened = |entry: &[u8]| open(entry, &key(1).verifying_key());
    assert_eq!(opened(&entry).unwrap().1, revoke("key_1"));
    assert!(open(&entry, &key(2).verifying_key()).is_none());
    for place in 0..entry.len() {
        let mut bent = entry.clone();
        bent[place] ^= 1;
        assert!(opened(&bent).is_none(), "byte {place}");
        assert!(opened(&entry[..place]).is_none(), "cut at {place}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_told_before_and_after_is_heard_and_what_strangers_tell_is_not() {
    let redis = Redis::start();
    let mut herald = Herald::new(&redis.settings()).unwrap();
    herald
        .tell([sealed(&key(1), "before")].iter())
        .await
        .unwrap();
    herald
        .tell([sealed(&key(2), "stranger")].iter())
        .await
        .unwrap();
    redis.say("XADD test:revocations * other field");
    let (mut heard, _stop) = listener(&redis);
    assert_eq!(next(&mut heard).await, [revoke("before")]);
    let after = [sealed(&key(1), "after-1"), sealed(&key(1), "after-2")];
    herald.tell(after.iter()).await.unwrap();
    let mut both = next(&mut heard).await;
    if both.len() == 1 {
        both.extend(next(&mut heard).await);
    }
    assert_eq!(both, [revoke("after-1"), revoke("after-2")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_was_emptied_or_restarted_is_heard_again() {
    let mut redis = Redis::start();
    let mut herald = Herald::new(&redis.settings()).unwrap();
    let (mut heard, _stop) = listener(&redis);
    for (key_id, trouble) in [("one", "emptied"), ("two", "restarted"), ("three", "none")] {
        let entry = [sealed(&key(1), key_id)];
        while herald.tell(entry.iter()).await.is_err() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        // What is heard twice changes nothing.
        while next(&mut heard).await != [revoke(key_id)] {}
        match trouble {
            "emptied" => drop(redis.say("FLUSHALL")),
            "restarted" => redis.restart(),
            _ => {}
        }
    }
}

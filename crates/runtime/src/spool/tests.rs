use super::*;
use std::sync::Arc;
use terms::{EventType, Timestamp};

fn open(dir: &std::path::Path, segment_bytes: u64) -> Arc<Spool> {
    let options = SpoolOptions {
        segment_bytes,
        ..SpoolOptions::new(dir.to_owned())
    };
    Arc::new(Spool::open(options).unwrap())
}

async fn add(spool: &Spool, count: usize) {
    for _ in 0..count {
        let now = Timestamp::from_unix_micros(1);
        spool
            .append(now, None, EventType::GatewayRequest, b"{}")
            .await
            .unwrap();
    }
}

fn counters(cursor: &mut Cursor) -> Vec<u64> {
    cursor
        .next(1_000)
        .unwrap()
        .unwrap_or_default()
        .iter()
        .map(|it| it.counter)
        .collect()
}

#[tokio::test]
async fn what_is_written_is_read_in_order_across_segments() {
    let dir = tempfile::tempdir().unwrap();
    let spool = open(dir.path(), 200);
    let mut cursor = Backlog::new(spool.clone())
        .cursors()
        .unwrap()
        .pop()
        .unwrap();
    assert!(counters(&mut cursor).is_empty());
    add(&spool, 10).await;
    assert_eq!(counters(&mut cursor), (1..=10).collect::<Vec<_>>());
    add(&spool, 2).await;
    assert_eq!(counters(&mut cursor), [11, 12]);
}

#[tokio::test]
async fn what_was_not_acknowledged_is_read_again_after_a_restart_and_then_deleted() {
    let dir = tempfile::tempdir().unwrap();
    let first = open(dir.path(), 200);
    add(&first, 10).await;
    let mut cursor = Backlog::new(first.clone())
        .cursors()
        .unwrap()
        .pop()
        .unwrap();
    counters(&mut cursor);
    cursor.acknowledge(4).unwrap();
    assert_eq!(first.depth(), 6);
    drop((cursor, first));

    let second = open(dir.path(), 200);
    let mut cursors = Backlog::new(second.clone()).cursors().unwrap();
    assert_eq!(cursors.len(), 2);
    let mut earlier = cursors.remove(0);
    assert_eq!(counters(&mut earlier), [5, 6, 7, 8, 9, 10]);
    assert_eq!(earlier.next(10).unwrap(), None);
    earlier.acknowledge(10).unwrap();
    earlier.finish().unwrap();
    assert_eq!(Backlog::new(second).cursors().unwrap().len(), 1);
}

#[tokio::test]
async fn acknowledged_segments_are_deleted_and_no_others() {
    let dir = tempfile::tempdir().unwrap();
    let spool = open(dir.path(), 200);
    add(&spool, 20).await;
    let folder = dir.path().join(spool.boot());
    let before = segment::list(&folder).unwrap().len();
    let mut cursor = Backlog::new(spool.clone())
        .cursors()
        .unwrap()
        .pop()
        .unwrap();
    counters(&mut cursor);
    cursor.acknowledge(9).unwrap();
    let after = segment::list(&folder).unwrap();
    assert!(after.len() < before);
    cursor.rewind().unwrap();
    assert_eq!(counters(&mut cursor), (10..=20).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_torn_or_flipped_record_ends_its_segment_and_the_rest_is_read() {
    for damage in ["cut", "flip"] {
        let dir = tempfile::tempdir().unwrap();
        let spool = open(dir.path(), 150);
        add(&spool, 6).await;
        let folder = dir.path().join(spool.boot());
        let first = segment::path(&folder, 1);
        let mut bytes = std::fs::read(&first).unwrap();
        match damage {
            "cut" => bytes.truncate(bytes.len() - 3),
            _ => {
                let last = bytes.len() - 1;
                bytes[last] ^= 1;
            }
        }
        std::fs::write(&first, bytes).unwrap();
        drop(spool);
        let later = open(dir.path(), 150);
        let mut cursor = Backlog::new(later).cursors().unwrap().remove(0);
        let read = counters(&mut cursor);
        assert!(
            read.len() < 6 && read.last() == Some(&6),
            "{damage}: {read:?}"
        );
    }
}

#[tokio::test]
async fn a_full_spool_refuses_and_takes_again_when_it_was_fetched() {
    let dir = tempfile::tempdir().unwrap();
    let options = SpoolOptions {
        segment_bytes: 100,
        max_bytes: 500,
        ..SpoolOptions::new(dir.path().to_owned())
    };
    let spool = Arc::new(Spool::open(options).unwrap());
    let now = Timestamp::from_unix_micros(1);
    let mut written = 0;
    let refused = loop {
        match spool
            .append(now, None, EventType::SystemError, &[b'x'; 50])
            .await
        {
            Ok(counter) => written = counter,
            Err(fault) => break fault,
        }
        assert!(written < 100, "never full");
    };
    assert!(matches!(refused, SpoolFault::Full));
    let mut cursor = Backlog::new(spool.clone())
        .cursors()
        .unwrap()
        .pop()
        .unwrap();
    counters(&mut cursor);
    cursor.acknowledge(written).unwrap();
    let counter = spool
        .append(now, None, EventType::SystemError, b"")
        .await
        .unwrap();
    assert_eq!(counter, written + 1, "a refused event leaves no gap");
}

#[tokio::test]
async fn a_strict_spool_answers_after_the_disk_did() {
    let dir = tempfile::tempdir().unwrap();
    let options = SpoolOptions {
        durability: Durability::Strict,
        ..SpoolOptions::new(dir.path().to_owned())
    };
    let spool = Arc::new(Spool::open(options).unwrap());
    let stop = tokio_util::sync::CancellationToken::new();
    let flusher = tokio::spawn(spool.clone().keep_flushed(stop.clone()));
    add(&spool, 3).await;
    assert!(spool.flushed_until() >= 3);
    stop.cancel();
    flusher.await.unwrap();
}

proptest::proptest! {
    #[test]
    fn no_bytes_panic_the_reader(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..64)) {
        let _ = segment::read(&bytes);
    }
}

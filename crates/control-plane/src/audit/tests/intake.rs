//! Events over the stream between the planes.

use std::sync::Arc;

use tokio::sync::mpsc;
use tokio_stream::wrappers::{ReceiverStream, TcpListenerStream};
use tonic::Code;
use tonic::transport::Server;
use wire::intake::EventBatch;
use wire::intake::event_intake_client::EventIntakeClient;

use super::*;
use crate::audit::Intake;

on_both! {
    batches_are_acknowledged_once_they_are_recorded
    a_batch_under_another_name_is_refused
}

/// The intake of `writer` for a client whose certificate says `peer`.
async fn served(writer: LedgerWriter, peer: Option<&'static str>) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let intake = Intake::new(
        writer,
        Arc::new(move |_| peer.map(str::to_owned)),
        crate::key_usage::KeyUsage::default(),
    );
    let server = Server::builder().add_service(intake.into_server());
    tokio::spawn(server.serve_with_incoming(TcpListenerStream::new(listener)));
    format!("http://{address}")
}

fn batch(node: &str, counters: std::ops::RangeInclusive<u64>) -> EventBatch {
    EventBatch {
        node: node.into(),
        boot: "b1".into(),
        events: sent_all(node, counters),
    }
}

async fn batches_are_acknowledged_once_they_are_recorded(place: Place) {
    let url = served(place.writer().await, Some("gw")).await;
    for round in 0..2 {
        let mut client = EventIntakeClient::connect(url.clone()).await.unwrap();
        let (batches, stream) = mpsc::channel(8);
        let acks = client.push(ReceiverStream::new(stream)).await;
        let mut acks = acks.unwrap().into_inner();
        for (counters, acked) in [(1..=300, 300), (301..=310, 310), (305..=320, 320)] {
            batches.send(batch("gw", counters)).await.unwrap();
            let ack = acks.message().await.unwrap().unwrap();
            // The second time everything is known already.
            let expected = if round == 0 { acked } else { 320 };
            assert_eq!((ack.boot.as_str(), ack.counter), ("b1", expected));
            assert!(place.verify().await.records >= acked);
        }
        drop(batches);
        assert!(acks.message().await.unwrap().is_none());
    }
    place.holds(320).await;
}

async fn a_batch_under_another_name_is_refused(place: Place) {
    let writer = place.writer().await;
    for (peer, refused) in [
        (Some("gw-2"), Code::PermissionDenied),
        (None, Code::Unauthenticated),
    ] {
        let url = served(writer.clone(), peer).await;
        let mut client = EventIntakeClient::connect(url).await.unwrap();
        let stream = tokio_stream::iter([batch("gw", 1..=3)]);
        let status = match client.push(stream).await {
            Ok(acks) => acks.into_inner().message().await.unwrap_err(),
            Err(status) => status,
        };
        assert_eq!(status.code(), refused);
    }
    assert_eq!(place.verify().await.records, 0);
}

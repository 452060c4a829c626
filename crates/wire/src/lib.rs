//! Code generated from `proto/`: the two streams between the planes. No logic lives here.
#![allow(missing_docs, clippy::all, reason = "generated code")]

/// The configuration stream, control plane to data plane (`proto/gatehouse/sync.proto`).
pub mod sync {
    tonic::include_proto!("gatehouse.sync");
}

/// The event stream, data plane to control plane (`proto/gatehouse/intake.proto`).
pub mod intake {
    tonic::include_proto!("gatehouse.intake");
}

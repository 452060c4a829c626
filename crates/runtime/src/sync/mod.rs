//! The two streams between the planes, on the data plane's side: configuration down, events up.

pub mod digest;
mod disk;
mod intake;
mod link;
mod live;
mod stream;

pub use disk::Disk;
pub use intake::push_events;
pub use link::{ControlPlane, LinkFiles};
pub use live::Live;
pub use stream::follow;

#[cfg(test)]
mod tests;

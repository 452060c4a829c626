//! The control plane: administration over REST, configuration pushed to the data planes, their
//! events taken in. The only role that keeps a database.

pub mod audit;
mod clock;
pub mod db;
#[cfg(any(test, feature = "testing"))]
pub mod testing;

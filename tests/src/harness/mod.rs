//! The real parts that the stories run against: each starts in a throw-away folder on a free
//! port, is a direct child, and is gone when the story ends, however it ends.

mod admin;
mod everything;
mod fleet;
mod gatehouse;
mod guide;
mod http;
pub mod inspecting;
mod line;
mod load;
mod openid;
mod planes;
mod postgres;
mod process;
mod python;
mod redis;
mod tools;
mod upstream;
mod wait;

pub use admin::Admin;
pub use everything::EverythingServer;
pub use fleet::Fleet;
pub use gatehouse::{Gatehouse, binary, chat_body, gatehouse, program, verify_audit};
pub use guide::guide_is_true;
pub use http::{Answer, Ask, Connection};
pub use load::Load;
pub use openid::OpenIdProvider;
pub use planes::{Planes, Role};
pub use postgres::Postgres;
pub use process::free_port;
pub use python::{Python, python, python_command, python_with};
pub use redis::Redis;
pub use tools::{root, scratch};
pub use upstream::{MockUpstream, Received, Wire};
pub use wait::eventually;

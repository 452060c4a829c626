//! The room on a real listener, before real sockets: the demo server, and servers that misbehave.

mod answers;
mod demo;
mod inspection;
mod lists;
mod place;
mod policies;
mod requests;
mod rest;
mod script;
mod sessions;
mod streams;

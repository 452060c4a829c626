//! The room on a real listener, before real sockets: the demo server, and servers that misbehave.

mod answers;
mod demo;
mod place;
mod requests;
mod rest;
mod script;
mod sessions;
mod streams;

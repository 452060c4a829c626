//! The room behind a real front on a real listener, with a scripted provider at its back.

mod admission;
mod answers;
mod bad_input;
mod client;
mod disconnects;
mod front;
mod inspection;
mod policies;
mod record;
mod streams;
mod tokens;
mod upstream;
mod world;

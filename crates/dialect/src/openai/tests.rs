mod requests;
mod streams;
mod wire;

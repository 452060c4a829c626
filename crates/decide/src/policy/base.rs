//! The base policy: who may call which tools where nobody says otherwise.

/// The base policy's text, in the YAML language: it is compiled like any other.
pub fn text() -> String {
    String::new()
}

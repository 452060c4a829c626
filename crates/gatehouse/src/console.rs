//! The only place that prints. What a command was asked for goes to standard output; what it has
//! to say about itself goes to standard error. A closed pipe is no fault.

use std::fmt::Display;
use std::io::Write as _;

/// Prints `text` and a line feed to standard output.
pub fn out(text: impl Display) {
    let mut stream = std::io::stdout().lock();
    let _ = writeln!(stream, "{text}").and_then(|()| stream.flush());
}

/// Prints `text` as it is to standard output.
pub fn raw(text: impl Display) {
    let mut stream = std::io::stdout().lock();
    let _ = write!(stream, "{text}").and_then(|()| stream.flush());
}

/// Prints `text` and a line feed to standard error.
pub fn err(text: impl Display) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

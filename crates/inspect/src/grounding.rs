//! Whether the claims of a reply are supported by given sources.

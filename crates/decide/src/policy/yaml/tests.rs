//! The language, by its texts.

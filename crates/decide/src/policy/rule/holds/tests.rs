//! Whether tests hold, condition by condition.

//! The configuration files: one strict schema, read from several files and the environment.

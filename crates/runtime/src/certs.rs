//! The certificates between the planes.

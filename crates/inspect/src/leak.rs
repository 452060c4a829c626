//! Replies that quote the system prompt: word 4-grams.

//! What is seen from outside: logs, metrics, traces, the access log.

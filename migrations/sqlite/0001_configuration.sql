-- Configuration: resources as documents, their versions, and the head that orders all changes.

-- The one row that every change locks. `epoch` names this store, `seq` counts its changes,
-- `events` its administration events.
CREATE TABLE config_head (
    one    BIGINT PRIMARY KEY CHECK (one = 1),
    epoch  BIGINT NOT NULL,
    seq    BIGINT NOT NULL,
    events BIGINT NOT NULL
);

-- `id` is the id on the stream between the planes. `body` is the document without its secret,
-- `extra` what only the administration knows of it, `secret` is encrypted under the master key.
CREATE TABLE resources (
    kind       TEXT   NOT NULL,
    id         TEXT   NOT NULL,
    tenant_id  TEXT,
    version    BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    body       TEXT   NOT NULL,
    extra      TEXT   NOT NULL,
    secret     BLOB,
    PRIMARY KEY (kind, id)
);

-- The digest of the whole state after each change.
CREATE TABLE config_versions (
    seq    BIGINT PRIMARY KEY,
    at     BIGINT NOT NULL,
    digest BLOB NOT NULL
);

-- What each change touched.
CREATE TABLE config_changes (
    seq  BIGINT NOT NULL,
    kind TEXT   NOT NULL,
    id   TEXT   NOT NULL,
    PRIMARY KEY (seq, kind, id)
);

-- Earlier and present forms of resources that can be rolled back.
CREATE TABLE resource_versions (
    kind    TEXT   NOT NULL,
    id      TEXT   NOT NULL,
    version BIGINT NOT NULL,
    at      BIGINT NOT NULL,
    body    TEXT   NOT NULL,
    PRIMARY KEY (kind, id, version)
);

-- Answers to POSTs that carried an Idempotency-Key, kept for a day. `answer` is encrypted under
-- the master key: the answer to a new API key contains it.
CREATE TABLE idempotency_keys (
    name        TEXT   PRIMARY KEY,
    fingerprint TEXT   NOT NULL,
    at          BIGINT NOT NULL,
    status      BIGINT NOT NULL,
    answer      BLOB
);

-- Single values of this installation, such as the hash of the administrator's token.
CREATE TABLE installation (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
);

-- Administration events, written with the change that they record, until the ledger has them.
CREATE TABLE admin_events (
    counter    BIGINT PRIMARY KEY,
    id         TEXT   NOT NULL,
    at         BIGINT NOT NULL,
    tenant_id  TEXT   NOT NULL,
    event_type TEXT   NOT NULL,
    payload    TEXT   NOT NULL
);

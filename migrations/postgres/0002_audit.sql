-- The audit ledger: sealed events, one chain a shard, and what is sealed apart from them. See
-- docs/adr/0005-audit-ledger.md. Times are the text that was signed; "C" orders them by byte.

-- One row an event. `seq` numbers all events densely in the order of their commits; (shard,
-- sequence) numbers those of one chain. Both come from sealed rows, never from a sequence of the
-- database, which would leave gaps. `payload` is canonical JSON, kept as text: it is what was
-- signed, byte for byte. `actor` and `request_id` are copies out of it, to search by.
CREATE TABLE audit_events (
    seq           BIGINT PRIMARY KEY,
    shard         TEXT   COLLATE "C" NOT NULL,
    sequence      BIGINT NOT NULL,
    epoch         BIGINT NOT NULL,
    event_id      TEXT   COLLATE "C" NOT NULL UNIQUE,
    timestamp     TEXT   COLLATE "C" NOT NULL,
    tenant_id     TEXT   COLLATE "C" NOT NULL,
    event_type    TEXT   COLLATE "C" NOT NULL,
    payload       TEXT   NOT NULL,
    previous_hash TEXT   NOT NULL,
    hmac          TEXT   NOT NULL,
    signed_at     TEXT   NOT NULL,
    node          TEXT   NOT NULL,
    boot          TEXT   NOT NULL,
    counter       BIGINT NOT NULL,
    actor         TEXT   COLLATE "C",
    request_id    TEXT   COLLATE "C",
    UNIQUE (shard, sequence)
);

CREATE INDEX audit_events_by_time ON audit_events (timestamp, seq);
CREATE INDEX audit_events_by_tenant ON audit_events (tenant_id, timestamp, seq);
CREATE INDEX audit_events_by_type ON audit_events (event_type, timestamp, seq);
CREATE INDEX audit_events_by_actor ON audit_events (actor, timestamp, seq)
    WHERE actor IS NOT NULL;
CREATE INDEX audit_events_by_request ON audit_events (request_id) WHERE request_id IS NOT NULL;

-- Each chain's end, sealed.
CREATE TABLE audit_heads (
    shard    TEXT   COLLATE "C" PRIMARY KEY,
    epoch    BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    hmac     TEXT   NOT NULL,
    seal     TEXT   NOT NULL
);

-- All heads at a moment, sealed and chained; the newest ones. `closing` is 1 for the one that
-- ends a clean shutdown.
CREATE TABLE audit_checkpoints (
    number        BIGINT PRIMARY KEY,
    at            TEXT   NOT NULL,
    closing       BIGINT NOT NULL,
    events        BIGINT NOT NULL,
    heads         TEXT   NOT NULL,
    previous_seal TEXT   NOT NULL,
    seal          TEXT   NOT NULL
);

-- The one row that every commit changes: who may write (the highest epoch), and how much there
-- is, sealed.
CREATE TABLE ledger_writer (
    one         BIGINT PRIMARY KEY CHECK (one = 1),
    epoch       BIGINT NOT NULL,
    events      BIGINT NOT NULL,
    shards      BIGINT NOT NULL,
    checkpoints BIGINT NOT NULL,
    seal        TEXT   NOT NULL
);

-- The last event taken in of each start of each node: what came before it is never stored twice.
CREATE TABLE intake_cursors (
    node    TEXT   NOT NULL,
    boot    TEXT   NOT NULL,
    counter BIGINT NOT NULL,
    PRIMARY KEY (node, boot)
);

-- Who administers and calls: users as their issuers name them, and emergency access.

-- `issuer` is empty while nobody knows whose user it is: entered before the first login.
-- `roles` are those of the claims, a JSON list; roles that an administrator gave are a resource
-- of the kind `user`. `session` is the last session in which the user administered.
CREATE TABLE users (
    id         TEXT   PRIMARY KEY,
    issuer     TEXT   NOT NULL,
    user_id    TEXT   NOT NULL,
    username   TEXT,
    email      TEXT,
    tenant_id  TEXT,
    roles      TEXT   NOT NULL,
    first_seen BIGINT,
    last_seen  BIGINT,
    session    TEXT,
    UNIQUE (issuer, user_id)
);

-- One row a time of emergency access. `ended_at` is set once, by whoever ends it.
CREATE TABLE break_glass (
    id         TEXT   PRIMARY KEY,
    user_id    TEXT   NOT NULL,
    tenant_id  TEXT,
    reason     TEXT   NOT NULL,
    given_by   TEXT   NOT NULL,
    approver   TEXT,
    started_at BIGINT NOT NULL,
    ends_at    BIGINT NOT NULL,
    ended_at   BIGINT,
    ended_by   TEXT
);

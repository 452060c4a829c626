-- Who administers and calls: users as their issuers name them, and emergency access.

-- `issuer` is empty while nobody knows whose user it is: entered before the first login.
-- `tenant_id` and `roles` (a JSON list) are those of the last token; roles that an administrator
-- gave are resources of the kind `user`. `session` is the last session in which the user
-- administered.
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

-- The tenants for which a user ever spoke, or in which they were given roles, with the roles of the
-- claims there.
CREATE TABLE user_tenants (
    id        TEXT NOT NULL,
    tenant_id TEXT NOT NULL,
    roles     TEXT NOT NULL,
    PRIMARY KEY (id, tenant_id)
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

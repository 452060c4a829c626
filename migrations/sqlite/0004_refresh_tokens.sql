-- Sessions of the gateway's own tokens, and the refresh tokens of each. See
-- docs/adr/0013-own-tokens.md.

-- One row a session: who it is, encrypted, and until when. `expires_at` never moves. `ended_why`
-- is NULL while it goes on; `told` is 1 once the data planes know that it ended.
CREATE TABLE token_sessions (
    id           TEXT   PRIMARY KEY,
    identity     BLOB   NOT NULL,
    made_at      BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    access_until BIGINT NOT NULL,
    ended_why    TEXT,
    told         BIGINT NOT NULL
);

CREATE INDEX token_sessions_by_end ON token_sessions (expires_at);

-- One row a refresh token that was given out: a keyed hash, never the token. `used` is 1 once it
-- was exchanged for the next.
CREATE TABLE refresh_tokens (
    hash    BLOB   PRIMARY KEY,
    session TEXT   NOT NULL,
    made_at BIGINT NOT NULL,
    used    BIGINT NOT NULL
);

CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session);

-- What data planes saw of the keys. No part of the configuration: it has no versions.

-- When and from where a key was last used. `written_at` is the control plane's own clock, by which
-- the instances read what others wrote.
CREATE TABLE key_usage (
    key_id     TEXT   PRIMARY KEY,
    used_at    BIGINT NOT NULL,
    ip_address TEXT   NOT NULL,
    written_at BIGINT NOT NULL
);
CREATE INDEX key_usage_written ON key_usage (written_at);

-- The texts of keys, by lookup id, whose age was recorded: once each, whichever instance saw it.
CREATE TABLE key_notices (
    lookup TEXT   PRIMARY KEY,
    at     BIGINT NOT NULL
);

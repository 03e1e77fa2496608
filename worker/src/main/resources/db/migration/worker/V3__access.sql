-- The principal who submitted it; none where nobody has to say who they are.
ALTER TABLE batch_job ADD COLUMN owner TEXT;

CREATE INDEX batch_job_owner ON batch_job (owner, number) WHERE removed = 0;
CREATE INDEX upload_session_owner ON upload_session (owner, key, id) WHERE state IN ('OPEN', 'COMPLETING');

-- API keys. Of their secrets there are salted digests only. A row outlives its key: it says who did what in the audit log.
CREATE TABLE api_key (
    id           TEXT    PRIMARY KEY NOT NULL,
    name         TEXT    NOT NULL,
    -- With the keys of which it works, a line each: everything, project=ID or prefix=TEXT.
    scopes       TEXT    NOT NULL,
    -- A line each.
    actions      TEXT    NOT NULL,
    salt         TEXT    NOT NULL,
    digest       TEXT    NOT NULL,
    -- The secret before the last rotation, and until when it works.
    old_salt     TEXT,
    old_digest   TEXT,
    old_until    INTEGER,
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER,
    revoked_at   INTEGER,
    -- To the minute.
    used_at      INTEGER
) WITHOUT ROWID;

-- Grows with each change of a key other than its use, so that whoever has them in memory sees that there is something to read.
CREATE TABLE api_key_version (version INTEGER NOT NULL);

INSERT INTO api_key_version VALUES (0);

-- What is known of principals that others vouch for: their rights, as of the newest proof that they brought.
CREATE TABLE known_principal (
    id       TEXT    PRIMARY KEY NOT NULL,
    name     TEXT    NOT NULL,
    scopes   TEXT    NOT NULL,
    actions  TEXT    NOT NULL,
    seen_at  INTEGER NOT NULL
) WITHOUT ROWID;

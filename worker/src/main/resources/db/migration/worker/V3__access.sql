-- The principal who submitted it; NULL when the service requires no authentication.
ALTER TABLE batch_job ADD COLUMN owner TEXT;

CREATE INDEX batch_job_owner ON batch_job (owner, number) WHERE removed = 0;
CREATE INDEX upload_session_owner ON upload_session (owner, key, id) WHERE state IN ('OPEN', 'COMPLETING');

-- API keys. Of their secrets, only salted digests are stored. Rows of revoked keys are kept, because the audit log refers to them.
CREATE TABLE api_key (
    id           TEXT    PRIMARY KEY NOT NULL,
    name         TEXT    NOT NULL,
    -- The scopes, one per line: everything, project=ID or prefix=TEXT.
    scopes       TEXT    NOT NULL,
    -- One per line.
    actions      TEXT    NOT NULL,
    salt         TEXT    NOT NULL,
    digest       TEXT    NOT NULL,
    -- The secret before the last rotation, and the time until which it is valid.
    old_salt     TEXT,
    old_digest   TEXT,
    old_until    INTEGER,
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER,
    revoked_at   INTEGER,
    -- Rounded to the minute.
    used_at      INTEGER
) WITHOUT ROWID;

-- Incremented by each change of a key except its use, so that processes know when to reload the keys.
CREATE TABLE api_key_version (version INTEGER NOT NULL);

INSERT INTO api_key_version VALUES (0);

-- Principals of an identity provider, with the rights of their newest token.
CREATE TABLE known_principal (
    id       TEXT    PRIMARY KEY NOT NULL,
    name     TEXT    NOT NULL,
    scopes   TEXT    NOT NULL,
    actions  TEXT    NOT NULL,
    seen_at  INTEGER NOT NULL
) WITHOUT ROWID;

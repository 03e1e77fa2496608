-- Multipart uploads. A row outlives its upload by SESSION_RETENTION.
CREATE TABLE upload_session (
    -- The name that the store gave the upload.
    id                TEXT    PRIMARY KEY NOT NULL,
    key               TEXT    NOT NULL,
    content_type      TEXT    NOT NULL,
    -- A line of name=value each.
    metadata          TEXT    NOT NULL,
    state             TEXT    NOT NULL,
    -- Grows with each change of state.
    version           INTEGER NOT NULL,
    -- Milliseconds since 1970, as all times here.
    initiated_at      INTEGER NOT NULL,
    active_at         INTEGER NOT NULL,
    -- The parts chosen, a line of number=tag each, and what they make.
    completion_parts  TEXT,
    completion_size   INTEGER,
    completion_etag   TEXT
) WITHOUT ROWID;

-- For listings of the living: their order is that of the keys' UTF-8 bytes.
CREATE INDEX upload_session_key ON upload_session (key, id) WHERE state IN ('OPEN', 'COMPLETING');

-- For the work in the background.
CREATE INDEX upload_session_activity ON upload_session (state, active_at, id);

CREATE TABLE upload_part (
    session_id TEXT    NOT NULL REFERENCES upload_session (id) ON DELETE CASCADE,
    number     INTEGER NOT NULL,
    size       INTEGER NOT NULL,
    etag       TEXT    NOT NULL,
    stored_at  INTEGER NOT NULL,
    PRIMARY KEY (session_id, number)
) WITHOUT ROWID;

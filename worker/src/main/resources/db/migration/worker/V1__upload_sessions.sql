-- The processes that use this database. All times are in milliseconds since 1970.
CREATE TABLE process (
    id           TEXT    PRIMARY KEY NOT NULL,
    alive_until  INTEGER NOT NULL
) WITHOUT ROWID;

-- Tasks that one process at a time runs, and that process. A row is void once its process is no longer alive.
CREATE TABLE task_lease (
    task     TEXT PRIMARY KEY NOT NULL,
    process  TEXT NOT NULL
) WITHOUT ROWID;

-- Uploads that are being created: written before the store is called, deleted when the session is written.
CREATE TABLE upload_intent (
    id           TEXT    PRIMARY KEY NOT NULL,
    key          TEXT    NOT NULL,
    intended_at  INTEGER NOT NULL,
    -- NULL when the store's response was lost.
    process      TEXT
) WITHOUT ROWID;

CREATE INDEX upload_intent_key ON upload_intent (key);

-- Multipart uploads. A row is kept for SESSION_RETENTION after the upload has ended.
CREATE TABLE upload_session (
    -- The store's id of the upload.
    id                TEXT    PRIMARY KEY NOT NULL,
    key               TEXT    NOT NULL,
    -- The principal who created it; NULL when the service requires no authentication.
    owner             TEXT,
    -- The key's segments as the layout names them: one name=value per line.
    layout_values     TEXT    NOT NULL,
    -- The file's size in bytes; NULL while it is unknown.
    expected_size     INTEGER,
    -- The process that sends a large file in parts by itself; NULL for a client's upload.
    process           TEXT,
    content_type      TEXT    NOT NULL,
    -- One name=value per line.
    metadata          TEXT    NOT NULL,
    state             TEXT    NOT NULL,
    -- Incremented by each change of state.
    version           INTEGER NOT NULL,
    initiated_at      INTEGER NOT NULL,
    -- The upload expires UPLOAD_TTL after this time.
    active_at         INTEGER NOT NULL,
    -- The chosen parts, one number=ETag per line, and the resulting object.
    completion_parts  TEXT,
    completion_size   INTEGER,
    completion_etag   TEXT
) WITHOUT ROWID;

-- For listings of open uploads, in the order of the keys' UTF-8 bytes.
CREATE INDEX upload_session_key ON upload_session (key, id) WHERE state IN ('OPEN', 'COMPLETING');

-- For background tasks.
CREATE INDEX upload_session_activity ON upload_session (state, active_at, id);
CREATE INDEX upload_session_process ON upload_session (id) WHERE process IS NOT NULL;

CREATE TABLE upload_part (
    session_id TEXT    NOT NULL REFERENCES upload_session (id) ON DELETE CASCADE,
    number     INTEGER NOT NULL,
    size       INTEGER NOT NULL,
    etag       TEXT    NOT NULL,
    stored_at  INTEGER NOT NULL,
    PRIMARY KEY (session_id, number)
) WITHOUT ROWID;

-- Resumable uploads: an upload's offset is the end of its contiguous parts plus the size of its newest tail. A tail has the bytes after the
-- last full part; it is replaced by the next generation and never changed.
CREATE TABLE upload_tail (
    session_id TEXT    NOT NULL REFERENCES upload_session (id) ON DELETE CASCADE,
    generation INTEGER NOT NULL,
    position   INTEGER NOT NULL,
    size       INTEGER NOT NULL,
    -- The state of the file's checksum at the end of the tail, as name=value.
    checksum   TEXT,
    PRIMARY KEY (session_id, generation)
) WITHOUT ROWID;

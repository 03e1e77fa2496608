-- The processes that are at work on this file. A time is in milliseconds since 1970, as all are here.
CREATE TABLE process (
    id           TEXT    PRIMARY KEY NOT NULL,
    alive_until  INTEGER NOT NULL
) WITHOUT ROWID;

-- What only one process may do at a time, and which one does. Of a process that is not alive it counts for nothing.
CREATE TABLE task_lease (
    task     TEXT PRIMARY KEY NOT NULL,
    process  TEXT NOT NULL
) WITHOUT ROWID;

-- Uploads about to begin: written before the store is asked, gone when the session is written.
CREATE TABLE upload_intent (
    id           TEXT    PRIMARY KEY NOT NULL,
    key          TEXT    NOT NULL,
    intended_at  INTEGER NOT NULL,
    -- None when the store's answer was lost.
    process      TEXT
) WITHOUT ROWID;

CREATE INDEX upload_intent_key ON upload_intent (key);

-- Multipart uploads. A row outlives its upload by SESSION_RETENTION.
CREATE TABLE upload_session (
    -- The name that the store gave the upload.
    id                TEXT    PRIMARY KEY NOT NULL,
    key               TEXT    NOT NULL,
    -- The principal who began it; none where nobody has to say who they are.
    owner             TEXT,
    -- What the layout calls the key's segments, a line of name=value each.
    layout_values     TEXT    NOT NULL,
    -- Of the whole, in bytes; none while it is not known.
    expected_size     INTEGER,
    -- That sends a large file in parts by itself; none for an upload that a client goes on with.
    process           TEXT,
    content_type      TEXT    NOT NULL,
    -- A line of name=value each.
    metadata          TEXT    NOT NULL,
    state             TEXT    NOT NULL,
    -- Grows with each change of state.
    version           INTEGER NOT NULL,
    initiated_at      INTEGER NOT NULL,
    -- It expires UPLOAD_TTL after this.
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
CREATE INDEX upload_session_process ON upload_session (id) WHERE process IS NOT NULL;

CREATE TABLE upload_part (
    session_id TEXT    NOT NULL REFERENCES upload_session (id) ON DELETE CASCADE,
    number     INTEGER NOT NULL,
    size       INTEGER NOT NULL,
    etag       TEXT    NOT NULL,
    stored_at  INTEGER NOT NULL,
    PRIMARY KEY (session_id, number)
) WITHOUT ROWID;

-- Room for uploads that go on at a byte and not at a part: an upload's offset is where its parts without a gap end, plus the size of its
-- newest tail. A tail is what came after the last whole part; it is replaced by its next generation, and never changed.
CREATE TABLE upload_tail (
    session_id TEXT    NOT NULL REFERENCES upload_session (id) ON DELETE CASCADE,
    generation INTEGER NOT NULL,
    position   INTEGER NOT NULL,
    size       INTEGER NOT NULL,
    -- Of the whole up to the tail's end, name=value, so that a checksum goes on where it stopped.
    checksum   TEXT,
    PRIMARY KEY (session_id, generation)
) WITHOUT ROWID;

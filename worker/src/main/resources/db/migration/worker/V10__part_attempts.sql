-- Attempts at parts are numbered within their upload before the store is called, so that the newest one wins in any process.
ALTER TABLE upload_session ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;

CREATE TABLE part_attempt (
    session_id TEXT    NOT NULL REFERENCES upload_session (id) ON DELETE CASCADE,
    number     INTEGER NOT NULL,
    attempt    INTEGER NOT NULL,
    -- The ETag of the stored part; NULL while the attempt is running, or when its process ended before it was recorded.
    etag       TEXT,
    -- Whether a newer attempt had begun when this one was recorded, so that the store may have the bytes of either.
    overtaken  INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (session_id, number, attempt)
) WITHOUT ROWID;

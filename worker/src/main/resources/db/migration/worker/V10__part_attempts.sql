-- Attempts at parts are numbered within their upload, before the store is asked, so that the newest of them wins in whichever process it runs.
ALTER TABLE upload_session ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;

CREATE TABLE part_attempt (
    session_id TEXT    NOT NULL REFERENCES upload_session (id) ON DELETE CASCADE,
    number     INTEGER NOT NULL,
    attempt    INTEGER NOT NULL,
    -- Of what it stored; none while it is under way, or when its process ended before it was noted.
    etag       TEXT,
    -- A newer one had begun when this one was noted, so the store may have the bytes of either.
    overtaken  INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (session_id, number, attempt)
) WITHOUT ROWID;

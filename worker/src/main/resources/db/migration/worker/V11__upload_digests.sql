-- The state of the digest of an upload's bytes before a position, for the digest of the whole file.
CREATE TABLE upload_digest (
    session_id TEXT    NOT NULL REFERENCES upload_session (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    state      BLOB    NOT NULL,
    PRIMARY KEY (session_id, position)
);

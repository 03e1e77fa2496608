-- Resumable uploads: the id in the URL, the size of the parts, data of the protocol, and whether the upload is partial.
ALTER TABLE upload_session ADD COLUMN resumable_id TEXT;
ALTER TABLE upload_session ADD COLUMN part_size    INTEGER;
ALTER TABLE upload_session ADD COLUMN memo         TEXT;
ALTER TABLE upload_session ADD COLUMN partial      INTEGER NOT NULL DEFAULT 0;
-- The newest fencing token; writes with an older one are refused.
ALTER TABLE upload_session ADD COLUMN turn         INTEGER NOT NULL DEFAULT 0;

CREATE UNIQUE INDEX upload_session_resumable ON upload_session (resumable_id) WHERE resumable_id IS NOT NULL;
CREATE INDEX upload_session_piece ON upload_session (active_at) WHERE partial = 1 AND state = 'COMPLETED';

-- The bytes after the last full part, in consecutive chunks. An upload's offset is the size of its parts and of its chunks that are not
-- staged. Staged chunks wait for the check of their digest, and are deleted by the next request. The table was empty before.
DROP TABLE upload_tail;

CREATE TABLE upload_tail (
    session_id TEXT    NOT NULL REFERENCES upload_session (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    size       INTEGER NOT NULL,
    staged     INTEGER NOT NULL,
    bytes      BLOB    NOT NULL,
    PRIMARY KEY (session_id, position)
);

-- Uploads that go on at a byte: the upload's name in its URL, the size of its parts, what the protocol remembers, and whether it makes no
-- file, but a piece of one.
ALTER TABLE upload_session ADD COLUMN resumable_id TEXT;
ALTER TABLE upload_session ADD COLUMN part_size    INTEGER;
ALTER TABLE upload_session ADD COLUMN memo         TEXT;
ALTER TABLE upload_session ADD COLUMN partial      INTEGER NOT NULL DEFAULT 0;
-- Only the latest turn changes anything.
ALTER TABLE upload_session ADD COLUMN turn         INTEGER NOT NULL DEFAULT 0;

CREATE UNIQUE INDEX upload_session_resumable ON upload_session (resumable_id) WHERE resumable_id IS NOT NULL;
CREATE INDEX upload_session_piece ON upload_session (active_at) WHERE partial = 1 AND state = 'COMPLETED';

-- What came after the last whole part, in pieces that follow each other. An upload's offset is the size of its parts and of its pieces
-- that are not staged; these wait for the check of their digest, and are gone with the next turn. The table was empty before.
DROP TABLE upload_tail;

CREATE TABLE upload_tail (
    session_id TEXT    NOT NULL REFERENCES upload_session (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    size       INTEGER NOT NULL,
    staged     INTEGER NOT NULL,
    bytes      BLOB    NOT NULL,
    PRIMARY KEY (session_id, position)
);

-- Bytes: an ordered list of blobs. It belongs to the objects or to the upload that name it, and goes with the last of them.
CREATE TABLE content (
    -- Never given twice: readers in other processes hold their leases by it.
    id INTEGER PRIMARY KEY AUTOINCREMENT
);

CREATE TABLE segment (
    content_id INTEGER NOT NULL REFERENCES content (id),
    -- The part's number; 1 for an object that was put as a whole.
    number     INTEGER NOT NULL,
    blob       TEXT    NOT NULL UNIQUE,
    size       INTEGER NOT NULL,
    md5        TEXT    NOT NULL,
    -- Milliseconds since 1970, as all times here.
    stored_at  INTEGER NOT NULL,
    PRIMARY KEY (content_id, number)
) WITHOUT ROWID;

-- The primary key sorts by UTF-8 bytes (the database's encoding and the default collation), as listings do.
CREATE TABLE object (
    key          TEXT    PRIMARY KEY NOT NULL,
    content_id   INTEGER NOT NULL REFERENCES content (id),
    size         INTEGER NOT NULL,
    etag         TEXT    NOT NULL,
    content_type TEXT    NOT NULL,
    metadata     TEXT    NOT NULL,
    modified_at  INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX object_content ON object (content_id);

CREATE TABLE upload (
    id           TEXT    PRIMARY KEY NOT NULL,
    key          TEXT    NOT NULL,
    content_id   INTEGER NOT NULL UNIQUE REFERENCES content (id),
    content_type TEXT    NOT NULL,
    metadata     TEXT    NOT NULL,
    initiated_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX upload_key ON upload (key, initiated_at, id);

-- Blobs that nothing names any more, until their files are gone.
CREATE TABLE garbage (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    -- The content they were of, whose readers may still come to them; 0 for parts, which nobody reads.
    content_id INTEGER NOT NULL,
    blob       TEXT    NOT NULL UNIQUE,
    size       INTEGER NOT NULL
);

CREATE INDEX garbage_content ON garbage (content_id, id);

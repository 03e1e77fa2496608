-- Content: an ordered list of blobs. It is shared by the objects, or belongs to the upload, that refer to it, and is deleted with the last.
CREATE TABLE content (
    -- Never reused: readers in other processes lock it.
    id INTEGER PRIMARY KEY AUTOINCREMENT
);

CREATE TABLE segment (
    content_id INTEGER NOT NULL REFERENCES content (id),
    -- The part's number; 1 for an object that was stored in one piece.
    number     INTEGER NOT NULL,
    blob       TEXT    NOT NULL UNIQUE,
    size       INTEGER NOT NULL,
    md5        TEXT    NOT NULL,
    -- All times are in milliseconds since 1970.
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

-- Blobs that nothing refers to any more, until their files are deleted.
CREATE TABLE garbage (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    -- Their content, which may still be read; 0 for parts, which are not read.
    content_id INTEGER NOT NULL,
    blob       TEXT    NOT NULL UNIQUE,
    size       INTEGER NOT NULL
);

CREATE INDEX garbage_content ON garbage (content_id, id);

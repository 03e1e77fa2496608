-- An index of schema 1, when every object was in a file. Each of the blobs has five bytes, hello, and the last one eight: part one.
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

CREATE TABLE garbage (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    -- The content they were of, whose readers may still come to them; 0 for parts, which nobody reads.
    content_id INTEGER NOT NULL,
    blob       TEXT    NOT NULL UNIQUE,
    size       INTEGER NOT NULL
);

CREATE INDEX garbage_content ON garbage (content_id, id);

INSERT INTO content (id) VALUES (1), (2), (3), (4), (5), (6), (7);
INSERT INTO segment VALUES
    (1, 1, '380c1ab600000001c559c94787aa6d41', 5, '5d41402abc4b2a76b9719d911017c592', 1748772000000),
    (2, 1, '380c1ab600000002c559c94787aa6d42', 5, '5d41402abc4b2a76b9719d911017c592', 1748772000000),
    (3, 1, '380c1ab600000003c559c94787aa6d43', 5, '5d41402abc4b2a76b9719d911017c592', 1748772000000),
    (4, 1, '380c1ab600000004c559c94787aa6d44', 5, '5d41402abc4b2a76b9719d911017c592', 1748772000000),
    (5, 1, '380c1ab600000005c559c94787aa6d45', 5, '5d41402abc4b2a76b9719d911017c592', 1748772000000),
    (6, 1, '380c1ab600000006c559c94787aa6d46', 8, '3303e12af474ca11d85ed2966a932992', 1748772000000);
INSERT INTO object VALUES
    ('raw/p1/a', 1, 5, '5d41402abc4b2a76b9719d911017c592', 'text/plain', 'owner=Ada
', 1748772000000),
    ('raw/p1/b', 2, 5, '5d41402abc4b2a76b9719d911017c592', 'text/plain', 'owner=Ada
', 1748772000000),
    ('raw/p1/c', 3, 5, '5d41402abc4b2a76b9719d911017c592', 'text/plain', 'owner=Ada
', 1748772000000),
    ('raw/p1/d', 4, 5, '5d41402abc4b2a76b9719d911017c592', 'text/plain', 'owner=Ada
', 1748772000000),
    ('processed/p1/a', 5, 5, '5d41402abc4b2a76b9719d911017c592', 'text/plain', 'owner=Ada
', 1748772000000);
INSERT INTO upload VALUES
    ('f1058ea451e4e6b778ffe500f609267c', 'raw/p1/up', 6, 'application/octet-stream', '', 1748772000000),
    ('582ef4b56b25524fe2003b5796a8fa8f', 'raw/p1/tus', 7, 'application/octet-stream', '', 1748772000000);
PRAGMA user_version = 1;

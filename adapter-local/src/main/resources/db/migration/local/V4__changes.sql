-- Changes of objects, each written in the transaction of the change, until they are in the log of events.
CREATE TABLE change (
    -- Never reused: the log of events knows up to which one it has them.
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    type         TEXT    NOT NULL,
    key          TEXT    NOT NULL,
    size         INTEGER,
    etag         TEXT,
    content_type TEXT,
    changed_at   INTEGER NOT NULL,
    principal    TEXT,
    request_id   TEXT
);

-- One row, which tells this journal from those of other stores.
CREATE TABLE change_journal (
    id TEXT NOT NULL
);

INSERT INTO change_journal (id) VALUES (lower(hex(randomblob(16))));

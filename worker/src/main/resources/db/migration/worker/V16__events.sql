-- Changes of objects in a store without a journal: written before the store is called, deleted with the event of the outcome.
CREATE TABLE event_intent (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    key         TEXT    NOT NULL,
    deletion    INTEGER NOT NULL,
    principal   TEXT,
    request_id  TEXT,
    begun_at    INTEGER NOT NULL,
    -- The last event before the change.
    after_event INTEGER NOT NULL,
    -- The process that settles it; NULL when any process may, once it is due.
    process     TEXT,
    due_at      INTEGER,
    -- 1 when another change of the same object ended while this one was open.
    disturbed   INTEGER NOT NULL DEFAULT 0
);

CREATE INDEX event_intent_key ON event_intent (key);
CREATE INDEX event_intent_process ON event_intent (process, due_at);

-- Events that wait to be published.
CREATE TABLE event_waiting (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    type         TEXT    NOT NULL,
    happened_at  INTEGER NOT NULL,
    key          TEXT,
    size         INTEGER,
    etag         TEXT,
    content_type TEXT,
    -- A line of name=value for each field.
    detail       TEXT,
    principal    TEXT,
    request_id   TEXT
);

-- Published events, numbered without gaps.
CREATE TABLE event (
    id           INTEGER PRIMARY KEY,
    type         TEXT    NOT NULL,
    happened_at  INTEGER NOT NULL,
    key          TEXT,
    size         INTEGER,
    etag         TEXT,
    content_type TEXT,
    detail       TEXT,
    principal    TEXT,
    request_id   TEXT
);

-- One row: the last number of an event, and that of the last event that was deleted.
CREATE TABLE event_log (
    last_id   INTEGER NOT NULL,
    pruned_id INTEGER NOT NULL
);

INSERT INTO event_log (last_id, pruned_id) VALUES (0, 0);

-- Up to which position the changes in the journals of stores are published.
CREATE TABLE event_journal (
    id       TEXT    PRIMARY KEY NOT NULL,
    position INTEGER NOT NULL
) WITHOUT ROWID;

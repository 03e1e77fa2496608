-- The rules by which files expire.
CREATE TABLE lifecycle_rule (
    prefix       TEXT COLLATE "C" NOT NULL,
    id           TEXT COLLATE "C" NOT NULL,
    -- One name=value per line; NULL for all files.
    filter       TEXT COLLATE "C",
    -- In seconds.
    expire_after BIGINT NOT NULL,
    -- NULL where no authentication is required.
    writer       TEXT COLLATE "C",
    -- The version of all rules in which this one was changed last.
    version      BIGINT NOT NULL,
    -- Where the search for older files continues; NULL for its beginning.
    scan_token   TEXT COLLATE "C",
    -- Whether the search is complete.
    scanned      SMALLINT NOT NULL,
    PRIMARY KEY (prefix, id)
);

CREATE INDEX lifecycle_rule_scan ON lifecycle_rule (version) WHERE scanned = 0;

-- Files that may be due. What becomes of them, the rules of that time decide.
CREATE TABLE file_expiry (
    key      TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    due_at   BIGINT NOT NULL,
    -- Another one whenever the file is recorded again.
    revision BIGINT NOT NULL
);

CREATE INDEX file_expiry_due ON file_expiry (due_at, key);

-- Grows with each change of the rules, and is compared when events are published.
ALTER TABLE event_log ADD COLUMN rules_version BIGINT NOT NULL DEFAULT 0;
-- The last revision in file_expiry.
ALTER TABLE event_log ADD COLUMN expiry_revision BIGINT NOT NULL DEFAULT 0;
-- Why the service deletes the object by itself; NULL when a client does.
ALTER TABLE event_intent ADD COLUMN reason TEXT COLLATE "C";

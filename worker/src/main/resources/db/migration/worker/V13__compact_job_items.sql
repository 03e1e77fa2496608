-- As a table with row numbers: without them, each row of a key beyond 900 bytes took a page of its own.
CREATE TABLE job_item_compact (
    job       INTEGER NOT NULL REFERENCES batch_job (number),
    number    INTEGER NOT NULL,
    key       TEXT    NOT NULL,
    size      INTEGER,
    -- Of the version that is worked on, where that was noted.
    etag      TEXT,
    -- 0: never claimed, or within a claim's range; 1: waiting to be tried again; 2: claimed again; 3: succeeded; 4: failed; 5: skipped.
    state     INTEGER NOT NULL,
    attempts  INTEGER NOT NULL DEFAULT 0,
    -- Of one that waits: when it is tried again.
    due_at    INTEGER,
    -- Of one claimed again: by which claim.
    claim     INTEGER,
    error     TEXT,
    message   TEXT,
    -- Of the copy that a move has made of that version, noted before the source is deleted.
    copy_etag TEXT,
    PRIMARY KEY (job, number)
);

INSERT INTO job_item_compact (job, number, key, size, etag, state, attempts, due_at, claim, error, message, copy_etag)
    SELECT job, number, key, size, etag, state, attempts, due_at, claim, error, message, copy_etag FROM job_item;
DROP TABLE job_item;
ALTER TABLE job_item_compact RENAME TO job_item;

CREATE INDEX job_item_waiting ON job_item (job, due_at, number) WHERE state = 1;
CREATE INDEX job_item_claim ON job_item (claim) WHERE claim IS NOT NULL;
-- For pages of one state: 2 for all that are pending.
CREATE INDEX job_item_state ON job_item (job, max(state, 2), number);

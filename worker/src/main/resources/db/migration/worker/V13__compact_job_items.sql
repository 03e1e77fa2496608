-- A table with row ids: without them, each row with a key of more than 900 bytes took a page of its own.
CREATE TABLE job_item_compact (
    job       INTEGER NOT NULL REFERENCES batch_job (number),
    number    INTEGER NOT NULL,
    key       TEXT    NOT NULL,
    size      INTEGER,
    -- The ETag of the version that is processed, if it is recorded.
    etag      TEXT,
    -- 0: never claimed, or in the range of a claim; 1: waiting for a retry; 2: claimed again; 3: succeeded; 4: failed; 5: skipped.
    state     INTEGER NOT NULL,
    attempts  INTEGER NOT NULL DEFAULT 0,
    -- In state 1: the time of the retry.
    due_at    INTEGER,
    -- In state 2: the claim.
    claim     INTEGER,
    error     TEXT,
    message   TEXT,
    -- The ETag of the copy that a move has made of that version, recorded before the source is deleted.
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

-- Of the copy that a move has made of that version, noted before the source is deleted.
ALTER TABLE job_item ADD COLUMN copy_etag TEXT;

-- The keys that a job has found in its manifest so far, by the first 16 bytes of their SHA-256: a key named twice is one item. A job's rows go
-- once all of its manifest was read.
CREATE TABLE job_key (
    job    INTEGER NOT NULL,
    digest BLOB    NOT NULL,
    PRIMARY KEY (job, digest)
) WITHOUT ROWID;

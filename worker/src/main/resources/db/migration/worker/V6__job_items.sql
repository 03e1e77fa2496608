-- The ETag of the copy that a move has made of that version, recorded before the source is deleted.
ALTER TABLE job_item ADD COLUMN copy_etag TEXT;

-- The keys that a job has found in its manifest, by the first 16 bytes of their SHA-256: a key that is listed twice is one item. The rows are
-- deleted when the whole manifest has been read.
CREATE TABLE job_key (
    job    INTEGER NOT NULL,
    digest BLOB    NOT NULL,
    PRIMARY KEY (job, digest)
) WITHOUT ROWID;

-- For counting the open uploads of an owner, including those that are being created. The owner of an intent is '' for principals
-- without an id, and NULL when the service creates the upload by itself.
ALTER TABLE upload_intent ADD COLUMN owner TEXT;
CREATE INDEX upload_intent_owner ON upload_intent (owner) WHERE owner IS NOT NULL;
-- A covering index: the count reads no row of the table.
CREATE INDEX upload_session_open ON upload_session (owner, state, process)
    WHERE state IN ('OPEN', 'COMPLETING') AND process IS NULL;

-- The total number of items in an owner's unfinished jobs.
DROP INDEX batch_job_unfinished;
CREATE INDEX batch_job_unfinished ON batch_job (coalesce(owner, ''), total) WHERE finished_at IS NULL;

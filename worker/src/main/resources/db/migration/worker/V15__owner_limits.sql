-- Whose open uploads are counted: those that clients go on with, from the intent to begin one. The owner of an intent is '' for principals
-- without an id, and NULL where the service begins the upload by itself.
ALTER TABLE upload_intent ADD COLUMN owner TEXT;
CREATE INDEX upload_intent_owner ON upload_intent (owner) WHERE owner IS NOT NULL;
-- All that the count asks for, so that it reads no row of the table.
CREATE INDEX upload_session_open ON upload_session (owner, state, process)
    WHERE state IN ('OPEN', 'COMPLETING') AND process IS NULL;

-- What an owner's unfinished jobs hold together.
DROP INDEX batch_job_unfinished;
CREATE INDEX batch_job_unfinished ON batch_job (coalesce(owner, ''), total) WHERE finished_at IS NULL;

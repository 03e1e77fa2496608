-- Whose open uploads are counted: those that clients go on with, from the intent to begin one. Principals without an id are one owner's.
-- The owner of an intent is NULL where the service begins the upload by itself.
ALTER TABLE upload_intent ADD COLUMN owner TEXT;
CREATE INDEX upload_intent_owner ON upload_intent (owner) WHERE owner IS NOT NULL;
CREATE INDEX upload_session_open ON upload_session (coalesce(owner, ''))
    WHERE state IN ('OPEN', 'COMPLETING') AND process IS NULL;

-- What an owner's unfinished jobs hold together.
DROP INDEX batch_job_unfinished;
CREATE INDEX batch_job_unfinished ON batch_job (coalesce(owner, ''), total) WHERE finished_at IS NULL;

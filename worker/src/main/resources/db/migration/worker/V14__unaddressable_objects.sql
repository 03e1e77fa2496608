-- Objects of a job's source that were passed over, as their keys can't be named in a request.
ALTER TABLE batch_job ADD COLUMN unaddressable INTEGER NOT NULL DEFAULT 0;

-- Keys that no client could name before belong to projects, too: what is in the store is counted anew.
DELETE FROM usage_complete;

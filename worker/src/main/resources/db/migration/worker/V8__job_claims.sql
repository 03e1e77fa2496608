-- What is claimed: 0: items; 1: the enumeration of the source; 2: all items together.
ALTER TABLE job_claim ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
-- For a job that runs all items together: whether an attempt ended early, so that the job starts over.
ALTER TABLE batch_job ADD COLUMN interrupted INTEGER NOT NULL DEFAULT 0;
-- The time of the last heartbeat.
ALTER TABLE process ADD COLUMN heard_at INTEGER NOT NULL DEFAULT 0;
